// Whether a text says a value: its own reading of the rules, apart from web/src/format.ts.
// At most three significant digits; never finer than the interval's width needs; shares whole from 10% to 90%; counts in full.

const scales = {
  "%": 100, pts: 1, minutes: 1440, minute: 1440, hours: 24, hour: 24, kB: 1e-3, MB: 1e-6, GB: 1e-9, k: 1e-3, m: 1e-6, bn: 1e-9,
};

/** The number in the text as said, with the factor between it and the value: {said, factor}. */
export function read(text) {
  const plain = text.replace(/\u00a0/g, " ").replace(/\u2212/g, "-").replace(/[✓✗]/g, "").trim();
  const match = /^([+-]?)\D{0,3}?(\d[\d,]*(?:\.\d+)?)(%|bn|m\b|k\b)?\s*(\w+)?/.exec(plain);
  if (!match) return null;
  const said = Number(match[2].replaceAll(",", "")) * (match[1] === "-" ? -1 : 1);
  return { said, digits: match[2], factor: scales[match[3]] ?? (match[3] === undefined ? scales[match[4]] : undefined) ?? 1, unit: match[3] ?? match[4] ?? "" };
}

/** The last digit worth saying of a value: three digits of it, of the width of its interval two, or one where it begins with 3 to 9 and leaves the value two. */
export function stepOf(value, width, unit = "") {
  if (value === 0 && width === 0) return 0;
  const own = widthStep(value, width);
  return unit === "share" && Math.abs(value) >= 0.1 && Math.abs(value) <= 0.9 ? 0.01 : own;
}
function widthStep(value, width) {
  const size = Math.floor(Math.log10(Math.abs(value === 0 ? width : value)) + 1e-9);
  const wide = width > 0 ? Math.floor(Math.log10(width) + 1e-12) : 0;
  return 10 ** (width > 0 ? Math.min(size, Math.max(size - 2, width / 10 ** wide >= 3 && wide < size ? wide : wide - 1)) : size - 2);
}

/** What is wrong with the text for the value; "" when nothing is. `width` is that of the interval;
    `least` the step that what is compared is said in. */
export function fault(text, value, { width = 0, unit = "", least = 0 } = {}) {
  const rare = /^1(?: year)? in ([\d,]+)$/.exec(text.replace(/\u00a0/g, " ").trim());
  if (rare) return Math.abs(Number(rare[1].replaceAll(",", "")) * value - 1) < 0.06 ? "" : `'${text}' for ${value}`;
  const seen = read(text);
  if (unit === "months" && seen?.unit.startsWith("day")) seen.factor = 30.44;
  if (seen === null) return `'${text}' holds no number`;
  const shown = value * seen.factor, wide = width * seen.factor;
  if (Number.isInteger(value) && width === 0 && seen.factor === 1 && unit !== "days" && !/^[A-Z]{3}$/.test(unit)) {
    return seen.said === value ? "" : `'${text}' says ${seen.said}, the count is ${value}`;
  }
  if (shown === 0) return seen.said === 0 ? "" : `'${text}' says ${seen.said} for 0`;
  const own = seen.unit === "%" ? 100 * stepOf(value, width, "share") : stepOf(shown, wide);
  const step = Math.max(own, least * seen.factor);
  if (Math.abs(seen.said - shown) > step / 2 + 1e-9 * Math.abs(shown)) return `'${text}' is more than half of ${step} away from ${shown}`;
  const finer = Math.abs(seen.said / step - Math.round(seen.said / step)) > 1e-6;
  return finer ? `'${text}' is said finer than the rules allow (${step})` : "";
}

const words = {
  too_few: /^too few to say$/, not_measurable: /^not measurable$/, stale: /^not yet known|old$/, not_reached: /^more than .*\d|^not yet known$/,
};
/** The same for a figure without a value. */
export function faultWithoutValue(text, status) {
  const plain = text.replace(/\u00a0/g, " ").trim();
  return (words[status] ?? /^not (yet known|measurable)$/).test(plain) ? "" : `'${plain}' is said for a figure that is ${status}`;
}
