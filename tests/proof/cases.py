# table: one entry a program
"""The programs of the proof: how each is started, what it prints, and with which options it is fixed."""
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    """`keys` are the variables that carry the key; every other variable comes from the program's .env.example.

    `identity` is what the fixed program finds in its environment (see emulator --identity); `fix` are more options
    for `keyless fix`. `calls` is the least number of calls to the data plane in one run.
    """

    name: str
    sdk: str
    keys: tuple[str, ...]
    command: str
    prints: str
    fix: tuple[str, ...] = ()
    identity: str = "app-service"
    calls: int = 2
    types: str = ""
    extra: dict = field(default_factory=dict)
    logs: bool = False  # is also fixed with --with-logging
    known: dict = field(default_factory=dict)  # step -> why it cannot hold; one that holds is a failure too

    @property
    def gated(self) -> bool:
        return "gated" in self.fix


KEY = ("AZURE_OPENAI_API_KEY",)
SHORT = ("AZURE_OPENAI_KEY",)
INFERENCE = ("AZURE_INFERENCE_KEY",)
TYPES = "tsc --noEmit"


def option(credential: str) -> tuple[str, ...]:
    return ("--credential", credential)


CASES = (
    Case("python/openai-module", "openai 3.54.0", KEY, "python slogan.py",
         "gpt-4o heard: A slogan for umbrellas | gpt-4o heard: Shorter: gpt-4o heard: A slogan for umbrellas", logs=True),
    Case("python/openai-settings", "openai 3.54.0, pydantic-settings", SHORT, "python -m support",
         "gpt-4o-mini heard: When do you open? [How to return a parcel]",
         option("managed-identity"), "imds"),
    Case("python/openai-fastapi", "openai 3.54.0 async, fastapi", KEY, "python smoke.py",
         "gpt-4o heard: one | gpt-4o heard: two",
         option("default"), logs=True),
    Case("python/openai-v1", "openai 3.54.0 /openai/v1/", KEY, "python -m notes.summary",
         "gpt-4.1 heard: Title for: The boiler was serviced on Monday.: "
         "gpt-4.1 heard: Summarise: The boiler was serviced on Monday.",
         option("workload-identity"), "workload-identity"),
    Case("python/openai-kwargs", "openai 3.54.0", KEY, "python batch.py",
         "gpt-4o heard: red apples; gpt-4o heard: green pears",
         option("client-secret"), "client-secret"),
    Case("python/openai-implicit", "openai 2.54.0", KEY, "python lab.py",
         "1 different: gpt-4o heard: what is a lineage"),
    Case("python/openai-globals", "openai 3.54.0", KEY, "python glossary.py",
         "gpt-4o heard: What is a sextant? / gpt-4o heard: What is a bowline?"),
    Case("python/pydantic-ai", "pydantic-ai-slim 2.68.0, openai 3.54.0", KEY, "python guide.py",
         "gpt-4o heard: When does it open? | gpt-4o heard: Is there a cloakroom?",
         option("default"), "workload-identity"),
    Case("python/ai-inference", "azure-ai-inference 1.0.0b9", INFERENCE, "python search.py",
         "Phi-4 heard: harbour [8, 8] [0.422, 0.18]",
         option("default"), "workload-identity", logs=True),
    Case("python/langchain-chain", "langchain-openai 1.7.3", KEY, "python chain.py",
         "gpt-4o heard: good morning / gpt-4o heard: good night / 8",
         calls=3),
    Case("python/llama-index", "llama-index 0.6.1, openai 2.54.0", KEY, "python index.py",
         "gpt-4o heard: when is high tide (8)"),
    Case("python/semantic-kernel", "semantic-kernel 1.45.0", KEY, "python kernel_app.py",
         "gpt-4o heard: Write a haiku about fog | gpt-4o heard: Write a haiku about snow | 2",
         option("managed-identity"), calls=3, logs=True),
    Case("python/autogen-agent", "autogen-ext 0.7.5", KEY, "python agent.py",
         "gpt-4o heard: a day in Ghent | gpt-4o heard: with rain"),
    Case("python/litellm-completion", "litellm 1.106.2, openai 2.54.0", ("AZURE_API_KEY",), "python route.py",
         "gpt-4o heard: name a river 8",
         option("default"), "client-secret"),
    Case("python/raw-requests", "requests 2.34.2", SHORT, "python mail.py",
         "gpt-4o heard: Subject line for a complaint about noise -> gpt-4o heard: Mail under the subject "
         "gpt-4o heard: Subject line for a complaint about noise",
         ("--strategy", "gated")),
    Case("python/raw-httpx", "httpx 0.28.1", KEY, "python vectors.py", "-0.6774"),
    Case("python/raw-aiohttp", "aiohttp 3.14.5", KEY, "python stream.py",
         "gpt-4o heard: count to three gpt-4o heard: and back",
         option("default"), "imds", logs=True),
    Case("javascript/openai-esm", "openai 7.57.0", KEY, "node recipe.mjs",
         "gpt-4o heard: A dish with leeks; gpt-4o heard: A wine for gpt-4o heard: A dish with leeks"),
    Case("javascript/openai-zod", "openai 6.49.0, zod", SHORT, "tsc && node dist/index.js",
         "gpt-4o-mini heard: the printer is on fire | gpt-4o-mini heard: my badge expired",
         option("managed-identity"), "imds", logs=True),
    Case("javascript/openai-commonjs", "openai 5.23.2", KEY, "node index.js",
         "gpt-4o heard: monday + gpt-4o heard: tuesday",
         option("default"), "client-secret", logs=True),
    Case("javascript/openai-v1", "openai 7.57.0 /openai/v1/", KEY, "tsx src/glossary.ts",
         "gpt-4.1-nano heard: Define keel 2.2301",
         option("workload-identity"), "workload-identity", types=TYPES),
    Case("javascript/rest-inference", "@azure-rest/ai-inference 1.0.0-beta.6", INFERENCE, "node caption.js",
         "Phi-4 heard: a pier / Phi-4 heard: a gull",
         option("client-secret"), "client-secret", logs=True),
    Case("javascript/langchain-chat", "@langchain/openai 1.6.0", KEY, "node quiz.js",
         "gpt-4o heard: A quiz question about moths / gpt-4o heard: A quiz question about moons / 2",
         calls=3, known={"left": "the package throws beside a variable that is still set, and no code cures it: "
                                 "the stage's header asks for the variable to go first"}),
    Case("javascript/ai-sdk", "@ai-sdk/azure 4.0.85", KEY, "tsx src/index.ts",
         "gpt-4o heard: a name for a cat and gpt-4o heard: a name for a dog", types=TYPES),
    Case("javascript/raw-fetch", "fetch", SHORT, "tsx src/main.ts",
         "gpt-4o heard: wind 5, rain -- gpt-4o heard: wind 2, sun",
         option("default"), "workload-identity", types=TYPES),
    Case("javascript/raw-axios", "axios 1.21.1", KEY, "node tagger.js",
         "gpt-4o heard: Tags for: a red kite | gpt-4o heard: Tags for: a blue whale"),
)
