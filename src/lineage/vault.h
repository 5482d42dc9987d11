// vault: which vault a stored or read secret stands in, where code or infrastructure says it.
// Only a name that is the same on every way counts; anything else is no name at all.
#pragma once

#include <string>

#include "lineage/flow.h"

namespace keyless {

// Lower case; "" when the value says no vault, or not literally. Addresses, names and resources
// are understood.
std::string vault_named(const Flow& flow, uint32_t file, ScopeId scope, ValueId value);

// Of the client that a secret is read through, and of the resource that stores or reads one.
std::string vault_of_client(const Flow& flow, uint32_t file, ScopeId scope, const Value& secret);
std::string vault_of_store(const Flow& flow, uint32_t file, const Element& resource);

// Secrets whose vault only one side names meet within their root.
void join_vaults(Flow& flow);

}  // namespace keyless
