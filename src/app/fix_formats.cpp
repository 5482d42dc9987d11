#include "app/fix_formats.h"

#include <array>

namespace keyless {

namespace {

// table: formats of `fix`
constexpr std::array<Writer, 2> formats_of_fix{{
    {"text", "the patches, for `git apply`; with --write what was done", nullptr},
    {"json", "keyless-fix/1: stages with their files, what was refused and why", nullptr},
}};

// table: formats of `consumers`
constexpr std::array<Writer, 2> formats_of_consumers{{
    {"text", "each account with its consumers and their states", nullptr},
    {"json", "keyless/1, cut to accounts and consumers: what --write writes", nullptr},
}};

}  // namespace

std::span<const Writer> fix_formats() {
  return formats_of_fix;
}

std::span<const Writer> consumers_formats() {
  return formats_of_consumers;
}

}  // namespace keyless
