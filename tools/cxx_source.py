"""What the house's checks share: which files there are, and C++ text without comments and strings."""

import pathlib
import re
import subprocess

SKIPPED_FOLDERS = {".git", "build", "out", "node_modules", ".cache", "__pycache__"}

_TOKEN = re.compile(
    r"""
    (?P<line>//[^\n]*)
  | (?P<block>/\*.*?(?:\*/|\Z))
  | (?P<raw>(?:u8|u|U|L)?R"(?P<delimiter>[^\s()\\]{0,16})\(.*?\)(?P=delimiter)")
  | (?P<include>^[ \t]*\#[ \t]*include[^\n]*)
  | (?P<string>"(?:\\.|[^"\\\n])*")
  | (?P<number>\b\d[\w.]*(?:'[\w.]+)+)
  | (?P<char>'(?:\\.|[^'\\\n])+')
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


def files(root):
    """All files of the project, as paths relative to `root`, sorted.

    In a git checkout: tracked ones and new ones that are not ignored, so that a check sees a file
    before it is committed. Elsewhere: everything outside SKIPPED_FOLDERS.
    """
    root = pathlib.Path(root)
    if (root / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=root, check=False, capture_output=True)
        # git refuses a checkout of another user; then the folders are walked as without git.
        if listed.returncode == 0:
            names = {pathlib.Path(name.decode("utf-8", "surrogateescape"))
                     for name in listed.stdout.split(b"\0") if name}
            return sorted(name for name in names if (root / name).is_file())
    found = []
    for path in root.rglob("*"):
        relative = path.relative_to(root)
        if path.is_file() and not SKIPPED_FOLDERS.intersection(relative.parts):
            found.append(relative)
    return sorted(found)


def is_cxx(path):
    """A C++ source of ours: .cc or .h, and not kept test data."""
    return path.suffix in (".cc", ".h") and not is_test_data(path)


def is_test_data(path):
    """Kept input of a test: bytes as they came, not ours to judge."""
    return path.parts[:1] == ("tests",) and bool({"data", "corpus"} & set(path.parts))


def code_only(text):
    """`text` with comments and the insides of strings blanked. Lines and columns stay in place."""

    def blank(match):
        whole = match.group(0)
        if match.group("include") or match.group("number"):
            return whole  # An include's path is not a string; 1'000 is not a character.
        if match.group("line") or match.group("block"):
            return re.sub(r"[^\n]", " ", whole)
        return whole[0] + re.sub(r"[^\n]", " ", whole[1:-1]) + whole[-1]

    return _TOKEN.sub(blank, text)


_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">\n]+)[">]', re.MULTILINE)


def includes(code):
    """(line number, '"' or '<', path) of each include in `code`, which is without comments."""
    for match in _INCLUDE.finditer(code):
        yield code.count("\n", 0, match.start()) + 1, match.group(1), match.group(2)
