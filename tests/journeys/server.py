#!/usr/bin/env python3
"""The server as programs and browsers meet it: figures as on the command line, imports as jobs, writes that
survive kill -9 and happen once, foreign pages refused. tests/journeys/server.py build/release/tiebeam"""
import gzip
import http.client
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = str(Path(sys.argv[1]).resolve())
SAMPLE = ROOT / "sample/incident_event_log_2016Q1.csv.gz"
CSP = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
       "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
       "object-src 'none'")
passed = failed = 0


def check(claim, holds, found=""):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print(f"does not hold: {claim}{f' (found {found!r})' if found != '' else ''}")


def tiebeam(*words, data, expect=0):
    done = subprocess.run([PROGRAM, *words, "--data", data], capture_output=True, text=True, timeout=120, check=False)
    if expect is not None and done.returncode != expect:
        raise SystemExit(f"tiebeam {' '.join(words)}: {done.returncode}\n{done.stderr}")
    return done.stdout


class Server:
    def __init__(self, data):
        self.process = subprocess.Popen([PROGRAM, "serve", "--data", data, "--listen", "127.0.0.1:0"],
                                        stderr=subprocess.PIPE, text=True)
        line = self.process.stderr.readline()
        self.port = int(line.split("127.0.0.1:")[1].split("/")[0])

    def ask(self, method, path, body=None, headers=None, parse=True):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer, (json.loads(text) if parse and text else text)

    def api(self, method, path, body=None, headers=None):
        answer, value = self.ask(method, f"/api/v1/orgs/{path}", body, headers)
        return answer.status, value

    def job(self, path, body=None):
        answer, job = self.ask("POST", f"/api/v1/orgs/{path}", body,
                               {"Content-Type": "application/octet-stream"} if body is not None else None)
        while answer.status == 202 and job["state"] in ("waiting", "running"):
            time.sleep(0.05)
            _, job = self.api("GET", f"sample/jobs/{job['id']}")
        return answer.status, job

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.process.wait(timeout=20)


def prepare(folder):
    data = str(Path(folder, "data"))
    tiebeam("import", str(SAMPLE), "--state-map", str(ROOT / "sample/state_map.toml"), "--tz", "UTC", "--org", "sample",
            data=data)
    tiebeam("record", "organisation", "set", "self", "as_of=2016-05-01", data=data)
    return data


def figures_agree(server, data):
    for asked in ([], ["--as-of", "2016-04-15"], ["--as-of", "2016-04-15", "--from", "2016-03-01"]):
        wanted = json.loads(tiebeam("figures", "--json", *asked, data=data))["figures"]
        query = "&".join(f"{name[2:].replace('-', '_')}={value}" for name, value in zip(asked[::2], asked[1::2]))
        _, found = server.api("GET", f"sample/figures?{query}")
        check(f"figures are those of the command line {asked}", found["figures"] == wanted)
    wanted = json.loads(tiebeam("flow", "metrics", "--json", data=data))
    _, found = server.api("GET", "sample/flow/metrics")
    for name in ("figures", "findings", "weeks", "states", "months", "aging", "handover", "waits", "types", "streams"):
        check(f"flow/metrics gives the same {name}", found[name] == wanted[name])
    explained = json.loads(tiebeam("figure", "flow.cycle_time.p85", "--explain", "--rows", "20", "--json", data=data))
    _, found = server.api("GET", "sample/figures/flow.cycle_time.p85?explain=1")
    check("the rows under a figure are the same", found["rows"] == explained["rows"])
    for words in (["--items", "2000"], ["--by", "2016-06-12"]):
        wanted = json.loads(tiebeam("flow", "forecast", *words, "--json", data=data))
        _, found = server.api("GET", f"sample/flow/forecast?{words[0][2:]}={words[1]}")
        check(f"flow/forecast {words} is that of the command line",
              {**found, "recompute": ""} == {**wanted, "recompute": ""})
        check("and names its command", found["recompute"].startswith(f"tiebeam flow forecast --json {words[0]} {words[1]}"))
    for query, status in (("", 422), ("items=x", 422), ("items=5&by=2016-06-12", 422), ("items=5&stream=nowhere", 404)):
        code, found = server.api("GET", f"sample/flow/forecast?{query}")
        check(f"flow/forecast?{query} is refused with a next step", code == status and found.get("hint"), (code, found))
    _, times = server.api("GET", "sample/flow/cycle-time")
    _, p85 = server.api("GET", "sample/figures/flow.cycle_time.p85")
    days = sorted(times["days"])
    check("the points give the line", days[-(-len(days) * 85 // 100) - 1] == p85["value"])
    _, life = server.api("GET", "sample/flow/item?key=INC0000045")
    check("a life line names its source rows", all(row["line"] > 1 and row["file"] for row in life["stretches"]))


def writes_meet(server, data):
    tiebeam("record", "person", "add", "name=Ann Berg", data=data)
    time.sleep(0.05)
    status, ann = server.api("GET", "sample/records/person/ann-berg")
    check("what the command line wrote is there", status == 200 and ann["name"] == "Ann Berg")
    heard = []

    def listen():
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", "/api/v1/orgs/sample/events")
        answer = connection.getresponse()
        while len(heard) < 2:
            line = answer.fp.readline().decode()
            if line.startswith("data:"):
                heard.append(json.loads(line[5:]))
        connection.close()

    ear = threading.Thread(target=listen)
    ear.start()
    time.sleep(0.3)
    status, _ = server.api("POST", "sample/records/person", {"name": "Dario"})
    ear.join(timeout=10)
    check("who listens hears of a write", status == 201 and len(heard) == 2 and heard[1]["seq"] > heard[0]["seq"], heard)
    shown = json.loads(tiebeam("record", "person", "show", "dario", "--json", data=data))
    check("what the server wrote is there", shown["name"] == "Dario")


def imports_are_jobs(server, data):
    text = "item,at,state\n" + "".join(
        f"N-{i},2016-04-{1 + i % 20:02d}T08:00:00Z,New\nN-{i},2016-04-{2 + i % 20:02d}T09:00:00Z,Closed\n" for i in range(50))
    before = server.api("GET", "sample/figures/flow.items")[1]["value"]
    status, preview = server.job("sample/imports?preview=1&name=more.csv", text.encode())
    check("a preview says what would be new", status == 202 and preview["state"] == "done" and preview["result"]["new"] == 100, preview)
    check("a preview keeps nothing", server.api("GET", "sample/figures/flow.items")[1]["value"] == before)
    status, done = server.job(f"sample/imports/{preview['result']['upload']}/commit")
    check("the commit does what the preview said", done["state"] == "done" and done["result"]["new"] == 100, done)
    check("the figures move", server.api("GET", "sample/figures/flow.items")[1]["value"] == before + 50)
    answer, short = server.ask("GET", f"/api/v1/jobs/{done['id']}")
    check("a job is found by its id alone", answer.status == 200 and short == server.api("GET", f"sample/jobs/{done['id']}")[1], short)
    answer, none = server.ask("GET", "/api/v1/jobs/job_none")
    check("an id that no organisation has is told of", answer.status == 404 and none["code"] == "organisation.none_with_it", none)
    status, again = server.job("sample/imports?name=more.csv", text.encode())
    check("the same file again adds nothing", again["result"]["new"] == 0, again)
    status, _ = server.api("DELETE", f"sample/imports/{done['result']['import']}")
    check("an import goes as a whole", status == 204 and server.api("GET", "sample/figures/flow.items")[1]["value"] == before)
    status, bad = server.job("sample/imports?name=bad.csv", b"item,at,state\nX-1,soon,New\n")
    check("a bad file is refused with line and column", bad["state"] == "failed" and "line 2" in json.dumps(bad["problem"]), bad)
    check("an upload without a name is refused", server.job("sample/imports?name=", text.encode())[0] == 422)
    for path, headers, name in (("uploads", {}, "upload"), ("uploads?name=said.csv", {"Content-Disposition": "attachment; filename=other.csv"}, "said.csv"),
                                ("uploads", {"Content-Disposition": "attachment; filename*=UTF-8''%C3%A4%20b.csv"}, "ä b.csv")):
        status, held = server.api("POST", f"sample/{path}", text.encode(), {"Content-Type": "application/octet-stream", **headers})
        check(f"a file sent to {path} with {headers} is {name}", status == 201 and held["name"] == name, held)
        server.api("DELETE", f"sample/imports/{held['id']}")
    status, unnamed = server.job("sample/imports?preview=1", text.encode())
    check("a file without any name is read all the same", status == 202 and unnamed["state"] == "done", unnamed)
    upload = unnamed["result"]["upload"]
    check("a file that waits is dropped by its id alone", server.ask("DELETE", f"/api/v1/imports/{upload}", parse=False)[0].status == 204)
    answer, gone = server.ask("POST", f"/api/v1/imports/{upload}/commit")
    check("then there is nothing to commit", answer.status == 404, gone)
    status, job = server.ask("POST", "/api/v1/orgs/sample/imports?name=large.csv", large_log(), {"Content-Type": "application/octet-stream"})
    server.ask("DELETE", f"/api/v1/orgs/sample/jobs/{job['id']}", parse=False)
    while job["state"] in ("waiting", "running"):
        time.sleep(0.05)
        _, job = server.api("GET", f"sample/jobs/{job['id']}")
    check("a job that is cancelled says so", job["state"] == "cancelled", job["state"])
    check("a cancelled import keeps nothing", server.api("GET", "sample/figures/flow.items")[1]["value"] == before)
    left = [str(each) for each in Path(data, ".spool").glob("*/*/*")]
    check("nothing is left in the spool", not left, left)


def large_log():
    """About 20 MB of events: long enough to be cancelled on its way."""
    rows = (f"L-{i},2016-04-{1 + i % 28:02d}T08:00:00Z,New\nL-{i},2016-04-{1 + i % 28:02d}T09:00:00Z,Closed\n" for i in range(300_000))
    return ("item,at,state\n" + "".join(rows)).encode()


def foreign_pages_are_refused(server):
    _, document = server.ask("GET", "/api/v1/openapi.json")
    for path, verbs in document["paths"].items():
        for verb in verbs:
            if verb == "get":
                continue
            target = "/api/v1" + path.replace("{org}", "sample").replace("{type}", "person").replace("{id}", "x").replace("{seq}", "1")
            for what, headers in (("a foreign Origin", {"Origin": "http://evil.example"}), ("no Origin at all", {"Origin": "null"}),
                                  ("a foreign site", {"Sec-Fetch-Site": "cross-site"}), ("a sister site", {"Sec-Fetch-Site": "same-site"}),
                                  ("a form's body", {"Content-Type": "text/plain"}),
                                  ("a form's body", {"Content-Type": "application/x-www-form-urlencoded"}),
                                  ("a form's body", {"Content-Type": "multipart/form-data; boundary=x"})):
                answer, _ = server.ask(verb.upper(), target, b"{}", headers, parse=False)
                check(f"{verb} {path} with {what} is 403", answer.status == 403, answer.status)
    for host in ("evil.example", f"evil.example:{server.port}", "127.0.0.1:1"):
        answer, _ = server.ask("GET", "/api/v1/orgs", headers={"Host": host}, parse=False)
        check(f"the host {host} is 403", answer.status == 403, answer.status)


def every_answer_is_fenced(server):
    for method, path, status in (("GET", "/", 200), ("GET", "/o/sample/flow", 200), ("GET", "/theme.js", 200), ("GET", "/nothing.js", 404),
                                 ("GET", "/api/v1/orgs", 200), ("GET", "/api/v1/nothing", 404), ("PUT", "/api/v1/orgs", 405),
                                 ("GET", "/healthz", 200), ("GET", "/metrics", 200)):
        answer, _ = server.ask(method, path, parse=False)
        check(f"{method} {path} is {status}", answer.status == status, answer.status)
        for name, value in (("Content-Security-Policy", CSP), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
                            ("X-Frame-Options", "DENY"), ("Cross-Origin-Opener-Policy", "same-origin"),
                            ("Cross-Origin-Resource-Policy", "same-origin")):
            check(f"{path} says {name}", answer.getheader(name) == value, answer.getheader(name))
    answer, packed = server.ask("GET", "/", headers={"Accept-Encoding": "gzip"}, parse=False)
    _, raw = server.ask("GET", "/", parse=False)
    check("the page comes packed to who can unpack it", answer.getheader("Content-Encoding") == "gzip" and gzip.decompress(packed) == raw)
    answer, rest = server.ask("GET", "/", headers={"Accept-Encoding": "gzip", "If-None-Match": answer.getheader("ETag")}, parse=False)
    check("who has the page is told so", answer.status == 304 and not rest)


def kills_lose_nothing(data):
    """Writes with keys from several clients while the server is killed: all that was acknowledged is there, once."""
    rng, kept, lock = random.Random(20261122), [], threading.Lock()
    for round_number in range(12):
        server = Server(data)
        ending = threading.Event()

        def write(client):
            number = 0
            while not ending.is_set():
                name, key = f"p{round_number}x{client}x{number}", f"key-{round_number}-{client}-{number}"
                try:
                    status, _ = server.api("POST", "sample/records/person", {"name": name}, {"Idempotency-Key": key})
                except (OSError, http.client.HTTPException):
                    with lock:
                        kept.append((name, key, None))  # nobody knows: sent again below
                    return
                with lock:
                    kept.append((name, key, status))
                number += 1

        clients = [threading.Thread(target=write, args=(c,)) for c in range(3)]
        for client in clients:
            client.start()
        time.sleep(0.05 + rng.random() * 0.3)
        server.process.kill()
        server.process.wait()
        ending.set()
        for client in clients:
            client.join(timeout=20)
    server = Server(data)
    for name, key, status in kept:
        if status is None:
            again, _ = server.api("POST", "sample/records/person", {"name": name}, {"Idempotency-Key": key})
            check("what was sent again is kept", again == 201, again)
        else:
            check("a write is acknowledged", status == 201, status)
    people, offset = [], 0
    while True:
        _, page = server.api("GET", f"sample/records/person?limit=500&offset={offset}")
        people += [row["name"] for row in page["records"]]
        offset += 500
        if offset >= page["total"]:
            break
    for name, _, _ in kept:
        check(f"{name} is there once", people.count(name) == 1, people.count(name))
    check("the server ends when asked", server.stop() == 0)
    check("the journal holds", "verified" in tiebeam("journal", "verify", data=data))


def main():
    folder = tempfile.mkdtemp(prefix="tiebeam-server-")
    try:
        data = prepare(folder)
        server = Server(data)
        figures_agree(server, data)
        writes_meet(server, data)
        imports_are_jobs(server, data)
        foreign_pages_are_refused(server)
        every_answer_is_fenced(server)
        check("the server ends when asked", server.stop() == 0)
        kills_lose_nothing(data)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
