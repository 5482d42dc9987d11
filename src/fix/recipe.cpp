#include "fix/recipe.h"

#include <algorithm>

#include "base/text.h"
#include "fix/added_inputs.h"
#include "fix/choices.h"
#include "fix/closing.h"
#include "fix/entries.h"
#include "fix/gate.h"
#include "fix/key_place.h"
#include "fix/lines.h"
#include "fix/module_setting.h"
#include "fix/script_entry.h"
#include "fix/script_gate.h"
#include "fix/wrapped_call.h"
#include "match/carrier.h"

namespace keyless {
namespace {

class Recipe {
 public:
  Recipe(const FixSpec& fix, const Candidate& candidate, const CodeFile& file, Bindings& bindings,
         const std::string& scope)
      : fix_(fix), candidate_(candidate), file_(file), bindings_(bindings), scope_(scope) {}

  RecipeResult run() {
    if (fix_.safety == Safety::manual) return refuse(fix_.reason);
    if (file_.gated && behind_gate(file_, candidate_.span))
      return refuse("the key stands behind the switch");
    const bool special = std::any_of(fix_.edits.begin(), fix_.edits.end(), [&](const EditSpec& e) {
      return !e.within.empty() && script_entry(false).within(e.within);
    });
    const std::vector<std::string>* chosen = nullptr;
    if (calls_or_sets(file_, fix_.not_used))
      return refuse("the code is written for an older release of the package");
    if (python() && at_.is_ambiguous())
      return refuse("the name of the class stands for another one too");
    if (python() && !file_.gated && at_.entry_is_read())
      return refuse("the entry of the key is read by its name elsewhere");
    if (at_.has_text(fix_.not_with)) return refuse("this form is not known to take tokens");
    for (const EditSpec& edit : fix_.edits) {
      if (!edit.callees.empty() && !at_.is_callee(edit.callees)) continue;
      if (!edit.not_callees.empty() && at_.is_callee(edit.not_callees)) continue;
      if (at_.is_beside(edit.not_beside)) continue;
      if (special == edit.within.empty()) continue;
      if (special && chosen == nullptr && script_entry(false).within(edit.within))
        chosen = &edit.within;
      if (special && (chosen == nullptr || *chosen != edit.within)) continue;
      if (!edit.versions.empty() && !at_.runs_with(edit.versions)) continue;
      if (!edit.not_versions.empty() && at_.runs_with(edit.not_versions)) continue;
      apply(edit);
      if (!result_.refusal.empty()) return refuse(result_.refusal);
    }
    if (result_.edits.empty())
      return refuse(at_.is_entry() ? "no form is known for what is given these entries"
                                   : "nothing to change here");
    return std::move(result_);
  }

 private:
  RecipeResult refuse(std::string reason) {
    RecipeResult none_left;
    none_left.refusal = std::move(reason);
    return none_left;
  }

  void apply(const EditSpec& edit) {
    switch (edit.kind) {
      case EditKind::replace_input:
        return replace_input(edit);
      case EditKind::remove_input:
        return remove_input(edit.target, false);
      case EditKind::replace_value:
        return replace_value(edit);
      case EditKind::add_input:
        return add_inputs(edit);
      case EditKind::replace_callee:
        return replace_callee(edit);
      case EditKind::wrap_inputs:
        if (candidate_.element != none)
          result_.refusal = wrap_call(edit, element(), file_, bindings_, result_.edits);
        return;
      case EditKind::replace_entry:
        return replace_entry(edit);
      case EditKind::add_behind:
        return script_entry().add_behind(edit, result_);
      case EditKind::refuse:
        return static_cast<void>(result_.refusal = edit.target);
      case EditKind::remove_entry:
        if (!python() && edit.target == "entry") return script_entry().remove(result_);
        if (at_.is_entry() && file_.gated)
          result_.refusal = "an entry that only goes has no other form behind a switch";
        else if (at_.is_entry())
          remove_entry(file_, candidate_, result_);
        return;
      case EditKind::move_entry:
        if (file_.gated) {
          result_.refusal = "the client keeps its headers: no switch is offered for it";
          return;
        }
        return move_entry(
            file_, candidate_, edit.with.front().first,
            [&](const std::string& text) { return code(text); }, edit.with.front().second, result_);
      case EditKind::set_attribute:
        return;  // infrastructure: fix/lock
    }
  }

  // `acts`: it writes something, so the switch is needed when there is one.
  [[nodiscard]] ScriptEntry script_entry(bool acts = true) const {
    return {file_, candidate_, write_, acts && file_.gated ? gate() : std::string()};
  }
  [[nodiscard]] ScriptGate script_gate() const { return {file_, candidate_, fix_, write_, gate()}; }

  [[nodiscard]] const Element& element() const { return at_.element(); }
  [[nodiscard]] bool python() const { return file_.document.language == "python"; }

  // True when the callee wants tokens that it can await.
  [[nodiscard]] bool is_async() const { return at_.is_callee(fix_.async_when); }

  // Code of a rule with its `$variables` filled in.
  std::string code(const std::string& text) {
    std::string filled;
    size_t at = 0;
    for (size_t dollar = text.find('$'); dollar != std::string::npos; dollar = text.find('$', at)) {
      filled += text.substr(at, dollar - at);
      const size_t end =
          std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", dollar + 1), text.size());
      const std::string_view name = std::string_view(text).substr(dollar + 1, end - dollar - 1);
      // `${` of a template text; `$target` is filled in by who knows it.
      filled += name.empty() || name == "target" ? "$" + std::string(name) : variable(name);
      at = end;
    }
    return quoted_alike(filled + text.substr(at));
  }

  // With the quotes of the file.
  [[nodiscard]] std::string quoted_alike(std::string text) const {
    if (file_.outline.quote == '\'' && text.find('\'') == std::string::npos)
      std::replace(text.begin(), text.end(), '"', '\'');
    return text;
  }

  std::string variable(std::string_view name) {
    if (name == "scope") return scope_;
    const bool has_value = candidate_.value != none;
    // Code that stands there already; a text only when nothing in it can end the quotes.
    if (name == "value")
      return has_value ? std::string(file_.text_of(file_.document.values[candidate_.value].span))
                       : "";
    if (name == "text") {
      std::string text = has_value ? file_.document.values[candidate_.value].text : std::string();
      while (text.ends_with('/')) text.pop_back();
      if (text.find_first_of("\"'\\\n{") != std::string::npos)
        result_.refusal = "the text cannot be written into code";
      return text;
    }
    if (const std::string own = closed_with_client(name); !own.empty()) return own;
    return bindings_.name_for(name, is_async(), name == "credential" ? std::string() : scope_,
                              candidate_.span);
  }

  // A credential that is made and closed with the async client, or what is made of it; "" elsewhere.
  std::string closed_with_client(std::string_view value) {
    if (value != "credential" && value != "token_provider") return {};
    const auto end = end_of_async();
    if (!end) return {};
    if (own_.empty()) {
      const auto own =
          bindings_.own_credential(value, scope_, candidate_.span, end->within, end->of_object);
      if (!own) return {};
      for (Edit& e : make_and_close(file_, *end, own->name, quoted_alike(own->text)))
        result_.edits.push_back(std::move(e));
      own_ = own->name;
    }
    return bindings_.made_of(value, own_, scope_);
  }
  [[nodiscard]] std::optional<ClientEnd> end_of_async() const {
    if (!python() || file_.gated || candidate_.element == none ||
        element().kind != ElementKind::call || !is_async())
      return std::nullopt;
    return end_of_client(file_, element());
  }
  // The variable that held the key credential holds the credential of this client alone.
  bool close_variable(const std::string& name, const Element& made) {
    const auto end = end_of_async();
    if (!end || !end->within.contains(made.span) || name.starts_with("self.") != end->of_object)
      return false;
    const auto reads = std::count_if(
        file_.outline.mentions.begin(), file_.outline.mentions.end(), [&](const Mention& m) {
          return m.name == after_last(name, '.') &&
                 (m.role == Mention::Role::use || m.role == Mention::Role::member);
        });
    if (reads != 1) return false;
    for (Edit& e : close_with(file_, *end, name)) result_.edits.push_back(std::move(e));
    return true;
  }

  const Input* input_named(std::string_view names) const {
    for (const std::string_view name : split(names, ' '))
      if (const Input* input = find_input(element(), name)) return input;
    return nullptr;
  }

  void remove(const Extent& extent, Span span) {
    result_.removed.push_back(span);
    Span gone = extent.span.empty() ? span : extent.span;
    if (!python()) gone = without_blanks_in_braces(file_.text, gone);
    result_.edits.push_back({gone, {}});
  }

  void replace_input(const EditSpec& edit) {
    std::vector<std::pair<std::string, std::string>> with = edit.with;
    // `api_key: $token_provider` keeps the name; another name that is there already is enough.
    std::erase_if(with, [&](const auto& w) {
      return !w.first.starts_with("value") && !same_name(edit, w.first) && at_.has_input(w.first);
    });
    if (with.empty()) return remove({candidate_.extent}, candidate_.span);
    if (candidate_.element != none && element().kind == ElementKind::assign && python() &&
        after_last(element().name, '.') == edit.target)
      return replace_module_setting(file_, element(), file_.document.values[candidate_.value].span,
                                    with, write_, result_);
    const Input* input = candidate_.input != none ? &element().inputs[candidate_.input] : nullptr;
    if (input != nullptr && (input->via == Via::positional || input->name.empty()))
      return replace_positional(*input, with);
    if (file_.gated && !python()) return script_gate().replace_property(with, result_);
    const std::string_view old = file_.text_of(candidate_.span);
    const Span value = file_.document.values[candidate_.value].span;
    std::string text = file_.gated ? gated_input(edit, with) : std::string();
    const std::string gap = separator_between(old);
    for (const auto& [name, expression] : with) {
      if (!text.empty()) text += "," + gap;
      text += entry(old, name, code(expression));
    }
    result_.removed.push_back(value);
    result_.edits.push_back({candidate_.span, text});
  }

  [[nodiscard]] std::string gate() const {
    return bindings_.name_for("gate", false, {}, candidate_.span);
  }
  // The old input as it stays, with what stands for the key when the switch is on; the others of
  // `with` follow it.
  std::string gated_input(const EditSpec& edit,
                          std::vector<std::pair<std::string, std::string>>& with) {
    const Span value = file_.document.values[candidate_.value].span;
    std::string on = "None";
    std::erase_if(with, [&](const auto& w) {
      if (same_name(edit, w.first)) on = code(w.second);
      return same_name(edit, w.first);
    });
    for (auto& w : with) w.second += " if " + gate() + " else None";
    const std::string_view name =
        file_.text.substr(candidate_.span.begin, value.begin - candidate_.span.begin);
    // A call on the value, `key.get_secret_value()`, is a part of the input.
    return std::string(name) + on + " if " + gate() + " else " +
           std::string(file_.text_of({value.begin, candidate_.span.end}));
  }

  [[nodiscard]] bool same_name(const EditSpec& edit, const std::string& name) const {
    for (const std::string_view target : split(edit.target, ' '))
      if (target == name) return true;
    return false;
  }

  // `"key": v`, `key=v`, `key: v`, as the old entry is written.
  std::string entry(std::string_view old, const std::string& name, const std::string& value) const {
    if (old.starts_with('"') || old.starts_with('\'')) {
      const std::string quote(1, old.front());
      return quote + name + quote + ": " + value;
    }
    if (python()) {
      // config["api_key"] = key: an assignment of its own.
      const size_t bracket = old.find('[');
      const size_t equals = old.find('=');
      if (bracket != std::string_view::npos && bracket < equals) {
        const char quote = old[bracket + 1];
        return std::string(old.substr(0, bracket + 2)) + name + quote + "] = " + value;
      }
      const bool spaced = old.find(" = ") != std::string_view::npos;
      return name + (spaced ? " = " : "=") + value;
    }
    return name == value ? name : name + ": " + value;
  }

  // What stands between this entry and the next: a blank, or a line end with its indentation.
  [[nodiscard]] std::string separator_between(std::string_view) const {
    const uint32_t line = line_begin(file_.text, candidate_.span.begin);
    const std::string_view before = file_.text.substr(line, candidate_.span.begin - line);
    if (!trim(before).empty()) return " ";
    return std::string(line_end_of(file_.text)) + std::string(before);
  }

  void replace_positional(const Input& input,
                          const std::vector<std::pair<std::string, std::string>>& with) {
    const auto later = [&](const Input& other) {
      return other.via == Via::positional && other.position > input.position;
    };
    if (std::any_of(element().inputs.begin(), element().inputs.end(), later))
      return static_cast<void>(result_.refusal =
                                   "the key is given by position and others follow it");
    if (file_.gated && !python()) return script_gate().replace_value(with.front().second, result_);
    if (file_.gated) return static_cast<void>(result_.refusal = "the key is given by position");
    std::string text;
    for (const auto& [name, expression] : with)
      text += (text.empty() ? "" : ", ") +
              (python() ? name + "=" + code(expression) : code(expression));
    result_.removed.push_back(input.span);
    result_.edits.push_back({input.span, text});
  }

  void remove_input(std::string_view names, bool needed) {
    const Input* input = input_named(names);
    if (input == nullptr) {
      if (needed) result_.refusal = "no input " + std::string(names);
      return;
    }
    if (input->via == Via::positional)
      return static_cast<void>(result_.refusal = "the input stands by position");
    remove(input->extent, input->span);
  }

  // The value itself, or where the variable that holds it is made when nothing else holds it.
  void replace_value(const EditSpec& edit) {
    if (candidate_.value == none || edit.with.empty()) return;
    const Document& d = file_.document;
    const Value& value = d.values[candidate_.value];
    const std::string& wanted = edit.with.front().second;
    const Element* made = value.kind == ValueKind::symbol ? only_assignment(value.text) : nullptr;
    if (file_.gated && !python()) return script_gate().replace_value(wanted, result_);
    if (file_.gated) {
      result_.removed.push_back(value.span);
      result_.edits.push_back({value.span, code(wanted) + " if " + gate() + " else " +
                                               std::string(file_.text_of(value.span))});
      return;
    }
    // A constant of JavaScript stays what its name says unless a key credential became a credential.
    const bool same_kind = python() || wanted == "$credential";
    if (made != nullptr && same_kind && only_for_sinks(value.text)) {
      if (credential_branch(file_, d.values[made->value].span, result_.edits, result_.removed))
        return;
      const Span span = d.values[made->value].span;
      result_.removed.push_back(span);
      const bool closed = wanted == "$credential" && close_variable(value.text, *made);
      result_.edits.push_back({span, plain(wanted, span, closed)});
      return;
    }
    result_.removed.push_back(value.span);
    result_.edits.push_back({value.span, code(wanted)});
  }

  // The variable keeps its name, so what it holds must be no variable.
  std::string plain(const std::string& wanted, Span at, bool closed) {
    if (!wanted.starts_with('$')) return code(wanted);
    // What stands here keeps its indentation below the line it is put in.
    const std::string text = quoted_alike(
        closed ? bindings_.own_credential_text(candidate_.span)
               : bindings_.expression_for(wanted.substr(1), is_async(), scope_, candidate_.span));
    return replaced(
        text, "\n",
        std::string(line_end_of(file_.text)) + std::string(indentation_at(file_.text, at.begin)));
  }

  [[nodiscard]] const Element* only_assignment(std::string_view name) const {
    const Element* found = nullptr;
    for (const Element& e : file_.document.elements) {
      if (e.kind != ElementKind::assign || e.name != name || e.value == none) continue;
      if (found != nullptr) return nullptr;
      found = &e;
    }
    return found;
  }
  [[nodiscard]] bool only_for_sinks(std::string_view name) const {
    const std::string_view last = after_last(name, '.');
    return std::all_of(
        file_.outline.mentions.begin(), file_.outline.mentions.end(), [&](const Mention& m) {
          const bool reads = m.role == Mention::Role::use || m.role == Mention::Role::member;
          const auto holds = [&](const Span& s) { return s.contains(m.span); };
          return m.name != last || !reads ||
                 std::any_of(file_.sinks.begin(), file_.sinks.end(), holds);
        });
  }

  // A scope beside a key does nothing; a provider beside it would be sent with it.
  [[nodiscard]] bool gates(std::string_view expression) const {
    return file_.gated && expression.find("$scope") == std::string_view::npos;
  }
  void add_inputs(const EditSpec& edit) {
    if (candidate_.element == none) return;
    if (python() && file_.text_of(element().span).find("**") != std::string_view::npos)
      return static_cast<void>(result_.refusal = "the call spreads arguments that are not known");
    std::vector<std::string> texts;
    if (!python() && file_.gated) {
      std::vector<std::pair<std::string, std::string>> missing;
      for (const auto& w : edit.with)
        if (!at_.has_input(w.first)) missing.push_back(w);
      if (!missing.empty() && gates(missing.front().second))
        return add_to_call(file_, element(), {script_gate().optional(missing)}, edit.target,
                           result_);
    }
    for (const auto& [name, expression] : edit.with)
      if (!at_.has_input(name))
        texts.push_back(
            entry("", name,
                  code(expression) + (gates(expression) ? " if " + gate() + " else None" : "")));
    if (!texts.empty()) add_to_call(file_, element(), texts, edit.target, result_);
  }

  void replace_callee(const EditSpec& edit) {
    if (candidate_.element == none || edit.with.empty()) return;
    const std::string name = element().name;
    const std::string_view last = after_last(name, '.');
    const size_t at = file_.text_of(element().span).find(name);
    if (at == std::string_view::npos) return;
    const auto begin = static_cast<uint32_t>(element().span.begin + at + name.size() - last.size());
    result_.edits.push_back(
        {{begin, begin + static_cast<uint32_t>(last.size())}, edit.with.front().second});
  }

  void gated_header(const std::string& name, const std::string& value) {
    if (at_.own_group() == none || key_map_of(file_, candidate_).kept)
      return static_cast<void>(result_.refusal = "no switch is offered for headers that are kept");
    const char quote = file_.outline.quote;
    const std::string pair = quote + name + quote + ": " + value;
    result_.removed.push_back(candidate_.span);
    result_.edits.push_back({candidate_.span, "**({" + pair + "} if " + gate() + " else {" +
                                                  std::string(file_.text_of(candidate_.span)) +
                                                  "})"});
  }

  void replace_entry(const EditSpec& edit) {
    if (edit.with.empty()) return;
    if (!python()) return script_entry().replace(edit, result_);
    const Span span = candidate_.span;
    const std::string_view old = file_.text_of(span);
    const std::string& name = edit.with.front().first;
    const std::string value = code(edit.with.front().second);
    if (python() && file_.gated) return gated_header(name, value);
    if (python()) return replace_request_header(file_, candidate_, name, value, result_);
    result_.removed.push_back(span);
    result_.edits.push_back({span, entry(old, name, value)});
  }

  const FixSpec& fix_;
  const Candidate& candidate_;
  const CodeFile& file_;
  Bindings& bindings_;
  const std::string& scope_;
  ScriptEntry::Code write_ = [this](const std::string& text) { return code(text); };
  std::string own_;  // credential that is closed with the client here
  KeyPlace at_{file_, candidate_};
  RecipeResult result_;
};

}  // namespace

RecipeResult apply_recipe(const FixSpec& fix, const Candidate& candidate, const CodeFile& file,
                          Bindings& bindings, const std::string& scope) {
  return Recipe(fix, candidate, file, bindings, scope).run();
}

}  // namespace keyless
