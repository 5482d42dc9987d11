"""Archives whose bytes depend only on what is in them: sorted, one time, owner root, no names of this machine."""
import gzip
import io
import tarfile
import time
import zipfile
from dataclasses import dataclass


@dataclass(frozen=True)
class File:
    """A file of a package; a path that ends in '/' is a folder."""

    path: str
    data: bytes = b""
    mode: int = 0o644


def folders_of(files: list[File]) -> list[File]:
    """The folders above the files that nobody named."""
    named = {file.path for file in files}
    found = set()
    for file in files:
        parts = file.path.rstrip("/").split("/")[:-1]
        for count in range(1, len(parts) + 1):
            found.add("/".join(parts[:count]) + "/")
    return [File(path, mode=0o755) for path in found - named]


def tar(files: list[File], epoch: int, prefix: str = "", folders: bool = True) -> bytes:
    """An uncompressed tar; `prefix` is put before every path ('./' as Debian does it, or a folder of the release)."""
    out = io.BytesIO()
    every = list(files) + (folders_of(files) if folders else [])
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for file in sorted(every, key=lambda file: file.path):
            member = tarfile.TarInfo(prefix + file.path.rstrip("/"))
            member.mtime, member.mode = epoch, file.mode
            member.uname = member.gname = ""
            if file.path.endswith("/"):
                member.type = tarfile.DIRTYPE
                archive.addfile(member)
            else:
                member.size = len(file.data)
                archive.addfile(member, io.BytesIO(file.data))
    return out.getvalue()


def gz(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=6, mtime=0)


def zipped(files: list[File], epoch: int) -> bytes:
    """A zip as wheels want it; its clock has steps of two seconds and begins in 1980."""
    moment = time.gmtime(max(epoch, 315532800))[:6]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.path, moment)
            entry.external_attr = (0o100000 | file.mode) << 16
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.data)
    return out.getvalue()


def ar(members: list[tuple[str, bytes]], epoch: int) -> bytes:
    """The outer archive of a .deb."""
    out = b"!<arch>\n"
    for name, data in members:
        out += f"{name:<16}{epoch:<12}{0:<6}{0:<6}{100644:<8}{len(data):<10}`\n".encode()
        out += data + (b"\n" if len(data) % 2 else b"")
    return out
