import { valueText } from "@tiebeam/format";
import { levelAxis, place, textSize, type Axis } from "../axis";
import type { TornadoRow, TornadoSpec } from "../spec";
import { fitText, textWidth } from "../text";
import { once, type Drawing, type Mark } from "./mark";

interface Part {
  readonly x: number;
  readonly w: number;
  readonly look: "low" | "high"; // which end of the input it leads to
}
export interface TornadoDrawing extends Drawing {
  readonly x: Axis;
  readonly middle: number;
  readonly tall: number; // of a bar
  readonly rows: readonly {
    readonly y: number; // of the bar's top
    readonly name: string;
    readonly nameX: number;
    readonly nameY: number;
    readonly nameEnds: boolean; // at nameX
    readonly parts: readonly Part[];
    readonly ends: readonly { readonly x: number; readonly text: string; readonly end: boolean }[];
  }[];
}
const narrow = 460, least = 3;

const widestEnd = 64; // pixels: a longer unit is said by the mark and the table
const endText = (value: number, unit: string): string => {
  const text = valueText(value, unit);
  return textWidth(text, textSize) > widestEnd ? valueText(value, "") : text;
};
const endsOf = (row: TornadoRow): readonly [string, string] => row.ends ?? [endText(row.low.input, row.unit), endText(row.high.input, row.unit)];

/** One bar each: from the middle to the result at the input's low end, and to that at its high end. */
export function layTornado(spec: TornadoSpec, width: number): TornadoDrawing {
  const isNarrow = width < narrow;
  const pitch = isNarrow ? 38 : 26, tall = 13, bottomRoom = 22;
  const height = spec.rows.length * pitch + bottomRoom + 4;
  const bottom = height - bottomRoom;
  const words = spec.rows.map(endsOf);
  const endRoom = Math.ceil(Math.max(0, ...words.flat().map((text) => textWidth(text, textSize)))) + 8;
  const gutter = isNarrow ? 0 : Math.min(width * 0.34, Math.ceil(Math.max(0, ...spec.rows.map((row) => textWidth(row.name, 12)))) + 10);
  const left = gutter + endRoom, right = width - endRoom;
  const every = [spec.middle.value, ...spec.rows.flatMap((row) => [row.low.value, row.high.value])];
  const x = levelAxis(Math.min(...every), Math.max(...every), left, Math.max(left + 40, right), spec.unit, false);
  const middle = place(x, spec.middle.value);
  const rows = spec.rows.map((row, i) => {
    const y = i * pitch + (isNarrow ? 19 : (pitch - tall) / 2);
    const [lowAt, highAt] = [place(x, row.low.value), place(x, row.high.value)];
    const part = (to: number, look: Part["look"]): Part => ({ x: Math.min(to, middle), w: Math.abs(to - middle), look });
    const lowIsLeft = lowAt <= highAt;
    const [from, to] = lowIsLeft ? [lowAt, highAt] : [highAt, lowAt];
    const [fromText, toText] = lowIsLeft ? words[i] ?? ["", ""] : [...(words[i] ?? ["", ""])].reverse();
    return {
      y, name: isNarrow ? row.name : fitText(row.name, 12, gutter - 8),
      nameX: isNarrow ? 0 : gutter - 8, nameY: isNarrow ? i * pitch + 14 : y + tall - 2.5, nameEnds: !isNarrow,
      parts: [part(lowAt, "low"), part(highAt, "high")].filter((one) => one.w >= 0.5),
      ends: [{ x: Math.min(from, middle) - 5, text: fromText ?? "", end: true }, { x: Math.max(to, middle) + 5, text: toText ?? "", end: false }],
    };
  });
  const marks = once(() =>
    spec.rows.map((row, i): Mark => {
      const [lowText, highText] = row.ends ?? [valueText(row.low.input, row.unit), valueText(row.high.input, row.unit)];
      const from = Math.min(place(x, row.low.value), place(x, row.high.value), middle);
      const to = Math.max(place(x, row.low.value), place(x, row.high.value), middle);
      return {
        x: from, y: (rows[i]?.y ?? 0) - 2, w: Math.max(least, to - from), h: tall + 4, id: row.id,
        says: [row.name, `${lowText}: ${valueText(row.low.value, spec.unit)}`, `${highText}: ${valueText(row.high.value, spec.unit)}`],
      };
    }),
  );
  return {
    width, height, plot: { left, right, top: 0, bottom }, x, middle, tall, rows, marks,
    hit: (_, py) => (py < 0 || py > bottom ? null : (marks()[Math.min(spec.rows.length - 1, Math.floor(py / pitch))] ?? null)),
  };
}
