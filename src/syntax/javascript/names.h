// names: text of JavaScript names and strings, without a tree.
// Pure functions on UTF-8 text; none fails.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace keyless::javascript {

// The text between the quotes of a string or template, with its escapes decoded.
std::string decode(std::string_view raw);

// `base` and a path below it: "a" + "b" = "a.b", "a" + "[0]" = "a[0]", "a" + "" = "a".
std::string extend(const std::string& base, std::string_view path);

// The first segment of a dotted path, and what follows it without the dot.
std::string_view first_segment(std::string_view path);
std::string_view after_first(std::string_view path);

// `AZURE_OPENAI_KEY`: upper case, digits and underscores, three characters or more.
bool is_upper_snake(std::string_view name);

template <size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace keyless::javascript
