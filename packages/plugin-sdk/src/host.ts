/**
 * For hosts of plug-ins, not for their authors: the shared registry, and every accepted form of backend as one shape.
 */
export { SDK_VERSION } from "./version.ts";
export { isValidName, NAME_RULE, normalizeName } from "./name.ts";
export { backendForm } from "./backend.ts";
export { BackendError, isBackendError, kindOfStatus } from "./backend-error.ts";
export type { BackendErrorKind } from "./backend-error.ts";
export { isRecipe } from "./recipe.ts";
export { stepProblem } from "./step-form.ts";
export { findRegistration, registry } from "./registry.ts";
export type { PluginKind, Registration, Registry } from "./registry.ts";
export type {
  FinishReason,
  GenerateResult,
  LanguageModel,
  ModelCall,
  StreamPart,
  Usage,
} from "./language-model/language-model.ts";
export { retryAfterSeconds } from "./retry-after.ts";
export { toLanguageModel } from "./language-model/to-language-model.ts";
export { toBackendError } from "./language-model/to-backend-error.ts";
