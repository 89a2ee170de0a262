import { RULES } from "../packages/ai-cli/src/manager/registry-check/rules.ts";

/** What is read of the schema of the registry. */
interface Described {
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties: Readonly<Record<string, { readonly description?: string }>>;
}

interface Schema extends Described {
  readonly $defs: {
    readonly name: { readonly description: string };
    readonly backend: Described;
    readonly recipe: Described;
  };
}

/**
 * The page of the registry with its tables made anew: what stands between `<!-- made: NAME -->` and `<!-- end -->`.
 * @throws Error when the page lacks one of them, or asks for another
 */
export function fillRegistryPage(page: string, schemaText: string): string {
  const schema = JSON.parse(schemaText) as Schema;
  const { backend, recipe, name } = schema.$defs;
  const ofBackends = Object.keys(backend.properties).filter((key) => !Object.hasOwn(recipe.properties, key));
  const blocks: Readonly<Record<string, string>> = {
    file: table("key", schema),
    entry: table("key", backend, (key) => !ofBackends.includes(key)),
    provider: table("key", backend, (key) => ofBackends.includes(key)),
    name: `A name: ${name.description}.`,
    errors: ruleList("error"),
    warnings: ruleList("warning"),
  };
  const filled = page.replaceAll(/(<!-- made: (\w+) -->\n).*?(<!-- end -->)/gs, (_all, start, block, end) => {
    if (blocks[block] === undefined) throw new Error(`nothing is made for ${block}`);
    return `${start}\n${blocks[block]}\n\n${end}`;
  });
  for (const block of Object.keys(blocks)) {
    if (!filled.includes(`<!-- made: ${block} -->`)) throw new Error(`the page has no place for ${block}`);
  }
  return filled;
}

function table(head: string, { properties, required = [] }: Described, isWanted = (_key: string) => true): string {
  const rows = Object.entries(properties)
    .filter(([key]) => isWanted(key))
    .map(([key, { description }]) => {
      if (description === undefined) throw new Error(`the schema does not describe ${key}`);
      return `| \`${key}\`${required.includes(key) ? " (needed)" : ""} | ${description} |`;
    });
  return [`| ${head} | |`, "| --- | --- |", ...rows].join("\n");
}

function ruleList(severity: "error" | "warning"): string {
  const rules = Object.entries(RULES).filter(([, rule]) => rule.severity === severity);
  return ["| rule | asks |", "| --- | --- |", ...rules.map(([rule, { asks }]) => `| \`${rule}\` | ${asks} |`)].join(
    "\n",
  );
}
