import { onAxisText, valueText } from "@tiebeam/format";
import { extent } from "./bins";
import { chanceAt, middleLoss } from "./layout/exceedance";
import { timeText } from "./layout/mark";
import type { ChartSpec } from "./spec";

const listed = (parts: readonly string[]): string => parts.filter((part) => part !== "").join("; ");

/** One line for those who hear the chart: what it shows, over what, and its main values. */
export function summaryOf(spec: ChartSpec): string {
  switch (spec.kind) {
    case "scatter": {
      const [from, to] = extent(spec.points.x);
      const over = spec.points.x.length > 0 && spec.x.scale === "time" ? `${timeText(from)} to ${timeText(to)}` : "";
      return `${spec.label}: ${listed([valueText(spec.points.ids.length, "items"), over, ...spec.lines.map((line) => `${line.label} within ${valueText(line.value, spec.y.unit)}`)])}.`;
    }
    case "stacked-area": {
      const last = spec.times.length - 1;
      const over = last >= 0 ? `${timeText(spec.times[0] ?? 0)} to ${timeText(spec.times[last] ?? 0)}` : "";
      return `${spec.label}: ${listed([over, ...spec.bands.map((band) => `${band.name} ${valueText(band.values[last] ?? 0, spec.unit)} at the end`).reverse()])}.`;
    }
    case "ageing":
      return `${spec.label}: ${listed([`${valueText(spec.items.length, "items")} in ${spec.columns.length} states`, `${valueText(spec.items.filter((item) => item.late).length, "items")} past the 85% line of their state`])}.`;
    case "bars":
      return `${spec.label}: ${listed([`${spec.categories.length} × ${spec.row.toLowerCase()}`, ...spec.series.map((one) => `${one.name} last ${one.values.at(-1) == null ? "not yet known" : valueText(one.values.at(-1) ?? 0, spec.unit)}`)])}.`;
    case "histogram":
      return `${spec.label}: ${listed([`${spec.counts.length} bins`, ...spec.lines.map((line) => `${line.label} ${valueText(line.value, spec.x.unit)}`)])}.`;
    case "sparkline": {
      const known = spec.values.filter((value) => value !== null);
      return known.length === 0 ? `${spec.label}: not yet known.` : `${spec.label}: from ${valueText(known[0] ?? 0, spec.unit)} to ${valueText(known.at(-1) ?? 0, spec.unit)}, between ${valueText(Math.min(...known), spec.unit)} and ${valueText(Math.max(...known), spec.unit)}.`;
    }
    case "line":
      return `${spec.label}: ${listed(spec.series.map((one) => `${one.name} ${one.values.at(-1) == null ? "not yet known" : valueText(one.values.at(-1) ?? 0, spec.unit)} at the end`))}.`;
    case "fan": {
      const last = spec.times.length - 1;
      return `${spec.label}: ${listed([`to ${timeText(spec.times[last] ?? 0)}`, `${spec.middle.name} ${onAxisText(spec.middle.values[last] ?? 0, spec.unit)}`, ...spec.bands.map((band) => `${band.name} ${onAxisText(band.low[last] ?? 0, spec.unit)} to ${onAxisText(band.high[last] ?? 0, spec.unit)}`), spec.readings && spec.readings.times.length > 0 ? `${spec.readings.name} last ${onAxisText(spec.readings.values[spec.readings.values.length - 1] ?? 0, spec.unit)}` : ""])}.`;
    }
    case "dots": {
      const below = spec.below;
      const lost = below ? Array.from(spec.values).filter((value) => value < below.value).length : 0;
      return `${spec.label}: ${listed([`${spec.values.length} equally likely values from ${valueText(spec.values[0] ?? 0, spec.unit)} to ${valueText(spec.values[spec.values.length - 1] ?? 0, spec.unit)}`, below ? `${lost} of ${spec.values.length} ${below.name}` : ""])}.`;
    }
    case "tornado":
      return `${spec.label}: ${listed([`${spec.middle.name} ${valueText(spec.middle.value, spec.unit)}`, ...spec.rows.slice(0, 3).map((row) => `${row.name} ${valueText(row.low.value, spec.unit)} to ${valueText(row.high.value, spec.unit)}`)])}.`;
    case "ranges":
      return `${spec.label}: ${listed([`${spec.ids.length} × ${spec.row.toLowerCase()}`, `${spec.kept.filter(Boolean).length} kept`, `${spec.kept.filter((one) => !one).length} not kept`])}.`;
    case "exceedance": {
      const said = spec.agreed.slice(0, 3).map((point) => `${spec.agreedName} ${valueText(point.probability, "share")} above ${valueText(point.loss, spec.unit)}`);
      const at = middleLoss(spec);
      return `${spec.label}: ${listed([...spec.curves.map((one) => `${one.name} ${valueText(chanceAt(spec.losses, one.values, at), "share")} above ${valueText(at, spec.unit)}`), ...said])}.`;
    }
    case "table":
      return `${spec.label}: ${spec.rows.length} rows.`;
  }
}
