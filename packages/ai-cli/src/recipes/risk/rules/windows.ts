import type { RuleTable } from "../table/program.ts";

/** Programs of Windows, which a POSIX shell there can run too. */
export const WINDOWS: RuleTable = {
  rd: {
    rows: [["@/s|/S|//s", "high", "deletes folders with all that is in them"]],
    otherwise: ["high", "deletes folders"],
  },
  "del erase": {
    rows: [["<only temporary,regenerable>", "low", "deletes temporary files"]],
    otherwise: ["high", "deletes files"],
  },
  wevtutil: {
    rows: [
      ["cl|clear-log|um|uninstall-manifest", "high", "deletes the system's log"],
      ["el|enum-logs|qe|query-events|gl|get-log|gli", "none"],
    ],
    otherwise: ["medium", "changes the system's log"],
  },
  "vssadmin wbadmin": {
    rows: [
      ["delete|resize", "critical", "deletes backups"],
      ["list|get", "none"],
    ],
    otherwise: ["medium", "works on backups"],
  },
  diskpart: {
    input: "shell",
    otherwise: ["high", "changes which partitions a disk has"],
  },
  bcdedit: {
    rows: [["@/delete|/deletevalue|/set|/import", "high", "changes how the machine starts"]],
    otherwise: ["none"],
  },
  cipher: { rows: [["@/w*|/W*", "high", "makes deleted files unrecoverable"]], otherwise: ["medium", "changes files"] },
  reg: {
    rows: [
      ["delete|DELETE|restore|unload", "high", "deletes settings of the system"],
      ["query|QUERY|export|compare", "none"],
    ],
    otherwise: ["medium", "changes settings of the system"],
  },
  schtasks: {
    rows: [
      ["@/delete|/Delete|/DELETE", "high", "deletes planned commands"],
      ["@/query|/Query", "none"],
    ],
    otherwise: ["medium", "changes planned commands"],
  },
  "sc net": {
    rows: [
      ["stop|delete", "high", "stops or deletes a service"],
      ["@/delete|/DELETE|/del", "high", "deletes a user or a share"],
      ["query|queryex|qc|view|statistics", "none"],
    ],
    otherwise: ["medium", "changes services, users or shares"],
  },
  taskkill: { otherwise: ["medium", "ends processes"] },
  "icacls takeown": { otherwise: ["medium", "changes permissions"] },
  "wmic dism": {
    rows: [
      ["@delete|DELETE|uninstall|call|/Remove*|/Disable*", "high", "deletes or changes parts of the system"],
      ["@get|list|/Get*", "none"],
    ],
    otherwise: ["medium", "asks or changes the system"],
  },
};
