// The three things a change needs, and which of them nobody has planned.

import type { RecordData } from "@tiebeam/model";

export interface Plan {
  readonly field: "people_plan" | "process_plan" | "technology_plan";
  readonly label: string;
  readonly text: string;
}
export function plansOf(initiative: RecordData | null | undefined): Plan[] {
  const text = (field: Plan["field"]): string => (typeof initiative?.[field] === "string" ? (initiative[field] as string).trim() : "");
  return [
    { field: "people_plan", label: "People", text: text("people_plan") },
    { field: "process_plan", label: "Process", text: text("process_plan") },
    { field: "technology_plan", label: "Technology", text: text("technology_plan") },
  ];
}
/** "" when nothing is missing. */
export function gapOf(plans: readonly Plan[]): string {
  const missing = plans.filter((plan) => plan.text === "").map((plan) => plan.label.toLowerCase());
  if (missing.length === 0) return "";
  if (missing.length === 3) return "Nothing is planned yet for people, process or technology.";
  if (missing.length === 2 && !missing.includes("technology")) return "Technology only: how people are won and how the work changes is not planned.";
  return `Nothing is planned for ${missing.join(" and ")}.`;
}
