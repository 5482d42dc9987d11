#include "fix/script_gate.h"

namespace keyless {

// `apiKey: key`, `apiKey`, `"apiKey": key`; not `options.apiKey = key`.
bool ScriptGate::is_property(Span value) const {
  const std::string_view old = file_.text_of(candidate_.span);
  if (!candidate_.span.contains(value) || value.empty()) return false;
  if (candidate_.span == value) return old.find_first_of(" .(") == std::string_view::npos;
  const std::string_view name = old.substr(0, value.begin - candidate_.span.begin);
  return name.find(':') != std::string_view::npos && name.find('=') == std::string_view::npos;
}

// What the transition needs stands beside the token, since the variable of the key stays.
std::string ScriptGate::entries_of(const std::vector<Named>& with) const {
  std::string text;
  const auto add = [&](const Named& entry) {
    const std::string value = code_(entry.second);
    if (!text.empty()) text += ", ";
    text += entry.first == value ? value : entry.first + ": " + value;
  };
  for (const Named& entry : with) add(entry);
  for (const Named& entry : fix_.transition) add(entry);
  return text;
}

std::string ScriptGate::optional(const std::vector<Named>& with) const {
  return "...(" + gate_ + " ? { " + entries_of(with) + " } : {})";
}

void ScriptGate::replace_property(const std::vector<Named>& with, RecipeResult& result) const {
  const Span value = file_.document.values[candidate_.value].span;
  if (!is_property(value)) {
    result.refusal = "no switch is offered for a key that is assigned";
    return;
  }
  result.removed.push_back(value);
  result.edits.push_back({candidate_.span, "...(" + gate_ + " ? { " + entries_of(with) + " } : { " +
                                               std::string(file_.text_of(candidate_.span)) +
                                               " })"});
}

void ScriptGate::replace_value(const std::string& wanted, RecipeResult& result) const {
  const Span value = file_.document.values[candidate_.value].span;
  const std::string key(file_.text_of(value));
  const std::string token = code_(wanted);
  result.removed.push_back(value);
  const Element& element = file_.document.elements[candidate_.element];
  const bool typed = file_.document.language != "javascript" && candidate_.input != none &&
                     element.inputs[candidate_.input].via == Via::positional &&
                     fix_.edits.size() == 1;
  if (!typed) {
    result.edits.push_back({value, gate_ + " ? " + token + " : " + key});
    return;
  }
  const Span call = element.span;
  const std::string key_form(file_.text_of(call));
  std::string token_form = key_form;
  token_form.replace(value.begin - call.begin, value.size(), token);
  std::string text = gate_ + " ? " + token_form + " : " + key_form;
  if (file_.text.substr(call.end, 1) == ".") text = "(" + text + ")";
  result.edits.push_back({call, text});
}

}  // namespace keyless
