// Rounds of guesses as the program answers them, and a round while it is taken.

import { cellFigure, type CellFigure } from "@tiebeam/figure/cells";
import type { DayText, Figure } from "@tiebeam/model";
import { readAmount } from "./ranges";

export interface Question {
  readonly id: string;
  readonly text: string;
  readonly unit: string;
  readonly again: boolean;
}
export interface Round {
  readonly person: string | null;
  readonly level: number;
  readonly questions: readonly Question[];
}
export interface AnswerRow {
  readonly question: string;
  readonly text: string | null;
  readonly unit: string | null;
  readonly source: string | null;
  readonly low: number;
  readonly high: number;
  readonly truth: number;
  readonly inside: boolean;
}
export interface RoundResult {
  readonly id: string;
  readonly taken_on: DayText | null;
  readonly unreadable: number;
  readonly answers: readonly AnswerRow[];
  readonly hits?: Figure;
  readonly chance?: Figure;
  readonly score?: Figure;
  readonly verdict?: string;
  readonly advice?: string;
  readonly person?: string;
}
export interface PersonResult {
  readonly id: string;
  readonly name: string;
  readonly hits: Figure;
  readonly rounds: readonly RoundResult[];
}
export interface Calibration {
  readonly figures: readonly Figure[];
  readonly people: readonly PersonResult[];
  readonly questions: number;
  readonly needed: number;
  readonly level: number;
  readonly recompute: string;
}

export interface Guess {
  readonly low: string; // as typed
  readonly high: string;
}
export interface ReadGuess {
  readonly low: number | null;
  readonly high: number | null;
  readonly faults: { readonly low?: string; readonly high?: string };
}
/** Both ends, the low one first. What is missing or cannot be meant stands beside its end. */
export function readGuess(guess: Guess): ReadGuess {
  const low = readAmount(guess.low), high = readAmount(guess.high);
  const faultOf = (value: number | null, text: string): string | null => (text.trim() === "" ? "Write a number" : value === null ? `“${text.trim()}” is not a number` : null);
  const [a, b] = [faultOf(low, guess.low), faultOf(high, guess.high)];
  if (a !== null || b !== null) return { low, high, faults: { ...(a !== null ? { low: a } : {}), ...(b !== null ? { high: b } : {}) } };
  if (low !== null && high !== null && low > high) return { low, high, faults: { high: "This end is below the other: exchange them" } };
  return { low, high, faults: {} };
}
export const isWhole = (read: ReadGuess): boolean => Object.keys(read.faults).length === 0;
/** "eiffel-height 200 400", as the program takes it. */
export function rangeTexts(questions: readonly Question[], guesses: readonly Guess[]): string[] {
  return questions.flatMap((question, i) => {
    const guess = guesses[i];
    if (!guess) return [];
    const read = readGuess(guess);
    return read.low === null || read.high === null || !isWhole(read) ? [] : [`${question.id} ${read.low} ${read.high}`];
  });
}

/** What is known of a question, as a number that opens. Years are counted, not measured. */
export function truthOf(row: AnswerRow, round: RoundResult, recompute: string): CellFigure {
  const isYear = row.unit === "year";
  return cellFigure(`risk.calibration.rounds[${round.id}].${row.question}`, row.truth, {
    label: row.text ?? row.question, unit: isYear ? "" : (row.unit ?? ""), formula: row.source === null ? "as it was known when it was answered" : `as known: ${row.source}`, method: "docs/method/calibration.md",
    as_of: round.hits?.as_of ?? "", recompute,
  });
}
