"""`keyless runbook`: its commands against the flags of their tools, its queries against the columns of the logs, its modules by
other parsers, and every shell block run for real with stand-ins for `az`, `curl` and `keyless`.

The lists below are written from the infrastructure catalogue (sections 1, 3 and 8) and the tools' own references, not from the rules.
"""
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "packages"))
from tools import environment_of, run_tests  # noqa: E402

BINARY = os.environ["KEYLESS_BINARY"]
SOURCE = pathlib.Path(os.environ["KEYLESS_SOURCE_DIR"])
CONTOSO = SOURCE / "fixtures/repos/contoso-chat/input"
HCL2 = "python-hcl2==7.2.0"

OUTPUT = {"--output", "--query"}
FLAGS = {
    "az cognitiveservices account show": OUTPUT | {"--name", "--resource-group"},
    "az cognitiveservices account list": OUTPUT | {"--resource-group"},
    "az cognitiveservices account update": OUTPUT | {"--name", "--resource-group", "--custom-domain"},
    "az cognitiveservices account keys list": OUTPUT | {"--name", "--resource-group"},
    "az cognitiveservices account keys regenerate": OUTPUT | {"--name", "--resource-group", "--key-name"},
    "az resource update": OUTPUT | {"--ids", "--set"},
    "az role assignment create": OUTPUT | {"--assignee-object-id", "--assignee-principal-type", "--role", "--scope"},
    "az role assignment list": OUTPUT | {"--scope", "--include-inherited"},
    "az webapp identity assign": OUTPUT | {"--name", "--resource-group"},
    "az functionapp identity assign": OUTPUT | {"--name", "--resource-group"},
    "az containerapp identity assign": OUTPUT | {"--name", "--resource-group", "--system-assigned"},
    "az identity show": OUTPUT | {"--name", "--resource-group"},
    "az account show": OUTPUT,
    "az account get-access-token": OUTPUT | {"--scope"},
    "az cloud set": {"--name"},
    "az monitor diagnostic-settings create": OUTPUT | {"--name", "--resource", "--workspace", "--logs"},
    "az monitor log-analytics query": OUTPUT | {"--workspace", "--analytics-query", "--timespan"},
    "az policy assignment create": OUTPUT | {"--name", "--scope", "--policy", "--params"},
    "curl": {"--silent", "--show-error", "--max-time", "--header", "--write-out"},
}
# The only values that these flags take here.
VALUES = {"--key-name": {"Key1", "Key2"}, "--assignee-principal-type": {"ServicePrincipal"}, "--output": {"tsv", "json", "table", "none"}}
COLUMNS = {
    "AzureDiagnostics": {"TimeGenerated", "ResourceProvider", "Category", "OperationName", "ResultSignature", "DurationMs",
                         "CallerIPAddress", "Resource", "ResourceGroup", "ResourceId", "_ResourceId", "properties_s"},
    "AzureActivity": {"TimeGenerated", "OperationNameValue", "ActivityStatusValue", "Caller", "CallerIpAddress", "_ResourceId"},
}
PROPERTIES = {"apiName", "requestLength", "responseLength", "objectId", "modelDeploymentName", "modelName", "modelVersion", "streamType"}
KQL_WORDS = {"where", "extend", "summarize", "order", "by", "and", "or", "in", "let", "project", "asc", "desc", "endswith", "bin",
             "count", "min", "max", "make_set", "tostring", "isempty", "isnotempty", "iff", "case", "parse_json", "column_ifexists",
             "strcat"}

# What the fixture lacks: another cloud, a function app, an account that is declared elsewhere.
ELSEWHERE = """resource "azurerm_cognitive_account" "chat" {
  name     = "chat"
  location = "chinanorth3"
  kind     = "OpenAI"
}

resource "azurerm_linux_function_app" "chat" {
  name = "chat"
  app_settings = {
    AZURE_OPENAI_API_KEY = azurerm_cognitive_account.chat.primary_access_key
  }
}
"""
CALLER = """import os
from azure.ai.documentintelligence import DocumentIntelligenceClient
from azure.core.credentials import AzureKeyCredential

client = DocumentIntelligenceClient(os.environ["DI_ENDPOINT"], AzureKeyCredential(os.environ["DI_KEY"]))
"""

# Nothing of this is a literal name, and what could be one is no name of Azure.
HOSTILE = """resource "azurerm_cognitive_account" "chat" {{
  name                = "{name}"
  resource_group_name = "rg-chat"
  kind                = "OpenAI"
}}

resource "azurerm_linux_web_app" "chat" {{
  name = var.name
  app_settings = {{
    AZURE_OPENAI_API_KEY = azurerm_cognitive_account.chat.primary_access_key
  }}
}}
"""


def keyless(*arguments, code=0):
    run = subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=300)
    assert run.returncode == code, run.stderr
    return run.stdout


def shell_blocks(markdown):
    return re.findall(r"^```sh\n(.*?)^```$", markdown, re.MULTILINE | re.DOTALL)


class Commands(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.markdown = keyless("runbook", CONTOSO)
        cls.blocks = shell_blocks(cls.markdown)

    def test_every_command_and_flag_is_known(self):
        log = run_blocks(self, self.blocks)
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "main.tf").write_text(ELSEWHERE)
            (pathlib.Path(folder) / "app.py").write_text(CALLER)
            log += run_blocks(self, shell_blocks(keyless("runbook", folder)))
        seen = set()
        for words in log:
            if words[0] == "keyless":
                continue
            words = [word for word in words if not word.startswith("stdin=")]
            name = " ".join(words[:next((i for i, word in enumerate(words) if word.startswith("-")), len(words))])
            self.assertIn(name, FLAGS, words)
            seen.add(name)
            for i, word in enumerate(words):
                if word.startswith("--"):
                    self.assertIn(word, FLAGS[name], words)
                    self.assertIn(words[i + 1], VALUES.get(word, {words[i + 1]}), words)
        # All of the table: a line of it that nothing uses checks nothing.
        self.assertEqual(seen, set(FLAGS))

    def test_commands_of_our_own_are_taken(self):
        """The program's own commands, with the options as they stand; files and folders are made up."""
        for line in sorted({line for block in self.blocks for part in block.splitlines() for line in part.split(" && ")
                            if line.startswith("keyless ")}):
            words = shlex.split(line)[1:]
            run = subprocess.run([BINARY, *words], cwd=self.copy(), capture_output=True, text=True, check=False, timeout=300)
            self.assertIn(run.returncode, (0, 1), (line, run.stderr))

    def copy(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        folder = pathlib.Path(holder.name) / "shop"
        shutil.copytree(CONTOSO, folder)
        git = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@b.example"]
        (folder / "calls.json").write_text("[]")
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "start"]):
            subprocess.run(git + command, check=True)
        subprocess.run([BINARY, "consumers", "--write", folder / "consumers.json", folder], check=True, capture_output=True)
        return folder

    def test_known_wrong_ways_are_not_there(self):
        for block in self.blocks:
            self.assertNotIn("--api-properties", block)
            self.assertNotIn("--disable-local-auth", block)
        for invented in ("identity_claim_oid_g", "httpStatusCode_d", "AzureOpenAIRequest\n", "AuditLogs"):
            self.assertNotIn(invented, self.markdown)

    def test_the_same_bytes_twice(self):
        for form in "markdown", "json":
            first = keyless("runbook", "--format", form, "--threads", "1", CONTOSO)
            self.assertEqual(first, keyless("runbook", "--format", form, "--threads", "4", CONTOSO))

    def test_blocks_run(self):
        """All blocks of an account in one shell, with stand-ins that write down their words."""
        sections = self.markdown.split("\n## ")[1:-1]
        self.assertEqual(len(sections), 2)
        for section in sections:
            log = run_blocks(self, shell_blocks(section))
            done = [" ".join(words[1:]) for words in log if words[0] == "az"]
            order = [next(i for i, line in enumerate(done) if part in line) for part in (
                "monitor diagnostic-settings create", "role assignment create", "monitor log-analytics query",
                "keys regenerate", "disableLocalAuth=true", "account get-access-token", "disableLocalAuth=false")]
            self.assertEqual(order, sorted(order))
            lock = next(line for line in done if "disableLocalAuth=true" in line)
            self.assertIn("--ids answer-of-az", lock)
            curls = [words for words in log if words[0] == "curl"]
            self.assertEqual([words[-1] for words in curls], ["answer-of-az/openai/models?api-version=2024-10-21"] * 2)
            self.assertEqual([words[1] for words in curls], ["stdin=api-key: answer-of-az", "stdin=Authorization: Bearer answer-of-az"])

    def test_names_of_the_repository(self):
        self.assertIn("ACCOUNT='oai-contosochat'\n", self.markdown)
        self.assertIn("ACCOUNT='vision-contosochat'\n", self.markdown)
        read = json.loads(keyless("runbook", "--format", "json", CONTOSO))
        self.assertEqual([(row["name"], row["role"]) for row in read["accounts"]],
                         [("vision-contosochat", "a97b65f3-24c7-4388-baec-2e87135dc908"),
                          ("oai-contosochat", "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd")])
        self.assertEqual({(row["address"], row["name"]) for row in read["accounts"][1]["workloads"]},
                         {("web", "ca-contosochat-web"), ("azurerm_container_app.worker", "ca-contosochat-worker"),
                          ("azurerm_linux_web_app.this", "app-contosochat-api")})


def run_blocks(test, blocks):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        log = folder / "log"
        for tool in "az", "curl", "keyless":
            stdin = 'stdin=$(cat)' if tool == "curl" else ""
            (folder / tool).write_text(
                f'#!/bin/sh\n{stdin or ":"}\n{{ printf %s "{tool}" ; [ -n "$stdin" ] && printf "\\001stdin=%s" "$stdin"; '
                f'for word; do printf "\\001%s" "$word"; done; printf "\\002"; }} >> "{log}"\necho answer-of-az\n')
            (folder / tool).chmod(0o755)
        shell = shutil.which("dash") or "/bin/sh"
        run = subprocess.run([shell, "-eu", "-c", "\n".join(blocks)], cwd=folder, capture_output=True, text=True, check=False,
                             env={"PATH": f"{folder}:{os.environ['PATH']}"}, timeout=120)
        test.assertEqual(run.returncode, 0, run.stderr)
        test.assertLessEqual({path.name for path in folder.iterdir()}, {"az", "curl", "keyless", "log", "calls.json"})
        return [entry.split("\1") for entry in log.read_text().split("\2") if entry]


class Hostile(unittest.TestCase):
    NAMES = ("$(touch owned)", "`touch owned`", "a'; touch owned; '", "a|touch owned", "a && touch owned", "-rf", "a b",
             "a\\n```\\n# head", "<b>", "x" * 100)

    def test_a_name_that_is_no_name_is_left_to_people(self):
        for name in self.NAMES:
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                (pathlib.Path(folder) / "main.tf").write_text(HOSTILE.format(name=name))
                markdown = keyless("runbook", folder)
                self.assertIn("ACCOUNT='<FILL IN: account name>'\nGROUP='rg-chat'\n", markdown)
                self.assertIn("WORKLOAD='<FILL IN: name of the workload, in the code var.name>'\n", markdown)
                self.assertNotIn("owned", markdown)
                run_blocks(self, shell_blocks(markdown.split("\n## ")[1]))

    def test_an_expression_is_shown_and_stays_quoted(self):
        for name in ("${var.x}'; touch owned; '", "${var.x}$(touch owned)", "${var.x}`touch owned`", "${var.x}\\n```\\n# head"):
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                (pathlib.Path(folder) / "main.tf").write_text(HOSTILE.format(name=name))
                markdown = keyless("runbook", folder)
                self.assertIn("ACCOUNT='<FILL IN: account name, in the code ", markdown)
                self.assertNotIn("\n# head", markdown)
                run_blocks(self, shell_blocks(markdown.split("\n## ")[1]))

    def test_locals_are_names_and_variables_are_not(self):
        for name, files, expected in (
                ("${local.name}", {"locals.tf": 'locals {\n  name = "shop-chat"\n}\n'}, None),
                ("x", {}, "x"), ("${var.x}", {"v.tf": 'variable "x" {\n  default = "y"\n}\n'}, None)):
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                for path, text in files.items():
                    (pathlib.Path(folder) / path).write_text(text)
                text = HOSTILE.format(name=name)
                if "local" in name:
                    text, expected = text.replace('"${local.name}"', "local.name"), "shop-chat"
                (pathlib.Path(folder) / "main.tf").write_text(text)
                markdown = keyless("runbook", folder)
                self.assertIn(f"ACCOUNT='{expected}'\n" if expected else "ACCOUNT='<FILL IN: ", markdown)

    def test_hostile_paths(self):
        with tempfile.TemporaryDirectory() as folder:
            inner = pathlib.Path(folder) / "$(touch owned)'`touch owned`|\n```\n# head"
            inner.mkdir()
            (inner / "main.tf").write_text(HOSTILE.format(name="chat"))
            markdown = keyless("runbook", folder)
            self.assertIn("ACCOUNT='chat'\n", markdown)
            self.assertNotIn("\n# head", markdown)
            run_blocks(self, shell_blocks(markdown.split("\n## ")[1]))
            self.assertEqual(json.loads(keyless("runbook", "--format", "json", folder))["accounts"][0]["name"], "chat")


class Elsewhere(unittest.TestCase):
    def test_addresses_of_the_repository(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "app.py").write_text(
                "import os\nfrom openai import AzureOpenAI\n\n"
                'client = AzureOpenAI(api_key=os.environ["AZURE_OPENAI_API_KEY"], azure_endpoint="https://Contoso-EU.openai.azure.com/")\n')
            (pathlib.Path(folder) / ".env.example").write_text(
                "AZURE_OPENAI_API_KEY=\nAZURE_OPENAI_ENDPOINT=https://your-resource.openai.azure.com\nX=https://${N}.openai.azure.com\n"
                "AZURE_OPENAI_ZONE=privatelink.openai.azure.com\n")
            markdown = keyless("runbook", folder)
            self.assertIn("Addresses that stand in this repository: `contoso-eu.openai.azure.com`.\n", markdown)
            self.assertNotIn("your-resource", markdown)


class CannotMigrate(unittest.TestCase):
    def test_reason_and_no_lock(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "train.py").write_text(
                "import os\n"
                "from azure.cognitiveservices.vision.customvision.training import CustomVisionTrainingClient\n"
                "from msrest.authentication import ApiKeyCredentials\n\n"
                'credentials = ApiKeyCredentials(in_headers={"Training-key": os.environ["VISION_TRAINING_KEY"]})\n'
                'trainer = CustomVisionTrainingClient(os.environ["VISION_TRAINING_ENDPOINT"], credentials)\n')
            markdown = keyless("runbook", folder)
            self.assertIn("cannot migrate: no lock", markdown)
            self.assertIn("its SDK sends keys only", markdown)
            section = next(part for part in markdown.split("\n## ") if "callers that cannot migrate" in part.splitlines()[0])
            self.assertNotIn("disableLocalAuth=true --output", section)
            self.assertNotIn(". Verify\n", section)
            self.assertIn("keys regenerate", section)


class Monitoring(unittest.TestCase):
    def test_terraform_by_another_parser(self):
        module = keyless("runbook", "--format", "terraform")
        script = "import hcl2, json, sys; json.dump(hcl2.load(sys.stdin), sys.stdout)"
        run = subprocess.run([environment_of(HCL2) / "python", "-c", script], input=module, capture_output=True, text=True, check=False)
        self.assertEqual(run.returncode, 0, run.stderr[-800:])
        blocks = json.loads(run.stdout)
        resources = {}
        for block in blocks["resource"]:
            for kind, named in block.items():
                for name, body in named.items():
                    resources[kind.strip('"'), name.strip('"')] = body
        alerts = {name: body for (kind, name), body in resources.items() if "alert_v2" in kind}
        self.assertEqual(set(alerts), {"key_use", "refused_calls", "key_reads"})
        # What the resource requires (provider 4 and 5), and the trap: no metric_measure_column beside Count.
        for body in alerts.values():
            for required in ("name", "resource_group_name", "location", "scopes", "severity", "criteria", "evaluation_frequency",
                             "window_duration"):
                self.assertIn(required, body)
            criteria = body["criteria"][0]
            self.assertLessEqual({"query", "time_aggregation_method", "operator", "threshold"}, set(criteria))
            self.assertNotIn("metric_measure_column", criteria)
            self.assertIn("AzureDiagnostics", criteria["query"])
        logs = resources["azurerm_monitor_diagnostic_setting", "ai_account"]
        self.assertEqual([row["category"].strip('"') for row in logs["enabled_log"]], ["RequestResponse", "Audit"])

    def test_modules_by_our_own_readers(self):
        """No other parser of Bicep can be installed here; ours knows its grammar, and reports every region that it cannot read."""
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "monitoring.tf").write_text(keyless("runbook", "--format", "terraform"))
            (pathlib.Path(folder) / "monitoring.bicep").write_text(keyless("runbook", "--format", "bicep"))
            read = json.loads(keyless("scan", "--format", "json", "--no-prefilter", folder))
            self.assertEqual(read["diagnostics"], [])
            self.assertEqual(read["findings"], [])
            rows = {row["language"]: row for row in read["coverage"]["languages"]}
            self.assertEqual((rows["bicep"]["parsed"], rows["terraform"]["parsed"]), (1, 1))
            # The reader can say no.
            (pathlib.Path(folder) / "broken.bicep").write_text("resource a 'b' = {\n  name: [\n}\n")
            broken = json.loads(keyless("scan", "--format", "json", "--no-prefilter", folder))
            self.assertNotEqual(broken["diagnostics"], [])

    def test_bicep_has_what_the_types_ask_for(self):
        text = keyless("runbook", "--format", "bicep")
        self.assertEqual(re.findall(r"^resource (\w+) '([^']+)'", text, re.MULTILINE),
                         [("accounts", "Microsoft.CognitiveServices/accounts@2023-05-01"),
                          ("logs", "Microsoft.Insights/diagnosticSettings@2021-05-01-preview"),
                          ("key_use", "Microsoft.Insights/scheduledQueryRules@2023-12-01"),
                          ("refused_calls", "Microsoft.Insights/scheduledQueryRules@2023-12-01"),
                          ("key_reads", "Microsoft.Insights/scheduledQueryRules@2023-12-01")])
        for pair in ("()", "[]", "{}"):
            plain = re.sub(r"'''.*?'''|'[^'\n]*'", "", text, flags=re.DOTALL)
            self.assertEqual(plain.count(pair[0]), plain.count(pair[1]), pair)

    def test_queries_name_columns_that_exist(self):
        read = json.loads(keyless("runbook", "--format", "json", CONTOSO))
        queries = [row["kusto"] for row in read["monitoring"]["queries"]]
        queries += re.findall(r"'''\n(.*?)'''", read["monitoring"]["bicep"], re.DOTALL)
        queries += [part["text"] for account in read["accounts"] for step in account["steps"] for part in step["parts"]
                    if part["kind"] == "kusto"]
        self.assertGreaterEqual(len(queries), 8)
        for query in queries:
            self.check_query(query)
        with self.assertRaises(AssertionError):
            self.check_query("AzureDiagnostics\n| where httpStatusCode_d == 401")

    def check_query(self, query):
        plain = re.sub(r'"(?:[^"\\]|\\.)*"', '""', query)
        table = next(name for name in COLUMNS if re.search(rf"^{name}$", plain, re.MULTILINE))
        own = set(re.findall(r"\b(\w+) = ", plain)) | {"p"}
        for name in re.findall(r"\bp\.(\w+)", plain):
            self.assertIn(name, PROPERTIES, query)
        for name in re.findall(r"(?<![\w.])[A-Za-z_]\w*", plain):
            self.assertTrue(name in COLUMNS[table] | own | KQL_WORDS | {table}, f"{name} in {query}")


if __name__ == "__main__":
    run_tests()
