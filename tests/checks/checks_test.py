"""Each check passes on a small good tree and fails when one thing is made wrong; a check that cannot fail is none."""
import base64
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
KEY = "a" * 52 + "JQQ" + "J99" + "B" * 26
HEADER = "// Does one thing.\n// Promises little.\n#pragma once\n"
GOOD = {
    "scripts/cmake/rooms.cmake": "set(rooms base source syntax)\n",
    "src/base/span.h": HEADER,
    "src/source/file_set.h": HEADER + '#include "base/span.h"\n',
    "src/source/file_set.cpp": '#include "source/file_set.h"\n\n#include <vector>\n',
}
LONG_FUNCTION = "int f() {\n" + "  g();\n" * 130 + "}\n"
BAD = [
    ("layers", {"src/base/up.h": HEADER + '#include "source/file_set.h"\n'}),
    ("layers", {"src/base/beside.h": HEADER + '#include "span.h"\n'}),
    ("layers", {"src/base/gone.h": HEADER + '#include "base/gone_away.h"\n'}),
    ("layers", {"src/cellar/x.h": HEADER}),
    ("layers", {"src/base/a.h": HEADER + '#include "base/b.h"\n', "src/base/b.h": HEADER + '#include "base/a.h"\n'}),
    ("size", {"src/base/long.cpp": "int x;\n" * 601}),
    ("size", {"src/base/long.cpp": LONG_FUNCTION}),
    ("size", {"src/base/long.cpp": "class A {\n  int f(int a,\n        int b) {\n" + "    g();\n" * 130 + "  }\n};\n"}),
    ("names", {"src/base/string_ut" + "il.h": HEADER}),
    ("names", {"tests/com" + "mon/a_test.cpp": "\n"}),
    ("comments", {"src/base/bare.h": "#pragma once\nint x;\nint y;\n"}),
    ("comments", {"src/base/once.h": HEADER.replace("#pragma once", "int x;")}),
    ("comments", {"src/base/later.cpp": "// TO" + "DO: the rest\n"}),
    ("comments", {"src/base/banner.cpp": "// " + "-" * 40 + "\n"}),
    ("secrets", {"fixtures/a.env": f"KEY={KEY}\n"}),
    ("secrets", {"fixtures/a.env": b"\xff\xfe" + f"KEY={KEY}\n".encode("utf-16-le")}),
    ("secrets", {"fixtures/a.yaml": "key: " + base64.b64encode(KEY.encode()).decode() + "\n"}),
    ("secrets", {"tests/a.cpp": 'auto key = "' + "0123456789abcdef" * 2 + '";\n'}),
    ("paths", {"README.md": "see /wo" + "rk/main/x\n"}),
    ("paths", {"scripts/deps/package-lock.json": '{"resolved": "https://example.com/x.tgz"}\n'}),
]
# What must not be refused: the exemptions, and neighbours of what is forbidden.
STILL_GOOD = [
    ("size", {"src/base/list.cpp": "// table: names and numbers\n" + "int x;\n" * 700}),
    ("size", {"src/base/list.cpp": "// table\n" + LONG_FUNCTION}),
    ("size", {"src/base/near.cpp": LONG_FUNCTION.replace("  g();\n" * 130, "  g();\n" * 100)}),
    ("names", {"src/base/utility_meter.h": HEADER}),
    ("secrets", {"src/base/near.cpp": f"// {KEY[1:]}\n"}),
]


def passes(check: str, tree: dict) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        for name, content in tree.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        environment = {**os.environ, "KEYLESS_SOURCE_DIR": folder, "PYTHONDONTWRITEBYTECODE": "1"}
        result = subprocess.run(
            [sys.executable, HERE / f"{check}_check.py"], env=environment, capture_output=True, text=True
        )
        if result.returncode not in (0, 1) or "Traceback" in result.stderr:
            raise SystemExit(f"{check}: {result.stderr}")
        return result.returncode == 0


def main() -> None:
    wrong = []
    for check in ("layers", "size", "names", "comments", "secrets", "paths"):
        if not passes(check, GOOD):
            wrong.append(f"{check} refuses the good tree")
    for check, change in BAD:
        if passes(check, {**GOOD, **change}):
            wrong.append(f"{check} accepts {list(change)} {[str(text)[:60] for text in change.values()]}")
    for check, change in STILL_GOOD:
        if not passes(check, {**GOOD, **change}):
            wrong.append(f"{check} refuses {list(change)}")
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


main()
