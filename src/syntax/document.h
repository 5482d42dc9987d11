// Document: everything one file says, lowered once; no syntax tree survives in it.
// Spans are offsets into SourceFile::text while lowering and into its bytes afterwards.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "source/source_file.h"
#include "syntax/element.h"
#include "syntax/value.h"

namespace keyless {

enum class ScopeKind : uint8_t { file, type, function, block };

// Scopes nest: file > class > function. Blocks of a workflow (job, step) use ScopeKind::block.
struct Scope {
  ScopeKind kind = ScopeKind::file;
  std::string name;  // "" for the file and for anonymous functions
  ScopeId parent = none;
  Span span;
  bool async = false;
};

struct Document {
  std::string path;      // as in SourceFile
  std::string language;  // name of the row in syntax/languages: "python", "terraform", ...
  std::vector<Scope> scopes{Scope{}};  // [0] is the file
  std::vector<Element> elements;       // in source order
  std::vector<Value> values;
  std::vector<Span> broken;             // regions with syntax errors; text rules still read them
  std::vector<Diagnostic> diagnostics;  // deadline, depth, size
};

// "Settings.load" for a scope inside class Settings, function load; "" for the file.
std::string scope_name(const Document& document, ScopeId scope);

// Innermost enclosing scope of that kind, or `none`.
ScopeId enclosing(const Document& document, ScopeId scope, ScopeKind kind);

}  // namespace keyless
