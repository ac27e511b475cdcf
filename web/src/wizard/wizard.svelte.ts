// The files that wait to be imported, and what is going on with each. What was confirmed is on the
// server: this is only how the page follows it. It outlives the page, so that one may leave.
import { api, problemOf } from "@tiebeam/api/client";
import { live } from "@tiebeam/api/live.svelte";
import { toast } from "@tiebeam/design/toasts.svelte";
import type { Answers, Job, OrgId, Problem, Waiting } from "@tiebeam/model";
import { place } from "@tiebeam/router.svelte";
import { undoLatest } from "@tiebeam/records/changes";
import { rowsText } from "@tiebeam/records/rows";
import { counted } from "@tiebeam/records/words";
import { settle, type Agreed } from "./agreed";
import { isOver, reportFrom, reportOf, type ImportReport } from "./importReport";
import { withAnswer } from "./steps";

export interface Line {
  readonly id: string; // of the waiting file; one that is being sent has a name of its own
  readonly name: string;
  readonly bytes: number;
  readonly answers: Answers;
  readonly report: ImportReport | null;
  readonly problem: Problem | null; // why it was refused
  readonly doing: "sending" | "reading" | "importing" | null;
  readonly job: Job | null;
}
const pauseFor = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const afterTyping = 350;
const ended: Problem = {
  type: "about:blank", title: "The work ended without a word", status: 0, detail: "The program was started anew meanwhile.", instance: "", code: "import.no_answer", hint: "Look at the file again: it is still here.", errors: [],
};

export class Wizard {
  lines: readonly Line[] = $state.raw([]);
  isListed = $state(false);
  failed: Problem | null = $state.raw(null);
  /** Whether the page that shows it is open; the list of running work shows it otherwise. */
  isSeen = false;
  readonly #org: OrgId | null;
  #sent = 0;
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #looks = new Map<string, number>();

  constructor(org: OrgId | null) {
    this.#org = org;
  }
  /** The API asks for the organisation of the address: what belongs to this one waits while another is open. */
  get #isOpen(): boolean {
    return place.org === this.#org;
  }

  line(id: string | null): Line | null {
    return this.lines.find((line) => line.id === id) ?? null;
  }
  #put(line: Line): void {
    const known = this.lines.some((one) => one.id === line.id);
    this.lines = known ? this.lines.map((one) => (one.id === line.id ? line : one)) : [...this.lines, line];
  }
  #change(id: string, change: Partial<Line>): void {
    const held = this.line(id);
    if (held) this.#put({ ...held, ...change });
  }

  /** What waits on the server, also from before this page was opened. */
  async list(): Promise<void> {
    try {
      const { uploads } = await api.uploads();
      this.lines = this.lines.filter((line) => line.doing === "sending" || line.doing === "importing" || uploads.some((one) => one.id === line.id) || !line.id.startsWith("prv_"));
      await Promise.all(uploads.filter((one) => this.line(one.id) === null).map((one) => this.#find(one)));
      this.failed = null;
    } catch (thrown) {
      this.failed = problemOf(thrown);
    } finally {
      this.isListed = true;
    }
  }
  async #find(one: Waiting): Promise<void> {
    const held = await api.upload(one.id);
    const report = reportFrom(held.report);
    this.#put({ id: one.id, name: one.name, bytes: one.bytes, answers: held.answers, report, problem: held.problem ?? null, doing: null, job: null });
    if (report === null && !held.problem) void this.look(one.id, held.answers);
  }

  async send(files: readonly File[]): Promise<void> {
    for (const file of files) {
      const mine = `sent-${(this.#sent += 1)}`;
      const line: Line = { id: mine, name: file.name, bytes: file.size, answers: {}, report: null, problem: null, doing: "sending", job: null };
      this.#put(line);
      try {
        const held = await api.sendUpload(file);
        this.lines = this.lines.map((one) => (one.id === mine ? { ...line, id: held.id, name: held.name, doing: null } : one));
        void this.look(held.id, {});
      } catch (thrown) {
        this.#change(mine, { doing: null, problem: problemOf(thrown) });
      }
    }
  }

  /** A changed answer: the file is looked at again once the person stops choosing. */
  answer(id: string, change: Answers): void {
    const line = this.line(id);
    if (!line) return;
    const answers = withAnswer(line.answers, line.report, change);
    this.#change(id, { answers, doing: "reading" });
    clearTimeout(this.#timers.get(id));
    this.#timers.set(id, setTimeout(() => void this.look(id, answers), afterTyping));
  }
  /** Back to what the file says by itself. */
  forget(id: string): void {
    this.#change(id, { answers: { memory: false } });
    void this.look(id, { memory: false });
  }

  async look(id: string, answers: Answers): Promise<void> {
    if (!this.#isOpen) return this.#change(id, { doing: null });
    const mine = (this.#looks.get(id) ?? 0) + 1;
    this.#looks.set(id, mine);
    const current = (): boolean => this.#looks.get(id) === mine;
    const before = this.line(id)?.job;
    if (before && !isOver(before)) void api.cancelJob(before.id).catch(() => undefined);
    this.#change(id, { doing: "reading", job: null });
    try {
      const job = await this.#follow(await api.preview(id, answers), (one) => current() && this.#change(id, { job: one }));
      if (!current()) return;
      const report = job.state === "done" ? reportOf(job) : null;
      if (job.state === "cancelled") this.#change(id, { doing: null, job: null });
      else this.#change(id, { doing: null, job: null, report: report ?? this.line(id)?.report ?? null, problem: report ? null : (job.problem ?? ended) });
    } catch (thrown) {
      if (current()) this.#change(id, { doing: null, job: null, problem: problemOf(thrown) });
    }
  }

  async drop(id: string): Promise<void> {
    clearTimeout(this.#timers.get(id));
    this.#looks.set(id, (this.#looks.get(id) ?? 0) + 1);
    this.lines = this.lines.filter((line) => line.id !== id);
    settle(id);
    if (id.startsWith("prv_")) await api.removeImport(id).catch(() => undefined); // it is dropped by itself in a week
  }

  /** The import that was made, or null when it was not. Asking twice makes one. */
  async commit(id: string, { skipBad }: Agreed, job: string | null, tell: (job: Job) => void): Promise<ImportReport | null> {
    if (!this.line(id)) this.#put({ id, name: "the file", bytes: 0, answers: {}, report: null, problem: null, doing: "importing", job: null });
    this.#change(id, { doing: "importing", problem: null });
    try {
      const first = job === null ? await api.commitImport(id, { skipBad }) : await api.job(job).catch(() => api.commitImport(id, { skipBad }));
      const done = await this.#follow(first, (one) => {
        this.#change(id, { job: one });
        tell(one);
      }, () => api.commitImport(id, { skipBad }));
      const report = done.state === "done" ? reportOf(done) : null;
      if (report) {
        this.lines = this.lines.filter((one) => one.id !== id);
        settle(id);
        live.moved();
        await this.#sayDone(report);
        return report;
      }
      this.#change(id, { doing: null, job: null, problem: done.state === "cancelled" ? null : (done.problem ?? ended) });
    } catch (thrown) {
      this.#change(id, { doing: null, job: null, problem: problemOf(thrown) });
    }
    return null;
  }
  async cancel(job: Job | null): Promise<void> {
    if (job) await api.cancelJob(job.id).catch((thrown: unknown) => toast({ text: problemOf(thrown).detail, failed: true }));
  }

  /** Waits for the end of a job. One that is gone, because the program was started anew, is asked for `again`. */
  async #follow(started: Job, tell: (job: Job) => void, again?: () => Promise<Job>): Promise<Job> {
    let job = started;
    for (;;) {
      tell(job);
      if (this.isSeen || !this.#isOpen) live.dismiss(job.id);
      else live.job(job);
      if (isOver(job)) return job;
      await pauseFor(job.kind === "preview" ? 120 : 300);
      const heard = live.jobs.find((one) => one.id === job.id);
      if (heard && isOver(heard)) job = heard;
      else job = await this.#ask(job, again);
    }
  }
  async #ask(job: Job, again: (() => Promise<Job>) | undefined): Promise<Job> {
    if (!this.#isOpen) {
      await pauseFor(500);
      return job;
    }
    try {
      return await api.job(job.id);
    } catch (thrown) {
      const { code } = problemOf(thrown);
      if (code === "http.unreachable") await pauseFor(1000);
      else if (code === "job.no_such" && again) return again();
      else if (code === "job.no_such") return { ...job, state: "failed", problem: ended };
      else throw thrown;
      return job;
    }
  }

  async #sayDone(report: ImportReport): Promise<void> {
    if (!this.#isOpen) return;
    const undo = report.imported === "" ? undefined : await undoLatest("import", report.imported);
    const text = `${report.file}: ${counted(report.added, "new row", "new rows", rowsText)} imported`;
    toast(undo ? { text, undo } : { text });
  }
}

const each = new Map<string, Wizard>();
/** One for each organisation: nothing of one is known to another. */
export function wizardOf(org: OrgId | null): Wizard {
  const key = org ?? "";
  const held = each.get(key) ?? new Wizard(org);
  each.set(key, held);
  return held;
}
