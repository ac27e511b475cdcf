#!/usr/bin/env python3
"""From an empty organisation to a curve against an appetite: starting points fitted to a size, written at once and
once only, taken back together; an appetite set by a named person; guesses scored; what is refused, with a way on.

usage: starters.py PATH_TO_TIEBEAM
"""
import json
import os
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

PROGRAM = os.path.abspath(sys.argv[1])
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
counts = {"passed": 0, "failed": 0}
data = ""


def check(claim, holds, found=""):
    counts["passed" if holds else "failed"] += 1
    if not holds:
        print(f"FAILED: {claim}: {str(found)[:500]}")


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments, "--data", data], capture_output=True, text=True, stdin=subprocess.DEVNULL)


def asked(*arguments):
    done = run(*arguments, "--json")
    check(f"{' '.join(arguments)} ends with 0", done.returncode == 0, done.stderr)
    return json.loads(done.stdout or "{}")


def refused(code, *arguments):
    done = run(*arguments)
    check(f"{' '.join(arguments)} is refused as {code} with a way on", done.returncode != 0 and code in done.stderr and "hint:" in done.stderr, done.stderr)


class Server:
    def __init__(self):
        self.process = subprocess.Popen([PROGRAM, "serve", "--data", data, "--listen", "127.0.0.1:0"], stderr=subprocess.PIPE, text=True)
        self.port = int(self.process.stderr.readline().split("127.0.0.1:")[1].split("/")[0])

    def ask(self, method, path, body=None, headers=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/api/v1{path}", method=method, headers={"Content-Type": "application/json", **(headers or {})},
                                         data=None if body is None else json.dumps(body).encode())
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as problem:
            return problem.code, json.loads(problem.read())

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)


def base_rates():
    done = subprocess.run([sys.executable, os.path.join(ROOT, "tools", "base_rates.py"), "--check"], capture_output=True, text=True)
    check("the measured numbers are those of the data in the repository", done.returncode == 0, done.stdout + done.stderr)


def library(server):
    status, answer = server.ask("GET", "/orgs/acme/risk/starters?people=900&revenue=200m&sector=manufacturing")
    check("the library answers an empty organisation", status == 200 and len(answer["starters"]) == 20, answer)
    check("nothing ticked is no curve", answer["together"] is None)
    labels = {part["evidence"] for one in answer["starters"] for part in one["how_often"]["parts"]}
    check("ranges say what they rest on", labels == {"measured", "published", "judgement"}, labels)
    check("each is explained in place", all(one["frequency"]["cell"]["recompute"].startswith("tiebeam risk starters") for one in answer["starters"]))
    check("sources have sample and limits", all(one["sample"] and one["limits"] and one["link"] for one in answer["sources"]))
    points = answer["appetite"]
    check("points are suggested from the revenue", [(point["years"], point["amount"]) for point in points] == [(10, 1e6), (50, 5e6)], points)
    status, small = server.ask("GET", "/orgs/acme/risk/starters?people=40&revenue=5m")
    pairs = list(zip(small["starters"], answer["starters"]))
    check("a smaller organisation loses less", all(float(a["mean"]["value"]["amount"]) < float(b["mean"]["value"]["amount"]) for a, b in pairs))
    for bad, field in (("people=0", "/people"), ("people=many", "/people"), ("revenue=-3", "/revenue"), ("sector=helth", "/sector")):
        status, problem = server.ask("GET", f"/orgs/acme/risk/starters?{bad}")
        check(f"{bad} is refused beside its question", status == 422 and problem["errors"][0]["pointer"] == field, problem)
    status, problem = server.ask("GET", "/orgs/acme/risk/starters?chosen=ransomwear")
    check("a starting point nobody knows has a near miss", status == 404 and "ransomware" in problem["detail"], problem)


def begin(server):
    chosen = ["ransomware", "payment-fraud", "key-person", "failed-change", "programme-overrun", "fine"]
    profile = "people=900&revenue=200m&sector=manufacturing"
    _, before = server.ask("GET", f"/orgs/acme/risk/starters?{profile}&chosen={','.join(chosen)}")
    body = {"id": chosen, "people": 900, "revenue": "200m", "sector": "manufacturing"}
    status, done = server.ask("POST", "/orgs/acme/risk/start", body)
    check("six are added at once", status == 200 and done["added"] == sorted(done["added"], key=[one["id"] for one in before["starters"]].index) and len(done["added"]) == 6, done)
    written = done["written"]
    status, again = server.ask("POST", "/orgs/acme/risk/start", body)
    check("a second time adds nothing", again["added"] == [] and len(again["held"]) == 6 and again["written"]["first_entry"] == 0, again)
    status, scenarios = server.ask("GET", "/orgs/acme/records/scenario")
    one = next(each for each in scenarios["records"] if each["id"] == "ransomware")
    check("it says its starting point and what its ranges rest on", one["starter"] == "ransomware" and "Cyber security breaches survey 2025" in one["basis"] and "our judgement" in one["basis"], one)
    shown = next(each for each in before["starters"] if each["id"] == "ransomware")
    check("its range is the one that was shown", one["frequency"]["p05"] == shown["frequency"]["interval"]["low"] and one["frequency"]["p95"] == shown["frequency"]["interval"]["high"], one["frequency"])
    status, controls = server.ask("GET", "/orgs/acme/records/control")
    check("usual controls come as proposals", controls["total"] > 6 and all(each["status"] == "proposed" for each in controls["records"]), controls["total"])
    _, exposure = server.ask("GET", "/orgs/acme/risk/exposure")
    after = {figure["key"]: figure["value"] for figure in exposure["figures"]}
    told = {figure["key"]: figure["value"] for figure in before["together"]["figures"]}
    check("the curve that was shown is the one that stands", all(told[f"risk.starters.together.{name}"] == after[f"risk.loss.{name}"] for name in ("mean", "p50", "p90", "p95", "p99")), (told, after))
    status, undone = server.ask("POST", f"/orgs/acme/journal/{written['first_entry']}/undo?to={written['last_entry']}", {})
    _, left = server.ask("GET", "/orgs/acme/records/scenario")
    _, left_controls = server.ask("GET", "/orgs/acme/records/control")
    check("one step takes all of it back", status == 200 and left["total"] == 0 and left_controls["total"] == 0, undone)
    status, third = server.ask("POST", "/orgs/acme/risk/start", body, {"Idempotency-Key": "a-click"})
    check("it can be added again", len(third["added"]) == 6, third)
    status, problem = server.ask("POST", f"/orgs/acme/journal/{third['written']['first_entry']}/undo?to={third['written']['last_entry'] + 5}", {})
    check("an end beyond the journal is refused", status in (400, 422), problem)
    status, problem = server.ask("POST", "/orgs/acme/risk/start", {"ids": ["fine"]})
    check("a member nobody knows is refused", status == 400 and problem["code"] == "json.unknown_field" and "known are id" in problem["hint"], problem)
    status, problem = server.ask("POST", "/orgs/acme/risk/start", {"id": []})
    check("nothing chosen is refused", status == 422 and problem["code"] == "risk.nothing_chosen", problem)
    return before


def keeps_changes(server):
    status, held = server.ask("GET", "/orgs/acme/records/scenario/fine")
    fields = {**held, "frequency": {"kind": "lognormal", "p05": 0.5, "p95": 0.9}}
    status, _ = server.ask("PUT", "/orgs/acme/records/scenario/fine", fields)
    check("a scenario is changed by people", status == 200, _)
    server.ask("POST", "/orgs/acme/risk/start", {"all": True})
    _, scenarios = server.ask("GET", "/orgs/acme/records/scenario?limit=100")
    check("the rest of the library comes beside it", scenarios["total"] == 20, scenarios["total"])
    fine = next(each for each in scenarios["records"] if each["id"] == "fine")
    check("what people changed stays", fine["frequency"]["p05"] == 0.5, fine["frequency"])


def agree(server):
    status, problem = server.ask("POST", "/orgs/acme/risk/agree", {"point": ["1m@10"]})
    check("an appetite of nobody is refused", status == 422 and problem["code"] == "risk.no_such_person", problem)
    status, problem = server.ask("POST", "/orgs/acme/risk/agree", {"point": ["1m@10", "500k@50"], "by_name": "Mira Aalto"})
    check("a rarer year that is cheaper is refused", status == 422 and problem["code"] == "appetite.not_in_order", problem)
    for bad in ("1m", "1m@0", "x@10", "-5@10", "1m@5000"):
        status, problem = server.ask("POST", "/orgs/acme/risk/agree", {"point": [bad], "by_name": "Mira Aalto"})
        check(f"{bad} is refused with an example", status == 422 and problem["code"] == "risk.bad_point" and "500k@10" in problem["hint"], problem)
    _, people = server.ask("GET", "/orgs/acme/records/person")
    check("what was refused left no person behind", people["total"] == 0, people["total"])
    status, done = server.ask("POST", "/orgs/acme/risk/agree", {"point": ["1m@10", "5m@50"], "by_name": "Mira Aalto", "role": "CFO"})
    check("two points are set by a named person", status == 200 and done["by"] == "mira-aalto" and len(done["appetite"]) == 2, done)
    status, done = server.ask("POST", "/orgs/acme/risk/agree", {"point": ["2m@10"], "by_name": "mira aalto"})
    _, points = server.ask("GET", "/orgs/acme/records/appetite?sort=loss")
    check("the same number of years is replaced, by the same person", points["total"] == 2 and points["records"][0]["loss"]["amount"] == "2000000.00"
          and points["records"][0]["set_by"] == "mira-aalto", points)


def against(server):
    _, exposure = server.ask("GET", "/orgs/acme/risk/exposure")
    check("the exposure stands against the appetite", exposure["status"] == "ok" and len(exposure["appetite"]) == 2
          and all(point["verdict"] in ("within", "breach", "undecided") for point in exposure["appetite"]), exposure.get("appetite"))


def guesses(server):
    _, first = server.ask("GET", "/orgs/acme/risk/questions?person=mira-aalto")
    ids = [one["id"] for one in first["questions"]]
    check("a round has ten questions and no answers", len(ids) == 10 and "answer" not in json.dumps(first) and "truth" not in json.dumps(first), first)
    with open(os.path.join(ROOT, "rooms", "risk", "starters", "questions.json"), encoding="utf-8") as file:
        truth = {one["id"]: one["answer"] for one in json.load(file)["questions"]}
    ranges = [f"{one} {truth[one] * 0.9:.12g} {truth[one] * 1.1:.12g}" for one in ids[:5]] + [f"{one} {truth[one] * 2:.12g} {truth[one] * 3:.12g}" for one in ids[5:]]
    status, result = server.ask("POST", "/orgs/acme/risk/calibrate", {"person": "mira-aalto", "range": ranges})
    check("five of ten are inside", status == 200 and result["hits"]["value"] == 5, result)
    check("by luck that is 1.6 in 1,000", abs(result["chance"]["value"] - 0.0016349374) < 1e-9, result["chance"])
    score = sum((0.2 if i < 5 else 1 + 20 * 1) * truth[one] / (100 if 1000 < truth[one] < 2100 and truth[one] == int(truth[one]) and "year" == unit_of(first, one) else truth[one]) for i, one in enumerate(ids)) / 10
    check("the interval score is width and misses", abs(result["score"]["value"] - score) < 1e-6 * score, (result["score"]["value"], score))
    check("the words say too narrow", "too narrow" in result["verdict"] and "ten balls" in result["advice"], result["verdict"])
    answer = asked("risk", "calibration")
    mira = answer["people"][0]
    check("one round is too few to say", mira["hits"]["status"] == "too_few" and "10 answers" in mira["hits"]["reason"], mira["hits"])
    _, second = server.ask("GET", "/orgs/acme/risk/questions?person=mira-aalto")
    check("the second round is new", not set(ids) & {one["id"] for one in second["questions"]}, second)
    ranges = [f"{one['id']} {truth[one['id']] * 0.5:.12g} {truth[one['id']] * 2:.12g}" for one in second["questions"]]
    server.ask("POST", "/orgs/acme/risk/calibrate", {"person": "mira-aalto", "range": ranges})
    mira = asked("risk", "calibration")["people"][0]
    check("after two it is told with its interval", mira["hits"]["value"] == 0.75 and mira["hits"]["interval"]["low"] < 0.6 < 0.9 > mira["hits"]["interval"]["high"] - 0.02, mira["hits"])
    server.ask("PUT", "/orgs/acme/records/scenario/fine", {**server.ask("GET", "/orgs/acme/records/scenario/fine")[1], "estimated_by": "mira-aalto"})
    _, fine = server.ask("GET", "/orgs/acme/risk/scenario?id=fine")
    check("it stands beside the scenario whose ranges they gave", fine["calibration"]["figure"]["key"] == "risk.calibration.hits[mira-aalto]" and fine["calibration"]["figure"]["value"] == 0.75, fine.get("calibration"))
    listed = run("risk", "calibration").stdout
    check("the command lists it by person", "Mira Aalto" in listed and "75 %" in listed, listed)
    figure = asked("figure", "risk.calibration.hits", "--explain")
    check("the figure of all reaches its rounds", figure["value"] == 0.75 and any("calibration_round/" in row["subject"] for row in figure["rows"]), figure)
    for bad, code in (("eiffel-height 400 200", "risk.bad_range"), ("eiffel-height a b", "risk.bad_range"), ("eiffel-height 1", "risk.bad_range"), ("eifel 1 2", "risk.no_such_question")):
        refused(code, "risk", "calibrate", "--person", "mira-aalto", "--range", bad)
    refused("risk.no_such_person", "risk", "calibrate", "--range", "eiffel-height 1 2")


def unit_of(round_, wanted):
    return next(one["unit"] for one in round_["questions"] if one["id"] == wanted)


def commands():
    text = run("risk", "starters", "--people", "900", "--revenue", "200m").stdout
    check("the list fits 120 columns", max(map(len, text.splitlines())) <= 120, text)
    refused("risk.no_such_starter", "risk", "start", "ransomwear")
    refused("risk.nothing_chosen", "risk", "start")
    refused("risk.bad_profile", "risk", "start", "fine", "--people", "0")
    done = run("risk", "start", "--all")
    check("all of it again changes nothing", done.returncode == 0 and "added: nothing" in done.stdout and "journal undo" not in done.stdout, done.stdout)
    check("the journal holds", run("journal", "verify").returncode == 0)


def main():
    global data
    base_rates()
    with tempfile.TemporaryDirectory() as folder:
        data = folder
        server = Server()
        try:
            status, _ = server.ask("POST", "/orgs", {"name": "Acme", "currency": "EUR", "zone": "UTC"})
            check("an empty organisation begins", status == 201, _)
            library(server)
            begin(server)
            keeps_changes(server)
            agree(server)
            against(server)
            guesses(server)
            commands()
        finally:
            server.stop()
    print(f"starters: {counts['passed']} claims hold, {counts['failed']} do not")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
