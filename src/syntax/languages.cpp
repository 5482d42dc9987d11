#include "syntax/languages.h"

#include <array>

#include "base/text.h"
#include "syntax/lowering.h"

namespace keyless {
namespace {

// Settings and keys in it are seen as in any JSON; resources and references are not.
Document lower_terraform_json(const SourceFile& file) {
  Document document = lower_json(file);
  document.diagnostics.push_back({Problem::incomplete, file.path, 0,
                                  "Terraform in JSON form is read as plain JSON",
                                  "write it as .tf"});
  return document;
}

// table: file name -> reader
const std::array<LanguageRow, 12>& rows() {
  static const std::array<LanguageRow, 12> table{{
      {"python", {".py", ".pyi", ".pyw"}, {}, lower_python},
      {"javascript", {".js", ".jsx", ".mjs", ".cjs"}, {}, lower_javascript},
      {"typescript", {".ts", ".mts", ".cts"}, {}, lower_typescript},
      {"tsx", {".tsx"}, {}, lower_tsx},
      {"markup", {".vue", ".svelte", ".astro", ".html", ".htm"}, {}, lower_markup},
      {"terraform",
       {".tf", ".tfvars", ".tfvars.example", ".tfvars.sample", ".tfvars.template", ".tfvars.dist"},
       {},
       lower_terraform},
      {"bicep", {".bicep"}, {}, lower_bicep},
      {"bicepparam", {".bicepparam"}, {}, lower_bicepparam},
      {"dotenv",
       {".env"},
       {".env*",          "*.env.*",   "*.env-*",     "*.env_*",    "env.example",     "env.sample",
        "env.template",   "env.local", "env.dist",    "env.dev",    "env.development", "env.prod",
        "env.production", "env.test",  "env-example", "env-sample", "env_example",     "env_sample",
        "dotenv",         "dotenv.*",  ".dev.vars*",  ".flaskenv"},
       lower_dotenv},
      {"terraform-json", {".tf.json"}, {}, lower_terraform_json},
      {"json",
       {".json", ".jsonc", ".json.example", ".json.sample", ".json.template", ".json.dist"},
       {"OAI_CONFIG_LIST*"},
       lower_json},
      {"yaml", {".yml", ".yaml"}, {}, lower_yaml},
  }};
  return table;
}

void rebase(Extent& extent, const OffsetMap& map) {
  extent.span = map.to_bytes(extent.span);
  if (extent.parent) extent.parent = map.to_bytes(*extent.parent);
}

void rebase(Document& document, const OffsetMap& map) {
  for (Value& v : document.values) v.span = map.to_bytes(v.span);
  for (Scope& s : document.scopes) s.span = map.to_bytes(s.span);
  for (Span& s : document.broken) s = map.to_bytes(s);
  for (Element& e : document.elements) {
    e.span = map.to_bytes(e.span);
    e.name_span = map.to_bytes(e.name_span);
    rebase(e.extent, map);
    for (Input& i : e.inputs) {
      i.span = map.to_bytes(i.span);
      rebase(i.extent, map);
    }
  }
}

}  // namespace

std::span<const LanguageRow> languages() {
  return rows();
}

const LanguageRow* language_of(std::string_view path) {
  for (const LanguageRow& row : rows())
    for (const std::string_view extension : row.extensions)
      if (path.ends_with(extension)) return &row;
  // `vite.env.d.ts` is TypeScript: a name decides only where no extension does.
  const std::string_view file = after_last(path, '/');
  for (const LanguageRow& row : rows())
    for (const std::string_view name : row.names)
      if (wildcard_matches(name, file)) return &row;
  return nullptr;
}

Document parse(const SourceFile& file, const LanguageRow& row) {
  Document document = row.lower(file);
  if (!file.map.empty()) rebase(document, file.map);
  return document;
}

bool language_matches(std::string_view rule_language, std::string_view language) {
  if (rule_language == language || rule_language == "any") return true;
  return rule_language == "javascript" && (language == "typescript" || language == "tsx");
}

}  // namespace keyless
