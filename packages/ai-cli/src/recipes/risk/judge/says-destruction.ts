/** Words that mean, wherever a program takes them for a command, that something is gone afterwards. */
const VERBS =
  "delete|del|destroy|purge|wipe|drop|erase|nuke|terminate|obliterate|shred|expunge|truncate|zap|decommission|deprovision|teardown|remove|rm|uninstall|flush|unregister|deregister|evict|revoke|discard|rmdir|clear|cancel|blank|unload|expire|kill|rmr|removeall|deleteall|revert|clr|factory_reset|factoryreset|master_clear|zeroize|assassinate";

/** What such a verb is written together with: `userdel`, `delzone`, `rmobj`. */
const THINGS =
  "user|group|zone|princ|principal|obj|object|vol|volume|host|node|key|record|account|domain|db|database|table|index|snap|snapshot|bucket|queue|policy|role|member|share|pool|disk|lun|ld|pv|lv|vg|vm|server|service|site|repo|tag|topic|entry|item|file|dir|image|img|fs|map|job|rule|route|list|all|data|log|logs|cluster|peer|brick|target|device|port|link|if|vdisk|raid|array|instance|client|project|tenant|token|cert|secret|mail|message|msg|mailbox|backup|archive|acct|account|sector|flash|chip|disc|defaults|unused|config|state|cache";

const VERB_SET: ReadonlySet<string> = new Set(VERBS.split("|"));
const THING_SET: ReadonlySet<string> = new Set(THINGS.split("|"));

/** Nothing else can say destruction. One expression for all that can would take V8 three milliseconds to compile. */
const TOUCHED = new RegExp(`^(?:${VERBS})|(?:${VERBS})$`);

/** Verbs that are no part of another word. */
const INSIDE =
  /^(?:delete|destroy|purge|wipe|erase|uninstall|truncate)(?!(?:[drs]|rs|d_\w*)$)[a-z]+$|\w{3}(?:erase|wipe|purge|destroy|delete|uninstall|unregister)$/;

/** Whether a sub-command or an option names destruction: `delete`, `-CfgLdDel`, `vmsvc/destroy`, `--force-delete`. */
export function saysDestruction(text: string): boolean {
  const bare = text.replace(/^-+/, "");
  if (/retention|protection/.test(bare)) return false;
  if (bare.length < 2 || bare.length > 40 || !/^[A-Za-z][\w:./!-]*$/.test(bare)) return false;
  const last = bare.slice(Math.max(bare.lastIndexOf("/"), bare.lastIndexOf(":"), bare.lastIndexOf(".")) + 1);
  const small = last.toLowerCase();
  if (isVerb(small) || isTogether(small)) return true;
  if (/[/.]/.test(bare)) return false;
  const parts = last.split(/[-_]|(?<=[a-z\d])(?=[A-Z])/).map((part) => part.toLowerCase());
  // In the middle of a name such a word is a part of what it names.
  return parts.length > 1 && (isVerb(parts[0] ?? "") || isVerb(parts.at(-1) ?? ""));
}

function isVerb(part: string): boolean {
  if (!TOUCHED.test(part)) return false;
  const bare = part.endsWith("!") ? part.slice(0, -1) : part;
  return VERB_SET.has(bare) || (bare.endsWith("all") && VERB_SET.has(bare.slice(0, -3))) || INSIDE.test(part);
}

/** Whether a word is a verb and a thing: `del_zones`, `zonedel`. */
function isTogether(word: string): boolean {
  if (!TOUCHED.test(word)) return false;
  for (let cut = 1; cut < word.length; cut++) {
    const head = word.slice(0, cut);
    const tail = word.slice(cut);
    if (VERB_SET.has(head) && isThing(tail.startsWith("_") ? tail.slice(1) : tail)) return true;
    if (isThing(head) && VERB_SET.has(tail)) return true;
  }
  return false;
}

function isThing(text: string): boolean {
  return THING_SET.has(text) || (text.endsWith("s") && THING_SET.has(text.slice(0, -1)));
}
