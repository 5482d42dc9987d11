"use strict";

require("dotenv").config();
const { AzureOpenAI } = require("openai");

let client;

function getClient() {
  if (!process.env.AZURE_OPENAI_API_KEY) {
    throw new Error("AZURE_OPENAI_API_KEY is missing, see .env.example");
  }
  // the client reads the rest of its configuration from the environment
  client = client || new AzureOpenAI();
  return client;
}

async function digest(text) {
  const answer = await getClient().chat.completions.create({
    model: process.env.DEPLOYMENT,
    messages: [{ role: "user", content: text }],
  });
  return answer.choices[0].message.content;
}

async function main() {
  const lines = [];
  for (const text of ["monday", "tuesday"]) {
    lines.push(await digest(text));
  }
  console.log(lines.join(" + "));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

module.exports = { digest };
