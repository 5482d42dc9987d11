#include "fix/manifest_case.h"

namespace keyless {
namespace {

const Dependency identity{"azure-identity", "1.15.0", {}};

void check(const ManifestCase& row) {
  check_case(row, ManifestKind::requirements, identity, "openai");
}

void refused(std::string_view before, std::string_view reason) {
  check_refused(before, ManifestKind::requirements, identity, "openai", reason);
}

TEST_CASE("requirements: a new entry keeps the order of the list") {
  check({"sorted", "fastapi\nopenai>=1.109\n", "azure-identity>=1.15.0\nfastapi\nopenai>=1.109\n"});
  check({"sorted, in the middle", "aiohttp\nopenai\nuvicorn\n",
         "aiohttp\nazure-identity>=1.15.0\nopenai\nuvicorn\n"});
  check({"unsorted: behind the package it belongs to", "uvicorn\nopenai==1.2\nfastapi\n",
         "uvicorn\nopenai==1.2\nazure-identity>=1.15.0\nfastapi\n"});
  check({"one entry", "openai==1.109.1\n", "azure-identity>=1.15.0\nopenai==1.109.1\n"});
  check({"names compare as the registry does", "Aiohttp\nazure_search_documents\nOpenAI\n",
         "Aiohttp\nazure-identity>=1.15.0\nazure_search_documents\nOpenAI\n"});
  check({"a block in order inside a list without one",
         "# web\nuvicorn\nfastapi\n\n# models\naiohttp\nopenai\n",
         "# web\nuvicorn\nfastapi\n\n# models\naiohttp\nazure-identity>=1.15.0\nopenai\n"});
  check({"a lonely entry in a block", "uvicorn\nfastapi\n\n# models\nopenai\n\npytest\n",
         "uvicorn\nfastapi\n\n# models\nopenai\nazure-identity>=1.15.0\n\npytest\n"});
  check({"options stay first", "--index-url https://pypi.org/simple\n-r base.txt\nopenai\n",
         "--index-url https://pypi.org/simple\n-r base.txt\nazure-identity>=1.15.0\nopenai\n"});
}

TEST_CASE("requirements: a new entry is written as its neighbours are") {
  check({"blanks around the sign", "flask >= 2\nopenai >= 1.0\n",
         "azure-identity >= 1.15.0\nflask >= 2\nopenai >= 1.0\n"});
  check({"no line end at the end", "b\na\nopenai", "b\na\nopenai\nazure-identity>=1.15.0"});
  check({"comment behind the entry", "b\nopenai  # the model\na\n",
         "b\nopenai  # the model\nazure-identity>=1.15.0\na\n"});
  check({"extras", "b\nopenai[datalib]>=1\na\n",
         "b\nopenai[datalib]>=1\nazure-identity>=1.15.0\na\n"});
  check({"a continued line", "b\nopenai>=1, \\\n  <3\na\n",
         "b\nopenai>=1, \\\n  <3\nazure-identity>=1.15.0\na\n"});
  check({"a marker is not copied", "b\nopenai>=1; python_version >= \"3.9\"\na\n",
         "b\nopenai>=1; python_version >= \"3.9\"\nazure-identity>=1.15.0\na\n", true});
  check({"addresses and editable packages are entries of nobody",
         "-e .\nopenai\ngit+https://example.org/x.git#egg=aaa\nfoo @ https://example.org/foo.whl\n",
         "-e .\nopenai\nazure-identity>=1.15.0\n"
         "git+https://example.org/x.git#egg=aaa\nfoo @ https://example.org/foo.whl\n"});
  check({"byte order mark", "\xEF\xBB\xBFopenai\n",
         "\xEF\xBB\xBF"
         "azure-identity>=1.15.0\nopenai\n"});
  check({"a list that pins: the lower bound, nothing better is known",
         "flask==3.0.0\nopenai==1.2.0\n", "azure-identity>=1.15.0\nflask==3.0.0\nopenai==1.2.0\n"});
}

TEST_CASE("requirements: where the package is not declared a person looks") {
  check({"not in this file", "flask\n", "azure-identity>=1.15.0\nflask\n", true});
  check({"included", "-r base.txt\nzlib\npytest\n",
         "-r base.txt\nzlib\npytest\nazure-identity>=1.15.0\n", true});
  check({"a constraints file", "-c constraints.txt\nopenai\n",
         "-c constraints.txt\nazure-identity>=1.15.0\nopenai\n", true});
  check({"nothing at all", "", "azure-identity>=1.15.0\n", true});
  check({"comments only", "# none yet", "# none yet\nazure-identity>=1.15.0", true});
}

TEST_CASE("requirements: where no package is named the list itself gets the entry") {
  check_case({"sorted", "flask\nhttpx\n", "azure-identity>=1.15.0\nflask\nhttpx\n"},
             ManifestKind::requirements, identity, "");
  check_case({"there already", "flask\nazure-identity\n", "flask\nazure-identity\n"},
             ManifestKind::requirements, identity, "openai");
}

TEST_CASE("requirements: a list that pins gets the version the form was proven with") {
  const ManifestResult result = require("flask==3.0.0\nopenai==1.2.0\n", ManifestKind::requirements,
                                        {"azure-identity", "1.15.0", "1.25.1"}, "openai");
  CHECK(edited("flask==3.0.0\nopenai==1.2.0\n", result.edits) ==
        "azure-identity==1.25.1\nflask==3.0.0\nopenai==1.2.0\n");
  CHECK(!result.note.empty());
}

TEST_CASE("requirements: what is there stays or is raised inside its major version") {
  check({"no bound", "azure-identity\nopenai\n", "azure-identity\nopenai\n"});
  check({"high enough", "azure_identity~=1.16\nopenai\n", "azure_identity~=1.16\nopenai\n"});
  check({"pinned high enough", "Azure.Identity==1.25.1  # ok\nopenai\n",
         "Azure.Identity==1.25.1  # ok\nopenai\n"});
  check({"lower bound", "azure-identity>=1.12,<2  # sign-in\nopenai\n",
         "azure-identity>=1.15.0,<2  # sign-in\nopenai\n"});
  check({"blanks", "azure-identity >= 1.12\nopenai\n", "azure-identity >= 1.15.0\nopenai\n"});
  check({"pin", "azure-identity==1.14.1\nopenai\n", "azure-identity==1.15.0\nopenai\n", true});
  check({"compatible", "azure-identity~=1.12\nopenai\n", "azure-identity~=1.15\nopenai\n"});
  check({"compatible, three parts", "azure-identity~=1.12.1\nopenai\n",
         "azure-identity~=1.15.0\nopenai\n"});
  check({"series", "azure-identity==1.14.*\nopenai\n", "azure-identity==1.15.*\nopenai\n"});
  check({"whole major", "azure-identity==1.*\nopenai\n", "azure-identity>=1.15.0,==1.*\nopenai\n"});
  check({"prerelease", "azure-identity==1.15.0b2\nopenai\n", "azure-identity==1.15.0\nopenai\n",
         true});
  check({"address", "azure-identity @ https://example.org/a.whl\nopenai\n",
         "azure-identity @ https://example.org/a.whl\nopenai\n", true});
  check({"condition", "azure-identity>=1.16; sys_platform == 'win32'\nopenai\n",
         "azure-identity>=1.16; sys_platform == 'win32'\nopenai\n", true});
}

TEST_CASE("requirements: the package itself is raised in the same way") {
  const Dependency openai{"openai", "1.106.0", {}};
  check_case({"bound", "openai>=1.2,<2\n", "openai>=1.106.0,<2\n"}, ManifestKind::requirements,
             openai, "openai");
  check_refused("flask\n", ManifestKind::requirements, openai, "openai", "is not declared here");
  check_refused("openai==0.28.1\n", ManifestKind::requirements, openai, "openai", "vendor's guide");
}

TEST_CASE("requirements: what a person has to do is said") {
  refused("azure-identity>=2\nazure-identity==0.9\nopenai\n", "another major version");
  refused("azure-identity<1.15\nopenai\n", "leaves no room");
  refused("azure-identity>=1.2,<1.14\nopenai\n", "leaves no room");
  refused("azure-identity==1.2; python_version < '3.9'\nopenai\n", "under a condition");
  refused("openai==1.2.0 \\\n    --hash=sha256:00\n", "bound to hashes");
  refused("--require-hashes\nopenai==1.2.0\n", "bound to hashes");
  refused("#\n# This file is autogenerated by pip-compile with Python 3.11\n#\nopenai==1.2.0\n",
          "compiled from another one");
}

TEST_CASE("setup.cfg: lists of one requirement a line") {
  const auto kind = ManifestKind::setup_cfg;
  check_case({"install_requires",
              "[metadata]\nname = x\n\n[options]\ninstall_requires =\n    flask\n    "
              "openai>=1\n\n[flake8]\na = b\n",
              "[metadata]\nname = x\n\n[options]\ninstall_requires =\n    azure-identity>=1.15.0\n "
              "   flask\n    openai>=1\n\n[flake8]\na = b\n"},
             kind, identity, "openai");
  check_case({"the extra that declares the package",
              "[options]\ninstall_requires =\n\tflask\n[options.extras_require]\nai "
              "=\n\topenai\ndev =\n\tpytest\n",
              "[options]\ninstall_requires =\n\tflask\n[options.extras_require]\nai "
              "=\n\tazure-identity>=1.15.0\n\topenai\ndev =\n\tpytest\n"},
             kind, identity, "openai");
  check_refused("[metadata]\nname = x\n", kind, identity, "openai", "no list of dependencies");
}

}  // namespace
}  // namespace keyless
