import { describe, expect, it } from "vitest";
import { onPage } from "./told";

describe("what the program says", () => {
  it("leaves out the command at the end of a sentence", () => {
    expect(onPage("Name who decides: tiebeam record decision set ID decider=PERSON")).toBe("Name who decides");
    expect(onPage("Close them on the review's page, or: tiebeam record meeting set ID")).toBe("Close them on the review's page");
    expect(onPage("Take the dearest first; tiebeam flow whatif shows what each would save")).toBe("Take the dearest first");
  });
  it("keeps the words around a command", () => {
    expect(onPage('Write down what matters first: tiebeam record priority add name="Keep customers"; then tie a stream to it: tiebeam record link add')).toBe(
      "Write down what matters first; then tie a stream to it",
    );
    expect(onPage("no value stream promises a number of days (tiebeam record value_stream set ID expectation_days=10)")).toBe("no value stream promises a number of days");
  });
  it("leaves everything else alone", () => {
    expect(onPage("Ask today, oldest first: who waits (and why)?")).toBe("Ask today, oldest first: who waits (and why)?");
    expect(onPage("Do not use the flow figures. Run tiebeam figure flow.x --explain and tell us.")).toContain("Run tiebeam figure");
  });
});
