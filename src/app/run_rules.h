// The rules of one run: those in the binary, and what the roots' configurations add.
// Promises that every rule id in a configuration exists; files of rule folders are data, never run.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/configuration.h"
#include "base/file_system.h"
#include "base/result.h"
#include "rule/load.h"

namespace keyless {

// The files of each root, where configurations and rule folders are read.
using RootFiles = std::vector<std::unique_ptr<FileSystem>>;

// All problems are returned. `roots` and `configurations` are parallel. `with_examples`: also those
// of the rules in the binary. `pack`: a folder whose rules stand in for those; may be "".
tl::expected<RuleSet, std::vector<Diagnostic>> rules_for(
    const RootFiles& roots, const std::vector<Configuration>& configurations,
    bool with_examples = false, const std::string& pack = {});

// The rules of the root that the working folder stands in, with their examples. `config`: instead of
// its own `.keyless.yaml`; may be "".
tl::expected<RuleSet, std::vector<Diagnostic>> rules_here(const std::string& config);

// The rule files (*.yaml) in folder `inner` ("." is the root), up to 4 folders deep, sorted.
Result<std::vector<RuleFile>> read_rule_files(const FileSystem& files, const std::string& inner);

}  // namespace keyless
