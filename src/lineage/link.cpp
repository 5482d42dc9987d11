#include "lineage/link.h"

#include <algorithm>

#include "base/text.h"
#include "syntax/languages.h"

namespace keyless {
namespace {

// A function that reads the environment under a name it is given.
void find_env_readers(Flow& flow, uint32_t file) {
  const Document& d = flow.project().files()[file].document;
  for (const Value& v : d.values) {
    if ((v.kind != ValueKind::env && v.kind != ValueKind::config) || v.parts.empty()) continue;
    const Value& name = d.values[v.parts.front()];
    if (name.kind != ValueKind::symbol) continue;
    for (const Element& e : d.elements) {
      if (e.kind != ElementKind::param || e.name != name.text) continue;
      if (d.scopes[e.scope].span.contains(v.span)) flow.add_env_reader(file, e.scope, e.name);
    }
  }
}

// Reads of keys through such functions are places like any other read.
void derive_reads(Linked& linked, const RuleSet& rules, uint32_t file) {
  Flow& flow = *linked.flow;
  const Document& d = flow.project().files()[file].document;
  for (const Element& call : d.elements) {
    if (call.kind != ElementKind::call) continue;
    if (flow.env_reader(linked.symbols->resolve(file, call.scope, call.name)) == nullptr) continue;
    for (const Input& input : call.inputs) {
      if (input.value == none) continue;
      const Value& name = d.values[input.value];
      if (name.kind != ValueKind::literal) continue;
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
        linked.graph->edge({flow.env_node(name.text, d.path),
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
    const std::string& path = flow.project().files()[file].document.path;
    for (const std::string& name : c.rule->match.reads)
      flow.graph().edge({flow.env_node(name, path),
                         use,
                         EdgeKind::convention,
                         false,
                         {file, c.span},
                         "the SDK reads this name by itself"});
  }
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
      for (const Carrier& carrier : flow.project().files()[file].carriers)
        if (carrier.element == c.element && carrier.input == c.input)
          return carrier_node(flow, file, carrier);
      return none;
    }
    case MatchKind::resource:
    case MatchKind::module:
      return c.category == Category::local_auth ? place_account(flow, file, c)
                                                : place_use(flow, file, c);
    case MatchKind::text:
      return flow.place_node("literal", file, "literal", c.span);
    default:
      return place_use(flow, file, c);
  }
}

}  // namespace

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
  }
  add_late_joins(*linked.flow);
  return linked;
}

}  // namespace keyless
