#include "fix/manifest/toml.h"

#include <algorithm>

#include "base/text.h"

namespace keyless::manifest {
namespace {

constexpr int deepest = 32;
constexpr size_t max_nodes = 400000;

bool is_bare(char c) {
  return is_alnum(c) || c == '_' || c == '-';
}

}  // namespace

Toml::Toml(std::string_view text) : text_(text) {
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  for (skip_gap(); !at_end() && nodes_.size() < max_nodes; skip_gap()) {
    if (peek() == '[')
      read_header();
    else if (!read_pair(prefix_, no_parent, 0))
      skip_line();
  }
}

Span Toml::inside(const TomlNode& node) const {
  if (node.kind != TomlKind::text) return node.value;
  const std::string_view written = text_.substr(node.value.begin, node.value.size());
  const bool triple = written.starts_with("\"\"\"") || written.starts_with("'''");
  const uint32_t quotes = triple && written.size() >= 6 ? 3 : 1;
  if (written.size() < size_t{2} * quotes) return {node.value.end, node.value.end};
  return {node.value.begin + quotes, node.value.end - quotes};
}

void Toml::skip_blanks() {
  while (!at_end() && (peek() == ' ' || peek() == '\t')) ++at_;
}

void Toml::skip_line() {
  at_ = std::min(text_.find('\n', at_), text_.size());
}

// Blanks, line ends and comments.
void Toml::skip_gap() {
  while (!at_end()) {
    if (peek() == '#')
      skip_line();
    else if (is_space(peek()))
      ++at_;
    else
      return;
  }
}

void Toml::skip_string() {
  const char quote = peek();
  const std::string triple(3, quote);
  if (text_.substr(at_).starts_with(triple)) {
    for (at_ += 3; !at_end() && !text_.substr(at_).starts_with(triple); ++at_)
      if (quote == '"' && peek() == '\\') ++at_;
    at_ = std::min(at_ + 3, text_.size());
    return;
  }
  for (++at_; !at_end() && peek() != quote && peek() != '\n'; ++at_)
    if (quote == '"' && peek() == '\\') ++at_;
  at_ = std::min(at_, text_.size());
  if (peek() == quote) ++at_;
}

// A dotted key; false when there is none.
bool Toml::read_path(Path& path) {
  for (;;) {
    skip_blanks();
    const size_t begin = at_;
    if (peek() == '"' || peek() == '\'') {
      skip_string();
      if (at_ < begin + 2) return false;
      path.emplace_back(text_.substr(begin + 1, at_ - begin - 2));
    } else {
      while (!at_end() && is_bare(peek())) ++at_;
      if (at_ == begin) return false;
      path.emplace_back(text_.substr(begin, at_ - begin));
    }
    skip_blanks();
    if (peek() != '.' || path.size() > static_cast<size_t>(deepest)) return true;
    ++at_;
  }
}

void Toml::read_header() {
  TomlNode node;
  node.kind = TomlKind::header;
  node.value.begin = here();
  while (peek() == '[') ++at_;
  const bool found = read_path(node.path);
  while (peek() == ']') ++at_;
  node.value.end = here();
  prefix_ = node.path;
  if (!found) prefix_ = {""};  // keys below a broken header belong to no table that is asked for
  header_ = static_cast<uint32_t>(nodes_.size());
  nodes_.push_back(std::move(node));
  skip_line();
}

bool Toml::read_pair(const Path& prefix, uint32_t parent, int depth) {
  TomlNode node;
  node.path = prefix;
  node.parent = parent;
  node.key.begin = here();
  if (!read_path(node.path) || peek() != '=') return false;
  node.key.end = here();
  while (node.key.end > node.key.begin && is_space(text_[node.key.end - 1])) --node.key.end;
  ++at_;
  skip_blanks();
  return read_value(std::move(node), depth);
}

bool Toml::read_value(TomlNode node, int depth) {
  if (depth > deepest || nodes_.size() >= max_nodes) return false;
  const auto id = static_cast<uint32_t>(nodes_.size());
  node.header = header_;
  node.value.begin = here();
  const char first = peek();
  node.kind = first == '['                    ? TomlKind::array
              : first == '{'                  ? TomlKind::table
              : first == '"' || first == '\'' ? TomlKind::text
                                              : TomlKind::other;
  nodes_.push_back(std::move(node));
  bool good = true;
  if (first == '[') {
    good = read_array(id, depth);
  } else if (first == '{') {
    good = read_table(id, depth);
  } else if (first == '"' || first == '\'') {
    skip_string();
  } else {
    while (!at_end() && std::string_view(",]}#\r\n").find(peek()) == std::string_view::npos) ++at_;
    good = at_ > nodes_[id].value.begin;
  }
  nodes_[id].value.end = here();
  return good;
}

bool Toml::read_array(uint32_t id, int depth) {
  ++at_;
  for (skip_gap(); !at_end() && peek() != ']'; skip_gap()) {
    if (peek() == ',') {
      ++at_;
      continue;
    }
    TomlNode element;
    element.path = nodes_[id].path;
    element.parent = id;
    if (!read_value(std::move(element), depth + 1)) return false;
  }
  if (at_end()) return false;
  ++at_;
  return true;
}

bool Toml::read_table(uint32_t id, int depth) {
  ++at_;
  for (skip_gap(); !at_end() && peek() != '}'; skip_gap()) {
    if (peek() == ',') {
      ++at_;
      continue;
    }
    const Path path = nodes_[id].path;
    if (!read_pair(path, id, depth + 1)) return false;
  }
  if (at_end()) return false;
  ++at_;
  return true;
}

}  // namespace keyless::manifest
