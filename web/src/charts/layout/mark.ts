import { dayText } from "@tiebeam/format";

/** A place in a drawing that has something to say: what arrow keys walk and a pointer meets. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly says: readonly string[]; // the first is its name
  readonly id: string | null; // what is picked
  readonly part?: { readonly x0: number; readonly x1: number; readonly y0: number; readonly y1: number }; // in values, of a bin
}

export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly plot: Plot;
  marks(): readonly Mark[];
  hit(x: number, y: number): Mark | null;
}

export const timeText = (time: number): string => dayText(new Date(time).toISOString().slice(0, 10));

/** The mark whose middle is nearest along the level direction. */
export function nearestAcross(marks: readonly Mark[], x: number): Mark | null {
  let best: Mark | null = null;
  let least = Infinity;
  for (const mark of marks) {
    const apart = Math.abs(mark.x + mark.w / 2 - x);
    if (apart < least) [best, least] = [mark, apart];
  }
  return best;
}

/** Computes once, when first asked. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
