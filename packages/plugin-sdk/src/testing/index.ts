/**
 * Contract tests for plug-ins: call `checkBackend` or `checkRecipe` in a test of any runner, or in a plain script;
 * `fakeServer` stands for a service, `runStep` tries a step.
 */
export { checkBackend } from "./check-backend.ts";
export type { BackendCheckOptions } from "./check-backend.ts";
export { checkRecipe } from "./check-recipe.ts";
export type { RecipeCheckOptions } from "./check-recipe.ts";
export { ContractError } from "./contract-error.ts";
export type { ContractCheck, ContractReport } from "./contract-report.ts";
export { fakeServer } from "./fake-server.ts";
export type { FakeServer, FakeServerOptions, FakeServerRequest } from "./fake-server.ts";
export type { FakeServerFault } from "./fake-server-fault.ts";
export { runStep } from "./run-step.ts";
export type { RunStepOptions, RunStepResult } from "./run-step.ts";
