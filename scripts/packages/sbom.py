"""The bill of materials as SPDX 2.3 JSON: the binary, what is linked into it, and the files of the release."""
import base64
import hashlib
import re
import time

import parts
from product import SUMMARY, Product

DOCUMENT = "SPDXRef-DOCUMENT"
PROGRAM = "SPDXRef-Package-keyless"


def identifier(name: str) -> str:
    return "SPDXRef-Package-" + re.sub(r"[^A-Za-z0-9.-]", "-", name).strip("-")


def package_of(part: parts.Part) -> dict:
    package = {
        "SPDXID": identifier(part.name),
        "name": part.name,
        "versionInfo": part.version or "NOASSERTION",
        "supplier": "NOASSERTION",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": part.license,
        "copyrightText": "NOASSERTION",
        "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": part.address}],
    }
    if part.sha512:
        package["checksums"] = [{"algorithm": "SHA512", "checksumValue": base64.b64decode(part.sha512).hex()}]
        package["comment"] = "The checksum is that of the npm archive."
    return package


def bill_of(product: Product) -> dict:
    digest = hashlib.sha256(product.binary).hexdigest()
    linked = parts.libraries() + parts.grammars(product.source)
    program = {
        "SPDXID": PROGRAM,
        "name": "keyless",
        "versionInfo": product.version,
        "summary": SUMMARY,
        "supplier": "Organization: The keyless authors",
        "downloadLocation": "NOASSERTION",
        "packageFileName": "keyless",
        "filesAnalyzed": False,
        "checksums": [{"algorithm": "SHA256", "checksumValue": digest}],
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": "MIT",
        "copyrightText": "Copyright (c) 2026 The keyless authors",
        "primaryPackagePurpose": "APPLICATION",
        "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                          "referenceLocator": f"pkg:generic/keyless@{product.version}"}],
    }
    links = [{"spdxElementId": DOCUMENT, "relationshipType": "DESCRIBES", "relatedSpdxElement": PROGRAM}]
    links += [{"spdxElementId": PROGRAM, "relationshipType": "STATIC_LINK", "relatedSpdxElement": identifier(part.name)}
              for part in linked]
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": DOCUMENT,
        "name": product.stem,
        # Unique to these bytes and the same for every build of them; nothing is served there.
        "documentNamespace": f"https://keyless.invalid/spdx/{product.stem}-{digest}",
        "creationInfo": {"created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(product.epoch)),
                         "creators": ["Organization: The keyless authors", f"Tool: keyless-package-{product.version}"]},
        "packages": [program] + [package_of(part) for part in linked],
        "relationships": links,
    }
