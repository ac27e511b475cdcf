// Asks before a page with unsaved words is left by a link or by closing it. Going back needs no
// question: what was typed is kept and offered again.

/** `leaving` gets the address of the link that was pressed. Call during the initialisation of a component. */
export function guardLeaving(isUnsaved: () => boolean, leaving: (address: string) => void): void {
  $effect(() => {
    const onclick = (event: MouseEvent): void => {
      if (!isUnsaved() || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!(link instanceof HTMLAnchorElement) || link.target !== "" || link.origin !== location.origin) return;
      if (link.hash !== "" && link.pathname === location.pathname) return; // to a field of this page
      event.preventDefault();
      event.stopPropagation();
      leaving(link.pathname + link.search);
    };
    const onunload = (event: BeforeUnloadEvent): void => {
      if (isUnsaved()) event.preventDefault();
    };
    document.addEventListener("click", onclick, true);
    addEventListener("beforeunload", onunload);
    return () => {
      document.removeEventListener("click", onclick, true);
      removeEventListener("beforeunload", onunload);
    };
  });
}
