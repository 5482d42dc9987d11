"""Python tools that only tests need, from PyPI, in an environment outside of the repository that the next run finds."""
import fcntl
import hashlib
import os
import pathlib
import subprocess
import sys
import unittest

CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "keyless-tools"


def environment_of(*needs: str) -> pathlib.Path:
    """The `bin` folder of an environment that holds `needs`; skips the test, with the reason, where there is no network."""
    folder = CACHE / hashlib.sha256(" ".join(needs).encode()).hexdigest()[:16]
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            made = subprocess.run([sys.executable, "-m", "venv", "--clear", folder], capture_output=True, text=True)
            if made.returncode == 0:
                made = subprocess.run([folder / "bin/pip", "install", "-q", "--disable-pip-version-check", *needs],
                                      capture_output=True, text=True, timeout=600)
            if made.returncode != 0:
                skip(f"cannot install {' '.join(needs)}: {made.stderr.strip().splitlines()[-1:]}")
            (folder / "complete").touch()
    return folder / "bin"


def skip(reason: str) -> None:
    print("skipped:", reason)
    raise unittest.SkipTest(reason)


def run_tests() -> None:
    """As unittest.main, but the exit code is 77, and the last line the reason, when nothing could run."""
    result = unittest.main(exit=False).result
    if not result.wasSuccessful():
        sys.exit(1)
    if result.testsRun == len(result.skipped):
        print("skipped:", result.skipped[0][1] if result.skipped else "no test")
        sys.exit(77)
