#!/usr/bin/env python3
"""Scans every fixtures/repos/*/input and compares the findings with places.json, which was written by hand from the code.

A place is found by a finding that starts on its line (or within its lines) with its category. Everything else that is found
must be listed under `may`; nothing may be found at a look-alike. Places of one key have a lineage in common with another of
its places, places of different keys have none in common. Known gaps are listed below with their cause: one that is
closed fails the test too, so that the list stays true.
"""
import itertools
import json
import os
import pathlib
import subprocess
import sys

SOURCE = pathlib.Path(os.environ["KEYLESS_SOURCE_DIR"])
BINARY = os.environ["KEYLESS_BINARY"]

# place -> why it is not found yet
KNOWN_GAPS = {
}

# scenario, key -> why its places are not one lineage, or are one with another key's
KNOWN_LINEAGE_GAPS = {
}


def within(place, finding):
    first, last = place.get("within") or [place["line"], place["line"]]
    return finding["path"] == place["path"] and first <= finding["start"]["line"] <= last


def check(scenario):
    expected = json.loads((scenario / "places.json").read_text(encoding="utf-8"))
    run = subprocess.run(
        [BINARY, "scan", "--format", "json", "--fail-on", "never", "--no-progress", str(scenario / "input")],
        capture_output=True, check=False)
    if run.returncode not in (0, 3):
        return [f"{scenario.name}: exit {run.returncode}: {run.stderr.decode()}"]
    findings = json.loads(run.stdout)["findings"]
    problems, explained = [], set()
    for place in expected["places"]:
        hits = [i for i, f in enumerate(findings) if within(place, f)]
        explained.update(hits)
        name = f"{scenario.name} {place['path']}:{place['line']}"
        gap = KNOWN_GAPS.get(name)
        if not hits and gap is None:
            problems.append(f"missed: {name} {place['category']}: {place['why']}")
        if hits and gap is not None:
            problems.append(f"no longer a gap: {name}")
        if hits and not any(findings[i]["category"] == place["category"] for i in hits):
            problems.append(f"category: {name} {place['category']}, said {findings[hits[0]]['category']}")
    for place in expected.get("may", []):
        explained.update(i for i, f in enumerate(findings) if within(place, f))
    for place in expected.get("look_alikes", []):
        for i, f in enumerate(findings):
            if within(place, f) and i not in explained:
                problems.append(f"look-alike: {scenario.name} {place['path']}:{place['line']} {f['rule']}: {place['why']}")
                explained.add(i)
    for i, f in enumerate(findings):
        if i not in explained:
            problems.append(f"not expected: {scenario.name} {f['path']}:{f['start']['line']} {f['rule']}")
    keys = {}
    for place in expected["places"]:
        for finding in findings:
            if place.get("key") and within(place, finding):
                keys.setdefault(place["key"], []).append({*finding["lineages"], finding["lineage"]})
    wrong = {key: "apart" for key, places in keys.items() if len(places) > 1 and not all(
        any(place & other for at, other in enumerate(places) if at != here) for here, place in enumerate(places))}
    for key, other in itertools.combinations(keys, 2):
        if set.union(*keys[key]) & set.union(*keys[other]):
            wrong[key] = f"one with {other}"
            wrong[other] = f"one with {key}"
    for key in keys:
        name = f"{scenario.name} {key}"
        if (key in wrong) != (name in KNOWN_LINEAGE_GAPS):
            problems.append(f"lineage: {name}: {wrong.get(key, 'no longer a gap')}")
    return problems


def main():
    scenarios = sorted(path.parent for path in (SOURCE / "fixtures/repos").glob("*/places.json"))
    problems = [problem for scenario in scenarios for problem in check(scenario)]
    print("\n".join(problems))
    print(f"{len(scenarios)} scenarios, {len(problems)} problems")
    return 1 if problems or not scenarios else 0


sys.exit(main())
