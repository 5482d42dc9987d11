#include "base/text.h"
#include "syntax/javascript/walk.h"

namespace keyless::javascript {

// The lines of a statement that has them for itself, else only what it spans. Looks no further than
// the next word: a minified file is one line.
Extent Walk::statement_extent(Span span, std::string_view key) const {
  const std::string_view text = b_.text();
  const auto blank = [&](size_t at) { return text[at] == ' ' || text[at] == '\t'; };
  size_t begin = span.begin;
  while (begin > 0 && blank(begin - 1)) --begin;
  size_t end = span.end;
  while (end < text.size() && (blank(end) || text[end] == ';' || text[end] == ',')) ++end;
  if (end < text.size() && text[end] == '\r') ++end;
  const bool first = begin == 0 || text[begin - 1] == '\n';
  const bool last = end >= text.size() || text[end] == '\n' || text.substr(end, 2) == "//";
  return first && last ? b_.line_extent(span, key, "//") : Extent{span, std::nullopt};
}

void Walk::declaration(const Node& node, Span statement) {
  size_t count = 0;
  node.each_named_child([&](const Node& child) { count += child.is("variable_declarator"); });
  const Extent whole = statement_extent(statement);
  node.each_named_child([&](const Node& child) {
    if (child.is("variable_declarator"))
      declarator(child,
                 count == 1 ? whole : separated_extent(b_.text(), child.span(), node.span()));
    else
      walk(child);
  });
}

void Walk::declarator(const Node& node, const Extent& extent) {
  const Node name = node.field("name");
  const Node given = node.field("value");
  if (!name) return;
  const bool plain = kinds_.of(name) == Kind::identifier;
  if (!given) {
    if (plain) declare(name.text());
    return;
  }
  const Node inner = peel(given);
  if (module_declarator(name, inner, node.span(), extent)) return;
  if (plain) declare(name.text(), alias_in(inner));
  const ValueId v = value(inner, plain ? std::string(name.text()) : std::string{});
  bind(name, v, node.span(), extent, true, type_of(node));
}

// Binds every name of a pattern to the member of `value` it takes.
void Walk::bind(const Node& target, ValueId value, Span span, const Extent& extent, bool declares,
                const std::string& type) {
  if (kinds_.of(target) == Kind::identifier) {
    if (declares && !declared_[b_.scope()].contains(std::string(target.text())))
      declare(target.text());
    return assign(std::string(target.text()), target.span(), value, span, extent, type);
  }
  std::vector<Bound> names;
  pattern(target, {}, names);
  for (Bound& bound : names) {
    if (declares) declare(bound.name);
    if (names.size() == 1 && !extent.span.empty()) bound.extent.parent = extent.span;
    ValueId taken = member_of(value, bound.path, bound.span);
    if (bound.fallback != none)
      taken = b_.value(taken).kind == ValueKind::unknown
                  ? bound.fallback
                  : b_.alternative(bound.span, {taken, bound.fallback});
    assign(bound.name, bound.name_span, taken, bound.span, bound.extent);
  }
}

void Walk::pattern(const Node& node, const std::string& path, std::vector<Bound>& out, Span whole,
                   ValueId fallback) {
  if (!node || !enter()) return;
  if (whole.empty()) whole = node.span();
  switch (kinds_.of(node)) {
    case Kind::identifier:
    case Kind::shorthand:
      out.push_back({std::string(node.text()), path, node.span(), whole, fallback, {}});
      break;
    case Kind::member:
    case Kind::subscript:  // ({a: this.a} = x)
      out.push_back({dotted_text(node), path, node.span(), whole, fallback, {}});
      break;
    case Kind::object:
    case Kind::object_pattern:
      node.each_named_child([&](const Node& child) {
        const size_t before = out.size();
        object_pattern_member(child, path, out);
        if (out.size() == before + 1 && out.back().extent.span.empty())
          out.back().extent = separated_extent(b_.text(), child.span(), node.span());
      });
      break;
    case Kind::array:
    case Kind::array_pattern: {
      size_t index = 0;
      node.each_child([&](const Node& child, std::string_view) {
        if (child.is(",")) ++index;
        if (child.named() && index < 64)
          pattern(child, extend(path, "[" + std::to_string(index) + "]"), out);
      });
      break;
    }
    case Kind::assignment_pattern:
    case Kind::object_assignment_pattern:
    case Kind::assignment:
      pattern(node.field("left"), path, out, whole, value(node.field("right")));
      break;
    case Kind::rest_pattern:
      pattern(node.named_child(0), extend(path, "[*]"), out);
      break;
    case Kind::transparent:
      pattern(peel(node), path, out, whole, fallback);
      break;
    default:
      break;
  }
  leave();
}

void Walk::object_pattern_member(const Node& node, const std::string& path,
                                 std::vector<Bound>& out) {
  switch (kinds_.of(node)) {
    case Kind::identifier:
    case Kind::shorthand:
      return pattern(node, extend(path, node.text()), out);
    case Kind::assignment:
    case Kind::assignment_pattern:
    case Kind::object_assignment_pattern: {
      const Node left = node.field("left");
      const ValueId fallback = value(node.field("right"));
      return pattern(left, extend(path, left.text()), out, node.span(), fallback);
    }
    case Kind::pair:
    case Kind::pair_pattern:
      return pattern(node.field("value"), extend(path, key_of(node.field("key"))), out,
                     node.span());
    case Kind::spread:
    case Kind::rest_pattern:
      return pattern(node.named_child(0), path, out);
    default:
      return;
  }
}

void Walk::assign(const std::string& name, Span name_span, ValueId value, Span span,
                  const Extent& extent, const std::string& type) {
  if (name.empty()) return;
  // A name belongs to the scope that declares it, wherever it gets its value.
  const std::string root(first_segment(name));
  const ScopeId scope = root == "self" ? b_.scope() : scope_of(root);
  Element e = make(ElementKind::assign, span, name, name_span, value);
  e.type = type;
  e.extent = extent;
  b_.element(b_.add(std::move(e))).scope = scope;
  if (value == none) return;
  // Another name of the environment: `const {env} = process`, `const {A, ...rest} = process.env`.
  if (is_environment(value) && root == name)
    declared_[scope].insert_or_assign(name, Alias::environment), aliases_.insert(name);
  const Value& v = b_.value(value);
  if (v.kind == ValueKind::map) {
    if (scope == 0) named_maps_[name] = value;
    dotted_assigns(name, value, scope);
    return;
  }
  if (v.kind == ValueKind::list) return list_assigns(name, value, scope, 0);
  if (v.kind == ValueKind::call)
    if (const auto fields = schemas_.find(v.element); fields != schemas_.end())
      named_schemas_[name] = fields->second;
}

ValueId Walk::assignment(const Node& node) {
  const Node left = peel(node.field("left"));
  const Node right = node.field("right");
  const std::string target = dotted_text(left);
  // The function of `exports.load = () => ...` is called `load`.
  const bool exported = target.starts_with("exports.") || target.starts_with("module.exports.");
  const std::string hint(exported ? after_last(target, '.') : std::string_view(target));
  const ValueId v = value(right, hint);
  if (environment_target(left, v, node)) return v;
  assign_target(left, v, node.span());
  return v;
}

ValueId Walk::augmented(const Node& node) {
  const Node left = peel(node.field("left"));
  const ValueId given = value(node.field("right"));
  const std::string_view operation = node.field("operator").text();
  if (operation == "||=" || operation ==
                                "?"
                                "?=") {
    if (environment_target(left, given, node)) return given;
    const ValueId v = b_.alternative(node.span(), {name_value(left), given});
    assign_target(left, v, node.span());
    return v;
  }
  if (operation == "+=") {
    const ValueId v = sum(node.span(), {name_value(left), given});
    assign_target(left, v, node.span());
    return v;
  }
  if (operation == "&&=") assign_target(left, given, node.span());
  return b_.unknown(node.span());
}

// `process.env.X = value` gives a setting.
bool Walk::environment_target(const Node& left, ValueId value, const Node& whole) {
  const Kind kind = kinds_.of(left);
  if (kind != Kind::member && kind != Kind::subscript) return false;
  const std::string target = unaliased(dotted_text(left));
  if (!target.starts_with("process.env.")) return false;
  const std::string name = target.substr(std::string_view("process.env.").size());
  environment_setting(name, whole.span(), statement_extent(whole.span(), name), value);
  return true;
}

void Walk::assign_target(const Node& left, ValueId value, Span span) {
  const Kind kind = kinds_.of(left);
  if (kind == Kind::object_pattern || kind == Kind::array_pattern || kind == Kind::object ||
      kind == Kind::array)
    return bind(left, value, span, statement_extent(span), false);
  const Dotted name = dotted(left);
  if (name.inner) walk(name.inner);
  for (const Node& index : name.indexes) walk(index);
  const std::string target = name.text();
  if (target.empty()) return;
  if (kind == Kind::subscript && !target.ends_with(']')) {
    const Node index = peel(left.field("index"));
    const std::string key = key_of(index);
    Element pair = make(ElementKind::pair, span, key, index.span(), value);
    pair.type = dotted_text(left.field("object"));
    b_.add(std::move(pair));
  } else if (kind == Kind::subscript && kinds_.of(peel(left.field("index"))) == Kind::identifier) {
    // headers[API_KEY_HEADER] = key, with the name a constant of this file
    const Node index = peel(left.field("index"));
    if (const auto found = constants_.find(std::string(index.text())); found != constants_.end()) {
      Element pair = make(ElementKind::pair, span, found->second, index.span(), value);
      pair.type = dotted_text(left.field("object"));
      b_.add(std::move(pair));
    }
  }
  assign(target, left.span(), value, span, statement_extent(span));
  exported_assignment(target, value, span);
}

}  // namespace keyless::javascript
