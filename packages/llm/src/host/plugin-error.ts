import { D0ttinoError } from "../errors/d0ttino-error.ts";
import { describeProblem, type PluginProblem } from "./plugin-package.ts";

/** Thrown when a plug-in that was asked for cannot be used. */
export class PluginError extends D0ttinoError {
  readonly problem: PluginProblem;

  constructor(problem: PluginProblem, cause?: unknown) {
    super("plugin-failed", describeProblem({ ...problem, remedy: "" }).replace(/\. \.$/, "."), {
      hint: `${problem.remedy}.`,
      cause,
    });
    this.problem = problem;
  }
}
