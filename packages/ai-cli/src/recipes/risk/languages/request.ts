import type { Reading } from "../reading.ts";
import type { Scope } from "../scope.ts";
import { readSql } from "./sql.ts";

/** A statement of SQL or its like as a field of a form, in an address, or alone. */
const STATEMENT =
  /(?:^|[?&]|\b)(?:q|query|sql|db|statement)=\s*([^&]*)|^\s*((?:drop|delete|truncate|alter|update|insert|select)\s[\s\S]*)$/i;
/** What tells a statement from words that are looked for. */
const SQL =
  /^\s*(?:(?:drop|truncate|alter|grant|revoke)\s+\w+\s|delete\s+from\s|delete\s+where\s|update\s+\S+\s+set\s|truncate\s|select\s)/i;
/** Names of changes of GraphQL that say what they do. */
const REMOVAL = /\b(?:delete|remove|destroy|purge|drop|archive)[A-Z_]/;
/** A field of JSON that holds a statement. */
const FIELD = /"(?:query|sql|q|statement|stmt|script)"\s*:\s*"((?:\\.|[^"\\])*)"/;

/** What is sent says at its beginning what it is, and all of it could be long. */
const LONGEST = 4_096;

/** Judges what a server is sent: statements of SQL and changes of GraphQL in it. */
export function readRequest(whole: string, scope: Scope, reading: Reading): void {
  const text = whole.slice(0, LONGEST);
  const mutation = text.search(/\bmutation\b/);
  if (mutation >= 0 && REMOVAL.test(text.slice(mutation))) reading.find("high", "tells a server to delete something");
  if (text.includes("<delete") && /<delete[\s>]/.test(text)) reading.find("high", "tells a server to delete something");
  // Most requests are nothing but an address.
  if (!/[=\s]/.test(text)) return;
  const [, inAddress, alone] = STATEMENT.exec(text) ?? [];
  const statement = inAddress ?? alone ?? FIELD.exec(text)?.[1];
  if (statement !== undefined && SQL.test(decoded(statement))) readSql(decoded(statement), scope, reading);
}

/** A text without the marks that an address needs for blanks and the like. */
function decoded(text: string): string {
  return text
    .replaceAll("+", " ")
    .replace(/%([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
