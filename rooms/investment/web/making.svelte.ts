// Several records that belong together, written one after the other: what is refused takes back what was
// written before it, and what got no answer goes on where it stood.

import { api, problemOf } from "@tiebeam/api/client";
import type { Problem } from "@tiebeam/model";
import type { Write } from "./five";

interface Made {
  readonly type: string;
  readonly id: string;
  readonly etag: string;
}

export class Making {
  busy = $state(false);
  problem: Problem | null = $state.raw(null);
  #made: Made[] = [];

  /** Ids by type when all are stored; null when not, and why in `problem`. */
  async all(writes: readonly Write[]): Promise<Record<string, string> | null> {
    this.busy = true;
    this.problem = null;
    try {
      for (const write of writes.slice(this.#made.length)) {
        const stored = await api.create(write.type, write.fields(this.ids));
        this.#made.push({ type: write.type, id: stored.data.id, etag: stored.etag });
      }
      return this.ids;
    } catch (thrown) {
      this.problem = problemOf(thrown);
      // Without an answer nothing is known: the next try goes on from here, and writes nothing twice.
      if (this.problem.code !== "http.unreachable") await this.takeBack().catch(() => undefined);
      return null;
    } finally {
      this.busy = false;
    }
  }
  get ids(): Record<string, string> {
    return Object.fromEntries(this.#made.map(({ type, id }) => [type, id]));
  }
  /** Removes what was written, the last first. */
  async takeBack(): Promise<void> {
    for (let last = this.#made.at(-1); last !== undefined; last = this.#made.at(-1)) {
      await api.remove(last.type, last.id, last.etag);
      this.#made.pop();
    }
  }
}
