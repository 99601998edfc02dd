#!/usr/bin/env python3
"""The house rules that a compiler does not know, over all sources.

C++ of src/, tests/, bench/:
  - at most 100 columns, 800 lines a file, 70 lines a function; ASCII; headers begin with
    #pragma once;
  - a TODO names its issue: TODO(#12):;
  - headers keep out what is dear to read or belongs in a .cc: see BANNED_IN_HEADERS;
  - nowhere what clang 14 does not take: std::views, std::source_location;
  - no float or double in log/ and scoring/ (unit tests excepted).
Any file: at most 500 kB, and no path of somebody's machine. A link in a .md leads to a file.
Exit 1 and one line a violation. Each header compiling alone is the CMake target header_check.
"""

import argparse
import pathlib
import re
import sys

import cxx_source

COLUMNS_MAX = 100
FUNCTION_LINES_MAX = 70
FILE_LINES_MAX = 800
FILE_BYTES_MAX = 500_000

CXX_ROOTS = {"src", "tests", "bench"}

# Prefix of an include -> why not in a header.
BANNED_IN_HEADERS = {
    "iostream": "drags in the static streams", "regex": "0.8 s a file", "filesystem": "0.8 s a file",
    "ranges": "0.5 s a file", "fmt/": "ship formatting in .cc only", "spdlog/": "in .cc only",
    "sqlite3.h": "in .cc only", "simdjson": "in .cc only", "toml++/": "in one .cc only",
    "CLI/": "in one .cc only", "boost/": "in .cc only", "rapidjson/": "in .cc only",
    "unicode/": "in .cc only", "date/": "in .cc only", "pugixml": "in .cc only",
    "fast_float/": "in .cc only", "pango/": "in one .cc only", "cairo": "in one .cc only", "sys/socket.h": "in .cc only", "netinet/": "in .cc only",
}
# <chrono> costs 0.6 s a file; it comes through this header, so that it can be replaced there.
CHRONO_HEADER = pathlib.Path("src/base/time.h")

CLANG_BREAKERS = [
    (re.compile(r"\bstd::(ranges::)?views\b"), "std::views breaks clang 14"),
    (re.compile(r"\bsource_location\b"), "std::source_location breaks clang 14"),
]
FLOATING = re.compile(r"\b(float|double|long double)\b")
NO_FLOATING = {"log", "scoring"}

TO_DO = re.compile(r"\b(TODO|FIXME|XXX)\b(?!\(#\d+\):)")
# Written in pieces so that this file does not accuse itself.
MACHINE_PATH = re.compile(r"(?<![\w.~*/-])/(?:" + "work|root|home/" + r"\w+)/")


def function_lengths(code):
    """(first line, lines, head) of each outermost function in `code`, which is without comments.

    A heuristic that needs no compiler: a brace whose head has a parenthesis and is no namespace,
    type or initialiser opens a function. What is inside it, lambdas included, belongs to it.
    """
    code = re.sub(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", lambda m: re.sub(r"[^\n]", " ", m.group(0)), code,
                  flags=re.MULTILINE)
    scopes = []  # (is a function, first line, head)
    depth_in_function = 0
    head_start = 0
    parentheses = 0
    for at, char in enumerate(code):
        if char == "(":
            parentheses += 1
        elif char == ")":
            parentheses -= 1
        elif char == ";" and parentheses <= 0:
            head_start = at + 1
        elif char == "{":
            head = code[head_start:at]
            is_function = depth_in_function == 0 and parentheses <= 0 and _opens_function(head)
            lead = _LEAD.match(head).end()
            first = code.count("\n", 0, head_start + lead) + 1
            scopes.append((is_function or depth_in_function > 0, is_function, first, head.strip()))
            depth_in_function += 1 if scopes[-1][0] else 0
            head_start = at + 1
        elif char == "}":
            head_start = at + 1
            if not scopes:
                continue
            inside, is_function, first, head = scopes.pop()
            depth_in_function -= 1 if inside else 0
            if is_function:
                yield first, code.count("\n", 0, at) + 2 - first, " ".join(head.split())


# Blanks and the access label of a class before the first function after it.
_LEAD = re.compile(r"(?:\s*(?:public|private|protected)\s*:(?!:))?\s*")


def _opens_function(head):
    head = head[_LEAD.match(head).end():]
    head = re.sub(r"^template\s*<.*?>\s*(?=\w|\[)", "", head, flags=re.DOTALL).strip()
    if re.match(r"(?:inline\s+)?(?:namespace|class|struct|union|enum|extern\s*\")\b", head):
        return False
    return "(" in head and not head.endswith(("=", ","))


def check_cxx(root, path):
    raw = (root / path).read_bytes()
    text = raw.decode("utf-8", errors="replace")
    code = cxx_source.code_only(text)
    lines = text.split("\n")
    if len(lines) - 1 > FILE_LINES_MAX:
        yield f"{path}:{FILE_LINES_MAX + 1}: {len(lines) - 1} lines, at most {FILE_LINES_MAX}"
    for number, line in enumerate(lines, start=1):
        if len(line) > COLUMNS_MAX:
            yield f"{path}:{number}: {len(line)} columns, at most {COLUMNS_MAX}"
        if not line.isascii():
            yield f"{path}:{number}: not ASCII: write \\u escapes in strings, words in comments"
        if TO_DO.search(line):
            yield f"{path}:{number}: a TODO names its issue: TODO(#12):"
    for first, length, head in function_lengths(code):
        if length > FUNCTION_LINES_MAX:
            yield (f"{path}:{first}: function of {length} lines, at most {FUNCTION_LINES_MAX}: "
                   f"{head[:60]}")
    for number, line in enumerate(code.split("\n"), start=1):
        for pattern, why in CLANG_BREAKERS:
            if pattern.search(line):
                yield f"{path}:{number}: {why}"
        if (path.parts[0] == "src" and path.parts[1] in NO_FLOATING
                and not path.name.endswith("_test.cc") and FLOATING.search(line)):
            yield f"{path}:{number}: no float or double in {path.parts[1]}/: integers are exact"
    if path.suffix == ".h":
        yield from check_header(path, text, code)


def check_header(path, text, code):
    if not re.search(r"^#pragma once$", text, re.MULTILINE):
        yield f"{path}:1: a header has #pragma once"
    if path.parts[0] != "src":
        return  # Headers of tests serve tests only.
    for line, quote, target in cxx_source.includes(code):
        if quote != "<":
            continue
        if target == "chrono" and path != CHRONO_HEADER:
            yield f'{path}:{line}: <chrono> comes through "base/time.h"'
        for prefix, why in BANNED_IN_HEADERS.items():
            if target == prefix or (target.startswith(prefix) and not prefix.isalpha()):
                yield f"{path}:{line}: <{target}> in a header: {why}"


def check_any(root, path):
    size = (root / path).stat().st_size
    if size > FILE_BYTES_MAX:
        yield f"{path}:1: {size} bytes, at most {FILE_BYTES_MAX}"
        return
    raw = (root / path).read_bytes()
    if b"\0" in raw:
        return
    for number, line in enumerate(raw.decode("utf-8", errors="replace").split("\n"), start=1):
        if MACHINE_PATH.search(line):
            yield f"{path}:{number}: a path of somebody's machine"


MARKDOWN_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def check_links(root, path):
    text = (root / path).read_text(encoding="utf-8", errors="replace")
    for number, line in enumerate(text.split("\n"), start=1):
        for target in MARKDOWN_LINK.findall(re.sub(r"`[^`]*`", "", line)):
            if "://" not in target and not (root / path).parent.joinpath(target).exists():
                yield f"{path}:{number}: link to {target}, which is not there"


def violations(root):
    root = pathlib.Path(root)
    for path in cxx_source.files(root):
        yield from check_any(root, path)
        if path.suffix == ".md" and not cxx_source.is_test_data(path):
            yield from check_links(root, path)
        if cxx_source.is_cxx(path) and len(path.parts) > 1 and path.parts[0] in CXX_ROOTS:
            yield from check_cxx(root, path)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", default=pathlib.Path(__file__).resolve().parent.parent)
    found = list(violations(parser.parse_args().root))
    for line in found:
        print(line)
    print(f"tidy: {len(found)} violations")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
