#!/usr/bin/env python3
"""The register of AI tools as a person keeps it: an inventory is looked at, refused with its place, brought in, brought
in again, changed by hand and taken back; a register whose approvals fall behind is told so; the page's question and the
command line say the same.

usage: ai_tools.py PATH_TO_TIEBEAM
"""
import csv
import json
import os
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
HEADER = ["2_use_case_name", "3_agency", "3_abr", "11_purpose_benefits", "16_dev_stage", "17_impact_type",
          "18_date_initiated", "20_date_implemented", "29_contains_pii", "40_has_ato"]
ROWS = [
    ["Minutes", "Department of Food", "DOF", "Transcribes meetings", "Operation and Maintenance", "Neither", "3/14/2024",
     "10/1/2024", "No", "Yes"],
    ["Voice notes", "Department of Food", "DOF", "Meeting transcription", "Operation and Maintenance", "", "3/1/2024",
     "Ongoing", "Yes", ""],
    ["Harvest", "Department of Land", "DOL", "Forecasts the harvest of each field", "Initiated", "Rights-Impacting",
     "5/20/2024", "", "", ""],
    ["Old scanner", "Department of Land", "DOL", "Reads forms", "Retired", "Neither", "", "", "", ""],
]
counts = {"passed": 0, "failed": 0}


def check(claim, holds, found=""):
    counts["passed" if holds else "failed"] += 1
    if not holds:
        print(f"FAILED: {claim}: {str(found)[:500]}")


def run(data, *arguments):
    return subprocess.run([PROGRAM, *arguments, "--data", data], capture_output=True, text=True, stdin=subprocess.DEVNULL)


def ask(data, *arguments):
    return json.loads(run(data, *arguments, "--json").stdout or "{}")


def tools(data):
    return {one["id"]: one for one in ask(data, "risk", "ai").get("tools", [])}


def figure(data, name):
    return next(one for one in ask(data, "risk", "ai")["figures"] if one["key"] == f"risk.ai.{name}")


def write(folder, rows, name="inventory.csv"):
    path = os.path.join(folder, name)
    with open(path, "w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([HEADER, *rows])
    return path


def an_inventory_comes_in(folder):
    data = os.path.join(folder, "inventory")
    path = write(folder, ROWS)
    look = ask(data, "import", path, "--preview", "--name", "Land and food")["imports"][0]
    check("it is recognised", look["format"] == "ai-inventory" and look["new"] == 4, look)
    check("a look keeps nothing", tools(data) == {})
    run(data, "import", path)
    kept = tools(data)
    check("each row is a tool", set(kept) == {"dof-minutes", "dof-voice-notes", "dol-harvest", "dol-old-scanner"}, kept)
    check("what is said is kept", kept["dof-minutes"]["first_used_on"] == "2024-10-01" and kept["dof-minutes"]["decision"] == "approved", kept)
    check("what is not said is not given", kept["dof-voice-notes"]["first_used_on"] is None and kept["dof-voice-notes"]["decision"] is None, kept)
    check("personal data and no evaluation is found", kept["dof-voice-notes"]["needs"][:2] == ["evaluation", "approval"], kept)
    check("no lag is made up", figure(data, "governance_lag.p50")["value"] is None, figure(data, "governance_lag.p50"))
    check("one purpose twice is found", [sorted(t["id"] for t in g["tools"]) for g in ask(data, "risk", "ai")["duplicates"]] == [["dof-minutes", "dof-voice-notes"]])
    again = ask(data, "import", path)["imports"][0]
    check("the same file doubles nothing", again["new"] == 0 and again["known"] == 4 and tools(data) == kept, again)
    newer = [row[:] for row in ROWS]
    newer[2][4] = "Implementation and Assessment"
    run(data, "import", write(folder, newer, "newer.csv"))
    check("a newer row replaces the older one", len(tools(data)) == 4 and ask(data, "record", "ai_tool", "show", "dol-harvest")["stage"] == "introducing")
    run(data, "record", "ai_tool", "set", "dof-minutes", "approved_on=2024-09-20", "owner=")
    check("what a person writes stands over it", tools(data)["dof-minutes"]["approved_on"] == "2024-09-20" and tools(data)["dof-minutes"]["purpose"] == "Transcribes meetings")
    log = ask(data, "journal", "log")
    entries = [one for one in (log if isinstance(log, list) else log["entries"]) if one["type"] == "import"]
    for entry in sorted(entries, key=lambda one: -one["seq"]):
        run(data, "journal", "undo", str(entry["seq"]))
    check("taking it back takes its tools, and leaves what people wrote", set(tools(data)) == {"dof-minutes"}, tools(data))


def bad_rows_are_told(folder):
    data = os.path.join(folder, "bad")
    bad = write(folder, [*ROWS, ["", "D", "D", "x", "Initiated", "", "", "", "", ""], ["Late", "D", "D", "x", "Initiated", "", "10/12023", "", "", ""]], "bad.csv")
    refused = run(data, "import", bad, "--name", "Bad rows")
    check("it is refused, with line, column and what was expected", refused.returncode == 2 and "line 6, 2_use_case_name" in refused.stderr
          and "line 7, 18_date_initiated: found '10/12023'" in refused.stderr and "--skip-bad" in refused.stderr, refused.stderr)
    check("nothing was taken", tools(data) == {})
    run(data, "import", bad, "--skip-bad")
    check("the others come in when asked for", len(tools(data)) == 4)


def approvals_fall_behind(folder):
    data = os.path.join(folder, "lag")
    rows = [["id", "name", "purpose", "department", "asked_on", "first_used_on", "approved_on", "decided_on", "decision", "cost_a_year"]]
    for month, lag in ((6, 4), (7, 9), (8, 20)):
        for i in range(3):
            used = f"2026-{month:02}-0{i + 1}"
            approved = f"2026-{month:02}-{i + 1 + lag:02}"
            rows.append([f"t{month}{i}", f"Tool {month} {i}", ["counts pallets", "writes offers", "checks labels"][i], "Sales", used, used, approved, approved, "approved", "100.10 EUR"])
    rows.append(["no", "Chat", "chats", "Sales", "2026-06-01", "", "", "2026-06-05", "blocked", ""])
    path = os.path.join(folder, "ai_tool.csv")
    with open(path, "w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(rows)
    run(data, "import", path, "--format", "records", "--type", "ai_tool", "--name", "Lagging", "--currency", "EUR")
    run(data, "record", "organisation", "set", "self", "as_of=2026-10-01T00:00:00Z")
    check("half are approved within 9 days", figure(data, "governance_lag.p50")["value"] == 9, figure(data, "governance_lag.p50"))
    check("two months of growth", figure(data, "governance_lag.growing")["value"] == 2)
    check("none was approved before it was used", figure(data, "approved_first")["value"] == 0)
    check("the spend is exact", figure(data, "spend")["value"] == {"amount": "900.90", "currency": "EUR"}, figure(data, "spend"))
    found = {one["rule"] for one in ask(data, "check")["findings"]}
    check("the rules speak", {"risk.ai_lag_growing", "risk.ai_used_before_approval", "risk.ai_blocked_no_alternative"} <= found, found)
    check("without blame", all("In Sales" in one["message"] for one in ask(data, "check")["findings"] if one["rule"] == "risk.ai_used_before_approval"))
    early = ask(data, "risk", "ai", "--as-of", "2026-07-31T12:00:00Z")
    check("seen earlier, later days have not come", next(f for f in early["figures"] if f["key"] == "risk.ai.in_use")["value"] == 6, early["figures"][1])


with tempfile.TemporaryDirectory() as place:
    an_inventory_comes_in(place)
    bad_rows_are_told(place)
    approvals_fall_behind(place)
print(f"AI tools: {counts['passed']} passed, {counts['failed']} failed")
sys.exit(counts["failed"] > 0)
