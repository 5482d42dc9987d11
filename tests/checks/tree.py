"""What the checks share: the list of our files, and the way a check reports.

A check prints `path:line: what is wrong` and ends with 1; warnings are printed and end nothing; 77 means skipped.
"""
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(os.environ.get("KEYLESS_SOURCE_DIR") or pathlib.Path(__file__).resolve().parents[2])
SKIPPED_FOLDERS = {".git", "build", "node_modules", "__pycache__"}


def files(*suffixes: str, under: tuple[str, ...] = ()) -> list[pathlib.Path]:
    """Tracked files and new ones that are not ignored, relative to ROOT; all files where there is no Git."""
    listing = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"], capture_output=True
    )
    if listing.returncode == 0 and listing.stdout:
        found = [pathlib.Path(os.fsdecode(name)) for name in listing.stdout.split(b"\0") if name]
    else:
        found = [path.relative_to(ROOT) for path in ROOT.rglob("*")]
        found = [path for path in found if not SKIPPED_FOLDERS.intersection(path.parts)]
    return sorted(
        path
        for path in set(found)
        if (ROOT / path).is_file()
        and not (ROOT / path).is_symlink()
        and (not suffixes or path.name.endswith(suffixes))
        and (not under or path.parts[0] in under)
    )


def text_of(path: pathlib.Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")


def lines_of(path: pathlib.Path) -> list[str]:
    return text_of(path).splitlines()


def rooms() -> list[str]:
    """The rooms from the lowest to the highest; the one list is in the build."""
    found = re.search(r"^set\(rooms ([a-z ]+)\)$", text_of(pathlib.Path("scripts/cmake/rooms.cmake")), re.MULTILINE)
    if not found:
        raise SystemExit("scripts/cmake/rooms.cmake no longer has the list of rooms")
    return found.group(1).split()


def finish(errors: list[str], warnings: list[str] = ()) -> None:
    for warning in warnings:
        print("warning:", warning)
    for error in errors:
        print(error)
    sys.exit(1 if errors else 0)


def skip(reason: str) -> None:
    print("skipped:", reason)
    sys.exit(77)
