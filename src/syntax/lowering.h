// The lowerings that syntax/languages.cpp names: each turns one file of its format into a Document.
// None fails: what it cannot read it leaves out, and says so in Document::diagnostics or broken.
#pragma once

#include "source/source_file.h"
#include "syntax/document.h"

namespace keyless {

Document lower_python(const SourceFile& file);
Document lower_javascript(const SourceFile& file);  // .js .jsx .mjs .cjs
Document lower_typescript(const SourceFile& file);
Document lower_tsx(const SourceFile& file);
Document lower_markup(const SourceFile& file);     // scripts of .vue .svelte .astro .html
Document lower_terraform(const SourceFile& file);  // .tf .tfvars
Document lower_bicep(const SourceFile& file);
Document lower_bicepparam(const SourceFile& file);
Document lower_json(const SourceFile& file);  // settings, ARM templates, parameter files
Document lower_yaml(const SourceFile& file);  // key paths; workflows additionally
Document lower_dotenv(const SourceFile& file);

}  // namespace keyless
