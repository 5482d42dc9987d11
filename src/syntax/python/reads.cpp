#include "syntax/python/reads.h"

#include <algorithm>

#include "base/text.h"
#include "syntax/python/calls.h"
#include "syntax/python/names.h"
#include "syntax/python/strings.h"
#include "syntax/python/targets.h"

namespace keyless::python {
namespace {

bool is_environment_name(std::string_view name) {
  return !name.empty() && !is_digit(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return is_alnum(c) || c == '_' || c == '-'; });
}

// A name may be anything but what can be no text; decided before anything is lowered, so that a
// call that is no read is not lowered twice.
bool may_be_name(const Node& node) {
  return node.is("identifier") || node.is("attribute") || node.is("subscript") || node.is("call") ||
         node.is("string") || node.is("concatenated_string") || node.is("binary_operator") ||
         node.is("conditional_expression") || node.is("boolean_operator") ||
         node.is("named_expression");
}

// The text of a name built from literals and constants of the module; `varying` stands for the
// variable of a loop, with the text it has in this row.
std::optional<std::string> built_text(const State& state, ValueId id, std::string_view varying,
                                      const std::string& row) {
  const Value& value = state.out.document().values[id];
  if (value.secret) return std::nullopt;
  if (value.kind == ValueKind::literal) return value.text;
  if (value.kind != ValueKind::symbol) return std::nullopt;
  if (value.text == varying) return row;
  const auto constant = state.constants.find(value.text);
  if (constant == state.constants.end()) return std::nullopt;
  return constant->second;
}

std::string built_name(const State& state, const std::vector<ValueId>& parts,
                       std::string_view varying, const std::string& row) {
  std::string name;
  for (const ValueId part : parts) {
    const auto text = built_text(state, part, varying, row);
    if (!text) return {};
    name += *text;
  }
  return name;
}

// Reads of a name that constants (`f"{PREFIX}_KEY"`) or the rows of a loop around say in full.
ValueId read_built_names(State& state, Span span, ValueId written) {
  const Value& value = state.out.value(written);
  const bool whole = value.kind == ValueKind::symbol;
  if (!whole && value.kind != ValueKind::composite) return none;
  const std::vector<ValueId> parts = whole ? std::vector<ValueId>{written} : value.parts;
  const std::string fixed = built_name(state, parts, {}, {});
  if (is_environment_name(fixed)) return state.out.named(ValueKind::env, span, fixed);
  constexpr size_t most_rows = 50;
  constexpr int most_expanded = 5000;
  std::vector<ValueId> reads;
  for (const ValueId part : parts) {
    const std::string name = state.out.value(part).text;
    const auto column = state.columns.find(name);
    if (state.out.value(part).kind != ValueKind::symbol || column == state.columns.end()) continue;
    if (column->second.cells.size() > most_rows) return none;
    for (const ValueId cell : column->second.cells) {
      const Value row = state.out.value(cell);
      if (row.kind != ValueKind::literal || row.secret || ++state.expanded > most_expanded)
        return none;
      const std::string built = built_name(state, parts, name, row.text);
      if (!is_environment_name(built)) return none;
      reads.push_back(state.out.named(ValueKind::env, row.span, built));
    }
    break;
  }
  return reads.empty() ? none : state.out.alternative(span, std::move(reads));
}

// One read of the name that `name` says; `none` when a literal can be no such name.
ValueId read_of(State& state, ValueKind kind, Span span, const std::string& path, const Node& name,
                int depth) {
  Value read;
  read.kind = kind;
  read.span = span;
  if (const auto key = key_text(state, name)) {
    if (kind == ValueKind::env && !is_environment_name(*key)) return none;
    read.text = path.empty() ? *key : path + "." + *key;
    return state.out.add(std::move(read));
  }
  if (!may_be_name(inner(name))) return none;
  const ValueId written = value_of(state, name, depth + 1);
  const ValueId known = kind == ValueKind::env ? read_built_names(state, span, written) : none;
  if (known != none) return known;
  read.text = path;
  read.parts.push_back(written);
  return state.out.add(std::move(read));
}

// `from_env_var(["A", "B"])` reads the first that is set.
ValueId read_names(State& state, ValueKind kind, Span span, const std::string& path,
                   const Node& start, int depth) {
  const Node name = inner(start);
  if (!name.is("list") && !name.is("tuple")) return read_of(state, kind, span, path, name, depth);
  std::vector<ValueId> reads;
  each_item(name, [&](const Node& child) {
    const ValueId read = read_of(state, kind, span, path, child, depth + 1);
    if (read != none) reads.push_back(read);
  });
  return reads.empty() ? none : state.out.alternative(span, std::move(reads));
}

Node argument(const std::vector<Node>& arguments, int at) {
  const auto index = static_cast<size_t>(at);
  return at >= 0 && index < arguments.size() ? arguments[index] : Node();
}

ValueId read_by(State& state, const ReaderFunction& reader, const Node& call, int depth) {
  const std::vector<Node> arguments = positional(call);
  Node name = argument(arguments, reader.name_at);
  if (!name && !reader.name_keyword.empty()) name = keyword(call, reader.name_keyword);
  if (!name) return none;
  std::string section;
  if (const Node node = argument(arguments, reader.section_at))
    if (const auto text = key_text(state, node)) section = *text;
  const ValueId read = read_names(state, reader.kind, call.span(), section, name, depth);
  if (read == none) return none;
  Node fallback = argument(arguments, reader.default_at);
  if (!fallback && !reader.default_keyword.empty())
    fallback = keyword(call, reader.default_keyword);
  return with_fallback(state, call.span(), read, fallback, depth);
}

// A method of the class around us that happens to be called get_secret is no store.
// Neither is a function of a module: `from .vault import get_secret` is followed there.
bool is_own_function(const State& state, std::string_view written) {
  if (after_last(written, '.') != "get_secret") return false;
  const size_t dot = written.find('.');
  if (dot == std::string_view::npos) return true;
  if (written.starts_with("self.") && written.find('.', 5) == std::string_view::npos) return true;
  const auto import = state.imports.find(written.substr(0, dot));
  return import != state.imports.end() && import->second.is_module;
}

// What only its name makes an environment is one for names in upper case and for names handed in.
bool is_sure(const State& state, const ReaderMapping& mapping, const Node& name) {
  if (mapping.symbol != guessed_environment) return true;
  const auto key = key_text(state, name);
  if (!key) return name.is("identifier");
  return key->find('_') != std::string::npos &&
         std::none_of(key->begin(), key->end(), [](char c) { return is_lower(c); });
}

ValueId read_by_method(State& state, const Node& call, std::string_view symbol, int depth) {
  const std::string_view method = after_last(symbol, '.');
  if (method != "get" && method != "pop" && method != "setdefault" && method != "__getitem__" &&
      method != "getint" && method != "getboolean")
    return none;
  const MappingPlace place = mapping_of(before_last(symbol, '.'));
  const std::vector<Node> arguments = positional(call);
  Node name = argument(arguments, 0);
  if (!name) name = keyword(call, "key");
  if (place.mapping == nullptr || !name || !is_sure(state, *place.mapping, name)) return none;
  const ValueId read = read_names(state, place.mapping->kind, call.span(), place.path, name, depth);
  if (read == none) return none;
  Node fallback = argument(arguments, 1);
  if (!fallback) fallback = keyword(call, "default");
  if (!fallback) fallback = keyword(call, "fallback");
  const ValueId value = with_fallback(state, call.span(), read, fallback, depth);
  if (method == "setdefault" && fallback && place.mapping->kind == ValueKind::env) {
    const std::string key = key_text(state, name).value_or("");
    if (!key.empty())
      add_setting(state, Container::code_env, key, state.out.value(value).parts.back(), call.span(),
                  name.span());
  }
  return value;
}

}  // namespace

MappingPlace mapping_of(std::string_view name) {
  for (const ReaderMapping& mapping : reader_mappings()) {
    if (name == mapping.symbol) return {&mapping, ""};
    if (mapping.depth == 1 || !name.starts_with(mapping.symbol) ||
        name[mapping.symbol.size()] != '.')
      continue;
    const std::string_view path = name.substr(mapping.symbol.size() + 1);
    const auto taken = std::count(path.begin(), path.end(), '.') + 1;
    if (mapping.depth == 0 || taken < mapping.depth) return {&mapping, std::string(path)};
  }
  return {};
}

bool leads_to_reader(std::string_view name) {
  if (mapping_of(name).mapping != nullptr) return true;
  if (name.ends_with(".get") && mapping_of(before_last(name, '.')).mapping != nullptr) return true;
  if (name.ends_with(".get_secret()") || name.ends_with(".get_configuration_setting()"))
    return true;
  return std::any_of(
      reader_functions().begin(), reader_functions().end(), [&](const ReaderFunction& reader) {
        return reader.symbol == name || (reader.symbol.starts_with(name) &&
                                         reader.symbol.substr(name.size()).starts_with("."));
      });
}

ValueId with_fallback(State& state, Span span, ValueId read, const Node& fallback, int depth) {
  if (!fallback || fallback.is("ellipsis")) return read;
  return state.out.alternative(span, {read, value_of(state, fallback, depth + 1)});
}

ValueId read_call(State& state, const Node& call, int depth) {
  const std::string written = written_name(state, call.field("function"));
  if (written.empty() || is_own_function(state, written)) return none;
  const std::string symbol = canonical(state, written);
  for (const ReaderFunction& reader : reader_functions()) {
    if (!symbol_matches(reader.symbol, symbol)) continue;
    const ValueId read = read_by(state, reader, call, depth);
    if (read == none) break;
    lower_receiver(state, call.field("function"), depth + 1);
    // The client that a secret is read through says which vault is meant.
    if (state.out.value(read).kind == ValueKind::secret)
      state.out.value(read).member = before_last(written, '.');
    return read;
  }
  return read_by_method(state, call, symbol, depth);
}

ValueId read_place(State& state, const Node& node, int depth) {
  if (node.is("subscript")) {
    const MappingPlace place =
        mapping_of(canonical(state, written_name(state, node.field("value"))));
    if (place.mapping == nullptr) return none;
    const bool complete = place.mapping->depth < 2 || !place.path.empty();
    if (!complete || !is_sure(state, *place.mapping, node.field("subscript"))) return none;
    return read_names(state, place.mapping->kind, node.span(), place.path, node.field("subscript"),
                      depth);
  }
  const MappingPlace place =
      mapping_of(canonical(state, written_name(state, node.field("object"))));
  if (place.mapping == nullptr || !place.mapping->attributes) return none;
  const std::string name(node.field("attribute").text());
  return state.out.named(place.mapping->kind, node.span(),
                         place.path.empty() ? name : place.path + "." + name);
}

}  // namespace keyless::python
