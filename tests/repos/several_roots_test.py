#!/usr/bin/env python3
"""Scans several repositories at once: an infrastructure that stores an account's key in a named vault, an application that reads
it there, and one that reads a secret of the same name from another vault. The lineage is compared with a drawing made by hand;
each repository alone, and each with the other vault's application, must not know the account of the first."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import drawing

REPOS = pathlib.Path(os.environ["KEYLESS_SOURCE_DIR"]) / "fixtures/repos"
ROOTS = {"infrastructure": "shared-vault-infrastructure", "application": "shared-vault-application",
         "other": "other-vault-application"}


def keyless(command, form, *folders):
    gate = ["--fail-on", "never"] if command == "scan" else []
    run = subprocess.run([os.environ["KEYLESS_BINARY"], command, "--format", form, *gate, "--no-progress", *map(str, folders)],
                         capture_output=True, check=True, text=True)
    return run.stdout


def accounts_of(report, root):
    """Accounts that the findings of a root belong to."""
    known = {lineage["id"]: lineage["account"] for lineage in report["lineages"]}
    return {known.get(lineage, "") for finding in report["findings"] if finding["path"].startswith(root + "/")
            for lineage in finding["lineages"]} - {""}


def check(folder):
    infrastructure, application, other = (folder / name for name in ROOTS)
    report = json.loads(keyless("scan", "json", infrastructure, application, other))
    problems, edges = drawing.compare(report, folder, REPOS / "shared-vault-application/lineage.md")
    if edges < 9:
        problems.append(f"only {edges} drawn edges")
    account = accounts_of(report, "infrastructure")
    if len(account) != 1 or accounts_of(report, "application") != account:
        problems.append(f"accounts: {account} and {accounts_of(report, 'application')}")
    if accounts_of(report, "other"):
        problems.append(f"the other vault's secret has {accounts_of(report, 'other')}")
    turned = json.loads(keyless("scan", "json", other, application, infrastructure))
    if {f["id"] for f in turned["findings"]} != {f["id"] for f in report["findings"]} \
            or {x["id"] for x in turned["lineages"]} != {x["id"] for x in report["lineages"]}:
        problems.append("the order of the repositories changes findings or lineages")
    for alone in application, other:
        single = json.loads(keyless("scan", "json", alone))
        if any(lineage["account"] for lineage in single["lineages"]):
            problems.append(f"{alone.name} alone knows an account")
        several = {f["id"] for f in report["findings"] if f["path"].startswith(alone.name + "/")}
        # The account that another repository knows makes a finding of what was a lead.
        more = len(several - {f["id"] for f in single["findings"]})
        lost = {f["id"] for f in single["findings"]} - several
        if lost or more:
            problems.append(f"beside other repositories {alone.name} has {more} findings more and {len(lost)} fewer")
    for form, places in {"text": ["infrastructure/infra/main.tf:6", "application/api/main.py:13"],
                         "json": ['"infrastructure/infra/main.tf"', '"application/api/main.py"'],
                         "mermaid": ["infrastructure/infra/main.tf:6", "application/api/main.py:13"]}.items():
        shown = keyless("lineage", form, infrastructure, application)
        problems += [f"lineage as {form} lacks {place}" for place in places if place not in shown]
    sarif = json.loads(keyless("scan", "sarif", infrastructure, application))
    flows = [{step["location"]["physicalLocation"]["artifactLocation"]["uri"].split("/")[0]
              for step in result["codeFlows"][0]["threadFlows"][0]["locations"] if "physicalLocation" in step["location"]}
             for result in sarif["runs"][0]["results"] if result.get("codeFlows")]
    if {"infrastructure", "application"} not in flows:
        problems.append(f"no SARIF code flow crosses the repositories: {flows}")
    return problems


def check_hosts(folder):
    """An application that names the host of an account belongs to it, one that names another host does not."""
    roots = {name: folder / name for name in ("accounts", "client")}
    for name, scenario in zip(roots, ("endpoint-host-infrastructure", "endpoint-host-application")):
        shutil.copytree(REPOS / scenario / "input", roots[name])
    problems = []
    for order in (list(roots.values()), list(roots.values())[::-1]):
        report = json.loads(keyless("scan", "json", *order))
        known = {lineage["id"]: lineage["account"] for lineage in report["lineages"]}
        for path, account in (("client/api/main.py", "recipes"), ("client/api/.env.example", "recipes"),
                              ("client/other/main.py", ""), ("client/other/.env.example", "")):
            said = {known.get(lineage, "").rsplit(":", 1)[-1] for f in report["findings"] if f["path"] == path for lineage in f["lineages"]}
            if said != {account}:
                problems.append(f"{path} belongs to {said}, not to {account or 'none'}")
    alone = json.loads(keyless("scan", "json", roots["client"]))
    if any(lineage["account"] for lineage in alone["lineages"]):
        problems.append("the client alone knows an account")
    return problems


def main():
    with tempfile.TemporaryDirectory() as holder:
        folder = pathlib.Path(holder)
        for name, scenario in ROOTS.items():
            shutil.copytree(REPOS / scenario / "input", folder / name)
        problems = check(folder)
        problems += check_hosts(folder)
    print("\n".join(problems))
    print(f"{len(problems)} problems")
    return 1 if problems else 0


sys.exit(main())
