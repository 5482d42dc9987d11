import os

from azure.ai.inference import ChatCompletionsClient, EmbeddingsClient
from azure.ai.inference.models import SystemMessage, UserMessage
from azure.core.credentials import AzureKeyCredential
from dotenv import load_dotenv

load_dotenv()

endpoint = os.environ["AZURE_INFERENCE_ENDPOINT"]
key = os.environ["AZURE_INFERENCE_KEY"]

chat_client = ChatCompletionsClient(endpoint=endpoint, credential=AzureKeyCredential(key))
embeddings_client = EmbeddingsClient(
    endpoint=endpoint,
    credential=AzureKeyCredential(key),
    model=os.environ.get("EMBEDDING_MODEL"),
)


def explain(word: str) -> str:
    response = chat_client.complete(
        messages=[
            SystemMessage("Explain in one sentence."),
            UserMessage(word),
        ],
        model=os.environ.get("CHAT_MODEL", "Phi-4"),
    )
    return response.choices[0].message.content


def main() -> None:
    vectors = embeddings_client.embed(input=["ship", "harbour"])
    sizes = [len(item.embedding) for item in vectors.data]
    print(explain("harbour"), sizes, [round(item.embedding[0], 3) for item in vectors.data])


if __name__ == "__main__":
    main()
