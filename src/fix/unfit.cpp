#include "fix/unfit.h"

#include <algorithm>

#include "base/text.h"

namespace keyless {

std::string unfit(const LanguageTemplates& templates, std::string_view path,
                  std::string_view text) {
  for (const auto& [end, reason] : templates.unfit_files)
    if (path.ends_with(end)) return reason;
  for (const auto& [sign, reason] : templates.unfit)
    if (text.find(sign) != std::string_view::npos) return reason;
  const bool server =
      std::any_of(templates.server_files.begin(), templates.server_files.end(),
                  [&](const std::string& glob) { return wildcard_matches(glob, path); });
  for (const auto& [sign, reason] : templates.public_settings)
    if (!server && text.find(sign) != std::string_view::npos) return reason;
  return {};
}

}  // namespace keyless
