// Numbers, money, dates and intervals in words: pure, and the only place of the page that rounds.
// Rules: at most three significant digits, never finer than the interval needs (two digits of its width;
// one where that begins with 3 to 9 and leaves the value two), shares whole between 10% and 90%, thousands by commas,
// U+2212 as minus, no-break space before units. Agrees with model/figure_text.cc but where a page says
// it shorter ("16%", "€4.2m", "1 item").

import type { Figure, Money } from "./model";

const space = "\u00a0", minus = "\u2212";

// ---- rounding --------------------------------------------------------------------------------

/** `value` with `decimals` places, ties to the even digit as the program itself does. */
function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  const scaled = Math.abs(value) * 10 ** decimals;
  if (scaled % 1 !== 0.5 || Math.floor(scaled) % 2 === 1) return text;
  return ((Math.sign(value) * Math.floor(scaled)) / 10 ** decimals).toFixed(decimals);
}

function dressed(digits: string): string {
  let out = digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
  if (out === "-0") out = "0";
  const [whole = "0", rest] = out.replace("-", "").split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return (out.startsWith("-") ? minus : "") + grouped + (rest === undefined ? "" : `.${rest}`);
}

const magnitude = (value: number): number => Math.floor(Math.log10(Math.abs(value)) + 1e-12);

/** `value` to a multiple of 10^place. */
function toPlace(value: number, place: number): string {
  if (value === 0 || !Number.isFinite(value)) return "0";
  if (place >= 0) return dressed(fixed(Number(fixed(value / 10 ** place, 0)) * 10 ** place, 0));
  return dressed(fixed(value, Math.min(12, -place)));
}

/** The last place of a width that still tells something: beside 600 a width of 12 needs whole ones, one of 77 only tens. */
function placeOfWidth(width: number, size: number): number {
  const place = magnitude(width);
  return width / 10 ** place >= 3 && size > 0 && place < magnitude(size) ? place : place - 1;
}

/** The place of the last digit worth saying: three digits of the largest value, no more than the width needs. */
function placeFor(values: readonly number[], width: number): number {
  const size = Math.max(...values.map(Math.abs));
  if (size === 0) return width > 0 ? placeOfWidth(width, 0) : 0;
  const bySize = magnitude(size) - 2;
  if (!(width > 0)) return bySize;
  return Math.min(magnitude(size), Math.max(bySize, placeOfWidth(width, size)));
}

// ---- units -----------------------------------------------------------------------------------

interface Scale {
  readonly before: string; // "€"
  readonly factor: number; // shown = value * factor
  readonly after: string; // "%", "m", " days"
  readonly short: boolean; // the unit is said at both ends of a range
}

const isCurrency = (unit: string): boolean => /^[A-Z]{3}$/.test(unit);
const symbols = new Map<string, string>();
function symbolOf(currency: string): string {
  let symbol = symbols.get(currency);
  if (symbol === undefined) {
    const parts = new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay: "narrowSymbol" }).formatToParts(1);
    const found = parts.find((part) => part.type === "currency")?.value ?? currency;
    symbol = /^[A-Z]+$/.test(found) ? found + space : found;
    symbols.set(currency, symbol);
  }
  return symbol;
}

const daysOfMonth = 30.44;
/** `like`: another value of the same column, so that all of it is said in one unit; a value that would vanish in it keeps its own. */
function scaleFor(value: number, unit: string, like: number | null = null): Scale {
  if (like !== null && value !== 0) {
    const shared = scaleFor(like, unit);
    if (Math.abs(value) * shared.factor >= 0.01) return shared;
  } else if (like !== null) return scaleFor(like, unit);
  const size = Math.abs(value);
  if (unit === "share") return { before: "", factor: 100, after: "%", short: true };
  if (isCurrency(unit)) {
    const [factor, after] = size >= 1e9 ? [1e-9, "bn"] : size >= 1e6 ? [1e-6, "m"] : size >= 1e4 ? [1e-3, "k"] : [1, ""];
    return { before: symbolOf(unit), factor, after, short: true };
  }
  if (unit === "bytes") {
    const [factor, name] = size >= 1e9 ? [1e-9, "GB"] : size >= 1e6 ? [1e-6, "MB"] : size >= 1e3 ? [1e-3, "kB"] : [1, "bytes"];
    return { before: "", factor, after: space + name, short: false };
  }
  if (unit === "months" && size > 0 && size < 1) return { before: "", factor: daysOfMonth, after: `${space}days`, short: false };
  if (unit === "days" && size > 0 && size < 2 / 24) return { before: "", factor: 1440, after: `${space}minutes`, short: false };
  if (unit === "days" && size > 0 && size < 2) return { before: "", factor: 24, after: `${space}hours`, short: false };
  return { before: "", factor: 1, after: unit === "" ? "" : `${space}${unit.replaceAll(" ", space)}`, short: false };
}

/** "1 item", "1 item a week", "1 hour". */
function oneOf(after: string, number: string): string {
  if (number !== "1" && number !== `${minus}1`) return after;
  if (/^\u00a0people(?=\u00a0|$)/.test(after)) return after.replace("people", "person");
  return after.replace(/^(\u00a0(?:working\u00a0)?)([a-z]{2,}?)(ie)?s(?=\u00a0|$)/, (_, front: string, stem: string, ie: string | undefined) => front + stem + (ie ? "y" : ""));
}

/** Exact counts are said in full; what is measured is rounded. */
const isExact = (value: number, unit: string, width: number): boolean =>
  Number.isInteger(value) && Math.abs(value) < 1e15 && width === 0 && unit !== "days" && unit !== "share" && unit !== "bytes" && !isCurrency(unit);

interface Parts {
  readonly number: string;
  readonly unit: string;
}
/** A share between 10% and 90% is said whole. */
const isWholeShare = (value: number, unit: string): boolean => unit === "share" && Math.abs(value) >= 0.1 && Math.abs(value) <= 0.9;
function partsOf(value: number, unit: string, width: number, { like = null, whole = false }: { readonly like?: number | null; readonly whole?: boolean } = {}): Parts {
  const scale = scaleFor(value, unit, like);
  const shown = value * scale.factor;
  const place = placeFor([shown], width * scale.factor);
  const digits = isExact(value, unit, width) ? toPlace(value, 0) : toPlace(shown, whole && isWholeShare(value, unit) ? 0 : place);
  const sign = digits.startsWith(minus) ? minus : "";
  const number = sign + scale.before + digits.slice(sign.length) + (scale.short ? scale.after : "");
  return { number, unit: scale.short ? "" : oneOf(scale.after, digits).replaceAll(space, " ").trim() };
}
const joined = ({ number, unit }: Parts): string => (unit === "" ? number : `${number}${space}${unit.replaceAll(" ", space)}`);

/** Major units, for rounding to three digits only: sums are made where the cents are whole. */
const isMoney = (value: Figure["value"]): value is Money => typeof value === "object" && value !== null;
/** The figure's value as a plain number (money in major units); null when there is none. */
export function numberOf(value: Figure["value"]): number | null {
  return isMoney(value) ? Number.parseFloat(value.amount) : value;
}
export const unitOf = (figure: Figure): string => (isMoney(figure.value) ? figure.value.currency : figure.unit);
const widthOf = (figure: Figure): number => (figure.interval ? figure.interval.high - figure.interval.low : 0);

// ---- figures ---------------------------------------------------------------------------------

/** Where an interval is that of the simulation alone: how far another run would differ, not how far what is simulated may lie. */
export const isOfRun = (figure: Figure): boolean =>
  figure.trail.seed !== null && figure.interval !== null && !figure.trail.formula.includes("; between ") && !(figure.trail.notes ?? []).some((note) => note.startsWith("the range"));
/** About how far two runs of a simulation differ, 9 times in 10: "€4k", "0.9 pts". */
export function runText(figure: Figure): string {
  const apart = Math.SQRT1_2 * widthOf(figure); // half the width of one run, times the root of 2
  if (!(apart > 0)) return "";
  const [value, unit] = unitOf(figure) === "share" ? [100 * apart, "pts"] : [apart, unitOf(figure)];
  const scale = scaleFor(value, unit);
  const shown = value * scale.factor;
  const digits = toPlace(shown, magnitude(shown));
  return scale.before + digits + (scale.short ? scale.after : oneOf(scale.after, digits));
}
/** "1 in 50,000", "1 year in 50,000": a chance below 1 in 100; null for every other figure. */
function rareText(figure: Figure, value: number): string | null {
  if (figure.unit !== "share" || !figure.label.startsWith("Chance ") || value <= 0 || value >= 0.01) return null;
  const times = 1 / value;
  return `1${figure.label.includes(" year") ? `${space}year` : ""} in${space}${toPlace(times, magnitude(times) - 1)}`;
}

/** "22.1" and "days"; "€4.2m" and "". `like`: a value of the same column. */
export function figureParts(figure: Figure, like: number | null = null): Parts {
  const value = numberOf(figure.value), unit = unitOf(figure);
  const rare = value === null ? null : rareText(figure, value);
  if (rare !== null) return { number: rare, unit: "" };
  if (value !== null) return partsOf(value, unit, widthOf(figure), { like, whole: true });
  if (figure.status === "not_reached" && figure.low !== undefined) {
    const low = partsOf(figure.low, unit, 0);
    return { number: `more than ${low.number}`, unit: low.unit };
  }
  if (figure.status === "too_few") return { number: "too few to say", unit: "" };
  if (figure.status === "not_measurable") return { number: "not measurable", unit: "" };
  return { number: "not yet known", unit: "" };
}
/** "22.1 days", "16.2%", "€4.2m", "too few to say", "more than 60 days" */
export function figureText(figure: Figure): string {
  return joined(figureParts(figure));
}

function rangeWith(figure: Figure, place: number | null, like: number | null): string {
  const { low, high } = figure.interval ?? { low: 0, high: 0 };
  const unit = unitOf(figure);
  const shared = like ?? (unit === "days" ? (numberOf(figure.value) || high) : null); // hours beside hours, days beside days
  const [a, b] = [scaleFor(low, unit, shared), scaleFor(high, unit, shared)];
  const isWhole = isWholeShare(low, unit) && isWholeShare(high, unit);
  const values = (scale: Scale): number[] => [low * scale.factor, high * scale.factor];
  const side = (value: number, scale: Scale): Parts => {
    const exact = isExact(value, unit, 0) && Math.abs(value) < 1000;
    const at = place ?? (exact && high - low < 1000 && Number.isInteger(low) && Number.isInteger(high) ? 0 : placeFor(values(scale), (high - low) * scale.factor));
    const digits = toPlace(value * scale.factor, place === null && isWhole ? 0 : at);
    const sign = digits.startsWith(minus) ? minus : "";
    return { number: sign + scale.before + digits.slice(sign.length) + (scale.short ? scale.after : ""), unit: scale.short ? "" : oneOf(scale.after, digits) };
  };
  const from = side(low, a), to = side(high, b);
  if (a.short) return `${from.number} to ${to.number}`;
  if (a.after !== b.after && low !== 0) return `${from.number}${from.unit} to ${to.number}${to.unit}`;
  return `${from.number} to ${to.number}${unit === "days" ? to.unit : ""}`; // "items a week" is said beside the value
}
/** "21.7 to 22.3 days", "" when there is none */
export function rangeText(figure: Figure, like: number | null = null): string {
  if (!figure.interval) return "";
  const text = rangeWith(figure, null, like);
  const [from, to] = text.split(" to ");
  if (figure.interval.low === figure.interval.high || from !== to) return text;
  // Two ends that would be said alike are said finer.
  const { factor } = scaleFor(figure.interval.high, unitOf(figure), like);
  const width = (figure.interval.high - figure.interval.low) * factor;
  const finer = rangeWith(figure, placeOfWidth(width, figure.interval.high * factor), like);
  const [low, high] = finer.split(" to ");
  return low !== high ? finer : rangeWith(figure, magnitude(width) - 1, like);
}
/** "21.7 to 22.3 days, 9 in 10" */
export function intervalText(figure: Figure): string {
  if (!figure.interval) return "";
  const inTen = Math.round(figure.interval.level * 10);
  return inTen >= 10 ? rangeText(figure) : `${rangeText(figure)}, ${inTen} in 10`;
}
/** A mark of a chart: "22.1 days", "16.2%". */
export function valueText(value: number, unit: string): string {
  return joined(partsOf(value, unit, 0));
}
/** A tick of an axis: "20", "25%", "€1m". The axis says the unit once. */
export function axisText(value: number, unit: string): string {
  if (unit === "share") return partsOf(value, unit, 0).number;
  if (isCurrency(unit)) return value === 0 ? `${symbolOf(unit)}0` : partsOf(value, unit, 0).number;
  if (value !== 0 && Math.abs(value) >= 1e6) return `${toPlace(value / 1e6, magnitude(value / 1e6) - 2)}m`;
  return toPlace(value, value === 0 ? 0 : magnitude(value) - 2);
}
/** A mark of a chart in the unit of its axis, also where other pages would say hours: "−1.77 days". */
export function onAxisText(value: number, unit: string): string {
  if (unit !== "days") return valueText(value, unit);
  const number = toPlace(value, value === 0 ? 0 : magnitude(value) - 2);
  return `${number}${oneOf(`${space}days`, number)}`;
}
/** A value that the others of its column are said like: of times the longest, of money the one in the middle, 0 left out;
    null where there is no choice of units. */
export function likeOf(values: readonly (number | string | null)[], unit: string): number | null {
  if (unit !== "days" && !isCurrency(unit)) return null;
  const sizes = values.flatMap((value) => (typeof value === "number" && value !== 0 ? [Math.abs(value)] : [])).sort((a, b) => a - b);
  return (unit === "days" ? sizes.at(-1) : sizes[Math.floor(sizes.length / 2)]) ?? null;
}
/** "24,643" */
export function countText(n: number): string {
  return toPlace(n, 0);
}
/** The change between two values of one figure, always signed and never finer than the figure is
    said: "−9 days", "+€0.2m", "+6 pts" (a difference of shares is in points). The unit is left out
    where it is a phrase that stands beside the value already. */
export function differenceText(now: Figure, before: Figure): string {
  const a = numberOf(now.value), b = numberOf(before.value), unit = unitOf(now);
  if (a === null || b === null) return "";
  const factor = unit === "share" ? 100 : 1;
  const scale = unit === "share" ? { ...scaleFor(0, ""), after: `${space}pts` } : scaleFor(a, unit);
  const width = Math.max(widthOf(now), widthOf(before));
  const places = [placeFor([a * factor * scale.factor], width * factor * scale.factor)];
  if (isWholeShare(a, unit) && isWholeShare(b, unit)) places[0] = 0;
  const shown = (a - b) * factor * scale.factor;
  if (isExact(a, unit, width) && isExact(b, unit, width)) places[0] = 0;
  const digits = toPlace(shown, places[0] ?? 0);
  if (digits === "0") return `no${space}change`;
  const short = unit === "share" || unit === "days";
  const after = scale.short ? scale.after : short ? oneOf(scale.after, digits.replace(minus, "")) : "";
  return (digits.startsWith(minus) ? minus : "+") + scale.before + digits.replace(minus, "") + after;
}
/** Every digit there is, for provenance. */
export function exactText(value: number, unit: string): string {
  const text = dressed(String(value).includes("e") ? String(value) : value.toString());
  return unit === "" ? text : `${text}${space}${unit}`;
}

// ---- dates -----------------------------------------------------------------------------------

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** "21 Nov 2026" of a day or of the day an instant begins with. */
export function dayText(iso: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  if (!match) return iso;
  return `${Number(match[3])} ${months[Number(match[2]) - 1] ?? ""} ${match[1] ?? ""}`.replaceAll(" ", space);
}
/** The wall clock in `zone`: "2026-11-21T07:00". */
export function localText(iso: string, zone: string): string {
  const format = (timeZone: string): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat("en-GB", { timeZone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  let formatter: Intl.DateTimeFormat;
  try {
    formatter = format(zone);
  } catch {
    formatter = format("UTC"); // a zone this browser does not know
  }
  const parts = new Map(formatter.formatToParts(new Date(iso)).map((part) => [part.type, part.value]));
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
  return `${of("year")}-${of("month")}-${of("day")}T${of("hour")}:${of("minute")}`;
}
/** "21 Nov 2026, 07:00" on the clocks of `zone`. */
export function instantText(iso: string, zone: string): string {
  if (Number.isNaN(Date.parse(iso))) return iso;
  const local = localText(iso, zone);
  return `${dayText(local)}, ${local.slice(11)}`;
}
/** The instant a day ends on the clocks of `zone`: "2026-11-21" -> "2026-11-21T23:59:59Z". */
export function endOfDay(day: string, zone: string): string {
  const wanted = Date.parse(`${day}T23:59:00Z`);
  let instant = wanted;
  for (let round = 0; round < 2; round++) {
    instant += wanted - Date.parse(`${localText(new Date(instant).toISOString(), zone)}:00Z`);
  }
  return new Date(instant + 59_000).toISOString().replace(".000Z", "Z");
}
/** "just now", "5 minutes ago", "3 hours ago", "9 days ago", "10 years ago"; "in 3 days". */
export function ageText(iso: string, now: number = Date.now()): string {
  const seconds = (now - Date.parse(iso)) / 1000;
  if (Number.isNaN(seconds)) return "";
  const size = Math.abs(seconds);
  if (size < 60) return "just now";
  const steps: readonly [number, string][] = [[60, "minute"], [3600, "hour"], [86_400, "day"], [604_800 * 2, "week"], [86_400 * 60, "month"], [86_400 * 365.25, "year"]];
  const lengths: Record<string, number> = { week: 604_800, month: 86_400 * 30.44 };
  const [start, name] = steps.findLast(([from]) => size >= from) ?? [60, "minute"];
  const count = Math.max(1, Math.floor(size / (lengths[name] ?? start)));
  const text = `${count}${space}${name}${count === 1 ? "" : "s"}`;
  return seconds > 0 ? `${text} ago` : `in ${text}`;
}
/** "9 days old" */
export function oldText(iso: string, now?: number): string {
  const age = ageText(iso, now);
  return age.endsWith(" ago") ? `${age.slice(0, -4)} old` : age;
}
/** "Q4 2026". A fiscal year that does not start in January has the name of the year it ends in. */
export function quarterText(iso: string, zone: string, starts: number): string {
  const local = localText(iso, zone);
  const year = Number(local.slice(0, 4)), month = Number(local.slice(5, 7));
  const since = (month - starts + 12) % 12;
  const named = starts > 1 && month >= starts ? year + 1 : year;
  return `Q${Math.floor(since / 3) + 1}${space}${named}`;
}
/** The ISO week: "week 47". */
export function weekText(iso: string, zone: string): string {
  const day = new Date(`${localText(iso, zone).slice(0, 10)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7)); // the Thursday decides
  const first = Date.UTC(day.getUTCFullYear(), 0, 1);
  return `week${space}${Math.ceil(((day.getTime() - first) / 86_400_000 + 1) / 7)}`;
}
/** Work left, from the measured rate: "about 20 s left". */
export function leftText(seconds: number): string {
  if (seconds < 90) return `about ${Math.max(1, Math.ceil(seconds))}${space}s left`;
  return `about ${Math.ceil(seconds / 60)}${space}minutes left`;
}
/** "31276c14bd75…": enough of a hash to compare by eye. */
export function shortHash(hash: string): string {
  return hash.length > 12 ? `${hash.slice(0, 12)}…` : hash;
}
/** "1.3 MB" */
export function bytesText(bytes: number): string {
  return valueText(bytes, "bytes");
}
/** "entry_days=0 exit_days=61.405 event=open" as "open after 61.4 days"; other pairs as "part 0.2, whole 1";
    instants of a sentence on the clocks of `zone`. */
export function detailText(what: string, zone = "UTC"): string {
  const spell = /^entry_days=(\S+) exit_days=(\S+) event=(\w+)$/.exec(what);
  if (spell) {
    const [from, to] = [Number(spell[1]), Number(spell[2])];
    const ending = { done: "finished after", cancelled: "given up after", open: "still open after" }[spell[3] ?? ""] ?? `${spell[3] ?? ""} after`;
    return `${ending}${space}${valueText(to, "days")}${from > 0 ? `, seen from the age of ${valueText(from, "days")} on` : ""}`;
  }
  const onlyPairs = /^\S+=\S*(\s+\S+=\S*)*$/.test(what);
  const said = what
    .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, (iso) => instantText(iso, zone))
    .replace(/(?<=^|\s)([A-Za-z_]+)=([^\s,;]*)/g, (_, name: string, value: string) => {
      const number = Number(value);
      const rounded = value !== "" && !/^0\d/.test(value) && Number.isFinite(number) && !Number.isInteger(number);
      return `${name.replaceAll("_", space)}${space}${rounded ? toPlace(number, placeFor([number], 0)) : value.replaceAll("_", space)}`;
    });
  return onlyPairs ? said.replace(/ +/g, ", ") : said;
}

/** The time zone that this browser is in, as IANA names it. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}
/** The zones that this browser knows; none when it does not say. */
export function knownZones(): readonly string[] {
  return (Intl as { supportedValuesOf?: (key: "timeZone") => string[] }).supportedValuesOf?.("timeZone") ?? [];
}
