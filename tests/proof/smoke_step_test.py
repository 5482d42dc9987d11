"""The step that `fix --with-smoke-test` writes: where it stands, and what it says when it runs against the emulator."""
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import unittest

try:
    import aiohttp  # noqa: F401 - the emulator needs it
except ImportError:
    # scripts/proof keeps an environment that has it; without that the test is skipped.
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    python = cache / "keyless-proof/runner/bin/python"
    if not python.exists() or str(python) == sys.executable:
        print("skipped: aiohttp is not installed")
        sys.exit(77)
    os.execv(python, [str(python), *sys.argv])

HERE = pathlib.Path(__file__).resolve().parent
BINARY = os.environ.get("KEYLESS_BINARY", "")
NAME = "Smoke test of Azure OpenAI without a key"
APP = """import os

from openai import AzureOpenAI

client = AzureOpenAI(azure_endpoint=os.environ["AZURE_OPENAI_ENDPOINT"], api_key=os.environ["AZURE_OPENAI_API_KEY"])
"""
WORKFLOW = """name: deploy
on: push
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: pytest
  deploy:
    runs-on: ubuntu-latest
    env:
      AZURE_OPENAI_ENDPOINT: ${{ vars.CHAT_ENDPOINT }}
    steps:
      - uses: actions/checkout@v4
      - name: Deploy
        if: github.ref == 'refs/heads/main'
        uses: azure/webapps-deploy@v3
        with:
          app-name: chat
          publish-profile: ${{ secrets.PROFILE }}

      - run: echo done
  other:
    runs-on: ubuntu-latest
    steps:
    - run: |
        # azd deploy stands in a comment only
        echo no
    - run: |
        azd deploy --no-prompt
"""
# What stands for the Azure CLI: the token comes from the managed identity that the emulator plays.
AZ = """#!/bin/bash
[ "$1 $2 $3" = "account get-access-token --scope" ] || exit 2
[ -n "$IDENTITY_ENDPOINT" ] || { echo "Please run 'az login'" >&2; exit 1; }
curl --silent --header "X-IDENTITY-HEADER: $IDENTITY_HEADER" "$IDENTITY_ENDPOINT?resource=${4%/.default}" |
  python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])'
"""


def fixed(folder: pathlib.Path) -> str:
    workflow = folder / ".github/workflows/deploy.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text(WORKFLOW)
    (folder / "app.py").write_text(APP)
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.invalid"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *command], cwd=folder, check=True)
    texts = []
    for _ in range(2):
        subprocess.run([BINARY, "fix", "--write", "--review", "--allow-dirty", "--with-smoke-test", "."], cwd=folder,
                       capture_output=True, check=False)
        texts.append(workflow.read_text())
    assert texts[0] == texts[1], "a second run changed the workflow again"
    return texts[0]


def script_of(text: str) -> str:
    """The lines of the first smoke test's script, without their indentation."""
    lines = text[text.index(f"- name: {NAME}"):].splitlines()
    start = next(i for i, line in enumerate(lines) if line.strip() == "run: |") + 1
    width = len(lines[start]) - len(lines[start].lstrip())
    script = []
    for line in lines[start:]:
        if line.strip() and len(line) - len(line.lstrip()) < width:
            break
        script.append(line[width:])
    return "\n".join(script) + "\n"


@unittest.skipUnless(BINARY, "KEYLESS_BINARY is not set")
class SmokeStep(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.scratch.name)
        (cls.folder / "repository").mkdir()
        cls.text = fixed(cls.folder / "repository")
        (cls.folder / "bin").mkdir()
        az = cls.folder / "bin/az"
        az.write_text(AZ)
        az.chmod(0o755)
        (cls.folder / "step.sh").write_text(script_of(cls.text))

    @classmethod
    def tearDownClass(cls) -> None:
        cls.scratch.cleanup()

    def run_step(self, *options: str, endpoint: str | None = None):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        log = self.folder / "log"
        log.write_text("")
        variables = {"PATH": f"{self.folder}/bin:/usr/bin:/bin", "TOKEN_SCOPE": "https://cognitiveservices.azure.com/.default",
                     "AZURE_OPENAI_ENDPOINT": f"https://localhost:{port}/" if endpoint is None else endpoint}
        command = [sys.executable, "-m", "emulator", "--https-port", str(port), "--log", str(log), *options, "--", "bash",
                   "--noprofile", "--norc", "-eo", "pipefail", str(self.folder / "step.sh")]
        done = subprocess.run(command, cwd=HERE, env=variables, capture_output=True, text=True, timeout=60, check=False)
        return done.returncode, done.stdout, [json.loads(line) for line in log.read_text().splitlines()]

    def test_the_step_stands_behind_the_deployment(self) -> None:
        deploy, other = self.text.split("  other:\n")
        self.assertEqual(deploy.count(NAME), 1)
        self.assertEqual(other.count(NAME), 1)
        self.assertLess(deploy.index("uses: azure/login@"), deploy.index("uses: azure/webapps-deploy@"))
        self.assertLess(deploy.index("uses: azure/webapps-deploy@"), deploy.index(NAME))
        self.assertLess(deploy.index(NAME), deploy.index("echo done"))
        step = deploy[deploy.index(NAME):]
        self.assertIn("if: github.ref == 'refs/heads/main'", step)
        self.assertIn("AZURE_OPENAI_ENDPOINT: ${{ vars.CHAT_ENDPOINT }}\n", step)
        self.assertIn("AZURE_OPENAI_ENDPOINT: ${{ vars.AZURE_OPENAI_ENDPOINT }}\n", other)
        self.assertIn("id-token: write", self.text)

    def test_a_token_is_accepted(self) -> None:
        code, printed, log = self.run_step("--keys", "off")
        self.assertEqual(code, 0, printed)
        calls = [line for line in log if line["plane"] == "data"]
        self.assertEqual([line["credentials"] for line in calls], [["bearer-token"]])

    def test_a_role_that_is_missing_is_said(self) -> None:
        code, printed, _ = self.run_step("--no-role")
        self.assertEqual(code, 1)
        self.assertIn("::error title=Smoke test of Azure OpenAI::401: the identity lacks the role", printed)
        self.assertIn("lacks the required data action", printed)

    def test_no_sign_in_is_said(self) -> None:
        code, printed, log = self.run_step("--identity", "none")
        self.assertEqual(code, 1)
        self.assertIn("no token", printed)
        self.assertEqual(log, [])

    def test_an_endpoint_that_is_missing_is_said(self) -> None:
        code, printed, _ = self.run_step(endpoint="")
        self.assertEqual(code, 1)
        self.assertIn("AZURE_OPENAI_ENDPOINT is empty", printed)


if __name__ == "__main__":
    unittest.main()
