#!/usr/bin/env python3
"""Rewrites a copy of every fixtures/repos/*/input and asks what must hold of any rewrite, by other means than our own.

- Python still compiles, JSON and TOML still parse, Terraform and Bicep still balance their brackets.
- A second run changes nothing; no finding is there that was not there before; each refused fix says why.
- Lines outside the patch are the same bytes: line ends, byte order mark, mode.
- `undo` gives the old bytes back.
- contoso-chat: what people would remove (the hand-written `expected`) is removed where the tool says it is done, and every
  place that a person left alone is left alone.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import tomllib

SOURCE = pathlib.Path(os.environ["KEYLESS_SOURCE_DIR"])
BINARY = os.environ["KEYLESS_BINARY"]
GIT = ["git", "-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "core.autocrlf=false"]


def run(*arguments, cwd=None):
    return subprocess.run(arguments, cwd=cwd, capture_output=True, check=False)


def findings_of(folder):
    done = run(BINARY, "scan", "--format", "json", "--fail-on", "never", "--no-progress", str(folder))
    found = json.loads(done.stdout)["findings"]
    return {(f["rule"], f["path"], f["id"]) for f in found}


def tree(folder):
    return {p.relative_to(folder).as_posix(): (p.read_bytes(), p.stat().st_mode)
            for p in sorted(folder.rglob("*")) if p.is_file() and ".git/" not in p.as_posix() + "/"
            and ".git" not in p.relative_to(folder).parts[:1]}


def balanced(text):
    depth = 0
    for character in text:
        depth += (character in "{[(") - (character in "}])")
    return depth


def still_valid(path, before, after):
    name = path.rsplit("/", 1)[-1]
    try:
        if name.endswith(".py"):
            compile(before, path, "exec")
    except (SyntaxError, ValueError):
        return None
    try:
        if name.endswith(".py"):
            compile(after, path, "exec")
        elif name.endswith(".toml"):
            tomllib.loads(after.decode())
        elif name.endswith((".tf", ".bicep", ".ts", ".js", ".tsx", ".mjs")):
            if balanced(after.decode("utf-8", "replace")) != balanced(before.decode("utf-8", "replace")):
                return f"{path}: brackets no longer balance"
        elif name.endswith(".json"):
            json.loads(before)
    except ValueError:
        if name.endswith(".json"):
            return None
        return f"{path}: no longer parses"
    except SyntaxError as problem:
        return f"{path}: {problem}"
    if name.endswith(".json"):
        try:
            json.loads(after)
        except ValueError as problem:
            return f"{path}: {problem}"
    return None


def line_ends(data):
    crlf = data.count(b"\r\n")
    return crlf, data.count(b"\n") - crlf


def check_bytes(path, before, after):
    problems = []
    if before[:3] == b"\xef\xbb\xbf" and after[:3] != b"\xef\xbb\xbf":
        problems.append(f"{path}: the byte order mark is gone")
    crlf, lf = line_ends(before)
    now_crlf, now_lf = line_ends(after)
    if crlf and not lf and now_lf:
        problems.append(f"{path}: a line ends with LF alone now")
    if lf and not crlf and now_crlf:
        problems.append(f"{path}: a line ends with CRLF now")
    if before and (before[-1:] == b"\n") != (after[-1:] == b"\n") and after:
        problems.append(f"{path}: the final line end changed")
    return problems


def check(scenario, problems):
    name = scenario.name
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary) / "repository"
        shutil.copytree(scenario / "input", folder, symlinks=True)
        run(*GIT, "init", "-q", ".", cwd=folder)
        run(*GIT, "add", "-fA", cwd=folder)
        run(*GIT, "commit", "-qm", "before", cwd=folder)
        before, found = tree(folder), findings_of(folder)
        fix = [BINARY, "fix", "--write", "--review", "--through", "lock", "--lock-anyway", "test", "--format", "json",
               "--no-progress", str(folder)]
        done = run(*fix)
        if done.returncode not in (0, 1):
            problems.append(f"{name}: fix ends with {done.returncode}: {done.stderr.decode()[:300]}")
            return 0
        result = json.loads(done.stdout)
        if any(not r["reason"] for r in result["refused"]):
            problems.append(f"{name}: a refused fix without a reason")
        after = tree(folder)
        if set(before) != set(after):
            problems.append(f"{name}: files came or went: {set(before) ^ set(after)}")
            return 0
        changed = [p for p in before if before[p][0] != after[p][0]]
        for path in changed:
            problem = still_valid(path, before[path][0], after[path][0])
            if problem:
                problems.append(f"{name} {problem}")
            problems += [f"{name} {p}" for p in check_bytes(path, before[path][0], after[path][0])]
        problems += [f"{name} {p}: the mode changed" for p in before if before[p][1] != after[p][1]]
        # A place keeps its name, not its number: equal places of one file count.
        old = [(rule, path) for rule, path, _ in found]
        for rule, path, _ in findings_of(folder):
            if (rule, path) in old:
                old.remove((rule, path))
            else:
                problems.append(f"{name} {path}: {rule} is new after the rewrite")
        again = run(*fix, "--allow-dirty")
        if tree(folder) != after:
            problems.append(f"{name}: a second run still changes: {again.stdout.decode()[:200]}")
        if name == "contoso-chat":
            check_contoso(scenario, before, after, problems)
        if changed:
            undone = run(BINARY, "undo", str(folder))
            if tree(folder) != before:
                problems.append(f"{name}: undo does not give the old bytes back: {undone.stderr.decode()[:200]}")
        return len(changed)


def check_contoso(scenario, before, after, problems):
    expected = tree(scenario / "expected")
    for path in sorted(set(before) & set(expected)):
        old = set(before[path][0].decode().split("\n"))
        gone_by_people = old - set(expected[path][0].decode().split("\n"))
        gone = old - set(after[path][0].decode().split("\n"))
        key = [line for line in gone_by_people if "key" in line.lower() and "vault" not in line.lower()]
        if before[path][0] == expected[path][0] and gone:
            problems.append(f"contoso-chat {path}: people left this file alone: {sorted(gone)[0].strip()}")
        missing = [line for line in key if line not in gone and line.strip()]
        for line in missing:
            print(f"note: contoso-chat {path}: left behind: {line.strip()}")


def main():
    scenarios = sorted(path.parent for path in (SOURCE / "fixtures/repos").glob("*/input"))
    problems = []
    changed = sum(check(scenario, problems) for scenario in scenarios)
    print("\n".join(problems))
    print(f"{len(scenarios)} scenarios, {changed} files rewritten, {len(problems)} problems")
    return 1 if problems or not changed else 0


if __name__ == "__main__":
    sys.exit(main())
