#!/usr/bin/env python3
"""The value of initiatives as a person asks for it: the sample file in words and as JSON, a forecast that slips and
what that costs, and what is said to files that cannot be meant.

usage: initiatives.py PATH_TO_TIEBEAM
"""
import copy
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SAMPLE = os.path.join(ROOT, "sample", "initiatives.json")
PROGRAM = os.path.abspath(sys.argv[1])
counts = {"passed": 0, "failed": 0}


def check(claim, holds, found=""):
    counts["passed" if holds else "failed"] += 1
    if not holds:
        print(f"FAILED: {claim}: {str(found)[:400]}")


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL)


def value(path, *more):
    done = run("investment", "value", path, "--json", *more)
    check(f"{os.path.basename(path)} {more} ends with 0", done.returncode == 0, done.stderr)
    return json.loads(done.stdout or "{}")


def by_id(answer):
    return {each["id"]: each for each in answer["initiatives"]}


def test_sample():
    first = run("investment", "value", SAMPLE, "--json")
    check("the same twice", run("investment", "value", SAMPLE, "--json").stdout == first.stdout)
    check("threads change nothing", run("investment", "value", SAMPLE, "--json", "--threads", "4").stdout == first.stdout)
    answer = json.loads(first.stdout)
    check("arrays of the contract", {"figures", "findings", "warnings", "initiatives"} <= answer.keys(), answer.keys())
    figures = {figure["key"]: figure for figure in answer["figures"]}
    for each in answer["initiatives"]:
        npv, name = each["npv"], each["id"]
        check(f"{name}: in order", npv["cvar5"] <= npv["p05"] <= npv["p50"] <= npv["p95"], npv)
        if npv["exact"] is not None:
            check(f"{name}: exact within 5 SE", abs(npv["exact"] - npv["mean"]) <= 5 * npv["se"], npv)
        else:
            check(f"{name}: why there is no exact mean", npv["exact_reason"], npv)
        check(f"{name}: digest of 128 bits", len(each["digest"]) == 32, each["digest"])
        p50 = figures[f"investment.{name}.npv.p50"]
        check(f"{name}: money is exact", p50["value"]["currency"] == "EUR" and "." in p50["value"]["amount"], p50)
        check(f"{name}: figure and array agree", abs(float(p50["value"]["amount"]) - npv["p50"]) <= 0.005, p50)
        check(f"{name}: a trail with seed and method", p50["trail"]["seed"] == 1 and os.path.exists(
            os.path.join(ROOT, p50["trail"]["method"])), p50["trail"])
    known = by_id(answer)
    check("mandatory work without benefit is a loss", known["data-protection"]["npv"]["p_loss"] == 1)
    check("and never pays back", known["data-protection"]["payback"] == {"p_within": 0, "p50_years": None})
    check("against doing nothing", known["mainframe-exit"]["do_nothing"]["npv"] < 0, known["mainframe-exit"]["do_nothing"])
    text = run("investment", "value", SAMPLE).stdout
    check("as text it fits 100 columns", max(map(len, text.splitlines())) <= 100, text)
    for words in ("loses money", "pays back", "month's delay", "matters most"):
        check(f"the text says {words}", words in text, text)


def test_neighbours(folder):
    sample = json.load(open(SAMPLE, encoding="utf-8"))
    whole = by_id(value(SAMPLE))
    path = os.path.join(folder, "fewer.json")
    fewer = copy.deepcopy(sample)
    fewer["initiatives"] = [fewer["initiatives"][i] for i in (3, 0)]
    json.dump(fewer, open(path, "w", encoding="utf-8"))
    for name, each in by_id(value(path)).items():
        check(f"{name} depends on no other", each == whole[name], each["digest"])
    few = value(path, "--trials", "100")
    check("100 trials say nothing of tails", few["initiatives"][0]["npv"]["p05"] is None
          and few["initiatives"][0]["npv"]["status"] == "too_few", few["initiatives"][0]["npv"])
    other = value(path, "--seed", "7")
    check("another seed, other draws", other["digest"] != value(path)["digest"])


def test_slip(folder):
    """One item a day is finished; 60 items take about as many days, 120 twice as long: a slip of two months."""
    events = os.path.join(folder, "events.csv")
    with open(events, "w", encoding="utf-8") as out:
        out.write("item,at,state\n")
        for i in range(400):
            month, day = 1 + i // 28, 1 + i % 28
            year, month = 2024 + (month - 1) // 12, 1 + (month - 1) % 12
            stamp = f"{year}-{month:02}-{day:02}"
            out.write(f"i{i},{stamp}T08:00:00Z,In Progress\ni{i},{stamp}T16:00:00Z,Done\n")
    sample = json.load(open(SAMPLE, encoding="utf-8"))
    sample["initiatives"] = sample["initiatives"][:1]
    del sample["initiatives"][0]["duration"]
    sample["initiatives"][0]["delivery"] = {"forecast": "forecast.json"}
    path = os.path.join(folder, "delivered.json")
    json.dump(sample, open(path, "w", encoding="utf-8"))
    found = []
    for items in ("60", "120"):
        forecast = run("flow", "forecast", events, "--items", items, "--json")
        check(f"forecast of {items}", forecast.returncode == 0, forecast.stderr)
        with open(os.path.join(folder, "forecast.json"), "w", encoding="utf-8") as out:
            out.write(forecast.stdout)
        found.append(value(path)["initiatives"][0])
    soon, late = found
    check("a slipped forecast lowers the value", late["npv"]["mean"] < soon["npv"]["mean"], (soon["npv"], late["npv"]))
    check("and the middle case", late["npv"]["p50"] < soon["npv"]["p50"], (soon["npv"], late["npv"]))
    weeks = (soon["npv"]["mean"] - late["npv"]["mean"]) / soon["delay_month"]["mean"]
    check("by about two months of delay", 1 < weeks < 3.5, weeks)
    os.remove(os.path.join(folder, "forecast.json"))
    gone = run("investment", "value", path)
    check("a forecast that is not there: exit 2", gone.returncode == 2 and "/delivery/forecast" in gone.stderr, gone.stderr)


def test_refusals(folder):
    path = os.path.join(folder, "bad.json")

    def refused(name, text, words):
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        done = run("investment", "value", path)
        check(f"{name}: exit 2", done.returncode == 2, (done.returncode, done.stderr))
        check(f"{name}: nothing printed", done.stdout == "", done.stdout)
        check(f"{name}: a next step", " hint: " in done.stderr, done.stderr)
        for word in words:
            check(f"{name}: says {word}", word in done.stderr, done.stderr)

    refused("not JSON", "{", ["bad.json"])
    refused("NaN", '{"discount_rate": NaN}', ["bad.json"])
    refused("nothing", "{}", ["/currency", "/discount_rate", "/horizon_years", "/initiatives"])
    sample = json.load(open(SAMPLE, encoding="utf-8"))
    sample["initiatives"][0]["p_success"] = 85
    sample["initiatives"][1]["one_off_costs"] = 1
    sample["initiatives"][2]["currency"] = "USD"
    refused("three faults", json.dumps(sample), ["/initiatives/0/p_success", "write 0.85", "/initiatives/1/one_off_costs",
                                                 "did you mean 'one_off_cost'", "/initiatives/2/currency", "dated rate"])
    done = run("investment", "value", SAMPLE, "--trials", "0")
    check("no trials: exit 2", done.returncode == 2 and "--trials" in done.stderr, done.stderr)
    done = run("investment", "value", "--data", SAMPLE + ".nowhere")
    check("no file and no organisation: exit 2 and a way on", done.returncode == 2 and "hint:" in done.stderr, done.stderr)


with tempfile.TemporaryDirectory() as scratch:
    test_sample()
    test_neighbours(scratch)
    test_slip(scratch)
    test_refusals(scratch)
print(f"{counts['passed']} passed, {counts['failed']} failed")
sys.exit(1 if counts["failed"] else 0)
