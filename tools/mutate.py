#!/usr/bin/env python3
"""Puts wrong rules into the scorer, one at a time, and asks whether a test notices.

A test suite is worth what it refuses. Each entry of tools/mutations/*.toml is a rule got wrong as
somebody might get it wrong; it is put into a copy of the project, built there in one build folder
(only what changed), and the tests run until one fails. A mutant that no test catches survives.

Usage:  tools/mutate.py [--build FOLDER] [--only TEXT] [--tests NAME,NAME] [--list]
        --build   where the copy and its build live (default: a new temporary folder, removed
                  at the end); a second run with the same folder builds less
        --only    mutants whose rule holds TEXT
        --tests   these test binaries only, for a quick look
Exit:   0 all caught, 1 a mutant survived, 2 an entry does not fit the source or the unchanged
        project does not pass.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# In order of how quickly they fail; a binary that is not there (yet) is left out.
TESTS = ["scoring_test", "sim_test", "sim_whole_test", "golden_test", "property_test",
         "conformance_test"]
TEST_SECONDS_MOST = 300
COPIED = ["CMakeLists.txt", "CMakePresets.json", "cmake", "src", "tests", "tools", "bench", "docs"]


def mutations():
    folder = os.path.join(ROOT, "tools", "mutations")
    found = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".toml"):
            with open(os.path.join(folder, name), "rb") as file:
                found += tomllib.load(file)["mutation"]
    return found


def copy_project(to):
    """Copies what builds; unchanged files keep their times, so that a second run builds little."""
    for name in COPIED:
        source = os.path.join(ROOT, name)
        if os.path.isfile(source):
            copy_if_changed(source, os.path.join(to, name))
        for folder, _, files in os.walk(source):
            there = os.path.join(to, os.path.relpath(folder, ROOT))
            os.makedirs(there, exist_ok=True)
            for file in files:
                copy_if_changed(os.path.join(folder, file), os.path.join(there, file))


def copy_if_changed(source, target):
    if os.path.exists(target):
        with open(source, "rb") as a, open(target, "rb") as b:
            if a.read() == b.read():
                return
    shutil.copyfile(source, target)


def run(command, cwd, limit=None):
    """Exit code and output; a run over its limit counts as failed."""
    try:
        done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=limit, check=False, text=True, errors="replace",
                              env={**os.environ, "HS_SOURCE_DIR": cwd})
        return done.returncode, done.stdout
    except subprocess.TimeoutExpired:
        return 1, f"over {limit} s"


def build(project, folder, targets):
    return run(["ninja", "-C", folder, "-k", "1", *targets], project)


def first_failure(project, folder, tests):
    """The first test binary that fails, with the names of failed tests; nothing if all pass."""
    for test in tests:
        code, output = run([os.path.join(folder, "bin", test), "--gtest_brief=1"], project,
                           TEST_SECONDS_MOST)
        if code != 0:
            failed = [line.split("] ", 1)[1].split(" (")[0].split(",")[0]
                      for line in output.splitlines() if line.startswith("[  FAILED  ]")]
            return test, failed[0] if failed else f"exit {code}"
    return None


def known_tests(folder, wanted):
    code, output = run(["ninja", "-C", folder, "-t", "targets", "all"], folder)
    targets = {line.split(":")[0] for line in output.splitlines()} if code == 0 else set()
    return [test for test in wanted if f"bin/{test}" in targets]


def put_in(project, mutation):
    path = os.path.join(project, mutation["file"])
    with open(path, encoding="utf-8") as file:
        before = file.read()
    count = before.count(mutation["find"])
    if count != 1:
        return None, f"'{mutation['rule']}': the text occurs {count} times in {mutation['file']}"
    with open(path, "w", encoding="utf-8") as file:
        file.write(before.replace(mutation["find"], mutation["replace"]))
    return (path, before), None


def judge(project, folder, tests, mutation):
    """Returns the verdict and where it was caught."""
    undo, problem = put_in(project, mutation)
    if problem:
        return "stale", problem
    try:
        code, output = build(project, folder, tests)
        if code != 0:
            errors = [line for line in output.splitlines() if "error" in line]
            return "does not build", errors[0] if errors else output[-200:]
        caught = first_failure(project, folder, tests)
        return ("caught", f"{caught[0]}: {caught[1]}") if caught else ("SURVIVED", "")
    finally:
        path, before = undo
        with open(path, "w", encoding="utf-8") as file:
            file.write(before)


def prepare(project, folder, wanted):
    copy_project(project)
    code, output = run(["cmake", "--preset", "dev", "-B", folder, "-DHS_WERROR=OFF"], project)
    if code != 0:
        return None, output
    tests = known_tests(folder, wanted)
    code, output = build(project, folder, tests)
    if code != 0:
        return None, output[-3000:]
    failure = first_failure(project, folder, tests)
    if failure:
        return None, f"the unchanged project fails {failure[0]}: {failure[1]}"
    return tests, None


def run_all(chosen, project, folder, wanted):
    began = time.monotonic()
    tests, problem = prepare(project, folder, wanted)
    if problem:
        print(problem, file=sys.stderr)
        return 2
    print(f"{len(chosen)} wrong rules against {', '.join(tests)}; "
          f"unchanged project passes ({time.monotonic() - began:.0f} s)", flush=True)
    verdicts = []
    for mutation in chosen:
        start = time.monotonic()
        verdict, where = judge(project, folder, tests, mutation)
        verdicts.append(verdict)
        print(f"{verdict:9} {time.monotonic() - start:4.0f} s  {mutation['rule']}"
              + (f"\n{'':18}{where}" if where else ""), flush=True)
    caught = verdicts.count("caught")
    print(f"{caught} of {len(chosen)} caught, {verdicts.count('SURVIVED')} survived, "
          f"{len(chosen) - caught - verdicts.count('SURVIVED')} not tried")
    if "SURVIVED" in verdicts:
        return 1
    return 0 if caught == len(chosen) else 2


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", help="folder of the copy and its build")
    parser.add_argument("--only", default="", help="mutants whose rule holds this text")
    parser.add_argument("--tests", default=",".join(TESTS), help="test binaries, with commas")
    parser.add_argument("--list", action="store_true", help="print the rules and stop")
    arguments = parser.parse_args()
    chosen = [m for m in mutations() if arguments.only in m["rule"]]
    if arguments.list:
        print("\n".join(m["rule"] for m in chosen))
        return 0
    base = arguments.build or tempfile.mkdtemp(prefix="hs-mutants-")
    project, folder = os.path.join(base, "project"), os.path.join(base, "build")
    os.makedirs(project, exist_ok=True)
    try:
        return run_all(chosen, project, folder, arguments.tests.split(","))
    finally:
        if not arguments.build:
            shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
