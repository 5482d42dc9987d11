#include "lineage/link.h"

#include <algorithm>

#include "base/text.h"
#include "lineage/endpoints.h"
#include "syntax/languages.h"

namespace keyless {
namespace {

// The parameter of an enclosing function that a name stands for: itself, or the list it loops over.
const Element* parameter_behind(const Document& d, const Value& read, const std::string& name,
                                int depth = 0) {
  for (const Element& e : d.elements)
    if (e.kind == ElementKind::param && e.name == name &&
        d.scopes[e.scope].span.contains(read.span))
      return &e;
  for (const Element& e : d.elements) {
    const bool loops = e.kind == ElementKind::assign && e.name == name && e.value != none &&
                       d.scopes[e.scope].span.contains(read.span) && e.scope != 0 && depth < 3;
    if (loops && d.values[e.value].kind == ValueKind::symbol && d.values[e.value].text != name)
      return parameter_behind(d, read, d.values[e.value].text, depth + 1);
  }
  return nullptr;
}

// A function that reads the environment under a name it is given.
void find_env_readers(Flow& flow, uint32_t file) {
  const Document& d = flow.project().files()[file].document;
  for (const Value& v : d.values) {
    if ((v.kind != ValueKind::env && v.kind != ValueKind::config) || v.parts.empty()) continue;
    const Value& name = d.values[v.parts.front()];
    if (name.kind != ValueKind::symbol) continue;
    if (const Element* param = parameter_behind(d, v, name.text))
      flow.add_env_reader(file, param->scope, *param);
  }
}

// Reads of keys through such functions are places like any other read.
void derive_reads(Linked& linked, const RuleSet& rules, uint32_t file) {
  Flow& flow = *linked.flow;
  const Document& d = flow.project().files()[file].document;
  for (const Element& call : d.elements) {
    if (call.kind != ElementKind::call) continue;
    for (const ValueId id : flow.names_read(file, call)) {
      const Value& name = d.values[id];
      for (const Rule& rule : rules.rules) {
        if (rule.match.kind != MatchKind::read || rule.match.space == "config") continue;
        const bool speaks =
            std::any_of(rule.languages.begin(), rule.languages.end(),
                        [&](const std::string& l) { return language_matches(l, d.language); });
        if (!speaks || !rules.names.is(*name_class_from(rule.match.key), name.text)) continue;
        Candidate c;
        c.rule = &rule;
        c.category = rule.category;
        c.span = call.span.size() < 200 ? call.span : name.span;
        c.extent = {c.span, std::nullopt};
        c.scope = call.scope;
        c.name = name.text;
        c.symbol = "env." + name.text;
        linked.derived.push_back(std::move(c));
        const NodeId read = flow.place_node("read", file, name.text, name.span);
        linked.graph->edge({flow.env_node(file, name.text),
                            read,
                            EdgeKind::binding,
                            false,
                            {file, name.span},
                            "read through " + call.name});
        linked.placed.push_back({file, &linked.derived.back(), read});
      }
    }
  }
}

// `self.key = key or settings.azure_openai_key`: a key taken from a settings object of another file
// is a read of configuration.
void derive_member_reads(Linked& linked, const RuleSet& rules, uint32_t file) {
  Flow& flow = *linked.flow;
  const Document& d = flow.project().files()[file].document;
  const Rule* rule = nullptr;
  for (const Rule& r : rules.rules)
    if (r.match.kind == MatchKind::read && r.match.key == "key-strong" &&
        std::any_of(r.languages.begin(), r.languages.end(),
                    [&](const std::string& l) { return language_matches(l, d.language); }))
      rule = &r;
  if (rule == nullptr) return;
  const auto take = [&](const Element& e, ValueId id) {
    const Value& v = d.values[id];
    if (v.kind != ValueKind::symbol || v.text.find('.') == std::string::npos) return;
    if (!rules.names.is(NameClass::key_strong, after_last(v.text, '.'))) return;
    const Ref ref = linked.symbols->resolve(file, e.scope, v.text);
    if (ref.kind != Ref::Kind::variable || ref.file == file) return;
    const Document& owner = flow.project().files()[ref.file].document;
    if (owner.scopes[ref.scope].kind != ScopeKind::type) return;
    Candidate c;
    c.rule = rule;
    c.category = rule->category;
    c.span = v.span;
    c.extent = {v.span, std::nullopt};
    c.scope = e.scope;
    c.name = std::string(after_last(v.text, '.'));
    c.symbol = "config." + v.text;
    linked.derived.push_back(std::move(c));
    const NodeId read = flow.place_node("read", file, v.text, v.span);
    linked.graph->edge(
        {flow.code_node(ref), read, EdgeKind::reference, false, {file, v.span}, "settings object"});
    linked.placed.push_back({file, &linked.derived.back(), read});
  };
  for (const Element& e : d.elements) {
    if (e.kind != ElementKind::assign || e.value == none) continue;
    take(e, e.value);
    if (d.values[e.value].kind == ValueKind::alternative)
      for (const ValueId part : d.values[e.value].parts) take(e, part);
  }
}

NodeId place_account(Flow& flow, uint32_t file, const Candidate& c) {
  const Document& d = flow.project().files()[file].document;
  const Element& e = d.elements[c.element];
  std::string symbol = e.name;
  if (e.kind == ElementKind::module && d.language == "terraform") symbol = "module." + symbol;
  const NodeId id = flow.account_node(file, symbol);
  flow.graph().at(id).where = {file, e.span};
  if (flow.graph().at(id).service.empty()) flow.graph().at(id).service = c.rule->service;
  return id;
}

NodeId place_use(Flow& flow, uint32_t file, const Candidate& c) {
  const NodeId use = flow.place_node("use", file, c.symbol, c.span);
  flow.graph().at(use).service = c.rule->service;
  if (c.value != none)
    flow.flow(file, c.scope, c.value, use, {EdgeKind::reference, false, "credential"});
  if (c.rule->match.kind == MatchKind::implicit) {
    for (const std::string& name : c.rule->match.reads)
      flow.graph().edge({flow.env_node(file, name),
                         use,
                         EdgeKind::convention,
                         false,
                         {file, c.span},
                         "the SDK reads this name by itself"});
  }
  return use;
}

// A resource that gives out the keys of an account belongs to that account.
NodeId place_resource(Flow& flow, uint32_t file, const Candidate& c) {
  const NodeId use = place_use(flow, file, c);
  const Flow::Declared declared{&flow.project().files()[file].document.elements[c.element], file};
  if (const ActionRow* row = flow.action_of(declared))
    flow.graph().edge({flow.acted_on(declared, *row),
                       use,
                       EdgeKind::reference,
                       false,
                       {file, c.span},
                       "lists the keys"});
  return use;
}

NodeId place(Flow& flow, uint32_t file, const Candidate& c) {
  switch (c.rule->match.kind) {
    case MatchKind::read: {
      const NodeId read = flow.read_node(file, c.value);
      flow.flow(file, c.scope, c.value, read);  // connects the name even when nothing uses it
      return read;
    }
    case MatchKind::setting: {
      const auto& carriers = flow.project().files()[file].carriers;  // in element order
      auto it = std::lower_bound(
          carriers.begin(), carriers.end(), c.element,
          [](const Carrier& carrier, ElementId element) { return carrier.element < element; });
      for (; it != carriers.end() && it->element == c.element; ++it)
        if (it->input == c.input) return carrier_node(flow, file, *it);
      return none;
    }
    case MatchKind::resource:
    case MatchKind::module:
      return c.category == Category::local_auth ? place_account(flow, file, c)
                                                : place_resource(flow, file, c);
    case MatchKind::text:
      return flow.place_node("literal", file, "literal", c.span);
    case MatchKind::command: {
      const Element& command = flow.project().files()[file].document.elements[c.element];
      const NodeId given = flow.command_node(file, command);
      return given != none ? given : place_use(flow, file, c);
    }
    default:
      return place_use(flow, file, c);
  }
}

}  // namespace

std::string shown_id(const Linked& linked, NodeId node) {
  const Node& n = linked.graph->at(node);
  const Project& project = linked.flow->project();
  if (n.root == none || project.root_count() < 2) return n.id();
  return n.space + ":" + project.root(n.root).id() + "/" + n.scope + ":" + n.name;
}

Linked link(const Project& project, const RuleSet& rules) {
  Linked linked;
  linked.symbols = std::make_unique<Symbols>(project);
  linked.graph = std::make_unique<Graph>();
  linked.flow = std::make_unique<Flow>(project, *linked.symbols, rules, *linked.graph);
  const auto count = static_cast<uint32_t>(project.files().size());
  for (uint32_t file = 0; file < count; ++file) find_env_readers(*linked.flow, file);
  for (uint32_t file = 0; file < count; ++file) {
    add_code_flow(*linked.flow, file);
    add_carrier_flow(*linked.flow, file);
  }
  for (uint32_t file = 0; file < count; ++file) {
    for (const Candidate& c : project.files()[file].candidates)
      linked.placed.push_back({file, &c, place(*linked.flow, file, c)});
    derive_reads(linked, rules, file);
    derive_member_reads(linked, rules, file);
  }
  add_late_joins(*linked.flow);
  join_endpoints(linked);
  return linked;
}

}  // namespace keyless
