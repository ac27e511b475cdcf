#!/usr/bin/env python3
"""Refuses what points the wrong way: includes against the layers, clocks and chance outside apps,
libraries outside their wrapper, SQL outside store, tests that share a folder. A table and a loop; ARCHITECTURE.md says why."""
import re
import sys
from pathlib import Path

ENGINE = {"base", "quant", "model", "records"}
KERNEL = {"base", "quant", "model", "store", "ingest", "application"}
# What a file of each layer may include, beside its own layer. "own x" is x of the same room.
MAY = {
    "base": set(),
    "quant": {"base"},
    "model": {"base"},
    "store": {"base", "model"},
    "ingest": {"base", "model", "store", "records"},
    "application": {"base", "model", "quant", "store", "ingest"},
    "server": {"base", "model", "store", "quant", "application"},
    "cli": {"base", "model", "store", "quant", "application"},
    "records": {"base"},
    "engine": ENGINE,
    "rules": ENGINE,
    "facade": ENGINE | {"own engine", "own rules"},
    "room api": {"base", "model", "records", "application", "server", "own facade"},
    "room cli": {"base", "model", "records", "application", "cli", "own facade"},
    "mount": {"base", "model", "store", "records", "application", "server", "cli", "own engine",
              "own rules", "own facade", "own room api", "own room cli"},
    "apps": KERNEL | {"server", "cli", "mount"},
    "tests": KERNEL | {"server", "cli", "records", "mount", "engine"},
    "bench": KERNEL | {"server", "records", "engine"},
}
# Libraries and the layers whose .cc files wrap them; no header of ours shows one.
WRAPPED = [
    (r"xxh(ash|3)\.h|openssl/.*", {"base"}),
    (r"simdjson\.h", {"model", "ingest"}),
    (r"toml\+\+/.*|toml\.hpp", {"model", "ingest"}),
    (r"zlib\.h|zip\.h|pugixml\.hpp", {"ingest"}),
    (r"sqlite3\.h|libpq-fe\.h|zstd\.h|sodium(/.*)?(\.h)?", {"store"}),
    (r"hwy/.*", {"quant"}),
    (r"date/.*", {"application"}),
    (r"CLI/.*", {"cli", "apps"}),
    (r"boost/math/.*", {"quant"}),
    (r"boost/.*", {"server"}),
    (r"(gtest|gmock|rapidcheck)(/.*|\.h)", {"tests"}),
    (r"benchmark/.*", {"bench"}),
]
CLOCK = "reads a clock; take `as_of` or `at` as an argument"
NOT_PURE = [
    (r"\b(system|steady|high_resolution|utc|file)_clock::now\b", CLOCK),
    (r"(?:\bstd::|(?<![\w.>]))time\s*\(\s*(?:nullptr|NULL|0|&\s*\w+)\s*\)", CLOCK),
    (r"\b(gettimeofday|clock_gettime|localtime(_r)?)\s*\(", CLOCK),
    (r"\brandom_device\b", "draws chance that nobody can repeat; take a seed as an argument"),
    (r"\b(secure_)?getenv\s*\(", "reads the environment; take the setting as an argument"),
]
SHARED_FOLDER = re.compile(r"\b(TempDir|temp_directory_path|mkdtemp)\s*\(")
SQL = re.compile(r"\s*(?:(?:(?:SELECT|INSERT|UPDATE|CREATE TABLE)\b|DELETE\s)"
                 r"|(?i:select\s.+?\sfrom|insert into|delete from|create table|update\s+\w+\s+set)\s)", re.S)
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|R"(?P<d>[^(\s]*)\((?P<raw>.*?)\)(?P=d)"|"(?P<text>(?:\\.|[^"\\\n])*)"'
                   r"|(?<!\w)'(?:\\.|[^'\\\n])+'", re.S)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.M)


def place(path):
    """(layer, room) of a file; room is None outside rooms, layer is None where nothing belongs."""
    parts = path.split("/")
    if parts[0] != "rooms":
        return (parts[0] if parts[0] in MAY and len(parts) > 1 else None), None
    room, rest = parts[1], parts[2:]
    if len(rest) == 1:
        stem = rest[0].split(".")[0].removesuffix("_test")
        if stem.startswith("mount_"):
            stem = "mount"  # a part of the room's mount in a file of its own
        if stem.endswith("_records"):
            stem = "records"  # plain data that other rooms may read, in a file of its own
        return {"records": "records", "mount": "mount"}.get(stem, "facade"), room
    return {"engine": "engine", "rules": "rules", "api": "room api", "cli": "room cli",
            "testdata": "tests"}.get(rest[0] if rest else None), room


def is_test(path):
    return path.endswith(("_test.cc", "_fuzz.cc", "_bench.cc", "test_support.h", "fuzz_support.h")) or path.startswith(("tests/", "bench/"))


def wrong_include(path, target):
    """Why `path` must not include our own file `target`, or None."""
    layer, room = place(path)
    other, other_room = place(target)
    if other is None:
        return f"includes '{target}', which is in no layer; write the path from the root of the project"
    if other_room and room and other_room != room and other != "records":
        return f"room '{room}' includes room '{other_room}'; pass an id, a link or a Figure instead"
    if is_test(path) and other_room and other_room == room:
        return None  # a test may look at all of its own room
    may = MAY[layer] | (KERNEL if is_test(path) else set())
    own = other_room == room and (other == layer or f"own {other}" in may)
    if own or other in may:
        return None
    if other_room and layer in ("apps", "application", "server", "cli"):
        return f"'{layer}' includes '{target}'; a room is reached by what its mount registers"
    names = ", ".join(sorted(may)) or "nothing of ours"
    return f"'{layer}' may not include '{other}' (it may: {names}); move the code down or hand the value in"


def wrong_library(path, header):
    wrappers = next((layers for pattern, layers in WRAPPED if re.fullmatch(pattern, header)), None)
    if wrappers is None:
        return None
    layer = "tests" if is_test(path) and "tests" in wrappers else place(path)[0]
    if path.startswith("tests/") and "tests" not in wrappers:  # tests/store/ stands for store
        layer = path.split("/")[1]
    if layer not in wrappers:
        return f"<{header}> belongs in {' and '.join(sorted(wrappers))}; use what wraps it there"
    if path.endswith(".h") and not path.endswith("-inl.h") and layer not in ("tests", "bench"):
        return f"<{header}> in a header; wrap it in the .cc so that nobody else compiles it"
    return None


def check(path, text):
    """All that is wrong in one file, as `path:line: why`."""
    layer, _ = place(path)
    faults = []
    if layer is None:
        return [f"{path}:1: is in no layer; the folders of a room are engine, rules, api, cli and web"]

    def fault(offset, why):
        faults.append((text.count("\n", 0, offset) + 1, why))

    may_sql = layer == "store" or path.startswith("tests/store/")

    def blank(token):
        literal = token["raw"] if token["raw"] is not None else token["text"]
        if literal is not None and SQL.match(literal) and not may_sql:
            fault(token.start(), "SQL outside store; add an operation to store/store.h")
        return re.sub(r"[^\n]", " ", token[0])

    for match in INCLUDE.finditer(text):
        why = wrong_include(path, match[1]) if match[1] else wrong_library(path, match[2])
        if why:
            fault(match.start(), why)
    code = TOKEN.sub(blank, INCLUDE.sub(lambda m: " " * len(m[0]), text))
    if layer != "apps" and not is_test(path):
        for pattern, why in NOT_PURE:
            for match in re.finditer(pattern, code):
                fault(match.start(), f"'{match[0]}' {why}")
    if path.endswith("_test.cc"):
        for match in SHARED_FOLDER.finditer(code):
            fault(match.start(), "tests run side by side; take a TestFolder (base/test_support.h)")
    return [f"{path}:{line}: {why}" for line, why in sorted(faults)]


def main(root):
    files = sorted(p for top in [*MAY, "rooms"] for p in (root / top).rglob("*")
                   if p.suffix in (".h", ".cc") and p.is_file())
    faults = [f for p in files for f in check(p.relative_to(root).as_posix(), p.read_text("utf-8"))]
    print(*faults, f"layers: {len(files)} files checked, {len(faults)} refused", sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()))
