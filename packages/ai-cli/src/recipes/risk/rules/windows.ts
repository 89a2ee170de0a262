import type { RuleTable } from "../table/program.ts";
import { ADMINISTRATORS, REGISTRY_PROTECTS, REGISTRY_WEAKENS, WINDOWS_NEEDS } from "./windows-names.ts";

/** Programs of Windows, which a POSIX shell there can run too. */
export const WINDOWS: RuleTable = {
  "rd rmdir.exe deltree": {
    windows: true,
    wordOptions: true,
    rows: [
      ["<only temporary,regenerable>", "low", "deletes what can be made again"],
      ["-s", "high", "deletes folders with all that is in them"],
    ],
    otherwise: ["high", "deletes folders"],
  },
  robocopy: {
    windows: true,
    wordOptions: true,
    rows: [
      ["-l", "none"],
      ["-mir|-purge", "high", "deletes at the destination what is not at the source"],
      ["-mov|-move", "high", "deletes what it has copied"],
    ],
    otherwise: ["medium", "copies files"],
  },
  "xcopy copy move ren attrib compact mklink": {
    windows: true,
    wordOptions: true,
    otherwise: ["medium", "copies or changes files"],
  },
  "sdelete sdelete64": {
    windows: true,
    wordOptions: true,
    rows: [["<none>", "none"]],
    otherwise: ["high", "wipes data so that nothing can bring it back"],
  },
  "format format.com": {
    windows: true,
    wordOptions: true,
    rows: [["-?", "none"]],
    otherwise: ["critical", "deletes a disk"],
  },
  chkdsk: {
    windows: true,
    wordOptions: true,
    rows: [["-f|-r|-x|-b|-spotfix|-offlinescanandfix", "medium", "repairs a file system"]],
  },
  "manage-bde fsutil bootrec bootsect bcdboot": {
    windows: true,
    wordOptions: true,
    rows: [
      ["-status|-?|-scanos", "none"],
      ["file setzerodata|seteof|setvaliddata", "high", "empties a file"],
      ["usn deletejournal", "high", "deletes what a disk knows of its changes"],
      ["file createnew", "low", "makes a file"],
      [
        "hardlink|reparsepoint|behavior|8dot3name|dirty|quota delete|set|enforce|disable|strip",
        "high",
        "changes disks",
      ],
      ["hardlink create", "low", "makes a link"],
      [
        "* query*|list|fsinfo|drives|volumeinfo|statistics|diskfree|driveinfo|drivetype|ntfsinfo|sectorinfo|layout|findbysid",
        "none",
      ],
      ["-protectors -get", "none"],
      ["-on|-resume|-lock|-pause", "medium", "changes how a disk is encrypted"],
    ],
    otherwise: ["high", "changes disks, or how the machine starts"],
  },
  netsh: {
    windows: true,
    wordOptions: true,
    rows: [
      [
        "@off|disable|enable=no|reset|delete|disabled|admin=disable|admin=disabled|state=off",
        "high",
        "takes settings of the network away",
      ],
      ["wlan @export|key=clear @key=clear", "high", "shows keys of networks"],
      ["@show|dump", "none"],
    ],
    otherwise: ["medium", "changes the network's settings"],
  },
  wsl: {
    values: "-d --distribution -u --user --cd",
    wraps: [{ after: "--" }, { after: "-e" }, { after: "--exec" }, { values: "-d --distribution -u --user --cd" }],
    rows: [
      ["--unregister", "critical", "deletes a machine with all that is in it"],
      ["--uninstall", "high", "removes a part of the system"],
      ["--shutdown|-t|--terminate", "medium", "stops machines"],
      ["-l|--list|--status|--version|-v|--help", "none"],
    ],
    wordOptions: true,
    otherwise: ["medium", "runs something in another system"],
  },
  "del erase": {
    windows: true,
    wordOptions: true,
    rows: [["<only temporary,regenerable>", "low", "deletes temporary files"]],
    otherwise: ["high", "deletes files"],
  },
  forfiles: {
    wraps: [
      { after: "/c", text: true },
      { after: "/C", text: true },
    ],
    otherwise: ["low", "looks for files"],
  },
  wevtutil: {
    windows: true,
    wordOptions: true,
    rows: [
      ["cl|clear-log|um|uninstall-manifest", "high", "deletes the system's log"],
      ["sl|set-log -e=false|-enabled=false", "high", "switches the system's log off"],
      ["el|enum-logs|qe|query-events|gl|get-log|gli|get-log-info|ep|gp|enum-publishers|get-publisher", "none"],
      ["epl|export-log|al|archive-log", "low", "writes to a file"],
    ],
    otherwise: ["medium", "changes the system's log"],
  },
  "vssadmin wbadmin diskshadow": {
    windows: true,
    wordOptions: true,
    rows: [
      ["delete|resize", "critical", "deletes backups"],
      ["disable", "high", "makes no backups any more"],
      ["start recovery|systemstaterecovery|sysrecovery|filerecovery", "high", "replaces what is there by a backup"],
      ["list|get|query", "none"],
    ],
    otherwise: ["medium", "works on backups"],
  },
  diskpart: {
    windows: true,
    wordOptions: true,
    input: "diskpart",
    rows: [
      ["-s", "high", "changes disks by a script that was not read"],
      ["-?", "none"],
    ],
    otherwise: ["medium", "works on disks"],
  },
  bcdedit: {
    windows: true,
    wordOptions: true,
    rows: [
      [
        "-delete|-deletevalue|-set|-import|-default|-bootsequence|-createstore|-store",
        "high",
        "changes how the machine starts",
      ],
      ["-copy|-create|-timeout|-displayorder|-debug", "medium", "changes how the machine starts"],
      ["-export", "low", "writes to a file"],
    ],
  },
  cipher: {
    windows: true,
    wordOptions: true,
    rows: [["-w", "high", "makes deleted files unrecoverable"]],
    otherwise: ["medium", "changes files"],
  },
  reg: {
    windows: true,
    wordOptions: true,
    values: "-v -t -d",
    rows: [
      ["delete", "high", "deletes settings of the system"],
      ["restore|unload", "high", "deletes settings of the system"],
      [
        "save|export @hklm/sam*|hklm/security*|hklm/system|hkey_local_machine/sam*|hkey_local_machine/security*",
        "high",
        "copies the machine's passwords",
      ],
      [
        `add ${REGISTRY_PROTECTS.map((name) => `-v=${name}`).join("|")} -d=0|-d=0x0`,
        "high",
        "switches off a protection",
      ],
      [
        `add ${REGISTRY_WEAKENS.map((name) => `-v=${name}`).join("|")} -d=1|-d=0x1`,
        "high",
        "switches off a protection",
      ],
      ["add @*/services/* -v=start -d=4", "high", "keeps a service from starting"],
      [
        "add @*/winlogon|*/image*file*execution* -v=shell|-v=userinit|-v=debugger",
        "high",
        "changes what starts with the machine",
      ],
      ["query|compare", "none"],
      ["export|save", "low", "writes to a file"],
    ],
    otherwise: ["medium", "changes settings of the system"],
  },
  schtasks: {
    windows: true,
    wordOptions: true,
    values: "-tr -tn -sc -ru -rp -s -u -p",
    carries: [{ language: "shell", options: "-tr" }],
    rows: [
      ["-delete", "high", "deletes planned commands"],
      ["-change -disable", "high", "switches planned commands off"],
      ["-query", "none"],
    ],
    otherwise: ["medium", "changes planned commands"],
  },
  sc: {
    windows: true,
    rows: [
      ["stop|delete", "high", "stops or deletes a service"],
      ["config @disabled|start=disabled", "high", "keeps a service from starting"],
      ["query|queryex|qc|qdescription|qfailure|sdshow|enumdepend|getdisplayname|getkeyname", "none"],
      // The name of another machine stands in front.
      ["* stop|delete", "high", "stops or deletes a service"],
      ["* query|queryex|qc", "none"],
      ["* config @disabled|start=disabled", "high", "keeps a service from starting"],
      ["sdset", "high", "changes who may do what with a service"],
    ],
    otherwise: ["medium", "changes services"],
  },
  net: {
    windows: true,
    wordOptions: true,
    rows: [
      ["stop", "high", "stops a service"],
      ["-delete|-del", "high", "deletes a user, a share or a session"],
      ["user -active=no", "high", "shuts a user out"],
      [`localgroup|group @${ADMINISTRATORS} -add`, "high", "gives somebody all rights of the machine"],
      ["share -grant=everyone,full", "high", "opens files to everybody"],
      ["accounts -minpwlen=0|-lockoutthreshold=0|-maxpwage=unlimited", "high", "switches off a protection"],
      ["view|statistics|config|accounts|time|file|session|help|helpmsg", "none"],
      ["user|localgroup|group|share|use|start -add|-active|-grant|-random", "medium", "changes users or shares"],
      ["user|localgroup|group|share|use|start <none>", "none"],
      ["user|localgroup|group <several>", "medium", "changes a user"],
      ["user|localgroup|group", "none"],
    ],
    otherwise: ["medium", "changes services, users or shares"],
  },
  "psexec paexec psexec64": {
    values: "-u -p -n -w -r",
    wraps: [{ skip: 1, values: "-u -p -n -w -r" }],
    otherwise: ["medium", "works on another machine"],
  },
  psshutdown: {
    windows: true,
    rows: [["-a", "low", "calls off a shutdown"]],
    otherwise: ["high", "stops or restarts the machine"],
  },
  "taskkill tskill pskill": {
    windows: true,
    wordOptions: true,
    rows: [[`@${WINDOWS_NEEDS}`, "high", "ends a service that the machine or its users need"]],
    otherwise: ["medium", "ends processes"],
  },
  "icacls cacls takeown": {
    windows: true,
    wordOptions: true,
    rows: [
      [
        "@everyone:*|[*]s-1-1-0:*|*:/windows*|/windows*|c:/|c:|/users",
        "high",
        "changes who may do what with the system, or lets everybody do it",
      ],
      [
        "-t|-r -reset|-grant*|-deny*|-remove*|-setowner|-inheritance=*|-f",
        "high",
        "changes permissions of a whole folder",
      ],
      ["-deny|-remove*|-reset|-inheritance=r", "medium", "changes permissions"],
      ["-grant*|-setowner|-f|-setintegritylevel|-restore", "medium", "changes permissions"],
      ["-save", "low", "writes to a file"],
      ["<some>", "none"],
    ],
    otherwise: ["medium", "changes permissions"],
  },
  "wmic dism": {
    windows: true,
    wordOptions: true,
    rows: [
      ["@delete|uninstall|call|terminate|reboot|shutdown", "high", "deletes or changes parts of the system"],
      ["-remove*|-disable*|-apply*|-cleanup-mountpoints", "high", "deletes or changes parts of the system"],
      ["-resetbase", "high", "keeps the system from going back"],
      ["@get|list", "none"],
      ["-get*|-checkhealth|-scanhealth", "none"],
    ],
    otherwise: ["medium", "asks or changes the system"],
  },
  auditpol: {
    windows: true,
    wordOptions: true,
    rows: [
      ["-clear|-remove|-restore", "high", "changes what the system writes down"],
      ["-set -success=disable|-failure=disable", "high", "changes what the system writes down"],
      ["-get|-list|-backup", "none"],
    ],
    otherwise: ["medium", "changes what the system writes down"],
  },
  iisreset: {
    windows: true,
    wordOptions: true,
    rows: [
      ["-stop|-disable", "high", "stops a web server"],
      ["-status", "none"],
    ],
    otherwise: ["medium", "restarts a web server"],
  },
  appcmd: {
    windows: true,
    wordOptions: true,
    rows: [
      ["delete|stop|clear|reset|restore|uninstall", "high", "deletes or stops a part of a web server"],
      ["list|search|inspect", "none"],
    ],
    otherwise: ["medium", "changes a web server"],
  },
  "mshta scrcons": {
    windows: true,
    wordOptions: true,
    rows: [["@*://*|javascript:*|vbscript:*", "high", "runs code straight from a network"]],
    otherwise: ["medium", "runs a script that was not read"],
  },
  "regsvr32 rundll32 installutil msbuild.exe cscript wscript regasm": {
    windows: true,
    wordOptions: true,
    rows: [
      ["-i=*://*", "high", "runs code straight from a network"],
      ["@*://*|*javascript:*", "high", "runs code straight from a network"],
      ["@*comsvcs*", "high", "copies the machine's passwords"],
    ],
    otherwise: ["medium", "runs code that was not read"],
  },
  certutil: {
    windows: true,
    wordOptions: true,
    rows: [
      ["-delstore|-delkey|-deletehellocontainer", "high", "deletes certificates or keys"],
      ["-urlcache @*://*", "medium", "fetches something from a network"],
      ["-hashfile|-dump|-store|-verify|-ping|-viewstore|-encode", "none"],
    ],
    otherwise: ["medium", "works on certificates"],
  },
  setx: { windows: true, wordOptions: true, otherwise: ["medium", "changes settings of a user or the machine"] },
  bitsadmin: { windows: true, wordOptions: true, otherwise: ["medium", "fetches something from a network"] },
  msiexec: {
    windows: true,
    wordOptions: true,
    rows: [
      ["-x|-uninstall", "high", "removes software from the machine"],
      ["-i|-package|-q @*://*", "high", "installs what nobody has read"],
      ["-x*", "high", "removes software from the machine"],
    ],
    otherwise: ["medium", "installs or updates software"],
  },
  "unins000 unins001 uninst uninstaller": { otherwise: ["high", "removes software from the machine"] },
  "procdump procdump64": {
    windows: true,
    wordOptions: true,
    rows: [["@lsass*", "high", "copies the machine's passwords"]],
    otherwise: ["medium", "copies what a process knows"],
  },
  reagentc: {
    windows: true,
    wordOptions: true,
    rows: [
      ["-disable", "high", "keeps the machine from being repaired"],
      ["-info", "none"],
    ],
    otherwise: ["medium", "changes how the machine is repaired"],
  },
  "dsrm dsmove": {
    windows: true,
    wordOptions: true,
    otherwise: ["high", "deletes users, groups or machines of a network"],
  },
  dsmod: {
    windows: true,
    wordOptions: true,
    rows: [["-disabled", "high", "shuts users or machines out"]],
    otherwise: ["medium", "changes users, groups or machines of a network"],
  },
  "dsquery dsget repadmin gpresult nltest klist setspn dcdiag quser qwinsta driverquery getmac ipconfig systeminfo tasklist where.exe findstr ver pathping":
    {
      windows: true,
      wordOptions: true,
      rows: [
        ["-flushdns|-displaydns|-registerdns", "none"],
        ["-release*", "medium", "leaves a network"],
        ["-renew*", "medium", "changes the network's settings"],
        ["purge", "medium", "forgets who somebody is"],
        ["-d|-delete|-removelingeringobjects|-sc_reset", "high", "changes a network's register"],
      ],
    },
  ntdsutil: { windows: true, wordOptions: true, otherwise: ["high", "changes or copies a network's register"] },
  "logoff rwinsta tsdiscon": { windows: true, otherwise: ["high", "ends the session of a user"] },
  cmdkey: {
    windows: true,
    wordOptions: true,
    rows: [
      ["-delete*", "high", "deletes keys"],
      ["-list*", "none"],
    ],
    otherwise: ["medium", "keeps keys"],
  },
  pnputil: {
    windows: true,
    wordOptions: true,
    rows: [
      ["-delete-driver|-remove-device|-disable-device|-d", "high", "removes or switches off a device"],
      ["-enum*|-e", "none"],
    ],
    otherwise: ["medium", "changes drivers"],
  },
  powercfg: {
    windows: true,
    wordOptions: true,
    rows: [
      ["-delete|-restoredefaultschemes|-d", "high", "deletes settings of the machine"],
      ["-l|-list|-q|-query|-a|-energy|-batteryreport|-requests|-lastwake|-getactivescheme", "none"],
    ],
    otherwise: ["medium", "changes how the machine saves power"],
  },
  w32tm: {
    windows: true,
    wordOptions: true,
    rows: [
      ["-unregister", "high", "stops a service"],
      ["-query|-stripchart|-monitor|-tz", "none"],
    ],
    otherwise: ["medium", "changes the machine's clock"],
  },
  tzutil: {
    windows: true,
    wordOptions: true,
    rows: [["-g|-l", "none"]],
    otherwise: ["medium", "changes the machine's clock"],
  },
  sfc: {
    windows: true,
    wordOptions: true,
    rows: [["-verifyonly|-verifyfile", "none"]],
    otherwise: ["medium", "repairs the system"],
  },
  "explorer notepad code.cmd calc mstsc devenv ise": { windows: true, wordOptions: true },
  defrag: { windows: true, wordOptions: true, otherwise: ["low", "works on a disk"] },
  systemreset: { otherwise: ["critical", "sets the machine back to its beginnings"] },
  "djoin netdom": {
    windows: true,
    wordOptions: true,
    rows: [
      ["remove|reset|resetpwd", "high", "takes a machine out of its network"],
      ["query|verify", "none"],
    ],
    otherwise: ["medium", "changes a machine's place in its network"],
  },
  mountvol: {
    windows: true,
    wordOptions: true,
    rows: [
      ["-d|-p|-r", "high", "takes a disk away"],
      ["<none>", "none"],
    ],
    otherwise: ["medium", "mounts a disk"],
  },
};
