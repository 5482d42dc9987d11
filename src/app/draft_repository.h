// DraftRepository: the Repository of one scanned root, or of files at hand (rule examples).
// Reads files again when their text is asked for; keeps drafts in memory, writes nothing.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fix/repository.h"
#include "match/matcher.h"
#include "source/source_file.h"

namespace keyless {

class DraftRepository : public Repository {
 public:
  using Read = std::function<std::optional<SourceFile>(std::string_view path)>;

  // `paths`: text files of the root. `project` holds parsed ones of them; both it and `matcher`
  // must outlive the object.
  DraftRepository(Project& project, const Matcher& matcher, std::vector<std::string> paths,
                  Read read);

  [[nodiscard]] const Project& project() const override { return project_; }
  [[nodiscard]] std::string text(std::string_view path) const override;
  void draft(std::string_view name, std::string text) override;
  [[nodiscard]] std::vector<std::string> drafted() const override;
  [[nodiscard]] std::shared_ptr<ScanOfDrafts> scan() const override;
  [[nodiscard]] std::vector<NameHit> find(const std::vector<std::string>& names) const override;
  [[nodiscard]] std::string encoded(std::string_view path, std::string_view text) const override;
  [[nodiscard]] std::string bytes(std::string_view path) const override;

 private:
  const std::optional<SourceFile>& source(std::string_view path) const;

  Project& project_;
  const Matcher& matcher_;
  std::vector<std::string> paths_;
  Read read_;
  std::map<std::string, std::string, std::less<>> drafts_;
  mutable std::map<std::string, std::optional<SourceFile>, std::less<>> sources_;
  mutable std::shared_ptr<ScanOfDrafts> scan_;  // of the present drafts; null: not scanned yet
};

}  // namespace keyless
