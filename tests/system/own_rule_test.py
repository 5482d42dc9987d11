#!/usr/bin/env python3
"""A constructor of an SDK that nobody here knows is added from outside by one YAML file, and is linked like any other."""
import sys
import tempfile

from scanning import keyless, scan, write

RULE = """id: acme-ai-client
category: client-key
title: A client of Acme AI is given a key
message: This client is given a key of an Azure AI account; pass the token provider instead.
languages: [python]
match: {call: {to: [acme.ai.AcmeAI], input: api_key}}
role: sink
examples:
  - file: app.py
    bad: "from acme.ai import AcmeAI\\nclient = AcmeAI(api_key=KEY)\\n"
  - ok: "from acme.ai import AcmeAI\\nclient = AcmeAI(credential=credential)\\n"
"""
CODE = """import os
from acme import ai

KEY = os.environ["ASSISTANT_CREDENTIAL"]
client = ai.AcmeAI(
    api_key=KEY,
)
"""


def main():
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        write(folder, "app.py", CODE)
        write(folder, "same_name.py", "from other import AcmeAI\n\nclient = AcmeAI(api_key=KEY)\n")
        write(folder, ".env", "ASSISTANT_CREDENTIAL=\n")
        if scan(folder)["findings"]:
            problems.append("found without the rule")
        write(folder, "tools/keys/acme-ai-client.yaml", RULE)
        write(folder, ".keyless.yaml", "version: 1\nrules: {folders: [tools/keys]}\n")
        check = keyless("rules", "check", f"{folder}/tools/keys")
        if check.returncode:
            problems.append(f"rules check: {check.stdout.decode()}{check.stderr.decode()}")
        report = scan(folder)
        found = {(f["rule"], f["path"], f["start"]["line"]): f for f in report["findings"]}
        client = found.get(("acme-ai-client", "app.py", 6))
        if client is None:
            problems.append(f"the client is not found: {sorted(found)}")
        elif client["category"] != "client-key":
            problems.append(f"category {client['category']}")
        listed = keyless("rules", "list", cwd=folder).stdout.decode()
        if "acme-ai-client" not in listed or "python-openai-azure-client" not in listed:
            problems.append("rules list does not know the rule")
        if b"A client of Acme AI is given a key" not in keyless("explain", "acme-ai-client", cwd=folder).stdout:
            problems.append("explain does not know the rule")
        if keyless("explain", "acme-ai-client", cwd="/").returncode != 2:
            problems.append("explain knows the rule of a repository that it does not stand in")
        if any(path == "same_name.py" for _, path, _ in found):
            problems.append("a class of another package with the same name is found")
        # The name says nothing; that it feeds the new client does.
        linked = {(path, f["category"]) for (_, path, _), f in found.items() if client and f["lineage"] == client["lineage"]}
        if not {("app.py", "key-read"), (".env", "key-setting")} <= linked:
            problems.append(f"read and setting are not linked to the client: {sorted(linked)}")
        if not any(rule["id"] == "acme-ai-client" for rule in report["rules"]):
            problems.append("the report does not describe the rule")
    print("\n".join(problems))
    return 1 if problems else 0


sys.exit(main())
