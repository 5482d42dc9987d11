// The formats of `fix` and `consumers`: not of a report, so in small tables of their own.
// Promises names and documentation only; `write` is null.
#pragma once

#include <span>

#include "output/writers.h"

namespace keyless {

std::span<const Writer> fix_formats();
std::span<const Writer> consumers_formats();

}  // namespace keyless
