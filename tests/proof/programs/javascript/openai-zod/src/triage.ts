import { AzureOpenAI } from "openai";
import type { Settings } from "./settings.js";

export class Triage {
  private readonly client: AzureOpenAI;

  constructor(private readonly settings: Settings) {
    this.client = new AzureOpenAI({
      endpoint: settings.AZURE_OPENAI_ENDPOINT,
      apiKey: settings.AZURE_OPENAI_KEY,
      apiVersion: "2024-10-21",
    });
  }

  async label(ticket: string): Promise<string> {
    const stream = await this.client.chat.completions.create({
      model: this.settings.AZURE_OPENAI_DEPLOYMENT,
      messages: [
        { role: "system", content: "One word: the team that takes this ticket." },
        { role: "user", content: ticket },
      ],
      stream: true,
    });
    let label = "";
    for await (const chunk of stream) {
      label += chunk.choices[0]?.delta?.content ?? "";
    }
    return label;
  }
}
