// Sets the colours before the first paint. A file of its own: the page allows no inline script.
(function () {
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  function show() {
    var choice = null;
    try {
      choice = localStorage.getItem("tiebeam.theme");
    } catch (refused) {
      choice = null; // storage is switched off: follow the system
    }
    var theme = choice === "dark" || choice === "light" ? choice : dark.matches ? "dark" : "light";
    document.documentElement.setAttribute("data-theme", theme);
  }
  show();
  dark.addEventListener("change", show);
  window.addEventListener("storage", show);
})();
