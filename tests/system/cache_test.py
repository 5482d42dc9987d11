#!/usr/bin/env python3
"""A cache changes no result, notices every change of a file, holds no key, and is left alone when it is odd."""
import base64
import json
import os
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile
import time

from scanning import BINARY, keyless, scenarios, write
from secrets_test import SHORTEST, halves, hex_key, identifiable_key

CLIENT = """import os
from openai import AzureOpenAI

client = AzureOpenAI(azure_endpoint=os.environ["AZURE_OPENAI_ENDPOINT"], api_key=os.environ["AZURE_OPENAI_API_KEY"])
"""
PLAIN = CLIENT.replace("AzureOpenAI", "GreenClouds").replace("AZURE_OPENAI", "GREEN_CLOUDS").replace("openai", "greens")


def report(folder, *options):
    return keyless("scan", "--format", "json", "--leads", "--fail-on", "never", "--no-progress", *options, folder)


def same(name, one, other):
    return [] if one.stdout == other.stdout and one.returncode == other.returncode else [f"{name}: another result"]


def known(run):
    """How many files came from the cache."""
    return int(run.stderr.decode().split("cache: ")[1].split()[0])


def check_fixtures(cache):
    problems, all_known = [], 0
    for name, folder in scenarios().items():
        plain = report(folder)
        for _ in range(2):
            run = report(folder, "--cache", cache, "--verbose")
            problems += same(name, plain, run)
        all_known += known(run)
    return problems + ([] if all_known > 150 else [f"only {all_known} files came from the cache"])


def check_changes(cache):
    """A file in which nothing was found, of the same size and with its old time set again."""
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        path = write(folder, "app.py", PLAIN)
        assert len(PLAIN) == len(CLIENT)
        old = time.time() - 3600
        os.utime(path, (old, old))
        time.sleep(3.2)  # until the first scan may trust its time of change
        for _ in range(2):
            report(folder, "--cache", cache)
        path.write_text(CLIENT)
        os.utime(path, (old, old))
        problems += same("changed behind an old time", report(folder), report(folder, "--cache", cache))
        path.write_text(PLAIN)  # at once: within one tick of the file system's clock
        report(folder, "--cache", cache)
        path.write_text(CLIENT)
        problems += same("changed at once", report(folder), report(folder, "--cache", cache))
        path.rename(path.with_name("other.py"))
        problems += same("renamed", report(folder), report(folder, "--cache", cache))
    return problems


def check_secrets(cache):
    dice = random.Random(11)
    keys = [identifiable_key(dice), hex_key(dice)]
    with tempfile.TemporaryDirectory() as folder:
        for number, key in enumerate(keys):
            write(folder, f"raw{number}.py", CLIENT.replace('os.environ["AZURE_OPENAI_API_KEY"]', f'"{key}"'))
            write(folder, f"halves{number}.py", CLIENT.replace('os.environ["AZURE_OPENAI_API_KEY"]', halves(key)))
            write(folder, f"base{number}.env", f"AZURE_OPENAI_API_KEY={base64.b64encode(key.encode()).decode()}\n")
            write(folder, f"set{number}.env", f"AZURE_OPENAI_API_KEY={key}\n")
        first, second = (report(folder, "--cache", cache) for _ in range(2))
        problems = same("with keys", first, second)
        if first.stdout.count(b'"key-literal"') < len(keys) * 2:
            problems.append("the planted keys are not found: this test proves nothing")
    held = b"".join(p.read_bytes() for p in pathlib.Path(cache).iterdir())
    for key in keys:
        for text in (key, base64.b64encode(key.encode()).decode()):
            if any(text[i:i + SHORTEST].encode() in held for i in range(len(text) - SHORTEST + 1)):
                problems.append("the cache holds a part of a key")
                break
    return problems


def check_odd(folder):
    """Whoever else can write to a cache could choose what is found: it is not used, and that is said."""
    problems = []
    with tempfile.TemporaryDirectory() as outside:
        write(folder, "app.py", CLIENT)
        plain = report(folder)
        inside = report(folder, "--cache", f"{folder}/cache")
        if inside.returncode != 2 or b"lies in a scanned folder" not in inside.stderr:
            problems.append("a cache in the scanned folder is taken")
        mine = pathlib.Path(outside) / "mine"
        report(folder, "--cache", mine)
        linked = pathlib.Path(outside) / "linked"
        linked.symlink_to(mine)
        shared = pathlib.Path(outside) / "shared"
        shared.mkdir()
        shared.chmod(0o777)
        junk = pathlib.Path(outside) / "junk"
        write(junk, "keyless.sqlite", b"junk" * 1000)
        junk.chmod(0o700)
        (junk / "keyless.sqlite").chmod(0o600)
        for path in (linked, shared, junk):
            run = report(folder, "--cache", path)
            if json.loads(run.stdout)["findings"] != json.loads(plain.stdout)["findings"]:
                problems.append(f"{path.name} cache: another result")
            if b"no cache is used" not in run.stderr:
                problems.append(f"{path.name}: nothing is said: {run.stderr}")
        # Rows that say something else than was written.
        database = sqlite3.connect(mine / "keyless.sqlite")
        rows = database.execute("SELECT number, row FROM files").fetchall()
        for number, row in rows:
            changed = bytearray(row)
            changed[len(row) // 2 + 40] ^= 1
            database.execute("UPDATE files SET row=? WHERE number=?", (bytes(changed), number))
        database.commit()
        database.close()
        run = report(folder, "--cache", mine, "--verbose")
        problems += same("flipped bits", plain, run)
        if not rows or f"{len(rows)} ignored" not in run.stderr.decode():
            problems.append(f"{len(rows)} rows with a flipped bit are not said: {run.stderr.decode()}")
    return problems


def check_together(cache):
    """Four processes at once, on a cache that is not there yet."""
    folder = scenarios()["contoso-chat"]
    plain = report(folder)
    command = [BINARY, "scan", "--format", "json", "--leads", "--fail-on", "never", "--no-progress", "--cache", cache, folder]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) for _ in range(4)]
    outputs = [run.communicate()[0] for run in runs]
    return [] if all(output == plain.stdout for output in outputs) else ["four at once: another result"]


def main():
    problems = []
    for check in (check_fixtures, check_changes, check_secrets, check_odd, check_together):
        with tempfile.TemporaryDirectory() as folder:
            problems += check(folder if check is check_odd else f"{folder}/cache")
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
