import os

import litellm
from dotenv import load_dotenv
from litellm import completion, embedding

load_dotenv()
litellm.telemetry = False
litellm.suppress_debug_info = True


def ask(prompt: str) -> str:
    response = completion(
        model=f"azure/{os.environ['AZURE_DEPLOYMENT']}",
        api_base=os.environ["AZURE_API_BASE"],
        api_version=os.environ["AZURE_API_VERSION"],
        api_key=os.environ["AZURE_API_KEY"],
        messages=[{"role": "user", "content": prompt}],
    )
    return response.choices[0].message.content


def vector(text: str):
    response = embedding(
        model=f"azure/{os.environ['AZURE_EMBEDDING_DEPLOYMENT']}",
        api_base=os.environ["AZURE_API_BASE"],
        api_version=os.environ["AZURE_API_VERSION"],
        api_key=os.environ["AZURE_API_KEY"],
        input=[text],
    )
    return response.data[0]["embedding"]


if __name__ == "__main__":
    print(ask("name a river"), len(vector("river")))
