// Candidate: a place where a rule matched, with what it captured; judged later by lineage.
// Plain data; ids refer to the Document it came from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rule/rule.h"
#include "syntax/document.h"

namespace keyless {

struct Candidate {
  const Rule* rule = nullptr;
  Category category = Category::client_key;
  Span span;  // narrowest construct that carries the key
  Extent extent;
  ScopeId scope = 0;
  ElementId element = none;  // call, pair, setting, resource ...
  uint32_t input = none;     // index into the element's inputs
  ValueId value = none;      // the credential, or the attribute's value
  std::string name;          // of the setting, read or header
  std::string symbol;        // "openai.AzureOpenAI.api_key", key path: part of the identity
  Container container = Container::unset;
  bool absent = false;   // resource: the attribute is not there
  bool certain = false;  // text: the checksum holds
  std::optional<Redacted> secret;
};

}  // namespace keyless
