"""Makes the packages of one binary in a folder; scripts/package calls it and says what they are.

usage: make.py --source FOLDER --binary FILE --out FOLDER [--only NAME]...
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


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("--source", "--binary", "--out"):
        parser.add_argument(name, type=pathlib.Path, required=True)
    parser.add_argument("--only", action="append", choices=sorted(PACKAGES), default=[])
    options = parser.parse_args()
    product = read_product(options.source, options.binary)
    files: dict[str, bytes] = {}
    for name, make in PACKAGES.items():
        if not options.only or name in options.only:
            files |= make(product)
    files[f"{product.stem}.spdx.json"] = (json.dumps(sbom.bill_of(product), indent=2) + "\n").encode()
    files["SHA256SUMS"] = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())).encode()
    for name, data in files.items():
        (options.out / name).write_bytes(data)
        print(f"{len(data):>10}  {name}")


main()
