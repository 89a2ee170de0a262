import { D0ttinoError } from "../errors/d0ttino-error.ts";
import { sentence } from "../errors/message-of.ts";
import { describeCause, type PluginProblem } from "./plugin-package.ts";

/** Thrown when a plug-in that was asked for cannot be used. */
export class PluginError extends D0ttinoError {
  constructor(problem: PluginProblem, cause?: unknown) {
    super("plugin-failed", describeCause(problem), { hint: sentence(problem.remedy), cause });
  }
}
