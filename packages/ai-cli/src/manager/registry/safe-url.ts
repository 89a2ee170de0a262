import { isThisMachine } from "@d0ttino/llm/network/this-machine";

/** Whether an address may be asked: over https, or over http when it is of this machine. */
export function isSafeUrl({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || (protocol === "http:" && isThisMachine(hostname));
}
