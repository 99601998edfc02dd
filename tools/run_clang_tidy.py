#!/usr/bin/env python3
"""clang-tidy 14 over every source of ours that a build knows, several at a time.

Usage: run_clang_tidy.py --build build/tidy [--jobs N] [--changed] [WORD…]
A WORD keeps the files whose path has it; --changed keeps those that differ from the last commit.
Prints the findings only, and a line at the end. Exit 1 with findings, 77 if the tool is missing.

Tests and benchmarks are spared clang-analyzer: following every path through the macros of their
assertions takes seven eighths of the time and says nothing about the program.

A file without a finding is remembered in BUILD/tidy-clean by the hash of all that the tool read
(the file with everything it includes, comments too, and the rules), so that a run which was ended
goes on where it stopped. Delete that folder to have every file read again.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROOTS = ("src/", "tests/", "bench/")


def sources(build, words):
    """The compiled files of ours, sorted: path from the root -> compile command."""
    commands = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    found = {}
    for command in commands:
        path = pathlib.Path(command["directory"], command["file"]).resolve()
        if path.is_relative_to(ROOT):
            name = str(path.relative_to(ROOT))
            if name.startswith(ROOTS) and (not words or any(word in name for word in words)):
                found[name] = command
    return dict(sorted(found.items()))


def changed():
    out = subprocess.run(["git", "status", "--porcelain", "-z"], cwd=ROOT, check=True,
                         capture_output=True, text=True).stdout
    return {entry[3:] for entry in out.split("\0") if len(entry) > 3}


def rules(tool):
    """What decides about a finding besides the source: the tool and every .clang-tidy."""
    version = subprocess.run([tool, "--version"], check=True, capture_output=True).stdout
    files = [ROOT / ".clang-tidy", *(path for root in ROOTS
                                     for path in sorted((ROOT / root).rglob(".clang-tidy")))]
    return version + b"".join(path.read_bytes() for path in files if path.exists())


def fingerprint(command, rules_text):
    """Hash of everything the tool would read for this file; None if it cannot be preprocessed."""
    words = shlex.split(command["command"])
    at = words.index("-o")
    # -C keeps the comments, and with them each NOLINT.
    text = subprocess.run([*words[:at], *words[at + 2:], "-E", "-C"], cwd=command["directory"],
                          capture_output=True, check=False)
    if text.returncode:
        return None
    return hashlib.sha256(rules_text + command["command"].encode() + text.stdout).hexdigest()


def options_for(name):
    """What the tool is told besides the rules."""
    is_program = name.startswith("src/") and not name.endswith("_test.cc")
    return [] if is_program else ["--checks=-clang-analyzer-*"]


def run(tool, build, rules_text, name, command):
    mark = build / "tidy-clean" / name
    now = fingerprint(command, rules_text)
    if now is not None and mark.exists() and mark.read_text(encoding="utf-8") == now:
        return 0, ""
    done = subprocess.run([tool, "-p", str(build), "--quiet", *options_for(name), name], cwd=ROOT,
                          capture_output=True, text=True, check=False)
    if now is not None and done.returncode == 0:
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(now, encoding="utf-8")
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
        names = {name: names[name] for name in sorted(set(names) & changed())}
    rules_text = rules(tool)
    findings, failed = set(), 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        outcomes = pool.map(lambda item: run(tool, build, rules_text, *item), names.items())
        for name, (status, out) in zip(names, outcomes):
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
