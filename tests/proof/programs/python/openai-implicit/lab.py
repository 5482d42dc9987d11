#!/usr/bin/env python3
import argparse
import os

from dotenv import load_dotenv
from openai import AzureOpenAI

load_dotenv(override=False)


def main():
    parser = argparse.ArgumentParser(description="Asks the same question several times.")
    parser.add_argument("--times", type=int, default=2)
    parser.add_argument("question", nargs="?", default="what is a lineage")
    arguments = parser.parse_args()

    # endpoint, key and version come from the environment
    client = AzureOpenAI()
    seen = set()
    for _ in range(arguments.times):
        answer = client.chat.completions.create(
            model=os.environ["AZURE_OPENAI_DEPLOYMENT"],
            messages=[{"role": "user", "content": arguments.question}],
        )
        seen.add(answer.choices[0].message.content)
    print(f"{len(seen)} different: {' / '.join(sorted(seen))}")


if __name__ == "__main__":
    main()
