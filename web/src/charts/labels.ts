// Labels that would lie on each other are moved apart; those that cannot be are left out.

export interface Label {
  readonly at: number; // where it belongs
  readonly size: number; // room it needs along that direction
}

/** Places for labels in one direction: as near to `at` as can be, never overlapping, within low to high. Order is kept. */
export function spread(labels: readonly Label[], low: number, high: number): number[] {
  interface Pile {
    members: number[];
    size: number;
    centre: number;
  }
  const order = labels.map((_, i) => i).sort((a, b) => (labels[a]?.at ?? 0) - (labels[b]?.at ?? 0) || a - b);
  const within = (centre: number, size: number): number => Math.max(low + size / 2, Math.min(high - size / 2, centre));
  const piles: Pile[] = [];
  for (const i of order) {
    const label = labels[i];
    if (!label) continue;
    let pile: Pile = { members: [i], size: label.size, centre: within(label.at, label.size) };
    for (;;) {
      const before = piles.at(-1);
      if (!before || before.centre + before.size / 2 <= pile.centre - pile.size / 2) break;
      piles.pop();
      const members = [...before.members, ...pile.members];
      const size = before.size + pile.size;
      // The centre that moves its members least: the mean of where each would put the pile.
      let from = 0;
      let sum = 0;
      for (const member of members) {
        const one = labels[member];
        if (!one) continue;
        sum += one.at - (from + one.size / 2) + size / 2;
        from += one.size;
      }
      pile = { members, size, centre: within(sum / members.length, size) };
    }
    piles.push(pile);
  }
  const places = labels.map((label) => label.at);
  for (const pile of piles) {
    let from = pile.centre - pile.size / 2;
    for (const member of pile.members) {
      const size = labels[member]?.size ?? 0;
      places[member] = from + size / 2;
      from += size;
    }
  }
  return places;
}

/** Where a label at the rim is drawn: moved in rather than cut off. */
export const withinRim = (label: Label, width: number): Label => ({ ...label, at: Math.max(label.size / 2, Math.min(width - label.size / 2, label.at)) });

/** Which labels of an axis stay: every k-th, with the smallest k at which none touch. */
export function thin(labels: readonly Label[], gap: number): boolean[] {
  for (let step = 1; step < labels.length; ++step) {
    let edge = -Infinity;
    let fits = true;
    for (let i = 0; i < labels.length && fits; i += step) {
      const label = labels[i];
      if (!label) continue;
      fits = label.at - label.size / 2 >= edge + gap;
      edge = label.at + label.size / 2;
    }
    if (fits) return labels.map((_, i) => i % step === 0);
  }
  return labels.map((_, i) => i === 0);
}
