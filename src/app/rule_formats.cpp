#include "app/rule_formats.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/json_text.h"
#include "base/text.h"
#include "match/prefilter.h"
#include "output/printable.h"
#include "rule/load_fix.h"

namespace keyless {

namespace {

// table: formats of `rules list`
constexpr std::array<Writer, 2> formats{{
    {"text", "a table", nullptr},
    {"json", "an array of {id, category, severity, languages, title}", nullptr},
}};

// The rules of a scanned repository are its text too; a line of theirs stays a line.
std::string printable_lines(std::string_view text) {
  std::vector<std::string> lines;
  for (const std::string_view line : split(text, '\n')) lines.push_back(printable_line(line));
  return join(lines, "\n");
}

std::string paragraph(std::string_view text) {
  std::string out;
  for (const std::string_view line : split(trim(text), '\n'))
    out += trim(line).empty()
               ? "\n"
               : "  " + printable_line(replaced(std::string(line), "\t", "    ")) + "\n";
  return out;
}

std::string categories_of(const Rule& rule) {
  std::vector<std::string> names{std::string(to_string(rule.category))};
  for (const auto& [container, category] : rule.category_by_container) {
    const std::string name(to_string(category));
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return join(names, ", ");
}

// What `fix` makes of a finding, and what it needs for that.
std::string fix_of(const Rule& rule) {
  if (!rule.cannot_migrate.empty()) return "  none: the product accepts only keys\n";
  if (!rule.fix) {
    // A setting goes when its last reader is rewritten, whatever its rule says.
    return rule.match.kind == MatchKind::setting || rule.match.kind == MatchKind::read
               ? "  goes with the code that read it\n"
               : "  none is known: reported only\n";
  }
  const FixSpec& fix = *rule.fix;
  std::string text = "  " + std::string(to_string(fix.safety));
  if (!fix.reason.empty()) text += ": " + fix.reason;
  text += "\n";
  for (const EditSpec& edit : fix.edits)
    for (const EditRow& row : edit_rows()) {
      if (row.kind != edit.kind) continue;
      text += "  " + std::string(row.name) + (edit.target.empty() ? "" : " " + edit.target);
      for (const auto& [name, code] : edit.with) text += "  " + name + ": " + code;
      text += "\n";
    }
  for (const DependencySpec& needed : fix.dependencies)
    text += "  needs " + needed.name + " " + needed.at_least + " or newer\n";
  return text;
}

}  // namespace

std::span<const Writer> rule_list_formats() {
  return formats;
}

std::string rule_list_text(const RuleSet& rules) {
  size_t width = 0;
  for (const Rule& rule : rules.rules) width = std::max(width, rule.id.size());
  std::string text;
  for (const Rule& rule : rules.rules)
    text += fmt::format("{:<{}}  {:<12}  {:<6}  {}\n", rule.id, width, to_string(rule.category),
                        to_string(row_of(rule.category).severity), printable(rule.title));
  return text;
}

std::string rule_list_json(const RuleSet& rules) {
  JsonText json;
  json.begin_array();
  for (const Rule& rule : rules.rules) {
    json.compact_next();
    json.begin_object();
    json.member("id", rule.id);
    json.member("category", to_string(rule.category));
    json.member("severity", to_string(row_of(rule.category).severity));
    json.member("languages", rule.languages);
    json.member("title", rule.title);
    json.end_object();
  }
  json.end_array();
  return json.take();
}

std::string anchor_list(const RuleSet& rules) {
  std::string text;
  for (const std::string& anchor : all_anchors(rules)) text += anchor + "\n";
  return text;
}

std::string rule_page(const Rule& rule, const Style& style) {
  std::string text = style.bold(rule.id) + "  " + printable(rule.title) + "\n\n";
  text += fmt::format("  category    {}\n", categories_of(rule));
  text += fmt::format("  severity    {}\n", style.of(row_of(rule.category).severity,
                                                     to_string(row_of(rule.category).severity)));
  text += fmt::format("  languages   {}\n", printable(join(rule.languages, ", ")));
  if (!rule.cannot_migrate.empty())
    text += fmt::format("  cannot migrate: {}\n", printable(rule.cannot_migrate));
  text += "\n" + style.bold("what") + "\n" + paragraph(rule.message);
  text += "\n" + style.bold("why") + "\n" + paragraph(row_of(rule.category).doc);
  if (!rule.help.empty()) text += "\n" + style.bold("what to do") + "\n" + paragraph(rule.help);
  text += "\n" + style.bold("fix") + "\n" + printable_lines(fix_of(rule));
  for (const bool bad : {true, false}) {
    for (const Example& example : rule.examples) {
      if (example.bad != bad) continue;
      text += "\n" + style.bold(bad ? "found" : "not found") +
              (example.file.empty() ? "" : "  " + printable(example.file)) + "\n" +
              paragraph(example.text);
      if (!example.good.empty())
        text += "\n" + style.bold("fixed") + "\n" + paragraph(example.good);
    }
  }
  if (!rule.references.empty()) text += "\n" + style.bold("see") + "\n";
  for (const std::string& reference : rule.references) text += "  " + printable(reference) + "\n";
  if (!rule.compliance.empty()) text += "\n  " + printable(join(rule.compliance, ", ")) + "\n";
  return text;
}

}  // namespace keyless
