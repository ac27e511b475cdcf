import { describe, expect, it } from "vitest";
import type { Finding, Severity } from "@tiebeam/model";
import { dayFromNow, figuresIn, grouped, summary } from "./findings";

function finding(rule: string, severity: Severity, since = "2026-01-01"): Finding {
  return { rule, severity, subject: { type: "organisation", id: "self" }, message: "", why: "", do: "", figures: [], since };
}

describe("findings", () => {
  const list = [finding("flow.a", "info"), finding("risk.b", "error"), finding("flow.c", "warning", "2026-02-01"), finding("flow.d", "warning")];
  it("come worst first, by room", () => {
    expect(grouped(list).map((group) => [group.room, group.findings.map((one) => one.rule)])).toEqual([["risk", ["risk.b"]], ["flow", ["flow.d", "flow.c", "flow.a"]]]);
  });
  it("are said in one sentence", () => {
    expect(summary([], String)).toBe("Nothing needs a person today.");
    expect(summary(list, String)).toBe("4 findings: 1 to act on now, 2 to look at and 1 note.");
    expect(summary([finding("a.b", "info")], String)).toBe("One note, and nothing to act on.");
    expect(summary([finding("a.b", "info"), finding("a.c", "info")], String)).toBe("2 notes, and nothing to act on.");
    expect(summary([finding("a.b", "warning")], String)).toBe("One finding to look at.");
  });
  it("name the figures that their commands open", () => {
    expect(figuresIn("Ask today: tiebeam figure flow.age.p85 --explain lists them")).toEqual(["flow.age.p85"]);
    expect(figuresIn("tiebeam figure flow.open, then tiebeam figure flow.open.")).toEqual(["flow.open"]);
    expect(figuresIn("tiebeam record priority add name=x")).toEqual([]);
  });
  it("are lived with until a day", () => expect(dayFromNow(30, new Date("2026-01-31T12:00:00Z"))).toBe("2026-03-02"));
});
