#include "app/configuration.h"

#include "app/configuration_shape.h"
#include "app/suggest.h"
#include "app/text_file.h"
#include "base/glob.h"
#include "base/text.h"
#include "base/yaml.h"

namespace keyless {

namespace {

// Readers of a file that check_shape has accepted: an absent key reads as empty.

const YamlNode& at(const YamlNode& node, std::string_view key) {
  static const YamlNode absent;
  const YamlNode* found = node.find(key);
  return found == nullptr ? absent : *found;
}

std::string text(const YamlNode& node, std::string_view key) {
  return at(node, key).scalar;
}

std::vector<std::string> texts(const YamlNode& node) {
  std::vector<std::string> all;
  all.reserve(node.items.size());
  for (const YamlNode& item : node.items) all.push_back(item.scalar);
  return all;
}

Severity severity_from(std::string_view word) {
  return word == "high" ? Severity::high : word == "medium" ? Severity::medium : Severity::low;
}

Result<WrapperInput> input(const YamlNode& node, const std::string& path) {
  WrapperInput input;
  bool digits = node.kind == YamlNode::Kind::scalar && !node.quoted;
  for (const char c : node.scalar) digits = digits && is_digit(c);
  if (!digits || node.scalar.empty()) {
    input.name = node.scalar;
  } else if (node.scalar.size() > 2) {
    return fail(Diagnostic{Problem::bad_input, path, node.line,
                           "no function has that many arguments", "count positions from 0"});
  } else {
    input.position = std::stoi(node.scalar);
  }
  return input;
}

std::vector<NodePair> pairs(const YamlNode& list) {
  std::vector<NodePair> all;
  all.reserve(list.items.size());
  for (const YamlNode& item : list.items)
    all.push_back({item.items[0].scalar, item.items[1].scalar, item.line});
  return all;
}

Result<void> read_wrappers(const YamlNode& list, Configuration& configuration) {
  for (const YamlNode& entry : list.items) {
    Wrapper wrapper;
    wrapper.call = text(entry, "call");
    wrapper.line = entry.line;
    auto credential = input(at(entry, "credential"), configuration.path);
    if (!credential) return fail(credential.error());
    wrapper.credential = *credential;
    auto endpoint = input(at(entry, "endpoint"), configuration.path);
    if (!endpoint) return fail(endpoint.error());
    wrapper.endpoint = *endpoint;
    configuration.wrappers.push_back(std::move(wrapper));
  }
  return {};
}

void read_rules(const YamlNode& rules, Configuration& configuration) {
  for (const YamlNode& item : at(rules, "off").items) {
    configuration.rules_off.push_back(item.scalar);
    configuration.rule_ids.emplace_back(item.scalar, item.line);
  }
  for (const auto& [id, severity] : at(rules, "severity").fields) {
    configuration.severity[id] = severity_from(severity.scalar);
    configuration.rule_ids.emplace_back(id, severity.line);
  }
  configuration.rule_folders = texts(at(rules, "folders"));
}

Result<void> check_glob(const YamlNode& node, const std::string& path) {
  const auto glob = Glob::parse(node.scalar);
  if (glob) return {};
  return fail(Diagnostic{Problem::bad_input, path, node.line, glob.error().message,
                         "a glob is written as in .gitignore"});
}

Result<void> read_exclude(const YamlNode& list, Configuration& configuration) {
  for (const YamlNode& item : list.items)
    if (auto checked = check_glob(item, configuration.path); !checked) return checked;
  configuration.exclude = texts(list);
  return {};
}

Result<void> read_exceptions(const YamlNode& list, Configuration& configuration) {
  for (const YamlNode& entry : list.items) {
    Exception exception{text(entry, "rule"),
                        text(entry, "path"),
                        text(entry, "until"),
                        text(entry, "owner"),
                        text(entry, "ticket"),
                        text(entry, "reason"),
                        entry.line};
    if (auto checked = check_glob(at(entry, "path"), configuration.path); !checked) return checked;
    configuration.rule_ids.emplace_back(exception.rule, at(entry, "rule").line);
    configuration.exceptions.push_back(std::move(exception));
  }
  return {};
}

}  // namespace

Result<Configuration> parse_configuration(std::string_view source, const std::string& path) {
  auto file = parse_yaml(source, path);
  if (!file) return fail(file.error());
  if (auto checked = check_shape(*file, path); !checked) return fail(checked.error());

  Configuration configuration;
  configuration.path = path;
  configuration.root = text(*file, "root") == "true";
  if (auto read = read_exclude(at(at(*file, "paths"), "exclude"), configuration); !read)
    return fail(read.error());
  read_rules(at(*file, "rules"), configuration);
  configuration.key_names = texts(at(at(*file, "names"), "key"));
  configuration.endpoint_names = texts(at(at(*file, "names"), "endpoint"));
  if (auto read = read_wrappers(at(*file, "wrappers"), configuration); !read)
    return fail(read.error());
  for (const YamlNode& row : at(*file, "hosts").items) {
    auto host = load_host(row, path);
    if (!host) return fail(host.error());
    configuration.hosts.push_back(*host);
  }
  configuration.separate = pairs(at(at(*file, "lineage"), "separate"));
  configuration.same = pairs(at(at(*file, "lineage"), "same"));
  if (auto read = read_exceptions(at(*file, "exceptions"), configuration); !read)
    return fail(read.error());
  for (const YamlNode& entry : at(*file, "consumers").items)
    configuration.consumers.push_back({text(entry, "account"), text(entry, "name"),
                                       text(entry, "owner"), text(entry, "reason"),
                                       text(entry, "until"), entry.line});
  return configuration;
}

Result<Configuration> load_configuration(const FileSystem& root) {
  auto text = read_text_file(root, std::string(configuration_file));
  if (!text) return fail(text.error());
  if (!text->has_value()) return Configuration{};
  return parse_configuration(**text, std::string(configuration_file));
}

Result<Configuration> load_configuration_file(const std::string& file) {
  auto text = read_given_file(file);
  if (!text) return fail(text.error());
  return parse_configuration(*text, file);
}

Result<void> check_rule_ids(const Configuration& configuration,
                            const std::set<std::string, std::less<>>& known) {
  for (const auto& [id, line] : configuration.rule_ids) {
    if (known.contains(id)) continue;
    const std::string near = nearest(id, {known.begin(), known.end()});
    return fail(Diagnostic{
        Problem::bad_input, configuration.path, line, "there is no rule '" + id + "'",
        near.empty() ? "`keyless rules list` names them all" : "did you mean '" + near + "'?"});
  }
  return {};
}

}  // namespace keyless
