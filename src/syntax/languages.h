// languages: the one table from file name to reader; `parse` turns a SourceFile into a Document.
// Never fails as a whole: what could not be analysed stands in Document::diagnostics.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "source/source_file.h"
#include "syntax/document.h"

namespace keyless {

struct LanguageRow {
  std::string_view name;                     // as rules spell it
  std::vector<std::string_view> extensions;  // ".py"
  std::vector<std::string_view> names;       // wildcards on the file's own name
  Document (*lower)(const SourceFile& file);
};

std::span<const LanguageRow> languages();

// The row whose names, else extensions fit the path; nullptr when no reader knows the format.
// `names` win over `extensions`, earlier rows over later ones.
const LanguageRow* language_of(std::string_view path);

// Lowers the file and maps spans back to original bytes when the file was decoded.
Document parse(const SourceFile& file, const LanguageRow& row);

// True when rules for `rule_language` apply to `language`: equal, "any", or javascript for
// typescript and tsx.
bool language_matches(std::string_view rule_language, std::string_view language);

}  // namespace keyless
