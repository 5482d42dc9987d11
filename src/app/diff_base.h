// What a change is compared with: the commit that --diff-base means, or HEAD for --staged.
// Promises a commit that is here, or one line that says what to add; the environment is handed in.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/options.h"
#include "app/view.h"
#include "base/result.h"
#include "source/root.h"

namespace keyless {

// The value of an environment variable, "" when it is not set.
using Environment = std::function<std::string(std::string_view name)>;
std::string process_environment(std::string_view name);

struct DiffBase {
  std::vector<View> head, base;  // by root
  std::string words;             // what it is compared with: "1f3870be, where main and HEAD part"
};

// Nothing when no comparison was asked for, or when --diff-base is `auto` outside a pull request.
Result<std::optional<DiffBase>> find_diff_base(const std::vector<Root>& roots,
                                               const Options& options,
                                               const Environment& environment);

// What Azure DevOps says about the run; the defaults elsewhere.
PipelineRun pipeline_run(const Environment& environment);

// The revisions that name the base of the pull request this runs in, best first; empty outside one.
// GitHub, Azure DevOps and GitLab are known.
std::vector<std::string> bases_from(const Environment& environment);

}  // namespace keyless
