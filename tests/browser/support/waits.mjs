// The waiting of the sample's work by its own file, apart from the program: how long each item stayed in
// a state, up to where it was finished (the start of its last run of Closed), or until now.

const dayMs = 86_400_000;
const done = "Closed";

/** {finished, days, open} of the item in the states, by its events up to `moment`; null without any. */
function waitOf(events, states, moment) {
  const known = events.filter((event) => event.at <= moment);
  if (known.length === 0) return null;
  let end = known.length; // where the last run of done states begins
  while (end > 0 && known[end - 1].state === done) --end;
  const finished = end < known.length;
  let days = 0;
  for (let i = 0; i < end; ++i) {
    const until = i + 1 < known.length ? known[i + 1].at : null;
    if (states.includes(known[i].state) && until !== null) days += (until - known[i].at) / dayMs;
  }
  const whole = finished ? (known[end].at - known[0].at) / dayMs : null;
  if (finished) return { finished, days, whole };
  const last = known.at(-1).state;
  let since = known.length - 1;
  while (since > 0 && known[since - 1].state === last) --since;
  return { finished, days: states.includes(last) ? (moment - known[since].at) / dayMs : 0, whole };
}

/** Of all items: {n, days} of those that finished, and each item's own. */
export function waitsOf(all, states, moment) {
  const items = new Map();
  let n = 0, days = 0;
  for (const [item, events] of all) {
    const found = waitOf(events, states, moment);
    if (found === null || found.days === 0) continue;
    items.set(item, found);
    if (found.finished) [n, days] = [n + 1, days + found.days];
  }
  return { n, days, items };
}
