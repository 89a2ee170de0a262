const PART = /'(?<single>[^']*)'|"(?<double>(?:\\[^]|[^"\\])*)"|\\(?<escaped>[^])|(?<plain>[^\s;&|<>()'"\\])/y;

/** The word that begins at a place of a POSIX script, without its quotes. Expansions in it stay as they are. */
export function readWord(script: string, start: number): string {
  let word = "";
  PART.lastIndex = start;
  for (let part = PART.exec(script); part !== null; part = PART.exec(script)) {
    const { single, double, escaped, plain } = part.groups ?? {};
    word += single ?? double?.replaceAll(/\\([$`"\\])/g, "$1") ?? escaped ?? plain ?? "";
  }
  return word;
}
