import asyncio
import json
import os

import aiohttp

endpoint = os.environ["AZURE_OPENAI_ENDPOINT"]
deployment = os.environ["AZURE_OPENAI_DEPLOYMENT"]
api_key = os.environ["AZURE_OPENAI_API_KEY"]


async def stream_chat(session: aiohttp.ClientSession, text: str) -> str:
    url = f"{endpoint}/openai/deployments/{deployment}/chat/completions"
    payload = {"messages": [{"role": "user", "content": text}], "stream": True}
    answer = ""
    async with session.post(
        url,
        params={"api-version": "2024-10-21"},
        headers={"api-key": api_key},
        json=payload,
    ) as response:
        if response.status != 200:
            raise RuntimeError(await response.text())
        async for line in response.content:
            line = line.decode().strip()
            if not line.startswith("data: ") or line == "data: [DONE]":
                continue
            for choice in json.loads(line[6:])["choices"]:
                answer += choice["delta"].get("content") or ""
    return answer


async def main():
    async with aiohttp.ClientSession() as session:
        print(await stream_chat(session, "count to three"), await stream_chat(session, "and back"))


if __name__ == "__main__":
    asyncio.run(main())
