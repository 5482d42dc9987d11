#include "app/configuration_shape.h"

#include <array>
#include <optional>

#include "app/suggest.h"
#include "base/text.h"

namespace keyless {

namespace {

constexpr bool required = true;
constexpr bool optional = false;
constexpr std::string_view severities = "high medium low";

// table: one row per key, nested maps first
constexpr std::array<ShapeField, 1> paths_fields{{
    {"exclude",
     ShapeKind::texts,
     optional,
     "globs of paths that are not read, root-relative",
     {},
     {}},
}};
constexpr std::array<ShapeField, 3> rules_fields{{
    {"off", ShapeKind::texts, optional, "ids of rules that are switched off", {}, {}},
    {"severity", ShapeKind::choices, optional, "severity by rule id", severities, {}},
    {"folders",
     ShapeKind::texts,
     optional,
     "folders with rule files of your own, root-relative",
     {},
     {}},
}};
constexpr std::array<ShapeField, 2> names_fields{{
    {"key", ShapeKind::texts, optional, "names of settings that always hold a key", {}, {}},
    {"endpoint",
     ShapeKind::texts,
     optional,
     "names of settings that hold an Azure endpoint",
     {},
     {}},
}};
constexpr std::array<ShapeField, 3> wrapper_fields{{
    {"call", ShapeKind::text, required, "the function or class: acme.llm.client", {}, {}},
    {"credential",
     ShapeKind::input,
     required,
     "the argument that takes the key: position or name",
     {},
     {}},
    {"endpoint", ShapeKind::input, optional, "the argument that takes the endpoint", {}, {}},
}};
constexpr std::array<ShapeField, 7> host_fields{{
    {"host", ShapeKind::text, required, "host glob: '*.openai.example.com'", {}, {}},
    {"azure", ShapeKind::choice, required, "is it an Azure AI account's host?", "yes no", {}},
    {"service", ShapeKind::text, optional, "the service, or the vendor where azure is no", {}, {}},
    {"cloud", ShapeKind::text, optional, "public, china, usgov", {}, {}},
    {"scope", ShapeKind::text, optional, "the token scope", {}, {}},
    {"entra", ShapeKind::choice, optional, "does it accept Entra tokens?", "yes subdomain no", {}},
    {"reason", ShapeKind::text, optional, "reason code where it does not", {}, {}},
}};
constexpr std::array<ShapeField, 2> lineage_fields{{
    {"separate",
     ShapeKind::pairs,
     optional,
     "joins to cut: [[space:scope:name, space:scope:name]]",
     {},
     {}},
    {"same", ShapeKind::pairs, optional, "joins to force", {}, {}},
}};
constexpr std::array<ShapeField, 6> exception_fields{{
    {"rule", ShapeKind::text, required, "rule id", {}, {}},
    {"path", ShapeKind::text, required, "glob of paths, root-relative", {}, {}},
    {"until", ShapeKind::date, required, "the last day it holds", {}, {}},
    {"owner", ShapeKind::text, required, "who answers for it", {}, {}},
    {"ticket", ShapeKind::text, required, "where the work is tracked", {}, {}},
    {"reason", ShapeKind::text, required, "why the finding may stay", {}, {}},
}};
constexpr std::array<ShapeField, 5> consumer_fields{{
    {"account", ShapeKind::text, required, "the account's node or resource name", {}, {}},
    {"name", ShapeKind::text, required, "what uses it", {}, {}},
    {"owner", ShapeKind::text, required, "who answers for it", {}, {}},
    {"reason", ShapeKind::text, required, "why it is not visible here", {}, {}},
    {"until", ShapeKind::date, required, "the last day this entry holds", {}, {}},
}};
constexpr std::array<ShapeField, 10> top_fields{{
    {"version", ShapeKind::version, required, "version of this format", {}, {}},
    {"root", ShapeKind::boolean, optional, "this folder is a root, whatever Git says", {}, {}},
    {"paths", ShapeKind::object, optional, "what is read", {}, paths_fields},
    {"rules", ShapeKind::object, optional, "which rules apply, and how strictly", {}, rules_fields},
    {"names", ShapeKind::object, optional, "your own names of settings", {}, names_fields},
    {"wrappers",
     ShapeKind::objects,
     optional,
     "your own functions around the SDKs",
     {},
     wrapper_fields},
    {"hosts",
     ShapeKind::objects,
     optional,
     "your own hosts; they come before the built-in ones",
     {},
     host_fields},
    {"lineage", ShapeKind::object, optional, "joins that the scan gets wrong", {}, lineage_fields},
    {"exceptions",
     ShapeKind::objects,
     optional,
     "findings that may stay for a while",
     {},
     exception_fields},
    {"consumers",
     ShapeKind::objects,
     optional,
     "the ledger of consumers outside",
     {},
     consumer_fields},
}};

std::vector<std::string> names_of(std::span<const ShapeField> fields) {
  std::vector<std::string> names;
  for (const ShapeField& field : fields) names.emplace_back(field.name);
  return names;
}

std::vector<std::string> words_of(std::string_view words) {
  std::vector<std::string> all;
  for (const std::string_view word : split(words, ' ')) all.emplace_back(word);
  return all;
}

// Checks one file; the depth of the recursion is the depth of the table.
class ShapeCheck {
 public:
  explicit ShapeCheck(const std::string& path) : path_(path) {}

  Result<void> object(const YamlNode& node, std::span<const ShapeField> fields,
                      const std::string& where) {
    if (node.kind != YamlNode::Kind::map)
      return bad(node, where + " must be a map", "its keys are " + join(names_of(fields), ", "));
    for (const auto& [key, value] : node.fields) {
      const ShapeField* field = find(fields, key);
      if (field == nullptr)
        return bad(value, "unknown key '" + key + "' in " + where, mend_of_unknown(key, fields));
      if (auto checked = check(value, *field, "'" + key + "'"); !checked) return checked;
    }
    for (const ShapeField& field : fields)
      if (field.required && node.find(field.name) == nullptr)
        return bad(node, where + " lacks the key '" + std::string(field.name) + "'",
                   "add " + std::string(field.name) + ": " + std::string(field.doc));
    return {};
  }

 private:
  static const ShapeField* find(std::span<const ShapeField> fields, std::string_view name) {
    for (const ShapeField& field : fields)
      if (field.name == name) return &field;
    return nullptr;
  }

  static std::string mend_of_unknown(const std::string& key, std::span<const ShapeField> fields) {
    const std::vector<std::string> names = names_of(fields);
    const std::string near = nearest(key, names);
    return near.empty() ? "the keys here are " + join(names, ", ") : "did you mean '" + near + "'?";
  }

  Result<void> check(const YamlNode& node, const ShapeField& field, const std::string& where) {
    switch (field.kind) {
      case ShapeKind::version:
        return expect(node, is_plain(node) && node.scalar == "1", where + " must be 1",
                      "write version: 1");
      case ShapeKind::boolean:
        return expect(node, is_plain(node) && (node.scalar == "true" || node.scalar == "false"),
                      where + " must be true or false", "without quotes");
      case ShapeKind::text:
        return text(node, where);
      case ShapeKind::date:
        return expect(node, is_text(node) && is_date(node.scalar), where + " must be a date",
                      "write it as 2027-03-31");
      case ShapeKind::choice:
        return choice(node, field.words, where);
      case ShapeKind::input:
        return text(node, where);
      case ShapeKind::texts:
        return each(node, where,
                    [&](const YamlNode& item) { return text(item, "each of " + where); });
      case ShapeKind::choices:
        return choices(node, field.words, where);
      case ShapeKind::pairs:
        return each(node, where, [&](const YamlNode& item) { return pair(item, where); });
      case ShapeKind::object:
        return object(node, field.fields, where);
      case ShapeKind::objects:
        return each(node, where, [&](const YamlNode& item) {
          return object(item, field.fields, "an entry of " + where);
        });
    }
    return {};
  }

  template <class Check>
  Result<void> each(const YamlNode& node, const std::string& where, const Check& check_item) {
    if (node.kind != YamlNode::Kind::list)
      return bad(node, where + " must be a list", "start each entry on its own line with '- '");
    for (const YamlNode& item : node.items)
      if (auto checked = check_item(item); !checked) return checked;
    return {};
  }

  Result<void> text(const YamlNode& node, const std::string& where) {
    return expect(node, is_text(node) && !trim(node.scalar).empty(), where + " must be a text",
                  "write it in quotes");
  }

  Result<void> choice(const YamlNode& node, std::string_view words, const std::string& where) {
    bool known = false;
    for (const std::string& word : words_of(words)) known = known || word == node.scalar;
    return expect(node, is_text(node) && known, where + " must be one of its words",
                  "the words are " + join(words_of(words), ", "));
  }

  Result<void> choices(const YamlNode& node, std::string_view words, const std::string& where) {
    if (node.kind != YamlNode::Kind::map)
      return bad(node, where + " must be a map", "write rule-id: " + words_of(words)[0]);
    for (const auto& [key, value] : node.fields)
      if (auto checked = choice(value, words, "'" + key + "'"); !checked) return checked;
    return {};
  }

  Result<void> pair(const YamlNode& node, const std::string& where) {
    bool good = node.kind == YamlNode::Kind::list && node.items.size() == 2;
    for (const YamlNode& item : node.items)
      good = good && is_text(item) && split(item.scalar, ':').size() >= 3;
    return expect(node, good,
                  "each of " + where + " must be two nodes, [space:scope:name, space:scope:name]",
                  "`keyless lineage` prints the nodes");
  }

  static bool is_text(const YamlNode& node) { return node.kind == YamlNode::Kind::scalar; }
  static bool is_plain(const YamlNode& node) { return is_text(node) && !node.quoted; }

  Result<void> expect(const YamlNode& node, bool good, std::string message, std::string mend) {
    if (good) return {};
    return bad(node, std::move(message), std::move(mend));
  }

  Result<void> bad(const YamlNode& node, std::string message, std::string mend) {
    return fail(
        Diagnostic{Problem::bad_input, path_, node.line, std::move(message), std::move(mend)});
  }

  const std::string& path_;
};

std::optional<int> number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::span<const ShapeField> configuration_fields() {
  return top_fields;
}

Result<void> check_shape(const YamlNode& file, const std::string& path) {
  return ShapeCheck(path).object(file, top_fields, "the configuration");
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day || *month < 1 || *month > 12 || *day < 1) return false;
  constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = *year % 4 == 0 && (*year % 100 != 0 || *year % 400 == 0);
  return *day <= days[static_cast<size_t>(*month) - 1] + (*month == 2 && leap ? 1 : 0);
}

}  // namespace keyless
