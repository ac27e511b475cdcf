import { afterEach, describe, expect, it, vi } from "vitest";
import { draftKey, find, forget, keep } from "./kept";

afterEach(() => {
  vi.restoreAllMocks();
  sessionStorage.clear();
});

describe("what was typed", () => {
  const key = draftKey("sample", "priority", undefined);
  it("is found again until it is saved", () => {
    keep(key, { draft: { name: "Keep" }, base: null, at: "2026-11-22T00:00:00Z" });
    expect(find(key)).toEqual({ draft: { name: "Keep" }, base: null, at: "2026-11-22T00:00:00Z" });
    expect(find(draftKey("other", "priority", undefined))).toBeNull();
    forget(key);
    expect(find(key)).toBeNull();
  });
  it("is ignored when it cannot be read", () => {
    sessionStorage.setItem(key, "{");
    expect(find(key)).toBeNull();
    sessionStorage.setItem(key, "[]");
    expect(find(key)).toBeNull();
  });
  it("never stands in the way of typing", () => {
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new Error("full");
    });
    expect(() => keep(key, { draft: {}, base: null, at: "" })).not.toThrow();
  });
});
