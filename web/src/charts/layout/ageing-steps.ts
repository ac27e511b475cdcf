import { textSize } from "../axis";
import type { AgeingSpec } from "../spec";
import { textWidth } from "../text";

/** The line of a percentile across its column, and its text where there is room for one. */
export interface Step {
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly text: string;
  readonly textY: number;
  readonly look: "main" | "quiet";
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const lineHeight = 12;

/** Texts stand above their lines at the right of a column, over no other text and no mark; quiet ones over no other line. */
export function columnSteps(column: AgeingSpec["columns"][number], edge: { readonly left: number; readonly right: number; readonly bottom: number }, place: (value: number) => number, marked: readonly Box[]): Step[] {
  const known = ([["50%", column.p50, "quiet"], ["85%", column.p85, "main"], ["95%", column.p95, "quiet"]] as const).flatMap(([name, value, look]) => (value === null ? [] : [{ name, y: place(value), look }]));
  let ceiling = edge.bottom + 8;
  return known.map(({ name, y, look }) => {
    const fits = y - 4 <= ceiling - lineHeight;
    const textY = fits ? y - 4 : ceiling - lineHeight;
    const left = edge.right - textWidth(name, textSize);
    const isCovered = marked.some((box) => box.x < edge.right && box.x + box.w > left && box.y < textY + 1 && box.y + box.h > textY - 9);
    const isCrossed = known.some((other) => other.name !== name && other.y > textY - 9 && other.y < textY + 1);
    const isSaid = !isCovered && (look === "main" || (fits && !isCrossed));
    if (isSaid) ceiling = textY;
    return { left: edge.left, right: edge.right, y, text: isSaid ? name : "", textY, look };
  });
}
