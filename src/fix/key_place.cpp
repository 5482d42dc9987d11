#include "fix/key_place.h"

#include <algorithm>

#include "base/text.h"
#include "fix/entries.h"
#include "fix/manifest/version.h"
#include "match/carrier.h"

namespace keyless {

bool KeyPlace::is_callee(const std::vector<std::string>& globs) const {
  const std::string_view callee = before_last(candidate_.symbol, '.');
  const auto fits = [&](std::string_view symbol) {
    return std::any_of(globs.begin(), globs.end(),
                       [&](const std::string& glob) { return wildcard_matches(glob, symbol); });
  };
  if (!is_entry()) return fits(callee) || fits(candidate_.symbol);
  const auto receivers = receivers_of(file_, key_map_of(file_, candidate_), candidate_);
  return !receivers.empty() &&
         std::all_of(receivers.begin(), receivers.end(), [&](const auto& symbols) {
           return std::any_of(symbols.begin(), symbols.end(), fits);
         });
}

bool KeyPlace::has_text(const std::vector<std::string>& globs) const {
  if (globs.empty() || candidate_.element == none) return false;
  const Span call = element().span;
  return std::any_of(
      file_.document.values.begin(), file_.document.values.end(), [&](const Value& v) {
        const auto fits = [&](const std::string& glob) { return wildcard_matches(glob, v.text); };
        return v.kind == ValueKind::literal && call.contains(v.span) &&
               std::any_of(globs.begin(), globs.end(), fits);
      });
}

bool KeyPlace::runs_with(const std::vector<std::string>& range) const {
  const auto stated = file_.version ? file_.version(range[0]) : std::nullopt;
  const auto version = stated ? manifest::parse_version(*stated) : std::nullopt;
  const auto from = manifest::parse_version(range[1]);
  const auto below = manifest::parse_version(range[2]);
  return version && from && below && manifest::compare(*version, *from) >= 0 &&
         manifest::compare(*version, *below) < 0;
}

bool KeyPlace::is_beside(const std::vector<std::string>& names) const {
  const uint32_t group = own_group();
  return group != none && std::any_of(names.begin(), names.end(), [&](const std::string& name) {
           return std::any_of(file_.document.elements.begin(), file_.document.elements.end(),
                              [&](const Element& e) {
                                return e.kind == ElementKind::pair && e.group == group &&
                                       to_lower(e.name) == name;
                              });
         });
}

bool KeyPlace::is_entry() const {
  return candidate_.element != none && element().kind == ElementKind::pair;
}

bool KeyPlace::has_input(std::string_view name) const {
  if (candidate_.element == none) return false;
  if (find_input(element(), name) != nullptr) return true;
  const uint32_t group = own_group();
  return group != none && std::any_of(file_.document.elements.begin(),
                                      file_.document.elements.end(), [&](const Element& e) {
                                        return e.kind == ElementKind::pair && e.group == group &&
                                               e.name == name;
                                      });
}

bool KeyPlace::is_ambiguous() const {
  if (candidate_.element == none || element().kind != ElementKind::call) return false;
  std::string_view member;
  for (const ImportedName& i : file_.outline.imports) {
    if (i.local != element().name) continue;
    if (!member.empty() && i.member != member) return true;
    member = i.member;
  }
  return false;
}

bool KeyPlace::entry_is_read() const {
  const std::string_view written = file_.text_of(candidate_.span);
  const size_t open = written.find('[');
  const size_t close = written.find(']');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open + 4 ||
      written.find_first_of("=(:") < close || !trim(written.substr(close + 1)).starts_with('='))
    return false;
  const std::string_view map = trim(written.substr(0, open));
  const std::string_view name = written.substr(open + 2, close - open - 3);
  for (const char quote : {'"', '\''})
    for (const std::string_view end : {"]", ")", ","}) {
      const std::string begin = std::string(map) + (end == "]" ? "[" : ".get(");
      const std::string entry = begin + quote + std::string(name) + quote + std::string(end);
      for (size_t at = file_.text.find(entry); at != std::string_view::npos;
           at = file_.text.find(entry, at + 1)) {
        const std::string_view rest = trim(file_.text.substr(at + entry.size(), 3));
        const bool assigned = end == "]" && rest.starts_with('=') && !rest.starts_with("==");
        if (!assigned) return true;
      }
    }
  return false;
}

uint32_t KeyPlace::own_group() const {
  for (const Element& e : file_.document.elements)
    if (e.kind == ElementKind::pair && e.span == candidate_.span) return e.group;
  return none;
}

}  // namespace keyless
