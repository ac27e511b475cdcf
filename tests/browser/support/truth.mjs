// What the command line says for a key that a page shows: figures by their key, cells by their path in
// `tiebeam flow metrics --json`, and what pages count or sum, computed here again.

import fs from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { forecastWords, ofForecast, ofWhatIf, whatIfWords } from "./ahead.mjs";
import { ofAi } from "./ai.mjs";
import { cellOf } from "./arrays.mjs";
import { ofCases } from "./cases.mjs";
import { ofPartners } from "./partners.mjs";
import { asked, root } from "./program.mjs";
import { ofRisk } from "./risks.mjs";
import { ofStarters } from "./starters.mjs";
import { stepOf } from "./rounding.mjs";
import { waitsOf } from "./waits.mjs";

const numberOf = (value) => (typeof value === "object" ? Number(value.amount) : value); // of money, its amount
const sum = (values) => values.reduce((total, value) => total + value, 0);
const stamp = (text) => {
  const [, day, month, year, hour, minute] = /^(\d+)\/(\d+)\/(\d+) (\d+):(\d+)$/.exec(text).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute);
};
const dayMs = 86_400_000;
/** Of the sample: the first midnight with events before it, and the stages in their order. */
const firstDay = Date.UTC(2016, 2, 1);
const stages = ["New", "Active", "Resolved", "Closed"];

/** The sample's events as the file has them: by item, in the order of time, count and row. */
let read = null;
function events() {
  if (read) return read;
  read = new Map();
  const [header, ...lines] = gunzipSync(fs.readFileSync(path.join(root, "sample", "incident_event_log_2016Q1.csv.gz"))).toString().trim().split(/\r?\n/);
  const names = header.split(",");
  const column = Object.fromEntries(names.map((name, i) => [name, i]));
  lines.forEach((line, i) => {
    const cells = line.split(",");
    const item = cells[column.number];
    if (!read.has(item)) read.set(item, []);
    read.get(item).push({ at: stamp(cells[column.sys_updated_at]), state: cells[column.incident_state], count: Number(cells[column.sys_mod_count]), line: i + 2, opened: stamp(cells[column.opened_at]) });
  });
  for (const list of read.values()) list.sort((a, b) => a.at - b.at || a.count - b.count || a.line - b.line);
  return read;
}

export class Truth {
  #data;
  #org;
  #asOf;
  #held = {};
  constructor(data, org, asOf) {
    this.#data = data;
    this.#org = org;
    this.#asOf = asOf;
  }
  #once(name, make) {
    return (this.#held[name] ??= make());
  }
  #ask(...words) {
    // Without any event there is no moment to ask for: the program says 1970, and refuses it.
    const moment = this.#asOf.startsWith("1970") ? [] : ["--as-of", this.#asOf];
    return asked(this.#data, this.#org, ...words, ...moment);
  }
  get figures() {
    return this.#once("figures", () => new Map(this.#ask("figures").figures.map((figure) => [figure.key, figure])));
  }
  #answer(name, words) {
    return this.#once([name, ...words].join(" "), () => {
      try {
        return this.#ask("flow", name, ...words);
      } catch {
        return false; // refused: the page shows none of its numbers
      }
    });
  }
  get metrics() {
    return this.#once("metrics", () => this.#ask("flow", "metrics"));
  }
  /** Days from begun to finished of each finished item, and when it finished: the evidence of the figure. */
  get finished() {
    return this.#once("finished", () => new Map(this.#ask("figure", "flow.cycle_time.p85", "--explain", "--rows", "-1").rows.map((row) => [row.subject.replace("work_item/", ""), { days: row.value, at: /finished (\S+)/.exec(row.what)?.[1] }])));
  }
  /** By the file itself: how many items their last event up to `moment` left in each state. */
  #states(moment) {
    return this.#once(`states ${moment}`, () => {
      const counts = new Map();
      for (const list of events().values()) {
        const last = list.findLast((event) => event.at <= moment);
        const state = last?.state ?? (list[0].opened <= moment ? "not in a state yet" : null);
        if (state !== null) counts.set(state, (counts.get(state) ?? 0) + 1);
      }
      return counts;
    });
  }
  /** Items that have reached a stage, and the last one, at each midnight up to `moment`. */
  #reached(moment) {
    const firstOf = (states) => [...events().values()].flatMap((list) => list.find((event) => states.includes(event.state))?.at ?? []);
    const begun = this.#once("begun", () => firstOf(stages)), finished = this.#once("closed", () => firstOf(stages.slice(-1)));
    const by = (times, midnight) => times.filter((time) => time <= midnight).length;
    const midnights = Array.from({ length: Math.round((moment - firstDay) / dayMs) + 1 }, (_, i) => firstDay + i * dayMs);
    return midnights.map((midnight) => this.#once(`reached ${midnight}`, () => ({ begun: by(begun, midnight), finished: by(finished, midnight) })));
  }
  /** How long ago what finishes then was begun, were it finished in that order: read across the two lines. */
  #waitAt(moment) {
    const lines = this.#reached(moment);
    const level = lines.at(-1).finished;
    const after = lines.findIndex(({ begun }) => begun >= level);
    if (level === 0 || after <= 0) return null;
    const below = lines[after - 1].begun, above = lines[after].begun;
    return Math.max(0, lines.length - 1 - (after - 1 + (level - below) / (above - below)));
  }
  #occupancy(moment, column) {
    const counts = this.#states(moment);
    if (column === "In progress") return sum([...counts].filter(([state]) => state !== "Closed" && state !== "not in a state yet").map(([, count]) => count));
    if (column.startsWith("Wait of what finishes")) return this.#waitAt(moment);
    return counts.get(column) ?? (this.metrics.states.some((one) => one.state === column) || column === "not in a state yet" ? 0 : undefined);
  }

  /** {value, width, unit, status} of a key; null when there is no such key. */
  resolve(key, before = (asOf) => new Truth(this.#data, this.#org, asOf), query = new URLSearchParams()) {
    this.query = query;
    const figure = this.figures.get(key);
    if (figure) {
      const { value, interval, unit, status } = figure;
      return { value, unit: value?.currency ?? unit, status, width: interval ? interval.high - interval.low : 0 };
    }
    const change = /^(.+)\.change\[(.+)\]$/.exec(key);
    if (change) {
      const now = this.resolve(change[1]), then = before(change[2]).resolve(change[1]);
      if (now === null || then === null || now.value === null || then.value === null) return null;
      const factor = now.unit === "share" ? 100 : 1;
      const said = Math.max(stepOf(numberOf(now.value), now.width, now.unit), stepOf(numberOf(then.value), then.width, then.unit)); // as fine as both are said
      return { value: factor * (numberOf(now.value) - numberOf(then.value)), unit: now.unit, width: factor * Math.max(now.width, then.width), least: factor * said, status: "ok" };
    }
    if (key.startsWith("flow.forecast")) return ofForecast(key, this.#answer("forecast", forecastWords(query, this.metrics)));
    if (key.startsWith("flow.whatif")) return ofWhatIf(key, this.#answer("whatif", whatIfWords(query, true))) || ofWhatIf(key, this.#answer("whatif", whatIfWords(query, false)));
    const status = (value) => (value === null ? "not_measurable" : "ok");
    const ask = (...words) => this.#once(words.join(" "), () => (words[0] === "record" ? asked(this.#data, this.#org, ...words) : this.#ask(...words)));
    const begun = ofStarters(key, query, ask);
    if (begun !== undefined) return begun;
    const ai = ofAi(key, ask);
    if (ai !== undefined) return { status: status(ai.value), ...ai };
    const cases = ofCases(key, query, ask);
    if (cases !== undefined) return { status: status(cases.value), ...cases };
    const partners = ofPartners(key, this.#asOf, ask);
    if (partners !== undefined) return { status: status(partners.value), ...partners };
    if (key.startsWith("risk.")) return ofRisk(key, query, ask) ?? null;
    const inArray = cellOf(this.metrics, key);
    if (inArray !== undefined) return { ...inArray, status: status(inArray.value) };
    const value = this.#cell(key);
    const unit = /days|\.p85$|Wait of/.test(key) ? "days" : "";
    return value === undefined ? null : { value, unit, width: 0, status: status(value) };
  }

  /** The waiting of the part that the address names, by the file itself. */
  get waited() {
    const [party, state] = ["party", "state"].map((name) => this.query.get(name));
    const named = party === null ? null : (this.metrics.parties.find((row) => row.party === (party === "not_said" ? "" : party))?.states ?? []);
    const states = state === null ? named : named === null || named.includes(state) ? [state] : [];
    return this.#once(`waited ${states.join()}`, () => waitsOf(events(), states, Date.parse(this.#asOf)));
  }
  #waitedItem(row, column) {
    const [item, state] = [row.slice(0, row.indexOf(">")), row.slice(row.indexOf(">") + 1)];
    const found = waitsOf(new Map([[item, events().get(item) ?? []]]), [state], Date.parse(this.#asOf)).items.get(item);
    return column === "days" ? found?.days : column === "share_of_item" && found ? (found.finished ? found.days / found.whole : null) : undefined;
  }
  /** Open work that the page's own choices leave. */
  #open() {
    const is = (name, value) => [null, "", value].includes(this.query.get(name));
    return this.metrics.aging.filter((row) => is("state", row.state) && is("team", row.team) && is("stream", row.value_stream));
  }
  #cell(key) {
    const { metrics } = this;
    const counted = {
      "flow.aging.count": () => this.#open().length,
      "flow.aging.to_ask": () => this.#open().filter((row) => row.past_state_line || row.past_all_ended || (row.promised_days !== null && row.age_days > row.promised_days)).length,
      "flow.areas.thin": () => metrics.areas.filter((row) => row.verdict === "thin").length,
      "flow.demand.grows": () => metrics.demand.filter((row) => row.verdict === "grows").length,
      "flow.demand.shrinks": () => metrics.demand.filter((row) => row.verdict === "shrinks").length,
      "flow.teams.untold": () => metrics.teams.filter((row) => row.utilisation === null && row.efficiency === null).length,
      "flow.waiting.asked.n": () => this.waited.n,
      "flow.waiting.asked.days": () => this.waited.days,
      "flow.cycle_time.count": () => this.finished.size,
      "flow.cycle_time.chosen": () => [...this.finished.values()].filter((one) => this.#isChosen(one)).length,
      "flow.weeks.full": () => metrics.weeks.filter((row) => row.full).length,
    };
    if (key in counted) return counted[key]();
    const parts = /^(?:flow\.)?([\w.]+)\[(.*?)\](?:\[(\d+)\])?\.(.+)$/.exec(key);
    if (!parts) return undefined;
    const [, array, row, , column] = parts;
    if (array === "aging" && column === "p85") {
      const item = metrics.aging.find((one) => one.item === row);
      return item && metrics.states.find((state) => state.state === item.state)?.dwell.p85;
    }
    if (array === "handover") {
      const pair = metrics.handover.find((one) => `${one.from}>${one.to}` === row);
      return column === "waited" ? pair && (pair.mean_wait_days === null ? null : pair.count * pair.mean_wait_days) : this.#column(pair, column);
    }
    if (array === "waiting.items") return this.#waitedItem(row, column);
    if (array === "cycle_time" && column === "days") return this.finished.get(row)?.days;
    if (array === "cycle_time.by_month_and_type") {
      if (!/^\d{4}-\d{2}/.test(row)) return undefined;
      const inMonth = [...this.finished.values()].filter((one) => one.at.startsWith(row.slice(0, 7)));
      return column === "incident" ? inMonth.length : undefined; // every item of the sample is an incident
    }
    if (array === "cumulative.occupancy") {
      const moment = Date.parse(`${row.slice(0, 10)}T00:00:00Z`);
      return Number.isNaN(moment) ? undefined : this.#occupancy(moment, column);
    }
    if (array === "item") return this.#item(row, column, key);
    const listed = /^records\.(\w+)$/.exec(array);
    if (listed && column === "count") return this.#howMany(listed[1], row);
    if (array === "briefing.priorities" && column === "ties") {
      const links = asked(this.#data, this.#org, "record", "link", "list").records ?? [];
      const initiatives = asked(this.#data, this.#org, "record", "initiative", "list").records ?? [];
      return links.filter((link) => link.to === `priority/${row}` && link.kind === "serves").length + initiatives.filter((one) => one.priority === row).length;
    }
    return undefined;
  }
  /** Of the records of a type, those that the page's words stand for. */
  #howMany(type, which) {
    const isOpen = (one) => !["done", "stopped"].includes(one.stage);
    const stands = {
      all: () => true,
      open: isOpen,
      "open without sponsor": (one) => isOpen(one) && !one.sponsor,
      shared: (one) => Boolean(one.business_owner && one.it_owner),
    };
    if (which === "open unsigned") return this.#ask("investment", "cases").cases.filter((one) => isOpen(one) && one.signed.state !== "valid").length;
    if (which === "open valued") return this.#ask("investment", "cases").cases.filter((one) => isOpen(one) && one.is_valued).length;
    const holds = which.startsWith("stage ") ? (one) => one.stage === which.slice(6) : stands[which];
    return holds && asked(this.#data, this.#org, "record", type, "list").records?.filter(holds).length;
  }
  /** Within the part of the chart that the address names. */
  #isChosen({ days, at }) {
    const asked = (name, from) => this.query.get(name) ?? from;
    return at.slice(0, 10) >= asked("done-from", "") && at.slice(0, 10) <= asked("done-to", "9") && days >= Number(asked("least", 0)) && days <= Number(asked("most", Infinity));
  }
  #column(row, column) {
    if (row === undefined) return undefined;
    const value = column.split(".").reduce((held, name) => held?.[name], row);
    return value === undefined ? undefined : value;
  }
  #item(item, column, key) {
    if (column === "age_days") return this.metrics.aging.find((row) => row.item === item)?.age_days;
    if (column === "cycle_days") return this.finished.get(item)?.days;
    const stretch = /\.stretches\[(\d+)\]\.days$/.exec(key);
    if (!stretch) return undefined;
    return undefined; // its length is asked for with the lines it lies between: lengthFrom
  }
  /** Days from the event on line `from` of the sample to that on line `to`, or to the as-of; null for
      the last stretch of finished work, which has no end. */
  lengthFrom(item, from, to) {
    const list = events().get(item) ?? [];
    const at = (line) => list.find((event) => event.line === line)?.at;
    if (to === null && this.finished.has(item)) return null;
    const end = to === null ? Date.parse(this.#asOf) : at(to);
    return at(from) === undefined || end === undefined ? undefined : (end - at(from)) / dayMs;
  }
}
