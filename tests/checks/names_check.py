"""No file or folder is called after nothing in particular."""
import re

import tree

EMPTY_NAMES = {"util", "utils", "core", "common", "helper", "helpers", "misc", "manager", "managers"}


def main() -> None:
    errors = []
    for path in tree.files(under=("src", "tests", "scripts", "rules")):
        for part in path.parts:
            words = set(re.split(r"[^a-z]+", part.lower()))
            if EMPTY_NAMES & words:
                errors.append(f"{path}: the name '{part}' does not say what it holds")
                break
    tree.finish(errors)


main()
