import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Job, OrgId } from "../model";
import { Kept } from "./kept";
import { listen, live } from "./live.svelte";

class FakeSource extends EventTarget {
  static all: FakeSource[] = [];
  closed = false;
  constructor(readonly url: string) {
    super();
    FakeSource.all.push(this);
  }
  close(): void {
    this.closed = true;
  }
  tell(type: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) }));
  }
}
const org = "acme" as OrgId;
let stop = (): void => undefined;
beforeEach(() => {
  vi.useFakeTimers();
  FakeSource.all = [];
  live.reachable = true;
  live.jobs = [];
  vi.stubGlobal("EventSource", FakeSource);
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});
const newest = (): FakeSource => FakeSource.all.at(-1) as FakeSource;

describe("the stream of an organisation", () => {
  it("tells of the journal once for each entry, and of jobs", () => {
    const onMoved = vi.fn();
    stop = listen(org, { onMoved, knownSeq: () => 4, pollSeq: () => Promise.resolve(0) });
    expect(newest().url).toBe("/api/v1/orgs/acme/events");
    newest().tell("journal", { seq: 5 });
    newest().tell("journal", { seq: 5 });
    newest().tell("journal", { seq: 6 });
    expect(onMoved).toHaveBeenCalledTimes(2);
    newest().tell("job", { id: "job_1", state: "running", done: 1 });
    newest().tell("job", { id: "job_1", state: "done", done: 2 });
    expect(live.jobs).toHaveLength(1);
    expect(live.jobs[0]).toMatchObject({ state: "done" } satisfies Partial<Job>);
  });
  it("does not ask again for what the page has read already", () => {
    const onMoved = vi.fn();
    stop = listen(org, { onMoved, knownSeq: () => 4, pollSeq: () => Promise.resolve(4) });
    newest().tell("journal", { seq: 4 });
    expect(onMoved).not.toHaveBeenCalled();
  });
  it("asks by itself while the stream is broken, then listens again", async () => {
    const onMoved = vi.fn();
    let seq = 5;
    stop = listen(org, { onMoved, knownSeq: () => 4, pollSeq: () => Promise.resolve(seq) });
    newest().tell("journal", { seq: 5 });
    newest().dispatchEvent(new Event("error"));
    seq = 7;
    await vi.advanceTimersByTimeAsync(1100);
    expect(onMoved).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(2100);
    expect(FakeSource.all).toHaveLength(2);
  });
  it("says when the server is away and asks everything again when it is back", async () => {
    const onMoved = vi.fn();
    stop = listen(org, { onMoved, knownSeq: () => 4, pollSeq: () => {
      live.lost(); // as the client does
      return Promise.reject(new Error("away"));
    } });
    newest().dispatchEvent(new Event("error"));
    await vi.advanceTimersByTimeAsync(1100);
    expect(live.reachable).toBe(false);
    await vi.advanceTimersByTimeAsync(4000);
    newest().dispatchEvent(new Event("open"));
    expect(live.reachable).toBe(true);
    expect(onMoved).toHaveBeenCalledTimes(1);
  });
  it("looks again when an answer failed though the stream is open", async () => {
    const onMoved = vi.fn();
    stop = listen(org, { onMoved, knownSeq: () => 4, pollSeq: () => Promise.resolve(1) });
    live.lost();
    live.lost();
    await vi.advanceTimersByTimeAsync(3100);
    expect(live.reachable).toBe(true);
    expect(onMoved).toHaveBeenCalledTimes(1);
  });
  it("stops when it is told to", async () => {
    stop = listen(org, { onMoved: vi.fn(), knownSeq: () => null, pollSeq: () => Promise.resolve(0) });
    stop();
    expect(newest().closed).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSource.all).toHaveLength(1);
  });
});

describe("kept answers", () => {
  it("are the ones last used", async () => {
    const kept = new Kept<string>(2);
    const ask = vi.fn((key: string) => Promise.resolve(key));
    for (const key of ["a", "b", "a", "c", "a", "b"]) await kept.get(key, () => ask(key));
    expect(ask.mock.calls.map(([key]) => key)).toEqual(["a", "b", "c", "b"]);
  });
});
