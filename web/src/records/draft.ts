// What stands in a form while somebody types: text, until it is read as values and sent.
import type { Estimate, FieldInfo, FieldValue, Problem, RecordData, RecordTypeInfo } from "@tiebeam/model";
import { shiftPoint } from "./digits";
import { faultsOf, ways, wayOf, type Way } from "./estimates";
import { isEstimate, isList, isLocked, isMoney } from "./values";
import { capital, fieldLabel, isSlug, slugify } from "./words";

export interface MoneyDraft {
  amount: string;
  currency: string;
}
export interface EstimateDraft {
  way: string; // id of a Way; "" when nothing is said
  parameters: Record<string, string>;
  points: { value: string; weight: string }[]; // of a discrete one
}
export type DraftValue = string | boolean | null | string[] | MoneyDraft | EstimateDraft;
export type Draft = Record<string, DraftValue>;
export interface Fault {
  readonly field: string; // name of the field, "" for the record
  readonly pointer: string;
  readonly message: string;
  readonly hint: string | null;
}

/** What a form asks in words of its own, beside the fields of the record: names of its own in the draft. */
export interface OwnWords {
  /** Its own words for a record, or for a new one; `plain` is the draft of the fields themselves. */
  begin(record: RecordData | null, plain: Draft): Draft;
  /** The whole record to send, with its own words put where they belong. */
  read(draft: Draft, record: RecordData | null, plain: ReadDraft): ReadDraft;
  /** What keeps a draft without faults from being meant, as only the server can tell: then it is not saved. */
  check?(draft: Draft, id: string | null): Promise<readonly Fault[]>;
}

/** The fields a form offers, in order: name and id first, then the type's own, then what all have. */
export function formFields(type: RecordTypeInfo): FieldInfo[] {
  const named = (name: string): FieldInfo[] => type.fields.filter((field) => field.name === name);
  const base = ["name", "id", "owner", "tags", "notes"];
  return [...named("name"), ...type.fields.filter((field) => !field.kept && !base.includes(field.name)), ...named("owner"), ...named("tags"), ...named("notes")];
}

export function emptyValue(field: FieldInfo, currency: string): DraftValue {
  switch (field.kind) {
    case "boolean": return null;
    case "money": return { amount: "", currency };
    case "estimate": return { way: "", parameters: {}, points: [] };
    case "references":
    case "list": return [];
    default: return "";
  }
}

export function toDraftValue(field: FieldInfo, value: FieldValue | undefined, currency: string): DraftValue {
  if (value === null || value === undefined) return emptyValue(field, currency);
  if (isMoney(value)) return { amount: value.amount, currency: value.currency };
  if (isList(value)) return [...value];
  if (isEstimate(value)) return toEstimateDraft(value);
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return shiftPoint(String(value), field.kind === "fraction" ? 2 : 0);
  // To the minute, as the input takes it; fromDraft gives an untouched instant back unchanged.
  if (field.kind === "instant") return value.replace(/Z$/, "").slice(0, 16);
  return value;
}
function toEstimateDraft(estimate: Estimate): EstimateDraft {
  const parameters: Record<string, string> = {};
  for (const [name, value] of Object.entries(estimate)) if (typeof value === "number") parameters[name] = shiftPoint(String(value), 0);
  const values = estimate["values"], weights = estimate["weights"];
  const points = typeof values === "object" && typeof weights === "object"
    ? values.map((value, i) => ({ value: String(value), weight: String(weights[i] ?? "") })) : [];
  return { way: wayOf(estimate)?.id ?? "", parameters, points };
}

export function toDraft(type: RecordTypeInfo, record: RecordData | null, currency: string, prefill: Readonly<Record<string, string>> = {}): Draft {
  const draft: Draft = {};
  for (const field of formFields(type)) {
    // A new record begins with what the store would put there; older servers do not say.
    const given = record === null ? (prefill[field.name] ?? field.initial ?? null) : record[field.name];
    const isText = typeof given === "string" && (field.kind === "list" || field.kind === "references");
    draft[field.name] = toDraftValue(field, isText ? given.split(";").map((item) => item.trim()) : given, currency);
  }
  if (record === null) draft["id"] = slugify(typeof draft["name"] === "string" ? draft["name"] : "");
  return draft;
}

/** "1,250.5", "1 250.5" and "-3" are numbers; "12,5" is not: it could be twelve and a half. */
export function readNumber(text: string): number | null {
  const tidy = text.trim().replace(/\u2212/g, "-").replace(/[\u00a0\u202f ](?=\d)/g, "");
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(tidy) ? tidy.replace(/,/g, "") : tidy;
  if (!/^-?(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

type Read = { readonly value: FieldValue } | { readonly message: string; readonly at?: string };
const notANumber = "This is not a number; write it like 1250 or 12.5";

function readEstimate(draft: EstimateDraft): Read {
  const way: Way | undefined = ways.find((candidate) => candidate.id === draft.way);
  if (!way) return { value: null };
  const out: Record<string, string | number | number[]> = { kind: way.shape };
  if (way.shape === "discrete") {
    const points = draft.points.filter((point) => point.value.trim() !== "" || point.weight.trim() !== "");
    const numbers = points.map((point) => ({ value: readNumber(point.value), weight: readNumber(point.weight) }));
    if (numbers.some((point) => point.value === null || point.weight === null)) return { message: notANumber, at: "/values" };
    out["values"] = numbers.map((point) => point.value ?? 0);
    out["weights"] = numbers.map((point) => point.weight ?? 0);
  } else {
    if (way.parameters.every((parameter) => (draft.parameters[parameter.name] ?? "").trim() === "")) return { value: null };
    for (const { name, label } of way.parameters) {
      const text = draft.parameters[name] ?? "";
      if (text.trim() === "") return { message: `${label} is missing`, at: `/${name}` };
      const value = readNumber(text);
      if (value === null) return { message: notANumber, at: `/${name}` };
      out[name] = value;
    }
  }
  const estimate = out as unknown as Estimate;
  const fault = faultsOf(estimate)[0];
  return fault ? { message: fault.message, at: `/${fault.parameter}` } : { value: estimate };
}

/** What the form says of an estimate so far, for the curve under it; null when it cannot be meant. */
export function estimateOf(draft: EstimateDraft): Estimate | null {
  const read = readEstimate(draft);
  return "value" in read && isEstimate(read.value) ? read.value : null;
}

function readField(field: FieldInfo, draft: DraftValue): Read {
  if (draft === null || typeof draft === "boolean") return { value: draft };
  if (Array.isArray(draft)) return { value: draft.filter((item) => item.trim() !== "") };
  if (typeof draft === "object") {
    if ("way" in draft) return readEstimate(draft);
    const amount = draft.amount.trim().replace(/\u2212/g, "-").replace(/[\u00a0\u202f ]/g, "");
    if (amount === "") return { value: null };
    const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(amount) ? amount.replace(/,/g, "") : amount;
    return /^-?\d+(\.\d+)?$/.test(plain) ? { value: { amount: plain, currency: draft.currency } } : { message: "This is not an amount; write it like 1250 or 1250.50" };
  }
  const text = draft.trim();
  if (text === "") return { value: null };
  switch (field.kind) {
    case "integer":
    case "number":
    case "fraction": {
      const typed = readNumber(field.kind === "fraction" ? text.replace(/%$/, "") : text);
      if (typed === null) return { message: notANumber };
      if (field.kind === "integer" && !Number.isInteger(typed)) return { message: "This must be a whole number" };
      const value = field.kind === "fraction" ? Number(shiftPoint(String(typed), -2)) : typed;
      const [min, max] = field.kind === "fraction" ? [field.min ?? 0, field.max ?? 1] : [field.min, field.max];
      const show = (limit: number): string => (field.kind === "fraction" ? `${shiftPoint(String(limit), 2)}%` : String(limit));
      if (min !== null && value < min) return { message: `This must be at least ${show(min)}` };
      if (max !== null && value > max) return { message: `This must be at most ${show(max)}` };
      return { value };
    }
    case "instant": return { value: /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) ? `${text}:00Z` : `${text}Z` };
    default: return { value: field.kind === "text" ? draft : text };
  }
}

export interface ReadDraft {
  readonly data: Record<string, FieldValue>;
  readonly faults: Fault[];
}
/** The whole record to send, and all that keeps it from being sent. */
export function fromDraft(type: RecordTypeInfo, draft: Draft, record: RecordData | null): ReadDraft {
  const data: Record<string, FieldValue> = {};
  const faults: Fault[] = [];
  const add = (field: string, message: string, hint: string | null = null, at = ""): void => {
    faults.push({ field, pointer: `/${field}${at}`, message, hint });
  };
  if (record === null && typeof draft["id"] === "string" && draft["id"] !== "") {
    data["id"] = draft["id"];
    if (!isSlug(draft["id"])) add("id", "This cannot be an id", "Use a to z, 0 to 9, '-', '_' and '.', starting with a letter or digit");
  }
  for (const field of formFields(type)) {
    const held = record?.[field.name] ?? null;
    const typed = draft[field.name] ?? "";
    if (isLocked(type.derived, field, record) || JSON.stringify(typed) === JSON.stringify(toDraftValue(field, held, currencyOf(typed)))) {
      data[field.name] = held ?? (field.kind === "list" || field.kind === "references" ? [] : null);
    } else {
      const read = readField(field, typed);
      if ("value" in read) data[field.name] = read.value;
      else add(field.name, `${fieldLabel(field.name)}: ${read.message}`, null, read.at ?? "");
    }
    const value = data[field.name];
    const isThere = value !== undefined && value !== null && value !== "";
    if (field.required && !isThere && !faults.some((fault) => fault.field === field.name)) {
      add(field.name, `${fieldLabel(field.name)} is missing`, field.help === "" ? null : field.help);
    }
  }
  return { data, faults };
}
function currencyOf(draft: DraftValue): string {
  return draft !== null && typeof draft === "object" && "currency" in draft ? draft.currency : "";
}

/** Faults the server found, put beside their fields. */
export function faultsFrom(problem: Problem, type: RecordTypeInfo): Fault[] {
  const names = new Set(type.fields.map((field) => field.name));
  const faults = problem.errors.map((error) => {
    const pointer = error.pointer ?? "";
    const field = pointer.split("/")[1] ?? "";
    return { field: names.has(field) ? field : "", pointer, message: capital(error.message), hint: error.hint };
  });
  return faults.length > 0 ? faults : [{ field: "", pointer: "", message: capital(problem.detail || problem.title), hint: problem.hint }];
}

/** Id of the input in the page that a fault belongs to. */
export function inputId(field: string): string {
  return `field-${field}`;
}
