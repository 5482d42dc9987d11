"""The Debian package. It depends on nothing; git is recommended, since Git says which files are tracked."""
import gzip
import hashlib
import lzma
import textwrap
import time

from archives import File, ar, folders_of, tar
from product import DESCRIPTION, MAINTAINER, Product

CONTROL = """\
Package: keyless
Version: {version}-1
Architecture: amd64
Maintainer: {maintainer}
Installed-Size: {size}
Recommends: git (>= 1:2.38)
Section: devel
Priority: optional
Description: find Azure OpenAI and Azure AI keys and replace them
{description}
"""
COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: keyless
Comment: The licences of the libraries in the program are in third-party.gz beside this file.

Files: *
Copyright: 2026 The keyless authors
License: Expat
{license}
"""
CHANGELOG = """\
keyless ({version}-1) unstable; urgency=medium

  * Release {version}; what is new is in changelog.gz beside this file.

 -- {maintainer}  {date}
"""
# One static program that depends on nothing; and no request asked Debian for it.
OVERRIDES = """\
keyless: statically-linked-binary [usr/bin/keyless]
keyless: shared-library-lacks-prerequisites [usr/bin/keyless]
keyless: initial-upload-closes-no-bugs [usr/share/doc/keyless/changelog.Debian.gz:1]
"""


def small(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=9, mtime=0)


def xz(data: bytes) -> bytes:
    return lzma.compress(data, format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC64, preset=3)


def indented(text: str) -> str:
    return "\n".join(" " + (line or ".") for line in text.strip().splitlines())


def make(product: Product) -> dict[str, bytes]:
    date = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(product.epoch))
    words = {"version": product.version, "maintainer": MAINTAINER, "date": date}
    mit = product.license.decode().split("\n\n", 2)[2]
    copyright_text = COPYRIGHT.format(license=indented(mit))
    share = "usr/share/"
    files = [
        File("usr/bin/keyless", product.binary, 0o755),
        File(share + "man/man1/keyless.1.gz", small(product.manual)),
        File(share + "doc/keyless/copyright", copyright_text.encode()),
        File(share + "doc/keyless/third-party.gz", small(product.notices)),
        File(share + "doc/keyless/changelog.gz", small(product.changelog)),
        File(share + "doc/keyless/changelog.Debian.gz", small(CHANGELOG.format(**words).encode())),
        File(share + "lintian/overrides/keyless", OVERRIDES.encode()),
        File(share + "bash-completion/completions/keyless", product.completions["bash"]),
        File(share + "zsh/vendor-completions/_keyless", product.completions["zsh"]),
        File(share + "fish/vendor_completions.d/keyless.fish", product.completions["fish"]),
    ]
    kilobytes = sum((len(file.data) + 1023) // 1024 for file in files) + len(folders_of(files))
    control = CONTROL.format(size=kilobytes, description=indented(textwrap.fill(DESCRIPTION, 78)), **words)
    sums = "".join(f"{hashlib.md5(file.data).hexdigest()}  {file.path}\n" for file in sorted(files, key=lambda f: f.path))
    head = [File("control", control.encode()), File("md5sums", sums.encode())]
    members = [
        ("debian-binary", b"2.0\n"),
        ("control.tar.xz", xz(tar(head, product.epoch, "./"))),
        ("data.tar.xz", xz(tar(files, product.epoch, "./"))),
    ]
    return {f"keyless_{product.version}-1_amd64.deb": ar(members, product.epoch)}
