import { registerHooks } from "node:module";

/** Where the host's own copy of the SDK lies, as URLs. */
export interface SdkLocation {
  /** `@d0ttino/plugin-sdk` */
  readonly main: string;
  /** `@d0ttino/plugin-sdk/testing` */
  readonly testing: string;
}

let installed = false;

/**
 * Lets every plug-in import the SDK without having it installed: no registry has to have it, and a plug-in in a
 * folder of its own finds it too. Importers inside the host keep their own resolution.
 * @param hostUrl the folder of the host's own modules, with a trailing slash
 */
export function provideSdk(sdk: SdkLocation, hostUrl: string): void {
  if (installed) return;
  installed = true;
  const targets = new Map([
    ["@d0ttino/plugin-sdk", sdk.main],
    ["@d0ttino/plugin-sdk/testing", sdk.testing],
  ]);
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const url = targets.get(specifier);
      if (url === undefined || isInHost(context.parentURL, hostUrl)) return nextResolve(specifier, context);
      return { url, shortCircuit: true };
    },
  });
}

/** Packages in a node_modules folder within the host's own are plug-ins like those elsewhere. */
function isInHost(importer: string | undefined, hostUrl: string): boolean {
  return importer?.startsWith(hostUrl) === true && !importer.includes("/node_modules/", hostUrl.length - 1);
}
