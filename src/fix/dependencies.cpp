#include "fix/dependencies.h"

#include <algorithm>
#include <set>

#include "fix/edit.h"
#include "fix/manifest.h"
#include "fix/manifest/version.h"

namespace keyless {
namespace {

using Texts = std::map<std::string, std::string>;  // path -> text

// Views of `texts`.
std::vector<ManifestFile> files_of(const Texts& texts) {
  std::vector<ManifestFile> files;
  files.reserve(texts.size());
  for (const auto& [path, text] : texts) files.push_back({path, text});
  return files;
}

class Declarer {
 public:
  Declarer(const Repository& repository, const RuleSet& rules, uint32_t root, Safety most)
      : repository_(repository), stated_(repository), rules_(rules), root_(root), most_(most) {
    for (const std::string_view path : repository_.project().root(0).paths()) {
      all_paths_.emplace_back(path);
      if (manifest_kind(path)) texts_.emplace(path, repository_.text(path));
    }
  }

  Dependencies run(const CodeRewrite& code) {
    for (const auto& [path, rules] : code.rules) {
      const uint32_t index = repository_.project().index_of(path);
      if (index == none) continue;
      const std::string& language = repository_.project().files()[index].document.language;
      const LanguageTemplates* templates = rules_.templates.of(language);
      if (templates == nullptr) continue;
      std::vector<DependencySpec> wanted;
      std::string beside;
      for (const std::string& id : rules)
        for (const Rule& rule : rules_.rules)
          if (rule.id == id && rule.fix)
            for (const DependencySpec& d : stated_.needs_at(path, language, *rule.fix)) {
              if (beside.empty()) beside = d.name;
              wanted.push_back(d);
            }
      if (code.provider_files.contains(path)) wanted.push_back(templates->package);
      if (code.async_files.contains(path)) wanted.push_back(templates->async_package);
      for (const DependencySpec& d : wanted) declare(path, language, d, beside);
    }
    for (auto& [path, text] : texts_)
      if (changed_.contains(path)) {
        result_.drafts.emplace(path, text);
        if (const std::string command = relock_command(all_paths_, path); !command.empty())
          result_.prerequisites.push_back(path + " changed: " + command);
      }
    return std::move(result_);
  }

 private:
  void declare(const std::string& source, const std::string& language, const DependencySpec& wanted,
               const std::string& beside) {
    const auto manifests = files_of(texts_);
    const auto nearest = nearest_manifest(manifests, source, language, beside);
    if (!nearest) {
      if (told_.insert(wanted.name).second)
        refuse(source, "declare " + wanted.name + " " + wanted.at_least +
                           " or newer: no manifest was found");
      return;
    }
    std::vector<size_t> targets{nearest->index};
    targets.insert(targets.end(), nearest->also.begin(), nearest->also.end());
    for (const size_t target : targets) {
      const std::string path(manifests[target].path);
      if (!done_.insert({path, wanted.name + wanted.at_least}).second) continue;
      require_in(path, wanted, beside);
    }
  }

  void require_in(const std::string& path, const DependencySpec& wanted,
                  const std::string& beside) {
    std::string& text = texts_[path];
    const ManifestResult result =
        require(text, *manifest_kind(path), {wanted.name, wanted.at_least, {}}, beside);
    if (!result.refusal.empty()) return refuse(path, result.refusal);
    if (!result.note.empty() && noted_.insert(path + result.note).second)
      result_.prerequisites.push_back(path + ": " + result.note);
    if (result.edits.empty()) return;
    if (result.review && most_ < Safety::review)
      return refuse(path, "needs review: " + result.note, Safety::review);
    result_.review = result_.review || result.review;
    std::vector<Edit> edits;
    for (const ManifestEdit& e : result.edits) edits.push_back({e.span, e.text});
    text = compose(text, std::move(edits)).text;
    changed_.insert(path);
    result_.what.push_back(path + ": " + wanted.name + " " + wanted.at_least + " or newer");
  }

  void refuse(const std::string& path, std::string reason, Safety safety = Safety::manual) {
    result_.refused.push_back({root_, path, {}, "", safety, std::move(reason)});
  }

  const Repository& repository_;
  Manifests stated_;
  const RuleSet& rules_;
  uint32_t root_;
  Safety most_;
  std::vector<std::string> all_paths_;
  Texts texts_;
  std::set<std::string> changed_;
  std::set<std::string> told_;
  std::set<std::string> noted_;
  std::set<std::pair<std::string, std::string>> done_;
  Dependencies result_;
};

}  // namespace

Manifests::Manifests(const Repository& repository) {
  for (const std::string_view path : repository.project().root(0).paths()) {
    if (is_lock_file(path))
      locks_.emplace(path, repository.text(path));
    else if (manifest_kind(path))
      manifests_.emplace(path, repository.text(path));
  }
}

std::optional<std::string> Manifests::version_at(const std::string& source,
                                                 const std::string& language,
                                                 const std::string& package) const {
  const auto files = files_of(manifests_);
  const auto nearest = nearest_manifest(files, source, language, package);
  if (!nearest) return std::nullopt;
  return resolved_version(files_of(locks_), files[nearest->index], package);
}

std::vector<DependencySpec> Manifests::needs_at(const std::string& source,
                                                const std::string& language,
                                                const FixSpec& fix) const {
  std::vector<DependencySpec> needs;
  for (const DependencySpec& d : fix.dependencies) {
    const auto same = std::find_if(needs.begin(), needs.end(),
                                   [&](const DependencySpec& n) { return n.name == d.name; });
    if (same == needs.end()) {
      needs.push_back(d);
      continue;
    }
    const auto stated = version_at(source, language, d.name);
    const auto there = stated ? manifest::parse_version(*stated) : std::nullopt;
    const auto kept = manifest::parse_version(same->at_least);
    const auto next = manifest::parse_version(d.at_least);
    // In rising order: the first whose major version is not below that which is there.
    if (!there || !kept || !next || kept->part(0) < there->part(0)) *same = d;
  }
  return needs;
}

std::string Manifests::no_room_for(const std::string& source, const std::string& language,
                                   const FixSpec& fix) const {
  if (fix.dependencies.empty()) return {};
  const auto files = files_of(manifests_);
  for (const DependencySpec& d : needs_at(source, language, fix)) {
    const auto nearest = nearest_manifest(files, source, language, d.name);
    if (!nearest) continue;
    const ManifestFile& file = files[nearest->index];
    if (!declares(file.text, *manifest_kind(file.path), d.name)) continue;
    const ManifestResult result =
        require(file.text, *manifest_kind(file.path), {d.name, d.at_least, {}}, d.name);
    if (result.breaking) return std::string(file.path) + ": " + result.refusal;
  }
  return {};
}

Dependencies dependencies_of(const Repository& repository, const RuleSet& rules,
                             const CodeRewrite& code, uint32_t root, Safety most) {
  return Declarer(repository, rules, root, most).run(code);
}

}  // namespace keyless
