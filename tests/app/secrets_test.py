"""Keys planted in a repository must not come out again: no command, format, stream or written file holds one."""
import base64
import os
import random
import subprocess
import tempfile
import unittest

BINARY = os.environ["KEYLESS_BINARY"]
LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ123456789"
SHORTEST_LEAK = 10  # characters of a key that nobody spells by chance


def made_key(chance):
    """84 characters with the signature of the service; not a key of anybody."""
    text = lambda n: "".join(chance.choice(LETTERS) for _ in range(n))
    return text(52) + "JQQJ99" + text(10) + "ACO" + "G" + text(12)


def made_hex(chance):
    return "".join(chance.choice("0123456789abcdef") for _ in range(32))


def files_with(key, other):
    """Every place a key may stand: raw, base64, over two literals, in every format that is read."""
    encoded = base64.b64encode(key.encode()).decode()
    half = len(key) // 2
    return {
        "api/.env": f"AZURE_OPENAI_ENDPOINT=https://chat.openai.azure.com/\nAZURE_OPENAI_API_KEY={key}\n",
        ".env.local": f'export AZURE_OPENAI_API_KEY="{other}"  # {other}\nOPENAI_KEY=${{X:-{key}}}\n',
        "api/app.py": "from openai import AzureOpenAI\n"
        f"KEY = '{key[:half]}' '{key[half:]}'\n"
        f"OTHER = '{other[:8]}' + '{other[8:]}'\n"
        "client = AzureOpenAI(api_key=KEY, azure_endpoint='https://chat.openai.azure.com')\n"
        "second = AzureOpenAI(api_key=OTHER, azure_endpoint='https://chat.openai.azure.com')\n"
        f"third = AzureOpenAI(api_key='{key}')\n"
        f"headers = {{'api-key': f'{other}', 'x': '{key}'}}\n"
        "requests.post('https://chat.openai.azure.com/openai/x', headers=headers)\n",
        "web/client.ts": "import { AzureOpenAI } from 'openai';\n"
        f"const client = new AzureOpenAI({{ apiKey: '{key}', endpoint: 'https://c.openai.azure.com' }});\n"
        f"const other = new AzureOpenAI({{ apiKey: `{other}` }});\n"
        f"fetch('https://c.openai.azure.com/x?api-key={key}', {{ headers: {{ 'api-key': '{key}' }} }});\n",
        "infra/main.tf": 'resource "azurerm_cognitive_account" "a" {\n  name = "a"\n  kind = "OpenAI"\n}\n'
        f'variable "azure_openai_api_key" {{\n  default = "{key}"\n}}\n'
        f'output "azure_openai_key" {{\n  value = "{other}"\n}}\n',
        "infra/prod.tfvars": f'azure_openai_api_key = "{key}"\n',
        "infra/main.bicep": f"param azureOpenAiApiKey string = '{key}'\n",
        "infra/main.parameters.json": '{"parameters": {"azureOpenAiApiKey": {"value": "%s"}}}\n' % key,
        "appsettings.json": '{"AzureOpenAI": {"ApiKey": "%s", "Endpoint": "https://a.openai.azure.com"}}\n' % other,
        "k8s/secret.yaml": "apiVersion: v1\nkind: Secret\nmetadata:\n  name: chat\ndata:\n"
        f"  AZURE_OPENAI_API_KEY: {encoded}\nstringData:\n  azure-openai-key: {other}\n",
        ".github/workflows/ci.yml": "jobs:\n  test:\n    env:\n"
        f"      AZURE_OPENAI_API_KEY: {key}\n    steps:\n"
        f"      - run: curl -H 'api-key: {other}' https://chat.openai.azure.com/\n",
        "notes.md": f"The key is {key} or {other} or {encoded}.\n",
        "broken.py": f"def f(:\n  AzureOpenAI(api_key='{key}'\n",
        "broken.json": '{"AZURE_OPENAI_API_KEY": "%s", \n' % key,
    }


def pieces_of(secret):
    return {secret[i:i + SHORTEST_LEAK] for i in range(len(secret) - SHORTEST_LEAK + 1)}


class Secrets(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = os.path.join(holder.name, "shop")
        self.output = os.path.join(holder.name, "out")
        os.mkdir(self.folder)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def all_that_comes_out(self):
        """(what it is, text) of every command and format, and of every file they write."""
        runs = [["scan", "--format", f, "--leads", *more] for f in ("text", "json", "sarif")
                for more in ([], ["--no-prefilter"])]
        runs += [["scan", "--leads", "--color", "always"], ["scan", "--verbose", "--output", self.output]]
        runs += [["lineage", "--leads", "--format", f] for f in ("text", "json", "mermaid")]
        runs += [["baseline", "write"], ["baseline", "status"]]
        runs += [["lineage", "--why", f"{self.folder}/{name}:{line}"]
                 for name, line in (("api/app.py", 4), ("api/.env", 2), ("infra/main.tf", 1))]
        for arguments in runs:
            run = subprocess.run([BINARY, *arguments, self.folder], text=True, capture_output=True,
                                 timeout=120)
            self.assertIn(run.returncode, (0, 1, 2, 3), (arguments, run.stderr))
            yield arguments, run.stdout + run.stderr
        for path in self.output, os.path.join(self.folder, ".keyless-baseline.json"):
            with open(path, encoding="utf-8") as file:
                yield path, file.read()

    def test_no_key_comes_out(self):
        for seed in range(2):
            with self.subTest(seed=seed):
                chance = random.Random(seed)
                key, other = made_key(chance), made_hex(chance)
                encoded = base64.b64encode(key.encode()).decode()
                for name, text in files_with(key, other).items():
                    self.write(name, text)
                secrets = pieces_of(key) | pieces_of(other) | pieces_of(encoded)
                seen = 0
                for source, text in self.all_that_comes_out():
                    leaks = [piece for piece in secrets if piece in text]
                    self.assertFalse(leaks, f"{source} lets {len(leaks)} pieces of a key out")
                    seen += len(text)
                self.assertGreater(seen, 1000)

    def test_bad_configuration_and_baseline_do_not_quote_a_key(self):
        chance = random.Random(7)
        key = made_key(chance)
        for name, text in ((".keyless.yaml", f"version: 1\n{key}: 1\n"),
                           (".keyless.yaml", f"version: 1\nrules: {{off: [{key}]}}\n"),
                           (".keyless-baseline.json", f'{{"schema": "{key}"}}')):
            self.write(".keyless.yaml", "version: 1\n")
            self.write(name, text)
            run = subprocess.run([BINARY, "scan", self.folder], text=True, capture_output=True, timeout=120)
            self.assertEqual(run.returncode, 2)
            self.assertFalse([piece for piece in pieces_of(key) if piece in run.stdout + run.stderr])


if __name__ == "__main__":
    unittest.main()
