// endpoints: a client or setting that names the literal host of an account declared in one of the
// roots holds that account's key. The host is the identity; names alone never join.
#pragma once

#include <string_view>

#include "lineage/link.h"

namespace keyless {

// Edges from such accounts to what their keys come from, in every root.
void join_endpoints(Linked& linked);

// The node of a host of Azure: its own where `text` spells its name out ("contoso" in
// "https://contoso.openai.azure.com"), else the one of all hosts of the row.
NodeId spelled_host_node(Flow& flow, const HostRow& row, Where where, std::string_view text);

}  // namespace keyless
