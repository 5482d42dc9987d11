// State: what the lowering of one Python file carries from node to node.
// Lives as long as one call of lower_python; nodes and views in it point into that file's tree.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/builder.h"
#include "syntax/tree.h"

namespace keyless::python {

struct ImportedName {
  std::string symbol;      // canonical: "openai.AzureOpenAI"
  bool is_module = false;  // `import x`: `x.get("a")` is a function then, not a look-up
};

// What a first look over the top level says of a class: settings classes need their whole family.
struct ClassFacts {
  std::vector<std::string> bases;  // as written
  std::string prefix;              // env_prefix
  std::string delimiter;           // env_nested_delimiter
  std::map<std::string, std::string, std::less<>> field_types;
  std::map<std::string, std::vector<std::string>, std::less<>> field_names;  // Config.fields
  bool has_settings_config = false;
};

// What a loop over literal rows gives one of its names, row by row.
struct Column {
  std::vector<ValueId> cells;
  std::vector<Span> rows;
  uint32_t loop = 0;  // where the loop begins: columns of one loop belong together
};

// An option of a command-line parser, kept until the options are read into one object.
struct ParserOption {
  std::string name;
  ValueId value = none;
  Span span;
};

struct State {
  explicit State(const SourceFile& file) : out(file, "python") {}

  Builder out;
  std::map<std::string, ImportedName, std::less<>> imports;   // by local name
  std::map<std::string, std::string, std::less<>> aliases;    // written name -> canonical
  std::map<std::string, std::string, std::less<>> constants;  // module constants: text
  std::map<std::string, ClassFacts, std::less<>> classes;     // of the top level
  std::map<std::string, std::vector<std::string>, std::less<>>
      nested_prefixes;  // class -> prefixes
  bool nested_prefixes_known = false;
  bool uses_pydantic = false;
  std::string self_name;                 // what the method around us calls its object
  std::vector<std::string> class_names;  // enclosing classes
  std::vector<std::string> class_bases;  // "" when not exactly one
  std::vector<std::set<std::string, std::less<>>> globals;  // per enclosing function
  std::vector<ParserOption> options;
  int option_readers = 0;
  int expanded = 0;                                    // settings written for the rows of a loop
  std::map<std::string, Column, std::less<>> columns;  // by name, until it is bound again
  // Pairs of literal dictionaries of the module, by variable, until it is bound again.
  std::map<std::string, std::vector<ElementId>, std::less<>> literal_maps;
  std::vector<uint32_t> line_starts;
  bool too_deep = false;
};

}  // namespace keyless::python
