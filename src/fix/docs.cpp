#include "fix/docs.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "syntax/languages.h"

namespace keyless {
namespace {

bool is_prose(std::string_view path) {
  constexpr std::array<std::string_view, 5> ends{".md", ".mdx", ".markdown", ".rst", ".adoc"};
  return std::any_of(ends.begin(), ends.end(),
                     [&](std::string_view end) { return to_lower(path).ends_with(end); });
}

bool is_name(char c) {
  return is_alnum(c) || c == '_';
}

// Offset of the name as a whole word; npos when it is not there.
size_t find_word(std::string_view line, std::string_view name, size_t from = 0) {
  for (size_t at = line.find(name, from); at != std::string_view::npos;
       at = line.find(name, at + 1)) {
    const size_t end = at + name.size();
    if ((at == 0 || !is_name(line[at - 1])) && (end == line.size() || !is_name(line[end])))
      return at;
  }
  return std::string_view::npos;
}

void skip(std::string_view& text, std::string_view prefix) {
  if (text.starts_with(prefix)) text = trim(text.substr(prefix.size()));
}

// `NAME=x`, `export NAME=x`, `$env:NAME = "x"`, `- NAME: x`, `-e NAME=x`, `"NAME": "x",`: one line
// that gives this name a value and does nothing else.
bool sets(std::string_view line, std::string_view name) {
  line = trim(line);
  bool by_blank = false;  // setx NAME value
  for (const std::string_view prefix : {"# ", "#", "$ ", "> ", "PS> ", "- ", "export ", "set ",
                                        "setx ", "ENV ", "azd env set ", "$env:", "\"", "'"}) {
    by_blank |= (prefix == "setx " || prefix == "ENV " || prefix == "azd env set ") &&
                line.starts_with(prefix);
    skip(line, prefix);
  }
  if (!line.starts_with(name)) return false;
  std::string_view rest = line.substr(name.size());
  if (!rest.empty() && (rest.front() == '"' || rest.front() == '\'')) rest.remove_prefix(1);
  const std::string_view value = trim(rest);
  if (value.find("&&") != std::string_view::npos || value.find(';') != std::string_view::npos ||
      value.ends_with("\\") || value.ends_with("{") || value.ends_with("["))
    return false;
  if (value.empty()) return true;  // a bare name in a list of names
  return value.front() == '=' || value.front() == ':' || by_blank;
}

// `| NAME | what it is |`: a row of a table about this name.
bool is_row_of(std::string_view line, std::string_view name) {
  line = trim(line);
  if (!line.starts_with('|')) return false;
  std::string cell(line.substr(1, line.find('|', 1) - 1));
  std::erase_if(cell, [](char c) { return c == '`' || c == '*' || c == ' '; });
  return cell == name;
}

// A line of code behind a comment mark that reads the name: `api_key=os.environ["NAME"],`.
bool reads(std::string_view code, std::string_view name) {
  code = trim(code);
  const size_t sign = code.find_first_of("=:");
  if (sign == std::string_view::npos || sign == 0) return false;
  const std::string_view left = trim(code.substr(0, sign));
  const bool one_word = left.find(' ') == std::string_view::npos || left.starts_with("const ") ||
                        left.starts_with("let ");
  const std::string_view right = code.substr(sign);
  const bool from_environment = right.find("environ") != std::string_view::npos ||
                                right.find("getenv") != std::string_view::npos ||
                                right.find("process.env") != std::string_view::npos;
  return one_word && from_environment && find_word(right, name) != std::string_view::npos;
}

std::string_view comment_of(std::string_view line) {
  line = trim(line);
  for (const std::string_view mark : {"//", "#"})
    if (line.starts_with(mark)) return trim(line.substr(mark.size()));
  return {};
}

struct Line {
  std::string_view text;  // with its line end
  bool fenced = false;
  bool opens = false;  // the line of a fence itself
  bool goes = false;
  std::string_view name;  // what makes it go
  std::string_view told;  // a name that stays here
};

class Page {
 public:
  Page(std::string_view text, bool prose) : prose_(prose) {
    bool fenced = false;
    for (size_t at = 0; at < text.size();) {
      const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
      Line line;
      line.text = text.substr(at, end - at);
      const std::string_view word = trim(line.text);
      line.opens = prose && (word.starts_with("```") || word.starts_with("~~~"));
      if (line.opens) fenced = !fenced;
      line.fenced = fenced && !line.opens;
      lines_.push_back(line);
      at = end;
    }
  }

  void forget(std::string_view name) {
    for (size_t i = 0; i < lines_.size(); ++i) {
      Line& line = lines_[i];
      if (find_word(line.text, name) == std::string_view::npos) continue;
      const bool own =
          prose_ ? (line.fenced && whole(i) && (sets(line.text, name) || commented(line, name))) ||
                       (!line.fenced && is_row_of(line.text, name))
                 : commented(line, name);
      if (own)
        line.goes = true;
      else
        line.told = name;
      if (own) line.name = name;
    }
  }

  // A fence or table that would be empty stays as it is.
  void keep_blocks() {
    for (size_t i = 0; i < lines_.size(); ++i) {
      if (!lines_[i].goes) continue;
      size_t begin = i;
      size_t end = i + 1;
      const auto beside = [&](const Line& other) {
        return lines_[i].fenced ? other.fenced : trim(other.text).starts_with('|');
      };
      while (begin > 0 && prose_ && beside(lines_[begin - 1])) --begin;
      while (end < lines_.size() && prose_ && beside(lines_[end])) ++end;
      size_t left = 0;
      for (size_t j = begin; j < end; ++j) left += stays(lines_[j]) ? 1U : 0U;
      const size_t least = lines_[i].fenced || !prose_ ? 1 : 3;  // title and rule of a table
      if (prose_ && left < least)
        for (size_t j = begin; j < end; ++j)
          if (lines_[j].goes) {
            lines_[j].goes = false;
            lines_[j].told = lines_[j].name;
          }
    }
  }

  [[nodiscard]] std::string text() const {
    std::string text;
    for (const Line& line : lines_)
      if (!line.goes) text += line.text;
    return text;
  }
  [[nodiscard]] bool changed() const {
    return std::any_of(lines_.begin(), lines_.end(), [](const Line& l) { return l.goes; });
  }
  // Line of the new text, 1-based, and the name that stays there.
  [[nodiscard]] std::vector<std::pair<size_t, std::string>> told() const {
    std::vector<std::pair<size_t, std::string>> all;
    size_t number = 0;
    for (const Line& line : lines_) {
      if (line.goes) continue;
      ++number;
      if (!line.told.empty()) all.emplace_back(number, line.told);
    }
    return all;
  }

 private:
  static bool stays(const Line& line) { return !line.goes && !trim(line.text).empty(); }

  static bool commented(const Line& line, std::string_view name) {
    const std::string_view code = comment_of(line.text);
    if (code.empty()) return false;
    // `NAME: what it is` is a sentence as often as a setting.
    const size_t sign = code.find_first_of("=:");
    const bool assigns = sign != std::string_view::npos && code[sign] == '=';
    return (assigns && sets(code, name)) || reads(code, name);
  }

  // Neither goes on in the next line nor began in the one before; an entry of JSON only with its comma.
  [[nodiscard]] bool whole(size_t i) const {
    const auto goes_on = [](std::string_view line) {
      return trim(line).ends_with("\\") || trim(line).ends_with("`");
    };
    if (goes_on(lines_[i].text) || (i > 0 && goes_on(lines_[i - 1].text))) return false;
    const std::string_view line = trim(lines_[i].text);
    return !(line.starts_with('"') || line.starts_with('\'')) || line.ends_with(',');
  }

  bool prose_;
  std::vector<Line> lines_;
};

}  // namespace

DocEdits plan_docs(const Repository& repository, const std::set<std::string>& gone) {
  DocEdits result;
  std::map<std::string, std::set<std::string>> pages;
  std::map<std::string, std::string> scripts;  // name -> a file that nobody analyses
  for (const NameHit& hit : repository.find({gone.begin(), gone.end()})) {
    const bool analysed = language_of(hit.path) != nullptr;
    if (is_prose(hit.path) || analysed)
      pages[hit.path].insert(hit.name);
    else
      scripts.emplace(hit.name, hit.path);
  }
  for (const auto& [path, names] : pages) {
    const std::string text = repository.text(path);
    Page page(text, is_prose(path));
    for (const std::string& name : names)
      if (!scripts.contains(name)) page.forget(name);
    page.keep_blocks();
    if (page.changed()) result.drafts[path] = page.text();
    if (is_prose(path))
      for (const auto& [line, name] : page.told())
        result.mentions.push_back(path + ":" + std::to_string(line) + ": still names " + name +
                                  ", look at it");
  }
  for (const auto& [name, path] : scripts)
    result.mentions.push_back(path + ": names " + name +
                              " and is not analysed, so documentation of it stays");
  return result;
}

}  // namespace keyless
