// Expressions: Bicep and ARM expressions as Values; symbols keep the name they are written with.
// Functions that merge, choose or hand a value through are seen through; loops are unrolled.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "syntax/bicep/syntax.h"
#include "syntax/resources/shapes.h"
#include "syntax/resources/text_value.h"

namespace keyless::bicep {

// The declared symbols of one file or template, by name, by type and name text, by name text.
class SymbolTable {
 public:
  // `type` without version; "" for anything but a resource.
  void add(const std::string& name, std::string type = {}) { types_[name] = std::move(type); }
  // The text of a resource's `name`, to find it by resourceId(type, name).
  void set_name_text(const std::string& name, std::string_view text);

  [[nodiscard]] bool contains(const std::string& name) const { return types_.contains(name); }
  // nullptr when the name is not declared.
  [[nodiscard]] const std::string* type_of(const std::string& name) const;
  // The first declared resource of that type and name, without case; "" when there is none. An
  // empty type fits any.
  [[nodiscard]] std::string resource(std::string_view type, std::string_view name_text) const;

 private:
  std::unordered_map<std::string, std::string> types_;
  std::unordered_map<std::string, std::string> resources_;  // "type|name text" and "|name text"
};

class Expressions {
 public:
  // All must outlive this object; `pool` may grow between calls. `prefix` goes before the names of
  // parameters and variables of a nested template.
  Expressions(Shapes& shapes, const File& pool, const SymbolTable& symbols, std::string prefix = {})
      : shapes_(shapes), pool_(pool), symbols_(symbols), prefix_(std::move(prefix)) {}

  ValueId lower(ExprId id, const Bindings& bindings, int depth = 0);

 private:
  using Values = std::vector<ValueId>;

  const Expr& at(ExprId id) const { return pool_.expressions[id]; }
  ValueId name(const Expr& expr, const Bindings& bindings);
  ValueId symbol(Span span, const std::string& name, const std::string& member);
  ValueId text(const Expr& expr, const Bindings& bindings, int depth);
  ValueId object(const Expr& expr, const Bindings& bindings, int depth);
  ValueId array(const Expr& expr, const Bindings& bindings, int depth);
  ValueId loop(const Expr& expr, const Bindings& bindings, int depth);
  ValueId access(const Expr& expr, const Bindings& bindings, int depth);
  ValueId output_value(ValueId value);
  ValueId method(ValueId base, const Step& step, Span span, const Bindings& bindings, int depth);

  // functions.cpp
  ValueId call(const std::string& name, const std::vector<ExprId>& arguments, Span span,
               const Bindings& bindings, int depth);
  ValueId plain_call(const std::string& name, const std::vector<ExprId>& arguments, Span span,
                     const Values& values);
  ValueId concat(Span span, Values values);
  ValueId format(Span span, const Values& values);
  ValueId items_of(Span span, ValueId map);
  ValueId create_object(Span span, const std::vector<ExprId>& arguments, const Values& values);
  ValueId apply(const std::string& name, const std::vector<ExprId>& arguments, Span span,
                const Values& values, const Bindings& bindings, int depth);
  ValueId lambda(ExprId id, const Values& arguments, const Bindings& bindings, int depth);

  // resource_functions.cpp
  ValueId resource_id(Span span, const Values& values);
  ValueId list_keys(const std::string& name, Span span, const Values& values);
  ValueId reference(Span span, const Values& values);

  Builder& builder() { return shapes_.builder(); }

  Shapes& shapes_;
  const File& pool_;
  const SymbolTable& symbols_;
  std::string prefix_;
};

}  // namespace keyless::bicep
