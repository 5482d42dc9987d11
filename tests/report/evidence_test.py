"""Evidence made twice is the same bytes, and a changed, missing or added file is found; the report's options."""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

BINARY = os.environ["KEYLESS_BINARY"]
SOURCE = pathlib.Path(os.environ["KEYLESS_SOURCE_DIR"])
EXCEPTION = ("version: 1\nexceptions:\n  - {rule: dotenv-key-setting, path: '**', until: 2026-12-31, owner: chat, "
             "ticket: T-1, reason: soon}\n")


def keyless(*arguments):
    return subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=300)


class Evidence(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.base = pathlib.Path(holder.name).resolve()
        self.shop = self.base / "shop"
        shutil.copytree(SOURCE / "fixtures/repos/contoso-chat/input", self.shop)
        (self.shop / ".keyless.yaml").write_text(EXCEPTION)
        git = ["git", "-C", str(self.shop), "-c", "user.name=a", "-c", "user.email=a@b.example"]
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "start"]):
            subprocess.run(git + command, check=True)
        self.commit = subprocess.run(git + ["rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()

    def make(self, name, *options):
        run = keyless("report", "--evidence", self.base / name, "--date", "2026-11-24", *options, self.shop)
        self.assertEqual(run.returncode, 0, run.stderr)
        return self.base / name, run.stdout

    def test_twice_is_the_same_bytes(self):
        first, said = self.make("first", "--threads", "1")
        second, again = self.make("second", "--threads", "4")
        self.assertEqual(said, again)
        names = sorted(path.name for path in first.iterdir())
        self.assertEqual(names, sorted(path.name for path in second.iterdir()))
        for name in names:
            self.assertEqual((first / name).read_bytes(), (second / name).read_bytes(), name)
            self.assertNotIn(str(self.base).encode(), (first / name).read_bytes(), name)
        self.assertEqual(said, hashlib.sha256((first / "MANIFEST.sha256").read_bytes()).hexdigest() + "  MANIFEST.sha256\n")
        check = subprocess.run(["sha256sum", "--check", "--quiet", "MANIFEST.sha256"], cwd=first, check=False)
        self.assertEqual(check.returncode, 0)

    def test_what_it_holds(self):
        folder, _ = self.make("evidence")
        read = {path.stem: json.loads(path.read_text()) for path in folder.glob("*.json")}
        self.assertEqual(read["commits"]["roots"], [{"id": "shop", "commit": self.commit}])
        self.assertEqual(read["exceptions"]["exceptions"][0]["ticket"], "T-1")
        states = {finding["state"] for finding in read["report"]["findings"]}
        self.assertLessEqual({"blocking", "excepted"}, states)
        self.assertEqual(len(read["findings"]["findings"]), len(read["report"]["findings"]))
        self.assertIn("languages", read["coverage"]["coverage"])
        rules = {row["path"]: row["sha256"] for row in read["tool"]["rules"]}
        for path in (SOURCE / "rules").rglob("*.yaml"):
            name = path.relative_to(SOURCE / "rules").as_posix()
            self.assertEqual(rules[name], hashlib.sha256(path.read_bytes()).hexdigest())
        self.assertEqual(read["tool"]["inputs"], [{"root": "shop", "path": ".keyless.yaml",
                                                   "sha256": hashlib.sha256(EXCEPTION.encode()).hexdigest()}])

    def test_an_exception_is_judged_on_the_date(self):
        run = keyless("report", "--format", "json", "--date", "2027-01-01", self.shop)
        states = {finding["state"] for finding in json.loads(run.stdout)["findings"]}
        self.assertNotIn("excepted", states)

    def test_verify(self):
        folder, _ = self.make("evidence")
        run = keyless("report", "--verify", folder)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        for path in sorted(folder.iterdir()):
            if path.name == "MANIFEST.sha256":
                continue
            data = path.read_bytes()
            middle = len(data) // 2
            path.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1:])
            run = keyless("report", "--verify", folder)
            self.assertEqual((run.returncode, run.stdout), (1, f"{path.name}: differs from the manifest\n"))
            path.unlink()
            run = keyless("report", "--verify", folder)
            self.assertEqual(run.returncode, 1)
            self.assertTrue(run.stdout.startswith(path.name + ": "), run.stdout)
            path.symlink_to("/etc/hostname")
            self.assertEqual(keyless("report", "--verify", folder).returncode, 1)
            path.unlink()
            path.write_bytes(data)
        (folder / "more.json").write_text("{}")
        run = keyless("report", "--verify", folder)
        self.assertEqual((run.returncode, run.stdout), (1, "more.json: is not in the manifest\n"))

    def test_a_manifest_cannot_name_other_files(self):
        folder, _ = self.make("evidence")
        manifest = folder / "MANIFEST.sha256"
        for line in ("0" * 64 + "  ../shop/.keyless.yaml", "0" * 64 + "  /etc/hostname", "nonsense", "0" * 64):
            manifest.write_text(line + "\n")
            run = keyless("report", "--verify", folder)
            self.assertEqual((run.returncode, run.stdout), (2, ""), line)
            self.assertIn("MANIFEST.sha256:1: is no line of a manifest", run.stderr)

    def test_refusals(self):
        folder, _ = self.make("evidence")
        for arguments, says in ((["--evidence", folder, self.shop], "is not empty"),
                                (["--evidence", self.shop / "evidence", self.shop], "lies in a scanned folder"),
                                (["--evidence", self.base / "no/where", self.shop], "No such file"),
                                (["--evidence", self.base / "x", "--verify", folder], "do not go together"),
                                (["--evidence", self.base / "x", "--format", "json"], "do not go together"),
                                (["--verify", self.base / "nowhere"], "No such file"),
                                (["--verify", self.shop], "MANIFEST.sha256"),
                                (["--date", "24.11.2026"], "--date takes YYYY-MM-DD"),
                                (["--trend", self.shop / ".keyless.yaml", self.shop], "is not an earlier result")):
            run = keyless("report", *arguments)
            self.assertEqual((run.returncode, run.stdout), (2, ""), arguments)
            self.assertIn(says, run.stderr)
            self.assertEqual(len(run.stderr.splitlines()), 1, run.stderr)
        deep = self.base / "deep.json"
        deep.write_text("[" * 100000)
        self.assertEqual(keyless("report", "--trend", deep, self.shop).returncode, 2)

    def test_trend(self):
        earlier = self.base / "october.json"
        keyless("scan", "--format", "json", "--output", earlier, self.shop)
        report = self.base / "november.json"
        keyless("report", "--format", "json", "--output", report, self.shop)
        run = keyless("report", "--format", "json", "--trend", earlier, "--trend", report, self.shop)
        trend = json.loads(run.stdout)["trend"]
        self.assertEqual([point["label"] for point in trend], ["october", "november", "this run"])
        for point in trend[1:]:
            self.assertEqual({**point, "label": ""}, {**trend[0], "label": ""})


if __name__ == "__main__":
    unittest.main()
