#include "syntax/grammars.h"
#include "syntax/javascript/walk.h"
#include "syntax/lowering.h"

namespace keyless {
namespace {

Document lower(const SourceFile& file, const TSLanguage* language, std::string_view name) {
  Builder builder(file, name);
  const Result<Tree> tree = Tree::parse(language, file.text);
  if (!tree) {
    builder.lost(tree.error());
    return builder.take();
  }
  javascript::Walk(builder, language).file(tree->root());
  Document document = builder.take();
  document.broken = errors_below(tree->root());
  return document;
}

}  // namespace

Document lower_javascript(const SourceFile& file) {
  return lower(file, tree_sitter_javascript(), "javascript");
}

Document lower_typescript(const SourceFile& file) {
  return lower(file, tree_sitter_typescript(), "typescript");
}

Document lower_tsx(const SourceFile& file) {
  return lower(file, tree_sitter_tsx(), "tsx");
}

}  // namespace keyless
