#include "fix/reports.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace keyless {
namespace {

// `lines.append("key: {}".format(mask(key)))`: up to the text; 0 for anything else.
size_t line_of_report(std::string_view statement) {
  const size_t open = statement.find('(');
  if (open == std::string_view::npos) return 0;
  const std::string_view callee = statement.substr(0, open);
  const bool adds = callee.ends_with(".append") || callee.ends_with(".push");
  if (!adds || callee.find_first_of(" \n=") != std::string_view::npos) return 0;
  const std::string_view told = statement.substr(open + 1);
  for (const std::string_view begin : {"\"", "'", "`", "f\"", "f'"})
    if (told.starts_with(begin)) return open + 1;
  return 0;
}

// Behind the opening bracket of `print(` and the like; 0 for anything else.
size_t begin_of_told(std::string_view statement) {
  constexpr std::array<std::string_view, 9> calls{
      "console.log(",  "console.info(", "console.debug(", "print(",   "logger.info(",
      "logger.debug(", "logging.info(", "logging.debug(", "log.info("};
  for (const std::string_view call : calls)
    if (statement.starts_with(call)) return call.size();
  return line_of_report(statement);
}

bool hides(std::string_view function) {
  const std::string name = squash(function);
  return name.find("mask") != std::string::npos || name.find("redact") != std::string::npos;
}

}  // namespace

bool is_neutral(std::string_view name) {
  constexpr std::array<std::string_view, 18> neutral{
      "os",     "environ", "getenv",   "get",       "process",
      "env",    "len",     "self",     "strip",     "trim",
      "bool",   "Boolean", "settings", "undefined", "get_secret_value",
      "length", "String",  "this"};
  return std::find(neutral.begin(), neutral.end(), name) != neutral.end();
}

bool owns_one_of(const CodeFile& file, const NameSet& names, const Mention& mention) {
  const auto& all = file.outline.mentions;
  return std::any_of(all.begin(), all.end(), [&](const Mention& other) {
    return other.role == Mention::Role::member && names.contains(other.name) &&
           other.whole.begin == mention.span.begin && other.whole.contains(mention.span);
  });
}

std::vector<uint32_t> statements_that_tell(const CodeFile& file, const NameSet& names) {
  std::vector<uint32_t> found;
  for (uint32_t i = 0; i < file.outline.statements.size(); ++i) {
    const Span s = file.outline.statements[i].span;
    const size_t head = begin_of_told(file.text_of(s));
    if (head == 0) continue;
    const Span told{s.begin + static_cast<uint32_t>(head), s.end};
    bool suspect = false;
    bool more = false;
    for (const Mention& m : file.outline.mentions) {
      if (!told.contains(m.span)) continue;
      if (names.contains(m.name))
        suspect = true;
      else
        more = more || !(is_neutral(m.name) || m.name == "format" || hides(m.name) ||
                         owns_one_of(file, names, m));
    }
    if (suspect && !more) found.push_back(i);
  }
  return found;
}

}  // namespace keyless
