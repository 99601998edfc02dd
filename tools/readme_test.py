#!/usr/bin/env python3
"""The README's examples, run: its files are made, its commands called, its outputs compared."""

import csv
import io
import os
import pathlib
import re
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAM = os.path.abspath(
    os.environ.get("HS_PROGRAM", str(ROOT / "build" / "release" / "homestretch")))


def example_files():
    """Files that the README shows: a line with the path in backticks, then a block."""
    pattern = r"^`(harbour-10k/[^`]+)`\n```\w+\n(.*?)^```"
    return dict(re.findall(pattern, README, re.MULTILINE | re.DOTALL))


def shown_outputs():
    """Blocks that begin with `$ homestretch ...`: the command and what it printed."""
    blocks = re.findall(r"^```\n\$ homestretch ([^\n]+)\n(.*?)^```", README,
                        re.MULTILINE | re.DOTALL)
    return [(command.split(), output) for command, output in blocks]


def race_day():
    """What the section on serve shows: the live source, the command, what goes over the wire, the
    address that is asked and its answer."""
    section = README[README.index("## Race day"):README.index("## What the commands print")]
    source = re.search(r"^```toml\n(.*?)^```", section, re.MULTILINE | re.DOTALL).group(1)
    command = re.search(r"^homestretch (serve .*)$", section, re.MULTILINE).group(1)
    sent = re.findall(r"^> (.*)$", section, re.MULTILINE)
    answered = re.findall(r"^< (.*)$", section, re.MULTILINE)
    asked, answer = re.search(r"^\$ curl 'http://127\.0\.0\.1(.*?)'\n(.*?)^```", section,
                              re.MULTILINE | re.DOTALL).groups()
    return source, command.split(), sent, answered, asked, answer


def free_port():
    """A port that nobody has now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@unittest.skipUnless(os.path.exists(PROGRAM), "the program is not built")
class ReadmeExamples(unittest.TestCase):
    """Works in a scratch folder that holds the README's event."""

    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        for path, content in example_files().items():
            target = pathlib.Path(self.scratch.name) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, encoding="utf-8")

    def run_program(self, *arguments):
        """The finished run: its exit code, output and errors."""
        done = subprocess.run([PROGRAM, *arguments], cwd=self.scratch.name, capture_output=True,
                              text=True, check=False, env={**os.environ, "NO_COLOR": "1"})
        return done

    def test_the_event_has_its_three_files(self):
        self.assertEqual(len(example_files()), 3)

    def test_the_results_table_is_what_the_program_writes(self):
        done = self.run_program("score", "harbour-10k", "--out", "out")
        self.assertEqual(done.returncode, 0, done.stderr)
        results = (pathlib.Path(self.scratch.name) / "out/public/results.csv").read_text("utf-8")
        rows = {row["bib"]: row for row in csv.DictReader(io.StringIO(results))}
        table = re.findall(r"^\| (\d+) \| (\w+) \| ([\d:]*) ?\| ([\d:.]*) ?\| ([\d:.]*) ?\|", README,
                           re.MULTILINE)
        self.assertEqual(len(table), 3)
        for bib, status, official, gun, net in table:
            row = rows[bib]
            self.assertEqual([row["status"], row["official_time"], row["gun_time"],
                              row["net_time"]], [status, official, gun, net])

    def test_the_shown_outputs_are_what_the_commands_print(self):
        outputs = shown_outputs()
        self.assertGreaterEqual(len(outputs), 2)
        for command, expected in outputs:
            with self.subTest(" ".join(command)):
                self.assertEqual(self.run_program(*command).stdout, expected)

    def test_a_ruling_and_its_undo(self):
        self.run_program("score", "harbour-10k")
        ruled = self.run_program("rule", "harbour-10k", "--bib", "102", "--dsq", "--clause",
                                 "TR 6.3", "--reason", "paced from a bicycle", "--by", "J. Meier")
        self.assertEqual(ruled.returncode, 0, ruled.stderr)
        self.assertIn("DSQ", self.run_program("score", "harbour-10k", "--json").stdout)
        seq = re.match(r"fact (\d+):", ruled.stdout).group(1)
        undone = self.run_program("undo", "harbour-10k", seq, "--by", "J. Meier")
        self.assertEqual(undone.returncode, 0, undone.stderr)
        self.assertNotIn("DSQ", self.run_program("score", "harbour-10k", "--json").stdout)

    def serve(self, command, device):
        """The program, serving as the README says, on free ports; its public address."""
        places = {"--public": "127.0.0.1:0", "--mirror": self.scratch.name + "/mirror.race"}
        for option, place in places.items():
            command[command.index(option) + 1] = place
        event = pathlib.Path(self.scratch.name) / "harbour-10k/event.toml"
        event.write_text(event.read_text("utf-8") + device, "utf-8")
        serving = subprocess.Popen([PROGRAM, *command, "--listen", "127.0.0.1:0"],
                                   cwd=self.scratch.name, stdout=subprocess.PIPE, text=True)
        self.addCleanup(serving.stdout.close)
        self.addCleanup(serving.wait)
        self.addCleanup(serving.terminate)
        for line in serving.stdout:
            if line.startswith("Everybody: "):
                public = line.split()[1]
            if line.startswith("Ctrl-C"):
                return public
        self.fail("it did not serve")

    def test_the_race_day_over_the_wire(self):
        source, command, sent, answered, asked, answer = race_day()
        port = free_port()
        public = self.serve(command, source.replace(":9000", f":{port}"))
        with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
            wire.sendall("".join(line + "\n" for line in sent).encode())
            said = wire.makefile("r", encoding="utf-8")
            while (line := said.readline().strip()) != answered[-1]:
                self.assertTrue(line.startswith("OK "), line)
        deadline = time.monotonic() + 10
        while True:
            with urllib.request.urlopen(public + asked, timeout=10) as got:
                shown = got.read().decode("utf-8").replace("\r\n", "\n")
            if shown == answer or time.monotonic() > deadline:
                break
            time.sleep(0.05)  # Everybody sees it four times a second.
        self.assertEqual(shown, answer)

    def test_a_mistake_in_a_file_names_its_place_and_exits_with_2(self):
        event = pathlib.Path(self.scratch.name) / "harbour-10k/event.toml"
        event.write_text(event.read_text("utf-8").replace("rank_by", "rank_buy"), "utf-8")
        done = self.run_program("score", "harbour-10k")
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, r"event\.toml:\d+:\d+: .*rank_buy")


if __name__ == "__main__":
    unittest.main()
