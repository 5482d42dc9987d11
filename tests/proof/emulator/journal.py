"""The log that a proof is judged by: one JSON object a line, written at once, never with a key or a token in it."""
import json
import time
from typing import TextIO


class Journal:
    """Fields of a line: plane (data, entra, identity), method, host, path, status; for the data plane also code,
    credentials (the kinds seen, see inference.py), audience, token (the token's id) and identity."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._start = time.monotonic()

    def note(self, plane: str, request, status: int, **more) -> None:
        line = {
            "at": round(time.monotonic() - self._start, 3),
            "plane": plane,
            "method": request.method,
            "host": request.host,
            "path": request.path,
            "status": status,
        }
        line.update((name, value) for name, value in more.items() if value)
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()
