// Names: which names of settings, variables and parameters speak of a key, and of whose key.
// Loaded from rules/_names.yaml; comparison ignores case, separators and camelCase.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"

namespace keyless {

enum class NameClass : uint8_t {
  key_strong,      // a product word and a key word: Azure by name
  key_weak,        // a key word only: lineage decides
  key_any,         // either
  other_service,   // another vendor's or service's key
  key_mode,        // a product word and, at the end, a word for the way of authentication
  key_openai,      // a weak name with the word openai
  endpoint_azure,  // a product word and an endpoint word: evidence, never a finding
  any,             // every name
};
std::optional<NameClass> name_class_from(std::string_view text);

class Names {
 public:
  static Result<Names> load(const YamlNode& file, std::string_view path);

  // Names of one company, from its configuration: keys become strong, endpoints evidence.
  void add_key(std::string_view name) { own_keys_.push_back(std::string(name)); }
  void add_endpoint(std::string_view name) { own_endpoints_.push_back(std::string(name)); }

  [[nodiscard]] bool is(NameClass name_class, std::string_view name) const;
  // Service of the product word in the name ("openai", "speech", ...); "" when it has none.
  [[nodiscard]] std::string service_of(std::string_view name) const;
  // Literals of which every strong name or Azure endpoint name contains one, in lower case.
  [[nodiscard]] std::vector<std::string> anchors() const;

 private:
  struct Product {
    std::string squashed;
    std::vector<std::string> anchors;
    std::string service;
  };
  struct Split;  // a name, squashed, with its word boundaries
  [[nodiscard]] const Product* product_of(const Split& split) const;
  [[nodiscard]] const Product* full_name_of(const Split& split) const;
  [[nodiscard]] bool has_key_word(const Split& split, bool anywhere) const;
  [[nodiscard]] bool is_strong(std::string_view name) const;
  [[nodiscard]] bool is_weak(std::string_view name) const;
  [[nodiscard]] bool is_other(std::string_view name, bool hard_only) const;
  [[nodiscard]] bool is_endpoint(std::string_view name) const;
  [[nodiscard]] bool is_mode(std::string_view name) const;

  std::vector<Product> products_;
  std::vector<Product> full_names_;      // names that are strong as they stand
  std::vector<std::string> key_words_;   // squashed
  std::vector<std::string> not_after_;   // words that turn a key name into something else
  std::vector<std::string> other_hard_;  // sorted
  std::vector<std::string> other_soft_;  // sorted
  std::vector<std::string> endpoint_words_;
  std::vector<std::string> mode_words_;
  std::vector<std::string> own_keys_;
  std::vector<std::string> own_endpoints_;
};

}  // namespace keyless
