import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { OrgId } from "../model";
import { visit } from "../router.svelte";
import { api, ApiProblem, forgetAnswers, problemOf } from "./client";
import { identity } from "./identity.svelte";
import { live } from "./live.svelte";

interface Call {
  readonly url: string;
  readonly init: RequestInit;
}
const calls: Call[] = [];
let answer: () => Promise<Response>;
const json = (data: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(data), { status, headers: { "Content-Type": status < 400 ? "application/json" : "application/problem+json", ...headers } });
const headersOf = (at: number): Headers => new Headers(calls[at]?.init.headers);

beforeEach(() => {
  calls.length = 0;
  forgetAnswers();
  window.scrollTo = () => undefined;
  visit("/o/acme/flow?as-of=2026-11-21T07:00:00Z");
  answer = () => Promise.resolve(json({ figures: [], as_of: "" }));
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    calls.push({ url, init });
    return answer();
  });
});
afterEach(() => vi.unstubAllGlobals());

it("takes organisation and as-of from the address", async () => {
  await api.figures({ keys: ["flow.items", "flow.open"] });
  expect(calls[0]?.url).toBe("/api/v1/orgs/acme/figures?keys=flow.items%2Cflow.open&as_of=2026-11-21T07%3A00%3A00Z");
  await api.figures({ as_of: "2026-11-14T07:00:00Z" });
  expect(calls[1]?.url).toContain("as_of=2026-11-14");
});

it("asks with a list as often as it is long", async () => {
  await api.query("flow", "whatif", { cut: ["Queue:30", "Test:10"], remove: [], stream: "orders" });
  expect(calls[0]?.url).toBe("/api/v1/orgs/acme/flow/whatif?as_of=2026-11-21T07%3A00%3A00Z&cut=Queue%3A30&cut=Test%3A10&stream=orders");
});

it("asks once for what is asked twice, until the journal moves", async () => {
  await Promise.all([api.findings(), api.findings()]);
  await api.findings();
  expect(calls).toHaveLength(1);
  forgetAnswers();
  await api.findings();
  expect(calls).toHaveLength(2);
});

it("does not keep a failure", async () => {
  answer = () => Promise.reject(new TypeError("no network"));
  await expect(api.findings()).rejects.toBeInstanceOf(ApiProblem);
  answer = () => Promise.resolve(json({ findings: [] }));
  await expect(api.findings()).resolves.toEqual({ findings: [] });
});

it("says an unreachable server as a problem", async () => {
  answer = () => Promise.reject(new TypeError("no network"));
  const thrown: unknown = await api.types().catch((one: unknown) => one);
  expect(problemOf(thrown)).toMatchObject({ code: "http.unreachable", hint: "Start it again with: tiebeam serve" });
  expect(live.reachable).toBe(false);
});

it("hands on what the server says is wrong", async () => {
  const problem = { type: "about:blank", title: "Invalid", status: 422, detail: "2 things", instance: "r", code: "record.invalid", hint: null, errors: [] };
  answer = () => Promise.resolve(json(problem, 422));
  expect(problemOf(await api.create("person", {}).catch((one: unknown) => one))).toEqual(problem);
  answer = () => Promise.resolve(new Response("oops", { status: 500 }));
  expect(problemOf(await api.types().catch((one: unknown) => one))).toMatchObject({ code: "http.unexpected", status: 500 });
});

it("writes with a key that stays over retries of one click, and another for the next", async () => {
  answer = () => Promise.reject(new TypeError("no network"));
  await api.create("person", { name: "Ann" }).catch(() => undefined);
  answer = () => Promise.resolve(json({ id: "ann", name: "Ann", version: 1 }, 201, { ETag: '"1"' }));
  const held = await api.create("person", { name: "Ann" });
  await api.create("person", { name: "Ann" });
  const keys = [0, 1, 2].map((at) => headersOf(at).get("Idempotency-Key"));
  expect(held.etag).toBe('"1"');
  expect(keys[0]).toBe(keys[1]);
  expect(keys[2]).not.toBe(keys[1]);
});

it("changes only the version it has seen, and forgets what it knew", async () => {
  await api.findings();
  const moved = live.journal;
  answer = () => Promise.resolve(json({ id: "ann", name: "Ann", version: 3 }, 200, { ETag: '"3"' }));
  await api.update("person", "ann", { name: "Ann" }, '"2"');
  expect(calls[1]).toMatchObject({ url: "/api/v1/orgs/acme/records/person/ann", init: { method: "PUT" } });
  expect(headersOf(1).get("If-Match")).toBe('"2"');
  expect(live.journal).toBe(moved + 1);
  answer = () => Promise.resolve(json({ findings: [] }));
  await api.findings();
  expect(calls).toHaveLength(3);
});

it("removes without an answer to read", async () => {
  answer = () => Promise.resolve(new Response(null, { status: 204 }));
  await expect(api.remove("person", "ann", '"2"')).resolves.toBeUndefined();
});

it("sends a file as it is", async () => {
  answer = () => Promise.resolve(json({ id: "prv_1", name: "jira export.csv" }, 201));
  const held = await api.sendUpload(new File(["a,b"], "jira export.csv"));
  expect(calls[0]?.url).toBe("/api/v1/orgs/acme/uploads?name=jira+export.csv");
  expect(headersOf(0).get("Content-Type")).toBe("application/octet-stream");
  expect(held.id).toBe("prv_1");
});

it("says who writes, for this organisation alone", async () => {
  identity.choose("acme" as OrgId, "ann");
  answer = () => Promise.resolve(json({ id: "job_1" }, 202));
  await api.preview("prv_1", {});
  expect(headersOf(0).get("Tiebeam-Person")).toBe("ann");
  visit("/o/other");
  await api.preview("prv_1", {});
  expect(headersOf(1).has("Tiebeam-Person")).toBe(false);
});

it("forgets who is no longer on record", async () => {
  identity.choose("acme" as OrgId, "gone");
  answer = () => Promise.resolve(json({ code: "person.no_such", detail: "there is no person 'gone'", errors: [] }, 422));
  await expect(api.preview("prv_1", {})).rejects.toBeInstanceOf(ApiProblem);
  expect(identity.of("acme" as OrgId)).toBeNull();
});
