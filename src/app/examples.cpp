#include "app/examples.h"

#include <algorithm>
#include <array>
#include <map>

#include "app/draft_repository.h"
#include "app/scan_files.h"
#include "base/text.h"
#include "fix/plan.h"

namespace keyless {
namespace {

// table: the file an example stands in when it does not say
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> default_files{{
    {"python", "app.py"},
    {"javascript", "app.js"},
    {"typescript", "app.ts"},
    {"tsx", "app.tsx"},
    {"terraform", "main.tf"},
    {"bicep", "main.bicep"},
    {"dotenv", ".env"},
    {"json", "appsettings.json"},
    {"yaml", ".github/workflows/ci.yml"},
    {"any", "notes.txt"},
}};

std::string default_file(const Rule& rule) {
  for (const auto& [language, file] : default_files)
    if (!rule.languages.empty() && rule.languages.front() == language) return std::string(file);
  return "notes.txt";
}

}  // namespace

std::string expand_fakes(std::string text) {
  constexpr std::string_view letters = "qZ7xW2mK9pL4vR8sT3nB6yH1cD5fG0jQaEiOuUXzYwVtSrPkMhNbCdFgJl";
  const auto run = [&](size_t count, size_t step) {
    std::string made;
    for (size_t i = 0; i < count; ++i) made += letters[(i * step + 3) % letters.size()];
    return made;
  };
  // The signature is put together here so that no source text holds it.
  const std::string key =
      run(52, 7) + "JQ" + "QJ99" + "BA" + run(12, 5) + "AAA" + "B" + "AC" + "OG" + run(4, 3);
  std::string hex;
  for (size_t i = 0; i < 32; ++i) hex += "0123456789abcdef"[(i * 7 + i / 3) % 16];
  text = replaced(std::move(text), "{{fake:azure-key-84}}", key);
  return replaced(std::move(text), "{{fake:hex-32}}", hex);
}

namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

// What `fix` makes of the files, all stages, as text by path.
std::map<std::string, std::string> fixed_files(const Files& files, const Matcher& matcher) {
  std::vector<std::string> paths;
  for (const auto& [path, text] : files) paths.push_back(path);
  std::sort(paths.begin(), paths.end());
  Project project({paths.begin(), paths.end()});
  for (const std::string& path : paths)
    for (const auto& [name, text] : files)
      if (name == path) project.add(read_project_file(make_source_file(name, text), matcher, 1));
  const auto read = [&](std::string_view path) -> std::optional<SourceFile> {
    for (const auto& [name, text] : files)
      if (name == path) return make_source_file(name, text);
    return std::nullopt;
  };
  DraftRepository repository(project, matcher, paths, read);
  FixOptions options;
  options.credential = "default";
  options.all_consumers_here = true;  // the example is all there is
  const FixPlan plan = plan_root(repository, matcher.rules(), options, 0);
  std::map<std::string, std::string> result(files.begin(), files.end());
  for (const StageChange& stage : plan.stages)
    for (const FileChange& change : stage.files) result[change.path] = change.after;
  return result;
}

// The first line in which two texts differ, for a message.
std::string first_difference(std::string_view wanted, std::string_view got) {
  const auto a = split(wanted, '\n');
  const auto b = split(got, '\n');
  for (size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const std::string_view left = i < a.size() ? a[i] : "(end)";
    const std::string_view right = i < b.size() ? b[i] : "(end)";
    if (left != right)
      return "line " + std::to_string(i + 1) + ": wanted '" + std::string(left) + "', got '" +
             std::string(right) + "'";
  }
  return {};
}

// Another spelling of the same text: line ends, a byte order mark, tabs, the other quotes.
struct Twin {
  std::string_view name;
  std::optional<std::string> (*of)(const std::string& text, std::string_view path);
};

// Blanks at the start of a line in steps of the language become tabs; nothing when one line is
// indented by another number of blanks, or when the language allows no tabs.
std::optional<std::string> with_tabs(const std::string& text, std::string_view path) {
  const size_t step = path.ends_with(".py") ? 4 : path.ends_with("ml") ? 0 : 2;
  if (step == 0) return std::nullopt;
  std::string result;
  for (const std::string_view line : split(text, '\n')) {
    const size_t blanks = std::min(line.find_first_not_of(' '), line.size());
    if (blanks % step != 0) return std::nullopt;
    result += std::string(blanks / step, '\t') + std::string(line.substr(blanks)) + "\n";
  }
  result.pop_back();
  return result;
}

// Code whose texts stand between double quotes, with single ones; nothing when both kinds occur.
std::optional<std::string> with_single_quotes(const std::string& text, std::string_view path) {
  constexpr std::array<std::string_view, 4> code{".py", ".js", ".ts", ".tsx"};
  const bool known = std::any_of(code.begin(), code.end(),
                                 [&](std::string_view end) { return path.ends_with(end); });
  if (!known || text.find_first_of("'\\") != std::string::npos) return std::nullopt;
  return replaced(text, "\"", "'");
}

// table: twins of an example
constexpr std::array<Twin, 4> twins{{
    {"with CRLF",
     [](const std::string& text, std::string_view) -> std::optional<std::string> {
       return replaced(text, "\n", "\r\n");
     }},
    {"with a byte order mark",
     [](const std::string& text, std::string_view) -> std::optional<std::string> {
       return "\xEF\xBB\xBF" + text;
     }},
    {"with tabs", with_tabs},
    {"with single quotes", with_single_quotes},
}};

// Why the rewrite of a twin is not the twin of the rewrite; "" when it is, or there is no twin.
std::string twin_problem(const Files& files, const std::string& wanted, const Twin& twin,
                         const Matcher& matcher) {
  Files other;
  for (const auto& [path, text] : files) {
    auto changed = twin.of(text, path);
    if (!changed) return {};
    other.emplace_back(path, std::move(*changed));
  }
  // A file without an indented line or a text has no style of its own to follow.
  if (other == files) return {};
  const auto expected = twin.of(wanted, files.front().first);
  if (!expected) return {};
  const std::string got = fixed_files(other, matcher).at(files.front().first);
  return got == *expected ? std::string{} : first_difference(*expected, got);
}

}  // namespace

Judged judge_files(const std::vector<std::pair<std::string, std::string>>& files,
                   const Matcher& matcher) {
  std::vector<std::string_view> paths;
  paths.reserve(files.size());
  for (const auto& [path, text] : files) paths.emplace_back(path);
  std::sort(paths.begin(), paths.end());
  Project project(paths);
  for (const std::string_view path : paths)
    for (const auto& [name, text] : files)
      if (name == path) project.add(read_project_file(make_source_file(name, text), matcher, 1));
  Linked linked = link(project, matcher.rules());
  return judge(linked, decide(linked));
}

std::vector<Diagnostic> check_examples(const Rule& rule, const Matcher& matcher) {
  std::vector<Diagnostic> problems;
  int number = 0;
  for (const Example& example : rule.examples) {
    ++number;
    std::vector<std::pair<std::string, std::string>> files;
    files.emplace_back(example.file.empty() ? default_file(rule) : example.file,
                       expand_fakes(example.text));
    for (const auto& [path, text] : example.files) files.emplace_back(path, expand_fakes(text));
    const Judged judged = judge_files(files, matcher);
    const auto ours = [&](const Finding& f) { return f.rule == rule.id; };
    const auto found = std::count_if(judged.findings.begin(), judged.findings.end(), ours);
    const auto leads = std::count_if(judged.leads.begin(), judged.leads.end(), ours);
    const std::string name = "example " + std::to_string(number);
    // A known consumer of another vendor gives no finding; its examples only have to be read.
    const bool silent = rule.role == Role::other_sink;
    if (example.bad && !silent && found + leads == 0)
      problems.push_back(
          {Problem::bad_input, rule.source, 0, name + " (bad) gives no finding", {}});
    if (!example.good.empty()) {
      const auto fixed = fixed_files(files, matcher);
      const std::string& got = fixed.at(files.front().first);
      const std::string wanted = expand_fakes(example.good);
      if (got != wanted)
        problems.push_back(
            {Problem::bad_input,
             rule.source,
             0,
             name + " (good) is not what the fix makes: " + first_difference(wanted, got),
             {}});
      else
        for (const Twin& twin : twins)
          if (const std::string problem = twin_problem(files, wanted, twin, matcher);
              !problem.empty())
            problems.push_back({Problem::bad_input,
                                rule.source,
                                0,
                                name + " (good) " + std::string(twin.name) + ": " + problem,
                                {}});
    }
    if (example.bad) continue;
    for (const Finding& finding : judged.findings) {
      const bool named = std::find(example.besides.begin(), example.besides.end(), finding.rule) !=
                         example.besides.end();
      if (ours(finding) || (!silent && !named))
        problems.push_back({Problem::bad_input,
                            rule.source,
                            0,
                            name + " (ok) gives a finding of " + finding.rule,
                            {}});
    }
  }
  return problems;
}

}  // namespace keyless
