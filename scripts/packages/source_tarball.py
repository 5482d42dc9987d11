"""The source tarball: the last commit, and of each grammar what the build compiles. It builds without npm and Git."""
import io
import pathlib
import re
import subprocess
import tarfile

import parts
from archives import File, gz, tar
from product import Product, epoch_of

MODULES = "scripts/deps/node_modules/"
# Of a grammar: the C sources, their headers, the licence and the manifest that names the version.
WANTED = (".c", ".h", "LICENSE", "package.json")
UNWANTED = {"prebuilds", "bindings", "queries", "node_modules"}


def committed(source: pathlib.Path) -> list[File]:
    """The files of the last commit; in an unpacked source tarball all that is there."""
    if not (source / ".git").exists():
        return [File(path.relative_to(source).as_posix(), path.read_bytes(), 0o755 if path.stat().st_mode & 0o100 else 0o644)
                for path in source.rglob("*") if path.is_file() and not left_out(path.relative_to(source))]
    run = subprocess.run(["git", "-C", source, "archive", "--format=tar", "HEAD"], check=True, capture_output=True)
    found = []
    with tarfile.open(fileobj=io.BytesIO(run.stdout)) as archive:
        for member in archive.getmembers():
            if member.isfile():
                mode = 0o755 if member.mode & 0o100 else 0o644
                found.append(File(member.name, archive.extractfile(member).read(), mode))
    return found


def left_out(path: pathlib.Path) -> bool:
    return path.parts[0] == "build" or path.as_posix().startswith(MODULES) or "__pycache__" in path.parts


def grammar_files(source: pathlib.Path) -> list[File]:
    found = []
    for name in parts.GRAMMARS:
        folder = source / MODULES / name
        if not folder.is_dir():
            raise SystemExit(f"{folder} is missing: run scripts/deps/fetch")
        for path in folder.rglob("*"):
            inside = path.relative_to(folder).parts
            if path.is_file() and path.name.endswith(WANTED) and not UNWANTED.intersection(inside):
                found.append(File(path.relative_to(source).as_posix(), path.read_bytes()))
    # What scripts/deps/fetch leaves there: the grammars are those of the lock file.
    found.append(File(MODULES + ".keyless-lock", (source / "scripts/deps/package-lock.json").read_bytes()))
    return found


def make_without_product(source: pathlib.Path) -> dict[str, bytes]:
    """The same for the source alone, where nothing was built that says its version."""
    version = re.search(r"project\(keyless VERSION (\S+)", (source / "CMakeLists.txt").read_text()).group(1)
    return packed(source, f"keyless-{version}", epoch_of(source))


def make(product: Product) -> dict[str, bytes]:
    return packed(product.source, product.stem, product.epoch)


def packed(source: pathlib.Path, stem: str, epoch: int) -> dict[str, bytes]:
    files = committed(source) + grammar_files(source)
    return {f"{stem}-source.tar.gz": gz(tar(files, epoch, stem + "/"))}
