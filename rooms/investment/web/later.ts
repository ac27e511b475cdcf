// What a case does not say yet, in the words of the page: what to say, and what is gained by it.

import type { RecordData } from "@tiebeam/model";

export interface Later {
  readonly field: string; // of the initiative
  readonly says: string;
  readonly gains: string;
}
const known: readonly Later[] = [
  { field: "sponsor", says: "Who stands behind it", gains: "without a sponsor nobody can sign" },
  { field: "business_owner", says: "Who in the business answers for it", gains: "benefits have an owner" },
  { field: "it_owner", says: "Who in IT answers for it", gains: "delivery has an owner" },
  { field: "priority", says: "Which priority it serves", gains: "it can be weighed against the others" },
  { field: "lever", says: "How it creates value", gains: "the sentence is in the business's words" },
  { field: "problem", says: "What hurts, and whom", gains: "readers know why" },
  { field: "run_cost_a_year", says: "What it costs each year", gains: "running is often the larger half" },
  { field: "duration", says: "When it is of use", gains: "benefits begin later than work" },
  { field: "adoption", says: "How many will use it", gains: "benefits come from use" },
  { field: "p_success", says: "The chance that it works", gains: "failures are counted" },
  { field: "do_nothing_cost_a_year", says: "What doing nothing costs", gains: "the alternative has a price" },
  { field: "people_plan", says: "How people are won", gains: "technology alone brings little" },
  { field: "process_plan", says: "What changes in the work", gains: "technology alone brings little" },
];

const isBlank = (value: unknown): boolean => value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** What the record does not say yet, in the order in which it matters. */
export function laterOf(initiative: RecordData | null | undefined): readonly Later[] {
  return initiative ? known.filter((one) => isBlank(initiative[one.field])) : [];
}
