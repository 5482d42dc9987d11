#include "app/evidence.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "app/text_file.h"
#include "base/hash.h"
#include "base/real_file_system.h"
#include "base/text.h"

namespace keyless {

namespace {

namespace files = std::filesystem;

constexpr size_t most_bytes = 256U << 20U;
constexpr size_t most_files = 1000;

tl::unexpected<Diagnostic> cannot(const std::string& folder, std::string message,
                                  std::string mend = {}) {
  return fail(Diagnostic{Problem::bad_input, folder, 0, std::move(message), std::move(mend)});
}

std::string manifest_of(const std::vector<EvidenceFile>& list) {
  std::string text;
  for (const EvidenceFile& file : list) text += sha256_hex(file.text) + "  " + file.name + "\n";
  return text;
}

// The names with their digests; an error names the line that is none of ours.
Result<std::map<std::string, std::string>> parse_manifest(std::string_view text) {
  constexpr size_t digest_size = 64;
  std::map<std::string, std::string> listed;
  uint32_t number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    if (line.empty() && number > 1) continue;
    const std::string_view name = line.size() > digest_size + 2 ? line.substr(digest_size + 2) : "";
    const bool hex = std::ranges::all_of(
        line.substr(0, digest_size), [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
    if (name.empty() || !hex || line.substr(digest_size, 2) != "  " || !is_inner_path(name) ||
        name.find('/') != std::string_view::npos || listed.size() >= most_files)
      return fail(Diagnostic{
          Problem::bad_input, std::string(manifest_file), number, "is no line of a manifest", {}});
    listed.emplace(name, line.substr(0, digest_size));
  }
  return listed;
}

}  // namespace

Result<std::string> empty_folder(const std::string& folder, const std::vector<Root>& roots) {
  std::error_code error;
  std::string real = files::weakly_canonical(folder, error).string();
  if (error) return cannot(folder, error.message());
  for (const Root& root : roots)
    if (real == root.folder || real.starts_with(root.folder + "/"))
      return cannot(folder, "lies in a scanned folder", "name one outside");
  files::create_directory(real, error);
  if (error) return cannot(folder, error.message());
  const auto opened = RealFileSystem::open(real);
  if (!opened) return fail(opened.error());
  const auto entries = (*opened)->list("");
  if (!entries) return cannot(folder, std::string(to_text(entries.error())));
  if (!entries->empty()) return cannot(folder, "is not empty", "name a new or empty folder");
  return real;
}

Result<std::string> write_evidence(const std::string& folder,
                                   const std::vector<EvidenceFile>& list) {
  for (const EvidenceFile& file : list)
    if (const auto written = write_text_file(folder, file.name, file.text); !written)
      return fail(written.error());
  std::string manifest = manifest_of(list);
  if (const auto written = write_text_file(folder, std::string(manifest_file), manifest); !written)
    return fail(written.error());
  return manifest;
}

Result<std::vector<std::string>> check_evidence(const std::string& folder) {
  std::error_code error;
  const std::string real = files::canonical(folder, error).string();
  if (error) return cannot(folder, error.message());
  const auto opened = RealFileSystem::open(real);
  if (!opened) return fail(opened.error());
  const auto manifest = (*opened)->read(std::string(manifest_file), ReadLimits{});
  if (!manifest)
    return cannot(folder,
                  std::string(manifest_file) + ": " + std::string(to_text(manifest.error())),
                  "`keyless report --evidence DIR` writes one");
  const auto listed = parse_manifest(*manifest);
  if (!listed) return fail(listed.error());
  std::vector<std::string> differences;
  for (const auto& [name, digest] : *listed) {
    const auto text = (*opened)->read(name, ReadLimits{most_bytes, nullptr});
    if (!text)
      differences.push_back(name + ": " + std::string(to_text(text.error())));
    else if (sha256_hex(*text) != digest)
      differences.push_back(name + ": differs from the manifest");
  }
  const auto entries = (*opened)->list("");
  if (!entries) return cannot(folder, std::string(to_text(entries.error())));
  for (const FolderEntry& entry : *entries)
    if (entry.name != manifest_file && !listed->contains(entry.name))
      differences.push_back(entry.name + ": is not in the manifest");
  std::ranges::sort(differences);
  return differences;
}

}  // namespace keyless
