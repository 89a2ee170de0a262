export { Backend } from "./backend.ts";
export type {
  AiSdkModel,
  AiSdkProvider,
  AnyBackend,
  BackendAnswer,
  BackendFunction,
  BackendOptions,
  BackendRegistration,
  Message,
} from "./backend.ts";
export { BackendError, isBackendError, kindOfStatus } from "./backend-error.ts";
export type { BackendErrorKind, BackendErrorOptions } from "./backend-error.ts";
export { modelFiles } from "./model-files.ts";
export type { ModelFile } from "./model-files.ts";
export { Recipe } from "./recipe.ts";
export type {
  AnyRecipe,
  DecidedSteps,
  RecipeContext,
  RecipeFunction,
  RecipeOption,
  RecipePlan,
  RecipeRegistration,
  Step,
  StepObject,
  StepReport,
} from "./recipe.ts";
export { registerBackend, registerRecipe } from "./register.ts";
export { powershell, sh } from "./sh/index.ts";
