import { SDK_VERSION } from "@d0ttino/plugin-sdk/host";
import { PluginError } from "./plugin-error.ts";
import type { PluginPackage } from "./plugin-package.ts";

/** Refuses a package that needs another SDK. Ranges that are no versions (`file:…`, `workspace:*`) say nothing. @throws PluginError */
export async function checkSdkRange(owner: PluginPackage): Promise<void> {
  if (owner.sdk === null || owner.sdk === "*") return;
  const { allowsVersion, gtr } = await import("./semver.ts");
  if (allowsVersion(owner.sdk, SDK_VERSION)) return;
  const newer = !gtr(SDK_VERSION, owner.sdk);
  throw new PluginError({
    package: owner.name,
    stage: "sdk",
    cause: `it needs @d0ttino/plugin-sdk ${owner.sdk}, and this host has ${SDK_VERSION}`,
    remedy: newer
      ? "Update @d0ttino/ai-cli, or install an older version of the plug-in"
      : "Install a newer version of the plug-in",
  });
}
