from openai import OpenAI

from notes import config


def make_client() -> OpenAI:
    return OpenAI(
        base_url=f"{config.ENDPOINT}/openai/v1/",
        api_key=config.API_KEY,
    )


def summarise(client: OpenAI, text: str) -> str:
    response = client.responses.create(model=config.DEPLOYMENT, input=f"Summarise: {text}")
    return response.output_text


def title(client: OpenAI, text: str) -> str:
    completion = client.chat.completions.create(
        model=config.DEPLOYMENT,
        messages=[{"role": "user", "content": f"Title for: {text}"}],
    )
    return completion.choices[0].message.content


if __name__ == "__main__":
    client = make_client()
    note = "The boiler was serviced on Monday."
    print(f"{title(client, note)}: {summarise(client, note)}")
