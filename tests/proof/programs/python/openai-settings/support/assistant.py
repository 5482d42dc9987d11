import logging
from typing import List

from openai import AzureOpenAI

from .settings import Settings

logger = logging.getLogger(__name__)

API_VERSION = "2024-10-21"


class SupportAssistant:
    """Answers questions with the nearest article in the prompt."""

    def __init__(self, settings: Settings):
        if not settings.azure_openai_key:
            raise ValueError("AZURE_OPENAI_KEY is not set")
        self.settings = settings
        self._client = AzureOpenAI(
            azure_endpoint=settings.azure_openai_endpoint,
            api_key=settings.azure_openai_key,
            api_version=API_VERSION,
            max_retries=1,
        )

    def embed(self, texts: List[str]) -> List[List[float]]:
        response = self._client.embeddings.create(
            model=self.settings.azure_openai_embedding_deployment, input=texts
        )
        return [item.embedding for item in response.data]

    def nearest(self, question: str, articles: List[str]) -> str:
        vectors = self.embed([question, *articles])
        asked, known = vectors[0], vectors[1:]
        scores = [sum(a * b for a, b in zip(asked, vector)) for vector in known]
        logger.debug("scores: %s", scores)
        return articles[scores.index(max(scores))]

    def answer(self, question: str, articles: List[str]) -> str:
        article = self.nearest(question, articles)
        stream = self._client.chat.completions.create(
            model=self.settings.azure_openai_chat_deployment,
            messages=[
                {"role": "system", "content": f"Answer from this article: {article}"},
                {"role": "user", "content": question},
            ],
            stream=True,
        )
        parts = []
        for chunk in stream:
            if chunk.choices and chunk.choices[0].delta.content:
                parts.append(chunk.choices[0].delta.content)
        return f"{''.join(parts)} [{article}]"
