"""Code that must not compile does not: every tests/**/*_must_not_compile.cpp, one case at a time.

Such a file holds `#if KEYLESS_CASE == N` blocks, N = 1, 2, ...; with KEYLESS_CASE 0 it must compile, with each N not.
"""
import os
import re
import subprocess

import tree


def compiles(path, case: int) -> tuple[bool, str]:
    command = [os.environ.get("KEYLESS_CXX", "c++"), "-std=c++20", "-fsyntax-only", "-w", f"-DKEYLESS_CASE={case}"]
    command += [f"-I{tree.ROOT}/src", str(tree.ROOT / path)]
    result = subprocess.run(command, capture_output=True, text=True)
    return result.returncode == 0, result.stderr


def main() -> None:
    errors = []
    for path in tree.files("_must_not_compile.cpp", under=("tests",)):
        cases = sorted({int(number) for number in re.findall(r"KEYLESS_CASE == (\d+)", tree.text_of(path))})
        good, output = compiles(path, 0)
        if not good:
            errors.append(f"{path}: does not compile even without a case, so it proves nothing:\n{output}")
        if not cases:
            errors.append(f"{path}: has no `#if KEYLESS_CASE == N`")
        errors += [f"{path}: case {case} compiles and must not" for case in cases if compiles(path, case)[0]]
    tree.finish(errors)


main()
