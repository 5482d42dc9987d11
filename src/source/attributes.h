// The two attributes of .gitattributes that matter here: linguist-generated and linguist-vendored.
// Promises Git's precedence (deeper folder, then later line wins) without asking Git.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "base/glob.h"
#include "source/file_set.h"

namespace keyless {

class Attributes {
 public:
  Attributes() = default;

  // Takes the text of `.gitattributes` in root-relative `folder` ("" for the root). Lines it cannot
  // read are passed over, as Git does.
  void add(const std::string& folder, std::string_view text);

  // What the attributes say about root-relative `path`; nothing when they do not speak of it.
  [[nodiscard]] std::optional<bool> generated(std::string_view path) const;
  [[nodiscard]] std::optional<bool> vendored(std::string_view path) const;

 private:
  struct Line {
    Glob glob;
    // Unset by the line; or set to "unspecified", true, false.
    std::optional<std::optional<bool>> generated;
    std::optional<std::optional<bool>> vendored;
  };
  using Column = std::optional<std::optional<bool>> Line::*;

  [[nodiscard]] std::optional<bool> lookup(std::string_view path, Column column) const;

  std::map<std::string, std::vector<Line>, std::less<>> folders_;
};

// Reads every `.gitattributes` of the file set; unreadable ones are passed over.
Attributes read_attributes(const FileSystem& files, const FileSet& set);

}  // namespace keyless
