import ModelClient, { isUnexpected } from "@azure-rest/ai-inference";
import { AzureKeyCredential } from "@azure/core-auth";

const endpoint = process.env["AZURE_INFERENCE_ENDPOINT"];
const key = process.env["AZURE_INFERENCE_KEY"] || "<api-key>";

export async function caption(client, text) {
  const response = await client.path("/chat/completions").post({
    body: {
      messages: [
        { role: "system", content: "You write captions." },
        { role: "user", content: text },
      ],
      model: process.env["MODEL"],
    },
  });
  if (isUnexpected(response)) {
    throw new Error(JSON.stringify(response.body));
  }
  return response.body.choices[0].message.content;
}

export async function main() {
  const client = ModelClient(endpoint, new AzureKeyCredential(key));
  console.log(await caption(client, "a pier"), "/", await caption(client, "a gull"));
}

main().catch((err) => {
  console.error("The sample encountered an error:", err);
  process.exit(1);
});
