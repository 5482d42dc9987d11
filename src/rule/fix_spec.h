// FixSpec: what a rule says about its rewrite, as plain data; room fix has one function per edit.
// Comes only from rule/load_fix, which has checked it against the vocabulary.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace keyless {

// In deployment order.
enum class Stage : uint8_t { prepare, callers, cleanup, lock };
inline constexpr size_t stages_count = 4;

// Ordered: who wants `review` takes `safe` too; `manual` is reported, never written.
enum class Safety : uint8_t { safe, review, manual };

enum class EditKind : uint8_t {
  replace_input,
  remove_input,
  replace_value,
  add_input,
  replace_callee,
  wrap_inputs,
  replace_entry,
  remove_entry,
  move_entry,
  set_attribute,
  add_behind,
  refuse
};

struct EditSpec {
  EditKind kind = EditKind::replace_input;
  std::string target;  // input names, tried in order, separated by blanks; or "value"
  std::vector<std::pair<std::string, std::string>> with;  // name, code with $variables
  std::vector<std::string> callees;      // globs: only there; empty means everywhere
  std::vector<std::string> not_callees;  // globs: not there
  std::vector<std::string> not_beside;   // lower-case names: not in a map that has one of them
  // Entries: only inside these map entries or calls; the first `within` that fits decides.
  std::vector<std::string> within;
  std::vector<std::string> promises;      // callees whose result is awaited by whoever gets it
  std::vector<std::string> versions;      // package, from, below: only for these
  std::vector<std::string> not_versions;  // the same: for all others and unknown ones
};

struct DependencySpec {
  std::string name;
  std::string at_least;
};

struct FixSpec {
  Safety safety = Safety::review;
  std::optional<Stage> stage;  // nothing: that of the finding's category
  std::string reason;          // why it is manual, or what a person has to look at
  std::string scope;           // token scope of this API; "" = of the accounts' hosts
  std::vector<std::pair<std::string, std::string>> scopes;  // glob on a text of the call -> scope
  std::vector<std::string> not_with;    // globs on a text of the call: not there
  std::vector<std::string> not_used;    // globs on what the file calls or sets: not in such a file
  std::vector<std::string> async_when;  // globs on the callee: the provider must be awaitable
  // What the SDK does with its own variable when it is still set beside the token: ignored,
  // both-sent, wins or throws; its names; the inputs that undo it until the variable is gone.
  std::string leftover_key;
  std::vector<std::string> leftover_names;
  std::vector<std::pair<std::string, std::string>> transition;
  std::vector<EditSpec> edits;
  std::vector<DependencySpec> dependencies;
};

// table: words of rules, options and output
inline constexpr std::array<std::string_view, stages_count> stage_names{"prepare", "callers",
                                                                        "cleanup", "lock"};
inline constexpr std::array<std::string_view, 3> safety_names{"safe", "review", "manual"};

constexpr std::string_view to_string(Stage stage) {
  return stage_names[static_cast<size_t>(stage)];
}
constexpr std::string_view to_string(Safety safety) {
  return safety_names[static_cast<size_t>(safety)];
}

}  // namespace keyless
