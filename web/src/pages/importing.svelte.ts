// An import under way. It outlives the page: who leaves and comes back finds it where it stands.
import { api, problemOf } from "@tiebeam/api/client";
import { live } from "@tiebeam/api/live.svelte";
import { toast } from "@tiebeam/design/toasts.svelte";
import { rowsText } from "@tiebeam/records/rows";
import type { Job, OrgId, Problem } from "@tiebeam/model";
import { undoLatest } from "@tiebeam/records/changes";
import { counted } from "@tiebeam/records/words";
import { isOver, reportOf, type ImportReport } from "./importReport";

export type Step =
  | { readonly at: "choose" }
  | { readonly at: "reading"; readonly file: string; readonly job: Job | null }
  | { readonly at: "preview"; readonly report: ImportReport }
  | { readonly at: "keeping"; readonly report: ImportReport; readonly job: Job | null }
  | { readonly at: "refused"; readonly file: string; readonly problem: Problem };

const silent: Problem = {
  type: "about:blank", title: "The import ended without a word", status: 0, detail: "Nothing was kept.", instance: "", code: "import.no_answer", hint: "Try it again.", errors: [],
};
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

export class Importing {
  step: Step = $state.raw({ at: "choose" });
  /** Whether the page that shows it is open; the list of running work shows it otherwise. */
  isSeen = false;

  again(): void {
    this.step = { at: "choose" };
  }

  async read(file: File): Promise<void> {
    const tell = (job: Job | null): void => void (this.step = { at: "reading", file: file.name, job });
    tell(null);
    try {
      const job = await this.#follow(await api.startImport(file, { preview: true }), tell);
      const report = reportOf(job);
      if (job.state === "done" && report) this.step = { at: "preview", report };
      else if (job.state === "cancelled") this.again();
      else this.step = { at: "refused", file: file.name, problem: job.problem ?? silent };
    } catch (thrown) {
      this.step = { at: "refused", file: file.name, problem: problemOf(thrown) };
    }
  }

  async commit(report: ImportReport): Promise<void> {
    const tell = (job: Job | null): void => void (this.step = { at: "keeping", report, job });
    tell(null);
    try {
      const job = await this.#follow(await api.commitImport(report.upload), tell);
      if (job.state === "done") {
        this.again();
        live.moved();
        await this.#sayDone(report, job);
      } else if (job.state === "cancelled") this.step = { at: "preview", report };
      else this.step = { at: "refused", file: report.file, problem: job.problem ?? silent };
    } catch (thrown) {
      this.step = { at: "refused", file: report.file, problem: problemOf(thrown) };
    }
  }

  async drop(report: ImportReport): Promise<void> {
    this.again();
    await api.removeImport(report.upload).catch(() => undefined); // a file that waits is dropped by itself one day
  }

  async cancel(job: Job | null): Promise<void> {
    if (job) await api.cancelJob(job.id).catch((thrown: unknown) => toast({ text: problemOf(thrown).detail, failed: true }));
  }

  /** Waits for the end of a job: what the server says by itself is used, and asked for otherwise. */
  async #follow(started: Job, tell: (job: Job) => void): Promise<Job> {
    let job = started;
    for (;;) {
      tell(job);
      if (this.isSeen) live.dismiss(job.id);
      else live.job(job);
      if (isOver(job)) return job;
      await pause(400);
      const heard = live.jobs.find((one) => one.id === job.id);
      job = heard && isOver(heard) ? heard : await api.job(job.id);
    }
  }

  async #sayDone(report: ImportReport, job: Job): Promise<void> {
    const result = job.result;
    const id = typeof result === "object" && result !== null && "import" in result && typeof result.import === "string" ? result.import : "";
    const undo = id === "" ? undefined : await undoLatest("import", id);
    const text = `${report.file}: ${counted(report.added, "new row", "new rows", rowsText)} imported`;
    toast(undo ? { text, undo } : { text });
  }
}

const each = new Map<string, Importing>();
/** One for each organisation. */
export function importingOf(org: OrgId | null): Importing {
  const key = org ?? "";
  const held = each.get(key) ?? new Importing();
  each.set(key, held);
  return held;
}
