// What a changed `.keyless.yaml` and changed rule files of the repository's own take from the check.
#include <algorithm>
#include <set>

#include "app/governance.h"
#include "app/run_rules.h"
#include "app/text_file.h"
#include "base/text.h"

namespace keyless {

namespace {

template <class Some>
bool contains(const std::vector<Some>& list, const Some& item) {
  return std::ranges::find(list, item) != list.end();
}

std::string text_of(const HostRow& row) {
  return row.host + " " + row.service + " " + row.cloud + " " + (row.azure ? "yes" : "no") + " " +
         row.scope + " " + std::to_string(static_cast<int>(row.entra)) + " " + row.reason;
}

std::string text_of(const WrapperInput& input) {
  return input.position < 0 ? input.name : std::to_string(input.position);
}

std::string text_of(const Wrapper& wrapper) {
  return wrapper.call + " " + text_of(wrapper.credential) + " " + text_of(wrapper.endpoint);
}

std::string text_of(const NodePair& pair) {
  return pair.first + " " + pair.second;
}

template <class Some>
std::set<std::string> texts_of(const std::vector<Some>& list) {
  std::set<std::string> texts;
  for (const Some& item : list) texts.insert(text_of(item));
  return texts;
}

// A rule file without what is only for people; "" when it is no YAML.
std::string meaning_of(const std::string& text, const std::string& path) {
  auto tree = parse_yaml(text, path);
  if (!tree) return {};
  constexpr std::string_view for_people[] = {"title",    "message",    "help", "references",
                                             "examples", "compliance", "fix"};
  std::erase_if(tree->fields, [&](const YamlField& field) {
    return std::ranges::find(for_people, field.name) != std::end(for_people);
  });
  const auto without_lines = [](auto&& self, YamlNode& node) -> void {
    node.line = 0;  // parse_yaml bounds the depth
    for (YamlNode& item : node.items) self(self, item);
    for (YamlField& field : node.fields) self(self, field.node);
  };
  without_lines(without_lines, *tree);
  return pack(*tree);
}

bool is_other(const std::string& text, const std::string& path) {
  const auto tree = parse_yaml(text, path);
  const YamlNode* role = tree ? tree->find("role") : nullptr;
  return role != nullptr && role->scalar == "other";
}

class Configurations {
 public:
  Configurations(const Sides& sides, const Configuration& before, const Configuration& after)
      : sides_(sides), before_(before), after_(after) {}

  std::vector<Change> run() {
    for (const std::string& glob : after_.exclude)
      if (!contains(before_.exclude, glob)) add("exclude-widened", glob, glob);
    for (const std::string& id : after_.rules_off)
      if (!contains(before_.rules_off, id)) add("rule-off", id, id);
    compare_severities();
    compare_exceptions();
    lost(names(before_.key_names), names(after_.key_names), "names.key");
    lost(names(before_.endpoint_names), names(after_.endpoint_names), "names.endpoint");
    lost(names(before_.rule_folders), names(after_.rule_folders), "rules.folders");
    lost(texts_of(before_.wrappers), texts_of(after_.wrappers), "wrappers");
    lost(texts_of(before_.same), texts_of(after_.same), "lineage.same");
    lost(texts_of(after_.separate), texts_of(before_.separate), "lineage.separate");
    compare_hosts();
    if (before_.root && !after_.root) add("configuration-weakened", "root", "root");
    compare_rule_files();
    return std::move(changes_);
  }

 private:
  static std::set<std::string> names(const std::vector<std::string>& list) {
    return {list.begin(), list.end()};
  }

  void add(std::string_view kind, std::string subject, std::string words, uint32_t line = 0) {
    changes_.push_back(
        {kind, sides_.configuration_path, line, {}, std::move(subject), std::move(words)});
  }

  // Something that one side has and the other lacks.
  void lost(const std::set<std::string>& had, const std::set<std::string>& has,
            const std::string& where) {
    for (const std::string& item : had)
      if (!has.contains(item)) add("configuration-weakened", where + " " + item, where);
  }

  [[nodiscard]] Severity severity_in(const Configuration& configuration,
                                     const std::string& id) const {
    if (const auto own = configuration.severity.find(id); own != configuration.severity.end())
      return own->second;
    const auto rule = std::ranges::find(sides_.rules.rules, id, &Rule::id);
    return rule == sides_.rules.rules.end() ? Severity::high : row_of(rule->category).severity;
  }

  void compare_severities() {
    std::set<std::string> ids;
    for (const auto* side : {&before_, &after_})
      for (const auto& [id, severity] : side->severity) ids.insert(id);
    for (const std::string& id : ids)
      if (severity_in(after_, id) < severity_in(before_, id)) add("severity-lowered", id, id);
  }

  // An exception may end earlier or be explained better; anything else is a new one.
  void compare_exceptions() {
    for (const Exception& exception : after_.exceptions) {
      const bool known = std::ranges::any_of(before_.exceptions, [&](const Exception& old) {
        return old.rule == exception.rule && old.path == exception.path &&
               exception.until <= old.until;
      });
      if (!known)
        add("exception-added", exception.rule + " " + exception.path,
            exception.rule + " in " + exception.path, exception.line);
    }
  }

  void compare_hosts() {
    lost(texts_of(before_.hosts), texts_of(after_.hosts), "hosts");
    const auto old = texts_of(before_.hosts);
    for (const HostRow& row : after_.hosts)
      if (!row.azure && !old.contains(text_of(row)))
        add("configuration-weakened", "hosts " + row.host, "hosts: " + row.host + " is not Azure");
  }

  void compare_rule_files() {
    for (const std::string& folder : before_.rule_folders) {
      const auto before = read_rule_files(sides_.before_files, folder);
      const auto after = read_rule_files(sides_.after_files, folder);
      if (!before) continue;
      std::set<std::string> known;
      for (const RuleFile& old : *before) {
        known.insert(old.path);
        const RuleFile* now = nullptr;
        if (after)
          for (const RuleFile& file : *after)
            if (file.path == old.path) now = &file;
        if (now == nullptr || meaning_of(now->text, now->path) != meaning_of(old.text, old.path))
          changes_.push_back({"configuration-weakened",
                              old.path,
                              0,
                              {},
                              "rule",
                              now == nullptr ? "the rule is gone" : "the rule is another"});
      }
      if (!after) continue;
      for (const RuleFile& file : *after)
        if (!known.contains(file.path) && is_other(file.text, file.path))
          changes_.push_back({"configuration-weakened",
                              file.path,
                              0,
                              {},
                              "rule",
                              "a new rule calls its matches another vendor's"});
    }
  }

  const Sides& sides_;
  const Configuration& before_;
  const Configuration& after_;
  std::vector<Change> changes_;
};

}  // namespace

std::vector<Change> configuration_changes(const Sides& sides) {
  std::vector<Change> changes;
  const std::string usual(configuration_file);
  const auto after_text = read_text_file(sides.after_files, usual);
  const auto before_text = read_text_file(sides.before_files, usual);
  // A root below the top exists only because its own file says so.
  const bool is_root = after_text && *after_text && declares_root(**after_text);
  const bool was_root = before_text && *before_text && declares_root(**before_text);
  if (sides.root.folder != sides.root.work_tree && is_root && !was_root)
    changes.push_back(
        {"configuration-weakened", usual, 0, {}, "root", "this folder becomes a root of its own"});
  if (sides.configuration_path.empty()) return changes;

  const auto text = read_text_file(sides.after_files, sides.configuration_path);
  Configuration after;
  if (text && *text) {
    auto parsed = parse_configuration(**text, sides.configuration_path);
    if (!parsed) {
      changes.push_back({"configuration-weakened",
                         sides.configuration_path,
                         parsed.error().line,
                         {},
                         "unreadable",
                         parsed.error().message});
      return changes;
    }
    after = std::move(*parsed);
  }
  for (Change& change : Configurations(sides, sides.configuration, after).run())
    changes.push_back(std::move(change));
  return changes;
}

}  // namespace keyless
