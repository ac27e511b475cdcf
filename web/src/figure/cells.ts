// A number of a table or a chart that is part of an answer. It opens like any figure; its drawer
// shows what the answer says of its column, without asking the server again.

import type { Figure, Interval, TrailInput } from "../model";

export interface CellSource {
  readonly label: string;
  readonly unit: string;
  readonly formula: string;
  readonly method: string;
  readonly as_of: string;
  readonly recompute: string;
  readonly inputs?: readonly TrailInput[];
  readonly notes?: readonly string[];
}
export interface CellFigure extends Figure {
  readonly cell: { readonly recompute: string };
}

export function cellFigure(
  key: string,
  value: Figure["value"],
  source: CellSource,
  extra: { n?: number; interval?: Interval | null; reason?: string } = {},
): CellFigure {
  return {
    key,
    label: source.label,
    value,
    unit: source.unit,
    interval: extra.interval ?? null,
    n: extra.n ?? null,
    as_of: source.as_of,
    status: value === null ? "not_measurable" : "ok",
    reason: extra.reason ?? null,
    trail: { formula: source.formula, method: source.method, version: 1, seed: null, inputs: source.inputs ?? [], ...(source.notes ? { notes: source.notes } : {}) },
    cell: { recompute: source.recompute },
  };
}
export const isCell = (figure: Figure): figure is CellFigure => "cell" in figure;
