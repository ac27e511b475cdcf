// Names beside falling lines: each where it covers none of them and no other name.

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
export interface Dot {
  readonly x: number;
  readonly y: number;
}
export interface Placed {
  readonly x: number;
  readonly y: number; // of the baseline
  readonly text: string;
  readonly anchor: "start" | "end";
}
interface Line {
  readonly dots: readonly Dot[];
  readonly name: string;
  readonly width: number;
  readonly below: boolean; // rather below and to the left of its line than above it
}

const tall = 13;

/** Points along the line, close enough that none passes a name unseen. */
function alongLine(dots: readonly Dot[]): Dot[] {
  return dots.flatMap((dot, i) => {
    const next = dots[i + 1];
    if (!next) return [dot];
    const steps = Math.max(1, Math.ceil(Math.hypot(next.x - dot.x, next.y - dot.y) / 5));
    return Array.from({ length: steps }, (_, k) => ({ x: dot.x + ((next.x - dot.x) * k) / steps, y: dot.y + ((next.y - dot.y) * k) / steps }));
  });
}
const boxOf = (label: Placed, width: number): Box => ({ left: label.anchor === "start" ? label.x : label.x - width, right: label.anchor === "start" ? label.x + width : label.x, top: label.y - 10, bottom: label.y - 10 + tall });
const holds = (box: Box, dot: Dot): boolean => dot.x > box.left - 2 && dot.x < box.right + 2 && dot.y > box.top - 1 && dot.y < box.bottom + 1;
const touch = (a: Box, b: Box): boolean => a.left < b.right + 6 && b.left < a.right + 6 && a.top < b.bottom && b.top < a.bottom;

function costOf(box: Box, plot: Box, taken: readonly Box[], dots: readonly Dot[]): number {
  if (box.left < plot.left || box.right > plot.right + 4 || box.top < plot.top - 8 || box.bottom > plot.bottom) return Infinity;
  let cost = taken.some((one) => touch(one, box)) ? 1000 : 0;
  for (const dot of dots) if (holds(box, dot)) cost += 10;
  return cost;
}

/** Where the names go, in the order of the lines and off the dots; the called point first, as it must stand by its own. */
export function beside(lines: readonly Line[], dots: readonly Dot[], plot: Box, called: (Dot & { readonly text: string; readonly width: number }) | null): { readonly labels: readonly Placed[]; readonly called: Placed | null } {
  const taken: Box[] = dots.map((dot) => ({ left: dot.x - 3, right: dot.x + 3, top: dot.y - 5, bottom: dot.y + 5 }));
  const drawn = lines.map((line) => alongLine(line.dots));
  const every = drawn.flat();
  const best = (candidates: readonly { readonly label: Placed; readonly wish: number }[], width: number): Placed | null => {
    let found: Placed | null = null;
    let lowest = Infinity;
    for (const { label, wish } of candidates) {
      const cost = costOf(boxOf(label, width), plot, taken, every) + wish;
      if (cost < lowest) [found, lowest] = [label, cost];
    }
    if (found) taken.push(boxOf(found, width));
    return found;
  };
  const said = called
    ? best([[8, -7, "start"], [8, -20, "start"], [-8, 16, "end"], [-8, -7, "end"]].map(([dx, dy, anchor], i) => ({ label: { x: called.x + Number(dx), y: called.y + Number(dy), text: called.text, anchor: anchor as "start" | "end" }, wish: i })), called.width)
    : null;
  const labels = lines.map((line, at): Placed => {
    const dots = drawn[at] ?? [];
    const middle = (plot.top + plot.bottom) / 2;
    const candidates = dots.flatMap((dot, i) => {
      if (i % 2 === 1 && dots.length > 8) return [];
      const far = Math.abs(dot.y - middle) / Math.max(1, plot.bottom - plot.top);
      const above: Placed = { x: dot.x + 8, y: dot.y - 3, text: line.name, anchor: "start" };
      const below: Placed = { x: dot.x - 8, y: dot.y + 12, text: line.name, anchor: "end" };
      return [{ label: above, wish: 4 * far + (line.below ? 3 : 0) }, { label: below, wish: 4 * far + (line.below ? 0 : 3) }];
    });
    return best(candidates, line.width) ?? { x: plot.left, y: plot.top, text: line.name, anchor: "start" };
  });
  return { labels, called: said };
}
