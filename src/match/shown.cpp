#include "match/shown.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace keyless {
namespace {

constexpr int most_depth = 6;

// table: methods of texts that give a part of them or hide it
constexpr std::array<std::string_view, 8> parts{"slice",    "substring", "substr", "charat",
                                                "padstart", "padend",    "repeat", "codepointat"};
// table: what functions are called that hide a secret
constexpr std::array<std::string_view, 6> hides{"mask",   "redact", "obfuscat",
                                                "censor", "hide",   "fingerprint"};

bool is_text(const Document& d, ValueId id) {
  return d.values[id].kind == ValueKind::literal || d.values[id].kind == ValueKind::empty;
}

bool shows(const Document& d, ValueId id, int depth) {
  if (id == none || depth > most_depth) return false;
  const Value& v = d.values[id];
  const auto shown = [&](ValueId part) { return shows(d, part, depth + 1); };
  const auto text = [&](ValueId part) { return is_text(d, part); };
  switch (v.kind) {
    case ValueKind::symbol:  // key[:4]
      return v.member.find(':') != std::string::npos;
    case ValueKind::call: {
      if (v.element == none) return false;
      const std::string name = to_lower(after_last(d.elements[v.element].name, '.'));
      return std::find(parts.begin(), parts.end(), name) != parts.end() ||
             std::any_of(hides.begin(), hides.end(), [&](std::string_view word) {
               return name.find(word) != std::string::npos;
             });
    }
    case ValueKind::composite:
      return std::any_of(v.parts.begin(), v.parts.end(), shown);
    case ValueKind::alternative:
      return std::any_of(v.parts.begin(), v.parts.end(), shown) ||
             (v.parts.size() > 1 && std::all_of(v.parts.begin(), v.parts.end(), text));
    default:
      return false;
  }
}

}  // namespace

bool is_shown(const Document& document, ValueId id) {
  return shows(document, id, 0);
}

}  // namespace keyless
