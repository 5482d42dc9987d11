// spells: literals that a configuration value is made of, followed within its file.
#include <algorithm>

#include "base/text.h"
#include "match/matchers.h"

namespace keyless {
namespace {

constexpr int deepest = 4;

class Spelling {
 public:
  Spelling(const Document& document, std::string_view wildcard)
      : document_(document), lowered_(to_lower(wildcard)), wildcards_(split(lowered_, '|')) {}

  [[nodiscard]] bool fits(ValueId id, int depth) const {
    if (id == none || depth > deepest) return false;
    const Value& v = document_.values[id];
    if (v.kind == ValueKind::literal || v.kind == ValueKind::empty)
      return any_matches(to_lower(v.text));
    const bool parts = std::any_of(v.parts.begin(), v.parts.end(),
                                   [&](ValueId part) { return fits(part, depth + 1); });
    return parts || (v.kind == ValueKind::attribute && definition_fits(v, depth + 1));
  }

 private:
  [[nodiscard]] bool any_matches(const std::string& text) const {
    return std::any_of(wildcards_.begin(), wildcards_.end(),
                       [&](std::string_view wildcard) { return wildcard_matches(wildcard, text); });
  }

  // A local, a variable's default, or what a referenced resource is called.
  [[nodiscard]] bool definition_fits(const Value& v, int depth) const {
    const bool local = v.text == "local";
    const std::string_view name = local                        ? std::string_view(v.member)
                                  : v.text.starts_with("var.") ? std::string_view(v.text).substr(4)
                                                               : std::string_view(v.text);
    return std::any_of(document_.elements.begin(), document_.elements.end(), [&](const Element& e) {
      if (e.name != name) return false;
      if (e.kind == ElementKind::resource)
        return e.flag && std::any_of(e.inputs.begin(), e.inputs.end(), [&](const Input& in) {
                 return (in.name == "name" || in.name == "role_definition_id") &&
                        fits(in.value, depth);
               });
      const bool definition =
          e.kind == ElementKind::iac_local || e.kind == ElementKind::iac_variable;
      return definition && fits(e.value, depth);
    });
  }

  const Document& document_;
  std::string lowered_;
  std::vector<std::string_view> wildcards_;
};

}  // namespace

bool spells(const Document& document, ValueId id, std::string_view wildcard) {
  return Spelling(document, wildcard).fits(id, 0);
}

}  // namespace keyless
