import asyncio
import os

from dotenv import load_dotenv
from semantic_kernel import Kernel
from semantic_kernel.connectors.ai.open_ai import AzureChatCompletion, AzureTextEmbedding
from semantic_kernel.functions import KernelArguments

load_dotenv()


def build_kernel() -> Kernel:
    kernel = Kernel()
    kernel.add_service(
        AzureChatCompletion(
            service_id="chat",
            deployment_name=os.environ["AZURE_OPENAI_CHAT_DEPLOYMENT_NAME"],
            endpoint=os.environ["AZURE_OPENAI_ENDPOINT"],
            api_key=os.environ["AZURE_OPENAI_API_KEY"],
            api_version=os.environ.get("AZURE_OPENAI_API_VERSION", "2024-10-21"),
        )
    )
    kernel.add_service(
        AzureTextEmbedding(
            service_id="embedding",
            deployment_name=os.environ["AZURE_OPENAI_EMBEDDING_DEPLOYMENT_NAME"],
            endpoint=os.environ["AZURE_OPENAI_ENDPOINT"],
            api_key=os.environ["AZURE_OPENAI_API_KEY"],
            api_version=os.environ.get("AZURE_OPENAI_API_VERSION", "2024-10-21"),
        )
    )
    return kernel


async def main() -> None:
    kernel = build_kernel()
    first = await kernel.invoke_prompt(
        "Write a haiku about {{$topic}}", arguments=KernelArguments(topic="fog")
    )
    second = await kernel.invoke_prompt(
        "Write a haiku about {{$topic}}", arguments=KernelArguments(topic="snow")
    )
    vectors = await kernel.get_service("embedding").generate_embeddings(["fog", "snow"])
    print(f"{first} | {second} | {len(vectors)}")


if __name__ == "__main__":
    asyncio.run(main())
