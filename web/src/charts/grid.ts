// The nearest of many points, by cells: two typed arrays, made by counting.

const cell = 12; // pixels a side

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly starts: Uint32Array; // by cell, into members; one more than cells
  readonly members: Uint32Array;
  readonly xs: Float32Array; // pixels
  readonly ys: Float32Array;
}

export function makeGrid(xs: Float32Array, ys: Float32Array, width: number, height: number): Grid {
  const columns = Math.max(1, Math.ceil((width + 1) / cell));
  const rows = Math.max(1, Math.ceil((height + 1) / cell));
  const starts = new Uint32Array(columns * rows + 1);
  const owner = new Uint32Array(xs.length);
  for (let i = 0; i < xs.length; ++i) {
    const column = Math.max(0, Math.min(columns - 1, ((xs[i] as number) / cell) | 0));
    const row = Math.max(0, Math.min(rows - 1, ((ys[i] as number) / cell) | 0));
    owner[i] = row * columns + column;
    starts[row * columns + column + 1] = (starts[row * columns + column + 1] as number) + 1;
  }
  for (let c = 0; c < columns * rows; ++c) starts[c + 1] = (starts[c + 1] as number) + (starts[c] as number);
  const next = starts.slice();
  const members = new Uint32Array(xs.length);
  for (let i = 0; i < xs.length; ++i) {
    const at = next[owner[i] as number] as number;
    members[at] = i;
    next[owner[i] as number] = at + 1;
  }
  return { columns, rows, starts, members, xs, ys };
}

/** Index of the point nearest to a pixel within the reach, or -1. `allowed` may leave points out. */
export function nearest(grid: Grid, x: number, y: number, reach: number, allowed?: (index: number) => boolean): number {
  const from = (value: number, most: number): number => Math.max(0, Math.min(most - 1, Math.floor(value / cell)));
  let best = -1;
  let least = reach * reach;
  for (let row = from(y - reach, grid.rows); row <= from(y + reach, grid.rows); ++row)
    for (let column = from(x - reach, grid.columns); column <= from(x + reach, grid.columns); ++column) {
      const at = row * grid.columns + column;
      for (let k = grid.starts[at] as number; k < (grid.starts[at + 1] as number); ++k) {
        const i = grid.members[k] as number;
        const dx = (grid.xs[i] as number) - x;
        const dy = (grid.ys[i] as number) - y;
        const apart = dx * dx + dy * dy;
        if (apart <= least && (!allowed || allowed(i))) {
          least = apart;
          best = i;
        }
      }
    }
  return best;
}
