#include "lineage/flow.h"

#include <algorithm>

#include "base/text.h"
#include "lineage/endpoints.h"
#include "lineage/vault.h"

namespace keyless {
namespace {

constexpr int deepest_value = 16;

std::string scoped(uint32_t root, const std::string& scope, std::string_view name) {
  return std::to_string(root) + "#" + scope + "#" + std::string(name);
}

// "AzureOpenAI:ApiKey", "AzureOpenAI__ApiKey" and "azureopenai.apikey" are one path.
std::string config_path(std::string_view name) {
  std::string path;
  for (size_t i = 0; i < name.size(); ++i) {
    const bool twice = name[i] == '_' && i + 1 < name.size() && name[i + 1] == '_';
    if (name[i] == ':' || name[i] == '.' || twice) {
      path += '.';
      if (twice) ++i;
    } else {
      path += lower(name[i]);
    }
  }
  return path;
}

bool asks_for_secret(const Document& d, const std::string& name) {
  return std::any_of(d.elements.begin(), d.elements.end(), [&](const Element& e) {
    return e.kind == ElementKind::iac_variable && e.flag && e.name == name;
  });
}

// Text around a key that leaves it whole: "Bearer " + key, quotes.
bool is_wrapping(std::string_view text) {
  const std::string lowered = to_lower(trim(text));
  return lowered.empty() || lowered == "bearer" || lowered == "\"" || lowered == "'" ||
         lowered.ends_with("key=") || lowered == ";";
}

}  // namespace

Flow::Flow(const Project& project, const Symbols& symbols, const RuleSet& rules, Graph& graph)
    : project_(project), symbols_(symbols), rules_(rules), graph_(graph) {
  for (uint32_t file = 0; file < project.files().size(); ++file)
    for (const Element& e : project.files()[file].document.elements) {
      if (e.kind == ElementKind::resource)
        resources_.emplace(scoped(project_.root_of(file), module_of(file), e.name),
                           Declared{&e, file});
      if (e.kind == ElementKind::module)
        modules_.emplace(scoped(project_.root_of(file), module_of(file), e.name),
                         Declared{&e, file});
    }
}

std::string Flow::module_of(uint32_t file) const {
  const Document& d = project_.files()[file].document;
  return d.language == "terraform" ? std::string(folder_of(d.path)) : d.path;
}

Flow::Declared Flow::resource_of(uint32_t file, std::string_view address) const {
  const auto it = resources_.find(scoped(project_.root_of(file), module_of(file), address));
  return it == resources_.end() ? Declared{} : it->second;
}

Flow::Declared Flow::module_called(uint32_t file, std::string_view name) const {
  const auto it = modules_.find(scoped(project_.root_of(file), module_of(file), name));
  return it == modules_.end() ? Declared{} : it->second;
}

std::string Flow::module_target(uint32_t file, std::string_view source) const {
  const Document& d = project_.files()[file].document;
  const bool registry = source.starts_with("br") && source.find(':') != std::string_view::npos;
  if (registry || source.empty()) return {};
  if (d.language == "terraform")
    return source.starts_with('.') ? join_path(folder_of(d.path), source) : std::string{};
  return join_path(folder_of(d.path), source);
}

const Input* find_argument(const Document& document, const Element& module, std::string_view name) {
  const bool terraform = document.language == "terraform";
  return find_input(module, (terraform ? "" : "params.") + std::string(name));
}

NodeId Flow::code_node(const Ref& ref) {
  const Document& d = project_.files()[ref.file].document;
  if (ref.kind == Ref::Kind::function) return result_node(ref.file, ref.scope);
  const std::string owner = scope_name(d, ref.scope);
  return node(ref.file, "code", d.path, owner.empty() ? ref.name : owner + "." + ref.name);
}

NodeId Flow::result_node(uint32_t file, ScopeId function) {
  const Document& d = project_.files()[file].document;
  return node(file, "code", d.path, scope_name(d, function) + "()");
}

NodeId Flow::env_node(uint32_t file, std::string_view name) {
  return env_node_at(file, project_.path_of(file), name);
}

NodeId Flow::env_node_at(uint32_t file, std::string_view path, std::string_view name) {
  const bool strong = rules_.names.is(NameClass::key_strong, name);
  const std::string& unit = project_.paths_of(file).unit_of(path);
  const NodeId id = node(file, "env", strong ? "repository" : unit, name);
  if (strong) graph_.at(id).service = rules_.names.service_of(name);
  // The name itself is evidence for an endpoint, as a host would be.
  if (!strong && rules_.names.is(NameClass::endpoint_azure, name)) graph_.at(id).azure_host = true;
  return id;
}

NodeId Flow::config_node(uint32_t file, std::string_view name) {
  const std::string& unit = project_.paths_of(file).unit_of(project_.path_of(file));
  const NodeId id = node(file, "config", unit, config_path(name));
  if (rules_.names.is(NameClass::endpoint_azure, name)) graph_.at(id).azure_host = true;
  return id;
}

NodeId Flow::account_node(uint32_t file, std::string_view symbol) {
  const NodeId id = node(file, "account", module_of(file), symbol);
  const Declared found = resource_of(file, symbol);
  if (found.element == nullptr) return id;
  const Element& e = *found.element;
  if (graph_.at(id).where.file == none) graph_.at(id).where = {found.file, e.span};
  const AccountRow* row = rules_.resources.account(e.type);
  const Input* kind = row == nullptr ? nullptr : find_input(e, row->kind);
  if (kind != nullptr && kind->value != none)
    graph_.at(id).service = rules_.resources.service_of_kind(
        project_.files()[found.file].document.values[kind->value].text);
  return id;
}

NodeId Flow::host_node(const HostRow& row, Where where) {
  const NodeId id = graph_.node(none, "host", "global", row.host, where);
  graph_.at(id).azure_host = row.azure;
  graph_.at(id).other_host = !row.azure;
  graph_.at(id).service = row.service;
  return id;
}

NodeId Flow::place_node(std::string_view space, uint32_t file, std::string_view name, Span span) {
  const std::string unique = std::string(name) + "@" + std::to_string(span.begin);
  return node(file, space, project_.files()[file].document.path, unique, {file, span});
}

NodeId Flow::iac_node(uint32_t file, std::string_view address, Where where) {
  return node(file, "iac", module_of(file), address, where);
}

NodeId Flow::read_node(uint32_t file, ValueId value) {
  const Value& v = project_.files()[file].document.values[value];
  return place_node("read", file, v.text, v.span);
}

void Flow::add_env_reader(uint32_t file, ScopeId function, const Element& param) {
  env_readers_.emplace(std::to_string(file) + "#" + std::to_string(function), &param);
}

std::vector<ValueId> Flow::names_read(uint32_t file, const Element& call) const {
  std::vector<ValueId> names;
  const Ref function = symbols_.resolve(file, call.scope, call.name);
  if (function.kind != Ref::Kind::function) return names;
  const auto it =
      env_readers_.find(std::to_string(function.file) + "#" + std::to_string(function.scope));
  if (it == env_readers_.end()) return names;
  const Element& param = *it->second;
  const auto& params = symbols_.params_of(function.file, function.scope);
  const bool last = std::none_of(params.begin(), params.end(),
                                 [&](const Element* p) { return p->position > param.position; });
  for (const Input& input : call.inputs) {
    if (input.value == none) continue;
    // `*names`: every further position is a name too.
    const bool by_position = input.name.empty() && (input.position == param.position ||
                                                    (last && input.position > param.position));
    if (input.name != param.name && !by_position) continue;
    const Document& d = project_.files()[file].document;
    const Value& v = d.values[input.value];
    if (v.kind == ValueKind::literal) names.push_back(input.value);
    if (v.kind == ValueKind::list)
      for (const ValueId part : v.parts)
        if (d.values[part].kind == ValueKind::literal) names.push_back(part);
  }
  return names;
}

void Flow::connect(NodeId from, NodeId to, const Step& step, Where where) {
  graph_.edge({from, to, step.kind, step.partial, where, std::string(step.why)});
}

void Flow::flow(uint32_t file, ScopeId scope, ValueId value, NodeId target, const Step& step) {
  flow(file, scope, value, target, step, 0);
}

void Flow::flow(uint32_t file, ScopeId scope, ValueId value, NodeId target, Step step, int depth) {
  if (value == none || depth > deepest_value) return;
  const Value& v = project_.files()[file].document.values[value];
  switch (v.kind) {
    case ValueKind::literal:
      flow_literal(file, v, target, step);
      return;
    case ValueKind::symbol:
      flow_symbol(file, scope, v, target, step);
      return;
    case ValueKind::call:
      flow_call(file, scope, v, target, step, depth);
      return;
    case ValueKind::env:
    case ValueKind::config:
    case ValueKind::secret:
    case ValueKind::vault_reference:
      flow_read(file, scope, value, target, step);
      return;
    case ValueKind::composite:
      flow_composite(file, scope, v, target, step, depth);
      return;
    case ValueKind::attribute:
      flow_attribute(file, v, target, step);
      return;
    case ValueKind::pipeline_secret:
      // One that a reusable workflow asks for is what its callers hand over.
      connect(asks_for_secret(project_.files()[file].document, v.text)
                  ? iac_node(file, v.text)
                  : node(file, "pipeline", "repository", v.text, {file, v.span}),
              target, step, {file, v.span});
      return;
    case ValueKind::pipeline_value:
      connect(node(file, "pipeline", project_.files()[file].document.path, v.text, {file, v.span}),
              target, step, {file, v.span});
      return;
    case ValueKind::alternative:
    case ValueKind::function:
      for (const ValueId part : v.parts) flow(file, scope, part, target, step, depth + 1);
      return;
    case ValueKind::list:
      for (const ValueId part : v.parts) {
        step.partial = true;
        flow(file, scope, part, target, step, depth + 1);
      }
      return;
    case ValueKind::unknown:
    case ValueKind::empty:
    case ValueKind::map:
      return;
  }
}

void Flow::flow_literal(uint32_t file, const Value& v, NodeId target, const Step& step) {
  if (v.secret) {
    connect(place_node("literal", file, "literal", v.span), target, step, {file, v.span});
    return;
  }
  if (const HostRow* row = rules_.hosts.find(v.text))
    connect(spelled_host_node(*this, *row, {file, v.span}, v.text), target, step, {file, v.span});
}

void Flow::flow_symbol(uint32_t file, ScopeId scope, const Value& v, NodeId target,
                       const Step& step) {
  Ref ref = symbols_.resolve(file, scope, v.text);
  if (ref.kind == Ref::Kind::variable || ref.kind == Ref::Kind::function)
    connect(code_node(ref), target, step, {file, v.span});
  // `secret.value`, `key.get_secret_value`: a member that hands the whole through.
  if (rules_.resources.passes(v.text)) {
    ref = symbols_.resolve(file, scope, before_last(v.text, '.'));
    if (ref.kind == Ref::Kind::variable) connect(code_node(ref), target, step, {file, v.span});
  }
}

void Flow::flow_call(uint32_t file, ScopeId scope, const Value& v, NodeId target, const Step& step,
                     int depth) {
  if (v.element == none) return;
  const ProjectFile& f = project_.files()[file];
  const Element& call = f.document.elements[v.element];
  if (call.kind == ElementKind::command) return flow_command(file, call, target, step, depth);
  const Ref callee = symbols_.resolve(file, scope, call.name);
  if (const auto read_names = names_read(file, call); !read_names.empty()) {
    for (const ValueId id : read_names) {
      const Value& name = f.document.values[id];
      const NodeId read = place_node("read", file, name.text, name.span);
      connect(env_node(file, name.text), read,
              {EdgeKind::binding, false, "read through " + call.name}, {file, name.span});
      connect(read, target, step, {file, v.span});
    }
    return;
  }
  if (callee.kind == Ref::Kind::function) {
    connect(result_node(callee.file, callee.scope), target, step, {file, v.span});
    return;
  }
  const std::vector<std::string> names = f.imports->symbols(call.name);
  const bool passes = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return rules_.resources.passes(name);
  });
  if (!passes) return;
  for (const Input& input : call.inputs) flow(file, scope, input.value, target, step, depth + 1);
  // `key.strip()`: the receiver.
  const std::string_view receiver = before_last(call.name, '.');
  const Ref ref = symbols_.resolve(file, scope, receiver);
  if (ref.kind == Ref::Kind::variable) connect(code_node(ref), target, step, {file, v.span});
}

void Flow::flow_composite(uint32_t file, ScopeId scope, const Value& v, NodeId target, Step step,
                          int depth) {
  const Document& d = project_.files()[file].document;
  std::string literals;
  bool wraps = true;
  size_t others = 0;
  for (const ValueId part : v.parts) {
    const Value& p = d.values[part];
    const bool literal = p.kind == ValueKind::literal || p.kind == ValueKind::empty;
    literals += literal ? p.text : std::string("x");
    if (literal)
      wraps = wraps && is_wrapping(p.text);
    else
      ++others;
  }
  const bool partial = step.partial || !wraps || others != 1;
  bool after_key = false;  // "Endpoint=...;Key=" and then the key
  for (const ValueId part : v.parts) {
    const Value& p = d.values[part];
    const bool literal = p.kind == ValueKind::literal || p.kind == ValueKind::empty;
    step.partial = partial && !after_key;
    if (!literal) flow(file, scope, part, target, step, depth + 1);
    after_key = literal && to_lower(p.text).ends_with("key=");
  }
  step.partial = partial;
  // The host may be spread over the parts: "https://" + name + ".openai.azure.com/".
  if (const HostRow* row = rules_.hosts.find(literals))
    connect(host_node(*row, {file, v.span}), target, step, {file, v.span});
}

void Flow::flow_read(uint32_t file, ScopeId scope, ValueId id, NodeId target, const Step& step) {
  const Document& d = project_.files()[file].document;
  const Value& v = d.values[id];
  const Where where{file, v.span};
  const NodeId read = read_node(file, id);
  const Step bound{EdgeKind::binding, false, "same name"};
  if (v.kind == ValueKind::env && !v.text.empty()) {
    connect(env_node(file, v.text), read, bound, where);
  } else if (v.kind == ValueKind::config && !v.text.empty()) {
    connect(config_node(file, v.text), read, bound, where);
    // Frameworks read the environment under the same name.
    connect(env_node(file, v.text), read,
            {EdgeKind::convention, false, "configuration reads the environment"}, where);
  } else if (!v.text.empty()) {
    const std::string vault = v.kind == ValueKind::secret ? vault_of_client(*this, file, scope, v)
                              : v.parts.size() > 1 ? vault_named(*this, file, scope, v.parts[1])
                                                   : std::string{};
    connect(vault_node(file, v.text, vault), read, bound, where);
  }
  // A reference whose name is an expression: what the expression points to.
  if (v.kind == ValueKind::vault_reference)
    for (const ValueId part : v.parts) flow(file, scope, part, read, step);
  connect(read, target, step, where);
}

void Flow::flow_attribute(uint32_t file, const Value& v, NodeId target, const Step& step) {
  const Where where{file, v.span};
  const Resources& resources = rules_.resources;
  const Declared declared = resource_of(file, v.text);
  const Element* resource = declared.element;
  if (const ActionRow* row = action_of(declared)) {
    const bool key = std::any_of(row->keys.begin(), row->keys.end(), [&](const std::string& glob) {
      return wildcard_matches(glob, v.member);
    });
    if (key)
      connect(acted_on(declared, *row), target, {step.kind, step.partial, "reads the key"}, where);
    return;
  }
  const std::string type = !v.type.empty() ? v.type : resource != nullptr ? resource->type : "";
  if (const AccountRow* row = resources.account(type)) {
    if (resources.is_key(*row, v.member)) {
      connect(account_node(file, v.text), target, {step.kind, step.partial, "reads the key"},
              where);
    } else if (resources.is_endpoint(*row, v.member)) {
      const NodeId host = graph_.node(none, "host", "global", "account endpoint", where);
      graph_.at(host).azure_host = true;
      connect(host, target, step, where);
    }
    return;
  }
  const std::string_view module_name =
      v.text.starts_with("module.") ? std::string_view(v.text).substr(7) : v.text;
  const Declared called = module_called(file, module_name);
  if (const Element* module = called.element) {
    std::string_view output = v.member;
    if (output.starts_with("outputs.")) output.remove_prefix(8);
    if (const AccountRow* row = resources.account(module->type, true)) {
      if (resources.is_key(*row, v.member))
        connect(node(file, "account", module_of(file), v.text, {called.file, module->span}), target,
                {step.kind, step.partial, "reads the key"}, where);
      return;
    }
    // A template written inside the deployment itself.
    if (module->type.empty() && !module->member.empty()) {
      connect(iac_node(file, "output." + module->member + std::string(output)), target, step,
              where);
      return;
    }
    const std::string scope = module_target(file, module->type);
    if (!scope.empty()) {
      // One node per call, joined to the module later by what this call hands in.
      const NodeId call = iac_node(file, v.text + "." + std::string(output), where);
      calls_.push_back(
          {call, node(file, "iac", scope, "output." + std::string(output)), scope, called});
      connect(call, target, step, where);
    }
    return;
  }
  std::string address = v.text;
  if (v.member.starts_with("secret:")) address += "#" + v.member;
  const bool store = resources.store(type) != nullptr;
  const NodeId whole = iac_node(file, address);
  if (v.member.empty() || store || v.member.starts_with("secret:")) {
    connect(whole, target, step, where);
    return;
  }
  const NodeId part = iac_node(file, v.text + "." + v.member);
  connect(part, target, step, where);
  if (resource == nullptr) connect(whole, part, {EdgeKind::reference, false, "member"}, where);
}

}  // namespace keyless
