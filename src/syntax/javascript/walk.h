// Walk: lowers one JavaScript or TypeScript tree into a Builder; its parts are one file each.
// Every node is visited once, to a depth of max_depth; nothing here fails, broken code is skipped.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "syntax/builder.h"
#include "syntax/javascript/kinds.h"
#include "syntax/javascript/names.h"
#include "syntax/tree.h"

namespace keyless::javascript {

class Walk {
 public:
  Walk(Builder& builder, const TSLanguage* language) : b_(builder), kinds_(language) {}

  void file(const Node& root);

 private:
  using Elements = std::vector<ElementId>;

  // An expression as a dotted name: `await f(x).a["b"]` has base `f()`, path `a.b`, inner `f(x)`.
  struct Dotted {
    std::string base;
    std::string path;
    Node inner;                 // the root, when it is more than a name; null otherwise
    std::vector<Node> indexes;  // subscripts that are no literals, `[*]` in the path
    [[nodiscard]] std::string text() const { return base.empty() ? base : extend(base, path); }
  };

  // One name that a pattern binds: `const {a: {b = 1}} = x` binds b with path `a.b`.
  struct Bound {
    std::string name;
    std::string path;
    Span name_span;
    Span span;  // of all that says where it comes from: `a: b`
    ValueId fallback = none;
    Extent extent;
  };

  struct Call {
    Node node;
    ElementId element = none;
    std::string name;       // as written
    std::string receiver;   // the part of `name` before the last dot
    std::string method;     // the part after it
    ValueId target = none;  // the value of the receiver, when it is more than a name
    std::vector<ValueId> arguments;
    Elements fields;  // what a schema among receiver and arguments declares
  };

  static Element make(ElementKind kind, Span span, std::string name, Span name_span,
                      ValueId value = none);

  // walk.cpp: statements
  void walk(const Node& node);
  void children(const Node& node);
  void statement(const Node& node, Kind kind);
  void return_statement(const Node& node);
  void if_statement(const Node& node);
  void for_in(const Node& node);
  void catch_clause(const Node& node);
  void enumeration(const Node& node);
  void interface(const Node& node, const Node& body);
  void foresee(const Node& root);
  void foresee_declaration(const Node& declaration);
  [[nodiscard]] bool enter();
  void leave() { --depth_; }

  // expressions.cpp: the value of an expression; `hint` names the function or map found there
  ValueId value(const Node& node, const std::string& hint = {});
  ValueId expression(const Node& node, Kind kind, const std::string& hint);
  ValueId name_value(const Node& node);
  static std::string text_of(const Node& string);  // decoded, without its quotes
  ValueId class_value(const Node& node, const std::string& hint);
  ValueId sequence(const Node& node, const std::string& hint);
  ValueId binary(const Node& node);
  ValueId chain(const Node& node, std::string_view operation);
  ValueId sum(const Span& span, std::vector<ValueId> parts);
  ValueId ternary(const Node& node, const std::string& hint);
  ValueId unary(const Node& node);
  ValueId text_template(const Node& node);
  ValueId array(const Node& node);
  Node peel(Node node) const;

  // reads.cpp: names become reads; members of values
  Dotted dotted(const Node& node, int depth = 0) const;
  std::string dotted_text(const Node& node) const { return dotted(node).text(); }
  void index_segment(const Node& index, Dotted& out) const;
  ValueId named(Span span, std::string text, ElementId receiver = none);
  ValueId read(ValueKind kind, Span span, std::string_view name, ValueId argument = none);
  ValueId member_of(ValueId base, std::string_view path, Span span);
  ValueId member_of_map(ValueId base, std::string_view path, Span span);
  std::string unaliased(std::string text) const;
  bool is_environment(ValueId id) const;

  // objects.cpp: maps, their pairs, and the dotted names of what they hold
  ValueId object(const Node& node, const std::string& hint);
  void member(const Node& node, ValueId map, const Span& whole, const std::string& hint);
  void method_member(const Node& node, ValueId map, const Span& whole, const std::string& hint);
  void add_pair(ValueId map, Element pair);
  std::string key_of(const Node& key, bool* known = nullptr);
  void dotted_assigns(const std::string& name, ValueId map, ScopeId scope, int depth = 0);
  void list_assigns(const std::string& name, ValueId list, ScopeId scope, int depth);
  ValueId each_of(ValueId list, Span span);  // any one element
  void environment_settings(ValueId map);
  void environment_setting(const std::string& name, Span span, Extent extent, ValueId value);
  void entries(const std::string& prefix, ValueId map, int depth = 0);
  const Elements& pairs_of(ValueId map) const;

  // calls.cpp
  ValueId call(const Node& node, const std::string& hint);
  void arguments(Call& call, const std::string& hint);
  void argument(Call& call, const Node& node, int32_t position, const Span& whole,
                const std::string& hint);
  void properties(ElementId call, ValueId map, bool nested);
  ValueId module_call(const Node& node, const Node& callee);
  void effects(const Call& call);
  ValueId result_of(const Call& call);
  ValueId transparent_result(const Call& call);
  ValueId listed(const Call& call);
  ValueId text_result(const Call& call);
  ValueId read_result(const Call& call);
  ValueId environment_call(const Call& call);

  // schemas.cpp: declared reads (zod, joi, envalid, t3-env, convict)
  void schema_fields(Call& call);
  void declared(Call& call, ElementId pair);
  void collect_nested(Call& call, ValueId map, int depth);
  ValueId parsed(const Call& call);
  ValueId environment_map(const Elements& fields, Span span);
  void convict_entries(const std::string& prefix, ValueId map, int depth = 0);

  // bindings.cpp: declarations and assignments
  void declaration(const Node& node, Span statement);
  void declarator(const Node& node, const Extent& extent);
  bool module_declarator(const Node& name, const Node& value, Span span, const Extent& extent);
  [[nodiscard]] Extent statement_extent(Span span, std::string_view key = {}) const;
  void pattern(const Node& node, const std::string& path, std::vector<Bound>& out, Span whole = {},
               ValueId fallback = none);
  void object_pattern_member(const Node& node, const std::string& path, std::vector<Bound>& out);
  void bind(const Node& target, ValueId value, Span span, const Extent& extent, bool declares,
            const std::string& type = {});
  void assign(const std::string& name, Span name_span, ValueId value, Span span,
              const Extent& extent = {}, const std::string& type = {});
  ValueId assignment(const Node& node);
  ValueId augmented(const Node& node);
  bool environment_target(const Node& left, ValueId value, const Node& whole);
  void assign_target(const Node& left, ValueId value, Span span);

  // functions.cpp, classes.cpp
  static std::string type_of(const Node& node);  // the text of its type annotation
  std::vector<ValueId> function(const Node& node, std::string_view name, ValueId first = none);
  ValueId function_value(const Node& node, const std::string& hint, ValueId first = none);
  void parameter(const Node& node, int32_t position, ValueId given = none);
  void parameter_property(const Node& node, const std::string& name);
  void class_(const Node& node, std::string_view name);
  void heritage(const Node& node);
  void class_member(const Node& node, Kind kind, std::string_view class_name);
  void method(const Node& node, std::string_view class_name);
  void class_field(const Node& node, std::string_view class_name);

  // modules.cpp
  void import_statement(const Node& node);
  void import_clause(const Node& node, const std::string& module, const Extent& statement);
  void import_names(const Node& node, const std::string& module, const Extent& statement);
  void import(std::string_view name, Span span, const std::string& module, std::string_view member,
              const Extent& extent = {});
  void export_statement(const Node& node);
  void export_default(const Node& node);
  void export_clause(const Node& node, const std::string& module);
  void export_name(std::string name, Span span, ValueId value, std::string module = {},
                   std::string member = {});
  void exported_assignment(const std::string& target, ValueId value, Span span);
  void exported_entry(const std::string& name, Span span, ValueId value);
  std::string module_of(const Node& call) const;
  void config_file_entries(ValueId value);

  // names.cpp: what each scope declares, and which names stand for the environment
  enum class Alias : uint8_t { no, environment, runtime_config };
  void declare(std::string_view name, Alias alias = Alias::no);
  Alias alias_of(std::string_view name) const;
  [[nodiscard]] ScopeId scope_of(std::string_view name) const;
  Alias alias_in(const Node& value) const;
  ScopeId open(ScopeKind kind, std::string_view name, Span span, bool async = false);

  Builder& b_;
  Kinds kinds_;
  int depth_ = 0;
  bool too_deep_ = false;
  int derived_ = 100'000;  // elements that may still be made of others: maps, schemas, exports
  std::vector<std::unordered_map<std::string, Alias>> declared_{1};  // by scope
  std::unordered_set<std::string> aliases_;                  // names that are an alias anywhere
  std::unordered_map<std::string, std::string> constants_;   // `const X = "text"` of the file
  std::unordered_map<std::string, ValueId> named_maps_;      // `const x = {...}`, by name
  std::unordered_map<ValueId, Elements> pairs_;              // by map
  std::unordered_map<ElementId, Elements> schemas_;          // declared fields, by call
  std::unordered_map<std::string, Elements> named_schemas_;  // ... by name of a constant
  std::vector<std::vector<ValueId>> returns_;                // of the functions being walked
};

}  // namespace keyless::javascript
