import os
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from openai import AsyncAzureOpenAI
from pydantic import BaseModel


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.openai = AsyncAzureOpenAI(
        azure_endpoint=os.environ["AZURE_OPENAI_ENDPOINT"],
        api_key=os.environ["AZURE_OPENAI_API_KEY"],
        api_version="2024-10-21",
    )
    yield
    await app.state.openai.close()


app = FastAPI(lifespan=lifespan)


class Question(BaseModel):
    text: str


@app.get("/health")
async def health():
    return {"status": "ok"}


@app.post("/ask")
async def ask(question: Question, request: Request):
    completion = await request.app.state.openai.chat.completions.create(
        model=os.environ.get("AZURE_OPENAI_DEPLOYMENT", "gpt-4o"),
        messages=[{"role": "user", "content": question.text}],
    )
    return {"answer": completion.choices[0].message.content}
