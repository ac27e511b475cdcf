// Something asked from the server by a component, kept fresh: it is asked again when what `load`
// reads changes (the place, a filter) and when the journal moves. Old data stay until new ones come.

import { untrack } from "svelte";
import type { Problem } from "../model";
import { problemOf } from "./client";
import { live } from "./live.svelte";

export type Loading<T> =
  | { state: "loading" }
  | { state: "ready"; data: T; stale: boolean } // stale: the server cannot be reached since
  | { state: "failed"; problem: Problem; data?: T };

/** Call during the initialisation of a component. */
export function resource<T>(load: () => Promise<T>): { readonly current: Loading<T>; reload(): void } {
  let current = $state.raw<Loading<T>>({ state: "loading" });
  let again = $state(0);

  const dataOf = (one: Loading<T>): { data: T } | null => ("data" in one ? { data: one.data as T } : null);
  const failed = (thrown: unknown): void => {
    const problem = problemOf(thrown);
    const old = dataOf(current);
    if (problem.code === "http.unreachable" && old) current = { state: "ready", data: old.data, stale: true };
    else current = { state: "failed", problem, ...old };
  };

  $effect(() => {
    void again;
    void live.journal;
    let wanted = true;
    try {
      load().then(
        (data) => {
          if (wanted) current = { state: "ready", data, stale: false };
        },
        (thrown: unknown) => {
          if (wanted) failed(thrown);
        },
      );
    } catch (thrown) {
      untrack(() => failed(thrown));
    }
    return () => {
      wanted = false;
    };
  });

  return {
    get current() {
      return current;
    },
    reload() {
      again += 1;
    },
  };
}
