"""scripts/embed keeps every byte: odd texts are embedded, compiled, and printed back by a small program."""
import os
import pathlib
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["KEYLESS_SOURCE_DIR"])
TEXTS = {
    "a/plain.yaml": b"id: a\n",
    "a/odd.yaml": b'quote " backslash \\ question ??/ nul \0 1 octal \x011 high \xff\xfe tab \t cr \r\n',
    "b/empty.yaml": b"",
    "b/long.yaml": bytes(range(256)) * 300,
    "c/ignored.txt": b"not a rule\n",
}
PROGRAM = """
#include <cstdio>
#include "rule/embedded.h"
int main() {
  for (const auto& file : keyless::embedded_rules()) {
    std::printf("%zu %.*s\\n", file.text.size(), int(file.path.size()), file.path.data());
    std::fwrite(file.text.data(), 1, file.text.size(), stdout);
  }
}
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        base = pathlib.Path(folder)
        for name, data in TEXTS.items():
            path = base / "rules" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        subprocess.run([sys.executable, SOURCE / "scripts/embed", base / "rules", base / "rules.cpp"], check=True)
        (base / "main.cpp").write_text(PROGRAM)
        compiler = os.environ.get("KEYLESS_CXX", "c++")
        files = [base / "rules.cpp", base / "main.cpp"]
        flags = ["-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Werror", f"-I{SOURCE}/src", "-o", base / "show"]
        subprocess.run([compiler, *flags, *files], check=True)
        shown = subprocess.run([base / "show"], check=True, capture_output=True).stdout
        expected = b"".join(
            b"%d %s\n%s" % (len(data), name.encode(), data)
            for name, data in sorted(TEXTS.items())
            if name.endswith(".yaml")
        )
        sys.exit(0 if shown == expected else "the program prints other bytes than the files hold")


main()
