#include "syntax/python/names.h"

#include <algorithm>
#include <array>

#include "base/redacted.h"
#include "base/text.h"
#include "syntax/python/reads.h"
#include "syntax/python/strings.h"

namespace keyless::python {
namespace {

constexpr size_t longest_name = 400;
constexpr int longest_chain = 64;

bool is_key(std::string_view text) {
  return !text.empty() && text.size() <= 200 && std::all_of(text.begin(), text.end(), [](char c) {
    return is_alnum(c) || c == '_' || c == '-' || c == '.' || c == ' ';
  });
}

bool is_literal(const Node& node) {
  return node && (node.is("string") || node.is("concatenated_string"));
}

// The text a name begins with, when `node` is where a chain of attributes starts.
std::string root_name(const State& state, const Node& node) {
  if (!node.is("identifier")) return "?";
  const std::string_view name = node.text();
  return name == state.self_name ? "self" : std::string(name);
}

bool is_super(const Node& call) {
  const Node function = call.field("function");
  return function.is("identifier") && function.text() == "super";
}

// One step down a chain: what it appends (in reverse) and where it goes on.
Node step(const State& state, const Node& node, std::vector<std::string>& reversed,
          std::string& suffix) {
  if (node.is("attribute")) {
    reversed.push_back(std::string(node.field("attribute").text()) + suffix);
    suffix.clear();
    return node.field("object");
  }
  if (node.is("subscript")) {
    const auto key = key_text(state, node.field("subscript"));
    if (key && is_key(*key)) {
      reversed.push_back(*key + suffix);
      suffix.clear();
    }
    return node.field("value");
  }
  if (!node.is("call")) return {};
  if (const auto look = look_up(state, node)) {
    reversed.push_back(look->key + suffix);
    suffix.clear();
    return look->receiver;
  }
  const Node function = node.field("function");
  if (function.is("attribute") && suffix.empty())
    for (const std::string_view method : handing_on_methods())
      if (function.field("attribute").text() == method) return function.field("object");
  suffix = "()";
  return function;
}

}  // namespace

std::vector<Node> items(const Node& node) {
  std::vector<Node> found;
  each_item(node, [&](const Node& child) { found.push_back(child); });
  return found;
}

Node inner(Node node) {
  for (int i = 0; i < max_depth && node; ++i) {
    if (!node.is("parenthesized_expression") && !node.is("await") && !node.is("list_splat") &&
        !node.is("dictionary_splat") && !node.is("type"))
      return node;
    Node next;
    each_item(node, [&](const Node& child) {
      if (!next) next = child;
    });
    if (!next) return node;
    node = next;
  }
  return node;
}

std::string written_name(const State& state, const Node& start) {
  std::vector<std::string> reversed;
  std::string suffix;
  Node node = inner(start);
  for (int i = 0; i < longest_chain && node; ++i) {
    if (node.is("call") && is_super(node) && !state.class_bases.empty() &&
        !state.class_bases.back().empty()) {
      reversed.push_back(state.class_bases.back());
      node = Node();
      break;
    }
    const Node next = step(state, node, reversed, suffix);
    if (!next) break;
    node = inner(next);
  }
  if (node) reversed.push_back(root_name(state, node) + suffix);
  std::string name;
  for (auto part = reversed.rbegin(); part != reversed.rend() && name.size() < longest_name; ++part)
    name += (name.empty() ? "" : ".") + *part;
  return name;
}

std::string canonical(const State& state, std::string_view written) {
  for (size_t end = written.size(); end > 0; --end) {
    if (end < written.size() && written[end] != '.' && written[end] != '(') continue;
    const std::string_view head = written.substr(0, end);
    if (const auto alias = state.aliases.find(head); alias != state.aliases.end())
      return alias->second + std::string(written.substr(end));
    if (const auto import = state.imports.find(head); import != state.imports.end())
      return import->second.symbol + std::string(written.substr(end));
  }
  return std::string(written);
}

void remember(State& state, const std::string& written, std::string canonical_name) {
  if (written.empty() || written.front() == '?') return;
  if (canonical_name.empty())
    state.aliases.erase(written);
  else
    state.aliases[written] = std::move(canonical_name);
}

std::string type_name(std::string_view annotation) {
  // table: annotations that say the type of what they wrap
  static constexpr std::array wrapping{"Optional[", "Annotated[",   "ClassVar[", "Final[",
                                       "Required[", "NotRequired[", "Type[",     "type["};
  std::string_view text = trim(annotation);
  text = text.substr(0, text.find('('));
  for (int i = 0; i < 8 && !text.empty(); ++i) {
    if (text.size() > 1 && (text.front() == '"' || text.front() == '\'')) {
      text = trim(text.substr(1, text.size() - 2));
      continue;
    }
    if (text.starts_with("typing.")) text.remove_prefix(7);
    bool unwrapped = false;
    for (const std::string_view head : wrapping) {
      if (!text.starts_with(head)) continue;
      text.remove_prefix(head.size());
      const size_t end = std::min(text.find(','), text.rfind(']'));
      const bool nested = text.substr(0, end).find('[') != std::string_view::npos;
      text = trim(text.substr(0, nested ? text.rfind(']') : end));
      unwrapped = true;
      break;
    }
    if (unwrapped) continue;
    const size_t bar = text.find('|');
    if (bar == std::string_view::npos || text.substr(0, bar).find('[') != std::string_view::npos)
      break;
    const std::string_view left = trim(text.substr(0, bar));
    text = left == "None" ? trim(text.substr(bar + 1)) : left;
  }
  return std::string(text.substr(0, longest_name));
}

std::vector<Node> positional(const Node& call) {
  std::vector<Node> found;
  each_item(call.field("arguments"), [&](const Node& child) {
    if (!child.is("keyword_argument") && !child.is("list_splat") && !child.is("dictionary_splat"))
      found.push_back(child);
  });
  return found;
}

Node keyword(const Node& call, std::string_view name) {
  Node found;
  each_item(call.field("arguments"), [&](const Node& child) {
    if (child.is("keyword_argument") && child.field("name").text() == name)
      found = child.field("value");
  });
  return found;
}

std::optional<LookUp> look_up(const State& state, const Node& call) {
  const Node function = call.field("function");
  const std::vector<Node> arguments = positional(call);
  if (function.is("identifier") && function.text() == "getattr" && arguments.size() >= 2) {
    const auto key = key_text(state, arguments[1]);
    if (!key || !is_key(*key)) return std::nullopt;
    return LookUp{arguments[0], *key, arguments.size() > 2 ? arguments[2] : Node()};
  }
  if (!function.is("attribute") || arguments.empty() || arguments.size() > 2) return std::nullopt;
  const std::string_view method = function.field("attribute").text();
  if (method != "get" && method != "pop" && method != "setdefault") return std::nullopt;
  const auto key = key_text(state, arguments[0]);
  if (!key || !is_key(*key)) return std::nullopt;
  const Node receiver = function.field("object");
  if (receiver.is("identifier")) {
    const auto import = state.imports.find(receiver.text());
    if (import != state.imports.end() && import->second.is_module) return std::nullopt;
  }
  if (is_literal(receiver)) return std::nullopt;
  Node fallback = arguments.size() > 1 ? arguments[1] : Node();
  if (!fallback) fallback = keyword(call, "default");
  return LookUp{receiver, *key, fallback};
}

std::optional<std::string> key_text(const State& state, const Node& node) {
  if (!node) return std::nullopt;
  if (node.is("identifier") || node.is("attribute")) {
    std::string_view name = node.text();
    if (node.is("attribute") && name.ends_with(".value")) name.remove_suffix(6);
    const auto constant = state.constants.find(name);
    if (constant == state.constants.end()) return std::nullopt;
    return constant->second;
  }
  auto text = literal_text(node);
  if (text) *text = mask_keys(*text);
  return text;
}

}  // namespace keyless::python
