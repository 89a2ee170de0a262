/** Shorter texts than this would take ordinary words out of messages. */
const SHORTEST_WHOLE = 8;

/** A part of the secret counts from this length on. */
const SHORTEST_PART = 24;

/** Any part of `SHORTEST_PART` characters holds a piece of half of that which begins at a multiple of the half. */
const PIECE = SHORTEST_PART / 2;

/** No message is searched further than this; what comes behind is dropped. */
const MOST_SEARCHED = 64 * 1024;

/**
 * A message without what it repeats of a secret text: all of it, or any part that is long enough to tell something.
 * Servers quote the beginning of a prompt, or each line of it, with line breaks escaped or turned into spaces. The
 * time taken grows with the lengths of the two, not with their product.
 */
export function withoutRepeats(message: string, secret: string): string {
  const searched = message.slice(0, MOST_SEARCHED);
  const words = secret.replaceAll(/\s+/g, " ").trim();
  if (words.length < SHORTEST_WHOLE) return searched;
  // Found in the message as it is, the rest of it stays as it is.
  const forms = [searched, searched.replaceAll(/\s+/g, " "), unescaped(searched)];
  const found = forms.map((form) => replaceRepeats(form, words)).find((clean, at) => clean !== forms[at]);
  if (found === undefined) return searched;
  return replaceRepeats(unescaped(found), words).replaceAll(/\[prompt\](?:\s*\[prompt\])+/g, "[prompt]");
}

/** A text that may stand in JSON, without its escapes. */
function unescaped(text: string): string {
  return text
    .replaceAll(/(?<!\\)\\+[nrt]/g, " ")
    .replaceAll(/(?<!\\)\\+u([0-9a-f]{4})/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll(/(?<!\\)\\+(["'/\\])/g, "$1")
    .replaceAll(/\s+/g, " ");
}

function replaceRepeats(text: string, secret: string): string {
  const clean = text.replaceAll(secret, "[prompt]");
  if (secret.length < SHORTEST_PART) return clean;
  const isRepeated = new Uint8Array(clean.length);
  const places = placesOfPieces(clean);
  for (let at = 0; at + PIECE <= secret.length; at += PIECE) {
    for (const place of places.get(secret.slice(at, at + PIECE)) ?? []) {
      // What is marked is not measured again: a monotonous secret would be compared with all of it for each piece.
      if (isRepeated[place] === 1 && isRepeated[place + PIECE - 1] === 1) continue;
      const [from, to] = commonPart(clean, place, secret, at);
      if (to - from >= SHORTEST_PART) isRepeated.fill(1, from, to);
    }
  }
  return withoutMarked(clean, isRepeated);
}

function placesOfPieces(text: string): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (let at = 0; at + PIECE <= text.length; at += 1) {
    const piece = text.slice(at, at + PIECE);
    const known = places.get(piece);
    if (known === undefined) places.set(piece, [at]);
    // A monotonous text has the same piece everywhere; the ends of the common part are found from any of them.
    else if (known.length < 64) known.push(at);
  }
  return places;
}

/** The longest part around a common piece that both texts share, as indices of the first. */
function commonPart(text: string, place: number, secret: string, at: number): [from: number, to: number] {
  let before = 0;
  while (place > before && at > before && text[place - before - 1] === secret[at - before - 1]) before += 1;
  let after = PIECE;
  while (place + after < text.length && at + after < secret.length && text[place + after] === secret[at + after]) {
    after += 1;
  }
  return [place - before, place + after];
}

function withoutMarked(text: string, isMarked: Uint8Array): string {
  let clean = "";
  let from = 0;
  for (let at = isMarked.indexOf(1); at !== -1; at = isMarked.indexOf(1, from)) {
    const end = isMarked.indexOf(0, at);
    clean += `${text.slice(from, at)}[prompt]`;
    from = end === -1 ? text.length : end;
  }
  return clean + text.slice(from);
}
