// Controls: which controls of which frameworks a finding bears on, by category (rules/_controls.yaml).
// Loaded by who reports on them only; promises that every control names a framework and a category.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "rule/category.h"

namespace keyless {

struct Framework {
  std::string id;
  std::string name;
  std::string edition;
  std::string url;
};

struct Control {
  size_t framework = 0;  // index into Controls::frameworks
  std::string id;        // as the framework writes it
  std::string title;
  std::string why;  // what a finding says about it
  std::vector<Category> categories;

  [[nodiscard]] bool covers(Category category) const;
};

struct Controls {
  std::vector<Framework> frameworks;
  std::vector<Control> controls;  // in file order

  static Result<Controls> load(const YamlNode& file, std::string_view path);
  // The table in the binary.
  static Result<Controls> load_embedded();
};

}  // namespace keyless
