#include "rule/load.h"

#include <algorithm>

#include "base/text.h"
#include "rule/embedded.h"
#include "rule/fields.h"
#include "rule/load_fix.h"
#include "rule/load_match.h"

namespace keyless {
namespace {

std::string_view stem(std::string_view path) {
  std::string_view name = after_last(path, '/');
  if (name.ends_with(".yaml")) name.remove_suffix(5);
  return name;
}

void read_category(Rule& rule, Fields& fields) {
  const YamlNode* node = fields.node("category");
  const auto category_of = [&](const YamlNode& value) {
    const auto category = category_from(value.scalar);
    if (!category) fields.bad(value.line, "'" + value.scalar + "' is no category");
    return category.value_or(Category::client_key);
  };
  if (node == nullptr) {
    fields.bad(0, "needs 'category'");
  } else if (node->kind == YamlNode::Kind::map) {
    for (const auto& [name, value] : node->fields) {
      const auto container = container_from(name);
      if (!container)
        fields.bad(value.line, "'" + name + "' is no container of settings");
      else
        rule.category_by_container.emplace_back(*container, category_of(value));
    }
    if (!rule.category_by_container.empty())
      rule.category = rule.category_by_container.front().second;
  } else {
    rule.category = category_of(*node);
  }
}

void read_role(Rule& rule, Fields& fields) {
  const std::string role = fields.text("role");
  if (role == "source")
    rule.role = Role::source;
  else if (role == "carrier")
    rule.role = Role::carrier;
  else if (role == "other")
    rule.role = Role::other_sink;
  else if (!role.empty() && role != "sink")
    fields.bad(0, "'role' must be sink, source, carrier or other");
}

void read_examples(Rule& rule, Fields& fields, std::string_view path) {
  const YamlNode* list = fields.node("examples");
  if (list == nullptr || list->items.empty()) {
    fields.bad(0, "needs 'examples'", "at least one bad and one ok");
    return;
  }
  for (const YamlNode& item : list->items) {
    Fields f(item, path, "an example");
    Example example;
    example.bad = item.find("bad") != nullptr;
    example.file = f.text("file");
    example.text = f.text(example.bad ? "bad" : "ok");
    example.good = f.text("good");
    example.files = f.pairs("files");
    example.besides = f.texts("besides");
    if (auto problem = f.finish()) fields.bad(problem->line, problem->message, problem->mend);
    rule.examples.push_back(std::move(example));
  }
}

}  // namespace

Result<Rule> load_rule(const YamlNode& file, std::string_view path, RuleOrigin origin) {
  Fields fields(file, path, "a rule");
  Rule rule;
  rule.source = path;
  rule.id = fields.text("id");
  if (rule.id != stem(path))
    fields.bad(file.line, "'id' must be the file's name: " + std::string(stem(path)));
  read_category(rule, fields);
  rule.title = fields.text("title");
  rule.message = fields.text("message");
  rule.help = fields.text("help");
  rule.references = fields.texts("references");
  rule.compliance = fields.texts("compliance");
  rule.languages = fields.texts("languages");
  rule.service = fields.text("service");
  rule.cannot_migrate = fields.text("cannot_migrate");
  rule.anchors = fields.texts("anchors");
  if (rule.title.empty() || rule.message.empty() || rule.languages.empty())
    fields.bad(file.line, "needs 'title', 'message' and 'languages'");
  read_role(rule, fields);
  if (origin == RuleOrigin::file) read_examples(rule, fields, path);
  if (const YamlNode* node = fields.node("match")) {
    auto match = load_match(*node, path, origin == RuleOrigin::file);
    if (!match) return fail(match.error());
    rule.match = std::move(*match);
  } else {
    fields.bad(file.line, "needs 'match'");
  }
  if (const YamlNode* node = fields.node("where")) {
    auto where = load_constraints(*node, path);
    if (!where) return fail(where.error());
    rule.where = std::move(*where);
  }
  if (const YamlNode* node = fields.node("evidence")) {
    auto evidence = load_evidence(*node, path);
    if (!evidence) return fail(evidence.error());
    rule.evidence = std::move(*evidence);
  }
  if (const YamlNode* node = fields.node("fix")) {
    auto fix = load_fix(*node, path);
    if (!fix) return fail(fix.error());
    rule.fix = std::move(*fix);
  }
  if (auto problem = fields.finish()) {
    if (problem->line == 0) problem->line = file.line;
    return fail(*problem);
  }
  return rule;
}

namespace {

struct RuleTree {
  std::string path;
  YamlNode tree;
};

void sort_and_check(RuleSet& set, std::vector<Diagnostic>& problems) {
  std::sort(set.rules.begin(), set.rules.end(),
            [](const Rule& a, const Rule& b) { return a.id < b.id; });
  for (size_t i = 1; i < set.rules.size(); ++i)
    if (set.rules[i].id == set.rules[i - 1].id)
      problems.push_back({Problem::bad_input, set.rules[i].source, 1,
                          "a rule '" + set.rules[i].id + "' exists already", "choose another id"});
}

void add_trees(RuleSet& set, const std::vector<RuleTree>& trees, RuleOrigin origin,
               std::vector<Diagnostic>& problems) {
  for (const RuleTree& file : trees) {
    if (stem(file.path).starts_with("_")) continue;
    auto rule = load_rule(file.tree, file.path, origin);
    if (rule)
      set.rules.push_back(std::move(*rule));
    else
      problems.push_back(rule.error());
  }
  sort_and_check(set, problems);
}

std::vector<RuleTree> parse_all(const std::vector<RuleFile>& files,
                                std::vector<Diagnostic>& problems) {
  std::vector<RuleTree> trees;
  for (const RuleFile& file : files) {
    auto tree = parse_yaml(file.text, file.path);
    if (tree)
      trees.push_back({file.path, std::move(*tree)});
    else
      problems.push_back(tree.error());
  }
  return trees;
}

RuleSet load_trees(const std::vector<RuleTree>& trees, RuleOrigin origin,
                   std::vector<Diagnostic>& problems) {
  RuleSet set;
  int tables = 0;
  const auto table = [&](const RuleTree& file, std::string_view name, auto& into, auto load) {
    if (after_last(file.path, '/') != name) return;
    ++tables;
    auto loaded = load(file.tree, file.path);
    if (loaded)
      into = std::move(*loaded);
    else
      problems.push_back(loaded.error());
  };
  for (const RuleTree& file : trees) {
    table(file, "_names.yaml", set.names, Names::load);
    table(file, "_hosts.yaml", set.hosts, Hosts::load);
    table(file, "_resources.yaml", set.resources, Resources::load);
    table(file, "_templates.yaml", set.templates, Templates::load);
    table(file, "_infrastructure.yaml", set.infrastructure, Infrastructure::load);
  }
  if (tables != 5)
    problems.push_back({Problem::bad_input,
                        {},
                        0,
                        "a rule table is missing",
                        "needed: _names.yaml, _hosts.yaml, _resources.yaml, _templates.yaml, "
                        "_infrastructure.yaml"});
  add_trees(set, trees, origin, problems);
  return set;
}

}  // namespace

std::vector<Diagnostic> add_rules(RuleSet& set, const std::vector<RuleFile>& files) {
  std::vector<Diagnostic> problems;
  const auto trees = parse_all(files, problems);
  add_trees(set, trees, RuleOrigin::file, problems);
  return problems;
}

tl::expected<RuleSet, std::vector<Diagnostic>> load_rules(const std::vector<RuleFile>& files) {
  std::vector<Diagnostic> problems;
  const auto trees = parse_all(files, problems);
  RuleSet set = load_trees(trees, RuleOrigin::file, problems);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return set;
}

tl::expected<RuleSet, std::vector<Diagnostic>> load_embedded_rules(bool with_examples) {
  if (with_examples) {
    std::vector<RuleFile> files;
    for (const EmbeddedFile& file : embedded_rules())
      files.push_back({"rules/" + std::string(file.path), std::string(file.text)});
    return load_rules(files);
  }
  std::vector<RuleTree> trees;
  for (std::string_view bytes = packed_rules(); !bytes.empty();) {
    YamlNode entry = unpack(bytes);
    trees.push_back({entry.fields.front().name, std::move(entry.fields.front().node)});
  }
  std::vector<Diagnostic> problems;
  RuleSet set = load_trees(trees, RuleOrigin::packed, problems);
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return set;
}

}  // namespace keyless
