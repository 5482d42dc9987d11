#!/usr/bin/env python3
"""What must not change a scan's result: the prefilter (findings and lineages alike; leads and coverage may differ, since more
is parsed without it) and the number of threads (the whole report)."""
import sys

from scanning import keyless, scan, scenarios


def grouping(report):
    """Findings, and lineages as sets of findings: what a user acts on."""
    findings = sorted((f["path"], *f["span"], f["rule"], f["category"], f["severity"], f["verdict"], f["reason"])
                      for f in report["findings"])
    places = {f["id"]: (f["path"], *f["span"], f["rule"]) for f in report["findings"]}
    lineages = sorted((sorted(places[i] for i in lineage["findings"]), lineage["root"]) for lineage in report["lineages"])
    return findings, lineages


def difference(name, usual, other):
    here = [f"{name}: only with the prefilter: {x}" for x in usual if x not in other]
    return here + [f"{name}: only without it: {x}" for x in other if x not in usual]


def check_prefilter(name, usual, whole):
    usual, whole = grouping(usual), grouping(whole)
    return difference(f"{name} finding", usual[0], whole[0]) + difference(f"{name} lineage", usual[1], whole[1])


def check_threads(name, folders):
    """Two runs with eight threads: an order that depends on luck may show between them only."""
    runs = [keyless("scan", "--format", "json", "--leads", "--no-progress", "--threads", count, *folders)
            for count in (1, 8, 8)]
    same = len({(run.returncode, run.stdout, run.stderr) for run in runs}) == 1
    return [] if same else [f"{name}: the report depends on the number of threads or on the run"]


def main():
    problems, found = [], 0
    for name, folder in scenarios().items():
        usual = scan(folder)
        problems += check_prefilter(name, usual, scan("--no-prefilter", folder)) + check_threads(name, [folder])
        found += len(usual["findings"])
    # All repositories at once: many files, so that threads really race.
    problems += check_threads("all repositories together", scenarios().values())
    print("\n".join(problems))
    print(f"{len(scenarios())} scenarios, {found} findings, {len(problems)} problems")
    return 1 if problems or found < 100 else 0


sys.exit(main())
