import os
from dataclasses import dataclass, field
from functools import partial
from openai import AzureOpenAI as Client, AsyncAzureOpenAI
import openai.lib as lib, httpx

def key(name="AZURE_OPENAI_API_KEY", *, default=None, **rest):
    return os.environ.get(name) or os.getenv(name, default) or rest["key"]

@dataclass
class Settings(Base):
    key: str = field(default_factory=lambda: os.environ["AZURE_OPENAI_API_KEY"])
    url: "str" = os.environ.get('URL', f"https://{os.environ['NAME']}.openai.azure.com" "/openai")

class Holder:
    def __init__(self, settings: Settings, /):
        self.client = Client(api_key=settings.key, azure_endpoint=settings.url, **{"timeout": 3})
        self.headers = {"api-key": settings.key, **self.more}
    async def ask(self, *words):
        async with AsyncAzureOpenAI(api_key=key()) as c:
            return await c.chat.completions.create(model=words[0])[1:2]

if not os.environ.get("AZURE_OPENAI_API_KEY") or len(x := "a") > 3:
    raise RuntimeError("AZURE_OPENAI_API_KEY is missing")
REQUIRED = ["AZURE_OPENAI_API_KEY", 'URL']
missing = [n for n in REQUIRED if not os.environ.get(n)]
match kind:
    case {"api_key": k} if k: pass
    case [a, *b] | (a, b): f = lambda: (yield k)
with open("x") as f, \
     open(r"\y") as g: httpx.post(url, headers=dict(a=1) | {"Authorization": f"Bearer {k!r:>{w}}"})
make = partial(Client, api_key=key())
# keyless: ignore[python-client-key] until=2027-03-31 owner=team ticket=X-1 a reason
