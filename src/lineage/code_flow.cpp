// Edges of programming languages: what assignments, parameters, results and fields are made of.
#include <algorithm>

#include "base/text.h"
#include "lineage/flow.h"

namespace keyless {
namespace {

constexpr int deepest_map = 4;

class CodeFlow {
 public:
  CodeFlow(Flow& flow, uint32_t file)
      : flow_(flow), file_(file), document_(flow.project().files()[file].document) {}

  void run() {
    for (const Element& e : document_.elements) switch (e.kind) {
        case ElementKind::assign:
          assign(e);
          break;
        case ElementKind::param:
        case ElementKind::field:
          variable(e);
          break;
        case ElementKind::result:
          flow_.flow(file_, e.scope, e.value, flow_.result_node(file_, owner(e.scope)),
                     {EdgeKind::reference, false, "returned"});
          break;
        case ElementKind::export_name:
          exported(e);
          break;
        case ElementKind::call:
          arguments(e);
          break;
        default:
          break;
      }
  }

 private:
  [[nodiscard]] ScopeId owner(ScopeId scope) const {
    const ScopeId function = enclosing(document_, scope, ScopeKind::function);
    return function == none ? 0 : function;
  }

  void assign(const Element& e) {
    Ref target = flow_.symbols().resolve(file_, e.scope, e.name);
    if (target.kind != Ref::Kind::variable || target.file != file_)
      target = {Ref::Kind::variable, file_, e.scope, e.name};
    stands_at(target, e.span);
    fill(target, e.scope, e.value, 0);
  }

  // Where people find the variable: the first place that gives it a value.
  void stands_at(const Ref& ref, Span span) {
    Node& node = flow_.graph().at(flow_.code_node(ref));
    if (node.where.file == none) node.where = {file_, span};
  }

  // The variable from the value; a literal map fills one entry each.
  void fill(const Ref& target, ScopeId scope, ValueId value, int depth) {
    if (value == none || depth > deepest_map) return;
    flow_.flow(file_, scope, value, flow_.code_node(target),
               {EdgeKind::reference, false, "assigned"});
    if (document_.values[value].kind != ValueKind::map) return;
    const auto [first, last] = entries().equal_range(value);
    for (auto it = first; it != last; ++it) {
      Ref entry = target;
      entry.name += "." + it->second->name;
      fill(entry, scope, it->second->value, depth + 1);
    }
  }

  const std::unordered_multimap<ValueId, const Element*>& entries() {
    if (entries_.empty())
      for (const Element& e : document_.elements)
        if (e.kind == ElementKind::pair && e.group != none) entries_.emplace(e.group, &e);
    return entries_;
  }

  void variable(const Element& e) {
    const Ref ref{Ref::Kind::variable, file_, e.scope, e.name};
    stands_at(ref, e.span);
    fill(ref, e.scope, e.value, 0);
  }

  void exported(const Element& e) {
    if (e.value == none || !e.module.empty()) return;
    const ValueKind kind = document_.values[e.value].kind;
    if (kind != ValueKind::symbol)
      fill({Ref::Kind::variable, file_, 0, e.name}, e.scope, e.value, 0);
  }

  void arguments(const Element& call) {
    const Ref callee = flow_.symbols().resolve(file_, call.scope, call.name);
    if (callee.kind == Ref::Kind::function) {
      to_params(call, callee.file, callee.scope);
    } else if (callee.kind == Ref::Kind::type) {
      const ScopeId constructor = flow_.symbols().constructor_of(callee.file, callee.scope);
      if (constructor != none)
        to_params(call, callee.file, constructor);
      else
        to_fields(call, callee.file, callee.scope);
    }
  }

  void to_params(const Element& call, uint32_t target_file, ScopeId function) {
    for (const Element* param : flow_.symbols().params_of(target_file, function))
      for (const Input& input : call.inputs) {
        const bool by_name =
            !input.name.empty() && (input.name == param->name || input.name == param->member);
        const bool by_position = input.name.empty() && input.position == param->position &&
                                 param->member.empty() && input.via != Via::splat;
        if (!by_name && !by_position) {
          to_member(call, input, target_file, *param);
          // `make(**options)`, `make(options)` for `function make({ key })`.
          const bool whole = input.name.empty() && input.position == param->position;
          if (input.via == Via::splat)
            from_entry(call, input, target_file, *param, param->name);
          else if (whole && !param->member.empty())
            from_entry(call, input, target_file, *param, param->member);
          continue;
        }
        const Ref ref{Ref::Kind::variable, target_file, param->scope, param->name};
        flow_.flow(file_, call.scope, input.value, flow_.code_node(ref),
                   {EdgeKind::reference, false, "argument of " + call.name});
      }
  }

  // `new Llm({ key })` for `constructor(options: Options)`: the member of the parameter.
  void to_member(const Element& call, const Input& input, uint32_t target_file,
                 const Element& param) {
    if (input.via != Via::property || input.name.empty() || !param.member.empty()) return;
    if (std::max(input.position, 0) != param.position) return;
    const Ref ref =
        flow_.symbols().resolve(target_file, param.scope, param.name + "." + input.name);
    if (ref.kind == Ref::Kind::variable)
      flow_.flow(file_, call.scope, input.value, flow_.code_node(ref),
                 {EdgeKind::reference, false, "argument of " + call.name});
  }

  // The entry of a map that a parameter gets.
  void from_entry(const Element& call, const Input& input, uint32_t target_file,
                  const Element& param, const std::string& name) {
    if (input.value == none || name.empty()) return;
    const NodeId target =
        flow_.code_node({Ref::Kind::variable, target_file, param.scope, param.name});
    const Step step{EdgeKind::reference, false, "argument of " + call.name};
    const Value& v = document_.values[input.value];
    if (v.kind == ValueKind::map) {
      const auto [first, last] = entries().equal_range(input.value);
      for (auto it = first; it != last; ++it)
        if (it->second->name == name)
          flow_.flow(file_, call.scope, it->second->value, target, step);
    }
    if (v.kind != ValueKind::symbol) return;
    const Ref entry = flow_.symbols().resolve(file_, call.scope, v.text + "." + name);
    if (entry.kind == Ref::Kind::variable)
      flow_.graph().edge(
          {flow_.code_node(entry), target, step.kind, false, {file_, input.span}, step.why});
  }

  void to_fields(const Element& call, uint32_t target_file, ScopeId type) {
    const auto fields = flow_.symbols().fields_of(target_file, type);
    for (const Input& input : call.inputs)
      for (size_t i = 0; i < fields.size(); ++i) {
        const bool by_position = input.name.empty() && input.position == static_cast<int32_t>(i);
        if (input.name != fields[i]->name && !by_position) continue;
        const Ref ref{Ref::Kind::variable, target_file, type, fields[i]->name};
        flow_.flow(file_, call.scope, input.value, flow_.code_node(ref),
                   {EdgeKind::reference, false, "argument of " + call.name});
      }
  }

  Flow& flow_;
  uint32_t file_;
  const Document& document_;
  std::unordered_multimap<ValueId, const Element*> entries_;
};

}  // namespace

void add_code_flow(Flow& flow, uint32_t file) {
  CodeFlow(flow, file).run();
}

}  // namespace keyless
