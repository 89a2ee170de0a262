import { AsyncLocalStorage } from "node:async_hooks";
import { registry } from "@d0ttino/plugin-sdk/host";

const importing = new AsyncLocalStorage<string>();
let installed = false;

/**
 * Runs an import so that what is registered meanwhile, also by modules it imports, is put down to `owner`. Several
 * may run at once: the owner follows the asynchronous context, so nothing that the program registers itself in
 * between is put down to a plug-in.
 */
export function importAs<T>(owner: string, load: () => Promise<T>): Promise<T> {
  if (!installed) {
    installed = true;
    const shared = registry();
    const outer = shared.currentOwner;
    shared.currentOwner = () => importing.getStore() ?? outer?.();
  }
  return importing.run(owner, load);
}
