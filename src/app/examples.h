// examples: runs the examples that stand in rule files, as a scan of a small repository would.
// What a rule promises is what its examples say; our own output never decides.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "lineage/judge.h"
#include "match/matcher.h"

namespace keyless {

// `{{fake:azure-key-84}}` and `{{fake:hex-32}}` become key-shaped text, made anew at run time.
std::string expand_fakes(std::string text);

// Judges the given files (path, text) as one repository; spans are offsets into the texts.
Judged judge_files(const std::vector<std::pair<std::string, std::string>>& files,
                   const Matcher& matcher);

// One problem per example of `rule` that does not hold: a `bad` one without a finding or lead of
// the rule, an `ok` one with a finding of it or of a rule that the example does not name. The ok
// examples of rules for other vendors only say what those rules do not know. A `good` text must be
// what the fix makes, also of the example with CRLF, with a byte order mark, with tabs
// and with the other quotes.
std::vector<Diagnostic> check_examples(const Rule& rule, const Matcher& matcher);

}  // namespace keyless
