#!/usr/bin/env python3
"""Rewrites of Python, file in, file out: what stands around a key goes with it, and nothing else changes.

Each case is one repository with one file `app.py`. The wanted text is written by hand. After each rewrite the file still
compiles, and a second run changes nothing."""
import os
import pathlib
import subprocess
import sys
import tempfile

from closing_cases import CASES as CLOSING

BINARY = os.environ["KEYLESS_BINARY"]
GIT = ["git", "-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "core.autocrlf=false"]
HEAD = '''import os

from azure.identity import DefaultAzureCredential, get_bearer_token_provider
from openai import AzureOpenAI

'''
PROVIDER = ('token_provider = get_bearer_token_provider(DefaultAzureCredential(), '
            '"https://cognitiveservices.azure.com/.default")\n')

TABBED = "\nlog = structlog.get_logger(__name__)\n\n\ndef name():\n\treturn 'chat'\n\n"
PLAIN_HEAD = "import os\n\nfrom openai import AzureOpenAI\n"
CORE = "from azure.core.exceptions import AzureError\n"
CLIENT = """
client = AzureOpenAI(
    azure_endpoint="https://contoso.openai.azure.com",
    api_key=os.environ["AZURE_OPENAI_API_KEY"],
    azure_deployment=os.environ["CHAT_DEPLOYMENT"],
)
"""
CLIENT_FIXED = CLIENT.replace('api_key=os.environ["AZURE_OPENAI_API_KEY"]', "azure_ad_token_provider=token_provider")[1:]
LOGGED_PROVIDER = PROVIDER.replace("DefaultAzureCredential()", "LoggedCredential(DefaultAzureCredential())")


KERNEL = """import os

from semantic_kernel.connectors.ai.open_ai import AzureChatCompletion

service = AzureChatCompletion(deployment_name="chat", api_key=os.environ["AZURE_OPENAI_API_KEY"])
"""
KERNEL_WITH = ("from azure.identity import DefaultAzureCredential, get_bearer_token_provider\n"
               "from semantic_kernel.connectors.ai.open_ai import AzureChatCompletion\n\n" + PROVIDER
               + 'service = AzureChatCompletion(deployment_name="chat", ad_token_provider=token_provider)\n')
ENVIRONMENT_READ = """import os
from azure.identity import DefaultAzureCredential
from langchain_openai import AzureOpenAIEmbeddings


def embed():
    token = DefaultAzureCredential().get_token("https://cognitiveservices.azure.com/.default").token
    os.environ["OPENAI_API_KEY"] = token
    os.environ["AZURE_OPENAI_AD_TOKEN"] = os.environ["OPENAI_API_KEY"]
    return AzureOpenAIEmbeddings(azure_endpoint="https://contoso.openai.azure.com", api_key=os.environ.get("OPENAI_API_KEY"))
"""
ENVIRONMENT_READ_FIXED = ENVIRONMENT_READ.replace(
    "import DefaultAzureCredential\n", "import DefaultAzureCredential, get_bearer_token_provider\n").replace(
    "\n\n\ndef", "\n\n" + PROVIDER + "\n\ndef").replace(
    'api_key=os.environ.get("OPENAI_API_KEY")', "azure_ad_token_provider=token_provider")
SHOWN = """import os
import requests


def ask(log, body):
    key = os.environ["AZURE_OPENAI_API_KEY"]
    log.debug({"api-key": key[:4] + "..."})
    return requests.post("https://contoso.openai.azure.com/openai/v1/responses", headers={"api-key": key}, json=body)
"""
SHOWN_FIXED = SHOWN.replace("import requests\n", "import requests\nfrom azure.identity import DefaultAzureCredential, "
                            "get_bearer_token_provider\n\n" + PROVIDER).replace(
    '{"api-key": key}', '{"Authorization": f"Bearer {token_provider()}"}')
KEPT_HEADERS = """import os
from langchain_community.utilities.requests import RequestsWrapper

wrapper = RequestsWrapper(headers={"Authorization": f"Bearer {os.environ['AZURE_OPENAI_API_KEY']}"})
"""
EVALUATION = """import os

from azure.ai.projects import AIProjectClient
from azure.identity import DefaultAzureCredential

project = AIProjectClient(endpoint="https://contoso.services.ai.azure.com/api/projects/notes", credential=DefaultAzureCredential())
result = project.evaluations.create(
    evaluation=plan(),
    headers={
        "model-endpoint": "https://contoso.openai.azure.com",
        "api-key": os.environ["AZURE_OPENAI_API_KEY"],
    },
)
"""
PROSE = '''"""Notes.

- first
 one blank in front

Steps
  two blanks in front
"""
'''
ENVIRONMENT_HEAD = """import os

from azure.identity import DefaultAzureCredential, ManagedIdentityCredential, get_bearer_token_provider
from openai import AzureOpenAI

credential = (
    ManagedIdentityCredential(client_id=os.environ.get("AZURE_CLIENT_ID"))
    if "IDENTITY_ENDPOINT" in os.environ
    else DefaultAzureCredential()
)
""" + PROVIDER.replace("DefaultAzureCredential()", "credential")
READER = 'legacy_report(os.environ.get("AZURE_OPENAI_API_KEY"))\n'


EITHER = """import os

if os.environ.get("API_TYPE") == "azure":
    from openai import AzureOpenAI as Client
else:
    from openai import OpenAI as Client
client = Client(azure_endpoint="https://contoso.openai.azure.com", api_key=os.environ["AZURE_OPENAI_API_KEY"])
"""
READ = PLAIN_HEAD + """
params = {"azure_endpoint": "https://contoso.openai.azure.com"}
params["api_key"] = os.environ["AZURE_OPENAI_API_KEY"]
if params["api_key"].startswith("sk-"):
    raise ValueError("a key of another service")
client = AzureOpenAI(**params)
"""


def logged(statement):
    """The class that --with-logging writes."""
    return f'''class LoggedCredential:
    """Logs why there is no token, never a token."""

    def __init__(self, credential):
        self._credential = credential

    def get_token(self, *scopes, **options):
        try:
            return self._credential.get_token(*scopes, **options)
        except AzureError as error:
            {statement}
            raise

    def close(self):
        self._credential.close()


'''


# table: name, options, before, after
CASES = [
    ("a variable that a later line reads is set as before", [], ENVIRONMENT_READ, ENVIRONMENT_READ_FIXED),
    ("what is shown of a key becomes no token", [], SHOWN, SHOWN_FIXED),
    ("headers that an object keeps would keep a token that expires", [], KEPT_HEADERS, KEPT_HEADERS),
    ("a service that calls the model itself keeps the key it is given", ["--credential", "default"], EVALUATION, EVALUATION),
    ("texts and comments say nothing of the indentation", ["--credential", "environment"],
     PROSE + PLAIN_HEAD + CLIENT, PROSE + ENVIRONMENT_HEAD + CLIENT_FIXED),
    ("a parameter goes with the arguments of all calls", [], '''import os

from openai import AzureOpenAI


class Client:
    def __init__(self, endpoint, key, deployment):
        self.client = AzureOpenAI(azure_endpoint=endpoint, api_key=key)
        self.deployment = deployment


first = Client(os.environ["AZURE_OPENAI_ENDPOINT"], os.environ["AZURE_OPENAI_API_KEY"], "chat")
second = Client(endpoint="https://contoso.openai.azure.com", key=os.environ["AZURE_OPENAI_API_KEY"], deployment="chat")
''', HEAD + PROVIDER + '''

class Client:
    def __init__(self, endpoint, deployment):
        self.client = AzureOpenAI(azure_endpoint=endpoint, azure_ad_token_provider=token_provider)
        self.deployment = deployment


first = Client(os.environ["AZURE_OPENAI_ENDPOINT"], "chat")
second = Client(endpoint="https://contoso.openai.azure.com", deployment="chat")
'''),
    ("a function that is handed over keeps its parameter", [], '''import os

from openai import AzureOpenAI


def connect(key):
    return AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", api_key=key)


register(connect)
client = connect(os.environ["AZURE_OPENAI_API_KEY"])
''', HEAD + PROVIDER + '''

def connect(key):
    return AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", azure_ad_token_provider=token_provider)


register(connect)
client = connect(os.environ["AZURE_OPENAI_API_KEY"])
'''),
    ("two ways in become the one with the token", [], HEAD + '''api_key = os.getenv("AZURE_OPENAI_API_KEY")


def make(endpoint):
    if api_key:
        client = AzureOpenAI(azure_endpoint=endpoint, api_key=api_key)
    else:
        provider = get_bearer_token_provider(
            DefaultAzureCredential(), "https://cognitiveservices.azure.com/.default"
        )
        client = AzureOpenAI(azure_endpoint=endpoint, azure_ad_token_provider=provider)
    return client
''', HEAD.replace("import os\n\n", "") + '''
def make(endpoint):
    provider = get_bearer_token_provider(
        DefaultAzureCredential(), "https://cognitiveservices.azure.com/.default"
    )
    client = AzureOpenAI(azure_endpoint=endpoint, azure_ad_token_provider=provider)
    return client
'''),
    ("guards of all shapes, and what follows them", [], '''import os

from openai import AzureOpenAI

REQUIRED = ["AZURE_OPENAI_API_KEY", "AZURE_OPENAI_ENDPOINT"]
for name in REQUIRED:
    if not os.getenv(name):
        raise SystemExit(f"{name} is missing")


def walrus():
    if (key := os.environ.get("AZURE_OPENAI_API_KEY")) is None:
        raise RuntimeError("no key")
    return AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", api_key=key)


def several(endpoint):
    key = os.getenv("AZURE_OPENAI_API_KEY")
    if not key or not endpoint:
        raise ValueError("both are needed")
    return AzureOpenAI(azure_endpoint=endpoint, api_key=key)


def positive(endpoint):
    key = os.getenv("AZURE_OPENAI_API_KEY")
    if key and endpoint:
        return AzureOpenAI(azure_endpoint=endpoint, api_key=key)
    raise RuntimeError("not configured")


def alone(endpoint):
    key = os.getenv("AZURE_OPENAI_API_KEY")
    if key:
        return AzureOpenAI(azure_endpoint=endpoint, api_key=key)
    raise RuntimeError("not configured")
''', HEAD + '''REQUIRED = ["AZURE_OPENAI_ENDPOINT"]
for name in REQUIRED:
    if not os.getenv(name):
        raise SystemExit(f"{name} is missing")

''' + PROVIDER + '''

def walrus():
    return AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", azure_ad_token_provider=token_provider)


def several(endpoint):
    if not endpoint:
        raise ValueError("both are needed")
    return AzureOpenAI(azure_endpoint=endpoint, azure_ad_token_provider=token_provider)


def positive(endpoint):
    if endpoint:
        return AzureOpenAI(azure_endpoint=endpoint, azure_ad_token_provider=token_provider)
    raise RuntimeError("not configured")


def alone(endpoint):
    return AzureOpenAI(azure_endpoint=endpoint, azure_ad_token_provider=token_provider)
'''),
    ("a feature that is off without a key stays off without one", [], '''import os

from openai import AzureOpenAI

key = os.getenv("AZURE_OPENAI_API_KEY")
if key:
    client = AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", api_key=key)
else:
    client = None
''', HEAD + '''key = os.getenv("AZURE_OPENAI_API_KEY")
''' + PROVIDER + '''if key:
    client = AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", azure_ad_token_provider=token_provider)
else:
    client = None
'''),
    ("headers that are kept get the token with each request", [], '''import os

import requests

URL = "https://contoso.openai.azure.com/openai/deployments/chat/chat/completions"
HEADERS = {"Content-Type": "application/json", "api-key": os.environ["AZURE_OPENAI_API_KEY"]}


def ask(body):
    return requests.post(URL, headers=HEADERS, json=body, timeout=30)
''', '''import os

import requests
from azure.identity import DefaultAzureCredential, get_bearer_token_provider

URL = "https://contoso.openai.azure.com/openai/deployments/chat/chat/completions"
''' .replace("import os\n\n", "") + PROVIDER + '''HEADERS = {"Content-Type": "application/json"}


def ask(body):
    return requests.post(URL, headers={**HEADERS, "Authorization": f"Bearer {token_provider()}"}, json=body, timeout=30)
'''),
    ("the key behind a switch", ["--strategy", "gated"], '''import os

from openai import AzureOpenAI

key = os.environ["AZURE_OPENAI_API_KEY"]
if not key:
    raise SystemExit("no key")
client = AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", api_key=key)
''', HEAD + '''key = os.environ.get("AZURE_OPENAI_API_KEY")
USE_ENTRA_ID = os.environ.get("AZURE_OPENAI_USE_ENTRA_ID", "").lower() == "true"
if not USE_ENTRA_ID and not key:
    raise SystemExit("no key")
''' + PROVIDER + '''client = AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", api_key=None if USE_ENTRA_ID else key, '''
     '''azure_ad_token_provider=token_provider if USE_ENTRA_ID else None)
'''),
    ("failures are logged, as a program does that logs nothing yet", ["--with-logging"], PLAIN_HEAD + CLIENT,
     HEAD.replace("import os", "import logging\nimport os").replace("from azure.identity", CORE + "from azure.identity")
     + "logger = logging.getLogger(__name__)\n\n\n" + logged('logger.error("No token for Azure AI: %s", error)')
     + LOGGED_PROVIDER + CLIENT_FIXED),
    ("failures are logged with the logger that is there", ["--with-logging"], 
     PLAIN_HEAD.replace("from openai", "from loguru import logger as log\nfrom openai") + CLIENT,
     HEAD.replace("from azure.identity", CORE + "from azure.identity").replace(
         "from openai", "from loguru import logger as log\nfrom openai") + "\n" + logged('log.error("No token for Azure AI: {}", error)')
     + LOGGED_PROVIDER + CLIENT_FIXED),
    ("failures are logged in a structured way, with tabs", ["--with-logging"],
     PLAIN_HEAD.replace("import os\n", "import os\n\nimport structlog") + TABBED + CLIENT,
     HEAD.replace("import os\n", "import os\n\nimport structlog").replace(
         "from azure.identity", CORE + "from azure.identity") + TABBED[1:] + "\n" + logged('log.error("No token for Azure AI", error=str(error))').replace("    ", "\t")
     + LOGGED_PROVIDER + CLIENT_FIXED),
    ("the scope is that of the cloud", [], PLAIN_HEAD + CLIENT.replace("azure.com", "azure.us"),
     HEAD + PROVIDER.replace("azure.com", "azure.us") + CLIENT_FIXED.replace("azure.com", "azure.us")),
    ("the scope is the one that was asked for", ["--scope", "https://cognitiveservices.azure.cn/.default"],
     PLAIN_HEAD + CLIENT, HEAD + PROVIDER.replace("azure.com", "azure.cn") + CLIENT_FIXED),
    ("the switch keeps a call on the key", ["--strategy", "gated"], '''from openai import AzureOpenAI
from config import settings

client = AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", api_key=settings.azure_openai_api_key.get_secret_value())
''', '''import os
from openai import AzureOpenAI
from config import settings
from azure.identity import DefaultAzureCredential, get_bearer_token_provider

''' + PROVIDER + '''USE_ENTRA_ID = os.environ.get("AZURE_OPENAI_USE_ENTRA_ID", "").lower() == "true"
client = AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", api_key=None if USE_ENTRA_ID else '''
     '''settings.azure_openai_api_key.get_secret_value(), azure_ad_token_provider=token_provider if USE_ENTRA_ID else None)
'''),
    ("a guard that stays names only what it still asks for", [], PLAIN_HEAD + """

def connect():
    key = os.getenv("AZURE_OPENAI_API_KEY")
    endpoint = os.getenv("AZURE_OPENAI_ENDPOINT")
    if not key or not endpoint:
        raise ValueError("AZURE_OPENAI_API_KEY and AZURE_OPENAI_ENDPOINT are missing")
    return AzureOpenAI(azure_endpoint=endpoint, api_key=key)
""", HEAD + PROVIDER + """

def connect():
    endpoint = os.getenv("AZURE_OPENAI_ENDPOINT")
    if not endpoint:
        raise ValueError("AZURE_OPENAI_ENDPOINT is missing")
    return AzureOpenAI(azure_endpoint=endpoint, azure_ad_token_provider=token_provider)
"""),
    ("a credential of several lines stands as deep as its statement", ["--credential", "environment"], """import os

from azure.ai.inference import ChatCompletionsClient
from azure.core.credentials import AzureKeyCredential


def connect(endpoint):
  credential = AzureKeyCredential(os.environ["AZURE_INFERENCE_KEY"])
  return ChatCompletionsClient(endpoint=endpoint, credential=credential)
""", """import os

from azure.ai.inference import ChatCompletionsClient
from azure.identity import DefaultAzureCredential, ManagedIdentityCredential


def connect(endpoint):
  credential = (
    ManagedIdentityCredential(client_id=os.environ.get("AZURE_CLIENT_ID"))
    if "IDENTITY_ENDPOINT" in os.environ
    else DefaultAzureCredential()
  )
  return ChatCompletionsClient(endpoint=endpoint, credential=credential, """
     """credential_scopes=["https://cognitiveservices.azure.com/.default"])
"""),
    ("a placeholder keeps a left-over variable out", [], KERNEL, KERNEL_WITH.replace(
        "from semantic", "from openai.lib.azure import API_KEY_SENTINEL\nfrom semantic").replace(
        "ad_token", "api_key=API_KEY_SENTINEL, ad_token")),
    ("the placeholder goes with the last stage that needs it", ["--through", "cleanup"], KERNEL, KERNEL_WITH),
    ("the placeholder stays beside a reader of the variable", ["--through", "cleanup"], KERNEL + READER, KERNEL_WITH.replace(
        "from semantic", "from openai.lib.azure import API_KEY_SENTINEL\nfrom semantic").replace(
        "ad_token", "api_key=API_KEY_SENTINEL, ad_token").replace("from azure", "import os\n\nfrom azure") + READER),
    ("the switch goes again", [], HEAD + '''key = os.environ.get("AZURE_OPENAI_API_KEY")
USE_ENTRA_ID = os.environ.get("AZURE_OPENAI_USE_ENTRA_ID", "").lower() == "true"
if not USE_ENTRA_ID and not key:
    raise SystemExit("no key")
''' + PROVIDER + '''client = AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", api_key=None if USE_ENTRA_ID else key, '''
     '''azure_ad_token_provider=token_provider if USE_ENTRA_ID else None)
''', HEAD.replace("import os\n\n", "") + PROVIDER
     + '''client = AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", azure_ad_token_provider=token_provider)
'''),
    ("a variable that only says whether there is a key", [], '''import os

from openai import AzureOpenAI
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    azure_openai_endpoint: str | None = None
    azure_openai_api_key: str | None = None
    groq_api_key: str | None = None

    def check(self) -> None:
        has_groq = self.groq_api_key is not None
        has_azure = self.azure_openai_endpoint is not None and self.azure_openai_api_key is not None
        if not has_groq and not has_azure:
            raise ValueError("no model")

    @property
    def use_azure(self) -> bool:
        has_endpoint = bool(self.azure_openai_endpoint)
        has_key = self.azure_openai_api_key is not None and bool(self.azure_openai_api_key)
        return has_endpoint and has_key


settings = Settings()
os.environ["AZURE_OPENAI_API_KEY"] = settings.azure_openai_api_key
for name, value in (
    ("AZURE_OPENAI_ENDPOINT", settings.azure_openai_endpoint),
    ("AZURE_OPENAI_API_KEY", settings.azure_openai_api_key),
):
    os.environ[name] = value
client = AzureOpenAI(azure_endpoint=settings.azure_openai_endpoint, api_key=settings.azure_openai_api_key)
''', '''import os

from azure.identity import DefaultAzureCredential, get_bearer_token_provider
from openai import AzureOpenAI
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    azure_openai_endpoint: str | None = None
    groq_api_key: str | None = None

    def check(self) -> None:
        has_groq = self.groq_api_key is not None
        has_azure = self.azure_openai_endpoint is not None
        if not has_groq and not has_azure:
            raise ValueError("no model")

    @property
    def use_azure(self) -> bool:
        has_endpoint = bool(self.azure_openai_endpoint)
        return has_endpoint


settings = Settings()
for name, value in (
    ("AZURE_OPENAI_ENDPOINT", settings.azure_openai_endpoint),
):
    os.environ[name] = value
''' + PROVIDER
     + '''client = AzureOpenAI(azure_endpoint=settings.azure_openai_endpoint, azure_ad_token_provider=token_provider)
'''),
    ("what only tells the key, and a branch without a key", [],
     '''import os

from azure.identity import DefaultAzureCredential, get_bearer_token_provider
from openai import AzureOpenAI

key = os.getenv("AZURE_OPENAI_API_KEY")
print("key:", key)
if key:
    client = AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", api_key=key)
else:
    credential = DefaultAzureCredential()
    token_provider = get_bearer_token_provider(credential, "https://cognitiveservices.azure.com/.default")
    client = AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", azure_ad_token_provider=token_provider)
''', '''from azure.identity import DefaultAzureCredential, get_bearer_token_provider
from openai import AzureOpenAI

credential = DefaultAzureCredential()
token_provider = get_bearer_token_provider(credential, "https://cognitiveservices.azure.com/.default")
client = AzureOpenAI(azure_endpoint="https://contoso.openai.azure.com", azure_ad_token_provider=token_provider)
'''),
    ("a class that may be another one is left alone", [], EITHER, EITHER),
    ("so is an entry that is read by its name", [], READ, READ),
    ("a text that is indented by one blank says nothing of the code", ["--credential", "environment"],
     '"""\n A client.\n"""\n' + PLAIN_HEAD + CLIENT, '"""\n A client.\n"""\n' + HEAD.replace(
         "DefaultAzureCredential, ", "DefaultAzureCredential, ManagedIdentityCredential, ") + """credential = (
    ManagedIdentityCredential(client_id=os.environ.get("AZURE_CLIENT_ID"))
    if "IDENTITY_ENDPOINT" in os.environ
    else DefaultAzureCredential()
)
""" + PROVIDER.lstrip("\n").replace("DefaultAzureCredential()", "credential") + CLIENT_FIXED.lstrip("\n")),
    *CLOSING,
]


def fixed(options, data):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        path = folder / "app.py"
        path.write_bytes(data)
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
            subprocess.run([*GIT, *command], cwd=folder, check=True)
        texts = []
        for _ in range(2):
            kind = [] if "--credential" in options else ["--credential", "default"]
            done = subprocess.run([BINARY, "fix", "--write", "--review", "--allow-dirty", *kind, *options, "."], cwd=folder, capture_output=True, check=False)
            if done.returncode not in (0, 1):
                return done.stderr, b""
            texts.append(path.read_bytes())
        return texts


def show(name, wanted, got):
    print(f"FAILED: {name}")
    for number, (a, b) in enumerate(zip(wanted.split(b"\n"), got.split(b"\n")), 1):
        if a != b:
            print(f"  line {number}\n    wanted {a!r}\n    got    {b!r}")
            return
    print(f"  wanted {wanted.count(10)} lines, got {got.count(10)}")


def forms(before, after):
    """The same files with other line ends, a byte order mark, and no line end at the end."""
    yield "", before.encode(), after.encode()
    yield "CRLF", before.replace("\n", "\r\n").encode(), after.replace("\n", "\r\n").encode()
    yield "BOM", b"\xef\xbb\xbf" + before.encode(), b"\xef\xbb\xbf" + after.encode()
    yield "no final line end", before.encode()[:-1], after.encode()[:-1]


def main():
    failures = 0
    for name, options, before, after in CASES:
        for form, data, wanted in forms(before, after):
            first, second = fixed(options, data)
            if first != wanted:
                show(f"{name} {form}", wanted, first)
                failures += 1
            elif second != first:
                show(f"{name} {form}, second run", first, second)
                failures += 1
            else:
                compile(first, "app.py", "exec")
    print(f"{len(CASES) * 4 - failures} of {len(CASES) * 4} rewrites are as wanted")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
