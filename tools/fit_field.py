#!/usr/bin/env python3
"""Fits the simulator's field to a published marathon with times at every mat.

Prints the table that `src/sim/field_table.cc` holds: quantiles of net time by sex and age band,
shape of pace along the course by ability, quantiles of second half over first half, and how often
and how deep runners hit the wall. Only these few numbers are kept, never the data.

Usage: tools/fit_field.py PATH/TO/chicago-2023/wide.csv
Columns used: age_group, gender, 05K 10K 15K 20K HALF 25K 30K 35K 40K Finish (h:mm:ss, net).
"""
import csv
import sys

POINTS = ["05K", "10K", "15K", "20K", "HALF", "25K", "30K", "35K", "40K", "Finish"]
KILOMETRES = [5, 10, 15, 20, 21.0975, 25, 30, 35, 40, 42.195]
# Per mille of the field; the ends are not extremes of the day but well inside.
QUANTILES = [1, 10, 25, 50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950, 975, 990, 999]
SEXES = ["Female", "Male"]
AGE_BANDS = [(0, 29), (30, 39), (40, 49), (50, 59), (60, 120)]
ABILITIES = 6
WALL_RATIO = 1.30  # pace from 30K to 40K over pace to 20K: from here on it is called a wall


def seconds(text):
    parts = text.split(":")
    if len(parts) != 3:
        return None
    return sum(int(p) * f for p, f in zip(parts, (3600, 60, 1)))


def age_band(text):
    digits = "".join(c if c.isdigit() else " " for c in text).split()
    if not digits:
        return None
    age = int(digits[0]) if len(digits) > 1 or "+" in text else 18
    return next(i for i, (low, high) in enumerate(AGE_BANDS) if low <= age <= high)


def quantile(values, per_mille):
    """Linear between order statistics (Hyndman and Fan's type 7)."""
    values = sorted(values)
    at = per_mille / 1000 * (len(values) - 1)
    low = int(at)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (at - low)


def read_rows(path):
    rows = []
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            splits = [seconds(row[p]) for p in POINTS]
            rows.append((row["gender"], age_band(row["age_group"]), splits))
    return rows


def interval_paces(splits):
    """Seconds per kilometre of each interval over the mean of the whole race."""
    mean = splits[-1] / KILOMETRES[-1]
    paces = []
    for i, (s, k) in enumerate(zip(splits, KILOMETRES)):
        s0, k0 = (splits[i - 1], KILOMETRES[i - 1]) if i else (0, 0)
        paces.append((s - s0) / (k - k0) / mean)
    return paces


def print_net_quantiles(rows):
    print("// Net seconds at the quantiles", QUANTILES)
    for sex in SEXES:
        for band, (low, high) in enumerate(AGE_BANDS):
            times = [s[-1] for g, b, s in rows if g == sex and b == band and s[-1]]
            cells = ", ".join(str(round(quantile(times, q))) for q in QUANTILES)
            print(f"{{{{{cells}}}}},  // {sex} {low}-{high}, n={len(times)}")


def print_mix(rows):
    print("// Runners of a thousand by sex and age band")
    known = [(g, b) for g, b, _ in rows if g in SEXES and b is not None]
    for sex in SEXES:
        print(sex, [round(1000 * known.count((sex, b)) / len(known)) for b in range(len(AGE_BANDS))])


def print_shapes(rows):
    full = sorted((s for _, _, s in rows if all(s)), key=lambda s: s[-1])
    print("// Ability by net seconds: upper limit, pace of each interval in per mille of the mean")
    for k in range(ABILITIES):
        part = full[k * len(full) // ABILITIES:(k + 1) * len(full) // ABILITIES]
        paces = [interval_paces(s) for s in part]
        shape = [round(1000 * quantile([p[i] for p in paces], 500)) for i in range(len(POINTS))]
        halves = [(s[-1] - s[4]) / s[4] for s in part]
        ratios = [round(1000 * quantile(halves, q)) for q in QUANTILES]
        wall = []
        for s in part:
            ratio = ((s[8] - s[6]) / 10) / (s[3] / 20)
            if ratio >= WALL_RATIO:
                wall.append(ratio)
        depth = [round(1000 * quantile(wall, q)) for q in (100, 500, 900, 990)] if wall else []
        print(f"{part[-1][-1]}, shape {shape}")
        print(f"    second half over first {ratios}")
        print(f"    wall {round(1000 * len(wall) / len(part))} of 1000, depth {depth}")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    rows = read_rows(sys.argv[1])
    print(f"// {len(rows)} rows")
    print_net_quantiles(rows)
    print_mix(rows)
    print_shapes(rows)


if __name__ == "__main__":
    main()
