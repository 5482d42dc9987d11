// Dependencies: which packages the rewritten files need, and the manifests that declare them.
// Lock files are only read; what cannot be declared is refused in words.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fix/change.h"
#include "fix/code.h"
#include "fix/repository.h"
#include "rule/load.h"

namespace keyless {

struct Dependencies {
  std::map<std::string, std::string> drafts;  // manifest -> its new text
  std::vector<std::string> what;
  std::vector<std::string> prerequisites;  // commands that bring lock files up to date
  std::vector<Refusal> refused;
  bool review = false;  // a person should look at one of them
};

// The manifests and lock files of a repository, found once: a rewrite asks of each of its places.
// Their texts are those of the moment when it was made.
class Manifests {
 public:
  explicit Manifests(const Repository& repository);

  // The version of the package that the lock or manifest of the source file states; nothing when
  // none does.
  [[nodiscard]] std::optional<std::string> version_at(const std::string& source,
                                                      const std::string& language,
                                                      const std::string& package) const;

  // What the rule needs where the file is built: of several minimums of one package that of the
  // major version there, else the last.
  [[nodiscard]] std::vector<DependencySpec> needs_at(const std::string& source,
                                                     const std::string& language,
                                                     const FixSpec& fix) const;

  // Why the file's manifest has no room for what the rule needs; "" when it has, or nobody knows.
  [[nodiscard]] std::string no_room_for(const std::string& source, const std::string& language,
                                        const FixSpec& fix) const;

 private:
  std::map<std::string, std::string> manifests_;  // path -> text
  std::map<std::string, std::string> locks_;
};

// `most`: changes that a person should look at are only made up to it.
Dependencies dependencies_of(const Repository& repository, const RuleSet& rules,
                             const CodeRewrite& code, uint32_t root, Safety most);

}  // namespace keyless
