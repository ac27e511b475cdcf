"""The same figures in pandas.   python3 bench/flow/pandas_table.py FILE.csv
Reads the typed columns first; the CPU and wall seconds are those of the figures alone. One line of JSON."""
import json
import resource
import sys
import time

import numpy
import pandas

DAY = 86_400_000_000
GRACE = 7 * DAY
SHARES = [0.5, 0.85, 0.95]
# Ids as in bench/flow/generated_log.h, from 1: 1 is backlog, 11 blocked, 12 done, 13 cancelled.
ACTIVE = numpy.isin(numpy.arange(14), [3, 5, 7, 9])


def week_of(at):
    return (at // DAY + 3) // 7


def figures(events):
    events = events.sort_values(["item", "stamp", "row"], kind="stable")
    item, at = events["item"].to_numpy(), events["stamp"].to_numpy()
    state, team = events["state"].to_numpy(), events["team"].to_numpy()
    is_last = numpy.append(item[1:] != item[:-1], True)
    length = numpy.append(at[1:] - at[:-1], 0)
    length[is_last] = 0
    has_moved = numpy.append(False, (item[1:] == item[:-1]) & (team[1:] != team[:-1]))
    held = (state == 12) & (is_last | (length > GRACE))

    life = pandas.DataFrame({"item": item, "active": numpy.where(ACTIVE[state], length, 0),
                             "blocked": numpy.where(state == 11, length, 0),
                             "done_gap": numpy.where(state == 12, length, 0)}).groupby("item").sum()

    def first_of(mask):  # by item, of rows in time order
        rows = numpy.flatnonzero(mask)
        keep = numpy.append(True, item[rows][1:] != item[rows][:-1]) if len(rows) else rows
        return pandas.Series(at[rows[keep]], index=item[rows[keep]])

    life["started"] = first_of((state >= 2) & (state <= 11))
    life["counted"] = first_of(held)
    life["finish"] = first_of(is_last & (state == 12))
    done = life.dropna(subset=["finish"]).astype("int64")
    cycle = done["finish"] - done["started"]
    out = {"items": len(life), "finished": len(done), "cancelled": int((is_last & (state == 13)).sum()),
           "handoffs": int(has_moved.sum()), "cycle": int(cycle.sum()), "active": int(done["active"].sum()),
           "wait": int((cycle - done["active"] - done["blocked"] - done["done_gap"]).sum()),
           "blocked": int(done["blocked"].sum()), "done_gap": int(done["done_gap"].sum())}

    begun = week_of(life["started"].dropna().astype("int64")).value_counts()
    counted = life.dropna(subset=["counted", "started"]).astype({"counted": "int64", "started": "int64"})
    weeks = (counted["counted"] - counted["started"]).groupby(week_of(counted["counted"]))
    first = min(begun.index.min(), min(weeks.groups))
    sizes = weeks.size()
    out["arrivals"] = int((begun * (begun.index - first + 1)).sum())
    out["finishes"] = int((sizes * (sizes.index - first + 1)).sum())
    out["second_cycles"] = int(held.sum()) - int(sizes.sum())
    out["weekly_p"] = round(float(weeks.quantile(SHARES).sum()) * 1e-6, 3)

    stays = pandas.Series(length[length > 0]).groupby(state[length > 0])
    out["stays"] = int(stays.size().sum())
    out["stay_p"] = round(float(stays.quantile(SHARES).sum()) * 1e-6, 3)

    day = at // DAY
    start = day.min()
    change = numpy.zeros((day.max() - start + 1, 14), dtype="int64")
    numpy.add.at(change, (day - start, state), 1)
    numpy.add.at(change, (day[1:] - start, state[:-1]), -1 * ~is_last[:-1])
    rows, columns = change.shape
    weights = numpy.arange(1, rows + 1)[:, None] * numpy.arange(columns)[None, :]
    out["cfd"] = int((change.cumsum(axis=0) * weights).sum())
    return out


def main(path):
    types = {"row": "uint32", "item": "uint32", "stamp": "int64", "state": "uint8", "team": "uint8"}
    events = pandas.read_csv(path, dtype=types)
    cpu, wall = time.process_time(), time.perf_counter()
    found = figures(events)
    cost = {"engine": f"pandas {pandas.__version__}", "threads": 1, "cpu": round(time.process_time() - cpu, 2),
            "wall": round(time.perf_counter() - wall, 2),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}
    print(json.dumps(cost | found))


main(sys.argv[1])
