/**
 * The variable of a backend: the model of `my-backend` is named in `MY_BACKEND_MODEL`, its address in
 * `MY_BACKEND_BASE_URL`, its key in `MY_BACKEND_API_KEY`.
 */
export function backendVariable(backend: string, what: "MODEL" | "BASE_URL" | "API_KEY"): string {
  return `${backend.toUpperCase().replaceAll(/[-.]/g, "_")}_${what}`;
}
