// Evidence: a folder that says what was found, by which tool and rules, in which commits, and how much
// was read; a manifest of SHA-256 lets anybody see a changed byte. Promises the same bytes for the same run.
#pragma once

#include <string>
#include <vector>

#include "app/options.h"
#include "app/run.h"
#include "base/result.h"
#include "output/audit.h"

namespace keyless {

// As `sha256sum --check` reads it.
inline constexpr std::string_view manifest_file = "MANIFEST.sha256";

struct EvidenceFile {
  std::string name;
  std::string text;
};

// The absolute path of a folder to write into: made when it is new, refused when anything is in it or
// it lies in a root of `run`, where the next scan would read it.
Result<std::string> empty_folder(const std::string& folder, const std::vector<Root>& roots);

// All files of the evidence but the manifest, sorted by name.
Result<std::vector<EvidenceFile>> evidence_files(const Run& run, const Audit& audit,
                                                 const Options& options);

// Writes them and, last, the manifest; returns the manifest's text.
Result<std::string> write_evidence(const std::string& folder,
                                   const std::vector<EvidenceFile>& files);

// What differs from the manifest in `folder`: one "NAME: what" a line; nothing when all is as listed.
Result<std::vector<std::string>> check_evidence(const std::string& folder);

}  // namespace keyless
