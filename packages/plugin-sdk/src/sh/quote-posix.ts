/** One word for a POSIX shell. Only a single quote ends single quotes, so it is written outside of them. */
export function quotePosix(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
