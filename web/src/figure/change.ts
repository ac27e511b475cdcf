// The difference of one figure at two moments, as a figure.

import type { Figure } from "../model";
import { figureText, instantText, numberOf, unitOf } from "../format";
import { cellFigure, type CellFigure } from "./cells";

export function changeFigure(now: Figure, before: Figure): CellFigure | null {
  const a = numberOf(now.value), b = numberOf(before.value);
  if (a === null || b === null || unitOf(now) !== unitOf(before)) return null;
  const points = unitOf(now) === "share"; // a difference of shares is in points, never in percent
  const unit = points ? "pts" : unitOf(now);
  return cellFigure(`${now.key}.change[${before.as_of}]`, points ? 100 * (a - b) : a - b, {
    label: `Change of: ${now.label}`,
    unit,
    formula: points ? `100 * (${now.key} now - ${now.key} before)` : `${now.key} now - ${now.key} before`,
    method: now.trail.method,
    as_of: now.as_of,
    recompute: `tiebeam figure ${now.key} --as-of ${now.as_of} --explain\ntiebeam figure ${now.key} --as-of ${before.as_of} --explain`,
    inputs: [{ figure: now.key }],
    notes: [`Now: ${figureText(now)} (${instantText(now.as_of, "UTC")} UTC)`, `Before: ${figureText(before)} (${instantText(before.as_of, "UTC")} UTC)`],
  });
}
