// pairs, reads, settings, resources, modules and commands: places known by a name.
#include <algorithm>

#include "base/text.h"
#include "match/carrier.h"
#include "match/command.h"
#include "match/matchers.h"
#include "match/shown.h"

namespace keyless {
namespace {

Candidate from_element(const Rule& rule, const Element& e, ElementId id) {
  Candidate c;
  c.rule = &rule;
  c.category = rule.category;
  c.span = e.span;
  c.extent = e.extent;
  c.scope = e.scope;
  c.element = id;
  c.value = e.value;
  c.name = e.name;
  c.symbol = e.name;
  return c;
}

bool siblings_fit(const Document& d, const Element& pair, const Match& match) {
  return std::all_of(match.has.begin(), match.has.end(), [&](const auto& test) {
    return std::any_of(d.elements.begin(), d.elements.end(), [&](const Element& e) {
      return e.kind == ElementKind::pair && e.group == pair.group && e.name == test.first &&
             literal_fits(d, e.value, test.second);
    });
  });
}

Category category_of(const Rule& rule, Container container) {
  for (const auto& [where, category] : rule.category_by_container)
    if (where == container) return category;
  return rule.category;
}

bool value_fits(const MatchContext& c, const Rule& rule, ValueId value) {
  if (rule.match.value.empty()) return true;
  const auto literal = literal_text(c.document, value);
  if (!literal) return false;
  for (const Matcher::Pattern& pattern : c.matcher.patterns())
    if (pattern.rule == &rule)
      return re2::RE2::PartialMatch(re2::StringPiece(literal->data(), literal->size()),
                                    *pattern.re2);
  return false;
}

bool names_input(std::string_view wanted, const Input& input) {
  return wildcard_matches(wanted, input.name);
}

// Entries of one list have one name: any of them may fit.
bool attributes_fit(const Document& d, const Element& e, const Match& match) {
  return std::all_of(match.has.begin(), match.has.end(), [&](const auto& test) {
    return std::any_of(e.inputs.begin(), e.inputs.end(), [&](const Input& input) {
      return names_input(test.first, input) && spells(d, input.value, test.second);
    });
  });
}

// A module may be given many entries, each a place of its own.
void match_entries(const MatchContext& c, const Rule& rule, ElementId id) {
  const Element& e = c.document.elements[id];
  const auto& [wanted, glob] = rule.match.has.front();
  for (const Input& input : e.inputs) {
    if (!names_input(wanted, input) || !spells(c.document, input.value, glob)) continue;
    Candidate candidate = from_element(rule, e, id);
    candidate.symbol = e.type + "." + input.name;
    candidate.value = input.value;
    candidate.span = input.span;
    candidate.extent = input.extent;
    c.found.push_back(std::move(candidate));
  }
}

void match_resource(const MatchContext& c, const Rule& rule, ElementId id) {
  const Element& e = c.document.elements[id];
  const Match& m = rule.match;
  const bool fits = std::any_of(m.to.begin(), m.to.end(), [&](const std::string& glob) {
    return wildcard_matches(glob, e.type);
  });
  if (!fits || (e.flag && !m.existing) || !attributes_fit(c.document, e, m)) return;
  if (m.kind == MatchKind::module && m.attribute.empty() && !m.has.empty())
    return match_entries(c, rule, id);
  Candidate candidate = from_element(rule, e, id);
  candidate.symbol = e.type + "." + e.name;
  if (!m.attribute.empty()) {
    const std::string& wanted = m.attribute;
    const Input* input = find_input(e, wanted);
    if (input == nullptr) input = find_input(e, "params." + wanted);
    if (input == nullptr && !m.absent_is_insecure) return;
    if (input != nullptr && !m.secure.empty() && literal_fits(c.document, input->value, m.secure))
      return;
    candidate.absent = input == nullptr;
    candidate.value = input == nullptr ? none : input->value;
    candidate.symbol += "." + wanted;
  }
  c.found.push_back(std::move(candidate));
}

}  // namespace

std::optional<std::string_view> literal_text(const Document& document, ValueId id) {
  if (id == none) return std::nullopt;
  const Value& v = document.values[id];
  if (v.kind == ValueKind::literal || v.kind == ValueKind::empty) return v.text;
  return std::nullopt;
}

bool literal_fits(const Document& document, ValueId id, std::string_view wildcard) {
  const auto text = literal_text(document, id);
  return text && wildcard_matches(to_lower(wildcard), to_lower(*text));
}

void match_pairs(const MatchContext& c) {
  const Document& d = c.document;
  for (ElementId id = 0; id < d.elements.size(); ++id) {
    const Element& e = d.elements[id];
    if (e.kind != ElementKind::pair || e.value == none) continue;
    if (d.values[e.value].kind == ValueKind::empty || is_shown(d, e.value)) continue;
    const std::string lowered = to_lower(e.name);
    for (const Rule* rule : c.matcher.of(MatchKind::header))
      if (std::find(rule->match.keys.begin(), rule->match.keys.end(), lowered) !=
          rule->match.keys.end()) {
        Candidate candidate = from_element(*rule, e, id);
        candidate.symbol = "header." + lowered;
        c.found.push_back(std::move(candidate));
      }
    // `"azure_openai_key": {"pattern": ...}` describes keys and holds none.
    if (d.values[e.value].kind == ValueKind::map) continue;
    for (const Rule* rule : c.matcher.of(MatchKind::map))
      if (std::find(rule->match.keys.begin(), rule->match.keys.end(), e.name) !=
              rule->match.keys.end() &&
          siblings_fit(d, e, rule->match))
        c.found.push_back(from_element(*rule, e, id));
  }
}

void match_reads(const MatchContext& c) {
  const Document& d = c.document;
  for (ValueId id = 0; id < d.values.size(); ++id) {
    const Value& v = d.values[id];
    const std::string_view space = v.kind == ValueKind::env      ? "env"
                                   : v.kind == ValueKind::config ? "config"
                                   : v.kind == ValueKind::secret ? "secret"
                                                                 : "";
    if (space.empty() || v.text.empty()) continue;
    for (const Rule* rule : c.matcher.of(MatchKind::read)) {
      const std::string& wanted = rule->match.space;
      if (!wanted.empty() && wanted != "any" && wanted != space) continue;
      if (!c.matcher.rules().names.is(*name_class_from(rule->match.key), v.text)) continue;
      Candidate candidate;
      candidate.rule = rule;
      candidate.category = rule->category;
      candidate.span = v.span;
      candidate.extent = {v.span, std::nullopt};
      candidate.value = id;
      candidate.name = v.text;
      candidate.symbol = std::string(space) + "." + v.text;
      c.found.push_back(std::move(candidate));
    }
  }
}

void match_settings(const MatchContext& c) {
  const RuleSet& rules = c.matcher.rules();
  if (c.matcher.of(MatchKind::setting).empty()) return;
  for (const Carrier& carrier : carriers_of(c.document, rules.resources))
    for (const Rule* rule : c.matcher.of(MatchKind::setting)) {
      const auto& in = rule->match.in;
      if (std::find(in.begin(), in.end(), carrier.container) == in.end()) continue;
      if (!rules.names.is(*name_class_from(rule->match.key), carrier.name)) continue;
      if (!value_fits(c, *rule, carrier.value)) continue;
      Candidate candidate;
      candidate.rule = rule;
      candidate.category = category_of(*rule, carrier.container);
      candidate.span = carrier.span;
      candidate.extent = carrier.extent;
      candidate.scope = carrier.scope;
      candidate.element = carrier.element;
      candidate.input = carrier.input;
      candidate.value = carrier.value;
      candidate.name = carrier.name;
      candidate.symbol = std::string(to_string(carrier.container)) + "." + carrier.name;
      candidate.container = carrier.container;
      c.found.push_back(std::move(candidate));
    }
}

void match_resources(const MatchContext& c) {
  for (ElementId id = 0; id < c.document.elements.size(); ++id) {
    const ElementKind kind = c.document.elements[id].kind;
    if (kind == ElementKind::resource)
      for (const Rule* rule : c.matcher.of(MatchKind::resource)) match_resource(c, *rule, id);
    if (kind == ElementKind::module)
      for (const Rule* rule : c.matcher.of(MatchKind::module)) match_resource(c, *rule, id);
  }
}

void match_commands(const MatchContext& c) {
  for (ElementId id = 0; id < c.document.elements.size(); ++id) {
    const Element& e = c.document.elements[id];
    if (e.kind != ElementKind::command) continue;
    for (const Rule* rule : c.matcher.of(MatchKind::command))
      if (words_in_order(c.document, e, rule->match.run)) {
        Candidate candidate = from_element(*rule, e, id);
        candidate.symbol = join(rule->match.run, " ");
        const CommandRow* row = command_row(c.document, e, c.matcher.rules().resources);
        candidate.name = row == nullptr ? std::string{} : named_by(c.document, e, *row);
        c.found.push_back(std::move(candidate));
      }
  }
}

}  // namespace keyless
