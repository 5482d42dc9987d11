#!/usr/bin/env python3
"""`consumers` on the real binary: every caller with its state, the ledger, --check, and the file as evidence for the lock."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from scanning import keyless, write

ACCOUNT = """resource "azurerm_cognitive_account" "openai" {
  name                  = "oai-shop"
  location              = "swedencentral"
  resource_group_name   = "rg-shop"
  kind                  = "OpenAI"
  sku_name              = "S0"
  custom_subdomain_name = "oai-shop"
}
"""
KEYED = """import os
from openai import AzureOpenAI

client = AzureOpenAI(
    api_key=os.environ["AZURE_OPENAI_API_KEY"],
    azure_endpoint="https://oai-shop.openai.azure.com",
)
"""
KEYLESS = """from azure.identity import DefaultAzureCredential, get_bearer_token_provider
from openai import AzureOpenAI

provider = get_bearer_token_provider(DefaultAzureCredential(), "https://cognitiveservices.azure.com/.default")
client = AzureOpenAI(
    azure_endpoint="https://oai-shop.openai.azure.com",
    azure_ad_token_provider=provider,
)
"""
LEDGER = """version: 1
consumers:
  - {account: azurerm_cognitive_account.openai, name: nightly export, owner: data, reason: moves soon, until: UNTIL}
"""


class ConsumersTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.base = pathlib.Path(holder.name).resolve()
        self.folder = self.base / "shop"
        write(self.folder, "infra/main.tf", ACCOUNT)
        write(self.folder, "requirements.txt", "openai==1.55.0\nazure-identity==1.19.0\n")

    def commit(self, when="now"):
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
        if when != "now":
            environment.update(GIT_COMMITTER_DATE=when, GIT_AUTHOR_DATE=when)
        for arguments in ["init", "-q"], ["add", "-A"], ["commit", "-q", "--allow-empty", "-m", "all"]:
            subprocess.run(["git", "-c", "user.name=T", "-c", "user.email=t@example.com", *arguments], cwd=self.folder,
                           check=True, capture_output=True, env=environment)

    def consumers(self, *arguments, exits=0):
        run = keyless("consumers", "--no-progress", "--format", "json", *arguments, self.folder)
        self.assertEqual(run.returncode, exits, run)
        return json.loads(run.stdout)

    def states(self, report):
        return sorted((c["state"], c["name"]) for account in report["accounts"] for c in account["consumers"])

    def lock_patch(self, *arguments, exits=None):
        run = keyless("fix", "--no-progress", "--quiet", *arguments, self.folder)
        if exits is not None:
            self.assertEqual(run.returncode, exits, run)
        return run.stdout.decode()

    def test_a_caller_with_a_key_and_one_without(self):
        write(self.folder, "old.py", KEYED)
        write(self.folder, "new.py", KEYLESS)
        report = self.consumers("--check", exits=1)
        self.assertEqual(self.states(report), [("key", "old.py"), ("keyless", "new.py")])
        self.assertFalse(report["accounts"][0]["safe"])
        self.assertEqual(report["schema"], "keyless/1")

    def test_both_ways_in_one_file_are_dual_mode(self):
        write(self.folder, "both.py", KEYED + KEYLESS.replace("client", "other"))
        self.assertEqual(self.states(self.consumers()), [("dual-mode", "both.py"), ("keyless", "both.py")])

    def test_no_known_consumer_is_not_safe(self):
        report = self.consumers("--check", exits=1)
        self.assertEqual([account["consumers"] for account in report["accounts"]], [[]])

    def test_an_output_of_the_key_is_open(self):
        write(self.folder, "new.py", KEYLESS)
        write(self.folder, "infra/out.tf", 'output "key" {\n  value     = azurerm_cognitive_account.openai.primary_access_key\n'
              '  sensitive = true\n}\n')
        states = self.states(self.consumers("--check", exits=1))
        self.assertIn(("open", "infra/out.tf"), states)

    def test_all_keyless_is_safe(self):
        write(self.folder, "new.py", KEYLESS)
        self.commit()
        report = self.consumers("--check")
        self.assertEqual(self.states(report), [("keyless", "new.py")])
        self.assertTrue(report["roots"][0]["committed"].startswith("20"))

    def test_a_token_in_the_place_of_the_key_is_keyless(self):
        head = KEYLESS[:KEYLESS.index("client =")]
        write(self.folder, "v1.py", head.replace("AzureOpenAI", "OpenAI")
              + 'client = OpenAI(base_url="https://oai-shop.openai.azure.com/openai/v1/", api_key=provider)\n')
        write(self.folder, "search.py", """from azure.ai.inference import ChatCompletionsClient
from azure.identity import DefaultAzureCredential

credential = DefaultAzureCredential()
client = ChatCompletionsClient("https://oai-shop.services.ai.azure.com/models", credential)
""")
        write(self.folder, "raw.py", """import requests
from azure.identity import DefaultAzureCredential

credential = DefaultAzureCredential()
token = credential.get_token("https://cognitiveservices.azure.com/.default")
requests.post("https://oai-shop.openai.azure.com/openai/v1/responses", headers={"Authorization": f"Bearer {token.token}"})
""")
        write(self.folder, "github.py", """import requests
from azure.identity import DefaultAzureCredential

credential = DefaultAzureCredential()
requests.get("https://api.github.com/user", headers={"Authorization": f"Bearer {credential.get_token('x').token}"})
""")
        self.commit()
        states = self.states(self.consumers())
        self.assertEqual(states, [("keyless", "raw.py"), ("keyless", "search.py"), ("keyless", "v1.py")])

    def test_the_ledger_counts_until_its_day(self):
        write(self.folder, "new.py", KEYLESS)
        write(self.folder, ".keyless.yaml", LEDGER.replace("UNTIL", "2999-12-31"))
        self.assertIn(("ledger", "nightly export"), self.states(self.consumers("--check")))
        write(self.folder, ".keyless.yaml", LEDGER.replace("UNTIL", "2020-12-31"))
        self.assertIn(("expired", "nightly export"), self.states(self.consumers("--check", exits=1)))

    def test_the_file_is_evidence_for_the_lock(self):
        write(self.folder, "new.py", KEYLESS)
        self.commit()
        evidence = self.base / "consumers.json"
        self.consumers("--write", evidence)
        self.assertEqual(json.loads(evidence.read_bytes()), self.consumers())
        # Nobody knows; then the file knows.
        self.assertIn("BLOCKED", self.lock_patch())
        patch = self.lock_patch("--consumers", evidence)
        self.assertNotIn("BLOCKED", patch)
        self.assertIn("\n+  local_auth_enabled    = false\n", patch)
        self.assertNotIn("BLOCKED", self.lock_patch("--all-consumers-here"))

    def test_evidence_with_an_open_consumer_or_of_long_ago_blocks(self):
        write(self.folder, "new.py", KEYLESS)
        self.commit()
        evidence = self.base / "consumers.json"
        self.consumers("--write", evidence)
        text = evidence.read_text()
        evidence.write_text(text.replace('"keyless", "name": "new.py"', '"key", "name": "other/app.py"'))
        self.assertIn("other/app.py (key)", self.lock_patch("--consumers", evidence))
        self.commit(when="2020-01-01T00:00:00Z")
        self.consumers("--write", evidence)
        self.assertIn("too old", self.lock_patch("--consumers", evidence))
        evidence.write_text("{}")
        run = keyless("fix", "--consumers", evidence, self.folder)
        self.assertEqual((run.returncode, run.stdout), (2, b""), run)
        self.assertIn(b"is not a file of consumers", run.stderr)


if __name__ == "__main__":
    unittest.main()
