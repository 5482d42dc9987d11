#!/usr/bin/env python3
"""The exit code of the real binary is what a pipeline acts on: 0 clean, 1 findings at the gate, 2 bad input with its place,
3 nothing at the gate but files were lost."""
import pathlib
import tempfile
import unittest

from scanning import keyless, write

KEYED = 'from openai import AzureOpenAI\n\nclient = AzureOpenAI(azure_endpoint="https://a.openai.azure.com", api_key=KEY)\n'
CLEAN = 'from openai import AzureOpenAI\n\nclient = AzureOpenAI(azure_endpoint=A, azure_ad_token_provider=provider)\n'


class ExitCodes(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name) / "shop"
        self.folder.mkdir()

    def ends(self, code, *arguments, says=""):
        run = keyless(*arguments, cwd=self.folder)
        told = run.stderr.decode()
        self.assertEqual(run.returncode, code, told + run.stdout.decode()[-500:])
        self.assertIn(says, told)
        return run

    def test_zero_without_findings(self):
        write(self.folder, "app.py", CLEAN)
        self.ends(0, "scan", self.folder)
        self.ends(0, "scan")
        self.ends(0, "lineage", self.folder)

    def test_one_with_findings(self):
        write(self.folder, "app.py", KEYED)
        for form in "text", "json", "sarif":
            self.ends(1, "scan", "--format", form, self.folder)
        self.ends(1, "scan", "--output", self.folder / "out.txt", self.folder)

    def test_fail_on_sets_the_gate(self):
        write(self.folder, "app.py", KEYED)
        self.ends(1, "scan", "--fail-on", "high", self.folder)
        self.ends(0, "scan", "--fail-on", "never", self.folder)
        write(self.folder, ".keyless.yaml", "version: 1\nrules: {severity: {python-openai-azure-client: low}}\n")
        for level, code in ("low", 1), ("medium", 0), ("high", 0), ("never", 0):
            self.ends(code, "scan", "--fail-on", level, self.folder)
        self.ends(0, "scan", self.folder)

    def test_a_rule_that_is_off_finds_nothing(self):
        write(self.folder, "app.py", KEYED)
        write(self.folder, ".keyless.yaml", "version: 1\nrules: {off: [python-openai-azure-client]}\n")
        self.ends(0, "scan", self.folder)

    def test_two_for_bad_arguments(self):
        self.ends(2, "scan", "--burn", says="--burn")
        self.ends(2, "burn", says="burn")
        self.ends(2, "scan", self.folder / "nowhere", says="nowhere")
        self.ends(2, "scan", "--fail-on", "sometimes", self.folder, says="sometimes")
        self.ends(2, "scan", "--format", "pigeon", self.folder, says="pigeon")
        self.ends(2, "scan", "--threads", "many", self.folder, says="many")
        self.ends(2, "scan", "--baseline", "nowhere.json", self.folder, says="nowhere.json")
        self.ends(2, "explain", "no-such-rule", says="no-such-rule")

    def test_two_for_bad_configuration_with_its_place(self):
        for text, line in (("version: 1\npath: {}\n", 2), ("version: 2\n", 1), ("version: 1\nrules:\n  off: [no-such-rule]\n", 3),
                           ("version: 1\nrules: [\n", 3), ("version: 1\n\nrules: {severity: {dotenv-key: bad}}\n", 3)):
            write(self.folder, ".keyless.yaml", text)
            self.ends(2, "scan", self.folder, says=f".keyless.yaml:{line}: ")

    def test_two_for_bad_rules_with_their_place(self):
        rule = "id: acme\ncategory: client-key\ntitle: t\nmessage: m\nlanguages: [python]\nmatch: {cal: {to: [a], input: b}}\n"
        write(self.folder, "own/acme.yaml", rule)
        self.ends(2, "rules", "check", self.folder / "own", says="acme.yaml:6: ")
        write(self.folder, ".keyless.yaml", "version: 1\nrules: {folders: [own]}\n")
        self.ends(2, "scan", self.folder, says="acme.yaml:6: ")
        write(self.folder, ".keyless.yaml", "version: 1\nrules: {folders: [nowhere]}\n")
        self.ends(2, "scan", self.folder, says="nowhere")

    def test_three_for_a_lost_file(self):
        write(self.folder, "large.py", CLEAN + "#" * 5_000_000)
        self.ends(3, "scan", self.folder, says="large.py")
        write(self.folder, ".keyless.yaml", "version: 1\npaths: {exclude: [large.py]}\n")
        self.ends(0, "scan", self.folder)
        (self.folder / ".keyless.yaml").unlink()
        write(self.folder, "app.py", KEYED)
        self.ends(1, "scan", self.folder, says="large.py")
        self.ends(3, "scan", "--fail-on", "never", self.folder)

    def test_three_for_a_file_that_takes_too_long(self):
        # Every `a<` may begin type arguments: the parser's time grows with the square, its deadline with the size.
        write(self.folder, "deep.ts", "AZURE_OPENAI_API_KEY;" + "a<" * 1_800_000)
        self.ends(3, "scan", self.folder, says="deep.ts")

    def test_a_baseline_accepts_what_is_known(self):
        write(self.folder, "app.py", KEYED)
        self.ends(0, "baseline", "write", self.folder)
        self.ends(0, "scan", self.folder)
        # What is known stays known when lines move.
        write(self.folder, "app.py", "import sys\n\n" + KEYED)
        self.ends(0, "scan", self.folder)
        write(self.folder, "other/new.py", KEYED.replace("client", "second"))
        run = self.ends(1, "scan", self.folder)
        self.assertIn(b"new.py", run.stdout)
        self.ends(0, "baseline", "write", self.folder)
        self.ends(0, "scan", self.folder)
        (self.folder / "app.py").unlink()
        self.ends(0, "scan", self.folder)


unittest.main()
