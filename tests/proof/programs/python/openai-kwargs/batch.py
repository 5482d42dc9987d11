from clients import get_client

LINES = ["red apples", "green pears"]


def label(client, line):
    reply = client.chat.completions.create(
        model="gpt-4o",
        messages=[{"role": "user", "content": line}],
        temperature=0,
    )
    return reply.choices[0].message.content


def main():
    client = get_client()
    print("; ".join(label(client, line) for line in LINES))


if __name__ == "__main__":
    main()
