#!/usr/bin/env python3
"""Fits the polynomials of quant/kernels-inl.h and prints them with their largest relative error.

Each is a minimax rational P(x)/Q(x), Q(0) = 1, found by least squares on Chebyshev nodes with Lawson's
weights. Needs python3-mpmath; run it only to change a coefficient: tools/fit_kernels.py > out."""
from mpmath import cos, erfc, exp, findroot, log, matrix, mp, mpf, pi, qr_solve, sqrt

mp.dps = 40


def upper_quantile(p):
    """z with P(Z > z) = p, for p < 1/2."""
    t = sqrt(-2 * log(p))
    return findroot(lambda z: erfc(z / sqrt(2)) / 2 / p - 1, t - (log(t) + log(2 * pi) / 2) / t)


def value(coefficients, x):
    total = mpf(0)
    for c in reversed(coefficients):
        total = total * x + c
    return total


def fit(f, low, high, above, below, nodes=60, rounds=25):
    """Degrees `above` over `below` -> (largest relative error at the nodes, P, Q)."""
    xs = [(low + high) / 2 + (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * nodes)) for i in range(nodes)]
    ys = [f(x) for x in xs]
    scale = max(abs(low), abs(high))
    weights, last_q, best = [mpf(1)] * nodes, [mpf(1)] * nodes, None
    for turn in range(rounds):
        rows, right = [], []
        for x, y, w, q in zip(xs, ys, weights, last_q):
            k = sqrt(w) / (y * q)
            rows.append([k * (x / scale) ** i for i in range(above + 1)]
                        + [-k * y * (x / scale) ** j for j in range(1, below + 1)])
            right.append(k * y)
        c = qr_solve(matrix(rows), matrix(right))[0]
        p = [c[i] / scale ** i for i in range(above + 1)]
        q = [mpf(1)] + [c[above + j] / scale ** j for j in range(1, below + 1)]
        last_q = [value(q, x) for x in xs]
        errors = [abs(value(p, x) / at / y - 1) for x, y, at in zip(xs, ys, last_q)]
        if best is None or max(errors) < best[0]:
            best = (max(errors), p, q)
        if turn >= 3:
            total = sum(w * e for w, e in zip(weights, errors))
            weights = [w * e / total * nodes for w, e in zip(weights, errors)]
    return best


def show(name, fitted):
    error, p, q = fitted
    print(f"// {name}: largest relative error {mp.nstr(error, 2)}")
    for letter, coefficients in (("P", p), ("Q", q)):
        if len(coefficients) > 1:
            print(f"// {letter}: " + ", ".join(repr(float(c)) for c in coefficients))


edge = mpf(15) / 32  # |u - 1/2| up to here is the centre
show("z / (u - 1/2) over (u - 1/2)^2, centre",
     fit(lambda r: upper_quantile(mpf(1) / 2 - sqrt(r)) / sqrt(r), mpf(0), edge ** 2, 6, 6))
show("z over sqrt(-2 ln p), tail",
     fit(lambda s: upper_quantile(exp(-s * s / 2)), sqrt(-2 * log(mpf(1) / 2 - edge)), sqrt(106 * log(mpf(2))), 5, 5))
show("(e^x - 1) / x", fit(lambda x: (exp(x) - 1) / x if x else mpf(1), -log(mpf(2)) / 2, log(mpf(2)) / 2, 7, 0))
show("(ln((1+s)/(1-s)) / s - 2) / s^2 over s^2",
     fit(lambda r: (log((1 + sqrt(r)) / (1 - sqrt(r))) / sqrt(r) - 2) / r, mpf(0),
         ((sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)) ** 2, 5, 0))
