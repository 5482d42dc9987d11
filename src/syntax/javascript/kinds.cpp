#include "syntax/javascript/kinds.h"

#include <array>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace keyless::javascript {
namespace {

using Row = std::pair<std::string_view, Kind>;

// table: node kind of any of the three grammars -> what the walk does with it
constexpr std::array rows{
    Row{"identifier", Kind::identifier},
    Row{"super", Kind::identifier},
    Row{"type_identifier", Kind::identifier},
    Row{"this", Kind::self},
    Row{"meta_property", Kind::meta},
    Row{"import", Kind::import_word},
    Row{"member_expression", Kind::member},
    Row{"nested_identifier", Kind::member},
    Row{"subscript_expression", Kind::subscript},
    Row{"call_expression", Kind::call},
    Row{"new_expression", Kind::construct},
    Row{"parenthesized_expression", Kind::transparent},
    Row{"await_expression", Kind::transparent},
    Row{"as_expression", Kind::transparent},
    Row{"satisfies_expression", Kind::transparent},
    Row{"non_null_expression", Kind::transparent},
    Row{"type_assertion", Kind::transparent},
    Row{"instantiation_expression", Kind::transparent},
    Row{"string", Kind::string},
    Row{"template_string", Kind::text_template},
    Row{"number", Kind::number},
    Row{"true", Kind::boolean},
    Row{"false", Kind::boolean},
    Row{"null", Kind::nothing},
    Row{"undefined", Kind::nothing},
    Row{"object", Kind::object},
    Row{"array", Kind::array},
    Row{"function_expression", Kind::function},
    Row{"generator_function", Kind::function},
    Row{"arrow_function", Kind::function},
    Row{"class", Kind::class_expression},
    Row{"binary_expression", Kind::binary},
    Row{"ternary_expression", Kind::ternary},
    Row{"unary_expression", Kind::unary},
    Row{"assignment_expression", Kind::assignment},
    Row{"augmented_assignment_expression", Kind::augmented},
    Row{"sequence_expression", Kind::sequence},
    Row{"spread_element", Kind::spread},
    Row{"jsx_attribute", Kind::jsx_attribute},
    Row{"jsx_text", Kind::jsx_text},
    Row{"html_character_reference", Kind::jsx_text},
    Row{"import_statement", Kind::import_statement},
    Row{"import_alias", Kind::import_alias},
    Row{"export_statement", Kind::export_statement},
    Row{"lexical_declaration", Kind::declaration},
    Row{"variable_declaration", Kind::declaration},
    Row{"using_declaration", Kind::declaration},
    Row{"function_declaration", Kind::function_declaration},
    Row{"generator_function_declaration", Kind::function_declaration},
    Row{"class_declaration", Kind::class_declaration},
    Row{"abstract_class_declaration", Kind::class_declaration},
    Row{"enum_declaration", Kind::enumeration},
    Row{"interface_declaration", Kind::interface},
    Row{"type_alias_declaration", Kind::type_alias},
    Row{"return_statement", Kind::returns},
    Row{"for_in_statement", Kind::for_in},
    Row{"catch_clause", Kind::catch_clause},
    Row{"if_statement", Kind::if_statement},
    Row{"decorator", Kind::decorator},
    Row{"object_pattern", Kind::object_pattern},
    Row{"array_pattern", Kind::array_pattern},
    Row{"assignment_pattern", Kind::assignment_pattern},
    Row{"object_assignment_pattern", Kind::object_assignment_pattern},
    Row{"pair_pattern", Kind::pair_pattern},
    Row{"rest_pattern", Kind::rest_pattern},
    Row{"pair", Kind::pair},
    Row{"shorthand_property_identifier", Kind::shorthand},
    Row{"shorthand_property_identifier_pattern", Kind::identifier},
    Row{"method_definition", Kind::method},
    Row{"field_definition", Kind::class_field},
    Row{"public_field_definition", Kind::class_field},
    Row{"class_static_block", Kind::class_block},
    Row{"computed_property_name", Kind::computed_name},
    Row{"property_identifier", Kind::plain_name},
    Row{"private_property_identifier", Kind::plain_name},
    Row{"template_substitution", Kind::substitution},
    Row{"required_parameter", Kind::parameter},
    Row{"optional_parameter", Kind::parameter},
    Row{"ERROR", Kind::error},
    Row{"comment", Kind::skip},
    Row{"html_comment", Kind::skip},
    Row{"hash_bang_line", Kind::skip},
    Row{"regex", Kind::skip},
    Row{"string_fragment", Kind::skip},
    Row{"escape_sequence", Kind::skip},
    Row{"type_annotation", Kind::skip},
    Row{"type_arguments", Kind::skip},
    Row{"type_parameters", Kind::skip},
    Row{"type_predicate_annotation", Kind::skip},
    Row{"asserts_annotation", Kind::skip},
    Row{"function_signature", Kind::skip},
    Row{"method_signature", Kind::skip},
    Row{"abstract_method_signature", Kind::skip},
    Row{"accessibility_modifier", Kind::skip},
    Row{"override_modifier", Kind::skip},
    Row{"implements_clause", Kind::skip},
    Row{"extends_type_clause", Kind::skip},
    Row{"index_signature", Kind::skip},
    Row{"call_signature", Kind::skip},
    Row{"construct_signature", Kind::skip},
    Row{"optional_chain", Kind::skip},
};

}  // namespace

Kinds::Kinds(const TSLanguage* language) {
  const std::unordered_map<std::string_view, Kind> by_name(rows.begin(), rows.end());
  const uint32_t count = ts_language_symbol_count(language);
  by_symbol_.reserve(count);
  for (uint32_t symbol = 0; symbol < count; ++symbol) {
    const auto id = static_cast<TSSymbol>(symbol);
    const bool named = ts_language_symbol_type(language, id) == TSSymbolTypeRegular;
    const auto found = by_name.find(ts_language_symbol_name(language, id));
    by_symbol_.push_back(named && found != by_name.end() ? found->second
                         : named                         ? Kind::other
                                                         : Kind::skip);
  }
}

}  // namespace keyless::javascript
