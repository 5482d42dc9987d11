"""Writes a slogan for a product, then asks for a shorter one."""
import os
import sys

from dotenv import load_dotenv
from openai import AzureOpenAI

load_dotenv()

client = AzureOpenAI(
    api_key=os.getenv("AZURE_OPENAI_API_KEY"),
    api_version="2024-10-21",
    azure_endpoint=os.getenv("AZURE_OPENAI_ENDPOINT"),
)
deployment = os.getenv("AZURE_OPENAI_DEPLOYMENT", "gpt-4o")


def ask(text):
    response = client.chat.completions.create(
        model=deployment,
        messages=[
            {"role": "system", "content": "You write slogans."},
            {"role": "user", "content": text},
        ],
    )
    return response.choices[0].message.content


product = sys.argv[1] if len(sys.argv) > 1 else "umbrellas"
long_slogan = ask(f"A slogan for {product}")
short_slogan = ask(f"Shorter: {long_slogan}")
print(f"{long_slogan} | {short_slogan}")
