import { countText, valueText } from "@tiebeam/format";
import { gutter, place, textSize, uprightAxis, type Axis } from "../axis";
import { marksUpTo, type AgeingSpec } from "../spec";
import { wrapText } from "../text";
import { columnSteps, type Step } from "./ageing-steps";
import { once, type Drawing, type Mark } from "./mark";

export interface AgeingDrawing extends Drawing {
  readonly y: Axis;
  readonly nameSize: number; // px, so that names are whole where they can be
  readonly columns: readonly { readonly left: number; readonly right: number; readonly name: readonly string[]; readonly count: string }[];
  readonly steps: readonly Step[];
  readonly dots: readonly { readonly x: number; readonly y: number; readonly late: boolean; readonly item: number }[];
  readonly rows: readonly { readonly x: number; readonly y: number; readonly w: number; readonly late: boolean }[]; // where dots would not fit
}

const rowHeight = 5;

/** What a dot says. */
export function markOf(spec: AgeingSpec, dot: { readonly x: number; readonly y: number; readonly item: number }): Mark {
  const item = spec.items[dot.item];
  const says = item ? [item.id, `${valueText(item.value, spec.unit)} in ${spec.columns[item.column]?.name ?? ""}${item.late ? ", past its 85% line" : ""}`, ...(item.age === undefined ? [] : [`${valueText(item.age, spec.unit)} old`]), ...(item.note ? [item.note] : [])] : [];
  return { x: dot.x - 5, y: dot.y - 5, w: 10, h: 10, says, id: item?.id ?? null };
}

/** Columns as narrow as this hold no names. */
export const areNarrow = (spec: AgeingSpec, width: number): boolean => width / Math.max(1, spec.columns.length) < 50;

export function layAgeing(spec: AgeingSpec, width: number): AgeingDrawing {
  const height = spec.height ?? 320;
  const narrow = width / Math.max(1, spec.columns.length) < 110;
  const top = narrow ? 62 : 36;
  const bottom = height - 6;
  const values = spec.items.map((item) => item.value);
  const steps = spec.columns.flatMap((column) => [column.p50, column.p85, column.p95]).filter((value) => value !== null);
  const y = uprightAxis(0, Math.max(1e-6, ...values, ...steps), bottom, top, spec.unit, false);
  const left = gutter(y.ticks.map((tick) => tick.text));
  const right = width - 4;
  const gap = 14;
  const wide = (right - left - gap * spec.columns.length) / Math.max(1, spec.columns.length);
  const edges = spec.columns.map((_, c) => left + gap / 2 + c * (wide + gap));

  // Items of one column and one row of pixels stand side by side; where they would not fit, the row is a bar.
  const cells = new Map<string, number[]>();
  spec.items.forEach((item, i) => {
    const row = Math.round((bottom - place(y, item.value)) / rowHeight);
    const key = `${item.column}:${row}`;
    const cell = cells.get(key);
    if (cell) cell.push(i);
    else cells.set(key, [i]);
  });
  const most = Math.max(1, ...[...cells.values()].map((cell) => cell.length));
  const usable = narrow ? wide - 6 : wide - 42; // the texts of the steps stand at the right where there is room
  const pitch = Math.min(5.6, usable / most);
  const dots: { x: number; y: number; late: boolean; item: number }[] = [];
  const rows: { x: number; y: number; w: number; late: boolean }[] = [];
  for (const [key, cell] of cells) {
    const [column = 0, row = 0] = key.split(":").map(Number);
    const from = (edges[column] ?? left) + 4;
    const level = bottom - row * rowHeight;
    if (pitch >= 2.2) {
      cell.forEach((item, k) => dots.push({ x: from + 3 + k * pitch, y: Math.min(bottom - 2.5, level), late: spec.items[item]?.late ?? false, item }));
    } else {
      const late = cell.filter((item) => spec.items[item]?.late).length;
      const unit = usable / most;
      if (cell.length > late) rows.push({ x: from, y: level, w: Math.max(1, (cell.length - late) * unit), late: false });
      if (late > 0) rows.push({ x: from + (cell.length - late) * unit, y: level, w: Math.max(1, late * unit), late: true });
    }
  }
  const countOf = (count: number, late: number): string => (narrow ? `${countText(count)}${late > 0 ? `, ${countText(late)} ✗` : ""}` : `${countText(count)}${late > 0 ? `, ${countText(late)} past` : ""}`);
  const room = wide + gap - 3;
  const nameSize = [textSize + 1, textSize, textSize - 1].find((size) => spec.columns.every((column) => wrapText(column.name, size, room, narrow ? 3 : 1).join(" ") === column.name)) ?? textSize - 1;
  const columns = spec.columns.map((column, c) => {
    const own = spec.items.filter((item) => item.column === c);
    const edge = edges[c] ?? left;
    return { left: edge, right: edge + wide, name: wrapText(column.name, nameSize, room, narrow ? 3 : 1), count: countOf(own.length, own.filter((item) => item.late).length) };
  });
  const marked = [...dots.map((dot) => ({ x: dot.x - 3, y: dot.y - 3, w: 6, h: 6 })), ...rows.map((row) => ({ x: row.x, y: row.y - 2, w: row.w, h: 4 }))];
  const drawn = spec.columns.flatMap((column, c) => columnSteps(column, { left: edges[c] ?? left, right: (edges[c] ?? left) + wide, bottom }, (value) => place(y, value), marked));
  const marks = once((): Mark[] => {
    if (dots.length > 0 && dots.length <= marksUpTo) {
      return [...dots].sort((a, b) => a.x - b.x || b.y - a.y).map((dot) => markOf(spec, dot));
    }
    return spec.columns.flatMap((column, c): Mark[] => {
      const limits = [0, column.p50, column.p85, column.p95, Infinity].filter((value) => value !== null);
      return limits.slice(0, -1).flatMap((low, k): Mark[] => {
        const high = limits[k + 1] ?? Infinity;
        const count = spec.items.filter((item) => item.column === c && item.value >= low && item.value < high).length;
        if (count === 0) return [];
        const above = Math.max(top, place(y, Math.min(high, y.high)));
        const until = high === Infinity ? `over ${valueText(low, spec.unit)}` : `${valueText(low, spec.unit)} to ${valueText(high, spec.unit)}`;
        return [{ x: edges[c] ?? left, w: wide, y: above, h: place(y, low) - above, says: [column.name, `${valueText(count, "items")}, ${until}`], id: null }];
      });
    });
  });
  return {
    nameSize,
    width, height, plot: { left, right, top, bottom }, y, columns, steps: drawn, dots, rows, marks,
    hit: (px, py) => {
      let best: (typeof dots)[number] | null = null;
      let least = 12 * 12;
      for (const dot of dots) {
        const apart = (dot.x - px) ** 2 + (dot.y - py) ** 2;
        if (apart < least) [best, least] = [dot, apart];
      }
      if (best) return markOf(spec, best);
      return dots.length > 0 ? null : (marks().find((mark) => px >= mark.x && px <= mark.x + mark.w && py >= mark.y && py <= mark.y + mark.h) ?? null);
    },
  };
}
