import "dotenv/config";
import { AzureOpenAI } from "openai";

const client = new AzureOpenAI({
  endpoint: process.env.AZURE_OPENAI_ENDPOINT,
  apiKey: process.env.AZURE_OPENAI_API_KEY,
  apiVersion: "2024-10-21",
  deployment: process.env.AZURE_OPENAI_DEPLOYMENT,
});

async function ask(text) {
  const completion = await client.chat.completions.create({
    model: "gpt-4o",
    messages: [{ role: "user", content: text }],
  });
  return completion.choices[0].message.content;
}

const dish = await ask("A dish with leeks");
const wine = await ask(`A wine for ${dish}`);
console.log(`${dish}; ${wine}`);
