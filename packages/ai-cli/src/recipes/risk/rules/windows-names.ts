import type { Row } from "../table/program.ts";

/** Settings of the registry that keep somebody out while they are 1. */
export const REGISTRY_PROTECTS =
  "enablelua consentpromptbehavioradmin promptonsecuredesktop enablefirewall runasppl enablescriptblocklogging restrictanonymous limitblankpassworduse fdenytsconnections nolmhash".split(
    " ",
  );

/** Those that let somebody in, or switch a protection off, when they are 1. */
export const REGISTRY_WEAKENS =
  "disableantispyware disableantivirus disablerealtimemonitoring disablebehaviormonitoring localaccounttokenfilterpolicy uselogoncredential smb1 allowinsecureguestauth disabletaskmgr noautoupdate disablerestrictedadmin alwaysinstallelevated".split(
    " ",
  );

/** What `diskpart` is told, in small letters. */
export const DISKPART: readonly Row[] = [
  [
    "clean|format|delete|convert|recover|offline|shrink|assign|remove|gpt",
    "critical",
    "deletes a disk, or changes its partitions",
  ],
  [
    "create|extend|attributes|online|import|active|inactive|set|uniqueid",
    "high",
    "changes which partitions a disk has",
  ],
  ["list|select|detail|rem|help|exit|rescan|filesystems", "none"],
];

/** Processes that Windows or its users need. */
export const WINDOWS_NEEDS =
  "*sql*|w3wp*|svchost*|lsass*|winlogon*|csrss*|wininit*|smss*|services|services.exe|explorer*|dwm*|spoolsv*|nginx*|httpd*|java|java.exe|tomcat*|redis*|mongo*|docker*|postgres*|vmms*|vmwp*|ntds*|dns.exe|store.exe|msmpeng*|mssense*|oracle*|[*]";

/** Groups that may do anything, or get in from afar. */
export const ADMINISTRATORS =
  "administrators|administratoren|administrateurs|*admins|backup*operators|remote*desktop*users";
