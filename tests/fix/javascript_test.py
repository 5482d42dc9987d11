#!/usr/bin/env python3
"""Rewrites of JavaScript and TypeScript, files in, files out: what stands around a key goes with it, and nothing else changes.

Each case is one repository. The wanted texts are written by hand; a file without one stays as it was. After each rewrite
JavaScript still parses, and a second run changes nothing."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from javascript_cases import CASES

BINARY = os.environ["KEYLESS_BINARY"]
GIT = ["git", "-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "core.autocrlf=false"]


def fixed(options, files, folder):
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run([*GIT, *command], cwd=folder, check=True)
    rounds = []
    for _ in range(2):
        done = subprocess.run([BINARY, "fix", "--write", "--review", "--allow-dirty", "--no-progress", "--credential", "default",
                               "--through", "lock", "--lock-anyway", "test", *options, "."], cwd=folder, capture_output=True, check=False)
        if done.returncode not in (0, 1):
            sys.exit(f"fix ends with {done.returncode}: {done.stderr.decode()[:500]}")
        rounds.append({path: (folder / path).read_bytes() for path in files})
    return rounds, done.stdout.decode()


def show(name, wanted, got):
    print(f"FAILED: {name}")
    for number, (a, b) in enumerate(zip(wanted.split(b"\n"), got.split(b"\n")), 1):
        if a != b:
            print(f"  line {number}\n    wanted {a!r}\n    got    {b!r}")
            return
    print(f"  wanted {wanted.count(10)} lines, got {got.count(10)}")


def forms(before, after):
    """The same files with other line ends, a byte order mark, and no line end at the end."""
    def each(files, change):
        return {path: change(text) for path, text in files.items()}
    for form, change in (
            ("", lambda text: text.encode()),
            ("CRLF", lambda text: text.replace("\n", "\r\n").encode()),
            ("BOM", lambda text: b"\xef\xbb\xbf" + text.encode()),
            ("no final line end", lambda text: text.encode()[:-1])):
        yield form, each(before, change), each({**before, **after}, change)


def parses(folder, path):
    if not path.endswith((".js", ".mjs", ".cjs")) or shutil.which("node") is None:
        return True
    return subprocess.run(["node", "--check", path], cwd=folder, capture_output=True, check=False).returncode == 0


def check(case, form, before, wanted):
    failures = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (first, second), said = fixed(case.get("options", []), before, folder)
        for path in before:
            title = f"{case['name']} {form}: {path}"
            if first[path] != wanted[path]:
                show(title, wanted[path], first[path])
                failures += 1
            elif second[path] != first[path]:
                show(f"{title}, second run", first[path], second[path])
                failures += 1
            elif not parses(folder, path):
                print(f"FAILED: {title} does not parse any more")
                failures += 1
        if case.get("says", "") not in said:
            print(f"FAILED: {case['name']} {form} does not say: {case['says']}\n{said}")
            failures += 1
    return failures


def main():
    failures = runs = 0
    for case in CASES:
        for form, before, wanted in forms(case["before"], case["after"]):
            if form and not case.get("forms", True):
                continue
            runs += 1
            failures += check(case, form, before, wanted)
    print(f"{runs} rewrites, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
