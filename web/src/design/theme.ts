// Light, dark, or as the system has it. public/theme.js applies the choice before the first paint.

export type ThemeChoice = "auto" | "light" | "dark";
const stored = "tiebeam.theme";

export function themeChoice(): ThemeChoice {
  try {
    const choice = localStorage.getItem(stored);
    return choice === "light" || choice === "dark" ? choice : "auto";
  } catch {
    return "auto"; // no storage here
  }
}
export function chooseTheme(choice: ThemeChoice): void {
  try {
    if (choice === "auto") localStorage.removeItem(stored);
    else localStorage.setItem(stored, choice);
  } catch {
    // no storage here: the choice lasts as long as the page
  }
  const dark = choice === "dark" || (choice === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-theme", dark ? "dark" : "light");
}
