#include "fix/scope.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace keyless {
namespace {

void add_clouds(const Document& d, const Hosts& hosts, std::set<std::string>& clouds) {
  for (const Value& v : d.values) {
    if (v.text.find('.') == std::string::npos) continue;
    if (v.kind != ValueKind::literal && v.kind != ValueKind::composite) continue;
    const HostRow* row = hosts.find(v.text);
    if (row != nullptr && row->azure && !row->cloud.empty()) clouds.insert(row->cloud);
  }
}

}  // namespace

const HostRow* account_host(const Repository& repository, const RuleSet& rules, const Graph& graph,
                            uint32_t file) {
  const Project& project = repository.project();
  std::set<std::string> clouds;
  if (file != none) add_clouds(project.files()[file].document, rules.hosts, clouds);
  if (file != none && clouds.size() != 1) {
    clouds.clear();
    const std::string& unit = project.unit_of(project.path_of(file));
    for (const ProjectFile& other : project.files())
      if (!other.test_code && !other.vendored && project.unit_of(other.document.path) == unit)
        add_clouds(other.document, rules.hosts, clouds);
  }
  if (clouds.empty())
    for (const Node& n : graph.nodes())
      if (n.space == "host" && n.azure_host)
        if (const HostRow* row = rules.hosts.find(n.name)) clouds.insert(row->cloud);
  const std::string cloud = clouds.size() == 1 ? *clouds.begin() : "public";
  for (const HostRow& row : rules.hosts.rows())
    if (row.azure && row.service == "openai" && row.cloud == cloud) return &row;
  return nullptr;
}

const HostRow* host_of_scope(const RuleSet& rules, std::string_view scope) {
  for (const HostRow& row : rules.hosts.rows())
    if (row.azure && row.scope == scope) return &row;
  return nullptr;
}

std::string scope_at(const Rule& rule, const Candidate& candidate, const Document& d,
                     const std::string& of_account) {
  const FixSpec& fix = *rule.fix;
  if (!fix.scope.empty()) return fix.scope;
  const auto texts = [&](Span within, auto fits) {
    return std::any_of(d.values.begin(), d.values.end(), [&](const Value& v) {
      return v.kind == ValueKind::literal && within.contains(v.span) && fits(v.text);
    });
  };
  const Span call = candidate.element == none ? candidate.span : d.elements[candidate.element].span;
  for (const auto& [glob, scope] : fix.scopes) {
    const auto fits = [&](const std::string& text) { return wildcard_matches(glob, text); };
    if (texts(call, fits)) return scope;
  }
  const Span all{0, UINT32_MAX};
  for (const auto& [glob, scope] : fix.scopes) {
    const auto same = [&](const std::string& text) { return text == scope; };
    if (rule.category == Category::token_misuse && texts(all, same)) return scope;
  }
  return of_account;
}

}  // namespace keyless
