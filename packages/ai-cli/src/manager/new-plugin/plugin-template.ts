import type { EntryGroup } from "@d0ttino/llm/host/plugin-package";

/** What a new plug-in can bring. A provider is a backend that the AI SDK answers for. */
export type TemplateKind = "backend" | "recipe" | "provider";

/** An example that new plug-ins are made from, and the words in it that become theirs. */
export interface PluginTemplate {
  /** The folder of the example, in examples/plugins. */
  readonly folder: string;
  /** Its name, which stands in texts and is the identifier of its export. */
  readonly word: string;
  /** How a person writes it. */
  readonly title: string;
  readonly group: EntryGroup;
  readonly description: string;
  /** Packages besides the SDK, and their ranges. */
  readonly dependencies: Readonly<Record<string, string>>;
  /** What stands only in the example, and what a new plug-in has there instead. */
  readonly replacements: readonly (readonly [from: string, to: string])[];
}

/** The examples that new plug-ins are made from. */
export const TEMPLATES: Readonly<Record<TemplateKind, PluginTemplate>> = {
  backend: {
    folder: "openrouter",
    word: "openrouter",
    title: "OpenRouter",
    group: "llm.plugins",
    description: "A service of OpenAI's dialect as a d0ttino backend",
    dependencies: {},
    replacements: [
      ["https://openrouter.ai/api/v1", "https://openrouter.example.com/v1"],
      ["OpenRouter, hundreds of hosted models", "OpenRouter"],
      ['  defaultModel: "openrouter/auto",\n', ""],
    ],
  },
  recipe: {
    folder: "mentions_recipe",
    word: "mentions",
    title: "Mentions",
    group: "d0ttino.recipes",
    description: "A d0ttino recipe that finds what a folder says about something",
    dependencies: {},
    replacements: [],
  },
  provider: {
    folder: "gateway_provider",
    word: "gateway",
    title: "Gateway",
    group: "llm.plugins",
    description: "A provider of the AI SDK as a d0ttino backend",
    dependencies: { "@ai-sdk/openai-compatible": "^3.0.0" },
    replacements: [],
  },
};

/** What a new plug-in is called in the places where it has a name. */
export interface PluginNames {
  /** What users type. */
  readonly name: string;
  /** The export, `acmeBackend`: no word of the language, and none of the names around it. */
  readonly identifier: string;
  /** The beginning of its variables, `ACME`. */
  readonly variable: string;
  /** For people, `Acme`. */
  readonly title: string;
  /** The npm package. */
  readonly package: string;
}

/** All names of a plug-in. */
export function namesOf(name: string, kind: TemplateKind): PluginNames {
  const words = name.split(/[^a-z0-9]+/i);
  const capital = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const camel = capital.join("");
  const begun = /^\d/.test(camel) ? `the${camel}` : camel.charAt(0).toLowerCase() + camel.slice(1);
  return {
    name,
    identifier: `${begun}${kind.charAt(0).toUpperCase()}${kind.slice(1)}`,
    variable: name.toUpperCase().replaceAll(/[.-]/g, "_"),
    title: capital.join(" "),
    package: `${name}-${kind}`,
  };
}

/**
 * A file of an example as one of a new plug-in.
 * @throws Error when the example has no longer what is to be replaced
 */
export function renderSource(text: string, template: PluginTemplate, names: PluginNames): string {
  const { word, title, replacements } = template;
  let own = text;
  for (const [from, to] of replacements) own = own.replace(from, () => to);
  return own
    .replaceAll(title, names.title)
    .replaceAll(word.toUpperCase(), names.variable)
    .replaceAll(new RegExp(`"[^"\\n]*"|\\b${word}\\b`, "g"), (found) =>
      found.startsWith('"') ? found.replaceAll(word, names.name) : names.identifier,
    );
}
