// Which figure is open. Registry figures stand in the address (?figure=key), so that a link opens
// them; numbers of tables and charts do not, their answer is on the page already.

import { untrack } from "svelte";
import type { Figure } from "../model";
import { place, setQuery } from "../router.svelte";
import { isCell } from "./cells";

/** Marks the step in the browser's history that opening added. */
const opened = "figure opened";

class Drawer {
  /** The trail of figures opened one from another; the last is shown. */
  steps: readonly { key: string; figure: Figure | null }[] = $state.raw([]);
  opener: HTMLElement | null = null;

  get shown(): { key: string; figure: Figure | null } | null {
    return this.steps.at(-1) ?? null;
  }

  open(figure: Figure, opener: HTMLElement): void {
    const isOpen = this.steps.length > 0;
    this.opener = opener;
    this.steps = [{ key: figure.key, figure }];
    this.write(isCell(figure) ? null : figure.key, isOpen);
  }
  /** An input of the shown figure. */
  follow(key: string, figure: Figure | null): void {
    this.steps = [...this.steps, { key, figure }];
    this.write(key, true);
  }
  back(): void {
    this.steps = this.steps.slice(0, -1);
    const now = this.shown;
    this.write(now === null || (now.figure && isCell(now.figure)) ? null : now.key, true);
  }
  close(options: { keepFocus?: boolean } = {}): void {
    if (this.steps.length === 0) return;
    this.steps = [];
    const { opener } = this;
    this.opener = null;
    if (place.current.query.has("figure") && history.state === opened) history.back(); // no step of its own remains
    else this.write(null, true);
    if (options.keepFocus !== true) (opener?.isConnected ? opener : document.querySelector<HTMLElement>("main h1"))?.focus();
  }
  /** After any move: the address says what is open. */
  agree(key: string | null): void {
    const now = untrack(() => this.shown); // what is open does not bring the address back
    if (key === null) {
      if (now !== null && !(now.figure && isCell(now.figure))) this.steps = [];
    } else if (now?.key !== key) this.steps = [{ key, figure: null }];
  }

  /** Another page: what stood on the page before is not beside it any more. */
  leave(): void {
    const now = untrack(() => this.shown);
    if (now?.figure && isCell(now.figure)) this.steps = [];
  }

  private write(key: string | null, replace: boolean): void {
    if (place.current.query.get("figure") !== key) setQuery({ figure: key }, { replace, state: replace ? history.state : opened });
  }
}
export const drawer = new Drawer();

export function openDrawer(figure: Figure, opener: HTMLElement): void {
  drawer.open(figure, opener);
}
