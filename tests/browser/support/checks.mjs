// Counting what held, and saying what did not with what to do about it.

export class Checks {
  passed = 0;
  failed = 0;
  started = performance.now();

  /** `todo` says what was found and what to do. */
  check(claim, holds, todo = "") {
    if (holds) this.passed += 1;
    else {
      this.failed += 1;
      console.log(`FAILED: ${claim}${todo === "" ? "" : `: ${todo}`}`);
    }
    return holds;
  }
  /** Waits until `test` gives something true, up to `most` ms; then the check fails. */
  async holds(claim, test, todo = "", most = 8000) {
    const until = performance.now() + most;
    let last = "";
    do {
      try {
        if (await test()) return this.check(claim, true);
      } catch (thrown) {
        last = String(thrown.message ?? thrown).split("\n")[0];
      }
      await new Promise((next) => setTimeout(next, 40));
    } while (performance.now() < until);
    return this.check(claim, false, [typeof todo === "function" ? await todo() : todo, last].filter(Boolean).join("; "));
  }
  end() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exit(this.failed === 0 ? 0 : 1);
  }
}

/** Runs `test` with checks; what it throws is a failed check too. */
export async function run(test) {
  const checks = new Checks();
  try {
    await test(checks);
  } catch (thrown) {
    checks.check("the run comes to its end", false, thrown.stack ?? String(thrown));
  }
  checks.end();
}
