// Two people changed one record: what each changed since the version both began with.
import type { FieldInfo, FieldValue, RecordData, RecordTypeInfo } from "@tiebeam/model";
import { formFields } from "./draft";
import { sameValue } from "./values";

export interface Difference {
  readonly field: FieldInfo;
  readonly before: FieldValue;
  readonly theirs: FieldValue;
  readonly yours: FieldValue;
  readonly changed: "yours" | "theirs" | "both";
}
export type Choice = "yours" | "theirs";

/** Fields in which the stored and the sent version differ; `before` is what was loaded. */
export function differences(type: RecordTypeInfo, before: RecordData, theirs: RecordData, yours: Readonly<Record<string, FieldValue>>): Difference[] {
  return formFields(type).flatMap((field) => {
    const at = (data: Readonly<Record<string, FieldValue>>): FieldValue => data[field.name] ?? null;
    if (sameValue(at(theirs), at(yours))) return [];
    const mine = !sameValue(at(before), at(yours));
    const other = !sameValue(at(before), at(theirs));
    return [{ field, before: at(before), theirs: at(theirs), yours: at(yours), changed: mine && other ? "both" : mine ? "yours" : "theirs" } as const];
  });
}

/** What is taken unless somebody says otherwise; nothing where both changed the same field. */
export function proposed(list: readonly Difference[]): Record<string, Choice | null> {
  return Object.fromEntries(list.map((difference) => [difference.field.name, difference.changed === "both" ? null : difference.changed]));
}

export function merged(list: readonly Difference[], choices: Readonly<Record<string, Choice | null>>, yours: Readonly<Record<string, FieldValue>>): Record<string, FieldValue> {
  const out: Record<string, FieldValue> = { ...yours };
  for (const { field, theirs } of list) if (choices[field.name] === "theirs") out[field.name] = theirs;
  return out;
}
