/** Of a longer text the patterns could take long, if somebody wants it. */
const LARGEST = 2 * 1024 * 1024;

/**
 * The names that a module exports, as far as its text shows them; undefined when it passes on another module's, or
 * shows none. It is read with patterns and never run, so this is good for a warning and no more.
 */
export function exportedNames(text: string): ReadonlySet<string> | undefined {
  if (text.length > LARGEST) return undefined;
  if (/\bexport\s*\*|\b__exportStar\b|\bmodule\.exports\s*=\s*require\b/.test(text)) return undefined;
  const names = new Set<string>();
  for (const [, list = ""] of text.matchAll(/\bexport\s*\{([^{}]{0,5000})\}/g)) {
    for (const part of list.split(",")) {
      const name = /(?<![\w$])([\w$]+)\s*$/.exec(part)?.[1];
      if (name !== undefined) names.add(name);
    }
  }
  for (const pattern of SINGLE) for (const [, name = ""] of text.matchAll(pattern)) names.add(name);
  // What bundlers write for CommonJS: a list of getters, or a hint for Node that is never reached.
  for (const pattern of LISTS) {
    for (const [, list = ""] of text.matchAll(pattern)) {
      for (const [, name = ""] of list.matchAll(/(?:^|[,{])\s*(?:get\s+)?["']?([\w$]+)["']?\s*(?=[:,(]|$)/g))
        names.add(name);
    }
  }
  return names.size === 0 ? undefined : names;
}

const SINGLE = [
  /\bexport\s+(?:async\s+)?(?:function|class|const|let|var)[\s*]+([\w$]+)/g,
  /\bexports\.([\w$]+)\s*=/g,
  /\bdefineProperty\(\s*(?:module\.)?exports\s*,\s*["']([\w$]+)["']/g,
];

const LISTS = [/\b__export\(\s*[\w$]+\s*,\s*\{([^{}]{0,5000})\}/g, /\bmodule\.exports\s*=\s*\{([^{}]{0,5000})[{}]/g];
