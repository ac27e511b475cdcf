// Names of fields, choices and types as people read them, made of the names the records have.

import type { Figure, Finding, Severity } from "../model";

/** Words that are not lower case in a sentence. */
const proper: Readonly<Record<string, string>> = {
  it: "IT", kpi: "KPI", kpis: "KPIs", id: "id", rto: "RTO", rpo: "RPO", slo: "SLO", wip: "WIP", ai: "AI", okr: "OKR", toml: "TOML",
};

/** How serious a finding is: the same words and the same tag wherever one stands. */
export const severityWords: Readonly<Record<Severity, string>> = { error: "act now", warning: "look at it", info: "note" };
export const severityTone: Readonly<Record<Severity, string>> = { error: "t-bad", warning: "t-warn", info: "t-nu" };

export function capital(text: string): string {
  return text === "" ? "" : text.charAt(0).toUpperCase() + text.slice(1);
}

/** A message of the program as a sentence of the page. */
export function sentence(text: string): string {
  return text === "" || /[.?!]$/.test(text) ? capital(text) : `${capital(text)}.`;
}

/** What comes first in a message of several parts, as a sentence: enough where many stand together. */
export function headline(text: string): string {
  return sentence(text.split("; ", 1)[0] ?? "");
}

/** What tells a finding from all others: a rule tells a subject once. */
export function findingKey({ rule, subject }: Finding): string {
  return `${rule} ${subject.type}/${subject.id}`;
}

/** What a finding rests on. Figures of flow are of all the work, also where the finding is of one stream. */
export function restLabel(finding: Finding, figure: Figure): string {
  return finding.subject.type === "value_stream" && figure.key.startsWith("flow.") ? `${figure.label}, all work` : figure.label;
}

/** "three_to_five_years" -> "three to five years", "it_owner" -> "IT owner". */
export function words(name: string): string {
  return (name.startsWith("p_") ? `chance_of_${name.slice(2)}` : name)
    .split("_")
    .map((word) => proper[word] ?? word)
    .join(" ");
}

export function fieldLabel(name: string): string {
  return capital(words(name));
}

/** "work items" of a type; "1 work item" when there is one. */
export function counted(count: number, title: string, plural: string, text: (n: number) => string): string {
  return `${text(count)} ${count === 1 ? inSentence(title) : plural}`;
}

/** A title in the middle of a sentence: "Value stream" -> "value stream", "KPI" stays. */
export function inSentence(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

/** "a value stream", "an initiative", "a KPI". */
export function withArticle(title: string): string {
  const word = inSentence(title);
  return `${/^[aeio]/i.test(word) ? "an" : "a"} ${word}`;
}

const maxSlug = 80;
/** The id that the store would make of a name. */
export function slugify(text: string): string {
  let out = "";
  for (const char of text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()) {
    const isInner = /[-_.]/.test(char) && out !== "";
    if (/[a-z0-9]/.test(char) || isInner) out += char;
    else if (out !== "" && !out.endsWith("-")) out += "-";
    if (out.length === maxSlug) break;
  }
  return out.replace(/[^a-z0-9]+$/, "");
}

export function isSlug(text: string): boolean {
  return text.length <= maxSlug && /^[a-z0-9][a-z0-9._-]*$/.test(text);
}
