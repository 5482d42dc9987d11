#include "fix/safeguards.h"

#include <array>

namespace keyless {
namespace {

constexpr std::array<SafeguardName, 13> names{{
    {Safeguard::parses, "parses"},
    {Safeguard::finding_gone, "finding-gone"},
    {Safeguard::nothing_new, "nothing-new"},
    {Safeguard::edits_apart, "edits-apart"},
    {Safeguard::no_reader, "no-reader"},
    {Safeguard::own_key, "own-key"},
    {Safeguard::own_source, "own-source"},
    {Safeguard::not_test_code, "not-test-code"},
    {Safeguard::takes_tokens, "takes-tokens"},
    {Safeguard::fit_for_tokens, "fit-for-tokens"},
    {Safeguard::lock_evidence, "lock-evidence"},
    {Safeguard::committed, "committed"},
    {Safeguard::unchanged, "unchanged"},
}};

}  // namespace

std::span<const SafeguardName> safeguard_names() {
  return names;
}

bool Safeguards::switch_off(std::string_view name) {
  for (const SafeguardName& known : names) {
    if (known.name != name) continue;
    off_ |= bit(known.safeguard);
    return true;
  }
  return false;
}

}  // namespace keyless
