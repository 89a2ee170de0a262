/** What a process needs to find its way; anything else may be a secret. */
const PASSED = new Set(
  (
    "PATH HOME USER LOGNAME SHELL LANG TZ TERM TMPDIR TEMP TMP LD_LIBRARY_PATH " +
    "NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS D0TTINO_HOME D0TTINO_PLUGIN_PATH D0TTINO_SOURCE " +
    "SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT USERPROFILE APPDATA LOCALAPPDATA PROGRAMDATA PROGRAMFILES " +
    "HOMEDRIVE HOMEPATH NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE"
  ).split(" "),
);

/** The variables that code of a plug-in gets when doctor imports it: none that could hold a key. */
export function passedVariables(all: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(all).filter(([name]) => isPassed(name)));
}

/** The names of variables that are set and not passed on. */
export function withheldVariables(all: NodeJS.ProcessEnv): string[] {
  return Object.keys(all).filter((name) => !isPassed(name));
}

function isPassed(name: string): boolean {
  const upper = name.toUpperCase();
  return PASSED.has(upper) || upper.startsWith("LC_") || upper.startsWith("XDG_");
}
