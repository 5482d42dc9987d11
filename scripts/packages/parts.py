"""What is linked into the binary: the libraries of the distribution, and the grammars of the lock file."""
import json
import pathlib
import subprocess
from dataclasses import dataclass

DOCUMENTS = pathlib.Path("/usr/share/doc")

# table: Debian package, licence by its SPDX name; all are linked statically or are headers only
LIBRARIES = (
    ("libre2-dev", "BSD-3-Clause"),
    ("libyaml-cpp-dev", "MIT"),
    ("libsodium-dev", "ISC"),
    ("libpugixml-dev", "MIT"),
    ("libsqlite3-dev", "blessing"),
    ("libfmt-dev", "MIT"),
    ("libcli11-dev", "BSD-3-Clause"),
    ("nlohmann-json3-dev", "MIT"),
    ("libexpected-dev", "CC0-1.0"),
    ("libc6-dev", "LGPL-2.1-or-later"),
    ("libstdc++-12-dev", "GPL-3.0-or-later WITH GCC-exception-3.1"),
    ("libgcc-12-dev", "GPL-3.0-or-later WITH GCC-exception-3.1"),
)
# table: what scripts/cmake/grammars.cmake compiles; the other packages of the lock file only come along
GRAMMARS = (
    "tree-sitter",
    "tree-sitter-python",
    "tree-sitter-javascript",
    "tree-sitter-typescript",
    "@tree-sitter-grammars/tree-sitter-hcl",
)


@dataclass(frozen=True)
class Part:
    name: str
    version: str  # "" where this machine does not say
    license: str
    address: str  # package URL
    sha512: str = ""  # of the npm archive, base64


def debian_version(package: str) -> str:
    try:
        asked = subprocess.run(["dpkg-query", "-W", "-f=${Version}", package], text=True, capture_output=True)
    except FileNotFoundError:
        return ""
    return asked.stdout if asked.returncode == 0 else ""


def libraries() -> list[Part]:
    found = []
    for name, license_name in LIBRARIES:
        version = debian_version(name)
        quoted = name.replace("+", "%2B")
        address = f"pkg:deb/debian/{quoted}" + (f"@{version.replace('+', '%2B')}?arch=amd64" if version else "")
        found.append(Part(name, version, license_name, address))
    return found


def grammars(source: pathlib.Path) -> list[Part]:
    locked = json.loads((source / "scripts/deps/package-lock.json").read_text())["packages"]
    found = []
    for name in GRAMMARS:
        row = locked["node_modules/" + name]
        address = f"pkg:npm/{name.replace('@', '%40')}@{row['version']}"
        found.append(Part(name, row["version"], row["license"], address, row["integrity"].removeprefix("sha512-")))
    return found


def notices(source: pathlib.Path) -> bytes:
    """The licences of all parts, whole, as each of them asks for when the program is passed on."""
    text = (
        "keyless is linked with the works below. The source tarball of the same release, which builds with\n"
        "another version of each library, is the source that the LGPL asks for.\n"
    )
    seen: dict[str, str] = {}
    for part in libraries() + grammars(source):
        version = f" {part.version}" if part.version else ""
        text += f"\n\n==== {part.name}{version} ({part.license})\n\n"
        debian = DOCUMENTS / part.name / "copyright"
        npm = source / "scripts/deps/node_modules" / part.name / "LICENSE"
        file = npm if part.sha512 else debian
        if not file.exists():
            text += "The text is not on the machine that made this package.\n"
            continue
        words = file.read_text(encoding="utf-8", errors="replace")
        text += f"As for {seen[words]}.\n" if words in seen else words
        seen.setdefault(words, part.name)
    return text.encode()
