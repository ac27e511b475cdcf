#!/usr/bin/env python3
"""The made-up company: it is there as a whole or not at all, the same every time, marked everywhere; its flaws are
found; and a change of one record changes what rests on it and nothing else.

usage: demonstration.py PATH_TO_TIEBEAM
"""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.abspath(sys.argv[1])
ORG = "northmere-foods"
counts = {"passed": 0, "failed": 0}


def check(claim, holds, found=""):
    counts["passed" if holds else "failed"] += 1
    if not holds:
        print(f"FAILED: {claim}: {str(found)[:600]}")


def run(data, *arguments):
    return subprocess.run([PROGRAM, *arguments, "--data", data], capture_output=True, text=True, stdin=subprocess.DEVNULL)


def ask(data, *arguments):
    return json.loads(run(data, *arguments, "--json").stdout)


def figures(data):
    """Each figure as it is told, without the trail's hash of salted things; by key."""
    return {one["key"]: one for one in ask(data, "figures")["figures"]}


def told(figure):
    return json.dumps({key: figure.get(key) for key in ("value", "interval", "n", "status", "reason")}, sort_keys=True)


def sentences(data):
    """What the brief says, and the figures that each sentence is made of."""
    out = {}
    for part in ask(data, "brief")["sentences"]:
        out[part["text"]] = set(part["figures"])
    return out


def findings(data):
    return {(f["rule"], f"{f['subject']['type']}/{f['subject']['id']}"): (f["message"], set(f["figures"]))
            for f in ask(data, "check")["findings"]}


def rests_on(figures_by_key, key, kind, seen=None):
    """Whether the trail of a figure reaches records of a type, through the figures it is made of."""
    seen = seen if seen is not None else set()
    if key in seen or key not in figures_by_key:
        return False
    seen.add(key)
    for one in figures_by_key[key]["trail"]["inputs"]:
        if one.get("records") == kind or ("figure" in one and rests_on(figures_by_key, one["figure"], kind, seen)):
            return True
    return False


def is_made(folder):
    first, second = os.path.join(folder, "one"), os.path.join(folder, "two")
    made = run(first, "demo")
    check("the company is made", made.returncode == 0 and ORG in made.stdout, made.stderr)
    run(second, "demo")
    check("it is the same company every time", {k: told(v) for k, v in figures(first).items()} == {k: told(v) for k, v in figures(second).items()})
    again = run(first, "demo")
    check("it is not made over the one that is there", again.returncode == 2 and "store.exists" in again.stderr, again.stderr)
    other = os.path.join(folder, "other")
    run(other, "demo", "--seed", "8")
    check("another seed lets its teams work differently", figures(other)["flow.items"]["value"] != figures(first)["flow.items"]["value"])
    return first


def is_marked(data):
    check("the text brief is marked", "(demonstration)" in run(data, "brief").stdout.splitlines()[0])
    html = run(data, "brief", "--format", "html").stdout
    check("the page to print is marked", "emonstration" in html)
    check("the organisation says that it is fictional", ask(data, "record", "organisation", "show", "self")["fictional"] is True)


def flaws_are_found(data):
    table = open(os.path.join(ROOT, "demo", "README.md"), encoding="utf-8").read()
    rows = re.findall(r"^\|[^|]+\| `([a-z_.]+)` \| ([a-z_]+)/([a-z0-9-]+) \|$", table, re.M)
    found = {(f["rule"], f["subject"]["type"], f["subject"]["id"]) for f in ask(data, "check")["findings"]}
    check("the list of flaws is read", len(rows) >= 5, rows)
    for row in rows:
        check(f"the flaw is found: {row}", row in found, sorted(found))


def signatures_and_benefits(data):
    """Not only flaws: one signature stands and one fell, and what was promised is compared with what came."""
    cases = {one["id"]: one for one in ask(data, "investment", "cases")["cases"]}
    check("the connector's signature stands", cases["edi-onboarding"]["signed"]["state"] == "valid", cases["edi-onboarding"]["signed"])
    check("that of the credit limits fell, and why is said", cases["credit-flow"]["signed"]["state"] == "void" and cases["credit-flow"]["signed"]["why"], cases["credit-flow"]["signed"])
    benefit = {one["effect"]: one for one in ask(data, "investment", "case", "edi-onboarding")["benefits"]}["edi-days"]
    check("the connector falls short of its promise", benefit["ratio"]["value"] < 0.6, benefit["ratio"])
    adoption = ask(data, "investment", "case", "direct-sales")["adoption"]
    check("the portal's groups say how many they have", len(adoption["groups"]) == 2 and adoption["share"]["value"] is not None, adoption)
    exposure = ask(data, "risk", "exposure")
    said = {one["id"]: one["verdict"] for one in exposure["appetite"]}
    check("one point of the appetite is breached, the other holds", said == {"one-in-ten": "breach", "one-in-hundred": "within"}, said)
    check("what is not finished is left out and said", [one["id"] for one in exposure["unfinished"]] == ["recipes-out"], exposure["unfinished"])
    tools = {one["id"]: one for one in ask(data, "risk", "ai")["blocked"]}
    check("one blocked tool says what to use instead", tools["public-chat"]["alternative"]["id"] == "house-assistant" and tools["cv-screener"]["alternative"] is None, tools)


def is_whole_or_not_there(folder):
    """Killed at any moment, the making leaves nothing that a server would show."""
    half = 0
    for i in range(12):
        data = os.path.join(folder, f"killed{i}")
        maker = subprocess.Popen([PROGRAM, "demo", "--data", data], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.02 + 0.03 * i)
        maker.send_signal(signal.SIGKILL)
        maker.wait()
        there = os.path.exists(os.path.join(data, f"{ORG}.tiebeam"))
        if there:
            half += figures(data)["flow.items"]["status"] != "ok"
            continue
        again = run(data, "demo")
        half += again.returncode != 0 or figures(data)["flow.items"]["status"] != "ok"
    check("killed while it is made, it is whole or not there, and can be made again", half == 0, half)


def change_reaches_what_rests_on_it(data):
    """Each change: some figures must move, and none may that does not rest on that type of record."""
    cases = [
        ("initiative", ["initiative", "set", "edi-onboarding", "priority=keep-customers"], []),
        ("initiative", ["initiative", "set", "credit-flow", "priority="], ["flow.purpose.share"]),
        ("value_stream", ["value_stream", "set", "service-desk", "expectation_days=1"], ["flow.expectation.share"]),
        ("kpi", ["kpi", "set", "churn", "target=9"], []),
        ("commitment", ["commitment", "set", "ten-chains", "state=kept", "closed_on=2026-11-16"], ["governance.saydo.open"]),
        ("decision", ["decision", "set", "credit-25k", "decided_at=2026-11-16", "chosen=Pass up to EUR 25,000"],
         ["governance.decisions.waiting", "governance.decisions.waiting.cost_a_week"]),
        ("person", ["person", "set", "e-byrne", "support=4"], []),
        ("control", ["control", "set", "second-line", "status=in_place"], ["risk.loss.mean"]),
        ("ai_tool", ["ai_tool", "set", "price-coach", "decision=approved", "approved_on=2026-11-16"], ["risk.ai.unapproved"]),
    ]
    for kind, command, moved in cases:
        before, brief, noticed = figures(data), sentences(data), findings(data)
        done = run(data, "record", *command)
        check(f"{' '.join(command)} is written", done.returncode == 0, done.stderr)
        after = figures(data)
        changed = [key for key in before if told(before[key]) != told(after[key])]
        check(f"{' '.join(command)} moves what it should", all(key in changed for key in moved), changed)
        strangers = [key for key in changed if not rests_on(after, key, kind)]
        check(f"{' '.join(command)} moves nothing that does not rest on it", not strangers, strangers)
        said = sentences(data)
        for text, keys in brief.items():
            if text not in said:  # it went, or says something else now: one of its figures moved
                check(f"{' '.join(command)}: a sentence changes with its figures only", keys & set(changed), text)
        record = f"{command[0]}/{command[2]}"
        for (rule, subject), (message, keys) in findings(data).items():
            if noticed.get((rule, subject), ("", set()))[0] != message:
                check(f"{' '.join(command)}: a finding changes with its record or its figures only",
                      subject == record or keys & set(changed), f"{rule} {subject} {message}")


with tempfile.TemporaryDirectory() as place:
    company = is_made(place)
    is_marked(company)
    flaws_are_found(company)
    signatures_and_benefits(company)
    change_reaches_what_rests_on_it(company)
    is_whole_or_not_there(place)
print(f"demonstration: {counts['passed']} passed, {counts['failed']} failed")
sys.exit(1 if counts["failed"] else 0)
