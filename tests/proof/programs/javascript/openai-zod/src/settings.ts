import { z } from "zod";

const schema = z.object({
  AZURE_OPENAI_ENDPOINT: z.url(),
  AZURE_OPENAI_KEY: z.string().min(1, "AZURE_OPENAI_KEY is required"),
  AZURE_OPENAI_DEPLOYMENT: z.string().default("gpt-4o-mini"),
});

export type Settings = z.infer<typeof schema>;

export function loadSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map((issue) => issue.message).join("\n"));
  }
  return parsed.data;
}
