"""The manifest writers against parsers that are not ours: packaging, tomllib and node's JSON.

Each request is judged by what the parsed file says before and after: everything that was there is
there still and in the same order, the wanted package is there once and admits nothing below the
minimum, and where names were in order they are in order."""
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib

try:
    from packaging.requirements import Requirement
    from packaging.version import Version
except ImportError:
    from pip._vendor.packaging.requirements import Requirement
    from pip._vendor.packaging.version import Version

PYTHON = ["aiohttp", "azure_core", "Flask", "httpx", "openai", "pydantic", "uvicorn", "zstandard", "azure-search.documents"]
NODE = ["@azure/core-auth", "@azure-rest/ai-inference", "axios", "express", "openai", "zod", "@types/node"]
failures = []


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def in_order(names):
    return all(a <= b for a, b in zip(names, names[1:]))


def some(random_, names, beside):
    chosen = random_.sample(names, random_.randint(0, 4))
    if beside not in chosen:
        chosen.insert(random_.randint(0, len(chosen)), beside)
    if random_.random() < 0.5:
        chosen.sort(key=normal)
    return chosen


def bound(random_):
    return random_.choice(["", "", ">=1.2", "==1.2.3", "~=1.2", " >= 1.2, <2", ">=1.2,<3", "==1.*"])


def requirement(random_, name):
    extra = random_.choice(["", "", "", "[extra]"])
    return name + extra + bound(random_)


def identity(random_):
    """A declaration of the wanted package that may be raised inside major version 1, or none."""
    version = random_.choice(["", ">=1.2", "==1.14.0", "~=1.2", "~=1.16.1", ">=1.20", "==1.2.*", "==1.*", "<2", ">=1,<2"])
    return random_.choice(["azure-identity", "Azure_Identity"]) + version


def requirements_file(random_):
    lines = [requirement(random_, name) for name in some(random_, PYTHON, "openai")]
    if random_.random() < 0.4:
        lines.insert(random_.randint(0, len(lines)), identity(random_))
    out = []
    for line in lines:
        if random_.random() < 0.15:
            out.append(random_.choice(["# a comment", "", "--index-url https://pypi.example", "-r other.txt"]))
        out.append(line + random_.choice(["", "", "", "  # why"]))
    return "requirements.txt", ending(random_, out)


def ending(random_, lines):
    end = random_.choice(["\n", "\r\n"])
    return end.join(lines) + random_.choice([end, end, ""])


def pyproject_file(random_):
    entries = [requirement(random_, name) for name in some(random_, PYTHON, "openai")]
    if random_.random() < 0.4:
        entries.insert(random_.randint(0, len(entries)), identity(random_))
    quote = random_.choice("\"'")
    entries = [quote + entry + quote for entry in entries]
    if random_.random() < 0.4:
        lines = ["dependencies = [" + ", ".join(entries) + "]"]
    else:
        indent = random_.choice(["  ", "    ", "\t"])
        lines = ["dependencies = ["]
        for i, entry in enumerate(entries):
            comma = "," if i + 1 < len(entries) or random_.random() < 0.7 else ""
            lines.append(indent + entry + comma + random_.choice(["", "", "  # why, [not]"]))
        lines.append("]")
    head = ["[build-system]", "requires = [\"hatchling\"]", "", "[project]", "name = \"x\""]
    tail = random_.choice([[], ["", "[tool.ruff]", "line-length = 100"]])
    return "pyproject.toml", ending(random_, head + lines + tail)


def poetry_file(random_):
    lines = ["[tool.poetry.dependencies]", "python = \"^3.11\""]
    for name in some(random_, PYTHON, "openai"):
        key = "\"" + name + "\"" if "." in name else name
        value = random_.choice(["\"^1.2\"", "\"*\"", "{ version = \"^1.2\", extras = [\"a\", \"b\"] }", "'>=1.2,<2'"])
        lines.append(key + " = " + value + random_.choice(["", "", " # why"]))
    if random_.random() < 0.3:
        lines.append("azure-identity = " + random_.choice(["\"^1.2\"", "\"~1.16\"", "{version = \"1.14.0\"}", "\"*\""]))
    lines += random_.choice([[], ["", "[tool.poetry.group.dev.dependencies]", "pytest = \"*\""]])
    return "pyproject.toml", ending(random_, lines)


def package_file(random_):
    names = some(random_, NODE, "openai")
    content = {"name": "x", "dependencies": {name: random_.choice(["^1.2.3", "1.2.3", "*", ">=1 <3"]) for name in names}}
    if random_.random() < 0.3:
        content["dependencies"]["@azure/identity"] = random_.choice(["^4.2.0", "4.2.0", "~4.20.0", "4.x", "*", ">=4.0.0 <5"])
    if random_.random() < 0.5:
        content["devDependencies"] = {"typescript": "^5.0.0"}
    text = json.dumps(content, indent=random_.choice([2, 4, "\t", None]))
    return "package.json", ending(random_, text.split("\n"))


def python_names(file, text):
    """Requirement strings, or pairs of a poetry table, in order."""
    if file == "requirements.txt":
        lines = [re.sub(r"(^|\s)#.*", "", line).strip() for line in text.splitlines()]
        return [Requirement(line) for line in lines if line and not line.startswith("-")]
    project = tomllib.loads(text)
    if "project" in project:
        return [Requirement(entry) for entry in project["project"]["dependencies"]]
    table = project["tool"]["poetry"]["dependencies"]
    return [(name, bounds) for name, bounds in table.items() if name != "python"]


def rest_of(file, text):
    """What has nothing to do with the list."""
    if file == "requirements.txt":
        return [line for line in text.splitlines()
                if ("#" in line or line.startswith("-") or not line.strip()) and not re.match("azure.identity", line, re.I)]
    project = tomllib.loads(text)
    project.get("project", {}).pop("dependencies", None)
    project.get("tool", {}).get("poetry", {}).pop("dependencies", None)
    return project


def name_of(entry):
    return normal(entry.name if isinstance(entry, Requirement) else entry[0])


def lowest_admitted(entry):
    """Whether 1.14.9 and lower are left out; entries without a lower bound admit all and may."""
    if isinstance(entry, Requirement):
        bounded = any(spec.operator in (">=", "==", "~=", ">") for spec in entry.specifier)
        return not bounded or not any(entry.specifier.contains(v) for v in ("1.0", "1.2", "1.14.0", "1.14.9"))
    bounds = entry[1]["version"] if isinstance(entry[1], dict) else entry[1]
    return bounds == "*" or Version(bounds.lstrip("^~>=")) >= Version("1.15.0")


def check(condition, file, before, after, message):
    if not condition:
        failures.append(f"{message}\n--- {file} before\n{before}\n--- after\n{after}")


def judge_python(file, before, after):
    old, new = python_names(file, before), python_names(file, after)
    others = lambda entries: [str(entry) for entry in entries if name_of(entry) != "azure-identity"]
    check(others(old) == others(new), file, before, after, "other entries changed")
    check(rest_of(file, before) == rest_of(file, after), file, before, after, "something else changed")
    wanted = [entry for entry in new if name_of(entry) == "azure-identity"]
    check(len(wanted) == 1, file, before, after, "not there once")
    check(all(lowest_admitted(entry) for entry in wanted), file, before, after, "admits lower versions")
    if in_order([name_of(entry) for entry in old]):
        check(in_order([name_of(entry) for entry in new]), file, before, after, "order lost")


def judge_node(parsed):
    for before, after in parsed:
        old, new = before["value"], after["value"]
        text = json.dumps(before["text"]), json.dumps(after["text"])
        names = [name for name in new["dependencies"] if name != "@azure/identity"]
        old_names = [name for name in old["dependencies"] if name != "@azure/identity"]
        check(names == old_names, "package.json", *text, "other entries changed")
        check(all(new["dependencies"][n] == old["dependencies"][n] for n in names), "package.json", *text, "a bound changed")
        check("@azure/identity" in new["dependencies"], "package.json", *text, "not there")
        bounds = new["dependencies"].get("@azure/identity", "")
        number = re.search(r"(\d+)\.(\d+)", bounds)
        check(bounds == "*" or (number and (int(number[1]), int(number[2])) >= (4, 13)),
              "package.json", *text, "admits lower versions")
        check({k: v for k, v in old.items() if k != "dependencies"} == {k: v for k, v in new.items() if k != "dependencies"},
              "package.json", *text, "something else changed")
        if in_order(list(old["dependencies"])):
            check(in_order(list(new["dependencies"])), "package.json", *text, "order lost")


def main():
    binary = pathlib.Path(os.environ["KEYLESS_BUILD_DIR"]) / "tests" / "keyless_tests"
    random_ = random.Random(4)
    makers = [requirements_file, pyproject_file, poetry_file, package_file]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for i in range(2000):
            file, text = makers[i % len(makers)](random_)
            wanted = "@azure/identity\n4.13.0" if file == "package.json" else "azure-identity\n1.15.0"
            (folder / str(i)).mkdir()
            (folder / str(i) / file).write_bytes(text.encode())
            (folder / str(i) / "request").write_text(f"{file}\n{wanted}\nopenai\n")
        subprocess.run([binary, "[.answers]"], check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "KEYLESS_MANIFEST_REQUESTS": name})
        judged = refused = 0
        node = []
        for request in sorted(folder.iterdir(), key=lambda path: int(path.name)):
            file = (request / "request").read_text().splitlines()[0]
            before = (request / file).read_bytes().decode()
            if (request / "refusal").exists():
                refused += 1
                check(False, file, before, (request / "refusal").read_text(), "refused")
                continue
            after = (request / "after").read_bytes().decode()
            judged += 1
            check("\r\n" not in before or "\n" not in after.replace("\r\n", ""), file, before, after, "line ends mixed")
            check(before.endswith("\n") == after.endswith("\n"), file, before, after, "end of the file changed")
            if file == "package.json":
                node.append((before, after))
            else:
                judge_python(file, before, after)
        if shutil.which("node"):
            script = ("const pairs = JSON.parse(require('fs').readFileSync(0)); console.log(JSON.stringify(pairs.map(p =>"
                      " p.map(text => ({text, value: JSON.parse(text)})))))")
            answer = subprocess.run(["node", "-e", script], input=json.dumps(node), check=True, capture_output=True, text=True)
            judge_node(json.loads(answer.stdout))
        print(f"{judged} judged, {refused} refused, {len(failures)} wrong")
    for failure in failures[:5]:
        print(failure)
    return 1 if failures else 0


sys.exit(main())
