#include "lineage/finding.h"

#include <array>

namespace keyless {

std::string_view to_string(EdgeKind kind) {
  constexpr std::array<std::string_view, 4> names{"reference", "binding", "convention", "guess"};
  return names[static_cast<size_t>(kind)];
}

std::string_view to_string(Verdict verdict) {
  constexpr std::array<std::string_view, 4> names{"finding", "mixed", "cannot-migrate", "lead"};
  return names[static_cast<size_t>(verdict)];
}

}  // namespace keyless
