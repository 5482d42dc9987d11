# table: one entry a case
"""Cases of javascript_test.py: `before` and `after` by path, `options` of the run, `says`: a part of what is printed."""

ENDPOINT = "process.env.AZURE_OPENAI_ENDPOINT"
PROVIDER = ('const tokenProvider = getBearerTokenProvider(new DefaultAzureCredential(), '
            '"https://cognitiveservices.azure.com/.default");\n')
IDENTITY = 'import { DefaultAzureCredential, getBearerTokenProvider } from "@azure/identity";\n'
OPENAI = 'import { AzureOpenAI } from "openai";\n'


def case(name, before, after, **more):
    """One file `app.ts` when the texts are texts."""
    def files(given):
        return {"app.ts": given} if isinstance(given, str) else given
    return {"name": name, "before": files(before), "after": files(after), **more}


GATE = 'const useEntraId = process.env.AZURE_OPENAI_USE_ENTRA_ID?.toLowerCase() === "true";\n'
GATED = IDENTITY + OPENAI + '''
const apiKey = process.env.AZURE_OPENAI_API_KEY;
''' + GATE + '''if (!useEntraId && !apiKey) {
  throw new Error("no key");
}
''' + PROVIDER + '''export const client = new AzureOpenAI({
  endpoint: process.env.AZURE_OPENAI_ENDPOINT,
  ...(useEntraId ? { azureADTokenProvider: tokenProvider, apiKey: "" } : { apiKey }),
});
'''
AXIOS = '''const { DefaultAzureCredential, getBearerTokenProvider } = require("@azure/identity");
const axios = require("axios");

''' + PROVIDER + GATE + '''const http = axios.create({
  baseURL: "https://contoso.openai.azure.com/openai/deployments/chat",
  headers: { ...(useEntraId ? {} : { "api-key": process.env.AZURE_OPENAI_API_KEY }) },
});
if (useEntraId) {
  http.interceptors.request.use(async (config) => {
    config.headers.Authorization = `Bearer ${await tokenProvider()}`;
    return config;
  });
}
module.exports = http;
'''

DEFAULT_HEADERS = """const headers = (agent: string) => {
  return { 'api-key': process.env.AZURE_OPENAI_API_KEY ?? '', 'User-Agent': agent };
};

export const ask = async ({ body, sent = headers('notes') }: { body: string; sent?: Record<string, string> }) => {
  return fetch('https://contoso.openai.azure.com/openai/v1/responses', { method: 'POST', headers: sent, body });
};
"""
CASES = [
    case("headers made in the default of a parameter cannot wait", DEFAULT_HEADERS, DEFAULT_HEADERS),
    case("a choice of credentials becomes the token", '''import { AzureKeyCredential, OpenAIClient } from "@azure/openai";
import { DefaultAzureCredential } from "@azure/identity";

const key = process.env.AZURE_OPENAI_API_KEY;
const credential = key ? new AzureKeyCredential(key) : new DefaultAzureCredential();
export const client = new OpenAIClient(process.env.AZURE_OPENAI_ENDPOINT!, credential);
''', '''import { OpenAIClient } from "@azure/openai";
import { DefaultAzureCredential } from "@azure/identity";

const credential = new DefaultAzureCredential();
export const client = new OpenAIClient(process.env.AZURE_OPENAI_ENDPOINT!, credential);
'''),
    case("two ways in become the one with the token", OPENAI + IDENTITY + '''
const apiKey = process.env.AZURE_OPENAI_API_KEY;
const endpoint = process.env.AZURE_OPENAI_ENDPOINT;
let client: AzureOpenAI;
if (apiKey) {
  client = new AzureOpenAI({ endpoint, apiKey, apiVersion: "2024-10-21" });
} else {
  // signed in
  const scope = "https://cognitiveservices.azure.com/.default";
  const azureADTokenProvider = getBearerTokenProvider(new DefaultAzureCredential(), scope);
  client = new AzureOpenAI({
    endpoint,
    azureADTokenProvider,
    apiVersion: "2024-10-21",
  });
}
export default client;
''', OPENAI + IDENTITY + '''
const endpoint = process.env.AZURE_OPENAI_ENDPOINT;
let client: AzureOpenAI;
// signed in
const scope = "https://cognitiveservices.azure.com/.default";
const azureADTokenProvider = getBearerTokenProvider(new DefaultAzureCredential(), scope);
client = new AzureOpenAI({
  endpoint,
  azureADTokenProvider,
  apiVersion: "2024-10-21",
});
export default client;
'''),
    case("what has a name of its own outside stays in its block", OPENAI + IDENTITY + '''
export function connect(scope: string) {
  const apiKey = process.env.AZURE_OPENAI_API_KEY;
  let client;
  if (!apiKey) {
    const scope = "https://cognitiveservices.azure.com/.default";
    client = new AzureOpenAI({ azureADTokenProvider: getBearerTokenProvider(new DefaultAzureCredential(), scope) });
  } else {
    client = new AzureOpenAI({ apiKey });
  }
  console.log(scope);
  return client;
}
''', OPENAI + IDENTITY + '''
export function connect(scope: string) {
  let client;
  {
    const scope = "https://cognitiveservices.azure.com/.default";
    client = new AzureOpenAI({ azureADTokenProvider: getBearerTokenProvider(new DefaultAzureCredential(), scope) });
  }
  console.log(scope);
  return client;
}
'''),
    case("what follows an early return with a token is not reached", {"app.js":
'''const { AzureOpenAI } = require("openai");
const { azureADTokenProvider } = require("./auth");

function createClient() {
  const apiKey = process.env.AZURE_OPENAI_API_KEY;
  const endpoint = process.env.AZURE_OPENAI_ENDPOINT;
  if (!apiKey) {
    return new AzureOpenAI({ endpoint, azureADTokenProvider, apiVersion: "2024-10-21" });
  }
  return new AzureOpenAI({ endpoint, apiKey, apiVersion: "2024-10-21" });
}
module.exports = { createClient };
'''}, {"app.js": '''const { AzureOpenAI } = require("openai");
const { azureADTokenProvider } = require("./auth");

function createClient() {
  const endpoint = process.env.AZURE_OPENAI_ENDPOINT;
  return new AzureOpenAI({ endpoint, azureADTokenProvider, apiVersion: "2024-10-21" });
}
module.exports = { createClient };
'''}, forms=False),
    case("a client that exists with a key only keeps its question", OPENAI + '''
const key = process.env.AZURE_OPENAI_API_KEY;

export function make(endpoint: string) {
  if (key) {
    return new AzureOpenAI({ endpoint, apiKey: key, apiVersion: "2024-10-21" });
  }
  return null;
}
''', IDENTITY + OPENAI + '''
const key = process.env.AZURE_OPENAI_API_KEY;

''' + PROVIDER + '''
export function make(endpoint: string) {
  if (key) {
    return new AzureOpenAI({ endpoint, azureADTokenProvider: tokenProvider, apiKey: "", apiVersion: "2024-10-21" });
  }
  return null;
}
'''),
    case("questions for a key and something else ask for the other thing", OPENAI + '''
const key = process.env.AZURE_OPENAI_API_KEY;
const endpoint = process.env.AZURE_OPENAI_ENDPOINT;
export let client: AzureOpenAI | null = null;
if (endpoint && key) {
  client = new AzureOpenAI({ endpoint, apiKey: key, apiVersion: "2024-10-21" });
}
export const ready = Boolean(key && endpoint);
''', IDENTITY + OPENAI + '''
const endpoint = process.env.AZURE_OPENAI_ENDPOINT;
export let client: AzureOpenAI | null = null;
''' + PROVIDER + '''if (endpoint) {
  client = new AzureOpenAI({ endpoint, azureADTokenProvider: tokenProvider, apiVersion: "2024-10-21" });
}
export const ready = Boolean(endpoint);
'''),
    case("a chain of choices is left as it is", OPENAI + IDENTITY + '''
const apiKey = process.env.AZURE_OPENAI_API_KEY;
const tokenProvider = getBearerTokenProvider(new DefaultAzureCredential(), "https://cognitiveservices.azure.com/.default");
let client: AzureOpenAI;
if (apiKey) {
  client = new AzureOpenAI({ apiKey });
} else if (process.env.USE_ENTRA) {
  client = new AzureOpenAI({ azureADTokenProvider: tokenProvider });
} else {
  throw new Error("no key");
}
export default client;
''', OPENAI + IDENTITY + '''
const apiKey = process.env.AZURE_OPENAI_API_KEY;
const tokenProvider = getBearerTokenProvider(new DefaultAzureCredential(), "https://cognitiveservices.azure.com/.default");
let client: AzureOpenAI;
if (apiKey) {
  client = new AzureOpenAI({ azureADTokenProvider: tokenProvider, apiKey: "" });
} else if (process.env.USE_ENTRA) {
  client = new AzureOpenAI({ azureADTokenProvider: tokenProvider, apiKey: "" });
} else {
  throw new Error("no key");
}
export default client;
'''),
    case("entries of a choice stand by themselves", OPENAI + '''import { azureADTokenProvider } from "./auth";

const apiKey = process.env.AZURE_OPENAI_API_KEY;
export const client = new AzureOpenAI({
  endpoint: process.env.AZURE_OPENAI_ENDPOINT,
  ...(apiKey ? { apiKey } : { azureADTokenProvider }),
});
''', OPENAI + '''import { azureADTokenProvider } from "./auth";

export const client = new AzureOpenAI({
  endpoint: process.env.AZURE_OPENAI_ENDPOINT,
  azureADTokenProvider,
});
'''),
    case("optional entries of the key are there always", OPENAI + '''import { azureADTokenProvider } from "./auth";

const apiKey = process.env.AZURE_OPENAI_API_KEY;
export const client = new AzureOpenAI({ endpoint: process.env.AZURE_OPENAI_ENDPOINT, ...(apiKey && { apiKey }) });
''', IDENTITY + OPENAI + '''import { azureADTokenProvider } from "./auth";

''' + PROVIDER + '''export const client = new AzureOpenAI({ endpoint: process.env.AZURE_OPENAI_ENDPOINT, azureADTokenProvider: tokenProvider });
'''),
    case("assertions of the key go, others stay", '''import assert from "node:assert";
import invariant from "tiny-invariant";
''' + OPENAI + '''
const apiKey = process.env.AZURE_OPENAI_API_KEY;
if (!apiKey) throw new Error("AZURE_OPENAI_API_KEY is missing");
assert(apiKey, "AZURE_OPENAI_API_KEY is missing");
assert.ok(process.env.AZURE_OPENAI_API_KEY);
invariant(process.env.AZURE_OPENAI_ENDPOINT && apiKey, "endpoint and key are missing");
export const client = new AzureOpenAI({ endpoint: process.env.AZURE_OPENAI_ENDPOINT, apiKey: apiKey!, apiVersion: "2024-10-21" });
''', '''import invariant from "tiny-invariant";
''' + OPENAI + IDENTITY + '''
invariant(process.env.AZURE_OPENAI_ENDPOINT, "endpoint and key are missing");
''' + PROVIDER + '''export const client = new AzureOpenAI({ endpoint: process.env.AZURE_OPENAI_ENDPOINT, azureADTokenProvider: tokenProvider, apiVersion: "2024-10-21" });
'''),
    case("a field that is a parameter too is a parameter alone", {"client.ts": OPENAI + '''
export class Bot {
  private readonly client: AzureOpenAI;
  constructor(endpoint: string, private readonly apiKey: string, private name = "bot") {
    this.client = new AzureOpenAI({ endpoint, apiKey, apiVersion: "2024-10-21" });
  }
  who() {
    return this.name + this.client;
  }
}
'''}, {"client.ts": IDENTITY + OPENAI + '''
''' + PROVIDER + '''
export class Bot {
  private readonly client: AzureOpenAI;
  constructor(endpoint: string, apiKey: string, private name = "bot") {
    this.client = new AzureOpenAI({ endpoint, azureADTokenProvider: tokenProvider, apiVersion: "2024-10-21" });
  }
  who() {
    return this.name + this.client;
  }
}
'''}),
    case("members of types say nothing about semicolons", {"app.js": "", "app.ts": OPENAI + '''
interface Options {
  endpoint: string;
  key: string;
}
export function connect(options: Options) {
  return new AzureOpenAI({ endpoint: options.endpoint, apiKey: options.key });
}
'''}, {"app.ts": IDENTITY + OPENAI + '''
interface Options {
  endpoint: string;
}

''' + PROVIDER + '''
export function connect(options: Options) {
  return new AzureOpenAI({ endpoint: options.endpoint, azureADTokenProvider: tokenProvider });
}
'''}, forms=False),
    case("a parameter goes with the arguments of all calls", OPENAI + '''
function connect(endpoint: string, key: string, deployment?: string): AzureOpenAI {
  return new AzureOpenAI({ endpoint, apiKey: key, deployment });
}

const a = connect(process.env.AZURE_OPENAI_ENDPOINT!, process.env.AZURE_OPENAI_API_KEY!, "chat");
const b = connect("https://contoso.openai.azure.com", process.env.AZURE_OPENAI_API_KEY!);
console.log(a, b);
''', IDENTITY + OPENAI + '''
''' + PROVIDER + '''
function connect(endpoint: string, deployment?: string): AzureOpenAI {
  return new AzureOpenAI({ endpoint, azureADTokenProvider: tokenProvider, deployment });
}

const a = connect(process.env.AZURE_OPENAI_ENDPOINT!, "chat");
const b = connect("https://contoso.openai.azure.com");
console.log(a, b);
'''),
    case("a constructor loses it where all who call it are here", {"client.ts": OPENAI + '''
export class Bot {
  private readonly client: AzureOpenAI;
  constructor(endpoint: string, private readonly apiKey: string, private name = "bot") {
    this.client = new AzureOpenAI({ endpoint, apiKey: this.apiKey });
  }
  who() {
    return this.name + this.client;
  }
}
''', "app.ts": '''import { Bot } from "./client";

const bot: Bot = new Bot(process.env.AZURE_OPENAI_ENDPOINT!, process.env.AZURE_OPENAI_API_KEY!);
console.log(bot.who());
'''}, {"client.ts": IDENTITY + OPENAI + '''
''' + PROVIDER + '''
export class Bot {
  private readonly client: AzureOpenAI;
  constructor(endpoint: string, private name = "bot") {
    this.client = new AzureOpenAI({ endpoint, azureADTokenProvider: tokenProvider });
  }
  who() {
    return this.name + this.client;
  }
}
''', "app.ts": '''import { Bot } from "./client";

const bot: Bot = new Bot(process.env.AZURE_OPENAI_ENDPOINT!);
console.log(bot.who());
'''}),
    case("a member of an object that is taken apart goes with its type and with what callers write", {"client.ts": OPENAI + '''
interface Options {
  endpoint: string;
  apiKey: string;
}

export function connect({ endpoint, apiKey }: Options) {
  return new AzureOpenAI({ endpoint, apiKey });
}
''', "app.ts": '''import { connect } from "./client";

export const bot = connect({ endpoint: process.env.AZURE_OPENAI_ENDPOINT!, apiKey: process.env.AZURE_OPENAI_API_KEY! });
'''}, {"client.ts": IDENTITY + OPENAI + '''
interface Options {
  endpoint: string;
}

''' + PROVIDER + '''
export function connect({ endpoint }: Options) {
  return new AzureOpenAI({ endpoint, azureADTokenProvider: tokenProvider });
}
''', "app.ts": '''import { connect } from "./client";

export const bot = connect({ endpoint: process.env.AZURE_OPENAI_ENDPOINT! });
'''}),
    case("a member of options goes the same way", {"client.ts": OPENAI + '''
export interface Options {
  endpoint: string;
  apiKey: string;
}

export const connect = (options: Options) =>
  new AzureOpenAI({ endpoint: options.endpoint, apiKey: options.apiKey });
''', "app.ts": '''import { connect } from "./client";

export const bot = connect({ endpoint: process.env.AZURE_OPENAI_ENDPOINT!, apiKey: process.env.AZURE_OPENAI_API_KEY! });
'''}, {"client.ts": IDENTITY + OPENAI + '''
export interface Options {
  endpoint: string;
}

''' + PROVIDER + '''
export const connect = (options: Options) =>
  new AzureOpenAI({ endpoint: options.endpoint, azureADTokenProvider: tokenProvider });
''', "app.ts": '''import { connect } from "./client";

export const bot = connect({ endpoint: process.env.AZURE_OPENAI_ENDPOINT! });
'''}),
    case("what a package exports keeps its parameters", {"package.json": '''{
  "name": "bots",
  "exports": "./client.js",
  "dependencies": {
    "@azure/identity": "^4.13.0",
    "openai": "^6.49.0"
  }
}
''', "client.js": OPENAI + '''
export function connect(endpoint, key) {
  return new AzureOpenAI({ endpoint, apiKey: key });
}

connect(process.env.AZURE_OPENAI_ENDPOINT, process.env.AZURE_OPENAI_API_KEY);
'''}, {"client.js": IDENTITY + OPENAI + '''
''' + PROVIDER + '''
export function connect(endpoint, key) {
  return new AzureOpenAI({ endpoint, azureADTokenProvider: tokenProvider, apiKey: "" });
}

connect(process.env.AZURE_OPENAI_ENDPOINT, process.env.AZURE_OPENAI_API_KEY);
'''}, forms=False),
    case("another major version is for people", {"package.json": '''{
  "dependencies": {
    "openai": "^4.67.1"
  }
}
''', "app.ts": '''import { OpenAI } from "openai";

export const client = new OpenAI({
  apiKey: process.env.AZURE_OPENAI_API_KEY,
  baseURL: `https://contoso.openai.azure.com/openai/deployments/chat`,
  defaultQuery: { "api-version": "2024-10-21" },
  defaultHeaders: { "api-key": process.env.AZURE_OPENAI_API_KEY },
});
'''}, {}, says="another major version than openai>=5.19.1", forms=False),
    case("the minimum of the major version that is there", {"package.json": '''{
  "dependencies": {
    "@ai-sdk/azure": "^3.0.10"
  }
}
''', "app.ts": '''import { createAzure } from "@ai-sdk/azure";

export const azure = createAzure({ resourceName: "contoso", apiKey: process.env.AZURE_API_KEY });
'''}, {"package.json": '''{
  "dependencies": {
    "@ai-sdk/azure": "^3.0.69",
    "@azure/identity": "^4.2.0"
  }
}
''', "app.ts": '''import { createAzure } from "@ai-sdk/azure";
''' + IDENTITY + '''
''' + PROVIDER + '''export const azure = createAzure({ resourceName: "contoso", tokenProvider });
'''}, forms=False),
    case("Translator on a regional host takes no plain token", {"app.ts": '''export async function translate(text: string) {
  return fetch(process.env.AZURE_TRANSLATOR_ENDPOINT + "/translate?api-version=3.0", {
    method: "POST",
    headers: {
      "Ocp-Apim-Subscription-Key": process.env.AZURE_TRANSLATOR_KEY!,
      "Ocp-Apim-Subscription-Region": "westeurope",
    },
    body: JSON.stringify([{ text }]),
  });
}
'''}, {}, forms=False),
    case("a comment above a function stays there", '''import { OpenAIClient, AzureKeyCredential } from "@azure/openai";

const log = console;

/**
 * Asks once.
 */
export const ask = (endpoint: string) => {
  const client = new OpenAIClient(endpoint, new AzureKeyCredential(process.env.AZURE_OPENAI_API_KEY!));
  return client.getChatCompletions("chat", []);
};
''', '''import { DefaultAzureCredential } from "@azure/identity";
import { OpenAIClient } from "@azure/openai";

const log = console;

const credential = new DefaultAzureCredential();

/**
 * Asks once.
 */
export const ask = (endpoint: string) => {
  const client = new OpenAIClient(endpoint, credential);
  return client.getChatCompletions("chat", []);
};
'''),
    case("of two credentials the one that stands there already", '''import { AzureKeyCredential, DocumentAnalysisClient } from "@azure/ai-form-recognizer";
import { DefaultAzureCredential } from "@azure/identity";

const useIdentity = process.env.USE_IDENTITY === "true";

export const make = (endpoint: string) => {
  const credential = useIdentity
    ? new DefaultAzureCredential()
    : new AzureKeyCredential(process.env.AZURE_DOCUMENT_INTELLIGENCE_KEY!);
  return new DocumentAnalysisClient(endpoint, credential);
};
''', '''import { DocumentAnalysisClient } from "@azure/ai-form-recognizer";
import { DefaultAzureCredential } from "@azure/identity";

export const make = (endpoint: string) => {
  const credential = new DefaultAzureCredential();
  return new DocumentAnalysisClient(endpoint, credential);
};
'''),
    case("the key behind a switch", OPENAI + '''
const apiKey = process.env.AZURE_OPENAI_API_KEY;
if (!apiKey) {
  throw new Error("no key");
}
export const client = new AzureOpenAI({
  endpoint: process.env.AZURE_OPENAI_ENDPOINT,
  apiKey,
});
''', GATED, options=["--strategy", "gated"]),
    case("the switch goes again", GATED, IDENTITY + OPENAI + '''
''' + PROVIDER + '''export const client = new AzureOpenAI({
  endpoint: process.env.AZURE_OPENAI_ENDPOINT,
  azureADTokenProvider: tokenProvider,
});
'''),
    case("a client that reads the key by itself, behind a switch", {"app.js": '''const { AzureOpenAI } = require("openai");

module.exports = new AzureOpenAI({ endpoint: process.env.AZURE_OPENAI_ENDPOINT });
'''}, {"app.js": '''const { DefaultAzureCredential, getBearerTokenProvider } = require("@azure/identity");
const { AzureOpenAI } = require("openai");

''' + PROVIDER + GATE + '''module.exports = new AzureOpenAI({ endpoint: process.env.AZURE_OPENAI_ENDPOINT, ...(useEntraId ? { azureADTokenProvider: tokenProvider, apiKey: "" } : {}) });
'''}, options=["--strategy", "gated"], forms=False),
    case("types tell two kinds of credentials apart: two calls", '''import { AzureKeyCredential, OpenAIClient } from "@azure/openai";

export const client = new OpenAIClient("https://contoso.openai.azure.com", new AzureKeyCredential(process.env.AZURE_OPENAI_API_KEY!));
''', '''import { DefaultAzureCredential } from "@azure/identity";
import { AzureKeyCredential, OpenAIClient } from "@azure/openai";

const credential = new DefaultAzureCredential();
''' + GATE + '''export const client = useEntraId ? new OpenAIClient("https://contoso.openai.azure.com", credential) '''
         ''': new OpenAIClient("https://contoso.openai.azure.com", new AzureKeyCredential(process.env.AZURE_OPENAI_API_KEY!));
''', options=["--strategy", "gated"], forms=False),
    case("an interceptor behind a switch", {"app.js": '''const axios = require("axios");

const http = axios.create({
  baseURL: "https://contoso.openai.azure.com/openai/deployments/chat",
  headers: { "api-key": process.env.AZURE_OPENAI_API_KEY },
});
module.exports = http;
'''}, {"app.js": AXIOS}, options=["--strategy", "gated"]),
    case("an interceptor without its switch", {"app.js": AXIOS}, {"app.js": '''const { DefaultAzureCredential, getBearerTokenProvider } = require("@azure/identity");
const axios = require("axios");

''' + PROVIDER + '''const http = axios.create({
  baseURL: "https://contoso.openai.azure.com/openai/deployments/chat",
  headers: {},
});
http.interceptors.request.use(async (config) => {
  config.headers.Authorization = `Bearer ${await tokenProvider()}`;
  return config;
});
module.exports = http;
'''}),
    case("a header that was set only with a key is always set", {"app.mjs": """export async function ask(body) {
  const apiKey = process.env.AZURE_OPENAI_API_KEY;
  const headers = { "Content-Type": "application/json" };
  if (apiKey) {
    headers["api-key"] = apiKey;
  }
  return fetch("https://contoso.openai.azure.com/openai/v1/responses", { method: "POST", headers, body });
}
"""}, {"app.mjs": IDENTITY + """
""" + PROVIDER + """
export async function ask(body) {
  const headers = { "Content-Type": "application/json" };
  headers["Authorization"] = `Bearer ${await tokenProvider()}`;
  return fetch("https://contoso.openai.azure.com/openai/v1/responses", { method: "POST", headers, body });
}
"""}),
    case("what makes headers waits, and so do its callers; nobody hands the key on", {
        "client.js": """const root = "https://contoso.openai.azure.com";

async function post({ apiKey, payload }) {
  for (const route of routes("chat")) {
    const response = await fetch(route.url, { method: "POST", headers: route.headers(apiKey), body: payload });
    if (response.ok) return response.headers.get("x-request-id");
  }
}

function routes(name) {
  return [
    { url: `${root}/openai/deployments/${name}/chat/completions`, headers: (apiKey) => ({ "api-key": apiKey }) },
    { url: `${root}/openai/v1/chat/completions`, headers: (apiKey) => ({ "api-key": apiKey, Accept: "text/plain" }) },
  ];
}

module.exports = { post };
""",
        "main.js": """const { post } = require("./client");

module.exports = async function (context, request) {
  const apiKey = process.env.FOUNDRY_API_KEY || process.env.AZURE_OPENAI_KEY;
  const endpoint = process.env.AZURE_OPENAI_ENDPOINT;
  if (!endpoint || !apiKey) {
    context.res = { status: 500 };
    return;
  }
  context.res = { body: await post({ apiKey, payload: request.body }) };
};
"""}, {
        "client.js": """const { DefaultAzureCredential, getBearerTokenProvider } = require("@azure/identity");

const root = "https://contoso.openai.azure.com";

async function post({ payload }) {
  for (const route of routes("chat")) {
    const response = await fetch(route.url, { method: "POST", headers: await route.headers(), body: payload });
    if (response.ok) return response.headers.get("x-request-id");
  }
}

""" + PROVIDER + """
function routes(name) {
  return [
    { url: `${root}/openai/deployments/${name}/chat/completions`, headers: async () => ({ Authorization: `Bearer ${await tokenProvider()}` }) },
    { url: `${root}/openai/v1/chat/completions`, headers: async () => ({ Authorization: `Bearer ${await tokenProvider()}`, Accept: "text/plain" }) },
  ];
}

module.exports = { post };
""",
        "main.js": """const { post } = require("./client");

module.exports = async function (context, request) {
  const endpoint = process.env.AZURE_OPENAI_ENDPOINT;
  if (!endpoint) {
    context.res = { status: 500 };
    return;
  }
  context.res = { body: await post({ payload: request.body }) };
};
"""}),
    case("a helper with a type, called by one that waits already", """const url = "https://contoso.openai.azure.com/openai/v1/responses";

function signed(): Record<string, string> {
  return { "api-key": process.env.AZURE_OPENAI_API_KEY! };
}

function options() {
  return { method: "POST", headers: { Accept: "text/plain", ...signed() } };
}

export async function ask(body: string) {
  const response = await fetch(url, { ...options(), body });
  return Object.keys(signed()).length + response.status;
}
""", IDENTITY + """
const url = "https://contoso.openai.azure.com/openai/v1/responses";

""" + PROVIDER + """
async function signed(): Promise<Record<string, string>> {
  return { Authorization: `Bearer ${await tokenProvider()}` };
}

async function options() {
  return { method: "POST", headers: { Accept: "text/plain", ...(await signed()) } };
}

export async function ask(body: string) {
  const response = await fetch(url, { ...(await options()), body });
  return Object.keys(await signed()).length + response.status;
}
"""),
    case("a helper that somebody else calls, or calls at once, stays", {
        "signed.js": """function signed() {
  return { "api-key": process.env.AZURE_OPENAI_API_KEY, host: "contoso.openai.azure.com" };
}
function twice() {
  return { "api-key": process.env.AZURE_OPENAI_API_KEY, host: "contoso.openai.azure.com" };
}
const once = twice();
module.exports = { signed, once };
""",
        "main.js": """const { signed } = require("./signed");

module.exports = () => fetch("https://contoso.openai.azure.com/openai/v1/responses", { headers: signed() });
"""}, {}, says="not async"),
    case("the last way in with a key goes; a client that had a token before stays as it is", {
        "run.sh": "export AZURE_OPENAI_API_KEY=$1\nnode app.js\n",
        "app.ts": OPENAI + IDENTITY + """
const endpoint = process.env.AZURE_OPENAI_ENDPOINT;
const apiKey = process.env.AZURE_OPENAI_API_KEY;
const scope = "https://cognitiveservices.azure.com/.default";
let client: AzureOpenAI;
if (process.env.USE_MANAGED_IDENTITY === "true") {
  const azureADTokenProvider = getBearerTokenProvider(new DefaultAzureCredential(), scope);
  client = new AzureOpenAI({ azureADTokenProvider, endpoint });
} else if (apiKey) {
  console.log("with a key");
  client = new AzureOpenAI({ apiKey, endpoint });
} else {
  const azureADTokenProvider = getBearerTokenProvider(new DefaultAzureCredential(), scope);
  client = new AzureOpenAI({ azureADTokenProvider, endpoint });
}
export default client;
""", ".env.example": "AZURE_OPENAI_API_KEY=\nAZURE_OPENAI_ENDPOINT=\n"}, {"app.ts": OPENAI + IDENTITY + """
const endpoint = process.env.AZURE_OPENAI_ENDPOINT;
const scope = "https://cognitiveservices.azure.com/.default";
let client: AzureOpenAI;
if (process.env.USE_MANAGED_IDENTITY === "true") {
  const azureADTokenProvider = getBearerTokenProvider(new DefaultAzureCredential(), scope);
  client = new AzureOpenAI({ azureADTokenProvider, endpoint });
} else {
  const azureADTokenProvider = getBearerTokenProvider(new DefaultAzureCredential(), scope);
  client = new AzureOpenAI({ azureADTokenProvider, apiKey: "", endpoint });
}
export default client;
"""}),
    case("a syntax error elsewhere hides no reader", {"app.ts": """export async function ask(body: string) {
  const apiKey = process.env.AZURE_OPENAI_API_KEY;
  if (!apiKey) throw new Error("no key");
  return fetch("https://contoso.openai.azure.com/openai/v1/responses", { method: "POST", headers: { "api-key": apiKey }, body });
}

export function two() {
  return 2;
}
}
"""}, {"app.ts": IDENTITY + """
""" + PROVIDER + """
export async function ask(body: string) {
  return fetch("https://contoso.openai.azure.com/openai/v1/responses", { method: "POST", headers: { Authorization: `Bearer ${await tokenProvider()}` }, body });
}

export function two() {
  return 2;
}
}
"""}, forms=False),
    case("an old createAzure gets a fetch that swaps the key for a token; a server may read public settings", {
        "package.json": """{
  "dependencies": {
    "@ai-sdk/azure": "^1.0.9",
    "ai": "^4.0.13"
  }
}
""",
        "app/api/chat/route.ts": """import { createAzure } from "@ai-sdk/azure";

const azure = createAzure({
  resourceName: process.env.AZURE_OPENAI_RESOURCE!,
  apiKey: process.env.AZURE_OPENAI_KEY!,
});
console.log(process.env.NEXT_PUBLIC_URL);
export default azure;
"""}, {
        "package.json": """{
  "dependencies": {
    "@ai-sdk/azure": "^1.0.9",
    "@azure/identity": "^4.2.0",
    "ai": "^4.0.13"
  }
}
""",
        "app/api/chat/route.ts": 'import { createAzure } from "@ai-sdk/azure";\n' + IDENTITY + "\n" + PROVIDER + """
async function fetchWithToken(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const headers = new Headers(init?.headers);
  headers.delete("api-key");
  headers.set("Authorization", `Bearer ${await tokenProvider()}`);
  return fetch(input, { ...init, headers });
}

const azure = createAzure({
  resourceName: process.env.AZURE_OPENAI_RESOURCE!,
  apiKey: "unused",
  fetch: fetchWithToken,
});
console.log(process.env.NEXT_PUBLIC_URL);
export default azure;
"""}),
    case("a page may run in a browser", {
        "pages/chat.tsx": """import { AzureOpenAI } from "openai";

export const client = new AzureOpenAI({ endpoint: process.env.NEXT_PUBLIC_ENDPOINT, apiKey: process.env.AZURE_OPENAI_API_KEY });
"""}, {}, says="browser", forms=False),
]
