// Areas of work and how many people can carry them. Never who.

import type { BarColumn, TableBarsSpec } from "@tiebeam/charts/spec";
import { columnOf, type Metrics } from "./answers";

export interface AreaRow {
  readonly area: string;
  readonly service: string | null;
  readonly value_stream: string | null;
  readonly type: string;
  readonly items: number;
  readonly people: number;
  readonly covering: number; // people who know it well enough to carry it
  readonly bus_factor: number | null;
  readonly top_share: number | null;
  readonly verdict: "rests_on_one" | "shared" | "spread" | "thin"; // thin: too little finished to say
  readonly rests_on_one: boolean;
  readonly items_a_month: number;
  readonly at_risk_a_month: number;
}

export const thin = (answer: Metrics): AreaRow[] => answer.areas.filter((row) => row.verdict === "thin");

/** Areas that enough was finished in to say who carries them. */
export function areasTable(answer: Metrics, onlyOne: boolean): TableBarsSpec {
  const rows = answer.areas.filter((row) => row.rests_on_one || (!onlyOne && row.verdict !== "thin"));
  const column = (id: string, label: string, unit: string, bar = false): BarColumn => columnOf(answer, "areas", id, { label, unit, bar });
  return {
    kind: "table", id: "areas", label: "Areas of work and how many people carry them", row: "Area",
    columns: [
      column("at_risk_a_month", "Would wait, a month", "items", true),
      column("items_a_month", "Of so much a month", "items"),
      column("covering", "Carry it", "people"),
      column("people", "Have done it", "people"),
      column("top_share", "Done by one", "share", true),
    ],
    rows: rows.map((row) => ({
      id: row.area, name: row.area,
      cells: [row.at_risk_a_month, row.items_a_month, row.covering, row.people, row.top_share],
      amiss: [null, null, row.rests_on_one ? "it rests on one person" : null, null, null],
    })),
    source: {
      key: "flow.areas", formula: "finished work of the last 26 weeks by service (else value stream) and type, and who carries it", method: "docs/method/concentration.md",
      as_of: answer.as_of, n: rows.length, recompute: answer.recompute,
    },
  };
}
