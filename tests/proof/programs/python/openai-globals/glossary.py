"""Explains two words with the client that the package keeps itself."""
import os

import openai
from dotenv import load_dotenv

load_dotenv()

openai.api_type = "azure"
openai.api_version = "2024-10-21"
openai.azure_endpoint = os.environ["AZURE_OPENAI_ENDPOINT"]
openai.api_key = os.environ["AZURE_OPENAI_API_KEY"]


def explain(word):
    answer = openai.chat.completions.create(
        model=os.environ["AZURE_OPENAI_DEPLOYMENT"],
        messages=[{"role": "user", "content": f"What is a {word}?"}],
    )
    return answer.choices[0].message.content


print(explain("sextant"), explain("bowline"), sep=" / ")
