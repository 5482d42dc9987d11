// lower_json: settings files, ARM templates, parameter files; of other JSON its scalars by path.
#include "base/redacted.h"
#include "base/text.h"
#include "syntax/json/arm_template.h"
#include "syntax/json/files.h"
#include "syntax/json/parameter_file.h"
#include "syntax/json/values.h"
#include "syntax/lowering.h"

namespace keyless {
namespace {

using json::FileUse;
using json::JsonTree;
using json::Kind;
using json::no_node;
using json::NodeId;

constexpr size_t max_entries = 20000;

// Where the walk stands: the path of entries, the path of settings, the settings' group.
struct Place {
  std::string entry;    // "a.b[2].c"
  std::string setting;  // "a:b:2:c"
  bool settings = false;
  bool environment = false;  // the entries of this object are environment variables
  uint32_t group = none;
};

class Entries {
 public:
  Entries(Builder& builder, const JsonTree& tree, FileUse kind)
      : builder_(builder), tree_(tree), kind_(kind) {}

  void run() {
    Place place;
    place.settings = kind_ == FileUse::settings || kind_ == FileUse::functions;
    walk(tree_.root(), place);
    if (count_ > max_entries) builder_.incomplete("only the first 20,000 values are read");
  }

 private:
  // The depth is bounded by the tree's.
  void walk(NodeId node, const Place& place);
  void scalar(NodeId node, const Place& place);
  Place below(NodeId parent, NodeId child, size_t index, const Place& place) const;

  Builder& builder_;
  const JsonTree& tree_;
  FileUse kind_;
  size_t count_ = 0;
};

Place Entries::below(NodeId parent, NodeId child, size_t index, const Place& place) const {
  Place next;
  next.settings = place.settings;
  next.group = place.group;
  if (tree_.is(parent, Kind::array)) {
    const std::string number = std::to_string(index);
    next.entry = place.entry + "[" + number + "]";
    next.setting = place.setting.empty() ? number : place.setting + ":" + number;
    return next;
  }
  // A key of a map may itself be a secret.
  const std::string key = mask_keys(tree_.key(child));
  next.entry = place.entry.empty() ? key : place.entry + "." + key;
  const bool bare = place.environment || place.setting.empty();
  next.setting = bare ? key : place.setting + ":" + key;
  next.environment = json::is_environment_key(key) ||
                     (kind_ == FileUse::functions && place.entry.empty() && key == "Values");
  return next;
}

void Entries::walk(NodeId node, const Place& place) {
  if (node == no_node || count_ > max_entries) return;
  const bool nested = tree_.is(node, Kind::object) || tree_.is(node, Kind::array);
  if (!nested) return scalar(node, place);
  Place here = place;
  if (here.settings && tree_.is(node, Kind::object))
    here.group = builder_.named(ValueKind::map, tree_.at(node).span, {});
  size_t index = 0;
  for (NodeId child = tree_.at(node).first; child != no_node; child = tree_.at(child).next)
    walk(child, below(node, child, index++, here));
}

void Entries::scalar(NodeId node, const Place& place) {
  if (++count_ > max_entries) return;
  Element element;
  element.kind = ElementKind::entry;
  element.name = place.entry;
  element.name_span = tree_.at(node).key;
  element.span = tree_.entry_span(node);
  const std::string_view text = builder_.text();
  element.extent = separated_extent(text, element.span, {0, static_cast<uint32_t>(text.size())});
  if (tree_.is(node, Kind::null))
    element.value = builder_.named(ValueKind::empty, tree_.at(node).span, {});
  else if (tree_.is(node, Kind::string))
    element.value = json::settings_text(builder_, tree_.at(node).span, tree_.text(node));
  else
    element.value = builder_.literal(tree_.at(node).span, tree_.text(node));
  builder_.add(element);
  const bool sayable = tree_.is(node, Kind::string) || tree_.is(node, Kind::number);
  if (!place.settings || !sayable || element.name_span.empty()) return;
  element.kind = ElementKind::setting;
  element.container = Container::json_settings;
  element.name = place.setting;
  element.group = place.group;
  builder_.add(std::move(element));
}

}  // namespace

Document lower_json(const SourceFile& file) {
  Builder builder(file, "json");
  FileUse kind = json::file_use(file.path);
  if (kind == FileUse::skipped) return builder.take();
  const JsonTree tree(file.text);
  for (const Span& span : tree.broken()) builder.broken(span);
  if (!tree.complete())
    builder.incomplete("too deep or too large: a part of the values is not read");
  const NodeId root = tree.root();
  // The settings of a functions host, whatever the sample or template is called.
  if (tree.find(root, "IsEncrypted") != no_node) kind = FileUse::functions;
  const bool parameters =
      kind == FileUse::parameters && tree.is(tree.find(root, "parameters"), Kind::object);
  if (json::is_arm_template(tree, root))
    json::ArmTemplate(builder, tree, root).run();
  else if (parameters || json::is_parameter_file(tree, root))
    json::lower_parameter_file(builder, tree, root);
  else if (kind == FileUse::tfvars)
    json::lower_tfvars(builder, tree, root);
  else
    Entries(builder, tree, kind).run();
  return builder.take();
}

}  // namespace keyless
