/** A word of a command line as the shell will see it, as far as that can be told without running anything. */
export interface ShellWord {
  /** Its text without quotes; what is unknown stands in it as its source, for example `$DIR/x`. */
  readonly text: string;
  /** Whether the text is all that it can be. */
  readonly known: boolean;
  /** Whether the shell takes it for a pattern of file names. */
  readonly glob: boolean;
  /** Whether it is another thing that the word before it may be. */
  readonly isOther?: true;
}

/** A word that is known as it stands. */
export function plainWord(text: string): ShellWord {
  return { text, known: true, glob: false };
}

/** A word of which only the source is known. */
export function unknownWord(source: string): ShellWord {
  return { text: source, known: false, glob: false };
}
