import { AsyncLocalStorage } from "node:async_hooks";
import { registry } from "@d0ttino/plugin-sdk/host";

let importing: AsyncLocalStorage<string> | undefined;

/**
 * Runs an import so that what is registered meanwhile, also by modules it imports, is put down to `owner`. Several
 * may run at once: the owner follows the asynchronous context, so nothing that the program registers itself in
 * between is put down to a plug-in.
 */
export function importAs<T>(owner: string, load: () => Promise<T>): Promise<T> {
  importing ??= followImports();
  return importing.run(owner, load);
}

function followImports(): AsyncLocalStorage<string> {
  const owners = new AsyncLocalStorage<string>();
  const shared = registry();
  const outer = shared.currentOwner;
  shared.currentOwner = () => owners.getStore() ?? outer?.();
  return owners;
}
