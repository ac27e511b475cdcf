// The one door to the server. Organisation, as-of, from and to come from the address of the page.
// An answer is kept per journal entry, so that going back is instant and never stale.

import type {
  Answers, Doors, EvidencePage, ExplainedFigure, FieldValue, Figure, Finding, HistoryEntry, Job, LinkKind,
  OrganisationRow, OrganisationState, OverviewRow, Problem, RecordData, RecordPage, RecordTypeInfo, Ties, Waiting,
} from "../model";
import { place } from "../router.svelte";
import { identity } from "./identity.svelte";
import { Kept } from "./kept";
import { live } from "./live.svelte";

export class ApiProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.name = "ApiProblem";
    this.problem = problem;
  }
}
export interface Held<T> {
  readonly data: T;
  readonly etag: string;
}
export interface SearchHit {
  readonly kind: "record" | "figure" | "page";
  readonly type: string;
  readonly id: string;
  readonly title: string;
  readonly detail: string;
}
type Params = Record<string, string | number | readonly string[] | undefined>; // of a list, each by itself

const root = "/api/v1";
const kept = new Kept<Held<unknown>>(60);

/** Anything thrown, as a problem that can be shown. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof ApiProblem) return thrown.problem;
  return made("page.bug", 0, "The page made a mistake", thrown instanceof Error ? thrown.message : String(thrown), "Reload the page; if it stays, report it with what you did last.");
}
function made(code: string, status: number, title: string, detail: string, hint: string): Problem {
  return { type: "about:blank", title, status, detail, instance: "", code, hint, errors: [] };
}
function unreachable(): ApiProblem {
  live.lost();
  return new ApiProblem(made("http.unreachable", 0, "Tiebeam does not answer", "The program that keeps your data cannot be reached.", "Start it again with: tiebeam serve"));
}

async function send(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch {
    throw unreachable();
  }
  if (response.ok) return response;
  if (response.headers.get("Content-Type")?.startsWith("application/problem+json")) {
    throw new ApiProblem((await response.json()) as Problem);
  }
  if ([502, 503, 504].includes(response.status)) throw unreachable();
  throw new ApiProblem(made("http.unexpected", response.status, "An answer that makes no sense", `The server answered ${response.status} without saying why.`, "Try again; the server's log has the reason."));
}

async function read<T>(response: Response): Promise<Held<T>> {
  const data = response.status === 204 ? undefined : await response.json();
  return { data: data as T, etag: response.headers.get("ETag") ?? "" };
}

function withParams(path: string, params: Params): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === "object") value.forEach((one) => query.append(name, one));
    else if (value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return root + path + (text === "" ? "" : `?${text}`);
}

/** GET. Requests of one address in flight are shared; answers are kept while the journal stands still. */
function get<T>(path: string, params: Params = {}, keep = true): Promise<Held<T>> {
  const url = withParams(path, params);
  const ask = (): Promise<Held<unknown>> => send(url, { headers: { Accept: "application/json" } }).then((response) => read<T>(response));
  return (keep ? kept.get(url, ask) : ask()) as Promise<Held<T>>;
}
const data = <T>(held: Promise<Held<T>>): Promise<T> => held.then((one) => one.data);

// A write that got no answer may have arrived: the same click sends the same key again.
const unanswered = new Map<string, string>();
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Who writes, where somebody said so. */
function writer(): Record<string, string> {
  const person = identity.of(place.org);
  return person === null ? {} : { "Tiebeam-Person": person };
}
/** Who is no longer on record is not asked for again. */
function forgetWriter(problem: Problem): void {
  if (problem.code === "person.no_such" && place.org !== null) identity.choose(place.org, null);
}

async function write<T>(method: string, url: string, body: unknown, extra: Record<string, string> = {}, moves = true): Promise<Held<T>> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const click = `${method} ${url} ${text ?? ""}`;
  const key = unanswered.get(click) ?? newKey();
  unanswered.set(click, key);
  const headers: Record<string, string> = { "Idempotency-Key": key, Accept: "application/json", ...writer(), ...extra };
  if (text !== undefined) headers["Content-Type"] = "application/json";
  try {
    const held = await read<T>(await send(url, text === undefined ? { method, headers } : { method, headers, body: text }));
    unanswered.delete(click);
    return held;
  } catch (thrown) {
    if (problemOf(thrown).code !== "http.unreachable") unanswered.delete(click);
    forgetWriter(problemOf(thrown));
    throw thrown;
  } finally {
    if (moves) forget();
  }
}
/** The bytes of a file as they are. */
async function sendFile<T>(url: string, file: File): Promise<T> {
  const headers = { "Content-Type": "application/octet-stream", "Idempotency-Key": newKey(), Accept: "application/json", ...writer() };
  return (await read<T>(await send(url, { method: "POST", headers, body: file }))).data;
}
function forget(): void {
  kept.clear();
  live.moved();
}
/** Called when the journal moved elsewhere. */
export function forgetAnswers(): void {
  kept.clear();
}

const part = encodeURIComponent;
const org = (): string => `/orgs/${part(place.org ?? "")}`;
const record = (type: string, id: string): string => `${org()}/records/${part(type)}/${part(id)}`;
/** The moment and the window of the page, as the API calls them. */
function windowParams(as_of?: string): Params {
  const query = new URLSearchParams(place.window);
  return { as_of: as_of ?? query.get("as-of") ?? undefined, from: query.get("from") ?? undefined, to: query.get("to") ?? undefined };
}

export const api = {
  organisations: () => data(get<{ version: string; data: string; doors: Doors; organisations: OrganisationRow[] }>("/orgs")),
  overview: () => data(get<{ organisations: OverviewRow[] }>("/overview", {}, false)),
  /** Begins an organisation: one's own by name, or one that the program makes. */
  begin: (wanted: { kind?: string; name?: string; zone?: string; currency?: string }) => data(write<OrganisationRow>("POST", `${root}/orgs`, wanted)),
  restore: (file: File, id: string) => sendFile<OrganisationRow>(withParams("/orgs/restore", { id, name: file.name }), file).finally(forget),
  organisation: () => data(get<OrganisationState>(org())),
  types: () => data(get<{ types: RecordTypeInfo[]; links: LinkKind[] }>(`${org()}/types`)),
  figures: (options: { prefix?: string; keys?: string[]; as_of?: string } = {}) =>
    data(get<{ figures: Figure[]; as_of: string }>(`${org()}/figures`, { prefix: options.prefix, keys: options.keys?.join(","), ...windowParams(options.as_of) })),
  explain: (key: string, as_of?: string) => data(get<ExplainedFigure>(`${org()}/figures/${part(key)}`, { explain: 1, ...windowParams(as_of) })),
  evidence: (key: string, offset: number, limit?: number, as_of?: string) =>
    data(get<EvidencePage>(`${org()}/figures/${part(key)}/rows`, { offset, limit, ...windowParams(as_of) })),
  findings: () => data(get<{ findings: Finding[] }>(`${org()}/findings`, windowParams())),

  records: (type: string, options: { q?: string; sort?: string; offset?: number; limit?: number; filters?: Record<string, string> } = {}) =>
    data(get<RecordPage>(`${org()}/records/${part(type)}`, { ...options.filters, q: options.q, sort: options.sort, offset: options.offset, limit: options.limit })),
  record: (type: string, id: string) => get<RecordData>(record(type, id)),
  create: (type: string, fields: Record<string, FieldValue>) => write<RecordData>("POST", `${root}${org()}/records/${part(type)}`, fields),
  /** The whole record: fields that are left out are cleared. */
  update: (type: string, id: string, fields: Record<string, FieldValue>, etag: string) =>
    write<RecordData>("PUT", root + record(type, id), fields, { "If-Match": etag }),
  remove: (type: string, id: string, etag: string): Promise<void> =>
    write<undefined>("DELETE", root + record(type, id), undefined, { "If-Match": etag }).then(() => undefined),
  history: (type: string, id: string) => data(get<{ entries: HistoryEntry[] }>(`${record(type, id)}/history`)),
  journal: (options: { before?: number; limit?: number } = {}) =>
    data(get<{ entries: HistoryEntry[]; next: number | null }>(`${org()}/journal`, { ...options })),
  undo: (seq: number) => data(write<{ undone: number; by: number }>("POST", `${root}${org()}/journal/${seq}/undo`, {})),
  /** The inverses of entries `first` to `last`: all, or none. */
  undoAll: (first: number, last: number) => data(write<{ undone: number; to: number; by: number }>("POST", withParams(`${org()}/journal/${first}/undo`, { to: last }), {})),
  /** What a room writes at once: POST /orgs/{org}/ROOM/NAME. */
  act: <T>(room: string, name: string, wanted: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>) =>
    data(write<T>("POST", `${root}${org()}/${part(room)}/${part(name)}`, wanted)),
  ties: (type: string, id: string) => data(get<Ties>(`${record(type, id)}/ties`)),
  search: (q: string) => data(get<{ hits: SearchHit[] }>(`${org()}/search`, { q })),
  query: <T>(room: string, name: string, params: Record<string, string | readonly string[]> = {}) =>
    data(get<T>(`${org()}/${part(room)}/${part(name)}`, { ...windowParams(), ...params })),

  removeImport: (id: string): Promise<void> =>
    write<undefined>("DELETE", `${root}${org()}/imports/${part(id)}`, undefined).then(() => undefined),
  /** Files that wait to be imported. */
  uploads: () => data(get<{ uploads: Waiting[] }>(`${org()}/uploads`, {}, false)),
  upload: (id: string) => data(get<Waiting>(`${org()}/uploads/${part(id)}`, {}, false)),
  sendUpload: (file: File) => sendFile<Waiting>(withParams(`${org()}/uploads`, { name: file.name }), file),
  /** Looks at a waiting file with these answers; nothing of it is kept but the answers. */
  preview: (id: string, answers: Answers) => data(write<Job>("POST", `${root}${org()}/imports/${part(id)}/preview`, answers, {}, false)),
  rejectsPath: (id: string): string => `${root}${org()}/imports/${part(id)}/rejects.csv`,
  /** Keeps what a preview showed. */
  commitImport: (id: string, options: { skipBad?: boolean } = {}) =>
    data(write<Job>("POST", withParams(`${org()}/imports/${part(id)}/commit`, { skip_bad: options.skipBad === true ? 1 : undefined }), {})),
  job: (id: string) => data(get<Job>(`${org()}/jobs/${part(id)}`, {}, false)),
  cancelJob: (id: string): Promise<void> => write<undefined>("DELETE", `${root}${org()}/jobs/${part(id)}`, undefined).then(() => undefined),
};
