import { describe, expect, it } from "vitest";
import { problemsOf } from "@tiebeam/charts/spec";
import { tableOf } from "@tiebeam/charts/table";
import { contrast, demandTable, pileTable, streamName, teamsTable, told, typesTable, untold } from "./demand";
import { deliveryMonths, monthName, servicesTable } from "./delivery";
import { loadMonths, loadTable } from "./load";
import { areasTable, thin } from "./people";
import { metrics } from "./testdata";
import { unplannedMonths, unplannedTable } from "./unplanned";

describe("demand", () => {
  it("draws what comes and what gets finished on one scale, and marks where the pile grows", () => {
    const spec = demandTable(metrics);
    expect(problemsOf(spec)).toEqual([]);
    expect(spec.columns.slice(0, 2).map((column) => column.scale)).toEqual(["week", "week"]);
    expect(spec.rows.map((row) => [row.name, row.cells[4], row.amiss?.[3]])).toEqual([["Orders", "the pile grows", "more comes than gets finished"], ["no value stream", "too few weeks to say", null]]);
    expect(spec.rows[1]?.note).toBe("2 complete weeks: 4 are needed");
  });
  it("says so where the pile may have no end in sight, and gives no interval then", () => {
    const [row] = pileTable(metrics).rows;
    expect(row?.intervals?.[4]).toBeNull();
    expect(row?.note).toMatch(/no end in sight/);
    expect(problemsOf(pileTable(metrics))).toEqual([]);
  });
  it("is split by type; the stream is named where there are several", () => {
    expect(typesTable(metrics).rows.map((row) => [row.id, row.note])).toEqual([["s>incident", "Orders"]]);
    expect(streamName({ value_stream: "x", name: "" })).toBe("x");
  });
});

describe("teams", () => {
  it("of too few people stand in a sentence, not in a row", () => {
    expect(told(metrics).map((row) => row.team)).toEqual(["A", "C"]);
    expect(untold(metrics).map((row) => row.team)).toEqual(["B"]);
    expect(teamsTable(metrics, null).rows.map((row) => row.name)).toEqual(["C", "A"]);
    expect(teamsTable(metrics, 1).rows).toHaveLength(1);
    expect(problemsOf(teamsTable(metrics, null))).toEqual([]);
  });
  it("would hardly wait longer where the estimate is under a second", () => {
    const tiny = metrics.teams.map((row) => ({ ...row, more_load: { wait_factor_low: 1, wait_factor_high: 2, days_low: 2.5e-11, days_high: 0.5 } }));
    expect(teamsTable({ ...metrics, teams: tiny }, 1).rows[0]?.cells.slice(3)).toEqual(["hardly any", 0.5]);
  });
  it("are points only where both sides are known", () => {
    expect(contrast(metrics).points.ids).toEqual(["A"]);
    expect(tableOf(contrast(metrics)).at(0).intervals?.[0]?.high).toBeCloseTo(0.66, 9);
    expect(problemsOf(contrast(metrics))).toEqual([]);
  });
});

describe("who it rests on", () => {
  it("names areas that enough is known of, all or those that rest on one", () => {
    expect(areasTable(metrics, true).rows.map((row) => row.name)).toEqual(["payroll / incident"]);
    expect(areasTable(metrics, false).rows.map((row) => row.amiss?.[2] ?? null)).toEqual(["it rests on one person", null]);
    expect(thin(metrics).map((row) => row.area)).toEqual(["fax / incident"]);
    expect(problemsOf(areasTable(metrics, false))).toEqual([]);
  });
  it("shows unplanned work against its target, complete months only, gaps kept", () => {
    const [row] = metrics.unplanned;
    if (!row) throw new Error("the example has none");
    expect(problemsOf(unplannedTable(metrics))).toEqual([]);
    const spec = unplannedMonths(metrics, row);
    expect(problemsOf(spec)).toEqual([]);
    expect(spec.series[0]?.values).toEqual([0.2, null]);
    expect(spec.lines.map((line) => line.value)).toEqual([0.2]);
    expect(unplannedMonths(metrics, { ...row, target_high: null }).lines).toEqual([]);
  });
  it("marks what is over its limit and keeps what too few people would tell", () => {
    const [row] = loadTable(metrics, null).rows;
    expect(row?.amiss?.slice(0, 3)).toEqual(["over the limit", null, null]);
    expect(row?.cells[2]).toBeNull();
    const team = loadMonths(metrics, metrics.team_load[0] ?? null, "out_of_hours");
    expect(team.series[0]?.values).toEqual([null, 0.3]);
    expect(team.source.key).toBe("flow.team_load[A].months");
    expect(loadMonths(metrics, null, "concurrent").source.key).toBe("flow.people_months");
  });
});

describe("delivery", () => {
  it("shows services and months as they are, months that are not complete marked", () => {
    expect(problemsOf(servicesTable(metrics))).toEqual([]);
    expect(servicesTable(metrics).rows[0]?.cells[5]).toBeNull();
    const spec = deliveryMonths(metrics);
    expect(problemsOf(spec)).toEqual([]);
    expect(spec.open).toEqual([1]);
    expect(monthName("2016-03-01")).toBe("Mar 2016");
  });
});
