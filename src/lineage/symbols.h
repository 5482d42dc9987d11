// Symbols: which variable, member, function or class a dotted name in code stands for, across
// files. At most six hops (imports, re-exports, aliases, types); no heap, no dynamic dispatch.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lineage/project.h"

namespace keyless {

struct Ref {
  enum class Kind : uint8_t { nothing, variable, function, type } kind = Kind::nothing;
  uint32_t file = none;
  ScopeId scope = 0;  // variable: owner scope; function, type: its own scope
  std::string name;   // variable: name within the owner, dots kept for entries of a literal map

  explicit operator bool() const { return kind != Kind::nothing; }
};

class Symbols {
 public:
  // Indexes every file of the project; call again (a new object) when files were added.
  explicit Symbols(const Project& project);

  // `dotted` as written in `scope` of `file`.
  [[nodiscard]] Ref resolve(uint32_t file, ScopeId scope, std::string_view dotted) const {
    start(file);
    return resolve(file, scope, dotted, 0);
  }
  // The class whose instance a value is; nothing when that is not known.
  [[nodiscard]] Ref type_of(uint32_t file, ScopeId scope, ValueId value) const {
    start(file);
    return type_of_value(file, scope, value, 0);
  }
  // The function a constructor call of the class runs: __init__, constructor; none when it has
  // none.
  [[nodiscard]] ScopeId constructor_of(uint32_t file, ScopeId type) const;
  // Fields of a class in source order (dataclasses, pydantic models).
  [[nodiscard]] std::vector<const Element*> fields_of(uint32_t file, ScopeId type) const;
  // Parameters of a function scope, in source order.
  [[nodiscard]] const std::vector<const Element*>& params_of(uint32_t file, ScopeId function) const;

 private:
  struct Declared {
    Ref::Kind kind = Ref::Kind::variable;
    ScopeId target = 0;                    // function, type
    std::vector<const Element*> elements;  // assigns, params and fields of a variable
  };
  struct FileIndex {
    std::unordered_map<std::string, Declared> declared;  // "scope#name"
    std::unordered_map<ScopeId, std::vector<const Element*>> params;
    std::unordered_map<ScopeId, std::vector<const Element*>> results;
    std::unordered_map<ScopeId, std::vector<const Element*>> bases;
    std::vector<const Element*> exports;
    std::vector<const Element*> stars;  // `import *`, `export *`
  };

  [[nodiscard]] const Declared* declared(uint32_t file, ScopeId scope, std::string_view name) const;
  [[nodiscard]] Ref resolve(uint32_t file, ScopeId scope, std::string_view dotted, int depth) const;
  [[nodiscard]] Ref imported(uint32_t file, std::string_view dotted, int depth) const;
  [[nodiscard]] Ref exported(uint32_t file, std::string_view dotted, int depth) const;
  [[nodiscard]] Ref from_module(uint32_t file, std::string_view module, std::string_view member,
                                std::string_view rest, int depth) const;
  [[nodiscard]] Ref member(uint32_t file, ScopeId type, std::string_view dotted, int depth) const;
  [[nodiscard]] Ref behind_call(uint32_t file, ScopeId scope, std::string_view callee,
                                std::string_view rest, int depth) const;
  [[nodiscard]] Ref behind(uint32_t file, ScopeId scope, std::string_view variable,
                           std::string_view rest, int depth) const;
  [[nodiscard]] Ref type_of_value(uint32_t file, ScopeId scope, ValueId value, int depth) const;
  [[nodiscard]] Ref type_of_variable(uint32_t file, const Declared& variable, int depth) const;
  [[nodiscard]] Ref type_named(uint32_t file, ScopeId scope, std::string_view annotation,
                               int depth) const;
  // A fresh budget of steps for one question; generated code gets a small one, since a minified
  // file assigns each of its few names hundreds of times.
  void start(uint32_t file) const;
  [[nodiscard]] bool exhausted(int depth) const;
  void index(uint32_t file);

  const Project& project_;
  std::vector<FileIndex> files_;
  std::vector<const Element*> no_elements_;
  mutable int steps_left_ = 0;
};

}  // namespace keyless
