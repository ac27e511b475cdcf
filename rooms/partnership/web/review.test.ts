import { beforeEach, describe, expect, it } from "vitest";
import type { RecordData } from "@tiebeam/model";
import { daysLater, notMetWords } from "./answers";
import { fieldsOf, linesOf, Minutes } from "./minutes.svelte";

const meeting = { id: "march", name: "Review", version: 3, created_at: "2026-03-15T09:00:00Z", updated_at: "2026-03-15T10:00:00Z", engagement: "dana", good: "Sooner", asks: ["A list"] } as unknown as RecordData;

describe("the next day", () => {
  it("is so many days later, over the end of months and years", () => {
    expect(daysLater("2026-02-15", 30)).toBe("2026-03-17");
    expect(daysLater("2026-12-20", 14)).toBe("2027-01-03");
  });
});

describe("a partner not met for too long", () => {
  it("is said against the rhythm that was agreed", () => {
    expect(notMetWords({ last_held: "2026-10-01", cadence: "monthly" }, "2026-11-16T07:00:00Z")).toBe("not met in six weeks although monthly");
    expect(notMetWords({ last_held: "2026-03-01", cadence: "quarterly" }, "2026-11-16T07:00:00Z")).toBe("not met in 37 weeks although quarterly");
    expect(notMetWords({ last_held: "2026-10-20", cadence: "two_weekly" }, "2026-11-16T07:00:00Z")).toBe("not met in three weeks although every two weeks");
  });
});

describe("minutes", () => {
  beforeEach(() => sessionStorage.clear());
  it("sends the whole record without what the store keeps", () => {
    expect(Object.keys(fieldsOf(meeting)).sort()).toEqual(["asks", "engagement", "good", "name"]);
    expect(linesOf(" One \n\n two\n")).toEqual(["One", "two"]);
  });
  it("brings back what was typed and not saved, and forgets it when it is thrown away", () => {
    const first = new Minutes("org", meeting);
    expect(first.dirty).toBe(false);
    first.words.bad = "Approvals wait";
    first.asks = "A list\nOne number";
    first.keep();
    const again = new Minutes("org", meeting);
    expect([again.words.bad, again.asks, again.dirty, again.restoredAt !== null]).toEqual(["Approvals wait", "A list\nOne number", true, true]);
    again.discard();
    again.keep();
    expect(new Minutes("org", meeting).words.bad).toBe("");
  });
  it("is another one for another organisation", () => {
    const one = new Minutes("org", meeting);
    one.words.good = "Other words";
    one.keep();
    expect(new Minutes("other", meeting).words.good).toBe("Sooner");
  });
});
