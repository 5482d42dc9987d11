#include "output/patch.h"

#include <map>

#include "base/blob_hash.h"
#include "base/scratch_folder.h"
#include "catch.h"

namespace keyless {
namespace {

struct Case {
  std::string path, before, after;
};

std::string utf16(const std::string& text) {
  std::string out = "\xff\xfe";
  for (const char c : text) out += {c, '\0'};
  return out;
}

// What a patch has to carry as it is: line ends, marks, encodings, names.
std::vector<Case> cases() {
  std::string many, fewer;
  for (int i = 0; i < 300; ++i) {
    many += std::to_string(i) + "\n";
    if (i % 40 != 7) fewer += std::to_string(i) + "\n";
  }
  return {
      {"app.py", "import os\nkey = 1\n", "import os\n"},
      {"crlf.ts", "a\r\nkey\r\nb\r\n", "a\r\nb\r\n"},
      {"mixed", "a\r\nkey\nb", "a\r\nb"},
      {"bom.json", "\xef\xbb\xbf{\n \"k\": 1\n}\n", "\xef\xbb\xbf{\n}\n"},
      {"utf16.json", utf16("{\n\"k\": 1,\n\"e\": 2\n}\n"), utf16("{\n\"e\": 2\n}\n")},
      {"no-newline", "a\nb", "b"},
      {"gets-newline", "a\nb", "a\nb\n"},
      {"emptied/.env", "KEY=\n", ""},
      {"filled", "", "x\n"},
      {"many", many, fewer},
      {"with blank/a b.txt", "1\n2\n", "2\n"},
      {"quote\"tab\tline\n.txt", "1\n2\n", "2\n"},
      {"back\\slash", "1\n2\n", "2\n"},
      {"\xc3\xa4.txt", "1\n2\n", "2\n"},
      {"looks", "--- a/app.py\n+++ b/app.py\n@@ -1 +1 @@\n", "+++ b/app.py\n"},
      {"trailing", "a  \n\n \nkey \n", "a  \n\n \n"},
  };
}

struct Repository {
  ScratchFolder scratch;
  Root root;

  explicit Repository(const std::vector<Case>& files, const std::string& below = "") {
    scratch.make_folder("repo");
    scratch.git({"init", "-q"}, "repo");
    const std::string inner = "repo" + (below.empty() ? "" : "/" + below);
    for (const Case& file : files) scratch.write(inner + "/" + file.path, file.before);
    scratch.git({"add", "-A"}, "repo");
    scratch.git({"commit", "-qm", "first"}, "repo");
    root.folder = scratch.path(inner);
    root.work_tree = scratch.path("repo");
    root.git = true;
    root.id = "repo";
    root.commit = scratch.git({"rev-parse", "HEAD"}, "repo").substr(0, 40);
  }
  void apply(const std::string& patch, const std::string& folder = "repo") const {
    scratch.write("one.patch", patch);
    scratch.git({"apply", "--whitespace=nowarn", scratch.path("one.patch")}, folder);
  }
};

FixPlan plan_of(const std::vector<Case>& files) {
  FixPlan plan;
  StageChange callers;
  callers.what = {"key arguments become token providers"};
  callers.prerequisites = {"the role is assigned"};
  callers.verify = {"one call answers 200"};
  for (const Case& file : files) callers.files.push_back({0, file.path, file.before, file.after});
  plan.stages = {callers};
  return plan;
}

}  // namespace

TEST_CASE("git applies a patch to the byte, and takes it back") {
  const std::vector<Case> files = cases();
  const std::string below = GENERATE("", "services/shop");
  const Repository repository(files, below);
  const std::string patch = write_patches(plan_of(files), {repository.root});
  repository.apply(patch);
  const std::string inner = "repo/" + (below.empty() ? "" : below + "/");
  for (const Case& file : files) {
    CAPTURE(file.path);
    CHECK(repository.scratch.read(inner + file.path) == file.after);
  }
  repository.scratch.git(
      {"apply", "-R", "--whitespace=nowarn", repository.scratch.path("one.patch")}, "repo");
  CHECK(repository.scratch.git({"status", "--porcelain"}, "repo").empty());
  // From within the folder too.
  if (!below.empty()) {
    repository.apply(patch, "repo/" + below);
    CHECK(repository.scratch.read(inner + "app.py") == "import os\n");
  }
}

TEST_CASE("the index lines name the blobs that git has") {
  const std::vector<Case> files = cases();
  const Repository repository(files);
  const std::string patch = write_patches(plan_of(files), {repository.root});
  for (const Case& file : files) {
    CAPTURE(file.path);
    const std::string before =
        repository.scratch.git({"rev-parse", "HEAD:" + file.path}, "repo").substr(0, 40);
    CHECK(blob_name(file.before, BlobHash::sha1) == before);
    CHECK(patch.find("\nindex " + before + ".." + blob_name(file.after, BlobHash::sha1) + "\n") !=
          std::string::npos);
  }
  CHECK(patch.find("# made for: " + repository.root.commit + "\n") != std::string::npos);
}

TEST_CASE("stages apply one after the other, as files and as one output; a blocked one does not") {
  const std::vector<Case> files{{"a", "1\n2\n3\n", ""}, {"b", "x\n", ""}};
  FixPlan plan;
  plan.stages = {
      {Stage::prepare, Safety::review, {{0, "b", "x\n", "y\n"}}, {}, {}, {}, ""},
      {Stage::callers, Safety::safe, {{0, "a", "1\n2\n3\n", "1\n3\n"}}, {}, {}, {}, ""},
      {Stage::cleanup, Safety::safe, {{0, "a", "1\n3\n", "3\n"}}, {}, {}, {}, ""},
      {Stage::lock, Safety::safe, {{0, "b", "y\n", "z\n"}}, {}, {}, {}, "open consumers\nrm"}};
  const Repository whole(files);
  whole.apply(write_patches(plan, {whole.root}));
  CHECK(whole.scratch.read("repo/a") == "3\n");
  CHECK(whole.scratch.read("repo/b") == "y\n");

  const Repository staged(files);
  const std::vector<Patch> patches = make_patches(plan, {staged.root});
  REQUIRE(patches.size() == 4);
  CHECK(patches[0].name == "1-prepare.patch");
  CHECK(patches[3].name == "4-lock.patch");
  for (size_t i = 0; i < 3; ++i) staged.apply(patches[i].text);
  CHECK(staged.scratch.read("repo/a") == "3\n");
  CHECK(staged.scratch.read("repo/b") == "y\n");
  CHECK(patches[1].text.find("# waits for: stage prepare") != std::string::npos);
  CHECK(patches[3].text.find("BLOCKED") != std::string::npos);
  // A line end in a reason cannot begin a line of its own.
  for (const std::string_view line : {"\nrm", "\ndiff", "\n@@", "\n+", "\n-"})
    CHECK(patches[3].text.find(line) == std::string::npos);
}

TEST_CASE("a header says what, why, what first, how to see it and how back") {
  FixPlan plan = plan_of({{"a", "1\n", "2\n"}});
  plan.credential = {"DefaultAzureCredential: no Azure workload is known here"};
  Root root;
  root.id = "shop";
  const std::string text = write_patches(plan, {root});
  CHECK(text.substr(0, text.find("diff --git")) ==
        "# keyless fix, stage callers (2 of 4), safe: mechanical\n"
        "# made for: no commit\n"
        "# what:\n"
        "#   - key arguments become token providers\n"
        "# why: the code authenticates with tokens of Microsoft Entra ID; the key still works "
        "beside them\n"
        "# credential: DefaultAzureCredential: no Azure workload is known here\n"
        "# before it is deployed:\n"
        "#   - the role is assigned\n"
        "# waits for: nothing\n"
        "# verify:\n"
        "#   - one call answers 200\n"
        "# roll back: revert this patch and deploy; the key is still there\n"
        "# It holds the lines that it removes, so it may hold a key: keep it private.\n");
}

TEST_CASE("several roots have a patch each") {
  FixPlan plan = plan_of({{"a", "1\n", "2\n"}});
  plan.stages[0].files.push_back({1, "a", "1\n", "3\n"});
  std::vector<Root> roots(2);
  roots[0].id = "one";
  roots[1].id = "group/two";
  const std::vector<Patch> patches = make_patches(plan, roots);
  REQUIRE(patches.size() == 2);
  CHECK(patches[0].name == "2-callers.one.patch");
  CHECK(patches[1].name == "2-callers.group_two.patch");
  CHECK(patches[1].text.find("# repository: group/two\n") != std::string::npos);
}

TEST_CASE("on a terminal nothing can act and no key is readable") {
  std::string key;
  for (int i = 0; i < 16; ++i) key += {static_cast<char>('a' + i), static_cast<char>('0' + i % 10)};
  const FixPlan plan = plan_of({{"a", "K=" + key + "\n\x1b[2Jx\n", "\x1b[2Jx\n"}});
  const std::string shown = write_patches(plan, {Root{}}, {true});
  CHECK(shown.find(key) == std::string::npos);
  CHECK(shown.find('\x1b') == std::string::npos);
  CHECK(write_patches(plan, {Root{}}).find(key) != std::string::npos);
}

TEST_CASE("blobs of a repository with long names get long names") {
  const std::string name = blob_name("", BlobHash::sha256);
  CHECK(name.size() == 64);
  CHECK(blob_hash_of(name) == BlobHash::sha256);
  CHECK(name.substr(0, 8) == "473a0f4c");  // of `git hash-object` in a SHA-256 repository
  // Every length around a block's end.
  ScratchFolder scratch;
  scratch.git({"init", "-q"});
  std::vector<std::string> arguments{"hash-object"};
  for (size_t size = 40; size < 140; ++size) {
    scratch.write(std::to_string(size), std::string(size, 'x'));
    arguments.push_back(std::to_string(size));
  }
  const std::string names = scratch.git(arguments);
  for (size_t i = 0; i < 100; ++i)
    CHECK(names.substr(i * 41, 40) == blob_name(std::string(40 + i, 'x'), BlobHash::sha1));
}

}  // namespace keyless
