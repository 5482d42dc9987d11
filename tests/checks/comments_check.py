"""Headers open with two lines on their job and promise; no banner comments; nothing is left for later in a comment."""
import re

import tree

BANNER = re.compile(r"^\s*(//|#|/\*)\s?[-=*#/~]{5,}")
# Written in two pieces so that this file passes its own check.
LATER = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X{3}|HA" + r"CK)\b")


def main() -> None:
    errors = []
    for path in tree.files(".h", under=("src",)):
        lines = tree.lines_of(path)
        if len(lines) < 3 or not all(re.match(r"// \S", line) for line in lines[:2]):
            errors.append(f"{path}:1: a header opens with two comment lines: what it does, what it promises")
        if "#pragma once" not in lines:
            errors.append(f"{path}:1: no #pragma once")
    for path in tree.files(".h", ".cpp", ".py", ".sh", ".cmake", ".yaml", ".md", ".txt", under=("src", "tests", "scripts", "rules")):
        code = path.suffix in (".h", ".cpp", ".py", ".sh", ".cmake")
        for number, line in enumerate(tree.lines_of(path), 1):
            if code and BANNER.match(line):
                errors.append(f"{path}:{number}: a banner comment")
            if LATER.search(line):
                errors.append(f"{path}:{number}: something is left for later; do it or say it in an issue")
    tree.finish(errors)


main()
