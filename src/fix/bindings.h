// Bindings: the credential or token provider that inserted code names, and its imports.
// Reuses what the file has when it means the same; never shadows a name.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fix/edit.h"
#include "fix/logging.h"
#include "rule/templates.h"
#include "syntax/document.h"
#include "syntax/import_table.h"
#include "syntax/outline.h"

namespace keyless {

// A code file as it stands between two rounds of edits.
struct CodeFile {
  std::string_view text;
  const Document& document;
  const ImportTable& imports;
  const Outline& outline;
  std::vector<Span> sinks;   // places whose key goes in this round
  std::string_view package;  // module of the client there; "" when there is none
  bool gated = false;        // keys stay behind the switch of --strategy gated
  // Version of a package that this file is run with; may be empty.
  std::function<std::optional<std::string>(const std::string& package)> version = {};
  // Another code file has this text; may be empty.
  std::function<bool(const std::string& text)> elsewhere = {};

  [[nodiscard]] std::string_view text_of(Span span) const {
    return text.substr(span.begin, span.size());
  }
};

// The file calls or sets something whose symbol fits one of the globs.
bool calls_or_sets(const CodeFile& file, const std::vector<std::string>& globs);

// A variable or function of the module that is to be written.
struct Binding {
  std::string name;
  std::string text;
  uint32_t place = 0;  // offset of the line it goes before
  bool definition = false;
};

class Bindings {
 public:
  // `credential`: a word of --credential that the templates have. All must outlive the object.
  // `log` with a style: new credentials log why they get no token.
  Bindings(const CodeFile& file, const LanguageTemplates& templates, std::string_view credential,
           LogChoice log = {})
      : file_(file), templates_(templates), credential_(credential), log_(std::move(log)) {}

  // The variable that stands for the value (`token_provider`, `credential`) at `use`.
  std::string name_for(std::string_view value, bool async, const std::string& scope, Span use);

  // The same as an expression; a variable is made only for what stands in it.
  std::string expression_for(std::string_view value, bool async, const std::string& scope,
                             Span use);

  // A credential for one client of async code, made in `within` (its function or class).
  struct Own {
    std::string name;
    std::string text;
  };
  // Nothing when a credential or provider of the module serves. `of_object`: `self._credential`.
  std::optional<Own> own_credential(std::string_view value, const std::string& scope, Span use,
                                    Span within, bool of_object);
  // The text alone, for a variable that is there already.
  std::string own_credential_text(Span use);
  // The value as an expression of that credential.
  std::string made_of(std::string_view value, const std::string& credential,
                      const std::string& scope);

  // The name that the file calls a member of a module by; imported when it is not there.
  std::string imported(const std::string& module, const std::string& member);

  // Makes what was asked for: bindings before their first use, imports in the import block.
  [[nodiscard]] std::vector<Edit> edits() const;
  // True when an awaitable provider was made: its package is needed too.
  [[nodiscard]] bool made_async() const { return async_; }
  // True when one was made that the file does not close.
  [[nodiscard]] bool left_open() const { return left_open_; }
  [[nodiscard]] bool made_any() const { return !made_.empty(); }

 private:
  [[nodiscard]] std::string existing(std::string_view value, bool async, const std::string& scope,
                                     Span use) const;
  // `within`: where the name is meant; empty for the whole file.
  [[nodiscard]] std::string free_name(const std::vector<std::string>& names,
                                      Span within = {}) const;
  std::string credential_text(bool async, Span use);
  std::string new_credential(bool async, Span use);
  [[nodiscard]] bool is_credential(ValueId value, const std::string& module) const;
  [[nodiscard]] std::string wrapper_name(bool async) const;
  [[nodiscard]] bool wrapped_before(const ValueTemplate& row) const;
  std::string logger_at(Span use);
  // The text of a function or class, as the file would write it.
  std::string definition(const ValueTemplate& row, bool async, const std::string& scope, Span use);
  [[nodiscard]] std::string in_own_style(const std::string& text) const;
  // Wants the imports; names that the file has from another module get one of their own in `text`.
  void import(const std::vector<std::string>& imports, bool async, std::string& text);
  [[nodiscard]] bool means_another(const std::string& name, const std::string& module) const;
  [[nodiscard]] std::string filled(std::string text, const std::string& credential,
                                   const std::string& scope, bool async) const;

  const CodeFile& file_;
  const LanguageTemplates& templates_;
  std::string_view credential_;
  LogChoice log_;
  std::vector<Binding> made_;
  std::map<std::string, std::string> named_;                 // value, async, scope -> name
  std::map<std::string, std::vector<std::string>> imports_;  // module -> names ("" = itself)
  std::vector<std::pair<std::string, Span>> own_;            // names and where they are meant
  bool async_ = false;
  bool left_open_ = false;
};

// Edits that make the file import these; fewer or none for what it imports already. `before`: the
// offset that the imports must stand before.
std::vector<Edit> import_edits(const CodeFile& file,
                               const std::map<std::string, std::vector<std::string>>& wanted,
                               uint32_t before);

}  // namespace keyless
