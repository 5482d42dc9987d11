"""Writes a tree of source files from a seed, to measure on: the same seed gives the same bytes everywhere.

22,000 files, about 110 MB, no Git. One file in 40 spells something that a rule looks for; those files hold under 2 % of
all bytes. The rest is neutral code and text of ten kinds, in blocks that parse.
"""
import pathlib
import random

FILES = 22_000
ONE_IN = 40
FOLDERS = 600

WORDS = """amount archive arrival balance basket batch border branch bridge bucket buffer cargo carrier catalog channel
charge circle column contract corner counter courier credit cursor customer dealer delivery deposit depot discount
district driver engine entry factor fleet folder freight gallery garden height history holder index invoice island item
journey label ladder ledger letter limit listing market matrix measure merchant mirror motion number office order outlet
owner packet pallet parcel partner payment picture planet pocket portal priority product quarter quota ratio receipt
record region rental report reserve return route sample schedule season segment shelf shipment signal slot stock street
supply surface ticket timber total track trailer transit traveller turnover unit value vessel village volume voyage
warehouse weight window winter yard""".split()


def name(rng: random.Random, joint: str = "_") -> str:
    return joint.join(rng.sample(WORDS, 2))


def camel(rng: random.Random) -> str:
    first, second = rng.sample(WORDS, 2)
    return first + second.capitalize()


def python_block(rng):
    f, a, b, c = name(rng), rng.choice(WORDS), rng.choice(WORDS), name(rng)
    return (
        f"def {f}({a}_list, {b}_limit={rng.randrange(500)}):\n"
        f'    """Sums up the {a} of each {b} and stops at the limit."""\n'
        f"    {c} = 0\n"
        f"    for position, {a} in enumerate({a}_list):\n"
        f"        if {a} is None or position > {b}_limit:\n"
        f"            continue\n"
        f"        {c} += {a}.{b} * {rng.randrange(1, 90)}\n"
        f'    return {{"{a}": {c}, "{b}": [row.{a} for row in {a}_list if row.{b} > {rng.randrange(99)}]}}\n\n\n'
    )


def script_block(rng):
    f, a, b = camel(rng), rng.choice(WORDS), rng.choice(WORDS)
    return (
        f"export function {f}({a}Rows, {b} = {rng.randrange(90)}) {{\n"
        f"  const kept = {a}Rows.filter((row) => row.{a} !== undefined && row.{b} > {b});\n"
        f"  let total = 0;\n"
        f"  for (const row of kept) {{\n"
        f"    total += row.{a} * {rng.randrange(1, 50)};\n"
        f"  }}\n"
        f"  return {{ {a}: total, {b}: kept.length, label: `{a} of ${{kept.length}} {b}` }};\n"
        f"}}\n\n"
    )


def terraform_block(rng):
    a, b = name(rng), rng.choice(WORDS)
    return (
        f'variable "{a}_{b}" {{\n  type        = string\n  description = "The {b} that holds the {a}"\n'
        f'  default     = "{b}-{rng.randrange(99)}"\n}}\n\n'
        f'resource "null_resource" "{a}_{rng.randrange(9999)}" {{\n  triggers = {{\n    {b} = var.{a}_{b}\n'
        f'    size = {rng.randrange(64)}\n  }}\n}}\n\n'
    )


def bicep_block(rng):
    a, b = camel(rng), rng.choice(WORDS)
    return (
        f"@description('The {b} that holds the {a}')\nparam {a}{rng.randrange(9999)} string = '{b}-{rng.randrange(99)}'\n\n"
        f"var {a}Parts{rng.randrange(9999)} = {{\n  {b}: '{b}'\n  count: {rng.randrange(64)}\n}}\n\n"
    )


def yaml_block(rng):
    a, b = name(rng), rng.choice(WORDS)
    return f"{a}_{rng.randrange(9999)}:\n  {b}:\n    - name: {a}\n      count: {rng.randrange(99)}\n    - name: {b}\n  enabled: true\n"


def java_block(rng):
    f, a = camel(rng), rng.choice(WORDS)
    return (
        f"    /** Counts every {a} that is above the limit. */\n"
        f"    public int {f}{rng.randrange(999)}(List<Integer> {a}List) {{\n"
        f"        int total = 0;\n        for (int {a} : {a}List) {{\n"
        f"            if ({a} > {rng.randrange(99)}) {{\n                total += {a};\n            }}\n        }}\n"
        f"        return total;\n    }}\n\n"
    )


def go_block(rng):
    f, a = camel(rng), rng.choice(WORDS)
    return (
        f"// {f} adds up every {a}.\nfunc {f}{rng.randrange(9999)}({a}List []int) int {{\n\ttotal := 0\n"
        f"\tfor _, {a} := range {a}List {{\n\t\tif {a} > {rng.randrange(99)} {{\n\t\t\ttotal += {a}\n\t\t}}\n\t}}\n\treturn total\n}}\n\n"
    )


def prose_block(rng):
    sentence = " ".join(rng.choice(WORDS) for _ in range(14))
    return f"## The {name(rng, ' ')}\n\n{sentence.capitalize()}. The {name(rng, ' ')} follows the {name(rng, ' ')}.\n\n"


def row_block(rng):
    return ",".join([name(rng, " "), str(rng.randrange(10**6)), rng.choice(WORDS), f"{rng.random():.4f}"]) + "\n"


# table: file ending -> (share of files, text before, block, text after)
KINDS = {
    "py": (22, "import math\nimport itertools\n\n\n", python_block, ""),
    "ts": (16, "", script_block, ""),
    "js": (10, "", script_block, ""),
    "tf": (6, "", terraform_block, ""),
    "bicep": (4, "", bicep_block, ""),
    "yml": (10, "", yaml_block, ""),
    "java": (10, "import java.util.List;\n\npublic class Store {\n", java_block, "}\n"),
    "go": (8, "package store\n\n", go_block, ""),
    "md": (8, "", prose_block, ""),
    "csv": (6, "name,number,kind,share\n", row_block, ""),
}

# What a rule looks for. About half are keys of an Azure account, the rest are look-alikes of other services.
SPOKEN = {
    "py": [
        'import os\n\nfrom openai import AzureOpenAI\n\nclient = AzureOpenAI(\n    api_key=os.environ["AZURE_OPENAI_API_KEY"],\n'
        '    api_version="2024-06-01",\n    azure_endpoint=os.environ["AZURE_OPENAI_ENDPOINT"],\n)\n\n\n',
        'import os\n\nfrom openai import OpenAI\n\nclient = OpenAI(api_key=os.environ["OPENAI_API_KEY"])\n\n\n',
        'import os\n\nimport requests\n\n\ndef send(body):\n    return requests.post(os.environ["AZURE_OPENAI_ENDPOINT"], json=body,\n'
        '                         headers={"api-key": os.environ["AZURE_OPENAI_API_KEY"]})\n\n\n',
    ],
    "ts": [
        'import { AzureOpenAI } from "openai";\n\nexport const client = new AzureOpenAI({\n  apiKey: process.env.AZURE_OPENAI_API_KEY,\n'
        '  endpoint: process.env.AZURE_OPENAI_ENDPOINT,\n  apiVersion: "2024-06-01",\n});\n\n',
        'import OpenAI from "openai";\n\nexport const client = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });\n\n',
    ],
    "tf": [
        'resource "azurerm_cognitive_account" "main" {\n  name                = "shop-ai"\n  location            = "westeurope"\n'
        '  resource_group_name = "shop"\n  kind                = "OpenAI"\n  sku_name            = "S0"\n}\n\n'
        'output "ai_key" {\n  value     = azurerm_cognitive_account.main.primary_access_key\n  sensitive = true\n}\n\n',
    ],
    "bicep": [
        "resource account 'Microsoft.CognitiveServices/accounts@2023-05-01' = {\n  name: 'shop-ai'\n  location: 'westeurope'\n"
        "  kind: 'OpenAI'\n  sku: {\n    name: 'S0'\n  }\n  properties: {\n    customSubDomainName: 'shop-ai'\n  }\n}\n\n"
        "output aiKey string = account.listKeys().key1\n\n",
    ],
    "yml": [
        "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    env:\n      AZURE_OPENAI_API_KEY: ${{ secrets.AZURE_OPENAI_API_KEY }}\n"
        "    steps:\n      - run: make deploy\n",
    ],
    "md": ["Set `AZURE_OPENAI_API_KEY` before the first start.\n\n"],
}


def write_tree(folder: pathlib.Path, seed: int = 1, count: int = FILES) -> tuple[int, int, int, int]:
    """Returns files, bytes, files that spell something, and their bytes. `folder` must not exist yet."""
    rng = random.Random(seed)
    folder.mkdir(parents=True)
    endings = list(KINDS)
    shares = [KINDS[ending][0] for ending in endings]
    pools = {ending: [KINDS[ending][2](rng) for _ in range(400)] for ending in endings}
    places = [folder / f"{rng.choice(WORDS)}-{at // 12:03}" / f"{rng.choice(WORDS)}{at:04}" for at in range(FOLDERS)]
    for place in places:
        place.mkdir(parents=True)
    total = spoken_files = spoken_bytes = 0
    for at in range(count):
        spoken = at % ONE_IN == ONE_IN - 1
        ending = rng.choice(list(SPOKEN)) if spoken else rng.choices(endings, shares)[0]
        before, after = KINDS[ending][1], KINDS[ending][3]
        if spoken:
            size = rng.randrange(500, 5_500)
            before = rng.choice(SPOKEN[ending])
        else:
            size = min(int(rng.lognormvariate(7.97, 1.0)), 200_000)
        parts, length = [before], len(before)
        # A workflow has a shape of its own: nothing is put beside it.
        while length < size and not (spoken and ending == "yml"):
            block = rng.choice(pools[ending])
            parts.append(block)
            length += len(block)
        parts.append(after)
        data = "".join(parts).encode()
        place = places[at % FOLDERS]
        if spoken and ending == "yml":
            place = place / ".github" / "workflows"
            place.mkdir(parents=True, exist_ok=True)
        (place / f"{rng.choice(WORDS)}_{at:05}.{ending}").write_bytes(data)
        total += len(data)
        if spoken:
            spoken_files += 1
            spoken_bytes += len(data)
    return count, total, spoken_files, spoken_bytes


def write_fix_tree(folder: pathlib.Path, seed: int, count: int = 1000) -> int:
    """Files that all have a finding with a fix, in units of ten; the number of them."""
    rng = random.Random(seed)
    for at in range(count):
        unit = folder / f"unit{at // 10:03}"
        if at % 10 == 0:
            unit.mkdir(parents=True)
            (unit / "requirements.txt").write_text("openai==1.55.0\nazure-identity==1.19.0\n")
        before = "".join(python_block(rng) for _ in range(rng.randrange(1, 6)))
        (unit / f"{name(rng)}_{at}.py").write_text(
            "import os\n\nfrom openai import AzureOpenAI\n\n\n" + before + "client = AzureOpenAI(\n"
            '    api_key=os.environ["AZURE_OPENAI_API_KEY"],\n    azure_endpoint=os.environ["AZURE_OPENAI_ENDPOINT"],\n'
            '    api_version="2024-10-21",\n)\n'
        )
    return count
