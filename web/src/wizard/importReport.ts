// What an import's job gives, read with care: an older or newer server may say less or more.
import type { Job } from "@tiebeam/model";

export interface StateMeaning {
  readonly state: string;
  readonly events: number;
  readonly means: string | null; // null: nobody knows
  readonly reason: string;
}
export interface ImportReport {
  readonly upload: string; // what to commit
  readonly file: string;
  readonly format: string;
  readonly encoding: string;
  readonly valueStream: string;
  readonly added: number;
  readonly known: number;
  readonly rejected: number;
  readonly statements: readonly string[];
  readonly warnings: readonly string[];
  readonly audits: readonly string[];
  readonly states: readonly StateMeaning[];
  readonly rejects: readonly { readonly line: number; readonly column: string; readonly found: string; readonly expected: string }[];
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
const text = (from: Fields, ...names: string[]): string => {
  for (const name of names) if (typeof from[name] === "string") return from[name];
  return "";
};
const count = (from: Fields, ...names: string[]): number => {
  for (const name of names) if (typeof from[name] === "number") return from[name];
  return 0;
};
const list = (from: Fields, name: string): readonly unknown[] => (Array.isArray(from[name]) ? from[name] : []);
const texts = (from: Fields, name: string): string[] => list(from, name).filter((item) => typeof item === "string");

export function reportOf(job: Job): ImportReport | null {
  const result = job.result;
  if (!isFields(result)) return null;
  return {
    upload: text(result, "upload", "import"),
    file: text(result, "file"), format: text(result, "format"), encoding: text(result, "encoding"), valueStream: text(result, "value_stream"),
    added: count(result, "new", "new_rows"), known: count(result, "known", "known_rows"), rejected: count(result, "rejected"),
    statements: texts(result, "statements"), warnings: texts(result, "warnings"), audits: texts(result, "audits"),
    states: list(result, "states").filter(isFields).map((state) => ({
      state: text(state, "state"), events: count(state, "events"), means: text(state, "means", "class") || null,
      reason: text(state, "reason") || (state["guessed"] === true ? "guessed" : ""),
    })),
    rejects: list(result, "rejects").filter(isFields).map((reject) => ({ line: count(reject, "line"), column: text(reject, "column"), found: text(reject, "found"), expected: text(reject, "expected") })),
  };
}

export function isOver(job: Job): boolean {
  return job.state === "done" || job.state === "failed" || job.state === "cancelled";
}
/** Share that is done; null while the total is not known. */
export function shareDone(job: Job): number | null {
  return job.total === null || job.total <= 0 ? null : Math.min(1, job.done / job.total);
}
