"""An agent that answers two questions about a museum."""
import os

from pydantic_ai import Agent
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.azure import AzureProvider

model = OpenAIChatModel(
    os.environ["AZURE_OPENAI_DEPLOYMENT"],
    provider=AzureProvider(
        azure_endpoint=os.environ["AZURE_OPENAI_ENDPOINT"],
        api_version="2024-10-21",
        api_key=os.environ["AZURE_OPENAI_API_KEY"],
    ),
)
agent = Agent(model)


def main():
    first = agent.run_sync("When does it open?")
    second = agent.run_sync("Is there a cloakroom?")
    print(first.output, "|", second.output)


if __name__ == "__main__":
    main()
