#include "rule/templates.h"

#include <algorithm>

#include "rule/fields.h"

namespace keyless {
namespace {

template <class Row, class Name>
const Row* find_row(const std::vector<Row>& rows, std::string_view name, Name Row::* member) {
  const auto it =
      std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.*member == name; });
  return it == rows.end() ? nullptr : &*it;
}

class Loader {
 public:
  explicit Loader(std::string_view path) : path_(path) {}

  LanguageTemplates language(const std::string& name, const YamlNode& node) {
    Fields fields(node, path_, "a language's templates");
    LanguageTemplates t;
    t.language = name;
    t.package = package(fields.node("package"));
    t.async_package = package(fields.node("async_package"));
    t.identity = fields.text("identity");
    t.async_identity = fields.text("async_identity");
    t.binding = fields.text("binding");
    if (fields.node("unfit") != nullptr) t.unfit = fields.pairs("unfit");
    if (fields.node("unfit_files") != nullptr) t.unfit_files = fields.pairs("unfit_files");
    if (fields.node("public_settings") != nullptr)
      t.public_settings = fields.pairs("public_settings");
    t.server_files = fields.texts("server_files");
    if (const YamlNode* list = fields.node("credentials"))
      for (const auto& [choice, row] : list->fields)
        t.credentials.push_back(credential(choice, row));
    if (const YamlNode* list = fields.node("values"))
      for (const auto& [value_name, row] : list->fields) t.values.push_back(value(value_name, row));
    if (const YamlNode* list = fields.node("logging"))
      for (const auto& [style, row] : list->fields) t.log_styles.push_back(log_style(style, row));
    if (t.package.name.empty() || t.binding.empty() || t.credential("default") == nullptr)
      fields.bad(node.line, "needs 'package', 'binding' and a credential 'default'");
    keep(fields);
    return t;
  }

  [[nodiscard]] const std::optional<Diagnostic>& problem() const { return problem_; }

 private:
  DependencySpec package(const YamlNode* node) {
    if (node == nullptr) return {};
    Fields fields(*node, path_, "a package");
    DependencySpec spec{fields.text("name"), fields.text("at_least")};
    keep(fields);
    return spec;
  }

  CredentialTemplate credential(const std::string& choice, const YamlNode& node) {
    Fields fields(node, path_, "a credential");
    CredentialTemplate t{choice, fields.text("text"), fields.texts("imports"),
                         fields.text("own_line") == "yes"};
    keep(fields);
    return t;
  }

  ValueTemplate value(const std::string& name, const YamlNode& node) {
    Fields fields(node, path_, "a value");
    ValueTemplate t{name, fields.texts("names"), fields.text("text"), fields.texts("imports"),
                    fields.text("definition") == "yes"};
    keep(fields);
    return t;
  }

  LogStyle log_style(const std::string& name, const YamlNode& node) {
    Fields fields(node, path_, "a style of logging");
    LogStyle t{name, fields.texts("loggers"), fields.text("make"), fields.texts("imports"),
               fields.text("statement")};
    if (t.statement.empty()) fields.bad(node.line, "a style of logging needs a 'statement'");
    keep(fields);
    return t;
  }

  void keep(Fields& fields) {
    if (!problem_) problem_ = fields.finish();
  }

  std::string_view path_;
  std::optional<Diagnostic> problem_;
};

}  // namespace

const CredentialTemplate* LanguageTemplates::credential(std::string_view choice) const {
  return find_row(credentials, choice, &CredentialTemplate::choice);
}

const ValueTemplate* LanguageTemplates::value(std::string_view name) const {
  return find_row(values, name, &ValueTemplate::name);
}

Result<Templates> Templates::load(const YamlNode& file, std::string_view path) {
  Templates templates;
  Loader loader(path);
  for (const auto& [language, node] : file.fields)
    templates.languages_.push_back(loader.language(language, node));
  if (loader.problem()) return fail(*loader.problem());
  return templates;
}

const LanguageTemplates* Templates::of(std::string_view language) const {
  const bool script = language == "typescript" || language == "tsx";
  return find_row(languages_, script ? "javascript" : language, &LanguageTemplates::language);
}

}  // namespace keyless
