#include "fix/subdomain.h"

#include <re2/re2.h>

#include <optional>

#include "fix/attributes.h"
#include "match/carrier.h"

namespace keyless {
namespace {

// The lowest version that a constraint like "~> 4.47" or ">= 4.50, < 5.0" allows.
std::optional<std::pair<int, int>> lowest_version(std::string_view constraint) {
  static const re2::RE2 number(R"((\d+)\.(\d+))");
  int major = 0;
  int minor = 0;
  if (!re2::RE2::PartialMatch(re2::StringPiece(constraint.data(), constraint.size()), number,
                              &major, &minor))
    return std::nullopt;
  return std::pair(major, minor);
}

// azurerm of 4.47 and later adds a sub-domain in place; before, it makes the account anew.
// Source: catalogue, infrastructure section 1.1.
bool adds_in_place(const Repository& repository, std::string_view folder) {
  static const re2::RE2 required(R"(azurerm\s*=\s*\{[^}]*version\s*=\s*"([^"]+)\")");
  for (const std::string_view path : repository.project().root(0).paths()) {
    if (!path.ends_with(".tf")) continue;
    const std::string_view at = folder_of(path);
    // Providers are pinned in the module itself or in one above it.
    const bool above =
        at.empty() || folder == at ||
        (folder.starts_with(at) && folder.size() > at.size() && folder[at.size()] == '/');
    if (!above) continue;
    const std::string text = repository.text(path);
    std::string constraint;
    if (!re2::RE2::PartialMatch(text, required, &constraint)) continue;
    if (const auto lowest = lowest_version(constraint)) return *lowest >= std::pair(4, 47);
  }
  return false;
}

}  // namespace

SubdomainPlan plan_subdomains(const Repository& repository, const RuleSet& rules, uint32_t root) {
  SubdomainPlan plan;
  for (const ProjectFile& file : repository.project().files()) {
    const Document& d = file.document;
    const InfrastructureTemplates* t = rules.infrastructure.of(d.language);
    if (t == nullptr || t->subdomain.empty()) continue;
    for (const Element& e : d.elements) {
      if (e.kind != ElementKind::resource || e.flag || rules.resources.account(e.type) == nullptr)
        continue;
      // A resource that is written as in Resource Manager has its names too, also in Terraform.
      const bool plain = e.type.find('/') != std::string::npos;
      const InfrastructureTemplates* arm = plain ? rules.infrastructure.of("bicep") : nullptr;
      const std::string& subdomain = arm == nullptr ? t->subdomain : arm->subdomain;
      if (find_input(e, subdomain) != nullptr) continue;
      const auto refuse = [&](std::string reason) {
        plan.refused.push_back({root, d.path, e.span, "", Safety::manual,
                                "sub-domain of " + e.name + ": " + std::move(reason)});
      };
      const Input* name = find_input(e, "name");
      if (file.generated || file.vendored || name == nullptr || name->value == none) {
        refuse("tokens need one, set " + subdomain);
        continue;
      }
      if (d.language == "terraform" && !plain && !adds_in_place(repository, folder_of(d.path))) {
        refuse("tokens need one, set " + subdomain +
               "; with azurerm before 4.47 that makes the account anew");
        continue;
      }
      const std::string text = repository.text(d.path);
      const Span span = d.values[name->value].span;
      if (auto edit =
              added_attribute(text, d, e, subdomain, text.substr(span.begin, span.size()))) {
        plan.edits[d.path].push_back(std::move(*edit));
        plan.what.push_back(d.path + ": " + e.name + " gets a custom sub-domain");
      } else {
        refuse("tokens need one, set " + subdomain);
      }
    }
  }
  return plan;
}

}  // namespace keyless
