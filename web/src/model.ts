// What the API answers, as types. Field names are those of the JSON (spec: /api/v1/openapi.json).

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };
export type OrgId = Branded<"org">;
export type TypeName = Branded<"type">;
export type RecordId = Branded<"record">;
export type FigureKey = Branded<"figure">;
/** ISO 8601 in UTC, as the API gives it. */
export type InstantText = string;
/** "2016-05-01" */
export type DayText = string;

/** Decimal text: never Number(amount). */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

export type FigureStatus = "ok" | "too_few" | "not_reached" | "stale" | "not_measurable";
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly level: number;
}
export type TrailInput =
  | { readonly records: string; readonly count?: number; readonly filter?: string }
  | { readonly figure: string }
  | { readonly import: string; readonly id?: string; readonly sha256: string; readonly rows: number };
export interface Trail {
  readonly formula: string;
  readonly method: string;
  readonly version: number;
  readonly seed: number | null;
  readonly inputs: readonly TrailInput[];
  readonly notes?: readonly string[];
}
/** A computed number as people are shown it. No number reaches a page but as one of these. */
export interface Figure {
  readonly key: string;
  readonly label: string;
  readonly value: number | Money | null;
  readonly unit: string;
  readonly interval: Interval | null;
  readonly low?: number;
  readonly n: number | null;
  readonly as_of: InstantText;
  readonly status: FigureStatus;
  readonly reason: string | null;
  readonly trail: Trail;
}
/** One row of evidence under a figure. */
export interface EvidenceRow {
  readonly subject: string; // "work_item/INC0000045"
  readonly value: number | null;
  readonly what: string;
  readonly places: readonly { readonly import: string; readonly file: string | null; readonly line: number }[];
}
export interface EvidencePage {
  readonly rows: readonly EvidenceRow[];
  readonly offset: number;
  readonly next: number | null;
}
export interface ExplainedFigure extends Figure {
  readonly recompute: string; // a command line that gives the same value
  readonly rows: readonly EvidenceRow[]; // the first 20
}

export type Severity = "info" | "warning" | "error";
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly subject: { readonly type: string; readonly id: string };
  readonly message: string;
  readonly why: string;
  readonly do: string;
  readonly figures: readonly string[];
  readonly since: DayText;
}

export interface OrganisationRow {
  readonly id: OrgId;
  readonly name: string;
  readonly fictional: boolean;
}
/** What a person can begin with, beside their own organisation and a backup. */
export interface Doors {
  readonly sample: boolean;
  readonly demonstration: boolean;
}
/** GET /overview: an organisation in one row. */
export interface OverviewRow extends OrganisationRow {
  readonly problem: string | null; // why it cannot be opened
  readonly worst?: Finding | null;
  readonly errors: number;
  readonly warnings: number;
  readonly sources?: number;
  readonly newest_source?: InstantText | null;
  readonly as_of?: InstantText;
  readonly as_of_fixed?: boolean;
  readonly open_decisions?: number | null; // null: no room keeps decisions
}
/** GET /orgs/{org}: what the shell shows around every page. */
export interface OrganisationState extends OrganisationRow {
  readonly zone: string;
  readonly currency: string;
  readonly fiscal_year_starts: number;
  readonly as_of: InstantText; // that figures are computed for when nothing is asked
  readonly as_of_fixed: boolean; // set by people, not the newest event
  readonly journal_seq: number;
  readonly version: string; // of the program
  readonly actor: string;
  readonly identity_verified: false;
  readonly sources: readonly Source[];
  readonly record_counts: Readonly<Record<string, number>>; // by type
  readonly findings: { readonly error: number; readonly warning: number; readonly info: number; readonly by_room: Readonly<Record<string, number>> };
}
export interface Source {
  readonly id: string;
  readonly file: string;
  readonly sha256: string;
  readonly format: string;
  readonly value_stream: string;
  readonly rows: number;
  readonly repeated: number;
  readonly rejected: number;
  readonly bytes: number;
  readonly imported_at: InstantText;
  readonly statements: readonly string[];
  readonly warnings: readonly string[];
}

export type FieldKind =
  | "text" | "integer" | "number" | "fraction" | "boolean" | "money" | "instant" | "day"
  | "estimate" | "reference" | "references" | "list" | "choice";
export interface FieldInfo {
  readonly name: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly min: number | null;
  readonly max: number | null;
  readonly refers_to: string | null;
  readonly choices: readonly string[];
  readonly unit: string | null;
  readonly help: string;
  readonly kept: boolean; // by the store: id, created_at, updated_at, version
  readonly initial: FieldValue; // of a new record: the first choice, "UTC", false
}
/** GET /orgs/{org}/types */
export interface RecordTypeInfo {
  readonly name: string;
  readonly title: string; // "Value stream"
  readonly plural: string; // "value streams"
  readonly room: string; // "flow", "kernel"
  readonly help: string;
  readonly derived: boolean; // rows that follow from events, such as work items
  readonly fields: readonly FieldInfo[];
}
export interface LinkKind {
  readonly name: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly help: string;
}
export interface Estimate {
  readonly kind: string;
  readonly [parameter: string]: string | number | readonly number[];
}
export type FieldValue = null | boolean | number | string | Money | Estimate | readonly string[];
/** A record as the API gives it: id, name, notes, tags, owner, created_at, updated_at, version, then its own fields. */
export type RecordData = { readonly id: string; readonly name: string; readonly version: number } & {
  readonly [field: string]: FieldValue;
};
export interface RecordPage {
  readonly type: string;
  readonly records: readonly RecordData[];
  readonly total: number;
  readonly offset: number;
  readonly limit: number;
}
export interface HistoryEntry {
  readonly seq: number;
  readonly at: InstantText;
  readonly actor: string;
  readonly command: string; // "record.set"
  readonly op: "add" | "set" | "remove";
  readonly type: string;
  readonly id: string;
  readonly fields: readonly { readonly field: string; readonly before: FieldValue; readonly after: FieldValue; readonly erased: boolean }[];
}
export interface Ties {
  readonly out: readonly Tie[];
  readonly in: readonly Tie[];
  readonly references: readonly { readonly type: string; readonly id: string; readonly name: string; readonly field: string }[];
}
export interface Tie {
  readonly link: string; // id of the link record
  readonly kind: string;
  readonly type: string;
  readonly id: string;
  readonly name: string;
}

/** application/problem+json */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly hint: string | null;
  readonly errors: readonly { readonly pointer: string | null; readonly code: string; readonly message: string; readonly found: string | null; readonly hint: string | null }[];
  readonly current?: RecordData; // of a 412: what is stored now
  readonly yours?: RecordData; // of a 412: what was sent
  readonly columns?: unknown; // of a file that was refused: what its columns are
}

export type JobState = "waiting" | "running" | "done" | "failed" | "cancelled";
export interface Job {
  readonly id: string;
  readonly kind: string; // "import"
  readonly title: string;
  readonly state: JobState;
  readonly phase: string;
  readonly done: number;
  readonly total: number | null;
  readonly seconds_left: number | null;
  readonly result: unknown;
  readonly problem: Problem | null;
}

/** What a person says of a file; what is left out the file decides. */
export interface Answers {
  readonly format?: string;
  readonly date_order?: string;
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly sheet?: string;
  readonly columns?: Readonly<Record<string, string>>;
  readonly states?: Readonly<Record<string, string>>;
  readonly parties?: Readonly<Record<string, string>>;
  readonly value_stream?: string;
  readonly skip_bad?: boolean;
  readonly zone?: string;
  readonly memory?: boolean;
}
/** GET /orgs/{org}/uploads/{id} */
export interface Waiting {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly at: string;
  readonly until: string;
  readonly answers: Answers;
  readonly report?: unknown; // of the newest look
  readonly problem?: Problem | null;
}
