// Carrier: any element that holds a value under a name, settings and infrastructure alike.
// One list for match (what is named like a key) and lineage (where a value goes next).
#pragma once

#include <string>
#include <vector>

#include "rule/resources.h"
#include "syntax/document.h"

namespace keyless {

struct Carrier {
  Container container = Container::unset;
  ElementId element = none;
  uint32_t input = none;  // for module arguments and stores: index into the element's inputs
  std::string name;
  ValueId value = none;
  Span span;
  Extent extent;
  ScopeId scope = 0;
  bool secure = false;
};

// Settings, variables, outputs, given values, module arguments, stored secrets; in element order.
std::vector<Carrier> carriers_of(const Document& document, const Resources& resources);

// The input of that name, or nullptr.
const Input* find_input(const Element& element, std::string_view name);

}  // namespace keyless
