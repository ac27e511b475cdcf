#!/usr/bin/env python3
"""Delivery forecasts as a person asks for them: the backtest's gate on real series, both questions on one export,
and what is said to files and questions that cannot be answered.

usage: forecast.py PATH_TO_TIEBEAM
"""
import datetime
import gzip
import json
import os
import random
import shlex
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MERGES = os.path.join(ROOT, "sample", "throughput_merges.csv.gz")
PROGRAM = os.path.abspath(sys.argv[1])
# horizon: most CRPS against the bootstrap; the rest holds for all. docs/method/forecast.md
GATE = {4: 0.95, 8: 0.92, 13: 0.92}
HEADER = "series,merged_at_unix\n"
counts = {"passed": 0, "failed": 0}


def check(claim, holds, found=""):
    counts["passed" if holds else "failed"] += 1
    if not holds:
        print(f"FAILED: {claim}: {str(found)[:400]}")


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL)


def ask(*arguments):
    done = run(*arguments, "--json")
    check(f"{' '.join(arguments)[:90]} ends with 0", done.returncode == 0, done.stderr)
    return json.loads(done.stdout or "{}")


def test_gate(folder):
    first = run("flow", "backtest", MERGES, "--json")
    answer = json.loads(first.stdout)
    check("three horizons", [row["horizon"] for row in answer["horizons"]] == [4, 8, 13])
    for row in answer["horizons"]:
        weeks = row["horizon"]
        check(f"{weeks} weeks: 12 series take part", row["series"] == 12, row)
        check(f"{weeks} weeks: CRPS ratio", row["crps_ratio"] <= GATE[weeks], row["crps_ratio"])
        check(f"{weeks} weeks: 90 % interval", 0.87 <= row["coverage_90"] <= 0.94, row["coverage_90"])
        check(f"{weeks} weeks: P85 held", 0.82 <= row["held_p85"] <= 0.90, row["held_p85"])
        check(f"{weeks} weeks: every series is forecast better", all(e["crps_ratio"] < 1 for e in row["each"]), row["each"])
    check("the same twice", run("flow", "backtest", MERGES, "--json").stdout == first.stdout)
    with gzip.open(MERGES, "rt") as source:
        header, *rows = source.read().splitlines()
    random.Random(7).shuffle(rows)
    turned = os.path.join(folder, "turned.csv")
    with open(turned, "w", encoding="utf-8-sig") as out:  # other order of rows and columns, one more, other delimiter
        out.write("who;Merged_At_Unix;series\r\n" + "".join(f"x;{r.split(',')[1]};{r.split(',')[0]}\r\n" for r in rows))
    check("order of rows and columns changes nothing", run("flow", "backtest", turned, "--json").stdout == first.stdout)
    text = run("flow", "backtest", MERGES)
    check("as text it fits 100 columns", max(map(len, text.stdout.splitlines())) <= 100, text.stdout)


def test_bad_times(folder):
    cases = [
        ("no such column", "series,at\nx,1577836800\n", ["line 1", "merged_at_unix", "found", "expected"]),
        ("an empty file", "", ["series"]),
        ("only a header", HEADER, ["row"]),
        ("a word for a time", HEADER + "x,1577836800\nx,soon\n", ["line 3", "merged_at_unix", "found 'soon'", "expected"]),
        ("milliseconds", HEADER + "x,1577836800000\n", ["line 2", "milliseconds"]),
        ("a negative time", HEADER + "x,-5\n", ["line 2", "found '-5'"]),
        ("no name", HEADER + ",1577836800\n", ["line 2", "series", "expected"]),
        ("a short row", HEADER + "x\n", ["line 2", "found 1 fields"]),
        ("a quote that never closes", HEADER + '"x,1577836800\n', ["line 2", "quote"]),
        ("too little", HEADER + "x,1577836800\nx,1587836800\n", ["130"]),
        ("a NUL byte", HEADER + "x\0,1577836800\n", ["NUL"]),
    ]
    for name, text, words in cases:
        path = os.path.join(folder, "bad times.csv")
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        done = run("flow", "backtest", path)
        check(f"{name}: exit 2", done.returncode == 2, (done.returncode, done.stderr))
        check(f"{name}: names the file", "bad times.csv" in done.stderr, done.stderr)
        check(f"{name}: a next step", " hint: " in done.stderr, done.stderr)
        for word in words:
            check(f"{name}: says {word}", word in done.stderr, done.stderr)
    done = run("flow", "backtest", os.path.join(folder, "nowhere.csv"))
    check("a file that is not there: exit 2", done.returncode == 2 and "nowhere.csv" in done.stderr, done.stderr)
    check("no file: exit 2", run("flow", "backtest").returncode == 2)
    many = os.path.join(folder, "many.csv")
    with open(many, "w", encoding="utf-8") as out:
        out.write(HEADER + "x,soon\n" * 500)
    said = run("flow", "backtest", many).stderr
    check("many faults are counted, not all printed", "and 479 more" in said and len(said.splitlines()) < 30, said)


def export(folder, name, weeks, streams):
    """Events of some value streams; each week each finishes a number of items between low and high."""
    chance = random.Random(20240301)
    path = os.path.join(folder, name)
    start = datetime.datetime(2023, 1, 2, 9)
    with open(path, "w", encoding="utf-8") as out:
        out.write("item,at,state,value_stream\n")
        for stream, (low, high) in streams.items():
            for week in range(weeks):
                for i in range(chance.randint(low, high)):
                    at = start + datetime.timedelta(days=7 * week, hours=chance.randint(0, 100))
                    for state, hours in (("In progress", 0), ("Done", 30)):
                        out.write(f"{stream}-{week}-{i},{(at + datetime.timedelta(hours=hours)).isoformat()}Z,{state},{stream}\n")
            for i in range(5):
                out.write(f"{stream}-open-{i},{(start + datetime.timedelta(days=7 * weeks - 2)).isoformat()}Z,In progress,{stream}\n")
    return path


def test_questions(folder):
    path = export(folder, "all our work.csv", 120, {"payroll": (2, 9), "portal": (5, 20)})
    when = ask("flow", "forecast", path, "--items", "60", "--tz", "UTC")
    check("days rise with certainty", when["p50"] <= when["p85"] <= when["p95"], when)
    check("the card is calibrated", when["report_card"]["status"] == "calibrated", when["report_card"])
    check("at least 20 past forecasts", when["report_card"]["count"] >= 20)
    check("its own past is kept", when["report_card"]["held_p85"] >= 0.7, when["report_card"])
    check("both streams lend their work", when["open"] == 10 and when["history"]["count"] >= 115, when["history"]["count"])
    dates = [step["date"] for step in when["steps"]]
    chances = [step["p_done"] for step in when["steps"]]
    check("chances never fall", chances == sorted(chances))
    for name, sure in (("p50", 0.5), ("p85", 0.85), ("p95", 0.95)):
        at = dates.index(when[name])
        check(f"{name} is the first day with its chance", chances[at] >= sure and (at == 0 or chances[at - 1] < sure))
        many = ask("flow", "forecast", path, "--by", when[name])
        check(f"{name}: how many by that day is at least as much", many[name] >= 60, many[name])
    figures = {figure["key"]: figure for figure in when["figures"]}
    check("the answer is a figure with its trail", figures["flow.forecast[items=60].p85"]["trail"]["inputs"][0]["count"] > 0)
    check("the card's figures come along", figures["flow.forecast.card.held_p85"]["status"] == "ok")
    again = subprocess.run([PROGRAM, *shlex.split(when["recompute"])[1:], "--json"], capture_output=True, text=True)
    check("its own command gives the same bytes", again.stdout == run("flow", "forecast", path, "--items", "60", "--tz", "UTC", "--json").stdout)
    both = ask("flow", "forecast", path, "--items", "30", "--stream", "payroll", "--stream", "portal")
    alone = [ask("flow", "forecast", path, "--items", "30", "--stream", name)["p85"] for name in ("payroll", "portal")]
    check("both is not before the later of the two", both["p85"] >= max(alone), (both["p85"], alone))
    check("independence is said", any("independent" in warning for warning in both["warnings"]))
    check("each stream alone is told", [row["p85"] for row in both["streams"]] == alone)
    parts = ask("flow", "forecast", path, "--items", "10,40", "--stream", "payroll,portal")
    check("one number a stream", [row["items"] for row in parts["streams"]] == ["10", "40"])
    wide = ask("flow", "forecast", path, "--items", "40-80")
    check("a range is later at the far end", wide["p95"] >= ask("flow", "forecast", path, "--items", "57")["p95"])
    split = ask("flow", "forecast", path, "--items", "60", "--split", "0.5")
    check("what comes up takes time", split["p85"] > when["p85"] and abs(split["scope"]["mean"] - 90) < 1, split["scope"])
    far = ask("flow", "forecast", path, "--items", "50000")
    check("beyond reach it says so", far["status"] == "not_reached" and far["p85"] is None and far["reason"], far["reason"])
    text = run("flow", "forecast", path, "--items", "60").stdout
    check("as text: the three lines and the card", all(word in text for word in ("50", "85", "95", "How sure were we before")), text)
    check("as text it fits 100 columns", max(map(len, text.splitlines())) <= 100, text)


def test_past_stays(folder):
    """What came after the as-of changes nothing of what is said then."""
    path = export(folder, "long.csv", 90, {"desk": (3, 12)})
    then = "2024-04-10T12:00:00Z"
    with open(path, encoding="utf-8") as source:
        header, *rows = source.read().splitlines()
    cut = os.path.join(folder, "cut.csv")
    with open(cut, "w", encoding="utf-8") as out:
        out.write("\n".join([header] + [row for row in rows if row.split(",")[1] <= then]) + "\n")
    told = [ask("flow", "forecast", name, "--items", "40", "--as-of", then) for name in (path, cut)]
    for key in ("p50", "p85", "p95", "steps", "report_card", "history", "open"):
        check(f"as of then, {key} is what it was", told[0][key] == told[1][key], (told[0][key], told[1][key]))


def test_refusals(folder):
    short = export(folder, "short.csv", 5, {"desk": (3, 6)})
    told = ask("flow", "forecast", short, "--items", "10")
    check("too little history: refused with what is needed",
          told["status"] == "too_few" and "are needed" in told["reason"] and told["p85"] is None, told["reason"])
    with open(short, encoding="utf-8") as source:
        rows = [row for row in source if ",Done," not in row]
    never = os.path.join(folder, "never.csv")
    with open(never, "w", encoding="utf-8") as out:
        out.writelines(rows)
    told = ask("flow", "forecast", never, "--by", "2024-01-01")
    check("nothing finished: refused", told["status"] == "too_few" and "finished" in told["reason"], told["reason"])
    for words, code in [([], "no_question"), (["--items", "3", "--by", "2024-01-01"], "two_questions"),
                        (["--items", "x"], "bad_items"), (["--items", "0"], "bad_items"), (["--items", "9-3"], "bad_items"),
                        (["--by", "2020-01-01"], "bad_date"), (["--by", "soon"], "bad_date"),
                        (["--items", "3", "--split", "-1"], "bad_split"), (["--items", "3,4"], "items_count"),
                        (["--items", "3", "--stream", "dezk"], "no_such_stream")]:
        done = run("flow", "forecast", short, *words)
        check(f"{words}: exit 2 and a next step", done.returncode == 2 and code in done.stderr and " hint: " in done.stderr,
              (done.returncode, done.stderr))


def main():
    with tempfile.TemporaryDirectory() as folder:
        test_gate(folder)
        test_bad_times(folder)
        test_questions(folder)
        test_past_stays(folder)
        test_refusals(folder)
    print(f"{counts['passed']} passed, {counts['failed']} failed")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
