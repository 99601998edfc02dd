#!/usr/bin/env python3
"""Proves the direction of the architecture: a folder of src/ uses only folders of a smaller number.

Checks, over all of src/:
  - the folder is in LAYERS; an include of ours is written from src/ ("scoring/standings.h") and
    names its own folder or one of a smaller number; a unit test may also include "support/…";
  - hs_module(… LINK …) names only folders of a smaller number, and a folder links what it includes;
  - sim/ reaches no header of scoring/ and does not link it, not even through another folder;
  - pure folders touch no clock, thread, disk, locale, environment or randomness, and scoring/ no
    third-party library.
The reasons are in ARCHITECTURE.md. Exit 1 and one line a violation.
"""

import argparse
import collections
import pathlib
import re
import sys

import cxx_source

# The one table of numbers. A folder that does not exist yet is listed so that its number is known.
LAYERS = {
    "base": 0,
    "model": 1,
    "log": 2, "formats": 2, "archive": 2, "scoring": 2,
    "projection": 3, "history": 3, "readers": 3,
    "moments": 4,
    "present": 5, "engine": 5,
    "evaluate": 6, "server": 6, "cluster": 6, "sim": 6,
    "app": 7,
}

# Folder -> folders it must not reach even through others, with the reason.
UNREACHABLE = {
    "sim": {"scoring": "a simulator that shares the scorer's model cannot catch it"},
}

PURE = {"scoring", "projection", "history", "moments"}

IMPURE_HEADERS = {
    "thread", "mutex", "shared_mutex", "atomic", "future", "condition_variable", "semaphore",
    "latch", "barrier", "stop_token", "iostream", "fstream", "istream", "ostream", "sstream",
    "iomanip", "cstdio", "stdio.h", "filesystem", "locale", "clocale", "locale.h", "random",
    "ctime", "time.h", "regex", "csignal",
}

IMPURE_CODE = [
    (re.compile(r"\bnow\s*\("), "reads a clock"),
    (re.compile(r"\b(system|steady|high_resolution|utc|file)_clock\b"), "names a real clock"),
    (re.compile(r"\bstd::(time|clock|localtime|gmtime|mktime)\s*\("), "reads a clock"),
    (re.compile(r"\bs?rand\s*\(|\brandom_device\b"), "is random"),
    (re.compile(r"\b(std::)?(getenv|setlocale)\s*\("), "depends on the environment"),
    (re.compile(r"\bthread_local\b"), "depends on the thread"),
]

_MODULE = re.compile(r"hs_module\s*\(\s*(\w+)([^)]*)\)", re.DOTALL)
_LINKS = re.compile(r"target_link_libraries\s*\(\s*hs_(\w+)([^)]*)\)", re.DOTALL)
_WORDS = {"LINK", "THIRD"}


def folder_of(path):
    """The module folder of src/FOLDER/…, or None."""
    return path.parts[1] if len(path.parts) > 2 and path.parts[0] == "src" else None


def is_test(path):
    return path.name.endswith("_test.cc")


class Tree:
    """The sources of src/ with their includes, and the links that CMake declares."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.code = {}      # path -> text without comments
        self.includes = {}  # path -> [(line, quote, target)]
        self.links = {}     # folder -> set of folders, as declared
        for path in cxx_source.files(root):
            if folder_of(path) is None:
                continue
            if path.name == "CMakeLists.txt":
                self._read_links(path)
            elif cxx_source.is_cxx(path):
                text = (self.root / path).read_text(encoding="utf-8", errors="replace")
                self.code[path] = cxx_source.code_only(text)
                self.includes[path] = list(cxx_source.includes(self.code[path]))

    def _read_links(self, path):
        text = re.sub(r"#[^\n]*", "", (self.root / path).read_text(encoding="utf-8"))
        for match in _MODULE.finditer(text):
            linked, mode = set(), None
            for word in match.group(2).split():
                if word in _WORDS:
                    mode = word
                elif mode == "LINK":
                    linked.add(word)
            self.links.setdefault(match.group(1), set()).update(linked)
        for match in _LINKS.finditer(text):
            named = set(re.findall(r"\bhs_(\w+)", match.group(2))) - {"flags", "test_support"}
            self.links.setdefault(match.group(1), set()).update(named)


def check_includes(tree):
    for path, found in tree.includes.items():
        folder = folder_of(path)
        if folder not in LAYERS:
            yield f"{path}:1: folder '{folder}' has no number in the table of check_layers.py"
            continue
        for line, quote, target in found:
            first = target.split("/")[0]
            if quote == "<":
                if first in LAYERS and "/" in target and (tree.root / "src" / target).exists():
                    yield f'{path}:{line}: our own header: write #include "{target}"'
                continue
            if ".." in target.split("/") or "/" not in target:
                yield f'{path}:{line}: "{target}": write includes from src/, as "folder/file.h"'
            elif first == "support" and is_test(path):
                continue
            elif first not in LAYERS:
                yield f'{path}:{line}: "{target}": no folder \'{first}\' in the table'
            elif first != folder and LAYERS[first] >= LAYERS[folder]:
                yield (f'{path}:{line}: {folder} ({LAYERS[folder]}) may not include '
                       f'{first} ({LAYERS[first]}): "{target}"')


def closure(start, edges):
    """Everything reachable from `start`, each with the path that leads there."""
    ways = {start: [start]}
    queue = collections.deque([start])
    while queue:
        at = queue.popleft()
        for to in sorted(edges.get(at, ())):
            if to not in ways:
                ways[to] = ways[at] + [to]
                queue.append(to)
    return ways


def check_links(tree):
    for folder, linked in sorted(tree.links.items()):
        where = f"src/{folder}/CMakeLists.txt:1"
        for other in sorted(linked):
            if other not in LAYERS or folder not in LAYERS:
                yield f"{where}: '{folder}' links '{other}', and one of them has no number"
            elif LAYERS[other] >= LAYERS[folder]:
                yield (f"{where}: {folder} ({LAYERS[folder]}) may not link "
                       f"{other} ({LAYERS[other]})")
        ways = closure(folder, tree.links)
        for banned, reason in UNREACHABLE.get(folder, {}).items():
            if banned in ways:
                yield f"{where}: {folder} links {banned} ({' -> '.join(ways[banned])}): {reason}"
    for path, found in tree.includes.items():
        folder = folder_of(path)
        if folder not in tree.links:
            continue
        reach = closure(folder, tree.links)
        for line, quote, target in found:
            first = target.split("/")[0]
            if quote == '"' and first in LAYERS and first not in reach:
                yield f"{path}:{line}: {folder} includes {first} but does not LINK it"


def check_unreachable(tree):
    edges = {str(path): {f"src/{target}" for _, quote, target in found if quote == '"'}
             for path, found in tree.includes.items()}
    for path in tree.includes:
        for banned, reason in UNREACHABLE.get(folder_of(path), {}).items():
            for reached, way in sorted(closure(str(path), edges).items()):
                if reached.startswith(f"src/{banned}/"):
                    yield f"{path}:1: reaches {banned}/ ({' -> '.join(way)}): {reason}"
                    break


def check_pure(tree):
    for path, code in tree.code.items():
        folder = folder_of(path)
        if folder not in PURE or is_test(path):
            continue
        for line, quote, target in tree.includes[path]:
            if quote == "<" and target in IMPURE_HEADERS:
                yield f"{path}:{line}: {folder}/ is pure and may not include <{target}>"
            elif quote == "<" and folder == "scoring" and ("/" in target or "." in target):
                yield f"{path}:{line}: scoring/ uses no third-party library: <{target}>"
        for number, text in enumerate(code.split("\n"), start=1):
            for pattern, what in IMPURE_CODE:
                match = pattern.search(text)
                if match:
                    yield f"{path}:{number}: {folder}/ is pure, and this {what}: {match.group(0)}"


def violations(root):
    tree = Tree(root)
    for check in (check_includes, check_links, check_unreachable, check_pure):
        yield from check(tree)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", default=pathlib.Path(__file__).resolve().parent.parent)
    parser.add_argument("--only", nargs="*", help="report these files alone (the commit hook)")
    options = parser.parse_args()
    found = list(violations(options.root))
    if options.only is not None:
        found = [line for line in found if line.split(":")[0] in options.only]
    for line in found:
        print(line)
    print(f"layers: {len(found)} violations")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
