import { megabytes } from "@d0ttino/llm/models/megabytes";
import type { InstallPreview } from "../../manager/preview-install.ts";
import type { WordOutcome } from "./each-word.ts";

/** Tells what an install would do. */
export function previewOutcome(preview: InstallPreview): WordOutcome {
  const { package: owner, version, before, isNew, dependencies, bytes, scripts, publisher, published } = preview;
  const from = before === undefined || before === version ? "" : `, in place of ${before}`;
  const text = isNew
    ? [`${owner} ${version} would be installed${from}${publication(preview)}.`, ...details(preview)].join("\n")
    : `${owner} ${version} is installed already.`;
  return {
    text,
    data: {
      package: owner,
      version,
      before: before ?? null,
      wouldInstall: isNew,
      publisher,
      published,
      bytes: bytes ?? null,
      dependencies: dependencies.map(({ name, version: its }) => ({ name, version: its })),
      scripts,
    },
  };
}

/** What a person wants to know before they say yes: one package, in a few lines. */
export function previewText(preview: InstallPreview): string {
  return [`${preview.package} ${preview.version}${publication(preview)}`, ...details(preview)].join("\n");
}

function publication({ publisher, published }: InstallPreview): string {
  if (publisher === null && published === null) return "";
  return `, published${publisher === null ? "" : ` by ${publisher}`}${published === null ? "" : ` on ${published.slice(0, 10)}`}`;
}

/** How many names a line holds before it only counts. */
const MANY = 6;

function details({ bytes, dependencies, scripts }: InstallPreview): string[] {
  const size = bytes === undefined ? "" : `${bytes < 100_000 ? `${(bytes / 1024).toFixed(1)} kB` : megabytes(bytes)}, `;
  const named = dependencies.slice(0, MANY).map(({ name, version }) => `${name} ${version}`);
  const rest = dependencies.length > MANY ? `, and ${dependencies.length - MANY} more` : "";
  const others =
    dependencies.length === 0
      ? "no other packages"
      : `with ${dependencies.length} other ${dependencies.length === 1 ? "package" : "packages"}: ${named.join(", ")}${rest}`;
  return [`  ${size}${others}`, ...scripts.map(scriptAdvice)];
}

function scriptAdvice(name: string): string {
  return `  ${name} has install scripts, which do not run; --allow-scripts ${name} lets them`;
}
