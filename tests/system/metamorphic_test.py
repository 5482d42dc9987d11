#!/usr/bin/env python3
"""Changes that do not change the meaning of a repository change no finding and no lineage: seeded mutations over all fixture
repositories, and over the repositories in the folder KEYLESS_CORPUS where it is given. Findings map one to one by rule,
category and place (path and text of the line); lineages hold the same findings together. A seed as argument
repeats one; KEYLESS_MUTATIONS is their number."""
import collections
import os
import pathlib
import random
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from mutations import MUTATIONS
from scanning import scan, scenarios, write

SEEDS = int(os.environ.get("KEYLESS_MUTATIONS", "240"))
CORPUS_SEEDS = 8  # for each repository, since a scan of one takes seconds
CORPUS_REPOSITORIES = 3

# "mutation scenario path" -> why the scan differs
KNOWN_GAPS: dict[str, str] = {}


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.is_symlink() and ".git" not in path.parts}


def report_of(files):
    with tempfile.TemporaryDirectory() as holder:
        for path, data in files.items():
            write(holder, path, data)
        return scan("--threads", 1, holder)


def places(report, files, place):
    """Findings as (rule, category, path, text of the line), and lineages as groups of them."""
    named = {}
    for finding in report["findings"]:
        path, line = place(finding["path"], finding["span"][0])
        text = files[path].split(b"\n")[line].strip()
        named[finding["id"]] = (finding["rule"], finding["category"], finding["verdict"], path, text)
    groups = [tuple(sorted(named[i] for i in lineage["findings"])) for lineage in report["lineages"]]
    return collections.Counter(named.values()), collections.Counter(groups)


def compare(expected, actual):
    problems = []
    for what, before, after in (("finding", expected[0], actual[0]), ("lineage", expected[1], actual[1])):
        problems += [f"{what} lost: {x}" for x in (before - after).elements()]
        problems += [f"{what} new: {x}" for x in (after - before).elements()]
    return problems


def check(seed, name, files, report):
    """(mutation made, problems)."""
    dice = random.Random(f"{seed} {name}")
    # Evenly over the kinds: what one repository has nothing for, another will.
    kinds = list(MUTATIONS)
    for kind in kinds[seed % len(kinds):] + kinds[:seed % len(kinds)]:
        made = MUTATIONS[kind](files, dice)
        if made is not None:
            break
    what, after, place = made
    lines = lambda path, offset: (path, after[path].count(b"\n", 0, offset))
    problems = compare(places(report, after, place), places(report_of(after), after, lines))
    gap = next((cause for key, cause in KNOWN_GAPS.items() if f"{kind} {name} {what}".startswith(key)), None)
    if gap is not None:
        return kind, [] if problems else [f"no longer a gap: {kind} {name} {what}"]
    return kind, [f"seed {seed} {name}: {kind}: {what}: {problem}" for problem in problems]


def repositories():
    """(name, files, number of mutations)."""
    found = [(name, files_of(folder)) for name, folder in scenarios().items()]
    yield from ((name, files, -(-SEEDS // len(found))) for name, files in found)
    corpus = os.environ.get("KEYLESS_CORPUS")
    if corpus and os.path.isdir(corpus):
        for folder in sorted(path for path in pathlib.Path(corpus).iterdir() if path.is_dir())[:CORPUS_REPOSITORIES]:
            yield folder.name, files_of(folder), CORPUS_SEEDS


def main():
    only = int(sys.argv[1]) if len(sys.argv) > 1 else None
    problems, kinds = [], collections.Counter()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for number, (name, files, count) in enumerate(repositories()):
            report = report_of(files)
            # Each repository begins with another kind, so that all kinds meet all repositories.
            seeds = [only] if only is not None else range(number, number + count)
            for kind, found in pool.map(lambda seed: check(seed, name, files, report), seeds):
                kinds[kind] += 1
                problems += found
    print("\n".join(problems))
    print(f"{sum(kinds.values())} mutations ({', '.join(f'{n} {k}' for k, n in sorted(kinds.items()))}), {len(problems)} problems")
    enough = only is not None or (sum(kinds.values()) >= 200 and set(kinds) == set(MUTATIONS))
    return 1 if problems or not enough else 0


sys.exit(main())
