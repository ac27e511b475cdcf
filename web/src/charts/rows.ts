import type { TableBarsSpec } from "./spec";

/** The value that fills a bar, column by column: columns of one scale share it, intervals fit in; 0 where no bars are. */
export function longestBars(spec: TableBarsSpec): number[] {
  const own = spec.columns.map((column, c) => {
    if (!column.bar) return 0;
    const values = spec.rows.flatMap((row) => {
      const cell = row.cells[c];
      return typeof cell === "number" ? [Math.abs(cell), row.intervals?.[c]?.high ?? 0] : [];
    });
    return Math.max(1e-12, ...values);
  });
  return own.map((longest, c) => {
    const scale = spec.columns[c]?.scale;
    return scale === undefined || !spec.columns[c]?.bar ? longest : Math.max(...own.filter((_, other) => spec.columns[other]?.scale === scale));
  });
}
