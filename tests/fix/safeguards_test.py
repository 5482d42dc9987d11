#!/usr/bin/env python3
"""Each safeguard of a rewrite stops what it is there for: the files stay as they were, and the reason is said.

The rules that would break something stand in the scanned repository, as a company's own rules do; the binary's own rules
are not known to write such things. scripts/mutate switches each safeguard off and expects this test to fail."""
import os
import pathlib
import subprocess
import sys
import tempfile

BINARY = os.environ["KEYLESS_BINARY"]
GIT = ["git", "-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "core.autocrlf=false"]

OWN_RULE = """id: acme-client
category: client-key
title: A client of Acme AI is given a key
message: Pass the token provider instead.
languages: [python]
match: {call: {to: [acme.ai.AcmeAI], input: api_key}}
role: sink
fix:
  safety: safe
  edits:
    - %s
examples:
  - file: app.py
    bad: "from acme.ai import AcmeAI\\nclient = AcmeAI(api_key=KEY)\\n"
"""
OWN_CLIENT = """import os
from acme.ai import AcmeAI

client = AcmeAI(azure_endpoint="https://contoso.openai.azure.com", api_key=os.environ["AZURE_OPENAI_API_KEY"])
"""
CLIENT = """import os
from openai import AzureOpenAI

client = AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", api_key=os.environ["AZURE_OPENAI_API_KEY"])
"""
RAW = """import os
import requests

answer = requests.post(
    "https://%s/openai/deployments/chat/chat/completions?api-version=2024-06-01",
    headers={"api-key": os.environ["AZURE_OPENAI_API_KEY"]},
    json={},
)
"""
SWITCH = """import os
from openai import OpenAI

azure = "https://contoso.openai.azure.com/openai/v1/"
client = OpenAI(base_url=azure if os.environ.get("AZURE") else "https://api.openai.com/v1", api_key=os.environ["AZURE_OPENAI_API_KEY"])
"""
ACCOUNT = """resource "azurerm_cognitive_account" "chat" {
  name                  = "chat"
  location              = "westeurope"
  resource_group_name   = "rg"
  kind                  = "OpenAI"
  sku_name              = "S0"
  custom_subdomain_name = "chat"
}
"""


def own(edit):
    return {".keyless.yaml": "version: 1\nrules: {folders: [rules]}\n", "rules/acme-client.yaml": OWN_RULE % edit,
            "app.py": OWN_CLIENT}


# safeguard: files, those that must stay as they are, a part of the reason, options
CASES = {
    "parses": (own('replace_input: api_key\n      with: {token: "(("}'), ["app.py"], "would not parse", []),
    "finding-gone": (own('replace_input: api_key\n      with: {api_key: "str($value)"}'), ["app.py"], "would still be there", []),
    "nothing-new": (own('replace_callee: AcmeAI\n      with: {callee: "ai.AzureOpenAI"}'), ["app.py"], "new finding", []),
    "edits-apart": ({**own("remove_input: api_key"), "app.py": OWN_CLIENT.replace(
                         'api_key=', 'second_key=os.environ["AZURE_OPENAI_API_KEY"], api_key='),
                     "rules/acme-other.yaml": (OWN_RULE % "remove_input: second_key").replace("acme-client", "acme-other")
                     .replace("api_key", "second_key")}, ["app.py"], "touch each other", []),
    "no-reader": ({"app.py": CLIENT, ".env": "AZURE_OPENAI_API_KEY=\n", "run.ps1": "echo $env:AZURE_OPENAI_API_KEY\n"},
                  [".env"], "not analysed", ["--through", "cleanup"]),
    "own-key": ({"app.py": SWITCH}, ["app.py"], "shared-key-name", []),
    "own-source": ({"app.py": CLIENT, ".gitattributes": "app.py linguist-generated\n"}, ["app.py"], "generated or vendored", []),
    "not-test-code": ({"tests/test_app.py": CLIENT}, ["tests/test_app.py"], "test code is changed by hand", []),
    "takes-tokens": ({"app.py": RAW % "westeurope.api.cognitive.microsoft.com"}, ["app.py"], "takes no tokens", []),
    "fit-for-tokens": ({"app.jsx": '"use client"\nimport { AzureOpenAI } from "openai";\n\nexport const client = new AzureOpenAI({\n'
                        '  endpoint: "https://contoso.openai.azure.com",\n  apiKey: process.env.AZURE_OPENAI_API_KEY,\n});\n'},
                       ["app.jsx"], "runs in the browser", []),
    "lock-evidence": ({"main.tf": ACCOUNT}, ["main.tf"], "nobody knows whether other repositories", ["--through", "lock"]),
    "committed": ({"app.py": CLIENT, "changed": ""}, ["app.py"], "uncommitted changes", []),
}


def check(name, files, stay, reason, options):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        for step in (["init", "-q"], ["add", "-fA"], ["commit", "-qm", "all"]):
            subprocess.run(GIT + step, cwd=root, check=True, stdout=subprocess.DEVNULL)
        if "changed" in files:
            (root / stay[0]).write_text(files[stay[0]] + "# mine\n")
        before = {path: (root / path).read_bytes() for path in stay}
        done = subprocess.run([BINARY, "fix", "--write", "--review", "--no-progress", *options, folder], check=False,
                              capture_output=True)
        said = (done.stdout + done.stderr).decode()
        problems = [f"{name}: {path} was changed" for path in stay if (root / path).read_bytes() != before[path]]
        if reason not in said:
            problems.append(f"{name}: '{reason}' is not said, but: {said[-600:]}")
        return problems


def main():
    wanted = sys.argv[1:] or CASES
    problems = [p for name in wanted for p in check(name, *CASES[name])]
    print("\n".join(problems))
    return 1 if problems else 0


sys.exit(main())
