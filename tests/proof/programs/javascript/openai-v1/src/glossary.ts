import OpenAI from "openai";
import { config } from "./config";

const openai = new OpenAI({
  baseURL: `${config.endpoint}/openai/v1/`,
  apiKey: config.apiKey,
});

export async function define(term: string): Promise<string> {
  const response = await openai.responses.create({ model: config.deployment, input: `Define ${term}` });
  return response.output_text;
}

export async function distance(a: string, b: string): Promise<number> {
  const { data } = await openai.embeddings.create({ model: config.embeddingDeployment, input: [a, b] });
  const [left, right] = data.map((item) => item.embedding);
  return left.reduce((sum, value, index) => sum + (value - right[index]) ** 2, 0);
}

console.log(await define("keel"), (await distance("keel", "mast")).toFixed(4));
