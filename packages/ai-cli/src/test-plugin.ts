/**
 * A program of its own, which `plugins test` starts for each backend and recipe: it imports the package's module as `send`
 * would, and runs the contract suite on what was registered, against a fake server.
 */
import { backendForm, type PluginKind } from "@d0ttino/plugin-sdk/host";
import type { AnyBackend, AnyRecipe, RecipeOption } from "@d0ttino/plugin-sdk";
import {
  checkBackend,
  checkRecipe,
  ContractError,
  fakeServer,
  type ContractCheck,
  type FakeServer,
} from "@d0ttino/plugin-sdk/testing";
import { backendVariable } from "@d0ttino/llm/config/backend-variable";
import { setVariable } from "@d0ttino/llm/config/environment";
import { messageOf } from "@d0ttino/llm/errors/message-of";
import { PluginHost } from "@d0ttino/llm/host/plugin-host";
import { KIND_OF_GROUP } from "@d0ttino/llm/host/plugin-package";
import { isThisMachine } from "@d0ttino/llm/network/this-machine";
import { recipeOptionValues } from "./commands/recipe-options.ts";
import type { ContractMessage, ContractRequest } from "./manager/contract/contract-message.ts";
import { watchConnections } from "./manager/doctor/watch-connections.ts";
import { programLocation } from "./program-location.ts";

/** The most time for one answer or plan, in milliseconds: everything is on this machine. */
const TIMEOUT = 10_000;
/** How often it is told that the process is not blocked, in milliseconds. */
const SIGN_OF_LIFE = 1000;
const KEY = "key-for-the-fake-server";

const { package: owner, entry, options } = JSON.parse(process.argv[2] ?? "") as ContractRequest;
// What a plug-in does to the process must not keep it from telling.
const send = process.send?.bind(process) as (message: ContractMessage, done?: () => void) => void;
process.on("disconnect", () => process.exit());
void testEntry();

async function testEntry(): Promise<void> {
  setInterval(() => send({ type: "alive" }), SIGN_OF_LIFE);
  const server = await fakeServer();
  prepareEnvironment(server);
  const connections: string[] = [];
  watchConnections(({ host, shown }) => {
    if (isThisMachine(host.includes(":") ? `[${host}]` : host)) return true;
    connections.push(shown);
    return false;
  });
  send({ type: "end", checks: await checksOf(KIND_OF_GROUP[entry.group], server), connections });
}

/** Lets the plug-in find the fake server as it would find its service: before its module is read. */
function prepareEnvironment({ url }: FakeServer): void {
  setVariable(backendVariable(entry.name, "BASE_URL"), url);
  setVariable(backendVariable(entry.name, "API_KEY"), KEY);
  for (const [name, value] of Object.entries(options.env)) setVariable(name, value.replaceAll("{server}", url));
}

async function checksOf(kind: PluginKind, server: FakeServer): Promise<readonly ContractCheck[]> {
  try {
    const host = new PluginHost({ location: programLocation(), onProblem: () => {} });
    const plugin = await host.loadFrom({ kind, name: entry.name, place: "linked", package: owner, entry });
    const report = await (kind === "backend" ? testBackend : testRecipe)(plugin.value, plugin.options, server);
    return report.checks;
  } catch (error) {
    if (error instanceof ContractError) return error.report.checks;
    return [{ name: "can be asked", ok: false, message: messageOf(error) }];
  }
}

type Registered = Readonly<Record<string, unknown>>;

async function testBackend(value: unknown, { defaultModel, models }: Registered, server: FakeServer) {
  const declared = [options.model, defaultModel, ...(Array.isArray(models) ? models : [])];
  const model =
    declared.find((one) => typeof one === "string") ??
    (backendForm(value) === "ai-sdk-provider" ? "fake-model" : undefined);
  return checkBackend(value as AnyBackend, { name: entry.name, server, model, timeout: TIMEOUT });
}

async function testRecipe(value: unknown, { options: declared, deterministic, shell }: Registered) {
  return checkRecipe(value as AnyRecipe, {
    goals: options.goals,
    deterministic: deterministic !== false,
    options: recipeOptionValues((declared ?? {}) as Readonly<Record<string, RecipeOption>>, {}),
    cwd: process.cwd(),
    timeout: TIMEOUT,
    // What a model says cannot be known; a recipe must be able to live with this.
    ask: async () => "This is the answer of a model.",
    ...(typeof shell === "string" ? { shell } : {}),
  });
}
