#!/usr/bin/env python3
"""The rewrite of a twin is the twin of the rewrite.

Every fixtures/repos/*/input is rewritten as it is, with CRLF line ends, with a byte order mark, and in UTF-16. What the tool
makes of a twin must be, byte for byte, the same change in the twin's clothes; `undo` gives each twin back. A format whose
reader does not take a twin (JSON with a mark in front, say) is left alone in both or said below.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["KEYLESS_SOURCE_DIR"])
BINARY = os.environ["KEYLESS_BINARY"]
TEXT = (".py", ".ts", ".tsx", ".js", ".mjs", ".tf", ".bicep", ".yml", ".yaml", ".env", ".example", ".toml", ".json", ".tfvars",
        ".txt", ".bicepparam")

SKIPPED = {
    "encodings": "its files are twins already",
    "broken-syntax": "how much is lost around a syntax error depends on the bytes in front of it",
}


def run(*arguments, cwd=None):
    return subprocess.run(arguments, cwd=cwd, capture_output=True, check=False)


def is_plain(data):
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\r" not in data and b"\0" not in data and not data.startswith(b"\xef\xbb\xbf")


def crlf(data):
    return data.replace(b"\n", b"\r\n")


def marked(data):
    return b"\xef\xbb\xbf" + data


def utf16(data):
    return b"\xff\xfe" + data.decode("utf-8").encode("utf-16-le")


def tree(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*"))
            if p.is_file() and p.relative_to(folder).parts[0] != ".git"}


def rewrite(files, folder):
    """The files after `fix`, and whether `undo` gave them back."""
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    run("git", "init", "-q", ".", cwd=folder)
    run("git", "-c", "core.autocrlf=false", "add", "-fA", cwd=folder)
    run("git", "-c", "user.name=t", "-c", "user.email=t@example.invalid", "commit", "-qm", "before", cwd=folder)
    done = run(BINARY, "fix", "--write", "--review", "--through", "lock", "--lock-anyway", "test", "--no-progress",
               "--allow-dirty", str(folder))
    if done.returncode not in (0, 1):
        return None, done.stderr.decode()[:300]
    after = tree(folder)
    if after != files:
        run(BINARY, "undo", str(folder))
    return after, tree(folder) == files


def check(scenario, dress, name, problems):
    original = tree(scenario / "input")
    wanted_for = {p for p, data in original.items() if p.endswith(TEXT) and is_plain(data)
                  and not p.endswith((".keyless.yaml",)) and not (dress is not crlf and p.endswith((".json", ".toml", ".txt")))}
    twin = {p: dress(data) if p in wanted_for else data for p, data in original.items()}
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        plain, plain_undone = rewrite(original, pathlib.Path(one))
        dressed, dressed_undone = rewrite(twin, pathlib.Path(two))
    where = f"{scenario.name} {name}"
    if plain is None or dressed is None:
        problems.append(f"{where}: fix failed: {plain_undone} {dressed_undone}")
        return 0
    if plain_undone is not True or dressed_undone is not True:
        problems.append(f"{where}: undo does not give the old bytes back")
    compared = 0
    for path, data in plain.items():
        expected = dress(data) if path in wanted_for else data
        compared += data != original[path]
        if dressed[path] != expected:
            problems.append(f"{where} {path}: differs from the twin of the rewrite")
    return compared


def main():
    problems, compared = [], 0
    scenarios = sorted(path.parent for path in (SOURCE / "fixtures/repos").glob("*/input"))
    for scenario in scenarios:
        if scenario.name in SKIPPED:
            print(f"skipped: {scenario.name}: {SKIPPED[scenario.name]}")
            continue
        for dress, name in ((crlf, "CRLF"), (marked, "BOM"), (utf16, "UTF-16")):
            compared += check(scenario, dress, name, problems)
    print("\n".join(problems))
    print(f"{len(scenarios)} scenarios, {compared} rewritten twins, {len(problems)} problems")
    return 1 if problems or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
