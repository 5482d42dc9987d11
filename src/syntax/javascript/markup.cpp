#include <algorithm>
#include <string>

#include "base/text.h"
#include "syntax/grammars.h"
#include "syntax/javascript/walk.h"
#include "syntax/lowering.h"

namespace keyless {
namespace {

// A text of the same length in which only code is left: everything else is blank, lines stay.
class CodeOnly {
 public:
  explicit CodeOnly(std::string_view text) : text_(text), code_(text) {
    for (char& c : code_)
      if (c != '\n' && c != '\r') c = ' ';
  }

  // The block between `---` lines at the top of an Astro file.
  void keep_front_matter() {
    const size_t begin = text_.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos || !text_.substr(begin).starts_with("---")) return;
    const size_t end = text_.find("\n---", begin + 3);
    if (end != std::string_view::npos) keep(begin + 3, end + 1);
  }

  void keep_scripts() {
    size_t at = 0;
    while (true) {
      const size_t open = find("<script", at);
      if (open == std::string_view::npos) return;
      const size_t begin = text_.find('>', open);
      if (begin == std::string_view::npos) return;
      const size_t end = std::min(find("</script", begin), text_.size());
      if (is_code(text_.substr(open, begin - open))) keep(begin + 1, end);
      at = end;
    }
  }

  [[nodiscard]] const std::string& code() const { return code_; }

 private:
  // Data blocks (JSON, templates) are no code; modules and languages are.
  static bool is_code(std::string_view tag) {
    return !contains_ignoring_case(tag, "json") && !contains_ignoring_case(tag, "text/x-") &&
           !contains_ignoring_case(tag, "template");
  }

  [[nodiscard]] size_t find(std::string_view lowered, size_t at) const {
    for (; at + lowered.size() <= text_.size(); ++at) {
      at = text_.find('<', at);
      if (at == std::string_view::npos) return at;
      if (to_lower(text_.substr(at, lowered.size())) == lowered) return at;
    }
    return std::string_view::npos;
  }

  void keep(size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) code_[i] = text_[i];
    // What stands in the last line before the end tag ends a statement.
    if (end < code_.size() && code_[end] == ' ') code_[end] = ';';
  }

  std::string_view text_;
  std::string code_;
};

}  // namespace

Document lower_markup(const SourceFile& file) {
  Builder builder(file, "typescript");
  CodeOnly only(file.text);
  only.keep_front_matter();
  only.keep_scripts();
  const Result<Tree> tree = Tree::parse(tree_sitter_typescript(), only.code());
  if (!tree) {
    builder.lost(tree.error());
    return builder.take();
  }
  javascript::Walk(builder, tree_sitter_typescript()).file(tree->root());
  Document document = builder.take();
  document.broken = errors_below(tree->root());
  return document;
}

}  // namespace keyless
