"""The tree that scripts/bench measures on is what it claims: same seed same bytes, large, and almost free of anchors; a scan
parses none of its other files."""
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(os.environ["KEYLESS_SOURCE_DIR"], "scripts")))
import bench_tree  # noqa: E402

# Written independently of the generator: what a rule for these services could look for.
SPELLS_SOMETHING = re.compile(rb"openai|azure|cognitive|api.?key|secret|token|speech|translator|ocp-apim", re.IGNORECASE)


def files_of(folder: pathlib.Path) -> list[pathlib.Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def digest(folder: pathlib.Path) -> str:
    state = hashlib.sha256()
    for path in files_of(folder):
        state.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return state.hexdigest()


def files_parsed(folder: pathlib.Path) -> int:
    scan = subprocess.run([os.environ["KEYLESS_BINARY"], "scan", str(folder), "--format", "json"], capture_output=True, text=True)
    return sum(row["parsed"] for row in json.loads(scan.stdout)["coverage"]["languages"])


def main() -> None:
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        for folder, seed in (("a", 1), ("b", 1), ("c", 2)):
            bench_tree.write_tree(scratch / folder, seed, 200)
        if digest(scratch / "a") != digest(scratch / "b"):
            wrong.append("the same seed gives other bytes")
        if digest(scratch / "a") == digest(scratch / "c"):
            wrong.append("another seed gives the same bytes")

        count = bench_tree.write_fix_tree(scratch / "fix", 1, 25)
        sources = [path for path in files_of(scratch / "fix") if path.suffix == ".py"]
        if count != 25 or len(sources) != 25 or any(b"api_key=" not in path.read_bytes() for path in sources):
            wrong.append("a file of the tree for fixes has no key")

        # A tenth of the full tree has the same mixture; its size is counted ten times.
        said = bench_tree.write_tree(scratch / "tenth", 1, bench_tree.FILES // 10)
        sizes, hits = [], []
        for path in files_of(scratch / "tenth"):
            data = path.read_bytes()
            sizes.append(len(data))
            if SPELLS_SOMETHING.search(data):
                hits.append(len(data))
        if said != (len(sizes), sum(sizes), len(hits), sum(hits)):
            wrong.append(f"the generator says {said}, the disk {len(sizes), sum(sizes), len(hits), sum(hits)}")
        if 10 * len(sizes) < 20_000 or 10 * sum(sizes) < 100_000_000:
            wrong.append(f"too small: a tenth is {len(sizes)} files, {sum(sizes)} bytes")
        if not 35 <= len(sizes) / len(hits) <= 45:
            wrong.append(f"one file in {len(sizes) / len(hits):.0f} spells something, not one in 40")
        if sum(hits) > 0.02 * sum(sizes):
            wrong.append(f"files that spell something hold {sum(hits) / sum(sizes):.1%} of the bytes")
        # A rule whose anchor is an everyday word would have every file parsed.
        parsed = files_parsed(scratch / "tenth")
        if not 0 < parsed <= len(hits):
            wrong.append(f"keyless parses {parsed} files where {len(hits)} spell something: `keyless rules list --anchors` has a common word")
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


main()
