// Federated login: jobs of a workflow that lose a key sign in to Azure with OpenID Connect instead.
// Adds a login step and the permission it needs; jobs that sign in already are left alone.
#pragma once

#include <string>
#include <vector>

#include "fix/edit.h"
#include "syntax/document.h"

namespace keyless {

struct LoginPlan {
  std::vector<Edit> edits;
  std::vector<std::string> what;           // job by job
  std::vector<std::string> prerequisites;  // what has to be set up outside the repository
  std::vector<std::string> refused;        // jobs that a person has to look at
};

// `lost`: spans of the settings that go, in this workflow.
LoginPlan plan_login(const Document& workflow, std::string_view text,
                     const std::vector<Span>& lost);

// The same for one job, before the step whose first line begins at that offset; nothing when the job signs in already.
LoginPlan plan_login_of_job(const Document& workflow, std::string_view text, const std::string& job,
                            uint32_t line);

}  // namespace keyless
