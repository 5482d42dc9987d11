#include "rule/embedded.h"

#include "base/hash.h"

namespace keyless {

Result<YamlNode> embedded_table(std::string_view name) {
  for (const EmbeddedFile& file : embedded_rules())
    if (file.path == name) return parse_yaml(file.text, "rules/" + std::string(name));
  return fail(Diagnostic{Problem::internal, std::string(name), 0, "is not in this binary", {}});
}

std::string embedded_rules_digest() {
  std::string all;
  for (const EmbeddedFile& file : embedded_rules())
    all += sha256_hex(file.text) + "  " + std::string(file.path) + "\n";
  return sha256_hex(all);
}

}  // namespace keyless
