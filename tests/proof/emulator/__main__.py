"""Command line of the emulator; see README.md beside this file."""
import argparse
import asyncio
import os
import pathlib
import signal
import sys
import tempfile

from . import certificates, isolation
from .entra import AUTHORITY
from .journal import Journal
from .server import Emulator
from .tokens import Tokens

IDENTITIES = ("none", "app-service", "imds", "workload-identity", "client-secret")


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="emulator",
        description="Plays Entra ID, managed identity and Azure OpenAI on loopback. With a command after -- it runs "
        "that command against itself and ends with its exit code; without one it serves until it is stopped.",
    )
    add = parser.add_argument
    add("--keys", choices=("on", "off"), default="on", help="off: every key header is refused with 403")
    add("--no-role", action="store_true", help="the identity lacks the data action: 401 PermissionDenied")
    add("--lifetime", type=int, default=3600, metavar="S", help="seconds until a token expires (default 3600)")
    add("--leeway", type=int, default=0, metavar="S", help="seconds that a token is still accepted after that")
    add("--single-use", action="store_true", help="a token is good for one call, answered when the token has expired")
    add("--identity", choices=IDENTITIES, default="app-service", help="what the command's environment offers")
    add("--key-variable", action="append", default=[], metavar="NAME", help="a variable that gets the key")
    add("--log", default="-", metavar="FILE", help="JSON lines, one a request (default: standard error)")
    add("--https-port", type=int, metavar="N", help="default 443 with --isolate, else any free port")
    add("--isolate", action="store_true", help="run in a network of its own, under the real host names")
    add("--host", action="append", default=[], metavar="NAME", help="with --isolate: a name that leads here")
    add("--certificates", metavar="FOLDER", help="where the test authority is kept (default: made anew)")
    add("--cwd", metavar="FOLDER", help="where the command runs")
    add("--isolated", action="store_true", help=argparse.SUPPRESS)
    add("command", nargs="*", metavar="-- COMMAND")
    return parser


async def main(given: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="emulator-") as scratch:
        folder = pathlib.Path(given.certificates or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        authority, served = certificates.make(folder)
        file = sys.stderr if given.log == "-" else open(given.log, "a", encoding="utf-8")
        tokens = Tokens(given.lifetime, given.leeway, given.single_use)
        emulator = Emulator(Journal(file), tokens, given.keys == "on", not given.no_role)
        wanted = given.https_port if given.https_port is not None else (443 if given.isolated else 0)
        https_port, http_port = await emulator.start(str(served), wanted, 0)
        more = emulator.environment(given.identity, https_port, http_port, str(pathlib.Path(scratch) / "assertion"))
        for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"):
            more[name] = str(authority)
        more |= {name: emulator.key for name in given.key_variable}
        try:
            if given.command:
                return await run(given, os.environ | more)
            return await serve(more, https_port)
        finally:
            await emulator.stop()


async def run(given: argparse.Namespace, environment: dict[str, str]) -> int:
    process = await asyncio.create_subprocess_exec(*given.command, cwd=given.cwd, env=environment)
    return await process.wait()


async def serve(environment: dict[str, str], https_port: int) -> int:
    print(f"https://localhost:{https_port}", flush=True)
    for name, value in environment.items():
        print(f"export {name}='{value}'", flush=True)
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()
    return 0


def start() -> int:
    given = options().parse_args()
    if given.isolate and not given.isolated:
        os.execvp("unshare", isolation.command([sys.executable, "-m", "emulator", "--isolated", *sys.argv[1:]]))
    if given.isolated:
        isolation.enter([AUTHORITY, *given.host])
    return asyncio.run(main(given))


if __name__ == "__main__":
    sys.exit(start())
