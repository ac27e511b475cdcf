// Widths of text without asking a browser, so that a drawing is the same wherever it is made.

const narrow = new Set([..."iljI|.,:;'!()[]· "]);
const wide = new Set([..."mwMW%@—"]);

/** Width in pixels of text set in the sans face, a little more rather than less. */
export function textWidth(text: string, size: number): number {
  let em = 0;
  for (const letter of text) {
    if (narrow.has(letter)) em += 0.31;
    else if (wide.has(letter)) em += 0.9;
    else if (letter >= "0" && letter <= "9") em += 0.64;
    else if (letter >= "A" && letter <= "Z") em += 0.7;
    else em += 0.58;
  }
  return em * size;
}

/** The text, or as much of it as fits, ended by an ellipsis. */
export function fitText(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  for (let length = text.length - 1; length > 0; --length) {
    const cut = `${text.slice(0, length).trimEnd()}…`;
    if (textWidth(cut, size) <= width) return cut;
  }
  return "";
}

/** The text on at most `most` lines broken at its spaces; what does not fit is cut by an ellipsis. */
export function wrapText(text: string, size: number, width: number, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && (textWidth(`${last} ${word}`, size) <= width || lines.length === most)) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => fitText(line, size, width));
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Names of points in time for an axis: as short as tells them apart, with the year where it changes. */
export function timeTexts(times: readonly number[]): string[] {
  const days = times.map((time) => new Date(time));
  const hourly = days.some((day) => day.getUTCHours() !== 0 || day.getUTCMinutes() !== 0);
  const daily = days.some((day) => day.getUTCDate() !== 1);
  let year = days[0]?.getUTCFullYear();
  return days.map((day) => {
    const month = months[day.getUTCMonth()] ?? "";
    const turned = day.getUTCFullYear() !== year;
    year = day.getUTCFullYear();
    if (hourly) {
      const clock = `${String(day.getUTCHours()).padStart(2, "0")}:${String(day.getUTCMinutes()).padStart(2, "0")}`;
      return clock === "00:00" ? `${day.getUTCDate()} ${month}` : clock;
    }
    if (daily) return turned ? `${day.getUTCDate()} ${month} ${day.getUTCFullYear()}` : `${day.getUTCDate()} ${month}`;
    return day.getUTCMonth() === 0 || turned ? `${month} ${year}` : month;
  });
}
