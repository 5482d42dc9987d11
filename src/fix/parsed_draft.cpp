#include "fix/parsed_draft.h"

namespace keyless {
namespace {

size_t broken_regions(const Repository& repository, const std::string& path) {
  const uint32_t index = repository.project().index_of(path);
  return index == none ? 0 : repository.project().files()[index].document.broken.size();
}

}  // namespace

bool draft_if_parsed(Repository& repository, const std::string& path, std::string text,
                     const Safeguards& safeguards) {
  std::string before = repository.text(path);
  const size_t broken = broken_regions(repository, path);
  repository.draft(path, std::move(text));
  if (broken_regions(repository, path) <= broken || !safeguards.on(Safeguard::parses)) return true;
  repository.draft(path, std::move(before));
  return false;
}

}  // namespace keyless
