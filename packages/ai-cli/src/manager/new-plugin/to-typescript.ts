const SDK_IMPORT = /^(import \{ .*?) (\} from "@d0ttino\/plugin-sdk";)$/m;
const TYPED_CONST =
  /\/\*\*\n((?: \* .*\n)*?) \* @type \{import\("@d0ttino\/plugin-sdk"\)\.(\w+)\}\n \*\/\n(export const \w+) =/g;
const CAST = /\/\*\* @type \{(.+?)\} \*\/ \(/;

/**
 * JavaScript whose types stand in comments as TypeScript. It knows the two forms that the examples use: the type of an
 * exported constant, one of the SDK's, and the cast of all that a variable is set to.
 */
export function toTypeScript(source: string): string {
  const types: string[] = [];
  let text = source.replaceAll(TYPED_CONST, (_all, comment: string, type: string, constant: string) => {
    types.push(type);
    const lines = comment.trimEnd().split("\n");
    const [first = ""] = lines;
    const doc = lines.length === 1 ? `/** ${first.slice(3)} */` : `/**\n${comment} */`;
    return `${doc}\n${constant}: ${type} =`;
  });
  for (let cast = CAST.exec(text); cast !== null; cast = CAST.exec(text)) {
    const start = cast.index + cast[0].length;
    const end = closingParenthesis(text, start - 1);
    const value = text.slice(start, end);
    const operand = value.startsWith("await ") ? `(${value})` : value;
    text = `${text.slice(0, cast.index)}${operand} as ${cast[1]}${text.slice(end + 1)}`;
  }
  const imported = [...new Set(types)].map((type) => `, type ${type}`).join("");
  return text
    .replace(SDK_IMPORT, (_all, start: string, end: string) => `${start}${imported} ${end}`)
    .replaceAll('"./index.js"', '"./index.ts"');
}

function closingParenthesis(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    else if (text[at] === ")" && (depth -= 1) === 0) return at;
  }
  throw new Error("a cast has no closing parenthesis");
}
