#include "syntax/tree.h"

#include <algorithm>
#include <chrono>

#include "base/thread_clock.h"

namespace keyless {
namespace {

using Clock = ThreadClock;

struct ParserDelete {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};

bool past_deadline(TSParseState* state) {
  return Clock::now() > *static_cast<Clock::time_point*>(state->payload);
}

struct Input {
  std::string_view text;
  static const char* read(void* self, uint32_t at, TSPoint, uint32_t* count) {
    const auto text = static_cast<Input*>(self)->text;
    if (at >= text.size()) {
      *count = 0;
      return "";
    }
    *count = static_cast<uint32_t>(text.size() - at);
    return text.data() + at;
  }
};

}  // namespace

Node Node::field(std::string_view name) const {
  if (!*this) return {};
  return {ts_node_child_by_field_name(node_, name.data(), static_cast<uint32_t>(name.size())),
          text_};
}

Result<Tree> Tree::parse(const TSLanguage* language, std::string_view text) {
  return parse(language, text, {0, static_cast<uint32_t>(text.size())});
}

Result<Tree> Tree::parse(const TSLanguage* language, std::string_view text, Span part) {
  const std::unique_ptr<TSParser, ParserDelete> parser(ts_parser_new());
  if (!ts_parser_set_language(parser.get(), language))
    return fail("grammar does not fit the tree-sitter library");
  const TSRange range{{0, 0}, {UINT32_MAX, UINT32_MAX}, part.begin, part.end};
  if (part.size() < text.size()) ts_parser_set_included_ranges(parser.get(), &range, 1);
  const auto per_megabyte = std::chrono::milliseconds(part.size() / 1000);
  Clock::time_point deadline =
      Clock::now() + std::max<Clock::duration>(per_megabyte, std::chrono::milliseconds(250));
  TSParseOptions options{&deadline, past_deadline};
  Input input{text};
  const TSInput source{&input, Input::read, TSInputEncodingUTF8, nullptr};
  TSTree* tree = ts_parser_parse_with_options(parser.get(), nullptr, source, options);
  if (tree == nullptr)
    return fail(Diagnostic{Problem::lost_file, {}, 0, "not parsed within the deadline", {}});
  return Tree(tree, text);
}

std::vector<Span> errors_below(const Node& root) {
  constexpr size_t most_regions = 200;
  std::vector<Span> regions;
  if (!root.has_error()) return regions;
  std::vector<Node> open{root};
  while (!open.empty() && regions.size() < most_regions) {
    const Node node = open.back();
    open.pop_back();
    const size_t before = open.size();
    if (!node.is_error())
      node.each_child([&](const Node& child, std::string_view) {
        if (child.has_error()) open.push_back(child);
      });
    if (open.size() == before) regions.push_back(node.span());
  }
  return regions;
}

}  // namespace keyless
