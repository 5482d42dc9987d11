import { loadSettings } from "./settings.js";
import { Triage } from "./triage.js";

const triage = new Triage(loadSettings());
const labels: string[] = [];
for (const ticket of ["the printer is on fire", "my badge expired"]) {
  labels.push(await triage.label(ticket));
}
console.log(labels.join(" | "));
