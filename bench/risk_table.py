#!/usr/bin/env python3
"""Prints the table of docs/performance.md, "Simulations": CPU seconds (user and system) of whole processes
on one thread, `tiebeam risk simulate` against vectorised numpy on the same registers, run by run in turn.

  bench/risk_table.py [--program build/bench/tiebeam] [--python /usr/bin/python3] [--runs 5] [--large]

--large adds one million trials, memory and two threads. The ratio is of the medians."""
import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent


def timed(command, **environment):
    """(CPU seconds, wall seconds, peak MB, standard output) of one process."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with tempfile.NamedTemporaryFile() as peak:
        done = subprocess.run(["/usr/bin/time", "-f", "%M", "-o", peak.name, *command], check=True,
                              capture_output=True, env={**os.environ, **environment})
        megabytes = int(Path(peak.name).read_text().split()[-1]) / 1024
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - began, megabytes, done.stdout


class Peer:
    def __init__(self, python):
        self.python = python

    def run(self, register, trials):
        # Its own clock: the start of Python and of numpy is not counted.
        _, _, megabytes, out = timed([self.python, str(HERE / "risk_numpy.py"), register, str(trials)],
                                     OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
        found = json.loads(out)
        return found["cpu"], megabytes, found["ale"]


def ours(program, register, trials, vectors, threads=1):
    cpu, wall, megabytes, out = timed([program, "risk", "simulate", register, "--trials", str(trials), "--json",
                                       "--threads", str(threads)], TIEBEAM_VECTORS=vectors)
    return cpu, wall, megabytes, json.loads(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="build/bench/tiebeam")
    parser.add_argument("--python", default="/usr/bin/python3")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--large", action="store_true")
    asked = parser.parse_args()
    wide = [v for v in ("avx512", "avx2") if v in open("/proc/cpuinfo").read().replace("avx512f", "avx512")]
    peer = Peer(asked.python)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("w1", "w2"):
            register = f"{folder}/{name}.json"
            with open(register, "w") as file:
                subprocess.run([sys.executable, str(HERE / "risk_registers.py"), name], stdout=file, check=True)
            for trials in [100_000] + ([1_000_000] if asked.large else []):
                runs = asked.runs if trials == 100_000 else max(2, asked.runs // 2)
                theirs, found = [], {v: [] for v in wide}
                for _ in range(runs):
                    theirs.append(peer.run(register, trials))
                    for vectors in wide:
                        found[vectors].append(ours(asked.program, register, trials, vectors))
                numpy_cpu = statistics.median(run[0] for run in theirs)
                print(f"{name.upper()} {trials:,} trials: numpy {numpy_cpu:.3f} s, {theirs[0][1]:.0f} MB")
                for vectors in wide:
                    cpu = statistics.median(run[0] for run in found[vectors])
                    answer = found[vectors][0][3]["portfolio"]
                    off = abs(answer["ale"] - theirs[0][2]) / answer["se"]
                    print(f"  {vectors}: {cpu:.3f} s, {found[vectors][0][2]:.0f} MB, {numpy_cpu / cpu:.1f} times less; "
                          f"means {off:.1f} standard errors apart")
                if asked.large and trials == 1_000_000:
                    one = min(ours(asked.program, register, trials, wide[0])[1] for _ in range(3))
                    two = min(ours(asked.program, register, trials, wide[0], 2)[1] for _ in range(3))
                    print(f"  two threads: {one:.2f} s becomes {two:.2f} s, {one / two:.2f} times")


main()
