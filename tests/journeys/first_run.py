#!/usr/bin/env python3
"""A first run by HTTP: an empty directory, an own organisation, files that wait and are kept, answers that are
remembered, imports that are made once though the program is killed at any step, several organisations of which
none sees the other, and who wrote. tests/journeys/first_run.py build/release/tiebeam"""
import csv
import http.client
import io
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "hostile"))
import make  # noqa: E402

PROGRAM = str(Path(sys.argv[1]).resolve())
passed = failed = 0
timings = {}


def check(claim, holds, found=""):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print(f"does not hold: {claim}{f' (found {found!r})' if found != '' else ''}")


class Server:
    def __init__(self, data):
        self.data = data
        self.start()

    def start(self):
        self.process = subprocess.Popen([PROGRAM, "serve", "--data", self.data, "--listen", "127.0.0.1:0"],
                                        stderr=subprocess.PIPE, text=True)
        self.port = int(self.process.stderr.readline().split("127.0.0.1:")[1].split("/")[0])

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(timeout=20)

    def killed(self):
        """Ended without a word, and started again."""
        self.stop(signal.SIGKILL)
        self.start()

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        elif body is not None:
            headers.setdefault("Content-Type", "application/octet-stream")
        connection.request(method, "/api/v1" + path, body, headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        kind = answer.getheader("Content-Type") or ""
        return answer.status, json.loads(text) if "json" in kind and text else text.decode(), answer

    def job(self, method, path, body=None):
        """Asks for a job and waits for its end; the job, or the refusal."""
        status, job, _ = self.ask(method, path, body if body is not None else {})
        org = path.split("/")[2]
        while status == 202 and job["state"] in ("waiting", "running"):
            time.sleep(0.02)
            _, job, _ = self.ask("GET", f"/orgs/{org}/jobs/{job['id']}")
        return job


def history(count, prefix="N"):
    lines = ["item,at,state"]
    for i in range(count):
        lines += [f"{prefix}-{i},2026-{1 + i % 9:02d}-{1 + i % 20:02d}T08:00:00Z,New",
                  f"{prefix}-{i},2026-{1 + i % 9:02d}-{3 + i % 20:02d}T09:00:00Z,Closed"]
    return ("\n".join(lines) + "\n").encode()


def rows_of(server, org):
    _, state, _ = server.ask("GET", f"/orgs/{org}")
    return sum(source["rows"] for source in state["sources"]), len(state["sources"])


def begin(server):
    status, found, _ = server.ask("GET", "/orgs")
    check("an empty directory has no organisation, and doors", status == 200 and found["organisations"] == []
          and found["doors"]["sample"] is True and "demonstration" in found["doors"], found)
    status, made, answer = server.ask("POST", "/orgs", {"name": "Northmere Foods", "currency": "EUR", "zone": "Europe/Berlin"})
    check("an organisation begins with a name", status == 201 and made["id"] == "northmere-foods", made)
    check("its answer has an ETag and says where it is",
          answer.getheader("ETag") and answer.getheader("Location") == "/api/v1/orgs/northmere-foods")
    _, second, _ = server.ask("POST", "/orgs", {"name": "Northmere Foods"})
    check("a name that is taken gets an id of its own", second.get("id") == "northmere-foods-2", second)
    for body, pointer in (({}, "/name"), ({"name": "X", "zone": "Mars/Olympus"}, "/zone"),
                          ({"name": "X", "currency": "XXQ"}, "/currency"), ({"kind": "miracle"}, "/kind"),
                          ({"name": 3}, "/name")):
        status, problem, _ = server.ask("POST", "/orgs", body)
        check(f"{body} is refused beside its field", status == 422 and problem["errors"][0]["pointer"] == pointer
              and problem["hint"], problem)
    check("what was refused made nothing", len(server.ask("GET", "/orgs")[1]["organisations"]) == 2)
    begun = time.time()
    status, sample, _ = server.ask("POST", "/orgs", {"kind": "sample"})
    timings["the sample, from the door to its answer"] = time.time() - begun
    check("the real sample is in the program", status == 201 and sample["id"] == "sample", sample)
    _, figure, _ = server.ask("GET", "/orgs/sample/figures/flow.items")
    check("and is the one of the repository", figure["value"] == 9202, figure)
    status, problem, _ = server.ask("POST", "/orgs", {"kind": "sample"})
    check("it is made once", status == 409 and problem["code"] == "store.exists", problem)


def restore(server):
    backup = str(Path(server.data, "sample.backup"))
    subprocess.run([PROGRAM, "backup", backup, "--data", server.data, "--org", "sample"], check=True, capture_output=True)
    body = Path(backup).read_bytes()
    status, made, _ = server.ask("POST", "/orgs/restore?id=brought-back", body)
    check("a backup comes back under its id", status == 201 and made["id"] == "brought-back", made)
    check("with what it held", rows_of(server, "brought-back") == rows_of(server, "sample"))
    status, problem, _ = server.ask("POST", "/orgs/restore?id=sample", body)
    check("never over what is there", status == 409 and problem["code"] == "store.exists", problem)
    for bad, why in ((b"not a backup at all", "text"), (body[: len(body) // 2], "half of one"), (b"", "nothing")):
        status, problem, _ = server.ask("POST", "/orgs/restore?id=bad", bad)
        check(f"{why} is refused with a reason", status in (400, 422, 503) and problem["detail"], (status, problem))
    check("and leaves nothing behind", not list(Path(server.data).glob("bad*")), list(Path(server.data).glob("bad*")))
    Path(backup).unlink()


def wait_in_line(server, org):
    text = history(200) + b"N-x,someday,New\nN-y,=1+2,New\n"
    status, held, answer = server.ask("POST", f"/orgs/{org}/uploads?name=desk.csv", text)
    check("a file that is sent waits", status == 201 and held["name"] == "desk.csv" and held["bytes"] == len(text), held)
    at = f"/orgs/{org}/imports/{held['id']}"
    server.killed()
    _, listed, _ = server.ask("GET", f"/orgs/{org}/uploads")
    check("killed after it was sent: the file is there", [one["id"] for one in listed["uploads"]] == [held["id"]], listed)
    status, problem, _ = server.ask("GET", at + "/rejects.csv")
    check("rejects of a file nobody looked at are not there", status == 404 and problem["code"] == "import.not_looked_at")
    job = server.job("POST", at + "/preview", {})
    report = job["result"]
    check("a look at it says what would be new and what not",
          job["state"] == "done" and report["new"] == 400 and report["rejected"] == 2, job)
    check("and keeps nothing", rows_of(server, org) == (0, 0))
    status, text_of, answer = server.ask("GET", at + "/rejects.csv")
    rows = list(csv.reader(io.StringIO(text_of)))
    check("rejects come as CSV with a reason", status == 200 and rows[0][-1] == "reason" and len(rows) == 3
          and all(row[-1] for row in rows), rows)
    check("in which nothing is a formula", all(not cell or cell[0] not in "=+-@" for row in rows for cell in row), rows)
    job = server.job("POST", at + "/preview", {"states": {"New": "blocked"}, "parties": {"New": "vendor"}, "value_stream": "help-desk"})
    states = {one["state"]: (one["means"], one["party"]) for one in job["result"]["states"]}
    check("answers change what is read", states["New"] == ("blocked", "vendor") and job["result"]["value_stream"] == "help-desk", states)
    status, problem, _ = server.ask("POST", at + "/preview", {"states": {"New": "asleep"}, "what": 1})
    check("answers that are none are refused, each with its place",
          status == 422 and {e["pointer"] for e in problem["errors"]} == {"/states/New", "/what"}, problem)
    server.killed()
    _, again, _ = server.ask("GET", f"/orgs/{org}/uploads/{held['id']}")
    check("killed after the look: answers and what was found are there",
          again["answers"]["states"] == {"New": "blocked"} and again["report"]["new"] == 400, again)
    job = server.job("POST", at + "/commit")
    check("rows are left out only when it is said", job["state"] == "failed" and job["problem"]["code"] == "ingest.rejected", job)
    server.ask("POST", at + "/commit?skip_bad=1", {})
    server.killed()
    job = server.job("POST", at + "/commit")  # that it was said is kept
    check("the import is made as it was looked at", job["state"] == "done" and job["result"]["new"] == 400
          and job["result"]["rejected"] == 2
          and job["result"]["value_stream"] == "help-desk", job)
    made = job["result"]["import"]
    job = server.job("POST", at + "/commit?skip_bad=1")
    check("asked for again, the same import answers", job["state"] == "done" and job["result"]["import"] == made
          and job["result"]["was_made"], job)
    check("nothing doubled", rows_of(server, org) == (400, 1), rows_of(server, org))
    check("the file waits no longer", server.ask("GET", f"/orgs/{org}/uploads")[1]["uploads"] == [])
    _, stream, _ = server.ask("GET", f"/orgs/{org}/records/value_stream/help-desk")
    check("the meanings are those of the stream", '"New" = "blocked"' in stream["state_map"], stream.get("state_map"))


def remembered(server, org):
    text = "item,at,state\n" + "".join(f"R-{i},0{i % 5 + 1}/0{i % 6 + 1}/2026 08:00,New\n" for i in range(30))
    _, held, _ = server.ask("POST", f"/orgs/{org}/uploads?name=export.csv", text.encode())
    server.job("POST", f"/orgs/{org}/imports/{held['id']}/preview", {"date_order": "month-first", "value_stream": "remembered"})
    server.job("POST", f"/orgs/{org}/imports/{held['id']}/commit")
    _, held, _ = server.ask("POST", f"/orgs/{org}/uploads?name=export.csv", text.encode())
    job = server.job("POST", f"/orgs/{org}/imports/{held['id']}/preview", {})
    check("the next file of the source begins with the answers of the first and says so",
          job["result"]["answers"].get("date_order") == "month-first" and job["result"]["as_in"] == "export.csv"
          and job["result"]["new"] == 0, job["result"])
    check("dropped, it waits no longer", server.ask("DELETE", f"/orgs/{org}/imports/{held['id']}")[0] == 204
          and server.ask("GET", f"/orgs/{org}/uploads/{held['id']}")[0] == 404)


def refused(server, org):
    for name, text in (("nul.csv", b"item,at,state\nA,\0,x\n"), ("page.html", b"<html><body>sign in</body></html>"),
                       ("empty.csv", b""), ("short.csv.gz", b"\x1f\x8b\x08\x00"), ("words.csv", b"hello\nworld\n")):
        status, held, _ = server.ask("POST", f"/orgs/{org}/uploads?name={name}", text)
        if status != 201:
            check(f"{name} is refused at once with a reason", status == 422 and held["detail"] and held["hint"], held)
            continue
        job = server.job("POST", f"/orgs/{org}/imports/{held['id']}/preview", {})
        check(f"{name} is refused with a reason", job["state"] == "failed" and job["problem"]["detail"] and job["problem"]["hint"], job)
        _, again, _ = server.ask("GET", f"/orgs/{org}/uploads/{held['id']}")
        check(f"{name} keeps its reason", again["problem"]["code"] == job["problem"]["code"] and again["report"] is None)
        check(f"{name} cannot be imported all the same", server.job("POST", f"/orgs/{org}/imports/{held['id']}/commit")["state"] == "failed")
        server.ask("DELETE", f"/orgs/{org}/imports/{held['id']}")


def hostile(server, org):
    """Workbooks that hide a trap, as the page sends them: each is refused with its reason, and the server goes on."""
    for name, content, words in make.refused():
        status, held, _ = server.ask("POST", f"/orgs/{org}/uploads?name=trap.xlsx", content)
        problem = held
        if status == 201:
            job = server.job("POST", f"/orgs/{org}/imports/{held['id']}/preview", {})
            problem = job.get("problem") or {}
            server.ask("DELETE", f"/orgs/{org}/imports/{held['id']}")
            if job["state"] == "done":  # it can be read, but for rows that are shown with their reason
                rejects = job["result"]["rejects"]
                check(f"{name}: its rows are rejected with their reason", rejects and all(one["expected"] for one in rejects), job["result"])
                continue
        said = json.dumps(problem, ensure_ascii=False)
        check(f"{name}: refused with its reason", any(word in said for word in words) and problem.get("hint"), (words, problem))
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as file:
        peak = next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))
    check("no trap takes the server beyond 512 MB", peak < 512 * 1024, f"{peak // 1024} MB")


def killed_while_importing(server, rounds=6):
    """The program is ended at any moment of an import; asked for again, it is there once."""
    rng = random.Random(20261121)
    _, made, _ = server.ask("POST", "/orgs", {"name": "Killed"})
    org = made["id"]
    total = 0
    for i in range(rounds):
        text = history(4000, f"K{i}")
        _, held, _ = server.ask("POST", f"/orgs/{org}/uploads?name=part-{i}.csv", text)
        at = f"/orgs/{org}/imports/{held['id']}"
        if i % 2:
            server.ask("POST", at + "/preview", {"value_stream": "killed"})
            time.sleep(rng.uniform(0, 0.15))
            server.killed()
            check("killed in a preview: nothing is kept, the file waits",
                  rows_of(server, org)[0] == total and len(server.ask("GET", f"/orgs/{org}/uploads")[1]["uploads"]) == 1)
        server.job("POST", at + "/preview", {"value_stream": "killed"})
        server.ask("POST", at + "/commit", {})
        time.sleep(rng.uniform(0, 0.3))
        server.killed()
        for _ in range(2):  # the page asks again, and once more
            job = server.job("POST", at + "/commit")
            check("killed in an import: it is made when asked again", job["state"] == "done", job)
        total += 8000
        check("killed in an import: it is there once", rows_of(server, org) == (total, i + 1), rows_of(server, org))
    _, listed, _ = server.ask("GET", f"/orgs/{org}/uploads")
    check("no file is left waiting", listed["uploads"] == [], listed)
    done = subprocess.run([PROGRAM, "journal", "verify", "--data", server.data, "--org", org], capture_output=True, text=True, check=False)
    check("the journal holds", done.returncode == 0, done.stdout + done.stderr)


def who(server, org, other):
    status, _, _ = server.ask("POST", f"/orgs/{org}/records/person", {"name": "Dana Reyes"})
    server.ask("POST", f"/orgs/{other}/records/person", {"name": "Secret Person"})
    me = {"Tiebeam-Person": "dana-reyes"}
    status, team, _ = server.ask("POST", f"/orgs/{org}/records/person", {"name": "Ravi"}, me)
    check("a person of the organisation writes", status == 201, team)
    _, journal, _ = server.ask("GET", f"/orgs/{org}/journal?limit=1")
    entry = journal["entries"][0]
    check("the journal keeps who it was, not verified", entry["actor"] == "person/dana-reyes" and entry["identity_verified"] is False, entry)
    for id_ in ("nobody", "secret-person", "../x"):
        for method, path, body in (("POST", "records/person", {"name": "X"}), ("PUT", "records/person/ravi", {"name": "R"}),
                                   ("DELETE", "records/person/ravi", None), ("POST", "journal/1/undo", {}),
                                   ("DELETE", "imports/imp_000001", None)):
            status, problem, _ = server.ask(method, f"/orgs/{org}/{path}", body, {"Tiebeam-Person": id_})
            check(f"{method} {path} as {id_} is refused", status == 422 and problem["code"] == "person.no_such", (status, problem))
    status, _, _ = server.ask("PUT", f"/orgs/{org}/records/person/ravi", {"name": "Ravi Okafor"}, me)
    _, entries, _ = server.ask("GET", f"/orgs/{org}/records/person/ravi/history")
    check("and so does the history of a record", [e["actor"] for e in entries["entries"]] == ["person/dana-reyes"] * 2)
    done = subprocess.run([PROGRAM, "journal", "erase", "dana-reyes", "--data", server.data, "--org", org],
                          capture_output=True, text=True, check=False)
    time.sleep(0.05)
    _, entries, _ = server.ask("GET", f"/orgs/{org}/records/person/ravi/history")
    check("who is erased is erased as a writer, too", done.returncode == 0
          and {e["actor"] for e in entries["entries"]} == {"erased"}, (done.stderr, entries))


def nothing_of_the_other(server, mine, other):
    """Every GET route of the document, asked of one organisation with what the other has."""
    secret = "Zq7Wombat"
    server.ask("POST", f"/orgs/{other}/records/person", {"name": f"{secret} Person", "role": secret})
    text = history(40).replace(b"N-", secret.encode() + b"-")
    _, held, _ = server.ask("POST", f"/orgs/{other}/uploads?name={secret}.csv", text)
    job = server.job("POST", f"/orgs/{other}/imports/{held['id']}/preview", {})
    _, more, _ = server.ask("POST", f"/orgs/{other}/uploads?name={secret}-2.csv", text.replace(b"Wombat-", b"Wombat-2"))
    server.job("POST", f"/orgs/{other}/imports/{more['id']}/preview", {})
    done = server.job("POST", f"/orgs/{other}/imports/{held['id']}/commit")
    person = f"{secret.lower()}-person"
    ids = {"id": [person, more["id"], held["id"], job["id"], done["id"], done["result"]["import"], f"{secret}-1".lower()],
           "type": ["person", "work_item", "value_stream", "import"], "key": ["flow.items", "flow.cycle_time.p85"], "seq": ["1"]}
    document = server.ask("GET", "/openapi.json")[1]
    routes = [path for path, verbs in document["paths"].items() if "get" in verbs and "{org}" in path]
    asked = 0
    for path in routes:
        filled = [path.replace("{org}", mine)]
        for name, values in ids.items():
            filled = [one.replace("{" + name + "}", value) for one in filled for value in (values if "{" + name + "}" in one else [""])]
        queries = [""] + [f"?{p['name']}={secret}" for p in document["paths"][path]["get"]["parameters"] if p["in"] == "query"]
        if path.endswith("/events"):
            continue  # below
        for address in filled:
            for query in queries:
                status, body, _ = server.ask("GET", address + query)
                shown = body if isinstance(body, str) else json.dumps(body)
                found = secret in shown.replace(f"{secret}\"", "").replace(f"'{secret}'", "") if query else secret in shown
                if "error" not in shown and status < 400:
                    check(f"GET {address}{query} shows nothing of the other", not found, shown[:200])
                elif query == "" and person not in address and secret.lower() not in address:
                    check(f"GET {address} shows nothing of the other", secret not in shown, shown[:200])
                asked += 1
    check("many addresses were asked", asked > 100, asked)
    for kind, id_ in (("jobs", job["id"]), ("uploads", more["id"])):
        check(f"the other's {kind} are not here", server.ask("GET", f"/orgs/{mine}/{kind}/{id_}")[0] == 404)
    for method, path in (("POST", f"imports/{more['id']}/commit"), ("POST", f"imports/{more['id']}/preview"), ("DELETE", f"imports/{more['id']}"),
                         ("DELETE", f"jobs/{job['id']}")):
        status, _, _ = server.ask(method, f"/orgs/{mine}/{path}", {} if method == "POST" else None)
        check(f"{method} {path} reaches nothing of the other", status == 404, status)
    check("the other still has its file", server.ask("GET", f"/orgs/{other}/uploads/{more['id']}")[0] == 200)
    events_are_ones_own(server, mine, other, secret)


def events_are_ones_own(server, mine, other, secret):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=3)
    connection.request("GET", f"/api/v1/orgs/{mine}/events")
    answer = connection.getresponse()
    server.ask("POST", f"/orgs/{other}/records/person", {"name": f"{secret} again"})
    server.ask("POST", f"/orgs/{mine}/records/person", {"name": "Own"})
    lines = []
    try:
        while sum(line.startswith("data:") for line in lines) < 2:
            lines.append(answer.fp.readline().decode())
    except TimeoutError:
        pass
    connection.close()
    told = [json.loads(line[5:]) for line in lines if line.startswith("data:")]
    check("events are those of the own organisation", len(told) == 2 and told[1]["seq"] == told[0]["seq"] + 1, told)


def overview(server):
    begun = time.time()
    status, found, _ = server.ask("GET", "/overview")
    timings["overview, first asked"] = time.time() - begun
    begun = time.time()
    server.ask("GET", "/overview")
    timings["overview, asked again"] = time.time() - begun
    rows = found["organisations"]
    check("every organisation has a row, the worst first", status == 200
          and [(-r["errors"], -r["warnings"]) for r in rows] == sorted((-r["errors"], -r["warnings"]) for r in rows), rows)
    by_id = {row["id"]: row for row in rows}
    check("with what is worst, and how old its sources are", by_id["sample"]["worst"]["message"] and by_id["sample"]["newest_source"])


def demonstration(folder):
    server = Server(str(Path(folder, "shown")))
    try:
        status, made, _ = server.ask("POST", "/orgs", {"kind": "demonstration"})
        check("the demonstration is behind a door, and made up", status == 201 and made["fictional"] is True, made)
    finally:
        server.stop()


def main():
    folder = tempfile.mkdtemp(prefix="tiebeam-first-run-")
    server = Server(str(Path(folder, "data")))
    try:
        begin(server)
        restore(server)
        wait_in_line(server, "northmere-foods")
        remembered(server, "northmere-foods")
        refused(server, "northmere-foods")
        hostile(server, "northmere-foods")
        killed_while_importing(server)
        who(server, "northmere-foods", "northmere-foods-2")
        nothing_of_the_other(server, "northmere-foods-2", "northmere-foods")
        overview(server)
        demonstration(folder)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    for what, seconds in timings.items():
        print(f"{what}: {seconds * 1000:.0f} ms")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
