// Declarations: the lists of dependencies of one manifest, each entry with its place in the text.
// All formats end here; spans are byte offsets into the text that was read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "fix/manifest.h"
#include "fix/manifest/range.h"

namespace keyless::manifest {

struct Item {
  std::string name;           // as written
  Span entry;                 // with its quotes, key and value; without separator and line end
  std::optional<Span> range;  // the text of its bounds; empty where it has none
  bool located = false;       // from an address, a path, another package or a central list
  bool conditional = false;   // under a marker
  bool optional = false;      // only with an extra that the list does not show
  bool hashed = false;        // bound to the hashes of its files
  bool apart = false;         // in a table of its own: no entry of the list it belongs to
};

enum class Rank : uint8_t { always, optional, development };

enum class Form : uint8_t {
  lines,   // one requirement on each line
  array,   // TOML array of requirements
  table,   // TOML table from name to bounds
  object,  // JSON object from name to bounds
};

struct Group {
  std::string label;  // "[project] dependencies"
  Rank rank = Rank::always;
  Form form = Form::lines;
  Dialect dialect = Dialect::pep440;
  Span body;  // the array or object; of a table its header; of lines the whole text
  std::vector<Item> items;
};

struct Declarations {
  std::vector<Group> groups;
  std::string closed;  // why no entry can be added or raised by an edit, and what to do
  std::string remark;  // what may decide a version besides this file
  bool readable = true;
};

Declarations read_declarations(std::string_view text, ManifestKind kind);

// One reader per format.
Declarations read_requirements(std::string_view text);
Declarations read_setup_cfg(std::string_view text);
Declarations read_pyproject(std::string_view text);
Declarations read_pipfile(std::string_view text);
Declarations read_package_json(std::string_view text);

// Whether a registry takes both for one package: PEP 503 for Python, the bytes for npm.
bool same_package(std::string_view one, std::string_view other, Dialect dialect);

// PEP 503: lower case, runs of '-', '_' and '.' as one '-'.
std::string normalised(std::string_view name);

// A requirement of PEP 508 at `place` of `text`: `name[extra] >=1,<2; marker`, `name @ address`.
// Nothing when it does not begin with a name. `entry` is `place` without blanks around it.
std::optional<Item> read_requirement(std::string_view text, Span place);

}  // namespace keyless::manifest
