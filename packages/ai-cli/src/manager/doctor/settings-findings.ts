import { chmodSync } from "node:fs";
import { readConfig } from "@d0ttino/llm/config/config-file";
import { directories } from "@d0ttino/llm/config/directories";
import { keysFileWarning, storedKeys } from "@d0ttino/llm/config/keys-file";
import { isD0ttinoError } from "@d0ttino/llm/errors/d0ttino-error";
import { messageOf, sentence } from "@d0ttino/llm/errors/message-of";
import type { Finding } from "./finding.ts";

/** What is wrong with the config file and the keys file. */
export function settingsFindings(): Finding[] {
  const { configFile, keysFile } = directories();
  const open = keysFileWarning();
  return [
    ...faultOf(configFile, () => readConfig()),
    ...faultOf(keysFile, () => storedKeys()),
    ...(open === undefined
      ? []
      : [
          {
            ...({ area: "settings", level: "warning", about: keysFile, fixable: true } as const),
            message: `Others on this machine can read your keys in ${keysFile}.`,
            hint: "ai-cli plugins doctor --fix makes the file yours alone.",
          },
        ]),
  ];
}

/** Makes the keys file the user's alone. @returns what was done, in sentences */
export function repairSettings(): string[] {
  if (keysFileWarning() === undefined) return [];
  const { keysFile } = directories();
  chmodSync(keysFile, 0o600);
  return [`${keysFile} can be read by you alone now.`];
}

function faultOf(about: string, read: () => unknown): Finding[] {
  try {
    read();
    return [];
  } catch (error) {
    const hint = isD0ttinoError(error) ? (error.hint ?? null) : null;
    return [{ area: "settings", level: "broken", about, message: sentence(messageOf(error)), hint, fixable: false }];
  }
}
