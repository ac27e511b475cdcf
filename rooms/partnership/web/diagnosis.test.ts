import { describe, expect, it } from "vitest";
import type { Figure } from "@tiebeam/model";
import { barOf, ordered, type Symptom } from "./diagnosis";

const figure = (value: number | null, unit: string, low?: number, high?: number): Figure => ({
  key: "partnership.symptom.x", label: "", value, unit, interval: low === undefined || high === undefined ? null : { low, high, level: 0.9 },
  n: 1, as_of: "2025-01-01T00:00:00Z", status: value === null ? "too_few" : "ok", reason: null,
  trail: { formula: "", method: "", version: 1, seed: null, inputs: [] },
});

describe("the bar of a symptom", () => {
  it("draws shares from 0 to 1", () => {
    expect(barOf(figure(0.75, "share", 0.6, 0.9), 0.5)).toEqual({ from: 0, to: 75, low: 60, high: 90, line: 50 });
  });
  it("draws growth to both sides of 0", () => {
    expect(barOf(figure(-2, "items a week", -4, 0), 0)).toEqual({ from: 25, to: 50, low: 0, high: 50, line: 50 });
  });
  it("keeps the line of people on the track", () => {
    expect(barOf(figure(1, "people"), 2)).toEqual({ from: 0, to: 25, low: null, high: null, line: 50 });
  });
  it("draws nothing without a value", () => {
    expect(barOf(figure(null, "share"), 0.5)).toBeNull();
  });
});

describe("the order of symptoms", () => {
  it("puts what is visible first, and keeps the order within", () => {
    const of = (id: string, verdict: Symptom["verdict"]): Symptom => ({ id, verdict }) as Symptom;
    const found = ordered([of("a", "unknown"), of("b", "not_seen"), of("c", "present"), of("d", "present"), of("e", "unknown")]);
    expect(found.map((one) => one.id)).toEqual(["c", "d", "a", "e", "b"]);
  });
});
