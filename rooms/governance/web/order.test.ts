import { expect, it } from "vitest";
import { inOrder, type PromiseRow } from "./answers";

const row = (id: string, fate: PromiseRow["fate"], due: string | null): PromiseRow => ({ id, name: id, promise: id, owner: null, to: null, side: null, made_on: null, due, closed_on: null, told_on: null, moved_to: null, confidence: null, fate, says: fate });

it("what needs a word comes first, then what is due next, then what is done, newest first", () => {
  const rows = [row("kept-old", "kept", "2026-01-01"), row("kept-new", "kept", "2026-03-01"), row("later", "not_due", "2026-09-01"), row("soon", "not_due", "2026-05-01"), row("silent", "overdue", "2026-04-01"), row("someday", "undated", null)];
  expect(inOrder(rows).map((one) => one.id)).toEqual(["silent", "soon", "later", "someday", "kept-new", "kept-old"]);
});
