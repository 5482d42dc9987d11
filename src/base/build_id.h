// The build id that the linker wrote into this program: another one for any other code.
// Reads the program's own headers in memory; "" when it was linked without one.
#pragma once

#include <string>

namespace keyless {

std::string build_id();  // hex

}  // namespace keyless
