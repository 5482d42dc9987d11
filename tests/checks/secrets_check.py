"""No file holds the text of a key, not even an invented one: tests build theirs at run time.

The 84-character form is looked for raw, in UTF-16 and in base64; the 32-hex form only between quotes.
"""
import base64
import re

import tree

LONG_KEY = re.compile(rb"[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{26}")
HEX_KEY = re.compile(rb"[\"'][0-9a-fA-F]{32}[\"']")
BASE64 = re.compile(rb"[A-Za-z0-9+/]{110,}={0,2}")


def decoded(data: bytes):
    yield data
    if b"\0" in data[:4096]:
        yield data.replace(b"\0", b"")
    for found in BASE64.finditer(data):
        for shift in range(4):
            run = found.group().rstrip(b"=")[shift:]
            yield base64.b64decode(run[: len(run) // 4 * 4])


def main() -> None:
    errors = []
    for path in tree.files():
        data = (tree.ROOT / path).read_bytes()
        for view in decoded(data):
            for pattern in (LONG_KEY, HEX_KEY):
                found = pattern.search(view)
                if found:
                    line = view.count(b"\n", 0, found.start()) + 1
                    errors.append(f"{path}:{line}: text shaped like a key ({len(found.group())} characters)")
    tree.finish(sorted(set(errors)))


main()
