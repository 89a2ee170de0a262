import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  namesOf,
  renderSource,
  TEMPLATES,
  type TemplateKind,
} from "../packages/ai-cli/src/manager/new-plugin/plugin-template.ts";

/** What stands between `<!-- made: FOLDER/FILE [as NAME] -->` and `<!-- end -->`. */
const MADE = /<!-- made: (?<folder>\w+)\/(?<file>[\w.]+)(?: as (?<name>[\w-]+))? -->\n.*?<!-- end -->/gs;

/**
 * The page of a guide with its code made anew: a file of an example as it is, or as `plugins new NAME` makes it.
 * @throws Error when there is no such file, or nothing is made of that example
 */
export function fillGuide(page: string): string {
  return page.replaceAll(MADE, (...found) => {
    const { folder = "", file = "", name } = found.at(-1) as Readonly<Record<string, string | undefined>>;
    const source = readFileSync(join("examples/plugins", folder, file), "utf8");
    const text = name === undefined ? source : renamed(source, folder, name);
    const marker = `<!-- made: ${folder}/${file}${name === undefined ? "" : ` as ${name}`} -->`;
    return `${marker}\n\n\`\`\`js\n${text}\`\`\`\n\n<!-- end -->`;
  });
}

function renamed(source: string, folder: string, name: string): string {
  const kind = (Object.keys(TEMPLATES) as TemplateKind[]).find((one) => TEMPLATES[one].folder === folder);
  if (kind === undefined) throw new Error(`plugins new makes nothing of ${folder}`);
  return renderSource(source, TEMPLATES[kind], namesOf(name, kind));
}
