#!/usr/bin/env python3
"""A timing program as one writes it on a Sunday afternoon, as its own adapter.

Last read of the start mat, first read of every other mat, places by the time that ranks. It is here
to show that the suite runs against something else than Homestretch, what an adapter looks like from
the other side, and how far one gets without thinking about what happens on a race day. Its answers
are not mended: it is meant to fail where it fails.
"""

import csv
import datetime
import json
import pathlib
import sys
import tomllib
import zoneinfo

ROUND_UP_TO_MS = {"wa-track": 10, "nfhs-track": 10, "nfhs-xc": 100, "ncaa-xc": 100}


def unsupported(reason):
    print(f"unsupported: {reason}")
    sys.exit(0)


def instant(text, event):
    """Milliseconds since 1970 of a time of day, or of a date and time, on the event's clocks."""
    if len(text) < len("2026-05-10T"):
        text = f"{event['date']}T{text}"
    at = datetime.datetime.fromisoformat(text.replace("Z", "+00:00").replace(",", "."))
    if at.tzinfo is None:
        at = at.replace(tzinfo=zoneinfo.ZoneInfo(event["timezone"]))
    return round(at.timestamp() * 1000)


def clock(milliseconds):
    if milliseconds is None:
        return None
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def reads_of(case, config):
    """(chip, mat) to all its times, sorted."""
    out = {}
    for source in config["source"]:
        if source["format"] != "csv":
            unsupported(f"reads no files of the format {source['format']}")
        for path in sorted(case.glob(source["file"])):
            for row in csv.DictReader(path.open(encoding="utf-8")):
                try:
                    at = instant(row["time"], config["event"])
                except (KeyError, ValueError, TypeError):
                    continue
                out.setdefault((row["tag"], row["mat"]), []).append(at)
    return {key: sorted(times) for key, times in out.items()}


def result(race, entry, reads, event):
    """One runner's times in milliseconds; no place yet."""
    waves = {wave["id"]: instant(wave["gun"], event) for wave in race["wave"]}
    gun = waves.get(entry.get("wave"), next(iter(waves.values())))
    start, *later = race["point"]
    chip = entry["chips"]
    starts = [at for at in reads.get((chip, start["mat"]), []) if at >= gun]
    # Under one arch the second visit is the finish.
    is_arch = any(point["mat"] == start["mat"] for point in later)
    own = (starts[0] if is_arch else starts[-1]) if starts else gun
    times = {}
    for point in later:
        seen = [at for at in reads.get((chip, point["mat"]), []) if at > own]
        if seen:
            times[point["id"]] = seen[0]
    finish = times.get(later[-1]["id"])
    seen = any(chip == tag for tag, _ in reads)
    row = {"race": race["id"], "bib": entry["bib"], "name": entry["name"], "sex": entry.get("sex"),
           "status": "FIN" if finish else "DNF" if seen else "DNS",
           "start": "mat" if starts else "gun" if seen else None,
           "splits": {point: clock(at - own) for point, at in times.items()}}
    if finish:
        ranks = {"net": finish - own, "clock": finish - min(waves.values())}
        row["ranks"] = ranks.get(race.get("rank_by"), finish - gun)
        row["gun"], row["net"] = clock(finish - gun), clock(finish - own)
        unit = ROUND_UP_TO_MS.get(race["rules"].split("@")[0], 1000)
        row["official"] = clock(-(-row["ranks"] // unit) * unit)
    return row


def main():
    case = pathlib.Path(sys.argv[1])
    config = tomllib.loads((case / "event.toml").read_text(encoding="utf-8"))
    if (case / "rulings.jsonl").exists():
        unsupported("knows no decisions by people")
    if any(key in race for race in config["race"] for key in ("award", "team_award", "division")):
        unsupported("knows no divisions, prizes and teams")
    reads = reads_of(case, config)
    entries = list(csv.DictReader((case / "entrants.csv").open(encoding="utf-8")))
    rows = []
    for race in config["race"]:
        entered = [entry for entry in entries if entry.get("race", race["id"]) == race["id"]]
        field = [result(race, entry, reads, config["event"]) for entry in entered]
        finishers = sorted((row for row in field if "ranks" in row), key=lambda row: row["ranks"])
        for row in finishers:
            row["place"] = 1 + sum(other["ranks"] < row["ranks"] for other in finishers)
        rows += field
    json.dump({"results": rows}, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
