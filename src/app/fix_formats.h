// The formats of `fix`: a plan rather than a report, so their own small table.
// Promises names and documentation only; `write` is null.
#pragma once

#include <span>

#include "output/writers.h"

namespace keyless {

std::span<const Writer> fix_formats();

}  // namespace keyless
