#!/usr/bin/env python3
"""The peer of `tiebeam risk simulate` on the registers of risk_registers.py: vectorised numpy, one
scenario at a time, the same results (per scenario mean and ten percentiles, portfolio percentiles and
tail means). Prints CPU seconds.   bench/risk_numpy.py REGISTER TRIALS"""
import json
import sys
import time

import numpy as np

Z95 = 1.6448536269514722


def pert(rng, e, n):
    if not isinstance(e, dict):
        return e
    width = e["max"] - e["min"]
    a, b = 1 + 4 * (e["mode"] - e["min"]) / width, 1 + 4 * (e["max"] - e["mode"]) / width
    return e["min"] + width * rng.beta(a, b, n)


def lognormal(rng, e, n):
    low, high = np.log(e["p05"]), np.log(e["p95"])
    return rng.lognormal((low + high) / 2, (high - low) / (2 * Z95), n)


def year(rng, s, n):
    f = s["frequency"]
    rate = f["rate"] if "rate" in f else pert(rng, f["contact"], n) * f["action"] * pert(rng, f["vulnerability"], n)
    counts = rng.poisson(rate, n)
    trial = np.repeat(np.arange(n), counts)
    loss = lognormal(rng, s["primary_loss"], trial.size)
    if "secondary_loss" in s:
        p = pert(rng, s["secondary_probability"], n)
        hit = np.flatnonzero(rng.random(trial.size) < p[trial])
        loss[hit] += lognormal(rng, s["secondary_loss"], hit.size)
    return np.bincount(trial, loss, n)


def main():
    register, n = json.load(open(sys.argv[1])), int(sys.argv[2])
    began = time.process_time()
    rng = np.random.default_rng(1)
    total, shares = np.zeros(n), [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999]
    means = []
    for s in register["scenarios"]:
        loss = year(rng, s, n)
        means.append(loss.mean())
        np.quantile(loss, shares, method="inverted_cdf")
        total += loss
    sorted_total = np.sort(total)
    tails = [sorted_total[int(n * q):].mean() for q in (0.95, 0.99)]
    cpu = time.process_time() - began
    print(json.dumps({"cpu": round(cpu, 4), "ale": sum(means), "p99": float(np.quantile(total, 0.99)), "tvar95": float(tails[0])}))


main()
