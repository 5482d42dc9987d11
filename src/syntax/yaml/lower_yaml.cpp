#include "syntax/builder.h"
#include "syntax/lowering.h"
#include "syntax/yaml/entries.h"
#include "syntax/yaml/spanned_tree.h"
#include "syntax/yaml/workflow.h"

namespace keyless {

Document lower_yaml(const SourceFile& file) {
  Builder builder(file, "yaml");
  const SpannedTree tree = read_yaml(builder.text());
  for (const Span& span : tree.broken) builder.broken(span);
  if (tree.too_deep) builder.incomplete("YAML nested deeper than is read");
  for (const NodeId root : tree.roots) {
    const bool workflow = is_workflow(tree, root);
    const bool action = is_action(tree, root);
    if (workflow) lower_workflow(builder, tree, root);
    if (action) lower_action(builder, tree, root);
    lower_entries(builder, tree, root, workflow || action);
  }
  return builder.take();
}

}  // namespace keyless
