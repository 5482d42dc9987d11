// lower_bicep, lower_bicepparam: the declarations of Bicep files as elements.
#include "base/redacted.h"
#include "base/text.h"
#include "syntax/bicep/expressions.h"
#include "syntax/bicep/parser.h"
#include "syntax/lowering.h"
#include "syntax/resources/arm_resource.h"
#include "syntax/resources/flatten.h"

namespace keyless {
namespace {

using bicep::Declaration;
using bicep::Expr;
using bicep::ExprKind;
using bicep::no_expr;

std::string without_version(std::string_view type) {
  return std::string(type.substr(0, type.find('@')));
}

class Lowering {
 public:
  Lowering(const SourceFile& file, std::string_view language, const bicep::File& tree)
      : builder_(file, language),
        tree_(tree),
        shapes_(builder_, [this](std::string_view name) { return definition(name); }),
        expressions_(shapes_, tree, symbols_),
        settings_(shapes_),
        values_file_(language == "bicepparam") {}

  Document run();

 private:
  struct Definition {
    bicep::ExprId expression = no_expr;
    ValueId value = none;
    bool busy = false;
  };

  void declare(const Declaration& declaration, const std::string& parent);
  void lower(const Declaration& declaration, const std::string& parent);
  void resource(const Declaration& declaration, const std::string& parent);
  void instance(Element element, const std::string& parent, bicep::ExprId body,
                const Bindings& bindings);
  void module(const Declaration& declaration);
  void add(Element element, const Declaration& declaration);
  ValueId definition(std::string_view name);
  [[nodiscard]] const Expr* body_of(bicep::ExprId id) const;

  Builder builder_;
  const bicep::File& tree_;
  bicep::SymbolTable symbols_;
  Shapes shapes_;
  bicep::Expressions expressions_;
  Settings settings_;
  bool values_file_;
  std::unordered_map<std::string, Definition> definitions_;
  std::vector<std::pair<std::string, bicep::ExprId>> names_;  // of resources
  std::vector<std::pair<std::string, ValueId>> unclaimed_;
};

Document Lowering::run() {
  for (const Span& span : tree_.broken) builder_.broken(span);
  if (tree_.too_deep) builder_.incomplete("expressions nested deeper than 200 levels are not read");
  for (const Declaration& d : tree_.declarations)
    if (d.top) declare(d, {});
  for (const auto& [name, expression] : names_)
    symbols_.set_name_text(name, shapes_.text_of(expressions_.lower(expression, {})));
  for (const Declaration& d : tree_.declarations)
    if (d.top) lower(d, {});
  for (const auto& [name, value] : unclaimed_) settings_.read_unclaimed(name, value, name);
  return builder_.take();
}

// The object a resource's or module's value ends in: behind `if (..)` and a loop.
const Expr* Lowering::body_of(bicep::ExprId id) const {
  for (int steps = 0; id != no_expr && steps < 4; ++steps) {
    const Expr& expr = tree_.expressions[id];
    if (expr.kind == ExprKind::object) return &expr;
    if (expr.kind != ExprKind::loop) return nullptr;
    id = expr.parts[1];
  }
  return nullptr;
}

void Lowering::declare(const Declaration& d, const std::string& parent) {
  const std::string name = parent.empty() ? d.name : parent + "::" + d.name;
  std::string type;
  if (d.keyword == "resource") {
    type = without_version(d.type);
    const std::string* outer = symbols_.type_of(parent);
    if (outer != nullptr) type = *outer + "/" + type;
  }
  if (d.keyword == "var") definitions_[name].expression = d.value;
  if (!name.empty()) symbols_.add(name, std::move(type));
  const Expr* body = body_of(d.value);
  if (body == nullptr || d.keyword != "resource") return;
  for (const bicep::Property& property : body->properties)
    if (property.name == "name") names_.emplace_back(name, property.value);
  for (const uint32_t nested : body->nested) declare(tree_.declarations[nested], name);
}

ValueId Lowering::definition(std::string_view name) {
  const auto found = definitions_.find(std::string(name));
  if (found == definitions_.end() || found->second.busy) return none;
  Definition& entry = found->second;
  if (entry.value == none) {
    entry.busy = true;
    entry.value = expressions_.lower(entry.expression, {});
    entry.busy = false;
  }
  return entry.value;
}

void Lowering::add(Element element, const Declaration& d) {
  element.name = d.name;
  element.name_span = d.name_span;
  element.span = d.span;
  element.flag = d.secure;
  element.extent = entry_extent(builder_, d.whole, d.name, "//");
  if (element.value != none && element.kind != ElementKind::iac_output)
    unclaimed_.emplace_back(d.name, element.value);
  if (element.kind == ElementKind::iac_variable)
    builder_.add(std::move(element));
  else
    add_flattened(shapes_, std::move(element));
}

void Lowering::lower(const Declaration& d, const std::string& parent) {
  Element element;
  const bool has_value = d.value != no_expr;
  if (d.keyword == "resource") {
    resource(d, parent);
  } else if (d.keyword == "module") {
    module(d);
  } else if (d.keyword == "param") {
    element.kind = values_file_ ? ElementKind::iac_assign : ElementKind::iac_variable;
    element.container = Container::iac_parameter;
    element.type = mask_keys(d.type.substr(0, d.type.find('\n')));
    if (has_value) element.value = expressions_.lower(d.value, {});
    add(std::move(element), d);
  } else if (d.keyword == "var") {
    element.kind = ElementKind::iac_local;
    element.value = definition(d.name);
    add(std::move(element), d);
  } else if (d.keyword == "output") {
    element.kind = ElementKind::iac_output;
    element.container = Container::output;
    if (has_value) element.value = expressions_.lower(d.value, {});
    add(std::move(element), d);
  } else if (d.keyword == "using" && has_value) {
    element.kind = ElementKind::entry;
    element.name = "using";
    element.span = d.span;
    element.value = expressions_.lower(d.value, {});
    builder_.add(std::move(element));
  }
}

void Lowering::resource(const Declaration& d, const std::string& parent) {
  Element element;
  element.kind = ElementKind::resource;
  element.flag = d.existing;
  element.name = parent.empty() ? d.name : parent + "::" + d.name;
  element.name_span = d.name_span;
  element.type = *symbols_.type_of(element.name);
  element.span = first_line(builder_, d.span);
  element.extent = entry_extent(builder_, d.whole, {}, "//");
  const std::string name = element.name;
  if (d.value == no_expr || tree_.expressions[d.value].kind != ExprKind::loop) {
    instance(std::move(element), parent, d.value, {});
  } else {
    const Expr& loop = tree_.expressions[d.value];
    const ValueId collection = expressions_.lower(loop.parts[0], {});
    const std::vector<Item> items = shapes_.each(collection);
    Bindings any;
    std::vector<ValueId> values;
    values.reserve(items.size());
    for (const Item& item : items) values.push_back(item.value);
    any.bind(loop.names[0], values.empty() ? shapes_.any_of(collection, loop.span)
                                           : builder_.alternative(loop.span, values));
    // A store that loops over literals is said once per secret: name and value belong together.
    if (items.empty() || !is_store_type(element.type)) {
      instance(std::move(element), parent, loop.parts[1], any);
    } else {
      for (const Item& item : items) {
        if (!shapes_.another_round()) break;
        Bindings one;
        one.bind(loop.names[0], item.value);
        instance(element, parent, loop.parts[1], one);
      }
    }
  }
  if (const Expr* body = body_of(d.value))
    for (const uint32_t nested : body->nested) lower(tree_.declarations[nested], name);
}

void Lowering::instance(Element element, const std::string& parent, bicep::ExprId body,
                        const Bindings& bindings) {
  if (body != no_expr) element.value = expressions_.lower(body, bindings);
  add_arm_resource(shapes_, settings_, std::move(element), parent);
}

void Lowering::module(const Declaration& d) {
  Element element;
  element.kind = ElementKind::module;
  element.name = d.name;
  element.name_span = d.name_span;
  element.type = d.type;
  element.span = first_line(builder_, d.span);
  element.extent = entry_extent(builder_, d.whole, {}, "//");
  bicep::ExprId body = d.value;
  Bindings any;
  if (body != no_expr && tree_.expressions[body].kind == ExprKind::loop) {
    const Expr& loop = tree_.expressions[body];
    const ValueId collection = expressions_.lower(loop.parts[0], {});
    std::vector<ValueId> values;
    for (const Item& item : shapes_.each(collection)) values.push_back(item.value);
    any.bind(loop.names[0], values.empty() ? shapes_.any_of(collection, loop.span)
                                           : builder_.alternative(loop.span, std::move(values)));
    body = loop.parts[1];
  }
  if (body != no_expr) element.value = expressions_.lower(body, any);
  add_arm_resource(shapes_, settings_, std::move(element), {});
}

Document lower_file(const SourceFile& file, std::string_view language) {
  bicep::Parser parser(file.text, bicep::Parser::Dialect::bicep);
  const bicep::File tree = parser.file();
  return Lowering(file, language, tree).run();
}

}  // namespace

Document lower_bicep(const SourceFile& file) {
  return lower_file(file, "bicep");
}

Document lower_bicepparam(const SourceFile& file) {
  return lower_file(file, "bicepparam");
}

}  // namespace keyless
