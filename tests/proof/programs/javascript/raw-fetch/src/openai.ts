const endpoint = process.env.AZURE_OPENAI_ENDPOINT!;
const deployment = process.env.AZURE_OPENAI_DEPLOYMENT!;
const apiVersion = "2024-10-21";

interface Completion {
  choices: { message: { content: string } }[];
}

export async function complete(prompt: string): Promise<string> {
  const url = `${endpoint}/openai/deployments/${deployment}/chat/completions?api-version=${apiVersion}`;
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "api-key": process.env.AZURE_OPENAI_KEY!,
    },
    body: JSON.stringify({ messages: [{ role: "user", content: prompt }] }),
  });
  if (!response.ok) {
    throw new Error(`Azure OpenAI answered ${response.status}: ${await response.text()}`);
  }
  const completion = (await response.json()) as Completion;
  return completion.choices[0].message.content;
}
