#!/usr/bin/env python3
"""The peer of whatif_bench: 300 initiatives, 10,000 trials, 5 years, the same inputs in numpy, the way it is best
written there: whole arrays, one initiative at a time, draws by its own generator. Prints CPU times (best of 5)."""
import math
import time

import numpy as np

INITIATIVES, TRIALS, YEARS, RATE = 300, 10_000, 5, 0.08
Z95 = 1.6448536269514722
DISCOUNT = (1 + RATE) ** -np.arange(1.0, YEARS + 1)
OWN = np.sqrt(1 - 0.5 ** 2)


def lognormal(z, low, high):
    mu, sigma = (np.log(low) + np.log(high)) / 2, (np.log(high) - np.log(low)) / (2 * Z95)
    return np.exp(mu + sigma * z)


def pert_table(low, mode, high):
    """Quantiles of a PERT on a grid of normal scores: drawing is one interpolation."""
    a, b = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    x = (np.arange(200_000) + 0.5) / 200_000
    below = np.cumsum(x ** (a - 1) * (1 - x) ** (b - 1))
    grid = np.linspace(-8.25, 8.25, 1057)
    chance = np.array([0.5 * math.erfc(-z / math.sqrt(2)) for z in grid])
    return grid, low + (high - low) * np.interp(chance, below / below[-1], x)


ADOPTION, SHARE = pert_table(0.2, 0.6, 0.9), pert_table(0.3, 0.8, 1)


def initiative(i, drivers, with_payback):
    size = 1 + (i * 7919 % 97) / 10
    z = np.random.default_rng(i).standard_normal((6, TRIALS))
    z[:5] = OWN * z[:5] + 0.5 * drivers
    one_off = lognormal(z[0], 50e3 * size, 200e3 * size)
    run = lognormal(z[1], 5e3 * size, 20e3 * size)
    start = lognormal(z[2], 60, 500) / 365
    rate = lognormal(z[4], 40e3 * size, 250e3 * size) * np.interp(z[3], *ADOPTION) * np.interp(z[5], *SHARE) - run
    npv, paid, back = -one_off, -one_off, None
    if with_payback:
        back = np.full(TRIALS, np.inf)
    for year in range(YEARS):
        flow = rate * np.clip(year + 1 - start, 0, 1)
        npv = npv + DISCOUNT[year] * flow
        if with_payback:
            after = paid + flow
            crossed = (paid < 0) & (after >= 0) & np.isinf(back)
            back[crossed] = year - paid[crossed] / flow[crossed]
            paid = after
    return npv, back


def figures(npv):
    p05, p50, p95 = np.quantile(npv, [0.05, 0.5, 0.95], method="inverted_cdf")
    worst = np.partition(npv, TRIALS // 20)[: TRIALS // 20].mean()
    return npv.mean(), p05, p50, p95, (npv < 0).mean(), worst


def full(drivers, with_payback, with_figures):
    total = np.zeros(TRIALS)
    for i in range(INITIATIVES):
        npv, back = initiative(i, drivers, with_payback)
        total += npv
        if with_figures:
            figures(npv)
            np.median(back)
    return figures(total)


def best(run):
    times = []
    for _ in range(5):
        start = time.process_time()
        out = run()
        times.append(time.process_time() - start)
    return min(times), out


DRIVERS = np.random.default_rng(99).standard_normal((5, TRIALS))
took, found = best(lambda: full(DRIVERS, False, False))
print(f"full, net present value: {1000 * took:.0f} ms CPU; mean {found[0]:.6g}, P(loss) {found[4]:.3g}")
took, _ = best(lambda: full(DRIVERS, True, False))
print(f"full, with payback: {1000 * took:.0f} ms CPU")
took, _ = best(lambda: full(DRIVERS, True, True))
print(f"full, with payback and the figures of each: {1000 * took:.0f} ms CPU")
ROWS = np.array([initiative(i, DRIVERS, False)[0] for i in range(INITIATIVES)])
TOTAL = ROWS.sum(axis=0)


def one_input(i=7):
    npv, back = initiative(i, DRIVERS, True)
    figures(npv), np.median(back)
    return figures(TOTAL - ROWS[i] + npv)  # not the sum made anew, bit for bit


print(f"one input, sum by difference: {1e6 * best(one_input)[0]:.0f} us CPU")
print(f"one out, sum by difference: {1e6 * best(lambda: figures(TOTAL - ROWS[7]))[0]:.0f} us CPU")
