// The keyboard alone: that no pointer event is sent, and where one is at every step. Both run in the page.

/** Runs before the page: notes every event that a pointer would send. */
export function watchPointers() {
  window.pointersSeen = [];
  for (const kind of ["pointerdown", "pointerup", "pointermove", "mousedown", "mouseup", "mousemove", "touchstart", "wheel", "dblclick", "click"]) {
    window.addEventListener(kind, (event) => (kind !== "click" || event.detail > 0) && window.pointersSeen.push(kind), { capture: true, passive: true });
  }
}

/** What has the focus, what shows it, and what hides it. */
export async function whereAmI() {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const isHeading = element.matches("h1, h2, h3, main, section, [tabindex='-1']"); // focused by program, to be read
  const ring = (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1.5) || style.boxShadow !== "none";
  const shows = [element, element.closest("label")].filter(Boolean).some((one) => ring(getComputedStyle(one)) || (getComputedStyle(one, "::after").content !== "none" && ring(getComputedStyle(one, "::after"))));
  const caret = element.matches("dialog input[type=text]"); // the only field of a dialog: its caret shows it
  const box = element.getBoundingClientRect();
  const inView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const drawer = document.querySelector("[aria-labelledby=drawer-title]");
  const over = drawer && !drawer.contains(element) && !element.closest("dialog") ? drawer.getBoundingClientRect() : null;
  const covered = over !== null && box.right > over.left + 1 && box.left < over.right && box.bottom > over.top && box.top < over.bottom;
  const x = Math.min(innerWidth - 2, Math.max(1, box.left + Math.min(box.width / 2, 20))), y = Math.min(innerHeight - 2, Math.max(1, box.top + box.height / 2));
  const top = document.elementFromPoint(x, y);
  const hidden = top !== null && !element.contains(top) && !top.contains(element) && !(element.closest("label")?.contains(top) ?? false);
  return {
    name: `${element.tagName.toLowerCase()} "${(element.getAttribute("aria-label") ?? element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 60)}"`,
    text: (element.textContent ?? "").trim().replace(/\s+/g, " "),
    label: element.getAttribute("aria-label") ?? "",
    figure: element.dataset.figure ?? null,
    field: element.getAttribute("name"),
    id: element.id, tag: element.tagName, href: element.getAttribute("href") ?? "", inDrawer: drawer?.contains(element) ?? false, inDialog: element.closest("dialog") !== null,
    fault: isHeading ? "" : !shows && !caret ? "shows no outline" : !inView ? "is outside the window" : covered ? "lies under the drawer" : hidden ? `is covered by ${top?.tagName} ${top?.className}` : "",
  };
}
