// script_uses: whether a text uses an environment variable as the scripts inside it would.
// Asks of spelling alone, so it says yes too often rather than never.
#pragma once

#include <string_view>
#include <vector>

#include "base/span.h"

namespace keyless {

// `$NAME`, `${NAME}`, `$env:NAME`, `%NAME%`, `env.NAME`, `["NAME"]` or `("NAME"` outside of
// comment lines and of `gone`, byte spans of the text that are to be removed.
bool script_uses(std::string_view text, std::string_view name, const std::vector<Span>& gone);

}  // namespace keyless
