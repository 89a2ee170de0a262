import type { Agent } from "node:http";
import { BackendError } from "@d0ttino/plugin-sdk/host";
import { variable } from "../config/environment.ts";
import { isThisMachine } from "./this-machine.ts";

type Protocol = "http:" | "https:";

/** The way through a proxy. */
export interface ProxyRoute {
  readonly agent: Agent;
  /** Host and port of the proxy. */
  readonly host: string;
}

/** The routes in use, by protocol, with what they were made of: connections are kept within an agent. */
const routes = new Map<Protocol, ProxyRoute & { readonly made: string }>();

/**
 * The way through the proxy of the environment (HTTPS_PROXY, HTTP_PROXY, NO_PROXY; lower case first, as
 * curl and Node have it), or undefined when there is none for this address. This machine is always asked directly, as
 * Go does it: a prompt to a local model must not leave for a proxy.
 * @throws BackendError `network` when there is a proxy that cannot be used; going around it in silence would be worse
 */
export function proxyRoute(url: URL): ProxyRoute | undefined {
  const protocol = url.protocol as Protocol;
  const name = protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const proxy = variable(name.toLowerCase()) ?? variable(name);
  if (proxy === undefined || isThisMachine(url.hostname)) return undefined;
  check(name, proxy);
  const noProxy = variable("no_proxy") ?? variable("NO_PROXY") ?? "";
  const made = JSON.stringify([proxy, noProxy]);
  const kept = routes.get(protocol);
  if (kept?.made === made) return kept;
  kept?.agent.destroy();
  const route = { made, host: new URL(proxy).host, agent: makeAgent(protocol, { [name]: proxy, NO_PROXY: noProxy }) };
  routes.set(protocol, route);
  return route;
}

function makeAgent(protocol: Protocol, proxyEnv: NodeJS.ProcessEnv): Agent {
  const client = process.getBuiltinModule(protocol === "https:" ? "node:https" : "node:http");
  return new client.Agent({ keepAlive: true, proxyEnv });
}

/** Node goes around a proxy that it does not understand. The value is not repeated: it may hold a password. */
function check(name: string, proxy: string): void {
  const protocol = URL.canParse(proxy) ? new URL(proxy).protocol : undefined;
  if (protocol !== "http:" && protocol !== "https:") {
    throw new BackendError(`${name} is not an http or https URL`, {
      kind: "network",
      hint: `Correct or unset ${name}.`,
    });
  }
  if (!knowsProxies(process.versions.node)) {
    throw new BackendError(`${name} is set, but Node ${process.versions.node} cannot use a proxy`, {
      kind: "network",
      hint: `Use Node 24.5 or newer (or 22.21), or unset ${name}.`,
    });
  }
}

/** Whether the agents of this version of Node take `proxyEnv`: 22.21 and 24.5 brought it (nodejs.org/api/http.html). */
export function knowsProxies(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
}
