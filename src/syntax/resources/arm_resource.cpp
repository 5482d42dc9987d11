#include "syntax/resources/arm_resource.h"

#include <array>

#include "base/text.h"
#include "syntax/resources/flatten.h"

namespace keyless {
namespace {

// table: resources whose `properties` are the settings, when their name ends like this
constexpr std::array<std::string_view, 3> settings_names{"appsettings", "functionappsettings",
                                                         "connectionstrings"};

bool holds_settings(Shapes& shapes, const Element& element) {
  const std::string type = to_lower(element.type);
  if (!type.ends_with("/config")) return false;
  const Input* name = find_input(element.inputs, "name");
  if (name == nullptr) return false;
  const std::string text = to_lower(shapes.text_of(name->value));
  if (text.starts_with("${")) return true;  // a wrapper that is told which settings it writes
  for (const std::string_view ending : settings_names)
    if (text.ends_with(ending)) return true;
  return false;
}

}  // namespace

bool is_store_type(std::string_view type) {
  return to_lower(type).ends_with("/secrets");
}

void add_arm_resource(Shapes& shapes, Settings& settings, Element element,
                      const std::string& parent) {
  Builder& builder = shapes.builder();
  if (element.value != none) {
    Input body;
    body.value = element.value;
    add_attribute(shapes, std::move(body), element.inputs);
    element.inputs.erase(element.inputs.begin());
    element.value = none;
  }
  std::string workload = element.name;
  const std::vector<Input> inputs = element.inputs;
  const bool module = element.kind == ElementKind::module;
  const bool config = holds_settings(shapes, element);
  if (to_lower(element.type).ends_with("/config")) {
    const Input* owner = find_input(inputs, "parent");
    if (owner != nullptr && builder.value(owner->value).kind == ValueKind::attribute)
      workload = builder.value(owner->value).text;
    else if (!parent.empty())
      workload = parent;
  }
  builder.add(std::move(element));
  for (const Input& input : inputs) {
    if (config && input.name == "properties")
      settings.read(Container::app_settings, input.value, workload);
    const std::string_view last = after_last(input.name, '.');
    if (module)
      settings.read_free(last, input.value, workload);
    else
      settings.read(last, input.value, workload);
  }
}

}  // namespace keyless
