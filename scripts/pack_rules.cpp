// pack_rules OUTPUT.cpp RULES_FOLDER FILE...: parses the rule files at build time and writes their
// trees, without the examples, as one C++ string, so that a scan starts without parsing YAML.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/yaml.h"

namespace {

constexpr size_t chunk = 12 * 1024;  // ISO C++ guarantees 65,536 characters in one literal

std::string literal(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += '\\';
    text += static_cast<char>('0' + (byte >> 6U));
    text += static_cast<char>('0' + ((byte >> 3U) & 7U));
    text += static_cast<char>('0' + (byte & 7U));
  }
  return text;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    std::cerr << "usage: pack_rules OUTPUT.cpp RULES_FOLDER FILE...\n";
    return 2;
  }
  const std::string folder = arguments[2];
  std::string all;
  for (int i = 3; i < count; ++i) {
    const std::string path = arguments[i];
    std::ifstream in(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::string name = "rules" + path.substr(folder.size());
    auto tree = keyless::parse_yaml(text, name);
    if (!tree) {
      std::cerr << keyless::to_text(tree.error()) << "\n";
      return 1;
    }
    std::erase_if(tree->fields, [](const auto& field) { return field.name == "examples"; });
    keyless::YamlNode entry;
    entry.kind = keyless::YamlNode::Kind::map;
    entry.fields.emplace_back(name, std::move(*tree));
    all += keyless::pack(entry);
  }
  std::ofstream out(arguments[1], std::ios::binary);
  out << "// Written by scripts/pack_rules.cpp from rules/: do not edit.\n"
         "#include \"rule/embedded.h\"\n\n"
         "std::string_view keyless::packed_rules() {\n  return std::string_view(\n";
  for (size_t at = 0; at < all.size(); at += chunk)
    out << "\"" << literal(std::string_view(all).substr(at, chunk)) << "\"\n";
  out << ", " << all.size() << ");\n}\n";
  return out.good() ? 0 : 1;
}
