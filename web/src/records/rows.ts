// Text for what people gave: how many rows and records there are, how big a file is, between what an
// estimate lies. These are facts of the record itself, with nothing computed behind them to open;
// whatever is computed is a Figure.
import { bytesText, countText, leftText, valueText } from "@tiebeam/format";
import type { Range } from "./estimates";

/** "9,202" rows, records or entries. */
export const rowsText: (n: number) => string = countText;
/** "1.3 MB" */
export const sizeText: (bytes: number) => string = bytesText;
/** "about 20 s left" of a job. */
export const timeLeft: (seconds: number) => string = leftText;
/** "€80k to €140k" of an estimate that people wrote. */
export function rangeWords(range: Range, unit: string): string {
  const low = valueText(range.low, unit);
  return range.low === range.high ? low : `${low} to ${valueText(range.high, unit)}`;
}
