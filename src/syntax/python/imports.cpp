#include "syntax/python/readers.h"
#include "syntax/python/walk.h"

namespace keyless::python {
namespace {

constexpr size_t longest_module = 300;

Element import_of(const Node& entry, std::string name, std::string module, std::string member) {
  Element import;
  import.kind = ElementKind::import;
  import.span = entry.span();
  import.name = std::move(name);
  import.module = std::move(module);
  import.member = std::move(member);
  return import;
}

// One name of an import statement goes with its comma; the only name takes the statement along.
Extent entry_extent(const State& state, const Node& statement, const Node& entry, bool only) {
  if (only) return statement_extent(state, statement.span(), "");
  return separated_extent(state.out.text(), entry.span(), statement.span());
}

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, longest_module))
    if (c != ' ' && c != '\t' && c != '\\' && c != '\n' && c != '\r') out += c;
  return out;
}

// `from os import *` binds the functions and objects that read something.
void bind_readers(State& state, const std::string& module) {
  const auto bind = [&](std::string_view symbol) {
    if (symbol.size() <= module.size() + 1 || !symbol.starts_with(module + ".")) return;
    const std::string_view name = symbol.substr(module.size() + 1);
    if (name.find_first_of(".(*") == std::string_view::npos)
      state.imports[std::string(name)] = {std::string(symbol), false};
  };
  for (const ReaderFunction& reader : reader_functions()) bind(reader.symbol);
  for (const ReaderMapping& mapping : reader_mappings()) bind(mapping.symbol);
}

struct Entry {
  Node node;
  Node imported;
  Node alias;
};

std::vector<Entry> entries(const Node& statement) {
  std::vector<Entry> found;
  statement.each_child([&](const Node& child, std::string_view field) {
    if (field != "name") return;
    if (child.is("aliased_import"))
      found.push_back({child, child.field("name"), child.field("alias")});
    else
      found.push_back({child, child, Node()});
  });
  return found;
}

}  // namespace

ValueId lower_import(State& state, const Node& node, int) {
  const std::vector<Entry> found = entries(node);
  for (const Entry& entry : found) {
    const std::string module = without_blanks(entry.imported.text());
    const Node local = entry.alias ? entry.alias : entry.imported;
    Element import = import_of(entry.node, without_blanks(local.text()), module, "");
    import.name_span = local.span();
    import.extent = entry_extent(state, node, entry.node, found.size() == 1);
    state.uses_pydantic = state.uses_pydantic || module.starts_with("pydantic");
    state.imports[import.name] = {module, true};
    state.aliases.erase(import.name);
    state.out.add(std::move(import));
  }
  return none;
}

ValueId lower_import_from(State& state, const Node& node, int) {
  const std::string module = without_blanks(node.field("module_name").text());
  const std::vector<Entry> found = entries(node);
  state.uses_pydantic = state.uses_pydantic || module.starts_with("pydantic");
  for (const Entry& entry : found) {
    const std::string member(entry.imported.text());
    const Node local = entry.alias ? entry.alias : entry.imported;
    Element import = import_of(entry.node, std::string(local.text()), module, member);
    import.name_span = local.span();
    import.extent = entry_extent(state, node, entry.node, found.size() == 1);
    const bool dots_only = module.find_first_not_of('.') == std::string::npos;
    state.imports[import.name] = {module + (dots_only ? "" : ".") + member, false};
    state.aliases.erase(import.name);
    state.out.add(std::move(import));
  }
  each_item(node, [&](const Node& child) {
    if (!child.is("wildcard_import")) return;
    Element import = import_of(child, "*", module, "*");
    import.extent = statement_extent(state, node.span(), "");
    bind_readers(state, module);
    state.out.add(std::move(import));
  });
  return none;
}

}  // namespace keyless::python
