import { area, line as lineOf } from "d3-shape";
import { valueText } from "@tiebeam/format";
import { gutter, logAxis, place, textSize, uprightAxis, type Axis } from "../axis";
import type { AgreedPoint, ExceedanceSpec, Numbers } from "../spec";
import { beside, type Box, type Placed } from "./beside";
import { nearestAcross, once, type Drawing, type Mark } from "./mark";
import { textWidth } from "../text";

export interface ExceedanceDrawing extends Drawing {
  readonly x: Axis; // logarithms of losses
  readonly y: Axis; // chances; their logarithms where the scale is rare
  readonly paths: readonly { readonly id: string; readonly path: string; readonly look: "actual" | "previous" | "chosen" }[];
  readonly above: string; // where the first curve lies above what is agreed
  readonly agreed: string;
  readonly points: readonly { readonly id: string; readonly x: number; readonly y: number }[];
  readonly names: readonly (Placed & { readonly look: "actual" | "previous" | "chosen" | "agreed" })[];
  readonly called: { readonly x: number; readonly y: number; readonly label: Placed | null } | null;
}

const least = 1e-4; // the rarest chance of the rare scale
const round = (value: number): number => Math.round(value * 10) / 10;

/** The chance at a loss: straight between its neighbours over the logarithm, as the line is drawn. */
export function chanceAt(losses: Numbers, values: Numbers, loss: number): number {
  const last = losses.length - 1;
  if (last < 0 || loss <= (losses[0] ?? 0)) return values[0] ?? 0;
  if (loss >= (losses[last] ?? 0)) return values[last] ?? 0;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((losses[middle] ?? 0) <= loss) low = middle;
    else high = middle;
  }
  const [a, b] = [losses[low] ?? 1, losses[high] ?? 1];
  const share = Math.log(loss / a) / Math.log(b / a);
  return (values[low] ?? 0) + share * ((values[high] ?? 0) - (values[low] ?? 0));
}

/** The loss that the first curve is nearest to half of its height at: where it can be told best. */
export function middleLoss(spec: ExceedanceSpec): number {
  const values = spec.curves[0]?.values ?? [];
  const top = values[0] ?? 0;
  const at = Array.from(values).findIndex((value) => value <= top / 2);
  return spec.losses[at < 0 ? spec.losses.length - 1 : at] ?? spec.agreed[0]?.loss ?? 1;
}

/** Losses that have something to say, rising: those of the curves and those that were agreed. */
export function lossesOf(spec: Pick<ExceedanceSpec, "losses" | "agreed">): number[] {
  return [...new Set([...spec.losses, ...spec.agreed.map((point) => point.loss)])].sort((a, b) => a - b);
}

/** The losses worth seeing: from where the chance begins to fall to where next to none is left. */
function domainOf(spec: ExceedanceSpec): readonly [number, number] {
  const gone = spec.scale === "rare" ? 2 * least : 0.003;
  const agreed = spec.agreed.map((point) => point.loss);
  const lows: number[] = agreed.length > 0 ? [Math.min(...agreed) / 1.5] : [];
  const highs: number[] = agreed.map((loss) => loss * 1.6);
  for (const { values } of spec.curves) {
    const top = values[0] ?? 0;
    const falls = Array.from(values).findIndex((value) => value < 0.97 * top);
    const ends = Array.from(values).findIndex((value) => value <= gone);
    lows.push(spec.losses[Math.max(0, falls - 1)] ?? 1);
    highs.push(spec.losses[ends < 0 ? spec.losses.length - 1 : ends] ?? 1);
  }
  const low = Math.min(...lows);
  const high = Math.max(...highs);
  return [low, Math.max(high, low * 10)];
}

interface Frame {
  readonly x: Axis;
  readonly y: Axis;
  xOf(loss: number): number;
  yOf(chance: number): number;
}

function frameOf(spec: ExceedanceSpec, width: number, height: number, top: number): Frame {
  const bottom = height - 22;
  const [low, high] = domainOf(spec);
  const rare = spec.scale === "rare";
  const most = Math.max(...spec.curves.map((one) => chanceAt(spec.losses, one.values, low)), ...spec.agreed.map((point) => point.probability), 0.02);
  const y = rare ? logAxis(least, 1, bottom, top, "share", 30) : uprightAxis(0, most > 0.6 ? 1 : most, bottom, top, "share", false);
  const x = logAxis(low, high, gutter(y.ticks.map((tick) => tick.text)), width - 6, spec.unit, 52);
  return {
    x, y,
    xOf: (loss) => round(place(x, Math.log10(loss))),
    yOf: (chance) => round(rare ? place(y, Math.log10(Math.max(least, chance))) : place(y, chance)),
  };
}

/** Pixels and what was agreed there, from the first point to the last. */
function agreedBetween(points: readonly AgreedPoint[], at: Frame): ((x: number) => number) | null {
  const placed = points.map((point) => ({ x: at.xOf(point.loss), y: at.yOf(point.probability) }));
  if (placed.length < 2) return null;
  return (x) => {
    const next = Math.max(1, placed.findIndex((point) => point.x >= x));
    const [a, b] = [placed[next - 1], placed[next]];
    if (!a || !b) return placed.at(-1)?.y ?? 0;
    return b.x === a.x ? b.y : a.y + ((x - a.x) / (b.x - a.x)) * (b.y - a.y);
  };
}

function aboveAgreed(spec: ExceedanceSpec, at: Frame): string {
  const limit = agreedBetween(spec.agreed, at);
  const first = spec.curves[0];
  if (!limit || !first) return "";
  const [from, to] = [at.xOf(spec.agreed[0]?.loss ?? 1), at.xOf(spec.agreed.at(-1)?.loss ?? 1)];
  const steps = Math.max(1, Math.ceil((to - from) / 2));
  const xs = Array.from({ length: steps + 1 }, (_, i) => from + ((to - from) * i) / steps);
  const loss = (x: number): number => 10 ** (at.x.low + ((x - at.x.from) / (at.x.to - at.x.from)) * (at.x.high - at.x.low));
  return area<number>().x(round).y0((x) => round(limit(x))).y1((x) => Math.min(at.yOf(chanceAt(spec.losses, first.values, loss(x))), round(limit(x))))(xs) ?? "";
}

function marksOf(spec: ExceedanceSpec, at: Frame, top: number, bottom: number): Mark[] {
  const [low, high] = [10 ** at.x.low, 10 ** at.x.high];
  const share = (value: number): string => valueText(value, "share");
  return lossesOf(spec).filter((loss) => loss >= low * 0.999 && loss <= high * 1.001).map((loss) => {
    const point = spec.agreed.find((one) => one.loss === loss);
    const there = Array.from(spec.losses).indexOf(loss);
    return {
      x: at.xOf(loss) - 1, w: 2, y: top, h: bottom - top, id: point?.id ?? null,
      says: [
        `More than ${valueText(loss, spec.unit)} in a year`,
        ...spec.curves.map((one) => {
          const said = `${one.name} ${share(chanceAt(spec.losses, one.values, loss))}`;
          return there >= 0 && one.low && one.high ? `${said}, ${share(one.low[there] ?? 0)} to ${share(one.high[there] ?? 0)}` : said;
        }),
        ...(point ? [`${spec.agreedName} ${share(point.probability)}`] : []),
      ],
    };
  });
}

export function layExceedance(spec: ExceedanceSpec, width: number): ExceedanceDrawing {
  const height = spec.height ?? 300;
  const top = 10;
  const bottom = height - 22;
  const at = frameOf(spec, width, height, top);
  const plot: Box = { left: at.x.from, right: at.x.to, top, bottom };
  const shown = Array.from(spec.losses, (_, i) => i).filter((i) => (spec.losses[i] ?? 0) <= 10 ** at.x.high * 1.001);
  const told = (values: Numbers, i: number): boolean => spec.scale === "plain" || (values[i] ?? 0) >= least; // rarer is off the scale
  // A line begins at the rim, also where no loss of the answer lies.
  const dots = spec.curves.map((one) => [
    { x: at.x.from, y: at.yOf(chanceAt(spec.losses, one.values, 10 ** at.x.low)) },
    ...shown.filter((i) => (spec.losses[i] ?? 0) > 10 ** at.x.low && told(one.values, i)).map((i) => ({ x: at.xOf(spec.losses[i] ?? 1), y: at.yOf(one.values[i] ?? 0) })),
  ]);
  const path = lineOf<{ x: number; y: number }>().x((dot) => dot.x).y((dot) => dot.y);
  const points = spec.agreed.map((point) => ({ id: point.id, x: at.xOf(point.loss), y: at.yOf(point.probability) }));
  const lines = [...dots.map((line, i) => ({ dots: line, name: spec.curves[i]?.name ?? "", look: spec.curves[i]?.look ?? "actual", below: spec.curves[i]?.look === "chosen" })), ...(points.length > 0 ? [{ dots: points, name: spec.agreedName, look: "agreed" as const, below: true }] : [])];
  const call = spec.called ? { x: at.xOf(spec.called.loss), y: at.yOf(spec.called.probability) } : null;
  const drawn = lines.filter((line) => line.dots.length > 0);
  const names = beside(drawn.map((line) => ({ ...line, width: textWidth(line.name, textSize) + 4 })), points, plot, call && spec.called ? { ...call, text: spec.called.text, width: textWidth(spec.called.text, textSize) + 4 } : null);
  const marks = once(() => marksOf(spec, at, top, bottom));
  return {
    width, height, plot, x: at.x, y: at.y, points,
    paths: spec.curves.map((one, i) => ({ id: one.id, look: one.look, path: path(dots[i] ?? []) ?? "" })),
    above: aboveAgreed(spec, at),
    agreed: path(points) ?? "",
    names: names.labels.map((label, i) => ({ ...label, look: drawn[i]?.look ?? "actual" })),
    called: call ? { ...call, label: names.called } : null,
    marks,
    hit: (px) => (px < plot.left - 6 || px > plot.right + 6 ? null : nearestAcross(marks(), px)),
  };
}

/** The loss and the chance at a place of the drawing: for points that are dragged. */
export function pairAt(drawing: ExceedanceDrawing, rare: boolean, x: number, y: number): { readonly loss: number; readonly probability: number } {
  const along = (axis: Axis, pixel: number): number => axis.low + ((pixel - axis.from) / (axis.to - axis.from)) * (axis.high - axis.low);
  const inside = (value: number, a: number, b: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), value));
  const up = along(drawing.y, inside(y, drawing.plot.top, drawing.plot.bottom));
  return { loss: 10 ** along(drawing.x, inside(x, drawing.plot.left, drawing.plot.right)), probability: rare ? 10 ** up : up };
}
