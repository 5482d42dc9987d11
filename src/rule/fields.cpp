#include "rule/fields.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace keyless {

Fields::Fields(const YamlNode& node, std::string_view path, std::string_view what)
    : node_(node), path_(path), what_(what) {
  if (node.kind != YamlNode::Kind::map) bad(node.line, what_ + " must be a map");
}

void Fields::bad(uint32_t line, std::string message, std::string mend) {
  if (!problem_)
    problem_ = Diagnostic{Problem::bad_input, path_, line, std::move(message), std::move(mend)};
}

const YamlNode* Fields::node(std::string_view key) {
  known_.emplace_back(key);
  return node_.find(key);
}

std::string Fields::text(std::string_view key) {
  const YamlNode* field = node(key);
  if (field == nullptr) return {};
  if (field->kind != YamlNode::Kind::scalar)
    bad(field->line, "'" + std::string(key) + "' must be text");
  return field->scalar;
}

std::vector<std::string> Fields::texts(std::string_view key) {
  const YamlNode* field = node(key);
  std::vector<std::string> all;
  if (field == nullptr) return all;
  if (field->kind == YamlNode::Kind::scalar) return {field->scalar};
  for (const YamlNode& item : field->items) {
    if (item.kind != YamlNode::Kind::scalar)
      bad(item.line, "'" + std::string(key) + "' must be a list of texts");
    all.push_back(item.scalar);
  }
  if (all.empty()) bad(field->line, "'" + std::string(key) + "' must not be empty");
  return all;
}

std::optional<int> Fields::number(std::string_view key) {
  const YamlNode* field = node(key);
  if (field == nullptr) return std::nullopt;
  int value = 0;
  const std::string& t = field->scalar;
  const auto [end, error] = std::from_chars(t.data(), t.data() + t.size(), value);
  if (error != std::errc{} || end != t.data() + t.size())
    bad(field->line, "'" + std::string(key) + "' must be a whole number");
  return value;
}

std::vector<int> Fields::integers(std::string_view key) {
  std::vector<int> all;
  const YamlNode* field = node(key);
  if (field == nullptr) return all;
  const uint32_t line = field->line;
  for (const std::string& t : texts(key)) {
    int value = 0;
    const auto [end, error] = std::from_chars(t.data(), t.data() + t.size(), value);
    if (error != std::errc{} || end != t.data() + t.size() || value < 0)
      bad(line, "'" + std::string(key) + "' must be positions from 0");
    all.push_back(value);
  }
  return all;
}

std::vector<std::pair<std::string, std::string>> Fields::pairs(std::string_view key) {
  std::vector<std::pair<std::string, std::string>> all;
  const YamlNode* field = node(key);
  if (field == nullptr) return all;
  if (field->kind != YamlNode::Kind::map)
    bad(field->line, "'" + std::string(key) + "' must be a map of texts");
  for (const auto& [name, value] : field->fields) all.emplace_back(name, value.scalar);
  return all;
}

std::optional<Diagnostic> Fields::finish() {
  for (const auto& [key, value] : node_.fields)
    if (std::find(known_.begin(), known_.end(), key) == known_.end())
      bad(value.line, "unknown key '" + key + "' in " + what_, "known: " + join(known_, ", "));
  return problem_;
}

}  // namespace keyless
