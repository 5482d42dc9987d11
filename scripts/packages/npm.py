"""The npm package: `bin` is the program itself; nothing is run or fetched when it is installed."""
import json

from archives import File, gz, tar
from product import SUMMARY, Product


def make(product: Product) -> dict[str, bytes]:
    manifest = {
        "name": "keyless",
        "version": product.version,
        "description": SUMMARY,
        "license": "MIT",
        "author": "The keyless authors",
        "bin": {"keyless": "bin/keyless"},
        "man": ["./man/keyless.1"],
        "os": ["linux"],
        "cpu": ["x64"],
        "files": ["bin", "man", "THIRD-PARTY.txt"],
    }
    files = [
        File("package.json", (json.dumps(manifest, indent=2) + "\n").encode()),
        File("bin/keyless", product.binary, 0o755),
        File("man/keyless.1", product.manual),
        File("LICENSE", product.license),
        File("THIRD-PARTY.txt", product.notices),
        File("README.md", product.readme),
    ]
    return {f"{product.stem}.tgz": gz(tar(files, product.epoch, "package/", folders=False))}
