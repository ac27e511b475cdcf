import { flushSync } from "svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Problem } from "../model";
import { ApiProblem } from "./client";
import { live } from "./live.svelte";
import { resource, type Loading } from "./resource.svelte";

const problem = (code: string): Problem => ({ type: "", title: "", status: 0, detail: "", instance: "", code, hint: null, errors: [] });
let destroy = (): void => undefined;
afterEach(() => destroy());
beforeEach(() => {
  destroy = () => undefined;
});
function held<T>(load: () => Promise<T>): { readonly current: Loading<T>; reload(): void } {
  let made: ReturnType<typeof resource<T>> | undefined;
  destroy = $effect.root(() => {
    made = resource(load);
  });
  flushSync();
  if (made === undefined) throw new Error("a resource is made at once");
  return made;
}
async function settled(): Promise<void> {
  await new Promise((done) => setTimeout(done, 0));
  flushSync();
}

it("loads, and loads again when what it reads changes", async () => {
  let filter = $state("a");
  const load = vi.fn((): Promise<string> => Promise.resolve(filter));
  const one = held(load);
  expect(one.current).toEqual({ state: "loading" });
  await settled();
  expect(one.current).toEqual({ state: "ready", data: "a", stale: false });
  filter = "b";
  flushSync();
  expect(one.current).toMatchObject({ data: "a" }); // old data stay until the new ones are here
  await settled();
  expect(one.current).toMatchObject({ data: "b" });
});

it("loads again when the journal moves or somebody asks", async () => {
  const load = vi.fn(() => Promise.resolve(load.mock.calls.length));
  const one = held(load);
  await settled();
  live.moved();
  await settled();
  one.reload();
  await settled();
  expect(one.current).toMatchObject({ data: 3 });
});

it("keeps what it has when the server is away, and says that it is old", async () => {
  let answer = (): Promise<string> => Promise.resolve("kept");
  const one = held(() => answer());
  await settled();
  answer = () => Promise.reject(new ApiProblem(problem("http.unreachable")));
  one.reload();
  await settled();
  expect(one.current).toEqual({ state: "ready", data: "kept", stale: true });
  answer = () => Promise.reject(new ApiProblem(problem("store.busy")));
  one.reload();
  await settled();
  expect(one.current).toMatchObject({ state: "failed", data: "kept", problem: { code: "store.busy" } });
});

it("does not show an answer that is no longer wanted", async () => {
  const answers: ((value: string) => void)[] = [];
  const one = held(() => new Promise<string>((resolve) => answers.push(resolve)));
  one.reload();
  flushSync();
  answers[1]?.("second");
  await settled();
  answers[0]?.("first");
  await settled();
  expect(one.current).toMatchObject({ data: "second" });
});

it("says a mistake of the page as a problem", async () => {
  const one = held((): Promise<string> => {
    throw new Error("oops");
  });
  await settled();
  expect(one.current).toMatchObject({ state: "failed", problem: { code: "page.bug", detail: "oops" } });
});
