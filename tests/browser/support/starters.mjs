// Figures of the starting points and of guesses: the command line gives the same answers as the page asks for.

/** Every figure of an answer, however deep, by its key. */
function keyed(held, found = new Map()) {
  if (held === null || typeof held !== "object") return found;
  if (typeof held.key === "string" && "value" in held && "trail" in held) found.set(held.key, held);
  for (const one of Object.values(held)) keyed(one, found);
  return found;
}
/** What the address says of the organisation and of what is ticked, as options. */
export function starterWords(query) {
  return ["people", "revenue", "sector", "chosen"].flatMap((name) => (query.get(name) ? [`--${name}`, query.get(name)] : []));
}
const said = (figure) => {
  const { value, interval, unit, status } = figure;
  return { value, unit: value?.currency ?? unit, status, width: interval ? interval.high - interval.low : 0 };
};

/** {value, unit, width, status} of a key of these pages; null where there is no such key; undefined for the keys of others. */
export function ofStarters(key, query, ask) {
  if (key.startsWith("risk.starters.curve")) {
    const curve = ask("risk", "starters", ...starterWords(query)).together?.curve;
    const parts = /\[(.+)\]\.(\w+)$/.exec(key);
    const at = curve?.loss.findIndex((loss) => String(loss) === parts?.[1]) ?? -1;
    return at < 0 ? null : { value: curve.probability[at], unit: "share", width: curve.high[at] - curve.low[at], status: "ok" };
  }
  if (key.startsWith("risk.starters")) {
    const figure = keyed(ask("risk", "starters", ...starterWords(query))).get(key);
    return figure ? said(figure) : null;
  }
  if (!key.startsWith("risk.calibration.")) return undefined;
  const answer = ask("risk", "calibration");
  const figure = keyed(answer).get(key);
  if (figure) return said(figure);
  const parts = /^risk\.calibration\.rounds\[(.+?)\]\.(.+)$/.exec(key);
  const row = parts && answer.people.flatMap((one) => one.rounds).find((one) => one.id === parts[1])?.answers.find((one) => one.question === parts[2]);
  return row ? { value: row.truth, unit: row.unit, width: 0, status: "ok" } : undefined; // a case, too, says how good its givers are
}
