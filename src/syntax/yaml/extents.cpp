#include "syntax/yaml/extents.h"

#include <algorithm>

#include "base/text.h"

namespace keyless {
namespace {

size_t line_start(std::string_view text, size_t at) {
  const size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return before == std::string_view::npos ? 0 : before + 1;
}

// Something other than indentation stands before `at` on its line.
bool follows_dash(std::string_view text, size_t at) {
  while (at > 0 && text[at - 1] == ' ') --at;
  return at > 0 && text[at - 1] != '\n';
}

bool is_only(const SpannedNode& container) {
  return container.children.size() == (container.kind == NodeKind::map ? 2U : 1U);
}

}  // namespace

Span entry_span(const SpannedTree& tree, NodeId key, NodeId value) {
  const Span name = tree.at(key).span;
  const SpannedNode& node = tree.at(value);
  if (node.span.begin > name.end && !node.span.empty())
    return {name.begin, std::max(name.end, node.span.end)};
  size_t colon = name.end;
  while (colon < tree.masked.size() && (tree.masked[colon] == ' ' || tree.masked[colon] == '\t'))
    ++colon;
  const bool found = colon < tree.masked.size() && tree.masked[colon] == ':';
  return {name.begin, found ? static_cast<uint32_t>(colon + 1) : name.end};
}

Extent entry_extent(const Builder& builder, const SpannedTree& tree, NodeId id, size_t index,
                    std::optional<Span> parent) {
  const SpannedNode& container = tree.at(id);
  const NodeId first = container.children[index];
  const bool map = container.kind == NodeKind::map;
  const Span span =
      map ? entry_span(tree, first, container.children[index + 1]) : tree.at(first).span;
  Extent extent;
  const size_t next = index + (map ? 2 : 1);
  if (container.flow) {
    extent = separated_extent(builder.text(), span, {container.span.begin + 1, container.span.end});
  } else if (map && next < container.children.size() && follows_dash(tree.masked, span.begin)) {
    // `- key: value` with more keys below: the next key moves behind the dash.
    extent.span = {span.begin, tree.at(container.children[next]).span.begin};
  } else {
    extent = builder.line_extent(span, map ? tree.at(first).text : std::string(), "#");
  }
  if (is_only(container)) extent.parent = parent;
  return extent;
}

Span line_part(std::string_view text, Span span, Span inside) {
  const std::string_view whole = text.substr(span.begin, span.size());
  if (whole.find('\n') == std::string_view::npos) return span;
  const size_t at =
      inside.begin >= span.begin && inside.begin < span.end ? inside.begin : span.begin;
  const size_t start = std::max<size_t>(line_start(text, at), span.begin);
  size_t begin = start;
  while (begin < at && is_space(text[begin])) ++begin;
  const size_t end = std::min<size_t>(text.find('\n', begin), span.end);
  return span_between(begin, end > begin && text[end - 1] == '\r' ? end - 1 : end);
}

}  // namespace keyless
