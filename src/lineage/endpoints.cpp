#include "lineage/endpoints.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "base/text.h"
#include "lineage/literals.h"
#include "lineage/roots.h"

namespace keyless {
namespace {

// "contoso.openai.azure.com" of "https://contoso.openai.azure.com/..." for "*.openai.azure.com";
// "" where no name is spelled out.
std::string spelled_host(const HostRow& row, std::string_view text) {
  if (!row.azure || !row.host.starts_with("*.")) return {};
  const std::string lowered = to_lower(text);
  const std::string_view domain = std::string_view(row.host).substr(1);
  const size_t end = lowered.find(domain);
  if (end == std::string::npos) return {};
  size_t begin = end;
  while (begin > 0 && (is_alnum(lowered[begin - 1]) || lowered[begin - 1] == '-')) --begin;
  const bool whole = begin < end && (begin == 0 || lowered[begin - 1] == '/');
  return whole ? lowered.substr(begin, end - begin) + std::string(domain) : std::string{};
}

class Endpoints {
 public:
  explicit Endpoints(Linked& linked)
      : linked_(linked), flow_(*linked.flow), graph_(*linked.graph) {}

  void run() {
    find_accounts();
    if (accounts_.empty() || !any_host_named()) return;
    const size_t count = linked_.placed.size();
    for (size_t i = 0; i < count; ++i) {
      const Placed& p = linked_.placed[i];
      if (p.node == none) continue;
      const std::string space = graph_.at(p.node).space;
      if (space == "use")
        vote(p, hosts_given(p));
      else if (space == "setting")
        vote(p, hosts_beside(p));
    }
    connect();
  }

 private:
  using Hosts = std::set<NodeId>;

  // Accounts by the one name that leads their address, in lower case; `none` for one of two.
  void find_accounts() {
    const size_t count = graph_.nodes().size();
    for (NodeId id = 0; id < count; ++id) {
      const Node& n = graph_.at(id);
      if (n.space != "account" || n.where.file == none) continue;
      const ProjectFile& file = flow_.project().files()[n.where.file];
      const Flow::Declared declared = flow_.resource_of(n.where.file, n.name);
      const Element* e = declared.element;
      const bool own = e != nullptr && !e->flag && !file.generated && !file.vendored;
      if (!own || flow_.rules().resources.account(e->type) == nullptr) continue;
      const Input* named = address_of(*e, flow_.project().files()[declared.file].document.language);
      if (named == nullptr) continue;
      const Literals literals = literals_of(flow_, declared.file, named->value);
      if (!literals.complete || literals.texts.size() != 1) continue;
      const auto [it, fresh] = accounts_.emplace(to_lower(literals.texts.front()), id);
      if (!fresh) it->second = none;
    }
  }

  // The attribute with the first label of the account's address: its sub-domain, else its name.
  [[nodiscard]] const Input* address_of(const Element& account, std::string_view language) const {
    const bool arm = language == "json";
    const InfrastructureTemplates* t =
        flow_.rules().infrastructure.of(arm ? std::string_view("bicep") : language);
    const Input* domain =
        t == nullptr || t->subdomain.empty() ? nullptr : find_input(account, t->subdomain);
    return domain != nullptr ? domain : find_input(account, "name");
  }

  // The account whose address the host is; `none` when no account here has it.
  [[nodiscard]] NodeId account_at(NodeId host) const {
    const std::string& name = graph_.at(host).name;
    const auto it = accounts_.find(name.substr(0, name.find('.')));
    return it == accounts_.end() ? NodeId{none} : it->second;
  }

  [[nodiscard]] bool is_named_host(NodeId id) const {
    const Node& n = graph_.at(id);
    return n.space == "host" && n.azure_host && n.name.find('*') == std::string::npos &&
           n.name.find('.') != std::string::npos;
  }

  // Whether any file spells the address of one of the accounts: almost always none does.
  [[nodiscard]] bool any_host_named() const {
    const auto& files = flow_.project().files();
    return std::any_of(files.begin(), files.end(), [&](const ProjectFile& file) {
      const auto& values = file.document.values;
      return std::any_of(values.begin(), values.end(), [&](const Value& v) {
        if (v.kind != ValueKind::literal || v.text.find('.') == std::string::npos) return false;
        const HostRow* row = flow_.rules().hosts.find(v.text);
        const std::string host = row == nullptr ? std::string{} : spelled_host(*row, v.text);
        return !host.empty() && accounts_.contains(host.substr(0, host.find('.')));
      });
    });
  }

  // Hosts that reach the other inputs of the call.
  Hosts hosts_given(const Placed& p) {
    Hosts hosts;
    const Candidate& c = *p.candidate;
    if (c.element == none) return hosts;
    const Document& d = flow_.project().files()[p.file].document;
    for (const Input& input : d.elements[c.element].inputs) {
      if (input.value == none || input.value == c.value) continue;
      const NodeId probe = flow_.place_node("probe", p.file, "address", input.span);
      flow_.flow(p.file, c.scope, input.value, probe);
      for (const Graph::Reached& r : graph_.backward(probe, true))
        if (is_named_host(r.node)) hosts.insert(r.node);
    }
    return hosts;
  }

  // Hosts written beside a setting whose own name says that it is such a key.
  Hosts hosts_beside(const Placed& p) {
    Hosts hosts;
    const Candidate& c = *p.candidate;
    const Names& names = flow_.rules().names;
    if (c.element == none || !names.is(NameClass::key_strong, c.name)) return hosts;
    const Document& d = flow_.project().files()[p.file].document;
    const Element& own = d.elements[c.element];
    const std::string service = names.service_of(c.name);
    for (const Element& e : d.elements) {
      const bool beside =
          e.kind == own.kind && e.container == own.container && e.group == own.group;
      if (!beside || e.value == none || d.values[e.value].kind != ValueKind::literal) continue;
      const HostRow* row = flow_.rules().hosts.find(d.values[e.value].text);
      if (row == nullptr || !row->azure || (!service.empty() && service != row->service)) continue;
      const NodeId host = spelled_host_node(flow_, *row, {p.file, e.span}, d.values[e.value].text);
      if (is_named_host(host)) hosts.insert(host);
    }
    return hosts;
  }

  void vote(const Placed& p, const Hosts& hosts) {
    if (hosts.empty()) return;
    const NodeId account = hosts.size() == 1 ? account_at(*hosts.begin()) : NodeId{none};
    const auto upstream = graph_.backward(p.node);
    for (const Graph::Reached& r : upstream)
      if (graph_.at(r.node).space == "account") return;
    const std::vector<NodeId> carriers = first_carriers(graph_, upstream);
    const NodeId source = carriers.size() == 1 ? carriers.front() : p.node;
    votes_[source].insert(account);
    places_.push_back({p.node, source, account, {p.file, p.candidate->span}});
  }

  void connect() {
    for (const Place& place : places_) {
      if (place.account == none) continue;
      // A name that clients of another account read too says nothing about this one.
      const NodeId target = votes_[place.source].size() == 1 ? place.source : place.node;
      graph_.edge(
          {place.account, target, EdgeKind::binding, false, place.where, "address of the account"});
    }
  }

  struct Place {
    NodeId node = none;
    NodeId source = none;
    NodeId account = none;
    Where where;
  };

  Linked& linked_;
  Flow& flow_;
  Graph& graph_;
  std::map<std::string, NodeId> accounts_;
  std::map<NodeId, std::set<NodeId>> votes_;  // what a carrier's clients say
  std::vector<Place> places_;
};

}  // namespace

NodeId spelled_host_node(Flow& flow, const HostRow& row, Where where, std::string_view text) {
  const std::string name = spelled_host(row, text);
  if (name.empty()) return flow.host_node(row, where);
  const NodeId id = flow.graph().node(none, "host", "global", name, where);
  flow.graph().at(id).azure_host = true;
  flow.graph().at(id).service = row.service;
  return id;
}

void join_endpoints(Linked& linked) {
  Endpoints(linked).run();
}

}  // namespace keyless
