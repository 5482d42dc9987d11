#include "rule/load_fix.h"

#include <algorithm>

#include "rule/fields.h"

namespace keyless {
namespace {

// table: one row per edit
constexpr std::array<EditRow, 12> rows{{
    {"replace_input", EditKind::replace_input,
     "the input of that name goes; `with` says what stands in its place"},
    {"remove_input", EditKind::remove_input, "the input of that name goes, with its separator"},
    {"replace_value", EditKind::replace_value, "the captured value becomes `with: {value: code}`"},
    {"add_input", EditKind::add_input, "a named input is added to the call, unless it is there"},
    {"replace_callee", EditKind::replace_callee, "the callee becomes another of the same module"},
    {"wrap_inputs", EditKind::wrap_inputs,
     "all inputs become those of `with: {name: module.Class}`, an input of the call"},
    {"replace_entry", EditKind::replace_entry, "the header pair becomes `with: {entry: code}`"},
    {"remove_entry", EditKind::remove_entry, "the setting goes, when nothing reads it any more"},
    {"move_entry", EditKind::move_entry,
     "the header goes, and the client that keeps it is given `with: {name: code}`"},
    {"set_attribute", EditKind::set_attribute, "the attribute of the resource is set"},
    {"add_behind", EditKind::add_behind, "statements behind the one that makes the client"},
    {"refuse", EditKind::refuse, "nothing is rewritten there, for this reason"},
}};

template <class Enum, size_t N>
std::optional<Enum> word_of(const std::array<std::string_view, N>& names, std::string_view word) {
  const auto it = std::find(names.begin(), names.end(), word);
  if (it == names.end()) return std::nullopt;
  return static_cast<Enum>(it - names.begin());
}

EditSpec load_edit(const YamlNode& node, std::string_view path, Fields& outer) {
  Fields fields(node, path, "an edit");
  EditSpec edit;
  bool known = false;
  for (const EditRow& row : rows) {
    const YamlNode* target = fields.node(row.name);
    if (target == nullptr) continue;
    known = true;
    edit.kind = row.kind;
    if (target->kind == YamlNode::Kind::scalar) edit.target = target->scalar;
    // `remove_entry: setting` and `set_attribute: {path: value}` read as in the rule format.
    if (target->kind == YamlNode::Kind::map) edit.with = fields.pairs(row.name);
  }
  if (!known) fields.bad(node.line, "an edit needs one of: replace_input, remove_input, ...");
  if (fields.node("with") != nullptr) edit.with = fields.pairs("with");
  edit.callees = fields.texts("for");
  edit.not_callees = fields.texts("not_for");
  edit.not_beside = fields.texts("not_beside");
  edit.within = fields.texts("within");
  edit.promises = fields.texts("promises");
  edit.versions = fields.texts("versions");
  edit.not_versions = fields.texts("not_versions");
  for (const auto* range : {&edit.versions, &edit.not_versions})
    if (!range->empty() && range->size() != 3)
      fields.bad(node.line, "a range of versions is written [package, from, below]");
  if (const auto problem = fields.finish())
    outer.bad(problem->line, problem->message, problem->mend);
  return edit;
}

}  // namespace

std::span<const EditRow> edit_rows() {
  return rows;
}

Result<FixSpec> load_fix(const YamlNode& node, std::string_view path) {
  Fields fields(node, path, "a fix");
  FixSpec fix;
  const std::string safety = fields.text("safety");
  if (const auto word = word_of<Safety>(safety_names, safety))
    fix.safety = *word;
  else
    fields.bad(node.line, "'safety' must be safe, review or manual");
  if (const std::string stage = fields.text("stage"); !stage.empty()) {
    fix.stage = word_of<Stage>(stage_names, stage);
    if (!fix.stage) fields.bad(node.line, "'stage' must be prepare, callers, cleanup or lock");
  }
  fix.reason = fields.text("reason");
  if (fix.safety == Safety::manual && fix.reason.empty())
    fields.bad(node.line, "a manual fix needs a 'reason'");
  fix.scope = fields.text("scope");
  fix.scopes = fields.pairs("scopes");
  fix.not_with = fields.texts("not_with");
  fix.not_used = fields.texts("not_used");
  fix.async_when = fields.texts("async_when");
  fix.leftover_key = fields.text("leftover_key");
  constexpr std::array<std::string_view, 5> effects{"", "ignored", "both-sent", "wins", "throws"};
  if (std::find(effects.begin(), effects.end(), fix.leftover_key) == effects.end())
    fields.bad(node.line, "'leftover_key' must be ignored, both-sent, wins or throws");
  fix.leftover_names = fields.texts("leftover_names");
  if (fields.node("transition") != nullptr) fix.transition = fields.pairs("transition");
  if (const YamlNode* edits = fields.node("edits"))
    for (const YamlNode& edit : edits->items) fix.edits.push_back(load_edit(edit, path, fields));
  if (const YamlNode* needs = fields.node("needs")) {
    for (const YamlNode& need : needs->items) {
      Fields f(need, path, "a need");
      fix.dependencies.push_back({f.text("dependency"), f.text("at_least")});
      if (const auto problem = f.finish())
        fields.bad(problem->line, problem->message, problem->mend);
    }
  }
  if (const auto problem = fields.finish()) return fail(*problem);
  return fix;
}

}  // namespace keyless
