#include "app/fix_formats.h"

#include <array>

namespace keyless {

namespace {

// table: formats of `fix`
constexpr std::array<Writer, 2> formats{{
    {"text", "the patches, for `git apply`; with --write what was done", nullptr},
    {"json", "keyless-fix/1: stages with their files, what was refused and why", nullptr},
}};

}  // namespace

std::span<const Writer> fix_formats() {
  return formats;
}

}  // namespace keyless
