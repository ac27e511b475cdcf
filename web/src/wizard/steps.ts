// The steps of an import, as the address names them, and what a person may choose in them. Pure.
import type { Answers, ImportReport } from "./importReport";

export const steps = [
  { id: "drop", title: "Drop files", short: "Files" },
  { id: "read", title: "What we read", short: "Read" },
  { id: "means", title: "What it means", short: "Meaning" },
  { id: "preview", title: "Preview", short: "Preview" },
  { id: "import", title: "Import", short: "Import" },
  { id: "findings", title: "First findings", short: "Findings" },
] as const;
export type StepId = (typeof steps)[number]["id"];

export function stepOf(said: string | null): StepId {
  return steps.find((step) => step.id === said)?.id ?? "drop";
}
export const indexOf = (id: StepId): number => steps.findIndex((step) => step.id === id);
/** Deliveries have no states: what it means has nothing to ask. */
export function nextOf(id: StepId, report: ImportReport | null): StepId {
  const next = steps[indexOf(id) + 1]?.id ?? "findings";
  return next === "means" && report !== null && report.states.length === 0 ? "preview" : next;
}
export function before(id: StepId, report: ImportReport | null): StepId {
  const last = steps[indexOf(id) - 1]?.id ?? "drop";
  return last === "means" && report !== null && report.states.length === 0 ? "read" : last;
}

export const meanings = [
  { id: "backlog", says: "not begun" },
  { id: "wait", says: "waiting" },
  { id: "active", says: "being worked on" },
  { id: "blocked", says: "blocked by others" },
  { id: "done", says: "done" },
  { id: "cancelled", says: "given up" },
] as const;
export const isWaiting = (meaning: string | null): boolean => meaning === "wait" || meaning === "blocked" || meaning === "backlog";

export const ticketRoles = ["key", "created", "resolved", "closed", "status", "type", "priority", "team", "assignee", "customer", "title", "service"];
export const eventRoles = ["item", "at", "state", "created", "type", "assignee", "team", "title", "value_stream", "initiative", "service", "priority", "blocked", "seq"];
/** The roles that a column may have, and those that the file came with. */
export function rolesOf(report: ImportReport): string[] {
  const known = report.format === "events" ? eventRoles : report.format === "tickets" ? ticketRoles : [];
  return [...new Set([...known, ...report.columns.map((column) => column.role).filter((role) => role !== "")])];
}
export const dateOrders = ["day-first", "month-first"] as const;
export const formats = ["tickets", "events", "servicenow-audit", "xes", "deployments", "incidents", "ai-inventory"] as const;
export const encodings = ["UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252"] as const;
export const delimiters = [
  { id: ",", says: "comma" },
  { id: ";", says: "semicolon" },
  { id: "\t", says: "tab" },
  { id: "|", says: "bar (|)" },
] as const;
export const delimiterWord = (delimiter: string): string => delimiters.find((one) => one.id === delimiter)?.says ?? delimiter;

/** The answers with one of them changed. What was remembered from an earlier file is said anew, so that nothing else moves. */
export function withAnswer(said: Answers, report: ImportReport | null, change: Answers): Answers {
  const base: Answers = { ...report?.answers, ...said };
  return {
    ...base, ...change, memory: false,
    ...(base.columns || change.columns ? { columns: { ...base.columns, ...change.columns } } : {}),
    ...(base.states || change.states ? { states: { ...base.states, ...change.states } } : {}),
    ...(base.parties || change.parties ? { parties: { ...base.parties, ...change.parties } } : {}),
  };
}

/** What is still open, in words; empty when a person need not look again. */
export function openQuestions(report: ImportReport): string[] {
  const out: string[] = [];
  const dates = report.dates.filter((date) => date.isOpen).map((date) => `“${date.column}”`);
  if (dates.length > 0) out.push(`Nothing in the file says whether the day or the month comes first in ${dates.join(", ")}.`);
  return out;
}
export const guesses = (report: ImportReport): number => report.states.filter((state) => state.reason.startsWith("guessed")).length;
export const unknowns = (report: ImportReport): number => report.states.filter((state) => state.means === null).length;

/** Whether a warning is of the guessed meaning of states: the step of meanings says so. */
export const isOfStates = (warning: string): boolean => /^the meaning of .* is guessed/.test(warning);
/** A file of which nobody knows, without being told, what its columns are. */
export const asksForColumns = (code: string): boolean => ["ingest.unknown_format", "ingest.missing_column", "ingest.no_end_date", "ingest.repeated_keys"].includes(code);
/** A sentence of the program as the page says it: what is an option of the command line there is a choice here. */
export function forPage(text: string): string {
  return text
    .replace(/say --tz \S+ if/, "choose the zone of its times if")
    .replace(/ ?\(another: --value-stream\)/, "")
    .replace(/ \([a-z_.]+ is [\d.e+-]+\)$/, "") // a figure and its value, for those who type
    .replace(/, then give a state map/, "")
    .replace(/,? or leave them out with --skip-bad/, ", or leave them out in the preview")
    .replace(/; add (.*) under \[states\] of a state map/, "; say what $1 means under What it means");
}
