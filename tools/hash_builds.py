#!/usr/bin/env python3
"""Scores the same events with every build at hand and compares the hashes of the results.

The builds are g++ without optimisation (dev), g++ optimised (release), g++ with the sanitizers
(asan) and clang (tidy). Each simulates its own event folders too, so that the simulator's bytes are
compared as well. Exit: 0 all agree, 1 some differ, 77 fewer than two builds.
"""

import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILDS = ("dev", "release", "asan", "tidy")
SCENES = ("wrong-line", "hand-in-hand", "crawl-marathon", "stroller", "bib-261", "stopped",
          "cancelled")
MISSING = 77


def programs():
    """The built programs by the name of their build."""
    found = {}
    for build in BUILDS:
        program = ROOT / "build" / build / "homestretch"
        if program.is_file():
            found[build] = program
    return found


def run(program, *arguments):
    """The program's standard output. Exit 1 says that a runner is unresolved: that is an answer."""
    done = subprocess.run([str(program), *arguments], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"hashes: {program.parent.name} {' '.join(arguments)}\n{done.stderr}")
    return done.stdout


def hash_of_folder(folder):
    """One hash of all names and bytes below a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def results_hash(program, event):
    """The hash of the official results, as the program itself prints it."""
    results = json.loads(run(program, "score", str(event), "--memory", "--json"))
    return results["as_of"]["hash"][:16]


def simulated(name, seed, runners, program, scratch):
    """Simulates and scores one event; gives the hashes of its folder and of its results."""
    folder = scratch / f"{program.parent.name}-{name}-{seed}"
    scene = [] if name == "field" else ["--scene", name]
    run(program, "simulate", *scene, "--runners", str(runners), "--seed", str(seed), "--out",
        str(folder))
    return hash_of_folder(folder) + " " + results_hash(program, folder)


def main():
    """Compares all builds on all events."""
    builds = programs()
    if len(builds) < 2:
        print(f"missing: two builds to compare, found {list(builds)}")
        return MISSING
    cases = [(scene, 1, 300) for scene in SCENES] + [("field", 7, 2000)]
    shared = pathlib.Path(os.environ.get("HS_SHARED", ROOT / ".." / "shared"))
    real = shared / "data" / "reads" / "chronotrack-2021-05-08"
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        for name, seed, runners in cases:
            hashes = {build: simulated(name, seed, runners, program, pathlib.Path(scratch))
                      for build, program in builds.items()}
            failed += report(f"{name} seed {seed}", hashes)
    if (real / "event.toml").is_file():
        failed += report("the event of 2021", {build: results_hash(program, real)
                                               for build, program in builds.items()})
    else:
        print("skipped: the event of 2021 is not here")
    print(f"hashes: {len(cases) + 1} events, builds {' '.join(builds)}: "
          + ("all agree" if failed == 0 else f"{failed} differ"))
    return 1 if failed else 0


def report(case, hashes):
    """Prints one case; gives 1 where builds differ."""
    agree = len(set(hashes.values())) == 1
    print(f"{'agree ' if agree else 'DIFFER'} {case}: {' '.join(sorted(set(hashes.values())))}")
    if not agree:
        for build, value in hashes.items():
            print(f"       {build}: {value}")
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
