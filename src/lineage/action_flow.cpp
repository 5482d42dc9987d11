// Resources that act on an account: what they give out is the key of the account they name.
#include <algorithm>

#include "base/text.h"
#include "lineage/flow.h"
#include "match/matchers.h"

namespace keyless {

const ActionRow* Flow::action_of(const Declared& declared) const {
  if (declared.element == nullptr) return nullptr;
  const Element& e = *declared.element;
  const Document& d = project_.files()[declared.file].document;
  for (const ActionRow& row : rules_.resources.actions()) {
    const bool type = std::any_of(row.types.begin(), row.types.end(), [&](const std::string& t) {
      return wildcard_matches(t, e.type);
    });
    const bool has = std::all_of(row.has.begin(), row.has.end(), [&](const auto& test) {
      const Input* input = find_input(e, test.first);
      return input != nullptr && spells(d, input->value, test.second);
    });
    if (type && has) return &row;
  }
  return nullptr;
}

NodeId Flow::acted_on(const Declared& declared, const ActionRow& row) {
  const Element& e = *declared.element;
  const Input* on = find_input(e, row.on);
  if (on != nullptr && on->value != none) {
    const Value& v = project_.files()[declared.file].document.values[on->value];
    const Declared target = resource_of(declared.file, v.text);
    const std::string& type = target.element != nullptr ? target.element->type : v.type;
    if (v.kind == ValueKind::attribute && rules_.resources.account(type) != nullptr)
      return account_node(declared.file, v.text);
  }
  return account_node(declared.file, e.name);
}

}  // namespace keyless
