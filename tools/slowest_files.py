#!/usr/bin/env python3
"""The ten slowest steps of the last build. Usage: slowest_files.py build/dev/.ninja_log"""

import sys


def main():
    if len(sys.argv) != 2:
        print(__doc__.strip())
        return 2
    slowest = {}
    with open(sys.argv[1], encoding="utf-8") as log:
        for line in log:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 5:  # start, end (ms), change time, output, hash
                slowest[fields[3]] = int(fields[1]) - int(fields[0])
    for output, ms in sorted(slowest.items(), key=lambda item: -item[1])[:10]:
        print(f"{ms / 1000:7.2f} s  {output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
