// Choices: code that took a key when there was one and a token otherwise. When the key is gone the
// branch with the token stands alone; what is no plain question for the key stays.
#pragma once

#include <functional>
#include <vector>

#include "fix/bindings.h"
#include "fix/edit.h"

namespace keyless {

struct ChoicesMade {
  std::vector<Edit> edits;
  std::vector<Span> removed;  // tests and branches that went
};

// `asks`: the test is a question for nothing but a key that went. Nested choices take a call each.
ChoicesMade collapse_choices(const CodeFile& file, const std::function<bool(Span test)>& asks);

// `if key: return ...` may go when what follows in its block makes a token; always true for a test
// that asks for absence.
bool may_fall_through(const CodeFile& file, const Guard& guard);

// Tests of choices that would be collapsed if they asked for a key.
std::vector<Span> collapsible_tests(const CodeFile& file);

// `switch ? new DefaultAzureCredential() : new AzureKeyCredential(key)` as the value of a variable: true
// when the branch with the credential takes its place. JavaScript only.
bool credential_branch(const CodeFile& file, Span value, std::vector<Edit>& edits,
                       std::vector<Span>& removed);

}  // namespace keyless
