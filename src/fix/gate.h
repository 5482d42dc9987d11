// Gate: the switch of `--strategy gated`. Keys stay, behind a variable that is read once and is off
// unless the environment says otherwise; what asked for the key asks only when the switch is off.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fix/bindings.h"
#include "fix/edit.h"
#include "match/candidate.h"

namespace keyless {

inline constexpr std::string_view gate_variable = "AZURE_OPENAI_USE_ENTRA_ID";

// The variable of the file that holds the switch; "" when there is none.
std::string gate_of(const CodeFile& file);

// True when the span is the branch of a choice by the switch.
bool behind_gate(const CodeFile& file, Span span);

// Guards for the keys named in `keys` hold only when the switch is off, and in Python reading
// them from the environment no longer fails when they are not there.
std::vector<Edit> gate_reads(const CodeFile& file, const std::vector<Span>& keys,
                             Bindings& bindings);

// A header with the key in the options of a client whose own key stays behind the switch: it stays
// there too. Nothing for one that is set by itself.
std::optional<Edit> gate_header(const CodeFile& file, const Candidate& header, Bindings& bindings);

// The same in the file that declares the key `name` for another: a required field of settings gets an
// empty default too. Returns why a person has to do that; "" when it is done or not needed.
std::string gate_declaration(const CodeFile& file, const std::string& name, Bindings& bindings,
                             std::vector<Edit>& edits);

}  // namespace keyless
