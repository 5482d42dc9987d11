// Logging: how a file speaks of failures, for credentials written by `--with-logging`.
// What the file uses already, else what its unit uses, else what the language comes with.
#pragma once

#include <string>

#include "lineage/project.h"
#include "rule/templates.h"

namespace keyless {

struct LogChoice {
  const LogStyle* style = nullptr;  // row of the templates; nullptr: no credential is wrapped
  std::string logger;               // what the file calls its logger; "" when it has none
};

LogChoice choose_logging(const Project& project, uint32_t file, const LanguageTemplates& templates);

}  // namespace keyless
