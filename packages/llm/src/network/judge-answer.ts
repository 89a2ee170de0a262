import type { IncomingMessage } from "node:http";
import { DownloadFailure } from "./download-failure.ts";
import type { OpenDownload } from "./open-download.ts";
import type { PartialDownload } from "./partial-download.ts";

/** What the body of an answer holds. */
export interface Coming {
  /** Where its first byte belongs in the file. */
  readonly start: number;
  /** The size of the whole file in bytes, where the server says it. */
  readonly total: number | undefined;
  /** The version of the file, where the server says it. */
  readonly etag: string | undefined;
}

/**
 * Judges the head of an answer.
 * @returns "start-over" when the server will not send the rest of what is here
 * @throws DownloadFailure when it sends no file
 */
export function judgeAnswer(
  { incoming, host }: OpenDownload,
  resume: PartialDownload | undefined,
): Coming | "start-over" {
  const { statusCode = 0, headers } = incoming;
  const { etag } = headers;
  if (headers["content-encoding"] !== undefined && headers["content-encoding"] !== "identity") {
    throw new DownloadFailure(`${host} sends the file in a compressed form that was not asked for`);
  }
  if (statusCode === 200) return { start: 0, total: lengthOf(incoming), etag };
  if (resume !== undefined && statusCode === 416) return "start-over";
  if (resume !== undefined && statusCode === 206) {
    const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers["content-range"] ?? "") ?? [];
    const size = total === undefined || total === "*" ? resume.bytes : Number(total);
    const isRest = Number(start) === resume.from && (resume.bytes === undefined || size === resume.bytes);
    return isRest ? { start: resume.from, total: size, etag: resume.etag } : "start-over";
  }
  throw new DownloadFailure(refusalOf(statusCode, host));
}

function lengthOf({ headers }: IncomingMessage): number | undefined {
  const length = Number(headers["content-length"] ?? Number.NaN);
  return Number.isSafeInteger(length) ? length : undefined;
}

function refusalOf(status: number, host: string): string {
  if (status === 404 || status === 410) return `${host} has no such file (HTTP ${status})`;
  if (status === 401 || status === 403) return `${host} does not give the file without a login (HTTP ${status})`;
  if (status === 429) return `${host} is asked too often at present (HTTP 429)`;
  return `${host} answered with ${status >= 500 ? "an error of its own" : "something unexpected"} (HTTP ${status})`;
}
