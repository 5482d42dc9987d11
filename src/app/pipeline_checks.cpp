#include "app/pipeline_checks.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include "app/pipeline_files.h"
#include "base/text.h"
#include "base/yaml.h"

namespace keyless {

namespace {

using Names = std::initializer_list<std::string_view>;

// table: keys whose value is what a step runs
constexpr std::array<std::string_view, 14> command_keys{
    "run",  "script", "bash", "sh",       "pwsh",       "powershell",   "uses",
    "task", "entry",  "id",   "template", "repository", "inlineScript", "args"};
// table: keys of a step that change nothing about it
constexpr std::array<std::string_view, 13> plain_step_keys{
    "name",    "displayName",     "artifacts",        "cache",         "tags",
    "stage",   "timeout-minutes", "timeoutInMinutes", "interruptible", "coverage",
    "timeout", "retry",           "log_file"};
// table: keys of what stands around a step that decide whether and how it runs
constexpr std::array<std::string_view, 31> guard_keys{"if",
                                                      "needs",
                                                      "continue-on-error",
                                                      "continueOnError",
                                                      "allow_failure",
                                                      "condition",
                                                      "when",
                                                      "rules",
                                                      "only",
                                                      "except",
                                                      "enabled",
                                                      "strategy",
                                                      "container",
                                                      "defaults",
                                                      "dependsOn",
                                                      "uses",
                                                      "extends",
                                                      "on",
                                                      "pr",
                                                      "workflow",
                                                      "default",
                                                      "exclude",
                                                      "files",
                                                      "default_stages",
                                                      "ci",
                                                      "repo",
                                                      "before_script",
                                                      "inherit",
                                                      "skip",
                                                      "default_install_hook_types",
                                                      "cancelled"};
// table: guards whose absence lets a step run
constexpr std::array<std::string_view, 6> hindrances{
    "if", "continue-on-error", "continueOnError", "allow_failure", "condition", "enabled"};
// table: options that only shape what is printed, and whether they take a value
constexpr std::array<std::pair<std::string_view, bool>, 11> plain_options{
    {{"--format", true},
     {"--output", true},
     {"--color", true},
     {"--threads", true},
     {"--sarif-profile", true},
     {"--root-id", true},
     {"--quiet", false},
     {"--verbose", false},
     {"--no-progress", false},
     {"--leads", false},
     {"--no-prefilter", false}}};
constexpr std::array<std::string_view, 13> plain_inputs{
    "format",  "output", "color", "threads", "sarif-profile", "root-id", "quiet",
    "verbose", "leads",  "sarif", "token",   "sarif-file",    "summary"};
// table: events of `on` that pull requests come by
constexpr std::array<std::string_view, 4> events{"pull_request", "pull_request_target",
                                                 "merge_group", "workflow_call"};
// table: variables that decide which program runs
constexpr std::array<std::string_view, 7> dangerous{"PATH",     "BASH_ENV", "ENV",   "LD_PRELOAD",
                                                    "KEYLESS*", "GIT_*",    "SHELL*"};
// table: what lets an earlier step change what a later one runs
constexpr std::array<std::string_view, 6> reaches_later{"keyless",     "GITHUB_PATH", "GITHUB_ENV",
                                                        "setvariable", "PATH=",       "alias "};

template <class Table>
bool in(const Table& table, std::string_view word) {
  return std::ranges::find(table, word) != table.end();
}

// Maps sorted by key, so that two spellings of one thing are one text.
std::string text_of(const YamlNode& node) {
  std::string text;
  if (node.kind == YamlNode::Kind::scalar) return node.scalar;
  for (const YamlNode& item : node.items) text += "[" + text_of(item) + "]";
  std::map<std::string, std::string> fields;
  for (const YamlField& field : node.fields) fields[field.name] = text_of(field.node);
  for (const auto& [name, value] : fields) text += "{" + name + ":" + value + "}";
  return text;
}

// Versions and checksums, which are compared by themselves, as one word each.
std::string without_versions(std::string_view word) {
  std::string text;
  for (size_t at = 0; at < word.size();) {
    size_t end = at;
    while (end < word.size() && (is_alnum(word[end]) || word[end] == '.')) ++end;
    const std::string_view part = word.substr(at, end - at);
    constexpr size_t commit_digits = 40;
    const std::string_view digits =
        part.starts_with('v') || part.starts_with('V') ? part.substr(1) : part;
    const bool number = !digits.empty() && is_digit(digits.front()) &&
                        digits.find_first_not_of("0123456789.") == std::string_view::npos &&
                        (digits.find('.') != std::string_view::npos || digits.size() < part.size());
    const bool hash = part.size() >= commit_digits &&
                      part.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    text += number || hash ? std::string_view("VERSION") : part;
    if (end < word.size()) text += word[end++];
    at = end;
  }
  return text;
}

int level_of(std::string_view word) {
  return word == "low" ? 0 : word == "high" ? 2 : word == "never" ? 3 : 1;
}

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : line) {
    if (!is_space(c)) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

// One line of a script; what it says about the gate goes into the check.
std::string command_line(std::string_view line, PipelineCheck& check) {
  const std::vector<std::string> words = words_of(line);
  std::vector<std::string> kept;
  const bool ours = speaks_of_keyless(line);
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i].starts_with('#')) break;
    const std::string name = words[i].substr(0, words[i].find('='));
    const bool joined = name.size() < words[i].size();
    std::string value = joined ? words[i].substr(name.size() + 1)
                               : (i + 1 < words.size() ? words[i + 1] : std::string());
    const auto plain = std::ranges::find(plain_options, std::string_view(name),
                                         &std::pair<std::string_view, bool>::first);
    if (ours && plain != plain_options.end()) {
      if (plain->second && !joined) ++i;
    } else if (ours && (name == "--fail-on" || name == "--min-coverage")) {
      if (name == "--fail-on")
        check.fail_on = level_of(value);
      else
        check.min_coverage = std::strtod(value.c_str(), nullptr);
      if (!joined) ++i;
    } else {
      kept.push_back(ours ? without_versions(words[i]) : words[i]);
    }
  }
  return join(kept, " ");
}

std::string command_of(const YamlNode& node, PipelineCheck& check) {
  std::string text;
  if (node.kind == YamlNode::Kind::scalar) {
    for (const std::string_view line : split(node.scalar, '\n'))
      if (const std::string words = command_line(line, check); !words.empty()) text += words + "\n";
    return text;
  }
  for (const YamlNode& item : node.items) text += command_of(item, check);
  for (const YamlField& field : node.fields)
    text += field.name + ":" + command_of(field.node, check);
  return text;
}

bool runs_keyless(const YamlNode& node) {
  if (node.kind == YamlNode::Kind::scalar) return speaks_of_keyless(node.scalar);
  return node.kind == YamlNode::Kind::list &&
         std::ranges::any_of(node.items, [](const YamlNode& item) {
           return item.kind == YamlNode::Kind::scalar && speaks_of_keyless(item.scalar);
         });
}

bool is_check(const YamlNode& map) {
  return std::ranges::any_of(map.fields, [](const YamlField& field) {
    return in(command_keys, field.name) && runs_keyless(field.node);
  });
}

// Of a map of variables those that decide which program runs.
std::string dangerous_of(const YamlNode& node) {
  std::string text;
  for (const YamlField& field : node.fields)
    if (std::ranges::any_of(dangerous, [&](std::string_view pattern) {
          return wildcard_matches(pattern, field.name);
        }))
      text += "{" + field.name + ":" + text_of(field.node) + "}";
  for (const YamlNode& item : node.items) text += dangerous_of(item);
  return text;
}

// The events of `on` that pull requests come by, in whichever of its three forms.
std::string events_of(const YamlNode& node) {
  std::map<std::string, std::string> found;
  const auto add = [&](const std::string& name, const std::string& value) {
    if (in(events, name)) found[name] = value;
  };
  if (node.kind == YamlNode::Kind::scalar) add(node.scalar, {});
  for (const YamlNode& item : node.items) add(item.scalar, {});
  for (const YamlField& field : node.fields) add(field.name, text_of(field.node));
  std::string text;
  for (const auto& [name, value] : found) text += name + "(" + value + ")";
  return text;
}

void set_guard(PipelineCheck& check, const std::string& name, std::string value) {
  if (!value.empty() && value != "false") check.guards[name] = std::move(value);
}

void guard_around(const YamlNode& map, size_t depth, PipelineCheck& check) {
  for (const YamlField& field : map.fields) {
    const std::string name = std::to_string(depth) + "." + field.name;
    if (field.name == "on" || field.name == "true")
      set_guard(check, name, events_of(field.node));
    else if (field.name == "env" || field.name == "variables")
      set_guard(check, name, dangerous_of(field.node));
    else if (in(guard_keys, field.name))
      set_guard(check, name, text_of(field.node));
  }
}

void guard_step(const YamlNode& map, PipelineCheck& check) {
  // The name of a repository says where a template comes from; that of a step says nothing.
  const bool source = std::ranges::any_of(
      map.fields, [](const YamlField& field) { return field.name == "repository"; });
  for (const YamlField& field : map.fields) {
    if (in(plain_step_keys, field.name) && !(source && field.name == "name")) continue;
    const bool own_id = field.name == "id" && !speaks_of_keyless(field.node.scalar);
    if (own_id) continue;
    if (in(command_keys, field.name)) {
      check.command += field.name + ": " + command_of(field.node, check);
      continue;
    }
    if (field.name != "with" && field.name != "inputs") {
      set_guard(check, "step." + field.name, without_versions(text_of(field.node)));
      continue;
    }
    for (const YamlField& input : field.node.fields) {
      if (in(plain_inputs, input.name)) continue;
      if (input.name == "fail-on")
        check.fail_on = level_of(input.node.scalar);
      else if (input.name == "min-coverage")
        check.min_coverage = std::strtod(input.node.scalar.c_str(), nullptr);
      else
        set_guard(check, "with." + input.name, without_versions(text_of(input.node)));
    }
  }
}

// What an earlier step of a list could do to what a later one runs; "" when nothing.
std::string reach_of(const YamlNode& step) {
  std::string text;
  PipelineCheck unused;
  for (const YamlField& field : step.fields)
    if (in(command_keys, field.name) && field.name != "id") text += command_of(field.node, unused);
  const bool reaches = std::ranges::any_of(
      reaches_later, [&](std::string_view part) { return contains_ignoring_case(text, part); });
  return reaches ? text : std::string();
}

// Finds the checks below a node; the depth of a YamlNode is bounded by its reader.
class CheckFinder {
 public:
  CheckFinder(const std::string& path, std::vector<PipelineCheck>& found)
      : path_(path), found_(found) {}

  void visit(const YamlNode& node) {
    if (node.kind == YamlNode::Kind::map && around_.empty()) add_included(node);
    if (node.kind == YamlNode::Kind::map && is_check(node)) add(node);
    if (node.kind == YamlNode::Kind::map) around_.push_back(&node);
    std::string before = before_;
    for (const YamlNode& item : node.items) {
      before_ = before;
      visit(item);
      before += reach_of(item);
    }
    before_ = std::move(before);
    for (const YamlField& field : node.fields)
      if (!(field.name == "include" && around_.size() == 1)) visit(field.node);
    if (node.kind == YamlNode::Kind::map) around_.pop_back();
  }

 private:
  void add(const YamlNode& map) {
    PipelineCheck check;
    check.path = path_;
    check.line = map.line;
    for (size_t depth = 0; depth < around_.size(); ++depth)
      guard_around(*around_[depth], depth, check);
    guard_step(map, check);
    set_guard(check, "steps before", before_);
    found_.push_back(std::move(check));
  }

  // GitLab takes whole jobs from other files; what this file says of a job of that name comes on top.
  void add_included(const YamlNode& root) {
    const auto include =
        std::ranges::find(root.fields, std::string_view("include"), &YamlField::name);
    if (include == root.fields.end()) return;
    const YamlNode& what = include->node;
    const auto add_one = [&](const YamlNode& one) {
      const std::string text = text_of(one);
      if (!speaks_of_keyless(text)) return;
      PipelineCheck check;
      check.path = path_;
      check.line = one.line;
      check.command = "include: " + without_versions(text);
      guard_around(root, 0, check);
      for (const YamlField& field : root.fields)
        if (speaks_of_keyless(field.name))
          set_guard(check, "job." + field.name, text_of(field.node));
      found_.push_back(std::move(check));
    };
    if (what.kind == YamlNode::Kind::list)
      for (const YamlNode& one : what.items) add_one(one);
    else
      add_one(what);
  }

  const std::string& path_;
  std::vector<PipelineCheck>& found_;
  std::vector<const YamlNode*> around_;
  std::string before_;  // of the lists around
};

}  // namespace

std::vector<PipelineCheck> pipeline_checks(const std::string& path, std::string_view text) {
  std::vector<PipelineCheck> found;
  // A pipeline of that size is made to be slow to read: then it has no step that anyone can see.
  constexpr size_t most_bytes = 1U << 20U;
  if (text.size() > most_bytes || !speaks_of_keyless(text)) return found;
  const auto tree = parse_yaml(text, path);
  if (tree) CheckFinder(path, found).visit(*tree);
  return found;
}

std::string weaker(const PipelineCheck& before, const PipelineCheck& after) {
  if (before.command != after.command) return "what it runs is changed";
  if (after.fail_on > before.fail_on) return "--fail-on is weaker";
  if (after.min_coverage < before.min_coverage) return "--min-coverage is lower";
  for (const auto& [name, value] : before.guards) {
    const auto found = after.guards.find(name);
    const bool gone = found == after.guards.end();
    if (gone && in(hindrances, after_last(name, '.'))) continue;
    if (gone || found->second != value)
      return "`" + std::string(after_last(name, '.')) + "` is changed";
  }
  for (const auto& [name, value] : after.guards)
    if (!before.guards.contains(name))
      return "`" + std::string(after_last(name, '.')) + "` is added";
  return {};
}

}  // namespace keyless
