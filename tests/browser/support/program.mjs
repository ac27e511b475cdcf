// The program under test: its command line, its server, and organisations made for one run.
// TIEBEAM names another binary than build/release/tiebeam.

import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
export const binary = process.env.TIEBEAM ?? path.join(root, "build", "release", "tiebeam");
export const sampleAsOf = "2016-05-01";

/** What a command prints. Throws with its error text when it fails. */
export function tiebeam(data, org, ...words) {
  const said = [...words, "--data", data, ...(org === null ? [] : ["--org", org])];
  return execFileSync(binary, said, { cwd: root, encoding: "utf8", maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "pipe"] });
}
export const asked = (data, org, ...words) => JSON.parse(tiebeam(data, org, ...words, "--json"));

/** A folder that goes away with the run. */
export function temporaryFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tiebeam-browser-"));
  process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The real sample as organisation "sample", with its fixed as-of. */
export function importSample(data) {
  tiebeam(data, "sample", "import", path.join(root, "sample", "incident_event_log_2016Q1.csv.gz"),
    "--state-map", path.join(root, "sample", "state_map.toml"), "--tz", "UTC", "--name", "Sample: incidents of a real IT department");
  tiebeam(data, "sample", "record", "organisation", "set", "self", `as_of=${sampleAsOf}`);
}

/** Starts the server, on a free port unless one is said; `url` has no slash at its end. */
export async function serve(data, port = 0) {
  const server = spawn(binary, ["serve", "--data", data, "--listen", `127.0.0.1:${port}`], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  process.on("exit", () => server.kill());
  let said = "";
  const url = await new Promise((found, failed) => {
    const late = setTimeout(() => failed(new Error(`the server did not say its address within 20 s: ${said}`)), 20_000);
    const read = (chunk) => {
      said += chunk;
      const match = /http:\/\/[^/\s]+/.exec(said);
      if (match) {
        clearTimeout(late);
        found(match[0]);
      }
    };
    server.stdout.on("data", read);
    server.stderr.on("data", read);
    server.on("exit", (status) => failed(new Error(`the server ended with ${status}: ${said}`)));
  });
  return {
    url,
    pid: server.pid,
    /** Ended without a word. */
    kill: () =>
      new Promise((done) => {
        server.on("exit", done);
        server.kill("SIGKILL");
      }),
    stop: () =>
      new Promise((done) => {
        server.on("exit", done);
        server.kill();
      }),
  };
}

/** One write over the API, as the page makes it. */
export async function send(url, method, address, body) {
  const headers = { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() };
  const answer = await fetch(`${url}/api/v1${address}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status} ${text}`);
  return text === "" ? null : JSON.parse(text);
}
export const get = async (url, address) => (await fetch(`${url}/api/v1${address}`)).json();
