#include "fix/bindings.h"

#include <algorithm>

#include "base/text.h"
#include "fix/binding_place.h"
#include "fix/lines.h"

namespace keyless {
namespace {

bool is_script(const CodeFile& file) {
  return file.document.language != "python";
}
bool is_typed(const CodeFile& file) {
  return file.document.language == "typescript" || file.document.language == "tsx";
}

}  // namespace

std::string Bindings::filled(std::string text, const std::string& credential,
                             const std::string& scope, bool async) const {
  text = replaced(std::move(text), "$identity",
                  async && !templates_.async_identity.empty() ? templates_.async_identity
                                                              : templates_.identity);
  text = replaced(std::move(text), "$credential", credential);
  return replaced(std::move(text), "$scope", scope);
}

bool Bindings::is_credential(ValueId value, const std::string& module) const {
  const Document& d = file_.document;
  const Value& v = d.values[value];
  if (v.kind == ValueKind::alternative)
    return !v.parts.empty() && std::all_of(v.parts.begin(), v.parts.end(), [&](ValueId part) {
      return d.values[part].kind == ValueKind::call && is_credential(part, module);
    });
  if (v.kind != ValueKind::call || v.element == none) return false;
  const Element& call = d.elements[v.element];
  const std::vector<std::string> symbols = file_.imports.symbols(call.name);
  if (std::any_of(symbols.begin(), symbols.end(), [&](const std::string& symbol) {
        return symbol.starts_with(module + ".") && symbol.ends_with("Credential");
      }))
    return true;
  // One that an earlier run wrapped.
  const ValueTemplate* wrapper =
      templates_.value(wrapper_name(module == templates_.async_identity));
  return wrapper != nullptr && call.name == wrapper->names.front() && call.inputs.size() == 1 &&
         call.inputs.front().value != none &&
         d.values[call.inputs.front().value].element != v.element &&
         is_credential(call.inputs.front().value, module);
}

// An assignment at the top of the file that makes the same thing, above the use.
std::string Bindings::existing(std::string_view value, bool async, const std::string& scope,
                               Span use) const {
  const Document& d = file_.document;
  const std::string module =
      async && !templates_.async_identity.empty() ? templates_.async_identity : templates_.identity;
  for (const Element& e : d.elements) {
    if (e.kind != ElementKind::assign || e.scope != 0 || e.value == none ||
        e.span.begin > use.begin)
      continue;
    // A constant of a block is no variable of the file.
    const uint32_t statement = file_.outline.statement_at(e.span);
    if (statement == none || file_.outline.statements[statement].parent != none) continue;
    const Value& v = d.values[e.value];
    if (value == "credential" && is_credential(e.value, module)) return e.name;
    if (v.kind != ValueKind::call || v.element == none) continue;
    const Element& call = d.elements[v.element];
    for (const std::string& symbol : file_.imports.symbols(call.name)) {
      if (!symbol.starts_with(module + ".")) continue;
      const bool provider = squash(symbol).ends_with("getbearertokenprovider");
      const bool same = std::any_of(call.inputs.begin(), call.inputs.end(), [&](const Input& i) {
        return i.value != none && d.values[i.value].text == scope;
      });
      if (value == "token_provider" && provider && same) return e.name;
    }
  }
  return {};
}

std::string Bindings::free_name(const std::vector<std::string>& names, Span within) const {
  const auto taken = [&](const std::string& name) {
    const auto ours = [&](const Binding& b) { return b.name == name; };
    const auto own = [&](const auto& o) {
      return o.first == name && (within.empty() || o.second.overlaps(within));
    };
    return std::any_of(made_.begin(), made_.end(), ours) ||
           std::any_of(own_.begin(), own_.end(), own) ||
           std::any_of(file_.outline.mentions.begin(), file_.outline.mentions.end(),
                       [&](const Mention& m) {
                         return m.name == name && m.role != Mention::Role::label &&
                                m.role != Mention::Role::member;
                       });
  };
  for (const std::string& name : names)
    if (!taken(name)) return name;
  for (int i = 2;; ++i)
    if (const std::string name = names.back() + "_" + std::to_string(i); !taken(name)) return name;
}

bool Bindings::means_another(const std::string& name, const std::string& module) const {
  const bool here =
      std::any_of(file_.outline.imports.begin(), file_.outline.imports.end(),
                  [&](const ImportedName& i) { return i.local == name && i.module != module; });
  return here || std::any_of(imports_.begin(), imports_.end(), [&](const auto& wanted) {
           return wanted.first != module && std::find(wanted.second.begin(), wanted.second.end(),
                                                      name) != wanted.second.end();
         });
}

void Bindings::import(const std::vector<std::string>& imports, bool async, std::string& text) {
  for (const std::string& line : imports) {
    const std::string wanted = filled(line, {}, {}, async);
    const size_t blank = wanted.find(' ');
    const std::string module = wanted.substr(0, blank);
    std::string name = blank == std::string::npos ? std::string{} : wanted.substr(blank + 1);
    if (!name.empty() && !is_script(file_) && means_another(name, module)) {
      // get_bearer_token_provider -> get_async_..., DefaultAzureCredential -> AsyncDefault...
      const std::string kind = async ? "async" : "sync";
      const bool function = name.starts_with("get_");
      std::string own = function ? "get_" + kind + name.substr(3) : kind + name;
      if (!function) own[0] = static_cast<char>(own[0] - 'a' + 'A');
      text = replaced(std::move(text), name, own);
      name += " as " + own;
    }
    auto& names = imports_[module];
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
}

std::string Bindings::imported(const std::string& module, const std::string& member) {
  for (const ImportedName& i : file_.outline.imports)
    if (i.module == module && i.member == member) return std::string(i.local);
  std::string name = member;
  import({module + " " + member}, false, name);
  return name;
}

std::string Bindings::credential_text(bool async, Span use) {
  const CredentialTemplate* chosen = templates_.credential(credential_);
  if (const std::string name = existing("credential", async, {}, use); !name.empty()) return name;
  if (chosen->own_line) return name_for("credential", async, {}, use);
  return new_credential(async, use);
}

std::string Bindings::wrapper_name(bool async) const {
  const std::string plain = "logged_credential";
  const std::string special = plain + "." +
                              (async             ? std::string("async")
                               : is_typed(file_) ? "typescript"
                                                 : "");
  return templates_.value(special) != nullptr ? special : plain;
}

// The wrapper of an earlier run stands here: known by the words that each of them says.
bool Bindings::wrapped_before(const ValueTemplate& row) const {
  constexpr std::string_view sign = "never a token";
  return row.text.find(sign) != std::string::npos &&
         std::any_of(file_.document.scopes.begin(), file_.document.scopes.end(),
                     [&](const Scope& scope) {
                       return scope.name == row.names.front() &&
                              file_.text.substr(scope.span.begin, scope.span.size()).find(sign) !=
                                  std::string_view::npos;
                     });
}

// The chosen credential as an expression; in a wrapper that logs where that is wanted.
std::string Bindings::new_credential(bool async, Span use) {
  const CredentialTemplate* chosen = templates_.credential(credential_);
  std::string text = in_own_style(chosen->text);
  import(chosen->imports, async, text);
  if (log_.style == nullptr) return text;
  const std::string wrapper = name_for(wrapper_name(async), false, {}, use);
  if (text.starts_with("(")) return wrapper + text;
  if (text.find('\n') == std::string::npos) return wrapper + "(" + text + ")";
  const std::string inner(is_script(file_) ? "\n  " : "\n    ");
  return wrapper + "(" + inner + replaced(std::move(text), "\n", inner) + "\n)";
}

std::string Bindings::logger_at(Span use) {
  if (!log_.logger.empty() || log_.style->imports.empty()) return log_.logger;
  const std::string free = free_name({"logger", "log", "azure_logger"});
  // A package whose logger has a fixed name, which here means something else already.
  if (log_.style->make.empty() && free != "logger") log_.style = &templates_.log_styles.back();
  std::string text = log_.style->make;
  import(log_.style->imports, false, text);
  log_.logger = log_.style->make.empty() ? "logger" : free;
  if (!log_.style->make.empty())
    made_.push_back({log_.logger,
                     replaced(replaced(templates_.binding, "$name", log_.logger), "$text", text),
                     place_before(file_, use), false});
  return log_.logger;
}

std::string Bindings::definition(const ValueTemplate& row, bool async, const std::string& scope,
                                 Span use) {
  std::string text(trim(row.text));
  import(row.imports, async, text);
  if (text.find("$token_provider") != std::string::npos)
    text =
        replaced(std::move(text), "$token_provider", name_for("token_provider", async, scope, use));
  if (log_.style != nullptr && text.find("$report") != std::string::npos) {
    const std::string logger = logger_at(use);
    text = replaced(std::move(text), "$report", replaced(log_.style->statement, "$logger", logger));
  }
  return in_own_style(text);
}

// The file's indentation and semicolons instead of those of the templates.
std::string Bindings::in_own_style(const std::string& text) const {
  const std::string unit = indentation_unit(file_.text, is_script(file_) ? "  " : "    ");
  const size_t width = is_script(file_) ? 2 : 4;
  std::string result;
  for (const std::string_view line : split(text, '\n')) {
    const size_t blanks = std::min(line.find_first_not_of(' '), line.size());
    if (!result.empty()) result += '\n';
    for (size_t i = 0; i + width <= blanks; i += width) result += unit;
    result += line.substr(blanks);
    if (is_script(file_) && !file_.outline.semicolons && result.ends_with(';')) result.pop_back();
  }
  return result;
}

std::string Bindings::name_for(std::string_view value, bool async, const std::string& scope,
                               Span use) {
  const std::string typed = std::string(value) + ".typescript";
  if (is_typed(file_) && templates_.value(typed) != nullptr) value = typed;
  const std::string key = std::string(value) + (async ? "+" : "-") + scope;
  if (const auto it = named_.find(key); it != named_.end()) {
    for (Binding& b : made_)
      if (b.name == it->second) b.place = std::min(b.place, place_before(file_, use));
    return it->second;
  }
  if (std::string name = existing(value, async, scope, use); !name.empty())
    return named_[key] = name;
  const ValueTemplate* row = templates_.value(value);
  if (row == nullptr) return {};
  if (row->names.empty()) return expression_for(value, async, scope, use);
  if (wrapped_before(*row)) return named_[key] = row->names.front();
  const std::string name = named_[key] = free_name(row->names);
  // The name is taken from here on, before the credential looks for one.
  const size_t index = made_.size();
  made_.push_back({name, {}, place_before(file_, use), row->definition});
  if (row->definition) {
    std::string text = definition(*row, async, scope, use);
    made_[index].text = replaced(std::move(text), "$name", name);
    return name;
  }
  const std::string text = expression_for(value, async, scope, use);
  made_[index].text = replaced(templates_.binding, "$name", name);
  made_[index].text = replaced(made_[index].text, "$text", text);
  return name;
}

std::string Bindings::expression_for(std::string_view value, bool async, const std::string& scope,
                                     Span use) {
  const ValueTemplate* row = templates_.value(value);
  if (row == nullptr) return {};
  std::string text = row->text;
  std::string credential;
  if (value == "credential") {
    credential = new_credential(async, use);
  } else if (text.find("$credential") != std::string::npos) {
    credential = credential_text(async, use);
  }
  const bool awaitable = async && !templates_.async_package.name.empty();
  async_ = async_ || awaitable;
  left_open_ = left_open_ || awaitable;
  import(row->imports, async, text);
  return filled(text, credential, scope, async);
}

std::string Bindings::own_credential_text(Span use) {
  async_ = async_ || !templates_.async_package.name.empty();
  return new_credential(true, use);
}

std::optional<Bindings::Own> Bindings::own_credential(std::string_view value,
                                                      const std::string& scope, Span use,
                                                      Span within, bool of_object) {
  const ValueTemplate* row = templates_.value("credential");
  if (row == nullptr || !existing(value, true, scope, use).empty() ||
      !existing("credential", true, {}, use).empty())
    return std::nullopt;
  std::vector<std::string> names;
  for (const std::string& name : row->names) names.push_back(of_object ? "_" + name : name);
  if (of_object)
    std::erase_if(names, [&](const std::string& name) {
      return std::any_of(file_.outline.mentions.begin(), file_.outline.mentions.end(),
                         [&](const Mention& m) { return m.name == name; });
    });
  if (names.empty()) return std::nullopt;
  const std::string name = free_name(names, within);
  own_.emplace_back(name, within);
  return Own{(of_object ? "self." : "") + name, own_credential_text(use)};
}

std::string Bindings::made_of(std::string_view value, const std::string& credential,
                              const std::string& scope) {
  const ValueTemplate* row = templates_.value(value);
  if (row == nullptr || value == "credential") return credential;
  std::string text = row->text;
  import(row->imports, true, text);
  return filled(text, credential, scope, true);
}

std::vector<Edit> Bindings::edits() const {
  std::vector<Edit> edits;
  std::map<uint32_t, std::vector<const Binding*>> by_place;
  // A credential stands above the provider that is made of it, so the last made comes first.
  for (auto it = made_.rbegin(); it != made_.rend(); ++it) by_place[it->place].push_back(&*it);
  const uint32_t before =
      by_place.empty() ? static_cast<uint32_t>(file_.text.size()) : by_place.begin()->first;
  // Imports first: both may go to one place.
  edits = import_edits(file_, imports_, before);
  for (const auto& [place, all] : by_place) edits.push_back(binding_edit(file_, place, all));
  return edits;
}

bool calls_or_sets(const CodeFile& file, const std::vector<std::string>& globs) {
  if (globs.empty()) return false;
  const auto fits = [&](const std::string& symbol) {
    return std::any_of(globs.begin(), globs.end(),
                       [&](const std::string& glob) { return wildcard_matches(glob, symbol); });
  };
  return std::any_of(file.document.elements.begin(), file.document.elements.end(),
                     [&](const Element& e) {
                       if (e.kind != ElementKind::call && e.kind != ElementKind::assign)
                         return false;
                       const std::vector<std::string> symbols = file.imports.symbols(e.name);
                       return std::any_of(symbols.begin(), symbols.end(), fits);
                     });
}

}  // namespace keyless
