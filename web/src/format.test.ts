import { describe, expect, it } from "vitest";
import type { Figure } from "./model";
import {
  ageText, axisText, bytesText, countText, dayText, detailText, differenceText, endOfDay, exactText, figureParts,
  figureText, instantText, intervalText, isOfRun, leftText, likeOf, oldText, quarterText, rangeText, runText, shortHash, valueText, weekText,
} from "./format";

const plain = (text: string): string => text.replaceAll("\u00a0", " ");
function figure(value: Figure["value"], unit: string, more: Partial<Figure> = {}): Figure {
  return {
    key: "a.b", label: "A", value, unit, interval: null, n: null, as_of: "2026-11-21T07:00:00Z", status: value === null ? "not_measurable" : "ok",
    reason: null, trail: { formula: "", method: "", version: 1, seed: null, inputs: [] }, ...more,
  };
}
const between = (low: number, high: number, level = 0.9): Partial<Figure> => ({ interval: { low, high, level } });

// The same table as in_words of model/figure_text.cc, but for four things that a page says
// shorter: "16%" for "16.2 %", "€4.2m" for "EUR 4.2m", "1 item" for "1 items", "2.88 days" for "0.0945 months".
describe("a value in words, as the program itself says it", () => {
  it.each<[number, string, string]>([
    [22.1, "days", "22.1 days"],
    [0, "days", "0 days"],
    [25.992361, "days", "26 days"],
    [49.043055, "days", "49 days"],
    [1.5, "days", "36 hours"],
    [0.9089940942, "days", "21.8 hours"],
    [1 / 24, "days", "60 minutes"],
    [0.0005, "days", "0.72 minutes"],
    [2, "days", "2 days"],
    [-9, "days", "−9 days"],
    [1234.5, "days", "1,230 days"], // three digits on a page (UX section 3); the program says 1,234
    [0.162122, "share", "16%"],
    [0.9334, "share", "93.3%"],
    [0.013903, "share", "1.39%"],
    [0.0020849, "share", "0.208%"],
    [0, "share", "0%"],
    [1, "share", "100%"],
    [9202, "items", "9,202 items"],
    [57734, "events", "57,734 events"],
    [0, "items", "0 items"],
    [1, "items", "1 item"],
    [1, "items a week", "1 item a week"],
    [1, "people", "1 person"],
    [1, "working hours", "1 working hour"],
    [1, "entries", "1 entry"],
    [0.8827428, "handoffs an item", "0.883 handoffs an item"],
    [0.0944858, "months", "2.88 days"],
    [1.3649, "months", "1.36 months"],
    [1_300_000, "bytes", "1.3 MB"],
    [12.5, "", "12.5"],
    [1e6, "", "1,000,000"],
  ])("%d %s is %s", (value, unit, expected) => {
    expect(plain(figureText(figure(value, unit)))).toBe(expected);
  });

  it("uses the true minus and no-break spaces", () => {
    expect(figureText(figure(-3, "items"))).toBe("\u22123\u00a0items");
    expect(figureText(figure(1200, "items a week"))).toBe("1,200\u00a0items\u00a0a\u00a0week");
  });

  it("rounds ties to the even digit, as the program does", () => {
    expect([0.125, 0.375].map((value) => plain(valueText(value * 100, "x")))).toEqual(["12.5 x", "37.5 x"]);
    expect(plain(valueText(2.5 * 1000.2, "days"))).toBe("2,500 days");
    expect(plain(valueText(12.25, "days"))).toBe("12.2 days");
    expect(plain(valueText(12.35, "days"))).toBe("12.3 days"); // 12.35 is a little less in binary
  });
});

describe("money", () => {
  it.each<[string, string, string]>([
    ["4212000.00", "EUR", "€4.21m"],
    ["310000.00", "EUR", "€310k"],
    ["1250.00", "EUR", "€1,250"],
    ["12.50", "EUR", "€12.5"],
    ["9999.00", "USD", "$10,000"],
    ["-52000", "GBP", "−£52k"],
    ["3000000000", "JPY", "¥3bn"],
    ["1000", "CHF", "CHF 1,000"],
    ["0.00", "EUR", "€0"],
  ])("%s %s is %s", (amount, currency, expected) => {
    expect(plain(figureText(figure({ amount, currency }, "money")))).toBe(expected);
  });
  it("says both ends of a range", () => {
    expect(intervalText(figure({ amount: "4200000", currency: "EUR" }, "money", between(3.4e6, 5.1e6)))).toBe("€3.4m to €5.1m, 9 in 10");
  });
});

describe("intervals", () => {
  it.each<[number, string, [number, number], string, string]>([
    [22.1, "days", [21.6979, 22.2722], "22.1 days", "21.7 to 22.3 days"],
    [49.04, "days", [46.7069, 58.8007], "49 days", "47 to 59 days"],
    [1214.57, "items a week", [187.66, 2241.49], "1,200 items a week", "200 to 2,200"],
    [-165.43, "items a week", [-1238.47, 907.61], "−200 items a week", "−1,200 to 900"],
    [0.162122, "share", [0.155995, 0.168249], "16%", "16% to 17%"],
    [0.162122, "share", [0.1611, 0.1631], "16%", "16.11% to 16.31%"],
    [0.1104, "share", [0.1061, 0.1147], "11%", "10.6% to 11.5%"],
    [27089, "EUR", [-26841, 66996], "€27k", "−€27k to €67k"],
    [19.81, "days", [11.9, 41.95], "20 days", "12 to 42 days"],
    [6.6834, "days", [6.1795, 6.9478], "6.7 days", "6.2 to 6.9 days"],
    [1, "share", [0.99969, 1], "100%", "99.97% to 100%"],
    [0, "share", [0, 0.00031], "0%", "0% to 0.031%"],
    [0.909, "days", [0.888, 0.93], "21.8 hours", "21.3 to 22.3 hours"],
    [2.5, "days", [1.5, 3.5], "2.5 days", "1.5 to 3.5 days"],
    [0.8827, "handoffs an item", [0.8559, 0.9096], "0.88 handoffs an item", "0.86 to 0.91"],
    [47, "items", [43, 50], "47 items", "43 to 50"],
  ])("%d %s in %j", (value, unit, [low, high], text, range) => {
    const one = figure(value, unit, between(low, high));
    expect(plain(figureText(one))).toBe(text);
    expect(plain(rangeText(one))).toBe(range);
  });
  it("says the level unless it is certain", () => {
    expect(plain(intervalText(figure(22.1, "days", between(21.7, 22.3))))).toBe("21.7 to 22.3 days, 9 in 10");
    expect(intervalText(figure(0.16, "share", between(0.0186, 0.162, 1)))).toBe("2% to 16%");
    expect(rangeText(figure(1, "days"))).toBe("");
  });
});

describe("figures without a value", () => {
  it.each<[Partial<Figure>, string]>([
    [{ status: "too_few" }, "too few to say"],
    [{ status: "not_measurable" }, "not measurable"],
    [{ status: "stale" }, "not yet known"],
    [{ status: "not_reached", low: 60 }, "more than 60 days"],
    [{ status: "not_reached" }, "not yet known"],
  ])("%j is %s", (more, expected) => {
    expect(plain(figureText(figure(null, "days", more)))).toBe(expected);
  });
  it("splits number and unit", () => {
    expect(figureParts(figure(38, "days"))).toEqual({ number: "38", unit: "days" });
    expect(figureParts(figure(null, "days", { status: "not_reached", low: 60 }))).toEqual({ number: "more than 60", unit: "days" });
  });
});

describe("what a column or a simulation says", () => {
  it("is one unit, that of the value in the middle, unless a value would vanish in it", () => {
    const like = likeOf([1152621, 767274, null, 345786, 230182, 5054, "not said"], "EUR");
    const euro = (amount: string): string => plain(Object.values(figureParts(figure({ amount, currency: "EUR" }, "money"), like)).join(""));
    expect([euro("1152621"), euro("767274"), euro("5054"), euro("2")]).toEqual(["€1,150k", "€767k", "€5.05k", "€2"]);
    const days = likeOf([4, 3, 0.5], "days");
    expect(figureParts(figure(0.5, "days"), days)).toEqual({ number: "0.5", unit: "days" });
    expect(plain(rangeText(figure(0.5, "days", between(0.4, 0.6)), days))).toBe("0.4 to 0.6 days");
    expect(likeOf([1, 2], "items")).toBeNull();
  });
  it("is not how sure anybody is, but how far another run would differ", () => {
    const trail = { formula: "mean of all simulated years", method: "", version: 1, seed: 1, inputs: [] };
    const mean = figure({ amount: "641951.30", currency: "EUR" }, "money", { ...between(639360, 644542), trail });
    expect(isOfRun(mean)).toBe(true);
    expect(plain(runText(mean))).toBe("€4,000");
    expect(plain(runText(figure(0.2, "share", { ...between(0.19, 0.21), trail })))).toBe("1 pt");
    expect(isOfRun(figure(1, "EUR", { ...between(0, 2), trail: { ...trail, formula: "inverse ECDF at 0.5; between 0.05 and 0.95" } }))).toBe(false);
    expect(isOfRun(figure(1, "EUR", { ...between(0, 2), trail: { ...trail, notes: ["the range holds 9 in 10 single years"] } }))).toBe(false);
    expect(isOfRun(figure(1, "EUR", between(0, 2)))).toBe(false);
  });
  it("is so many years where a chance is rare", () => {
    expect(plain(figureText(figure(0.00002, "share", { label: "Chance of a year without any loss" })))).toBe("1 year in 50,000");
    expect(plain(figureText(figure(0.0042, "share", { label: "Chance of a loss" })))).toBe("1 in 240");
    expect(plain(figureText(figure(0.0042, "share", { label: "Share of work" })))).toBe("0.42%");
  });
});

describe("differences", () => {
  const change = (now: number, before: number, unit: string, more: Partial<Figure> = {}): string => plain(differenceText(figure(now, unit, more), figure(before, unit)));
  it("is signed, in points for shares, and no finer than the figure", () => {
    expect(change(38, 47, "days")).toBe("−9 days");
    expect(change(22.1, 24.973, "days")).toBe("−2.9 days");
    expect(change(0.82, 0.76, "share")).toBe("+6 pts");
    expect(change(0.81, 0.82, "share")).toBe("−1 pt");
    expect(change(1214, 1372, "items a week", between(188, 2241))).toBe("−200");
    expect(change(499, 520, "items")).toBe("−21");
    expect(change(5, 5, "items")).toBe("no change");
    const euro = (amount: string): Figure => figure({ amount, currency: "EUR" }, "money");
    expect(differenceText(euro("4200000"), euro("4000000"))).toBe("+€0.2m");
    const days = (value: number): Figure => figure(value, "days", { interval: { low: value - 0.3, high: value + 0.3, level: 0.9 } });
    expect(differenceText(days(21.93), days(21.87))).toBe("+0.1\u00a0days");
    expect(differenceText(days(21.93), days(21.91))).toBe("no\u00a0change");
    expect(figureText(figure(1, "ties"))).toBe("1\u00a0tie");
  });
});

describe("charts", () => {
  it("labels axes and marks", () => {
    expect([0, 20, 2000].map((tick) => axisText(tick, "days"))).toEqual(["0", "20", "2,000"]);
    expect([0, 0.25, 1].map((tick) => axisText(tick, "share"))).toEqual(["0%", "25%", "100%"]);
    expect([0, 1e5, 1e6].map((tick) => axisText(tick, "EUR"))).toEqual(["€0", "€100k", "€1m"]);
    expect(axisText(2_500_000, "items")).toBe("2.5m");
    expect(countText(24643)).toBe("24,643");
    expect(plain(exactText(10.427083333333334, "days"))).toBe("10.427083333333334 days");
  });
});

describe("dates", () => {
  it("are said as people say them", () => {
    expect(plain(dayText("2026-11-21"))).toBe("21 Nov 2026");
    expect(plain(instantText("2026-11-21T07:00:00Z", "UTC"))).toBe("21 Nov 2026, 07:00");
    expect(plain(instantText("2026-06-30T22:30:00Z", "Europe/Berlin"))).toBe("1 Jul 2026, 00:30");
    expect(plain(instantText("2026-06-30T22:30:00Z", "Nowhere/Land"))).toBe("30 Jun 2026, 22:30");
    expect(dayText("soon")).toBe("soon");
  });
  it("end a day on the clocks of the zone", () => {
    expect(endOfDay("2026-11-21", "UTC")).toBe("2026-11-21T23:59:59Z");
    expect(endOfDay("2026-07-01", "Europe/Berlin")).toBe("2026-07-01T21:59:59Z");
    expect(endOfDay("2026-10-25", "Europe/Berlin")).toBe("2026-10-25T22:59:59Z"); // the day has 25 hours
  });
  it("know quarters of fiscal years and ISO weeks", () => {
    expect(plain(quarterText("2026-11-21T07:00:00Z", "UTC", 1))).toBe("Q4 2026");
    expect(plain(quarterText("2026-11-21T07:00:00Z", "UTC", 7))).toBe("Q2 2027");
    expect(plain(quarterText("2026-03-31T23:30:00Z", "Europe/Berlin", 4))).toBe("Q1 2027");
    expect(plain(weekText("2026-11-21T07:00:00Z", "UTC"))).toBe("week 47");
    expect(plain(weekText("2027-01-01T00:00:00Z", "UTC"))).toBe("week 53");
    expect(plain(weekText("2024-12-30T00:00:00Z", "UTC"))).toBe("week 1");
  });
  it.each<[number, string]>([
    [30, "just now"], [300, "5 minutes ago"], [3600, "1 hour ago"], [3 * 3600, "3 hours ago"], [86_400, "1 day ago"],
    [9 * 86_400, "9 days ago"], [15 * 86_400, "2 weeks ago"], [70 * 86_400, "2 months ago"], [10.6 * 365.25 * 86_400, "10 years ago"], [-3 * 86_400, "in 3 days"],
  ])("%d seconds are %s", (seconds, expected) => {
    const now = Date.parse("2026-11-21T07:00:00Z");
    expect(plain(ageText(new Date(now - seconds * 1000).toISOString(), now))).toBe(expected);
  });
  it("say age and what is left", () => {
    const now = Date.parse("2026-11-21T07:00:00Z");
    expect(plain(oldText("2026-11-12T07:00:00Z", now))).toBe("9 days old");
    expect(plain(leftText(11))).toBe("about 11 s left");
    expect(plain(leftText(240))).toBe("about 4 minutes left");
  });
});

describe("small texts", () => {
  it("shortens hashes, sizes and evidence", () => {
    expect(shortHash("31276c14bd75bddc")).toBe("31276c14bd75…");
    expect([0, 999, 1_000_953, 18_200_000].map((bytes) => plain(bytesText(bytes)))).toEqual(["0 bytes", "999 bytes", "1 MB", "18.2 MB"]);
    expect(plain(detailText("entry_days=0 exit_days=61.40555555555556 event=open"))).toBe("still open after 61.4 days");
    expect(plain(detailText("entry_days=12 exit_days=122 event=done"))).toBe("finished after 122 days, seen from the age of 12 days on");
    expect(plain(detailText("spells=3 weight=0.25"))).toBe("spells 3, weight 0.25");
    expect(plain(detailText("committed 2016-02-29T01:16:00Z, finished 2016-03-05T12:00:00Z", "Europe/Berlin"))).toBe("committed 29 Feb 2016, 02:16, finished 5 Mar 2016, 13:00");
    expect(plain(detailText("part=0.20069444444444445 whole=0.5 days of active time"))).toBe("part 0.201 whole 0.5 days of active time");
    expect(detailText("went back a step")).toBe("went back a step");
  });
});
