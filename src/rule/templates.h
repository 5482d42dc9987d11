// Templates: the text that rewrites write for credentials and token providers, per language.
// From rules/_templates.yaml; text is code with `$identity`, `$credential`, `$scope` in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "rule/fix_spec.h"

namespace keyless {

struct CredentialTemplate {
  std::string choice;  // word of --credential
  std::string text;
  std::vector<std::string> imports;  // "module name", or "module" alone
  bool own_line = false;             // too long to stand inside another expression
};

// A value that rules name: `$token_provider`, `$credential`.
struct ValueTemplate {
  std::string name;
  std::vector<std::string>
      names;  // variable names to try, in order; none: it stands where it is used
  std::string text;
  std::vector<std::string> imports;
  bool definition = false;  // text is a function with `$name` in it, lines and all
};

// How failures are logged, for `--with-logging`.
struct LogStyle {
  std::string name;
  std::vector<std::string> loggers;  // symbols that are, or return, a logger
  std::string make;                  // text of a new logger; "" when the import is one
  std::vector<std::string> imports;  // for a new logger; none: only where the file has one already
  std::string statement;             // one statement, with `$logger` in it unless it needs none
};

struct LanguageTemplates {
  std::string language;
  DependencySpec package;
  DependencySpec async_package;  // needed beside it for awaitable tokens
  std::string identity;          // module of the credentials
  std::string async_identity;    // "" where one module serves both
  std::string binding;           // `$name = $text`
  std::vector<CredentialTemplate> credentials;
  std::vector<ValueTemplate> values;
  std::vector<LogStyle> log_styles;  // the last one serves where no other is used
  // Files where no credential of the package works: a text in them, or the end of their name, and
  // why.
  std::vector<std::pair<std::string, std::string>> unfit;
  std::vector<std::pair<std::string, std::string>> unfit_files;
  // Signs that count outside server_files only: a server may read what a browser gets.
  std::vector<std::pair<std::string, std::string>> public_settings;
  std::vector<std::string> server_files;  // globs on the path

  [[nodiscard]] const CredentialTemplate* credential(std::string_view choice) const;
  [[nodiscard]] const ValueTemplate* value(std::string_view name) const;
};

class Templates {
 public:
  static Result<Templates> load(const YamlNode& file, std::string_view path);

  // Of a document's language; typescript and tsx are javascript. nullptr when there are none.
  [[nodiscard]] const LanguageTemplates* of(std::string_view language) const;

 private:
  std::vector<LanguageTemplates> languages_;
};

}  // namespace keyless
