// Binding places: where a variable or function of the module goes, and the lines it is written as.
// Offsets into the text of the file; blank lines around it are as the file has them.
#pragma once

#include <vector>

#include "fix/bindings.h"
#include "fix/edit.h"

namespace keyless {

// Before the first statement that needs it; before a function or class behind what stands above,
// where a variable of the module belongs.
uint32_t place_before(const CodeFile& file, Span use);

// All that goes to one place, in order; at least one.
Edit binding_edit(const CodeFile& file, uint32_t place, const std::vector<const Binding*>& all);

}  // namespace keyless
