#include "lineage/siblings.h"

#include <algorithm>

#include "base/text.h"

namespace keyless {
namespace {

bool is_strong(const RuleSet& rules, const Element& e) {
  return rules.names.is(NameClass::key_strong, e.name);
}

bool is_evident(const RuleSet& rules, const Document& document, const Element& e,
                const std::string& kind) {
  // "NAME=glob": that setting with such a value; "NAME=@azure": with an Azure host.
  if (const size_t sign = kind.find('='); sign != std::string::npos) {
    if (e.value == none || e.name != std::string_view(kind).substr(0, sign)) return false;
    const std::string& text = document.values[e.value].text;
    const std::string_view wanted = std::string_view(kind).substr(sign + 1);
    const HostRow* host = rules.hosts.find(text);
    return wanted == "@azure" ? host != nullptr && host->azure
                              : wildcard_matches(wanted, to_lower(text));
  }
  if (const auto name_class = name_class_from(kind))
    if (rules.names.is(*name_class, e.name)) return true;
  if (e.value == none) return false;
  const HostRow* row = rules.hosts.find(document.values[e.value].text);
  return row != nullptr && row->azure;
}

}  // namespace

Siblings::GroupsOfFile& Siblings::groups_of(const Document& document, uint32_t file) {
  const auto [it, fresh] = files_.try_emplace(file);
  if (fresh)
    for (const Element& e : document.elements)
      it->second[{e.kind, e.container, e.group}].elements.push_back(&e);
  return it->second;
}

bool Siblings::any(const Flow& flow, uint32_t file, const Element& own, const std::string& kind) {
  const Document& d = flow.project().files()[file].document;
  const RuleSet& rules = flow.rules();
  Group& group = groups_of(d, file)[{own.kind, own.container, own.group}];
  if (!group.counted) {
    group.strong =
        static_cast<size_t>(std::count_if(group.elements.begin(), group.elements.end(),
                                          [&](const Element* e) { return is_strong(rules, *e); }));
    group.counted = true;
  }
  if (group.strong > 0 && !is_strong(rules, own)) return false;
  const auto [it, fresh] = group.evident.try_emplace(kind, 0);
  if (fresh)
    it->second = static_cast<size_t>(
        std::count_if(group.elements.begin(), group.elements.end(),
                      [&](const Element* e) { return is_evident(rules, d, *e, kind); }));
  return it->second > (is_evident(rules, d, own, kind) ? 1U : 0U);
}

}  // namespace keyless
