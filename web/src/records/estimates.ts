// Estimates as people say them: which shapes there are, what each needs, whether it can be meant, and
// the curve to draw. The rules are those of the server (base/estimate.h).
import { valueText } from "@tiebeam/format";
import type { Estimate } from "@tiebeam/model";
import { amountText, isCurrency, withUnit } from "./digits";
import { betaCdf, gammaCdf, invert, lnGamma } from "./special";

export type Shape = "point" | "lognormal" | "normal" | "pert" | "triangular" | "uniform" | "beta" | "gamma" | "discrete";

/** A way to type an estimate: a shape with one of its sets of parameters. */
export interface Way {
  readonly id: string;
  readonly shape: Shape;
  readonly label: string;
  readonly parameters: readonly { readonly name: string; readonly label: string; readonly optional?: boolean }[];
}
const low = "Low";
const high = "High";
export const ways: readonly Way[] = [
  { id: "pert", shape: "pert", label: "Low, likely, high: never beyond", parameters: [
    { name: "min", label: low }, { name: "mode", label: "Likely" }, { name: "max", label: high }] },
  { id: "pert-90", shape: "pert", label: "Low, likely, high: 90% sure between", parameters: [
    { name: "p05", label: low }, { name: "mode", label: "Likely" }, { name: "p95", label: high }] },
  { id: "lognormal", shape: "lognormal", label: "90% sure between, never below 0", parameters: [
    { name: "p05", label: low }, { name: "p95", label: high }] },
  { id: "normal", shape: "normal", label: "90% sure between, may be below 0", parameters: [
    { name: "p05", label: low }, { name: "p95", label: high }] },
  { id: "point", shape: "point", label: "Known exactly", parameters: [{ name: "value", label: "Value" }] },
  { id: "lognormal-80", shape: "lognormal", label: "80% sure between, never below 0", parameters: [
    { name: "p10", label: low }, { name: "p90", label: high }] },
  { id: "normal-80", shape: "normal", label: "80% sure between, may be below 0", parameters: [
    { name: "p10", label: low }, { name: "p90", label: high }] },
  { id: "uniform", shape: "uniform", label: "Anything between, equally likely", parameters: [
    { name: "min", label: low }, { name: "max", label: high }] },
  { id: "triangular", shape: "triangular", label: "Triangle: low, likely, high", parameters: [
    { name: "min", label: low }, { name: "mode", label: "Likely" }, { name: "max", label: high }] },
  { id: "lognormal-mean", shape: "lognormal", label: "Lognormal: mean and deviation", parameters: [
    { name: "mean", label: "Mean" }, { name: "sd", label: "Standard deviation" }] },
  { id: "normal-mean", shape: "normal", label: "Normal: mean and deviation", parameters: [
    { name: "mean", label: "Mean" }, { name: "sd", label: "Standard deviation" }] },
  { id: "pert-lambda", shape: "pert", label: "PERT with its own weight", parameters: [
    { name: "min", label: low }, { name: "mode", label: "Likely" }, { name: "max", label: high }, { name: "lambda", label: "Weight of likely" }] },
  { id: "beta", shape: "beta", label: "Beta (share between 0 and 1)", parameters: [
    { name: "alpha", label: "Alpha" }, { name: "beta", label: "Beta" }] },
  { id: "gamma", shape: "gamma", label: "Gamma", parameters: [
    { name: "shape", label: "Shape" }, { name: "scale", label: "Scale" }] },
  { id: "discrete", shape: "discrete", label: "A few values with weights", parameters: [] },
];

export function numberOf(estimate: Estimate, name: string): number | null {
  const value = estimate[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
function listOf(estimate: Estimate, name: string): readonly number[] {
  const value = estimate[name];
  return typeof value === "object" ? value : [];
}

/** The way this estimate was typed; null when it fits none. */
export function wayOf(estimate: Estimate): Way | null {
  const given = Object.keys(estimate).filter((name) => name !== "kind");
  return ways.find((way) => way.shape === estimate.kind &&
    (way.shape === "discrete" || (way.parameters.length === given.length && way.parameters.every((p) => given.includes(p.name))))) ?? null;
}

export interface EstimateFault {
  readonly parameter: string;
  readonly message: string;
}
/** All that keeps it from being meant, each with its parameter. */
export function faultsOf(estimate: Estimate): EstimateFault[] {
  const faults: EstimateFault[] = [];
  const at = (name: string): number | null => numberOf(estimate, name);
  const inOrder = (a: string, b: string, mayEqual: boolean, message: string): void => {
    const left = at(a), right = at(b);
    if (left === null || right === null || left < right || (mayEqual && left === right)) return;
    if (!faults.some((fault) => fault.parameter === b)) faults.push({ parameter: b, message });
  };
  inOrder("p05", "p95", false, "High must be above low");
  inOrder("p10", "p90", false, "High must be above low");
  inOrder("min", "max", false, "High must be above low");
  inOrder("min", "mode", true, "Likely cannot be below low");
  inOrder("mode", "max", true, "High cannot be below likely");
  inOrder("p05", "mode", true, "Likely cannot be below low");
  inOrder("mode", "p95", true, "High cannot be below likely");
  const positive = ["sd", "lambda", "alpha", "beta", "shape", "scale", ...(estimate.kind === "lognormal" ? ["p05", "p10", "mean"] : [])];
  for (const name of positive) {
    const value = at(name);
    if (value !== null && value <= 0) faults.push({ parameter: name, message: "This must be above 0" });
  }
  if (estimate.kind === "discrete") {
    const weights = listOf(estimate, "weights");
    if (listOf(estimate, "values").length === 0) faults.push({ parameter: "values", message: "Give at least one value with its weight" });
    else if (weights.some((weight) => weight < 0)) faults.push({ parameter: "weights", message: "A weight cannot be below 0" });
    else if (Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) > 1e-9) faults.push({ parameter: "weights", message: "The weights must sum to 1: write 0.3 for 3 of 10 times" });
  }
  return faults;
}

// Quantiles of the standard normal distribution at 0.95 and 0.90.
const z95 = 1.6448536269514722;
const z90 = 1.2815515655446004;

interface Curve {
  readonly cdf: (x: number) => number;
  readonly pdf: (x: number) => number;
  readonly from: number; // where the curve may be drawn and searched
  readonly to: number;
}

/** Abramowitz and Stegun 7.1.26 is too coarse for three digits; this is the incomplete gamma. */
function normalCdf(z: number): number {
  const half = gammaCdf((z * z) / 2, 0.5) / 2;
  return z < 0 ? 0.5 - half : 0.5 + half;
}
const normalPdf = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** Middle and spread of a normal (or of the logarithm) from whichever pair was given. */
function middleAndSpread(estimate: Estimate, onLog: boolean): { mu: number; sigma: number } | null {
  const of = (x: number): number => (onLog ? Math.log(x) : x);
  for (const [a, b, z] of [["p05", "p95", z95], ["p10", "p90", z90]] as const) {
    const l = numberOf(estimate, a), h = numberOf(estimate, b);
    if (l !== null && h !== null) return { mu: (of(l) + of(h)) / 2, sigma: (of(h) - of(l)) / (2 * z) };
  }
  const mean = numberOf(estimate, "mean"), sd = numberOf(estimate, "sd");
  if (mean === null || sd === null) return null;
  if (!onLog) return { mu: mean, sigma: sd };
  const variance = Math.log1p((sd * sd) / (mean * mean));
  return { mu: Math.log(mean) - variance / 2, sigma: Math.sqrt(variance) };
}

function betaCurve(a: number, b: number, from: number, to: number): Curve {
  const width = to - from;
  const norm = lnGamma(a) + lnGamma(b) - lnGamma(a + b);
  return {
    cdf: (x) => betaCdf((x - from) / width, a, b),
    pdf: (x) => {
      const u = (x - from) / width;
      return u <= 0 || u >= 1 ? 0 : Math.exp((a - 1) * Math.log(u) + (b - 1) * Math.log1p(-u) - norm) / width;
    },
    from, to,
  };
}

/** Where `below` turns false between 0 and 1. */
function turnOf(below: (u: number) => boolean): number {
  let from = 0, to = 1;
  for (let i = 0; i < 50; ++i) {
    const middle = (from + to) / 2;
    if (below(middle)) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}
/** The usual PERT by its 9 in 10, as quant/marginal.cc finds it. */
function pertThrough(low: number, mode: number, high: number): Curve {
  const at = (u: number, p: number): number => invert((x) => betaCdf(x, 1 + 4 * u, 5 - 4 * u), p, 0, 1);
  const place = (mode - low) / (high - low);
  const u = turnOf((x) => x - at(x, 0.05) < place * (at(x, 0.95) - at(x, 0.05)));
  const width = (high - low) / (at(u, 0.95) - at(u, 0.05));
  const least = low - at(u, 0.05) * width;
  if (low < 0 || least >= 0) return betaCurve(1 + 4 * u, 5 - 4 * u, least, least + width);
  const v = turnOf((x) => mode * at(x, 0.95) > high * x);
  return betaCurve(1 + 4 * v, 5 - 4 * v, 0, high / at(v, 0.95));
}

function curveOf(estimate: Estimate): Curve | null {
  const at = (name: string): number => numberOf(estimate, name) ?? Number.NaN;
  switch (estimate.kind) {
    case "lognormal":
    case "normal": {
      const onLog = estimate.kind === "lognormal";
      const m = middleAndSpread(estimate, onLog);
      if (!m || !(m.sigma > 0)) return null;
      const z = (x: number): number => ((onLog ? Math.log(x) : x) - m.mu) / m.sigma;
      const back = (value: number): number => (onLog ? Math.exp(value) : value);
      return {
        cdf: (x) => (onLog && x <= 0 ? 0 : normalCdf(z(x))),
        pdf: (x) => (onLog && x <= 0 ? 0 : normalPdf(z(x)) / (m.sigma * (onLog ? x : 1))),
        from: back(m.mu - 8 * m.sigma), to: back(m.mu + 8 * m.sigma),
      };
    }
    case "pert": {
      if (numberOf(estimate, "p05") !== null) return pertThrough(at("p05"), at("mode"), at("p95"));
      const weight = numberOf(estimate, "lambda") ?? 4;
      const width = at("max") - at("min");
      return betaCurve(1 + (weight * (at("mode") - at("min"))) / width, 1 + (weight * (at("max") - at("mode"))) / width, at("min"), at("max"));
    }
    case "triangular": {
      const [a, c, b] = [at("min"), at("mode"), at("max")];
      return {
        cdf: (x) => (x <= a ? 0 : x >= b ? 1 : x <= c ? (x - a) ** 2 / ((b - a) * (c - a)) : 1 - (b - x) ** 2 / ((b - a) * (b - c))),
        pdf: (x) => (x < a || x > b ? 0 : x < c ? (2 * (x - a)) / ((b - a) * (c - a)) : x > c ? (2 * (b - x)) / ((b - a) * (b - c)) : 2 / (b - a)),
        from: a, to: b,
      };
    }
    case "uniform": {
      const [a, b] = [at("min"), at("max")];
      return { cdf: (x) => Math.min(1, Math.max(0, (x - a) / (b - a))), pdf: (x) => (x < a || x > b ? 0 : 1 / (b - a)), from: a, to: b };
    }
    case "beta":
      return betaCurve(at("alpha"), at("beta"), 0, 1);
    case "gamma": {
      const [k, scale] = [at("shape"), at("scale")];
      return {
        cdf: (x) => gammaCdf(x / scale, k),
        pdf: (x) => (x <= 0 ? 0 : Math.exp((k - 1) * Math.log(x / scale) - x / scale - lnGamma(k)) / scale),
        from: 0, to: scale * (k + 12 * Math.sqrt(k) + 40),
      };
    }
    default:
      return null;
  }
}

export function isComplete(estimate: Estimate): boolean {
  return wayOf(estimate) !== null && faultsOf(estimate).length === 0;
}

/** The range that holds it 9 times in 10, and its middle. Null while it cannot be meant. */
export interface Range {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}
export function rangeOf(estimate: Estimate): Range | null {
  if (!isComplete(estimate)) return null;
  if (estimate.kind === "point") {
    const value = numberOf(estimate, "value");
    return value === null ? null : { low: value, middle: value, high: value };
  }
  if (estimate.kind === "discrete") {
    const points = discretePoints(estimate);
    const at = (p: number): number => {
      let sum = 0;
      for (const point of points) if ((sum += point.share) >= p - 1e-12) return point.value;
      return points.at(-1)?.value ?? 0;
    };
    return { low: at(0.05), middle: at(0.5), high: at(0.95) };
  }
  const curve = curveOf(estimate);
  if (!curve || !Number.isFinite(curve.from) || !Number.isFinite(curve.to)) return null;
  const quantile = (p: number): number => invert(curve.cdf, p, curve.from, curve.to);
  // What was typed as an end is that end, to its last digit; one that the curve does not have is not shown as if it had.
  const typed = numberOf(estimate, "p05"), found = quantile(0.05);
  return { low: typed !== null && Math.abs(typed - found) <= 1e-6 * (curve.to - curve.from) ? typed : found, middle: quantile(0.5), high: numberOf(estimate, "p95") ?? quantile(0.95) };
}

export function discretePoints(estimate: Estimate): { value: number; share: number }[] {
  const weights = listOf(estimate, "weights");
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return listOf(estimate, "values")
    .map((value, i) => ({ value, share: (weights[i] ?? 0) / total }))
    .sort((a, b) => a.value - b.value);
}

/** Points of the density over the range worth seeing, highest scaled to 1. Empty for a known or discrete value. */
export function densityOf(estimate: Estimate, count: number): { x: number; y: number }[] {
  const curve = isComplete(estimate) ? curveOf(estimate) : null;
  if (!curve || !Number.isFinite(curve.from) || !Number.isFinite(curve.to)) return [];
  const isBounded = ["pert", "triangular", "uniform", "beta"].includes(estimate.kind);
  const from = isBounded ? curve.from : invert(curve.cdf, 0.002, curve.from, curve.to);
  const to = isBounded ? curve.to : invert(curve.cdf, 0.99, curve.from, curve.to);
  const points: { x: number; y: number }[] = [];
  for (let i = 0; i <= count; ++i) {
    const x = from + ((to - from) * i) / count;
    points.push({ x, y: curve.pdf(x) });
  }
  const top = Math.max(...points.map((point) => point.y).filter(Number.isFinite));
  return top > 0 ? points.map(({ x, y }) => ({ x, y: Math.min(1, y / top) })) : [];
}

/** "40 to 120, 9 in 10"; "20 to 90 days, likely 40"; "€80,000". */
export function estimateText(estimate: Estimate, unit: string | null): string {
  const said = (text: string): string => withUnit(text, isCurrency(unit) ? null : unit); // a currency stands at each number
  const at = (name: string): string => {
    const value = numberOf(estimate, name);
    return value === null ? "?" : amountText(value, unit);
  };
  const between = (a: string, b: string): string => said(`${at(a)} to ${at(b)}`);
  const way = wayOf(estimate);
  switch (way?.id) {
    case "point": return said(at("value"));
    case "lognormal":
    case "normal": return `${between("p05", "p95")}, 9 in 10`;
    case "pert-90": return `${between("p05", "p95")}, 9 in 10, likely ${at("mode")}`;
    case "lognormal-80":
    case "normal-80": return `${between("p10", "p90")}, 8 in 10`;
    case "pert":
    case "pert-lambda":
    case "triangular": return `${between("min", "max")}, likely ${at("mode")}`;
    case "uniform": return `${between("min", "max")}, equally likely`;
    case "lognormal-mean":
    case "normal-mean": return `${said(at("mean"))} on average, deviation ${at("sd")}`;
    case "discrete":
      return said(listOf(estimate, "values").map((value) => amountText(value, unit)).join(" or "));
    case "beta":
    case "gamma": {
      const range = rangeOf(estimate);
      const sign = isCurrency(unit) ? unit : "";
      if (range) return `${said(`${valueText(range.low, sign)} to ${valueText(range.high, sign)}`)}, 9 in 10`;
      return way.label;
    }
    default:
      return `${estimate.kind} ${Object.entries(estimate).filter(([name]) => name !== "kind").map(([name, value]) => `${name}=${String(value)}`).join(" ")}`;
  }
}
