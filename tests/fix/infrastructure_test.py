#!/usr/bin/env python3
"""Whole rewrites of small services with their infrastructure: fixtures/fixes/*/before becomes `after`, byte for byte.

`after` is what was read and held to be right, not what came out last; `options` are those of the run. A second run changes
nothing, and `undo` gives `before` back."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["KEYLESS_SOURCE_DIR"])
BINARY = os.environ["KEYLESS_BINARY"]
GIT = ["git", "-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "core.autocrlf=false"]


def files(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes()
            for p in sorted(folder.rglob("*")) if p.is_file() and ".git" not in p.relative_to(folder).parts}


def fix(root, options):
    return subprocess.run([BINARY, "fix", "--write", "--review", "--through", "lock", "--all-consumers-here", "--allow-dirty",
                           "--no-progress", *options, str(root)], check=False, capture_output=True)


def different(name, wanted, got):
    for path in sorted(wanted.keys() | got.keys()):
        if wanted.get(path) != got.get(path):
            lines = zip(wanted.get(path, b"").splitlines(), got.get(path, b"").splitlines())
            first = next((f"wanted {a!r}, got {b!r}" for a, b in lines if a != b), "its length differs")
            yield f"{name}: {path}: {first}"


def check(case):
    options = (case / "options").read_text().split()
    before, after = files(case / "before"), files(case / "after")
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder) / "service"
        shutil.copytree(case / "before", root)
        for step in (["init", "-q"], ["add", "-fA"], ["commit", "-qm", "all"]):
            subprocess.run(GIT + step, cwd=root, check=True, stdout=subprocess.DEVNULL)
        done = fix(root, options)
        if done.returncode not in (0, 1):
            return [f"{case.name}: {done.stderr.decode()}"]
        problems = list(different(case.name, after, files(root)))
        fix(root, options)
        problems += different(f"{case.name}, second run", after, files(root)) if not problems else []
        subprocess.run([BINARY, "undo"], cwd=root, check=False, capture_output=True)
        return problems + list(different(f"{case.name}, undone", before, files(root)))


def main():
    cases = sorted((SOURCE / "fixtures/fixes").iterdir())
    problems = [p for case in cases for p in check(case)]
    print("\n".join(problems) or f"{len(cases)} services are rewritten as wanted")
    return 1 if problems or not cases else 0


sys.exit(main())
