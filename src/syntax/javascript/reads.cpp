#include <array>

#include "base/redacted.h"
#include "base/text.h"
#include "syntax/javascript/walk.h"

namespace keyless::javascript {
namespace {

// Longer names than these are no names that anything refers to.
constexpr int max_links = 64;
constexpr size_t max_name = 400;
// A map with more entries is data; looking names up in it one by one would be quadratic.
constexpr size_t max_entries = 2000;

// table: objects whose members are environment variables
constexpr std::array<std::string_view, 4> environments{"process.env", "import.meta.env", "Bun.env",
                                                       "Netlify.env"};

constexpr std::string_view runtime_config = "useRuntimeConfig()";

}  // namespace

void Walk::index_segment(const Node& index, Dotted& out) const {
  const Node inner = index ? peel(index) : index;
  const Kind kind = inner ? kinds_.of(inner) : Kind::skip;
  const std::string_view raw = inner ? inner.text() : std::string_view{};
  const bool quoted = kind == Kind::string ||
                      (kind == Kind::text_template && raw.find("${") == std::string_view::npos);
  if (quoted && raw.size() > 2 && raw.size() < max_name) {
    out.path = extend(mask_keys(decode(raw.substr(1, raw.size() - 2))), out.path);
  } else if (kind == Kind::number) {
    out.path = extend("[" + std::string(raw) + "]", out.path);
  } else {
    out.path = extend("[*]", out.path);
    if (inner) out.indexes.push_back(inner);
  }
}

Walk::Dotted Walk::dotted(const Node& node, int depth) const {
  Dotted out;
  Node next = peel(node);
  for (int links = 0; links < max_links && out.path.size() < max_name; ++links) {
    const Kind kind = kinds_.of(next);
    if (kind == Kind::member) {
      const Node property = next.field("property");
      out.path = extend(std::string(property ? property.text() : std::string_view{}), out.path);
      next = next.field("object");
    } else if (kind == Kind::subscript) {
      index_segment(next.field("index"), out);
      next = next.field("object");
    } else {
      break;
    }
    if (!next) return out;
    next = peel(next);
  }
  switch (kinds_.of(next)) {
    case Kind::identifier:
    case Kind::shorthand:
    case Kind::meta:
    case Kind::import_word:
      out.base = next.text();
      return out;
    case Kind::self:
      out.base = "self";
      return out;
    case Kind::call:
    case Kind::construct:
      break;
    default:
      out.inner = next;
      return out;
  }
  out.inner = next;
  if (const std::string module = module_of(next); !module.empty()) {
    out.base = (kinds_.of(next.field("function")) == Kind::import_word ? "import(" : "require(") +
               module + ")";
  } else if (depth < max_links) {
    const Node callee = next.field(kinds_.of(next) == Kind::call ? "function" : "constructor");
    const std::string text = callee ? dotted(callee, depth + 1).text() : std::string{};
    if (!text.empty() && text.size() < max_name) out.base = text + "()";
  }
  return out;
}

// `env.X` after `const env = process.env` is `process.env.X`.
std::string Walk::unaliased(std::string text) const {
  if (text.starts_with("globalThis.")) text.erase(0, std::string_view("globalThis.").size());
  const std::string_view root = first_segment(text);
  const Alias alias = aliases_.empty() ? Alias::no : alias_of(root);
  if (alias == Alias::environment) return "process.env" + text.substr(root.size());
  if (alias == Alias::runtime_config) return std::string(runtime_config) + text.substr(root.size());
  for (const std::string_view other : environments)
    if (text.starts_with(other) &&
        (text.size() == other.size() || text[other.size()] == '.' || text[other.size()] == '['))
      return "process.env" + text.substr(other.size());
  return text;
}

Walk::Alias Walk::alias_in(const Node& value) const {
  const Kind kind = kinds_.of(value);
  if (kind != Kind::member && kind != Kind::call && kind != Kind::identifier) return Alias::no;
  const std::string text = kind == Kind::call ? dotted_text(value.field("function")) + "()"
                                              : unaliased(dotted_text(value));
  if (text == "process.env" || text == "loadEnv()") return Alias::environment;
  return text == runtime_config ? Alias::runtime_config : Alias::no;
}

ValueId Walk::read(ValueKind kind, Span span, std::string_view name, ValueId argument) {
  // A name that folded to a literal is a name.
  if (argument != none && b_.value(argument).kind == ValueKind::literal) {
    const std::string text = b_.value(argument).text;
    return b_.named(kind, span, text);
  }
  const ValueId id = b_.named(kind, span, name);
  if (argument != none) b_.value(id).parts.push_back(argument);
  return id;
}

ValueId Walk::named(Span span, std::string text, ElementId receiver) {
  const std::string full = unaliased(text);
  const auto below = [&full](std::string_view object) {
    const bool is =
        full.size() > object.size() && full.starts_with(object) && full[object.size()] == '.';
    return is ? std::string_view(full).substr(object.size() + 1) : std::string_view{};
  };
  if (const std::string_view name = below("process.env"); !name.empty()) {
    const std::string_view variable = first_segment(name);
    const ValueId id = read(ValueKind::env, span, variable);
    // `process.env.X.length` says something of X and is not X.
    return variable.size() == name.size() ? id : b_.composite(span, {id});
  }
  if (const std::string_view name = below(runtime_config); !name.empty())
    return read(ValueKind::config, span, name);
  if (full == "process.env") text = full;
  const ValueId id = b_.symbol(span, std::move(text));
  b_.value(id).element = receiver;
  return id;
}

bool Walk::is_environment(ValueId id) const {
  if (id == none) return false;
  const Value& v = b_.document().values[id];
  if (v.kind == ValueKind::symbol) return v.text == "process.env";
  // {...process.env}
  return v.kind == ValueKind::map && v.parts.size() == 1 && is_environment(v.parts.front());
}

ValueId Walk::member_of(ValueId base, std::string_view path, Span span) {
  if (path.empty()) return base;
  const Value v = b_.value(base);
  switch (v.kind) {
    case ValueKind::symbol:
      return named(span, extend(v.text, path), v.element);
    case ValueKind::call:
      return named(span, extend(b_.element(v.element).name + "()", path), v.element);
    case ValueKind::env:
      return b_.composite(span, {base});
    case ValueKind::config:
      return read(ValueKind::config, span, extend(v.text, path));
    case ValueKind::secret:
      // What a vault returns is an object around the secret.
      return path == "value" || path == "secretValue" ? base : b_.composite(span, {base});
    case ValueKind::map:
      return member_of_map(base, path, span);
    case ValueKind::list: {
      const std::string_view first = first_segment(path);
      for (size_t i = 0; i < v.parts.size() && i < 64; ++i)
        if (first == "[" + std::to_string(i) + "]")
          return member_of(v.parts[i], after_first(path), span);
      return b_.unknown(span);
    }
    case ValueKind::alternative: {
      std::vector<ValueId> parts;
      for (const ValueId part : v.parts) {
        const ValueKind kind = b_.value(part).kind;
        if (kind == ValueKind::empty || kind == ValueKind::unknown || kind == ValueKind::literal ||
            parts.size() >= 64)
          continue;
        const ValueId below = member_of(part, path, span);
        if (b_.value(below).kind != ValueKind::unknown) parts.push_back(below);
      }
      return parts.empty() ? b_.unknown(span) : b_.alternative(span, std::move(parts));
    }
    default:
      return b_.unknown(span);
  }
}

ValueId Walk::member_of_map(ValueId base, std::string_view path, Span span) {
  const std::string_view first = first_segment(path);
  const Elements& pairs = pairs_of(base);
  if (pairs.size() > max_entries) return b_.unknown(span);
  for (auto pair = pairs.rbegin(); pair != pairs.rend(); ++pair) {
    const Element& e = b_.element(*pair);
    if (e.name != path && e.name != first) continue;
    return e.name == path ? e.value : member_of(e.value, after_first(path), span);
  }
  // The last spread wins.
  const std::vector<ValueId> spreads = b_.value(base).parts;
  return spreads.empty() ? b_.unknown(span) : member_of(spreads.back(), path, span);
}

}  // namespace keyless::javascript
