#!/usr/bin/env python3
"""The monthly review on the command line: promises and what became of them, decisions that wait, the pack for a meeting,
the digest as a mail file, minutes that are closed for good, and what is refused with a way on.

usage: review.py PATH_TO_TIEBEAM
"""
import email
import email.policy
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.abspath(sys.argv[1])
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


def add(kind, **fields):
    done = run("record", kind, "add", *[f"{name}={value}" for name, value in fields.items()])
    check(f"{kind} {fields.get('id')} is added", done.returncode == 0, done.stderr)


def figures(answer):
    return {figure["key"]: figure for figure in answer["figures"]}


def seed():
    sample = os.path.join(ROOT, "sample")
    done = run("import", os.path.join(sample, "incident_event_log_2016Q1.csv.gz"), "--state-map", os.path.join(sample, "state_map.toml"),
               "--tz", "UTC", "--name", "Northmere Foods")
    check("the sample is imported", done.returncode == 0, done.stderr)
    run("record", "organisation", "set", "self", "as_of=2016-05-01")
    add("person", id="dana", name="Dana Reyes", role="Chief operating officer", side="business")
    add("person", id="mira", name="Mira Aalto", role="CIO", side="it")
    add("priority", id="keep", name="Keep customers", statement="They stay", business_owner="dana", it_owner="mira")
    add("kpi", id="churn", name="Churn", unit="customers a year", direction="down", business_owner="dana")
    add("kpi_reading", id="r1", name="January", kpi="churn", on="2016-01-31", value=412)
    add("kpi_reading", id="r2", name="April", kpi="churn", on="2016-04-30", value=380)


def promises():
    for i in range(4):
        add("commitment", id=f"kept-{i}", name=f"Kept {i}", promise="x", owner="mira", to="dana", made_on="2016-02-01", due="2016-04-10",
            state="kept", closed_on="2016-04-09", confidence=0.9)
    add("commitment", id="early", name="Moved early", promise="x", owner="mira", to="dana", due="2016-04-10", state="renegotiated",
        told_on="2016-04-02", moved_to="2016-06-01", confidence=0.8)
    add("commitment", id="late", name="Moved late", promise="x", owner="dana", to="mira", due="2016-04-10", state="renegotiated", told_on="2016-04-10")
    add("commitment", id="silent", name="Nobody said a word", promise="x", owner="mira", to="dana", due="2016-04-20")
    add("commitment", id="vague", name="Some day", promise="x", owner="mira")
    answer = asked("governance", "saydo")
    known = figures(answer)
    kept = known["governance.saydo.kept"]
    check("four of seven were kept", abs(kept["value"] - 4 / 7) < 1e-12 and kept["n"] == 7, kept)
    check("with Wilson's interval", 0.2 < kept["interval"]["low"] < 4 / 7 < kept["interval"]["high"] < 0.9, kept)
    check("moved early is counted apart", abs(known["governance.saydo.told_early"]["value"] - 1 / 7) < 1e-12, known["governance.saydo.told_early"])
    check("one side alone is too few to say", known["governance.saydo.kept.business"]["status"] == "too_few", known["governance.saydo.kept.business"])
    check("calibration needs more", known["governance.saydo.brier"]["status"] == "too_few" and known["governance.saydo.brier"]["reason"], known["governance.saydo.brier"])
    fates = {promise["id"]: promise["fate"] for promise in answer["promises"]}
    check("each has its fate", fates["early"] == "told_early" and fates["late"] == "told_late" and fates["silent"] == "overdue" and fates["vague"] == "undated", fates)
    rules = {(finding["rule"], finding["subject"]["id"]) for finding in answer["findings"]}
    check("the silent one is found", ("governance.promise_overdue", "silent") in rules, rules)
    check("the vague one is found", ("governance.promise_undated", "vague") in rules, rules)
    check("the told ones are not", not any(subject in ("early", "late") for _, subject in rules), rules)
    before = figures(asked("governance", "saydo", "--as-of", "2016-04-05"))
    check("before their day nothing had fallen due", before["governance.saydo.due"]["value"] == 0, before["governance.saydo.due"])
    text = run("governance", "saydo").stdout
    check("as text it fits 100 columns", max(map(len, text.splitlines())) <= 100, text)
    explained = run("figure", "governance.saydo.kept", "--explain").stdout
    check("the trail reaches each promise", "commitment/silent" in explained and "commitment/kept-0" in explained, explained)


def decisions():
    add("decision", id="credit", name="Approve credit to 25k?", question="Q", decider="dana", raised_at="2016-04-20", needed_by="2016-04-25",
        cost_of_delay_a_week="52000 EUR", options="yes;no", priority="keep")
    add("decision", id="tool", name="Which tool?", question="Q", decider="dana", raised_at="2016-01-01", cost_of_delay_a_week="100 EUR")
    add("decision", id="nobody", name="Who decides this?", question="Q", raised_at="2016-04-01")
    add("decision", id="done", name="Done", question="Q", decider="dana", raised_at="2016-04-01", decided_at="2016-04-05", chosen="yes")
    answer = asked("governance", "latency")
    check("the dearest week waits first", [row["id"] for row in answer["waiting"]] == ["credit", "tool", "nobody"], answer["waiting"])
    first = answer["waiting"][0]
    check("its cost so far is exact", first["cost_so_far"] == {"amount": "81714.29", "currency": "EUR"} and first["age_days"] == 11, first)
    known = figures(answer)
    check("a week of all of it", known["governance.decisions.waiting.cost_a_week"]["value"] == {"amount": "52100.00", "currency": "EUR"}, known)
    check("four are too few for a quantile", known["governance.decisions.latency.p50"]["status"] == "too_few", known["governance.decisions.latency.p50"])
    rules = {(finding["rule"], finding["subject"]["id"]) for finding in answer["findings"]}
    check("late and without a decider are found", {("governance.decision_late", "credit"), ("governance.decision_no_decider", "nobody")} <= rules, rules)
    text = run("governance", "latency").stdout
    check("the text names what waits", "Approve credit" in text and max(map(len, text.splitlines())) <= 100, text)


def review():
    none = run("partnership", "review")
    check("without a partner the way on is said", none.returncode == 2 and "record engagement add" in none.stderr, none.stderr)
    add("engagement", id="dana", name="Review with Dana", partner="dana", owner="mira", since="2016-01-01", priorities="keep",
        figures="flow.cycle_time.km.p85;flow.rework.share;kpi/churn;governance.saydo.kept")
    eight = run("record", "engagement", "set", "dana", "figures=" + ";".join(f"flow.f{i}" for i in range(8)))
    check("an eighth figure is refused with what to do", eight.returncode == 2 and "record.too_many" in eight.stderr and "at most 7" in eight.stderr, eight.stderr)
    add("meeting", id="march", name="Review in March", engagement="dana", planned_on="2016-03-15", held_on="2016-03-15", good="Incidents end sooner",
        asks="A list of slow approvals;One number for the board")
    add("meeting", id="february", name="Review in February", engagement="dana", planned_on="2016-02-15")
    add("action", id="list", name="Send the list", what="list", meeting="march", due="2016-04-01", owner="mira")
    add("metric_vote", id="v1", name="v1", engagement="dana", figure="flow.cycle_time.km.p85", matters="yes", asked_on="2016-03-15")
    add("metric_vote", id="v2", name="v2", engagement="dana", figure="flow.rework.share", matters="no", asked_on="2016-03-15")
    add("metric_vote", id="v3", name="v3", engagement="dana", figure="orders lost", matters="yes", reported="no", asked_on="2016-03-15")
    closed = run("record", "meeting", "set", "march", "closed_at=2016-03-15T16:00:00Z")
    check("minutes are closed", closed.returncode == 0, closed.stderr)
    for words in (["set", "march", "good=Something else"], ["remove", "march"]):
        again = run("record", "meeting", *words)
        check(f"closed minutes refuse: {words[0]}", again.returncode == 2 and "record.sealed" in again.stderr and "hint:" in again.stderr, again.stderr)
    answer = asked("partnership", "review", "dana")
    check("since the last closed meeting", answer["since"] == "2016-03-16" and not answer["first"], answer["since"])
    chosen = {one["chosen"]: one for one in answer["chosen"]}
    check("four figures, now and then", len(chosen) == 4 and all(one["before"] for one in chosen.values()), chosen.keys())
    check("the figure is the one of that time", chosen["flow.cycle_time.km.p85"]["before"]["value"] ==
          asked("figure", "flow.cycle_time.km.p85", "--as-of", "2016-03-16")["value"], chosen["flow.cycle_time.km.p85"]["before"])
    check("a KPI stands for its newest reading", chosen["kpi/churn"]["figure"]["value"] == 380 and chosen["kpi/churn"]["before"]["value"] == 412 and
          chosen["kpi/churn"]["trend"] == "better", chosen["kpi/churn"])
    check("the votes are there", chosen["flow.cycle_time.km.p85"]["matters"] == "yes" and chosen["kpi/churn"]["matters"] is None, chosen["kpi/churn"]["matters"])
    relevance = answer["relevance"]
    check("relevance is 1 of 2", relevance["figure"]["value"] == 0.5 and relevance["valued_not_reported"] == ["orders lost"] and
          relevance["reported_not_valued"] == ["flow.rework.share"], relevance)
    check("one of two meetings was held", answer["rhythm"]["held"]["value"] == 0.5 and answer["rhythm"]["held"]["n"] == 2, answer["rhythm"]["held"])
    check("asks come back", answer["asks"] == ["A list of slow approvals", "One number for the board"], answer["asks"])
    check("kept and missed", [row["id"] for row in answer["promises"]["kept"]] == [f"kept-{i}" for i in range(4)] and
          {row["id"] for row in answer["promises"]["missed"]} == {"early", "late", "silent"}, answer["promises"])
    check("the silent promise is ugly", any(point["id"] == "silent" for point in answer["ugly"]), answer["ugly"])
    check("Dana's decisions wait, the dearest first", [row["id"] for row in answer["waiting"]] == ["credit", "tool"], answer["waiting"])
    check("the overdue action is found", any(finding["rule"] == "partnership.action_overdue" for finding in answer["findings"]), answer["findings"])
    text = run("partnership", "review").stdout
    check("one partner needs no name, and fits 100 columns", "Dana Reyes" in text and max(map(len, text.splitlines())) <= 100, text)
    near = run("partnership", "review", "dena")
    check("a near miss is named", near.returncode == 2 and "did you mean 'dana'" in near.stderr, near.stderr)


def pack_and_mail():
    page = os.path.join(data, "pack.html")
    done = run("partnership", "review", "dana", "--format", "html", "-o", page)
    check("the pack is written", done.returncode == 0, done.stderr)
    html = open(page, encoding="utf-8").read()
    check("it stands alone", "<script" not in html and "http" not in html.replace("http-equiv", "") and "@page{size:A4" in html, html[:200])
    run("record", "person", "set", "dana", "name=Dana <b>Reyes</b> é")
    check("what people wrote is text", "<b>Reyes" not in run("partnership", "review", "--format", "html").stdout, "markup")
    for words in (["partnership", "digest", "--format", "mail"], ["partnership", "review", "dana", "--format", "mail"]):
        raw = subprocess.run([PROGRAM, *words, "--data", data], capture_output=True).stdout
        message = email.message_from_bytes(raw, policy=email.policy.default)
        check(f"{words[1]}: a mail that a reader understands", message.get_content_type() == "multipart/alternative" and not message.defects, message.defects)
        check(f"{words[1]}: text and HTML", [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"], raw[:300])
        body = message.get_body(("plain",)).get_content()
        check(f"{words[1]}: decisions and promises are in it", "Approve credit" in body and "Nobody said a word" in body, body)
        check(f"{words[1]}: the same twice", subprocess.run([PROGRAM, *words, "--data", data], capture_output=True).stdout == raw)
        check(f"{words[1]}: lines end in CRLF and are short", all(len(line) <= 78 for line in raw.split(b"\r\n")) and b"\n" not in raw.replace(b"\r\n", b""), raw[:100])
    run("record", "organisation", "set", "self", "name=Evil\r\nBcc: all@example.org")
    raw = subprocess.run([PROGRAM, "partnership", "digest", "--format", "mail"] + ["--data", data], capture_output=True).stdout
    message = email.message_from_bytes(raw, policy=email.policy.default)
    check("a name cannot begin a header", message["Bcc"] is None and "Bcc" in message["Subject"], message.items())


def main():
    global data
    with tempfile.TemporaryDirectory() as folder:
        data = folder
        seed()
        promises()
        decisions()
        review()
        pack_and_mail()
    print(f"{counts['passed']} passed, {counts['failed']} failed")
    sys.exit(1 if counts["failed"] else 0)


main()
