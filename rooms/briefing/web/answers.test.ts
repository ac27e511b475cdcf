import { expect, test } from "vitest";
import { initials, tint } from "./answers";

test("two letters stand for a person, one for a single name", () => {
  expect(initials("M. Aalto")).toBe("MA");
  expect(initials("Ann-Marie van der Berg")).toBe("AB");
  expect(initials("Prince")).toBe("P");
  expect(initials("")).toBe("");
});

test("a person keeps a colour", () => {
  expect(tint("ann-berg")).toBe(tint("ann-berg"));
  for (const id of ["a", "b", "dario-reyes", ""]) expect(tint(id)).toBeLessThan(6);
});
