// The address is the state: /o/{org}/flow/cycle-time?from=2026-05-25&as-of=…
// Back, reload and a shared link give the same view. Plain links are followed without a reload.

import { tick, untrack } from "svelte";
import type { OrgId } from "./model";

export interface Place {
  readonly org: OrgId | null;
  readonly path: string; // "/flow/ageing"; "/" is The Table
  readonly query: URLSearchParams;
}
export type Query = Record<string, string | readonly string[] | null>; // a list stands as often as it is long

/** Kept from page to page: the moment and the window that numbers are asked for. */
const kept = ["as-of", "from", "to"] as const;

export function parsePlace(pathname: string, search: string): Place {
  const match = /^\/o\/([^/]+)(\/.*)?$/.exec(pathname);
  const path = (match ? (match[2] ?? "/") : pathname).replace(/\/+$/, "") || "/";
  const org = match?.[1] === undefined ? null : (decodeURIComponent(match[1]) as OrgId);
  return { org, path, query: new URLSearchParams(search) };
}

class Router {
  current: Place = $state.raw(parsePlace(location.pathname, location.search));
  /** How often the page (not just its query) changed; 0 at first load. */
  moves = $state(0);
  readonly org: OrgId | null = $derived(this.current.org);
  readonly path: string = $derived(this.current.path);
  readonly window: string = $derived(windowOf(this.current.query).toString());
}
const router = new Router();

function windowOf(query: URLSearchParams): URLSearchParams {
  const out = new URLSearchParams();
  for (const name of kept) {
    const value = query.get(name);
    if (value !== null && value !== "") out.set(name, value);
  }
  return out;
}

export const place: {
  readonly current: Place;
  readonly org: OrgId | null;
  readonly path: string;
  /** as-of, from and to as query text: changes only when one of them does. */
  readonly window: string;
  readonly moves: number;
} = router;

function addressOf(org: OrgId | null, path: string, query: URLSearchParams): string {
  const front = org === null ? "" : `/o/${encodeURIComponent(org)}`;
  const text = query.toString().replaceAll("%3A", ":").replaceAll("%2F", "/").replaceAll("%2C", ",");
  return (front + (path === "/" && front !== "" ? "" : path) || "/") + (text === "" ? "" : `?${text}`);
}

function changed(base: URLSearchParams, changes: Query | undefined): URLSearchParams {
  const query = new URLSearchParams(base);
  for (const [name, value] of Object.entries(changes ?? {})) {
    query.delete(name);
    for (const one of value === null ? [] : typeof value === "string" ? [value] : value) query.append(name, one);
  }
  return query;
}

/** The address of a page of this organisation. Keeps as-of, from and to unless `query` says otherwise. */
export function href(path: string, query?: Query): string {
  return addressOf(router.org, path, changed(new URLSearchParams(router.window), query));
}

export function go(path: string, query?: Query, options: { replace?: boolean } = {}): void {
  untrack(() => visit(href(path, query), options));
}

/** Changes the query of this page; null removes. */
export function setQuery(changes: Query, options: { replace?: boolean; state?: unknown } = {}): void {
  untrack(() => {
    const { org, path, query } = router.current;
    visit(addressOf(org, path, changed(query, changes)), options);
  });
}

/** Any address of this site. */
export function visit(address: string, options: { replace?: boolean; state?: unknown } = {}): void {
  if (address === location.pathname + location.search) return;
  rememberScroll();
  history[options.replace === true ? "replaceState" : "pushState"](options.state ?? null, "", address);
  settle(options.replace === true ? null : 0);
}

function settle(scroll: number | null): void {
  const next = parsePlace(location.pathname, location.search);
  const before = router.current;
  const moved = next.path !== before.path || next.org !== before.org;
  router.current = next;
  if (!moved) return;
  router.moves += 1;
  if (scroll !== null) void tick().then(() => scrollWhenTall(scroll, 30));
}

// Positions by address, so that going back lands where one was.
const positions = new Map<string, number>();
function rememberScroll(): void {
  positions.set(location.pathname, window.scrollY);
}

function scrollWhenTall(top: number, tries: number): void {
  if (top === 0 || document.documentElement.scrollHeight >= top + innerHeight || tries === 0) {
    window.scrollTo(0, top);
    return;
  }
  requestAnimationFrame(() => scrollWhenTall(top, tries - 1));
}

export function startRouter(): void {
  history.scrollRestoration = "manual";
  addEventListener("popstate", () => settle(positions.get(location.pathname) ?? 0));
  addEventListener("scroll", rememberScroll, { passive: true });
  document.addEventListener("click", follow);
}

function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target !== "" || link.hasAttribute("download")) return;
  if (link.origin !== location.origin || link.pathname.startsWith("/api/")) return;
  if (link.hash !== "" && link.pathname === location.pathname) return; // within the page
  event.preventDefault();
  visit(link.pathname + link.search);
}
