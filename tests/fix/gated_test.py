#!/usr/bin/env python3
"""`--strategy gated` where the key is declared in another file: with the switch on it need not be there."""
import os
import pathlib
import subprocess
import sys
import tempfile

BINARY = os.environ["KEYLESS_BINARY"]
GIT = ["git", "-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "core.autocrlf=false"]
GATE = 'USE_ENTRA_ID = os.environ.get("AZURE_OPENAI_USE_ENTRA_ID", "").lower() == "true"\n'
SETTINGS = '''from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    azure_openai_endpoint: str
    azure_openai_api_key: SecretStr
    azure_openai_key: str = Field(..., description="the first key")


settings = Settings()
'''
CLIENT = '''from openai import AzureOpenAI

from settings import settings

first = AzureOpenAI(
    azure_endpoint=settings.azure_openai_endpoint,
    api_key=settings.azure_openai_api_key.get_secret_value(),
)
second = AzureOpenAI(azure_endpoint=settings.azure_openai_endpoint, api_key=settings.azure_openai_key)
'''
CONFIG = '''import os

API_KEY = os.environ["AZURE_OPENAI_API_KEY"]
if not API_KEY:
    raise SystemExit("AZURE_OPENAI_API_KEY is missing")
'''
USER = '''from openai import AzureOpenAI

from config import API_KEY

client = AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", api_key=API_KEY)
'''

# table: name, before, what the declaring file becomes
CASES = [
    ("fields of settings get an empty default", {"settings.py": SETTINGS, "client.py": CLIENT}, "settings.py",
     SETTINGS.replace("api_key: SecretStr", 'api_key: SecretStr = SecretStr("")').replace("Field(...,", 'Field("",')),
    ("a variable is read without a demand, its guard asks for the switch", {"config.py": CONFIG, "client.py": USER}, "config.py",
     "import os\n\nAPI_KEY = os.environ.get(\"AZURE_OPENAI_API_KEY\")\n" + GATE
     + 'if not USE_ENTRA_ID and not API_KEY:\n    raise SystemExit("AZURE_OPENAI_API_KEY is missing")\n'),
]


def fix(folder, *options):
    done = subprocess.run([BINARY, "fix", "--write", "--review", "--allow-dirty", "--credential", "default", *options, "."],
                          cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def main():
    failures = []
    for name, files, path, wanted in CASES:
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            for file, text in files.items():
                (folder / file).write_text(text)
            for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
                subprocess.run([*GIT, *command], cwd=folder, check=True)
            said = fix(folder, "--strategy", "gated")
            got = (folder / path).read_text()
            client = (folder / "client.py").read_text()
            if got != wanted or "USE_ENTRA_ID" not in client:
                failures.append(f"{name}:\n{got}\n{client}\n{said}")
                continue
            if files["client.py"] == CLIENT and "else settings.azure_openai_api_key.get_secret_value()," not in client:
                failures.append(f"{name}: the key is not read as before\n{client}")
            for file in files:
                compile((folder / file).read_text(), file, "exec")
            fix(folder, "--strategy", "gated")
            if (folder / path).read_text() != got or (folder / "client.py").read_text() != client:
                failures.append(f"{name}: a second run changes something")
            # A later clean run takes the switch and the key away.
            fix(folder)
            left = "".join((folder / file).read_text() for file in files)
            if "USE_ENTRA_ID" in left or "API_KEY" in left.upper().replace("AZURE_OPENAI_KEY", ""):
                failures.append(f"{name}: a clean run leaves the switch or the key:\n{left}")
    for failure in failures:
        print(f"FAILED: {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
