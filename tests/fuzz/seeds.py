#!/usr/bin/env python3
"""Seeds for scripts/fuzz out of the fixtures and the examples of the rules: `seeds.py FOLDER` makes FOLDER/TARGET/NAME.

They are not kept in the corpus, which holds what those do not: inputs made by hand, and inputs that once broke something.
"""
import hashlib
import pathlib
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
LARGEST = 20_000  # small inputs are tried often

# target -> names of files that are seeds of it
BY_NAME = {
    "python": "*.py", "outline-python": "*.py", "javascript": "*.js", "typescript": "*.ts", "outline-typescript": "*.[tj]s",
    "tsx": "*.tsx", "markup": "*.vue", "terraform": "*.tf", "tfvars": "*.tfvars", "bicep": "*.bicep", "bicepparam": "*.bicepparam",
    "json": "*.json", "arm": "*.json", "package": "package.json", "yaml": "*.y*ml", "workflow": "*.y*ml", "compose": "*compose*.y*ml",
    "dotenv": ".env*", "configuration": ".keyless.yaml", "manifest-requirements": "requirements*.txt",
    "manifest-pyproject": "pyproject.toml", "manifest-package-json": "package.json",
}
# target -> language of the rules whose examples are seeds of it
BY_LANGUAGE = {
    "python": "python", "outline-python": "python", "javascript": "javascript", "typescript": "javascript", "tsx": "javascript",
    "outline-typescript": "javascript", "terraform": "terraform", "bicep": "bicep", "arm": "json", "workflow": "yaml",
    "dotenv": "dotenv", "text": "any",
}
FILE_OF = {"python": "app.py", "javascript": "app.ts", "terraform": "main.tf", "bicep": "main.bicep", "json": "appsettings.json",
           "yaml": ".github/workflows/ci.yml", "dotenv": ".env", "any": "notes.txt"}


def put(folder: pathlib.Path, target: str, data: bytes) -> None:
    if len(data) > LARGEST:
        return
    place = folder / target
    place.mkdir(parents=True, exist_ok=True)
    (place / hashlib.sha1(data).hexdigest()[:16]).write_bytes(data)


def from_fixtures(folder: pathlib.Path) -> None:
    for target, pattern in BY_NAME.items():
        for path in (ROOT / "fixtures").rglob(pattern):
            put(folder, target, path.read_bytes())
    for case in sorted((ROOT / "fixtures/fixes").iterdir()):
        files = [path for path in sorted((case / "before").rglob("*")) if path.is_file()] if (case / "before").is_dir() else []
        text = "".join(f"=== {path.relative_to(case / 'before')}\n{path.read_text(errors='replace')}\n" for path in files[:6])
        put(folder, "plan", b"\x00" + text.encode())


def from_rules(folder: pathlib.Path) -> None:
    for path in sorted((ROOT / "rules").rglob("*.yaml")):
        text = path.read_text()
        if path.name.startswith("_"):
            put(folder, "rule-table", f"{path.stem}\n{text}".encode())
            continue
        put(folder, "own-rules", text.encode())
        put(folder, "rule", text.replace(f"id: {path.stem}", "id: a-rule", 1).encode())
        rule = yaml.safe_load(text)
        wanted = rule.get("language") or rule.get("languages") or ["any"]
        languages = wanted if isinstance(wanted, list) else [wanted]
        for number, example in enumerate(rule.get("examples", [])):
            for kind in ("bad", "ok", "good"):
                if kind not in example:
                    continue
                for target, language in BY_LANGUAGE.items():
                    if language in languages:
                        put(folder, target, example[kind].encode())
                if kind == "bad":
                    name = example.get("file", FILE_OF.get(languages[0], "notes.txt"))
                    put(folder, "plan", bytes([number * 5 % 64]) + f"=== {name}\n{example[kind]}".encode())


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    from_fixtures(folder)
    from_rules(folder)


main()
