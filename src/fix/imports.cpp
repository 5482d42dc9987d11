// Imports: into an import of the same module, else a new line where sorted blocks stay sorted.
#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "fix/bindings.h"
#include "fix/lines.h"

namespace keyless {
namespace {

// table: modules of Python's own library that programs import most
constexpr std::array<std::string_view, 66> standard_modules{
    "abc",        "argparse",    "ast",         "asyncio",      "base64",
    "bisect",     "collections", "concurrent",  "configparser", "contextlib",
    "copy",       "csv",         "dataclasses", "datetime",     "decimal",
    "enum",       "fnmatch",     "functools",   "gc",           "getpass",
    "glob",       "hashlib",     "heapq",       "hmac",         "html",
    "http",       "importlib",   "inspect",     "io",           "itertools",
    "json",       "logging",     "math",        "mimetypes",    "multiprocessing",
    "operator",   "os",          "pathlib",     "pickle",       "platform",
    "pprint",     "queue",       "random",      "re",           "secrets",
    "shutil",     "signal",      "socket",      "sqlite3",      "ssl",
    "statistics", "string",      "struct",      "subprocess",   "sys",
    "tempfile",   "textwrap",    "threading",   "time",         "traceback",
    "types",      "typing",      "unittest",    "urllib",       "uuid",
    "zoneinfo"};

bool is_standard(std::string_view module) {
  const std::string_view first = module.substr(0, module.find('.'));
  return std::find(standard_modules.begin(), standard_modules.end(), first) !=
         standard_modules.end();
}

struct ImportLine {
  Span lines;
  std::string_view module;
  bool from = false;  // names members
};

class ImportEdits {
 public:
  ImportEdits(const CodeFile& file, uint32_t before)
      : file_(file), before_(before), python_(file.document.language == "python") {
    find_lines();
  }

  void want(const std::string& module, std::vector<std::string> names) {
    std::erase_if(names, [&](const std::string& name) { return imported(module, name); });
    if (names.empty()) return;
    std::sort(names.begin(), names.end());
    if (python_ && names.front().empty()) {
      add_line(module, "import " + module, false);
      names.erase(names.begin());
      if (names.empty()) return;
    }
    if (!extend(module, names)) add_line(module, statement(module, names), true);
  }

  std::vector<Edit> take() {
    // Lines that go to one place become one edit, in order.
    std::map<uint32_t, std::string> joined;
    for (const auto& [place, line] : added_) joined[place] += line;
    for (auto& [place, text] : joined) edits_.push_back({{place, place}, std::move(text)});
    return std::move(edits_);
  }

 private:
  void find_lines() {
    for (uint32_t i = 0; i < file_.outline.statements.size(); ++i) {
      const Statement& s = file_.outline.statements[i];
      if (s.parent != none || !s.imports) continue;
      ImportLine line{
          {line_begin(file_.text, s.span.begin), line_after(file_.text, s.span.end)}, {}, false};
      for (const ImportedName& name : file_.outline.imports) {
        if (name.statement != i) continue;
        line.module = name.module;
        line.from = !name.member.empty() || !python_;
      }
      if (line.module.empty()) line.module = module_of(s);
      if (line.module == "__future__" || line.lines.begin >= before_) continue;
      lines_.push_back(line);
    }
  }

  // import "side-effect"; from x import *
  std::string_view module_of(const Statement& s) const {
    const std::string_view text = file_.text.substr(s.span.begin, s.span.size());
    const size_t quote = text.find_first_of("\"'");
    if (!python_ && quote != std::string_view::npos)
      return text.substr(quote + 1, text.find(text[quote], quote + 1) - quote - 1);
    const auto words = split(text, ' ');
    return words.size() > 1 ? words[1] : text;
  }

  // `name` may be "member as local".
  bool imported(const std::string& module, const std::string& name) const {
    const size_t as = name.find(" as ");
    const std::string member = name.substr(0, as);
    const std::string local = as == std::string::npos ? name : name.substr(as + 4);
    return std::any_of(file_.outline.imports.begin(), file_.outline.imports.end(),
                       [&](const ImportedName& i) {
                         const Statement& s = file_.outline.statements[i.statement];
                         return s.parent == none && s.span.begin < before_ && i.module == module &&
                                i.member == member && (name.empty() || i.local == local);
                       });
  }

  bool extend(const std::string& module, const std::vector<std::string>& names) {
    std::vector<const ImportedName*> there;
    for (const ImportedName& i : file_.outline.imports) {
      const Statement& s = file_.outline.statements[i.statement];
      if (s.parent == none && s.span.begin < before_ && i.module == module && !i.member.empty() &&
          i.member != "default" && (there.empty() || there.front()->statement == i.statement))
        there.push_back(&i);
    }
    if (there.empty()) return false;
    const auto span_of = [&](const ImportedName& i) {
      const auto begin = static_cast<uint32_t>(i.member.data() - file_.text.data());
      const auto end = static_cast<uint32_t>(i.local.data() + i.local.size() - file_.text.data());
      return Span{begin, std::max(end, begin + static_cast<uint32_t>(i.member.size()))};
    };
    for (const std::string& name : names) {
      const auto next = std::find_if(there.begin(), there.end(), [&](const ImportedName* i) {
        return i->member > std::string_view(name);
      });
      const Span last = span_of(*there.back());
      const std::string gap = gap_between(there, span_of);
      if (next != there.end() && sorted(there))
        edits_.push_back({{span_of(**next).begin, span_of(**next).begin}, name + "," + gap});
      else
        edits_.push_back({{last.end, last.end}, "," + gap + name});
    }
    return true;
  }

  template <class SpanOf>
  std::string gap_between(const std::vector<const ImportedName*>& there, SpanOf span_of) const {
    if (there.size() > 1) {
      const uint32_t from = span_of(*there[0]).end;
      const std::string_view gap = file_.text.substr(from, span_of(*there[1]).begin - from);
      if (gap.starts_with(",") && trim(gap.substr(1)).empty()) return std::string(gap.substr(1));
    }
    const uint32_t begin = span_of(*there.front()).begin;
    const uint32_t line = line_begin(file_.text, begin);
    const bool own = trim(file_.text.substr(line, begin - line)).empty();
    return own ? std::string(line_end_of(file_.text)) +
                     std::string(indentation_at(file_.text, begin))
               : " ";
  }

  static bool sorted(const std::vector<const ImportedName*>& there) {
    return std::is_sorted(
        there.begin(), there.end(),
        [](const ImportedName* a, const ImportedName* b) { return a->member < b->member; });
  }

  std::string statement(const std::string& module, const std::vector<std::string>& names) const {
    if (python_) return "from " + module + " import " + join(names, ", ");
    const std::string quote(1, file_.outline.quote);
    const std::string end = file_.outline.semicolons ? ";" : "";
    const std::string list = "{ " + join(names, ", ") + " }";
    return file_.outline.required
               ? "const " + list + " = require(" + quote + module + quote + ")" + end
               : "import " + list + " from " + quote + module + quote + end;
  }

  // Blocks are runs of import lines without a line between.
  [[nodiscard]] std::pair<size_t, size_t> block(size_t begin) const {
    while (begin > 0 && lines_[begin - 1].lines.end == lines_[begin].lines.begin) --begin;
    size_t end = begin + 1;
    while (end < lines_.size() && lines_[end - 1].lines.end == lines_[end].lines.begin) ++end;
    return {begin, end};
  }

  [[nodiscard]] size_t beside_package() const {
    for (size_t i = 0; i < lines_.size(); ++i)
      if (!file_.package.empty() &&
          (lines_[i].module == file_.package ||
           lines_[i].module.starts_with(std::string(file_.package) + ".")))
        return i;
    return lines_.size() - 1;
  }

  static bool local(std::string_view module) { return module.starts_with("."); }

  void add_line(const std::string& module, const std::string& text, bool from) {
    const std::string line = text + std::string(line_end_of(file_.text));
    if (lines_.empty()) {
      const uint32_t place = place_without_imports();
      const bool apart = !python_ && place < file_.text.size() && file_.text[place] != '\n' &&
                         file_.text[place] != '\r';
      added_.emplace_back(place, apart ? line + std::string(line_end_of(file_.text)) : line);
      return;
    }
    // A standard module stands in the first block, a package beside the client's, else the last.
    auto [begin, end] = block(from ? beside_package() : 0);
    while (from && begin > 0 && local(lines_[begin].module)) {
      end = begin;
      --begin;
      while (begin > 0 && lines_[begin - 1].lines.end == lines_[begin].lines.begin) --begin;
    }
    if (std::all_of(lines_.begin() + static_cast<ptrdiff_t>(begin),
                    lines_.begin() + static_cast<ptrdiff_t>(end),
                    [](const ImportLine& l) { return local(l.module); }))
      return static_cast<void>(added_.emplace_back(lines_[begin].lines.begin,
                                                   line + std::string(line_end_of(file_.text))));
    // A package starts a block of its own behind one of the standard library.
    if (python_ && from &&
        std::all_of(lines_.begin() + static_cast<ptrdiff_t>(begin),
                    lines_.begin() + static_cast<ptrdiff_t>(end),
                    [](const ImportLine& l) { return is_standard(l.module); }))
      return static_cast<void>(added_.emplace_back(lines_[end - 1].lines.end,
                                                   begins_block(lines_[end - 1].lines.end) + line));
    std::vector<const ImportLine*> alike;
    for (size_t i = begin; i < end; ++i)
      if (lines_[i].from == from && !local(lines_[i].module)) alike.push_back(&lines_[i]);
    const bool in_order =
        std::is_sorted(alike.begin(), alike.end(),
                       [](const auto* a, const auto* b) { return a->module < b->module; });
    for (const ImportLine* other : alike)
      if (in_order && other->module > std::string_view(module))
        return static_cast<void>(added_.emplace_back(other->lines.begin, line));
    size_t last = end;
    for (size_t i = begin; i < end; ++i)
      if (local(lines_[i].module) && last == end) last = i;
    if (!from && !alike.empty())
      return static_cast<void>(added_.emplace_back(alike.back()->lines.end, line));
    if (!from) return static_cast<void>(added_.emplace_back(lines_[begin].lines.begin, line));
    added_.emplace_back(last == begin ? lines_[begin].lines.begin : lines_[last - 1].lines.end,
                        line);
  }

  // A blank line before the first of the lines that are added at the place.
  [[nodiscard]] std::string begins_block(uint32_t place) const {
    const bool first = std::none_of(added_.begin(), added_.end(), [&](const auto& line) {
      return line.first == place && line.second.find_first_not_of("\r\n") != 0;
    });
    return first ? std::string(line_end_of(file_.text)) : std::string();
  }

  // Behind a documentation text, "use strict", a shebang and header comments.
  [[nodiscard]] uint32_t place_without_imports() const {
    for (const Statement& s : file_.outline.statements) {
      if (s.parent != none) continue;
      const std::string_view text = file_.text.substr(s.span.begin, s.span.size());
      const bool words = text.starts_with("\"") || text.starts_with("'") || text.starts_with("r\"");
      if (!words && !(s.imports && text.find("__future__") != std::string_view::npos))
        return std::min(before_, line_begin(file_.text, s.span.begin));
    }
    return before_;
  }

  const CodeFile& file_;
  uint32_t before_;
  bool python_;
  std::vector<ImportLine> lines_;
  std::vector<Edit> edits_;
  std::vector<std::pair<uint32_t, std::string>> added_;
};

}  // namespace

std::vector<Edit> import_edits(const CodeFile& file,
                               const std::map<std::string, std::vector<std::string>>& wanted,
                               uint32_t before) {
  ImportEdits edits(file, before);
  // `import os` stands above `from package import name` when both go to one place.
  for (const bool whole : {true, false})
    for (const auto& [module, names] : wanted) {
      const bool itself = std::find(names.begin(), names.end(), "") != names.end();
      if (itself == whole) edits.want(module, names);
    }
  return edits.take();
}

}  // namespace keyless
