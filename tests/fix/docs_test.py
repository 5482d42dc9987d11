#!/usr/bin/env python3
"""`fix --docs`: documentation and comments of a setting that nothing reads any more, and what stays as it is."""
import os
import pathlib
import subprocess
import sys
import tempfile

BINARY = os.environ["KEYLESS_BINARY"]
GIT = ["git", "-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "core.autocrlf=false"]
APP = '''import os

from openai import AzureOpenAI

client = AzureOpenAI(azure_endpoint=os.environ["AZURE_OPENAI_ENDPOINT"], api_key=os.environ["AZURE_OPENAI_API_KEY"])
'''
# Lines that go are marked; the marks are taken off before the tool sees them.
PAGE = '''# Chat

Set `AZURE_OPENAI_API_KEY` first.

```sh
export AZURE_OPENAI_ENDPOINT=https://contoso.openai.azure.com
<export AZURE_OPENAI_API_KEY=...
export AZURE_OPENAI_API_KEY_OF_ANOTHER=...
```

- `AZURE_OPENAI_API_KEY`: the key

```sh
AZURE_OPENAI_API_KEY=...
```

```sh
docker run -e AZURE_OPENAI_ENDPOINT \\
  -e AZURE_OPENAI_API_KEY \\
  chat
```

| variable | what |
|---|---|
| `AZURE_OPENAI_ENDPOINT` | where the model answers |
<| `AZURE_OPENAI_API_KEY` | the key |
| `MODE` | `key` needs AZURE_OPENAI_API_KEY |

```json
{
<  "AZURE_OPENAI_API_KEY": "...",
  "AZURE_OPENAI_ENDPOINT": "..."
}
```

```yaml
environment:
  - MODE=key
<  - AZURE_OPENAI_API_KEY=${AZURE_OPENAI_API_KEY}
```
'''
OLD_CODE = '''# The AZURE_OPENAI_API_KEY comes from the portal.
# Settings:
<#     api_key=os.environ["AZURE_OPENAI_API_KEY"],
# AZURE_OPENAI_API_KEY: from the portal
MODE = "token"
'''
SETTINGS = '''AZURE_OPENAI_ENDPOINT=
<# AZURE_OPENAI_API_KEY=...
MODE=key
'''
TOLD = (3, 10, 13, 18, 25)  # as the page reads afterwards


def before(text):
    return "".join(line.removeprefix("<") for line in text.splitlines(keepends=True))


def after(text):
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("<"))


def fixed(options, more):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        files = {"app.py": APP, "docs/setup.md": PAGE, "old.py": OLD_CODE, ".env.sample": SETTINGS} | more
        for path, text in files.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(before(text))
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
            subprocess.run([*GIT, *command], cwd=folder, check=True)
        done = subprocess.run([BINARY, "fix", "--write", "--review", *options, "."], cwd=folder, capture_output=True,
                              text=True, check=False)
        return {path: (folder / path).read_text() for path in files}, done.stdout


def main():
    failures = []
    texts, said = fixed(["--docs"], {})
    for path, wanted in (("docs/setup.md", PAGE), ("old.py", OLD_CODE), (".env.sample", SETTINGS)):
        if texts[path] != after(wanted):
            failures.append(f"{path} with --docs:\n{texts[path]}")
    for line in TOLD:
        if f"docs/setup.md:{line}: still names AZURE_OPENAI_API_KEY" not in said:
            failures.append(f"line {line} of the page is not named:\n{said}")
    if said.count("still names") != len(TOLD):
        failures.append(f"other lines are named too:\n{said}")
    texts, _ = fixed([], {})
    for path, wanted in (("docs/setup.md", PAGE), ("old.py", OLD_CODE)):
        if texts[path] != before(wanted):
            failures.append(f"{path} was changed without --docs")
    texts, _ = fixed(["--docs"], {"other.py": 'import os\n\nprint(len(os.environ["AZURE_OPENAI_API_KEY"]))\n'})
    if texts["docs/setup.md"] != before(PAGE):
        failures.append("documentation of a setting that is still read was changed")
    texts, said = fixed(["--docs"], {"run.sh": 'test -n "$AZURE_OPENAI_API_KEY"\n'})
    if texts["docs/setup.md"] != before(PAGE) or "run.sh: names AZURE_OPENAI_API_KEY" not in said:
        failures.append("documentation of a setting that a script names was changed, or that is not said")
    for failure in failures:
        print(f"FAILED: {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
