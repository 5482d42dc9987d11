"""Every package is made of the binary, installed, and run in a root that has no compiler, no Git and no network."""
import base64
import csv
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile

import tools

SOURCE = pathlib.Path(os.environ["KEYLESS_SOURCE_DIR"])
BINARY = pathlib.Path(os.environ["KEYLESS_BINARY"])
CONTOSO = SOURCE / "fixtures/repos/contoso-chat/input"
VERSION = re.search(r"project\(keyless VERSION (\S+)", (SOURCE / "CMakeLists.txt").read_text()).group(1)
OUT: pathlib.Path
EXPECTED: dict


def run(*command, check=True, **more):
    more.setdefault("timeout", 300)
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **more)
    if check and done.returncode != 0:
        raise AssertionError(f"{command[0]}: {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done


def without_network(*command, **more):
    return run("unshare", "--net", *(["--map-root-user"] if os.getuid() else []), *command, **more)


def setUpModule():
    global OUT, EXPECTED
    if not shutil.which("unshare") or without_network("true", check=False).returncode != 0:
        tools.skip("unshare cannot make a network namespace here")
    holder = tempfile.TemporaryDirectory()
    unittest.addModuleCleanup(holder.cleanup)
    OUT = pathlib.Path(holder.name) / "out"
    run(SOURCE / "scripts/package", "--binary", BINARY, "--out", OUT)
    repository = pathlib.Path(holder.name) / "src"
    shutil.copytree(CONTOSO, repository)
    EXPECTED = json.loads(run(BINARY, "scan", "--format", "json", repository, check=False).stdout)


def package(pattern: str) -> pathlib.Path:
    found = list(OUT.glob(pattern))
    assert len(found) == 1, (pattern, found)
    return found[0]


def unpack(data: bytes, folder: pathlib.Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        archive.extractall(folder, filter="tar")


class Packages(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        # Others than root must be able to pass: the user of the image.
        self.folder.chmod(0o755)
        self.root = self.folder / "root"
        self.root.mkdir()

    def scans(self, *command, **more):
        """The program scans contoso-chat as the binary itself does: exit code 1 and the same JSON."""
        done = without_network(*command, check=False, **more)
        self.assertEqual((done.returncode, done.stderr), (1, ""), done)
        found = json.loads(done.stdout)
        self.assertGreater(len(found["findings"]), 40)
        self.assertEqual(found, EXPECTED)

    def scans_in_root(self, program, user="0:0"):
        self.assertFalse((self.root / "bin").exists())
        shutil.copytree(CONTOSO, self.root / "src", dirs_exist_ok=True)
        self.scans("chroot", f"--userspec={user}", self.root, program, "scan", "--format", "json", "/src")

    def scans_here(self, program):
        """Where it was installed, with nothing on the path; then the installed program alone in a bare root."""
        shutil.copytree(CONTOSO, self.folder / "src")
        self.scans("env", "-i", "PATH=/nonexistent", program, "scan", "--format", "json", cwd=self.folder / "src")
        shutil.copy(program, self.root / "keyless")
        self.scans_in_root("/keyless")

    def test_checksums_cover_every_file(self):
        run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=OUT)
        listed = {line.split("  ")[1] for line in (OUT / "SHA256SUMS").read_text().splitlines()}
        self.assertEqual(listed, {path.name for path in OUT.iterdir()} - {"SHA256SUMS"})
        self.assertEqual(len(listed), 7)

    def test_tarball(self):
        unpack(package("*-x86_64-linux.tar.gz").read_bytes(), self.root)
        (folder,) = self.root.iterdir()
        for name in ("keyless.1", "LICENSE", "THIRD-PARTY.txt", "completions/keyless.bash"):
            self.assertGreater((folder / name).stat().st_size, 500, name)
        self.assertEqual(stat.S_IMODE((folder / "keyless").stat().st_mode), 0o755)
        self.scans_in_root(f"/{folder.name}/keyless")

    @unittest.skipUnless(shutil.which("dpkg"), "dpkg is not installed")
    def test_deb(self):
        for name in ("info", "updates", "triggers"):
            (self.root / "var/lib/dpkg" / name).mkdir(parents=True)
        (self.root / "var/lib/dpkg/status").touch()
        run("dpkg", "--root", self.root, "--force-not-root", "--install", package("*.deb"))
        listed = run("dpkg", "--root", self.root, "-L", "keyless").stdout
        for name in ("man1/keyless.1.gz", "completions/keyless", "_keyless", "doc/keyless/copyright"):
            self.assertIn(name, listed)
        self.assertEqual(run("dpkg", "--root", self.root, "--verify", "keyless").stdout, "")
        shutil.rmtree(self.root / "var")
        self.scans_in_root("/usr/bin/keyless")

    @unittest.skipUnless(shutil.which("lintian"), "lintian is not installed")
    def test_deb_is_as_debian_wants_it(self):
        said = run("lintian", "--allow-root", "--fail-on", "error,warning", package("*.deb"), check=False)
        self.assertEqual((said.returncode, said.stdout), (0, ""), said)

    def test_image(self):
        layout = self.folder / "layout"
        unpack(package("*-oci.tar").read_bytes(), layout)
        self.assertEqual(json.loads((layout / "oci-layout").read_text()), {"imageLayoutVersion": "1.0.0"})

        def blob(descriptor):
            kind, digest = descriptor["digest"].split(":")
            data = (layout / "blobs" / kind / digest).read_bytes()
            self.assertEqual(hashlib.sha256(data).hexdigest(), digest)
            self.assertEqual(len(data), descriptor["size"])
            return data

        (entry,) = json.loads((layout / "index.json").read_text())["manifests"]
        manifest = json.loads(blob(entry))
        image = json.loads(blob(manifest["config"]))
        self.assertEqual((image["os"], image["architecture"]), ("linux", "amd64"))
        (layer,) = manifest["layers"]
        raw = subprocess.run(["gzip", "-dc"], input=blob(layer), capture_output=True, check=True).stdout
        self.assertEqual(image["rootfs"]["diff_ids"], ["sha256:" + hashlib.sha256(raw).hexdigest()])
        for_docker = [{"Config": "blobs/" + manifest["config"]["digest"].replace(":", "/"),
                       "RepoTags": ["keyless:" + image["config"]["Labels"]["org.opencontainers.image.version"]],
                       "Layers": ["blobs/" + layer["digest"].replace(":", "/")]}]
        self.assertEqual(json.loads((layout / "manifest.json").read_text()), for_docker)
        unpack(raw, self.root)
        user = image["config"]["User"]
        self.assertNotIn(user.split(":")[0], ("", "0", "root"))
        (program,) = image["config"]["Entrypoint"]
        self.assertEqual(image["config"]["WorkingDir"], "/src")
        self.scans_in_root(program, user)

    @unittest.skipUnless(shutil.which("skopeo"), "skopeo is not installed")
    def test_image_is_read_by_another_program_as_oci_and_as_docker_does(self):
        archive = package("*-oci.tar")
        for kind in "oci-archive", "docker-archive":
            copied = self.folder / kind
            without_network("skopeo", "--insecure-policy", "copy", f"{kind}:{archive}", f"dir:{copied}")
            manifest = json.loads((copied / "manifest.json").read_text())
            config = json.loads((copied / manifest["config"]["digest"].split(":")[1]).read_text())
            self.assertEqual(config["config"]["Entrypoint"], ["/usr/bin/keyless"])
        said = run("skopeo", "list-tags", f"docker-archive:{archive}").stdout
        self.assertEqual(json.loads(said)["Tags"], ["keyless:" + VERSION])

    @unittest.skipUnless(shutil.which("git"), "git is not installed")
    def test_without_git_the_image_says_so_and_loses_no_tracked_file(self):
        repository = self.root / "src"
        shutil.copytree(CONTOSO, repository)
        (repository / ".gitignore").write_text("*.py\n")
        git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org")
        for command in (("init", "-q"), ("add", "-Af"), ("commit", "-qm", "a")):
            run(*git, *command, cwd=repository)
        shutil.copy(BINARY, self.root / "keyless")
        done = without_network("chroot", self.root, "/keyless", "scan", "--format", "json", "/src", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("git is not installed", done.stderr)
        self.assertEqual([row["id"] for row in json.loads(done.stdout)["findings"]],
                         [row["id"] for row in EXPECTED["findings"]])

    def test_wheel(self):
        wheel = package("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            (record,) = [name for name in archive.namelist() if name.endswith(".dist-info/RECORD")]
            rows = {row[0]: row for row in csv.reader(archive.read(record).decode().splitlines())}
            self.assertEqual(set(rows), set(archive.namelist()))
            for name in set(rows) - {record}:
                digest = base64.urlsafe_b64encode(hashlib.sha256(archive.read(name)).digest()).decode().rstrip("=")
                self.assertEqual(rows[name][1:], ["sha256=" + digest, str(len(archive.read(name)))])
        run(sys.executable, "-m", "venv", self.folder / "venv")
        pip = self.folder / "venv/bin/pip"
        without_network(pip, "install", "--disable-pip-version-check", "--no-index", "--no-deps", wheel)
        self.assertIn("keyless==", run(pip, "list", "--disable-pip-version-check", "--format", "freeze").stdout)
        self.scans_here(self.folder / "venv/bin/keyless")

    @unittest.skipUnless(shutil.which("npm"), "npm is not installed")
    def test_npm(self):
        without_network("npm", "install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", self.folder,
                        package("*.tgz"), env={"PATH": os.environ["PATH"], "HOME": str(self.folder)})
        self.scans_here(self.folder / "node_modules/.bin/keyless")

    def test_source_needs_neither_npm_nor_git(self):
        unpack(package("*-source.tar.gz").read_bytes(), self.folder)
        (source,) = self.folder.glob("keyless-*")
        self.assertFalse((source / ".git").exists())
        again = self.folder / "again"
        run(source / "scripts/package", "--source", "--out", again, env={"PATH": "/usr/bin:/bin"})
        self.assertEqual((again / package("*-source.tar.gz").name).read_bytes(), package("*-source.tar.gz").read_bytes())
        fetched = run("bash", "-c", "npm() { false; }; . scripts/steps.sh; ensure_grammars", cwd=source)
        self.assertEqual(fetched.stderr, "")
        modules = source / "scripts/deps/node_modules"
        self.assertFalse([path for path in modules.rglob("*") if path.suffix in (".node", ".wasm", ".js")])
        if not shutil.which("cmake") or not shutil.which("ninja"):
            self.skipTest("no cmake or ninja to configure with")
        run("cmake", "-S", source, "-B", self.folder / "build", "-G", "Ninja", "-DKEYLESS_TESTS=OFF")
        # A dry run: every source that the build names is there; and the scanners find their headers.
        run("ninja", "-C", self.folder / "build", "-n", "keyless")
        for scanner in modules.rglob("scanner.c"):
            run("cc", "-fsyntax-only", "-w", "-I", scanner.parent, scanner)

    def test_the_bytes_depend_on_nothing_of_the_machine(self):
        again = self.folder / "again"
        run("bash", "-c", 'umask 077; exec "$@"', "bash", SOURCE / "scripts/package", "--binary", BINARY, "--out", again,
            "--only", "wheel", "oci", "deb", cwd="/", env={**os.environ, "TZ": "Asia/Tokyo", "LC_ALL": "C"})
        for path in again.iterdir():
            if path.name != "SHA256SUMS":
                self.assertEqual(path.read_bytes(), (OUT / path.name).read_bytes(), path.name)
        self.assertEqual(len(list(again.iterdir())), 5)

    @unittest.skipUnless(shutil.which("groff"), "groff is not installed")
    def test_manual_page(self):
        with tarfile.open(package("*-x86_64-linux.tar.gz")) as archive:
            (member,) = [name for name in archive.getnames() if name.endswith("/keyless.1")]
            page = self.folder / "keyless.1"
            page.write_bytes(archive.extractfile(member).read())
        self.assertEqual(run("groff", "-man", "-ww", "-z", page).stderr, "")
        text = run("groff", "-man", "-Tascii", "-P-cbou", page).stdout
        commands = [line[2:35].strip() for line in run(BINARY, "--help").stdout.splitlines() if line.startswith("  keyless ")]
        self.assertGreater(len(commands), 10)
        for command in commands:
            if "--version" not in command:
                self.assertIn("\n   " + command, text)
        self.assertIn("--fail-on SEVERITY\n", text)

    def test_bill_of_materials(self):
        bill = package("*.spdx.json")
        content = json.loads(bill.read_text())
        names = {row["name"] for row in content["packages"]}
        self.assertLessEqual(set(json.loads((SOURCE / "scripts/deps/package.json").read_text())["dependencies"]), names)
        needed = (SOURCE / "scripts/deps/debian-build.txt").read_text().split()
        self.assertLessEqual({word for word in needed if word.endswith("-dev")}, names)
        linked = {row["relatedSpdxElement"] for row in content["relationships"] if row["relationshipType"] == "STATIC_LINK"}
        self.assertEqual(linked, {row["SPDXID"] for row in content["packages"]} - {"SPDXRef-Package-keyless"})
        with tarfile.open(package("*-x86_64-linux.tar.gz")) as archive:
            (member,) = [name for name in archive.getnames() if name.endswith("/keyless")]
            digest = hashlib.sha256(archive.extractfile(member).read()).hexdigest()
        self.assertEqual(content["packages"][0]["checksums"], [{"algorithm": "SHA256", "checksumValue": digest}])
        validator = tools.environment_of("spdx-tools==0.8.5") / "pyspdxtools"
        said = run(validator, "--infile", bill, "--version", "SPDX-2.3", check=False)
        self.assertEqual(said.returncode, 0, said.stdout + said.stderr)


if __name__ == "__main__":
    tools.run_tests()
