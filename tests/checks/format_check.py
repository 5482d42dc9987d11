"""Layout is what clang-format 19 makes of it; scripts/format mends it."""
import shutil
import subprocess

import tree


def formatter() -> str:
    for name in ("clang-format-19", "clang-format"):
        path = shutil.which(name)
        if path and "version 19" in subprocess.run([path, "--version"], capture_output=True, text=True).stdout:
            return path
    tree.skip("clang-format 19 is not installed")
    return ""


def main() -> None:
    tool = formatter()
    paths = [str(path) for path in tree.files(".h", ".cpp", under=("src", "tests"))]
    if not paths:
        tree.finish([])
    result = subprocess.run(
        [tool, "--dry-run", "-Werror", "--ferror-limit=1", *paths], cwd=tree.ROOT, capture_output=True, text=True
    )
    lines = [line for line in result.stderr.splitlines() if ": error: " in line]
    if result.returncode and not lines:
        lines = [result.stderr.strip()]
    tree.finish([*lines, "mend it with scripts/format"] if lines else [])


main()
