#include "syntax/yaml/parser.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <map>
#include <sstream>

#include "base/text.h"
#include "syntax/yaml/scalar.h"

namespace keyless {
namespace {

class TreeMaker : public YAML::EventHandler {
 public:
  TreeMaker(std::string_view masked, Span slice, ParsedDocument& result)
      : masked_(masked.substr(0, slice.end)), base_(slice.begin), result_(result) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    anchors_.clear();
    const size_t at = offset(mark);
    stuck_ = started_ && at <= document_;
    started_ = true;
    document_ = at;
  }
  void OnDocumentEnd() override {}

  // A token that fits nowhere makes the parser begin the same empty document for ever.
  [[nodiscard]] bool stuck() const { return stuck_; }
  [[nodiscard]] size_t document() const { return document_; }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    // The mark of an absent value is that of the next token; a `~` stands where it says.
    const size_t at = skip_properties(masked_, offset(mark));
    const auto word = masked_.substr(at, 4);
    const bool written = word.starts_with('~') || to_lower(word) == "null";
    const size_t length = !written ? 0 : word.starts_with('~') ? 1 : 4;
    append(NodeKind::empty, span_between(at, at + length), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const size_t at = offset(mark);
    size_t end = at;
    while (end < masked_.size() && !is_space(masked_[end]) && masked_[end] != ',' &&
           masked_[end] != ']' && masked_[end] != '}')
      ++end;
    const NodeId id = append(NodeKind::alias, span_between(at, end), 0);
    const auto known = anchors_.find(anchor);
    if (id == no_node || known == anchors_.end() || costs_[known->second] == still_open) return;
    const size_t cost = costs_[known->second];
    if (cost > most_aliased - spent_) {
      result_.aliases_cut = true;
      return;
    }
    spent_ += cost;
    result_.nodes[id].target = known->second;
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const size_t at = skip_properties(masked_, offset(mark));
    const NodeId id = append(NodeKind::scalar, scalar_span(masked_, at, value), anchor);
    if (id == no_node) return;
    result_.nodes[id].text = value;
    if (tag.size() > 1) result_.nodes[id].tag = tag;
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    open(NodeKind::sequence, mark, tag, anchor, style);
  }
  void OnSequenceEnd() override { close(']'); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    open(NodeKind::map, mark, tag, anchor, style);
  }
  void OnMapEnd() override { close('}'); }

 private:
  [[nodiscard]] size_t offset(const YAML::Mark& mark) const {
    const auto at = base_ + static_cast<size_t>(std::max(mark.pos, 0));
    return std::min(at, masked_.size());
  }

  NodeId append(NodeKind kind, Span span, YAML::anchor_t anchor) {
    if (open_.size() > max_yaml_depth || skipped_ > 0) return no_node;
    const auto id = static_cast<NodeId>(result_.nodes.size());
    result_.nodes.emplace_back();
    result_.nodes.back().kind = kind;
    result_.nodes.back().span = span;
    if (open_.empty())
      result_.roots.push_back(id);
    else
      result_.nodes[open_.back()].children.push_back(id);
    if (anchor != 0) anchors_[anchor] = id;
    costs_.push_back(span.size() + 1);
    return id;
  }

  void open(NodeKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YAML::EmitterStyle::value style) {
    const size_t at = skip_properties(masked_, offset(mark));
    const NodeId id = append(kind, span_between(at, at), anchor);
    if (id == no_node) {
      ++skipped_;
      result_.too_deep = true;
      return;
    }
    result_.nodes[id].flow = style == YAML::EmitterStyle::Flow && at < masked_.size() &&
                             (masked_[at] == '{' || masked_[at] == '[');
    if (tag.size() > 1) result_.nodes[id].tag = tag;
    open_.push_back(id);
    spent_before_.push_back(spent_);
    costs_[id] = still_open;
  }

  void close(char bracket) {
    if (skipped_ > 0) {
      --skipped_;
      return;
    }
    if (open_.empty()) return;
    const NodeId id = open_.back();
    open_.pop_back();
    finish(result_.nodes[id], bracket);
    costs_[id] = result_.nodes[id].span.size() + 1 + spent_ - spent_before_.back();
    spent_before_.pop_back();
  }

  void finish(SpannedNode& node, char bracket) const {
    if (!node.children.empty()) {
      if (!node.flow) node.span.begin = result_.nodes[node.children.front()].span.begin;
      node.span.end = std::max(node.span.begin, result_.nodes[node.children.back()].span.end);
    }
    if (!node.flow) return;
    const size_t end = masked_.find(bracket, std::max(node.span.end, node.span.begin + 1));
    if (end != std::string_view::npos) node.span.end = static_cast<uint32_t>(end + 1);
  }

  std::string_view masked_;
  size_t base_;
  bool started_ = false;
  bool stuck_ = false;
  size_t document_ = 0;  // where the current one begins
  ParsedDocument& result_;
  std::vector<NodeId> open_;
  size_t skipped_ = 0;
  std::map<YAML::anchor_t, NodeId> anchors_;

  static constexpr size_t most_aliased = size_t{1} << 20U;  // bytes that all aliases stand for
  static constexpr size_t still_open = SIZE_MAX;
  std::vector<size_t> costs_;         // per node: its bytes and those of the aliases inside
  std::vector<size_t> spent_before_;  // spent_ when each open container began
  size_t spent_ = 0;
};

}  // namespace

ParsedDocument parse_document(std::string_view masked, Span slice) {
  ParsedDocument result;
  TreeMaker maker(masked, slice, result);
  const auto line_of = [&](size_t at) {
    at = std::min<size_t>(at, slice.end);
    const size_t before = at == 0 ? std::string_view::npos : masked.rfind('\n', at - 1);
    const bool first = before == std::string_view::npos || before < slice.begin;
    return first ? size_t{slice.begin} : before + 1;
  };
  std::istringstream stream{std::string(masked.substr(slice.begin, slice.size()))};
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(maker) && !maker.stuck()) {
    }
    if (maker.stuck()) result.error_line = line_of(maker.document());
  } catch (const YAML::Exception& error) {
    result.error_line = line_of(slice.begin + static_cast<size_t>(std::max(error.mark.pos, 0)));
  } catch (const std::exception&) {
    result.error_line = slice.begin;
  }
  return result;
}

}  // namespace keyless
