import os
import sys

import requests

ENDPOINT = os.environ["AZURE_OPENAI_ENDPOINT"]
DEPLOYMENT = os.environ["AZURE_OPENAI_DEPLOYMENT"]
API_KEY = os.environ.get("AZURE_OPENAI_KEY")
if not API_KEY:
    print("Please set AZURE_OPENAI_KEY", file=sys.stderr)
    sys.exit(1)

URL = f"{ENDPOINT}/openai/deployments/{DEPLOYMENT}/chat/completions?api-version=2024-10-21"


def complete(text):
    headers = {
        "Content-Type": "application/json",
        "api-key": API_KEY,
    }
    body = {"messages": [{"role": "user", "content": text}], "max_tokens": 100}
    response = requests.post(URL, headers=headers, json=body, timeout=30)
    if not response.ok:
        raise RuntimeError(f"{response.status_code}: {response.text}")
    return response.json()["choices"][0]["message"]["content"]


subject = complete("Subject line for a complaint about noise")
text = complete(f"Mail under the subject {subject}")
print(f"{subject} -> {text}")
