#include <algorithm>
#include <array>

#include "syntax/grammars.h"
#include "syntax/lowering.h"
#include "syntax/python/classes.h"
#include "syntax/python/walk.h"

namespace keyless {
namespace python {
namespace {

struct Row {
  std::string_view kind;
  Lowering lowering;
};

// table: node kind -> what it says; kinds that are not listed are looked into
constexpr std::array rows{
    Row{"identifier", lower_identifier},
    Row{"attribute", lower_attribute},
    Row{"subscript", lower_subscript},
    Row{"call", lower_call},
    Row{"string", lower_string},
    Row{"concatenated_string", lower_strings},
    Row{"integer", lower_plain},
    Row{"float", lower_plain},
    Row{"true", lower_plain},
    Row{"false", lower_plain},
    Row{"none", lower_none},
    Row{"parenthesized_expression", lower_inner},
    Row{"await", lower_inner},
    Row{"list_splat", lower_inner},
    Row{"dictionary_splat", lower_inner},
    Row{"list", lower_sequence},
    Row{"tuple", lower_sequence},
    Row{"set", lower_sequence},
    Row{"expression_list", lower_sequence},
    Row{"dictionary", lower_dictionary},
    Row{"lambda", lower_lambda},
    Row{"list_comprehension", lower_comprehension},
    Row{"set_comprehension", lower_comprehension},
    Row{"generator_expression", lower_comprehension},
    Row{"dictionary_comprehension", lower_comprehension},
    Row{"conditional_expression", lower_conditional},
    Row{"boolean_operator", lower_boolean},
    Row{"binary_operator", lower_binary},
    Row{"unary_operator", lower_unary},
    Row{"comparison_operator", lower_comparison},
    Row{"named_expression", lower_named},
    Row{"import_statement", lower_import},
    Row{"import_from_statement", lower_import_from},
    Row{"future_import_statement", lower_nothing},
    Row{"expression_statement", lower_statement},
    Row{"assignment", lower_assignment},
    Row{"augmented_assignment", lower_augmented},
    Row{"return_statement", lower_return},
    Row{"yield", lower_return},
    Row{"function_definition", lower_function},
    Row{"class_definition", lower_class},
    Row{"decorated_definition", lower_decorated},
    Row{"for_statement", lower_for},
    Row{"as_pattern", lower_as},
    Row{"except_clause", lower_except},
    Row{"global_statement", lower_global},
    Row{"nonlocal_statement", lower_nothing},
    Row{"case_pattern", lower_nothing},
    Row{"type", lower_nothing},
    Row{"type_alias_statement", lower_nothing},
    Row{"comment", lower_nothing},
};

// The table by the grammar's number of a kind; built once from constants.
const std::vector<Lowering>& table() {
  static const std::vector<Lowering> by_symbol = [] {
    const TSLanguage* language = tree_sitter_python();
    std::vector<Lowering> found(ts_language_symbol_count(language), nullptr);
    for (size_t number = 0; number < found.size(); ++number) {
      const auto symbol = static_cast<TSSymbol>(number);
      if (ts_language_symbol_type(language, symbol) != TSSymbolTypeRegular) continue;
      const std::string_view name = ts_language_symbol_name(language, symbol);
      const auto row =
          std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return r.kind == name; });
      if (row != rows.end()) found[number] = row->lowering;
    }
    return found;
  }();
  return by_symbol;
}

bool is_too_deep(State& state, int depth) {
  if (depth <= max_depth) return false;
  if (!state.too_deep) state.out.incomplete("code nested too deeply was not analysed");
  state.too_deep = true;
  return true;
}

void note_lines(State& state) {
  const std::string_view text = state.out.text();
  state.line_starts.push_back(0);
  for (uint32_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n') state.line_starts.push_back(i + 1);
}

}  // namespace

ValueId lower(State& state, const Node& node, int depth) {
  if (!node || is_too_deep(state, depth)) return none;
  const TSSymbol symbol = node.symbol();
  const Lowering lowering = symbol < table().size() ? table()[symbol] : nullptr;
  if (lowering != nullptr) return lowering(state, node, depth);
  lower_children(state, node, depth);
  return none;
}

ValueId value_of(State& state, const Node& node, int depth) {
  const ValueId value = lower(state, node, depth);
  return value == none ? state.out.unknown(node ? node.span() : Span{}) : value;
}

void lower_children(State& state, const Node& node, int depth) {
  each_item(node, [&](const Node& child) { lower(state, child, depth + 1); });
}

}  // namespace python

Document lower_python(const SourceFile& file) {
  python::State state(file);
  auto tree = Tree::parse(tree_sitter_python(), state.out.text());
  if (!tree) {
    Document document = state.out.take();
    document.diagnostics.push_back(tree.error());
    document.diagnostics.back().path = file.path;
    return document;
  }
  python::note_lines(state);
  const Node root = tree->root();
  for (const Span& region : errors_below(root)) state.out.broken(region);
  python::look_over(state, root);
  python::lower_children(state, root, 0);
  return state.out.take();
}

}  // namespace keyless
