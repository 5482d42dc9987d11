import { generateText, streamText } from "ai";
import { model } from "./model";

async function main() {
  const { text: cat } = await generateText({ model, prompt: "a name for a cat", maxRetries: 0 });
  const result = streamText({ model, prompt: "a name for a dog", maxRetries: 0 });
  let dog = "";
  for await (const part of result.textStream) {
    dog += part;
  }
  console.log(`${cat} and ${dog}`);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
