#include "app/text_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <utility>

#include "base/real_file_system.h"

namespace keyless {

namespace {

constexpr size_t most_bytes = most_given_bytes;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

tl::unexpected<Diagnostic> cannot(const std::string& path, std::string message) {
  return fail(Diagnostic{Problem::bad_input, path, 0, std::move(message), {}});
}

}  // namespace

Result<std::optional<std::string>> read_text_file(const std::string& folder,
                                                  const std::string& name) {
  const auto files = RealFileSystem::open(folder);
  if (!files) return fail(files.error());
  return read_text_file(**files, name);
}

Result<std::optional<std::string>> read_text_file(const FileSystem& files,
                                                  const std::string& name) {
  auto text = files.read(name, ReadLimits{most_bytes, nullptr});
  if (text) return std::optional<std::string>(std::move(*text));
  if (text.error() == FileProblem::missing) return std::optional<std::string>();
  return cannot(name, std::string(to_text(text.error())));
}

Result<void> write_text_file(const std::string& folder, const std::string& name,
                             std::string_view text) {
  const auto files = RealFileSystem::open(folder);
  if (!files) return fail(files.error());
  constexpr uint32_t readable_by_all = 0644;
  const auto written = (*files)->write_atomic(name, text, readable_by_all);
  if (!written) return cannot(name, std::string(to_text(written.error())));
  return {};
}

Result<std::string> read_given_file(const std::string& path, size_t most) {
  const File file(std::fopen(path.c_str(), "rbe"));
  if (!file) return cannot(path, std::strerror(errno));
  std::string text;
  constexpr size_t step = 64U << 10U;
  while (text.size() <= most) {
    const size_t before = text.size();
    text.resize(before + step);
    const size_t got = std::fread(text.data() + before, 1, step, file.get());
    text.resize(before + got);
    if (got < step) break;
  }
  if (std::ferror(file.get()) != 0) return cannot(path, "could not be read");
  if (text.size() > most) return cannot(path, "is too large");
  return text;
}

namespace {

Result<void> write_and_close(File file, const std::string& path, std::string_view text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
  // The last bytes may fail only now, on a full disk.
  if (std::fclose(file.release()) != 0 || !written) return cannot(path, "could not be written");
  return {};
}

}  // namespace

Result<void> write_given_file(const std::string& path, std::string_view text) {
  File file(std::fopen(path.c_str(), "wbe"));
  if (!file) return cannot(path, std::strerror(errno));
  return write_and_close(std::move(file), path, text);
}

Result<void> write_private_file(const std::string& path, std::string_view text) {
  constexpr mode_t owner_only = 0600;
  const int number =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, owner_only);
  if (number < 0) return cannot(path, std::strerror(errno));
  struct stat info{};
  // An older file of that name may be open to others; a pipe or terminal is left as it is.
  if (::fstat(number, &info) == 0 && S_ISREG(info.st_mode)) ::fchmod(number, owner_only);
  File file(::fdopen(number, "wb"));
  if (!file) return cannot(path, std::strerror(errno));
  return write_and_close(std::move(file), path, text);
}

}  // namespace keyless
