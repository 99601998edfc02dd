#!/usr/bin/env python3
"""A second reader of race files, written from docs/race-file.md alone.

    read_race_file.py FILE            every fact as a line of JSON, then where the chain stands
    read_race_file.py FILE --verify   only checks: CRC of each fact, chain of each commit

Python's standard library only; nothing of the program is used. Exit 0: whole. 1: damaged, and
standard error names the fact. 2: not a race file that this reader knows.
"""
import hashlib
import json
import sqlite3
import struct
import sys

APPLICATION_ID = 0x48537266
VERSION_MAX = 6
KINDS = {1: "event", 2: "entrant", 3: "entrant-removed", 4: "stream", 5: "read",
         6: "read-conflict", 7: "marker", 8: "gun", 9: "close", 10: "cancel", 11: "ruling",
         12: "clock-correction", 13: "hand-read", 14: "hand-line", 15: "note", 16: "undo",
         17: "hide", 18: "publish", 19: "race-ruling", 20: "erase"}


class Unknown(Exception):
    """Not a file for this reader."""


class Damaged(Exception):
    """The file does not hold what was put in."""


def crc_table():
    table = []
    for i in range(256):
        for _ in range(8):
            i = (i >> 1) ^ (0x82F63B78 if i & 1 else 0)
        table.append(i)
    return table


TABLE = crc_table()


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = TABLE[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


def fact_bytes(seq, kind, identity, mark, body):
    identity = identity or b""
    return (struct.pack("<QBB", seq, kind, len(identity)) + identity +
            struct.pack("<II", mark, len(body)) + body)


class Cursor:
    """Takes packed numbers off the front of a body."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, layout):
        (value,) = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return value


def decode_read(data):
    cursor = Cursor(data)
    flags = cursor.take("B")
    read = {"stream": cursor.take("I"), "line": cursor.take("I"), "time_us": cursor.take("q")}
    for bit, key, layout in ((1, "device_seq", "Q"), (4, "antenna", "B"), (8, "rssi_dbm", "h"),
                             (16, "hits", "H")):
        if flags & bit:
            read[key] = cursor.take(layout)
    size = cursor.take("B")
    tag = data[cursor.at:]
    if flags & ~31 or len(tag) != size:
        raise ValueError("its parts do not add up")
    read["bib" if flags & 2 else "tag"] = tag.decode("ascii")
    return read


def decode(kind, body):
    if kind == 5:
        return decode_read(body)
    if kind == 6:
        (first,) = struct.unpack_from("<Q", body)
        return {"first": first, **decode_read(body[8:])}
    return json.loads(body.decode("utf-8"))


def open_file(path):
    database = sqlite3.connect("file:" + path.replace("%", "%25").replace("?", "%3f")
                               .replace("#", "%23") + "?mode=ro", uri=True)
    database.text_factory = bytes  # A damaged row may hold text where bytes belong.
    try:
        application = database.execute("PRAGMA application_id").fetchone()[0]
        version = database.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise Unknown(f"{path}: {error}") from error
    if application != APPLICATION_ID:
        raise Unknown(f"{path}: no race file")
    if not 1 <= version <= VERSION_MAX:
        raise Unknown(f"{path}: version {version}, this reader knows 1 to {VERSION_MAX}")
    return database


def check_fact(row, expected):
    seq, kind, identity, mark, body, crc = row
    if seq != expected:
        raise Damaged(f"fact {expected} is missing")
    data = fact_bytes(seq, kind, identity, mark, body)
    if crc32c(data) != crc:
        raise Damaged(f"fact {seq} was changed")
    return data


def person_of(database, seq):
    row = database.execute("SELECT fields, crc FROM people WHERE seq=?", (seq,)).fetchone()
    if row is None:
        return None
    if crc32c(struct.pack("<Q", seq) + row[0]) != row[1]:
        raise Damaged(f"the person's fields of fact {seq} were changed")
    return json.loads(row[0].decode("utf-8"))


def facts_of(database, first, last):
    return database.execute("SELECT seq, kind, identity, mark, body, crc FROM facts"
                            " WHERE seq BETWEEN ? AND ? ORDER BY seq", (first, last))


def read_all(database, show):
    """Checks everything; `show` gets each fact. Gives number of the last fact and the chain."""
    chain, before = bytes(32), 0
    for last, first, recorded_at, stored in database.execute(
            "SELECT last, first, recorded_at, chain FROM commits ORDER BY last"):
        if first != before + 1 or last < first:
            raise Damaged(f"the commit of facts {first} to {last} does not follow fact {before}")
        digest = hashlib.sha256(chain + struct.pack("<QQq", first, last, recorded_at))
        expected = first
        for row in facts_of(database, first, last):
            digest.update(check_fact(row, expected))
            fact = {"seq": row[0], "kind": KINDS.get(row[1], str(row[1])),
                    "body": decode(row[1], row[4])}
            person = person_of(database, row[0])
            if person is not None:
                fact["person"] = person
            show(fact)
            expected += 1
        if expected != last + 1:
            raise Damaged(f"fact {expected} is missing")
        if digest.digest() != stored:
            raise Damaged(f"facts {first} to {last}: the commit does not match its chain")
        chain, before = stored, last
    extra = database.execute("SELECT min(seq) FROM facts WHERE seq>?", (before,)).fetchone()[0]
    if extra is not None:
        raise Damaged(f"fact {extra} is in no commit")
    return before, chain


def main(arguments):
    paths = [argument for argument in arguments if not argument.startswith("--")]
    if len(paths) != 1:
        print(__doc__, file=sys.stderr)
        return 2

    def show(fact):
        if "--verify" not in arguments:
            print(json.dumps(fact, ensure_ascii=False, separators=(",", ":")))

    try:
        last, chain = read_all(open_file(paths[0]), show)
    except Unknown as error:
        print(error, file=sys.stderr)
        return 2
    except (Damaged, ValueError, struct.error, sqlite3.DatabaseError) as error:
        print(f"{paths[0]}: {error}", file=sys.stderr)
        return 1
    print(f"{last} facts, chain {chain.hex()}")
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
