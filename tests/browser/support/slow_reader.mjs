// What a slow reader would need for a way through the pages: the waits measured here, five seconds for each click or
// field, and every word that can be seen on the way, once, at 180 a minute. Choices inside a closed list and the line
// on top of each page (whose numbers, as of when) are not read.

import { settled } from "./browser.mjs";

const secondsAnAction = 5;
const wordsAMinute = 180;

export class SlowReader {
  actions = 0;
  words = 0;
  waited = 0; // ms
  #page;
  #seen = new Set();
  constructor(page) {
    this.#page = page;
  }
  /** What can be seen of a page and was not read before. */
  async read(what) {
    const lines = await this.#page.evaluate((selector) => {
      const found = [];
      const walk = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const at = walk.currentNode.parentElement;
        if (at.closest("option, .hidden-text, svg, header.top") === null && at.checkVisibility()) found.push(walk.currentNode.data.trim());
      }
      return found;
    }, what);
    for (const line of lines) {
      if (!this.#seen.has(line)) this.words += line.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
      this.#seen.add(line);
    }
  }
  /** Does something, waits for what it leads to, and reads it. */
  async then(act, until = async () => undefined, what = "#main") {
    this.actions += 1;
    const begun = performance.now();
    await act();
    await until();
    await settled(this.#page);
    this.waited += performance.now() - begun;
    await this.read(what);
  }
  get seconds() {
    return this.waited / 1000 + this.actions * secondsAnAction + (this.words / wordsAMinute) * 60;
  }
  get told() {
    return `${this.actions} actions, ${this.words} words, ${(this.waited / 1000).toFixed(1)} s of waiting: ${this.seconds.toFixed(0)} s`;
  }
}
