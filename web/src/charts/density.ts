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
  readonly least: number; // no point lies above this pixel: what would is drawn on it
}
export type Rgb = readonly [number, number, number];

export interface Kernel {
  readonly size: number; // pixels a side, odd
  readonly weights: Float32Array;
}
/** A disc with a soft edge. */
export function discKernel(radius: number): Kernel {
  const reach = Math.max(1, Math.ceil(radius + 0.5) - 1); // beyond it every weight is nought
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
    const py = Math.max(by.least, Math.round(by.y0 + by.ky * (ys[i] as number))) - reach;
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

export interface Layer {
  readonly cover: Float32Array;
  readonly colour: Rgb;
  readonly faintest: number; // alpha of a single point
}

interface Ink {
  readonly cover: Float32Array;
  readonly step: number;
  readonly alphas: Uint8Array;
  readonly packed: Uint32Array; // colour and alpha as one number, by tone
}
function inkOf({ cover, colour, faintest }: Layer): Ink {
  let most = 0;
  for (let i = 0; i < cover.length; ++i) if ((cover[i] as number) > most) most = cover[i] as number;
  const alphas = toneTable(most, faintest);
  const colourBits = (colour[2] << 16) | (colour[1] << 8) | colour[0];
  return { cover, step: (alphas.length - 1) / Math.max(1, most), alphas, packed: Uint32Array.from(alphas, (alpha) => ((alpha << 24) | colourBits) >>> 0) };
}

/** Writes every pixel: the layer above over the layer below. Pixels are little-endian RGBA, as in image data. */
export function paint(pixels: Uint32Array, below: Layer | null, above: Layer): void {
  const ink = inkOf(above);
  const { cover, step, packed, alphas } = ink;
  const toneAt = (amount: number, scale: number): number => Math.max(1, (amount * scale) | 0);
  if (!below) {
    for (let i = 0; i < pixels.length; ++i) {
      const amount = cover[i] as number;
      pixels[i] = amount === 0 ? 0 : (packed[toneAt(amount, step)] as number);
    }
    return;
  }
  const under = inkOf(below);
  const [r, g, b] = above.colour;
  const [ur, ug, ub] = below.colour;
  for (let i = 0; i < pixels.length; ++i) {
    const amount = cover[i] as number;
    const rest = under.cover[i] as number;
    if (amount === 0) pixels[i] = rest === 0 ? 0 : (under.packed[toneAt(rest, under.step)] as number);
    else if (rest === 0) pixels[i] = packed[toneAt(amount, step)] as number;
    else {
      const over = alphas[toneAt(amount, step)] as number;
      const behind = ((under.alphas[toneAt(rest, under.step)] as number) * (255 - over) * 0.00392156862745098 + 0.5) | 0;
      const alpha = over + behind;
      const share = over / alpha;
      pixels[i] = ((alpha << 24) | ((ub + (b - ub) * share + 0.5) << 16) | ((ug + (g - ug) * share + 0.5) << 8) | ((ur + (r - ur) * share + 0.5) | 0)) >>> 0;
    }
  }
}
