#include "syntax/yaml/spanned_tree.h"

#include <algorithm>

#include "base/text.h"
#include "syntax/yaml/mask.h"
#include "syntax/yaml/parser.h"
#include "syntax/yaml/scalar.h"

namespace keyless {
namespace {

// After this many refused lines the rest of a document is given up.
constexpr size_t most_retries = 8;
constexpr size_t most_retried_bytes = size_t{8} << 20U;
constexpr size_t retry_cost = 4096;  // what the smallest retry counts
constexpr size_t most_documents = 10000;

size_t line_end(std::string_view text, size_t at) {
  return std::min(text.find('\n', at), text.size());
}

// Behind the document that begins at `at`: the next line that is a `---` separator.
size_t document_end(std::string_view text, size_t at) {
  for (size_t i = line_end(text, at); i < text.size(); i = line_end(text, i + 1)) {
    const std::string_view line = text.substr(i + 1, 4);
    if (line.starts_with("---") && (line.size() == 3 || is_space(line[3]))) return i + 1;
  }
  return text.size();
}

void append(SpannedTree& tree, ParsedDocument&& parsed) {
  const auto base = static_cast<NodeId>(tree.nodes.size());
  for (SpannedNode& node : parsed.nodes) {
    for (NodeId& child : node.children) child += base;
    if (node.target != no_node) node.target += base;
    tree.nodes.push_back(std::move(node));
  }
  for (const NodeId root : parsed.roots) tree.roots.push_back(root + base);
  tree.too_deep = tree.too_deep || parsed.too_deep;
  tree.aliases_cut = tree.aliases_cut || parsed.aliases_cut;
}

struct Patch {
  size_t begin = 0;
  std::string bytes;  // what stood there
};

// Makes the refused line harmless: an expression in it may be all that offends.
Patch patch_line(std::string& masked, size_t begin, size_t end) {
  Patch patch{begin, masked.substr(begin, end - begin)};
  bool expressions = false;
  for (size_t at = begin; (at = masked.find("${{", at)) < end;) {
    const size_t close = std::min(masked.find("}}", at), end);
    std::fill(masked.begin() + static_cast<ptrdiff_t>(at),
              masked.begin() + static_cast<ptrdiff_t>(std::min(close + 2, end)), 'x');
    expressions = true;
  }
  if (!expressions)
    std::fill(masked.begin() + static_cast<ptrdiff_t>(begin),
              masked.begin() + static_cast<ptrdiff_t>(end), ' ');
  return patch;
}

// Parses one document; a refused line is patched and the document tried again, so that what stands
// below it is not lost. The attempt that understood most wins.
void read_document(SpannedTree& tree, Span slice, size_t& retried) {
  ParsedDocument best = parse_document(tree.masked, slice);
  std::vector<Patch> patches;
  size_t kept = 0;  // patches that the best attempt saw
  auto error = best.error_line;
  while (error && patches.size() < most_retries && retried < most_retried_bytes) {
    retried += slice.size() + retry_cost;
    const size_t end = std::min<size_t>(line_end(tree.masked, *error), slice.end);
    patches.push_back(patch_line(tree.masked, *error, end));
    ParsedDocument next = parse_document(tree.masked, slice);
    error = next.error_line;
    if (error && next.nodes.size() <= best.nodes.size()) continue;
    best = std::move(next);
    kept = patches.size();
  }
  for (size_t i = patches.size(); i-- > kept;)
    tree.masked.replace(patches[i].begin, patches[i].bytes.size(), patches[i].bytes);
  for (size_t i = 0; i < kept; ++i)
    if (trim(std::string_view(tree.masked).substr(patches[i].begin, patches[i].bytes.size()))
            .empty())
      tree.broken.push_back(
          span_between(patches[i].begin, patches[i].begin + patches[i].bytes.size()));
  if (best.error_line) tree.broken.push_back(span_between(*best.error_line, slice.end));
  append(tree, std::move(best));
}

}  // namespace

NodeId SpannedTree::resolved(NodeId id) const {
  if (id == no_node || nodes[id].kind != NodeKind::alias) return id;
  return nodes[id].target;
}

std::optional<size_t> SpannedTree::index_of(NodeId map, std::string_view key) const {
  map = resolved(map);
  if (map == no_node || nodes[map].kind != NodeKind::map) return std::nullopt;
  const std::vector<NodeId>& children = nodes[map].children;
  for (size_t i = 0; i + 1 < children.size(); i += 2)
    if (nodes[children[i]].text == key) return i;
  return std::nullopt;
}

NodeId SpannedTree::find(NodeId map, std::string_view key) const {
  const auto index = index_of(map, key);
  return index ? nodes[resolved(map)].children[*index + 1] : no_node;
}

std::string_view SpannedTree::text_of(NodeId map, std::string_view key) const {
  const NodeId id = resolved(find(map, key));
  return id == no_node ? std::string_view{} : std::string_view(nodes[id].text);
}

MappedText SpannedTree::mapped(NodeId id) const {
  return decode_scalar(text, masked, nodes[id].span);
}

SpannedTree read_yaml(std::string_view text) {
  SpannedTree tree;
  tree.text = text;
  tree.masked = mask_yaml(text);
  size_t retried = 0;
  size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  for (size_t documents = 0; at < text.size(); ++documents) {
    const size_t end = document_end(tree.masked, at);
    if (documents == most_documents) {
      tree.broken.push_back(span_between(at, text.size()));
      break;
    }
    read_document(tree, span_between(at, end), retried);
    at = end;
  }
  return tree;
}

}  // namespace keyless
