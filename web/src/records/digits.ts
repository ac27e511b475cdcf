// Numbers as they were written: grouped, with a true minus, never rounded.
import type { Money } from "@tiebeam/model";

const minus = "\u2212";
const noBreak = "\u00a0";

/** "1250000.50" -> "1,250,000.50": digits in groups of three, a true minus. */
export function groupDigits(decimal: string): string {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(decimal);
  if (!match) return decimal;
  const [, sign = "", whole = "", rest = ""] = match;
  return (sign === "-" ? minus : "") + whole.replace(/\B(?=(\d{3})+$)/g, ",") + rest;
}

/** Moves the decimal point without arithmetic, so that 0.29 is 29 and not 28.999999999999996. */
export function shiftPoint(decimal: string, places: number): string {
  const match = /^(-?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(decimal);
  if (!match) return decimal;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const point = whole.length + places + Number(exponent);
  let digits = whole + fraction;
  if (point > digits.length) digits = digits.padEnd(point, "0");
  const before = point <= 0 ? "0" : digits.slice(0, point);
  const after = point <= 0 ? "0".repeat(-point) + digits : digits.slice(point);
  const tidy = before.replace(/^0+(?=\d)/, "");
  const tail = after.replace(/0+$/, "");
  const out = tidy + (tail === "" ? "" : `.${tail}`);
  return sign === "-" && /[1-9]/.test(out) ? `-${out}` : out;
}

/** The number as it was written, never rounded. */
export function plainNumber(value: number): string {
  return groupDigits(shiftPoint(String(value), 0));
}
export function percentOf(fraction: number): string {
  return `${groupDigits(shiftPoint(String(fraction), 2))}%`;
}

const signs: Readonly<Record<string, string>> = { EUR: "€", USD: "$", GBP: "£", JPY: "¥", CHF: `CHF${noBreak}` };
export function moneyText(money: Money): string {
  const amount = groupDigits(money.amount.replace(/\.0+$/, ""));
  const sign = signs[money.currency] ?? `${money.currency}${noBreak}`;
  return amount.startsWith(minus) ? minus + sign + amount.slice(1) : sign + amount;
}

export function isCurrency(unit: string | null): unit is string {
  return unit !== null && /^[A-Z]{3}$/.test(unit);
}
/** "90", and "€80,000" where the unit is a currency: its sign stands before. */
export function amountText(value: number, unit: string | null): string {
  return isCurrency(unit) ? moneyText({ amount: shiftPoint(String(value), 0), currency: unit }) : plainNumber(value);
}

/** With a no-break space before the unit. */
export function withUnit(number: string, unit: string | null): string {
  return unit ? `${number}${noBreak}${unit}` : number;
}
