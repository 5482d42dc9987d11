"""Completions, loaded into the shells themselves: bash always, zsh and fish where they are installed."""
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

BINARY = os.environ["KEYLESS_BINARY"]
# The scripts call `keyless` by its name.
PATH = os.path.dirname(BINARY) + ":" + os.environ["PATH"]
ENVIRONMENT = {"PATH": PATH, "HOME": "/nonexistent", "TERM": "dumb", "LC_ALL": "C.UTF-8"}


def script_of(shell):
    run = subprocess.run([BINARY, "completions", shell], capture_output=True, text=True, timeout=60)
    assert (run.returncode, run.stderr) == (0, ""), run
    return run.stdout


def help_of(*command):
    return subprocess.run([BINARY, *command, "--help"], capture_output=True, text=True, timeout=60).stdout


def options_in_help(*command):
    return set(re.findall(r"^  (--[a-z-]+)", help_of(*command), re.MULTILINE))


def rule_ids():
    listed = subprocess.run([BINARY, "rules", "list"], capture_output=True, text=True, timeout=60).stdout
    return {line.split()[0] for line in listed.splitlines()}


COMMANDS = ["scan", "fix", "undo", "lineage", "consumers", "explain", "rules list", "rules check", "rules schema",
            "baseline write", "baseline status", "completions"]


class Bash(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.script = script_of("bash")

    def complete(self, *words):
        """What bash would offer for the last of the words."""
        ask = ('COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _keyless; '
               'if ((${#COMPREPLY[@]})); then printf "%s\\n" "${COMPREPLY[@]}"; fi')
        run = subprocess.run(["bash", "--norc", "-c", "set -u\n" + self.script + ask, "bash", "keyless", *words],
                             capture_output=True, text=True, env=ENVIRONMENT, timeout=60)
        self.assertEqual((run.returncode, run.stderr), (0, ""), words)
        return set(run.stdout.split())

    def test_commands(self):
        self.assertEqual(self.complete("s"), {"scan"})
        self.assertEqual(self.complete("baseline", "w"), {"write"})
        self.assertTrue({word.split()[0] for word in COMMANDS} <= self.complete(""))

    def test_the_options_of_a_command_are_those_of_its_help(self):
        for command in COMMANDS:
            words = command.split()
            self.assertEqual(self.complete(*words, "-"), options_in_help(*words), command)

    def test_values(self):
        listed = help_of("scan").split("formats:\n")[1].split("\n\n")[0]
        formats = set(re.findall(r"^  ([\w-]+) ", listed, re.MULTILINE))
        self.assertIn("sarif", formats)
        self.assertEqual(self.complete("scan", "--format", ""), formats)
        self.assertEqual(self.complete("scan", "--format", "=", "js"), {"json"})
        self.assertEqual(self.complete("scan", "--fail-on", ""), {"high", "medium", "low", "never"})
        self.assertEqual(self.complete("fix", "--through", "c"), {"callers", "cleanup"})
        self.assertEqual(self.complete("lineage", "--format", "m"), {"mermaid"})
        self.assertEqual(self.complete("completions", ""), {"bash", "zsh", "fish"})

    def test_rules(self):
        self.assertEqual(self.complete("explain", ""), rule_ids())

    def test_files_are_left_to_readline(self):
        self.assertEqual(self.complete("scan", ""), set())
        self.assertEqual(self.complete("scan", "--output", ""), set())
        self.assertIn("complete -o default -F _keyless keyless", self.script)


@unittest.skipUnless(shutil.which("fish"), "fish is not installed")
class Fish(unittest.TestCase):
    def complete(self, line):
        with tempfile.TemporaryDirectory() as home:
            run = subprocess.run(["fish", "--no-config", "-c", f"keyless completions fish | source; complete -C '{line}'"],
                                 capture_output=True, text=True, timeout=60, cwd=home, env={**ENVIRONMENT, "HOME": home})
        self.assertEqual((run.returncode, run.stderr), (0, ""), line)
        return {row.split("\t")[0] for row in run.stdout.splitlines()}

    def test_commands_options_and_values(self):
        self.assertEqual(self.complete("keyless s"), {"scan"})
        self.assertEqual(self.complete("keyless rules "), {"list", "check", "schema"})
        for command in COMMANDS:
            offered = {word for word in self.complete(f"keyless {command} --") if word.startswith("--")}
            self.assertEqual(offered, options_in_help(*command.split()) - {"--help"}, command)
        self.assertEqual(self.complete("keyless fix --through c"), {"callers", "cleanup"})
        self.assertEqual(self.complete("keyless explain "), rule_ids())


@unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
class Zsh(unittest.TestCase):
    """A real zsh on a terminal: the line is typed, the tab key pressed, and the line that results is written down."""

    def type(self, text, folder):
        result = os.path.join(folder, "line")
        with open(os.path.join(folder, "start"), "w", encoding="utf-8") as file:
            file.write("autoload -Uz compinit; compinit -u -d $HOME/dump; source <(keyless completions zsh)\n"
                       f"note() {{ print -r -- \"$BUFFER\" > {result}.part; mv {result}.part {result} }}\n"
                       "zle -N note; bindkey '^X' note; unsetopt beep; : > $HOME/ready\n")
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(folder)
            os.execve(shutil.which("zsh"), ["zsh", "-f", "-i"], {**ENVIRONMENT, "HOME": folder, "TERM": "xterm"})
        try:
            os.write(terminal, b"source ./start\n")
            self.wait(terminal, os.path.join(folder, "ready"))
            os.write(terminal, text.encode() + b"\t\x18")
            self.wait(terminal, result)
        finally:
            os.kill(child, 9)
            os.waitpid(child, 0)
            os.close(terminal)
        with open(result, encoding="utf-8") as file:
            return file.read().rstrip("\n")

    def wait(self, terminal, path):
        end = time.monotonic() + 60
        while not os.path.exists(path):
            if time.monotonic() > end:
                self.fail(f"zsh did not write {os.path.basename(path)}")
            if select.select([terminal], [], [], 0.05)[0]:
                os.read(terminal, 4096)

    def test_commands_options_and_values(self):
        for text, line in (("keyless sc", "keyless scan "), ("keyless baseline w", "keyless baseline write "),
                           ("keyless scan --fail-on h", "keyless scan --fail-on high "),
                           ("keyless fix --patch", "keyless fix --patch-dir "),
                           ("keyless explain terraform-azapi-list", "keyless explain terraform-azapi-list-keys "),
                           ("keyless scan sta", "keyless scan start ")):
            with self.subTest(text), tempfile.TemporaryDirectory() as folder:
                self.assertEqual(self.type(text, folder), line)


class Other(unittest.TestCase):
    def test_another_shell_is_refused(self):
        run = subprocess.run([BINARY, "completions", "tcsh"], capture_output=True, text=True, timeout=60)
        self.assertEqual((run.returncode, run.stdout), (2, ""))
        self.assertIn("bash, zsh and fish", run.stderr)

    def test_syntax(self):
        for shell in ("bash", "zsh", "fish"):
            if not shutil.which(shell):
                print(f"{shell} is not installed: its script is not parsed here", file=sys.stderr)
                continue
            run = subprocess.run([shell, "-n", "/dev/stdin"], input=script_of(shell), capture_output=True, text=True, timeout=60)
            self.assertEqual((run.returncode, run.stderr), (0, ""), shell)


if __name__ == "__main__":
    unittest.main()
