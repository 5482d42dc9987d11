#include "lineage/literals.h"

namespace keyless {
namespace {

constexpr int deepest = 6;

class Reader {
 public:
  explicit Reader(const Flow& flow) : flow_(flow) {}

  void read(uint32_t file, ValueId value, int depth) {
    if (value == none || depth > deepest) {
      result.complete = false;
      return;
    }
    const Value& v = flow_.project().files()[file].document.values[value];
    if (v.kind == ValueKind::literal || v.kind == ValueKind::empty) {
      result.texts.push_back(v.text);
      result.places.push_back({file, v.span});
    } else if (v.kind == ValueKind::alternative) {
      for (const ValueId part : v.parts) read(file, part, depth + 1);
    } else if (v.kind == ValueKind::attribute && v.member.empty()) {
      variable(file, v.text, depth);
    } else if (v.kind == ValueKind::attribute && v.text == "local") {
      variable(file, v.text + "." + v.member, depth);
    } else {
      result.complete = false;
    }
  }

  Literals result;

 private:
  // Everything that gives the variable of that address a value.
  void variable(uint32_t file, const std::string& address, int depth) {
    const bool terraform = flow_.project().files()[file].document.language == "terraform";
    const std::string scope = flow_.module_of(file);
    std::string name = address;
    if (terraform && name.starts_with("var.")) name = name.substr(4);
    if (terraform && name.starts_with("local.")) name = name.substr(6);
    const size_t before = result.texts.size();
    if (nested(file, name, depth)) return;
    for (uint32_t f = 0; f < flow_.project().files().size(); ++f) {
      if (flow_.project().root_of(f) != flow_.project().root_of(file)) continue;
      const Document& d = flow_.project().files()[f].document;
      const bool here = flow_.module_of(f) == scope;
      for (const Element& e : d.elements) {
        const bool declares = e.kind == ElementKind::iac_variable ||
                              e.kind == ElementKind::iac_local || e.kind == ElementKind::iac_assign;
        if (here && declares && e.name == name && e.value != none) read(f, e.value, depth + 1);
        if (e.kind != ElementKind::module || flow_.module_target(f, e.type) != scope) continue;
        if (const Input* input = find_argument(d, e, name)) read(f, input->value, depth + 1);
      }
    }
    if (result.texts.size() == before) result.complete = false;
  }

  // A parameter of a template written inside its deployment has one caller, so no other value.
  bool nested(uint32_t file, const std::string& name, int depth) {
    const Document& d = flow_.project().files()[file].document;
    if (name.find("::") == std::string::npos) return false;
    for (const Element& e : d.elements) {
      if (e.kind != ElementKind::module || e.member.empty() || !name.starts_with(e.member))
        continue;
      const Input* input = find_argument(d, e, std::string_view(name).substr(e.member.size()));
      if (input == nullptr) return false;
      read(file, input->value, depth + 1);
      return true;
    }
    return false;
  }

  const Flow& flow_;
};

}  // namespace

Literals literals_of(const Flow& flow, uint32_t file, ValueId value) {
  Reader reader(flow);
  reader.read(file, value, 0);
  return std::move(reader.result);
}

}  // namespace keyless
