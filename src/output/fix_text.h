// What a run of `fix` came to: each stage, what was refused and why, what was written.
// Promises no line of a scanned file and no key; patches are made elsewhere.
//
// The JSON form is keyless-fix/1:
//   schema      "keyless-fix/1"       tool {name, version}       roots [{id, commit}]
//   stages      [{stage, safety, blocked, what, prerequisites, verify, files: [{path, added,
//               removed}]}]           blocked: "" when the stage may be applied; added, removed:
//                                     numbers of lines
//   refused     [{path, line, rule, safety, reason}]
//   credential  [text]                one per root: which was chosen and why
//   written     null, or {files, undo: [path of a bundle]}
#pragma once

#include <optional>
#include <string>

#include "fix/apply.h"
#include "fix/change.h"
#include "output/report.h"

namespace keyless {

inline constexpr std::string_view fix_schema_name = "keyless-fix/1";

// `applied` is nothing when the run only prints.
std::string write_fix_summary(const FixPlan& plan, const Report& report,
                              const std::optional<Applied>& applied);
std::string write_fix_json(const FixPlan& plan, const Report& report,
                           const std::optional<Applied>& applied);

}  // namespace keyless
