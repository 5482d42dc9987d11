#include "fix/undo_bundle.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.h"

namespace keyless {

namespace {

constexpr std::string_view opening =
    "keyless undo bundle 1\n"
    "# Files as they were before `keyless fix --write` and as it left them; `keyless undo` takes\n"
    "# the write back. It holds the lines that were removed, so it may hold keys: keep it "
    "private,\n"
    "# and delete it once the write is to stay.\n";
constexpr std::string_view closing = "end\n";
constexpr std::string_view suffix = ".undo";
constexpr size_t digits = 6;

void add_part(std::string& out, std::string_view name, std::string_view bytes) {
  out += name;
  out += ' ' + std::to_string(bytes.size()) + '\n';
  out += bytes;
  out += '\n';
}

// Takes "NAME SIZE\n", SIZE bytes and "\n" off the front.
std::optional<std::string> take_part(std::string_view& rest, std::string_view name) {
  if (!rest.starts_with(name) || rest.size() <= name.size() || rest[name.size()] != ' ')
    return std::nullopt;
  rest.remove_prefix(name.size() + 1);
  size_t size = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), size);
  if (error != std::errc()) return std::nullopt;
  rest.remove_prefix(static_cast<size_t>(end - rest.data()));
  if (!rest.starts_with('\n')) return std::nullopt;
  rest.remove_prefix(1);
  if (size >= rest.size() || rest[size] != '\n') return std::nullopt;
  std::string bytes(rest.substr(0, size));
  rest.remove_prefix(size + 1);
  return bytes;
}

// The number of a bundle's name; 0 for any other name.
size_t number_of(std::string_view name) {
  if (!name.ends_with(suffix)) return 0;
  name.remove_suffix(suffix.size());
  size_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  return error == std::errc() && end == name.data() + name.size() ? number : 0;
}

std::string path_of(const UndoStore& store, size_t number) {
  std::string name = std::to_string(number);
  if (name.size() < digits) name.insert(0, digits - name.size(), '0');
  return store.folder + "/" + name + std::string(suffix);
}

FileResult<size_t> last_number(const UndoStore& store) {
  const auto names = store.files->list(store.folder);
  if (!names && names.error() == FileProblem::missing) return 0;
  if (!names) return fail(names.error());
  size_t last = 0;
  for (const FolderEntry& entry : *names) last = std::max(last, number_of(entry.name));
  return last;
}

FileResult<void> make_folders(const UndoStore& store) {
  constexpr uint32_t owner_only = 0700;
  for (size_t slash = store.folder.find('/');; slash = store.folder.find('/', slash + 1)) {
    const std::string folder = store.folder.substr(0, slash);
    if (const auto made = store.files->make_folder(folder, owner_only); !made) return made;
    if (const auto kept = store.files->sync_folder(std::string(before_last(folder, '/'))); !kept)
      return kept;
    if (slash == std::string::npos) return {};
  }
}

}  // namespace

std::string write_bundle(const std::vector<UndoEntry>& entries) {
  std::string out(opening);
  for (const UndoEntry& entry : entries) {
    add_part(out, "path", entry.path);
    add_part(out, "before", entry.before);
    add_part(out, "after", entry.after);
  }
  return out + std::string(closing);
}

Result<std::vector<UndoEntry>> read_bundle(std::string_view bytes) {
  const auto damaged = [] {
    return fail("the undo bundle is damaged", "take the files from version control");
  };
  if (!bytes.starts_with(opening)) return damaged();
  bytes.remove_prefix(opening.size());
  std::vector<UndoEntry> entries;
  while (bytes != closing) {
    auto path = take_part(bytes, "path");
    auto before = take_part(bytes, "before");
    auto after = take_part(bytes, "after");
    if (!path || !before || !after || !is_inner_path(*path)) return damaged();
    entries.push_back({std::move(*path), std::move(*before), std::move(*after)});
  }
  return entries;
}

FileResult<std::string> last_bundle(const UndoStore& store) {
  const auto number = last_number(store);
  if (!number) return fail(number.error());
  return *number == 0 ? std::string() : path_of(store, *number);
}

FileResult<std::string> add_bundle(const UndoStore& store, const std::vector<UndoEntry>& entries) {
  if (const auto made = make_folders(store); !made) return fail(made.error());
  const auto number = last_number(store);
  if (!number) return fail(number.error());
  std::string path = path_of(store, *number + 1);
  constexpr uint32_t owner_only = 0600;
  const auto written = store.files->write_atomic(path, write_bundle(entries), owner_only);
  if (!written) return fail(written.error());
  return path;
}

void prune_bundles(const UndoStore& store) {
  const auto names = store.files->list(store.folder);
  if (!names) return;
  std::vector<size_t> numbers;
  for (const FolderEntry& entry : *names)
    if (const size_t number = number_of(entry.name); number != 0) numbers.push_back(number);
  if (numbers.size() <= bundles_kept) return;
  std::sort(numbers.begin(), numbers.end());
  numbers.resize(numbers.size() - bundles_kept);
  for (const size_t number : numbers) (void)store.files->remove_file(path_of(store, number));
}

}  // namespace keyless
