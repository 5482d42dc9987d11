// The page of the audit report: page.css, page.html and page.js of src/output/html, in the binary.
// Written by scripts/embed at build time; texts live as long as the program.
#pragma once

#include <span>

#include "rule/embedded.h"

namespace keyless {

std::span<const EmbeddedFile> embedded_page();

}  // namespace keyless
