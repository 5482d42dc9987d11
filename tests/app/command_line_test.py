"""The real binary: exit codes, what goes to stdout and what to stderr, files that it writes."""
import json
import os
import subprocess
import tempfile
import unittest

BINARY = os.environ["KEYLESS_BINARY"]


def keyless(*arguments, cwd=None):
    environment = {**os.environ, "NO_COLOR": ""}
    return subprocess.run([BINARY, *arguments], cwd=cwd, env=environment, text=True,
                          capture_output=True, timeout=120)


class CommandLine(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = os.path.join(holder.name, "shop")
        os.mkdir(self.folder)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def refused(self, *arguments, says, cwd=None):
        run = keyless(*arguments, cwd=cwd)
        self.assertEqual(run.returncode, 2, run)
        self.assertEqual(run.stdout, "")
        self.assertEqual(len(run.stderr.splitlines()), 1, run.stderr)
        self.assertIn(says, run.stderr)

    def test_an_empty_folder_is_clean(self):
        for form in "text", "json", "sarif":
            run = keyless("scan", "--format", form, self.folder)
            self.assertEqual((run.returncode, run.stderr), (0, ""), run)
            self.assertTrue(run.stdout)
            self.assertNotIn(self.folder, run.stdout)
            self.assertNotIn("\x1b", run.stdout)

    def test_bad_arguments(self):
        self.refused("burn", says="unknown command 'burn'")
        self.refused("scan", "--burn", says="unknown option '--burn'")
        self.refused("scan", os.path.join(self.folder, "nowhere"), says="nowhere")
        self.refused("explain", "no-such-rule", says="there is no rule 'no-such-rule'")
        self.refused("scan", "--baseline", "/nowhere.json", self.folder, says="/nowhere.json")
        self.refused("scan", "--config", "/nowhere.yaml", self.folder, says="/nowhere.yaml")
        self.refused("scan", "--output", "/nowhere/x", self.folder, says="/nowhere/x")
        self.refused("lineage", "--why", "a.py:1", self.folder, says="a.py:1")

    def test_a_bad_configuration_names_file_line_and_mend(self):
        self.write(".keyless.yaml", "version: 1\npath: {exclude: [a]}\n")
        self.refused("scan", self.folder, says=".keyless.yaml:2: unknown key 'path'")
        self.refused("scan", self.folder, says="did you mean 'paths'?")
        self.write(".keyless.yaml", "version: 1\nrules: {off: [no-such-rule]}\n")
        self.refused("scan", self.folder, says=".keyless.yaml:2: there is no rule 'no-such-rule'")

    def test_a_configuration_that_is_a_link_is_refused(self):
        os.symlink("/etc/passwd", os.path.join(self.folder, ".keyless.yaml"))
        self.refused("scan", self.folder, says=".keyless.yaml: is a symbolic link")

    def test_output_goes_to_a_file(self):
        target = os.path.join(self.folder, "out.sarif")
        run = keyless("scan", "--format", "sarif", "--output", target, self.folder)
        self.assertEqual((run.returncode, run.stdout), (0, ""))
        with open(target, encoding="utf-8") as file:
            self.assertEqual(json.load(file)["version"], "2.1.0")

    def test_colour_follows_the_option(self):
        self.assertIn("\x1b[", keyless("scan", "--color", "always", self.folder).stdout)
        self.assertNotIn("\x1b[", keyless("scan", "--color", "never", self.folder).stdout)

    def test_a_baseline_is_written_and_compared(self):
        run = keyless("baseline", "status", self.folder)
        self.assertEqual(run.returncode, 2, run)
        run = keyless("baseline", "write", self.folder)
        self.assertEqual(run.returncode, 0, run)
        with open(os.path.join(self.folder, ".keyless-baseline.json"), encoding="utf-8") as file:
            self.assertEqual(json.load(file)["schema"], "keyless-baseline/1")
        self.assertEqual(keyless("baseline", "status", self.folder).returncode, 0)
        self.write(".keyless-baseline.json", '{"schema": "keyless-baseline/1", "findings": [{"id": '
                   '"0000000000000000", "rule": "r", "path": "p", "lineage": "", "shape": "s"}]}')
        run = keyless("baseline", "status", self.folder)
        self.assertEqual(run.returncode, 1, run)
        self.assertIn("0 old, 0 new, 1 fixed", run.stdout)
        self.write(".keyless-baseline.json", "[" * 100000)
        self.refused("scan", self.folder, says="is not a baseline")

    def test_help_and_version_need_no_folder(self):
        for arguments in ["--help"], ["scan", "--help"], ["rules", "--help"], ["--version"]:
            run = keyless(*arguments, cwd="/")
            self.assertEqual((run.returncode, run.stderr), (0, ""), arguments)
            self.assertTrue(run.stdout)

    def test_a_closed_stdout_is_an_error(self):
        with open("/dev/full", "w") as full:
            run = subprocess.run([BINARY, "scan", self.folder], stdout=full, stderr=subprocess.PIPE,
                                 timeout=120)
        self.assertEqual(run.returncode, 2)

    def test_several_roots(self):
        other = self.folder + "-two"
        os.mkdir(other)
        run = keyless("scan", "--format", "json", self.folder, other)
        self.assertEqual([root["id"] for root in json.loads(run.stdout)["roots"]],
                         ["shop", "shop-two"])
        self.refused("scan", "--root-id", "x", self.folder, other, says="--root-id")
        run = keyless("scan", "--format", "json", "--root-id", "mine", self.folder)
        self.assertEqual(json.loads(run.stdout)["roots"][0]["id"], "mine")


if __name__ == "__main__":
    unittest.main()
