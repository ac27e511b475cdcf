// A scatter of 100,000 points as the Flow room draws it, timed from the data in hand to the frame on screen.

import "@tiebeam/design/base.css";
import Chart from "@tiebeam/charts/Chart.svelte";
import type { ScatterSpec } from "@tiebeam/charts/spec";
import { flushSync, mount, unmount } from "svelte";

const n = Number(new URLSearchParams(location.search).get("n") ?? 100_000);
let seed = 7;
const random = (): number => (seed = (seed * 1664525 + 1013904223) % 4294967296) / 4294967296;
const start = Date.parse("2025-01-01T00:00:00Z");

function spec(): ScatterSpec {
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  const ids: string[] = [];
  for (let i = 0; i < n; ++i) {
    x[i] = start + random() * 365 * 864e5;
    y[i] = Math.exp(2.3 + 0.7 * Math.sqrt(-2 * Math.log(random() + 1e-9)) * Math.cos(6.2832 * random()));
    ids.push(`ITEM-${i}`);
  }
  return {
    kind: "scatter", id: "bench", label: "Days from begun to finished", height: 356,
    source: { key: "bench", formula: "finish - commit", method: "", as_of: "2026-01-01T00:00:00Z", n, recompute: "-" },
    x: { label: "Finished", unit: "", scale: "time" }, y: { label: "Days", unit: "days", scale: "number" },
    points: { x, y, ids },
    lines: [{ label: "50%", value: 10, look: "quiet" }, { label: "85%", value: 20.6, look: "main" }, { label: "95%", value: 31.5, look: "quiet" }],
  };
}
/** When the frame that holds what was just changed has been drawn. */
const drawn = (): Promise<number> =>
  new Promise((done) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(performance.now());
      channel.port2.postMessage(null);
    });
  });

async function first(target: HTMLElement): Promise<{ script: number; frame: number; app: Record<string, unknown>; props: { spec: ScatterSpec } }> {
  let shown = $state.raw(spec());
  const props = {
    get spec() {
      return shown;
    },
    set spec(next) {
      shown = next;
    },
    onpick: () => {},
    onbrush: () => {},
  };
  await drawn();
  const from = performance.now();
  const app = mount(Chart, { target, props });
  flushSync();
  const script = performance.now() - from;
  return { script, frame: (await drawn()) - from, app, props };
}

export interface Series {
  readonly script: number[];
  readonly frame: number[];
}
async function many(times: number, change: (i: number) => void): Promise<Series> {
  const script: number[] = [];
  const frame: number[] = [];
  for (let i = 0; i < times; ++i) {
    await drawn();
    const from = performance.now();
    change(i);
    flushSync();
    script.push(performance.now() - from);
    frame.push((await drawn()) - from);
  }
  return { script, frame };
}

const target = document.getElementById("here") as HTMLElement;
let shownNow: Awaited<ReturnType<typeof first>> | null = null;
const masks = [0, 1, 2].map((team) => Uint8Array.from({ length: n }, (_, i) => (i % 3 === team ? 1 : 0)));

const bench = {
  /** Mounts the chart anew; what was there goes. */
  async first(): Promise<Series> {
    if (shownNow) void unmount(shownNow.app);
    flushSync();
    shownNow = await first(target);
    return { script: [shownNow.script], frame: [shownNow.frame] };
  },
  /** Another team is chosen: every point is drawn again, in two tones. */
  filter: (times: number): Promise<Series> => {
    const { props } = shownNow as NonNullable<typeof shownNow>;
    const base = props.spec;
    return many(times, (i) => {
      props.spec = { ...base, points: { ...base.points, lit: masks[i % 3] as Uint8Array } };
    });
  },
  /** A part is dragged: the rectangle moves, the points stand. */
  brush: (times: number): Promise<Series> => {
    const { props } = shownNow as NonNullable<typeof shownNow>;
    const base = props.spec;
    return many(times, (i) => {
      props.spec = { ...base, selection: { x0: start + i * 864e5, x1: start + (i + 60) * 864e5, y0: 5, y1: 30 } };
    });
  },
  /** The pointer moves over the points. */
  hover: (times: number): Promise<Series> => {
    const plot = target.querySelector(".tbc-plot") as HTMLElement;
    const { left, top } = plot.getBoundingClientRect();
    return many(times, (i) => {
      plot.dispatchEvent(new PointerEvent("pointermove", { clientX: left + 100 + 9 * i, clientY: top + 200, bubbles: true }));
    });
  },
};
declare global {
  interface Window {
    bench?: typeof bench;
  }
}
void document.fonts.ready.then(() => {
  window.bench = bench;
});
