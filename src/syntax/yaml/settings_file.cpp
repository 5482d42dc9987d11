#include "syntax/yaml/settings_file.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "syntax/yaml/settings.h"
#include "syntax/yaml/value_text.h"

namespace keyless {
namespace {

// table: names of settings files, without the extension
constexpr std::array setting_names{
    "application", "application-*", "bootstrap",   "bootstrap-*", "appsettings", "appsettings.*",
    "settings",    "settings.*",    "settings-*",  "*.settings",  "*_settings",  "*-settings",
    "config",      "config.*",      "config-*",    "config_*",    "*.config",    "*_config",
    "*-config",    "*config",       "secrets",     "secrets.*",   "*.secrets",   "credentials",
    "librechat",   "librechat.*",   "connection*", "*connection"};
constexpr std::array stages{"provision", "deploy", "publish"};

std::string stem(std::string_view path) {
  std::string name = to_lower(after_last(path, '/'));
  return name.substr(0, name.rfind('.'));
}

// Calls visit(step's `with`) for every step of a Teams toolkit file.
template <class Visit>
void each_step(const SpannedTree& tree, NodeId root, Visit visit) {
  for (const std::string_view stage : stages) {
    const NodeId steps = tree.resolved(tree.find(root, stage));
    if (steps == no_node || tree.at(steps).kind != NodeKind::sequence) continue;
    for (const NodeId step : tree.at(steps).children) visit(step, tree.find(step, "with"));
  }
}

}  // namespace

bool is_settings_file(const SpannedTree& tree, NodeId root, std::string_view path) {
  if (tree.index_of(root, "apiVersion") && tree.index_of(root, "kind")) return false;
  const std::string name = stem(path);
  return std::any_of(setting_names.begin(), setting_names.end(),
                     [&](std::string_view wildcard) { return wildcard_matches(wildcard, name); });
}

bool makes_environment_files(const SpannedTree& tree, NodeId root) {
  bool makes = false;
  each_step(tree, root, [&](NodeId, NodeId with) { makes = makes || tree.index_of(with, "envs"); });
  return makes;
}

void lower_environment_files(Builder& builder, const SpannedTree& tree, NodeId root) {
  each_step(tree, root, [&](NodeId step, NodeId with) {
    const size_t first = builder.document().elements.size();
    lower_settings(builder, tree, with, "envs",
                   {Container::yaml_settings, references_in_braces(), tree.text_of(step, "uses")});
    const std::string target = mask_keys(tree.text_of(with, "target"));
    const auto last = static_cast<ElementId>(builder.document().elements.size());
    for (auto id = static_cast<ElementId>(first); id < last; ++id)
      builder.element(id).member = target;
  });
}

}  // namespace keyless
