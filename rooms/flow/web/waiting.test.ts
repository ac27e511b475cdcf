import { describe, expect, it } from "vitest";
import { problemsOf } from "@tiebeam/charts/spec";
import { cellFigure } from "@tiebeam/figure/cells";
import { bottlenecksTable } from "./bottlenecks";
import { metrics } from "./testdata";
import { sentence } from "@tiebeam/records/words";
import { answerOf, exampleMap, handovers, isEven, partiesTable, partyName, sideOf, statesTable, waitedTable, worstPairs, type Waited } from "./waiting";

describe("waiting", () => {
  it("is split by party with its interval; a row leads to the work, named or not", () => {
    const spec = partiesTable(metrics, (party) => `/waits?party=${party}`);
    expect(problemsOf(spec)).toEqual([]);
    expect(spec.rows.map((row) => [row.name, row.cells[0], row.href])).toEqual([["vendor", 0.6, "/waits?party=vendor"], ["nobody named", 0.4, "/waits?party=not_said"]]);
    expect(spec.rows[0]?.intervals?.[0]?.high).toBeCloseTo(0.66, 9);
    expect(spec.rows[0]?.note).toBe("others than IT: Awaiting Vendor");
  });
  it("of another stream is on neither side of IT", () => {
    expect([sideOf("it"), sideOf("funding"), sideOf("other_stream"), sideOf("not_said")]).toEqual(["IT itself", "others than IT", "", ""]);
  });
  it("is about equal where the two sides are within ten points", () => {
    const of = (others: number, own: number) => {
      const figures = ([["flow.waiting.outside_it.share", others], ["flow.waiting.party.it", own]] as const).map(([key, value]) => ({ ...cellFigure(key, value, { label: key, unit: "share", formula: "", method: "", as_of: "", recompute: "" }) }));
      return { figures, party_answer: { is_it: "no" as const, sentence: "Of 100 days of waiting 53 are for others than IT, 47 for IT: it waits outside IT.", missing: null } };
    };
    expect([isEven(of(0.53, 0.47)), isEven(of(0.56, 0.44)), isEven(of(0, 0))]).toEqual([true, false, false]);
    expect(answerOf(of(0.53, 0.47))).toBe("Of 100 days of waiting 53 are for others than IT, 47 for IT: about equal.");
    expect(answerOf(of(0.7, 0.3))).toMatch(/outside IT/);
    expect([partyName("it"), partyName("vendor"), partyName("not_said")]).toEqual(["IT", "vendor", "nobody named"]);
  });
  it("after handovers is what they cost together", () => {
    expect(worstPairs(metrics).rows.map((row) => [row.name, row.cells[0]])).toEqual([["B → A", 18]]);
    expect(handovers(metrics).rows.map((row) => [row.name, row.cells[0]])).toEqual([["B → A", 18], ["A → B", 10], ["B → C", null]]);
    expect(problemsOf(worstPairs(metrics))).toEqual([]);
    expect(problemsOf(handovers(metrics))).toEqual([]);
  });
  it("leaves out where work is done", () => {
    expect(statesTable(metrics).rows.map((row) => row.name)).not.toContain("Closed");
  });
  it("is listed item by item, as many as asked for", () => {
    const items = ["A", "B", "C"].map((item, i) => ({ item, state: "New", team: "", days: 9 - i, share_of_item: 0.5, open: i === 1 }));
    const answer: Waited = { state: "New", party: "", n: 2, days: 16, items, columns: {}, as_of: "", from: "", to: "", recompute: "tiebeam" };
    expect(waitedTable(answer, 2, (item) => `?item=${item}`).rows.map((row) => [row.id, row.href, row.cells])).toEqual([
      ["A>New", "?item=A", [9, 0.5, "New", "not said", "no"]], ["B>New", "?item=B", [8, "still open", "New", "not said", "yes"]],
    ]);
    expect(waitedTable(answer, null, String).rows).toHaveLength(3);
  });
  it("has an example of what to add to a map, for states that wait and no others", () => {
    expect(exampleMap(metrics).split("\n")).toEqual(["[party]", '"Awaiting Vendor" = "vendor"', '"Resolved" = "IT"', '"New" = "IT"']);
    expect(sentence("no state map says whom")).toBe("No state map says whom.");
  });
});

describe("bottlenecks", () => {
  const spec = bottlenecksTable(metrics, (state) => `?state=${state}`);
  it("say what would be without each state, and how their kind is known", () => {
    expect(problemsOf(spec)).toEqual([]);
    expect(spec.rows.map((row) => [row.name, ...row.cells.slice(0, 4)])).toEqual([["Awaiting Vendor", 0.6, "dependency", 5, 4], ["New", 0.3, "people", 2, 7]]);
    expect(spec.rows[0]?.href).toBe("?state=Awaiting Vendor");
    expect(spec.rows[1]?.note).toBe("Someone picks it up. A takes most of it. These items cannot tell it from the first.");
  });
  it("have money only where a day of delay has a price", () => {
    expect(spec.columns.at(-1)?.unit).toBe("EUR");
    expect(spec.rows.map((row) => row.cells.at(-1))).toEqual([1200, null]);
    expect(bottlenecksTable({ ...metrics, bottlenecks: metrics.bottlenecks.map((row) => ({ ...row, class: "active" as const, cost: null })) }, String).columns.at(-1)?.id).toBe("p85.then");
  });
});
