// The same data as a table: what the drawing is made from, not a second reading of it.

import { valueText } from "@tiebeam/format";
import { lossesOf } from "./layout/exceedance";
import type { BarInterval, ChartSpec } from "./spec";

export interface TableColumn {
  readonly id: string;
  readonly label: string;
  readonly unit: string; // "" for words; "time" for points in time
}
export interface TableRow {
  readonly id: string;
  readonly name: string;
  readonly cells: readonly (number | string | null)[];
  readonly intervals?: readonly BarInterval[]; // as the cells
  readonly units?: readonly (string | null)[]; // as the cells: where it is not that of the column
}
export interface TableData {
  readonly row: string; // what a row is
  readonly columns: readonly TableColumn[];
  readonly count: number;
  at(index: number): TableRow;
}

const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);
const fixed = (row: string, columns: readonly TableColumn[], rows: readonly TableRow[]): TableData => ({
  row, columns, count: rows.length,
  at: (index) => rows[index] ?? { id: "", name: "", cells: [] },
});

export function tableOf(spec: ChartSpec): TableData {
  switch (spec.kind) {
    case "scatter": {
      const { x, y, ids, intervals } = spec.points;
      return {
        row: spec.row ?? "Item",
        columns: [
          { id: spec.x.id ?? "x", label: spec.x.label, unit: spec.x.scale === "time" ? "time" : spec.x.unit },
          { id: spec.y.id ?? "y", label: spec.y.label, unit: spec.y.unit },
        ],
        count: ids.length,
        at: (i) => ({ id: ids[i] ?? "", name: ids[i] ?? "", cells: [x[i] ?? null, y[i] ?? null], ...(intervals?.[i] ? { intervals: intervals[i] } : {}) }),
      };
    }
    case "stacked-area":
      return {
        row: "Day",
        columns: [...spec.bands.map((band) => ({ id: band.name, label: band.name, unit: spec.unit })).reverse(), ...(spec.asides ?? []).map((aside) => ({ id: aside.says, label: aside.says, unit: aside.unit }))],
        count: spec.times.length,
        at: (i) => {
          const day = isoDay(spec.times[i] ?? 0);
          return { id: day, name: day, cells: [...spec.bands.map((band) => band.values[i] ?? null).reverse(), ...(spec.asides ?? []).map((aside) => aside.values[i] ?? null)] };
        },
      };
    case "ageing":
      return fixed(
        "Item",
        [{ id: "state", label: "State", unit: "" }, { id: spec.value ?? "value", label: spec.y, unit: spec.unit }, { id: "p85", label: "85% line of the state", unit: spec.unit }, { id: "late", label: "Past it", unit: "" }],
        spec.items.map((item) => ({ id: item.id, name: item.id, cells: [spec.columns[item.column]?.name ?? "", item.value, spec.columns[item.column]?.p85 ?? null, item.late ? "yes" : "no"] })),
      );
    case "bars":
      return fixed(
        spec.row,
        [...spec.series.map((one) => ({ id: one.id ?? one.name, label: one.name, unit: spec.unit })), ...(spec.line ? [{ id: spec.line.id ?? spec.line.name, label: spec.line.name, unit: spec.unit }] : [])],
        spec.categories.map((name, c) => ({ id: spec.ids?.[c] ?? name, name, cells: [...spec.series.map((one) => one.values[c] ?? null), ...(spec.line ? [spec.line.values[c] ?? null] : [])] })),
      );
    case "histogram":
      return fixed(
        "Bin",
        [{ id: "from", label: `From`, unit: spec.x.unit }, { id: "to", label: "To", unit: spec.x.unit }, { id: "count", label: spec.y, unit: spec.unit }],
        [
          ...Array.from(spec.counts, (count, i) => ({ id: String(i + 1), name: String(i + 1), cells: [spec.edges[i] ?? null, spec.edges[i + 1] ?? null, count] })),
          ...(spec.beyond ? [{ id: "beyond", name: "beyond", cells: [spec.edges[spec.edges.length - 1] ?? null, "and more", spec.beyond] }] : []),
        ],
      );
    case "sparkline":
      return fixed("Time", [{ id: "value", label: spec.label, unit: spec.unit }], spec.names.map((name, i) => ({ id: name, name, cells: [spec.values[i] ?? null] })));
    case "line":
      return {
        row: "Day",
        columns: [
          ...spec.series.map((one) => ({ id: one.id ?? one.name, label: one.name, unit: spec.unit })),
          ...(spec.band ? [{ id: "low", label: `${spec.band.name}, from`, unit: spec.unit }, { id: "high", label: `${spec.band.name}, to`, unit: spec.unit }] : []),
        ],
        count: spec.times.length,
        at: (i) => {
          const day = isoDay(spec.times[i] ?? 0);
          return { id: day, name: day, cells: [...spec.series.map((one) => one.values[i] ?? null), ...(spec.band ? [spec.band.low[i] ?? null, spec.band.high[i] ?? null] : [])] };
        },
      };
    case "fan": {
      const before = spec.readings ?? spec.past; // what came, before it was asked or since
      return {
        row: "Day",
        columns: [
          { id: before.id, label: before.name, unit: spec.unit },
          { id: spec.middle.id, label: spec.middle.name, unit: spec.unit },
          ...spec.bands.flatMap((band) => [{ id: band.lowId, label: `${band.name}, from`, unit: spec.unit }, { id: band.highId, label: `${band.name}, to`, unit: spec.unit }]),
        ],
        count: before.times.length + spec.times.length,
        at: (i) => {
          const ahead = i - before.times.length;
          const day = isoDay((ahead < 0 ? before.times[i] : spec.times[ahead]) ?? 0);
          // A day is past or ahead: the cells of the other are empty, not unknown.
          if (ahead < 0) return { id: day, name: day, cells: [before.values[i] ?? null, "", ...spec.bands.flatMap(() => ["", ""])] };
          return { id: day, name: day, cells: ["", spec.middle.values[ahead] ?? null, ...spec.bands.flatMap((band) => [band.low[ahead] ?? null, band.high[ahead] ?? null])] };
        },
      };
    }
    case "dots":
      return fixed(
        "Of as many",
        [{ id: "share", label: "As much or less", unit: "share" }, { id: "value", label: spec.x, unit: spec.unit }],
        Array.from(spec.values, (value, i) => ({ id: String(i + 1), name: String(i + 1), cells: [(i + 0.5) / spec.values.length, value] })),
      );
    case "tornado":
      return fixed(
        spec.row,
        [{ id: "low_input", label: "Low end", unit: spec.unit }, { id: "low", label: `${spec.x} at it`, unit: spec.unit }, { id: "high_input", label: "High end", unit: spec.unit }, { id: "high", label: `${spec.x} at it`, unit: spec.unit }, { id: "swing", label: "Swing", unit: spec.unit }],
        spec.rows.map((row) => ({ id: row.id, name: row.name, cells: [row.ends?.[0] ?? row.low.input, row.low.value, row.ends?.[1] ?? row.high.input, row.high.value, Math.abs(row.high.value - row.low.value)], units: [row.unit, null, row.unit, null, null] })),
      );
    case "ranges": {
      const { names, columns } = spec;
      return fixed(
        spec.row,
        [...(["low", "high", "promise", "came"] as const).map((one) => ({ id: columns[one], label: names[one], unit: spec.unit })), { id: "kept", label: "Kept", unit: "" }],
        spec.ids.map((id, i) => ({ id, name: id, cells: [spec.low[i] ?? null, spec.high[i] ?? null, spec.promise[i] ?? null, spec.came[i] ?? null, spec.kept[i] ? "yes" : "no"] })),
      );
    }
    case "exceedance":
      return {
        row: `More than (${spec.unit})`,
        columns: [...spec.curves.map((one) => ({ id: one.id, label: one.name, unit: "share" })), ...(spec.agreed.length > 0 ? [{ id: "agreed", label: spec.agreedName, unit: "share" }] : [])],
        count: lossesOf(spec).length,
        at: (i) => {
          const loss = lossesOf(spec)[i] ?? 0;
          const at = Array.from(spec.losses).indexOf(loss);
          const intervals = spec.curves.map((one) => (at >= 0 && one.low && one.high ? { low: one.low[at] ?? 0, high: one.high[at] ?? 0, level: 0.9 } : null));
          const agreed = spec.agreed.find((point) => point.loss === loss)?.probability;
          return {
            id: String(loss), name: valueText(loss, spec.unit),
            cells: [...spec.curves.map((one) => (at < 0 ? "" : (one.values[at] ?? null))), ...(spec.agreed.length > 0 ? [agreed ?? ""] : [])],
            intervals: [...intervals, ...(spec.agreed.length > 0 ? [null] : [])],
          };
        },
      };
    case "table":
      return fixed(
        spec.row,
        spec.columns.map((column) => ({ id: column.id, label: column.label, unit: column.unit })),
        spec.rows.map((row) => ({ id: row.id, name: row.name, cells: row.cells })),
      );
  }
}

// A cell that a spreadsheet would take for a formula is kept text.
const quoted = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** RFC 4180, numbers in full precision, times as ISO 8601. */
export function csvOf(spec: ChartSpec): string {
  const table = tableOf(spec);
  const lines = [[table.row, ...table.columns.map((column) => (column.unit === "" || column.unit === "time" ? column.label : `${column.label} (${column.unit})`))].map(quoted).join(",")];
  for (let i = 0; i < table.count; ++i) {
    const row = table.at(i);
    const cells = row.cells.map((cell, c) => {
      if (cell === null) return "";
      if (typeof cell === "string") return quoted(cell);
      return table.columns[c]?.unit === "time" ? new Date(cell).toISOString() : String(cell);
    });
    lines.push([quoted(row.name), ...cells].join(","));
  }
  return `${lines.join("\r\n")}\r\n`;
}
