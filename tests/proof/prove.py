"""Runs the programs with a key, fixes them, and runs them without; the emulator's log decides. See scripts/proof."""
import argparse
import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from cases import CASES, Case
from emulator import isolation
import environments
import judge
import runs

ROOT = pathlib.Path(__file__).resolve().parents[2]
STEPS = ("key", "fix", "left", "unset", "expiry", "no-role", "logged")
WAITS = "waits for keyless fix"
STALE = ["--lifetime", "1", "--leeway", "60", "--single-use"]


def binary() -> list[str]:
    given = os.environ.get("KEYLESS")
    return [given] if given else [str(ROOT / "scripts/keyless")]


class Proof:
    """The steps of one case, in order; each returns the reason for its failure, or an empty text."""

    def __init__(self, case: Case, folder: pathlib.Path, keyless: list[str], can_fix: bool) -> None:
        self.case = case
        self.folder = folder
        self.keyless = keyless
        self.can_fix = can_fix
        self.language = case.name.split("/")[0]
        self.trees: dict[str, tuple[pathlib.Path, pathlib.Path]] = {}

    def step(self, name: str) -> str:
        if name != "key" and not self.can_fix:
            return WAITS
        if name not in ("key", "fix") and "cleanup" not in self.trees:
            return "not fixed"
        try:
            return getattr(self, name.replace("-", "_"))()
        except environments.InstallError as error:
            return f"install: {error}"

    def key(self) -> str:
        tree = self.copy("key")
        packages = environments.installed(self.language, tree)
        return judge.only_key(self.case, self.run((tree, packages), "on", True, ["--identity", "none"]))

    def fix(self) -> str:
        for stage in ("callers", "cleanup"):
            tree = self.copy(stage)
            reason = self.rewrite(tree, stage)
            if reason:
                return f"{stage}: {reason}"
            packages = environments.installed(self.language, tree)
            runs.link_packages(self.case, tree, packages)
            reason = self.accepted(tree, packages)
            if reason:
                return f"{stage}: {reason}"
            self.trees[stage] = (tree, packages)
        return ""

    def left(self) -> str:
        """After stage `callers` the old variable may still be set; the key must not be sent."""
        outcome = self.run(self.trees["callers"], "off", True)
        reason = judge.only_tokens(self.case, outcome) or judge.by_means(self.case, outcome)
        if reason or not self.case.gated:
            return reason
        closed = self.run(self.trees["callers"], "on", True, gate=False)
        reason = judge.only_key(self.case, closed)
        return f"with the gate closed: {reason}" if reason else ""

    def unset(self) -> str:
        outcome = self.run(self.trees["cleanup"], "off", False)
        return judge.only_tokens(self.case, outcome) or judge.by_means(self.case, outcome)

    def expiry(self) -> str:
        return judge.fresh_tokens(self.case, self.run(self.trees["cleanup"], "off", False, STALE))

    def no_role(self) -> str:
        return judge.refused(self.case, self.run(self.trees["cleanup"], "off", False, ["--no-role"]))

    def logged(self) -> str:
        """Fixed with --with-logging it works as before, and without an identity it says that there is no token."""
        tree = self.copy("logged")
        reason = self.rewrite(tree, "cleanup", "--with-logging")
        if reason:
            return reason
        packages = environments.installed(self.language, tree)
        runs.link_packages(self.case, tree, packages)
        reason = self.accepted(tree, packages) or judge.only_tokens(self.case, self.run((tree, packages), "off", False))
        return reason or judge.logged(self.case, self.run((tree, packages), "off", False, ["--identity", "none"]))

    def run(self, tree, keys: str, with_key: bool, options: list[str] | None = None, gate: bool = True):
        more = {"AZURE_OPENAI_USE_ENTRA_ID": "true"} if self.case.gated and gate else {}
        options = ["--keys", keys, "--identity", self.case.identity, *(options or [])]
        return runs.run(self.case, *tree, options, with_key, more)

    def copy(self, name: str) -> pathlib.Path:
        tree = self.folder / self.case.name.replace("/", "-") / name
        shutil.copytree(runs.PROGRAMS / self.case.name, tree)
        return tree

    def rewrite(self, tree: pathlib.Path, stage: str, *more: str) -> str:
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "as its users wrote it"]):
            subprocess.run(["git", "-c", "user.name=proof", "-c", "user.email=proof@example.com", *command],
                           cwd=tree, check=True)
        command = [*self.keyless, "fix", "--write", "--review", "--through", stage, *self.case.fix, *more, "."]
        done = subprocess.run(command, cwd=tree, capture_output=True, text=True)
        if done.returncode not in (0, 1):
            return f"keyless fix ended with {done.returncode}: {done.stderr.strip()[-300:]}"
        changed = subprocess.run(["git", "status", "--porcelain"], cwd=tree, capture_output=True, text=True)
        return "" if changed.stdout.strip() else f"nothing was changed: {(done.stderr or done.stdout).strip()[-300:]}"

    def accepted(self, tree: pathlib.Path, packages: pathlib.Path) -> str:
        """The fixed files are accepted by a compiler that is not ours."""
        command = [packages / "venv/bin/python", "-m", "compileall", "-q", "."]
        if self.language == "javascript":
            command = [packages / "node_modules/.bin/tsc", "--noEmit"] if self.case.types else ["true"]
        done = subprocess.run(list(map(str, command)), cwd=tree, capture_output=True, text=True)
        return (done.stdout + done.stderr).strip()[-300:] if done.returncode else ""


def prove(case: Case, folder: pathlib.Path, keyless: list[str], can_fix: bool, steps) -> dict[str, str]:
    proof = Proof(case, folder, keyless, can_fix)
    return {name: weighed(case, name, proof.step(name)) for name in steps if name != "logged" or case.logs}


def weighed(case: Case, step: str, reason: str) -> str:
    """A step that is known not to hold is said, and fails once it holds."""
    if step not in case.known:
        return reason
    if not reason:
        return "holds now: take it off the list of what is known not to"
    print(f"known: {case.name}, {step}: {case.known[step]}", flush=True)
    return ""


def word(reason: str | None) -> str:
    return "-" if reason is None else "no" if reason else "ok"


def table(results: dict[str, dict[str, str]], steps) -> None:
    width = max(map(len, results)) + 2
    print("".join([" " * width, *(f"{name:9}" for name in steps)]))
    for name, found in results.items():
        print("".join([f"{name:{width}}", *(f"{word(found.get(step)):9}" for step in steps)]).rstrip())
    print()
    for name, found in results.items():
        for reason in dict.fromkeys(found.values()):
            if reason:
                failed = ", ".join(step for step in steps if found.get(step) == reason)
                print(f"{name}, {failed}: {reason}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/proof", description="Proves the fixes with real SDKs.")
    parser.add_argument("name", nargs="*", help="programs whose name contains this (default: all)")
    parser.add_argument("--keys-only", action="store_true", help="only the run with the key")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="programs at a time (default 2)")
    parser.add_argument("--keep", metavar="FOLDER", help="leave the fixed programs in FOLDER, which must not exist")
    given = parser.parse_args()
    chosen = [case for case in CASES if not given.name or any(part in case.name for part in given.name)]
    if not chosen:
        parser.error("no program has such a name")
    reason = isolation.possible()
    if reason:
        print(f"the kernel gives no network namespace here, so nothing can be proved: {reason}")
        return 1
    steps = STEPS[:1] if given.keys_only else STEPS
    keyless = binary()
    can_fix = not given.keys_only and subprocess.run([*keyless, "fix", "--help"], capture_output=True).returncode == 0
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="proof-") as scratch:
        folder = pathlib.Path(given.keep or scratch).resolve()
        with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
            waiting = {case.name: pool.submit(prove, case, folder, keyless, can_fix, steps) for case in chosen}
            results = {}
            for name, future in waiting.items():
                results[name] = future.result()
                print(f"{name}: {'failed' if any(results[name].values()) else 'ok'}", file=sys.stderr, flush=True)
    table(results, steps)
    failed = sum(any(found.values()) for found in results.values())
    print(f"\n{time.monotonic() - start:.0f} seconds\nproof: {len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
