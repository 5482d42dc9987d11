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

    def test_an_error_does_not_quote_a_key_that_was_pasted_in_the_wrong_place(self):
        key = "".join(chr(97 + i * 7 % 26) + str(i % 10) for i in range(42))
        for name, text in ((".keyless.yaml", f"version: 1\n{key}: 1\n"),
                           (".keyless.yaml", f"version: 1\nrules: {{off: [{key}]}}\n"),
                           (".keyless-baseline.json", f'{{"schema": "{key}"}}')):
            self.write(".keyless.yaml", "version: 1\n")
            self.write(name, text)
            run = self.scan()
            self.assertEqual(run.returncode, 2)
            self.assertNotIn(key[:12], run.stdout + run.stderr)

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

    def on_a_terminal(self, *options, **environment):
        """What a terminal gets on stdout and stderr together."""
        ours, theirs = os.openpty()
        run = subprocess.Popen([BINARY, "scan", *options, self.folder], stdout=theirs, stderr=theirs,
                               env={**os.environ, "NO_COLOR": "", **environment})
        os.close(theirs)
        text = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # how Linux says that the other end is closed
                break
            if not part:
                break
            text += part
        os.close(ours)
        self.assertEqual(run.wait(timeout=120), 0)
        return text.decode()

    def test_a_terminal_gets_colour_and_no_progress_of_a_short_scan(self):
        text = self.on_a_terminal()
        self.assertIn("\x1b[1m", text)
        self.assertNotIn("\x1b[", self.on_a_terminal(NO_COLOR="1"))
        self.assertNotIn("\x1b[", self.on_a_terminal("--color", "never"))

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

    def with_a_client(self):
        self.write("app.py", "import os\nfrom openai import AzureOpenAI\n\n"
                   "client = AzureOpenAI(api_key=os.environ['AZURE_OPENAI_API_KEY'],\n"
                   "                     azure_endpoint='https://chat.openai.azure.com')\n")

    def scan(self, *options):
        return keyless("scan", *options, self.folder)

    def rules_found(self, *options):
        report = json.loads(self.scan("--format", "json", *options).stdout)
        return sorted({finding["rule"] for finding in report["findings"]})

    def test_a_finding_fails_the_scan_from_its_severity_on(self):
        self.with_a_client()
        for gate, code in ("low", 1), ("medium", 1), ("high", 1), ("never", 0):
            self.assertEqual(self.scan("--fail-on", gate).returncode, code, gate)
        run = self.scan()
        self.assertEqual(run.returncode, 1)
        self.assertIn("app.py:4:22", run.stdout)
        self.assertIn("client = AzureOpenAI(api_key=os.environ", run.stdout)

    def test_a_lost_file_is_exit_code_3_unless_there_is_a_finding(self):
        self.write("large.py", "x = 1\n" * (5 << 20 >> 1))
        run = self.scan()
        self.assertEqual(run.returncode, 3, run)
        self.assertIn("large.py", run.stderr)
        self.assertIn("1 lost", run.stdout)
        self.assertEqual(self.scan("--quiet").returncode, 3)
        self.with_a_client()
        self.assertEqual(self.scan().returncode, 1)
        self.assertEqual(self.scan("--fail-on", "never", "--min-coverage", "90").returncode, 3)
        os.remove(os.path.join(self.folder, "app.py"))
        for harmless in "large.bin", "node_modules/x/large.py", "large.min.js":
            os.makedirs(os.path.dirname(os.path.join(self.folder, harmless)), exist_ok=True)
            os.rename(os.path.join(self.folder, "large.py"), os.path.join(self.folder, harmless))
            self.assertEqual(self.scan().returncode, 0, harmless)
            os.rename(os.path.join(self.folder, harmless), os.path.join(self.folder, "large.py"))

    def test_a_file_lost_to_the_deadline_is_counted_as_lost(self):
        self.write("angles.ts", "AZURE_OPENAI_API_KEY;" + "a<" * 600_000)
        run = self.scan()
        self.assertEqual(run.returncode, 3, run)
        self.assertIn("1 file: 0 parsed", run.stdout)
        self.assertIn("lost: typescript 1: angles.ts", run.stdout)

    def test_a_syntax_error_and_terraform_in_json_are_named(self):
        self.write("half.py", "AZURE_OPENAI_API_KEY = 1\nx = (\n")
        self.write("main.tf.json", '{"resource": {"azurerm_cognitive_account": {"a": {}}}}')
        run = self.scan()
        self.assertEqual(run.returncode, 0, run)
        self.assertIn("analysed in part: python 1, terraform-json 1: half.py:2, main.tf.json\n", run.stdout)

    def test_a_baseline_silences_what_it_knows_also_after_a_move(self):
        self.with_a_client()
        keyless("baseline", "write", self.folder)
        self.assertEqual(self.scan().returncode, 0)
        self.assertIn("0 new, 0 fixed", self.scan().stdout)
        os.mkdir(os.path.join(self.folder, "api"))
        os.rename(os.path.join(self.folder, "app.py"), os.path.join(self.folder, "api", "app.py"))
        self.assertEqual(self.scan().returncode, 0, self.scan().stdout)
        self.write("other.py", "from openai import AzureOpenAI\nx = AzureOpenAI(api_key=key)\n")
        run = self.scan()
        self.assertEqual(run.returncode, 1, run.stdout)
        self.assertIn("other.py", run.stdout)

    def test_configuration_takes_effect(self):
        self.with_a_client()
        found = self.rules_found()
        self.assertIn("python-openai-azure-client", found)
        self.write(".keyless.yaml", "version: 1\nrules: {off: [python-openai-azure-client]}\n")
        self.assertEqual(self.rules_found(), [rule for rule in found if rule != "python-openai-azure-client"])
        self.write(".keyless.yaml", "version: 1\npaths: {exclude: ['*.py']}\n")
        self.assertEqual(self.rules_found(), [])
        exception = ("{rule: %s, path: app.py, until: %s, owner: team, ticket: T-1, reason: soon}")
        lines = "".join(f"  - {exception % (rule, '2999-01-01')}\n" for rule in found)
        self.write(".keyless.yaml", "version: 1\nexceptions:\n" + lines)
        self.assertEqual(self.scan().returncode, 0)
        self.write(".keyless.yaml", "version: 1\nexceptions:\n" + lines.replace("2999", "2001"))
        run = self.scan()
        self.assertEqual(run.returncode, 1)
        self.assertIn(".keyless.yaml:3:1  medium  exception-expired", run.stdout)

    def test_a_wrapper_of_ones_own_is_found(self):
        self.write("app.py", "from acme.llm import client\n\nx = client(key, url='u')\n")
        self.assertEqual(self.rules_found(), [])
        self.write(".keyless.yaml", "version: 1\nwrappers:\n  - {call: acme.llm.client, credential: 0}\n")
        self.assertEqual(self.rules_found(), ["wrapper-acme.llm.client"])

    def test_the_endpoint_of_a_wrapper_is_evidence(self):
        self.write(".keyless.yaml", "version: 1\nwrappers:\n  - {call: acme.llm.client, credential: 0, endpoint: url}\n")
        for address, found in (("https://contoso.openai.azure.com", True), ("https://api.openai.com/v1", False), ("u", True)):
            self.write("app.py", f"from acme.llm import client\n\nx = client(key, url='{address}')\n")
            self.assertEqual(bool(self.rules_found()), found, address)

    def test_a_rule_file_of_ones_own_is_used(self):
        self.write("app.py", "from acme.llm import Client\n\nx = Client(secret=key)\n")
        self.write("own/acme-client.yaml", "id: acme-client\ncategory: client-key\ntitle: t\nmessage: m\n"
                   "languages: [python]\nmatch: {call: {to: acme.llm.Client, input: secret}}\n"
                   "examples:\n  - {bad: \"from acme.llm import Client\\nClient(secret=k)\"}\n"
                   "  - {ok: 'Client(secret=k)'}\n")
        self.write(".keyless.yaml", "version: 1\nrules: {folders: [own]}\n")
        self.assertEqual(self.rules_found(), ["acme-client"])
        run = keyless("rules", "check", os.path.join(self.folder, "own"))
        self.assertEqual((run.returncode, run.stdout), (0, "1 rule: good\n"), run)
        self.write("own/acme-client.yaml", "id: acme-client\ncategory: nothing\n")
        self.refused("scan", self.folder, says="acme-client.yaml:")

    def test_rules_are_listed_and_explained(self):
        listed = json.loads(keyless("rules", "list", "--format", "json").stdout)
        self.assertGreater(len(listed), 50)
        anchors = keyless("rules", "list", "--anchors").stdout.splitlines()
        self.assertEqual(anchors, sorted(set(anchors)))
        self.assertTrue(all(anchor == anchor.lower() for anchor in anchors))
        for rule in listed[:: len(listed) // 10]:
            page = keyless("explain", rule["id"]).stdout
            for part in rule["id"], rule["title"], rule["category"], "what", "found", "not found":
                self.assertIn(part, page)
        for options in [], ["--config-schema"]:
            schema = json.loads(keyless("rules", "schema", *options).stdout)
            self.assertEqual(schema["$schema"], "http://json-schema.org/draft-07/schema#")

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
