// What boxes say about a page: text over text, text cut off, wider than the window, panels without
// content, targets too small to hit. Runs inside the page.

/** Lines of faults. */
export function faultsOfBoxes() {
  const faults = [];
  const name = (element) => {
    const own = element.tagName.toLowerCase() + (element.id ? `#${element.id}` : "") + [...element.classList].filter((one) => !one.startsWith("svelte-")).map((one) => `.${one}`).join("");
    const text = (element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 44);
    return text ? `${own} "${text}"` : own;
  };
  const isShown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
  /** For screen readers only. */
  const isApart = (element) => {
    if (element.closest(".hidden-text, .skip, [hidden], option") !== null) return true;
    for (let at = element; at; at = at.parentElement) if (getComputedStyle(at).clipPath === "inset(50%)") return true;
    return false;
  };
  /** What lies above the page: texts of two layers may cover each other. */
  const layer = (element) => {
    for (let at = element; at; at = at.parentElement) {
      if (at.tagName === "DIALOG") return at;
      const { position } = getComputedStyle(at);
      if (position === "fixed" || position === "sticky") return at;
    }
    return null;
  };
  /** The part of a box that its scrolling and clipping ancestors show. */
  const seen = (box, element) => {
    let { left, right, top, bottom } = box;
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const own = at.getBoundingClientRect();
      left = Math.max(left, own.left); right = Math.min(right, own.right); top = Math.max(top, own.top); bottom = Math.min(bottom, own.bottom);
    }
    return { left, right, top, bottom };
  };

  // Text over text.
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() === "" || !element || ["SCRIPT", "STYLE", "TITLE", "DESC", "OPTION", "NOSCRIPT"].includes(element.tagName.toUpperCase()) || isApart(element) || !isShown(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const full of range.getClientRects()) {
      const box = seen(full, element);
      const trim = (full.bottom - full.top) * 0.22; // above the capitals, below the descenders
      if (box.right - box.left > 2 && box.bottom - box.top > 2) texts.push({ left: box.left, right: box.right, top: Math.max(box.top, full.top + trim), bottom: Math.min(box.bottom, full.bottom - trim), element, layer: layer(element) });
    }
  }
  texts.sort((a, b) => a.top - b.top);
  const covered = new Set();
  for (let i = 0; i < texts.length; ++i) {
    for (let j = i + 1; j < texts.length && texts[j].top < texts[i].bottom; ++j) {
      const a = texts[i], b = texts[j];
      if (a.element === b.element || a.layer !== b.layer) continue;
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide <= 2 || high <= 2) continue;
      const pair = `${name(a.element)} and ${name(b.element)}`;
      if (!covered.has(pair)) faults.push(`text lies over text: ${pair} by ${Math.round(wide)} x ${Math.round(high)} px`);
      covered.add(pair);
    }
  }

  // Wider than the window.
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) {
    const out = [...document.querySelectorAll("body *")].filter((one) => isShown(one) && !isApart(one) && seen(one.getBoundingClientRect(), one.parentElement).right > innerWidth + 1).pop();
    faults.push(`the page is ${wide} px wider than the window: ${out ? name(out) : "no element found"}`);
  }

  // Text cut off by its box.
  for (const element of document.querySelectorAll("body *")) {
    if (!isShown(element) || isApart(element) || element.closest("svg") !== null && element.tagName !== "svg") continue;
    const style = getComputedStyle(element);
    if (element.tagName === "svg") {
      if (style.overflowX === "visible") continue;
      const box = element.getBoundingClientRect();
      for (const text of element.querySelectorAll("text")) {
        const own = text.getBoundingClientRect();
        if (own.width > 0 && (own.left < box.left - 1.5 || own.right > box.right + 1.5 || own.bottom > box.bottom + 3 || own.top < box.top - 3)) faults.push(`text is cut off at the edge of its drawing: ${name(text)}`);
      }
      continue;
    }
    if (innerWidth > 1000 && ["auto", "scroll"].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1 && !["TEXTAREA", "INPUT"].includes(element.tagName)) {
      faults.push(`a part has to be scrolled sideways in a window of ${innerWidth} px: ${name(element)} by ${element.scrollWidth - element.clientWidth} px`);
    }
    if ((element.textContent ?? "").trim() === "" || ["TEXTAREA", "SELECT"].includes(element.tagName)) continue;
    const clips = (overflow) => overflow === "hidden" || overflow === "clip";
    if (clips(style.overflowX) && style.textOverflow !== "ellipsis" && element.scrollWidth > element.clientWidth + 1) faults.push(`text is cut off at the right: ${name(element)} by ${element.scrollWidth - element.clientWidth} px`);
    if (clips(style.overflowY) && style.webkitLineClamp === "none" && style.textOverflow !== "ellipsis" && element.clientHeight > 1 && element.scrollHeight > element.clientHeight + 2) faults.push(`text is cut off at the bottom: ${name(element)} by ${element.scrollHeight - element.clientHeight} px`);
  }

  // Panels without content.
  for (const section of document.querySelectorAll("main section")) {
    const heading = section.querySelector("h2, h3");
    if (!heading || !isShown(section) || isApart(heading)) continue;
    const head = heading.closest("header, .hd, .head") ?? heading;
    const content = section.getBoundingClientRect().bottom - head.getBoundingClientRect().bottom;
    if (content < 24) faults.push(`a panel has no content: ${name(section)}`);
  }

  // Targets under 24 x 24, but for links within a line of text and boxes whose label is the target.
  if (matchMedia("print").matches) return faults;
  for (const target of document.querySelectorAll("a[href], button, input, select, textarea, summary, [role=button], [role=tab], [role=menuitem]")) {
    if (!isShown(target) || isApart(target) || target.disabled) continue;
    const style = getComputedStyle(target);
    const label = target.closest("label");
    const box = (label && ["checkbox", "radio"].includes(target.type) ? label : target).getBoundingClientRect();
    if (box.width === 0 || (box.width >= 23.5 && box.height >= 23.5)) continue;
    const around = target.parentElement?.textContent?.trim().length ?? 0;
    if (style.display === "inline" && around > (target.textContent?.trim().length ?? 0) + 1) continue;
    const grown = getComputedStyle(target, "::after"); // a larger area laid over its card
    if (grown.content !== "none" && grown.position === "absolute") continue;
    faults.push(`a target is ${Math.round(box.width)} x ${Math.round(box.height)} px, under 24 x 24: ${name(target)}`);
  }
  return faults;
}
