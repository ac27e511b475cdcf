import { describe, expect, it } from "vitest";
import type { Job } from "@tiebeam/model";
import { isOver, reportOf, shareDone } from "./importReport";

const job: Job = { id: "job_1", kind: "preview", title: "Preview of a.csv", state: "done", phase: "keeping", done: 5, total: 10, seconds_left: null, problem: null,
  result: { upload: "upl_1", file: "a.csv", format: "tickets", encoding: "UTF-8", value_stream: "incidents", new: 7, known: 2, rejected: 1, statements: ["comma", 3], warnings: [], audits: ["adds up"],
    states: [{ state: "New", events: 4, means: "wait", reason: "named" }, { state: "Odd", events: 1, means: null, reason: "unmapped" }], rejects: [{ line: 3, column: "at", found: "x", expected: "a time" }] } };

describe("the result of an import", () => {
  it("is read", () => {
    expect(reportOf(job)).toMatchObject({ upload: "upl_1", added: 7, known: 2, rejected: 1, statements: ["comma"], states: [{ means: "wait" }, { means: null }], rejects: [{ line: 3 }] });
  });
  it("is read when it says less", () => {
    expect(reportOf({ ...job, result: { import: "imp_1", new_rows: 3, states: [{ state: "A", class: "done", guessed: true }] } })).toMatchObject({ upload: "imp_1", added: 3, states: [{ means: "done", reason: "guessed" }], rejects: [] });
    expect(reportOf({ ...job, result: null })).toBeNull();
  });
  it("knows how far it is", () => {
    expect(shareDone(job)).toBe(0.5);
    expect(shareDone({ ...job, total: null })).toBeNull();
    expect(isOver({ ...job, state: "running" })).toBe(false);
  });
});
