// Short words after something was done, with a way back for ten seconds.

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: "said" | "failed";
  readonly undo?: () => Promise<void>;
}
class Toasts {
  all: readonly Toast[] = $state.raw([]);
  private next = 1;
  private readonly timers = new Map<number, ReturnType<typeof setTimeout>>();

  add(toast: Omit<Toast, "id">): void {
    const id = this.next++;
    this.all = [...this.all, { ...toast, id }].slice(-3);
    this.resume(id);
  }
  close(id: number): void {
    this.hold(id);
    this.all = this.all.filter((one) => one.id !== id);
  }
  /** What was said in one organisation, and the way back from it, stays there. */
  clear(): void {
    for (const one of this.all) this.close(one.id);
  }
  /** While somebody reads or reaches for it, it stays. */
  hold(id: number): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
  }
  resume(id: number): void {
    this.hold(id);
    this.timers.set(id, setTimeout(() => this.close(id), 10_000));
  }
}
export const toasts = new Toasts();

export function toast(what: { text: string; undo?: () => Promise<void>; failed?: boolean }): void {
  const tone = what.failed === true ? "failed" : "said";
  toasts.add(what.undo ? { text: what.text, tone, undo: what.undo } : { text: what.text, tone });
}
