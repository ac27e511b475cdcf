#!/usr/bin/env python3
"""What a person meets who hands in a broken file or a wrong command: one line of fact, a next step,
the right exit status, and nothing half-done.

usage: bad_input.py PATH_TO_TIEBEAM
"""
import gzip
import json
import os
import shlex
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "hostile"))
import make  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
HEADER = "item,at,state\n"
GOOD = HEADER + "A-1,2026-01-05T08:00:00Z,New\nA-1,2026-01-06T08:00:00Z,Done\n"
XES = '<?xml version="1.0"?>\n<log xmlns="http://www.xes-standard.org/">{}</log>'
TRACE = ('<trace><string key="concept:name" value="1"/><event><string key="concept:name" value="Start"/>'
         '<date key="time:timestamp" value="2026-01-05T08:00:00Z"/></event></trace>')
BOMB = ('<?xml version="1.0"?>\n<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'
        '<log><trace><string key="concept:name" value="&b;"/></trace></log>')
EXTERNAL = '<?xml version="1.0"?>\n<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/hostname">]>\n<log>&x;</log>'
counts = {"passed": 0, "failed": 0}


def check(claim, holds, found=""):
    counts["passed" if holds else "failed"] += 1
    if not holds:
        print(f"FAILED: {claim}: {str(found)[:300]}")


def tiebeam(*arguments, data):
    return subprocess.run([PROGRAM, *arguments, "--data", data], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, errors="replace")


def row(item="A-1", at="2026-01-05T08:00:00Z", state="New"):
    return f"{item},{at},{state}\n"


# name, bytes, file ending, words that the error must hold
REFUSED = [
    ("an empty file", b"", "csv", ["empty"]),
    ("a missing column", b"item,state\nA-1,New\n", "csv", ["at"]),
    ("a doubled column", b"item,at,at,state\nA-1,2026-01-05,2026-01-05,New\n", "csv", ["at", "twice"]),
    ("a quote that never closes", (HEADER + 'A-1,2026-01-05,"New\nA-2,2026-01-06,Done\n').encode(), "csv", ["line 2"]),
    ("a NUL byte", (HEADER + "A-1,2026-01-05,Ne\0w\n").encode(), "csv", ["NUL"]),
    ("year 1969", (HEADER + row(at="1969-12-31T00:00:00Z")).encode(), "csv", ["1969"]),
    ("year 9999", (HEADER + row(at="9999-12-31T00:00:00Z")).encode(), "csv", ["9999"]),
    ("two orders of dates in one column",
     (HEADER + row(at="31/01/2026 08:00") + row(at="01/31/2026 09:00", state="Done")).encode(), "csv", ["line"]),
    ("a very wide line", ("item,at,state" + ",x" * 20000 + "\n").encode(), "csv", ["column"]),
    ("a truncated gzip", gzip.compress(GOOD.encode() * 2000)[:-30], "csv.gz", ["cut off", "truncated", "ends"]),
    ("an XML bomb", BOMB.encode(), "xes", ["DOCTYPE", "document type"]),
    ("an external entity", EXTERNAL.encode(), "xes", ["DOCTYPE", "document type"]),
    ("broken XML", XES.format("<trace><event>").encode(), "xes", []),
    ("a file that is no table", bytes(range(1, 256)) * 40, "bin", []),
    ("a row without a time", (HEADER + "A-1,,New\n").encode(), "csv", ["line 2"]),
]

# name, bytes, ending, items expected
TAKEN = [
    ("only a header", HEADER.encode(), "csv", 0),
    ("UTF-16 with a byte order mark", GOOD.encode("utf-16"), "csv", 1),
    ("UTF-8 with a byte order mark", GOOD.encode("utf-8-sig"), "csv", 1),
    ("windows-1252", (HEADER + row(state="Prüfung") + row(at="2026-01-06", state="Erledigt")).encode("cp1252"), "csv", 1),
    ("semicolons", GOOD.replace(",", ";").encode(), "csv", 1),
    ("tabs", GOOD.replace(",", "\t").encode(), "csv", 1),
    ("line breaks of an old Macintosh", GOOD.replace("\n", "\r").encode(), "csv", 1),
    ("events at one instant", (HEADER + row() + row(state="Active") + row(state="Done")).encode(), "csv", 1),
    ("an unknown state", (HEADER + row() + row(at="2026-01-06", state="Zorp") + row(at="2026-01-07", state="Done")).encode(),
     "csv", 1),
    ("cancelled and reopened items",
     (HEADER + row() + row(at="2026-01-06", state="Done") + row(at="2026-01-07", state="Active") +
      row(at="2026-01-08", state="Done") + row(item="A-2") + row(item="A-2", at="2026-01-09", state="Cancelled")).encode(),
     "csv", 2),
    ("XES", XES.format(TRACE).encode(), "xes", 1),
    ("a trace without events", XES.format(TRACE + '<trace><string key="concept:name" value="2"/></trace>').encode(), "xes", 1),
    ("JSON lines", b'{"item":"A-1","at":"2026-01-05T08:00:00Z","state":"New"}\n', "jsonl", 1),
    ("very long lines", (HEADER + row(state="New") + "A-2,2026-01-05," + "x" * 1_000_000 + "\n").encode(), "csv", 2),
]


def test_refused(folder, data):
    for name, content, ending, words in REFUSED:
        path = os.path.join(folder, "refused." + ending)
        with open(path, "wb") as out:
            out.write(content)
        for arguments in (["import", path], ["flow", "metrics", path]):
            done = tiebeam(*arguments, data=data)
            what = f"{name}, {arguments[0]}"
            check(f"{what}: status 2", done.returncode == 2, (done.returncode, done.stdout, done.stderr))
            check(f"{what}: an error and a next step", "error: " in done.stderr and " hint: " in done.stderr, done.stderr)
            check(f"{what}: a stable code", "[" in done.stderr and "internal" not in done.stderr, done.stderr)
            if words:
                check(f"{what}: says what", any(word in done.stderr for word in words), done.stderr)
        kept = tiebeam("journal", "log", "--json", data=data)
        entries = json.loads(kept.stdout)["entries"] if kept.returncode == 0 else []
        check(f"{name}: nothing was kept", all(entry["type"] != "import" for entry in entries), entries)


def test_taken(folder, data):
    for name, content, ending, items in TAKEN:
        path = os.path.join(folder, "taken." + ending)
        with open(path, "wb") as out:
            out.write(content)
        done = tiebeam("flow", "metrics", path, "--json", data=data)
        check(f"{name}: is read", done.returncode == 0, done.stderr)
        if done.returncode == 0:
            answer = json.loads(done.stdout)
            found = next(f for f in answer["figures"] if f["key"] == "flow.items")
            check(f"{name}: {items} items", (found["value"] or 0) == items, found)


def test_workbooks(folder, data):
    for name, content, words in make.refused():
        path = os.path.join(folder, "refused.xlsx")
        with open(path, "wb") as out:
            out.write(content)
        check(f"{name}: is a small file", len(content) < 2_000_000, len(content))
        for arguments in (["import", path], ["flow", "metrics", path]):
            done = tiebeam(*arguments, data=data)
            what = f"workbook, {name}, {arguments[0]}"
            check(f"{what}: status 2", done.returncode == 2, (done.returncode, done.stdout, done.stderr))
            check(f"{what}: an error and a next step", "error: " in done.stderr and " hint: " in done.stderr, done.stderr)
            check(f"{what}: says what", any(word in done.stderr for word in words), done.stderr)
            check(f"{what}: a stable code", "internal" not in done.stderr, done.stderr)
    for name, content, items, words in make.taken():
        path = os.path.join(folder, "taken.xlsx")
        with open(path, "wb") as out:
            out.write(content)
        done = tiebeam("flow", "metrics", path, "--json", data=data)
        check(f"workbook, {name}: is read", done.returncode == 0, done.stderr)
        if done.returncode == 0:
            answer = json.loads(done.stdout)
            found = next(f for f in answer["figures"] if f["key"] == "flow.items")
            check(f"workbook, {name}: {items} items", (found["value"] or 0) == items, found)
        told = tiebeam("import", path, "--preview", "--json", data=data)
        said = json.dumps(json.loads(told.stdout)["imports"][0]) if told.returncode == 0 else told.stderr
        check(f"workbook, {name}: says so", all(word in said for word in words), said)
    check("workbooks write nothing elsewhere", not any(os.path.exists(place) for place in (
        "/etc/tiebeam-was-here", "tiebeam-was-here", "../../tiebeam-was-here")))


def test_skip_bad(folder, data):
    path = os.path.join(folder, "mixed.csv")
    with open(path, "w", encoding="utf-8") as out:
        out.write(GOOD + "A-2,not a date,New\n")
    refused = tiebeam("import", path, data=data)
    check("one bad row refuses the file", refused.returncode == 2 and "line 4" in refused.stderr, refused.stderr)
    taken = tiebeam("import", path, "--skip-bad", "--json", data=data)
    check("--skip-bad takes the rest", taken.returncode == 0, taken.stderr)
    report = json.loads(taken.stdout)["imports"][0]
    check("and lists the reject", report["rejected"] == 1 and report["rejects"][0]["line"] == 4, report)


def written(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    return path


def organisation(data):
    shown = tiebeam("record", "organisation", "show", "self", "--json", data=data)
    return json.loads(shown.stdout) if shown.returncode == 0 else {}


def test_first_import(folder, data):
    """Of what is not kept nothing is there; what was said for the making is not lost."""
    good, bad = written(folder, "first.csv", GOOD), written(folder, "worse.csv", HEADER + "A-2,not a date,New\n")
    nothing_new = written(folder, "header.csv", HEADER)
    for what, arguments, status in [("a preview", [good, "--preview"], 0), ("a refused file", [bad], 2), ("a folder", [folder], None),
                                    ("a refused file of records", [good, "--format", "records", "--type", "person"], 2),
                                    ("a file without a row", [nothing_new], None)]:
        done = tiebeam("import", *arguments, data=data)
        check(f"{what} ends as it should", status in (None, done.returncode), (done.returncode, done.stderr))
        left = os.listdir(data) if os.path.isdir(data) else []
        check(f"{what} makes no organisation", left == [], left)
    said = ["--name", "Northmere", "--currency", "SEK", "--tz", "Europe/Stockholm"]
    made = tiebeam("import", good, *said, data=data)
    held = organisation(data)
    check("then the real import makes it as it was said", made.returncode == 0 and made.stderr == "" and held.get("name") == "Northmere"
          and held.get("currency") == "SEK" and held.get("zone") == "Europe/Stockholm", (made.stderr, held))
    again = tiebeam("import", good, *said, data=data)
    check("the same said again is no news", again.returncode == 0 and again.stderr == "", again.stderr)
    other = tiebeam("import", good, "--name", "Westmere", "--currency", "USD", data=data)
    check("what would be lost is said, in one line", other.returncode == 0 and other.stderr.startswith("warning: ")
          and "'Northmere'" in other.stderr and "--name 'Westmere'" in other.stderr and "--currency 'USD'" in other.stderr
          and other.stderr.count("\n") == 1, other.stderr)
    command = other.stderr.split("to change it: tiebeam ")[1].split(" --data")[0]
    changed = tiebeam(*shlex.split(command), data=data)
    check("and what it says to do does it", changed.returncode == 0 and organisation(data).get("name") == "Westmere", changed.stderr)


def test_several_files(folder, data):
    """Each file is an import: those before a refused one are kept and told of."""
    one, bad = written(folder, "one.csv", GOOD), written(folder, "bad.csv", HEADER + "A-2,not a date,New\n")
    three = written(folder, "three.csv", GOOD.replace("A-", "C-"))
    done = tiebeam("import", one, bad, three, "--json", data=data)
    reports = json.loads(done.stdout or "{}").get("imports", [])
    check("a refused file ends the import", done.returncode == 2, (done.returncode, done.stderr))
    check("what was kept before it is told", [each["file"] for each in reports] == ["one.csv"] and reports[0]["new"] == 2, reports)
    check("which was refused is told", "bad.csv" in done.stderr.split("\n")[0], done.stderr)
    check("and what became of the others", f"before it: {one}, imported and kept" in done.stderr
          and f"behind it: {three}, not begun" in done.stderr, done.stderr)
    text = tiebeam("import", three, bad, data=data)
    check("the same in words", text.returncode == 2 and "three.csv" in text.stdout and "kept as imp_" in text.stdout, text.stdout)
    log = json.loads(tiebeam("journal", "log", "--json", data=data).stdout)["entries"]
    check("one import of each good file", [entry["type"] for entry in log].count("import") == 2, log)
    first = tiebeam("import", bad, one, data=data)
    check("a refused first file says that the rest was not begun",
          first.returncode == 2 and first.stdout == "" and f"behind it: {one}, not begun" in first.stderr, first.stderr)


def test_usage(folder, data):
    good = os.path.join(folder, "good.csv")
    with open(good, "w", encoding="utf-8") as out:
        out.write(GOOD)
    for arguments, status, words in [
        (["flow", "metrics", "/nowhere/file.csv"], 2, "hint:"),
        (["record", "persn", "list"], 2, "did you mean 'person'"),
        (["recrod", "person", "list"], 2, "did you mean 'record'"),
        (["flow", "metrcs"], 2, "did you mean 'metrics'"),
        (["record", "person", "add", "naem=Ada"], 2, "did you mean 'name'"),
        (["record", "person", "add", "name=Ada", "side=busines", "influence=99"], 2, "did you mean 'business'"),
        (["flow", "metrics", good, "--column", "itm=item"], 2, "did you mean 'item'"),
        (["flow", "metrics", good, "--column", "item=itm"], 2, "did you mean 'item'"),
        (["flow", "metrics", good, "--column", "item"], 2, "hint:"),
        (["flow", "metrics", good, "--delimiter", "x"], 2, "hint:"),
        (["flow", "metrics", good, "--encoding", "EBCDIC"], 2, "hint:"),
        (["flow", "metrics", good, "--sheet", "Data"], 2, "no workbook"),
        (["figure", "flow.itmes"], 2, "did you mean 'flow.items'"),
        (["figures", "--as-of", "soon"], 2, "--as-of"),
        (["figures", "--from", "2026-02-01", "--to", "2026-01-01"], 2, "hint:"),
        (["journal", "undo", "99999"], 2, "hint:"),
        (["restore", "/nowhere/backup"], 2, "hint:"),
        (["backup", "/nowhere/at/all/backup"], 3, "hint:"),
        (["brief", "--format", "pptx"], 2, "hint:"),
        (["check", "--waive", "flow.no_purpse", "value_stream/x", "--until", "2027-01-01", "--why", "x"], 2, "did you mean"),
        (["brief", "--org", "nobody"], 2, "hint:"),
        (["flow", "metrics", good, "--seed", "-1"], 2, "--seed -1"),
        (["flow", "metrics", good, "--threads", "0"], 2, "--threads 0"),
        (["check", "--trials", "many"], 2, "--trials many"),
        (["figures", "--known-at", "soon"], 2, "--known-at"),
        (["frobnicate"], 2, "hint:"),
    ]:
        done = tiebeam(*arguments, data=data)
        check(f"{' '.join(arguments)}: status {status}", done.returncode == status, (done.returncode, done.stderr))
        check(f"{' '.join(arguments)}: says '{words}'", words in done.stderr, done.stderr)


def test_terminal(folder):
    """A state whose name clears the screen, in 7 and in 8 bits: no table passes it on."""
    path = written(folder, "screen.csv", "item,at,state\nA-1,2026-01-05T08:00:00Z,\x1b[2JNew\u009b31m\nA-1,2026-01-06T08:00:00Z,Closed\n")
    done = tiebeam("flow", "metrics", path, data=os.path.join(folder, "unmade"))
    check("nothing speaks to the terminal", done.returncode == 0 and "\x1b" not in done.stdout and "\u009b" not in done.stdout, done.stdout)
    check("what is left of the name is shown", "?[2JNew?31m" in done.stdout, done.stdout)
    done = tiebeam("flow", "metrics", "\x1b[2Jnone.csv", data=os.path.join(folder, "unmade"))
    check("nor does an error", done.returncode == 2 and "\x1b" not in done.stderr and "?[2Jnone.csv" in done.stderr, done.stderr)


def test_full_disk(folder, data):
    done = subprocess.run([PROGRAM, "figures", "--data", data], stdout=open("/dev/full", "w"), stderr=subprocess.PIPE, text=True)
    check("an answer that cannot be written is a failure", done.returncode == 3, done.returncode)


def main():
    with tempfile.TemporaryDirectory() as folder:
        test_refused(folder, os.path.join(folder, "refusing"))
        test_taken(folder, os.path.join(folder, "none"))
        test_workbooks(folder, os.path.join(folder, "workbooks"))
        data = os.path.join(folder, "data")
        test_skip_bad(folder, data)
        test_first_import(folder, os.path.join(folder, "first"))
        test_several_files(folder, os.path.join(folder, "several"))
        test_usage(folder, data)
        test_terminal(folder)
        test_full_disk(folder, data)
    print(f"{counts['passed']} passed, {counts['failed']} failed")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
