import { complete } from "./openai";

const today = await complete("wind 5, rain");
const tomorrow = await complete("wind 2, sun");
console.log(`${today} -- ${tomorrow}`);
