#include "fix/access.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "fix/modules.h"

namespace keyless {
namespace {

// A name made of an address: letters, digits and underscores.
std::string identifier(std::string_view address) {
  std::string name;
  for (const char c : address) name += is_alnum(c) ? c : '_';
  return name;
}

struct Pair {
  Place account;
  Place workload;
  const Carrier* carrier = nullptr;  // a setting of the workload that holds the key
  std::string service;
};

class AccessPlanner {
 public:
  AccessPlanner(const Repository& repository, ScanOfDrafts& scan, const RuleSet& rules,
                const CarriersOfKeys& of_keys, uint32_t root)
      : project_(repository.project()),
        scan_(scan),
        rules_(rules),
        of_keys_(of_keys),
        root_(root),
        modules_(repository, *scan.linked.flow) {}

  AccessPlan run() {
    const std::vector<Pair> known = pairs();
    for (const Pair& pair : known) grant(pair);
    grant_by_guess(known);
    for (auto& [path, text] : appended_) {
      const auto size = end_of(path);
      plan_.edits[path].push_back({{size, size}, text});
    }
    return std::move(plan_);
  }

 private:
  [[nodiscard]] const Document& document(uint32_t file) const {
    return project_.files()[file].document;
  }
  [[nodiscard]] const Element& element(const Place& place) const {
    return document(place.file).elements[place.element];
  }

  // Accounts and the workloads whose settings their keys reach, once each.
  std::vector<Pair> pairs() {
    std::vector<Pair> all;
    const Graph& graph = *scan_.linked.graph;
    std::map<NodeId, std::pair<uint32_t, const Carrier*>> settings;
    for (uint32_t i = 0; i < project_.files().size(); ++i)
      for (const Carrier& c : project_.files()[i].carriers)
        if (c.container == Container::app_settings || c.container == Container::container_env ||
            c.container == Container::container_secret)
          settings.emplace(carrier_node(*scan_.linked.flow, i, c), std::pair(i, &c));
    std::set<std::tuple<uint32_t, ElementId, uint32_t, ElementId>> seen;
    for (NodeId id = 0; id < graph.nodes().size(); ++id) {
      const Node& n = graph.at(id);
      if (n.space != "account" || n.where.file == none) continue;
      const Place account = resource_at(n.where.file, n.where.span);
      if (account.element == none) continue;
      for (const Graph::Reached& r : graph.forward(id)) {
        const auto setting = settings.find(r.node);
        if (setting == settings.end()) continue;
        const auto& [file, carrier] = setting->second;
        const Place workload = modules_.workload_of(file, *carrier, rules_.infrastructure);
        if (workload.element == none) {
          unknown_workload(account, file, *carrier);
          continue;
        }
        if (seen.insert({account.file, account.element, workload.file, workload.element}).second)
          all.push_back({account, workload, carrier, service_of(r.node, n.service)});
      }
    }
    return all;
  }

  // Workloads whose key comes from outside: the only account of the root is the one, or nobody knows.
  void grant_by_guess(const std::vector<Pair>& known) {
    std::set<std::pair<uint32_t, ElementId>> done;
    for (const Pair& pair : known) done.insert({pair.workload.file, pair.workload.element});
    std::vector<Place> accounts;
    for (uint32_t i = 0; i < project_.files().size(); ++i)
      for (ElementId id = 0; id < document(i).elements.size(); ++id) {
        const Element& e = document(i).elements[id];
        if (e.kind == ElementKind::resource && rules_.resources.account(e.type) != nullptr)
          accounts.push_back({i, id});
      }
    for (uint32_t i = 0; i < project_.files().size(); ++i)
      for (const Carrier& c : project_.files()[i].carriers) {
        const auto key = of_keys_.find({document(i).path, c.container, c.name});
        if (key == of_keys_.end() || key->second.rule.empty()) continue;
        const Place workload = modules_.workload_of(i, c, rules_.infrastructure);
        if (workload.element == none || !done.insert({workload.file, workload.element}).second)
          continue;
        if (accounts.size() == 1) {
          grant({accounts.front(), workload, &c, ""});
          continue;
        }
        plan_.refused.push_back({root_, document(i).path, c.span, key->second.rule, Safety::manual,
                                 "the account behind this key is not known here: give " +
                                     element(workload).name + " its role by hand"});
      }
  }

  // What the caller does with the key decides its least role: an account of many services may have
  // callers of OpenAI only.
  [[nodiscard]] std::string service_of(NodeId setting, const std::string& account) const {
    const Graph& graph = *scan_.linked.graph;
    std::set<std::string> services;
    for (const Graph::Reached& r : graph.forward(setting))
      if (graph.at(r.node).space == "use") services.insert(graph.at(r.node).service);
    services.erase("");
    return services.size() == 1 ? *services.begin() : account;
  }

  // A module of a registry, say: its identity is an input nobody here can see.
  void unknown_workload(const Place& account, uint32_t file, const Carrier& carrier) {
    if (!unknown_.insert({file, carrier.scope}).second) return;
    plan_.refused.push_back({root_, document(file).path, carrier.span, "", Safety::manual,
                             "role on " + element(account).name +
                                 ": what runs with this setting is not written here; give its "
                                 "identity the role by hand"});
  }

  [[nodiscard]] Place resource_at(uint32_t file, Span span) const {
    const Document& d = document(file);
    for (ElementId id = 0; id < d.elements.size(); ++id)
      if (d.elements[id].kind == ElementKind::resource && d.elements[id].span == span)
        return {file, id};
    return {};
  }

  void grant(const Pair& pair) {
    const std::string& language = document(pair.workload.file).language;
    const InfrastructureTemplates* t = rules_.infrastructure.of(language);
    if (t == nullptr || document(pair.account.file).language != language)
      return refuse(pair, "account and workload are not described in one language");
    const ProjectFile& file = project_.files()[pair.workload.file];
    if (file.generated || file.vendored)
      return refuse(pair, "the file is generated or vendored: change its source");
    const std::string principal = identity_of(pair, *t);
    if (principal.empty()) return;
    if (has_role(pair, *t, principal)) return;
    if (language == "terraform") return grant_terraform(pair, *t, principal);
    grant_bicep(pair, *t, principal);
  }

  // The principal of the workload's identity, in its own module; makes the identity when it has none.
  std::string identity_of(const Pair& pair, const InfrastructureTemplates& t) {
    const Element& workload = element(pair.workload);
    const Document& d = document(pair.workload.file);
    const Input* type = find_input(workload, t.identity_type);
    const std::string kind =
        type == nullptr || type->value == none ? "" : d.values[type->value].text;
    if (type == nullptr) {
      add_identity(pair, t);
      return replaced(t.principal, "$workload", workload.name);
    }
    if (contains_ignoring_case(kind, "SystemAssigned"))
      return replaced(t.principal, "$workload", workload.name);
    const std::string identity = user_identity(pair, t);
    if (identity.empty()) {
      refuse(pair, "the workload's identity is not written here: give it the role by hand");
      return {};
    }
    name_client(pair, t, identity);
    return replaced(t.user_principal, "$identity", identity);
  }

  // The symbol of the user-assigned identity that the workload names first.
  std::string user_identity(const Pair& pair, const InfrastructureTemplates& t) const {
    const Document& d = document(pair.workload.file);
    const Input* ids = find_input(element(pair.workload), t.identity_ids);
    if (ids == nullptr) return {};
    for (const ProjectFile& file : project_.files())
      for (const Element& e : file.document.elements)
        if (e.kind == ElementKind::resource && e.type == t.user_identity &&
            modules_.same_module(file, d))
          if (names_symbol(pair.workload.file, ids->span, e.name)) return e.name;
    return {};
  }

  [[nodiscard]] bool names_symbol(uint32_t file, Span within, const std::string& symbol) const {
    const Document& d = document(file);
    return std::any_of(d.values.begin(), d.values.end(), [&](const Value& v) {
      return within.contains(v.span) && v.kind == ValueKind::attribute && v.text == symbol;
    });
  }

  // The same, or a variable of the file is named that names it.
  [[nodiscard]] bool leads_to(uint32_t file, Span within, const std::string& symbol) const {
    if (names_symbol(file, within, symbol)) return true;
    const Document& d = document(file);
    const std::string sign = d.language == "terraform" ? "local." : "";
    return std::any_of(d.elements.begin(), d.elements.end(), [&](const Element& e) {
      return e.kind == ElementKind::iac_local && names_symbol(file, within, sign + e.name) &&
             names_symbol(file, e.extent.span, symbol);
    });
  }

  void add_identity(const Pair& pair, const InfrastructureTemplates& t) {
    if (!with_identity_.insert({pair.workload.file, pair.workload.element}).second) return;
    const Element& workload = element(pair.workload);
    const std::string& path = document(pair.workload.file).path;
    plan_.edits[path].push_back(modules_.block_at_end(pair.workload, t.identity));
    plan_.what.push_back(path + ": " + workload.name + " gets an identity");
  }

  // AZURE_CLIENT_ID beside the key's setting, for an identity that has to be named.
  void name_client(const Pair& pair, const InfrastructureTemplates& t,
                   const std::string& identity) {
    const Document& d = document(pair.workload.file);
    const auto settings = modules_.settings_of(pair.workload);
    const bool there = std::any_of(settings.begin(), settings.end(),
                                   [](const Carrier* c) { return c->name == "AZURE_CLIENT_ID"; });
    if (there || !with_client_.insert({pair.workload.file, pair.workload.element}).second) return;
    const Carrier* model = nullptr;
    for (const Carrier* c : settings)
      if (c->container != Container::container_secret && c->value != none &&
          d.values[c->value].kind != ValueKind::literal &&
          (model == nullptr || c->name.ends_with("ENDPOINT")))
        model = c;
    if (model == nullptr)
      return refuse(pair, "set AZURE_CLIENT_ID of the workload to " +
                              replaced(t.client_id, "$identity", identity));
    if (auto edit = modules_.cloned_setting(pair.workload.file, *model, "AZURE_CLIENT_ID",
                                            replaced(t.client_id, "$identity", identity))) {
      plan_.edits[d.path].push_back(std::move(*edit));
      plan_.what.push_back(d.path + ": AZURE_CLIENT_ID of " + element(pair.workload).name);
    }
  }

  // An assignment in the project that names the account and the principal already.
  [[nodiscard]] bool has_role(const Pair& pair, const InfrastructureTemplates&,
                              const std::string& principal) const {
    const std::string& account = element(pair.account).name;
    const std::string holder = principal.substr(0, principal.find_last_of('.'));
    for (uint32_t i = 0; i < project_.files().size(); ++i)
      for (const Element& e : document(i).elements) {
        if (e.kind != ElementKind::resource || !rules_.infrastructure.is_assignment(e.type))
          continue;
        if (!leads_to(i, e.extent.span, account)) continue;
        const std::string symbol = holder.substr(0, holder.find(".identity"));
        if (leads_to(i, e.extent.span, symbol) || modules_.passes_principal(i, e, pair.workload))
          return true;
      }
    return false;
  }

  void grant_terraform(const Pair& pair, const InfrastructureTemplates& t,
                       const std::string& principal) {
    const std::string scope = replaced(t.scope, "$account", element(pair.account).name);
    const Meeting meeting = modules_.meet(pair.account, pair.workload);
    if (!meeting.found)
      return refuse(pair, "account and workload have no module in common: " +
                              snippet(pair, t, scope, principal));
    const RoleRow& role = rules_.infrastructure.role_for(pair.service);
    const std::string principal_name =
        identifier(after_last(element(pair.workload).name, '.')) + "_principal_id";
    const auto reach = [&](const Place& from, const std::vector<ModuleCall>& way,
                           std::string expression, const std::string& name) {
      std::string module_folder = std::string(folder_of(document(from.file).path));
      for (const ModuleCall& call : way) {
        std::string output = modules_.output_of(module_folder, expression);
        if (output.empty()) {
          output = name;
          append(document(from.file).path, module_folder,
                 replaced(replaced(t.output, "$name", name), "$value", expression));
        }
        expression = "module." + call.name + "." + output;
        module_folder = call.caller_folder;
      }
      return expression;
    };
    const std::string principal_there =
        reach(pair.workload, meeting.from_workload, principal, principal_name);
    const std::string scope_there =
        reach(pair.account, meeting.from_account, scope,
              identifier(after_last(element(pair.account).name, '.')) + "_account_id");
    const std::string name = free_name(workload_word(pair, meeting), element(pair.account).name,
                                       "_" + role.word + "_user", meeting.folder);
    std::string text = replaced(t.role, "$name", name);
    text = replaced(replaced(text, "$scope", scope_there), "$principal", principal_there);
    text = replaced(text, "$role", role.id);
    append(meeting.path, meeting.folder, text);
    plan_.what.push_back(meeting.path + ": " + role.name + " for " + element(pair.workload).name);
  }

  // No other resource of the module has the name, nor one that is written here.
  std::string free_name(const std::string& workload, const std::string& account,
                        const std::string& ending, const std::string& folder) {
    const auto taken = [&](const std::string& name) {
      for (const ProjectFile& file : project_.files())
        for (const Element& e : file.document.elements)
          if (e.kind == ElementKind::resource && folder_of(file.document.path) == folder &&
              after_last(e.name, '.') == name)
            return true;
      return !names_.insert(folder + "/" + name).second;
    };
    if (std::string name = workload + ending; !taken(name)) return name;
    const std::string longer = workload + "_" + identifier(after_last(account, '.')) + ending;
    std::string name = longer;
    for (int i = 2; taken(name); ++i) name = longer + "_" + std::to_string(i);
    return name;
  }

  // The same for a Bicep file, whose symbols share one space.
  std::string free_symbol(const Pair& pair) {
    const Document& d = document(pair.workload.file);
    const auto taken = [&](const std::string& name) {
      return std::any_of(d.elements.begin(), d.elements.end(),
                         [&](const Element& e) { return e.name == name; }) ||
             !names_.insert(d.path + "/" + name).second;
    };
    const std::string workload = identifier(element(pair.workload).name);
    if (std::string name = workload + "OpenAIUser"; !taken(name)) return name;
    const std::string longer =
        workload + "_" + identifier(element(pair.account).name) + "OpenAIUser";
    std::string name = longer;
    for (int i = 2; taken(name); ++i) name = longer + std::to_string(i);
    return name;
  }

  std::string workload_word(const Pair& pair, const Meeting& meeting) const {
    if (!meeting.from_workload.empty()) return identifier(meeting.from_workload.back().name);
    return identifier(after_last(element(pair.workload).name, '.'));
  }

  void grant_bicep(const Pair& pair, const InfrastructureTemplates& t,
                   const std::string& principal) {
    const RoleRow& role = rules_.infrastructure.role_for(pair.service);
    const std::string& account = element(pair.account).name;
    std::string text = replaced(t.role, "$name", free_symbol(pair));
    const std::string holder = principal.substr(0, principal.find(".identity"));
    const std::string subject = holder.substr(0, holder.find(".properties"));
    text = replaced(replaced(text, "$scope", account), "$account", account);
    text = replaced(replaced(text, "$principal_name", subject + ".id"), "$principal", principal);
    text = replaced(text, "$role", role.id);
    if (pair.account.file != pair.workload.file)
      return refuse(pair,
                    "account and workload stand in two files; in the file of the account, with the "
                    "principal as a parameter:\n" +
                        text);
    const std::string& path = document(pair.workload.file).path;
    append(path, path, text);
    plan_.what.push_back(path + ": " + role.name + " for " + element(pair.workload).name);
  }

  std::string snippet(const Pair&, const InfrastructureTemplates& t, const std::string& scope,
                      const std::string& principal) const {
    std::string text = replaced(replaced(t.role, "$scope", scope), "$principal", principal);
    return "\n" + text;
  }

  // A block at the end of a file of the module.
  void append(const std::string& preferred, const std::string& folder, const std::string& block) {
    std::string path = preferred;
    if (folder_of(preferred) != folder && preferred != folder) path = modules_.main_file(folder);
    std::string& text = appended_[path];
    if (text.find(block) != std::string::npos) return;
    text += modules_.separated(path, text.empty(), block);
  }

  [[nodiscard]] uint32_t end_of(const std::string& path) const { return modules_.size_of(path); }

  void refuse(const Pair& pair, std::string reason) {
    const Element& e = element(pair.workload);
    plan_.refused.push_back(
        {root_, document(pair.workload.file).path, e.span, "", Safety::manual,
         "role on " + element(pair.account).name + " for " + e.name + ": " + std::move(reason)});
  }

  const Project& project_;
  ScanOfDrafts& scan_;
  const RuleSet& rules_;
  const CarriersOfKeys& of_keys_;
  uint32_t root_;
  Modules modules_;
  AccessPlan plan_;
  std::map<std::string, std::string> appended_;
  std::set<std::string> names_;  // of assignments that are written here
  std::set<std::pair<uint32_t, ElementId>> with_identity_;
  std::set<std::pair<uint32_t, ElementId>> with_client_;
  std::set<std::pair<uint32_t, ScopeId>> unknown_;
};

}  // namespace

AccessPlan plan_access(const Repository& repository, ScanOfDrafts& scan, const RuleSet& rules,
                       const CarriersOfKeys& of_keys, uint32_t root) {
  return AccessPlanner(repository, scan, rules, of_keys, root).run();
}

}  // namespace keyless
