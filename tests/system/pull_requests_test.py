#!/usr/bin/env python3
"""Pull requests that try to switch the check off. Each stays red through the finding that names what it did; its twin changes the
same file harmlessly and stays green. A new key beside the attempt stays a finding of its own, as if nothing had been tried."""
import concurrent.futures
import json
import os
import pathlib
import shutil
import sys
import tempfile

from pull_requests import AZURE, CONFIGURATION, GITLAB, KEYED, TOKENS, WORKFLOW, change, commit, git, make_repository
from scanning import keyless, write

CONFIG, CHECK, BASELINE = ".keyless.yaml", ".github/workflows/check.yml", ".keyless-baseline.json"
INLINE = "# keyless: ignore[python-openai-azure-client] until=2098-05-31 owner=chat ticket=CHAT-9 later\n"


def edit(name, old, new):
    return lambda folder: change(folder, name, old, new)


def put(name, text):
    return lambda folder: write(folder, name, text)


def append(name, text):
    return lambda folder: write(folder, name, (folder / name).read_text() + text)


def all_of(*steps):
    return lambda folder: [step(folder) for step in steps]


def gone(name):
    return lambda folder: (folder / name).unlink()


def accept(folder):
    run = keyless("baseline", "write", "--no-progress", folder)
    assert run.returncode == 0, run.stderr.decode()


def prune(folder):
    run = keyless("baseline", "prune", "--no-progress", folder)
    assert run.returncode == 0, run.stderr.decode()


def forge(folder):
    """An entry for a finding that is still to come."""
    baseline = json.loads((folder / BASELINE).read_text())
    baseline["findings"].append({**baseline["findings"][0], "id": "0123456789abcdef", "path": "app/next.py", "shape": "fedcba9876543210"})
    write(folder, BASELINE, json.dumps(baseline))


def reformat(folder):
    baseline = json.loads((folder / BASELINE).read_text())
    baseline["findings"].reverse()
    write(folder, BASELINE, json.dumps(baseline, indent=1))


def move(old, new):
    def step(folder):
        (folder / new).parent.mkdir(parents=True, exist_ok=True)
        (folder / old).rename(folder / new)
    return step


def link(name, target):
    def step(folder):
        (folder / name).unlink()
        os.symlink(target, folder / name)
    return step


NEW_KEY = put("app/new.py", KEYED.format(name="fresh"))
SLOW = "AZURE_OPENAI_API_KEY;" + "a<" * 400_000
NEAR_END = "\n# " + "x" * 5_000_000 + "\n"

# what is tried, the rule that must block it, the attempt, its harmless twin
PULL_REQUESTS = [
    ("accept a new key", "governance-baseline-grew", all_of(NEW_KEY, accept), all_of(edit("app/chat.py", "KEY)", "None)"), prune)),
    ("forge an entry", "governance-baseline-grew", forge, reformat),
    ("accept a second key of a file", "governance-baseline-grew",
     all_of(append("app/chat.py", "other = AzureOpenAI(azure_endpoint='https://a.openai.azure.com', api_key=KEY)\n"), accept),
     all_of(move("app/chat.py", "app/talk.py"), accept)),

    ("except a new key", "governance-exception-added",
     all_of(NEW_KEY, append(CONFIG, "  - {rule: python-openai-azure-client, path: app/new.py, until: 2099-01-01, owner: a, ticket: B-1, reason: c}\n")),
     edit(CONFIG, "reason: replaced", "reason: replaced in summer")),
    ("make an exception longer", "governance-exception-added", edit(CONFIG, "2099-03-31", "2099-12-31"), edit(CONFIG, "2099-03-31", "2098-12-31")),
    ("widen an exception", "governance-exception-added", edit(CONFIG, "'legacy/**'", "'**'"), edit(CONFIG, "ticket: CHAT-12", "ticket: CHAT-13")),
    ("except in a comment", "governance-exception-added", put("app/new.py", KEYED.format(name="fresh").replace("\n\n", "\n\n" + INLINE)),
     put("app/new.py", TOKENS.replace("\n\n", "\n\n# keyless is watching\n", 1))),
    ("make a comment's exception longer", "governance-exception-added", edit("app/excused.py", "2099-01-31", "2099-06-30"),
     edit("app/excused.py", "2099-01-31", "2098-01-31")),

    ("exclude a folder", "governance-exclude-widened", all_of(NEW_KEY, edit(CONFIG, "'docs/**'", "'docs/**', 'app/**'")),
     edit(CONFIG, "['old/**', 'docs/**']", "['docs/**', \"old/**\"]")),
    ("exclude by ending", "governance-exclude-widened", all_of(NEW_KEY, edit(CONFIG, "'docs/**'", "'*.py'")), edit(CONFIG, "'old/**', ", "")),
    ("exclude everything", "governance-exclude-widened", all_of(NEW_KEY, edit(CONFIG, "'old/**'", "'**'")), append(CONFIG, "# a remark\n")),

    ("lower a severity", "governance-severity-lowered",
     all_of(NEW_KEY, edit(CONFIG, "severity: {", "severity: {python-openai-azure-client: low, ")), edit(CONFIG, "severity: {", "severity: {json-key-setting: high, ")),
    ("lower one further", "governance-severity-lowered", edit(CONFIG, "dotenv-key-setting: medium", "dotenv-key-setting: low"),
     edit(CONFIG, "dotenv-key-setting: medium", "dotenv-key-setting: high")),
    ("drop a raised severity", "governance-severity-lowered", edit(CONFIG, "terraform-role-contributor: high, ", ""), edit(CONFIG, ", python-key-read: low", "")),

    ("switch a rule off", "governance-rule-off", all_of(NEW_KEY, edit(CONFIG, "off: [", "off: [python-openai-azure-client, ")), edit(CONFIG, "off: [python-key-read-weak]", "off: []")),
    ("switch several off", "governance-rule-off", edit(CONFIG, "off: [", "off: [dotenv-key-setting, azure-ai-key-literal, "),
     edit(CONFIG, "off: [python-key-read-weak]", "off:\n    - python-key-read-weak")),
    ("switch the guard off", "governance-rule-off", edit(CONFIG, "off: [", "off: [governance-rule-off, governance-baseline-grew, "), edit(CONFIG, "  off: [", "  # weak names\n  off: [")),

    ("forget a name", "governance-configuration-weakened", edit(CONFIG, ", ACME_CHAT_CREDENTIAL", ""), edit(CONFIG, "ACME_CHAT_CREDENTIAL", "ACME_CHAT_CREDENTIAL, ACME_NEW_KEY")),
    ("forget a wrapper", "governance-configuration-weakened", edit(CONFIG, "credential: 0", "credential: 3"),
     edit(CONFIG, "wrappers:\n", "wrappers:\n  - {call: acme.llm.other, credential: key}\n")),
    ("call the gateway another vendor's", "governance-configuration-weakened", edit(CONFIG, "hosts:\n", "hosts:\n  - {host: '*.openai.azure.com', azure: no, service: acme}\n"),
     append(CONFIG, "  - {rule: python-openai-azure-client, path: 'legacy/**', until: 2090-01-01, owner: chat, ticket: CHAT-12, reason: replaced}\n")),
    ("cut a lineage", "governance-configuration-weakened", append(CONFIG, "lineage: {separate: [['env:a:K', 'env:b:K']]}\n"),
     append(CONFIG, "consumers:\n  - {account: a, name: b, owner: c, reason: d, until: 2099-01-01}\n")),
    ("delete an own rule", "governance-configuration-weakened", gone("security/rules/acme-ai-client.yaml"),
     edit("security/rules/acme-ai-client.yaml", "Ask the platform team.", "Ask the platform team by mail.")),
    ("blunt an own rule", "governance-configuration-weakened", edit("security/rules/acme-ai-client.yaml", "input: api_key", "input: nothing"),
     edit("security/rules/acme-ai-client.yaml", "message: This", "message: Here this")),
    ("break the configuration", "governance-configuration-weakened", edit(CONFIG, "version: 1", "version: 2"), edit(CONFIG, "version: 1\n", "version: 1\n\n")),

    ("remove the step", "governance-workflow-weakened", put(CHECK, WORKFLOW[:WORKFLOW.index("      - name: keyless")]), edit(CHECK, "run: make", "run: make all")),
    ("remove the workflow", "governance-workflow-weakened", gone(CHECK), move(CHECK, ".github/workflows/security.yml")),
    ("go on after an error", "governance-workflow-weakened", edit(CHECK, "      - name: keyless\n", "      - name: keyless\n        continue-on-error: true\n"),
     edit(CHECK, "      - name: keyless\n", "      - name: no keys\n")),
    ("let the job fail", "governance-workflow-weakened", edit(CHECK, "  keyless:\n", "  keyless:\n    continue-on-error: true\n"), edit(CHECK, "  keyless:\n", "  keyless:\n    timeout-minutes: 10\n")),
    ("never run the job", "governance-workflow-weakened", edit(CHECK, "  keyless:\n", "  keyless:\n    if: false && github.actor\n"),
     edit(CHECK, "  build:\n", "  build:\n    if: github.actor\n")),
    ("always succeed", "governance-workflow-weakened", edit(CHECK, "keyless.sarif .\n", "keyless.sarif . || true\n"), edit(CHECK, "--format sarif --output keyless.sarif", "--format json --quiet")),
    ("raise the gate", "governance-workflow-weakened", edit(CHECK, "--fail-on medium", "--fail-on never"), edit(CHECK, "--fail-on medium", "--fail-on low")),
    ("ask for less coverage", "governance-workflow-weakened", edit(CHECK, "--min-coverage 90", "--min-coverage 10"), edit(CHECK, "--min-coverage 90", "--min-coverage 95")),
    ("scan another folder", "governance-workflow-weakened", edit(CHECK, "keyless.sarif .", "keyless.sarif docs"), edit(CHECK, "keyless.sarif .", "keyless.sarif . # all of it")),
    ("drop the trigger", "governance-workflow-weakened", edit(CHECK, "  pull_request:\n", ""), edit(CHECK, "  push: {branches: [main]}\n", "  push: {branches: [main, next]}\n")),
    ("filter the trigger", "governance-workflow-weakened", edit(CHECK, "  pull_request:\n", "  pull_request: {paths: [docs/**]}\n"), edit(CHECK, "  push: {branches: [main]}\n", "  schedule: [{cron: '0 4 * * 1'}]\n")),
    ("wait for a job that fails", "governance-workflow-weakened", edit(CHECK, "  keyless:\n", "  keyless:\n    needs: [build]\n"), edit(CHECK, "  build:\n", "  build:\n    needs: []\n")),
    ("put another program in its place", "governance-workflow-weakened",
     edit(CHECK, "      - name: keyless\n", "      - run: mkdir b; ln -s /bin/true b/keyless; echo $PWD/b >> $GITHUB_PATH\n      - name: keyless\n"),
     edit(CHECK, "      - name: keyless\n", "      - run: echo soon\n      - name: keyless\n")),
    ("allow failure in GitLab", "governance-workflow-weakened", put(".gitlab-ci.yml", GITLAB + "  allow_failure: true\n"), put(".gitlab-ci.yml", GITLAB + "  tags: [linux]\n")),
    ("a condition in Azure Pipelines", "governance-workflow-weakened", put("azure-pipelines.yml", AZURE + "    condition: false()\n"), put("azure-pipelines.yml", AZURE.replace("script: make", "script: make -j2"))),
    ("make the hook manual", "governance-workflow-weakened", append(".pre-commit-config.yaml", "        stages: [manual]\n"),
     append(".pre-commit-config.yaml", "  - repo: https://git.acme.example/tidy\n    rev: v1.0.0\n    hooks:\n      - id: tidy\n")),

    ("pin an older package", "governance-version-lowered", edit("requirements-dev.txt", "keyless==1.4.0", "keyless==1.3.9"), edit("requirements-dev.txt", "keyless==1.4.0", "keyless==1.10.0")),
    ("install an older package", "governance-version-lowered", edit(CHECK, "keyless==1.4.0", "keyless==0.9"), edit(CHECK, "keyless==1.4.0", "keyless==1.4.1")),
    ("pin an older hook", "governance-version-lowered", edit(".pre-commit-config.yaml", "v1.4.0", "v1.2.0"), edit(".pre-commit-config.yaml", "v1.4.0", "v2.0.0")),
    ("use an older image", "governance-version-lowered", edit(".gitlab-ci.yml", "keyless:1.4.0", "keyless:1.3"), edit(".gitlab-ci.yml", "keyless:1.4.0", "keyless:1.5.0")),

    ("mark by attributes", "governance-file-hidden", append(".gitattributes", "app/*.py linguist-generated\n"), append(".gitattributes", "app/*.py text eol=lf\n")),
    ("mark a new file", "governance-file-hidden", all_of(NEW_KEY, append(".gitattributes", "app/new.py linguist-vendored=true\n")), append(".gitattributes", "docs/** linguist-documentation\n")),
    ("mark by a line", "governance-file-hidden", put("app/tokens.py", "# Code generated by hand. DO NOT EDIT.\n" + TOKENS), put("app/tokens.py", "# Code written by hand.\n" + TOKENS)),
    ("make it binary", "governance-file-hidden", put("app/tokens.py", TOKENS + "# \0\n"), put("app/tokens.py", TOKENS + "# \u00e9\n")),
    ("make it too large", "governance-file-hidden", put("app/tokens.py", TOKENS + NEAR_END), put("app/tokens.py", TOKENS + NEAR_END[:1000])),
    ("a new file that is too large", "governance-file-hidden", put("app/new.py", KEYED.format(name="fresh") + NEAR_END), put("app/new.py", TOKENS)),
    ("make it a link", "governance-file-hidden", link("app/tokens.py", "../README.md"), edit("app/tokens.py", "def connect", "def connect_to")),

    ("break Python", "governance-file-unparsable", put("app/tokens.py", TOKENS + "def broken(:\n    return = (\n"), put("app/tokens.py", TOKENS + "\n\ndef whole():\n    return ()\n")),
    ("break TypeScript", "governance-file-unparsable", append("web/client.ts", "export const = { ; }} )\n"), append("web/client.ts", "export const name = {};\n")),
    ("break Terraform", "governance-file-unparsable", append("infra/main.tf", 'resource "x" {{{ = \n'), append("infra/main.tf", 'variable "x" {}\n')),

    ("lose TypeScript", "governance-coverage-fell", append("web/client.ts", SLOW), append("web/client.ts", "export const a = 1 < 2;\n")),
    ("lose a new file", "governance-coverage-fell", put("web/new.ts", SLOW), put("web/new.ts", "export const a = 1;\n")),
    ("lose JSX", "governance-coverage-fell", put("web/page.tsx", SLOW), put("web/page.tsx", "export const a = <b/>;\n")),
]
COMBINED = [pull for pull in PULL_REQUESTS if pull[1] != "governance-baseline-grew"]


def outcome(repository, folder, step):
    """Exit code, rules of blocking findings, paths of blocking findings of other rules."""
    shutil.copytree(repository, folder, symlinks=True)
    git(folder, "checkout", "-q", "-b", "change")
    step(folder)
    commit(folder, "change")
    run = keyless("scan", "--diff-base", "main", "--format", "json", "--no-progress", "--threads", "1", folder)
    if run.returncode not in (0, 1, 3):
        return run.returncode, set(), {run.stderr.decode(errors="replace")}
    report = json.loads(run.stdout)
    blocking = [finding for finding in report["findings"] if finding["blocking"]]
    shutil.rmtree(folder)
    return (run.returncode, {finding["rule"] for finding in blocking},
            {finding["path"] for finding in blocking if not finding["rule"].startswith("governance-")})


def judge(number, repository, folder):
    name, rule, attempt, twin = PULL_REQUESTS[number]
    problems = []
    code, rules, paths = outcome(repository, folder / f"{number}-attempt", attempt)
    if code != 1 or rule not in rules:
        problems.append(f"{name}: exit {code}, blocked by {sorted(rules)}, not by {rule} {sorted(paths)}")
    code, rules, paths = outcome(repository, folder / f"{number}-twin", twin)
    if code != 0:
        problems.append(f"{name}, the twin: exit {code}, blocked by {sorted(rules)} {sorted(paths)}")
    if PULL_REQUESTS[number] in COMBINED and "NUL" not in name:
        extra = all_of(attempt, put("extra/key.py", KEYED.format(name="extra")))
        code, rules, paths = outcome(repository, folder / f"{number}-extra", extra)
        if code != 1 or "extra/key.py" not in paths:
            problems.append(f"{name}, with a new key: exit {code}, the key does not block: {sorted(paths)}")
    return problems


def main():
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    with tempfile.TemporaryDirectory() as holder:
        folder = pathlib.Path(holder)
        repository = make_repository(folder / "shop")
        numbers = [number for number, pull in enumerate(PULL_REQUESTS) if wanted in pull[0] or wanted in pull[1]]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            problems = [problem for found in pool.map(lambda number: judge(number, repository, folder), numbers) for problem in found]
    kinds = {}
    for _, rule, _, _ in PULL_REQUESTS:
        kinds[rule] = kinds.get(rule, 0) + 1
    if not wanted:
        assert len(PULL_REQUESTS) >= 40 and min(kinds.values()) >= 3, kinds
    for problem in problems:
        print(problem)
    print(f"{len(numbers)} pull requests and their twins, {len(problems)} problems")
    return 1 if problems else 0


assert CONFIGURATION
sys.exit(main())
