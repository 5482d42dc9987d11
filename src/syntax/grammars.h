// The grammars that are linked in, by the names their C sources export.
// Each returns a constant object that lives as long as the program; never null, never to be freed.
#pragma once

#include <tree_sitter/api.h>

extern "C" {
const TSLanguage* tree_sitter_python(void);
const TSLanguage* tree_sitter_javascript(void);
const TSLanguage* tree_sitter_typescript(void);
const TSLanguage* tree_sitter_tsx(void);
const TSLanguage* tree_sitter_hcl(void);
}
