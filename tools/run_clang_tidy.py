#!/usr/bin/env python3
"""clang-tidy 14 over every source of ours that a build knows, several at a time.

Usage: run_clang_tidy.py --build build/tidy [--jobs N] [--changed] [WORD…]
A WORD keeps the files whose path has it; --changed keeps those that differ from the last commit.
Prints the findings only, and a line at the end. Exit 1 with findings, 77 if the tool is missing.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROOTS = ("src/", "tests/", "bench/")


def sources(build, words):
    """Paths from the root, sorted, of the compiled files of ours."""
    commands = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    found = set()
    for command in commands:
        path = pathlib.Path(command["directory"], command["file"]).resolve()
        if path.is_relative_to(ROOT):
            name = str(path.relative_to(ROOT))
            if name.startswith(ROOTS) and (not words or any(word in name for word in words)):
                found.add(name)
    return sorted(found)


def changed():
    out = subprocess.run(["git", "status", "--porcelain", "-z"], cwd=ROOT, check=True,
                         capture_output=True, text=True).stdout
    return {entry[3:] for entry in out.split("\0") if len(entry) > 3}


def run(tool, build, name):
    done = subprocess.run([tool, "-p", str(build), "--quiet", name], cwd=ROOT,
                          capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "tidy")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--changed", action="store_true")
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    tool = shutil.which("clang-tidy-14")
    if tool is None:
        print("missing: clang-tidy-14 (./dev setup full installs it)")
        return 77
    build = options.build.resolve()
    names = sources(build, options.words)
    if options.changed:
        names = sorted(set(names) & changed())
    findings, failed = set(), 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for name, (status, out) in zip(names, pool.map(lambda n: run(tool, build, n), names)):
            # A header's finding comes once for each file that includes it; it is shown once.
            new = [part for part in re.split(r"(?m)^(?=\S+:\d+:\d+: (?:error|warning):)", out)
                   if part.strip() and part not in findings]
            findings.update(new)
            failed += 1 if status else 0
            print("".join(new).replace(f"{ROOT}/", ""), end="", flush=True)
            if status and not out.strip():
                print(f"{name}: clang-tidy ended with {status}")
    print(f"clang-tidy: {len(names)} files, {failed} with findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
