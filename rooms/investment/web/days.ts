// The day it is for the organisation, and days from it.

import { localText } from "@tiebeam/format";
import { organisation } from "@tiebeam/shell/organisation.svelte";

/** Today on the organisation's clocks; where it holds its numbers at a moment, the day of that. */
export function today(): string {
  const own = organisation.current;
  return localText(own?.as_of_fixed ? own.as_of : new Date().toISOString(), organisation.zone).slice(0, 10);
}
/** The first of the month after a day. */
export function nextMonth(day: string): string {
  const [year = 1970, month = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}
