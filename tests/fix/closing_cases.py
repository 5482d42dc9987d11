"""Rewrites of async clients: a credential of azure.identity.aio is closed where its client is. Rows as in python_test."""

HEAD = """import os

from azure.ai.inference.aio import ChatCompletionsClient
from azure.core.credentials import AzureKeyCredential


"""
FIXED_HEAD = """import os

from azure.ai.inference.aio import ChatCompletionsClient
from azure.identity.aio import DefaultAzureCredential


"""
MODULE_HEAD = FIXED_HEAD[:-1] + "credential = DefaultAzureCredential()\n\n\n"
CLIENT = 'ChatCompletionsClient(os.environ["AZURE_INFERENCE_ENDPOINT"], AzureKeyCredential(os.environ["AZURE_INFERENCE_KEY"]))'
SCOPE = "https://cognitiveservices.azure.com/.default"


def keyless(name):
    return f'ChatCompletionsClient(os.environ["AZURE_INFERENCE_ENDPOINT"], {name}, credential_scopes=["{SCOPE}"])'


# table: name, options, before, after
CASES = [
    ("a client in a with statement has its credential beside it", [],
     HEAD + f"async def ask():\n    async with {CLIENT} as client:\n        return await client.complete(messages=[])\n",
     FIXED_HEAD + f"async def ask():\n    async with DefaultAzureCredential() as credential, {keyless('credential')} as client:\n"
     "        return await client.complete(messages=[])\n"),
    ("items on lines of their own, the credential over several", ["--credential", "environment"],
     HEAD + f"async def ask():\n    async with (\n        {CLIENT} as client,\n    ):\n        return await client.complete(messages=[])\n",
     FIXED_HEAD.replace("Credential\n", "Credential, ManagedIdentityCredential\n") + f"""async def ask():
    async with (
        (
            ManagedIdentityCredential(client_id=os.environ.get("AZURE_CLIENT_ID"))
            if "IDENTITY_ENDPOINT" in os.environ
            else DefaultAzureCredential()
        ) as credential,
        {keyless('credential')} as client,
    ):
        return await client.complete(messages=[])
"""),
    ("a client that is opened later", [],
     HEAD + f"async def ask():\n    client = {CLIENT}\n    async with client:\n        return await client.complete(messages=[])\n",
     FIXED_HEAD + f"async def ask():\n    credential = DefaultAzureCredential()\n    client = {keyless('credential')}\n"
     "    async with credential, client:\n        return await client.complete(messages=[])\n"),
    ("a variable that held the key", [], HEAD + """async def ask():
    cred = AzureKeyCredential(os.environ["AZURE_INFERENCE_KEY"])
    async with ChatCompletionsClient(os.environ["AZURE_INFERENCE_ENDPOINT"], cred) as client:
        return await client.complete(messages=[])
""", FIXED_HEAD + f"""async def ask():
    cred = DefaultAzureCredential()
    async with cred, {keyless('cred')} as client:
        return await client.complete(messages=[])
"""),
    ("a client of a lifespan and one of an object", [], HEAD + f"""async def lifespan(app):
    app.state.client = {CLIENT}
    yield
    await app.state.client.close()


class Chat:
    def __init__(self):
        self.client = {CLIENT}

    async def close(self):
        await self.client.close()  # with its connections
""", FIXED_HEAD + f"""async def lifespan(app):
    credential = DefaultAzureCredential()
    app.state.client = {keyless('credential')}
    yield
    await app.state.client.close()
    await credential.close()


class Chat:
    def __init__(self):
        self._credential = DefaultAzureCredential()
        self.client = {keyless('self._credential')}

    async def close(self):
        await self.client.close()  # with its connections
        await self._credential.close()
"""),
    ("a provider is made of the credential that is closed", [], """import os

from openai import AsyncOpenAI


async def ask():
    client = AsyncOpenAI(base_url="https://contoso.openai.azure.com/openai/v1/", api_key=os.environ["AZURE_OPENAI_API_KEY"])
    print(await client.models.list())
    await client.close()
""", f"""from azure.identity.aio import DefaultAzureCredential, get_bearer_token_provider
from openai import AsyncOpenAI


async def ask():
    credential = DefaultAzureCredential()
    client = AsyncOpenAI(base_url="https://contoso.openai.azure.com/openai/v1/", api_key=get_bearer_token_provider(credential, "{SCOPE}"))
    print(await client.models.list())
    await client.close()
    await credential.close()
"""),
    ("a client that may be another one, one that is handed on: nothing to close it with", [], HEAD + f"""async def ask(other):
    client = {CLIENT}
    if other:
        client = other()
    await client.close()


def make():
    return {CLIENT}
""", MODULE_HEAD + f"""async def ask(other):
    client = {keyless('credential')}
    if other:
        client = other()
    await client.close()


def make():
    return {keyless('credential')}
"""),
    ("a credential of the module serves", [],
     HEAD[:-2] + "from azure.identity.aio import DefaultAzureCredential\n\nshared = DefaultAzureCredential()\n\n\n"
     + f"async def ask():\n    async with {CLIENT} as client:\n        return await client.complete(messages=[])\n",
     FIXED_HEAD[:-1] + "shared = DefaultAzureCredential()\n\n\n"
     + f"async def ask():\n    async with {keyless('shared')} as client:\n        return await client.complete(messages=[])\n"),
]
