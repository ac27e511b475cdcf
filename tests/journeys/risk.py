#!/usr/bin/env python3
"""Risk registers as a person hands them in: the sample's answer as text and JSON, the same bytes twice, and what is said
to files and options that cannot be meant; the same on an organisation's records, from the first scenario to an appetite, out to
a file and back.

usage: risk.py PATH_TO_TIEBEAM
"""
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SAMPLE = os.path.join(ROOT, "sample", "risk-register.json")
PROGRAM = os.path.abspath(sys.argv[1])
MEASURES = ["ale", "ale_exact", "se", "sd", "p_zero", "p50", "p75", "p90", "p95", "p99", "p999", "tvar95", "tvar99"]
EXAMPLE = {  # docs/format/risk-register.md
    "currency": "EUR", "trials": 20000,
    "scenarios": [{"id": "ransomware",
                   "frequency": {"kind": "poisson", "rate": {"kind": "pert", "min": 0.05, "mode": 0.1, "max": 0.4}},
                   "primary_loss": {"kind": "lognormal", "p05": 100000, "p95": 1000000},
                   "secondary_probability": {"kind": "pert", "min": 0.1, "mode": 0.2, "max": 0.5},
                   "secondary_loss": {"kind": "lognormal", "p05": 20000, "p95": 2000000}, "goals": ["keep-customers"]}],
    "controls": [{"id": "immutable-backup", "cost_a_year": 40000,
                  "reduces": [{"scenario": "ransomware", "factor": "magnitude", "by": 0.6}]}],
    "appetite": [{"probability": 0.1, "loss": 1000000}, {"probability": 0.01, "loss": 5000000}]}
counts = {"passed": 0, "failed": 0}


def check(claim, holds, found=""):
    counts["passed" if holds else "failed"] += 1
    if not holds:
        print(f"FAILED: {claim}: {str(found)[:400]}")


def run(*arguments):
    return subprocess.run([PROGRAM, "risk", "simulate", *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL)


def ask(*arguments):
    done = run(*arguments, "--json")
    check(f"{' '.join(arguments)[-80:]} ends with 0", done.returncode == 0, done.stderr)
    return json.loads(done.stdout or "{}")


def write(folder, name, content):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as out:
        out.write(content if isinstance(content, str) else json.dumps(content))
    return path


def test_contract(folder):
    path = write(folder, "example.json", EXAMPLE)
    answer = ask(path)
    check("figures, findings, warnings", all(isinstance(answer[key], list) for key in ("figures", "findings", "warnings")))
    check("the file's trials", answer["trials"] == 20000 and answer["seed"] == 1, (answer["trials"], answer["seed"]))
    for column in (answer["scenarios"][0], answer["portfolio"]):
        check("every measure is there", all(key in column for key in MEASURES), sorted(column))
    one = answer["scenarios"][0]
    check("the mean beside its formula", abs(one["ale"] - one["ale_exact"]) < 5 * one["se"], one)
    check("what is too few is null and named", one["p999"] is None and "p999" in one["too_few"], one["too_few"])
    check("zero where quiet years cover it", one["p50"] == 0 and one["p75"] == 0, one)
    check("goals are handed through", one["goals"] == ["keep-customers"], one)
    curve = answer["portfolio"]["lec"]
    check("the curve falls, inside its interval", all(a["probability"] >= b["probability"] for a, b in zip(curve, curve[1:]))
          and all(p["low"] <= p["probability"] <= p["high"] for p in curve) and len(curve) >= 3, curve)
    check("verdicts in the order of the file", [(p["probability"], p["loss"]) for p in answer["appetite"]] ==
          [(0.1, 1000000), (0.01, 5000000)] and {p["verdict"] for p in answer["appetite"]} <= {"within", "breach", "undecided"})
    control = answer["controls"][0]
    check("a control's worth", control["id"] == "immutable-backup" and
          control["reduction"]["low"] < control["reduction"]["mean"] < control["reduction"]["high"] and
          abs(control["rosi"] - (control["reduction"]["mean"] - 40000) / 40000) < 1e-9 and 0 < control["p_worth"] < 1, control)
    check("60 % smaller losses leave 40 %", abs(control["residual"]["ale"] / one["ale"] - 0.4) < 1e-9, control["residual"])
    check("a digest of 128 bits", len(answer["digest"]) == 32 and int(answer["digest"], 16) >= 0, answer["digest"])
    figures = {figure["key"]: figure for figure in answer["figures"]}
    ale = figures["risk.portfolio.ale"]
    check("the mean is a figure with its trail", ale["value"]["currency"] == "EUR" and ale["trail"]["seed"] == 1 and
          ale["trail"]["inputs"][0]["sha256"] and ale["n"] == 20000, ale)
    check("too few says why", figures["risk.portfolio.p999"]["status"] == "too_few" and figures["risk.portfolio.p999"]["reason"])


def test_same_bytes(folder):
    path = write(folder, "example.json", EXAMPLE)
    first = run(path, "--json").stdout
    check("the same twice", run(path, "--json").stdout == first)
    check("the same with three threads", run(path, "--json", "--threads", "3").stdout == first)
    check("another seed, another answer", run(path, "--json", "--seed", "2").stdout != first)
    check("--trials goes before the file's", ask(path, "--trials", "3000")["trials"] == 3000)
    alone = write(folder, "no-trials.json", {key: value for key, value in EXAMPLE.items() if key != "trials"})
    check("100,000 unless said", ask(alone)["trials"] == 100000)
    more = json.loads(json.dumps(EXAMPLE))
    more["scenarios"].insert(0, {"id": "another", "frequency": {"kind": "fixed", "count": 1}, "primary_loss": 5})
    check("another scenario changes nothing of this one", ask(write(folder, "more.json", more))["scenarios"][1]["digest"] ==
          json.loads(first)["scenarios"][0]["digest"])


def test_sample():
    answer = ask(SAMPLE, "--contributions", "--threads", "2")
    check("no finding says that formula and years disagree",
          all(finding["rule"] != "risk.formula_disagrees" for finding in answer["findings"]), answer["findings"])
    check("a point is breached and said", any(f["rule"] == "risk.appetite_breached" for f in answer["findings"]), answer["findings"])
    shares = sum(scenario["tail_share"] for scenario in answer["scenarios"])
    check("contributions sum to 1", abs(shares - 1) < 1e-9, shares)
    best = answer["best_set"]
    check("the best set is within its budget", best["proven"] and best["cost_a_year"] <= best["budget"], best)
    each = {control["id"]: control for control in answer["controls"]}
    check("and worth more than any one of its controls",
          all(best["reduction"]["mean"] - best["cost_a_year"] >= control["reduction"]["mean"] - control["cost_a_year"] - 3000
              for control in each.values()), best)
    check("--budget goes before the file's", ask(SAMPLE, "--budget", "0")["best_set"]["controls"] == [])
    text = run(SAMPLE, "--contributions").stdout
    check("as text it fits 100 columns", max(map(len, text.splitlines())) <= 100, max(text.splitlines(), key=len))
    check("as text nothing is cut", "..." not in text, text)
    for words in ("Together they cost EUR", "1 year in 20", "How much, how often", "What is tolerated", "breach",
                  "What controls are worth", "the best set is"):
        check(f"as text it says '{words}'", words in text, text)


def test_refused(folder):
    scenario = {"id": "s", "frequency": {"kind": "poisson", "rate": 1}, "primary_loss": 5}

    def register(**change):
        return {"currency": "EUR", "scenarios": [{**scenario, **change}]}

    cases = [
        ("an empty file", "", []), ("no JSON", "scenarios: []", ["JSON"]), ("a list", "[]", ["object"]),
        ("no scenario", {"currency": "EUR", "scenarios": []}, ["/scenarios", "no scenario"]),
        ("an unknown field", register(los=5), ["/scenarios/0/los", "not known"]),
        ("a doubled id", {"currency": "EUR", "scenarios": [scenario, scenario]}, ["/scenarios/1/id", "two"]),
        ("a doubled key", '{"currency":"EUR","currency":"EUR","scenarios":[]}', ["currency", "twice"]),
        ("NaN", '{"currency":"EUR","trials":NaN,"scenarios":[]}', ["JSON"]),
        ("5 for 5 %", register(frequency={"kind": "bernoulli", "p": 5}), ["/scenarios/0/frequency/p", "0.05 for 5 %"]),
        ("a range upside down", register(primary_loss={"kind": "lognormal", "p05": 9, "p95": 3}), ["/scenarios/0/primary_loss"]),
        ("a negative loss", register(primary_loss=-5), ["/scenarios/0/primary_loss", "negative"]),
        ("a word for a number", register(frequency={"kind": "poisson", "rate": "often"}), ["/scenarios/0/frequency/rate"]),
        ("another currency", register(currency="USD"), ["/scenarios/0/currency", "one currency"]),
        ("appetite out of order", {**register(), "appetite": [{"probability": 0.1, "loss": 9}, {"probability": 0.2, "loss": 90}]},
         ["/appetite/1", "rarer"]),
    ]
    for name, content, words in cases:
        done = run(write(folder, "refused.json", content))
        check(f"{name}: exit 2", done.returncode == 2, (done.returncode, done.stdout, done.stderr))
        check(f"{name}: an error with its code and a next step on stderr",
              "error: " in done.stderr and "[" in done.stderr and " hint: " in done.stderr and not done.stdout, done.stderr)
        for word in words:
            check(f"{name}: says {word}", word in done.stderr, done.stderr)
    good = write(folder, "good.json", register())
    for arguments in (["--trials", "0"], ["--trials", "many"], ["--trials", "1e6"], ["--seed", "-1"], ["--threads", "0"],
                      ["--budget", "-5"], ["--budget", "nan"], ["--trials", "99999999999999"]):
        done = run(good, *arguments)
        check(f"{' '.join(arguments)}: exit 2 and what is expected",
              done.returncode == 2 and arguments[0] in done.stderr and " hint: " in done.stderr, (done.returncode, done.stderr))
    done = run(os.path.join(folder, "nowhere.json"))
    check("a file that is not there: exit 2", done.returncode == 2 and "nowhere.json" in done.stderr, done.stderr)
    check("no file and no organisation: exit 2", run("--data", os.path.join(folder, "nothing")).returncode == 2)


def test_text_of_others(folder):
    """Names come from files of others: they cannot write to the terminal."""
    odd = {"currency": "EUR", "scenarios": [{"id": "a\u001b[2Jb", "title": "x\u001b]0;y\u0007" * 40,
                                             "frequency": {"kind": "poisson", "rate": 1}, "primary_loss": 5}],
           "controls": [{"id": "c\u001b[1m", "reduces": [{"scenario": "a\u001b[2Jb", "factor": "magnitude", "by": 0.5}]}]}
    done = run(write(folder, "odd.json", odd))
    check("no escape reaches the terminal", done.returncode == 0 and "\u001b" not in done.stdout + done.stderr, done.stdout)
    check("long names fit", max(map(len, done.stdout.splitlines())) <= 100, done.stdout)
    rare = {"currency": "EUR", "scenarios": [{"id": "rare", "frequency": {"kind": "poisson", "rate": 1e-9}, "primary_loss": 1e6}]}
    done = run(write(folder, "rare.json", rare))
    check("a year never seen is said", "no event in 100,000 simulated years" in done.stdout, done.stdout)


def tiebeam(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL)


def organisation(folder, name):
    """One with nothing on record but a piece of work."""
    events = write(folder, "events.csv", "item,at,state\nA-1,2026-01-05T08:00:00Z,Active\nA-1,2026-01-06T08:00:00Z,Done\n")
    data = os.path.join(folder, name)
    done = tiebeam("import", events, "--data", data, "--org", "acme")
    check("an organisation begins", done.returncode == 0, done.stderr)

    def act(*words):
        done = tiebeam(*words, "--data", data)
        check(f"{' '.join(words)[:90]} ends with 0", done.returncode == 0, done.stderr)
        return done.stdout

    return data, act, lambda *words: json.loads(act(*words, "--json") or "{}")


def test_records(folder):
    data, act, ask_records = organisation(folder, "acme")
    check("nothing on record: the first step is said", "Write the first one" in act("risk", "exposure"))
    check("and its figures say why there are none", "no scenario is written down" in act("figure", "risk.loss.p90", "--explain"))
    done = tiebeam("risk", "simulate", "--data", data)
    check("nothing to simulate: exit 2 with a next step", done.returncode == 2 and " hint: " in done.stderr, done.stderr)
    act("record", "person", "add", "name=Ada")
    act("record", "service", "add", "name=Orders", "disruption_cost_a_day=20000..90000")
    act("record", "priority", "add", "name=Keep customers")
    act("record", "scenario", "add", "name=Ransomware", "frequency=0.05..0.6", "primary_loss=100000..2000000", "asset=orders",
        "goals=keep-customers", "owner=ada", "review_on=2027-03-01", "estimated_on=2025-12-01")
    act("record", "scenario", "add", "name=Vendor fails", "frequency=pert min=0.1 mode=0.2 max=0.8", "primary_loss=50000..400000",
        "asset=orders", "treatment=accept")
    act("record", "scenario", "add", "name=Half a thought")
    act("record", "control", "add", "name=Backup", "status=in_place", "cost_a_year=30000..60000")
    act("record", "reduction", "add", "name=Backup on ransomware", "control=backup", "scenario=ransomware", "factor=magnitude", "by=0.3..0.5..0.7")
    act("record", "control", "add", "name=Second factor", "cost_a_year=20000")
    act("record", "reduction", "add", "name=Second factor on ransomware", "control=second-factor", "scenario=ransomware", "by=0.5")
    act("record", "appetite", "add", "name=A bad year", "probability=10%", "loss=100000 EUR", "set_by=ada")
    found = ask_records("risk", "exposure")
    figures = {figure["key"]: figure for figure in found["figures"]}
    check("what is unfinished is left out and said", [one["id"] for one in found["unfinished"]] == ["half-a-thought"] and
          figures["risk.scenarios.unfinished"]["value"] == 1, found["unfinished"])
    check("the dearest scenario first", [row["id"] for row in found["scenarios"]] == ["ransomware", "vendor-fails"])
    check("today, and without any control", [curve["id"] for curve in found["curves"]] == ["today", "bare"])
    check("a chance, an amount, a control and its price in one sentence", "cuts that to" in ask_records("risk", "scenario", "ransomware")["sentence"])
    check("a day without the service is told", found["by_service"][0]["disruption_a_day"]["interval"] is not None, found["by_service"])
    rules = {(one["rule"], one["subject"]["id"]) for one in found["findings"]}
    check("what nobody looks after is noticed", {("risk.appetite_breached", "a-bad-year"), ("risk.unfinished", "half-a-thought"),
          ("risk.accepted_by_nobody", "vendor-fails"), ("risk.no_owner", "vendor-fails"), ("risk.control_untested", "backup")} <= rules, rules)
    switched = ask_records("risk", "exposure", "--controls", "backup,second-factor", "--budget", "25000")
    chosen = {figure["key"]: figure for figure in switched["chosen"]["figures"]}
    less = float(figures["risk.loss.mean"]["value"]["amount"]) - float(chosen["risk.chosen.mean"]["value"]["amount"])
    check("a switched control takes off what it is said to avoid",
          abs(less - float(chosen["risk.chosen.avoided"]["value"]["amount"])) < 0.02, (less, chosen["risk.chosen.avoided"]))
    check("the best to add within a budget", switched["best"]["controls"] == ["second-factor"], switched["best"])
    check("a name that nobody has: a near miss", "did you mean 'backup'" in tiebeam("risk", "exposure", "--controls", "bakup", "--data", data).stderr)
    by_key = {row["key"]: row["value"] for row in ask_records("figures", "risk.loss")["figures"]}
    check("the same figures wherever they are asked for", all(figures[key]["value"] == value for key, value in by_key.items()), by_key)
    file_round_trip(folder, data, act, ask_records)


def test_not_meant(folder):
    """What cannot be meant is refused where it is written, and an import never writes what simulate refuses."""
    data, act, ask_records = organisation(folder, "careful")
    act("record", "scenario", "add", "name=Flood", "frequency=0.2", "primary_loss=1000..9000")
    act("record", "control", "add", "name=Dam", "cost_a_year=500")
    act("record", "appetite", "add", "name=Bad year", "probability=10%", "loss=2000 EUR")
    before = act("journal", "log", "--json")
    for words, field in ((["scenario", "set", "flood", "frequency=-2"], "frequency"), (["scenario", "set", "flood", "primary_loss=-5"], "primary_loss"),
                         (["scenario", "set", "flood", "law=bernoulli", "frequency=1.5"], "frequency"),
                         (["control", "set", "dam", "cost_a_year=-500"], "cost_a_year"),
                         (["reduction", "add", "name=x", "control=dam", "scenario=flood", "by=1.5"], "by"),
                         (["insurance_layer", "add", "name=x", "scenario=flood", "deductible=-1 EUR", "limit=5 EUR"], "deductible"),
                         (["appetite", "add", "name=x", "probability=0", "loss=9 EUR"], "probability"),
                         (["appetite", "add", "name=x", "probability=1%", "loss=-9 EUR"], "loss"),
                         (["appetite", "add", "name=x", "probability=1%", "loss=900 EUR"], "loss")):
        done = tiebeam("record", *words, "--data", data)
        check(f"{' '.join(words)}: exit 2, the field and a next step",
              done.returncode == 2 and field in done.stderr and " hint: " in done.stderr, (done.returncode, done.stderr))
    sound = {"id": "flood", "frequency": {"kind": "poisson", "rate": 1}, "primary_loss": 5000}
    for change in ({"frequency": {"kind": "poisson", "rate": -1}}, {"primary_loss": -5}, {"frequency": {"kind": "bernoulli", "p": 1.5}}):
        path = write(folder, "bad.json", {"currency": "EUR", "scenarios": [{**sound, **change}]})
        said = run(path).stderr.replace("bad.json: ", "")  # an import is told its text alone
        for more in ([], ["--dry-run"]):
            done = tiebeam("risk", "import", path, "--data", data, *more)
            check(f"import of {change} {more}: refused as simulate refuses it", done.returncode == 2 and done.stderr == said, (said, done.stderr))
    check("nothing of it was written", act("journal", "log", "--json") == before)
    for command in ("import", "simulate"):
        done = tiebeam("risk", command, folder, "--data", data)
        check(f"{command} of a folder: it is no file", done.returncode == 2 and "[file.unreadable]" in done.stderr, done.stderr)
    done = run(write(folder, "broken.json", '{"currency": "EUR",\n "scenarios": [1, 2,]}'))
    check("broken JSON: line and column", "line 2, column 21" in done.stderr, done.stderr)


def test_brought_to_the_file(folder):
    data, act, ask_records = organisation(folder, "brought")
    scenario = {"id": "flood", "frequency": {"kind": "poisson", "rate": 1}, "primary_loss": "5000..90000"}
    first = {"currency": "EUR", "scenarios": [{**scenario, "insurance": [{"deductible": 10000, "limit": 50000}]}],
             "controls": [{"id": "dam", "reduces": [{"scenario": "flood", "factor": "frequency", "by": 0.5}]}],
             "appetite": [{"probability": 0.0334, "loss": 100000}, {"probability": 0.0333, "loss": 200000}]}
    second = {"currency": "EUR", "scenarios": [scenario],
              "controls": [{"id": "dam", "reduces": [{"scenario": "flood", "factor": "magnitude", "by": 0.4}]}],
              "appetite": [{"probability": 0.0334, "loss": 100000}, {"probability": 0.0333, "loss": 900000}]}
    act("risk", "import", write(folder, "first.json", first))
    act("record", "person", "add", "name=Ada")
    for point in ask_records("record", "appetite", "list")["records"]:
        act("record", "appetite", "set", point["id"], "set_by=ada", "set_on=2026-05-20")
    path = write(folder, "second.json", second)
    said = act("risk", "import", path)
    check("what goes is said", "insurance layer" in said and "reduction" in said and "/appetite/1: ada" in said, said)
    check("the records come to what the file comes to", ask_records("risk", "simulate")["digest"] == ask(path)["digest"])
    by = {point["loss"]["amount"]: point.get("set_by") or "" for point in ask_records("record", "appetite", "list")["records"]}
    check("a name stands where it was given, not where the loss changed", by == {"100000.00": "ada", "900000.00": ""}, by)
    check("a second import changes nothing", ask_records("risk", "import", path)["written"]["first_entry"] == 0)


def file_round_trip(folder, data, act, ask_records):
    path = os.path.join(folder, "export.json")
    act("risk", "export", "-o", path)
    here, there = ask_records("risk", "simulate", "--budget", "25000"), ask(path, "--budget", "25000")
    for key in ("currency", "trials", "seed", "scenarios", "portfolio", "without_controls", "avoided", "appetite", "controls", "best_set", "digest"):
        check(f"{key} of the records is that of their file", here[key] == there[key], (here[key], there[key]))
    second, act_second, ask_second = organisation(folder, "other")
    refused = tiebeam("risk", "import", path, "--data", second)
    check("an unknown service is refused by its pointer", refused.returncode == 2 and "/asset" in refused.stderr, refused.stderr)
    check("a dry run writes nothing", "would be written" in act_second("risk", "import", path, "--drop-unknown", "--dry-run") and
          not ask_second("record", "scenario", "list")["records"])
    written = ask_second("risk", "import", path, "--drop-unknown")["written"]
    check("a second import changes nothing", ask_second("risk", "import", path, "--drop-unknown")["changed"] == 0)
    check("the same years there", ask_second("risk", "simulate")["digest"] == here["digest"])
    act_second("journal", "undo", str(written["first_entry"]), str(written["last_entry"]))
    check("and all of it is taken back at once", not ask_second("record", "scenario", "list")["records"] and
          not ask_second("record", "reduction", "list")["records"])


def main():
    with tempfile.TemporaryDirectory() as folder:
        test_contract(folder)
        test_same_bytes(folder)
        test_sample()
        test_refused(folder)
        test_text_of_others(folder)
        test_records(folder)
        test_not_meant(folder)
        test_brought_to_the_file(folder)
    print(f"{counts['passed']} passed, {counts['failed']} failed")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
