import pacote from "pacote";
import type { NpmSettings } from "./npm-settings.ts";

/** Who published a version, and when, as far as the registry of npm says it. */
export interface Publication {
  readonly publisher?: string;
  /** In ISO 8601. */
  readonly published?: string;
}

/** Asks the registry of npm who published a version. Nothing is known when it does not answer. */
export async function publication(name: string, version: string, settings: NpmSettings): Promise<Publication> {
  try {
    const { versions, time } = await pacote.packument(name, { ...settings, fullMetadata: true });
    const publisher = (versions[version] as { readonly _npmUser?: { readonly name?: unknown } } | undefined)?._npmUser
      ?.name;
    const published = (time as Readonly<Record<string, unknown>> | undefined)?.[version];
    return {
      ...(typeof publisher === "string" ? { publisher } : {}),
      ...(typeof published === "string" ? { published } : {}),
    };
  } catch {
    return {};
  }
}
