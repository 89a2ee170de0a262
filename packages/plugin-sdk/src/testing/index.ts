/**
 * Contract tests for plug-ins: call `checkBackend` or `checkRecipe` in a test of any runner, or in a plain script.
 */
export { checkBackend } from "./check-backend.ts";
export type { BackendCheckOptions } from "./check-backend.ts";
export { checkRecipe } from "./check-recipe.ts";
export type { RecipeCheckOptions } from "./check-recipe.ts";
export { ContractError } from "./contract-error.ts";
export type { ContractCheck, ContractReport } from "./contract-report.ts";
