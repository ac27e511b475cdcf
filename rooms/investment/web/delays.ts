// What the delivery forecast says of when a case is of use, and what the case counts with.

import { href } from "@tiebeam/router.svelte";
import type { Figure } from "@tiebeam/model";
import { figureOf, withUnit, type CaseAnswer, type DelayForecast, type Named } from "./answers";

export interface Point {
  readonly words: string; // "85 of 100"
  readonly figure: Figure;
}
export type Points =
  | { readonly state: "none" } // no work is tied to it
  | { readonly state: "done" }
  | { readonly state: "untold"; readonly reason: string | null }
  | { readonly state: "told"; readonly within: readonly Point[]; readonly beyond: Point | null }; // the first that lies further than the forecast looks

export function pointsOf(forecast: DelayForecast): Points {
  const all: readonly Point[] = [{ words: "half a chance", figure: forecast.p50 }, { words: "85 of 100", figure: forecast.p85 }, { words: "95 of 100", figure: forecast.p95 }];
  if (forecast.p50.value === null && forecast.p50.status !== "not_reached") return { state: "untold", reason: forecast.p50.reason ?? null };
  if (forecast.items === 0) return forecast.finished > 0 ? { state: "done" } : { state: "none" };
  return { state: "told", within: all.filter(({ figure }) => figure.value !== null), beyond: all.find(({ figure }) => figure.value === null) ?? null };
}

/** What the case makes of its forecast. */
export function countsWith(answer: CaseAnswer): string {
  const delay = answer.delay;
  if (!delay?.forecast) return "";
  const isAlone = delay.forecast.items === 0 && delay.forecast.finished === 0;
  if (delay.from === "given") return delay.duration === null ? "" : `The case counts with its own estimate${isAlone ? "" : " instead"}: ${withUnit(delay.duration, "days")}.`;
  if (delay.from === "forecast") return delay.forecast.items === 0 ? "The case counts the days it took." : "When the forecast slips, this case moves.";
  return figureOf(answer, "npv")?.value == null ? "Nor has anybody estimated how long it takes." : "Nor has anybody estimated how long it takes: it is counted as of use from its first day.";
}

/** The forecast of the same question on the flow page: how long the stream needs for all it must finish until this is done. */
export function forecastLink(stream: Named, forecast: DelayForecast): string {
  const isWhole = forecast.streams.length === 1 && forecast.has_own_items && forecast.scope > 0; // of several streams only the sum is told
  return href("/flow/forecast", { stream: stream.id, ...(isWhole ? { items: String(forecast.scope) } : {}) });
}
