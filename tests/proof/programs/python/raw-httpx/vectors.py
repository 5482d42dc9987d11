"""A small client of the embeddings route, without the SDK."""
import os

import httpx
from dotenv import load_dotenv


class EmbeddingClient:
    def __init__(self, endpoint: str, api_key: str, deployment: str) -> None:
        self.path = f"/openai/deployments/{deployment}/embeddings"
        self.http = httpx.Client(
            base_url=endpoint,
            headers={"api-key": api_key},
            params={"api-version": "2024-10-21"},
            timeout=httpx.Timeout(30.0),
        )

    def embed(self, text: str) -> list[float]:
        response = self.http.post(self.path, json={"input": text})
        if response.is_error:
            raise RuntimeError(response.text)
        return response.json()["data"][0]["embedding"]

    def close(self) -> None:
        self.http.close()


def main() -> None:
    load_dotenv()
    client = EmbeddingClient(
        os.environ["AZURE_OPENAI_ENDPOINT"],
        os.environ["AZURE_OPENAI_API_KEY"],
        os.environ["AZURE_OPENAI_EMBEDDING_DEPLOYMENT"],
    )
    first, second = client.embed("sail"), client.embed("anchor")
    print(round(sum(a * b for a, b in zip(first, second)), 4))
    client.close()


if __name__ == "__main__":
    main()
