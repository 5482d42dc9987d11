// Commands of scripts: what they print is a key, a stored secret or what they were given.
#include "base/text.h"
#include "lineage/flow.h"
#include "match/command.h"

namespace keyless {

NodeId Flow::secret_node(uint32_t file, std::string_view name) {
  // A variable's value is not known: it names the same secret only within its file.
  if (name.starts_with('$')) return node(file, "vault", project_.files()[file].document.path, name);
  return vault_node(file, name);
}

NodeId Flow::command_node(uint32_t file, const Element& command) {
  const Document& d = project_.files()[file].document;
  const CommandRow* row = command_row(d, command, rules_.resources);
  if (row == nullptr) return none;
  const Where where{file, command.span};
  const std::string name = named_by(d, command, *row);
  if (row->gives == CommandGives::account_key) {
    const std::string program = join(row->run, " ");
    return node(file, "account", d.path, name.empty() ? program : name, where);
  }
  if (row->gives != CommandGives::vault_secret) return none;
  const NodeId read = place_node("read", file, name, command.span);
  if (!name.empty())
    connect(secret_node(file, name), read, {EdgeKind::binding, false, "secret of this name"},
            where);
  return read;
}

void Flow::flow_command(uint32_t file, const Element& command, NodeId target, const Step& step,
                        int depth) {
  if (const NodeId given = command_node(file, command); given != none) {
    connect(given, target, step, {file, command.span});
    return;
  }
  const CommandRow* row = command_row(project_.files()[file].document, command, rules_.resources);
  if (row == nullptr || row->gives != CommandGives::input) return;
  for (const Input& input : command.inputs)
    if (input.value != none) flow(file, command.scope, input.value, target, step, depth + 1);
}

}  // namespace keyless
