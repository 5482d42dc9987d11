#include "rule/controls.h"

#include <algorithm>

#include "rule/embedded.h"
#include "rule/fields.h"

namespace keyless {

bool Control::covers(Category category) const {
  return std::ranges::find(categories, category) != categories.end();
}

namespace {

Framework read_framework(Fields& fields) {
  Framework framework{fields.text("id"), fields.text("name"), fields.text("edition"),
                      fields.text("url")};
  if (framework.id.empty() || framework.name.empty()) fields.bad(0, "needs 'id' and 'name'");
  return framework;
}

Control read_control(Fields& fields, const Controls& controls, uint32_t line) {
  Control control;
  const std::string framework = fields.text("framework");
  const auto known = std::ranges::find(controls.frameworks, framework, &Framework::id);
  if (known == controls.frameworks.end())
    fields.bad(line, "'" + framework + "' is no framework of this table");
  else
    control.framework = static_cast<size_t>(known - controls.frameworks.begin());
  control.id = fields.text("id");
  control.title = fields.text("title");
  control.why = fields.text("why");
  for (const std::string& name : fields.texts("categories")) {
    const auto category = category_from(name);
    if (category)
      control.categories.push_back(*category);
    else
      fields.bad(line, "'" + name + "' is no category");
  }
  if (control.id.empty() || control.title.empty() || control.categories.empty())
    fields.bad(line, "needs 'id', 'title' and 'categories'");
  return control;
}

}  // namespace

Result<Controls> Controls::load(const YamlNode& file, std::string_view path) {
  Controls loaded;
  Fields fields(file, path, "the table of controls");
  if (const YamlNode* frameworks = fields.node("frameworks"))
    for (const YamlNode& item : frameworks->items) {
      Fields row(item, path, "a framework");
      loaded.frameworks.push_back(read_framework(row));
      if (const auto problem = row.finish()) return fail(*problem);
    }
  if (const YamlNode* controls = fields.node("controls"))
    for (const YamlNode& item : controls->items) {
      Fields row(item, path, "a control");
      loaded.controls.push_back(read_control(row, loaded, item.line));
      if (const auto problem = row.finish()) return fail(*problem);
    }
  if (const auto problem = fields.finish()) return fail(*problem);
  return loaded;
}

Result<Controls> Controls::load_embedded() {
  const std::string name = "_controls.yaml";
  const auto tree = embedded_table(name);
  if (!tree) return fail(tree.error());
  return load(*tree, "rules/" + name);
}

}  // namespace keyless
