#include "fix/gate.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace keyless {
namespace {

std::string_view text_of(const CodeFile& file, Span s) {
  return file.text.substr(s.begin, s.size());
}

// `key`, `os.environ.get("KEY")`: nothing but these names is asked for.
bool only_about(const CodeFile& file, Span test, const std::set<std::string>& names) {
  bool about = false;
  for (const Mention& m : file.outline.mentions) {
    if (!test.contains(m.span)) continue;
    if (names.contains(std::string(m.name)))
      about = true;
    else if (m.name != "self")
      return false;
  }
  return about;
}

}  // namespace

std::string gate_of(const CodeFile& file) {
  for (const Element& e : file.document.elements) {
    if (e.kind != ElementKind::assign) continue;
    const uint32_t statement = file.outline.statement_at(e.span);
    if (statement == none) continue;
    const Statement& s = file.outline.statements[statement];
    if (!s.has_value) continue;
    std::string text(text_of(file, s.value));
    std::replace(text.begin(), text.end(), '\'', '"');
    // Only the form that is written here: what others named so may mean something else.
    if (text == "os.environ.get(\"" + std::string(gate_variable) + "\", \"\").lower() == \"true\"")
      return e.name;
  }
  return {};
}

bool behind_gate(const CodeFile& file, Span span) {
  const std::string gate = gate_of(file);
  return !gate.empty() && std::any_of(file.outline.choices.begin(), file.outline.choices.end(),
                                      [&](const Choice& c) {
                                        const bool inside =
                                            c.whole.contains(span) || span.contains(c.whole);
                                        return text_of(file, c.test) == gate && inside;
                                      });
}

std::vector<Edit> gate_reads(const CodeFile& file, const std::vector<Span>& keys,
                             Bindings& bindings) {
  std::vector<Edit> edits;
  std::set<std::string> names;
  for (const Mention& m : file.outline.mentions) {
    const auto holds = [&](const Span& key) { return key.contains(m.span); };
    if (std::any_of(keys.begin(), keys.end(), holds) && m.role != Mention::Role::label &&
        m.name != "os" && m.name != "environ" && m.name != "getenv" && m.name != "get")
      names.emplace(m.name);
  }
  names.erase("self");
  for (const Guard& guard : file.outline.guards)
    for (const Span& test : guard.tests) {
      if (guard.list || !only_about(file, test, names)) continue;
      const std::string gate = bindings.name_for("gate", false, {}, test);
      const bool asserts =
          text_of(file, file.outline.statements[guard.statement].span).starts_with("assert");
      std::string text = asserts ? gate + " or " + std::string(text_of(file, test))
                                 : "not " + gate + " and " + std::string(text_of(file, test));
      if (guard.tests.size() > 1) text = "(" + text + ")";
      edits.push_back({test, text});
    }
  for (const Element& e : file.document.elements) {
    if (e.kind != ElementKind::assign || !names.contains(std::string(after_last(e.name, '.'))))
      continue;
    if (e.value == none) continue;
    const Value& v = file.document.values[e.value];
    const std::string_view text = text_of(file, v.span);
    if (v.kind != ValueKind::env || !text.starts_with("os.environ[") || !text.ends_with("]"))
      continue;
    edits.push_back(
        {v.span, "os.environ.get(" + std::string(text.substr(11, text.size() - 12)) + ")"});
  }
  return edits;
}

}  // namespace keyless
