// What GET /orgs/{org}/risk/ai answers, and what the page makes of it.
import type { BarsSpec } from "@tiebeam/charts/spec";
import { cellFigure, type CellFigure } from "@tiebeam/figure/cells";
import type { DayText, Figure, Finding, InstantText, Money } from "@tiebeam/model";

export type Need = "evaluation" | "approval" | "alternative" | "review" | "oversight" | "duplicate";
export interface AiTool {
  readonly id: string;
  readonly name: string;
  readonly purpose: string;
  readonly department: string;
  readonly unit: string;
  readonly owner: { readonly id: string; readonly name: string } | null;
  readonly status: "in use" | "approved" | "asked for" | "blocked" | "retired";
  readonly data_class: "public" | "internal" | "confidential" | "personal" | null;
  readonly risk_tier: string | null;
  readonly evaluation: string | null;
  readonly decision: string | null;
  readonly asked_on: DayText | null;
  readonly first_used_on: DayText | null;
  readonly approved_on: DayText | null;
  readonly review_on: DayText | null;
  readonly lag_days: number | null;
  readonly lag_open: boolean;
  readonly cost_a_year: Money | null;
  readonly needs: readonly Need[];
}
export interface AiDepartment {
  readonly department: string;
  readonly tools: number;
  readonly in_use: number;
  readonly before_approval: number;
  readonly duplicates: number;
  readonly spend: Money | null;
}
export interface AiMonth {
  readonly month: string; // "2026-10"
  readonly tools: number;
  readonly approved: number;
  readonly p50: number | null;
  readonly more_than: number | null; // not reached: longer than this
}
export interface AiGroup {
  readonly tools: readonly { readonly id: string; readonly name: string; readonly department: string; readonly status: string; readonly cost_a_year: Money | null }[];
  readonly count: number;
  readonly departments: number;
  readonly spend: Money | null;
}
export interface AiRef {
  readonly id: string;
  readonly name: string;
  readonly approved: boolean;
}
export interface AiBlocked {
  readonly id: string;
  readonly name: string;
  readonly department: string;
  readonly decided_on: DayText | null;
  readonly policy: string | null;
  readonly alternative: AiRef | null;
  readonly suggested: AiRef | null;
}
export interface AiAnswer {
  readonly as_of: InstantText;
  readonly currency: string;
  readonly status: "ok" | "empty";
  readonly figures: readonly Figure[];
  readonly tools: readonly AiTool[]; // those that need most first
  readonly departments: readonly AiDepartment[];
  readonly months: readonly AiMonth[];
  readonly duplicates: readonly AiGroup[];
  readonly blocked: readonly AiBlocked[];
  readonly findings: readonly Finding[];
  readonly recompute: string;
}

export const method = "docs/method/ai-tools.md";
export const needWords: Readonly<Record<Need, string>> = {
  evaluation: "no evaluation passed", approval: "no approval", alternative: "nothing instead", review: "review overdue", oversight: "no oversight", duplicate: "shared purpose",
};
const evaluations: Readonly<Record<string, string>> = { failed: "evaluation not passed", under_way: "being examined" };
/** What one tool needs: one that was examined and failed is not called unexamined. */
export const needOf = (need: Need, tool: Pick<AiTool, "evaluation">): string => (need === "evaluation" ? (evaluations[tool.evaluation ?? ""] ?? "not examined") : needWords[need]);
export const needTone = (need: Need): string => (need === "evaluation" ? "t-bad" : need === "duplicate" || need === "oversight" ? "t-nu" : "t-warn");
export const needs = Object.keys(needWords) as Need[];
export const isNeed = (text: string | null): text is Need => text !== null && text in needWords;

/** Those of a status, a need and a department, with the words in name, purpose or department. */
export function chosen(tools: readonly AiTool[], by: { status: string | null; need: string | null; department: string | null; q: string | null }): AiTool[] {
  const words = (by.q ?? "").toLowerCase().split(/\s+/).filter((word) => word !== "");
  return tools.filter((tool) => {
    const text = `${tool.name} ${tool.purpose} ${tool.department} ${tool.unit}`.toLowerCase();
    return (
      (by.status === null || by.status === "" || tool.status === by.status) &&
      (!isNeed(by.need) || tool.needs.includes(by.need)) &&
      (by.department === null || by.department === "" || tool.department === by.department) &&
      words.every((word) => text.includes(word))
    );
  });
}

/** A number of a row: `array` and `row` name it in its key. */
export function aiCell(answer: AiAnswer, array: string, row: string, column: string, value: Figure["value"], says: { label: string; unit: string; formula: string }): CellFigure {
  return cellFigure(`risk.ai.${array}[${row}].${column}`, value, { ...says, method, as_of: answer.as_of, recompute: answer.recompute, inputs: [{ records: "ai_tool", count: 1, filter: row }] });
}

const names = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
export const monthName = (month: string): string => `${names[Number(month.slice(5, 7)) - 1] ?? ""} ${month.slice(0, 4)}`;

/** A year of months: how far approval lagged behind use, by when use began. */
export function lagSpec(answer: AiAnswer): BarsSpec {
  const rows = answer.months.slice(-12);
  return {
    kind: "bars", id: "ai-lag", label: "Days from first use to approval, half of the tools first used in each month", height: 150, unit: "days", y: "Days", row: "Month", mode: "stacked",
    categories: rows.map((row) => monthName(row.month)), ids: rows.map((row) => row.month), ticks: rows.map((row) => monthName(row.month).slice(0, 3)),
    series: [
      { id: "p50", name: "Half approved within", look: "actual" as const, values: rows.map((row) => row.p50) },
      { id: "more_than", name: "Not yet: longer than", look: "forecast" as const, values: rows.map((row) => row.more_than) },
    ].filter((one) => one.id === "p50" || one.values.some((value) => value !== null)),
    source: { key: "risk.ai.months", formula: "Kaplan-Meier median of days from first use to approval, by month of first use; months with fewer than three tools say nothing", method, as_of: answer.as_of, n: rows.reduce((sum, row) => sum + row.tools, 0), recompute: answer.recompute },
  };
}
export const hasLag = (answer: AiAnswer): boolean => answer.months.slice(-12).some((row) => row.p50 !== null || row.more_than !== null);
