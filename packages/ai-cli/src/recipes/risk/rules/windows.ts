import type { RuleTable } from "../table/program.ts";

/** Programs of Windows, which a POSIX shell there can run too. */
export const WINDOWS: RuleTable = {
  rd: {
    rows: [["@/s|/S|//s", "high", "deletes folders with all that is in them"]],
    otherwise: ["high", "deletes folders"],
  },
  robocopy: {
    rows: [
      ["@/l|/L", "none"],
      ["@/mir|/MIR|/purge|/PURGE|/Mir|/Purge", "high", "deletes at the destination what is not at the source"],
      ["@/mov|/MOV|/move|/MOVE", "high", "deletes what it has copied"],
    ],
    otherwise: ["medium", "copies files"],
  },
  "xcopy copy move ren attrib compact mklink": { otherwise: ["medium", "copies or changes files"] },
  sdelete: { otherwise: ["high", "wipes data so that nothing can bring it back"] },
  "manage-bde fsutil bootrec bootsect bcdboot": {
    wordOptions: true,
    rows: [
      ["@-status|query|queryinfo|fsinfo|volume|/scanos", "none"],
      ["-status", "none"],
    ],
    otherwise: ["high", "changes disks, or how the machine starts"],
  },
  netsh: {
    rows: [
      ["@off|reset|delete|disabled|admin=disable|admin=disabled", "high", "takes settings of the network away"],
      ["@show|dump", "none"],
    ],
    otherwise: ["medium", "changes the network's settings"],
  },
  wsl: {
    values: "-d --distribution -u --user --cd",
    wraps: [{ after: "--" }, { after: "-e" }, { after: "--exec" }, { values: "-d --distribution -u --user --cd" }],
    rows: [
      ["--unregister", "critical", "deletes a machine with all that is in it"],
      ["--shutdown|-t|--terminate", "medium", "stops machines"],
      ["-l|--list|--status", "none"],
    ],
    wordOptions: true,
    otherwise: ["medium", "runs something in another system"],
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
  taskkill: {
    rows: [
      [
        "@*sql*|w3wp*|svchost*|lsass*|winlogon*|csrss*|wininit*|services.exe|nginx*|httpd*|java*|redis*|mongo*|docker*|postgres*",
        "high",
        "ends a service that the machine or its users need",
      ],
    ],
    otherwise: ["medium", "ends processes"],
  },
  "icacls takeown": {
    rows: [
      [
        "@Everyone:*|*/Windows*|*\\\\Windows*",
        "high",
        "changes who may do what with the system, or lets everybody do it",
      ],
    ],
    otherwise: ["medium", "changes permissions"],
  },
  "wmic dism": {
    rows: [
      ["@delete|DELETE|uninstall|call|/Remove*|/Disable*", "high", "deletes or changes parts of the system"],
      ["@get|list|/Get*", "none"],
    ],
    otherwise: ["medium", "asks or changes the system"],
  },
};
