import { describe, expect, it } from "vitest";
import { chosen, hasLag, lagSpec, monthName, needOf, type AiAnswer, type AiTool } from "./ai";

const tool = (id: string, own: Partial<AiTool> = {}): AiTool => ({
  id, name: id, purpose: "", department: "Sales", unit: "", owner: null, status: "in use", data_class: null, risk_tier: null, evaluation: null, decision: null,
  asked_on: null, first_used_on: null, approved_on: null, review_on: null, lag_days: null, lag_open: false, cost_a_year: null, needs: [], ...own,
});
const answer: AiAnswer = {
  as_of: "2026-11-20T00:00:00Z", currency: "EUR", status: "ok", figures: [], tools: [], departments: [], duplicates: [], blocked: [], findings: [], recompute: "tiebeam risk ai --json",
  months: [{ month: "2026-08", tools: 3, approved: 3, p50: 12, more_than: null }, { month: "2026-10", tools: 3, approved: 0, p50: null, more_than: 31 }],
};

describe("AI tools", () => {
  it("chooses by what is missing and by words", () => {
    const tools = [tool("a", { needs: ["approval"] }), tool("b", { purpose: "Writes minutes", status: "blocked" }), tool("c", { department: "IT" })];
    const none = { status: null, need: null, department: null, q: null };
    expect(chosen(tools, { ...none, need: "approval" }).map((one) => one.id)).toEqual(["a"]);
    expect(chosen(tools, { ...none, q: "minutes sales" }).map((one) => one.id)).toEqual(["b"]);
    expect(chosen(tools, { ...none, status: "in use", department: "IT" }).map((one) => one.id)).toEqual(["c"]);
    expect(chosen(tools, { ...none, need: "nonsense" })).toHaveLength(3);
  });
  it("says how far an evaluation has come", () => {
    expect(["failed", "under_way", null].map((evaluation) => needOf("evaluation", tool("a", { evaluation })))).toEqual(["evaluation not passed", "being examined", "not examined"]);
    expect(needOf("approval", tool("a"))).toBe("no approval");
  });
  it("draws what is not reached beside what is", () => {
    expect(monthName("2026-08")).toBe("August 2026");
    expect(hasLag(answer)).toBe(true);
    expect(lagSpec(answer).series.map((one) => one.values)).toEqual([[12, null], [null, 31]]);
  });
});
