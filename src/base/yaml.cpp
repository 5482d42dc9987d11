#include "base/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <sstream>

namespace keyless {
namespace {

constexpr size_t deepest = 40;

// Builds the tree from events: the node API would lose duplicate keys and expand aliases.
class TreeHandler : public YAML::EventHandler {
 public:
  YamlNode root;
  std::string problem;
  uint32_t problem_line = 0;

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { place(node(mark)); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    report(mark, "aliases are not allowed here");
    place(node(mark));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    YamlNode scalar = node(mark);
    scalar.kind = YamlNode::Kind::scalar;
    scalar.quoted = tag == "!";
    scalar.scalar = value;
    if (!scalar.quoted && (value.empty() || value == "~" || value == "null"))
      scalar.kind = YamlNode::Kind::null;
    place(std::move(scalar));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open(mark, YamlNode::Kind::list);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    open(mark, YamlNode::Kind::map);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Level {
    YamlNode node;
    std::string key;
    bool has_key = false;
  };
  std::vector<Level> levels_;

  static YamlNode node(const YAML::Mark& mark) {
    YamlNode n;
    n.line = static_cast<uint32_t>(mark.line) + 1;
    return n;
  }

  void report(const YAML::Mark& mark, std::string text) {
    if (!problem.empty()) return;
    problem = std::move(text);
    problem_line = static_cast<uint32_t>(mark.line) + 1;
  }

  void open(const YAML::Mark& mark, YamlNode::Kind kind) {
    if (levels_.size() > deepest) report(mark, "nested too deeply");
    Level level;
    level.node = node(mark);
    level.node.kind = kind;
    levels_.push_back(std::move(level));
  }

  void close() {
    YamlNode done = std::move(levels_.back().node);
    levels_.pop_back();
    place(std::move(done));
  }

  void place(YamlNode child) {
    if (levels_.empty()) {
      root = std::move(child);
      return;
    }
    Level& top = levels_.back();
    if (top.node.kind == YamlNode::Kind::list) {
      top.node.items.push_back(std::move(child));
      return;
    }
    if (top.has_key) {
      top.has_key = false;
      top.node.fields.push_back({std::move(top.key), std::move(child)});
      return;
    }
    YAML::Mark at;
    at.line = static_cast<int>(child.line) - 1;
    if (!child.items.empty() || !child.fields.empty()) report(at, "a key must be plain text");
    if (top.node.find(child.scalar) != nullptr)
      report(at, "'" + child.scalar + "' stands here twice");
    top.key = std::move(child.scalar);
    top.has_key = true;
  }
};

}  // namespace

Result<YamlNode> parse_yaml(std::string_view text, std::string_view path) {
  const auto bad = [path](uint32_t line, std::string message) {
    return fail(Diagnostic{Problem::bad_input, std::string(path), line, std::move(message), {}});
  };
  try {
    std::istringstream in{std::string(text)};
    YAML::Parser parser(in);
    TreeHandler handler;
    parser.HandleNextDocument(handler);
    if (!handler.problem.empty()) return bad(handler.problem_line, handler.problem);
    return std::move(handler.root);
  } catch (const YAML::Exception& e) {
    return bad(static_cast<uint32_t>(e.mark.line) + 1, "not valid YAML: " + e.msg);
  }
}

namespace {

void put_number(std::string& bytes, size_t value) {
  for (; value >= 0x80U; value >>= 7U) bytes += static_cast<char>((value & 0x7FU) | 0x80U);
  bytes += static_cast<char>(value);
}

void put_text(std::string& bytes, std::string_view text) {
  put_number(bytes, text.size());
  bytes += text;
}

size_t take_number(std::string_view& bytes) {
  size_t value = 0;
  for (unsigned shift = 0; !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<size_t>(byte & 0x7FU) << shift;
    if (byte < 0x80U) break;
  }
  return value;
}

std::string take_text(std::string_view& bytes) {
  const size_t size = take_number(bytes);
  std::string text(bytes.substr(0, size));
  bytes.remove_prefix(std::min(size, bytes.size()));
  return text;
}

}  // namespace

std::string pack(const YamlNode& node) {
  std::string bytes;
  put_number(bytes, static_cast<size_t>(node.kind));
  put_number(bytes, node.quoted ? 1 : 0);
  put_number(bytes, node.line);
  put_text(bytes, node.scalar);
  put_number(bytes, node.items.size());
  for (const YamlNode& item : node.items) bytes += pack(item);
  put_number(bytes, node.fields.size());
  for (const auto& [key, value] : node.fields) {
    put_text(bytes, key);
    bytes += pack(value);
  }
  return bytes;
}

YamlNode unpack(std::string_view& bytes) {
  YamlNode node;
  node.kind = static_cast<YamlNode::Kind>(take_number(bytes));
  node.quoted = take_number(bytes) != 0;
  node.line = static_cast<uint32_t>(take_number(bytes));
  node.scalar = take_text(bytes);
  const size_t items = take_number(bytes);
  node.items.reserve(items);
  for (size_t i = 0; i < items; ++i) node.items.push_back(unpack(bytes));
  const size_t fields = take_number(bytes);
  node.fields.reserve(fields);
  for (size_t i = 0; i < fields; ++i) {
    std::string key = take_text(bytes);
    YamlNode value = unpack(bytes);
    node.fields.push_back({std::move(key), std::move(value)});
  }
  return node;
}

}  // namespace keyless
