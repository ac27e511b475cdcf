#!/usr/bin/env python3
"""Prints the table of docs/performance.md, "The Risk room": an organisation with N scenarios (those of risk_registers.py, w2
every fourth, again and again under other ids), a control for every tenth that reduces five scenarios each, two in place; the
server's first answer about it, a control switched, the drawn years; beside it numpy simulating the same scenarios anew.

  bench/risk_room.py [--program build/release/tiebeam] [--python /usr/bin/python3] [--port 8809] [--runs 5] [N ...]

Wall times are of the request, CPU seconds those of the server's process (all its threads). The first answer is asked of a
server that has just started, so that nothing of it is kept."""
import argparse
import json
import os
import signal
import statistics
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from risk_registers import scenario

HERE = Path(__file__).parent


def register(n):
    scenarios = []
    for i in range(n):
        one = scenario("w2" if i % 4 == 0 else "w1", i % 100)
        scenarios.append({**one, "id": f"scenario-{i:04}", "title": f"Scenario {i}"})
    controls = [{"id": f"control-{c:03}", "title": f"Control {c}", "cost_a_year": {"kind": "pert", "min": 1e3, "mode": 4e3, "max": 2e4},
                 **({"in_place": True} if c < 2 else {}),
                 "reduces": [{"scenario": scenarios[(7 * c + 13 * k) % n]["id"], "factor": "frequency" if k % 2 else "magnitude",
                              "by": {"kind": "pert", "min": 0.1, "mode": 0.4, "max": 0.8}} for k in range(5)]} for c in range(n // 10)]
    return {"currency": "EUR", "trials": 100000, "scenarios": scenarios, "controls": controls,
            "appetite": [{"probability": 0.1, "loss": 1e7}, {"probability": 0.01, "loss": 1e8}]}


class Server:
    def __init__(self, program, data, port):
        self.base = f"http://127.0.0.1:{port}/api/v1/orgs"
        self.process = subprocess.Popen([program, "serve", "--data", data, "--listen", f"127.0.0.1:{port}"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                urllib.request.urlopen(self.base).read()
                break
            except OSError:
                time.sleep(0.05)

    def cpu(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def ask(self, path):
        before, began = self.cpu(), time.monotonic()
        body = urllib.request.urlopen(f"{self.base}/{path}").read()
        return time.monotonic() - began, self.cpu() - before, body

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def organisation(program, folder, n):
    data, path = os.path.join(folder, f"data-{n}"), os.path.join(folder, f"register-{n}.json")
    with open(path, "w", encoding="utf-8") as out:
        json.dump(register(n), out)
    run = [program, "record", "person", "add", "name=Ada", "--data", data, "--org", "bench"]
    made = subprocess.run(run, capture_output=True, text=True)
    if made.returncode != 0:  # no organisation yet: an import makes one
        events = os.path.join(folder, "events.csv")
        Path(events).write_text("item,at,state\nA-1,2026-01-05T08:00:00Z,Active\nA-1,2026-01-06T08:00:00Z,Done\n")
        subprocess.run([program, "import", events, "--data", data, "--org", "bench"], check=True, capture_output=True)
    subprocess.run([program, "risk", "import", path, "--data", data, "--org", "bench"], check=True, capture_output=True)
    return data, path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="build/release/tiebeam")
    parser.add_argument("--python", default="/usr/bin/python3")
    parser.add_argument("--port", type=int, default=8809)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 500])
    asked = parser.parse_args()
    program = os.path.abspath(asked.program)
    with tempfile.TemporaryDirectory() as folder:
        for n in asked.sizes:
            data, path = organisation(program, folder, n)
            first, switch, peer = [], [], []
            for run in range(asked.runs):
                server = Server(program, data, asked.port)
                first.append(server.ask("bench/risk/exposure"))
                others = n // 10
                ids = [f"control-{c:03}" for c in range(others) if c != (run + 2) % others and (c < 2 or c % 3 == run % 3)]
                switch.append(server.ask("bench/risk/exposure?controls=" + ",".join(ids)))
                draws = server.ask("bench/risk/draws")
                server.stop()
                found = subprocess.run([asked.python, str(HERE / "risk_numpy.py"), path, "100000"], check=True, capture_output=True,
                                       text=True, env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"})
                peer.append(json.loads(found.stdout)["cpu"])
            middle = lambda rows, at: statistics.median(row[at] for row in rows)
            print(f"{n} scenarios, {n // 10} controls, 100,000 years")
            print(f"  first answer      {middle(first, 0):.3f} s wall, {middle(first, 1):.2f} s CPU, {len(first[0][2])} bytes")
            print(f"  controls switched {middle(switch, 0):.3f} s wall, {middle(switch, 1):.2f} s CPU")
            print(f"  drawn years       {draws[0]:.3f} s wall, {len(draws[2])} bytes")
            print(f"  numpy, the scenarios alone, without any control: {statistics.median(peer):.2f} s CPU; "
                  f"{statistics.median(peer) / middle(first, 1):.1f} times the first answer, "
                  f"{statistics.median(peer) / middle(switch, 1):.1f} times a switch")


if __name__ == "__main__":
    main()
