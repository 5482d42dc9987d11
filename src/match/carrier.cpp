#include "match/carrier.h"

#include <algorithm>

#include "base/text.h"
#include "match/command.h"

namespace keyless {
namespace {

Carrier from_element(const Element& e, ElementId id, Container container) {
  return {container, id, none, e.name, e.value, e.span, e.extent, e.scope, e.flag};
}

// The name of a stored secret: its literal text, else the expression's symbol, else the resource.
std::string stored_name(const Document& document, const Element& e, const StoreRow& row) {
  const Input* name = find_input(e, row.name);
  if (name == nullptr || name->value == none) return e.name;
  const Value& v = document.values[name->value];
  return v.kind == ValueKind::literal ? v.text : e.name;
}

void add_resource(const Document& document, const Element& e, ElementId id,
                  const Resources& resources, std::vector<Carrier>& all) {
  const StoreRow* row = e.flag ? nullptr : resources.store(e.type);
  if (row == nullptr) return;
  for (const std::string& attribute : row->values)
    if (const Input* value = find_input(e, attribute)) {
      const auto index = static_cast<uint32_t>(value - e.inputs.data());
      all.push_back({row->container, id, index, stored_name(document, e, *row), value->value,
                     value->span, e.extent, e.scope, true});
    }
}

// `... secret set --name N --value "$KEY"`.
void add_command(const Document& document, const Element& e, ElementId id,
                 const Resources& resources, std::vector<Carrier>& all) {
  const CommandRow* row = command_row(document, e, resources);
  if (row == nullptr) return;
  for (const std::string& option : row->stores)
    if (const Input* value = find_input(e, option)) {
      const auto index = static_cast<uint32_t>(value - e.inputs.data());
      all.push_back({Container::vault_secret, id, index, named_by(document, e, *row), value->value,
                     e.span, e.extent, e.scope, true});
      return;
    }
}

// `{"AZURE_OPENAI_KEY": key}`: environment variables that code hands to a process or a job. Schemas
// of such names (`z.string()`) are reads, not carriers.
bool is_environment_entry(const Document& document, const Element& e) {
  const bool upper = e.name.size() > 3 && e.name.find('_') != std::string::npos &&
                     std::none_of(e.name.begin(), e.name.end(), is_lower);
  if (!upper || e.group == none || e.value == none) return false;
  const Value& v = document.values[e.value];
  // `{ X: process.env.X }` lists what is read under the same name.
  if (v.kind == ValueKind::env && v.text == e.name) return false;
  // `{ X, Y }` puts variables together, mostly to check that all are there.
  if (v.kind == ValueKind::symbol && v.text == e.name && v.span == e.span) return false;
  const auto carries = [&](ValueId id) {
    const ValueKind kind = document.values[id].kind;
    return kind == ValueKind::env || kind == ValueKind::symbol || kind == ValueKind::secret ||
           kind == ValueKind::config;
  };
  // `{ X: key ? "set" : "missing" }` only tells about the key.
  if (v.kind == ValueKind::alternative) return std::any_of(v.parts.begin(), v.parts.end(), carries);
  return carries(e.value);
}

}  // namespace

const Input* find_input(const Element& element, std::string_view name) {
  for (const Input& input : element.inputs)
    if (input.name == name) return &input;
  return nullptr;
}

std::vector<Carrier> carriers_of(const Document& document, const Resources& resources) {
  std::vector<Carrier> all;
  for (ElementId id = 0; id < document.elements.size(); ++id) {
    const Element& e = document.elements[id];
    switch (e.kind) {
      case ElementKind::setting:
        all.push_back(from_element(e, id, e.container));
        break;
      case ElementKind::iac_variable:
      case ElementKind::iac_assign:
        all.push_back(from_element(e, id, Container::iac_parameter));
        break;
      case ElementKind::pair:
        if (is_environment_entry(document, e))
          all.push_back(from_element(e, id, Container::code_map));
        break;
      case ElementKind::iac_local:
        // Entries of a map are settings where they are used.
        if (e.name.find('.') == std::string::npos)
          all.push_back(from_element(e, id, Container::iac_local));
        break;
      case ElementKind::iac_output:
        all.push_back(from_element(e, id, Container::output));
        break;
      case ElementKind::module:
        for (uint32_t i = 0; i < e.inputs.size(); ++i) {
          const Input& input = e.inputs[i];
          all.push_back({Container::iac_parameter, id, i, input.name, input.value, input.span,
                         input.extent, e.scope, false});
        }
        break;
      case ElementKind::resource:
        add_resource(document, e, id, resources, all);
        break;
      case ElementKind::command:
        add_command(document, e, id, resources, all);
        break;
      default:
        break;
    }
  }
  return all;
}

}  // namespace keyless
