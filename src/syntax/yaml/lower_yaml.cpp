#include "syntax/builder.h"
#include "syntax/lowering.h"
#include "syntax/yaml/compose.h"
#include "syntax/yaml/entries.h"
#include "syntax/yaml/settings_file.h"
#include "syntax/yaml/spanned_tree.h"
#include "syntax/yaml/workflow.h"

namespace keyless {
namespace {

// What the document is decides who reads it; every scalar is an entry besides.
void lower_document(Builder& builder, const SpannedTree& tree, NodeId root, std::string_view path) {
  EntryOptions options;
  if (is_workflow(tree, root)) {
    lower_workflow(builder, tree, root);
    options.scripts_apart = true;
  } else if (is_action(tree, root)) {
    lower_action(builder, tree, root);
    options.scripts_apart = true;
  } else if (is_compose(tree, root, path)) {
    lower_compose(builder, tree, root);
  } else if (makes_environment_files(tree, root)) {
    lower_environment_files(builder, tree, root);
  } else {
    options.references = true;
    options.settings = is_settings_file(tree, root, path);
  }
  lower_entries(builder, tree, root, options);
}

}  // namespace

Document lower_yaml(const SourceFile& file) {
  Builder builder(file, "yaml");
  const SpannedTree tree = read_yaml(builder.text());
  for (const Span& span : tree.broken) builder.broken(span);
  if (tree.too_deep) builder.incomplete("YAML nested deeper than is read");
  if (tree.aliases_cut) builder.incomplete("YAML aliases that stand for too much are not followed");
  for (const NodeId root : tree.roots) lower_document(builder, tree, root, file.path);
  return builder.take();
}

}  // namespace keyless
