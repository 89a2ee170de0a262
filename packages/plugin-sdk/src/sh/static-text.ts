/**
 * The text between the interpolations of a template, as its author means it: as written, but for the one backslash
 * that a template forces before a backquote and before `${`.
 *
 * @throws TypeError when the tag is called as a function.
 */
export function staticText(tag: string, strings: TemplateStringsArray): string[] {
  const raw: unknown = (strings as Partial<TemplateStringsArray> | undefined)?.raw;
  if (!Array.isArray(raw)) {
    throw new TypeError(
      `${tag}: it was called as a function, so it cannot tell text from data; ` +
        `write it as a template tag, without parentheses: ${tag}\`echo \${value}\``,
    );
  }
  return (raw as readonly string[]).map((text) => text.replaceAll(/\\(?=`|\$\{)/g, ""));
}
