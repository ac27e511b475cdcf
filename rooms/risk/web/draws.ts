// Years drawn once and sent to the page, so that a control can be switched at once: the same events,
// thinned and made smaller by the controls that are on. The server confirms with all its years.
// docs/method/risk.md, section "On the page".

import type { Curve } from "./answers";

export interface Layer {
  readonly deductible: number;
  readonly limit: number;
}
/** GET /orgs/{org}/risk/draws: years without any control. */
export interface Draws {
  readonly draws: number;
  readonly seed: number;
  readonly currency: string;
  readonly scenarios: readonly {
    readonly id: string;
    readonly events: { readonly draw: readonly number[]; readonly loss: readonly number[]; readonly u: readonly number[] } | null;
    readonly rest: readonly number[] | null; // loss by draw, where no control touches it
    readonly is_sum?: boolean; // rest, though controls touch it: so many events that each year is drawn as one sum
  }[];
  readonly controls: readonly {
    readonly id: string;
    readonly cost: number;
    readonly reduces: readonly { readonly scenario: string; readonly factor: "frequency" | "magnitude"; readonly by: readonly number[] }[];
  }[];
  readonly insurance: Readonly<Record<string, readonly Layer[]>>;
}

interface Touch {
  readonly control: string;
  readonly isFewer: boolean;
  readonly by: Float64Array;
}
interface Part {
  readonly id: string;
  readonly touches: readonly Touch[];
  readonly draw: Int32Array;
  readonly loss: Float64Array;
  readonly u: Float64Array;
  readonly layers: readonly Layer[];
  readonly whole: Float64Array | null; // of sums: controls take their shares of it
  readonly kept: Map<string, Float64Array>; // by the controls that are on: loss by draw
}
export interface Years {
  readonly count: number;
  readonly parts: readonly Part[]; // scenarios that a control touches
  readonly rest: Float64Array; // of all others
  readonly cost: ReadonlyMap<string, number>;
}

const mostKept = 12; // sums held of one scenario

export function yearsOf(draws: Draws): Years {
  const rest = new Float64Array(draws.draws);
  const parts: Part[] = [];
  for (const scenario of draws.scenarios) {
    const isSum = scenario.is_sum === true;
    if (scenario.rest && !isSum) for (let i = 0; i < draws.draws; ++i) rest[i] = (rest[i] ?? 0) + (scenario.rest[i] ?? 0);
    if (!scenario.events && !isSum) continue;
    const events = scenario.events ?? { draw: [], loss: [], u: [] };
    const touches = draws.controls.flatMap((control) =>
      control.reduces.filter((one) => one.scenario === scenario.id).map((one): Touch => ({ control: control.id, isFewer: one.factor === "frequency", by: Float64Array.from(one.by) })),
    );
    parts.push({
      id: scenario.id, touches, draw: Int32Array.from(events.draw), loss: Float64Array.from(events.loss), u: Float64Array.from(events.u),
      whole: isSum && scenario.rest ? Float64Array.from(scenario.rest) : null, layers: draws.insurance[scenario.id] ?? [], kept: new Map(),
    });
  }
  return { count: draws.draws, parts, rest, cost: new Map(draws.controls.map((control) => [control.id, control.cost])) };
}

/** What is left of a loss once each layer of insurance has paid what is above its deductible, up to its limit. */
function retained(loss: number, layers: readonly Layer[]): number {
  let left = loss;
  for (const { deductible, limit } of layers) left -= Math.min(limit, Math.max(0, left - deductible));
  return left;
}

function sumsOf(part: Part, count: number, on: ReadonlySet<string>): Float64Array {
  const acting = part.touches.filter((touch) => on.has(touch.control));
  const name = acting.map((touch) => touch.control).join(" ");
  const known = part.kept.get(name);
  if (known) return known;
  const events = new Float64Array(count).fill(1); // shares that remain, by draw
  const sizes = new Float64Array(count).fill(1);
  for (const { isFewer, by } of acting) {
    const share = isFewer ? events : sizes;
    for (let i = 0; i < count; ++i) share[i] = (share[i] as number) * (1 - (by[i] as number));
  }
  const sums = new Float64Array(count);
  if (part.whole) for (let i = 0; i < count; ++i) sums[i] = (part.whole[i] as number) * (events[i] as number) * (sizes[i] as number);
  const insured = part.layers.length > 0;
  for (let k = 0; k < part.draw.length; ++k) {
    const i = part.draw[k] as number;
    if ((part.u[k] as number) >= (events[i] as number)) continue;
    const loss = (part.loss[k] as number) * (sizes[i] as number);
    sums[i] = (sums[i] as number) + (insured ? retained(loss, part.layers) : loss);
  }
  if (part.kept.size >= mostKept) part.kept.delete(part.kept.keys().next().value ?? "");
  part.kept.set(name, sums);
  return sums;
}

/** The year's loss of every draw with these controls on. */
export function lossesWith(years: Years, on: ReadonlySet<string>): Float64Array {
  const total = years.rest.slice();
  for (const part of years.parts) {
    const sums = sumsOf(part, years.count, on);
    for (let i = 0; i < total.length; ++i) total[i] = (total[i] as number) + (sums[i] as number);
  }
  return total;
}

/** One set of controls, measured in the drawn years. */
export interface Measured {
  readonly sorted: Float64Array;
  readonly mean: number;
}
export function measure(losses: Float64Array): Measured {
  let sum = 0;
  for (const loss of losses) sum += loss;
  return { sorted: losses.slice().sort(), mean: losses.length > 0 ? sum / losses.length : 0 };
}
/** Share of the years that cost more. */
export function chanceAbove({ sorted }: Measured, loss: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) <= loss) low = middle + 1;
    else high = middle;
  }
  return sorted.length === 0 ? 0 : (sorted.length - low) / sorted.length;
}
/** The smallest loss that this share of the years does not exceed. */
export function quantile({ sorted }: Measured, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** A curve for another set of controls: the curve of all years, changed in the proportion that the
    drawn ones change by. The same years stand on both sides, so that what they have by chance falls away. */
export function movedCurve(from: Curve, before: Measured, after: Measured): number[] {
  const moved = from.loss.map((loss, i) => {
    const then = chanceAbove(before, loss), now = chanceAbove(after, loss), whole = from.probability[i] ?? 0;
    return Math.min(1, then > 0 ? (whole * now) / then : whole + now);
  });
  for (let i = moved.length - 2; i >= 0; --i) moved[i] = Math.max(moved[i] ?? 0, moved[i + 1] ?? 0);
  return moved;
}
/** The same for one measure of the losses. */
export function movedMean(from: number, before: Measured, after: Measured): number {
  return Math.max(0, from + after.mean - before.mean);
}
export function movedQuantile(from: number, share: number, before: Measured, after: Measured): number {
  const then = quantile(before, share);
  return then > 0 ? (from * quantile(after, share)) / then : quantile(after, share);
}
/** What a set costs a year, on average. */
export function costOf(years: Years, on: ReadonlySet<string>): number {
  let sum = 0;
  for (const id of on) sum += years.cost.get(id) ?? 0;
  return sum;
}
