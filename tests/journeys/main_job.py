#!/usr/bin/env python3
"""The main job as a user does it: import the real sample, read the brief, follow figures to their rows.

Every recomputation here is independent of the program: it reads the lines that a trail names from
the source file and applies the formula that the trail states.

usage: main_job.py PATH_TO_TIEBEAM
"""
import csv
import datetime
import gzip
import itertools
import json
import math
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SAMPLE = os.path.join(ROOT, "sample", "incident_event_log_2016Q1.csv.gz")
STATE_MAP = os.path.join(ROOT, "sample", "state_map.toml")
PROGRAM = os.path.abspath(sys.argv[1])
AS_OF = "2016-05-01"
counts = {"passed": 0, "failed": 0}


def check(claim, holds, found=""):
    counts["passed" if holds else "failed"] += 1
    if not holds:
        print(f"FAILED: {claim}: {found}")


def tiebeam(*arguments, data=None, expect=0):
    command = [PROGRAM, *arguments] + (["--data", data] if data else [])
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if expect is not None and done.returncode != expect:
        check(f"{' '.join(arguments)} ends with {expect}", False, f"{done.returncode} {done.stderr}")
    return done


def ask(*arguments, data=None):
    return json.loads(tiebeam(*arguments, "--json", data=data).stdout)


def close(a, b, tolerance=1e-9):
    return a is not None and b is not None and abs(a - b) <= tolerance * max(1.0, abs(a), abs(b))


# --- the source, read without the program -----------------------------------------------------------

def read_lines():
    with gzip.open(SAMPLE, "rt", encoding="utf-8") as source:
        header, *rows = list(csv.reader(source))
    return [None, None] + [dict(zip(header, row)) for row in rows]  # index = line number


def instant(text):
    return datetime.datetime.strptime(text, "%d/%m/%Y %H:%M")


def days_between(first, last):
    return (instant(last) - instant(first)) / datetime.timedelta(days=1)


# --- formulas, as the trails state them ---------------------------------------------------------------

def inverse_ecdf(values, p):
    values = sorted(values)
    return values[max(0, math.ceil(p * len(values) - 1e-9) - 1)]


def survival_quantile(spells, p):
    """Aalen-Johansen with delayed entry; without cancellations it is Kaplan-Meier."""
    times = sorted({exit_ for _, exit_, event in spells if event != "open"})
    entries = sorted(entry for entry, _, _ in spells)
    exits = sorted(exit_ for _, exit_, _ in spells)
    done, over = {}, {}
    for _, exit_, event in spells:
        if event != "open":
            over[exit_] = over.get(exit_, 0) + 1
        if event == "done":
            done[exit_] = done.get(exit_, 0) + 1
    import bisect
    survival, finished = 1.0, 0.0
    for time in times:
        at_risk = bisect.bisect_left(entries, time) - bisect.bisect_left(exits, time)
        # an entry at 0 is at risk from the start
        at_risk = sum(1 for entry, exit_, _ in spells if (entry < time or entry == 0 == time) and exit_ >= time) \
            if time == 0 else at_risk
        finished += survival * done.get(time, 0) / at_risk
        survival *= 1 - over.get(time, 0) / at_risk
        if 1 - finished <= 1 - p + 1e-12:
            return time
    return None


def negative_binomial(mean, variance, most):
    size, p = mean * mean / (variance - mean), mean / variance
    chance = [math.exp(size * math.log(p))]
    for k in range(1, most):
        chance.append(chance[-1] * (k + size - 1) / k * (1 - p))
    return chance


def forecast_of(weeks, ahead, most):
    """P(S <= k) of the sum over the next weeks, docs/method/forecast.md; here without past errors."""
    if len(weeks) - ahead >= 12:
        raise ValueError("past errors are not part of this recomputation")
    chance = [0.0] * most
    for half_life in (2, 26):
        weights = [2 ** (-age / half_life) for age in range(len(weeks))]
        total = sum(weights)
        mean = sum(w * x for w, x in zip(weights, reversed(weeks))) / total
        variance = max(mean, sum(w * (x - mean) ** 2 for w, x in zip(weights, reversed(weeks))) / total)
        doubt = sum(w * w for w in weights) / total ** 2
        counts = negative_binomial(ahead * mean, ahead * variance + ahead ** 2 * variance * doubt, most)
        chance = [a + b / 2 for a, b in zip(chance, counts)]
    return list(itertools.accumulate(chance))


FORECAST = re.compile(r"forecast at ([0-9.]+) of (?:how many are finished in (\d+) weeks|the days until (\d+) items)")


def forecast(match, rows):
    first = int(re.search(r" first=(-\d+)", rows[0]["what"]).group(1))
    weeks = [0] * -first
    for row in rows:
        weeks[int(re.search(r" week=(-\d+)", row["what"]).group(1))] += 1
    sure, ahead, items = float(match.group(1)), match.group(2), match.group(3)
    if items:
        done = 0.0
        for week in range(1, 27):
            done = max(done, 1 - forecast_of(weeks, week, int(items))[-1])
            if done >= sure - 1e-12:
                return 7 * week
        return None
    most = 0
    for week in range(1, int(ahead) + 1):
        up_to = forecast_of(weeks, week, 10 * week * max(weeks) + 100)
        most = max(most, next(k for k, share in enumerate(up_to) if share >= 1 - sure - 1e-12))
    return most


QUANTILE = re.compile(r"inverse ECDF at ([0-9.]+)")
SURVIVAL = re.compile(r"survival quantile at ([0-9.]+)")


def recompute(formula, rows):
    """The figure from its evidence alone, by what its formula says."""
    values = [row["value"] for row in rows if row["value"] is not None]
    if match := SURVIVAL.search(formula):
        pattern = re.compile(r"entry_days=(\S+) exit_days=(\S+) event=(\w+)")
        spells = []
        for row in rows:
            entry, exit_, event = pattern.search(row["what"]).groups()
            spells.append((float(entry), float(exit_), event))
        return survival_quantile(spells, float(match.group(1)))
    if match := FORECAST.match(formula):
        return forecast(match, rows)
    if match := QUANTILE.search(formula):
        return inverse_ecdf(values, float(match.group(1)))
    for word, reduce in RECOMPUTE.items():
        if formula.startswith(word):
            return reduce(values, rows)
    raise ValueError(f"no way to recompute: {formula}")


def ratio_of_sums(values, rows, part="part"):
    pattern = re.compile(rf"(?:^| ){part}=(\S+)"), re.compile(r"whole=(\S+)")
    parts, wholes = ([float(one.search(row["what"]).group(1)) for row in rows] for one in pattern)
    return sum(parts) / sum(wholes)


def largest_residual(values, rows):
    pattern = re.compile(r"left_seconds=(\S+) right_seconds=(\S+)")
    sides = [tuple(map(float, pattern.search(row["what"]).groups())) for row in rows]
    return max(abs(left - right) / max(left, 1) for left, right in sides)


def cancelled_share(values, rows):
    spells = [re.search(r"exit_days=(\S+) event=(\w+)", row["what"]).groups() for row in rows]
    assert all(event != "cancelled" for _, event in spells), "the sample has no cancelled work"
    return 0.0


# By the word that a formula starts with.
RECOMPUTE = {
    "count": lambda values, rows: len(rows),
    "sum": lambda values, rows: sum(values),
    "mean": lambda values, rows: sum(values) / len(values),
    "share": lambda values, rows: sum(values) / len(values),
    "ratio of sums": ratio_of_sums,
    "lowest and highest ratio of sums": ratio_of_sums,
    "max of |T x L": largest_residual,
    "competing-risk share": cancelled_share,
}


def first_import(data):
    done = tiebeam("import", SAMPLE, "--state-map", STATE_MAP, "--tz", "UTC", "--org", "sample", "--name", "Sample",
                   data=data)
    check("the import says what it decided", "day before month" in done.stdout, done.stdout)
    tiebeam("record", "organisation", "set", "self", f"as_of={AS_OF}", data=data)


def test_numbers():
    whole = {f["key"]: f for f in ask("flow", "metrics", SAMPLE, "--state-map", STATE_MAP)["figures"]}
    expected = {"flow.items": 9202, "flow.events": 59354, "flow.handoffs.team": 8289, "flow.handoffs.person": 2231}
    for key, value in expected.items():
        check(f"{key} is {value}", whole[key]["value"] == value, whole[key]["value"])
    for key, value in {"flow.lead_time.p50": 11.7632, "flow.lead_time.p85": 22.1014, "flow.lead_time.p95": 50.1437}.items():
        check(f"{key} is {value}", abs(whole[key]["value"] - value) < 5e-5, whole[key]["value"])
    check("the Little residual is at most 1e-9", whole["flow.little.residual"]["value"] <= 1e-9)
    for day in ("2016-05-01", "2016-05-15"):
        then = {f["key"]: f for f in ask("flow", "metrics", SAMPLE, "--state-map", STATE_MAP, "--as-of", day)["figures"]}
        truth = whole["flow.cycle_time.p95"]["value"]  # every item of the slice is finished in the end
        survival, closed = then["flow.cycle_time.km.p95"]["value"], then["flow.cycle_time.p95"]["value"]
        check(f"as of {day} Kaplan-Meier is within 10 % of the truth", abs(survival / truth - 1) < 0.10, (survival, truth))
        check(f"as of {day} closed-only is more than 30 % below", closed < 0.70 * truth, (closed, truth))


def test_brief(data):
    text = tiebeam("brief", data=data).stdout
    check("the brief fits 100 columns", max(len(line) for line in text.splitlines()) <= 100)
    brief = ask("brief", data=data)
    figures = {f["key"]: f for f in ask("figures", data=data)["figures"]}
    for sentence in brief["sentences"]:
        for key in sentence["figures"]:
            check(f"{key} of the brief is a figure", key in figures)
    roles = [s["role"] for s in brief["sentences"]]
    check("at most one good, one bad, one ask", all(roles.count(r) <= 1 for r in ("good", "bad", "ask")), roles)
    numbers = re.findall(r"\d[\d,.]*", " ".join(s["text"] for s in brief["sentences"]))
    check("the sentences hold numbers", len(numbers) > 3)
    html = tiebeam("brief", "--format", "html", data=data).stdout
    check("the page loads nothing", not re.search(r"<script|src=|https?://", html))


def test_trails(data):
    lines = read_lines()
    figures = ask("figures", data=data)["figures"]
    chosen = [f for f in figures if f["status"] == "ok"]
    followed = 0
    for figure in chosen:
        told = ask("figure", figure["key"], "--explain", "--rows", "-1", data=data)
        if not told["rows"]:
            continue
        try:
            again = recompute(told["trail"]["formula"], told["rows"])
        except (ValueError, AttributeError, ZeroDivisionError, IndexError) as fault:
            check(f"{figure['key']} can be recomputed", False, f"{fault!r}")
            continue
        check(f"{figure['key']} recomputes from its rows", close(again, figure["value"]), (again, figure["value"]))
        audited = told["trail"]["formula"].startswith("max of |T x L")  # of windows, not of rows
        # a row of teams too small to be told of alone names no line: it would be a person's own
        hidden = lambda row: row["subject"] == "several teams"
        check(f"{figure['key']} names its rows", audited or all(row["places"] or not row["value"] or hidden(row) for row in told["rows"]))
        for row in told["rows"][:: max(1, len(told["rows"]) // 50)]:
            item = row["subject"].split("/")[-1]
            for place in row["places"]:
                found = lines[place["line"]]["number"]
                if row["subject"].startswith("work_item/") and found.lower() != item.lower():
                    check(f"{figure['key']}: line {place['line']} is about {item}", False, found)
        followed += 1
    check("at least 20 figures were followed to their rows", followed >= 20, followed)
    told = ask("figure", "flow.lead_time.p85", "--explain", "--rows", "-1", data=data)
    for row in told["rows"][::97]:
        own = [lines[place["line"]] for place in row["places"]]
        opened, closed = own[0]["opened_at"], own[-1]["sys_updated_at"]
        check(f"{row['subject']} took what its lines say", close(days_between(opened, closed), row["value"]),
              (opened, closed, row["value"]))


def test_changed_row(data, folder):
    """Leaving out the line that closed one item changes the sentence that rests on it."""
    with gzip.open(SAMPLE, "rt", encoding="utf-8") as source:
        lines = source.readlines()
    last_closed = max(i for i, line in enumerate(lines) if ",Closed," in line and instant(
        next(csv.reader([line]))[13]) < datetime.datetime(2016, 4, 30))
    changed = os.path.join(folder, "changed.csv")
    with open(changed, "w", encoding="utf-8") as out:
        out.writelines(lines[:last_closed] + lines[last_closed + 1:])
    other = os.path.join(folder, "other")
    tiebeam("import", changed, "--state-map", STATE_MAP, "--tz", "UTC", data=other)
    before = ask("brief", "--as-of", AS_OF, data=data)["sentences"]
    after = ask("brief", "--as-of", AS_OF, data=other)["sentences"]
    resting = lambda sentences: [s["text"] for s in sentences if "flow.open" in s["figures"]]
    check("changing one row changes its sentence", resting(before) != resting(after), resting(after))


def test_again(data):
    before = ask("figures", data=data)
    tiebeam("import", SAMPLE, "--state-map", STATE_MAP, data=data)
    check("importing twice changes nothing", ask("figures", data=data) == before)
    check("the journal verifies", ask("journal", "verify", data=data)["holds"])


def test_undo_and_preview(folder):
    data = os.path.join(folder, "undo")
    preview = ask("import", SAMPLE, "--state-map", STATE_MAP, "--preview", data=data)["imports"][0]
    real = ask("import", SAMPLE, "--state-map", STATE_MAP, data=data)["imports"][0]
    check("the preview is the import", preview["new"] == real["new"] == 59354, (preview["new"], real["new"]))
    entries = ask("journal", "log", data=data)["entries"]
    entry = next(e["seq"] for e in entries if e["type"] == "import")
    tiebeam("journal", "undo", str(entry), data=data)
    items = ask("figure", "flow.items", data=data)
    check("an undone import is gone", items["value"] in (0, None), items["value"])
    tiebeam("journal", "undo", str(entry + 1), data=data)
    check("undoing the undo brings it back", ask("figure", "flow.items", data=data)["value"] == 9202)


def test_purpose(folder):
    data = os.path.join(folder, "undo")
    tiebeam("record", "priority", "add", "name=Keep customers", data=data)
    tiebeam("record", "link", "add", "from=value_stream/incidents", "kind=serves", "to=priority/keep-customers", data=data)
    check("a link ties all work to a priority", ask("figure", "flow.purpose.share", data=data)["value"] == 1)
    refused = tiebeam("record", "link", "add", "from=value_stream/incidnts", "kind=serves", "to=priority/keep-customers",
                      data=data, expect=2)
    check("a link to nothing is refused with a next step", "hint:" in refused.stderr, refused.stderr)
    waived = tiebeam("check", data=data, expect=None)
    check("the finding is gone with its cause", "flow.no_purpose" not in waived.stdout, waived.stdout)


def test_records_as_files(folder):
    data = os.path.join(folder, "undo")
    sheet = os.path.join(folder, "kpi.csv")
    with open(sheet, "w", encoding="utf-8") as out:
        out.write('name,unit,target,value_per_unit\nChurn,%,9.8,1250.00 EUR\n"Orders, on time",%,97,\n')
    preview = ask("import", sheet, "--format", "records", "--preview", data=data)["imports"][0]
    check("a preview of records keeps nothing", preview["changed"] == 2 and not ask("record", "kpi", "list", data=data)["records"])
    tiebeam("import", sheet, "--format", "records", data=data)
    kept = ask("record", "kpi", "list", data=data)
    check("records come in from CSV", [r["id"] for r in kept["records"]] == ["churn", "orders-on-time"], kept)
    again = ask("import", sheet, "--format", "records", data=data)["imports"][0]
    check("the same records twice change nothing", again["changed"] == 0, again)
    json_file = os.path.join(folder, "again.json")
    with open(json_file, "w", encoding="utf-8") as out:
        json.dump(kept, out)
    again = ask("import", json_file, "--format", "records", "--type", "kpi", data=data)["imports"][0]
    check("what was printed as JSON reads back unchanged", again["changed"] == 0, again)
    with open(sheet, "w", encoding="utf-8") as out:
        out.write("name,unit,target\nA,%,many\nB,,1\n")
    refused = tiebeam("import", sheet, "--format", "records", data=data, expect=2)
    check("a fault names its line", "line 2" in refused.stderr, refused.stderr)


def test_backup(data, folder):
    file = os.path.join(folder, "copy.backup")
    tiebeam("backup", file, data=data)
    other = os.path.join(folder, "restored")
    tiebeam("restore", file, "--org", "sample", data=other)
    check("a restored organisation says the same", ask("figures", data=other) == ask("figures", data=data))
    again = tiebeam("restore", file, "--org", "sample", data=other, expect=2)
    check("a restore never overwrites", "error:" in again.stderr, again.stderr)


STEPS = '[states]\n"Ready" = "backlog"\n"Build" = "active"\n"Shipped" = "done"\n'


def figures_of(folder, name, files, order=STEPS):
    """The figures of CSV texts imported one after the other into an organisation of their own."""
    data = os.path.join(folder, name)
    state_map = os.path.join(folder, "steps.toml")
    with open(state_map, "w", encoding="utf-8") as out:
        out.write(order)
    for i, text in enumerate(files):
        path = os.path.join(folder, f"{name}-{i}.csv")
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        with_map = ["--state-map", state_map] if i == 0 else []
        tiebeam("import", path, *with_map, data=data)
    answer = ask("flow", "metrics", data=data)
    return {f["key"]: f for f in answer["figures"]}, answer["streams"]


def test_files_cut_apart(folder):
    header = "item,at,state,seq\n"
    january = header + "A,2024-01-02,Ready,0\nA,2024-01-05,Build,1\nB,2024-01-08,Ready,0\n"
    february = header + "A,2024-02-02,Shipped,2\nB,2024-02-05,Build,1\nB,2024-02-08,Shipped,2\nC,2024-02-08,Ready,0\n"
    figures, streams = figures_of(folder, "monthly", [january, february])
    check("a second file goes on where the first ended", figures["flow.cycle_time.mean"]["value"] == 15.5,
          figures["flow.cycle_time.mean"]["value"])
    check("and its work stays in one stream", [s["items"] for s in streams] == [3], streams)
    late = header + "A,2024-01-02,Build,0\nA,2024-01-12,Shipped,1\nB,2024-01-03,Shipped,6\nC,2024-01-04,Build,5\nC,2024-01-05,Shipped,6\n"
    figures, _ = figures_of(folder, "late", [late])
    mean = figures["flow.cycle_time.mean"]
    check("work whose beginning is missing has no cycle time", (mean["value"], mean["n"]) == (10, 1), mean)
    first = header + "A,2024-01-01,Build,0\nA,2024-01-02,Shipped,1\n"
    rest = header + "B,2024-01-02,Build,1\nB,2024-01-08,Shipped,2\nC,2024-01-02,Build,1\nC,2024-01-06,Shipped,2\n"
    whole, _ = figures_of(folder, "whole", [first + rest[len(header):]])
    parts, _ = figures_of(folder, "parts", [first, rest])
    for key, figure in whole.items():
        check(f"{key} does not depend on how rows are cut into files", figure["value"] == parts[key]["value"],
              (figure["value"], parts[key]["value"]))


def test_problem_log():
    """BPI Challenge 2013, closed problems: read where the data are there, they are not ours to ship."""
    log = os.path.join(ROOT, "..", "shared", "data", "bpic2013", "bpic2013_closed_problems.xes.gz")
    if not os.path.exists(log):
        return
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as state_map:
        state_map.write('[states]\n"Accepted+Wait" = "wait"\n"Queued*" = "wait"\n"Accepted*" = "active"\n'
                        '"Unmatched*" = "wait"\n"Completed*" = "done"\n')
        state_map.flush()
        figures = {f["key"]: f for f in ask("flow", "metrics", log, "--state-map", state_map.name)["figures"]}
    expected = {"flow.items": 1487, "flow.events": 6660, "flow.cycle_time.p50": 82.02, "flow.cycle_time.p85": 404.19,
                "flow.cycle_time.p95": 660.71}
    for key, value in expected.items():
        check(f"problems: {key} is {value}", abs(figures[key]["value"] - value) < 0.005, figures[key]["value"])
    check("problems: the Little residual is at most 1e-9", figures["flow.little.residual"]["value"] <= 1e-9)


def main():
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "data")
        first_import(data)
        test_numbers()
        test_brief(data)
        test_trails(data)
        test_changed_row(data, folder)
        test_again(data)
        test_undo_and_preview(folder)
        test_purpose(folder)
        test_records_as_files(folder)
        test_backup(data, folder)
        test_files_cut_apart(folder)
        test_problem_log()
    print(f"{counts['passed']} passed, {counts['failed']} failed")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
