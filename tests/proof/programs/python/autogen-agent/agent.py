import asyncio
import os

from autogen_agentchat.agents import AssistantAgent
from autogen_ext.models.openai import AzureOpenAIChatCompletionClient


def get_model_client() -> AzureOpenAIChatCompletionClient:
    return AzureOpenAIChatCompletionClient(
        azure_deployment=os.environ["AZURE_OPENAI_DEPLOYMENT"],
        model="gpt-4o",
        api_version="2024-10-21",
        azure_endpoint=os.environ["AZURE_OPENAI_ENDPOINT"],
        api_key=os.environ["AZURE_OPENAI_API_KEY"],
    )


async def main() -> None:
    model_client = get_model_client()
    agent = AssistantAgent("planner", model_client=model_client, system_message="You plan trips.")
    plan = await agent.run(task="a day in Ghent")
    better = await agent.run(task="with rain")
    print(f"{plan.messages[-1].content} | {better.messages[-1].content}")
    await model_client.close()


asyncio.run(main())
