// matchers: one function per matcher kind; match/matcher.cpp holds the table.
// Each appends candidates of its kind for one Document.
#pragma once

#include "match/matcher.h"
#include "syntax/import_table.h"

namespace keyless {

struct MatchContext {
  const Matcher& matcher;
  const Document& document;
  const ImportTable& imports;
  std::vector<Candidate>& found;
};

void match_calls(const MatchContext& context);      // call, implicit
void match_assigns(const MatchContext& context);    // assign
void match_pairs(const MatchContext& context);      // map, header
void match_reads(const MatchContext& context);      // read
void match_settings(const MatchContext& context);   // setting
void match_resources(const MatchContext& context);  // resource, module
void match_commands(const MatchContext& context);   // command
void match_literals(const MatchContext& context);   // text, on literals that the reader decoded

// The literal text of a value, or nothing when it is none.
std::optional<std::string_view> literal_text(const Document& document, ValueId id);

// True when the value is made of a literal that fits one of the wildcards (`a*|b`) without case: itself, a part, an
// alternative, what a local or a referenced definition of the file is called.
bool spells(const Document& document, ValueId id, std::string_view wildcard);

// True when the value is a literal that fits the wildcard without case.
bool literal_fits(const Document& document, ValueId id, std::string_view wildcard);

}  // namespace keyless
