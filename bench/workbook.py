#!/usr/bin/env python3
"""What a workbook of tickets costs to read, beside openpyxl (read-only, values alone) in the same run.

    bench/workbook.py [--rows 100000] [--runs 5] [--tiebeam build/release/tiebeam]

The workbook has 12 columns, texts shared and dates as days with a style, as a spreadsheet program saves them. Tiebeam
reads it, decides what each column is and computes every flow figure; openpyxl only yields the values of each row.
Needs Debian's python3-openpyxl.
"""
import argparse
import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import tempfile
import zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
COLUMNS = ["Ticket", "Title", "Status", "Priority", "Type", "Owner", "Team", "Service", "Created", "Resolved", "Updated", "Customer"]
PEER = """
import sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True).active
print(sum(1 for row in sheet.iter_rows(values_only=True) if row[0] is not None))
"""


def sheet_rows(rows, shared):
    """XML of each row; texts go to `shared`, text -> place."""
    draw = random.Random(5)

    def text(ref, value):
        place = shared.setdefault(value, len(shared))
        return f'<c r="{ref}" t="s"><v>{place}</v></c>'

    letters = "ABCDEFGHIJKL"
    yield "".join(text(f"{letters[i]}1", name) for i, name in enumerate(COLUMNS))
    for r in range(2, rows + 2):
        created = 45000 + (r - 2) * 365 / rows + draw.random()
        resolved = created + draw.expovariate(0.2)
        cells = [text(f"A{r}", f"T-{r - 1}"), text(f"B{r}", f"Something about matter {draw.randrange(20000)}"),
                 text(f"C{r}", "Closed"), text(f"D{r}", draw.choice(["High", "Normal", "Low"])),
                 text(f"E{r}", draw.choice(["Incident", "Request"])), text(f"F{r}", f"Person {draw.randrange(60)}"),
                 text(f"G{r}", f"Team {draw.randrange(9)}"), text(f"H{r}", f"Service {draw.randrange(40)}")]
        for letter, day in (("I", created), ("J", resolved), ("K", resolved)):
            cells.append(f'<c r="{letter}{r}" s="1"><v>{day:.6f}</v></c>')
        cells.append(text(f"L{r}", f"Customer {draw.randrange(500)}"))
        yield "".join(cells)


def write(path, rows):
    shared = {}
    body = "".join(f'<row r="{i + 1}">{row}</row>' for i, row in enumerate(sheet_rows(rows, shared)))
    relations = "".join(f'<Relationship Id="rId{i}" Type="{OFFICE}/{kind}" Target="{target}"/>' for i, (kind, target) in enumerate(
        [("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")], 1))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    files = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Tickets" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        "xl/worksheets/sheet1.xml": f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'{HEAD}<sst xmlns="{MAIN}">' + "".join(f"<si><t>{text}</t></si>" for text in shared) + "</sst>",
        "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)


def cost(command):
    """CPU seconds and peak MB of a command."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    said = process.stdout.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"error: {command[0]} failed [bench.failed]\n hint: run it by hand: {' '.join(command)}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--tiebeam", default=os.path.join(ROOT, "build", "release", "tiebeam"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "tickets.xlsx")
        maker = multiprocessing.Process(target=write, args=(path, options.rows))  # its memory is not theirs
        maker.start()
        maker.join()
        print(f"{options.rows:,} rows x {len(COLUMNS)} columns, {os.path.getsize(path) / 1e6:.1f} MB")
        ours, theirs = [], []
        for _ in range(options.runs):
            ours.append(cost([options.tiebeam, "flow", "metrics", path, "--json"]))
            theirs.append(cost(["/usr/bin/python3", "-c", PEER, path]))
        if f'"n":{options.rows}' not in ours[0][2].replace(" ", "") or int(theirs[0][2]) != options.rows + 1:
            sys.exit("error: they did not read the same rows [bench.differs]")
        for name, all_runs in (("Tiebeam", ours), ("openpyxl", theirs)):
            print(f"{name:9} {statistics.median(run[0] for run in all_runs):6.2f} s CPU  {max(run[1] for run in all_runs):5.0f} MB")
        print(f"ratio     {statistics.median(run[0] for run in theirs) / statistics.median(run[0] for run in ours):6.1f}")


main()
