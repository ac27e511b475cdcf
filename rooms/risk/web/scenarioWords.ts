// A scenario as the form asks for it: how often and how bad in words of its own, all else by its fields.

import type { Estimate, FieldValue, RecordData, RecordTypeInfo } from "@tiebeam/model";
import { estimateOf, type Draft, type EstimateDraft, type Fault, type OwnWords, type ReadDraft } from "@tiebeam/records/draft";
import { isEstimate } from "@tiebeam/records/values";
import { capital } from "@tiebeam/records/words";
import type { Preview } from "./answers";
import { badOf, chancesOf, lineOf, oftenOf, readBad, readChances, readOften, type Bad, type Chances, type Often, type Per, type ReadRange } from "./ranges";

const text = (draft: Draft, name: string): string => {
  const value = draft[name];
  return typeof value === "string" ? value : "";
};
const estimateAt = (record: RecordData | null, name: string): Estimate | null => {
  const value = record?.[name];
  return isEstimate(value) ? value : null;
};

/** What is asked in words of its own, and the field that it belongs to. */
const asked = { often: "frequency", bad: "primary_loss", react: "secondary_probability", after: "secondary_loss" } as const;
export type Asked = keyof typeof asked;
const everyAsked = Object.keys(asked) as Asked[];

export const often = (draft: Draft): Often => ({
  low: { text: text(draft, "often_low"), per: text(draft, "often_low_per") as Per },
  high: { text: text(draft, "often_high"), per: text(draft, "often_high_per") as Per },
  exact: text(draft, "often_exact") === "yes",
});
export const bad = (draft: Draft, what: "bad" | "after" = "bad"): Bad => ({ low: text(draft, `${what}_low`), likely: text(draft, `${what}_likely`), high: text(draft, `${what}_high`), exact: text(draft, `${what}_exact`) === "yes" });
export const chances = (draft: Draft): Chances => ({ low: text(draft, "react_low"), high: text(draft, "react_high") });
/** "range": by its ends; "other": as the field of the record has it. */
export const wayOf = (draft: Draft, what: Asked): "range" | "other" => (text(draft, `${what}_way`) === "other" ? "other" : "range");
export function readAsked(draft: Draft, what: Asked): ReadRange {
  return what === "often" ? readOften(often(draft)) : what === "react" ? readChances(chances(draft)) : readBad(bad(draft, what));
}

const hasParts = (record: RecordData | null): boolean => ["contact", "action", "vulnerability"].some((name) => estimateAt(record, name) !== null);
export const formsOfLoss = ["productivity_loss", "response_loss", "replacement_loss", "fines_loss", "competitive_loss", "reputation_loss"];
const hasForms = (record: RecordData | null): boolean => formsOfLoss.some((name) => estimateAt(record, name) !== null);

function amounts(what: "bad" | "after", said: Bad | null): Draft {
  return { [`${what}_way`]: said ? "range" : "other", [`${what}_low`]: said?.low ?? "", [`${what}_likely`]: said?.likely ?? "", [`${what}_high`]: said?.high ?? "", [`${what}_exact`]: said?.exact ? "yes" : "" };
}
function begin(record: RecordData | null, plain: Draft): Draft {
  const of = (field: string): Estimate | null => estimateAt(record, field) ?? estimateIn(plain, field);
  const isOnce = record?.["law"] === "bernoulli" || record?.["law"] === "fixed";
  const rate = hasParts(record) || isOnce ? null : oftenOf(of("frequency"));
  const react = chancesOf(of("secondary_probability"));
  return {
    often_way: rate ? "range" : "other", often_low: rate?.low.text ?? "", often_low_per: rate?.low.per ?? "every", often_high: rate?.high.text ?? "", often_high_per: rate?.high.per ?? "every", often_exact: rate?.exact ? "yes" : "",
    ...amounts("bad", hasForms(record) ? null : badOf(of("primary_loss"))),
    react_way: react ? "range" : "other", react_low: react?.low ?? "", react_high: react?.high ?? "",
    ...amounts("after", badOf(of("secondary_loss"))),
  };
}
function estimateIn(draft: Draft, name: string): Estimate | null {
  const value = draft[name];
  return typeof value === "object" && value !== null && "way" in value ? estimateOf(value as EstimateDraft) : null;
}

/** Whether nothing of it was touched since the form was opened on the record: then it stays to its last digit. */
function untouched(draft: Draft, record: RecordData, what: Asked): boolean {
  return Object.entries(begin(record, {})).filter(([name]) => name.startsWith(`${what}_`)).every(([name, value]) => draft[name] === value);
}
function read(draft: Draft, record: RecordData | null, plain: ReadDraft): ReadDraft {
  const data: Record<string, FieldValue> = { ...plain.data };
  const faults: Fault[] = [];
  const ranged = everyAsked.filter((what) => wayOf(draft, what) === "range");
  for (const what of ranged) {
    const field = asked[what];
    if (record && untouched(draft, record, what)) {
      data[field] = record[field] ?? null;
      continue;
    }
    const said = readAsked(draft, what);
    data[field] = said.estimate;
    faults.push(...said.faults.map((fault) => ({ field, pointer: `/${field}/${fault.at}`, message: fault.message, hint: fault.hint })));
  }
  const own = new Set<string>(ranged.map((what) => asked[what]));
  return { data, faults: [...faults, ...plain.faults.filter((fault) => !own.has(fault.field))] };
}

export const scenarioWords: OwnWords = { begin, read };

const previewed = ["frequency", "contact", "action", "vulnerability", "primary_loss", ...formsOfLoss, "secondary_probability", "secondary_loss"];
function linesOf(draft: Draft): Record<string, string> {
  const lines: Record<string, string> = {};
  for (const name of previewed) {
    const what = everyAsked.find((one) => asked[one] === name);
    const estimate = what && wayOf(draft, what) === "range" ? readAsked(draft, what).estimate : estimateIn(draft, name);
    if (estimate) lines[name] = lineOf(estimate);
  }
  return lines;
}
const hasOwn = (lines: Record<string, string>): boolean => "frequency" in lines || "contact" in lines;
/** Whether the scenario says itself how often, whatever else it happens with. */
export const saysOften = (draft: Draft): boolean => hasOwn(linesOf(draft));
/** What is asked of the server while somebody types: the estimates that can be meant, each as one line;
    of a scenario on record with its id. */
export function previewParams(draft: Draft, id: string | null): Record<string, string | readonly string[]> | null {
  const lines = linesOf(draft);
  const cause = text(draft, "common_cause");
  const hasOften = hasOwn(lines) || cause !== "";
  const hasBad = "primary_loss" in lines || formsOfLoss.some((name) => name in lines);
  if (!hasOften || !hasBad) return null;
  const law = text(draft, "law");
  const dispersion = text(draft, "dispersion");
  const said = { ...(law === "" ? {} : { law }), ...(dispersion === "" ? {} : { dispersion }), ...(cause === "" ? {} : { common_cause: cause }), ...lines };
  if (id === null) return { ...said, ...(text(draft, "name") === "" ? {} : { name: text(draft, "name") }) };
  // Of a scenario on record: what is not said any more is taken away.
  const gone = [...previewed, "common_cause", "dispersion"].filter((name) => !(name in said));
  return { id, ...said, ...Object.fromEntries(gone.map((name) => [name, [""]])) };
}

/** What the server does not understand of the fields in the form: a scenario that says it is not saved. */
export function faultsOfPreview(preview: Pick<Preview, "errors">, type: Pick<RecordTypeInfo, "fields"> | undefined): readonly Fault[] {
  const known = new Set(type?.fields.map((field) => field.name));
  return preview.errors.filter((one) => known.has(one.field)).map((one) => ({ field: one.field, pointer: `/${one.field}`, message: capital(one.found), hint: one.hint === "" ? null : one.hint }));
}
