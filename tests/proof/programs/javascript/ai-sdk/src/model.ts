import { createAzure } from "@ai-sdk/azure";

export const azure = createAzure({
  resourceName: process.env.AZURE_OPENAI_RESOURCE,
  apiKey: process.env.AZURE_OPENAI_API_KEY,
});

export const model = azure.chat(process.env.AZURE_OPENAI_DEPLOYMENT ?? "gpt-4o");
