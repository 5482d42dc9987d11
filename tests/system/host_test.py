#!/usr/bin/env python3
"""Where the host is all that says Azure, the finding goes when the host is another vendor's: the header `api-key` and an
`api_key` argument belong to many. Each piece of code is scanned with every Azure host and with every other vendor's."""
import sys
import tempfile

from scanning import scan, write

AZURE = ["https://contoso.openai.azure.com", "https://contoso.cognitiveservices.azure.com",
         "https://contoso.services.ai.azure.com", "https://contoso.openai.azure.us"]
OTHERS = ["https://api.openai.com", "https://contoso.search.windows.net", "https://contoso.azure-api.net",
          "https://api.groq.com", "https://cluster.qdrant.io", "https://llm.contoso.example",
          "https://openai.azure.com.contoso.example"]

PIECES = {
    "requests.py": 'import os\nimport requests\n\nrequests.post("HOST/openai/v1/chat/completions", '
                   'headers={"api-key": os.environ["API_KEY"]})\n',
    "named_url.py": 'import os\nimport requests\n\nURL = "HOST/openai/v1/chat/completions"\n\n\ndef ask(body):\n'
                    '    headers = {"api-key": os.environ["API_KEY"]}\n    return requests.post(URL, headers=headers, json=body)\n',
    "client.py": 'import os\nfrom openai import OpenAI\n\n'
                 'client = OpenAI(base_url="HOST/openai/v1/", api_key=os.environ["API_KEY"])\n',
    "session.py": 'import os\nimport httpx\n\nhttp = httpx.Client(base_url="HOST", headers={"api-key": os.environ["API_KEY"]})\n',
    "fetch.js": "async function ask(body) {\n  return fetch('HOST/openai/v1/chat/completions', {\n"
                "    method: 'POST',\n    headers: { 'api-key': process.env.API_KEY },\n    body,\n  });\n}\n",
    "client.ts": 'import OpenAI from "openai";\n\nexport const client = new OpenAI({\n  baseURL: "HOST/openai/v1/",\n'
                 '  apiKey: process.env.API_KEY,\n});\n',
    "axios.js": "const axios = require('axios');\n\nconst http = axios.create({\n  baseURL: 'HOST/openai/v1/',\n"
                "  headers: { 'api-key': process.env.API_KEY },\n});\n",
    "template.ts": 'const base = "HOST";\n\nexport const ask = () =>\n  fetch(`${base}/openai/v1/chat/completions`, {\n'
                   '    headers: { "api-key": process.env.API_KEY ?? "" },\n  });\n',
}

# piece -> why it is not found
KNOWN_GAPS: dict[str, str] = {}


def scanned(host):
    """The pieces with findings; each in a folder of its own, so that none helps another."""
    with tempfile.TemporaryDirectory() as holder:
        for name, text in PIECES.items():
            folder = name.replace(".", "_")
            write(holder, f"{folder}/{name}", text.replace("HOST", host))
            write(holder, f"{folder}/package.json", '{"name": "%s"}\n' % folder)
        found = scan(holder)["findings"]
    return {finding["path"].split("/")[1]: finding["rule"] for finding in found}


def main():
    problems = []
    for host in AZURE:
        found = scanned(host)
        problems += [f"missed: {name} with {host}" for name in PIECES if name not in found and name not in KNOWN_GAPS]
        problems += [f"no longer a gap: {name}" for name in KNOWN_GAPS if name in found]
    for host in OTHERS:
        problems += [f"not Azure: {name} with {host}: {rule}" for name, rule in scanned(host).items()]
    print("\n".join(problems))
    print(f"{len(PIECES)} pieces, {len(AZURE) + len(OTHERS)} hosts, {len(problems)} problems")
    return 1 if problems else 0


sys.exit(main())
