// Single keys, as people who live in a page know them: g t for The Table, j and k for rows.
// They are off while somebody types, and can be switched off altogether (WCAG 2.1.4).

import { go } from "./router.svelte";
import { rooms } from "./rooms";

export type KeyHandler = (event: KeyboardEvent) => void;
export interface KeyHelp {
  readonly keys: string;
  readonly does: string;
}

const stored = "tiebeam.keys";
const handlers = new Map<string, KeyHandler[]>();

export function keysOn(): boolean {
  try {
    return localStorage.getItem(stored) !== "off";
  } catch {
    return true; // no storage here: the default
  }
}
export function setKeysOn(on: boolean): void {
  try {
    if (on) localStorage.removeItem(stored);
    else localStorage.setItem(stored, "off");
  } catch {
    // no storage here: the choice lasts as long as the page
  }
}

/** Calls `handler` on that key; the last one registered wins. Returns what takes it away again:
    `$effect(() => onKey("e", edit))`. */
export function onKey(key: string, handler: KeyHandler): () => void {
  handlers.set(key, [...(handlers.get(key) ?? []), handler]);
  return () => {
    handlers.set(key, (handlers.get(key) ?? []).filter((one) => one !== handler));
  };
}

export function keyHelp(): readonly KeyHelp[] {
  return [
    { keys: "/ or Ctrl K", does: "Find a page, a record or a figure" },
    { keys: "j / k", does: "Next and previous row" },
    { keys: "Enter", does: "Open" },
    { keys: "e", does: "Edit (on a record)" },
    { keys: "p", does: "Where a figure comes from" },
    ...(handlers.get("b")?.length ? [{ keys: "b", does: "Add to a brief" }] : []),
    { keys: "g t", does: "The Table" },
    ...rooms.map((room) => ({ keys: `g ${room.key}`, does: room.title })),
    { keys: "?", does: "This list" },
    { keys: "Esc", does: "Close what is on top" },
  ];
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "range"].includes(target.type);
}

const focusable = "a[href], button:not([disabled], .fig, .delta), [data-row][tabindex='0']";

/** The rows of the page in reading order: [data-row], else table rows that hold something to open. */
function rowTargets(): HTMLElement[] {
  const marked = [...document.querySelectorAll<HTMLElement>("main [data-row]")];
  const rows = marked.length > 0 ? marked : [...document.querySelectorAll<HTMLElement>("main tbody tr")];
  return rows.filter((row) => row.getClientRects().length > 0).flatMap((row) => {
    const first = row.matches(focusable) ? row : (row.querySelector<HTMLElement>(focusable) ?? row.querySelector<HTMLElement>("button, [tabindex='0']"));
    return first === null ? [] : [first];
  });
}

function moveRow(step: number): void {
  const targets = rowTargets();
  const focused = document.activeElement;
  const row = focused?.closest("[data-row], tr") ?? null;
  const at = row === null ? -1 : targets.findIndex((target) => row.contains(target));
  const next = at < 0 ? (step > 0 ? 0 : targets.length - 1) : Math.min(targets.length - 1, Math.max(0, at + step));
  targets[next]?.focus();
}

/** `p` on a row or a page without a focused figure: the first figure of the row. */
function openNearestFigure(): void {
  const row = document.activeElement?.closest("[data-row], tr, section");
  row?.querySelector<HTMLElement>("[data-figure]")?.click();
}

let leader = -Infinity; // when g was pressed
function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.metaKey) return;
  const find = event.ctrlKey && event.key.toLowerCase() === "k";
  if (!find && (event.ctrlKey || typing(event.target) || (event.key !== "Escape" && !keysOn()))) return;
  if (document.querySelector("dialog[open]") !== null && !find) return; // its own keys only
  const key = find ? "/" : event.key;
  if (!find && performance.now() - leader < 1500 && /^[a-z]$/.test(key)) {
    leader = -Infinity;
    const room = rooms.find((one) => one.key === key);
    if (key === "t" || room) {
      event.preventDefault();
      go(room && key !== "t" ? `/${room.id}` : "/");
    }
    return;
  }
  const own = handlers.get(key)?.at(-1);
  if (own) {
    event.preventDefault();
    own(event);
  } else if (key === "g") leader = performance.now();
  else if (key === "j" || key === "k") moveRow(key === "j" ? 1 : -1);
  else if (key === "p") openNearestFigure();
}

export function startKeys(): void {
  document.addEventListener("keydown", pressed);
}
