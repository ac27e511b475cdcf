#!/usr/bin/env python3
"""Writes the registers W1 and W2 of docs/performance.md: 100 scenarios each, no chance involved.

W1: Poisson events (74.3 a year in all) of lognormal loss. W2: rate and vulnerability PERT, a secondary
loss with a PERT probability, all losses lognormal.
  bench/risk_registers.py w1|w2 > FILE"""
import json
import sys


def between(low, high, i, n=100):
    return low * (high / low) ** (i / (n - 1))


def scenario(which, i):
    j = (37 * i) % 100  # another order for the losses
    low = between(2e3, 2e5, j)
    out = {"id": f"scenario-{i:03}", "primary_loss": {"kind": "lognormal", "p05": low, "p95": low * between(5, 80, (61 * i) % 100)}}
    rate = between(0.02, 3.894, i)
    if which == "w1":
        out["frequency"] = {"kind": "poisson", "rate": rate}
        return out
    out["frequency"] = {"kind": "poisson", "contact": {"kind": "pert", "min": rate * 0.5, "mode": 2 * rate, "max": 6 * rate},
                        "action": 1, "vulnerability": {"kind": "pert", "min": 0.1, "mode": 0.3, "max": 0.9}}
    out["secondary_probability"] = {"kind": "pert", "min": 0.05, "mode": 0.1, "max": 0.3}
    out["secondary_loss"] = {"kind": "lognormal", "p05": 5 * low, "p95": 5 * low * between(10, 100, (23 * i) % 100)}
    return out


if __name__ == "__main__":
    json.dump({"currency": "EUR", "trials": 100000, "scenarios": [scenario(sys.argv[1], i) for i in range(100)]}, sys.stdout)
