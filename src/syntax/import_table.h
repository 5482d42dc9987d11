// ImportTable: what the names of one file stand for, by its imports and local aliases.
// Built once per Document; answers in the time of a few hash look-ups.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "syntax/document.h"

namespace keyless {

class ImportTable {
 public:
  // `document` must outlive the table.
  explicit ImportTable(const Document& document);

  // All symbols that a dotted name may stand for, canonical: `AzureOpenAI` -> openai.AzureOpenAI.
  // Follows imports, `X = openai.AzureOpenAI` aliases, base classes of local classes, and the type
  // of a local variable (`client.with_options` -> openai.AzureOpenAI().with_options). The name as
  // written comes last.
  [[nodiscard]] std::vector<std::string> symbols(std::string_view dotted) const;

  // The import that explains the first part of `dotted`; nullptr when none does.
  [[nodiscard]] const Element* import_of(std::string_view dotted) const;

  // True when the file imports a module that fits the wildcard.
  [[nodiscard]] bool imports(std::string_view wildcard) const;

 private:
  // Bounded in steps: a minified file assigns each of its few names hundreds of times.
  struct Search {
    std::vector<std::string> found;
    int steps = 0;
  };
  void add_symbols(std::string_view dotted, int depth, Search& search) const;

  const Document& document_;
  std::unordered_multimap<std::string_view, const Element*> imports_;          // by local name
  std::unordered_map<std::string_view, std::vector<const Element*>> assigns_;  // by target
  std::unordered_multimap<std::string_view, std::string_view> bases_;          // class -> base
};

}  // namespace keyless
