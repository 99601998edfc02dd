#!/usr/bin/env python3
"""Adapter for Homestretch: a case's folder in, the neutral answer on stdout.

The program is $HS_PROGRAM, else build/release/homestretch or build/dev/homestretch of this tree. The
case's event folder is the program's own format but for two words in rulings.jsonl that name facts by
number there: `undo` (a line here) and `ignore-read` (mat, chip and time here).
"""

import csv
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

TREE = pathlib.Path(__file__).resolve().parents[2]
# Word of attention.csv: kind of finding of the suite.
KINDS = {
    "unresolved": "no-finish",
    "other-wave-start": "other-wave",
    "late-start": "late-start",
    "late-start-or-walk": "late-start",
    "shared-instant": "equal-times",
    "ambiguous-chip": "chip-of-two",
    "after-close": "late-finish",
}


def program():
    places = [os.environ.get("HS_PROGRAM", "")]
    places += [str(TREE / "build" / build / "homestretch") for build in ("release", "dev")]
    for place in places:
        if place and os.access(place, os.X_OK):
            return place
    sys.exit("no homestretch found; set HS_PROGRAM")


def score(folder, out):
    run = subprocess.run([program(), "score", str(folder), "--memory", "--out", str(out)],
                         capture_output=True, text=True, encoding="utf-8", check=False)
    if run.returncode not in (0, 1):
        sys.exit(run.stderr or run.stdout)
    with open(out / "public" / "results.json", encoding="utf-8") as file:
        return json.load(file)


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def numbered(folder, out):
    """Writes the rulings again with the numbers that the program gives to facts."""
    path = folder / "rulings.jsonl"
    if not path.exists():
        return
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    named = [line for line in lines if line["fact"] == "undo" or "reads" in line]
    if not named:
        return
    # Rulings are the last facts of a folder: the n-th line follows the last fact without them.
    path.unlink()
    before = score(folder, out)["as_of"]["seq"]
    reads = table(out / "officials" / "reads.csv")
    for line in named:
        if line["fact"] == "undo":
            line["seq"] = before + line.pop("line")
            continue
        line["reads"] = [int(read["fact"]) for named_read in line["reads"] for read in reads
                         if (read["mat"], read["tag"]) == (named_read["mat"], named_read["tag"])
                         and instant(read["time"]) == instant(named_read["time"])]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines),
                    encoding="utf-8")


def clock(milliseconds):
    if milliseconds is None:
        return None
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def runner(race, row):
    return {
        "race": race["id"], "bib": row["bib"], "status": row["status"], "place": row.get("place"),
        "name": row.get("name"), "sex": row.get("sex"), "age": row.get("age"),
        "division": row.get("division"), "place_sex": row.get("place_sex"),
        "place_division": row.get("place_division"), "start": row.get("start_source"),
        "official": clock(row.get("official_ms")), "gun": clock(row.get("gun_ms")),
        "net": clock(row.get("net_ms")),
        "splits": {split["point"]: clock(split["net_ms"]) for split in row["splits"]},
    }


def answer(results, out):
    said = {"results": [], "awards": [], "teams": [], "findings": []}
    for race in results["races"]:
        said["results"] += [runner(race, row) for row in race["results"]]
        for award in race["awards"]:
            said["awards"] += [{"award": award["id"], "division": award.get("division"),
                                "place": winner["place"], "bib": winner["bib"]}
                               for winner in award["winners"]]
        for award in race.get("team_awards", []):
            said["teams"] += [{"award": award["id"], "place": team.get("place"),
                               "team": team["team"],
                               "score": team.get("points", clock(team.get("time_ms")))}
                              for team in award["teams"]]
    for item in table(out / "officials" / "attention.csv"):
        said["findings"].append({"kind": KINDS.get(item["kind"], item["kind"]),
                                 "bib": item["bib"], "says": item["what"]})
    return said


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: homestretch.py CASE_FOLDER")
    case = pathlib.Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place) / "event"
        out = pathlib.Path(place) / "out"
        shutil.copytree(case, folder, ignore=shutil.ignore_patterns("expected*", "README.md", "known.txt"))
        numbered(folder, out)
        json.dump(answer(score(folder, out), out), sys.stdout, ensure_ascii=False, indent=1)
        print()


if __name__ == "__main__":
    main()
