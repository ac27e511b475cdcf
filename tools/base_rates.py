#!/usr/bin/env python3
"""Base rates from the public data in sample/base_rates: what the starting points of the risk room call "measured".

usage: base_rates.py           prints the numbers
       base_rates.py --write   writes them to rooms/risk/starters/measured.json
       base_rates.py --check   ends with 1 when that file says something else

Quantiles: linear between ranks (Hyndman and Fan, type 7). Intervals of shares: Jeffreys, 90 %.
"""
import csv
import json
import math
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DATA = os.path.join(ROOT, "sample", "base_rates")
TARGET = os.path.join(ROOT, "rooms", "risk", "starters", "measured.json")
GREW = 0.1  # a programme "grew" when its cost rose by more than this share
SAME = 2.0  # above this growth it is another programme under the same name, or another way to count: left out


def rows(name):
    with open(os.path.join(DATA, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def quantile(values, p):
    ordered = sorted(values)
    at = (len(ordered) - 1) * p
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])


def beta_cdf(x, a, b):
    """Regularised incomplete beta by Lentz's continued fraction (Numerical Recipes, 6.4)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_cdf(1 - x, b, a)
    c, d = 1.0, 1 / max(1 - (a + b) * x / (a + 1), 1e-300)
    h = d
    for m in range(1, 300):
        for term in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 / (1 + term * d)
            c = 1 + term / c
            h *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return front * h / a


def beta_quantile(p, a, b):
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if beta_cdf(middle, a, b) < p else (low, middle)
    return (low + high) / 2


def spread(values, what, unit):
    return {"what": what, "unit": unit, "n": len(values), "p05": quantile(values, 0.05), "p50": quantile(values, 0.5), "p90": quantile(values, 0.9), "p95": quantile(values, 0.95)}


def share(part, whole, what):
    low, high = (beta_quantile(p, part + 0.5, whole - part + 0.5) for p in (0.05, 0.95))
    return {"what": what, "unit": "share", "n": whole, "k": part, "value": part / whole, "p05": low, "p95": high}


def breaches():
    all_rows = [row for row in rows("us_health_breaches.csv") if row["people_affected"]]
    people = lambda chosen: [float(row["people_affected"]) for row in chosen]
    out = {
        "hhs.people": spread(people(all_rows), "people affected by a reported breach", "people"),
        "hhs.people.insider": spread(people([r for r in all_rows if r["cause"] == "Unauthorized Access/Disclosure"]),
                                     "people affected, unauthorised access or disclosure", "people"),
        "hhs.people.laptop": spread(people([r for r in all_rows if r["where"] == "Laptop"]), "people affected, a laptop alone", "people"),
        "hhs.people.hacking": spread(people([r for r in all_rows if r["cause"] == "Hacking/IT Incident"]), "people affected, hacking", "people"),
        "hhs.laptop": share(sum("Laptop" in r["where"] for r in all_rows), len(all_rows), "breaches that involve a laptop"),
        "hhs.supplier": share(sum(r["business_associate"] == "true" for r in all_rows), len(all_rows), "breaches at or with a supplier"),
    }
    for year in (2010, 2011):
        out[f"hhs.reports.{year}"] = {"what": f"breaches of 500 people and more reported in {year}", "unit": "a year",
                                      "n": sum(row["submitted"].startswith(str(year)) for row in rows("us_health_breaches.csv"))}
    return out


def uk_growth():
    """Change of whole-life cost from one year's list to the next: ICT and transformation programmes on both."""
    kinds = ("ICT", "Government Transformation and Service Delivery")
    plain = lambda name: re.sub("[^a-z0-9]", "", name.lower())
    lists = {}
    for row in rows("uk_gmpp.csv"):
        lists.setdefault(int(row["year"]), {})[plain(row["project"])] = row
    out = []
    for year in (2018, 2019, 2020):
        for name, before in lists[year].items():
            after = lists[year + 1].get(name)
            if not after or after["category"] not in kinds:
                continue
            costs = [float(row["whole_life_cost_million_gbp"] or 0) for row in (before, after)]
            if min(costs) > 0:
                out.append(costs[1] / costs[0] - 1)
    return out


def same(growths):
    return [growth for growth in growths if growth <= SAME]


def programmes():
    kinds = ("ICT", "Government Transformation and Service Delivery")
    uk_all = uk_growth()
    uk = same(uk_all)
    rated = [row for row in rows("uk_gmpp.csv") if row["category"] in kinds and row["rating"]]
    doubtful = [row for row in rated if row["rating"] in ("Red", "Amber/Red")]
    lists = {}
    for row in rows("canada_large_it.csv"):
        if row["budget_cad"] and float(row["budget_cad"]) > 0:
            lists.setdefault(row["list"], {})[row["project"]] = float(row["budget_cad"])
    canada_all = [lists["2019"][name] / cost - 1 for name, cost in lists["2016"].items() if name in lists["2019"]]
    canada = same(canada_all)
    grown = sum(growth > GREW for growth in canada)
    return {
        "uk.left_out": {"what": "pairs of years that differ more than threefold, left out", "unit": "pairs", "n": len(uk_all) - len(uk)},
        "canada.left_out": {"what": "projects that differ more than threefold, left out", "unit": "projects", "n": len(canada_all) - len(canada)},
        "uk.grew": share(sum(growth > GREW for growth in uk), len(uk), "programme years in which the cost grew by more than a tenth"),
        "uk.growth": spread([growth for growth in uk if growth > GREW], "growth of the cost in such a year", "share"),
        "uk.doubtful": share(len(doubtful), len(rated), "yearly ratings that are red or amber/red"),
        "canada.grew": share(grown, len(canada), "projects whose budget grew by more than a tenth from 2016 to 2019"),
        "canada.grew.a_year": {"what": "the same as a yearly rate", "unit": "a year", "n": len(canada), "value": -math.log1p(-grown / len(canada)) / 3},
        "canada.growth": spread([growth for growth in canada if growth > GREW], "growth of the budget of such a project", "share"),
    }


def rounded(value):
    return float(f"{value:.6g}") if isinstance(value, float) else value


def measured():
    numbers = {**breaches(), **programmes()}
    return {key: {name: rounded(value) for name, value in one.items()} for key, one in numbers.items()}


def main():
    text = json.dumps(measured(), indent=2) + "\n"
    if "--write" in sys.argv:
        with open(TARGET, "w", encoding="utf-8") as file:
            file.write(text)
        return 0
    if "--check" not in sys.argv:
        print(text, end="")
        return 0
    with open(TARGET, encoding="utf-8") as file:
        if file.read() == text:
            return 0
    print("rooms/risk/starters/measured.json does not say what the data say; run: tools/base_rates.py --write")
    return 1


if __name__ == "__main__":
    sys.exit(main())
