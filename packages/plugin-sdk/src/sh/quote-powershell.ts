/** One string for PowerShell. It takes the four typographic single quotes for `'`; any of them is written twice. */
export function quotePowershell(text: string): string {
  return `'${text.replaceAll(/['\u2018\u2019\u201A\u201B]/g, "$&$&")}'`;
}
