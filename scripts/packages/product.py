"""What every package says of keyless: version, time, texts, and the files that come with the program."""
import os
import pathlib
import subprocess
from dataclasses import dataclass, field

import parts
from manual import manual_page

SUMMARY = "finds Azure OpenAI and Azure AI keys in repositories, links and replaces them"
DESCRIPTION = (
    "keyless finds the API keys of Azure OpenAI and Azure AI services in a repository, links the places of each key "
    "into one lineage, from the account that issues it to the code that uses it, fails a build while there are any, "
    "and rewrites the repository so that everything signs in with Microsoft Entra ID. It needs no network."
)
# The address is of a reserved domain: nobody's. Whoever publishes packages names a real one.
MAINTAINER = os.environ.get("KEYLESS_MAINTAINER", "The keyless authors <keyless@keyless.invalid>")
SHELLS = ("bash", "zsh", "fish")


@dataclass
class Product:
    source: pathlib.Path
    binary: bytes
    version: str
    epoch: int
    manual: bytes
    license: bytes
    changelog: bytes
    readme: bytes
    notices: bytes
    completions: dict[str, bytes] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        return f"keyless-{self.version}"


def epoch_of(source: pathlib.Path) -> int:
    """SOURCE_DATE_EPOCH, the last commit, or, in an unpacked source tarball, the time of its files."""
    if os.environ.get("SOURCE_DATE_EPOCH"):
        return int(os.environ["SOURCE_DATE_EPOCH"])
    if (source / ".git").exists():
        return int(subprocess.run(["git", "-C", source, "log", "-1", "--format=%ct"], check=True, text=True,
                                  capture_output=True).stdout)
    return int((source / "LICENSE").stat().st_mtime)


def read_product(source: pathlib.Path, binary: pathlib.Path) -> Product:
    data = binary.read_bytes()
    if data[:5] != b"\x7fELF\x02" or data[18:20] != b"\x3e\x00":
        raise SystemExit(f"{binary} is not an x86_64 program")
    if b"/ld-linux-x86-64.so.2\0" in data[:4096]:
        raise SystemExit(f"{binary} is not static: it names a loader")

    def ask(*arguments: str) -> str:
        return subprocess.run([binary, *arguments], check=True, text=True, capture_output=True, env={}).stdout

    version = ask("--version").split()[1]
    epoch = epoch_of(source)
    return Product(source, data, version, epoch, manual_page(ask, version, epoch),
                   (source / "LICENSE").read_bytes(), (source / "CHANGELOG.md").read_bytes(),
                   (source / "README.md").read_bytes(), parts.notices(source),
                   {shell: ask("completions", shell).encode() for shell in SHELLS})
