#include "app/draft_repository.h"

#include "app/scan_files.h"
#include "base/text.h"
#include "match/prefilter.h"
#include "syntax/languages.h"

namespace keyless {

namespace {

// Shells of Windows know one variable under every spelling.
bool ignores_case(std::string_view path) {
  return path.ends_with(".ps1") || path.ends_with(".psm1") || path.ends_with(".cmd") ||
         path.ends_with(".bat");
}

size_t find_any_case(const std::string& text, const std::string& name) {
  return LiteralSearch({name}, true).hits(text) ? to_lower(text).find(to_lower(name))
                                                : std::string::npos;
}

size_t find_word(std::string_view text, std::string_view name) {
  const auto word = [&](size_t i) {
    return i < text.size() && (is_alnum(text[i]) || text[i] == '_');
  };
  for (size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1))
    if ((at == 0 || !word(at - 1)) && !word(at + name.size())) return at;
  return std::string_view::npos;
}

}  // namespace

DraftRepository::DraftRepository(Project& project, const Matcher& matcher,
                                 std::vector<std::string> paths, Read read)
    : project_(project), matcher_(matcher), paths_(std::move(paths)), read_(std::move(read)) {
  // Spans of decoded files are turned into offsets of their text, as those of all others are. A file
  // that grew, shrank or went since it was scanned is taken as it is now: no span may lead out of it.
  for (const ProjectFile& file : project_.files()) {
    const auto& found = source(file.document.path);
    const size_t size = found ? found->bytes.size() : 0;
    const bool changed = size != file.document.scopes.front().span.end;
    if (changed || (found && !found->map.empty()))
      draft(file.document.path, found ? found->text : std::string{});
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
    if (!found || found->generated || found->vendored) continue;
    const auto drafted = drafts_.find(path);
    const std::string& text = drafted == drafts_.end() ? found->text : drafted->second;
    if (!any.hits(text)) continue;
    for (const std::string& name : names) {
      const size_t at = ignores_case(path) ? find_any_case(text, name) : find_word(text, name);
      if (at != std::string::npos) hits.push_back({name, path, static_cast<uint32_t>(at)});
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
