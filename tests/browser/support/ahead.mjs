// What the command line says for the keys of the forecast and of What if. The question is that of the
// page's address; without one it is the page's own first question.

const sum = (values) => values.reduce((total, value) => total + value, 0);
const widthOf = (interval) => (interval ? interval.high - interval.low : 0);
const known = (value, unit = "", width = 0) => (value === undefined ? null : { value, unit, width, status: value === null ? "not_measurable" : "ok" });
const dayMs = 86_400_000;
const time = (day) => Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
const dayAfter = (day, days) => new Date(time(day) + days * dayMs).toISOString().slice(0, 10);

/** Words for `tiebeam flow forecast`, from the address of the page. */
export function forecastWords(query, metrics) {
  const streams = (query.get("stream") ?? "").split(",").filter((one) => one !== "");
  const chosen = streams.length > 0 ? ["--stream", streams.join(",")] : [];
  if (query.get("by")) return ["--by", query.get("by"), ...chosen];
  const split = query.get("split") ? ["--split", query.get("split")] : [];
  if (query.get("items")) return ["--items", query.get("items"), ...chosen, ...split];
  const open = (stream) => metrics.streams.filter((one) => stream === null || one.value_stream === stream).reduce((all, one) => all + one.now, 0);
  const items = (streams.length === 0 ? [null] : streams).map(open);
  return items.every((one) => one === 0) ? ["--by", dayAfter(metrics.as_of, 28), ...chosen] : ["--items", "open", ...chosen, ...split];
}

/** {value, width, unit, status} of a key that begins with flow.forecast; null when there is none. */
export function ofForecast(key, answer) {
  if (!answer) return null;
  const figure = answer.figures.find((one) => one.key === key);
  if (figure) return { value: figure.value, unit: figure.unit, width: widthOf(figure.interval), status: figure.status };
  const counted = { "flow.forecast.open_items": answer.open, "flow.forecast.history.count": answer.history.count };
  if (key in counted) return known(counted[key], "items");
  const [, array, row, column] = /^flow\.forecast\.(\w+)\[(.*)\]\.(\w+)$/.exec(key) ?? [];
  if (array === "rows") return known(answer.report_card.rows.find((one) => String(one.horizon_weeks) === row)?.[column]);
  if (array === "origins") return known(answer.report_card.origins.find((one) => one.at === row)?.[column]);
  if (array === "history") return known([...answer.history.weeks, ...answer.history.left_out].find((one) => one.from === row)?.[column]);
  if (array === "streams") {
    const value = answer.streams.find((one) => one.value_stream === row)?.[column];
    return typeof value === "string" ? known((time(value) - time(answer.history.to)) / dayMs, "days") : known(value);
  }
  if (array !== "steps") return null;
  // Before today it is counted back: what was finished from that day on, as less than nothing.
  if (column === "past") return known(-sum(answer.history.weeks.filter((one) => one.from >= row).map((one) => one.finishes)));
  if (column === "p_done" && row === answer.history.to) return known(0);
  return known(answer.steps.find((one) => one.date === row)?.[column]);
}

/** Words for `tiebeam flow whatif`: of what is tried, or of the ranking alone. */
export function whatIfWords(query, withLevers) {
  const kinds = withLevers ? ["cut", "remove", "add_capacity", "cost"] : ["cost"];
  const levers = kinds.flatMap((kind) => query.getAll(kind).flatMap((one) => [`--${kind.replace("_", "-")}`, one]));
  const single = ["cost_of_delay", "stream"].flatMap((name) => (query.get(name) ? [`--${name.replaceAll("_", "-")}`, query.get(name)] : []));
  return [...levers, ...single];
}

/** The same for a key that begins with flow.whatif. */
export function ofWhatIf(key, answer) {
  if (!answer) return null;
  const figure = answer.figures.find((one) => one.key === key);
  if (figure) return { value: figure.value, unit: figure.unit, width: widthOf(figure.interval), status: figure.status };
  const [, item, column] = /^flow\.whatif\.items\[(.*)\]\.(\w+)$/.exec(key) ?? [];
  if (item !== undefined) {
    const row = answer.items.find((one) => one.item === item);
    return row ? known(column === "saved" ? row.now_days - row.then_days : row[column], "days") : null;
  }
  const drawn = /^flow\.whatif\.(together|first)\[(\w+)\]\.(now|then)$/.exec(key);
  if (drawn) return known((drawn[1] === "together" ? answer.together : answer.levers[0])?.[drawn[2]]?.[drawn[3]], "days");
  const [, name, rest] = /^flow\.whatif\.levers\[(.*)\]\.([\w.]+)$/.exec(key) ?? [];
  const lever = name === "together" ? answer.together : answer.levers.find((one) => `${one.lever}:${one.state}:${one.amount}` === name);
  if (!lever) return null;
  const [what, part] = rest.split(".");
  if (part === undefined) return known(typeof lever[what] === "object" && lever[what] !== null ? Number(lever[what].amount) : lever[what]);
  const effect = lever[what];
  const width = part === "saved" && effect && effect.low !== null && effect.high !== null ? effect.high - effect.low : 0;
  return known(effect ? effect[part] : null, "days", width);
}
