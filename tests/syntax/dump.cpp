#include "syntax/dump.h"

#include <algorithm>

namespace keyless {
namespace {

std::string parts_of(const Document& d, const Value& v, std::string_view glue, int depth) {
  std::string text;
  for (size_t i = 0; i < v.parts.size(); ++i) {
    if (i > 0) text += glue;
    text += dump_value(d, v.parts[i], depth + 1);
  }
  return text;
}

std::string named(const Document& d, const Value& v, std::string_view kind, int depth) {
  return std::string(kind) + "(" + (v.parts.empty() ? v.text : parts_of(d, v, ", ", depth)) + ")";
}

std::string inputs_of(const Document& d, const Element& e) {
  std::string text;
  for (const Input& i : e.inputs) {
    if (!text.empty()) text += ", ";
    if (i.via == Via::splat) text += "**";
    if (i.via == Via::setter) text += "set ";
    if (i.via == Via::option) text += "option ";
    text += i.name.empty() ? std::string{} : i.name + "=";
    text += dump_value(d, i.value);
  }
  return text;
}

std::string value_of(const Document& d, const Element& e) {
  return e.value == none ? std::string{} : " = " + dump_value(d, e.value);
}

std::string typed(const Element& e) {
  return e.type.empty() ? e.name : e.name + ": " + e.type;
}

std::string body(const Document& d, const Element& e) {
  const std::string flag = e.flag ? "!" : "";
  switch (e.kind) {
    case ElementKind::import:
      return "import " + e.name + " <- " + e.module + (e.member.empty() ? "" : " # " + e.member);
    case ElementKind::call:
      return "call " + flag + e.name + "(" + inputs_of(d, e) + ")";
    case ElementKind::assign:
      return "assign " + typed(e) + value_of(d, e);
    case ElementKind::param:
      return "param " + std::to_string(e.position) + " " + typed(e) + value_of(d, e);
    case ElementKind::result:
      return "return" + value_of(d, e);
    case ElementKind::field:
      return "field " + typed(e) + (e.member.empty() ? "" : " alias " + e.member) + value_of(d, e);
    case ElementKind::pair:
      return "pair " + (e.type.empty() ? "" : e.type + " ") + "\"" + e.name + "\"" + value_of(d, e);
    case ElementKind::base:
      return "base " + e.name;
    case ElementKind::export_name:
      return "export " + e.name + (e.module.empty() ? "" : " <- " + e.module + " # " + e.member) +
             value_of(d, e);
    case ElementKind::setting:
      return "setting " + std::string(to_string(e.container)) + " " + typed(e) +
             (e.member.empty() ? "" : " > " + e.member) + value_of(d, e);
    case ElementKind::entry:
      return "entry " + e.name + value_of(d, e);
    case ElementKind::resource:
      return "resource " + flag + e.type + " " + e.name + "(" + inputs_of(d, e) + ")";
    case ElementKind::module:
      return "module " + e.name + " <- " + e.type + "(" + inputs_of(d, e) + ")";
    case ElementKind::iac_variable:
      return "variable " + flag + typed(e) + value_of(d, e);
    case ElementKind::iac_local:
      return "local " + e.name + value_of(d, e);
    case ElementKind::iac_output:
      return "output " + flag + e.name + value_of(d, e);
    case ElementKind::iac_assign:
      return "given " + e.name + value_of(d, e);
    case ElementKind::command:
      return "command " + e.name + "(" + inputs_of(d, e) + ")";
  }
  return "?";
}

}  // namespace

std::string dump_value(const Document& d, ValueId id, int depth) {
  if (id == none) return "-";
  if (depth > 6) return "...";
  const Value& v = d.values[id];
  if (v.secret) return "secret:" + std::to_string(v.secret->length());
  switch (v.kind) {
    case ValueKind::unknown:
      return "?";
    case ValueKind::literal:
      return "\"" + v.text + "\"";
    case ValueKind::empty:
      return "empty";
    case ValueKind::symbol:
      return v.text;
    case ValueKind::call:
      return v.element == none ? "call" : d.elements[v.element].name + "()";
    case ValueKind::env:
      return named(d, v, "env", depth);
    case ValueKind::config:
      return named(d, v, "config", depth);
    case ValueKind::secret:
      return named(d, v, "vault", depth);
    case ValueKind::alternative:
      return "(" + parts_of(d, v, " | ", depth) + ")";
    case ValueKind::composite:
      return "(" + parts_of(d, v, " + ", depth) + ")";
    case ValueKind::map:
      return "{}";
    case ValueKind::list:
      return "[" + parts_of(d, v, ", ", depth) + "]";
    case ValueKind::function:
      return "fn(" + parts_of(d, v, ", ", depth) + ")";
    case ValueKind::attribute:
      return v.text + "->" + v.member + (v.type.empty() ? "" : ":" + v.type);
    case ValueKind::pipeline_secret:
      return "secrets." + v.text;
    case ValueKind::pipeline_value:
      return "pipeline(" + v.text + ")";
    case ValueKind::vault_reference:
      return named(d, v, "@vault", depth);
  }
  return "?";
}

std::string dump(const Document& d, std::string_view text) {
  std::vector<const Element*> order;
  order.reserve(d.elements.size());
  for (const Element& e : d.elements) order.push_back(&e);
  std::stable_sort(order.begin(), order.end(), [](const Element* a, const Element* b) {
    return a->span.begin < b->span.begin;
  });
  std::string out;
  for (const Element* e : order) {
    const auto head = text.substr(0, std::min<size_t>(e->span.begin, text.size()));
    const auto line = 1 + std::count(head.begin(), head.end(), '\n');
    const std::string scope = scope_name(d, e->scope);
    out +=
        std::to_string(line) + " " + (scope.empty() ? "" : "[" + scope + "] ") + body(d, *e) + "\n";
  }
  return out;
}

}  // namespace keyless
