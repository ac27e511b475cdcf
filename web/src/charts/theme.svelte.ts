// A bitmap does not follow style sheets: it is told when colours may have changed.

let turns = $state(0);

if (typeof window !== "undefined") {
  const turn = (): void => {
    turns += 1;
  };
  new MutationObserver(turn).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class"] });
  if (typeof window.matchMedia === "function") {
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)", "print"]) window.matchMedia(query).addEventListener("change", turn);
  }
}

/** Changes whenever the theme does; read it where colours are read. */
export const theme = {
  get turns(): number {
    return turns;
  },
};
