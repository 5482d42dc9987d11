// Toml: a TOML file as a flat list of tables, keys and values with their places, comments passed
// over. An error costs its line; at most 32 levels and 400,000 nodes are read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace keyless::manifest {

enum class TomlKind : uint8_t { text, array, table, header, other };

inline constexpr uint32_t no_parent = UINT32_MAX;

struct TomlNode {
  TomlKind kind = TomlKind::other;
  std::vector<std::string> path;  // of an array's element: the array's
  Span key;                       // as written; empty for headers and elements
  Span value;                     // a string with its quotes; a header with its brackets
  uint32_t parent = no_parent;    // the array or inline table around it
  uint32_t header = no_parent;    // the header it stands under
};

class Toml {
 public:
  // Reads `text`, which must outlive it.
  explicit Toml(std::string_view text);

  [[nodiscard]] const std::vector<TomlNode>& nodes() const { return nodes_; }
  // The inside of a string as written, its place without quotes.
  [[nodiscard]] Span inside(const TomlNode& node) const;
  [[nodiscard]] std::string_view text(const TomlNode& node) const {
    const Span span = inside(node);
    return text_.substr(span.begin, span.size());
  }

 private:
  using Path = std::vector<std::string>;
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
  [[nodiscard]] uint32_t here() const { return static_cast<uint32_t>(at_); }
  void skip_blanks();
  void skip_gap();
  void skip_line();
  void skip_string();
  bool read_path(Path& path);
  void read_header();
  bool read_pair(const Path& prefix, uint32_t parent, int depth);
  bool read_value(TomlNode node, int depth);
  bool read_array(uint32_t id, int depth);
  bool read_table(uint32_t id, int depth);

  std::string_view text_;
  size_t at_ = 0;
  Path prefix_;
  uint32_t header_ = no_parent;
  std::vector<TomlNode> nodes_;
};

}  // namespace keyless::manifest
