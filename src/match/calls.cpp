// call and implicit: constructions and calls that are given a key, or fetch one by themselves.
#include <algorithm>

#include "base/text.h"
#include "match/carrier.h"
#include "match/matchers.h"

namespace keyless {
namespace {

struct Found {
  const Input* input = nullptr;   // of the call itself
  const Element* pair = nullptr;  // or an entry of a map that is spread into it
  ValueId value = none;
};

constexpr int deepest_map = 3;

// How many scopes lie between the place and the outer one that it can see; -1 when it cannot.
int scopes_out(const Document& d, ScopeId place, ScopeId outer) {
  for (int steps = 0; place != none; ++steps, place = d.scopes[place].parent)
    if (place == outer) return steps;
  return -1;
}

// The nearest assignment of the name that the call can see; a member of an object from anywhere.
const Element* assigned_to(const Document& d, const Element& call, std::string_view name) {
  const Element* nearest = nullptr;
  int steps = 0;
  for (const Element& e : d.elements) {
    const bool named = (e.kind == ElementKind::assign && e.value != none) ||
                       (e.kind == ElementKind::param && e.position >= 0);
    if (!named || e.name != name) continue;
    int out = scopes_out(d, call.scope, e.scope);
    if (out < 0 && name.find('.') != std::string_view::npos) out = 1000;
    if (out < 0 || (nearest != nullptr && out > steps)) continue;
    // Of one scope the last one before the call counts.
    if (nearest != nullptr && out == steps && e.span.begin > call.span.begin) continue;
    nearest = &e;
    steps = out;
  }
  return nearest;
}

// The map a spread or options argument stands for: itself, or what its name was assigned.
ValueId map_of(const Document& d, const Element& call, ValueId id) {
  if (id == none) return none;
  const Value& v = d.values[id];
  if (v.kind == ValueKind::map) return id;
  if (v.kind != ValueKind::symbol) return none;
  const Element* e = assigned_to(d, call, v.text);
  const bool map = e != nullptr && e->value != none && d.values[e->value].kind == ValueKind::map;
  return map ? e->value : none;
}

// The entry in the map, or in the maps that are spread into it.
const Element* entry_of(const Document& d, const Element& call, ValueId map, std::string_view name,
                        int depth) {
  if (map == none || depth > deepest_map) return nullptr;
  for (const Element& e : d.elements)
    if (e.kind == ElementKind::pair && e.group == map && e.name == name) return &e;
  for (const ValueId base : d.values[map].parts)
    if (const Element* e = entry_of(d, call, map_of(d, call, base), name, depth + 1)) return e;
  return nullptr;
}

// `options["api_key"] = key`, `options.apiKey = key` before the call.
const Element* entry_set(const Document& d, const Element& call, std::string_view map,
                         std::string_view name) {
  for (const Element& e : d.elements) {
    const bool indexed = e.kind == ElementKind::pair && e.group == none && e.type == map &&
                         e.name == name && e.value != none;
    const bool member = e.kind == ElementKind::assign && e.value != none &&
                        e.name.size() == map.size() + 1 + name.size() && e.name.starts_with(map) &&
                        e.name.ends_with(name) && e.name[map.size()] == '.';
    if ((indexed || member) && e.span.begin < call.span.begin &&
        scopes_out(d, call.scope, e.scope) >= 0)
      return &e;
  }
  return nullptr;
}

Found find_named(const Document& d, const Element& call, std::string_view name) {
  if (const Input* input = find_input(call, name)) return {input, nullptr, input->value};
  for (const Input& input : call.inputs) {
    const bool holds_map = input.via == Via::splat || (input.name.empty() && input.position >= 0);
    if (!holds_map || input.value == none) continue;
    const Value& v = d.values[input.value];
    const ValueId map = map_of(d, call, input.value);
    const Element* e = entry_of(d, call, map, name, 0);
    const bool literal = map != none;
    if (e == nullptr && v.kind == ValueKind::symbol && (literal || input.via == Via::splat))
      e = entry_set(d, call, v.text, name);
    if (e != nullptr) return {nullptr, e, e->value};
  }
  return {};
}

Found find_key_input(const Document& d, const Element& call, const Match& match) {
  for (const std::string& name : match.input)
    if (Found found = find_named(d, call, name); found.value != none) return found;
  for (const int position : match.positions)
    for (const Input& input : call.inputs)
      if (input.name.empty() && input.position == position && input.via != Via::splat)
        return {&input, nullptr, input.value};
  return {};
}

// The input of that name; of a number, something other than None at that position.
bool has(const Document& d, const Element& call, const std::string& name) {
  if (!name.empty() && is_digit(name.front()))
    return std::any_of(call.inputs.begin(), call.inputs.end(), [&](const Input& input) {
      return input.name.empty() && input.via != Via::splat && input.value != none &&
             std::to_string(input.position) == name &&
             d.values[input.value].kind != ValueKind::empty;
    });
  return find_named(d, call, name).value != none;
}

bool inputs_fit(const Document& d, const Element& call, const Match& match) {
  const auto there = [&](const std::string& name) { return has(d, call, name); };
  const auto fits = [&](const std::pair<std::string, std::string>& test) {
    Found found = find_named(d, call, test.first);
    if (found.value == none && !test.first.empty() && is_digit(test.first.front()))
      for (const Input& input : call.inputs)
        if (std::to_string(input.position) == test.first) found.value = input.value;
    return found.value != none && literal_fits(d, found.value, test.second);
  };
  return std::all_of(match.with.begin(), match.with.end(), there) &&
         std::none_of(match.without.begin(), match.without.end(), there) &&
         std::all_of(match.inputs.begin(), match.inputs.end(), fits);
}

// The first symbol of the callee that a glob of the rule fits; "" when none does.
std::string fitting_symbol(const MatchContext& c, const Rule& rule,
                           const std::vector<std::string>& symbols) {
  for (const std::string& glob : rule.match.to)
    for (const std::string& symbol : symbols)
      if (wildcard_matches(glob, symbol)) return symbol;
  if (rule.match.member.empty()) return {};
  const bool named = after_last(symbols.back(), '.') == rule.match.member;
  const bool imported =
      std::any_of(rule.match.import.begin(), rule.match.import.end(),
                  [&](const std::string& glob) { return c.imports.imports(glob); });
  return named && imported ? rule.match.member : std::string{};
}

// Not all entries of the map can be seen here.
bool is_opaque(const Document& d, const Element& call, ValueId map, int depth) {
  if (map == none || depth > deepest_map) return true;
  const std::vector<ValueId>& bases = d.values[map].parts;
  return std::any_of(bases.begin(), bases.end(), [&](ValueId base) {
    return is_opaque(d, call, map_of(d, call, base), depth + 1);
  });
}

// A class of the file with a constructor of its own decides there what it gives to the class it
// extends.
bool constructs_itself(const Document& d, std::string_view name) {
  return std::any_of(d.scopes.begin(), d.scopes.end(), [&](const Scope& s) {
    const bool constructor = s.kind == ScopeKind::function && s.parent != none &&
                             (s.name == "__init__" || s.name == "constructor");
    return constructor && d.scopes[s.parent].kind == ScopeKind::type &&
           d.scopes[s.parent].name == name;
  });
}

bool has_opaque_splat(const Document& d, const Element& call) {
  return std::any_of(call.inputs.begin(), call.inputs.end(), [&](const Input& input) {
    return input.via == Via::splat && is_opaque(d, call, map_of(d, call, input.value), 0);
  });
}

void match_call(const MatchContext& c, ElementId id, const Rule& rule, const std::string& symbol) {
  const Element& call = c.document.elements[id];
  Candidate candidate;
  candidate.rule = &rule;
  candidate.category = rule.category;
  candidate.element = id;
  candidate.scope = call.scope;
  if (rule.match.kind == MatchKind::implicit) {
    // An options map that is not visible here may hold the credential.
    if (has_opaque_splat(c.document, call) || constructs_itself(c.document, call.name)) return;
    candidate.span = call.span;
    candidate.extent = call.extent;
    candidate.symbol = symbol;
    c.found.push_back(std::move(candidate));
    return;
  }
  const Found key = find_key_input(c.document, call, rule.match);
  if (key.value == none) return;
  const Value& value = c.document.values[key.value];
  if (value.kind == ValueKind::empty) return;
  candidate.value = key.value;
  candidate.span = key.input != nullptr ? key.input->span : key.pair->span;
  candidate.extent = key.input != nullptr ? key.input->extent : key.pair->extent;
  if (key.input != nullptr) candidate.input = static_cast<uint32_t>(key.input - call.inputs.data());
  const std::string argument = key.input == nullptr ? std::string(after_last(key.pair->name, '.'))
                               : key.input->name.empty() ? std::to_string(key.input->position)
                                                         : key.input->name;
  candidate.symbol = symbol + "." + argument;
  c.found.push_back(std::move(candidate));
}

}  // namespace

void match_calls(const MatchContext& c) {
  for (ElementId id = 0; id < c.document.elements.size(); ++id) {
    const Element& call = c.document.elements[id];
    if (call.kind != ElementKind::call) continue;
    const std::vector<std::string> symbols = c.imports.symbols(call.name);
    std::vector<const Rule*> tried;
    for (const std::string& symbol : symbols)
      for (const Rule* rule : c.matcher.calls_of(after_last(symbol, '.'))) {
        if (std::find(tried.begin(), tried.end(), rule) != tried.end()) continue;
        tried.push_back(rule);
        const std::string fitting = fitting_symbol(c, *rule, symbols);
        if (!fitting.empty() && inputs_fit(c.document, call, rule->match))
          match_call(c, id, *rule, fitting);
      }
  }
}

void match_assigns(const MatchContext& c) {
  for (ElementId id = 0; id < c.document.elements.size(); ++id) {
    const Element& e = c.document.elements[id];
    if (e.kind != ElementKind::assign || e.value == none) continue;
    if (c.document.values[e.value].kind == ValueKind::empty) continue;
    if (e.name.find('.') == std::string::npos) continue;
    const std::vector<std::string> symbols = c.imports.symbols(e.name);
    for (const Rule* rule : c.matcher.of(MatchKind::assign)) {
      const std::string symbol = fitting_symbol(c, *rule, symbols);
      if (symbol.empty()) continue;
      Candidate candidate;
      candidate.rule = rule;
      candidate.category = rule->category;
      candidate.span = e.span;
      candidate.extent = e.extent;
      candidate.scope = e.scope;
      candidate.element = id;
      candidate.value = e.value;
      candidate.symbol = symbol;
      c.found.push_back(std::move(candidate));
    }
  }
}

}  // namespace keyless
