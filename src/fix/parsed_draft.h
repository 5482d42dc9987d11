// Drafts a text unless the file would then have more syntax errors than it has now.
// The one place that decides it; whoever asks says what else goes back with the file.
#pragma once

#include <string>

#include "fix/repository.h"
#include "fix/safeguards.h"

namespace keyless {

// False when the file stays as it was. With the safeguard off the text is drafted in any case.
bool draft_if_parsed(Repository& repository, const std::string& path, std::string text,
                     const Safeguards& safeguards = {});

}  // namespace keyless
