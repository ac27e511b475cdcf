import { describe, expect, it } from "vitest";
import { headline, sentence, severityWords } from "./words";

describe("how serious a finding is", () => {
  it("is said in the same words everywhere", () => expect(severityWords).toEqual({ error: "act now", warning: "look at it", info: "note" }));
});

describe("messages of the program on the page", () => {
  it("become sentences", () => {
    expect(sentence("in 4 of 60 teams work is late")).toBe("In 4 of 60 teams work is late.");
    expect(sentence("Is it so?")).toBe("Is it so?");
    expect(sentence("")).toBe("");
  });
  it("are told by their first part where many stand together", () => {
    expect(headline("4 of 5 items are late; oldest: A (9 days) and B (8 days)")).toBe("4 of 5 items are late.");
    expect(headline("1 item is late")).toBe("1 item is late.");
    expect(headline("9;30 is no separator")).toBe("9;30 is no separator.");
  });
});
