// The parts of a scan that scripts/bench measures alone, as one small program:
//   measure search FOLDER THREADS   walk, read, search; prints the number of files that hit
//   measure parse FOLDER            our reading of the hit files against bare tree-sitter, one thread
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/real_file_system.h"
#include "match/carrier.h"
#include "match/matcher.h"
#include "match/prefilter.h"
#include "source/attributes.h"
#include "source/file_set.h"
#include "source/source_file.h"
#include "syntax/grammars.h"
#include "syntax/languages.h"

namespace {

using keyless::FileEntry;
using keyless::SourceFile;

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

[[noreturn]] void stop(std::string_view why) {
  fmt::print(stderr, "measure: {}\n", why);
  std::exit(2);
}

struct Tree {
  std::unique_ptr<keyless::RealFileSystem> files;
  keyless::FileSet set;
};

Tree open_tree(const std::string& folder) {
  Tree tree;
  auto roots = keyless::resolve_roots({folder});
  if (!roots) stop(to_text(roots.error()));
  auto files = keyless::RealFileSystem::open(roots->front().folder);
  if (!files) stop(to_text(files.error()));
  tree.files = std::move(*files);
  auto set = keyless::list_files(roots->front(), keyless::GlobSet{});
  if (!set) stop(to_text(set.error()));
  tree.set = std::move(*set);
  return tree;
}

// Which entries hold an anchor, by index.
std::vector<char> search(const Tree& tree, const keyless::RuleSet& rules, unsigned threads) {
  const keyless::Attributes attributes = read_attributes(*tree.files, tree.set);
  const keyless::LiteralSearch prefilter(keyless::all_anchors(rules));
  std::vector<char> hit(tree.set.entries.size());
  std::atomic<size_t> next{0};
  const auto work = [&] {
    keyless::SourceReader reader(*tree.files, attributes);
    for (size_t i = next++; i < hit.size(); i = next++) {
      const auto text = reader.peek(tree.set.entries[i]);
      hit[i] = text && prefilter.hits(*text);
    }
  };
  std::vector<std::thread> others;
  for (unsigned i = 1; i < threads; ++i) others.emplace_back(work);
  work();
  for (std::thread& thread : others) thread.join();
  return hit;
}

const TSLanguage* grammar_of(std::string_view language) {
  if (language == "python") return tree_sitter_python();
  if (language == "javascript") return tree_sitter_javascript();
  if (language == "typescript") return tree_sitter_typescript();
  if (language == "tsx") return tree_sitter_tsx();
  if (language == "terraform") return tree_sitter_hcl();
  return nullptr;
}

double bare_seconds(const std::vector<SourceFile>& files) {
  TSParser* parser = ts_parser_new();
  const auto start = std::chrono::steady_clock::now();
  for (const SourceFile& file : files) {
    ts_parser_set_language(parser, grammar_of(keyless::language_of(file.path)->name));
    ts_tree_delete(ts_parser_parse_string(parser, nullptr, file.text.data(),
                                          static_cast<uint32_t>(file.text.size())));
  }
  const double seconds = seconds_since(start);
  ts_parser_delete(parser);
  return seconds;
}

// Parse, lower and match, as the pipeline does it for one file.
double our_seconds(const std::vector<SourceFile>& files, const keyless::Matcher& matcher,
                   size_t& candidates) {
  const auto start = std::chrono::steady_clock::now();
  for (const SourceFile& file : files) {
    const auto document = keyless::parse(file, *keyless::language_of(file.path));
    candidates += matcher.match(document).size() + matcher.match_text(file.text).size();
    candidates += keyless::carriers_of(document, matcher.rules().resources).size();
  }
  return seconds_since(start);
}

void measure_parse(const Tree& tree, const keyless::RuleSet& rules) {
  const std::vector<char> hit = search(tree, rules, 1);
  const keyless::Attributes attributes = read_attributes(*tree.files, tree.set);
  keyless::SourceReader reader(*tree.files, attributes);
  std::vector<SourceFile> files;
  size_t bytes = 0;
  for (size_t i = 0; i < hit.size(); ++i) {
    const FileEntry& entry = tree.set.entries[i];
    const keyless::LanguageRow* row = keyless::language_of(entry.path);
    if (hit[i] == 0 || row == nullptr || grammar_of(row->name) == nullptr) continue;
    if (auto file = reader.read(entry)) {
      bytes += file->text.size();
      files.push_back(std::move(*file));
    }
  }
  const keyless::Matcher matcher(rules);
  size_t candidates = 0;
  double ours = our_seconds(files, matcher, candidates);
  double bare = bare_seconds(files);
  // The first round warmed both up; the better of two is what counts.
  ours = std::min(ours, our_seconds(files, matcher, candidates));
  bare = std::min(bare, bare_seconds(files));
  fmt::print("{{\"files\": {}, \"bytes\": {}, \"ours_s\": {:.6f}, \"bare_s\": {:.6f}}}\n",
             files.size(), bytes, ours, bare);
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<size_t>(argc));
  const std::string_view what = argc > 1 ? arguments[1] : "";
  if (argc < 3 || (what != "search" && what != "parse"))
    stop("search FOLDER THREADS | parse FOLDER");
  auto rules = keyless::load_embedded_rules();
  if (!rules) stop("the embedded rules do not load");
  const Tree tree = open_tree(arguments[2]);
  if (what == "parse") {
    measure_parse(tree, *rules);
    return 0;
  }
  const unsigned threads = argc > 3 ? static_cast<unsigned>(std::atoi(arguments[3])) : 1;
  size_t hits = 0;
  for (const char hit : search(tree, *rules, threads)) hits += hit != 0;
  fmt::print("{{\"files\": {}, \"hits\": {}}}\n", tree.set.entries.size(), hits);
  return 0;
}
