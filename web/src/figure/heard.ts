// Figures in words for those who hear the page: for live regions alone. What is seen is <Figure>.

import { figureText } from "../format";
import type { Figure } from "../model";

/** "12.1 days", "too few to say" */
export const heardFigure = (figure: Figure): string => figureText(figure);

/** Says at most once in `gap` milliseconds; of what came meanwhile the last is said. */
export function slowly(say: (text: string) => void, gap = 1000): (text: string) => void {
  let last = -Infinity;
  let waiting: ReturnType<typeof setTimeout> | null = null;
  let next = "";
  const speak = (): void => {
    waiting = null;
    last = Date.now();
    say(next);
  };
  return (text) => {
    next = text;
    if (waiting !== null) return;
    const left = last + gap - Date.now();
    if (left <= 0) speak();
    else waiting = setTimeout(speak, left);
  };
}
