#include "fix/modules.h"

#include <algorithm>

#include "base/text.h"
#include "fix/lines.h"

namespace keyless {
namespace {

constexpr size_t deepest_call = 8;

// Every line of `block` behind `indentation`, with the file's line ends.
std::string indented(const std::string& block, std::string_view indentation, std::string_view end) {
  std::string text;
  for (const std::string_view line : split(trim(block), '\n'))
    text += (line.empty() ? "" : std::string(indentation) + std::string(line)) + std::string(end);
  return text;
}

}  // namespace

bool Modules::same_module(const ProjectFile& a, const Document& b) const {
  if (a.document.language != b.language) return false;
  if (b.language == "terraform") return folder_of(a.document.path) == folder_of(b.path);
  return a.document.path == b.path;
}

Place Modules::workload_of(uint32_t file, const Carrier& setting,
                           const Infrastructure& rows) const {
  const Document& d = document(file);
  const InfrastructureTemplates* t = rows.of(d.language);
  if (t == nullptr) return {};
  const Element& e = d.elements[setting.element];
  for (ElementId id = 0; id < d.elements.size(); ++id) {
    const Element& r = d.elements[id];
    if (r.kind != ElementKind::resource || r.flag || !t->is_workload(r.type)) continue;
    if (r.extent.span.contains(setting.span) || (!e.type.empty() && e.type == r.name))
      return {file, id};
  }
  return {};
}

std::vector<const Carrier*> Modules::settings_of(const Place& workload) const {
  const Document& d = document(workload.file);
  const Element& w = d.elements[workload.element];
  std::vector<const Carrier*> all;
  for (const Carrier& c : repository_.project().files()[workload.file].carriers) {
    const Element& e = d.elements[c.element];
    if (e.kind != ElementKind::setting) continue;
    if (w.extent.span.contains(c.span) || e.type == w.name) all.push_back(&c);
  }
  return all;
}

std::optional<ModuleCall> Modules::only_call_of(const std::string& folder) const {
  std::optional<ModuleCall> found;
  for (uint32_t i = 0; i < repository_.project().files().size(); ++i) {
    const Document& d = document(i);
    if (d.language != "terraform") continue;
    for (const Element& e : d.elements) {
      if (e.kind != ElementKind::module || flow_.module_target(i, e.type) != folder) continue;
      if (found) return std::nullopt;
      found = ModuleCall{e.name, std::string(folder_of(d.path)), d.path};
    }
  }
  return found;
}

Meeting Modules::meet(const Place& account, const Place& workload) const {
  struct Level {
    std::string folder;
    std::string path;  // of the file that holds the resource, or calls the module below
    std::vector<ModuleCall> way;
  };
  const auto levels_of = [&](const Place& place) {
    const std::string& path = document(place.file).path;
    std::vector<Level> levels{{std::string(folder_of(path)), path, {}}};
    while (levels.size() < deepest_call) {
      const auto call = only_call_of(levels.back().folder);
      if (!call) break;
      Level next{call->caller_folder, call->caller_path, levels.back().way};
      next.way.push_back(*call);
      levels.push_back(std::move(next));
    }
    return levels;
  };
  const auto accounts = levels_of(account);
  for (const Level& w : levels_of(workload))
    for (const Level& a : accounts)
      if (a.folder == w.folder) return {true, w.folder, w.path, a.way, w.way};
  return {};
}

bool Modules::passes_principal(uint32_t file, const Element& resource,
                               const Place& workload) const {
  const Document& d = document(file);
  const Document& w = document(workload.file);
  const std::string& symbol = w.elements[workload.element].name;
  for (const Value& v : d.values) {
    if (v.kind != ValueKind::attribute || !resource.extent.span.contains(v.span)) continue;
    if (!v.text.starts_with("module.")) continue;
    const Flow::Declared call = flow_.module_called(file, std::string_view(v.text).substr(7));
    if (call.element == nullptr ||
        flow_.module_target(call.file, call.element->type) != folder_of(w.path))
      continue;
    for (uint32_t i = 0; i < repository_.project().files().size(); ++i) {
      const Document& m = document(i);
      if (folder_of(m.path) != folder_of(w.path)) continue;
      for (const Element& e : m.elements)
        if (e.kind == ElementKind::iac_output && e.name == v.member && e.value != none &&
            m.values[e.value].text == symbol)
          return true;
    }
  }
  return false;
}

std::string Modules::output_of(std::string_view folder, std::string_view expression) const {
  for (uint32_t i = 0; i < repository_.project().files().size(); ++i) {
    const Document& d = document(i);
    if (d.language != "terraform" || folder_of(d.path) != folder) continue;
    const std::string text = repository_.text(d.path);
    for (const Element& e : d.elements) {
      if (e.kind != ElementKind::iac_output || e.value == none) continue;
      const Span s = d.values[e.value].span;
      if (trim(std::string_view(text).substr(s.begin, s.size())) == expression) return e.name;
    }
  }
  return {};
}

std::string Modules::main_file(const std::string& folder) const {
  std::string first;
  for (const ProjectFile& file : repository_.project().files()) {
    const std::string& path = file.document.path;
    if (file.document.language != "terraform" || folder_of(path) != folder ||
        !path.ends_with(".tf"))
      continue;
    if (after_last(path, '/') == "main.tf") return path;
    if (first.empty() || path < first) first = path;
  }
  return first;
}

Edit Modules::block_at_end(const Place& resource, const std::string& block) const {
  const Document& d = document(resource.file);
  const Element& e = d.elements[resource.element];
  const std::string text = repository_.text(d.path);
  const std::string_view end = line_end_of(text);
  const std::string_view indentation =
      e.inputs.empty() ? "  " : indentation_at(text, e.inputs.front().span.begin);
  // A property of an object stands before `properties`, where people look for it.
  for (const Input& input : e.inputs)
    if (d.language == "bicep" && input.name == "properties") {
      const uint32_t line = line_begin(text, input.span.begin);
      return {{line, line}, indented(block, indentation, end)};
    }
  const size_t brace = text.rfind('}', e.extent.span.end == 0 ? 0 : e.extent.span.end - 1);
  const uint32_t line = line_begin(text, static_cast<uint32_t>(brace));
  const std::string gap = d.language == "terraform" ? std::string(end) : std::string();
  return {{line, line}, gap + indented(block, indentation, end)};
}

std::optional<Edit> Modules::cloned_setting(uint32_t file, const Carrier& model,
                                            const std::string& name,
                                            const std::string& value) const {
  const Document& d = document(file);
  const std::string text = repository_.text(d.path);
  const Span span = model.extent.span;
  if (model.value == none || span.empty() || !span.contains(d.values[model.value].span))
    return std::nullopt;
  Span held = d.values[model.value].span;
  std::string copy = text.substr(span.begin, span.size());
  copy.replace(held.begin - span.begin, held.size(), value);
  const size_t at = copy.find(model.name);
  if (at == std::string::npos) return std::nullopt;
  std::string with = name;
  // Aligned signs stay aligned.
  const size_t behind = at + model.name.size();
  if (copy.compare(behind, 1, " ") == 0 && name.size() < model.name.size())
    with += std::string(model.name.size() - name.size(), ' ');
  copy.replace(at, model.name.size(), with);
  return Edit{{span.end, span.end}, copy};
}

std::string Modules::separated(const std::string& path, bool first,
                               const std::string& block) const {
  const std::string text = repository_.text(path);
  const std::string end(line_end_of(text));
  std::string gap = end;
  if (first && !text.empty() && text.back() != '\n') gap = end + end;
  return gap + indented(block, "", end);
}

uint32_t Modules::size_of(const std::string& path) const {
  return static_cast<uint32_t>(repository_.text(path).size());
}

}  // namespace keyless
