import type { AnyBackend } from "../backend.ts";
import { toLanguageModel } from "../language-model/to-language-model.ts";
import type { LanguageModel } from "../language-model/language-model.ts";

/** The backend that is checked, and how to ask it. */
export interface BackendSubject {
  readonly name: string;
  readonly backend: AnyBackend;
  readonly modelId: string | undefined;
  /** The ordinary prompt. */
  readonly prompt: string;
  /** The most time for one answer, in milliseconds. */
  readonly limit: number;
}

/**
 * The model that a host would make of the backend, or of another one in its place.
 * @throws TypeError when it is no backend
 */
export function modelOf(subject: BackendSubject, backend: unknown = subject.backend): LanguageModel {
  return toLanguageModel(subject.name, backend, subject.modelId);
}
