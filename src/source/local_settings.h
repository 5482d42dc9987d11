// Names of settings files that people keep out of Git: read although Git ignores them.
// Promises to look at the name alone.
#pragma once

#include <string_view>

namespace keyless {

// True for `.env*`, `local.settings.json`, `appsettings.*.json`, `*.tfvars`, `*.tfstate`,
// `secrets.*`; `path` may hold folders.
bool is_local_settings(std::string_view path);

}  // namespace keyless
