#!/usr/bin/env python3
"""No key value in any output. Keys are made at run time and planted in every column, raw, behind base64 and split over two
literals; then every command and format runs, and stdout, stderr and written files are searched for the keys, their halves
and their base64 form. The keys must be found, or the test would prove nothing."""
import base64
import json
import pathlib
import random
import string
import subprocess
import sys
import tempfile

from scanning import keyless, scan, write

LETTERS = string.ascii_letters + string.digits

# output -> why a key in it is not masked yet
KNOWN_GAPS = {
    "configuration folder": "an error repeats the path that it cannot find",
}
SHORTEST = 12  # any run of this many characters of a key counts as a leak


def identifiable_key(dice):
    """The form of keys issued since 2024, without the right checksum: nobody can use it."""
    some = lambda count: "".join(dice.choice(LETTERS) for _ in range(count))
    return some(52) + "JQ" + "QJ99" + "B" + "C" + some(12) + "AAA" + some(1) + "AC" + "OG" + some(4)


def hex_key(dice):
    return "".join(dice.choice("0123456789abcdef") for _ in range(32))


def in_base64(key):
    return base64.b64encode(key.encode()).decode()


def halves(key, quote='"'):
    middle = len(key) // 2
    return f"{quote}{key[:middle]}{quote} + {quote}{key[middle:]}{quote}"


def plant(folder, key, hexadecimal):
    """Files with keys -> {path: text before the key on the line where a key-literal finding is due, or None}."""
    endpoint = "https://contoso.openai.azure.com"
    middle = len(key) // 2
    files = {
        "raw/app.py": ("api_key=", f'from openai import AzureOpenAI\n\nclient = AzureOpenAI(azure_endpoint="{endpoint}", '
                       f'api_key="{key}")\n'),
        "raw/app.ts": ("apiKey:", 'import { AzureOpenAI } from "openai";\n\nexport const client = new AzureOpenAI({\n'
                       f'  endpoint: "{endpoint}",\n  apiKey: "{key}",\n}});\n'),
        "raw/default.py": ("KEY =", "import os\nimport requests\n\n"
                           f'KEY = os.environ.get("AZURE_OPENAI_API_KEY", "{key}")\n'
                           f'requests.post("{endpoint}/openai/deployments/a/chat/completions", headers={{"api-key": KEY}})\n'),
        "raw/.env": ("AZURE_OPENAI_API_KEY", f"AZURE_OPENAI_ENDPOINT={endpoint}\nAZURE_OPENAI_API_KEY={key}\n"),
        "raw/comment.env": ("# AZURE", f"# AZURE_OPENAI_API_KEY={key}\nA=1\n"),
        "raw/settings.json": ("ApiKey", json.dumps({"AzureOpenAI": {"Endpoint": endpoint, "ApiKey": key}}, indent=1)),
        "raw/main.tf": ("value", 'resource "azurerm_key_vault_secret" "k" {\n  name  = "azure-openai-api-key"\n'
                        f'  value = "{key}"\n  key_vault_id = "x"\n}}\n'),
        "raw/terraform.tfvars": ("azure_openai", f'azure_openai_api_key = "{key}"\n'),
        "raw/main.bicep": ("param", f"param azureOpenAiKey string = '{key}'\n"),
        "raw/main.parameters.json": ("value", json.dumps(
            {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
             "contentVersion": "1.0.0.0", "parameters": {"azureOpenAiKey": {"value": key}}}, indent=1)),
        ".github/workflows/ci.yml": ("AZURE_OPENAI", "on: push\njobs:\n  t:\n    runs-on: ubuntu-latest\n    steps:\n"
                                     f"      - run: pytest\n        env:\n          AZURE_OPENAI_API_KEY: {key}\n"),
        "raw/notes.txt": ("the key", f"the key is {key} of contoso.openai.azure.com\n"),
        "broken/app.py": ("api_key=", "from openai import AzureOpenAI\n\ndef broken(:\n    x = = (\n\n"
                          f'client = AzureOpenAI(azure_endpoint="{endpoint}", api_key="{key}")\n'),
        "broken/app.js": ("apiKey:", "import { AzureOpenAI } from 'openai';\nconst x = {{ ;\n"
                          f"new AzureOpenAI({{ endpoint: '{endpoint}', apiKey: '{key}' }});\n"),
        "broken/settings.json": ("ApiKey", f'{{"AzureOpenAI": {{"ApiKey": "{key}",,, \n'),
        "broken/values.yaml": ("azure", f"a: [\n  azure_openai_api_key: {key}\n b: {{\n"),
        "broken/main.tf": ("value", f'resource "a" {{\n  value = "{key}"\n}}}}}}\n'),
        "broken/main.bicep": ("string", f"param = = {{\nparam azureOpenAiKey string = '{key}'\n"),
        "base64/secret.yaml": ("AZURE", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: openai\ndata:\n"
                               f"  AZURE_OPENAI_API_KEY: {in_base64(key)}\n"),
        "base64/settings.json": ("ApiKey", json.dumps({"AzureOpenAI": {"ApiKey": in_base64(key)}}, indent=1)),
        "split/app.py": ("KEY =", f'from openai import AzureOpenAI\n\nKEY = {halves(key)}\n'
                         f'client = AzureOpenAI(azure_endpoint="{endpoint}", api_key=KEY)\n'),
        "split/side_by_side.py": ("KEY =", "from openai import AzureOpenAI\n\n"
                                  f'KEY = "{key[:middle]}" "{key[middle:]}"\n'
                                  f'client = AzureOpenAI(azure_endpoint="{endpoint}", api_key=KEY)\n'),
        "split/app.js": ("KEY =", f"const {{ AzureOpenAI }} = require('openai');\n\nconst KEY = {halves(key, chr(39))};\n"
                         f"new AzureOpenAI({{ endpoint: '{endpoint}', apiKey: KEY }});\n"),
        "split/lines.ts": ("KEY =", f'import {{ AzureOpenAI }} from "openai";\n\nconst KEY = "{key[:middle]}" +\n'
                           f'  "{key[middle:]}";\nnew AzureOpenAI({{ endpoint: "{endpoint}", apiKey: KEY }});\n'),
        # The older form has no signature: the name beside it makes it a key.
        "hex/.env": ("AZURE_OPENAI_API_KEY", f"AZURE_OPENAI_API_KEY={hexadecimal}\n"),
        "hex/app.py": ("AZURE_OPENAI_API_KEY", f'AZURE_OPENAI_API_KEY = "{hexadecimal}"\n'),
        "hex/settings.json": ("AzureOpenAIKey", json.dumps({"AzureOpenAIKey": hexadecimal}, indent=1)),
        "hex/terraform.tfvars": ("azure_openai", f'azure_openai_api_key = "{hexadecimal}"\n'),
        "hex/client.py": (None, f'from openai import AzureOpenAI\n\nclient = AzureOpenAI(azure_endpoint="{endpoint}", '
                          f'api_key="{hexadecimal}")\n'),
        "hex/split.py": (None, f'from openai import AzureOpenAI\n\nKEY = {halves(hexadecimal)}\n'
                         f'client = AzureOpenAI(azure_endpoint="{endpoint}", api_key=KEY)\n'),
        "hex/secret.yaml": (None, "apiVersion: v1\nkind: Secret\nmetadata:\n  name: openai\ndata:\n"
                            f"  AZURE_OPENAI_API_KEY: {in_base64(hexadecimal)}\n"),
        # Keys that do not stand alone in their literal, and keys beside something else that is shown.
        "hex/connection.env": (None, f"AZURE_AI_CONNECTION_STRING=Endpoint={endpoint}/;Key={hexadecimal}\n"),
        "raw/connection.env": ("AZURE_AI", f"AZURE_AI_CONNECTION_STRING=Endpoint={endpoint}/;Key={key}\n"),
        "hex/header.py": (None, f'import requests\n\nrequests.post("{endpoint}/openai/v1/chat?api-key={hexadecimal}", '
                          f'headers={{"api-key": "{hexadecimal}", "Authorization": "Bearer {hexadecimal}"}})\n'),
        "hex/header.js": (None, f"fetch('{endpoint}/openai/v1/chat?api-key={hexadecimal}', "
                          f"{{ headers: {{ 'api-key': '{hexadecimal}', Authorization: `Bearer {hexadecimal}` }} }});\n"),
        "hex/beside.py": (None, f'import os\nfrom openai import AzureOpenAI\n\nclient = AzureOpenAI(azure_endpoint="{endpoint}", '
                          f'api_key=os.environ["AZURE_OPENAI_API_KEY"], organization="{hexadecimal}")  # {hexadecimal}\n'),
        "hex/twice.env": ("AZURE_OPENAI_API_KEY", f"AZURE_OPENAI_API_KEY={hexadecimal} # was {hexadecimal}\n"),
        "hex/account.tf": (None, f'resource "azurerm_cognitive_account" "a" {{\n  name = "{hexadecimal}"\n  kind = "OpenAI"\n}}\n'),
    }
    for path, (_, text) in files.items():
        write(folder, path, text)
    return {path: before for path, (before, _) in files.items() if before is not None}


def plant_names(folder, key):
    """Names are printed; one that is a key must not be."""
    write(folder, "main.tf", f'variable "{key}" {{}}\nresource "azurerm_cognitive_account" "{key}" {{\n'
          '  name = "a"\n  kind = "OpenAI"\n}\n')
    write(folder, "app.py", "import os\nfrom openai import AzureOpenAI\n\n"
          f'client = AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", api_key=os.environ["{key}"])\n')


def pieces(keys):
    """Every run of SHORTEST characters of each key in each of its forms; a half of a key is a run of its own."""
    found = set()
    for form in [form for key in keys for form in (key, in_base64(key))]:
        found.update(form[i:i + SHORTEST] for i in range(len(form) - SHORTEST + 1))
    return {piece.encode() for piece in found}


def leaks(where, data, secret):
    """One message at most for each output; it does not spell the key either."""
    at = next((i for i in range(len(data)) if data[i:i + SHORTEST] in secret), None)
    if at is None:
        return []
    line = data.count(b"\n", 0, at) + 1
    before = data[data.rfind(b"\n", 0, at) + 1:at][-80:].decode(errors="replace")
    return [f"leak: {where}: line {line}, after {before!r}"]


def check_found(folder, due):
    report = scan(folder)
    places = {(f["path"], f["start"]["line"]) for f in report["findings"] if f["category"] == "key-literal"}
    problems = []
    for path, before in due.items():
        lines = (pathlib.Path(folder) / path).read_text(encoding="utf-8").splitlines()
        line = next(number for number, text in enumerate(lines, 1) if before in text)
        if (path, line) not in places:
            problems.append(f"not found: {path}:{line}")
    return problems


def commands(folder, out):
    """Every way to make the program talk, errors included."""
    for form in "text", "json", "sarif":
        yield ["scan", "--format", form, "--leads", "--verbose", folder]
    yield ["scan", "--color", "always", "--leads", "--verbose", "--no-prefilter", folder]
    for form in "text", "json", "mermaid":
        yield ["lineage", "--format", form, "--leads", "--verbose", folder]
    for place in "raw/app.py:3", "hex/beside.py:4", "hex/.env:1", "raw/.env:2", "split/app.py:4", "base64/secret.yaml:6", "raw/app.py:1":
        yield ["lineage", "--why", place, folder]
    yield ["scan", "--format", "json", "--output", out / "report.json", folder]
    yield ["scan", "--format", "sarif", "--output", out / "report.sarif", folder]
    yield ["scan", "--format", "text", "--output", out / "report.txt", folder]
    yield ["baseline", "write", "--baseline", out / "baseline.json", folder]
    yield ["baseline", "status", "--verbose", "--baseline", out / "baseline.json", folder]
    for rule in "azure-ai-key-literal", "azure-ai-hex-key-literal":
        yield ["explain", rule]


def broken_configurations(key):
    """A key in the wrong place: the error names the place and does not repeat it."""
    return {
        "value": f"version: 1\nrules: {{off: [{key}]}}\n",
        "key": f"version: 1\n{key}: 1\n",
        "syntax": f"version: 1\nnames: [{key}\n",
        "severity": f"version: 1\nrules: {{severity: {{azure-ai-key-literal: {key}}}}}\n",
        "version": f"version: {key}\n",
        "date": f"version: 1\nexceptions: [{{rule: azure-ai-key-literal, path: a, until: {key}, owner: a, reason: b}}]\n",
        "host": f"version: 1\nhosts: [{{host: a.example, service: {key}}}]\n",
        "folder": f"version: 1\nrules: {{folders: [{key}]}}\n",
    }


def against_gaps(name, found):
    """What was found, unless it is known; a gap that is closed is a problem too, so that the list stays true."""
    if name not in KNOWN_GAPS:
        return found
    return [] if found else [f"no longer a gap: {name}"]


def check_errors(folder, key, secret):
    problems = []
    for name, text in broken_configurations(key).items():
        path = write(folder, f"configurations/{name}.yaml", text)
        run = keyless("scan", "--config", path, folder)
        if run.returncode != 2:
            problems.append(f"configuration {name}: exit {run.returncode}")
        problems += against_gaps(f"configuration {name}", leaks(name, run.stdout + run.stderr, secret))
    rule = write(folder, "own/rule.yaml", f"id: {key}\ncategory: {key}\nmatch: {{{key}: 1}}\n")
    run = keyless("rules", "check", rule.parent)
    problems += against_gaps("rule file", leaks("error of a rule file", run.stdout + run.stderr, secret))
    baseline = write(folder, "bad-baseline.json", f'{{"schema": "{key}", "{key}": [}}')
    run = keyless("scan", "--baseline", baseline, folder)
    if run.returncode != 2:
        problems.append(f"bad baseline: exit {run.returncode}")
    return problems + leaks("error of a baseline", run.stdout + run.stderr, secret)


def check_names(folder, key, secret):
    plant_names(folder, key)
    found = []
    for command in "scan", "lineage":
        run = keyless(command, "--leads", folder)
        found += leaks(f"names in {command}", run.stdout + run.stderr, secret)
    return against_gaps("names", found)


def check(seed):
    dice = random.Random(seed)
    key, hexadecimal = identifiable_key(dice), hex_key(dice)
    secret = pieces([key, hexadecimal])
    with tempfile.TemporaryDirectory() as holder:
        folder, out = pathlib.Path(holder) / "shop", pathlib.Path(holder) / "out"
        out.mkdir()
        due = plant(folder, key, hexadecimal)
        subprocess.run(["git", "init", "-q", folder], check=True)
        subprocess.run(["git", "-C", folder, "add", "-f", "."], check=True)
        problems = check_found(folder, due)
        for command in commands(folder, out):
            run = keyless(*command)
            shown = " ".join(str(word) for word in command).replace(holder, "")
            if run.returncode not in (0, 1, 2, 3):
                problems.append(f"exit {run.returncode}: {shown}")
            problems += leaks(f"stdout of {shown}", run.stdout, secret)
            problems += leaks(f"stderr of {shown}", run.stderr, secret)
        written = [path for path in out.rglob("*") if path.is_file()]
        for path in written:
            problems += leaks(f"written {path.name}", path.read_bytes(), secret)
        if len(written) < 4:
            problems.append(f"only {len(written)} files were written")
        problems += check_errors(folder, key, secret) + check_names(pathlib.Path(holder) / "names", key, secret)
    return [f"seed {seed}: {problem}" for problem in problems]


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else random.SystemRandom().randrange(10**6)
    problems = check(seed)
    print("\n".join(problems))
    print(f"seed {seed}, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
