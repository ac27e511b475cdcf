// What looking at a file gives, read with care: an older or newer server may say less or more.
import type { Answers, Job } from "@tiebeam/model";

export type { Answers, Waiting } from "@tiebeam/model";

export interface StateMeaning {
  readonly state: string;
  readonly events: number;
  readonly means: string | null; // null: nobody knows
  readonly reason: string;
  readonly party: string; // whom it waits for; empty: nobody was named
}
export interface ColumnRead {
  readonly name: string;
  readonly position: number;
  readonly times: number; // how often the header has it
  readonly role: string; // empty: not read
  readonly evidence: string;
  readonly examples: readonly string[];
}
export interface DatesRead {
  readonly column: string;
  readonly order: string;
  readonly evidence: string;
  readonly isOpen: boolean; // nothing in the file decides it
}
export interface Reject {
  readonly line: number;
  readonly column: string;
  readonly found: string;
  readonly expected: string;
}
export interface ImportReport {
  readonly upload: string; // what to commit
  readonly imported: string; // id of the import, once there is one
  readonly file: string;
  readonly format: string;
  readonly encoding: string;
  readonly delimiter: string;
  readonly sheet: string;
  readonly sheets: readonly string[];
  readonly valueStream: string;
  readonly madeStream: boolean;
  readonly accepted: number;
  readonly added: number;
  readonly known: number;
  readonly rejected: number;
  readonly rejectsListed: number;
  readonly asIn: string; // the earlier file whose answers were used
  readonly statements: readonly string[];
  readonly warnings: readonly string[];
  readonly audits: readonly string[];
  readonly states: readonly StateMeaning[];
  readonly rejects: readonly Reject[];
  readonly columns: readonly ColumnRead[];
  readonly dates: readonly DatesRead[];
  readonly answers: Answers; // how it was read, remembered ones among them
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
const flag = (from: Fields, name: string): boolean => from[name] === true;
const list = (from: Fields, name: string): readonly unknown[] => (Array.isArray(from[name]) ? from[name] : []);
const fields = (from: Fields, name: string): readonly Fields[] => list(from, name).filter(isFields);
const texts = (from: Fields, name: string): string[] => list(from, name).filter((item) => typeof item === "string");

export function columnsFrom(said: unknown): ColumnRead[] {
  return fields({ said }, "said").map((column) => ({
    name: text(column, "name"), position: count(column, "position"), times: Math.max(1, count(column, "times")), role: text(column, "role"),
    evidence: text(column, "evidence"), examples: texts(column, "examples"),
  }));
}

export function reportFrom(result: unknown): ImportReport | null {
  if (!isFields(result)) return null;
  const answers = result["answers"];
  return {
    upload: text(result, "upload", "import"), imported: text(result, "import"),
    file: text(result, "file"), format: text(result, "format"), encoding: text(result, "encoding"), delimiter: text(result, "delimiter"),
    sheet: text(result, "sheet"), sheets: texts(result, "sheets"), valueStream: text(result, "value_stream"), madeStream: flag(result, "made_value_stream"),
    accepted: count(result, "accepted"), added: count(result, "new", "new_rows"), known: count(result, "known", "known_rows"), rejected: count(result, "rejected"),
    rejectsListed: count(result, "rejects_listed"), asIn: text(result, "as_in"),
    statements: texts(result, "statements"), warnings: texts(result, "warnings"), audits: texts(result, "audits"),
    states: fields(result, "states").map((state) => ({
      state: text(state, "state"), events: count(state, "events"), means: text(state, "means", "class") || null, party: text(state, "party"),
      reason: text(state, "reason") || (state["guessed"] === true ? "guessed" : ""),
    })),
    rejects: fields(result, "rejects").map((reject) => ({ line: count(reject, "line"), column: text(reject, "column"), found: text(reject, "found"), expected: text(reject, "expected") })),
    columns: columnsFrom(result["columns"]),
    dates: fields(result, "dates").map((date) => ({ column: text(date, "column"), order: text(date, "order"), evidence: text(date, "evidence"), isOpen: flag(date, "is_open") })),
    answers: isFields(answers) ? (answers as Answers) : {},
  };
}
export const reportOf = (job: Job): ImportReport | null => reportFrom(job.result);

export function isOver(job: Job): boolean {
  return job.state === "done" || job.state === "failed" || job.state === "cancelled";
}
/** Share that is done; null while the total is not known. */
export function shareDone(job: Job): number | null {
  return job.total === null || job.total <= 0 ? null : Math.min(1, job.done / job.total);
}
