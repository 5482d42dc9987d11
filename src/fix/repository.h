// Repository: one root as the planner sees it: files as drafted so far, and what a scan of them says.
// Implemented by app; nothing on disk changes through it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lineage/judge.h"
#include "lineage/link.h"
#include "lineage/project.h"

namespace keyless {

// A whole-word hit of a name in the text of a file.
struct NameHit {
  std::string name;
  std::string path;
  uint32_t offset = 0;
};

// Links and judges what the drafts say now; valid until the next draft.
struct ScanOfDrafts {
  Linked linked;
  Judged judged;
};

class Repository {
 public:
  virtual ~Repository() = default;

  [[nodiscard]] virtual const Project& project() const = 0;
  // Decoded text of the draft, else of the file; "" when it cannot be read.
  [[nodiscard]] virtual std::string text(std::string_view path) const = 0;
  // From now on the file reads so; spans of its Document are offsets into this text.
  virtual void draft(std::string_view path, std::string text) = 0;
  // Paths that have a draft, in order.
  [[nodiscard]] virtual std::vector<std::string> drafted() const = 0;
  // Shared by all who ask before the next draft.
  [[nodiscard]] virtual std::shared_ptr<ScanOfDrafts> scan() const = 0;
  // Where the names stand in any text file of the root, generated and vendored ones left out.
  [[nodiscard]] virtual std::vector<NameHit> find(const std::vector<std::string>& names) const = 0;
  // A draft in the encoding of the file it stands for.
  [[nodiscard]] virtual std::string encoded(std::string_view path, std::string_view text) const = 0;
  [[nodiscard]] virtual std::string bytes(std::string_view path) const = 0;  // of the file itself
};

}  // namespace keyless
