/**
 * What a fake server does instead of answering as it should:
 *
 * - `status`: refuses with an HTTP status; `retryAfter` (seconds) goes into the header `retry-after`
 * - `hang`: takes the request and never answers
 * - `reset`: breaks the connection after so many pieces (0: before anything is sent)
 * - `truncated`: ends the answer properly, but before it is finished, after so many pieces
 * - `malformed`: answers with something that is no JSON
 * - `error-in-answer`: answers with status 200, and an error where the text should be
 * - `slow`: answers as it should, with so many milliseconds before each piece
 */
export type FakeServerFault =
  | {
      readonly type: "status";
      readonly status: number;
      readonly retryAfter?: number | undefined;
      readonly message?: string | undefined;
    }
  | { readonly type: "hang" }
  | { readonly type: "reset"; readonly after?: number | undefined }
  | { readonly type: "truncated"; readonly after?: number | undefined }
  | { readonly type: "malformed" }
  | { readonly type: "error-in-answer"; readonly message?: string | undefined }
  | { readonly type: "slow"; readonly delay: number };
