#!/usr/bin/env python3
"""Kills a writing process at random moments and checks that the store kept its word.

    crash_test.py WORKER kill [ROUNDS]     kill -9 in the middle, ROUNDS times (default 200)
    crash_test.py WORKER two               two processes write at once
    crash_test.py WORKER full              the disk is full (a file size limit)

After each: the journal verifies, nothing acknowledged is lost, nothing is there twice or half.
"""
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time

ROWS = 40  # as in crash_worker.cc
SEED = 20240301


def state_of(worker, store):
    """What is in the store: its records, and the rows of each item."""
    done = subprocess.run([worker, "check", store], capture_output=True, text=True, timeout=120)
    lines = done.stdout.split("\n")[:-1]
    if done.returncode != 0 or lines[-1:] != ["sound"]:
        raise SystemExit(f"not sound: {lines[-3:]} {done.stderr}")
    things = [line.split()[1] for line in lines if line.startswith("thing ")]
    items = {line.split()[1]: int(line.split()[2]) for line in lines if line.startswith("item ")}
    if len(set(things)) != len(things):
        raise SystemExit("a record is there twice")
    return set(things), items


def expect_whole(worker, store, acknowledged):
    """Operations up to `acknowledged` are all there; at most the next one may be too; none is half."""
    things, items = state_of(worker, store)
    for n in range(acknowledged + 2):
        if n % 4 == 3:
            there = [f"i{n}" in things, items.get(f"item-{n}", 0) == ROWS]
            gone = f"i{n}" not in things and f"item-{n}" not in items
        else:
            there = [f"t{n}-a" in things, f"t{n}-b" in things]
            gone = not any(there)
        if not all(there) and not (gone and n > acknowledged):
            raise SystemExit(f"operation {n} of {acknowledged} acknowledged is lost, half or doubled")
    expected = {f"item-{n}" for n in range(acknowledged + 2)}
    if not set(items) <= expected:
        raise SystemExit("rows nobody wrote")


def acks_of(output):
    return [line.split()[1] for line in output.split("\n")[:-1] if line.startswith("ack ")]


def kill(worker, folder, rounds):
    store = os.path.join(folder, "crash.tiebeam")
    chance = random.Random(SEED)
    acknowledged, killed_at_work = -1, 0
    for _ in range(rounds):
        # The operation whose answer was lost is repeated: with its key it must not count twice.
        process = subprocess.Popen([worker, "mixed", store, str(acknowledged + 1)],
                                   stdout=subprocess.PIPE, text=True)
        time.sleep(chance.uniform(0.005, 0.150))
        process.send_signal(signal.SIGKILL)
        output, _ = process.communicate()
        acks = acks_of(output)
        if acks:
            acknowledged = int(acks[-1])
            killed_at_work += 1
        if os.path.exists(store):
            expect_whole(worker, store, acknowledged)
    print(f"{rounds} kills, {killed_at_work} of them between acknowledged writes, "
          f"{acknowledged + 1} operations kept")
    if killed_at_work * 4 < rounds:
        raise SystemExit("the worker hardly ever got to write: nothing was tested")


def two(worker, folder):
    store = os.path.join(folder, "two.tiebeam")
    processes = [subprocess.Popen([worker, "write", store, name, "200"], stdout=subprocess.PIPE, text=True)
                 for name in ("left", "right")]
    acks = []
    for process in processes:
        output, _ = process.communicate(timeout=280)
        if process.returncode != 0:
            raise SystemExit(f"a writer failed: {output[-300:]}")
        acks += acks_of(output)
    things, _ = state_of(worker, store)
    if len(acks) != 400 or things != set(acks):
        raise SystemExit(f"{len(acks)} acknowledged, {len(things)} there")
    print("2 processes, 400 acknowledged writes, all there")


def full(worker, folder):
    store = os.path.join(folder, "full.tiebeam")
    state_of(worker, store)  # makes it

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000))

    done = subprocess.run([worker, "fill", store], capture_output=True, text=True, timeout=120, preexec_fn=limit)
    last = done.stdout.split("\n")[-2]
    if last != "error store.unavailable":
        raise SystemExit(f"expected store.unavailable, got: {last} {done.stderr}")
    acks = acks_of(done.stdout)
    things, _ = state_of(worker, store)
    expected = {f"t{n}-{side}" for n in range(len(acks)) for side in "ab"}
    if things != expected:
        raise SystemExit(f"{len(expected)} acknowledged, {len(things)} there")
    print(f"disk full after {len(acks)} writes, all of them there")


def main():
    worker, mode = sys.argv[1], sys.argv[2]
    with tempfile.TemporaryDirectory(prefix="tiebeam-crash-") as folder:
        if mode == "kill":
            kill(worker, folder, int(sys.argv[3]) if len(sys.argv) > 3 else 200)
        else:
            {"two": two, "full": full}[mode](worker, folder)


if __name__ == "__main__":
    main()
