"""What other systems call: schemas of every file, and each of them run as its system would run it."""
import hashlib
import html
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ["KEYLESS_SOURCE_DIR"])
BINARY = pathlib.Path(os.environ["KEYLESS_BINARY"])
sys.path.insert(0, str(SOURCE / "tests/packages"))
import tools  # noqa: E402  the folder is known only now

CONTOSO = SOURCE / "fixtures/repos/contoso-chat/input"
README = SOURCE / "README.md"
ACTION, HOOKS = SOURCE / "action.yml", SOURCE / ".pre-commit-hooks.yaml"
RELEASE = SOURCE / ".github/workflows/release.yml"
AZURE, GITLAB = SOURCE / "integrations/azure-devops/keyless.yml", SOURCE / "integrations/gitlab/keyless.yml"
PRE_COMMIT = "pre-commit==4.7.0"  # brings PyYAML along
# A name that every system in between would like to take for something else.
HOSTILE = "::error title=a::b ##vso[task.setvariable variable=c]d |<img src=x>`e`[f](https:g) www.h.example @i.py"
KEY_USE = "from openai import AzureOpenAI\nAzureOpenAI(api_key=K, azure_endpoint=E)\n"
VERSION = re.search(r"project\(keyless VERSION (\S+)", (SOURCE / "CMakeLists.txt").read_text()).group(1)
RELEASES: pathlib.Path


def setUpModule():
    global RELEASES
    holder = tempfile.TemporaryDirectory()
    unittest.addModuleCleanup(holder.cleanup)
    RELEASES = pathlib.Path(holder.name)
    out = RELEASES / "releases/download" / ("v" + VERSION)
    subprocess.run([SOURCE / "scripts/package", "--binary", BINARY, "--out", out, "--only", "tarball"], check=True,
                   capture_output=True, timeout=600)


def yaml_of(text: str):
    python = tools.environment_of(PRE_COMMIT) / "python"
    read = "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))"
    return json.loads(subprocess.run([python, "-c", read], input=text.encode(), capture_output=True, check=True).stdout)


def examples() -> dict[str, str]:
    """The files that the README shows, by the name in their first line."""
    return dict(re.findall(r"```yaml\n# (\S+)\n(.*?)```", README.read_text(), re.DOTALL))


def filled_in(text: str, values: dict) -> str:
    """The expressions that action.yml uses: a value, or `format` of values where it is empty."""
    def value(found):
        first, _, other = found.group(1).partition(" || ")
        if values.get(first) or not other:
            return values.get(first, "")
        pattern, *names = re.fullmatch(r"format\('([^']*)', ([\w., ]+)\)", other).expand(r"\1, \2").split(", ")
        return pattern.format(*(values[name] for name in names))
    return re.sub(r"\$\{\{ (.*?) \}\}(?!\})", value, text)


class Schemas(unittest.TestCase):
    def test_files_are_what_their_systems_define(self):
        check = tools.environment_of("check-jsonschema==0.39.0") / "check-jsonschema"
        for schema, path in (("vendor.github-workflows", RELEASE), ("custom.github-workflows-require-timeout", RELEASE),
                             ("vendor.github-actions", ACTION), ("vendor.azure-pipelines", AZURE), ("vendor.gitlab-ci", GITLAB)):
            said = subprocess.run([check, "--builtin-schema", schema, path], capture_output=True, text=True, timeout=120)
            self.assertEqual(said.returncode, 0, said.stdout + said.stderr)

    def test_examples_of_the_readme_are_what_their_systems_define(self):
        check = tools.environment_of("check-jsonschema==0.39.0") / "check-jsonschema"
        pre_commit = tools.environment_of(PRE_COMMIT) / "pre-commit"
        commands = {
            ".github/workflows/keyless.yml": [check, "--builtin-schema", "vendor.github-workflows"],
            # Its patterns have escapes that only the older rules of ECMAScript take.
            "azure-pipelines.yml": [check, "--regex-variant", "nonunicode", "--builtin-schema", "vendor.azure-pipelines"],
            ".gitlab-ci.yml": [check, "--builtin-schema", "vendor.gitlab-ci"],
            ".pre-commit-config.yaml": [pre_commit, "validate-config"],
        }
        shown = examples()
        self.assertEqual(set(shown), set(commands))
        with tempfile.TemporaryDirectory() as folder:
            for name, text in shown.items():
                path = pathlib.Path(folder) / pathlib.Path(name).name
                path.write_text(text)
                said = subprocess.run([*commands[name], path], capture_output=True, text=True, timeout=120)
                self.assertEqual(said.returncode, 0, said.stdout + said.stderr)
        used = yaml_of(shown[".github/workflows/keyless.yml"])["jobs"]["keyless"]["steps"][1]
        self.assertLessEqual(set(used["with"]), set(yaml_of(ACTION.read_text())["inputs"]))
        used = yaml_of(shown["azure-pipelines.yml"])["steps"][1]
        self.assertEqual(used["template"], AZURE.relative_to(SOURCE).as_posix() + "@keyless")
        self.assertLessEqual(set(used["parameters"]), {row["name"] for row in yaml_of(AZURE.read_text())["parameters"]})
        hooks = yaml_of(shown[".pre-commit-config.yaml"])["repos"][0]["hooks"]
        self.assertEqual([hook["id"] for hook in hooks], [hook["id"] for hook in yaml_of(HOOKS.read_text())])

    def test_the_manifest_of_hooks_is_one(self):
        said = subprocess.run([tools.environment_of(PRE_COMMIT) / "pre-commit", "validate-manifest", HOOKS], capture_output=True,
                              text=True, timeout=60)
        self.assertEqual(said.returncode, 0, said.stdout + said.stderr)

    def test_actions_of_others_are_pinned_by_commit(self):
        used = re.findall(r"uses: (?!OWNER/keyless)(\S+)( # v\S+)?", RELEASE.read_text() + README.read_text())
        self.assertGreaterEqual(len(used), 6)
        for name, version in used:
            self.assertRegex(name, r"^(actions|github)/[a-z/-]+@[0-9a-f]{40}$")
            self.assertTrue(version, name)

    def test_nothing_is_found_by_an_auditor_of_workflows(self):
        program = tools.environment_of("zizmor==1.32.0") / "zizmor"
        said = subprocess.run([program, "--offline", "--no-progress", "--min-severity", "low", ACTION, RELEASE], capture_output=True,
                              text=True, timeout=120)
        self.assertEqual(said.returncode, 0, said.stdout + said.stderr)

    def test_every_file_names_the_version_of_the_build(self):
        for path in ACTION, AZURE, GITLAB:
            self.assertEqual(set(re.findall(r"\b\d+\.\d+\.\d+\b", path.read_text())), {VERSION}, path)


class Case(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        self.repository = self.folder / "repository"
        self.repository.mkdir()

    def with_keys(self):
        shutil.copytree(CONTOSO, self.repository, dirs_exist_ok=True)

    def with_a_hostile_name(self):
        (self.repository / HOSTILE).write_text(KEY_USE)

    def git(self, folder, *arguments):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments], cwd=folder, check=True,
                       capture_output=True, timeout=60)

    def commit(self, folder):
        if not (folder / ".git").exists():
            self.git(folder, "init", "-q")
        self.git(folder, "add", "-A")
        self.git(folder, "commit", "-qm", "a")

    def bash(self, script, **environment):
        return subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=self.repository,
                              capture_output=True, text=True, timeout=300,
                              env={"PATH": os.environ["PATH"], "HOME": str(self.folder)} | environment)


class Action(Case):
    """A runner in small: inputs and outputs of steps are put in where action.yml names them."""

    def setUp(self):
        super().setUp()
        self.summary, self.path, self.log, self.outputs = self.folder / "summary", self.folder / "path", "", {}

    def run_action(self, environment=None, **inputs):
        action = yaml_of(ACTION.read_text())
        values = {"github.server_url": RELEASES.parent.as_uri(), "github.action_repository": RELEASES.name}
        values |= {f"inputs.{name}": row.get("default", "") for name, row in action["inputs"].items()}
        values |= {"inputs." + name.replace("_", "-"): value for name, value in inputs.items()}
        self.log, code = "", 0
        self.path.write_text("")
        for step in action["runs"]["steps"]:
            out = self.folder / "output"
            out.write_text("")
            given = {name: filled_in(text, values) for name, text in step["env"].items()}
            ran = self.bash(step["run"], GITHUB_ACTION_PATH=str(SOURCE), GITHUB_OUTPUT=str(out), GITHUB_PATH=str(self.path),
                            RUNNER_TEMP=str(self.folder), GITHUB_STEP_SUMMARY=str(self.summary), **given, **(environment or {}))
            self.log += ran.stdout + ran.stderr
            for line in out.read_text().splitlines():
                name, value = line.split("=", 1)
                values[f"steps.{step['id']}.outputs.{name}"] = value
            code = ran.returncode
            if code != 0:
                break
        self.outputs = {name: filled_in(row["value"], values) for name, row in action["outputs"].items()}
        return code

    def test_keys(self):
        self.with_keys()
        self.assertEqual(self.run_action(sarif_file="k.sarif"), 1, self.log)
        self.assertEqual(self.outputs, {"exit-code": "1", "sarif-file": "k.sarif"})
        sarif = json.loads((self.repository / "k.sarif").read_text())
        self.assertGreater(len(sarif["runs"][0]["results"]), 40)
        self.assertIn("**Blocked**", self.summary.read_text())
        self.assertIn("python-openai-azure-client", self.log)
        # A later step finds the program.
        later = self.bash("keyless --version", PATH=self.path.read_text().strip() + ":" + os.environ["PATH"])
        self.assertEqual(later.stdout.split(), ["keyless", VERSION], later)

    def test_no_keys(self):
        (self.repository / "a.py").write_text("print(1)\n")
        self.assertEqual(self.run_action(binary=str(BINARY), summary="false"), 0, self.log)
        self.assertEqual(self.outputs["exit-code"], "0")
        self.assertFalse(self.summary.exists())
        self.assertEqual(self.path.read_text().strip(), str(BINARY.parent))

    def test_a_pull_request_is_judged_by_what_it_adds(self):
        self.with_keys()
        self.commit(self.repository)
        self.git(self.repository, "branch", "-m", "main")
        self.git(self.repository, "checkout", "-qb", "feature")
        (self.repository / "README.md").write_text("# Contoso\n")
        self.commit(self.repository)
        event = {"GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "main"}
        self.assertEqual(self.run_action(event), 0, self.log)
        self.assertEqual(self.run_action(event, diff_base=""), 1, self.log)
        (self.repository / "new.py").write_text(KEY_USE)
        self.commit(self.repository)
        self.summary.unlink()
        self.assertEqual(self.run_action(event), 1, self.log)
        self.assertIn(" 1 blocking", self.summary.read_text())
        # A checkout without the base says what to add, and is no pass.
        self.git(self.repository, "branch", "-D", "main")
        self.assertEqual(self.run_action(event), 2, self.log)
        self.assertIn("fetch-depth: 0", self.log)

    def test_inputs_are_words_and_never_code(self):
        (self.repository / "a b").mkdir()
        self.assertEqual(self.run_action(binary=str(BINARY), paths="a b\n.\n"), 0, self.log)
        for inputs in ({"paths": "$(touch x)", "fail_on": "`touch x`"}, {"fail_on": "never --output=x"},
                       {"paths": "--output=x"}, {"version": "1/../../2"}, {"binary": "/"},
                       {"sarif_file": "x\nexit-code=0"}, {"sha256": "$(touch x)"}):
            self.assertEqual(self.run_action(**inputs), 2, (inputs, self.log))
        self.assertEqual([path.name for path in self.repository.iterdir()], ["a b"])

    def test_nothing_of_the_repository_is_a_command(self):
        self.with_a_hostile_name()
        self.assertEqual(self.run_action(), 1, self.log)
        inside, token = False, None
        for line in self.log.splitlines():
            if line.startswith("::stop-commands::"):
                inside, token = True, line.split("::")[2]
            elif line == f"::{token}::":
                inside = False
            elif re.match(r"\s*::|.*##\[", line):
                self.assertTrue(inside, line)
        self.assertIsNotNone(token)
        self.assertFalse(inside)

    def test_a_changed_archive_is_refused(self):
        (archive,) = RELEASES.glob("releases/download/*/*.tar.gz")
        good = hashlib.sha256(archive.read_bytes()).hexdigest()
        self.assertEqual(self.run_action(sha256=good), 0, self.log)
        self.assertEqual(self.run_action(sha256=good[::-1]), 2)
        self.assertIn("the sum of", self.log)
        mirror = self.folder / "mirror"
        shutil.copytree(RELEASES, mirror)
        (archive,) = mirror.glob("releases/download/*/*.tar.gz")
        archive.write_bytes(archive.read_bytes()[:-1] + b"x")
        self.assertEqual(self.run_action(releases=mirror.as_uri() + "/releases"), 2)
        self.assertIn("the sum of", self.log)
        self.assertEqual(self.run_action(releases="http://localhost:9"), 2)
        self.assertIn("cannot get", self.log)


class AzurePipelines(Case):
    def steps(self, environment=None, **parameters):
        """Runs the scripts of the template until one fails: their exit codes, and what the agent would read."""
        template = yaml_of(AZURE.read_text())
        values = {row["name"]: row.get("default") for row in template["parameters"]}
        values |= {"releases": RELEASES.as_uri() + "/releases"} | parameters
        codes, log = [], ""
        for step in template["steps"]:
            if "bash" not in step or any(codes):
                continue
            given = {name: filled_in(text, {"parameters." + key: value for key, value in values.items()})
                     for name, text in step["env"].items()}
            ran = self.bash(step["bash"], AGENT_TEMPDIRECTORY=str(self.folder),
                            BUILD_ARTIFACTSTAGINGDIRECTORY=str(self.folder / "staging"), **given, **(environment or {}))
            codes.append(ran.returncode)
            log += ran.stdout + ran.stderr
        return codes, log

    def test_steps(self):
        self.with_keys()
        self.with_a_hostile_name()
        codes, log = self.steps()
        self.assertEqual(codes, [0, 1], log)
        commands = [line for line in log.splitlines() if "##vso[" in line or "##[" in line]
        self.assertEqual(commands, [f"##vso[task.uploadsummary]{self.folder}/keyless.md"])
        (run,) = json.loads((self.folder / "staging/keyless/keyless.sarif").read_text())["runs"]
        self.assertGreater(len(run["results"]), 40)
        self.assertIn("azuredevops/pipeline/build/", run["automationDetails"]["id"])

    def test_what_goes_wrong_is_no_command_either(self):
        self.with_keys()
        (self.repository / "##vso[task.complete result=Succeeded]").write_text("")
        codes, log = self.steps(paths="##vso[task.complete result=Succeeded]/a\n")
        self.assertEqual(codes, [0, 2], log)
        self.assertNotIn("##vso", log)
        self.assertIn("task.complete", log)

    def test_a_pull_request_is_judged_by_what_it_adds(self):
        self.with_keys()
        self.commit(self.repository)
        self.git(self.repository, "branch", "-m", "main")
        self.git(self.repository, "checkout", "-qb", "feature")
        event = {"TF_BUILD": "True", "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main"}
        self.assertEqual(self.steps(event)[0], [0, 0])
        self.assertEqual(self.steps(event, diffBase="")[0], [0, 1])

    def test_another_sum_is_refused(self):
        codes, log = self.steps(sha256="0" * 64)
        self.assertEqual(codes, [1], log)


class GitLab(Case):
    def job(self, **variables):
        job = yaml_of(GITLAB.read_text())["keyless"]
        (script,) = job["script"]
        given = {name: str(value) for name, value in job["variables"].items()} | {"KEYLESS_RELEASES": RELEASES.as_uri() + "/releases"}
        ran = self.bash(script, **given | variables)
        report = self.repository / job["artifacts"]["reports"]["codequality"]
        return ran, json.loads(report.read_text()) if report.exists() else None

    def test_job(self):
        self.with_keys()
        ran, issues = self.job()
        self.assertEqual(ran.returncode, 1, ran.stderr)
        self.assertIn("python-openai-azure-client", ran.stdout)
        self.assertGreater(len(issues), 40)
        self.assertEqual(len({issue["fingerprint"] for issue in issues}), len(issues))
        for issue in issues:
            lines = (self.repository / issue["location"]["path"]).read_bytes().count(b"\n") + 1
            self.assertLessEqual(issue["location"]["lines"]["begin"], lines, issue)

    def test_report_is_what_gitlab_describes(self):
        self.with_keys()
        self.with_a_hostile_name()
        report = self.folder / "report.json"
        subprocess.run([BINARY, "scan", "--format", "code-quality", "--output", report, self.repository], timeout=60)
        check = tools.environment_of("check-jsonschema==0.39.0") / "check-jsonschema"
        schema = pathlib.Path(__file__).with_name("code_quality.schema.json")
        for file, code in ((report, 0), (self.folder / "wrong.json", 1)):
            file.exists() or file.write_text(report.read_text().replace('"blocker"', '"worst"').replace('"critical"', '"worst"'))
            said = subprocess.run([check, "--schemafile", schema, file], capture_output=True, text=True, timeout=60)
            self.assertEqual(said.returncode, code, said.stdout + said.stderr)
        self.assertIn(HOSTILE, {issue["location"]["path"] for issue in json.loads(report.read_text())})

    def test_a_merge_request_is_judged_by_what_it_adds(self):
        self.with_keys()
        self.commit(self.repository)
        self.git(self.repository, "branch", "-m", "main")
        self.git(self.repository, "checkout", "-qb", "feature")
        event = {"GITLAB_CI": "true", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
        self.assertEqual(self.job(**event)[0].returncode, 0)
        self.assertEqual(self.job(**event, KEYLESS_DIFF_BASE="")[0].returncode, 1)

    def test_wrong_variables_end_the_job(self):
        for variables in ({"KEYLESS_SHA256": "0" * 64}, {"KEYLESS_FAIL_ON": "sometimes"}, {"KEYLESS_VERSION": "9.9.9"},
                          {"KEYLESS_PATHS": "--fail-on=never ."}):
            ran, issues = self.job(**variables)
            self.assertGreaterEqual(ran.returncode, 1, variables)
            self.assertIsNone(issues)


@unittest.skipUnless(shutil.which("git"), "git is not installed")
class PreCommit(Case):
    def setUp(self):
        super().setUp()
        self.program = tools.environment_of(PRE_COMMIT) / "pre-commit"
        hooks = self.folder / "hooks"
        hooks.mkdir()
        shutil.copy(HOOKS, hooks)
        self.commit(hooks)
        head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=hooks, capture_output=True, text=True, check=True).stdout.strip()
        self.config = f"repos:\n- repo: {hooks}\n  rev: {head}\n  hooks: [{{id: keyless-scan}}, {{id: keyless-fix}}]\n"

    def hook(self, *arguments):
        environment = {**os.environ, "PATH": f"{BINARY.parent}:{os.environ['PATH']}", "PRE_COMMIT_HOME": str(self.folder / "home")}
        return subprocess.run([self.program, "run", "--all-files", *arguments], cwd=self.repository, env=environment,
                              capture_output=True, text=True, timeout=300)

    def test_hooks(self):
        self.with_keys()
        (self.repository / ".pre-commit-config.yaml").write_text(self.config)
        self.commit(self.repository)
        found = self.hook()
        self.assertEqual(found.returncode, 1, found)
        self.assertIn("python-openai-azure-client", found.stdout)
        self.assertNotIn("keyless fix", found.stdout)
        chat = self.repository / "worker/worker/digest.py"
        before = chat.read_text()
        fixed = self.hook("--hook-stage", "manual", "keyless-fix")
        self.assertIn("files were modified by this hook", fixed.stdout)
        self.assertNotEqual(chat.read_text(), before)

    def test_staged_only_judges_what_the_commit_adds(self):
        self.with_keys()
        (self.repository / ".pre-commit-config.yaml").write_text(self.config.replace("keyless-scan}", "keyless-scan, args: [--staged]}"))
        self.commit(self.repository)
        (self.repository / "README.md").write_text("# Contoso\n")
        self.git(self.repository, "add", "README.md")
        self.assertEqual(self.hook().returncode, 0)
        (self.repository / "new.py").write_text(KEY_USE)
        self.git(self.repository, "add", "new.py")
        found = self.hook()
        self.assertEqual(found.returncode, 1, found)
        self.assertIn("new.py:2", found.stdout)

    def test_a_clean_repository_passes(self):
        (self.repository / ".pre-commit-config.yaml").write_text(self.config)
        (self.repository / "a.py").write_text("print(1)\n")
        self.commit(self.repository)
        self.assertEqual(self.hook().returncode, 0)


@unittest.skipUnless(shutil.which("git"), "git is not installed")
class Governance(Case):
    """Each example of the README, taken away or bent by a pull request; and the same file changed harmlessly."""

    # file, what is replaced, by what; None takes the file away
    WEAKER = (
        (".github/workflows/keyless.yml", None, None),
        (".github/workflows/keyless.yml", "OWNER/keyless@", "OTHER/keyless@"),
        (".github/workflows/keyless.yml", "keyless.sarif}\n      - uses", "keyless.sarif, fail-on: never}\n      - uses"),
        (".github/workflows/keyless.yml", "keyless.sarif}\n      - uses", "keyless.sarif, binary: /bin/true}\n      - uses"),
        ("azure-pipelines.yml", None, None),
        ("azure-pipelines.yml", "OWNER/keyless, ref", "OTHER/keyless, ref"),
        ("azure-pipelines.yml", "parameters: {", "parameters: {failOn: never, "),
        (".gitlab-ci.yml", None, None),
        (".gitlab-ci.yml", "OWNER/keyless/v", "OTHER/keyless/v"),
        (".gitlab-ci.yml", "OWNER/keyless/releases", "OTHER/keyless/releases"),
        (".gitlab-ci.yml", "variables: {", "variables: {KEYLESS_FAIL_ON: never, "),
        (".gitlab-ci.yml", "variables:", "keyless: {allow_failure: true}\nvariables:"),
        (".pre-commit-config.yaml", None, None),
        (".pre-commit-config.yaml", "OWNER", "OTHER"),
        *((name, "v0.1.0", "v0.0.9") for name in (".github/workflows/keyless.yml", "azure-pipelines.yml", ".gitlab-ci.yml",
                                                  ".pre-commit-config.yaml")))
    HARMLESS = (
        (".github/workflows/keyless.yml", "{sarif-file: keyless.sarif}", "{summary: 'false'}"),
        (".github/workflows/keyless.yml", "timeout-minutes: 15", "timeout-minutes: 20"),
        ("azure-pipelines.yml", "ubuntu-24.04", "ubuntu-26.04"),
        (".gitlab-ci.yml", "variables:", "build: {script: make}\nvariables:"),
        (".pre-commit-config.yaml", "# rewrites", "# changes"),
        *((name, "v0.1.0", "v0.2.0") for name in (".github/workflows/keyless.yml", "azure-pipelines.yml", ".gitlab-ci.yml",
                                                  ".pre-commit-config.yaml")))

    def judged(self, name, what, by):
        text = examples()[name]
        shutil.rmtree(self.repository)
        path = self.repository / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
        self.commit(self.repository)
        if what is None:
            path.unlink()
        else:
            self.assertIn(what, text, name)
            path.write_text(text.replace(what, by))
        said = subprocess.run([BINARY, "scan", "--diff-base", "HEAD", self.repository], capture_output=True, text=True, timeout=60)
        return said.returncode, "governance-" in said.stdout

    def test_nobody_takes_the_check_away(self):
        for change in self.WEAKER:
            self.assertEqual(self.judged(*change), (1, True), change)
        for change in self.HARMLESS:
            self.assertEqual(self.judged(*change), (0, False), change)


class Markdown(Case):
    """Rendered by another's program: what a name means to Markdown must not show."""

    def test_a_hostile_name_is_only_text(self):
        self.with_a_hostile_name()
        said = subprocess.run([BINARY, "scan", "--format", "markdown", self.repository], capture_output=True, text=True, timeout=60)
        self.assertEqual(said.returncode, 1)
        for command in ("##vso", "##[", "::error"):
            self.assertNotIn(command, said.stdout)
        python = tools.environment_of("markdown-it-py[linkify]==4.3.0") / "python"
        render = ("import sys; from markdown_it import MarkdownIt as M; "
                  "print(M('gfm-like').render(sys.stdin.read()))")
        page = subprocess.run([python, "-c", render], input=said.stdout, capture_output=True, text=True, check=True).stdout
        self.assertEqual(set(re.findall(r"<(\w+)", page)) - {"h2", "h3", "p", "strong", "table", "thead", "tbody", "tr", "th", "td"},
                         {"code"}, page)
        cells = [html.unescape(cell) for cell in re.findall(r"<td><code>(.*?)</code></td>", page)]
        self.assertIn(HOSTILE.replace("::error", "\\x3a:error").replace("##vso", "\\x23#vso") + ":2", cells)


if __name__ == "__main__":
    tools.run_tests()
