import { describe, expect, it } from "vitest";
import { reportFrom, type ImportReport } from "./importReport";
import { before, forPage, guesses, nextOf, openQuestions, rolesOf, stepOf, unknowns, withAnswer } from "./steps";

const report = (more: object = {}): ImportReport => {
  const made = reportFrom({ file: "a.csv", format: "tickets", states: [{ state: "New", events: 1, means: "wait", reason: "guessed: contains 'new'" }], ...more });
  if (!made) throw new Error("no report");
  return made;
};

describe("the steps of an import", () => {
  it("are named by the address", () => {
    expect(stepOf("means")).toBe("means");
    expect(stepOf("nonsense")).toBe("drop");
    expect(stepOf(null)).toBe("drop");
  });
  it("leave out the meanings where there are no states", () => {
    expect(nextOf("read", report())).toBe("means");
    expect(nextOf("read", report({ states: [] }))).toBe("preview");
    expect(before("preview", report({ states: [] }))).toBe("read");
  });
});

describe("answers", () => {
  it("keep what was said before and what was remembered", () => {
    const held = withAnswer({ states: { New: "wait" } }, report({ answers: { date_order: "day-first", columns: { A: "key" } } }), { states: { Old: "done" } });
    expect(held).toEqual({ date_order: "day-first", columns: { A: "key" }, states: { New: "wait", Old: "done" }, memory: false });
  });
  it("say what is open", () => {
    expect(openQuestions(report({ dates: [{ column: "Opened", order: "month-first", evidence: "", is_open: true }] }))[0]).toContain("Opened");
    expect(openQuestions(report())).toEqual([]);
    expect(guesses(report())).toBe(1);
    expect(unknowns(report({ states: [{ state: "X", events: 1, means: null, reason: "unmapped" }] }))).toBe(1);
  });
  it("are choices, where the command line has options", () => {
    expect(forPage("times carry no zone: read as UTC; say --tz Europe/Berlin if they are local")).toBe("times carry no zone: read as UTC; choose the zone of its times if they are local");
    expect(forPage("what came, what left and what is in progress add up (flow.little.residual is 0)")).toBe("what came, what left and what is in progress add up");
    expect(forPage("so value stream 'desk' (another: --value-stream)")).toBe("so value stream 'desk'");
    expect(forPage("nothing to change")).toBe("nothing to change");
  });
  it("offer the roles of the format and those of the file", () => {
    expect(rolesOf(report({ columns: [{ name: "A", role: "estimate" }] }))).toContain("estimate");
    expect(rolesOf(report({ format: "xes" }))).toEqual([]);
  });
});
