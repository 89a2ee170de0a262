import { constants, accessSync, existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { normalizeName } from "@d0ttino/plugin-sdk/host";
import { configuredServers } from "@d0ttino/llm/backends/openai-compatible/configured-servers";
import { readConfig } from "@d0ttino/llm/config/config-file";
import { directories } from "@d0ttino/llm/config/directories";
import { variable } from "@d0ttino/llm/config/environment";
import { storedKeys } from "@d0ttino/llm/config/keys-file";
import { D0ttinoError, isD0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { codeOf, messageOf, sentence } from "@d0ttino/llm/errors/message-of";
import { listModelFiles } from "@d0ttino/llm/models/model-files";
import { splitModel } from "@d0ttino/llm/routing/choose-route";
import { routeSettings } from "@d0ttino/llm/routing/route-settings";
import { hasEmbedded, usableBackends } from "@d0ttino/llm/routing/usable-backends";
import type { Finding } from "../manager/doctor/finding.ts";
import { settingsFindings } from "../manager/doctor/settings-findings.ts";
import { findShell } from "../recipes/shell.ts";
import type { Invocation } from "./command.ts";
import { doctor as examinePlugins } from "./plugins/doctor.ts";

/** `ai-cli doctor`: plug-ins, and what else has to be right on this machine. */
export function doctor(invocation: Invocation): Promise<number> {
  if (invocation.words.length > 0) {
    throw new D0ttinoError("usage", "ai-cli doctor takes no names.", {
      hint: "ai-cli plugins doctor NAME looks at one.",
    });
  }
  return examinePlugins({ ...invocation, kind: undefined }, async (signal) => ({
    findings: await machineFindings(invocation, signal),
    facts: machineFacts(),
  }));
}

function machineFacts(): Readonly<Record<string, string>> {
  const { configFile, pluginHome, cache } = directories();
  return {
    node: `${process.version}, ${process.platform} ${process.arch}`,
    config: dirname(configFile),
    data: dirname(pluginHome),
    cache,
    shell: findShell(undefined).file,
    models:
      listModelFiles()
        .map((one) => one.name)
        .join(", ") || "none on this machine",
  };
}

async function machineFindings({ host, options }: Invocation, signal: AbortSignal): Promise<Finding[]> {
  const ofSystem = [...folderFindings(), ...shellFindings()];
  try {
    return [
      ...ofSystem,
      ...routeFindings(host),
      ...modelFindings(host),
      ...(options["offline"] === true ? [] : await serverFindings(host, signal)),
    ];
  } catch (error) {
    if (!isD0ttinoError(error) || error.code !== "bad-config") throw error;
    const found = warning("settings", "config", messageOf(error), error.hint);
    // A file that cannot be read is told by itself.
    const isTold = settingsFindings().some(({ message }) => message === found.message);
    return isTold ? ofSystem : [...ofSystem, found];
  }
}

function warning(area: Finding["area"], about: string, message: string, hint?: string): Finding {
  return { area, level: "warning", about, message: sentence(message), hint: hint ?? null, fixable: false };
}

/** Folders that cannot be written, be they there or to be made. */
function folderFindings(): Finding[] {
  const { configFile, pluginHome, models, cache } = directories();
  const folders = new Set([dirname(configFile), pluginHome, models, cache]);
  return [...folders].flatMap((folder) => {
    let nearest = folder;
    while (!existsSync(nearest) && nearest !== dirname(nearest)) nearest = dirname(nearest);
    try {
      accessSync(nearest, constants.W_OK);
      return [];
    } catch (error) {
      const why = codeOf(error) ?? messageOf(error);
      return [
        warning(
          "machine",
          folder,
          `${folder} cannot be written (${why})`,
          "Check its permissions, or set D0TTINO_HOME.",
        ),
      ];
    }
  });
}

function shellFindings(): Finding[] {
  const { name, file } = findShell(undefined);
  const isThere = file.includes("/")
    ? existsSync(file)
    : (variable("PATH") ?? "").split(delimiter).some((dir) => existsSync(join(dir, file)));
  return isThere
    ? []
    : [warning("machine", "shell", `There is no ${name} to run the steps of recipes`, `Install ${name}.`)];
}

/** Backends of the route that are not there, or whose key is not. */
function routeFindings(host: Invocation["host"]): Finding[] {
  const keys = storedKeys();
  return routeSettings(readConfig()).route.flatMap((entry) => {
    const name = normalizeName(splitModel(entry).backend);
    if (!host.has("backend", name)) {
      return [
        warning(
          "settings",
          name,
          `The route names ${name}, and there is no such backend`,
          "ai-cli backends lists those there are.",
        ),
      ];
    }
    const server = configuredServers().find((one) => one.name === name);
    if (server?.needsKey !== true) return [];
    const { apiKeyVariable } = server;
    if (apiKeyVariable !== undefined && variable(apiKeyVariable) !== undefined) return [];
    const stored = keys.get(name);
    const reference = stored?.startsWith("env:") === true ? stored.slice("env:".length) : undefined;
    if (stored !== undefined && (reference === undefined || variable(reference) !== undefined)) return [];
    const missing =
      reference === undefined ? "no key is set" : `its key is in the variable ${reference}, which is not set`;
    return [warning("settings", name, `The route names ${name}, and ${missing}`, `Store it: ai-cli keys set ${name}`)];
  });
}

function modelFindings(host: Invocation["host"]): Finding[] {
  if (!hasEmbedded(host) || listModelFiles().length > 0) return [];
  return [
    warning(
      "machine",
      "models",
      "llama is installed, and no model is on this machine",
      "Bring one: ai-cli models pull smollm2",
    ),
  ];
}

/** Servers that the user pointed to and that do not answer. */
async function serverFindings(host: Invocation["host"], signal: AbortSignal): Promise<Finding[]> {
  const { failures } = await usableBackends(host, { mode: "auto", signal });
  return failures.map((failure) =>
    warning(
      "machine",
      failure.split(":")[0] ?? "server",
      `A server does not answer: ${failure}`,
      "Start it, or correct its address.",
    ),
  );
}
