#include "lineage/verdict.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "lineage/literals.h"

namespace keyless {
namespace {

bool is_sink(const Candidate& c) {
  switch (c.rule->match.kind) {
    case MatchKind::call:
    case MatchKind::implicit:
    case MatchKind::assign:
    case MatchKind::map:
    case MatchKind::header:
      return true;
    // A connection, backend or link may hold the key of any service.
    case MatchKind::resource:
      return c.rule->evidence.has_value();
    // A command that reads some secret is judged by the secret.
    case MatchKind::command:
      return !c.rule->evidence;
    default:
      return false;
  }
}

Opinion drop(std::string reason) {
  return {Decision::dropped, Confidence::low, false, std::move(reason)};
}
Opinion lead(std::string reason) {
  return {Decision::lead, Confidence::low, false, std::move(reason)};
}
Opinion found(Confidence confidence, std::string reason) {
  return {Decision::finding, confidence, false, std::move(reason)};
}

bool contains(const std::vector<Leg>& legs, Leg wanted) {
  return std::find(legs.begin(), legs.end(), wanted) != legs.end();
}

class Decider {
 public:
  explicit Decider(Linked& linked) : linked_(linked) {}

  std::vector<Opinion> run() {
    std::vector<Opinion> opinions(linked_.placed.size());
    for (size_t i = 0; i < opinions.size(); ++i)
      if (is_sink(*linked_.placed[i].candidate)) {
        opinions[i] = sink(linked_.placed[i]);
        remember(linked_.placed[i].node, opinions[i],
                 linked_.placed[i].candidate->rule->match.kind == MatchKind::implicit);
      }
    for (size_t i = 0; i < opinions.size(); ++i)
      if (!is_sink(*linked_.placed[i].candidate)) opinions[i] = name(linked_.placed[i]);
    return opinions;
  }

 private:
  void remember(NodeId node, const Opinion& opinion, bool implicit) {
    // A client that talks to another host says nothing about the names that feed it.
    if (opinion.decision == Decision::finding && !opinion.mixed)
      azure_sinks_[node] = true;
    else if (opinion.decision == Decision::other_sink)
      azure_sinks_.emplace(node, false);
    if (!implicit) handed_.insert(node);
  }

  bool all_hold(const Placed& p, const std::vector<Constraint>& constraints) {
    return std::all_of(constraints.begin(), constraints.end(),
                       [&](const Constraint& c) { return holds(linked_, p, c); });
  }
  bool any_holds(const Placed& p, const std::vector<Constraint>& constraints) {
    return std::any_of(constraints.begin(), constraints.end(),
                       [&](const Constraint& c) { return holds(linked_, p, c); });
  }

  Opinion sink(const Placed& p) {
    const Rule& rule = *p.candidate->rule;
    if (!all_hold(p, rule.where)) return drop("a test of the rule does not hold");
    if (rule.role == Role::other_sink) return {Decision::other_sink, Confidence::high, false, {}};
    const Leg credential = credential_leg(linked_, p.node);
    if (!rule.evidence) {
      Opinion opinion = found(Confidence::high, "the symbol exists only for Azure");
      opinion.mixed = credential == Leg::other || talks_to_another(p);
      return opinion;
    }
    if (any_holds(p, rule.evidence->unless)) return drop("the endpoint is not Azure");
    if (any_holds(p, rule.evidence->any)) {
      Opinion opinion = found(Confidence::high, "Azure by its own evidence");
      opinion.switched = has_two_hosts(p);
      return opinion;
    }
    if (rule.evidence->otherwise == Otherwise::drop) return drop("no evidence of Azure");
    if (rule.evidence->otherwise == Otherwise::lead)
      return lead(is_named_at_run_time(p.node)
                      ? "the name that the key is read under is put together at run time"
                      : "no evidence of Azure");
    if (credential == Leg::azure) return found(Confidence::high, "an Azure key reaches it");
    if (credential == Leg::other) return drop("another service's key reaches it");
    return lead(is_named_at_run_time(p.node)
                    ? "the name that the key is read under is put together at run time"
                    : "neither key nor endpoint could be decided");
  }

  // What is known of the addresses that the call is given beside the credential.
  std::vector<Leg> address_legs(const Placed& p) {
    std::vector<Leg> legs;
    const Candidate& c = *p.candidate;
    if (c.element == none) return legs;
    const Document& d = linked_.flow->project().files()[p.file].document;
    for (const Input& input : d.elements[c.element].inputs) {
      if (input.value == none || input.value == c.value) continue;
      const NodeId probe = linked_.flow->place_node("probe", p.file, "address", input.span);
      linked_.flow->flow(p.file, c.scope, input.value, probe);
      legs.push_back(endpoint_leg(linked_, probe));
    }
    return legs;
  }

  // A client that talks to Azure or to somebody else, as a condition or a default decides.
  bool has_two_hosts(const Placed& p) { return contains(address_legs(p), Leg::both); }

  // A read on the way whose name is an expression.
  [[nodiscard]] bool is_named_at_run_time(NodeId node) const {
    const auto upstream = linked_.graph->backward(node);
    return std::any_of(upstream.begin(), upstream.end(), [&](const Graph::Reached& r) {
      const Node& n = linked_.graph->at(r.node);
      return n.space == "read" && n.name.starts_with('@');
    });
  }

  // An Azure client whose address is a simulator's or another vendor's.
  bool talks_to_another(const Placed& p) {
    const std::vector<Leg> legs = address_legs(p);
    return contains(legs, Leg::other) && !contains(legs, Leg::azure) && !contains(legs, Leg::both);
  }

  // What a name is, by the account that fills it and the sinks it reaches.
  struct Reach {
    bool account = false;
    bool azure_sink = false;
    bool other_sink = false;
    bool handed_to_other = false;  // as an argument, not read by the client itself
    bool strong = false;           // a strong name upstream or downstream
  };

  Reach reach_of(NodeId node) {
    Reach reach;
    const Graph& graph = *linked_.graph;
    for (const Graph::Reached& r : graph.backward(node)) {
      reach.account = reach.account || graph.at(r.node).space == "account";
      // A stored secret that fills an Azure name elsewhere is that key here too.
      if (r.node != node && graph.at(r.node).space == "vault")
        reach.strong = reach.strong || fills_strong(r.node);
    }
    for (const Graph::Reached& r : graph.forward(node)) {
      if (const auto it = azure_sinks_.find(r.node); it != azure_sinks_.end()) {
        reach.azure_sink = reach.azure_sink || it->second;
        reach.other_sink = reach.other_sink || !it->second;
        reach.handed_to_other = reach.handed_to_other || (!it->second && handed_.contains(r.node));
      }
    }
    reach.strong = reach.strong || fills_strong(node);
    return reach;
  }

  // Whether a variable or setting of Azure's name gets what the node holds.
  [[nodiscard]] bool fills_strong(NodeId node) const {
    const Graph& graph = *linked_.graph;
    const Names& names = linked_.flow->rules().names;
    const auto reached = graph.forward(node);
    return std::any_of(reached.begin(), reached.end(), [&](const Graph::Reached& r) {
      const Node& n = graph.at(r.node);
      const bool carrier = n.space == "env" || n.space == "config";
      return carrier && r.node != node && names.is(NameClass::key_strong, n.name);
    });
  }

  Opinion name(const Placed& p) {
    const Candidate& c = *p.candidate;
    if (p.node == none) return drop("no place in the graph");
    if (!all_hold(p, c.rule->where)) return drop("a test of the rule does not hold");
    switch (c.rule->match.kind) {
      case MatchKind::text:
        return found(
            c.certain || c.secret->is_identifiable_key() ? Confidence::high : Confidence::medium,
            c.certain ? "signature and checksum of the key hold" : "the form of a key");
      case MatchKind::resource:
      case MatchKind::module:
        return resource(p);
      default:
        return named_place(p);
    }
  }

  Opinion resource(const Placed& p) {
    const Candidate& c = *p.candidate;
    if (c.value == none)
      return made_elsewhere(p) ? lead("the resource's properties are not known here")
                               : found(Confidence::high, "the attribute is not set");
    const Literals literals = literals_of(*linked_.flow, p.file, c.value);
    const auto is_secure = [&](const std::string& text) {
      return to_lower(text) == to_lower(c.rule->match.secure);
    };
    if (c.rule->match.secure.empty()) return found(Confidence::high, "by type and attribute");
    if (literals.complete && !literals.texts.empty() &&
        std::all_of(literals.texts.begin(), literals.texts.end(), is_secure))
      return drop("every value is secure");
    if (literals.texts.empty()) return lead("the value is not known here");
    if (std::all_of(literals.texts.begin(), literals.texts.end(), is_secure))
      return drop("every known value is secure");
    return found(Confidence::high, "a value leaves keys on");
  }

  // `openai_key = "openai-api-key"` in a local, variable or argument: what the secret is called.
  [[nodiscard]] bool names_a_secret(const Placed& p, const std::string& text) const {
    const Document& d = linked_.flow->project().files()[p.file].document;
    if (p.candidate->element == none) return false;
    const ElementKind kind = d.elements[p.candidate->element].kind;
    const bool symbol = kind == ElementKind::iac_local || kind == ElementKind::iac_variable ||
                        kind == ElementKind::module;
    const bool words = text.find('-') != std::string::npos && !text.starts_with("your") &&
                       std::all_of(text.begin(), text.end(),
                                   [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
    return symbol && words && linked_.flow->rules().names.is(NameClass::key_any, text);
  }

  // What would hold the attribute is a template, a file or a parameter: `body = templatefile(...)`.
  [[nodiscard]] bool made_elsewhere(const Placed& p) const {
    const Candidate& c = *p.candidate;
    const Document& d = linked_.flow->project().files()[p.file].document;
    const std::string_view outer = before_last(c.rule->match.attribute, '.');
    if (c.element == none || outer.empty()) return false;
    const auto& inputs = d.elements[c.element].inputs;
    return std::any_of(inputs.begin(), inputs.end(), [&](const Input& input) {
      return (input.name == outer || input.name == "body") && input.value != none &&
             d.values[input.value].kind != ValueKind::map;
    });
  }

  // A literal that cannot be a key: a switch, a number, an address.
  [[nodiscard]] bool holds_no_key(const Placed& p) const {
    const Candidate& c = *p.candidate;
    if (c.rule->match.kind != MatchKind::setting || c.value == none) return false;
    const Value& v = linked_.flow->project().files()[p.file].document.values[c.value];
    if (v.kind != ValueKind::literal) return false;
    const std::string text = to_lower(v.text);
    if (names_a_secret(p, v.text)) return true;
    return text == "true" || text == "false" || text.starts_with("http://") ||
           text.starts_with("https://") ||
           (text.size() < 10 && std::all_of(text.begin(), text.end(), is_digit));
  }

  // `${{ runner.os }}-deps-${{ hashFiles(...) }}`: nothing flows in as a whole.
  [[nodiscard]] bool is_put_together(const Placed& p) const {
    if (p.candidate->value == none) return false;
    const Document& d = linked_.flow->project().files()[p.file].document;
    return d.values[p.candidate->value].kind == ValueKind::composite &&
           linked_.graph->backward(p.node).size() == 1;
  }

  Opinion named_place(const Placed& p) {
    const Candidate& c = *p.candidate;
    const Names& names = linked_.flow->rules().names;
    if (holds_no_key(p)) return drop("the value is no key");
    if (c.rule->evidence && any_holds(p, c.rule->evidence->unless)) return drop("excluded");
    if (c.rule->match.key == "key-mode")
      return found(Confidence::high, "the value selects key authentication");
    const bool strong = names.is(NameClass::key_strong, c.name);
    const Reach reach = reach_of(p.node);
    if (strong) {
      const bool certain = reach.account || reach.azure_sink || grouped(p);
      Opinion opinion = found(certain ? Confidence::high : Confidence::medium,
                              certain ? "an Azure name with Azure beside it" : "an Azure name");
      opinion.mixed = reach.other_sink && !in_shared_field(p.node);
      return opinion;
    }
    if (has_other_callers(p.node)) return drop("a shared module: judged at each call");
    const bool unnamed =
        c.rule->match.kind == MatchKind::command && (c.name.empty() || c.name.starts_with('$'));
    const bool weak = names.is(NameClass::key_weak, c.name);
    const bool guarded = weak || declared_secure(p) || unnamed;
    if (reach.azure_sink && reach.other_sink && in_shared_field(p.node))
      return lead("a field that keys of several vendors pass through");
    if (reach.azure_sink && guarded) {
      Opinion opinion = found(Confidence::high, "it feeds an Azure client");
      opinion.mixed = reach.other_sink && c.rule->match.kind != MatchKind::read;
      return opinion;
    }
    if (reach.account) return found(Confidence::high, "an account's key is held here");
    if (reach.strong && guarded && !names.is(NameClass::other_service, c.name))
      return found(Confidence::medium, "it fills an Azure name");
    // A client that is handed it says more than what stands beside it.
    if (reach.handed_to_other) return drop("it feeds another vendor's client");
    if (c.rule->evidence && any_holds(p, c.rule->evidence->any))
      return found(Confidence::medium, "Azure by what stands beside it");
    if (reach.other_sink) return drop("it feeds another vendor's client");
    if (is_put_together(p)) return drop("a text made of parts, none of them the whole");
    return weak ? lead("a key of unknown service") : drop("no key is known to pass here");
  }

  // A field that objects of one class hold each for themselves, here filled from several variables:
  // who reads it of one object need not read it of another.
  [[nodiscard]] bool in_shared_field(NodeId node) const {
    const Graph& graph = *linked_.graph;
    for (const Graph::Reached& r : graph.forward(node)) {
      const Node& field = graph.at(r.node);
      if (field.space != "code" || field.name.find('.') == std::string::npos) continue;
      std::set<std::string> variables;
      for (const Graph::Reached& from : graph.backward(r.node))
        if (graph.at(from.node).space == "env") variables.insert(graph.at(from.node).name);
      if (variables.size() > 1) return true;
    }
    return false;
  }

  // A parameter that several calls fill, one of them with no Azure key.
  [[nodiscard]] bool has_other_callers(NodeId node) const {
    const Graph& graph = *linked_.graph;
    for (const Graph::Reached& r : graph.backward(node)) {
      if (graph.at(r.node).space != "iac") continue;
      int calls = 0;
      bool other = false;
      for (const uint32_t e : graph.in(r.node)) {
        const Edge& edge = graph.edges()[e];
        if (edge.from == none || !edge.why.starts_with("argument of module")) continue;
        ++calls;
        other = other || credential_leg(linked_, edge.from) != Leg::azure;
      }
      if (calls > 1 && other) return true;
    }
    return false;
  }

  [[nodiscard]] bool declared_secure(const Placed& p) const {
    const Document& d = linked_.flow->project().files()[p.file].document;
    return p.candidate->element != none && d.elements[p.candidate->element].flag;
  }

  bool grouped(const Placed& p) {
    return holds(linked_, p, {ConstraintKind::sibling, {}, {"endpoint-azure"}});
  }

  Linked& linked_;
  std::unordered_set<NodeId> handed_;             // sinks that are given their key
  std::unordered_map<NodeId, bool> azure_sinks_;  // node -> Azure (true) or another vendor's
};

}  // namespace

std::vector<Opinion> decide(Linked& linked) {
  return Decider(linked).run();
}

}  // namespace keyless
