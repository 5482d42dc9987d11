#include "fix/lock.h"

#include <algorithm>

#include "base/text.h"
#include "fix/attributes.h"
#include "lineage/literals.h"
#include "match/carrier.h"

namespace keyless {
namespace {

class LockPlanner {
 public:
  LockPlanner(const Repository& repository, const ScanOfDrafts& scan, const FixOptions& options,
              uint32_t root)
      : repository_(repository), scan_(scan), options_(options), root_(root) {}

  LockPlan run() {
    for (const Placed& p : scan_.linked.placed) {
      if (p.candidate->category != Category::local_auth || !p.candidate->rule->fix) continue;
      const Finding* finding = finding_of(p);
      if (finding != nullptr) lock(p, *finding);
    }
    if (!plan_.edits.empty()) plan_.blocked = open_consumers();
    return std::move(plan_);
  }

 private:
  [[nodiscard]] const ProjectFile& file(uint32_t index) const {
    return repository_.project().files()[index];
  }

  const Finding* finding_of(const Placed& p) const {
    for (const Finding& f : scan_.judged.findings)
      if (f.path == file(p.file).document.path && f.span == p.candidate->span &&
          f.rule == p.candidate->rule->id)
        return &f;
    return nullptr;
  }

  void refuse(const Finding& f, Safety safety, std::string reason) {
    plan_.refused.push_back({root_, f.path, f.span, f.rule, safety, std::move(reason)});
  }

  void lock(const Placed& p, const Finding& finding) {
    const FixSpec& fix = *p.candidate->rule->fix;
    if (finding.generated || finding.vendored)
      return refuse(finding, Safety::manual,
                    "the file is generated or vendored: change its source");
    if (fix.safety == Safety::manual) return refuse(finding, Safety::manual, fix.reason);
    const auto set = std::find_if(fix.edits.begin(), fix.edits.end(), [](const EditSpec& e) {
      return e.kind == EditKind::set_attribute && !e.with.empty();
    });
    if (set == fix.edits.end()) return;
    const auto& [path, value] = set->with.front();
    const Document& d = file(p.file).document;
    const Element& e = d.elements[p.candidate->element];
    if (const Input* input = find_input(e, path)) return replace(p, finding, *input, value);
    insert(p, finding, path, value);
  }

  void replace(const Placed& p, const Finding& finding, const Input& input,
               const std::string& value) {
    const Document& d = file(p.file).document;
    const Value& v = d.values[input.value];
    if (v.kind != ValueKind::literal) return replace_behind(p, finding, input, value);
    add(finding, {v.span, value});
  }

  // A variable: its default and whatever else gives it a literal.
  void replace_behind(const Placed& p, const Finding& finding, const Input& input,
                      const std::string& value) {
    const Value& v = file(p.file).document.values[input.value];
    const Literals literals = literals_of(*scan_.linked.flow, p.file, input.value);
    if (v.kind == ValueKind::alternative || !literals.complete || literals.texts.empty())
      return refuse(finding, Safety::review,
                    (v.text.empty() ? "a condition decides the value"
                                    : "the value comes from elsewhere (" + v.text + ")") +
                        std::string(": make it ") + value + " there");
    for (size_t i = 0; i < literals.texts.size(); ++i) {
      if (to_lower(literals.texts[i]) == value) continue;
      const std::string& path = file(literals.places[i].file).document.path;
      plan_.edits[path].push_back({literals.places[i].span, value});
      plan_.what.push_back(path + ": " + finding.rule + ", by the value of " + v.text);
    }
  }

  void add(const Finding& finding, Edit edit) {
    plan_.edits[finding.path].push_back(std::move(edit));
    plan_.what.push_back(finding.path + ": " + finding.rule);
  }

  void insert(const Placed& p, const Finding& finding, const std::string& path,
              const std::string& value) {
    const Document& d = file(p.file).document;
    auto edit =
        added_attribute(repository_.text(d.path), d, d.elements[p.candidate->element], path, value);
    if (edit) return add(finding, std::move(*edit));
    refuse(finding, Safety::manual,
           "set " + path + " to " + value + ": its object is not written here");
  }

  // A key value in a document: nothing runs there, and the lock is what makes it harmless.
  static bool only_told(const Finding& f) {
    return f.category == Category::key_literal &&
           (f.path.ends_with(".md") || f.path.ends_with(".rst") || f.path.ends_with(".adoc"));
  }

  [[nodiscard]] std::string open_consumers() const {
    if (!options_.lock_anyway.empty() || !options_.safeguards.on(Safeguard::lock_evidence))
      return {};
    size_t open = 0;
    std::string first;
    for (const Finding& f : scan_.judged.findings) {
      if (f.category == Category::local_auth || f.category == Category::identity ||
          f.category == Category::key_doc || f.test_code || only_told(f))
        continue;
      if (open++ == 0) first = f.path + " (" + f.rule + ")";
    }
    if (open > 0)
      return std::to_string(open) + " places here still use a key, the first in " + first;
    if (options_.all_consumers_here) return {};
    if (!options_.consumers.empty()) return options_.evidence_gap;
    return "nobody knows whether other repositories still use the key: --consumers FILE, "
           "--all-consumers-here or --lock-anyway REASON";
  }

  const Repository& repository_;
  const ScanOfDrafts& scan_;
  const FixOptions& options_;
  uint32_t root_;
  LockPlan plan_;
};

}  // namespace

LockPlan plan_lock(const Repository& repository, const ScanOfDrafts& scan,
                   const FixOptions& options, uint32_t root) {
  return LockPlanner(repository, scan, options, root).run();
}

}  // namespace keyless
