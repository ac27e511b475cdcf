// What the server says by itself: the journal moved, a job went on. One stream for an organisation;
// when it breaks, it is asked again, and meanwhile the journal's number is looked at now and then.

import type { Job, OrgId } from "../model";

class Live {
  /** Moves when anything was written, here or elsewhere. */
  journal = $state(0);
  reachable = $state(true);
  jobs: readonly Job[] = $state.raw([]);

  moved(): void {
    this.journal += 1;
  }
  lost(): void {
    this.reachable = false;
  }
  job(job: Job): void {
    const known = this.jobs.some((one) => one.id === job.id);
    this.jobs = known ? this.jobs.map((one) => (one.id === job.id ? job : one)) : [...this.jobs, job];
  }
  dismiss(id: string): void {
    this.jobs = this.jobs.filter((one) => one.id !== id);
  }
}
export const live = new Live();

interface Listener {
  readonly onMoved: () => void;
  readonly pollSeq: () => Promise<number>;
}
const firstWait = 1000, longestWait = 30_000, pollEvery = 10_000;

/** Listens to one organisation until the returned function is called. */
export function listen(org: OrgId, { onMoved, pollSeq }: Listener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = firstWait;
  let seq = -1;
  let stopped = false;

  const arrived = (next: number): void => {
    if (!live.reachable) {
      live.reachable = true;
      onMoved(); // what was missed is asked again
    } else if (seq >= 0 && next !== seq) onMoved();
    seq = next;
  };
  const poll = (): void => {
    pollSeq().then(arrived, () => live.lost()).finally(() => {
      if (!stopped && source === null) timer = setTimeout(connect, Math.min(wait, pollEvery));
    });
  };
  const connect = (): void => {
    if (stopped) return;
    const opened = new EventSource(`/api/v1/orgs/${encodeURIComponent(org)}/events`);
    source = opened;
    opened.addEventListener("open", () => {
      wait = firstWait;
      if (!live.reachable) {
        live.reachable = true;
        onMoved();
      }
    });
    opened.addEventListener("journal", (event: MessageEvent<string>) => {
      const next = (JSON.parse(event.data) as { seq: number }).seq;
      if (next === seq) return;
      seq = next;
      onMoved();
    });
    opened.addEventListener("job", (event: MessageEvent<string>) => live.job(JSON.parse(event.data) as Job));
    opened.addEventListener("error", () => {
      opened.close();
      if (source === opened) source = null;
      wait = Math.min(wait * 2, longestWait);
      if (!stopped) timer = setTimeout(poll, wait / 2);
    });
  };
  connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
    source = null;
  };
}
