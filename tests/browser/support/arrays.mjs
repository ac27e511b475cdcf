// Cells of the arrays of `tiebeam flow metrics --json` by the keys that pages give them:
//   flow.ARRAY[ROW].COLUMN, with members of members as COLUMN.MEMBER or COLUMN[ROW].MEMBER

const pair = (row) => `${row.from}>${row.to}`;
/** By what a row of each array is named in the key of its cells. */
const names = {
  weeks: (row) => row.week, months: (row) => row.month, states: (row) => row.state, aging: (row) => row.item, waits: (row) => row.state,
  types: (row) => row.type, streams: (row) => row.value_stream, bottlenecks: (row) => row.state, parties: (row) => row.party,
  ask_today: (row) => row.item, handover_worst: pair, demand: (row) => row.value_stream, teams: (row) => row.team, areas: (row) => row.area,
  unplanned: (row) => row.value_stream, team_load: (row) => row.team, people_months: (row) => row.month, dora_services: (row) => row.service,
  dora_months: (row) => row.month,
};
const at = (held, path) => path.split(".").reduce((value, name) => value?.[name], held);

/** The interval that stands beside a column of a row, under whichever name. */
function intervalOf(array, row, column) {
  if (column.endsWith(".saved")) return at(row, column.replace(/\.saved$/, "")); // {now, then, saved, low, high}
  const own = {
    "parties.share": "interval", "unplanned.share": "interval", "handover_worst.mean_wait_days": "interval",
    "dora_services.failure_share": "failure_interval", "demand.forecast_weeks": "forecast_interval",
  }[`${array}.${column}`];
  return row[own ?? `${column}_interval`] ?? row[`${column.replace(/_a_week$/, "")}_interval`] ?? null;
}
const widthOf = (interval) => (typeof interval?.low === "number" && typeof interval.high === "number" ? interval.high - interval.low : 0);

/** {value, unit, width} of a cell; undefined when there is no such array, row or column. */
export function cellOf(metrics, key) {
  const alone = /^flow\.(load_limits|team_load_hidden)\.(\w+)$/.exec(key);
  if (alone) return metrics[alone[1]]?.[alone[2]] === undefined ? undefined : { value: metrics[alone[1]][alone[2]], unit: "", width: 0 };
  const parts = /^(?:flow\.)?(\w+)\[(.*?)\]\.(?:(\w+)\[(.*?)\]\.)?([\w.]+)$/.exec(key);
  if (!parts) return undefined;
  const [, array, name, inner, innerName, column] = parts;
  if (array === "demand_types") {
    const [stream, type] = [name.slice(0, name.indexOf(">")), name.slice(name.indexOf(">") + 1)];
    const row = metrics.demand.find((one) => one.value_stream === stream)?.types.find((one) => one.type === type);
    return row?.[column] === undefined ? undefined : { value: row[column], unit: "", width: 0 };
  }
  const outer = (metrics[array] ?? []).find((one) => names[array]?.(one) === name);
  const row = inner === undefined ? outer : outer?.[inner]?.find((one) => names[inner]?.(one) === innerName);
  const value = row === undefined ? undefined : at(row, column);
  if (value === undefined) return undefined;
  const unit = value !== null && typeof value === "object" ? value.currency : (metrics.columns[array]?.columns[inner === undefined ? column : `${inner}.${column}`]?.unit ?? "");
  return { value, unit, width: inner === undefined ? widthOf(intervalOf(array, row, column)) : 0 };
}
