import { describe, expect, it } from "vitest";
import { saysDestruction } from "./says-destruction.ts";

describe("saysDestruction", () => {
  it.each([
    "delete", "purge!", "removeall", "rmall", "userdel", "delzone", "del_zones", "zonesdel", "dropunused",
    "vmsvc/destroy", "-CfgLdDel", "--force-delete", "bundle-remove", "mmmerase", "Delete", "db:drop", "remove-bg",
    "flashserase", "deleteconfigs",
  ])("hears it in %s", (text) => expect(saysDestruction(text)).toBe(true)); // prettier-ignore

  it.each([
    "x", "deleter", "deleted", "deleted_items", "undelete", "model", "delta", "dropbox", "killer", "clearly", "rmx",
    "_zonedel_", "a-delete-b", "1delete", "delete me", "delete.sh", "userdels", "drop-in/x", "",
  ])("does not hear it in %j", (text) => expect(saysDestruction(text)).toBe(false)); // prettier-ignore
});
