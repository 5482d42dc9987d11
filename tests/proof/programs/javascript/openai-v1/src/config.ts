function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set`);
  }
  return value;
}

export const config = {
  endpoint: required("AZURE_OPENAI_ENDPOINT"),
  apiKey: required("AZURE_OPENAI_API_KEY"),
  deployment: required("AZURE_OPENAI_DEPLOYMENT"),
  embeddingDeployment: process.env.EMBEDDING_DEPLOYMENT ?? "text-embedding-3-small",
};
