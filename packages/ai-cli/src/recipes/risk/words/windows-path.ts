import type { ShellWord } from "./shell-word.ts";

/** What Windows has where other systems have something of the same kind; the first that fits counts. */
const PLACES: readonly (readonly [place: RegExp, instead: string])[] = [
  [/^\/\/[.?]\/(?=physicaldrive|harddisk|[a-z]:$|cdrom)/, "/dev/disk/"],
  [/^microsoft\.powershell\.core\/filesystem::/, ""],
  [/^[a-z]:\/windows\/temp\/|^[a-z]:\/te?mp\//, "/tmp/"],
  [/^\$home\/appdata\/local\/temp\//, "/tmp/"],
  [/^c:\/users\/?$|^c:\/users\/\*$/, "/home/*"],
  [/^c:\/users\//, "/Users/"],
  [/^[a-z]:\/windows(?=\/|$)/, "/Windows"],
  [/^\$env:(?:userprofile|home)(?![\w])|^\$home(?![\w])/, "$HOME"],
  [/^\$env:te?mp(?:dir)?(?![\w])|^\$tmpdir(?![\w])/, "$TMPDIR"],
  [/^\$env:runner_temp(?![\w])/, "$RUNNER_TEMP"],
  [/^\$(\w*te?mp(?:dir|file|path|folder)?)(?![\w])/, "$$$1"],
];

/** A word as a path, with the places of Windows by the names that the table knows, and in lower case. */
export function windowsPath(word: ShellWord): ShellWord {
  let text = word.text.replaceAll("\\", "/").toLowerCase();
  for (const [place, instead] of PLACES) text = text.replace(place, instead);
  return { ...word, text, glob: word.glob || /[*?]/.test(text) };
}

/** A word for a program of Windows: options begin with a slash there, and may have a value behind a colon. */
export function windowsWord(word: ShellWord): ShellWord {
  const option = /^\/{1,2}([A-Za-z?][^/]*)$/.exec(word.text)?.[1];
  return option === undefined ? windowsPath(word) : { ...word, text: `-${option.toLowerCase().replace(":", "=")}` };
}
