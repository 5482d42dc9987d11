"""Runs the real binary for the system tests: no colour, no progress, a time limit, bytes in and out."""
import json
import os
import pathlib
import resource
import subprocess

SOURCE = pathlib.Path(os.environ["KEYLESS_SOURCE_DIR"])
BINARY = os.environ["KEYLESS_BINARY"]


def keyless(*arguments, cwd=None, seconds=120, cpu_seconds=resource.RLIM_INFINITY):
    """The finished process, stdout and stderr as bytes; killed by the system after that much processor time of all its
    threads. Raises subprocess.TimeoutExpired after that much time on the clock."""
    environment = {**os.environ, "NO_COLOR": "1"}
    return subprocess.run([BINARY, *map(str, arguments)], cwd=cwd, env=environment, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=seconds, check=False,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds)))


def scan(*arguments, seconds=300):
    """The JSON report of a scan without a gate; an assertion fails on a crash or an error."""
    run = keyless("scan", "--format", "json", "--fail-on", "never", "--no-progress", *arguments, seconds=seconds)
    assert run.returncode in (0, 3), f"{arguments}: exit {run.returncode}: {run.stderr.decode(errors='replace')}"
    return json.loads(run.stdout)


def scenarios():
    """The input folders of all fixture repositories, by name."""
    return {path.parent.name: path for path in sorted((SOURCE / "fixtures/repos").glob("*/input"))}


def write(folder, name, data):
    """Writes text or bytes to a file below the folder, with the folders it needs."""
    path = pathlib.Path(folder) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path
