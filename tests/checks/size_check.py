"""Files over 400 lines are a warning, over 600 an error; functions over 60 lines a warning, over 120 an error.

Tables are exempt: a file that says `// table: why` within its first five lines, or a function with `// table` on the
line above its first line or at the end of it. Functions are found by layout, which clang-format holds: the body ends
at the first line that is a closing brace in the column where the function began.
"""
import re

import tree

FILE_WARNING, FILE_ERROR = 400, 600
FUNCTION_WARNING, FUNCTION_ERROR = 60, 120
NOT_A_FUNCTION = re.compile(r"^\s*(namespace|struct|class|enum|union|extern|if|for|while|switch|do|else|try|case)\b")


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def first_line(lines: list[str], at: int) -> int:
    """The line where the construct opened at `at` began: a wrapped parameter list is indented more."""
    while at > 0 and (indent_of(lines[at]) > 2 or not lines[at].strip()):
        at -= 1
    return at


def functions(lines: list[str]):
    """Yields (first line index, number of lines, exempt) of every function that begins in column 0 or 2."""
    at = 0
    while at < len(lines):
        line, opening = lines[at].rstrip(), at
        at += 1
        if not line.endswith(("{", "{  // table")) or ")" not in line or line.lstrip().startswith("//"):
            continue
        first = first_line(lines, opening)
        begins = lines[first].rstrip()
        if NOT_A_FUNCTION.match(begins) or first < opening and ("(" not in begins or begins.endswith((";", "}", "{"))):
            continue
        closing = re.compile("^" + " " * indent_of(begins) + r"\}")
        end = next((index for index in range(opening + 1, len(lines)) if closing.match(lines[index])), None)
        if end is None:
            continue
        exempt = "// table" in line or (first > 0 and lines[first - 1].strip().startswith("// table"))
        yield first, end - first + 1, exempt
        at = end + 1


def main() -> None:
    errors, warnings = [], []
    for path in tree.files(".h", ".cpp", ".py", ".sh", ".cmake", under=("src", "tests", "scripts")):
        lines = tree.lines_of(path)
        if not any(line.startswith(("// table", "# table")) for line in lines[:5]):
            if len(lines) > FILE_ERROR:
                errors.append(f"{path}:1: {len(lines)} lines, more than {FILE_ERROR}")
            elif len(lines) > FILE_WARNING:
                warnings.append(f"{path}:1: {len(lines)} lines, more than {FILE_WARNING}")
        if path.suffix not in (".h", ".cpp") or path.parts[0] != "src":
            continue
        for first, count, exempt in functions(lines):
            if exempt or count <= FUNCTION_WARNING:
                continue
            message = f"{path}:{first + 1}: a function of {count} lines"
            if count > FUNCTION_ERROR:
                errors.append(f"{message}, more than {FUNCTION_ERROR}")
            else:
                warnings.append(f"{message}, more than {FUNCTION_WARNING}")
    tree.finish(errors, warnings)


if __name__ == "__main__":
    main()
