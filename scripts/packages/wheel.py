"""The Python wheel: the program as a script of the environment, so that `pip install` puts it on the path."""
import base64
import hashlib

from archives import File, zipped
from product import DESCRIPTION, SUMMARY, Product

# A static program runs with every C library; each tag is one that installers look for.
PLATFORMS = ("manylinux_2_17_x86_64", "manylinux2014_x86_64", "musllinux_1_1_x86_64")
METADATA = """\
Metadata-Version: 2.1
Name: keyless
Version: {version}
Summary: {summary}
Author: The keyless authors
License: MIT
License-File: LICENSE
License-File: THIRD-PARTY.txt
Classifier: Environment :: Console
Classifier: License :: OSI Approved :: MIT License
Classifier: Operating System :: POSIX :: Linux
Classifier: Programming Language :: C++
Classifier: Topic :: Security
Requires-Python: >=3.8
Description-Content-Type: text/plain

{description}
"""


def record_line(file: File) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(file.data).digest()).rstrip(b"=").decode()
    return f"{file.path},sha256={digest},{len(file.data)}\n"


def make(product: Product) -> dict[str, bytes]:
    tags = "".join(f"Tag: py3-none-{platform}\n" for platform in PLATFORMS)
    info, data = f"{product.stem}.dist-info/", f"{product.stem}.data/"
    metadata = METADATA.format(version=product.version, summary=SUMMARY, description=DESCRIPTION)
    files = [
        File(data + "scripts/keyless", product.binary, 0o755),
        File(data + "data/share/man/man1/keyless.1", product.manual),
        File(info + "LICENSE", product.license),
        File(info + "THIRD-PARTY.txt", product.notices),
        File(info + "METADATA", metadata.encode()),
        File(info + "WHEEL", f"Wheel-Version: 1.0\nGenerator: keyless\nRoot-Is-Purelib: false\n{tags}".encode()),
    ]
    record = "".join(record_line(file) for file in files) + f"{info}RECORD,,\n"
    files.append(File(info + "RECORD", record.encode()))
    return {f"{product.stem}-py3-none-{'.'.join(PLATFORMS)}.whl": zipped(files, product.epoch)}
