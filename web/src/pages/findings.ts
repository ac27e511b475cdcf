// Findings in the order people should see them.
import type { Finding, Severity } from "@tiebeam/model";

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

export function roomOf(finding: Finding): string {
  const dot = finding.rule.indexOf(".");
  return dot < 0 ? "" : finding.rule.slice(0, dot);
}

/** The figures that the commands of an advice open: "tiebeam figure flow.age.p85 --explain lists them". */
export function figuresIn(advice: string): string[] {
  return [...new Set([...advice.matchAll(/\btiebeam figure ([a-z][\w.]*\w)/g)].flatMap(([, key]) => key ?? []))];
}

export interface Group {
  readonly room: string;
  readonly findings: readonly Finding[];
}
/** Worst first, then longest known; rooms by their worst. */
export function grouped(findings: readonly Finding[]): Group[] {
  const sorted = [...findings].sort((a, b) => rank[a.severity] - rank[b.severity] || a.since.localeCompare(b.since) || a.rule.localeCompare(b.rule));
  const rooms = [...new Set(sorted.map(roomOf))];
  return rooms.map((room) => ({ room, findings: sorted.filter((finding) => roomOf(finding) === room) }));
}

/** The sentence of the page: what is the matter, worst first. */
export function summary(findings: readonly Finding[], text: (n: number) => string): string {
  const of = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  if (findings.length === 0) return "Nothing needs a person today.";
  const parts = ([["error", "to act on now"], ["warning", "to look at"], ["info", of("info") === 1 ? "note" : "notes"]] as const)
    .flatMap(([severity, words]) => (of(severity) > 0 ? [`${text(of(severity))} ${words}`] : []));
  if (parts.length === 1) return of("info") > 0 ? `${findings.length === 1 ? "One note" : parts[0] ?? ""}, and nothing to act on.` : `${findings.length === 1 ? "One finding" : `${text(findings.length)} findings`} ${(parts[0] ?? "").replace(/^\S+ /, "")}.`;
  const said = `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
  return `${text(findings.length)} findings: ${said}.`;
}

/** A day so many days from now, for a date field. */
export function dayFromNow(days: number, now: Date = new Date()): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
