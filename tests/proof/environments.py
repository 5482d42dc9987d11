"""Installs what a program's manifest asks for, once per manifest, into a cache outside the repository.

Packages are resolved as of AS_OF, so that the same manifest gives the same versions on every day.
"""
import fcntl
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
from contextlib import contextmanager

AS_OF = "2026-11-24T00:00:00Z"
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "keyless-proof"
MANIFESTS = {"python": ("requirements.txt",), "javascript": ("package.json", "package-lock.json")}


class InstallError(Exception):
    """The packages of a manifest cannot be installed; the text is the installer's."""


def installed(language: str, tree: pathlib.Path) -> pathlib.Path:
    """The folder with the packages that the manifest in `tree` asks for: a virtual environment, or one with node_modules."""
    manifest = [tree / name for name in MANIFESTS[language] if (tree / name).exists()]
    text = b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in manifest)
    name = hashlib.sha256(AS_OF.encode() + sys.version.encode() + text).hexdigest()[:16]
    folder = CACHE / language / name
    with _locked(folder):
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            (_install_python if language == "python" else _install_node)(folder, manifest)
            (folder / "complete").touch()
    return folder


def _install_python(folder: pathlib.Path, manifest: list[pathlib.Path]) -> None:
    uv = [sys.executable, "-m", "uv", "--quiet"]
    # A virtual environment cannot be moved, so it is made where it stays.
    _call([*uv, "venv", "--clear", "--python", sys.executable, folder / "venv"])
    python = folder / "venv/bin/python"
    _call([*uv, "pip", "install", "--python", python, "--exclude-newer", AS_OF, "-r", manifest[0]])


def _install_node(folder: pathlib.Path, manifest: list[pathlib.Path]) -> None:
    for path in manifest:
        shutil.copy(path, folder)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline"]
    if (folder / "package-lock.json").exists():
        if _call(["npm", "ci", *quiet], folder, may_fail=True):
            return
        # The manifest has changed since the lock was written: lock again, as its owner would.
    _call(["npm", "install", "--before", AS_OF, *quiet], folder)


def _call(command: list, cwd: pathlib.Path | None = None, may_fail: bool = False) -> bool:
    environment = os.environ | {"UV_CACHE_DIR": str(CACHE / "uv"), "UV_LINK_MODE": "hardlink"}
    done = subprocess.run([*map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True)
    if done.returncode and not may_fail:
        raise InstallError((done.stderr or done.stdout).strip()[-600:])
    return done.returncode == 0


@contextmanager
def _locked(folder: pathlib.Path):
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(folder.with_suffix(".lock"), "w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
