#include "base/text.h"
#include "syntax/javascript/walk.h"

namespace keyless::javascript {
namespace {

bool has_token(const Node& node, std::string_view token) {
  bool found = false;
  node.each_child([&](const Node& child, std::string_view) {
    found = found || (!child.named() && child.is(token));
  });
  return found;
}

std::string_view unquoted(std::string_view text) {
  const bool quoted =
      text.size() >= 2 && (text.front() == '"' || text.front() == '\'' || text.front() == '`');
  return quoted ? text.substr(1, text.size() - 2) : text;
}

// Modules whose names are environment variables, and modules whose `env` is the environment.
bool holds_variables(std::string_view module) {
  return module.starts_with("$env/static/") || module.starts_with("astro:env/");
}
bool holds_environment(std::string_view module) {
  return module.starts_with("$env/dynamic/") || module == "process" || module == "node:process" ||
         module == "bun" || module == "cloudflare:workers" || module == "std-env";
}

// The module of `require("m")`, or of a name that was given one; "" for any other value.
std::string required_module(const Document& d, ValueId id) {
  const Value& v = d.values[id];
  if (v.kind == ValueKind::call && v.element != none) {
    const Element& call = d.elements[v.element];
    if (call.name != "require" || call.inputs.size() != 1 || call.inputs.front().value == none)
      return {};
    const Value& module = d.values[call.inputs.front().value];
    return module.kind == ValueKind::literal ? module.text : std::string{};
  }
  if (v.kind != ValueKind::symbol) return {};
  for (const Element& e : d.elements)
    if (e.kind == ElementKind::import && e.name == v.text && e.member.empty()) return e.module;
  return {};
}

}  // namespace

void Walk::import(std::string_view name, Span span, const std::string& module,
                  std::string_view member, const Extent& extent) {
  Element e = make(ElementKind::import, span, std::string(name), span);
  e.extent = extent;
  e.module = module;
  e.member = member;
  b_.add(std::move(e));
  if (name.empty()) return;
  // The objects that node-config and Vite's helper export.
  const bool config = module == "config" && (member.empty() || member == "default");
  declare(name, holds_environment(module) && member == "env" ? Alias::environment
                : config                                     ? Alias::runtime_config
                                                             : Alias::no);
  if (holds_variables(module) && is_upper_snake(member))
    assign(std::string(name), span, read(ValueKind::env, span, member), span);
}

void Walk::import_statement(const Node& node) {
  if (has_token(node, "type") || has_token(node, "typeof")) return;
  bool bound = false;
  const Extent statement = statement_extent(node.span());
  const Node source = node.field("source");
  const std::string module(source ? unquoted(source.text()) : std::string_view{});
  node.each_named_child([&](const Node& child) {
    if (child.is("import_clause")) {
      import_clause(child, module, statement);
      bound = true;
    } else if (child.is("import_require_clause")) {  // import x = require("m")
      const Node name = child.named_child(0);
      import(name.text(), name.span(), std::string(unquoted(child.field("source").text())), {},
             statement);
      bound = true;
    }
  });
  if (!bound && !module.empty()) import({}, node.span(), module, {}, statement);
}

void Walk::import_clause(const Node& node, const std::string& module, const Extent& statement) {
  const bool only = node.named_count() == 1;
  node.each_named_child([&](const Node& child) {
    const Extent extent = only ? statement : separated_extent(b_.text(), child.span(), node.span());
    if (kinds_.of(child) == Kind::identifier) {
      import(child.text(), child.span(), module, "default", extent);
    } else if (child.is("namespace_import")) {
      import(child.named_child(0).text(), child.span(), module, {}, extent);
    } else if (child.is("named_imports")) {
      import_names(child, module, extent);
    }
  });
}

// `{a, b as c}`; the only name goes with what holds the braces.
void Walk::import_names(const Node& node, const std::string& module, const Extent& holder) {
  const bool only = node.named_count() == 1;
  node.each_named_child([&](const Node& child) {
    const Node name = child.is("import_specifier") ? child.field("name") : Node();
    if (!name || has_token(child, "type") || has_token(child, "typeof")) return;
    const Node alias = child.field("alias");
    Extent extent = separated_extent(b_.text(), child.span(), node.span());
    if (only) extent.parent = holder.span;
    import((alias ? alias : name).text(), child.span(), module, unquoted(name.text()), extent);
  });
}

// The module of `require("m")` or `import("m")`, "" for any other call.
std::string Walk::module_of(const Node& call) const {
  if (kinds_.of(call) != Kind::call) return {};
  const Node callee = call.field("function");
  if (!callee) return {};
  const bool loads = kinds_.of(callee) == Kind::import_word || callee.text() == "require";
  if (!loads) {
    // Helpers of compilers: `__importDefault(require("m"))`, `_interopRequireWildcard(...)`.
    const std::string_view name = callee.text();
    const bool helper =
        name.size() < 60 && (contains_ignoring_case(name, "importDefault") ||
                             contains_ignoring_case(name, "importStar") ||
                             contains_ignoring_case(name, "interopRequire") || name == "__toESM");
    const Node arguments = helper ? call.field("arguments") : Node();
    const Node inner = arguments ? arguments.named_child(0) : Node();
    const Node required =
        inner && kinds_.of(inner) == Kind::call ? inner.field("function") : Node();
    return required && required.text() == "require" ? module_of(inner) : std::string{};
  }
  const Node arguments = call.field("arguments");
  const Node module = arguments ? arguments.named_child(0) : Node();
  if (!module || module.span().size() > 300) return {};
  const Kind kind = kinds_.of(module);
  const bool literal = kind == Kind::string || (kind == Kind::text_template &&
                                                module.text().find("${") == std::string_view::npos);
  return literal ? std::string(unquoted(module.text())) : std::string{};
}

// `const {A, B: C} = require("m")`, `const A = (await import("m")).A`: imports, not assignments.
bool Walk::module_declarator(const Node& name, const Node& value, Span span, const Extent& extent) {
  const Dotted given = dotted(value);
  if (!given.inner || given.base.empty()) return false;
  const std::string module = module_of(given.inner);
  if (module.empty()) return false;
  if (kinds_.of(name) == Kind::identifier) {
    import(name.text(), span, module, given.path, extent);
    return true;
  }
  std::vector<Bound> names;
  pattern(name, given.path, names);
  for (Bound& bound : names) {
    if (names.size() == 1) bound.extent.parent = extent.span;
    import(bound.name, bound.span, module, bound.path, bound.extent);
  }
  return true;
}

void Walk::export_name(std::string name, Span span, ValueId value, std::string module,
                       std::string member) {
  Element e = make(ElementKind::export_name, span, std::move(name), span, value);
  e.module = std::move(module);
  e.member = std::move(member);
  b_.add(std::move(e));
}

void Walk::export_statement(const Node& node) {
  if (has_token(node, "type")) return;
  const Node source = node.field("source");
  const std::string module(source ? unquoted(source.text()) : std::string_view{});
  if (has_token(node, "default")) return export_default(node);
  if (has_token(node, "=")) {  // export = x
    const Node last = node.named_child(node.named_count() - 1);
    return exported_assignment("module.exports", value(last, "module.exports"), node.span());
  }
  if (const Node inner = node.field("declaration")) {
    node.each_named_child([this](const Node& child) {
      if (kinds_.of(child) == Kind::decorator) walk(child);
    });
    return kinds_.of(inner) == Kind::declaration ? declaration(inner, node.span()) : walk(inner);
  }
  bool named = false;
  node.each_named_child([&](const Node& child) {
    if (child.is("export_clause")) {
      export_clause(child, module);
      named = true;
    } else if (child.is("namespace_export")) {
      export_name(std::string(unquoted(child.named_child(0).text())), child.span(), none, module);
      named = true;
    }
  });
  if (!named && !module.empty()) export_name("*", node.span(), none, module, "*");
}

void Walk::export_clause(const Node& node, const std::string& module) {
  node.each_named_child([&](const Node& child) {
    const Node name = child.field("name");
    if (!name || has_token(child, "type")) return;
    const std::string from(unquoted(name.text()));
    const Node alias = child.field("alias");
    std::string to = alias ? std::string(unquoted(alias.text())) : from;
    if (module.empty())
      export_name(std::move(to), child.span(), named(name.span(), from));
    else
      export_name(std::move(to), child.span(), none, module, from);
  });
}

void Walk::export_default(const Node& node) {
  const Node declaration = node.field("declaration");
  if (declaration) {
    const Node name = declaration.field("name");
    if (name) {
      walk(declaration);
      return export_name("default", name.span(), b_.symbol(name.span(), std::string(name.text())));
    }
  }
  const Node given = declaration ? declaration : node.field("value");
  if (!given) return children(node);
  const Kind kind = kinds_.of(given);
  if (kind == Kind::class_declaration || kind == Kind::class_expression) {
    const Node name = given.field("name");
    class_(given, name ? name.text() : "default");
    return export_name("default", node.span(),
                       b_.symbol(given.span(), std::string(name ? name.text() : "default")));
  }
  const Node name = kind == Kind::function ? given.field("name") : Node();
  const ValueId v = kind == Kind::function_declaration
                        ? function_value(given, "default")
                        : value(given, name ? std::string(name.text()) : "default");
  export_name("default", node.span(), v);
  exported_entry("default", node.span(), v);
  config_file_entries(v);
}

// `module.exports = ...`, `exports.name = ...`
void Walk::exported_assignment(const std::string& target, ValueId value, Span span) {
  if (target == "module.exports" || target == "exports") {
    export_name("default", span, value);
    config_file_entries(value);
    // Importers see the entries of the map as names of the module.
    const Value& v = b_.value(value);
    const auto named = v.kind == ValueKind::symbol ? named_maps_.find(v.text) : named_maps_.end();
    const bool direct = v.kind == ValueKind::map;
    // `{...require("./secrets")}` hands on every name of that module.
    const std::vector<ValueId> spread = direct ? v.parts : std::vector<ValueId>{};
    for (const ValueId part : spread)
      if (std::string module = required_module(b_.document(), part); !module.empty())
        export_name("*", span, none, std::move(module), "*");
    const std::string map = direct ? std::string{} : v.text;
    if (!direct && named == named_maps_.end()) return exported_entry("default", span, value);
    const Elements pairs = pairs_of(direct ? value : named->second);
    for (const ElementId id : pairs) {
      if (--derived_ < 0) return;
      const Element pair = b_.element(id);
      const ValueId entry = direct ? pair.value : b_.symbol(span, map + "." + pair.name);
      export_name(pair.name, pair.span, entry);
      exported_entry(pair.name, pair.span, entry);
    }
    return;
  }
  for (const std::string_view prefix : {"module.exports.", "exports."}) {
    if (!target.starts_with(prefix)) continue;
    const std::string name = target.substr(prefix.size());
    if (name.find('.') != std::string::npos) return;
    export_name(name, span, value);
    return exported_entry(name, span, value);
  }
}

// An exported value that has no name in its file gets the one it is exported by.
void Walk::exported_entry(const std::string& name, Span span, ValueId value) {
  const ValueKind kind = b_.value(value).kind;
  if (kind == ValueKind::symbol || kind == ValueKind::function || declared_[0].contains(name))
    return;
  b_.element(b_.add(make(ElementKind::assign, span, name, span, value))).scope = 0;
  if (kind == ValueKind::map) dotted_assigns(name, value, 0);
}

// config/default.js, configuration.ts: what it exports, a library serves under key paths.
void Walk::config_file_entries(ValueId value) {
  if (!contains_ignoring_case(b_.document().path, "config")) return;
  const Value& v = b_.value(value);
  if (v.kind == ValueKind::map) return entries({}, value);
  if (v.kind == ValueKind::function && v.parts.size() == 1 &&
      b_.value(v.parts.front()).kind == ValueKind::map)
    entries({}, v.parts.front());
}

}  // namespace keyless::javascript
