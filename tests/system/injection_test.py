#!/usr/bin/env python3
"""Names and literals that would act on whoever shows them (terminal, reader, browser, pipeline), through every command and
format: what comes out holds none of them. What is unsafe is said here anew, by Unicode's own categories."""
import html.parser
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata
import unittest

SOURCE = pathlib.Path(os.environ["KEYLESS_SOURCE_DIR"])
BINARY = os.environ["KEYLESS_BINARY"]
sys.path.insert(0, str(SOURCE / "tests/packages"))
import tools  # noqa: E402  the folder is known only now

ESCAPES = "\x1b[2J\x9b31m\x07\x7f"
HIDDEN = "\u202egnp\u2066\u200b\ufeff\U000e0041"
COMMANDS = "##vso[task.complete result=Succeeded] ##[error] ##teamcity[x]"
MARKUP = "|`b`**c**[d](https:x)<img src=x onerror=alert(1)><script>&amp;\"'@i $(id)"
FORMULA = "=cmd|' -C calc'!A0"
NAMES = ("::error title=a::b", " ::set-output name=a::b", "##vso[task.complete]", "\n::error::a", "\r##[error]b", "a" + ESCAPES,
         "b" + HIDDEN, "c " + COMMANDS, "d" + MARKUP.replace("/", ""), FORMULA, "-rf", "e\x85f\u2028g")
LITERAL = ESCAPES + HIDDEN + COMMANDS + MARKUP
PYTHON = """import os
from openai import AzureOpenAI

client = AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", api_key=os.environ["AZURE_OPENAI_API_KEY%s"])  # %s
"""
# The text of `fix` is a patch: the bytes of the repository, which `git apply` takes.
EXACT = {("fix", "text")}


def quoted(text):
    return json.dumps(text)[1:-1]


def yaml(value):
    """JSON, which is YAML but for its two escapes for one character."""
    pair = r"\\u(d[89ab]..)\\u(d[c-f]..)"
    return re.sub(pair, lambda found: f"\\U{ord(json.loads(chr(34) + found.group(0) + chr(34))):08x}", json.dumps(value))


def rule_of_its_own(literal):
    words = "::error::" + literal + "\n::error::b"
    return {"id": "acme-client", "category": "client-key", "languages": ["python"], "role": "sink", "title": words, "message": words,
            "help": words, "references": ["https://x" + literal],
            "match": {"call": {"to": ["acme.ai.AcmeAI"], "input": "api_key"}},
            "examples": [{"bad": f"from acme.ai import AcmeAI\nclient = AcmeAI(api_key=KEY)\n# {literal}\n"},
                         {"ok": "from acme.ai import AcmeAI\nclient = AcmeAI(credential=KEY)\n"}]}


class Tags(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, tuple(sorted(name for name, _ in attrs))))


def keyless(*arguments, cwd):
    return subprocess.run([BINARY, *arguments], cwd=cwd, capture_output=True, timeout=120)


class Injection(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(holder.cleanup)
        cls.hostile = cls.repository(pathlib.Path(holder.name) / "hostile", NAMES, LITERAL)
        cls.harmless = cls.repository(pathlib.Path(holder.name) / "harmless", [f"n{i}" for i in range(len(NAMES))], "")

    @classmethod
    def repository(cls, folder, names, literal):
        """One that names things so in files, folders, variables, settings, resources, comments and its configuration."""
        folder.mkdir()
        one_line = literal.replace("\n", " ")
        for name in names:
            (folder / (name + ".py")).write_text(PYTHON % (quoted(literal), one_line))
        inside = folder / names[0]
        inside.mkdir()
        (inside / "app.py").write_text(PYTHON % ("", ""))
        (folder / ".env").write_text(f"AZURE_OPENAI_API_KEY='{one_line}'\nAZURE_OPENAI_ENDPOINT=https://contoso.openai.azure.com\n")
        (folder / "main.tf").write_text(
            f'resource "azurerm_cognitive_account" "chat" {{\n  name = "{quoted(literal)}"\n  kind = "OpenAI"\n}}\n'
            f'output "AZURE_OPENAI_API_KEY" {{\n  value = azurerm_cognitive_account.chat.primary_access_key # {one_line}\n}}\n')
        workflows = folder / ".github/workflows"
        workflows.mkdir(parents=True)
        (workflows / "a.yml").write_text(yaml({"on": "push", "jobs": {"a" + literal: {"steps": [
            {"run": "python app.py", "env": {"AZURE_OPENAI_API_KEY": "${{ secrets.AZURE_OPENAI_API_KEY }}", "X": literal}}]}}}))
        (folder / "broken.py").write_text(PYTHON % ("", "") + f"def ({one_line}\n")
        (folder / "own").mkdir()
        (folder / "own/acme-client.yaml").write_text(yaml(rule_of_its_own(literal)))
        (folder / "acme_app.py").write_text("from acme.ai import AcmeAI\n\nAcmeAI(api_key=KEY)\n")
        exceptions = [{"rule": "python-openai-azure-client", "path": names[3] + ".py", "until": "2999-01-01", "owner": "a" + literal,
                       "ticket": "b" + literal, "reason": "c" + literal}]
        (folder / ".keyless.yaml").write_text(yaml({"version": 1, "exceptions": exceptions, "rules": {"folders": ["own"]}}))
        for command in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "a")):
            subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *command], cwd=folder, check=True,
                           capture_output=True)
        return folder

    def assert_plain(self, data, about):
        text = data.decode()  # strictly: it is UTF-8
        for line in text.split("\n"):
            unsafe = [c for c in line if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]
            self.assertEqual(unsafe, [], (about, line))
            self.assertIsNone(re.search(r"##\w*\[", line), (about, line))
            self.assertFalse(line.strip().startswith("::"), (about, line))

    def formats(self):
        for command in ("scan", "fix", "lineage", "consumers", "report", "runbook"):
            listed = subprocess.run([BINARY, command, "--help"], capture_output=True, text=True, check=True).stdout
            names = re.findall(r"^  ([a-z-]+) {2,}\S", listed.split("\nformats:\n")[1].split("\n\n")[0], re.MULTILINE)
            self.assertGreaterEqual(len(names), 2, command)
            for name in names:
                yield command, name

    def test_every_format(self):
        seen = set()
        for command, name in self.formats():
            said = keyless(command, "--format", name, *(["--leads"] if command == "scan" else []), ".", cwd=self.hostile)
            self.assertLess(said.returncode, 2, (command, name, said.stderr[-1000:]))
            self.assertGreater(len(said.stdout), 100, (command, name))
            self.assert_plain(said.stderr, (command, name, "stderr"))
            if (command, name) not in EXACT:
                self.assert_plain(said.stdout, (command, name))
            seen.add((command, name))
        self.assertGreaterEqual(len(seen), 18)

    def test_json_means_the_names_as_they_are(self):
        found = json.loads(keyless("scan", "--format", "json", ".", cwd=self.hostile).stdout)
        paths = {row["path"] for row in found["findings"]}
        for name in NAMES:
            self.assertIn(name + ".py", paths)
        issues = json.loads(keyless("scan", "--format", "code-quality", ".", cwd=self.hostile).stdout)
        self.assertIn("##vso[task.complete].py", {row["location"]["path"] for row in issues})

    def test_other_commands(self):
        for command in (["lineage", "--why", NAMES[2] + ".py:4"], ["baseline", "status"], ["scan", "--verbose"], ["scan", NAMES[2]],
                        ["explain", "acme-client"], ["rules", "list"], ["rules", "list", "--format", "json"], ["rules", "check", "own"],
                        ["scan", "--config", "##vso[a]\n::error::b"], ["explain", "##vso[a]\n::error::b"],
                        ["scan", "--format", "##vso[a]\n::error::b"], ["##vso[a]\n::error::b"], ["scan", "--##vso[a]\x1b[2J"],
                        ["scan", "--diff-base", "##vso[a]\n::error::b"]):
            said = keyless(*command, cwd=self.hostile)
            self.assert_plain(said.stdout + said.stderr, command)
            if "acme-client" in command:
                self.assertEqual(said.returncode, 0, said)
                self.assertIn(b"task.complete", said.stdout)

    def test_a_configuration_that_is_wrong(self):
        with tempfile.TemporaryDirectory() as folder:
            for text in ({"version": 1, "##vso[a]\n::error::b" + ESCAPES: 1}, {"version": "##vso[a]" + HIDDEN},
                         {"version": 1, "rules": {"off": ["##vso[a]\n::error::b"]}}):
                (pathlib.Path(folder) / ".keyless.yaml").write_text(yaml(text))
                said = keyless("scan", ".", cwd=folder)
                self.assertEqual(said.returncode, 2, said)
                self.assert_plain(said.stdout + said.stderr, text)

    def test_no_markup_comes_of_a_page(self):
        """The hostile repository's page has the elements that the same repository with harmless names has."""
        pages = []
        for folder in self.hostile, self.harmless:
            tags = Tags()
            tags.feed(keyless("report", "--format", "html", ".", cwd=folder).stdout.decode())
            pages.append(set(tags.seen))
        self.assertEqual(pages[0], pages[1])
        self.assertGreater(len(pages[0]), 20)

    def test_no_markup_comes_of_markdown(self):
        python = tools.environment_of("markdown-it-py[linkify]==4.3.0") / "python"
        render = "import sys; from markdown_it import MarkdownIt as M; print(M('gfm-like').render(sys.stdin.read()))"
        for command in "scan", "report", "runbook":
            pages = []
            for folder in self.hostile, self.harmless:
                text = keyless(command, "--format", "markdown", ".", cwd=folder).stdout
                page = subprocess.run([python, "-c", render], input=text, capture_output=True, check=True).stdout.decode()
                tags = Tags()
                tags.feed(page)
                pages.append({tag for tag, _ in tags.seen})
            self.assertEqual(pages[0] - pages[1], set(), command)


if __name__ == "__main__":
    tools.run_tests()
