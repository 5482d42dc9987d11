#!/usr/bin/env python3
"""A comparison of two states: only what is new blocks, with the lineage of both sides, and the base says how it is judged."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from pull_requests import KEYED, TOKENS, change, commit, git
from scanning import BINARY, keyless, write

CONFIG = "version: 1\nrules: {off: [python-openai-azure-client]}\n"


class Comparisons(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.holder = pathlib.Path(holder.name)
        self.folder = self.holder / "shop"
        self.folder.mkdir()
        git(self.folder, "init", "-q")
        write(self.folder, "app/chat.py", KEYED.format(name="chat"))
        write(self.folder, "app/tokens.py", TOKENS)
        commit(self.folder, "start")
        git(self.folder, "branch", "-f", "base")

    def compare(self, *arguments, folder=None, variables=None):
        command = [BINARY, "scan", "--format", "json", "--no-progress", *map(str, arguments or ("--diff-base", "base")), str(folder or self.folder)]
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CI_", "SYSTEM_", "BUILD_"))}
        run = subprocess.run(command, env={**environment, **(variables or {})}, capture_output=True, timeout=120, check=False)
        self.assertIn(run.returncode, (0, 1, 3), run.stderr.decode())
        report = json.loads(run.stdout)
        blocking = sorted((finding["path"], finding["rule"]) for finding in report["findings"] if finding["blocking"])
        self.assertEqual(run.returncode == 1, bool(blocking))
        return blocking, report

    def test_what_was_there_does_not_block(self):
        self.assertEqual(self.compare()[0], [])
        write(self.folder, "app/chat.py", "import sys\n\n\n" + KEYED.format(name="chat"))
        git(self.folder, "mv", "app/tokens.py", "app/other.py")
        commit(self.folder, "lines move")
        self.assertEqual(self.compare()[0], [])
        write(self.folder, "app/new.py", KEYED.format(name="new"))
        commit(self.folder, "new")
        self.assertEqual(self.compare()[0], [("app/new.py", "python-openai-azure-client")])

    def test_a_renamed_file_is_not_new(self):
        git(self.folder, "mv", "app", "service")
        commit(self.folder, "rename")
        blocking, report = self.compare()
        self.assertEqual(blocking, [])
        self.assertEqual([finding["baseline"] for finding in report["findings"]], ["old"])

    def test_a_place_becomes_a_finding_through_a_change_elsewhere(self):
        write(self.folder, "app/config.py", 'import os\n\nCHAT_CREDENTIAL = os.environ["CHAT_CREDENTIAL"]\n')
        write(self.folder, "app/client.py", "from app.config import CHAT_CREDENTIAL\n")
        commit(self.folder, "a key of nobody")
        git(self.folder, "branch", "-f", "base")
        self.assertEqual(self.compare()[0], [])
        write(self.folder, "app/client.py", "from openai import AzureOpenAI\n\nfrom app.config import CHAT_CREDENTIAL\n\n"
              'client = AzureOpenAI(azure_endpoint="https://a.openai.azure.com", api_key=CHAT_CREDENTIAL)\n')
        commit(self.folder, "now it is Azure's")
        self.assertEqual([path for path, _ in self.compare()[0]], ["app/client.py", "app/config.py"])

    def test_the_base_is_where_the_branches_part(self):
        git(self.folder, "checkout", "-q", "-b", "feature")
        write(self.folder, "README.md", "# text\n")
        commit(self.folder, "feature")
        git(self.folder, "checkout", "-q", "base")
        (self.folder / "app/chat.py").unlink()
        commit(self.folder, "base goes on and removes the key")
        git(self.folder, "checkout", "-q", "feature")
        self.assertEqual(self.compare()[0], [])

    def test_configuration_is_read_at_the_base(self):
        write(self.folder, ".keyless.yaml", CONFIG)
        write(self.folder, "app/new.py", KEYED.format(name="new"))
        commit(self.folder, "new, and switched off")
        self.assertEqual([rule for _, rule in self.compare()[0]], ["governance-rule-off", "python-openai-azure-client"])
        # Also where the command line names the file.
        self.assertIn("python-openai-azure-client", [rule for _, rule in self.compare("--diff-base", "base", "--config", self.folder / ".keyless.yaml")[0]])
        git(self.folder, "branch", "-f", "base")
        write(self.folder, "app/newer.py", KEYED.format(name="newer"))
        commit(self.folder, "switched off before")
        self.assertEqual(self.compare()[0], [])
        # A configuration outside the repository is the user's own.
        write(self.holder, "strict.yaml", "version: 1\n")
        self.assertIn(("app/newer.py", "python-openai-azure-client"), self.compare("--diff-base", "base", "--config", self.holder / "strict.yaml")[0])

    def test_the_index_against_the_last_commit(self):
        self.assertEqual(self.compare("--staged")[0], [])
        write(self.folder, "app/new.py", KEYED.format(name="new"))
        self.assertEqual(self.compare("--staged")[0], [])  # not staged
        git(self.folder, "add", "-A")
        write(self.folder, "app/new.py", TOKENS)  # what is staged counts, not what lies on disk
        self.assertEqual(self.compare("--staged")[0], [("app/new.py", "python-openai-azure-client")])
        git(self.folder, "add", "-A")
        self.assertEqual(self.compare("--staged")[0], [])

    def test_the_first_commit_is_compared_with_nothing(self):
        folder = self.holder / "young"
        folder.mkdir()
        git(folder, "init", "-q")
        write(folder, "a.py", KEYED.format(name="a"))
        git(folder, "add", "-A")
        self.assertEqual(self.compare("--staged", folder=folder)[0], [("a.py", "python-openai-azure-client")])

    def test_an_own_rule_is_read_at_the_base(self):
        rule = ("id: acme\ncategory: client-key\ntitle: t\nmessage: m\nlanguages: [python]\nmatch: {call: {to: [acme.ai.Client], input: key}}\n"
                "examples:\n  - ok: \"x = 1\\n\"\n")
        write(self.folder, "own/acme.yaml", rule)
        write(self.folder, ".keyless.yaml", "version: 1\nrules: {folders: [own]}\n")
        commit(self.folder, "rule")
        git(self.folder, "branch", "-f", "base")
        (self.folder / "own/acme.yaml").unlink()
        write(self.folder, "app/new.py", "from acme.ai import Client\n\nc = Client(key=KEY)\n")
        commit(self.folder, "without the rule")
        self.assertEqual([rule for _, rule in self.compare()[0]], ["acme", "governance-configuration-weakened"])

    def test_the_base_of_a_pull_request_is_found(self):
        git(self.folder, "update-ref", "refs/remotes/origin/base", "base")
        write(self.folder, "app/new.py", KEYED.format(name="new"))
        commit(self.folder, "new")
        start = git(self.folder, "rev-parse", "base")
        write(self.holder, "event.json", json.dumps({"pull_request": {"base": {"sha": start}}}))
        for variables in ({"GITHUB_ACTIONS": "true", "GITHUB_BASE_REF": "base"},
                          {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": str(self.holder / "event.json")},
                          {"TF_BUILD": "True", "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/base"},
                          {"GITLAB_CI": "true", "CI_MERGE_REQUEST_DIFF_BASE_SHA": start}):
            self.assertEqual(self.compare("--diff-base", "auto", variables=variables)[0], [("app/new.py", "python-openai-azure-client")])
        # Outside a pull request everything is judged.
        self.assertEqual(len(self.compare("--diff-base", "auto")[0]), 2)

    def test_a_shallow_clone_says_what_to_add(self):
        write(self.folder, "README.md", "# text\n")
        commit(self.folder, "more")
        start = git(self.folder, "rev-parse", "base")
        clone = self.holder / "clone"
        git(self.holder, "clone", "-q", "--depth", "1", f"file://{self.folder}", clone)
        for variables, words in (({"GITHUB_ACTIONS": "true"}, "fetch-depth: 0"), ({"TF_BUILD": "True"}, "fetchDepth: 0"),
                                 ({"GITLAB_CI": "true"}, "GIT_DEPTH: 0"), ({}, "--unshallow")):
            environment = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CI_"))}
            run = subprocess.run([BINARY, "scan", "--diff-base", start, str(clone)], env={**environment, **variables}, capture_output=True, text=True, check=False)
            self.assertEqual(run.returncode, 2, run)
            self.assertEqual(len(run.stderr.splitlines()), 1, run.stderr)
            self.assertIn(words, run.stderr)

    def test_bad_comparisons_are_refused(self):
        for arguments in (["--diff-base", "nowhere"], ["--diff-base", "--all"], ["--staged", "--diff-base", "base"]):
            run = keyless("scan", *arguments, self.folder)
            self.assertEqual(run.returncode, 2, run)
        plain = self.holder / "plain"
        write(plain, "a.py", "x = 1\n")
        self.assertEqual(keyless("scan", "--diff-base", "base", plain).returncode, 2)

    def test_threads_and_line_ends_make_no_difference(self):
        for number in range(30):
            write(self.folder, f"many/m{number}.py", KEYED.format(name=f"m{number}"))
        commit(self.folder, "many")
        git(self.folder, "branch", "-f", "base")
        change(self.folder, "many/m7.py", "\n\n", "\n\nother = AzureOpenAI(azure_endpoint='https://a.openai.azure.com', api_key=K)\n")
        for path in self.folder.glob("many/*.py"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        answers = [self.compare("--diff-base", "base", "--threads", threads) for threads in (1, 4)]
        self.assertEqual(answers[0], answers[1])
        self.assertEqual(answers[0][0], [("many/m7.py", "python-openai-azure-client")])

    def test_a_nested_template_before_another_makes_nothing_new(self):
        def nested(name, *resources):
            return {"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": name,
                    "properties": {"mode": "Incremental", "template": {
                        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                        "contentVersion": "1.0.0.0", "parameters": {"name": {"type": "string"}}, "resources": list(resources)}}}

        def template(*deployments):
            return json.dumps({"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                               "contentVersion": "1.0.0.0", "resources": list(deployments)}, indent=2)

        account = {"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2023-05-01", "kind": "OpenAI",
                   "name": "[format('{0}-chat', parameters('name'))]", "properties": {"disableLocalAuth": False}}
        write(self.folder, "infra/main.json", template(nested("one", account)))
        commit(self.folder, "a template")
        git(self.folder, "branch", "-f", "base")
        self.assertEqual([finding["path"] for finding in self.compare()[1]["findings"]], ["app/chat.py", "infra/main.json"])
        write(self.folder, "infra/main.json", template(nested("zero"), nested("one", account)))
        commit(self.folder, "another before it")
        self.assertEqual(self.compare()[0], [])

    def test_what_is_compared_is_said(self):
        run = keyless("scan", "--diff-base", "base", self.folder)
        self.assertEqual(run.returncode, 0)
        self.assertIn("compared with " + git(self.folder, "rev-parse", "base")[:8], run.stdout.decode())

    def test_baseline_prune_takes_out_what_is_fixed(self):
        keyless("baseline", "write", self.folder)
        git(self.folder, "mv", "app/chat.py", "app/talk.py")
        self.assertEqual(keyless("baseline", "prune", self.folder).returncode, 0)
        write(self.folder, "app/new.py", KEYED.format(name="new"))
        self.assertEqual(keyless("baseline", "prune", self.folder).returncode, 0)
        baseline = json.loads((self.folder / ".keyless-baseline.json").read_text())
        self.assertEqual([entry["path"] for entry in baseline["findings"]], ["app/talk.py"])
        (self.folder / "app/talk.py").unlink()
        (self.folder / "app/new.py").unlink()
        self.assertEqual(keyless("baseline", "prune", self.folder).returncode, 0)
        self.assertEqual(json.loads((self.folder / ".keyless-baseline.json").read_text())["findings"], [])
        (self.folder / ".keyless-baseline.json").unlink()
        self.assertEqual(keyless("baseline", "prune", self.folder).returncode, 2)

    def test_an_exception_in_a_comment(self):
        words = "keyless: ignore[python-openai-azure-client] until=2099-01-31 owner=chat ticket=C-1 it moves"
        write(self.folder, "app/chat.py", KEYED.format(name="chat").replace("\n\n", f"\n\n# {words}\n"))
        self.assertEqual(keyless("scan", self.folder).returncode, 0)
        write(self.folder, "app/chat.py", KEYED.format(name="chat").replace("\n\n", f"\n\n# {words.replace('2099', '2019')}\n"))
        run = keyless("scan", "--format", "json", self.folder)
        self.assertEqual(run.returncode, 1)
        self.assertEqual({finding["rule"] for finding in json.loads(run.stdout)["findings"]}, {"python-openai-azure-client", "exception-expired"})
        write(self.folder, "web/client.ts", 'import { AzureOpenAI } from "openai";\n\n'
              'export const client = new AzureOpenAI({\n  endpoint: "https://a.openai.azure.com",\n'
              f'  apiKey: key, // {words.replace("python-openai", "javascript-openai")}\n}});\n')
        write(self.folder, "infra/main.tf", f'# {words.replace("python-openai-azure-client", "terraform-account-local-auth")}\n'
              'resource "azurerm_cognitive_account" "a" {\n  kind = "OpenAI"\n}\n')
        write(self.folder, ".env", f'AZURE_OPENAI_API_KEY=x # {words.replace("python-openai-azure-client", "dotenv-key-setting")}\n')
        write(self.folder, "app/chat.py", TOKENS)
        git(self.folder, "add", "-A")
        report = json.loads(keyless("scan", "--format", "json", self.folder).stdout)
        self.assertEqual([finding["path"] for finding in report["findings"] if finding["blocking"]], [])
        self.assertEqual(len(report["findings"]), 3, report["findings"])


unittest.main()
