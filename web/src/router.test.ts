import { beforeEach, describe, expect, it } from "vitest";
import { go, href, parsePlace, place, setQuery, startRouter, visit } from "./router.svelte";

startRouter();
window.scrollTo = () => undefined; // jsdom does not scroll
beforeEach(() => visit("/o/acme/flow/ageing?from=2026-05-25&team=apps"));

describe("places", () => {
  it("are organisation, path and query", () => {
    expect(parsePlace("/o/acme", "")).toMatchObject({ org: "acme", path: "/" });
    expect(parsePlace("/o/a%20b/flow/", "?x=1")).toMatchObject({ org: "a b", path: "/flow" });
    expect(parsePlace("/", "")).toMatchObject({ org: null, path: "/" });
    expect(place.current.query.get("team")).toBe("apps");
  });
  it("keep the moment and the window from page to page, and nothing else", () => {
    expect(href("/")).toBe("/o/acme?from=2026-05-25");
    expect(href("/risk", { from: null })).toBe("/o/acme/risk");
    expect(href("/flow/item", { key: "INC 1" })).toBe("/o/acme/flow/item?from=2026-05-25&key=INC+1");
    setQuery({ "as-of": "2026-11-21T07:00:00Z" });
    expect(href("/risk", { from: null })).toBe("/o/acme/risk?as-of=2026-11-21T07:00:00Z");
  });
  it("change by query without being another page", () => {
    const moves = place.moves;
    setQuery({ team: null, type: "defect" });
    expect(location.search).toBe("?from=2026-05-25&type=defect");
    expect(place.moves).toBe(moves);
    go("/risk");
    expect(place.moves).toBe(moves + 1);
    expect(place.path).toBe("/risk");
  });
  it("hold a list as often as it is long", () => {
    setQuery({ team: null, from: null, cut: ["Queue:30", "Test:10"] });
    expect(location.search).toBe("?cut=Queue:30&cut=Test:10");
    setQuery({ cut: ["Queue:20"] });
    expect(place.current.query.getAll("cut")).toEqual(["Queue:20"]);
    setQuery({ cut: [] });
    expect(location.search).toBe("");
  });
  it("come back with the browser's back", async () => {
    go("/risk");
    const back = new Promise((done) => addEventListener("popstate", done, { once: true }));
    history.back();
    await back;
    expect(place.path).toBe("/flow/ageing");
    expect(place.current.query.get("team")).toBe("apps");
  });
});

describe("links", () => {
  addEventListener("click", (event) => event.preventDefault()); // jsdom cannot leave the page
  function click(link: HTMLAnchorElement, init: MouseEventInit = {}): void {
    document.body.append(link);
    link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ...init }));
  }
  function link(address: string, more: Partial<HTMLAnchorElement> = {}): HTMLAnchorElement {
    return Object.assign(document.createElement("a"), { href: address, ...more });
  }
  it("of this site are followed without a reload", () => {
    click(link("/o/acme/strategy?a=1"));
    expect(place.path).toBe("/strategy");
  });
  it.each([
    ["with a modifier", link("/o/acme/risk"), { ctrlKey: true }],
    ["to a new window", link("/o/acme/risk", { target: "_blank" }), {}],
    ["to the interface of programs", link("/api/v1/orgs"), {}],
  ] as const)("%s are left to the browser", (_name, one, init) => {
    const before = place.path;
    click(one, init);
    expect(place.path).toBe(before);
  });
});
