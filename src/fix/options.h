// FixOptions: which fixes are wanted and in which form, as the planner needs it.
// Comes from the command line, already checked; says nothing about writing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fix/safeguards.h"
#include "rule/fix_spec.h"

namespace keyless {

struct FixOptions {
  Safety most = Safety::review;     // fixes up to this safety
  Stage through = Stage::lock;      // stages up to this one
  std::vector<std::string> only;    // rule ids, lineage ids or paths; empty means all
  std::string credential;           // "" is chosen by what the unit runs on
  std::string strategy = "clean";   // clean | gated
  std::string scope;                // token scope of the accounts; "" is that of their cloud
  bool docs = false;                // documentation and comments of removed settings too
  bool with_smoke_test = false;     // workflows call the account behind a deployment
  bool with_logging = false;        // new credentials log why they get no token
  bool local_files = false;         // ignored files of local settings too
  bool all_consumers_here = false;  // the given paths hold every consumer of every account
  std::string consumers;            // file of evidence for the lock; "" is none
  std::string evidence_gap;         // what that file lacks; "" when it allows the lock
  std::string lock_anyway;          // the reason; "" is none
  Safeguards safeguards;
};

}  // namespace keyless
