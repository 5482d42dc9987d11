// Tree and Node: the only door to tree-sitter. Parses under a deadline and hands out nodes.
// Nodes are views into their Tree and must not outlive it; iteration is bounded by depth.
#pragma once

#include <tree_sitter/api.h>

#include <chrono>
#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/span.h"

namespace keyless {

// Deeper syntax than this is not walked; the file is reported as incomplete.
inline constexpr int max_depth = 200;

class Node {
 public:
  Node() = default;
  Node(TSNode node, std::string_view text) : node_(node), text_(text) {}

  explicit operator bool() const { return node_.id != nullptr && !ts_node_is_null(node_); }
  // A null node answers as an empty one: no kind, no children, the empty span.
  [[nodiscard]] std::string_view kind() const { return *this ? ts_node_type(node_) : ""; }
  [[nodiscard]] TSSymbol symbol() const { return *this ? ts_node_symbol(node_) : TSSymbol{0}; }
  [[nodiscard]] bool is(std::string_view name) const { return kind() == name; }
  [[nodiscard]] bool named() const { return *this && ts_node_is_named(node_); }
  [[nodiscard]] bool has_error() const { return *this && ts_node_has_error(node_); }
  [[nodiscard]] bool is_error() const { return *this && ts_node_is_error(node_); }
  [[nodiscard]] Span span() const {
    return *this ? Span{ts_node_start_byte(node_), ts_node_end_byte(node_)} : Span{};
  }
  [[nodiscard]] std::string_view text() const {
    const Span s = span();
    return text_.substr(s.begin, s.size());
  }
  [[nodiscard]] Node field(std::string_view name) const;
  [[nodiscard]] Node parent() const { return {ts_node_parent(node_), text_}; }
  [[nodiscard]] uint32_t named_count() const { return ts_node_named_child_count(node_); }
  [[nodiscard]] Node named_child(uint32_t i) const {
    return {ts_node_named_child(node_, i), text_};
  }
  // Children in source order through a cursor: linear also for wide nodes.
  template <class Visit>
  void each_child(Visit visit) const {
    if (!*this) return;
    TSTreeCursor cursor = ts_tree_cursor_new(node_);
    if (ts_tree_cursor_goto_first_child(&cursor)) {
      do {
        const char* name = ts_tree_cursor_current_field_name(&cursor);
        visit(Node(ts_tree_cursor_current_node(&cursor), text_),
              name == nullptr ? std::string_view{} : std::string_view(name));
      } while (ts_tree_cursor_goto_next_sibling(&cursor));
    }
    ts_tree_cursor_delete(&cursor);
  }
  // Asks for no field names: their price is the depth of the grammar's hidden nodes.
  template <class Visit>
  void each_named_child(Visit visit) const {
    if (!*this) return;
    TSTreeCursor cursor = ts_tree_cursor_new(node_);
    if (ts_tree_cursor_goto_first_child(&cursor)) {
      do {
        const Node child(ts_tree_cursor_current_node(&cursor), text_);
        if (child.named()) visit(child);
      } while (ts_tree_cursor_goto_next_sibling(&cursor));
    }
    ts_tree_cursor_delete(&cursor);
  }

 private:
  TSNode node_{};
  std::string_view text_;
};

class Tree {
 public:
  // `text` must outlive the tree. Fails when the deadline passes: 1 s of processor time per MB, at
  // least 250 ms.
  static Result<Tree> parse(const TSLanguage* language, std::string_view text);
  // Only `part` of the text is read, as if it were a file of its own; spans stay those of `text`.
  static Result<Tree> parse(const TSLanguage* language, std::string_view text, Span part);

  [[nodiscard]] Node root() const { return {ts_tree_root_node(tree_.get()), text_}; }

 private:
  struct Delete {
    void operator()(TSTree* tree) const { ts_tree_delete(tree); }
  };
  Tree(TSTree* tree, std::string_view text) : tree_(tree), text_(text) {}
  std::unique_ptr<TSTree, Delete> tree_;
  std::string_view text_;
};

// Regions with syntax errors below `root`, at most 200 of them; where only a token is missing, the
// innermost node that lacks it.
std::vector<Span> errors_below(const Node& root);

}  // namespace keyless
