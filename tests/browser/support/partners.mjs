// What the command line says for the cells of governance and partnership: rows of their arrays, and what the pages of a
// review count. `ask(...words)` runs a command for the moment of the page.

const at = (held, path) => path.split(".").reduce((value, name) => value?.[name], held);
const moneyUnit = (value) => (value !== null && typeof value === "object" ? value.currency : null);

/** A KPI's newest reading by the day, by the readings themselves. */
function kpi(id, asOf, ask) {
  const readings = (ask("record", "kpi_reading", "list").records ?? []).filter((one) => one.kpi === id && one.on <= asOf.slice(0, 10));
  readings.sort((a, b) => (a.on === b.on ? a.id.localeCompare(b.id) : a.on.localeCompare(b.on)));
  const unit = ask("record", "kpi", "show", id).unit;
  return { value: readings.at(-1)?.value ?? null, unit };
}

function counted(review, what) {
  if (what === "better" || what === "worse") return review.chosen.filter((one) => one.trend === what).length;
  if (what === "waiting") return review.waiting.length;
  return what === "open" ? review.promises.open.length : undefined;
}

/** {value, unit, width} of a key; undefined when it is none of these. */
export function ofPartners(key, asOf, ask) {
  const cell = (value, unit = "", interval = null) => (value === undefined ? undefined : { value, unit: moneyUnit(value) ?? unit, width: interval ? interval.high - interval.low : 0 });
  const reading = /^kpi\[(.+)\]$/.exec(key);
  if (reading) return { ...kpi(reading[1], asOf, ask), width: 0 };
  const parts = /^(\w+)\.(\w+)\[(.+?)\]\.([\w.]+)$/.exec(key);
  if (!parts) return undefined;
  const [, room, array, id, column] = parts;
  if (room === "governance") {
    if (array === "bands") return cell(ask("governance", "saydo").bands.find((band) => String(band.low) === id)?.[column], column === "due" ? "" : "share");
    const rows = array === "promises" ? ask("governance", "saydo").promises : ask("governance", "latency")[array];
    return cell(at(rows?.find((row) => row.id === id), column), array === "promises" ? "share" : "days");
  }
  if (room !== "partnership") return undefined;
  const review = (of) => ask("partnership", "review", of);
  if (array === "review") return cell(counted(review(id), column));
  if (array === "engagement") {
    const figure = column === "held" ? review(id).rhythm.held : column === "relevance" ? review(id).relevance.figure : undefined;
    return figure && { ...cell(figure.value, figure.unit, figure.interval), status: figure.status };
  }
  if (array === "engagements") return cell(ask("partnership", "digest").engagements.find((row) => row.id === id)?.[column]);
  return array === "waiting" ? cell(ask("governance", "latency").waiting.find((row) => row.id === id)?.[column], "days") : undefined;
}
