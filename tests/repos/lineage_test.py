#!/usr/bin/env python3
"""Compares the graph of contoso-chat with lineage.md, which was drawn by hand from the code."""
import json
import os
import pathlib
import subprocess
import sys

import drawing

SCENARIO = pathlib.Path(os.environ["KEYLESS_SOURCE_DIR"]) / "fixtures/repos/contoso-chat"


def main():
    run = subprocess.run(
        [os.environ["KEYLESS_BINARY"], "scan", "--format", "json", "--fail-on", "never", "--no-progress", str(SCENARIO / "input")],
        capture_output=True, check=True)
    problems, edges = drawing.compare(json.loads(run.stdout), SCENARIO / "input", SCENARIO / "lineage.md")
    print("\n".join(problems))
    print(f"{edges} drawn edges, {len(problems)} problems")
    return 1 if problems or edges < 40 else 0


sys.exit(main())
