import type { RuleTable } from "../table/program.ts";
import { ARCHIVES } from "./archives.ts";
import { BUILDING } from "./building.ts";
import { CLOUD } from "./cloud.ts";
import { CONTAINERS } from "./containers.ts";
import { DATABASES } from "./databases.ts";
import { DISKS } from "./disks.ts";
import { FILES } from "./files.ts";
import { GIT } from "./git.ts";
import { INTERPRETERS } from "./interpreters.ts";
import { NETWORK } from "./network.ts";
import { PACKAGES } from "./packages.ts";
import { READING } from "./reading-programs.ts";
import { SERVICES } from "./services.ts";
import { USERS } from "./users.ts";
import { WINDOWS } from "./windows.ts";
import { WRAPPERS } from "./wrappers.ts";

/** The whole table by subject. */
export const SUBJECTS: Readonly<Record<string, RuleTable>> = {
  "Files and folders": FILES,
  Archives: ARCHIVES,
  "Disks and backups": DISKS,
  "Versions of files": GIT,
  Packages: PACKAGES,
  Building: BUILDING,
  "Containers and clusters": CONTAINERS,
  Clouds: CLOUD,
  Databases: DATABASES,
  "Services and the machine": SERVICES,
  Networks: NETWORK,
  Users: USERS,
  Windows: WINDOWS,
  "Programs that run code": INTERPRETERS,
  "Programs that run other programs": WRAPPERS,
  "Programs that read": READING,
};
