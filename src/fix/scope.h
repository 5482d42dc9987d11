// Scope: the token scope that a file's accounts want, by the cloud that the hosts around it are of.
// The file's own hosts decide, else those of its unit, else those of the root, else the public cloud.
#pragma once

#include <string>

#include "fix/repository.h"
#include "match/candidate.h"
#include "rule/load.h"

namespace keyless {

// The row of an account in that cloud; never nullptr as long as the table has a public one. `file`
// may be none: then only the hosts of the root count.
const HostRow* account_host(const Repository& repository, const RuleSet& rules, const Graph& graph,
                            uint32_t file);

// The first row with that scope; nullptr when no known host has it.
const HostRow* host_of_scope(const RuleSet& rules, std::string_view scope);

// The rule's own scope, that of what the call is given, that of a token which is there already; else
// `of_account`. The rule has a fix.
std::string scope_at(const Rule& rule, const Candidate& candidate, const Document& d,
                     const std::string& of_account);

}  // namespace keyless
