// The formats of `report`, each with what writes it; the first is the default.
// Promises the same bytes for the same audit.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "output/audit.h"
#include "output/writers.h"

namespace keyless {

std::span<const Writer> report_formats();

// `format` is a name of the table.
std::string write_audit(const Audit& audit, std::string_view format);

}  // namespace keyless
