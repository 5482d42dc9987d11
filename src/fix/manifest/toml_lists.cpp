// Reads pyproject.toml and Pipfile: arrays of requirements and tables from name to bounds.

#include <algorithm>

#include "base/text.h"
#include "fix/manifest/declarations.h"
#include "fix/manifest/toml.h"

namespace keyless::manifest {
namespace {

using Path = std::vector<std::string>;

// Where lists stand; `*` is any one key. Rows of tables leave out the last key, the package.
struct Row {
  std::vector<std::string_view> path;
  Rank rank;
  Form form;
  Dialect dialect;
};

const std::vector<Row>& pyproject_rows() {
  static const std::vector<Row> rows{
      {{"project", "dependencies"}, Rank::always, Form::array, Dialect::pep440},
      {{"project", "optional-dependencies", "*"}, Rank::optional, Form::array, Dialect::pep440},
      {{"dependency-groups", "*"}, Rank::development, Form::array, Dialect::pep440},
      {{"tool", "uv", "dev-dependencies"}, Rank::development, Form::array, Dialect::pep440},
      {{"tool", "pdm", "dev-dependencies", "*"}, Rank::development, Form::array, Dialect::pep440},
      {{"tool", "hatch", "envs", "*", "dependencies"},
       Rank::development,
       Form::array,
       Dialect::pep440},
      {{"tool", "hatch", "envs", "*", "extra-dependencies"},
       Rank::development,
       Form::array,
       Dialect::pep440},
      {{"tool", "poetry", "dependencies"}, Rank::always, Form::table, Dialect::poetry},
      {{"tool", "poetry", "dev-dependencies"}, Rank::development, Form::table, Dialect::poetry},
      {{"tool", "poetry", "group", "*", "dependencies"},
       Rank::development,
       Form::table,
       Dialect::poetry},
  };
  return rows;
}

const std::vector<Row>& pipfile_rows() {
  static const std::vector<Row> rows{
      {{"packages"}, Rank::always, Form::table, Dialect::pep440},
      {{"dev-packages"}, Rank::development, Form::table, Dialect::pep440},
  };
  return rows;
}

bool begins_with(const Path& path, const std::vector<std::string_view>& row) {
  if (path.size() < row.size()) return false;
  for (size_t i = 0; i < row.size(); ++i)
    if (row[i] != "*" && row[i] != path[i]) return false;
  return true;
}

// "[project] dependencies" for an array, "[tool.poetry.dependencies]" for a table.
std::string label(const Path& path, size_t length, Form form) {
  const size_t table = form == Form::array && length > 1 ? length - 1 : length;
  std::string out = "[";
  for (size_t i = 0; i < table; ++i) out += (i == 0 ? "" : ".") + path[i];
  return out + "]" + (table < length ? " " + path[table] : "");
}

class Reader {
 public:
  Reader(const Toml& toml, std::string_view text, const std::vector<Row>& rows)
      : toml_(toml), text_(text), rows_(rows) {}

  Declarations read() {
    for (uint32_t id = 0; id < toml_.nodes().size(); ++id) {
      const TomlNode& node = toml_.nodes()[id];
      for (const Row& row : rows_)
        if (begins_with(node.path, row.path)) {
          row.form == Form::array ? array(id, row) : table(id, row);
          break;
        }
    }
    return std::move(out_);
  }

 private:
  Group& group_of(const Row& row, const TomlNode& node) {
    std::string name = label(node.path, row.path.size(), row.form);
    for (Group& group : out_.groups)
      if (group.label == name) return group;
    out_.groups.push_back({std::move(name), row.rank, row.form, row.dialect, node.value, {}});
    return out_.groups.back();
  }

  void array(uint32_t id, const Row& row) {
    const TomlNode& node = toml_.nodes()[id];
    if (node.path.size() != row.path.size()) return;
    if (node.kind == TomlKind::array && !node.key.empty()) {
      group_of(row, node).body = node.value;
      return;
    }
    if (node.kind != TomlKind::text || node.parent == no_parent) return;
    auto item = read_requirement(text_, toml_.inside(node));
    if (!item) return;
    item->entry = node.value;
    group_of(row, toml_.nodes()[node.parent]).items.push_back(std::move(*item));
  }

  void table(uint32_t id, const Row& row) {
    const TomlNode& node = toml_.nodes()[id];
    const size_t length = row.path.size();
    Group& group = group_of(row, node);
    if (node.path.size() == length) {
      if (node.kind == TomlKind::header) group.body = node.value;
      return;
    }
    const std::string& name = node.path[length];
    if (node.path.size() == length + 1 && node.kind != TomlKind::header && !node.key.empty()) {
      Item item;
      item.name = name;
      item.entry = {node.key.begin, node.value.end};
      // A key written as a whole path, or in an inline table, is no line of this table.
      item.apart = node.parent != no_parent || !stands_under(node, length);
      if (node.kind == TomlKind::text)
        item.range = toml_.inside(node);
      else if (node.kind == TomlKind::array)
        item.conditional = true;
      group.items.push_back(std::move(item));
      return;
    }
    detail(node, name, node.path.size() == length + 2 ? node.path.back() : "", group);
  }

  [[nodiscard]] bool stands_under(const TomlNode& node, size_t length) const {
    return node.header != no_parent && toml_.nodes()[node.header].path.size() == length;
  }

  // `version`, `git`, `optional` ... of an entry that is a table, whichever way it is written.
  void detail(const TomlNode& node, const std::string& name, std::string_view key, Group& group) {
    auto item = std::find_if(group.items.begin(), group.items.end(),
                             [&name](const Item& known) { return known.name == name; });
    if (item == group.items.end()) {
      Item apart;
      apart.name = name;
      apart.apart = true;
      apart.entry =
          node.kind == TomlKind::header ? node.value : Span{node.key.begin, node.value.end};
      item = group.items.insert(item, std::move(apart));
    }
    if (key == "version" && node.kind == TomlKind::text && !item->conditional)
      item->range = toml_.inside(node);
    item->located = item->located || key == "git" || key == "path" || key == "url" ||
                    key == "file" || key == "ref";
    item->conditional = item->conditional || key == "markers" || key == "python" ||
                        key == "platform" || key == "sys_platform";
    item->optional = item->optional || (key == "optional" && toml_.text(node).starts_with("true"));
  }

  const Toml& toml_;
  std::string_view text_;
  const std::vector<Row>& rows_;
  Declarations out_;
};

}  // namespace

Declarations read_pyproject(std::string_view text) {
  const Toml toml(text);
  Declarations out = Reader(toml, text, pyproject_rows()).read();
  for (const TomlNode& node : toml.nodes())
    if (node.path == Path{"project", "dynamic"} && node.kind == TomlKind::text &&
        toml.text(node) == "dependencies")
      out.remark = "the dependencies of the project are computed when it is built";
  return out;
}

Declarations read_pipfile(std::string_view text) {
  const Toml toml(text);
  return Reader(toml, text, pipfile_rows()).read();
}

}  // namespace keyless::manifest
