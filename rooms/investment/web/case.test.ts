import { describe, expect, it } from "vitest";
import { problemsOf } from "@tiebeam/charts/spec";
import { numberOf } from "@tiebeam/format";
import { figureOf, inputNamed, placeOf, sayingOf, type CaseAnswer, type DelayForecast } from "./answers";
import { countsWith, forecastLink, pointsOf } from "./delays";
import { dotsChart, fanChart, lostOf, tornadoChart } from "./drawn";
import { dotsOf, factorOf, isQuick, mostPercent, movedBy, percentOf, quantile, quickly, triesOf, tryTexts } from "./draws";
import { laterOf } from "./later";
import { gapOf, plansOf } from "./plans";
import { behind, ordered, scaleOf, shownBy } from "./rows";
import { linesOf, signedNumber, speakingOf } from "./signing";
import { allCases, oneCase } from "./testdata";

const draws = oneCase.draws;
if (!draws) throw new Error("the case has draws");

describe("trying an input", () => {
  it("moves every draw by its own part, and nothing when it is as planned", () => {
    expect([...movedBy(draws, {})]).toEqual(draws.npv);
    expect(movedBy(draws, { one_off_cost: 1.2 })[7]).toBeCloseTo((draws.npv[7] ?? 0) - 0.2 * 106_000, 6);
  });
  it("multiplies inputs of one term and adds terms", () => {
    const both = movedBy(draws, { adoption: 1.1, "days-to-paid.change": 1.2, one_off_cost: 0.5 });
    const part = draws.inputs[1]?.part?.[7] ?? 0;
    expect(both[7]).toBeCloseTo((draws.npv[7] ?? 0) + 0.32 * part + 0.5 * 106_000, 6);
  });
  it("never makes a dearer case worth more", () => {
    let before = Infinity;
    for (let factor = 0.5; factor <= 2; factor += 0.1) {
      const now = numberOf(quickly(oneCase, draws, { one_off_cost: factor }).npv.value) ?? 0;
      expect(now).toBeLessThanOrEqual(before);
      before = now;
    }
  });
  it("says the same as the draws without a try", () => {
    const quick = quickly(oneCase, draws, {});
    const sorted = Float64Array.from(draws.npv).sort();
    expect(quick.npv.value).toBe(quantile(sorted, 0.5));
    expect(quick.loss.value).toBe(draws.npv.filter((value) => value < 0).length / draws.n);
    expect(quick.dots).toHaveLength(20);
  });
  it("stands in the address, and is read from it again", () => {
    const query = new URLSearchParams([["try", "one_off_cost:1.2"], ["try", "days-to-paid.change:0.75"], ["try", "nonsense"], ["try", "adoption:-3"], ["try", "adoption:1"]]);
    expect(triesOf(query)).toEqual({ one_off_cost: 1.2, "days-to-paid.change": 0.75 });
    expect(tryTexts(triesOf(query))).toEqual(["days-to-paid.change:0.75", "one_off_cost:1.2"]);
    expect(percentOf(1.2)).toBe(20);
    expect(factorOf(-25)).toBe(0.75);
  });
  it("knows which inputs only the server can count", () => {
    expect(isQuick(draws, "one_off_cost")).toBe(true);
    expect(isQuick(draws, "exit_cost")).toBe(false);
    expect(isQuick(null, "one_off_cost")).toBe(false);
    expect(mostPercent(draws, "adoption", 900)).toBe(25);
  });
  it("goes straight between what is known of an input that does not move straight", () => {
    const at = (k: number): number => (movedBy(draws, { duration: k })[7] ?? 0) - (draws.npv[7] ?? 0);
    expect(at(2)).toBeCloseTo(-60_000, 6);
    expect(at(1.5)).toBeCloseTo(-30_000, 6);
    expect(at(0.75)).toBeCloseTo(10_000, 6);
    expect(at(0.1)).toBeCloseTo(20_000, 6);
    expect(at(1)).toBeCloseTo(0, 6);
  });
});

describe("the charts of a case", () => {
  it("can be drawn", () => {
    expect(problemsOf(dotsChart(oneCase, null, 210))).toEqual([]);
    expect(problemsOf(tornadoChart(oneCase))).toEqual([]);
    for (const benefit of oneCase.benefits ?? []) expect(problemsOf(fanChart(oneCase, benefit))).toEqual([]);
  });
  it("show twenty dots, of however many the answer has", () => {
    expect(dotsOf({ ...oneCase, dots: Array.from({ length: 50 }, (_, i) => i - 5) })).toHaveLength(20);
    expect(lostOf(dotsChart(oneCase, null, 210).values)).toBe(4);
  });
  it("say fails and works for a chance of success", () => {
    expect(tornadoChart(oneCase).rows.find((row) => row.id === "p_success")?.ends).toEqual(["fails", "works"]);
  });
});

describe("a case in words", () => {
  it("is a sentence of figures, also where the program has none", () => {
    const said = (answer: typeof oneCase) => sayingOf(answer).map((part) => (typeof part === "string" ? part : part.key));
    expect(said({ ...oneCase, policy: { horizon_years: 5 } })).toEqual(["Growth: orders no longer wait for one approval. ", "Over 5 years it is worth ", "investment.credit-flow.npv", ", and loses money in ", "investment.credit-flow.npv.p_loss", " of cases", "."]);
    const { pieces: _, ...bare } = oneCase;
    expect(said(bare)[0]).toBe("Credit checks without a queue: ");
    expect(said({ ...bare, figures: [] })).toEqual(["What is Credit checks without a queue worth? Too little is known to say."]);
    expect(said({ ...oneCase, figures: [], pieces: [{ text: "It cannot be valued yet.", figure: null }] })).toEqual(["It cannot be valued yet."]);
  });
  it("names what its record does not say yet, with what is gained", () => {
    expect(laterOf(oneCase.initiative).map((one) => one.field)).toContain("process_plan");
    expect(laterOf(oneCase.initiative).map((one) => one.field)).not.toContain("sponsor");
    expect(laterOf(null)).toEqual([]);
  });
  it("names the gap between technology and people", () => {
    expect(gapOf(plansOf(oneCase.initiative))).toBe("Nothing is planned for process.");
    expect(gapOf(plansOf({ id: "a", name: "a", version: 1, technology_plan: "a rule" }))).toMatch(/^Technology only/);
    expect(gapOf(plansOf(null))).toMatch(/people, process or technology/);
  });
  it("knows where each assumption is stored", () => {
    const [change, adoption] = oneCase.assumptions;
    expect(change && placeOf(change, oneCase)).toEqual({ type: "effect", id: "credit-days", field: "change" });
    const { at: _, ...bare } = adoption ?? ({} as never);
    expect(placeOf(bare, oneCase)).toEqual({ type: "initiative", id: "credit-flow", field: "adoption" });
    expect(placeOf({ ...bare, at: null }, oneCase)).toBeNull();
    expect(placeOf({ ...bare, input: "days-to-paid.share" }, oneCase)).toEqual({ type: "effect", id: "credit-days", field: "share" });
    expect(placeOf({ ...bare, input: "days-to-paid.value_per_unit" }, oneCase)).toEqual({ type: "kpi", id: "days-to-paid", field: "value_per_unit" });
  });
});

describe("a signature", () => {
  it("shows what moved between reading and signing", () => {
    const dearer = { ...oneCase, case_hash: "another", figures: oneCase.figures.map((one) => (one.key.endsWith("one_off_cost.p50") ? { ...one, value: { amount: "140000", currency: "EUR" } } : one)) };
    expect(linesOf(oneCase, dearer).filter((line) => line.moved).map((line) => line.label)).toEqual(["Cost once, as often more as less"]);
    expect(linesOf(oneCase, oneCase).some((line) => line.moved)).toBe(false);
  });
  it("has its numbers whether the answer gives figures or the record's own", () => {
    expect(signedNumber(oneCase, "seen", "cost_p50", "Cost")?.key).toBe("investment.credit-flow.sign_off.seen.cost_p50");
    const plain = { ...oneCase, sign_off: oneCase.sign_off ? { ...oneCase.sign_off, seen: { cost_p50: { amount: "93000.00", currency: "EUR" } } } : null };
    expect(signedNumber(plain, "seen", "cost_p50", "Cost")?.value).toEqual({ amount: "93000.00", currency: "EUR" });
    expect(signedNumber(plain, "seen", "npv_p50", "NPV")).toBeNull();
  });
});

describe("the list of cases", () => {
  it("is ordered by value, and by what is missing", () => {
    expect(ordered(allCases.cases, "value").map((one) => one.id)).toEqual(["maintenance", "credit-flow", "intranet"]);
    expect(ordered(allCases.cases, "missing")[0]?.id).toBe("intranet");
  });
  it("has one scale that always holds 0", () => {
    expect(scaleOf(allCases.cases)).toEqual([-240_000, 1_900_000]);
    expect(scaleOf([])).toEqual([0, 0]);
  });
  it("shows who has not signed", () => {
    expect(allCases.cases.filter((one) => shownBy("unsigned", one)).map((one) => one.id)).toEqual(["credit-flow", "intranet"]);
  });
  it("finds figures by the end of their key", () => {
    expect(figureOf(allCases, "portfolio.npv.p_loss")?.label).toMatch(/Chance/);
    expect(figureOf(oneCase, "npv")?.key).toBe("investment.credit-flow.npv");
    expect(figureOf(oneCase, "p_loss")?.key).toBe("investment.credit-flow.npv.p_loss");
  });
});

describe("when it is of use", () => {
  const held = oneCase.delay?.forecast as DelayForecast;
  const untold = (status: "not_reached" | "too_few", low?: number) => ({ ...held.p50, value: null, status, reason: "no work", ...(low === undefined ? {} : { low }) });
  const counting = (delay: Partial<NonNullable<CaseAnswer["delay"]>>): string => countsWith({ ...oneCase, delay: { ...oneCase.delay, forecast: held, duration: null, ...delay } });
  it("says within what, and which answer lies further than the forecast looks", () => {
    expect(pointsOf(held)).toMatchObject({ state: "told", within: [{ words: "half a chance" }, { words: "85 of 100" }, { words: "95 of 100" }], beyond: null });
    expect(pointsOf({ ...held, p95: untold("not_reached", 182) })).toMatchObject({ state: "told", within: [{}, {}], beyond: { words: "95 of 100" } });
  });
  it("does not say within 0 days where nothing is open, nor anything where nothing can be told", () => {
    expect(pointsOf({ ...held, streams: [], items: 0, scope: 0 })).toEqual({ state: "done" });
    expect(pointsOf({ ...held, streams: [], items: 0, finished: 0, finished_on: null, scope: 0 })).toEqual({ state: "none" });
    expect(pointsOf({ ...held, items: 0, p50: untold("too_few") })).toEqual({ state: "untold", reason: "no work" });
  });
  it("says what the case counts with", () => {
    expect(counting({ from: "given", duration: "60 to 200 days" })).toBe("The case counts with its own estimate instead: 60 to 200 days.");
    expect(counting({ from: "given", duration: "60 to 200 days", forecast: { ...held, items: 0, finished: 0 } })).toBe("The case counts with its own estimate: 60 to 200 days.");
    expect(counting({ from: "forecast" })).toBe("When the forecast slips, this case moves.");
    expect(counting({ from: "forecast", forecast: { ...held, items: 0 } })).not.toMatch(/slips/);
    expect(counting({ from: "unknown" })).toMatch(/as of use from its first day/);
  });
  it("opens the forecast of all that its stream must finish, where that is one number", () => {
    const [stream] = held.streams;
    expect(stream && forecastLink(stream, held)).toMatch(/items=42/);
    expect(stream && forecastLink(stream, { ...held, streams: [stream, stream] })).not.toMatch(/items/);
    expect(stream && forecastLink(stream, { ...held, has_own_items: false })).not.toMatch(/items/);
  });
});

describe("who stands behind a case", () => {
  const [row] = allCases.cases;
  it("is its sponsor, else who signed it and still stands by it", () => {
    if (!row) throw new Error("no case");
    const signed = (state: "valid" | "void" | "withdrawn") => ({ state, by: { id: "petra", name: "Petra Marsh" }, at: null, why: null });
    expect(behind(row)).toBe("Ravi Okafor");
    expect(behind({ ...row, sponsor: null, signed: signed("valid") })).toBe("Petra Marsh");
    for (const state of ["void", "withdrawn"] as const) expect(behind({ ...row, sponsor: null, signed: signed(state) })).toBeNull();
  });
});

describe("the signature that counts", () => {
  const two = [{ id: "first", state: "withdrawn", by: "Ann", at: null, why: null, case_hash: "h" }, { id: "second", state: "valid", by: "Bo", at: null, why: null, case_hash: "h" }] as const;
  const sign = { state: "valid", by: "Bo", at: null, why: null, case_hash: "h", seen: null, now: null, tolerance: null } as const;
  it("is the one the program names, also where two people signed one version", () => {
    expect(speakingOf({ ...oneCase, signatures: two, sign_off: { ...sign, id: "second" } })?.id).toBe("second");
    expect(speakingOf({ ...oneCase, signatures: two, sign_off: sign })?.id).toBe("second");
  });
});

describe("a record of who gave an estimate", () => {
  it("names what a unit of a KPI is worth with the KPI", () => {
    expect(inputNamed("churn.value_per_unit", "kpi", "value_per_unit")).toBe("churn.value_per_unit");
    expect(inputNamed("churn.change", "effect", "change")).toBe("change");
    expect(inputNamed("benefit_a_year.change", "initiative", "benefit_a_year")).toBe("benefit_a_year");
  });
});
