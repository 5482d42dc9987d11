#include "fix/gate.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace keyless {
namespace {

// `key`, `os.environ.get("KEY")`: nothing but these names is asked for.
bool only_about(const CodeFile& file, Span test, const std::set<std::string>& names) {
  bool about = false;
  for (const Mention& m : file.outline.mentions) {
    if (!test.contains(m.span)) continue;
    if (names.contains(std::string(m.name)))
      about = true;
    else if (m.name != "self" && m.name != "process" && m.name != "env" && m.name != "this" &&
             m.name != "undefined" && m.name != "length")
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
    std::string text(file.text_of(s.value));
    std::replace(text.begin(), text.end(), '\'', '"');
    if (file.document.language != "python") {
      if (text == "process.env." + std::string(gate_variable) + "?.toLowerCase() === \"true\"")
        return e.name;
      continue;
    }
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
                                        return file.text_of(c.test) == gate && inside;
                                      });
}

std::vector<Edit> gate_reads(const CodeFile& file, const std::vector<Span>& keys,
                             Bindings& bindings) {
  std::vector<Edit> edits;
  std::set<std::string> names;
  for (const Mention& m : file.outline.mentions) {
    const auto holds = [&](const Span& key) { return key.contains(m.span); };
    if (std::any_of(keys.begin(), keys.end(), holds) && m.role != Mention::Role::label)
      names.emplace(m.name);
  }
  for (const char* name :
       {"self", "os", "environ", "getenv", "get", "process", "env", "this", "AzureKeyCredential"})
    names.erase(name);
  for (const Guard& guard : file.outline.guards)
    for (const Span& test : guard.tests) {
      if (guard.list || !only_about(file, test, names)) continue;
      const std::string gate = bindings.name_for("gate", false, {}, test);
      const bool python = file.document.language == "python";
      const bool asserts =
          !file.text_of(file.outline.statements[guard.statement].span).starts_with("if");
      const std::string asked(file.text_of(test));
      std::string text = asserts
                             ? gate + (python ? " or " : " || ") + asked
                             : (python ? "not " : "!") + gate + (python ? " and " : " && ") + asked;
      if (guard.tests.size() > 1) text = "(" + text + ")";
      edits.push_back({test, text});
    }
  if (file.document.language != "python") return edits;
  for (const Element& e : file.document.elements) {
    if (e.kind != ElementKind::assign || !names.contains(std::string(after_last(e.name, '.'))))
      continue;
    if (e.value == none) continue;
    const Value& v = file.document.values[e.value];
    const std::string_view text = file.text_of(v.span);
    if (v.kind != ValueKind::env || !text.starts_with("os.environ[") || !text.ends_with("]"))
      continue;
    edits.push_back(
        {v.span, "os.environ.get(" + std::string(text.substr(11, text.size() - 12)) + ")"});
  }
  return edits;
}

std::optional<Edit> gate_header(const CodeFile& file, const Candidate& header, Bindings& bindings) {
  if (header.element == none || behind_gate(file, header.span)) return std::nullopt;
  const Element& pair = file.document.elements[header.element];
  if (pair.kind != ElementKind::pair || pair.group == none) return std::nullopt;
  const std::string gate = bindings.name_for("gate", false, {}, header.span);
  const std::string old(file.text_of(header.span));
  if (file.document.language == "python")
    return Edit{header.span, "**({} if " + gate + " else {" + old + "})"};
  return Edit{header.span, "...(" + gate + " ? {} : { " + old + " })"};
}

namespace {

// `Field(..., description="x")`: the dots say that the field is required.
Span dots_of(const CodeFile& file, Span value) {
  for (const Element& e : file.document.elements)
    if (e.kind == ElementKind::call && value.contains(e.span))
      for (const Input& input : e.inputs)
        if (input.via == Via::positional && input.position == 0 &&
            file.text_of(input.span) == "...")
          return input.span;
  return {};
}

bool is_settings(const CodeFile& file, ScopeId type) {
  return std::any_of(file.document.elements.begin(), file.document.elements.end(),
                     [&](const Element& e) {
                       return e.kind == ElementKind::base && e.scope == type &&
                              (after_last(e.name, '.') == "BaseSettings" ||
                               after_last(e.name, '.') == "BaseModel");
                     });
}

}  // namespace

std::string gate_declaration(const CodeFile& file, const std::string& name, Bindings& bindings,
                             std::vector<Edit>& edits) {
  std::vector<Span> declared;
  std::string reason;
  for (const Element& e : file.document.elements) {
    const bool field = e.kind == ElementKind::field;
    if ((!field && e.kind != ElementKind::assign) || after_last(e.name, '.') != name) continue;
    declared.push_back(e.name_span.empty() ? e.span : e.name_span);
    if (!field) continue;
    const uint32_t statement = file.outline.statement_at(e.span);
    if (statement == none) continue;
    const Statement& s = file.outline.statements[statement];
    const Span dots = s.has_value ? dots_of(file, s.value) : Span{};
    if (s.has_value && dots.empty()) continue;  // it has a default
    const std::string empty = e.type == "str"                          ? "\"\""
                              : after_last(e.type, '.') == "SecretStr" ? e.type + "(\"\")"
                                                                       : std::string();
    if (empty.empty() || !is_settings(file, e.scope)) {
      reason = name + " is required: give it a default before the switch is turned on";
      continue;
    }
    edits.push_back(dots.empty() ? Edit{{s.span.end, s.span.end}, " = " + empty}
                                 : Edit{dots, empty});
  }
  for (Edit& e : gate_reads(file, declared, bindings)) edits.push_back(std::move(e));
  return reason;
}

}  // namespace keyless
