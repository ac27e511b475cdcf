#!/usr/bin/env python3
"""Makes the workbooks that hide a trap, small enough to keep: bombs, macros, links, damage. Each with
what Tiebeam must do about it. Used by tests/journeys/bad_input.py; by hand it writes them to a folder.

usage: make.py FOLDER
"""
import io
import os
import struct
import sys
import warnings
import zipfile
from itertools import chain

TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
HEADER = ["key", "created", "closed", "status", "title"]
ROW = ["A-1", "2026-01-05", "2026-01-07", "Closed", "Printer"]


def cell(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number, texts, cells=""):
    inside = "".join(cell(f"{'ABCDEFGHIJ'[i]}{number}", text) for i, text in enumerate(texts))
    return f'<row r="{number}">{inside}{cells}</row>'


def relations(pairs):
    each = "".join(f'<Relationship Id="{i}" Type="{TYPES}{kind}" Target="{target}"/>' for i, kind, target in pairs)
    return f'{XML}<Relationships>{each}</Relationships>'


def parts(rows, shared="", workbook="", dtd=""):
    yield "[Content_Types].xml", XML + "<Types/>"
    yield "_rels/.rels", relations([("r1", "officeDocument", "xl/workbook.xml")])
    yield "xl/workbook.xml", (XML + '<workbook xmlns:r="r"><workbookPr/><sheets><sheet name="Tickets" sheetId="1" '
                              f'r:id="s1"/>{workbook}</sheets></workbook>')
    yield "xl/_rels/workbook.xml.rels", relations([
        ("s1", "worksheet", "worksheets/sheet1.xml"), ("s2", "styles", "styles.xml"),
        ("s3", "sharedStrings", "sharedStrings.xml")])
    yield "xl/styles.xml", XML + '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    yield "xl/sharedStrings.xml", f"{XML}<sst>{shared}</sst>"
    yield "xl/worksheets/sheet1.xml", f"{XML}{dtd}<worksheet><sheetData>{rows}</sheetData></worksheet>"


def zipped(entries):
    out = io.BytesIO()
    warnings.simplefilter("ignore")  # of entries that stand twice
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in entries:
            archive.writestr(name, text)
    return out.getvalue()


def good(rows=None, **options):
    return zipped(parts(rows if rows is not None else row(1, HEADER) + row(2, ROW), **options))


def with_parts(*further):
    return zipped(chain(parts(row(1, HEADER) + row(2, ROW)), further))


def encrypted_zip():
    data = bytearray(good())
    at = data.find(b"PK\x01\x02")
    while at >= 0:  # general purpose bit 0: the entry is encrypted
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def ole(word):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + word.encode("utf-16-le") + bytes(64)


def fewer_said(data, count):
    at = data.rfind(b"PK\x05\x06")
    return data[:at + 8] + struct.pack("<HH", count, count) + data[at + 12:]


# name, bytes, words one of which the refusal must hold
def refused():
    shared = "<si><t>" + "x" * 30_000 + "</t></si>"
    many = "".join(f'<row r="{n}">' + "".join(f'<c r="{c}{n}" t="s"><v>0</v></c>' for c in "ABCDEFGHIJ") + "</row>"
                   for n in range(2, 2000))
    yield "a bomb of empty elements", good(row(1, HEADER) + row(2, ROW) + "<x/>" * 10_000_000), ["times its size"]
    yield "a cell without an end", good(row(1, HEADER) + row(2, ["x" * 3_000_000])), ["longer than"]
    yield "a bomb of shared texts", good(shared="<si><t>" + "x" * 1000 + "</t></si>" * 1 +
                                         ("<si><t>" + "y" * 1000 + "</t></si>") * 140_000), ["times its size", "MB of"]
    yield "a text that ten thousand cells name", good(row(1, HEADER) + many, shared=shared), ["times the text"]
    yield "twelve thousand entries", with_parts(*[(f"x{i}", "") for i in range(12_000)]), ["holds more than"]
    yield "a count of entries that lies", fewer_said(good(), 65_535), ["holds more than"]
    yield "a row beyond all rows", good(row(1, HEADER) + row(2_000_000, ROW)), ["row 2000000"]
    yield "a column beyond all columns", good(row(1, HEADER) + row(2, ROW, cell("XFE2", "x"))), ["column 16385"]
    yield "deep elements", good(row(1, HEADER) + "<a>" * 5000 + "</a>" * 5000), ["nested deeper"]
    yield "an external entity", good(dtd='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'), ["document type"]
    yield "a billion laughs", good(dtd='<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'), ["document type"]
    yield "an entity that nobody declared", good(row(1, HEADER) + row(2, ["&b;"])), ["is not a character"]
    yield "a truncated file", good()[:-40], ["damaged"]
    yield "half of a file", good()[:len(good()) // 2], ["damaged"]
    yield "a part that breaks off", good().replace(b"PK\x03\x04", b"PK\x03\x04", 1)[:600] + good()[640:], ["damaged"]
    yield "the wrong magic", b"PK\x03\x04" + bytes(200), ["damaged"]
    yield "a plain archive", zipped([("tickets.csv", "key,created\n")]), ["zip archive"]
    yield "an entry that stands twice", with_parts(("a", "1"), ("a", "2")), ["twice"]
    yield "a locked archive", encrypted_zip(), ["password"]
    yield "a locked workbook", ole("EncryptedPackage"), ["password"]
    yield "an old workbook", ole("Workbook"), [".xls"]
    yield "a sheet without rows", good(""), ["no sheet", "holds a table"]
    yield "no sheet at all", zipped((n, t) for n, t in parts("") if "sheet1" not in n), ["missing"]
    yield "cells out of order", good(row(1, HEADER) + '<row r="2"><c r="B2"/><c r="A2"/></row>'), ["out of order"]
    yield "rows out of order", good(row(1, HEADER) + row(3, ROW) + row(2, ROW)), ["stands behind"]
    yield "a text that is not there", good(row(1, HEADER) + row(2, [], '<c r="A2" t="s"><v>7</v></c>')), ["names text"]
    yield "an error in place of a date", good(row(1, HEADER) + row(
        2, ["A-1"], '<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>')), ["#DIV/0!"]
    yield "bytes that are no text", good(row(1, HEADER)).replace(b"x", b"x") and zipped(
        (n, t.encode() + b"\xff" if "sheet1" in n else t) for n, t in parts(row(1, HEADER))), ["UTF-8"]


# name, bytes, items, words one of which a statement or warning must hold
def taken():
    yield "macros", with_parts(("xl/vbaProject.bin", "Sub Auto_Open()")), 1, ["macros"]
    yield "names that lead elsewhere", with_parts(("/etc/tiebeam-was-here", "x"), ("../../tiebeam-was-here", "x"),
                                                  ("C:\\tiebeam-was-here", "x")), 1, []
    yield "a link to another host", zipped(
        (n, t.replace("</Relationships>", f'<Relationship Id="x" Type="{TYPES}externalLink" TargetMode="External" '
                      'Target="http://192.0.2.1/x"/></Relationships>') if n.startswith("xl/_rels") else t)
        for n, t in parts(row(1, HEADER) + row(2, ROW))), 1, []
    yield "formulas that name programs", good(row(1, HEADER) + row(2, ROW[:4], (
        '<c r="E2" t="str"><f>cmd|\' /c calc\'!A1</f><v>=cmd|calc</v></c>'))), 1, ["formula"]
    yield "errors beside the dates", good(row(1, HEADER) + row(
        2, ROW[:4], '<c r="E2" t="e"><f>1/0</f><v>#DIV/0!</v></c>')), 1, ["#DIV/0!"]
    yield "a header alone", good(row(1, HEADER)), 0, []
    yield "two rows a million apart", good(row(1, HEADER) + row(1_048_576, ROW)), 1, []


if __name__ == "__main__":
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    for name, content, *_ in chain(refused(), taken()):
        with open(os.path.join(folder, name.replace(" ", "-") + ".xlsx"), "wb") as out:
            out.write(content)
