import type { Row } from "../table/program.ts";

/** Where a redirection writes over what was there. */
export const WRITING: readonly Row[] = [
  ["<device>", "critical", "writes over a disk"],
  ["<vital>", "critical", "writes over a file that the machine needs"],
  ["<discard,stream>", "none"],
  ["<temporary>", "low", "writes to a temporary file"],
  ["<kernel>", "high", "changes how the running system works"],
  ["<drop-in>", "medium", "writes a file for the system"],
  ["<system>", "high", "writes over a file of the system"],
  ["@.git/hooks/*|*/.git/hooks/*|.git/info/*", "medium", "writes what git runs or reads"],
  ["<repository>", "high", "writes over the repository's own data"],
  ["<settings>", "high", "writes over settings, keys or documents of the home"],
  ["<regenerable>", "low", "writes to a file"],
  ["<outside>", "medium", "writes to a file outside the folder it runs in"],
  ["<unknown>", "low", "writes to a file"],
  ["<some>", "low", "writes to a file"],
];

/** Where a redirection adds to what was there. */
export const APPENDING: readonly Row[] = [
  ["<device>", "critical", "writes to a disk"],
  ["<discard,stream>", "none"],
  ["<kernel>", "high", "changes how the running system works"],
  ["<temporary>", "low", "adds to a temporary file"],
  [
    "@/etc/sudoers|/etc/sudoers.d/*|/etc/passwd|/etc/shadow|/etc/group|/etc/ld.so.preload|/root/.ssh/*",
    "high",
    "changes who may get in, or who may do everything",
  ],
  ["<vital,system>", "medium", "adds to a file of the system"],
  ["<settings>", "medium", "adds to settings, keys or documents of the home"],
  ["<outside>", "medium", "adds to a file outside the folder it runs in"],
  ["<some>", "low", "adds to a file"],
];

/** Where a redirection leaves an empty file. */
export const EMPTYING: readonly Row[] = [
  ["<device>", "critical", "writes over a disk"],
  ["<vital>", "critical", "empties a file that the machine needs"],
  ["<discard,stream>", "none"],
  ["<temporary>", "low", "empties a temporary file"],
  ["<kernel>", "medium", "changes how the running system works"],
  ["<regenerable> !<outside>", "medium", "empties a file"],
  ["<some>", "high", "empties a file"],
];

/** Files that hold settings of the system. */
export const OF_THE_SYSTEM = /(?:^|\/)etc\/|\.conf$/;

/** Files that shells, git or the system run by themselves. */
export const RUN_BY_ITSELF =
  /(?:^|\/)(?:\.(?:bashrc|bash_profile|bash_login|bash_logout|bash_aliases|profile|zshrc|zshenv|zprofile|zlogin|kshrc|xprofile|xinitrc)|config\.fish|rc\.local|bash\.bashrc)$|\.git\/hooks\/|^\/etc\/(?:profile|cron\.(?:hourly|daily|weekly|monthly)\/|profile\.d\/)/;

/** Such settings with which nobody is kept out any more, or everybody. */
export const WEAKENS =
  /\bNOPASSWD\b|\bno_root_squash\b|\bPermit(?:RootLogin|EmptyPasswords)\s+yes|^[ \t]*host\s.*\strust[ \t]*$|\bprotected-mode\s+no\b|\bSELINUX=disabled\b|\bDenyUsers\s+\*/m;
