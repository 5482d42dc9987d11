#include "fix/apply.h"

#include <cstdlib>

#include "base/memory_file_system.h"
#include "catch.h"
#include "fix/crashing_file_system.h"
#include "fix/undo.h"

namespace keyless {
namespace {

using Tree = std::map<std::string, std::string>;

const Tree old_tree{{"app.py", "key = 1\n"}, {"src/a.ts", "one\r\ntwo\r\n"}, {"src/b.env", "X="}};
const Tree new_tree{{"app.py", "token = 1\n"}, {"src/a.ts", "two\r\n"}, {"src/b.env", ""}};

std::vector<FileChange> changes() {
  std::vector<FileChange> all;
  for (const auto& [path, bytes] : old_tree) all.push_back({0, path, bytes, new_tree.at(path)});
  return all;
}

template <class Files>
std::vector<WriteRoot> place_in(Files& files) {
  return {{"", &files, UndoStore{&files, ".git/keyless/undo", ".git/keyless/undo"}}};
}

struct WorkTree final : CrashingFileSystem {
  WorkTree() {
    for (const auto& [path, bytes] : old_tree) add(path, bytes, 0755);
    add(".git/HEAD", "ref: refs/heads/main\n");
  }
};

// The files of the tree alone: no bundle, nothing left over.
Tree tree_of(const CrashingFileSystem& files) {
  Tree tree;
  for (const auto& [path, bytes] : files.bytes())
    if (!path.starts_with(".git/")) tree[path] = bytes;
  return tree;
}

bool each_old_or_new(const Tree& tree) {
  size_t known = 0;
  for (const auto& [path, bytes] : tree) {
    if (!old_tree.contains(path)) continue;  // what a cut write left beside a file
    ++known;
    if (bytes != old_tree.at(path) && bytes != new_tree.at(path)) return false;
  }
  return known == old_tree.size();
}

// scripts/mutate switches the comparison off, and this test must notice.
Safeguards as_asked() {
  Safeguards safeguards;
  if (const char* off = std::getenv("KEYLESS_OFF")) safeguards.switch_off(off);
  return safeguards;
}

std::string refusal(const Result<Applied>& result) {
  REQUIRE_FALSE(result);
  return to_text(result.error());
}

}  // namespace

TEST_CASE("a write puts the new bytes, keeps the mode, and undo is exact") {
  WorkTree files;
  const auto roots = place_in(files);
  const auto applied = apply_changes(changes(), roots);
  REQUIRE(applied);
  CHECK(applied->files == 3);
  CHECK(applied->bundles == std::vector<std::string>{".git/keyless/undo/000001.undo"});
  CHECK(tree_of(files) == new_tree);
  CHECK(files.stat("src/a.ts")->mode == 0755);
  CHECK(files.stat(".git/keyless/undo/000001.undo")->mode == 0600);
  const auto undone = undo_last_write(roots[0]);
  REQUIRE(undone);
  CHECK(undone->files == 3);
  CHECK(undone->left_behind.empty());
  CHECK(tree_of(files) == old_tree);
  CHECK(files.stat("src/a.ts")->mode == 0755);
  CHECK(to_text(undo_last_write(roots[0]).error()) ==
        ".git/keyless/undo: there is no write to take back");
}

TEST_CASE("two writes are taken back one after the other") {
  WorkTree files;
  const auto roots = place_in(files);
  REQUIRE(apply_changes(changes(), roots));
  REQUIRE(apply_changes({{0, "app.py", "token = 1\n", "third\n"}}, roots));
  REQUIRE(undo_last_write(roots[0]));
  CHECK(tree_of(files) == new_tree);
  REQUIRE(undo_last_write(roots[0]));
  CHECK(tree_of(files) == old_tree);
}

TEST_CASE("the newest twenty writes can be taken back, older bundles go") {
  WorkTree files;
  const auto roots = place_in(files);
  std::string text = "token = 1\n";
  REQUIRE(apply_changes(changes(), roots));
  for (int i = 0; i < 24; ++i) {
    const std::string next = std::to_string(i) + "\n";
    REQUIRE(apply_changes({{0, "app.py", text, next}}, roots));
    text = next;
  }
  CHECK(files.list(".git/keyless/undo")->size() == 20);
  CHECK_FALSE(files.stat(".git/keyless/undo/000005.undo"));
  CHECK(files.stat(".git/keyless/undo/000006.undo"));
  for (int i = 0; i < 20; ++i) REQUIRE(undo_last_write(roots[0]));
  CHECK_FALSE(undo_last_write(roots[0]));
}

TEST_CASE("a file that changed since the scan stops the write before anything happens") {
  WorkTree files;
  files.add("src/b.env", "X=mine");
  const Tree before = tree_of(files);
  CHECK(refusal(apply_changes(changes(), place_in(files), as_asked())) ==
        "src/b.env: has changed since it was scanned; nothing was written (run `keyless fix` "
        "again)");
  CHECK(tree_of(files) == before);
  CHECK(files.bytes().size() == before.size() + 1);  // no bundle either
}

TEST_CASE("a file saved in an editor between check and write keeps what was saved") {
  struct Edited final : CrashingFileSystem {
    mutable int reads = 0;
    FileResult<std::string_view> read_into(const std::string& path, const ReadLimits& limits,
                                           ReadBuffer& buffer) const override {
      if (path == "src/a.ts" && ++reads == 2) const_cast<Edited*>(this)->add(path, "saved");
      return CrashingFileSystem::read_into(path, limits, buffer);
    }
  } files;
  for (const auto& [path, bytes] : old_tree) files.add(path, bytes);
  files.add(".git/HEAD", "");
  CHECK(refusal(apply_changes(changes(), place_in(files), as_asked())) ==
        "src/a.ts: has changed since it was scanned; nothing stays written");
  Tree expected = old_tree;
  expected["src/a.ts"] = "saved";
  CHECK(tree_of(files) == expected);
}

TEST_CASE("links and other files that are not regular are never written") {
  MemoryFileSystem files;
  files.add(".git/HEAD", "");
  files.add("real", "old");
  files.add_link("link");
  files.add_link("folder");
  files.add_other("pipe");
  for (const char* path : {"link", "folder/file", "pipe", "../real", "/etc/passwd", "gone"}) {
    CAPTURE(path);
    const auto applied =
        apply_changes({{0, "real", "old", "new"}, {0, path, "", "x"}}, place_in(files));
    CHECK(refusal(applied).find("nothing was written") != std::string::npos);
    CHECK(files.read("real", {}).value() == "old");
  }
}

TEST_CASE("undo refuses when a file has changed since it was written") {
  WorkTree files;
  const auto roots = place_in(files);
  REQUIRE(apply_changes(changes(), roots));
  files.add("src/b.env", "Y=");
  const Tree before = tree_of(files);
  const auto undone = undo_last_write(roots[0]);
  REQUIRE_FALSE(undone);
  CHECK(to_text(undone.error()) ==
        "src/b.env: has changed since it was written; nothing was taken back (take its changes "
        "out first, or undo by hand)");
  CHECK(tree_of(files) == before);
  files.add("src/b.env", "");
  REQUIRE(undo_last_write(roots[0]));
  CHECK(tree_of(files) == old_tree);
}

TEST_CASE("any call may fail: each file old or new, and undo exact") {
  const auto kind =
      GENERATE(CrashingFileSystem::Trouble::one_call, CrashingFileSystem::Trouble::from_call);
  WorkTree counting;
  REQUIRE(apply_changes(changes(), place_in(counting)));
  const size_t calls = counting.calls();
  REQUIRE(calls > 30);
  for (size_t call = 1; call <= calls; ++call) {
    CAPTURE(call);
    WorkTree files;
    const auto roots = place_in(files);
    files.trouble(kind, call);
    const auto applied = apply_changes(changes(), roots);
    files.trouble(CrashingFileSystem::Trouble::none, 0);
    CHECK(each_old_or_new(tree_of(files)));
    if (applied) CHECK(tree_of(files) == new_tree);
    // One failure can be mended at once: nothing stays written, and nothing lies about.
    if (!applied && kind == CrashingFileSystem::Trouble::one_call)
      CHECK(tree_of(files) == old_tree);
    if (tree_of(files) != old_tree) REQUIRE(undo_last_write(roots[0]));
    CHECK(tree_of(files) == old_tree);
  }
}

TEST_CASE("the power may go at any call: each file old or new, and undo exact") {
  const auto left = GENERATE(CrashingFileSystem::Left::nothing, CrashingFileSystem::Left::names,
                             CrashingFileSystem::Left::everything);
  WorkTree counting;
  REQUIRE(apply_changes(changes(), place_in(counting)));
  const size_t calls = counting.calls();
  for (size_t call = 1; call <= calls + 1; ++call) {
    CAPTURE(call);
    WorkTree files;
    const auto roots = place_in(files);
    files.trouble(CrashingFileSystem::Trouble::from_call, call);
    const auto applied = apply_changes(changes(), roots);
    files.cut_power(left);
    const Tree tree = tree_of(files);
    CHECK(each_old_or_new(tree));
    if (applied) CHECK(tree == new_tree);
    const auto undone = undo_last_write(roots[0]);
    bool written = false;
    for (const auto& [path, bytes] : old_tree) written = written || tree.at(path) != bytes;
    if (written) REQUIRE(undone);
    for (const auto& [path, bytes] : old_tree) CHECK(tree_of(files).at(path) == bytes);
    if (undone) CHECK(tree_of(files) == old_tree);
  }
}

TEST_CASE("undo may be cut short at any call and done again") {
  const auto left = GENERATE(CrashingFileSystem::Left::nothing, CrashingFileSystem::Left::names,
                             CrashingFileSystem::Left::everything);
  for (size_t call = 1;; ++call) {
    CAPTURE(call);
    WorkTree files;
    const auto roots = place_in(files);
    REQUIRE(apply_changes(changes(), roots));
    files.trouble(CrashingFileSystem::Trouble::from_call, call);
    const auto first = undo_last_write(roots[0]);
    const bool to_the_end = files.calls() < call;
    files.cut_power(left);
    CHECK(each_old_or_new(tree_of(files)));
    const auto second = undo_last_write(roots[0]);
    if (!first) REQUIRE(second);
    CHECK(tree_of(files) == old_tree);
    if (to_the_end) break;
  }
}

TEST_CASE("several roots are one group") {
  WorkTree first;
  WorkTree second;
  std::vector<WriteRoot> roots{place_in(first)[0], place_in(second)[0]};
  roots[0].shown = "one";
  roots[1].shown = "two";
  std::vector<FileChange> both = changes();
  for (FileChange change : changes()) {
    change.root = 1;
    both.push_back(change);
  }
  second.trouble(CrashingFileSystem::Trouble::one_call, 20);
  CHECK(refusal(apply_changes(both, roots)).starts_with("two/"));
  CHECK(tree_of(first) == old_tree);
  CHECK(tree_of(second) == old_tree);
  second.trouble(CrashingFileSystem::Trouble::none, 0);
  REQUIRE(apply_changes(both, roots));
  CHECK(tree_of(second) == new_tree);
  REQUIRE(undo_last_write(roots[1]));
  CHECK(tree_of(first) == new_tree);
  CHECK(tree_of(second) == old_tree);
}

TEST_CASE("stages compose, and nothing from the first blocked one on is written") {
  FixPlan plan;
  plan.stages = {
      {Stage::callers, Safety::safe, {{0, "a", "1", "2"}, {0, "b", "1", "2"}}, {}, {}, {}, ""},
      {Stage::cleanup, Safety::safe, {{0, "a", "2", "3"}, {0, "b", "2", "1"}}, {}, {}, {}, ""},
      {Stage::lock, Safety::safe, {{0, "a", "3", "4"}}, {}, {}, {}, "someone still uses the key"}};
  const auto files = files_to_write(plan);
  REQUIRE(files.size() == 1);
  CHECK(files[0].path == "a");
  CHECK(files[0].before == "1");
  CHECK(files[0].after == "3");
}

TEST_CASE("a bundle says what it is and is read back whole or not at all") {
  const std::string odd("a\0\nend\n\xff", 8);
  const std::string bundle = write_bundle({{"x y", odd, ""}, {"z", "", "\n"}});
  CHECK(bundle.starts_with("keyless undo bundle 1\n# "));
  const auto entries = read_bundle(bundle);
  REQUIRE(entries);
  REQUIRE(entries->size() == 2);
  CHECK((*entries)[0].path == "x y");
  CHECK((*entries)[0].before == odd);
  CHECK((*entries)[1].after == "\n");
  for (size_t size = 0; size < bundle.size(); ++size)
    CHECK_FALSE(read_bundle(bundle.substr(0, size)));
  CHECK_FALSE(read_bundle(write_bundle({{"../x", "", "y"}})));
}

}  // namespace keyless
