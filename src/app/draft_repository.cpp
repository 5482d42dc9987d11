#include "app/draft_repository.h"

#include "app/scan_files.h"
#include "match/prefilter.h"
#include "syntax/languages.h"

namespace keyless {

DraftRepository::DraftRepository(Project& project, const Matcher& matcher,
                                 std::vector<std::string> paths, Read read)
    : project_(project), matcher_(matcher), paths_(std::move(paths)), read_(std::move(read)) {
  // Spans of decoded files are turned into offsets of their text, as those of all others are.
  for (const ProjectFile& file : project_.files()) {
    const auto& found = source(file.document.path);
    if (found && !found->map.empty()) draft(file.document.path, found->text);
  }
}

const std::optional<SourceFile>& DraftRepository::source(std::string_view path) const {
  const auto it = sources_.find(path);
  if (it != sources_.end()) return it->second;
  return sources_.emplace(std::string(path), read_(path)).first->second;
}

std::string DraftRepository::text(std::string_view path) const {
  if (const auto it = drafts_.find(path); it != drafts_.end()) return it->second;
  const auto& found = source(path);
  return found ? found->text : std::string{};
}

void DraftRepository::draft(std::string_view name, std::string text) {
  scan_.reset();
  const std::string path(name);  // `name` may be a view into the file that is replaced
  const uint32_t index = project_.index_of(path);
  if (index != none) {
    const ProjectFile& old = project_.files()[index];
    SourceFile file = make_source_file(path, text);
    file.tracked = old.tracked;
    file.generated = old.generated;
    file.vendored = old.vendored;
    file.test_code = old.test_code;
    project_.replace(index, read_project_file(file, matcher_, old.wave));
  }
  drafts_.insert_or_assign(path, std::move(text));
}

std::vector<std::string> DraftRepository::drafted() const {
  std::vector<std::string> paths;
  for (const auto& [path, text] : drafts_) paths.push_back(path);
  return paths;
}

std::shared_ptr<ScanOfDrafts> DraftRepository::scan() const {
  if (scan_) return scan_;
  scan_ = std::make_shared<ScanOfDrafts>(ScanOfDrafts{link(project_, matcher_.rules()), {}});
  scan_->judged = judge(scan_->linked, decide(scan_->linked));
  return scan_;
}

std::vector<NameHit> DraftRepository::find(const std::vector<std::string>& names) const {
  std::vector<NameHit> hits;
  if (names.empty()) return hits;
  const LiteralSearch any(names, true);
  for (const std::string& path : paths_) {
    const auto found = read_(path);
    if (!found || found->generated || found->vendored || !any.hits(found->text)) continue;
    for (const std::string& name : names) {
      const LiteralSearch one({name}, true);
      if (one.hits(found->text))
        hits.push_back({name, path, static_cast<uint32_t>(found->text.find(name))});
    }
  }
  return hits;
}

std::string DraftRepository::encoded(std::string_view path, std::string_view text) const {
  const auto& found = source(path);
  return found ? encode(text, found->encoding) : std::string(text);
}

std::string DraftRepository::bytes(std::string_view path) const {
  const auto& found = source(path);
  return found ? found->bytes : std::string{};
}

}  // namespace keyless
