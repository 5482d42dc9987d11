import os

from dotenv import load_dotenv
from llama_index.core import Settings
from llama_index.core.llms import ChatMessage
from llama_index.embeddings.azure_openai import AzureOpenAIEmbedding
from llama_index.llms.azure_openai import AzureOpenAI

load_dotenv()

api_key = os.environ["AZURE_OPENAI_API_KEY"]
azure_endpoint = os.environ["AZURE_OPENAI_ENDPOINT"]
api_version = "2024-10-21"

Settings.llm = AzureOpenAI(
    model="gpt-4o",
    deployment_name=os.environ["AZURE_OPENAI_DEPLOYMENT"],
    api_key=api_key,
    azure_endpoint=azure_endpoint,
    api_version=api_version,
)
Settings.embed_model = AzureOpenAIEmbedding(
    model="text-embedding-ada-002",
    deployment_name=os.environ["EMBEDDING_DEPLOYMENT"],
    api_key=api_key,
    azure_endpoint=azure_endpoint,
    api_version=api_version,
)


def main():
    vector = Settings.embed_model.get_text_embedding("tide tables")
    answer = Settings.llm.chat([ChatMessage(role="user", content="when is high tide")])
    print(f"{answer.message.content} ({len(vector)})")


if __name__ == "__main__":
    main()
