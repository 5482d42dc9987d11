#!/usr/bin/env python3
"""A rewritten client raises its package to the first version that has the keyless form, and declares the identity package.

The table is written from the catalogue of SDKs, not from the rules: rule, package, an older version, the version that must
be asked for; `manual`: the older version is of another major one, so people are told and nothing is changed; `own`: the code
needs no identity package of its own. The code is the first example of the rule."""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

SOURCE = pathlib.Path(os.environ["KEYLESS_SOURCE_DIR"])
BINARY = os.environ["KEYLESS_BINARY"]
GIT = ["git", "-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "core.autocrlf=false"]
TABLE = """
python/python-openai-azure-client            openai              0.28.1   1.0.0    manual
python/python-openai-azure-client-implicit   openai              0.28.1   1.0.0    manual
python/python-openai-v1-client               openai              1.40.0   1.106.0
python/python-openai-v1-client-implicit      openai              1.40.0   1.106.0
python/python-token-static-v1                openai              1.40.0   1.106.0
python/python-langchain-v1                   langchain-openai    1.0.0    1.0.1
python/python-haystack-generator             haystack-ai         2.1.0    2.12.0
python/python-haystack-embedder              haystack-ai         2.1.0    2.12.0
python/python-haystack-implicit              haystack-ai         2.1.0    2.12.0
python/python-crewai                         crewai              1.0.0    1.14.3   own
python/python-crewai-positional              crewai              1.0.0    1.14.3   own
python/python-crewai-implicit                crewai              1.0.0    1.14.3   own
python/python-azure-ai-inference             azure-ai-inference  1.0.0a1      1.0.0b1
javascript/javascript-openai-azure-client    openai              4.20.0   4.42.0
javascript/javascript-openai-azure-client-implicit openai        4.20.0   4.42.0
javascript/javascript-openai-client-rekeyed  openai              6.1.0    6.49.0   own
javascript/javascript-langchain-azure        @langchain/openai   0.0.20   0.0.29
javascript/javascript-langchain-azure-implicit @langchain/openai 0.0.20   0.0.29
javascript/javascript-langchain-v1           @langchain/openai   1.0.0    1.1.2
javascript/javascript-openai-v1-client       openai              5.0.1    5.19.1
javascript/javascript-openai-v1-client-implicit openai           4.80.0   5.19.1   manual
javascript/javascript-ai-sdk-azure           @ai-sdk/azure       2.0.50   2.0.109
javascript/javascript-ai-sdk-azure           @ai-sdk/azure       3.0.10   3.0.69
javascript/javascript-ai-sdk-azure           @ai-sdk/azure       0.0.40   1.0.0    manual
javascript/javascript-ai-sdk-azure-implicit  @ai-sdk/azure       2.0.50   2.0.109
javascript/javascript-llama-index            @llamaindex/azure   0.0.5    0.1.0    manual
javascript/javascript-llama-index-implicit   @llamaindex/azure   0.0.5    0.1.0    manual
"""
ALWAYS = {"python": ("azure-identity", "1.15.0"), "javascript": ("@azure/identity", "4.2.0")}


def first_example(rule):
    folder = pathlib.Path(os.environ.get("KEYLESS_RULES") or SOURCE / "rules")
    document = yaml.safe_load((folder / f"{rule}.yaml").read_text())
    for example in document["examples"]:
        if "good" in example and isinstance(example["bad"], str):
            language = rule.split("/")[0]
            name = example.get("file") or {"python": "app.py", "javascript": "app.mjs"}[language]
            text = re.sub(r"\{\{fake:[^}]*\}\}", "0" * 8, example["bad"])
            return language, name, text
    return None


def declared(language, text):
    if language == "javascript":
        return {name: re.sub(r"[^0-9].*?(?=\d)|^[^0-9]*", "", at, count=1)
                for name, at in json.loads(text).get("dependencies", {}).items()}
    found = {}
    for line in text.splitlines():
        package = re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?\s*[>=~]=\s*([0-9][^,;\s]*)", line)
        if package:
            found[package[1]] = package[2]
    return found


def check(row):
    rule, package, older, wanted, *special = row.split()
    example = first_example(rule)
    if example is None:
        return [f"{rule}: no example of one file with a result"]
    language, name, text = example
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
        if language == "python":
            manifest = root / "requirements.txt"
            manifest.write_text("flask==3.0.0\n" + f"{package}=={older}\n")
        else:
            manifest = root / "package.json"
            manifest.write_text(json.dumps({"name": "app", "type": "module", "dependencies": {package: f"^{older}"}}, indent=2) + "\n")
        for step in (["init", "-q"], ["add", "-fA"], ["commit", "-qm", "all"]):
            subprocess.run(GIT + step, cwd=root, check=True, stdout=subprocess.DEVNULL)
        done = subprocess.run([BINARY, "fix", "--write", "--review", "--no-progress", folder], check=False, capture_output=True)
        found = declared(language, manifest.read_text())
        problems = []
        said = (done.stdout + done.stderr).decode()
        if special == ["manual"]:
            if found.get(package) != older or f"{package}>={wanted}" not in said:
                problems.append(f"{rule}: {package} {found.get(package)} is for people to raise to {wanted}: {said[-400:]}")
        elif found.get(package) != wanted:
            problems.append(f"{rule}: {package} {found.get(package)}, wanted {wanted}: {said[-400:]}")
        identity, least = ALWAYS[language]
        if special == ["manual"] and (found.get(identity) or (root / name).read_text() != text):
            problems.append(f"{rule}: the code was changed for a version that is not there")
        if special not in (["own"], ["manual"]) and found.get(identity) != least:
            problems.append(f"{rule}: {identity} {found.get(identity)}, wanted {least}")
        return problems


def main():
    rows = [line for line in TABLE.splitlines() if line.strip()]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        problems = [p for found in pool.map(check, rows) for p in found]
    print("\n".join(problems))
    return 1 if problems else 0


sys.exit(main())
