"""One run of one program against the emulator, without a way out."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from cases import Case

HERE = pathlib.Path(__file__).resolve().parent
PROGRAMS = HERE / "programs"
TIMEOUT = 120
# Whatever a program prints about its key or token goes no further.
SECRET = re.compile(r"[A-Za-z0-9]{20,}JQQJ99[A-Za-z0-9]{20,}|eyJ[\w-]{10,}\.[\w-]+\.[\w-]+")


@dataclass
class Outcome:
    code: int
    printed: str
    errors: str
    log: list[dict]

    @property
    def data(self) -> list[dict]:
        return [line for line in self.log if line["plane"] in ("data", "unknown")]


def settings(case: Case) -> dict[str, str]:
    """The variables of the program's .env.example but for the key."""
    found = {}
    for line in (PROGRAMS / case.name / ".env.example").read_text().splitlines():
        name, equals, value = line.removeprefix("export ").partition("=")
        if equals and not line.startswith("#") and name not in case.keys:
            found[name] = value.strip("\"'")
    return found | case.extra


def run(case: Case, tree: pathlib.Path, packages: pathlib.Path, options: list[str], with_key: bool,
        more: dict[str, str] | None = None) -> Outcome:
    """Runs the program in `tree`; `options` go to the emulator. The process sees no variable of this one."""
    with tempfile.TemporaryDirectory(prefix="proof-") as scratch:
        link_packages(case, tree, packages)
        variables = settings(case) | (more or {})
        hosts = sorted(set(re.findall(r"https://([\w.-]+)", " ".join(variables.values()))))
        log = pathlib.Path(scratch) / "log"
        command = [sys.executable, "-m", "emulator", "--isolate", "--log", str(log), "--cwd", str(tree), *options]
        command += [f"--host={name}" for name in hosts]
        command += [f"--key-variable={name}" for name in case.keys if with_key]
        command += ["--", "sh", "-c", case.command]
        variables |= base_variables(case, packages, scratch)
        try:
            done = subprocess.run(command, cwd=HERE, env=variables, capture_output=True, text=True, timeout=TIMEOUT)
            code, printed, errors = done.returncode, done.stdout, done.stderr
        except subprocess.TimeoutExpired:
            code, printed, errors = 124, "", f"did not end within {TIMEOUT} seconds"
        lines = log.read_text().splitlines() if log.exists() else []
        return Outcome(code, _last_line(printed), SECRET.sub("<secret>", errors), [json.loads(line) for line in lines])


def link_packages(case: Case, tree: pathlib.Path, packages: pathlib.Path) -> None:
    link = tree / "node_modules"
    if case.name.startswith("javascript/"):
        link.unlink(missing_ok=True)
        link.symlink_to(packages / "node_modules")


def base_variables(case: Case, packages: pathlib.Path, scratch: str) -> dict[str, str]:
    found = {"HOME": scratch, "TMPDIR": scratch, "LANG": "C.UTF-8", "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    found["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    path = [str(packages / "venv/bin")] if case.name.startswith("python/") else [str(packages / "node_modules/.bin")]
    node = shutil.which("node")
    path += [os.path.dirname(node)] if node else []
    found["PATH"] = ":".join([*path, "/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"])
    return found


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return SECRET.sub("<secret>", lines[-1]) if lines else ""
