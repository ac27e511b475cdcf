import type { StateClass } from "@tiebeam/charts/spec";

/** States in the order work passes them: stages as the stream has them; blocked ones after the work they stop, done last. */
export function inFlowOrder<T extends { readonly state: string; readonly class: StateClass }>(states: readonly T[], stages: readonly string[]): T[] {
  const classes = new Map(states.map((one) => [one.state, one.class]));
  const active = stages.findLastIndex((stage) => classes.get(stage) === "active");
  const rank = (one: T): number => {
    const stage = stages.indexOf(one.state);
    if (stage >= 0) return stage;
    const ranks: Record<StateClass, number> = { backlog: -1, wait: -0.5, active: active + 0.25, blocked: active + 0.5, unknown: stages.length, done: stages.length + 1, cancelled: stages.length + 2 };
    return ranks[one.class];
  };
  return [...states].sort((a, b) => rank(a) - rank(b) || byName(a.state, b.state));
}

/** "Group 9" before "Group 20". */
export const byName = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });

/** For each time: how long ago work that is finishing then was begun, were it finished in the order it was begun. */
export function approximateWaits(times: readonly number[], begun: readonly number[], finished: readonly number[]): (number | null)[] {
  let from = 0;
  return times.map((time, i) => {
    const level = finished[i] ?? 0;
    while (from < i && (begun[from] ?? 0) < level) ++from;
    if (level <= 0 || from === 0 || (begun[from] ?? 0) < level) return null; // begun before the first day: how long is not known
    const [below, above] = [begun[from - 1] ?? 0, begun[from] ?? 0];
    const part = above > below ? (level - below) / (above - below) : 1;
    const at = (times[from - 1] ?? 0) + part * ((times[from] ?? 0) - (times[from - 1] ?? 0));
    return Math.max(0, (time - at) / 864e5);
  });
}
