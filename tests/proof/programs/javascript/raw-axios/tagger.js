const axios = require("axios");
require("dotenv").config();

const { AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_API_KEY, AZURE_OPENAI_DEPLOYMENT } = process.env;

const http = axios.create({
  baseURL: `${AZURE_OPENAI_ENDPOINT}/openai/deployments/${AZURE_OPENAI_DEPLOYMENT}`,
  headers: { "api-key": AZURE_OPENAI_API_KEY },
  params: { "api-version": "2024-10-21" },
  timeout: 30000,
});

async function tag(text) {
  const { data } = await http.post("/chat/completions", {
    messages: [{ role: "user", content: `Tags for: ${text}` }],
  });
  return data.choices[0].message.content;
}

(async () => {
  try {
    console.log(await tag("a red kite"), "|", await tag("a blue whale"));
  } catch (error) {
    console.error(error.response ? JSON.stringify(error.response.data) : error.message);
    process.exit(1);
  }
})();
