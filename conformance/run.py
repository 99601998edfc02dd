#!/usr/bin/env python3
"""Runs the chip-timing suite against any program, through an adapter.

    conformance/run.py --adapter "python3 conformance/adapters/homestretch.py"
    conformance/run.py --adapter ./my-adapter --only tie --only 07 --jobs 4

The adapter is a command that is called with the folder of one case and prints what the program makes
of it as JSON (README.md, "An adapter"), or one line `unsupported: REASON`. Exit: 0 all cases passed,
or are known or unsupported; 1 a case failed; 2 the command line is wrong; 3 no adapter.
With --strict an unsupported case is a failure too.

A case with a file known.txt is one in which Homestretch is wrong: it is shown as known, with the
reason. Only with --known is that file looked at; for any other program the case is like all others.
"""

import argparse
import concurrent.futures
import csv
import json
import pathlib
import re
import shlex
import subprocess
import sys

CASES = pathlib.Path(__file__).resolve().parent / "cases"
TIMES = {"official", "gun", "net", "score"}
# Columns that are not times; every other column of expected.csv is a split, by the point's id.
PLAIN = {"race", "bib", "status", "place", "place_sex", "place_division", "division", "age", "sex",
         "name", "start", "award", "team"}
TIMEOUT_S = 120


class BadCase(Exception):
    """A case, or what the adapter printed, cannot be read."""


def milliseconds(text):
    """'1:02:03.5' as milliseconds; None where `text` is no time."""
    match = re.fullmatch(r"(?:(\d+):)?(\d{1,2}):(\d{2})(?:\.(\d{1,6}))?", text)
    if not match:
        return None
    hours, minutes, seconds, fraction = match.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0").ljust(6, "0")) / 1000


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file, strict=True))
    for row in table:
        if None in row or None in row.values():
            raise BadCase(f"{path.name}: a row has not as many cells as the header: {row}")
    return table


def agrees(expected, found, is_time):
    """Whether `found` is what the cell says: '?' is not judged, 'A|B' is either."""
    if expected == "?":
        return True
    for one in expected.split("|"):
        if is_time and milliseconds(one) is not None and milliseconds(found) == milliseconds(one):
            return True
        if one == found:
            return True
    return False


def cell(found, column):
    if column not in TIMES and column not in PLAIN:
        value = (found.get("splits") or {}).get(column)
    else:
        value = found.get(column)
    return "" if value is None else str(value)


def compare_results(expected, found):
    """Sentences, one for each difference between expected.csv and what the program says."""
    single = "race" not in (expected[0] if expected else {})
    by_key = {}
    for row in found:
        key = (None if single else row.get("race"), row.get("bib"))
        if key in by_key:
            yield f"bib {row.get('bib')} comes twice"
        by_key[key] = row
    for row in expected:
        key = (row.get("race"), row["bib"])
        runner = by_key.pop(key, None)
        who = f"bib {row['bib']}" + ("" if single else f" of {row['race']}")
        if runner is None:
            yield f"{who} is missing"
            continue
        for column, text in row.items():
            is_time = column in TIMES or column not in PLAIN
            has = cell(runner, column)
            if not agrees(text, has, is_time):
                yield f"{who}: {column} is {has or 'empty'}, expected {text or 'empty'}"
    for race, bib in by_key:
        yield f"bib {bib}" + (f" of {race}" if race else "") + " is in the results and should not be"


def compare_rows(what, expected, found):
    """Prizes and teams: every row that is expected, and no other."""
    left = list(found)
    for row in expected:
        for other in left:
            if all(agrees(text, cell(other, column), column in TIMES)
                   for column, text in row.items()):
                left.remove(other)
                break
        else:
            yield f"{what}: no " + ", ".join(f"{k} {v}" for k, v in row.items() if v)
    for row in left:
        yield f"{what}: not expected: " + ", ".join(f"{k} {v}" for k, v in row.items() if v)


def compare_findings(expected, found):
    """Findings: each that is expected must be said; a program may say more."""
    for row in expected:
        for other in found:
            if other.get("kind") != row["kind"]:
                continue
            if row.get("bib") and not agrees(row["bib"], str(other.get("bib", "")), False):
                continue
            if row.get("says") and row["says"] not in str(other.get("says", "")):
                continue
            break
        else:
            yield "not said: " + " ".join(text for text in row.values() if text)


def differences(case, answer):
    if not isinstance(answer, dict) or not isinstance(answer.get("results"), list):
        raise BadCase("the adapter's answer is no JSON object with a list 'results'")
    yield from compare_results(rows(case / "expected.csv"), answer["results"])
    for name, what in (("awards", "prize"), ("teams", "team")):
        path = case / f"expected-{name}.csv"
        if not path.exists():
            continue
        if not isinstance(answer.get(name), list):
            yield f"the program says nothing about {name}"
            continue
        yield from compare_rows(what, rows(path), answer[name])
    path = case / "expected-findings.csv"
    if path.exists():
        yield from compare_findings(rows(path), answer.get("findings") or [])


def known_reason(case):
    """Why Homestretch does not pass the case yet; '' for nearly all."""
    path = case / "known.txt"
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""


def judge(command, case, looks_at_known):
    """('passed' | 'failed' | 'unsupported' | 'known' | 'mended', lines that say why)."""
    try:
        run = subprocess.run(command + [str(case)], capture_output=True, text=True,
                             encoding="utf-8", timeout=TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        return "failed", [f"the adapter gave no answer within {TIMEOUT_S} s"]
    if run.stdout.startswith("unsupported:"):
        return "unsupported", [run.stdout.split(":", 1)[1].strip()]
    if run.returncode != 0:
        words = (run.stderr or run.stdout).strip().splitlines()[-3:]
        return "failed", [f"the adapter ended with {run.returncode}"] + words
    try:
        why = list(differences(case, json.loads(run.stdout)))
    except (json.JSONDecodeError, BadCase) as error:
        return "failed", [f"the adapter's answer cannot be read: {error}"]
    reason = known_reason(case) if looks_at_known else ""
    if reason:
        return ("known", reason.splitlines() + why) if why else ("mended", ["passes: remove known.txt"])
    return ("failed", why) if why else ("passed", [])


def chosen(only):
    cases = sorted(path for path in CASES.iterdir() if (path / "event.toml").exists())
    return [case for case in cases if not only or any(word in case.name for word in only)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--adapter", required=True, help="command; is called with a case's folder")
    parser.add_argument("--only", action="append", default=[], metavar="WORD",
                        help="cases whose folder has this in its name; may be given again")
    parser.add_argument("--jobs", type=int, default=2, help="cases at once (default 2)")
    parser.add_argument("--strict", action="store_true", help="unsupported cases fail")
    parser.add_argument("--known", action="store_true",
                        help="cases with a known.txt do not fail (for Homestretch)")
    arguments = parser.parse_args()
    cases = chosen(arguments.only)
    if not cases:
        print("no case has that in its name", file=sys.stderr)
        return 2
    command = shlex.split(arguments.adapter)

    def judge_one(case):
        return judge(command, case, arguments.known)

    counts = {}
    try:
        with concurrent.futures.ThreadPoolExecutor(max(1, arguments.jobs)) as pool:
            for case, (verdict, why) in zip(cases, pool.map(judge_one, cases)):
                counts[verdict] = counts.get(verdict, 0) + 1
                print(f"{verdict:<11}  {case.name}")
                for line in why:
                    print(f"             {line}")
    except OSError as error:
        print(f"the adapter cannot be run: {error}", file=sys.stderr)
        return 3
    print(f"{len(cases)} cases: " + ", ".join(f"{n} {what}" for what, n in sorted(counts.items())))
    bad = {"failed", "mended"} | ({"unsupported"} if arguments.strict else set())
    return 1 if bad & counts.keys() else 0


if __name__ == "__main__":
    sys.exit(main())
