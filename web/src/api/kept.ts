// Answers that are still true: the few last asked for, until the journal moves.

export class Kept<T> {
  private readonly answers = new Map<string, Promise<T>>();
  constructor(private readonly limit: number) {}

  get(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.answers.get(key);
    if (known) {
      this.answers.delete(key); // and to the end: the least used one leaves first
      this.answers.set(key, known);
      return known;
    }
    const asked = ask();
    this.answers.set(key, asked);
    asked.catch(() => {
      if (this.answers.get(key) === asked) this.answers.delete(key); // a failure is not an answer
    });
    if (this.answers.size > this.limit) {
      const oldest = this.answers.keys().next();
      if (!oldest.done) this.answers.delete(oldest.value);
    }
    return asked;
  }
  clear(): void {
    this.answers.clear();
  }
}
