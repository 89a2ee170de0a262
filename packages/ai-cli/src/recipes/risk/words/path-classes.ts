import { normalPath, pathIn } from "./normal-path.ts";
import {
  REGENERABLE_ENDINGS,
  REGENERABLE_FILES,
  REGENERABLE_FOLDERS,
  SETTINGS,
  SYSTEM_FOLDERS,
  SYSTEM_SUBFOLDERS,
  VITAL_FILES,
} from "./path-names.ts";
import type { ShellWord } from "./shell-word.ts";

/** What a path can be, seen by somebody who fears for the data behind it. */
export type PathClass =
  /** The whole file system. */
  | "root"
  /** A whole home, or all of them. */
  | "home"
  /** A folder of the machine as a whole, such as `/etc` or `/usr/lib`. */
  | "system-folder"
  /** Something in such a folder. */
  | "system"
  /** A program, a library or a setting of the machine's own, by its full name. */
  | "software"
  /** A settings file of the system, by its full name. */
  | "configuration"
  /** A file of its own that adds to the system, as in `/etc/systemd/system`, `/etc/NAME.d` and `/usr/local`. */
  | "drop-in"
  /** A file without which the machine does not start or nobody gets in. */
  | "vital"
  /** A disk or a partition. */
  | "device"
  /** A switch of the running kernel. */
  | "kernel"
  /** `/dev/null`. */
  | "discard"
  /** What a command has open already, such as `/dev/stderr`. */
  | "stream"
  /** Keys, settings or the documents of a home. */
  | "settings"
  /** Made to be thrown away. */
  | "temporary"
  /** A tool makes it again. */
  | "regenerable"
  /** What a program left when it crashed. */
  | "dump"
  /** All of the current folder. */
  | "here"
  /** The folder above, or all of it. */
  | "parent"
  /** Not below the current folder. */
  | "outside"
  /** Begins with something unknown, then everything in it: the whole machine if that is empty. */
  | "unset"
  /** Unknown before the step runs. */
  | "unknown"
  /** A pattern of file names. */
  | "glob"
  /** The repository's own data. */
  | "repository"
  /** A file by the look of its name. */
  | "file"
  /** On another machine. */
  | "remote"
  /** Of the system of another machine. */
  | "remote-system";

const HOME = /^(?:~[\w.-]*|\$HOME|\$USERPROFILE|\/root|\/(?:home|Users)\/[^/]+|\/(?:home|Users)\/\$\w+)$/;
const DEVICE =
  /^\/dev\/(?:(?:sd|hd|vd|xvd|nvme|mmcblk|r?disk|md|dm-|loop|sr|nbd|zd|block\/|mapper\/|disk\/|vg|zvol\/|mem|kmem|port|da|ada|nvd|nda|r?[sw]d\d|r?dsk\/)|\$|\*)/;
const HARMLESS_DEVICE = /^\/dev\/(?:null|stdout|stderr|stdin|tty|fd\b|pts\/|zero|u?random|full|shm)/;
const STREAM = /^(?:\/dev\/(?:stdin|stdout|stderr|tty|fd\/\d+)|\/proc\/self\/fd\/\d+)$/;
const TEMPORARY =
  /^(?:\/private)?(?:\/tmp|\/var\/tmp|\/var\/folders|\/dev\/shm)\/.|^\$(?:TMPDIR|TMP|TEMP|RUNNER_TEMP|(?:\w+_)?(?:tmp|temp|TMP|TEMP)(?:_?(?:[dD]ir|DIR|[fF]ile|FILE|[pP]ath|PATH|\d+))?)(?:\/|$)/;
const CACHES =
  /^(?:(?:~|\$HOME)\/\.(?:cache|npm|gradle\/caches|m2\/repository|cargo\/registry)(?:\/|$)|\$XDG_CACHE_HOME|\/var\/cache\/(?!rsnapshot)|\/var\/lib\/apt\/lists)/;
const DROP_IN =
  /^(?:\/etc\/(?:[\w/-]*\/)?(?!cron|sudoers|pam)[\w.-]+\.d|\/etc\/(?:systemd\/(?:system|user)|(?:nginx|apache2)\/(?:sites|conf|mods)-available|apt\/keyrings)|\/usr\/local|\/usr\/share\/keyrings|\/opt\/[^/]+)\/./;
const BACKUP = /(?:~|[._-](?:bak|old|orig|save|dist|sample|disabled|backup|rpm[a-z]+|dpkg-[a-z]+|\d+))$/;
const SOFTWARE =
  /^\/(?:usr\/(?!local\/|share\/(?:keyrings|fonts|applications)\/|src\/)|lib(?:32|64|x32)?\/|s?bin\/|boot\/)/;
const DUMP = /(?:^|\/)(?:vg)?core(?:\.\d+)?$/;
const ENDING = /\.[A-Za-z][A-Za-z\d]{0,6}$/;
const ALL = /(?:^|\/)(?:\*+|\.\*|\{\*,\.\*\}|\.\[!?\.\]\*|\.\?\*)$/;

/** The words asked about last: few, because whatever is held costs the collector of garbage more than it saves. */
const KNOWN = new Map<ShellWord, { readonly folder: string; readonly classes: ReadonlySet<PathClass> }>();
const MOST_KNOWN = 32;

/** What a word is as a path, when it is used in a folder (empty: the one that the step starts in). */
export function pathClasses(word: ShellWord, folder: string): ReadonlySet<PathClass> {
  // Many rows ask the same of one word.
  const known = KNOWN.get(word);
  if (known !== undefined && known.folder === folder) return known.classes;
  const classes = findClasses(word, folder);
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear();
  KNOWN.set(word, { folder, classes });
  return classes;
}

/** A path in the current folder that is nothing but names. */
const PLAIN = /^[\w-]+(?:[./][\w-]+)*$/;

function findClasses(word: ShellWord, folder: string): ReadonlySet<PathClass> {
  const classes = new Set<PathClass>();
  if (word.known && !word.glob && folder === "" && PLAIN.test(word.text)) {
    // Most paths are so, and none of the other classes is for them.
    if (isRegenerable(word.text)) classes.add("regenerable");
    if (word.text.includes("core") && DUMP.test(word.text)) classes.add("dump");
    if (ENDING.test(word.text)) classes.add("file");
    return classes;
  }
  const raw = normalPath(word.text);
  const path = pathIn(folder, word.text);
  if (!word.known) classes.add("unknown");
  if (word.glob) classes.add("glob");
  if (path === "") return classes;
  addWholes(path, classes);
  addSystem(path, classes);
  // Behind a variable, two dots lead anywhere.
  const astray = path.slice(1).includes("/..");
  if (!astray && isRooted(path) && (TEMPORARY.test(path) || CACHES.test(path))) classes.add("temporary");
  if (!astray && isRegenerable(path)) classes.add("regenerable");
  if (path.includes("core") && DUMP.test(path)) classes.add("dump");
  if (isRooted(path) && /^(?:~|\$HOME|\/home\/[^/]+|\/root|\/Users\/[^/]+)\//.test(path) && isSetting(path))
    classes.add("settings");
  if (path.includes(".git") && /(?:^|\/)\.git(?:\/|$)/.test(path)) classes.add("repository");
  if (word.text.includes(":") && /^(?:[\w.-]+@[\w.-]+:$|[\w.-]+(?:@[\w.-]*)?:(?!\\|$))/.test(word.text))
    addRemote(word.text, classes);
  else if (classes.has("stream")) return classes;
  else if (/^(?:[/~]|\$(?!PWD\b))/.test(raw) || /^[A-Za-z]:[\\/]/.test(raw) || raw.startsWith(".."))
    classes.add("outside");
  if (word.text.startsWith("$") && /^\$(?!HOME|PWD|TMP|TEMP)\w+\/$/.test(word.text)) classes.add("unset");
  if (ENDING.test(raw) && !/\s/.test(raw)) classes.add("file");
  return classes;
}

function addRemote(path: string, classes: Set<PathClass>): void {
  classes.add("remote");
  const there = new Set<PathClass>();
  const [, remote = ""] = /:(.*)/.exec(path) ?? [];
  addWholes(normalPath(remote), there);
  addSystem(normalPath(remote), there);
  if (there.has("drop-in") || /:\/(?:var\/www|opt)(?:\/|$)/.test(path)) return;
  if (there.has("root") || there.has("system") || there.has("system-folder") || there.has("vital"))
    classes.add("remote-system");
}

/**
 * Whether a path does not begin in the current folder. It is asked in front of expressions that need it: those that no
 * path of a plan gets to need not be compiled, which costs V8 more than all else here.
 */
function isRooted(path: string): boolean {
  return path.startsWith("/") || path.startsWith("~") || path.startsWith("$");
}

function addWholes(path: string, classes: Set<PathClass>): void {
  const all = (path.endsWith("*") || path.endsWith("}")) && ALL.test(path);
  const whole = all ? path.replace(ALL, "") : path;
  if (path === "/" || (all && whole === "" && path.startsWith("/")) || isDrive(path)) classes.add("root");
  if ((isRooted(whole) && HOME.test(whole)) || (all && /^\/(?:home|Users)$/.test(whole))) classes.add("home");
  if (whole === "" && !path.startsWith("/")) classes.add("here");
  if (path === "." || path === "$PWD" || whole === "$PWD" || (all && whole === ".")) classes.add("here");
  if (whole.startsWith("..") && /^\.\.(?:\/\.\.)*$/.test(whole)) classes.add("parent");
  if (
    whole.startsWith("$") &&
    /^\$(?!HOME|PWD|TMPDIR|TEMP|TMP\b|RUNNER_TEMP|XDG_CACHE_HOME)\{?\w+\}?$/.test(whole) &&
    (all || path !== whole)
  )
    classes.add("unset");
}

/** Whether a path is a whole drive of Windows. */
function isDrive(path: string): boolean {
  return path.length < 5 && /^[A-Za-z]:[\\/]?\*?$/.test(path);
}

function addSystem(path: string, classes: Set<PathClass>): void {
  if (path === "/dev/null") classes.add("discard");
  if (!path.startsWith("/") || TEMPORARY.test(path)) return;
  if (path.startsWith("/var/") && CACHES.test(path)) return;
  const isDevice = path.startsWith("/dev/");
  if ((isDevice || path.startsWith("/proc/")) && STREAM.test(path)) {
    classes.add("stream");
    return;
  }
  if (isDevice && DEVICE.test(path) && !HARMLESS_DEVICE.test(path)) classes.add("device");
  if (/^\/(?:proc|sys)\/./.test(path)) classes.add("kernel");
  if (path === "/proc/sysrq-trigger") classes.add("vital");
  const whole = path.replace(ALL, "") || path;
  const [, top = "", ...below] = whole.split("/");
  if (below.length === 0 && (SYSTEM_FOLDERS.has(top) || path !== whole)) classes.add("system-folder");
  if (SYSTEM_SUBFOLDERS.has(whole) || /^\/[^/.*?[]*[*?[][^/.]*$/.test(path)) classes.add("system-folder");
  if (/^(?:home|Users|media|mnt|Volumes|srv|private|dev|proc|sys|root)$/.test(top)) return;
  if (!SYSTEM_FOLDERS.has(top)) return;
  classes.add("system");
  if (DROP_IN.test(path)) classes.add("drop-in");
  else if (top === "etc" && !BACKUP.test(path) && (below.length > 1 || (below.length > 0 && ENDING.test(path))))
    classes.add("configuration");
  else if (SOFTWARE.test(path)) classes.add("software");
  if (VITAL_FILES.has(path) || top === "boot" || /^\/etc\/(?:sudoers|pam)\.d\//.test(path)) classes.add("vital");
}

function isRegenerable(path: string): boolean {
  const isAbsolute = path.startsWith("/");
  let first: string | undefined;
  let last = "";
  let isAlone = true;
  for (let from = 0; from < path.length;) {
    const slash = path.indexOf("/", from);
    const end = slash < 0 ? path.length : slash;
    const part = path.slice(from, end);
    from = end + 1;
    if (part === "" || part === ".") continue;
    isAlone = first === undefined;
    first ??= part;
    last = part;
    // At the top of a file system such a name says nothing.
    if (!(isAbsolute && isAlone) && (REGENERABLE_FOLDERS.has(part) || part.endsWith(".egg-info"))) return true;
  }
  if (!isAbsolute && (first === "bin" || first === "logs")) return !isAlone || last === "bin";
  const dot = last.lastIndexOf(".");
  return (
    REGENERABLE_FILES.has(last) ||
    (dot > 0 && REGENERABLE_ENDINGS.has(last.slice(dot))) ||
    (last.length > 1 && last.endsWith("~"))
  );
}

function isSetting(path: string): boolean {
  const [first = ""] = path.replace(/^(?:~|\$HOME|\/home\/[^/]+|\/root|\/Users\/[^/]+)\//, "").split("/");
  return SETTINGS.includes(first);
}
