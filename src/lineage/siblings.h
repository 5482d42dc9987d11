// Siblings: which settings groups hold a name of some class or an Azure host beside an element.
// Groups are indexed once per file and judged once per question: linear in the elements of a file.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "lineage/flow.h"

namespace keyless {

class Siblings {
 public:
  // True when another element of the group of `own` has a name of class `kind`, or a value with an
  // Azure host. A weak name beside a strong one answers no: the endpoint has a key of its own.
  // `own` is an element of `file`.
  bool any(const Flow& flow, uint32_t file, const Element& own, const std::string& kind);

 private:
  struct Group {
    std::vector<const Element*> elements;
    size_t strong = 0;
    bool counted = false;
    std::map<std::string, size_t, std::less<>> evident;  // by kind
  };
  // A group is the elements of one kind, container and group id.
  using GroupsOfFile = std::map<std::tuple<ElementKind, Container, uint32_t>, Group>;

  GroupsOfFile& groups_of(const Document& document, uint32_t file);

  std::unordered_map<uint32_t, GroupsOfFile> files_;
};

}  // namespace keyless
