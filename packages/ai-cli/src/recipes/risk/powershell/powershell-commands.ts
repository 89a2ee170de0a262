/** A command of PowerShell: its words, in lower case, and whether the one before it feeds it. */
export interface PowershellCommand {
  readonly words: readonly string[];
  readonly piped: boolean;
}

/**
 * Takes PowerShell apart into commands, wherever they stand: in blocks, brackets and assignments.
 * @returns undefined when quotes or brackets do not close
 */
export function powershellCommands(text: string): readonly PowershellCommand[] | undefined {
  const commands: PowershellCommand[] = [];
  const open: string[] = [];
  let words: string[] = [];
  let word = "";
  let piped = false;
  const endWord = (): void => {
    if (word !== "") words.push(word.toLowerCase());
    word = "";
  };
  const endCommand = (pipe: boolean): void => {
    endWord();
    if (words.length > 0) commands.push({ words, piped });
    words = [];
    piped = pipe;
  };
  for (let at = 0; at < text.length; at++) {
    const here = text[at] as string;
    const next = text[at + 1];
    if (here === "`") {
      if (next === "\n") endWord();
      else word += next ?? "";
      at++;
    } else if (here === "@" && (next === '"' || next === "'") && /^\s*?\n/.test(text.slice(at + 2, at + 20))) {
      const end = text.indexOf(`\n${next}@`, at + 2);
      if (end < 0) return undefined;
      word += text.slice(at + 2, end).trim();
      at = end + 2;
    } else if (here === '"' || here === "'") {
      const end = closingQuote(text, at);
      if (end < 0) return undefined;
      word += text.slice(at + 1, end);
      at = end;
    } else if (here === "#" && word === "") {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end - 1;
    } else if (here === "<" && next === "#") {
      const end = text.indexOf("#>", at);
      if (end < 0) return undefined;
      at = end + 1;
    } else if ("({".includes(here)) {
      // What is called like a method keeps its name: [io.file]::delete(…).
      endWord();
      open.push(here);
      if (words.length > 0) commands.push({ words, piped });
      words = [];
      piped = false;
    } else if (")}".includes(here)) {
      if (open.pop() === undefined) return undefined;
      endCommand(false);
    } else if (here === "|" || here === ";" || here === "\n" || here === "&") {
      endCommand(here === "|" && next !== "|");
    } else if (here === "=" && !/[-=!<>]/.test(text[at - 1] ?? "")) {
      endWord();
      words = [];
    } else if (/\s|,/.test(here)) endWord();
    else word += here;
  }
  endCommand(false);
  return open.length === 0 ? commands : undefined;
}

function closingQuote(text: string, at: number): number {
  const quote = text[at];
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === "`" && quote === '"') end++;
    else if (text[end] === quote && text[end + 1] === quote) end++;
    else if (text[end] === quote) return end;
  }
  return -1;
}
