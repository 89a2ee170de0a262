import type { Row } from "../table/program.ts";

/**
 * Methods of .NET, COM and WMI: the last part of the type's name, or the command that the object comes from, or `?`; then
 * the method, and behind it what it is given and called on. All in lower case.
 */
export const METHODS: readonly Row[] = [
  [
    "directory|file|fileinfo|directoryinfo|get-childitem|get-item|scripting.filesystemobject delete|deletefile|deletefolder <root,home,system-folder,vital>",
    "critical",
    "deletes all of the machine or a home",
  ],
  [
    "directory|file|fileinfo|directoryinfo|get-childitem|get-item|string|scripting.filesystemobject|? delete|deletefile|deletefolder <temporary> !<root,home,system-folder,settings>",
    "low",
    "deletes temporary files",
  ],
  [
    "file|fileinfo|filestream new|open|openwrite|create|writeallbytes <device> !@read",
    "critical",
    "writes over a disk",
  ],
  ["file|fileinfo|filestream new|open @truncate", "high", "empties a file"],
  ["file|directory|fileinfo|filesystem move|copy|replace <system,vital>", "high", "writes over a file of the system"],
  ["file|directory move|copy", "low", "copies or moves files"],
  ["* setenvironmentvariable @machine @$null", "high", "takes a setting away from the machine"],
  ["* setenvironmentvariable @machine", "medium", "changes settings of the machine"],
  [
    "stringbuilder|string|list|arraylist|hashtable|dictionary|queue|stack|hashset|console|graphics|generic|char|array|math|convert|regex|stopwatch|timer|cancellationtokensource|interlocked|datatable|collection|xmldocument|xml *",
    "none",
  ],
  ["get-service|servicecontroller stop|pause", "high", "stops a service"],
  ["get-process|process kill|closemainwindow|terminate @[*]", "critical", "ends every process there is"],
  ["get-process|process kill|closemainwindow|terminate", "medium", "ends processes"],
  ["* kill|closemainwindow", "medium", "ends processes"],
  ["* terminate @win32_process|*win32_process*", "medium", "ends processes"],
  [
    "* win32shutdown|win32shutdowntracker|reboot|shutdown|shutdownwindows|setsystempowerstate",
    "high",
    "stops or restarts the machine",
  ],
  ["eventlog|eventlogsession|get-eventlog|get-winevent clear", "high", "deletes the system's log"],
  ["* clearlog|cleareventlog|clearlogs", "high", "deletes the system's log"],
  ["webclient|httpclient upload*|postasync|putasync", "medium", "sends something to another machine"],
  ["httpclient|* deleteasync", "high", "tells a server to delete something"],
  [
    "* downloadfile|downloadstring|downloaddata|getstringasync|downloadfileasync",
    "medium",
    "fetches something from a network",
  ],
  ["* stopservice|pauseservice", "high", "stops a service"],
  ["* changestartmode @disabled", "high", "keeps a service from starting"],
  [
    "get-adobject|get-aduser|directoryentry|directorysearcher remove|deletetree|removeat",
    "high",
    "deletes users, groups or machines of a network",
  ],
  ["* add @*administrators*|*://*admins*", "high", "gives somebody all rights of the machine"],
  ["* remove|add @winnt://*|ldap://*", "high", "changes who belongs to a group"],
  ["* empty|emptytrash|emptyrecyclebin", "high", "deletes for good what is in the bin"],
  [
    "* removeaccessrule*|removeauditrule*|removeat|removerange|removeall|removechild|removenode|removeattribute|removeempty*|removeeventhandler|removehandler|removefromcollection|removeclass",
    "none",
  ],
  ["* dropdownlist|dropdown|deleteondispose|resetcolor|clearselection|clearcontent|clearformats|clearcomments", "none"],
  [
    "* delete|regdelete|delete_|deletefolder|deletefile|deletesubkey*|deletevalue|deletedatabase|deletetree|deleteall|deleteobject|deleteinstance|delete*",
    "high",
    "deletes what it is called on",
  ],
  [
    "* drop|drop*|uninstall|uninstall*|destroy|destroy*|purge|purge*|erase|erase*|wipe|wipe*|truncate|truncate*|unregister*|deprovision*|format|formatvolume|formatex|clearall*|terminate|killalldatabases|killdatabase|killallprocesses|detachdatabase|disable|disabled|disable*|factoryreset|resettodefault|remove_|removemember|removegroup|removeuser|removedatabase|revoke|revoke*",
    "high",
    "deletes what it is called on, or switches it off",
  ],
  ["* setlength @0", "high", "empties a file"],
  ["* remove*", "medium", "removes something"],
];
