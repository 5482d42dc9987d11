#include "syntax/json/reader.h"

#include <algorithm>

#include "base/text.h"

namespace keyless::json {
namespace {

constexpr int deepest = 200;
constexpr size_t max_nodes = 200000;

bool is_word(char c) {
  return is_alnum(c) || c == '_' || c == '-' || c == '+' || c == '.' || c == '$';
}

void append_utf8(std::string& out, uint32_t code) {
  const auto put = [&out](uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

uint32_t hex(std::string_view digits) {
  uint32_t code = 0;
  for (const char c : digits) {
    const char l = lower(c);
    code = code * 16 + static_cast<uint32_t>(is_digit(l)   ? l - '0'
                                             : is_alpha(l) ? l - 'a' + 10
                                                           : 0);
  }
  return code & 0xFFFF;
}

}  // namespace

JsonTree::JsonTree(std::string_view text) : text_(text) {
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  gap();
  if (at_ < text_.size()) value(0);
}

void JsonTree::gap() {
  while (at_ < text_.size()) {
    const std::string_view rest = text_.substr(at_);
    if (is_space(peek())) {
      ++at_;
    } else if (rest.starts_with("//") || rest.starts_with("#")) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (rest.starts_with("/*")) {
      const size_t end = text_.find("*/", at_ + 2);
      at_ = end == std::string_view::npos ? text_.size() : end + 2;
    } else {
      return;
    }
  }
}

// The position is on the opening quote, and afterwards behind the closing one.
void JsonTree::skip_string() {
  const char quote = peek();
  for (++at_; at_ < text_.size(); ++at_) {
    if (text_[at_] == '\\') {
      ++at_;
    } else if (text_[at_] == quote) {
      ++at_;
      return;
    }
  }
  at_ = text_.size();
}

void JsonTree::skip_word() {
  while (at_ < text_.size() && is_word(text_[at_])) ++at_;
}

// Too deep or too many: passes over a nested value without keeping it.
void JsonTree::skip_nested() {
  complete_ = false;
  int open = 0;
  do {
    const char c = peek();
    if (c == '"') {
      skip_string();
      continue;
    }
    open += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
    ++at_;
  } while (open > 0 && at_ < text_.size());
}

NodeId JsonTree::value(int depth) {
  const auto id = static_cast<NodeId>(nodes_.size());
  nodes_.emplace_back();
  const auto begin = static_cast<uint32_t>(at_);
  const char c = peek();
  Kind kind = Kind::null;
  if (c == '{' || c == '[') {
    kind = c == '{' ? Kind::object : Kind::array;
    nodes_[id].kind = kind;
    if (depth >= deepest || nodes_.size() >= max_nodes)
      skip_nested();
    else
      entries(id, depth);
  } else if (c == '"' || c == '\'') {
    kind = Kind::string;
    skip_string();
  } else {
    skip_word();
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (word == "true" || word == "false")
      kind = Kind::boolean;
    else if (!word.empty() && word != "null" && word != "undefined")
      kind = Kind::number;
  }
  nodes_[id].kind = kind;
  nodes_[id].span = {begin, static_cast<uint32_t>(std::min(at_, text_.size()))};
  return id;
}

// A key and its colon; false when the position is on something else.
bool JsonTree::key_of(Node& node) {
  const auto begin = static_cast<uint32_t>(at_);
  if (peek() == '"' || peek() == '\'')
    skip_string();
  else
    skip_word();
  node.key = {begin, static_cast<uint32_t>(std::min(at_, text_.size()))};
  gap();
  if (node.key.empty() || peek() != ':') return false;
  ++at_;
  gap();
  return true;
}

void JsonTree::entries(NodeId owner, int depth) {
  const bool object = nodes_[owner].kind == Kind::object;
  const char close = object ? '}' : ']';
  NodeId last = no_node;
  ++at_;
  for (gap(); at_ < text_.size() && peek() != close; gap()) {
    const size_t begin = at_;
    if (peek() == ',') {
      ++at_;
      continue;
    }
    if (nodes_.size() >= max_nodes) {
      skip_nested();
      continue;
    }
    Node node;
    if (!object || key_of(node)) {
      const size_t value_begin = at_;
      const NodeId id = value(depth + 1);
      nodes_[id].key = node.key;
      if (at_ > value_begin) {
        (last == no_node ? nodes_[owner].first : nodes_[last].next) = id;
        last = id;
        continue;
      }
      nodes_.pop_back();
    }
    // Not a value: on to the next comma, bracket or quote.
    if (at_ == begin) ++at_;
    while (at_ < text_.size() &&
           std::string_view(",{}[]\"\n").find(peek()) == std::string_view::npos)
      ++at_;
    const Span span{static_cast<uint32_t>(begin), static_cast<uint32_t>(at_)};
    if (!broken_.empty() && span.begin <= broken_.back().end + 1)
      broken_.back().end = span.end;
    else
      broken_.push_back(span);
    if (peek() == (object ? ']' : '}')) return;
  }
  if (peek() == close) ++at_;
}

std::string JsonTree::decoded(Span span) const {
  std::string_view raw = text_.substr(span.begin, span.size());
  if (raw.size() < 2 || (raw.front() != '"' && raw.front() != '\'')) return std::string(raw);
  raw = raw.substr(1, raw.size() - (raw.back() == raw.front() ? 2 : 1));
  std::string out;
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 >= raw.size()) {
      out += raw[i];
      continue;
    }
    const char c = raw[++i];
    if (c == 'u' && i + 4 < raw.size()) {
      append_utf8(out, hex(raw.substr(i + 1, 4)));
      i += 4;
    } else {
      out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
    }
  }
  return out;
}

std::string JsonTree::text(NodeId id) const {
  const Node& node = nodes_[id];
  if (node.kind == Kind::null) return {};
  return decoded(node.span);
}

NodeId JsonTree::find(NodeId object, std::string_view name) const {
  if (!is(object, Kind::object)) return no_node;
  for (NodeId id = nodes_[object].first; id != no_node; id = nodes_[id].next)
    if (nodes_[id].key.size() == name.size() + 2 && to_lower(key(id)) == to_lower(name)) return id;
  return no_node;
}

}  // namespace keyless::json
