#include "fix/script_entry.h"

#include <algorithm>

#include "base/text.h"
#include "fix/lines.h"
#include "fix/waiting.h"

namespace keyless {
namespace {

bool is_identifier(std::string_view text) {
  return !text.empty() && (text.front() < '0' || text.front() > '9') &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '_' || c == '$';
         });
}

// Lines of a rule, written as the file is: its indentation, its semicolons.
std::string in_manner_of(const CodeFile& file, std::string_view code, std::string_view indent) {
  const bool tabs = file.text.find("\n\t") != std::string_view::npos;
  std::string text;
  for (std::string_view line : split(code, '\n')) {
    if (trim(line).empty()) continue;
    size_t depth = 0;
    while (line.starts_with("  ")) {
      line.remove_prefix(2);
      ++depth;
    }
    if (!file.outline.semicolons && line.ends_with(';')) line.remove_suffix(1);
    text += indent;
    for (size_t i = 0; i < depth; ++i) text += tabs ? "\t" : "  ";
    text += std::string(line) + std::string(line_end_of(file.text));
  }
  return text;
}

}  // namespace

const Element* ScriptEntry::pair() const {
  const Element& e = d_.elements[candidate_.element];
  return e.kind == ElementKind::pair ? &e : nullptr;
}

const Element* ScriptEntry::pair_around(Span span) const {
  const Element* best = nullptr;
  for (const Element& e : d_.elements)
    if (e.kind == ElementKind::pair && e.span != span && e.span.contains(span) &&
        (best == nullptr || e.span.size() < best->span.size()))
      best = &e;
  return best;
}

bool ScriptEntry::within(const std::vector<std::string>& places) const {
  for (const Element& e : d_.elements) {
    if (e.span == candidate_.span || !e.span.contains(candidate_.span)) continue;
    for (const std::string& place : places) {
      if (e.kind == ElementKind::pair && e.name == place) return true;
      if (e.kind != ElementKind::call) continue;
      for (const std::string& symbol : file_.imports.symbols(e.name))
        if (wildcard_matches(place, symbol)) return true;
    }
  }
  return false;
}

void ScriptEntry::replace(const EditSpec& edit, RecipeResult& result) const {
  if (edit.with.empty()) return;
  const auto& [name, expression] = edit.with.front();
  for (const Element& e : d_.elements) {
    const Element* own = pair();
    if (own == nullptr || e.kind != ElementKind::pair || e.group != own->group || e.group == none ||
        &e == own || to_lower(e.name) != to_lower(name))
      continue;
    const bool goes = std::any_of(file_.sinks.begin(), file_.sinks.end(),
                                  [&](const Span& s) { return s == e.span; });
    if (goes && gate_.empty()) return remove(result);
    result.refusal = "the headers have an " + name + " already";
    return;
  }
  if (result.refusal = stopped(edit, result); !result.refusal.empty()) return;
  const std::string_view old = file_.text.substr(candidate_.span.begin, candidate_.span.size());
  const size_t at = to_lower(old).find(to_lower(candidate_.name));
  const Span value = at == std::string_view::npos
                         ? Span{}
                         : value_behind(static_cast<uint32_t>(at + candidate_.name.size()));
  if (value.empty() || !value.contains(d_.values[candidate_.value].span)) {
    result.refusal = "the header is not written here";
    return;
  }
  if (!gate_.empty()) return choose("{ " + name + ": " + code_(expression) + " }", value, result);
  auto begin = static_cast<uint32_t>(candidate_.span.begin + at);
  auto end = static_cast<uint32_t>(begin + candidate_.name.size());
  const bool literal_key = at == 1 && (old.front() == '"' || old.front() == '\'');
  if (literal_key && is_identifier(name)) {
    --begin;
    ++end;
  }
  result.removed.push_back(value);
  result.edits.push_back({{begin, end}, name});
  result.edits.push_back({value, code_(expression)});
}

// The entry stays behind the switch; `on` stands in its place when the switch is on.
void ScriptEntry::choose(const std::string& on, Span value, RecipeResult& result) const {
  const Element* own = pair();
  if (own == nullptr || own->group == none) {
    result.refusal = "no switch is offered for a header that is set by itself";
    return;
  }
  const std::string old(file_.text.substr(candidate_.span.begin, candidate_.span.size()));
  result.removed.push_back(value);
  result.edits.push_back({candidate_.span, "...(" + gate_ + " ? " + on + " : { " + old + " })"});
}

// All that is written as the value (`key!`, `key as string`): `"k": v`, `h["k"] = v`, `h.set("k", v)`.
Span ScriptEntry::value_behind(uint32_t name_end) const {
  const std::string_view old = file_.text.substr(candidate_.span.begin, candidate_.span.size());
  const size_t joint = old.find_first_of(":=,", name_end);
  if (joint == std::string_view::npos) return {};
  const size_t begin = old.find_first_not_of(" \t\r\n", joint + 1);
  size_t end = old.size();
  while (end > 0 && (old[end - 1] == ';' || old[end - 1] == ' ')) --end;
  if (old[joint] == ',' && end > 0 && old[end - 1] == ')') --end;
  if (begin == std::string_view::npos || begin >= end) return {};
  return {candidate_.span.begin + static_cast<uint32_t>(begin),
          candidate_.span.begin + static_cast<uint32_t>(end)};
}

bool ScriptEntry::alone(const Element& pair) const {
  return pair.group != none &&
         std::none_of(d_.elements.begin(), d_.elements.end(), [&](const Element& e) {
           return e.kind == ElementKind::pair && &e != &pair && e.group == pair.group;
         });
}

void ScriptEntry::remove(RecipeResult& result) const {
  const Element* gone = pair();
  if (gone == nullptr || gone->extent.span.empty()) {
    result.refusal = "the header is not written in an object";
    return;
  }
  if (!gate_.empty()) return choose("{}", d_.values[candidate_.value].span, result);
  while (alone(*gone)) {
    const Element* around = pair_around(gone->span);
    if (around == nullptr || around->extent.span.empty()) break;
    gone = around;
  }
  result.removed.push_back(gone->span);
  result.edits.push_back({without_blanks_in_braces(file_.text, gone->extent.span), {}});
}

void ScriptEntry::add_behind(const EditSpec& edit, RecipeResult& result) const {
  const Element* made = nullptr;
  for (const Element& e : d_.elements) {
    if (e.kind != ElementKind::assign || e.value == none || e.name_span.empty()) continue;
    const Value& v = d_.values[e.value];
    if (v.kind == ValueKind::call && v.span.contains(candidate_.span) &&
        e.span.contains(candidate_.span))
      made = &e;
  }
  const uint32_t index = made == nullptr ? none : file_.outline.statement_at(candidate_.span);
  if (index == none || file_.outline.statements[index].field) {
    result.refusal = "the client that sends this header has no variable here";
    return;
  }
  const Span statement = file_.outline.statements[index].span;
  std::string text = code_(edit.target);
  const std::string target(file_.text.substr(made->name_span.begin, made->name_span.size()));
  for (size_t at = text.find("$target"); at != std::string::npos; at = text.find("$target"))
    text.replace(at, std::string_view("$target").size(), target);
  const uint32_t behind = line_after(file_.text, statement.end - 1);
  const std::string_view indent = indentation_at(file_.text, statement.begin);
  if (!gate_.empty()) {
    text.insert(0, "\n");
    text = "if (" + gate_ + ") {" + replaced(text, "\n", "\n  ") + "\n}";
  }
  std::string lines = in_manner_of(file_, text, indent);
  if (behind > 0 && file_.text[behind - 1] != '\n')
    lines = std::string(line_end_of(file_.text)) + lines;
  result.edits.push_back({{behind, behind}, lines});
}

bool ScriptEntry::returns_promise(const EditSpec& edit, ScopeId function) const {
  size_t results = 0;
  bool fits = false;
  for (const Element& e : d_.elements) {
    if (e.kind != ElementKind::result || e.scope != function) continue;
    ++results;
    if (e.value == none) continue;
    const Value& v = d_.values[e.value];
    if (v.kind != ValueKind::call || v.element == none) continue;
    for (const std::string& symbol : file_.imports.symbols(d_.elements[v.element].name))
      fits = fits || std::any_of(edit.promises.begin(), edit.promises.end(),
                                 [&](const auto& p) { return wildcard_matches(p, symbol); });
  }
  return results == 1 && fits;
}

std::string ScriptEntry::stopped(const EditSpec& edit, RecipeResult& result) const {
  ScopeId function = none;
  for (ScopeId s = 1; s < d_.scopes.size(); ++s) {
    const Scope& scope = d_.scopes[s];
    if (scope.kind == ScopeKind::function && scope.span.contains(candidate_.span) &&
        (function == none || scope.span.size() < d_.scopes[function].span.size()))
      function = s;
  }
  if (function == none)
    return "the header is made once, when the module is loaded, and a token expires: make it for "
           "each request";
  if (d_.scopes[function].async) return {};
  if (returns_promise(edit, function)) {
    const uint32_t place = place_of_async(file_, d_.scopes[function]);
    result.edits.push_back({{place, place}, "async "});
    return {};
  }
  const auto edits = made_async(file_, function);
  if (!edits) return "the function around it is not async, so it cannot await a token";
  result.edits.insert(result.edits.end(), edits->begin(), edits->end());
  return {};
}

}  // namespace keyless
