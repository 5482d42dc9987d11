#!/usr/bin/env python3
"""`fix` and `undo` on the real binary: what is printed git takes, what is written undo takes back to the byte."""
import json
import os
import pathlib
import stat
import subprocess
import tempfile
import unittest

from scanning import keyless, write

CODE = """import os
from openai import AzureOpenAI

client = AzureOpenAI(
    api_key=os.environ["AZURE_OPENAI_API_KEY"],
    azure_endpoint=os.environ["AZURE_OPENAI_ENDPOINT"],
    api_version="2024-10-21",
)
"""
SAMPLE = "AZURE_OPENAI_API_KEY=\r\nAZURE_OPENAI_ENDPOINT=https://shop.openai.azure.com\r\n"
REQUIREMENTS = "openai==1.55.0\n"


class Fix(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.base = pathlib.Path(holder.name).resolve()
        self.folder = self.base / "shop"
        write(self.folder, "app.py", CODE)
        write(self.folder, ".env.sample", SAMPLE)
        write(self.folder, "requirements.txt", REQUIREMENTS)
        write(self.folder, "other.py", "KEY = 1\n")
        os.chmod(self.folder / "app.py", 0o755)

    def git(self, *arguments):
        return subprocess.run(
            ["git", "-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "init.defaultBranch=main",
             *arguments], cwd=self.folder, check=True, capture_output=True,
            env={**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}).stdout.decode()

    def commit(self):
        self.git("init", "-q")
        self.git("add", "-A")
        self.git("commit", "-qm", "first")

    def tree(self):
        return {path.relative_to(self.folder).as_posix(): (path.read_bytes(), path.stat().st_mode)
                for path in self.folder.rglob("*") if path.is_file() and ".git" not in path.parts}

    def run_fix(self, *arguments, exits=0, cwd=None):
        run = keyless("fix", "--no-progress", *arguments, cwd=cwd or self.folder)
        self.assertEqual(run.returncode, exits, run)
        return run

    def refused(self, *arguments, says, command="fix"):
        before = self.tree()
        run = keyless(command, *arguments, cwd=self.folder)
        self.assertEqual((run.returncode, run.stdout), (2, b""), run)
        errors = [line for line in run.stderr.decode().splitlines() if "error" in line]
        self.assertEqual(len(errors), 1, run)
        self.assertIn(says, errors[0])
        self.assertEqual(self.tree(), before)

    def test_printed_patches_apply_and_equal_what_write_does(self):
        self.commit()
        before = self.tree()
        run = self.run_fix("--through", "callers")
        self.assertEqual(self.tree(), before)
        self.assertTrue(run.stdout.startswith(b"# keyless fix, stage "), run.stdout)
        self.assertIn(self.git("rev-parse", "HEAD").strip().encode(), run.stdout)
        (self.base / "all.patch").write_bytes(run.stdout)
        self.git("apply", "--check", self.base / "all.patch")
        self.git("apply", self.base / "all.patch")
        patched = self.tree()
        self.assertNotIn(b"api_key", patched["app.py"][0])
        self.assertEqual(patched[".env.sample"][0], SAMPLE.split("\n", 1)[1].encode())
        self.assertEqual(patched["other.py"], before["other.py"])
        self.git("checkout", "-q", ".")
        self.run_fix("--write", "--review")
        self.assertEqual(self.tree(), patched)
        self.assertEqual(stat.S_IMODE((self.folder / "app.py").stat().st_mode), 0o755)
        again = self.run_fix("--through", "callers")
        self.assertEqual(again.stdout, b"")

    def test_undo_takes_the_last_write_back_to_the_byte(self):
        self.commit()
        before = self.tree()
        self.run_fix("--write", "--review")
        self.assertNotEqual(self.tree(), before)
        bundles = sorted((self.folder / ".git/keyless/undo").iterdir())
        self.assertEqual([bundle.name for bundle in bundles], ["000001.undo"])
        self.assertEqual(stat.S_IMODE(bundles[0].stat().st_mode), 0o600)
        self.assertTrue(bundles[0].read_bytes().startswith(b"keyless undo bundle 1\n#"))
        undo = keyless("undo", cwd=self.folder)
        self.assertEqual((undo.returncode, undo.stderr), (0, b""), undo)
        self.assertEqual(self.tree(), before)
        self.assertEqual(self.git("status", "--porcelain"), "")
        self.refused(command="undo", says="there is no write to take back")

    def test_undo_refuses_after_an_edit(self):
        self.commit()
        self.run_fix("--write", "--review")
        with open(self.folder / "app.py", "ab") as file:
            file.write(b"# mine\n")
        self.refused(command="undo", says="app.py: has changed since it was written")

    def test_a_dirty_tree_is_refused(self):
        self.commit()
        write(self.folder, "other.py", "KEY = 2\n")
        self.refused("--write", "--review", says="other.py: uncommitted changes")
        self.run_fix("--through", "callers")
        self.run_fix("--write", "--review", "--allow-dirty")
        self.assertNotIn(b"api_key", (self.folder / "app.py").read_bytes())
        self.assertEqual((self.folder / "other.py").read_bytes(), b"KEY = 2\n")

    def test_without_git_the_bundle_goes_where_it_is_told(self):
        before = self.tree()
        undo_dir = self.base / "undo"
        self.refused("--write", "--review", "--undo-dir", undo_dir, says="does not exist")
        undo_dir.mkdir()
        self.run_fix("--write", "--review", "--undo-dir", undo_dir)
        self.assertNotEqual(self.tree(), before)
        undo = keyless("undo", "--undo-dir", undo_dir, cwd=self.folder)
        self.assertEqual(undo.returncode, 0, undo)
        self.assertEqual(self.tree(), before)

    def test_a_link_out_of_the_root_is_never_written(self):
        outside = write(self.base, "outside/app.py", CODE)
        (self.folder / "app.py").unlink()
        os.symlink(outside, self.folder / "app.py")
        os.symlink(self.base / "outside", self.folder / "linked")
        self.commit()
        keyless("fix", "--write", "--review", "--no-progress", cwd=self.folder)
        self.assertEqual(outside.read_text(), CODE)
        self.assertTrue((self.folder / "app.py").is_symlink())

    def test_one_patch_a_stage_in_a_private_folder(self):
        self.commit()
        patches = self.base / "patches"
        self.run_fix("--patch-dir", patches)
        names = sorted(path.name for path in patches.iterdir())
        self.assertIn("2-callers.patch", names)
        for name in names:
            self.assertEqual(stat.S_IMODE((patches / name).stat().st_mode), 0o600)
        text = (patches / "2-callers.patch").read_text()
        self.assertIn(f"made for: {self.git('rev-parse', 'HEAD').strip()}\n", text)
        blob = self.git("rev-parse", "HEAD:app.py").strip()
        self.assertIn(f"\nindex {blob}..", text)
        self.git("apply", "--3way", patches / "2-callers.patch")
        self.refused("--patch-dir", patches, says="holds patches already")

    def test_a_file_of_patches_is_private(self):
        self.commit()
        target = write(self.base, "fix.patch", "old")
        os.chmod(target, 0o644)
        self.run_fix("--output", target)
        self.assertEqual(stat.S_IMODE(target.stat().st_mode), 0o600)
        self.git("apply", "--check", target)

    def test_json_names_files_and_refusals_but_shows_no_line(self):
        self.commit()
        report = json.loads(self.run_fix("--format", "json", "--through", "callers").stdout)
        self.assertEqual(report["schema"], "keyless-fix/1")
        self.assertIsNone(report["written"])
        callers = next(stage for stage in report["stages"] if stage["stage"] == "callers")
        self.assertIn("app.py", [file["path"] for file in callers["files"]])
        self.assertNotIn("os.environ", json.dumps(report))
        report = json.loads(self.run_fix("--format", "json", "--write", "--review").stdout)
        self.assertGreaterEqual(report["written"]["files"], 2)

    def test_nothing_to_fix_says_so(self):
        for name in "app.py", ".env.sample":
            (self.folder / name).unlink()
        self.commit()
        run = self.run_fix("--write")
        self.assertEqual(run.stdout, b"nothing to fix\n")
        self.assertFalse((self.folder / ".git/keyless").exists())


if __name__ == "__main__":
    unittest.main()
