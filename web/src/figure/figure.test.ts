import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Figure as FigureData } from "../model";
import { visit } from "../router.svelte";
import { cellFigure, isCell } from "./cells";
import { changeFigure } from "./change";
import Delta from "./Delta.svelte";
import { drawer } from "./drawer.svelte";
import Figure from "./Figure.svelte";
import { heardFigure, slowly } from "./heard";
import { subjectOf } from "./subject";

const days = (value: number | null, more: Partial<FigureData> = {}): FigureData => ({
  key: "flow.age.p85", label: "85 of 100 are at most this old", value, unit: "days", interval: null, n: 9, as_of: "2026-11-21T07:00:00Z", status: value === null ? "too_few" : "ok",
  reason: null, trail: { formula: "f", method: "m", version: 1, seed: null, inputs: [] }, ...more,
});
const source = { label: "Dwell", unit: "days", formula: "survival quantile", method: "docs/method/flow-time.md", as_of: "2026-11-21T07:00:00Z", recompute: "tiebeam flow metrics --json" };

beforeEach(() => {
  vi.stubGlobal("fetch", () => new Promise(() => undefined));
  window.scrollTo = () => undefined;
  visit("/o/acme/flow");
  drawer.steps = [];
});

describe("a figure on a page", () => {
  it.each(["plain", "cell", "big", "sentence"] as const)("carries its key, its raw value and its as-of (%s)", (look) => {
    render(Figure, { figure: days(38.4567), look });
    const button = screen.getByRole("button");
    expect(button.textContent?.replaceAll("\u00a0", " ")).toBe("38.5 days");
    expect(button.dataset).toMatchObject({ figure: "flow.age.p85", value: "38.4567", asOf: "2026-11-21T07:00:00Z" });
  });
  it("says in words that there is no value", () => {
    render(Figure, { figure: days(null) });
    expect(screen.getByRole("button").textContent).toBe("too few to say");
    expect(screen.getByRole("button").dataset["value"]).toBe("null");
  });
  it("says the day its days end, and keeps both", () => {
    render(Figure, { figure: days(21), day: "2026-12-12" });
    expect(screen.getByRole("button").textContent?.replaceAll("\u00a0", " ")).toBe("12 Dec 2026");
    expect(screen.getByRole("button").dataset).toMatchObject({ value: "21", day: "2026-12-12" });
  });
  it("says no day where there is no value", () => {
    render(Figure, { figure: days(null), day: "2026-12-12" });
    expect(screen.getByRole("button").textContent).toBe("too few to say");
  });
  it("says its age when its source is old", () => {
    render(Figure, { figure: days(3, { status: "stale", as_of: "2020-01-01T00:00:00Z" }) });
    expect(screen.getByRole("button").textContent).toMatch(/3\u00a0days \d+\u00a0years old/);
  });
  it.each([["click", undefined], ["keyDown", "p"], ["keyDown", "Enter"]] as const)("opens by %s %s, and the address says so", async (event, key) => {
    render(Figure, { figure: days(3), look: "sentence" });
    await fireEvent[event](screen.getByRole("button"), key === undefined ? {} : { key });
    expect(drawer.shown?.key).toBe("flow.age.p85");
    expect(location.search).toBe("?figure=flow.age.p85");
  });
});

describe("a number of a table", () => {
  const cell = cellFigure("flow.states[Active].dwell.p85", 3.2, source);
  it("opens without an address: its answer is on the page", async () => {
    render(Figure, { figure: cell, look: "cell" });
    await fireEvent.click(screen.getByRole("button"));
    expect(drawer.shown?.figure).toBe(cell);
    expect(location.search).toBe("");
  });
  it("carries how it is made", () => {
    expect(isCell(cell)).toBe(true);
    expect(cell.cell.recompute).toBe("tiebeam flow metrics --json");
    expect(cellFigure("k", null, source, { reason: "no stays" })).toMatchObject({ status: "not_measurable", reason: "no stays" });
  });
});

describe("a change", () => {
  const before = days(47, { as_of: "2026-11-14T07:00:00Z" });
  it("is signed and marked by what was wanted", () => {
    render(Delta, { now: days(38), before, wanted: "down", says: "in a week" });
    expect(screen.getByRole("button").textContent?.replaceAll("\u00a0", " ")).toBe("✓ −9 days in a week");
  });
  it("is a figure with both ends in its trail", () => {
    expect(changeFigure(days(38), before)).toMatchObject({ value: -9, unit: "days", trail: { inputs: [{ figure: "flow.age.p85" }] } });
    expect(changeFigure(days(0.82, { unit: "share" }), days(0.76, { unit: "share" }))?.unit).toBe("pts");
    expect(changeFigure(days(null), before)).toBeNull();
  });
});

describe("the drawer", () => {
  it("steps from figure to input and back", () => {
    drawer.open(days(3), document.body);
    drawer.follow("flow.open", null);
    expect(location.search).toBe("?figure=flow.open");
    drawer.back();
    expect(drawer.shown?.key).toBe("flow.age.p85");
    drawer.agree("flow.items");
    expect(drawer.steps).toEqual([{ key: "flow.items", figure: null }]);
    drawer.agree(null);
    expect(drawer.shown).toBeNull();
  });
  it("knows subjects", () => {
    expect(subjectOf("work_item/INC0000045")).toEqual({ type: "work_item", id: "INC0000045" });
    expect(subjectOf("week 12")).toEqual({ type: "", id: "week 12" });
  });
});

describe("those who hear the page", () => {
  it("are told at most once a second, and what is newest", () => {
    vi.useFakeTimers();
    const told: string[] = [];
    const say = slowly((text) => told.push(text));
    say("a");
    say("b");
    say("c");
    expect(told).toEqual(["a"]);
    vi.advanceTimersByTime(999);
    expect(told).toEqual(["a"]);
    vi.advanceTimersByTime(1);
    expect(told).toEqual(["a", "c"]);
    vi.advanceTimersByTime(5000);
    say("d");
    expect(told).toEqual(["a", "c", "d"]);
    vi.useRealTimers();
  });
  it("hear what is seen", () => expect(heardFigure(days(38.4567)).replaceAll("\u00a0", " ")).toBe("38.5 days"));
});
