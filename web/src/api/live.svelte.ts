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
  /** Set by whoever listens: sees whether the server is back. */
  look: (() => void) | null = null;
  lost(): void {
    this.reachable = false;
    this.look?.();
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
  readonly knownSeq: () => number | null; // the journal's number the page was read at
  readonly pollSeq: () => Promise<number>;
}
const firstWait = 1000, longestWait = 30_000, pollEvery = 10_000, lookAfter = 3000, longEnough = 10_000;

/** Listens to one organisation until the returned function is called. */
export function listen(org: OrgId, { onMoved, knownSeq, pollSeq }: Listener): () => void {
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
  const unheard = (): void => undefined; // the client has said already whether the server is away
  const poll = (): void => {
    pollSeq().then(arrived, unheard).finally(() => {
      if (!stopped && source === null) timer = setTimeout(connect, Math.min(wait, pollEvery));
    });
  };
  const connect = (): void => {
    if (stopped) return;
    const opened = new EventSource(`/api/v1/orgs/${encodeURIComponent(org)}/events`);
    source = opened;
    const since = Date.now();
    opened.addEventListener("open", () => {
      if (!live.reachable) {
        live.reachable = true;
        onMoved();
      }
    });
    opened.addEventListener("journal", (event: MessageEvent<string>) => {
      const next = (JSON.parse(event.data) as { seq: number }).seq;
      const before = seq < 0 ? (knownSeq() ?? next) : seq; // the first word only says where it stands
      seq = next;
      if (next !== before) onMoved();
    });
    opened.addEventListener("job", (event: MessageEvent<string>) => live.job(JSON.parse(event.data) as Job));
    opened.addEventListener("error", () => {
      opened.close();
      if (source === opened) source = null;
      // A stream that breaks as soon as it opens is asked for less and less often.
      wait = Date.now() - since > longEnough ? firstWait * 2 : Math.min(wait * 2, longestWait);
      if (!stopped) timer = setTimeout(poll, wait / 2);
    });
  };
  // One answer failed while the stream seems well: look again soon.
  let looking: ReturnType<typeof setTimeout> | undefined;
  live.look = () => {
    if (stopped || looking !== undefined || source === null) return;
    looking = setTimeout(() => {
      looking = undefined;
      pollSeq().then(arrived, unheard);
    }, lookAfter);
  };
  connect();
  return () => {
    stopped = true;
    live.look = null;
    clearTimeout(looking);
    clearTimeout(timer);
    source?.close();
    source = null;
  };
}
