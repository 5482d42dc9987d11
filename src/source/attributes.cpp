#include "source/attributes.h"

#include "base/text.h"

namespace keyless {
namespace {

constexpr size_t largest_file = 1U << 20U;
constexpr size_t most_lines = 10'000;

// Braces are plain characters in .gitattributes, alternatives in a Glob.
std::string escape_braces(std::string_view pattern) {
  std::string out;
  for (const char c : pattern) {
    if (c == '{') out += '\\';
    out += c;
  }
  return out;
}

// Words of a line; the first may be quoted, with \" and \\ inside.
std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  line = trim(line);
  if (line.starts_with('"')) {
    std::string word;
    size_t at = 1;
    for (; at < line.size() && line[at] != '"'; ++at) {
      if (line[at] == '\\' && at + 1 < line.size()) ++at;
      word += line[at];
    }
    words.push_back(word);
    line.remove_prefix(std::min(at + 1, line.size()));
  }
  for (const std::string_view piece : split(line, ' ')) {
    for (const std::string_view word : split(piece, '\t')) {
      if (!trim(word).empty()) words.emplace_back(trim(word));
    }
  }
  return words;
}

std::optional<std::optional<bool>> setting_of(std::string_view word, std::string_view name) {
  if (word == name || word == std::string(name) + "=true") return {true};
  if (word == "-" + std::string(name) || word == std::string(name) + "=false") return {false};
  if (word == "!" + std::string(name)) return std::optional<bool>{};
  return std::nullopt;
}

}  // namespace

void Attributes::add(const std::string& folder, std::string_view text) {
  std::vector<Line>& lines = folders_[folder];
  for (const std::string_view raw : split(text, '\n')) {
    if (lines.size() >= most_lines) return;
    if (trim(raw).empty() || trim(raw).front() == '#') continue;
    const std::vector<std::string> words = words_of(raw);
    std::optional<std::optional<bool>> generated;
    std::optional<std::optional<bool>> vendored;
    for (size_t i = 1; i < words.size(); ++i) {
      if (const auto found = setting_of(words[i], "linguist-generated")) generated = found;
      if (const auto found = setting_of(words[i], "linguist-vendored")) vendored = found;
    }
    if (!generated && !vendored) continue;
    auto glob = Glob::parse(escape_braces(words.front()));
    if (glob) lines.push_back({std::move(*glob), generated, vendored});
  }
}

std::optional<bool> Attributes::lookup(std::string_view path, Column column) const {
  std::string_view folder = before_last(path, '/');
  while (true) {
    if (const auto found = folders_.find(folder); found != folders_.end()) {
      const std::string_view inner = folder.empty() ? path : path.substr(folder.size() + 1);
      for (auto line = found->second.rbegin(); line != found->second.rend(); ++line) {
        const auto& setting = (*line).*column;
        if (setting && line->glob.matches(inner)) return *setting;
      }
    }
    if (folder.empty()) return std::nullopt;
    folder = before_last(folder, '/');
  }
}

std::optional<bool> Attributes::generated(std::string_view path) const {
  return lookup(path, &Line::generated);
}

std::optional<bool> Attributes::vendored(std::string_view path) const {
  return lookup(path, &Line::vendored);
}

Attributes read_attributes(const FileSystem& files, const FileSet& set) {
  Attributes attributes;
  for (const FileEntry& entry : set.entries) {
    if (after_last(entry.path, '/') != ".gitattributes") continue;
    const auto text = files.read(entry.path, ReadLimits{largest_file, nullptr});
    if (text) attributes.add(std::string(before_last(entry.path, '/')), *text);
  }
  return attributes;
}

}  // namespace keyless
