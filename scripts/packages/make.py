"""Makes the packages of one binary in a folder; scripts/package calls it and says what they are.

usage: make.py --source FOLDER [--binary FILE] --out FOLDER [--only NAME]...
Without a binary it makes the source tarball alone.
"""
import argparse
import hashlib
import json
import pathlib

import debian
import npm
import oci
import sbom
import source_tarball
import tarball
import wheel
from product import read_product

# table: what --only names, and who makes it
PACKAGES = {
    "tarball": tarball.make,
    "deb": debian.make,
    "wheel": wheel.make,
    "npm": npm.make,
    "oci": oci.make,
    "source": source_tarball.make,
}


def packages_of(options: argparse.Namespace) -> dict[str, bytes]:
    product = read_product(options.source, options.binary)
    files: dict[str, bytes] = {}
    for name, make in PACKAGES.items():
        if not options.only or name in options.only:
            files |= make(product)
    files[f"{product.stem}.spdx.json"] = (json.dumps(sbom.bill_of(product), indent=2) + "\n").encode()
    return files


def main() -> None:
    parser = argparse.ArgumentParser()
    for name, required in (("--source", True), ("--binary", False), ("--out", True)):
        parser.add_argument(name, type=pathlib.Path, required=required)
    parser.add_argument("--only", action="append", choices=sorted(PACKAGES), default=[])
    options = parser.parse_args()
    files = packages_of(options) if options.binary else source_tarball.make_without_product(options.source)
    files["SHA256SUMS"] = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())).encode()
    for name, data in files.items():
        (options.out / name).write_bytes(data)
        print(f"{len(data):>10}  {name}")


main()
