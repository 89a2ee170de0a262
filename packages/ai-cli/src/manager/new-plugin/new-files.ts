import { newManifest, type NewPlugin } from "./new-manifest.ts";
import { GITIGNORE, readme, TSCONFIG, workflow } from "./new-texts.ts";
import { renderSource, TEMPLATES } from "./plugin-template.ts";
import { toTypeScript } from "./to-typescript.ts";

/** The texts that a new plug-in is made from. */
export interface TemplateTexts {
  readonly source: string;
  readonly test: string;
  readonly licence: string;
}

/** The files of a new plug-in besides the SDK: texts by path. */
export function newFiles(
  plugin: NewPlugin,
  { source, test, licence }: TemplateTexts,
): Readonly<Record<string, string>> {
  const { kind, language, names } = plugin;
  const render = (text: string): string => {
    const own = renderSource(text, TEMPLATES[kind], names);
    return language === "ts" ? toTypeScript(own) : own;
  };
  return {
    "package.json": `${JSON.stringify(newManifest(plugin), null, 2)}\n`,
    [`index.${language}`]: render(source),
    [`test.${language}`]: render(test),
    ...(language === "ts" ? { "tsconfig.json": TSCONFIG } : {}),
    "README.md": readme(plugin),
    LICENSE: licence,
    ".gitignore": GITIGNORE,
    ".github/workflows/ci.yml": workflow(plugin),
  };
}
