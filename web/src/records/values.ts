// Values of records as text. They are what people wrote, so they are shown as written: every digit,
// only grouped. Computed numbers are Figures and do not pass through here.
import type { Estimate, FieldInfo, FieldValue, Money, RecordData } from "@tiebeam/model";
import { moneyText, percentOf, plainNumber, withUnit } from "./digits";
import { estimateText } from "./estimates";
import { words } from "./words";

export function isMoney(value: FieldValue | undefined): value is Money {
  return typeof value === "object" && value !== null && "amount" in value && "currency" in value;
}
export function isEstimate(value: FieldValue | undefined): value is Estimate {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "kind" in value;
}
export function isList(value: FieldValue | undefined): value is readonly string[] {
  return Array.isArray(value);
}
export function isEmpty(value: FieldValue | undefined): boolean {
  return value === null || value === undefined || value === "" || (isList(value) && value.length === 0);
}

export interface TextOptions {
  readonly day: (iso: string) => string;
  readonly instant: (iso: string) => string;
  readonly name?: (type: string, id: string) => string | null;
  readonly currency?: string | undefined; // of the organisation, for what is estimated in money
}

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
/** What an estimate counts in: its unit, or the organisation's currency where it says a cost. */
export function estimateUnit(field: FieldInfo, currency: string | undefined): string | null {
  return field.unit ?? (/(^|_)cost(_|$)/.test(field.name) ? (currency ?? null) : null);
}

/** One line of text for any value; "" when nothing is said. */
export function textOf(field: FieldInfo, value: FieldValue | undefined, options: TextOptions): string {
  if (isEmpty(value) || value === undefined || value === null) return "";
  const nameOf = (id: string): string => options.name?.(field.refers_to ?? "", id) ?? id;
  if (isMoney(value)) return moneyText(value);
  if (isList(value)) return value.map((item) => (field.kind === "references" ? nameOf(item) : item)).join(", ");
  if (isEstimate(value)) return estimateText(value, estimateUnit(field, options.currency));
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number" && field.name === "fiscal_year_starts") return months[value - 1] ?? String(value);
  if (typeof value === "number") return field.kind === "fraction" ? percentOf(value) : withUnit(plainNumber(value), field.unit);
  switch (field.kind) {
    case "choice": return words(value);
    case "day": return options.day(value);
    case "instant": return options.instant(value);
    case "reference": return nameOf(value);
    default: return value;
  }
}

/** A field of a type that is no longer described, or of an entry of the journal. */
export function fieldNamed(fields: readonly FieldInfo[], name: string, value: FieldValue): FieldInfo {
  const known = fields.find((field) => field.name === name);
  if (known) return known;
  const kind = isMoney(value) ? "money" : isList(value) ? "list" : isEstimate(value) ? "estimate"
    : typeof value === "boolean" ? "boolean" : typeof value === "number" ? "number" : "text";
  return { name, kind, required: false, min: null, max: null, refers_to: null, choices: [], unit: null, help: "", kept: false, initial: null };
}

const longNames = new Set(["notes", "statement", "problem", "hypothesis", "why", "promise", "insight", "reason", "need"]);
/** Whether a text deserves more than a line. */
export function isLong(field: FieldInfo, value?: FieldValue): boolean {
  if (field.kind !== "text") return false;
  if (longNames.has(field.name) || /_(plan|map)$/.test(field.name)) return true;
  return typeof value === "string" && (value.includes("\n") || value.length > 100);
}
/** Text in a notation of its own: kept in a fixed-width face. */
export function isCode(field: FieldInfo): boolean {
  return field.kind === "text" && (field.name.endsWith("_map") || /\bTOML\b/.test(field.help));
}

/** What a derived record has from its imports: shown, not edited. */
export function isLocked(derived: boolean, field: FieldInfo, record: RecordData | null): boolean {
  if (!derived || record === null) return false;
  const ofPeople = new Set(["notes", "tags", "owner"]);
  if (ofPeople.has(field.name) || ["reference", "references", "choice", "list", "boolean"].includes(field.kind)) return false;
  return !isEmpty(record[field.name]);
}

export function ownFields(fields: readonly FieldInfo[]): FieldInfo[] {
  return fields.filter((field) => !field.kept && !["name", "notes", "tags", "owner"].includes(field.name));
}

/** Whether two values say the same; an empty list, an empty text and nothing do. */
export function sameValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (isEmpty(a) && isEmpty(b)) return true;
  return canonical(a ?? null) === canonical(b ?? null);
}
function canonical(value: FieldValue): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return JSON.stringify(value);
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
