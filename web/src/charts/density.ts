// Many points as one bitmap: how often each pixel is covered, then one tone for each count.
// Typed arrays throughout; no object for a point.

export interface PixelBox {
  readonly width: number; // device pixels
  readonly height: number;
}
/** Linear maps from data to device pixels. */
export interface Projection {
  readonly x0: number;
  readonly kx: number;
  readonly y0: number;
  readonly ky: number;
}
export type Rgb = readonly [number, number, number];

export interface Kernel {
  readonly size: number; // pixels a side, odd
  readonly weights: Float32Array;
}
/** A disc with a soft edge. */
export function discKernel(radius: number): Kernel {
  const reach = Math.ceil(radius);
  const size = reach * 2 + 1;
  const weights = new Float32Array(size * size);
  for (let y = 0; y < size; ++y)
    for (let x = 0; x < size; ++x) weights[y * size + x] = Math.max(0, Math.min(1, radius + 0.5 - Math.hypot(x - reach, y - reach)));
  return { size, weights };
}

/** Adds every point whose `lit` equals `wanted` (all where lit is absent and wanted 1) to the cover. Gives how many. */
export function splat(
  cover: Float32Array, box: PixelBox, xs: ArrayLike<number>, ys: ArrayLike<number>, by: Projection, kernel: Kernel,
  lit: ArrayLike<number> | null, wanted: 0 | 1,
): number {
  if (!lit && wanted === 0) return 0;
  const { width, height } = box;
  const { size, weights } = kernel;
  const reach = (size - 1) / 2;
  let drawn = 0;
  for (let i = 0; i < xs.length; ++i) {
    if (lit && lit[i] !== wanted) continue;
    const px = Math.round(by.x0 + by.kx * (xs[i] as number)) - reach;
    const py = Math.round(by.y0 + by.ky * (ys[i] as number)) - reach;
    ++drawn;
    if (px >= 0 && py >= 0 && px + size <= width && py + size <= height) {
      for (let y = 0, k = 0; y < size; ++y) {
        let at = (py + y) * width + px;
        for (let x = 0; x < size; ++x, ++at, ++k) cover[at] = (cover[at] as number) + (weights[k] as number);
      }
    } else {
      for (let y = 0; y < size; ++y) {
        const row = py + y;
        if (row < 0 || row >= height) continue;
        for (let x = 0; x < size; ++x) {
          const column = px + x;
          if (column >= 0 && column < width) cover[row * width + column] = (cover[row * width + column] as number) + (weights[y * size + x] as number);
        }
      }
    }
  }
  return drawn;
}

/** Alpha for each cover: one point is seen, and a hundred are told from ten. */
export function toneTable(most: number, faintest: number, steps = 1024): Uint8Array {
  const table = new Uint8Array(steps);
  const top = Math.log1p(Math.max(1, most));
  for (let i = 1; i < steps; ++i) {
    const cover = (i / (steps - 1)) * Math.max(1, most);
    const alpha = cover < 1 ? faintest * cover : faintest + (0.95 - faintest) * ((Math.log1p(cover) - Math.LN2) / Math.max(1e-9, top - Math.LN2));
    table[i] = Math.round(255 * Math.min(0.95, alpha));
  }
  return table;
}

/** Writes the cover into image data, over what is there. */
export function tint(pixels: Uint8ClampedArray, cover: Float32Array, colour: Rgb, faintest: number): void {
  let most = 0;
  for (let i = 0; i < cover.length; ++i) if ((cover[i] as number) > most) most = cover[i] as number;
  if (most === 0) return;
  const table = toneTable(most, faintest);
  const step = (table.length - 1) / Math.max(1, most);
  const [red, green, blue] = colour;
  for (let i = 0, p = 0; i < cover.length; ++i, p += 4) {
    const amount = cover[i] as number;
    if (amount === 0) continue;
    const over = (table[Math.max(1, (amount * step) | 0)] as number) / 255;
    const under = (pixels[p + 3] as number) / 255;
    const alpha = over + under * (1 - over);
    const keep = (under * (1 - over)) / alpha;
    pixels[p] = red * (1 - keep) + (pixels[p] as number) * keep;
    pixels[p + 1] = green * (1 - keep) + (pixels[p + 1] as number) * keep;
    pixels[p + 2] = blue * (1 - keep) + (pixels[p + 2] as number) * keep;
    pixels[p + 3] = alpha * 255;
  }
}
