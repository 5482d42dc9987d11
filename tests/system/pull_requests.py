"""The repository that the scripted pull requests change, and Git for it. Nothing of the machine's Git settings is used."""
import os
import pathlib
import subprocess

from scanning import keyless, write

KEYED = 'from openai import AzureOpenAI\n\n{name} = AzureOpenAI(azure_endpoint="https://a.openai.azure.com", api_key=KEY)\n'
TOKENS = ('from openai import AzureOpenAI\n\n\ndef connect(provider):\n'
          '    return AzureOpenAI(azure_endpoint="https://a.openai.azure.com", azure_ad_token_provider=provider)\n')
CONFIGURATION = """version: 1
paths:
  exclude: ['old/**', 'docs/**']
rules:
  off: [python-key-read-weak]
  severity: {dotenv-key-setting: medium, terraform-role-contributor: high, python-key-read: low}
  folders: [security/rules]
names:
  key: [ACME_LLM_CREDENTIAL, ACME_CHAT_CREDENTIAL]
  endpoint: [ACME_LLM_URL]
wrappers:
  - {call: acme.llm.client, credential: 0, endpoint: url}
hosts:
  - {host: '*.ai.acme.example', azure: yes, service: openai, entra: subdomain}
exceptions:
  - {rule: python-openai-azure-client, path: 'legacy/**', until: 2099-03-31, owner: chat, ticket: CHAT-12, reason: replaced}
"""
RULE = """id: acme-ai-client
category: client-key
title: A client of Acme AI is given a key
message: This client is given a key; pass the token provider instead.
help: Ask the platform team.
languages: [python]
match: {call: {to: [acme.ai.AcmeAI], input: api_key}}
examples:
  - ok: "x = 1\\n"
"""
WORKFLOW = """name: check
on:
  pull_request:
  push: {branches: [main]}
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: make
  keyless:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with: {fetch-depth: 0}
      - name: install
        run: pip install keyless==1.4.0
      - name: keyless
        run: |
          keyless scan --diff-base auto --fail-on medium --min-coverage 90 --format sarif --output keyless.sarif .
"""
GITLAB = """test:
  script: [make]
keyless:
  stage: test
  image: registry.acme.example/keyless:1.4.0
  script:
    - keyless scan --diff-base auto .
"""
AZURE = """trigger: [main]
pr: [main]
steps:
  - script: make
  - script: keyless scan --diff-base auto .
    displayName: keyless
"""
HOOKS = """repos:
  - repo: https://git.acme.example/keyless
    rev: v1.4.0
    hooks:
      - id: keyless-scan
"""
PLAIN_SETTINGS = '{"AZURE_OPENAI_ENDPOINT": "https://a.openai.azure.com"}\n'
FILES = {
    ".keyless.yaml": CONFIGURATION,
    ".gitattributes": "*.png binary\n",
    ".github/workflows/check.yml": WORKFLOW,
    ".gitlab-ci.yml": GITLAB,
    "azure-pipelines.yml": AZURE,
    ".pre-commit-config.yaml": HOOKS,
    "requirements-dev.txt": "pytest==8.2.0\nkeyless==1.4.0\n",
    "security/rules/acme-ai-client.yaml": RULE,
    "app/chat.py": KEYED.format(name="chat"),
    "app/tokens.py": TOKENS,
    "app/plain.py": "import os\n\nNAME = os.environ.get('NAME')\n",
    "app/excused.py": KEYED.format(name="excused").replace(
        "\n\n", "\n\n# keyless: ignore[python-openai-azure-client] until=2099-01-31 owner=chat ticket=CHAT-7 moves in spring\n"),
    "legacy/old_client.py": KEYED.format(name="old_client"),
    "web/client.ts": 'import { AzureOpenAI } from "openai";\n\nexport const client = new AzureOpenAI({ azureADTokenProvider: provider });\n',
    "infra/main.tf": 'resource "azurerm_cognitive_account" "a" {\n  name               = "a"\n  kind               = "OpenAI"\n'
                     '  local_auth_enabled = false\n}\n',
    "settings/app.json": PLAIN_SETTINGS,
    "README.md": "# Shop\n",
}


def git(folder, *arguments):
    environment = {"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "HOME": str(folder),
                   "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "a",
                   "GIT_COMMITTER_EMAIL": "a@example.com"}
    return subprocess.run(["git", "-c", "init.defaultBranch=main", "-c", "core.hooksPath=/dev/null", *map(str, arguments)],
                          cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout.strip()


def commit(folder, message):
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)


def make_repository(folder):
    """Branch main with a baseline of what is there."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q")
    for name, text in FILES.items():
        write(folder, name, text)
    run = keyless("baseline", "write", "--no-progress", folder)
    assert run.returncode == 0, run.stderr.decode()
    commit(folder, "start")
    return folder


def change(folder, name, old, new):
    """Replaces a text that must be there."""
    path = folder / name
    text = path.read_text()
    assert old in text, f"{name}: {old!r} is not there"
    path.write_text(text.replace(old, new, 1))
