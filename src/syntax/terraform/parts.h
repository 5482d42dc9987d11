// parts: a Terraform file with a syntax error, parsed again one top-level block at a time.
// An error then costs its own block only; the grammar by itself may lose the rest of the file.
#pragma once

#include <string_view>
#include <vector>

#include "syntax/tree.h"

namespace keyless::terraform {

// One tree per top-level block or assignment, in source order; parts that cannot be parsed in time
// are left out. Empty when the text has no such parts, or too many.
std::vector<Tree> parse_blocks(std::string_view text);

}  // namespace keyless::terraform
