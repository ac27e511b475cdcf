// The charts of a case, from its answer.

import type { ChartSource, DotsSpec, FanSpec, Numbers, TornadoSpec } from "@tiebeam/charts/spec";
import { numberOf, unitOf } from "@tiebeam/format";
import type { Figure } from "@tiebeam/model";
import { capital } from "@tiebeam/records/words";
import { dotsOf } from "./draws";
import { figureOf, method, recomputeOf, type Benefit, type CaseAnswer, type TornadoInput } from "./answers";

const idOfCase = (answer: CaseAnswer): string => answer.initiative?.id ?? "new";
function source(answer: CaseAnswer, part: string, formula: string, n: number | null = answer.trials): ChartSource {
  return { key: `investment.${idOfCase(answer)}.${part}`, formula, method, as_of: answer.as_of, n, recompute: recomputeOf(answer) };
}
const numberIn = (figure: Figure | null): number | null => (figure ? numberOf(figure.value) : null);

/** Net present value as equally likely dots; while something is tried, with where its middle was. */
export function dotsChart(answer: CaseAnswer, tried: Numbers | null, height: number): DotsSpec {
  const middle = numberIn(figureOf(answer, "npv"));
  const values = tried ?? dotsOf(answer);
  const half = values.length === 0 ? null : ((values[Math.floor((values.length - 1) / 2)] ?? 0) + (values[Math.ceil((values.length - 1) / 2)] ?? 0)) / 2;
  return {
    kind: "dots", id: "case-dots", label: "Net present value, each square 1 chance in 20", source: source(answer, "dots", "values that NPV stays below with chance (i - 0.5) / 20"), height, unit: answer.currency, x: "Net present value", values,
    below: { value: 0, name: "lose money" },
    lines: tried === null ? (middle === null ? [] : [{ label: "half above", value: middle, look: "main" }]) : [...(half === null ? [] : [{ label: "now", value: half, look: "main" as const }]), ...(middle === null ? [] : [{ label: "was", value: middle, look: "quiet" as const }])],
  };
}
/** How many of the dots lie below 0, in words that stand beside them. */
export const lostOf = (values: Numbers): number => Array.from(values).filter((value) => value < 0).length;

const endWords = (row: TornadoInput): readonly [string, string] | null => (row.input === "p_success" ? ["fails", "works"] : null);
export function tornadoChart(answer: CaseAnswer, most = 9): TornadoSpec {
  const rows = answer.tornado.slice(0, most).flatMap((row) => {
    const [low, high, lowInput, highInput] = [row.low.npv, row.high.npv, row.low.input, row.high.input].map(numberIn);
    if (low == null || high == null || lowInput == null || highInput == null) return [];
    const ends = endWords(row);
    return [{ id: row.input, name: capital(row.label), unit: unitOf(row.low.input), low: { input: lowInput, value: low }, high: { input: highInput, value: high }, ...(ends ? { ends } : {}) }];
  });
  rows.sort((a, b) => Math.abs(b.high.value - b.low.value) - Math.abs(a.high.value - a.low.value));
  const middle = numberIn(answer.tornado_middle ?? null) ?? numberIn(figureOf(answer, "npv")) ?? 0;
  return {
    kind: "tornado", id: "case-tornado", label: "What moves the net present value most", source: source(answer, "tornado", "NPV with one input at its 10 % and 90 % point, all others at their median"), unit: answer.currency, x: "Net present value", row: "Input",
    middle: { value: middle, name: "with all others as expected" }, rows,
  };
}

/** What was promised of one effect over time, and how far it has come. */
export function fanChart(answer: CaseAnswer, benefit: Benefit, height = 230): FanSpec {
  const at = (day: string): number => Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
  const times = benefit.fan.day.map(at);
  const start = times[0] ?? 0;
  const rest = <T>(values: readonly T[]): T[] => values.slice(1);
  const last = benefit.fan.p50.length - 1;
  return {
    kind: "fan", id: `fan-${benefit.effect}`, label: `${benefit.kpi.name}: promised and agreed`, height, unit: benefit.kpi.unit, y: benefit.kpi.unit, measured: true,
    source: source(answer, `benefits[${benefit.effect}]`, "change x adoption by then, of every draw"),
    start, past: { id: "past", name: "", times: [], values: [] }, times: rest(times),
    middle: { id: "p50", name: "Promised, half", values: rest(benefit.fan.p50) },
    bands: [
      { name: "Promised, 9 in 10", lowId: "p05", highId: "p95", low: rest(benefit.fan.p05), high: rest(benefit.fan.p95) },
      ...(benefit.fan.p10 && benefit.fan.p90 ? [{ name: "Promised, 8 in 10", lowId: "p10", highId: "p90", low: rest(benefit.fan.p10), high: rest(benefit.fan.p90) }] : []),
    ],
    lines: last < 0 ? [] : [{ label: "promised", value: benefit.fan.p50[last] ?? 0, look: "main" }],
    readings: { id: "change", name: "Agreed", times: benefit.readings.map((one) => at(one.on)), values: benefit.readings.map((one) => one.change),
      ...(benefit.readings.every((one) => one.inside !== undefined) ? { outside: benefit.readings.map((one) => one.inside === false), beyond: "8 in 10 of what was promised" } : {}),
    },
  };
}
