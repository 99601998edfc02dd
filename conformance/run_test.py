"""The runner and the cases themselves, without a timing program: what is asked for must be answered,
and whatever is wrong must be seen."""

import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import tomllib
import unittest

import run

HERE = pathlib.Path(__file__).resolve().parent
CASES = sorted(path for path in run.CASES.iterdir() if path.is_dir())
LEAST_CASES = 60


def told(case):
    """The expected results as an adapter would print them, the first of alternatives."""
    answer = {"results": [], "awards": [], "teams": [], "findings": []}
    for row in run.rows(case / "expected.csv"):
        cells = {k: v.split("|")[0] for k, v in row.items() if v not in ("", "?")}
        known = {k: v for k, v in cells.items() if k in run.PLAIN | run.TIMES}
        known["splits"] = {k: v for k, v in cells.items() if k not in known}
        answer["results"].append(known)
    for name in ("awards", "teams", "findings"):
        path = case / f"expected-{name}.csv"
        if path.exists():
            answer[name] = [{k: v.split("|")[0] for k, v in row.items() if v}
                            for row in run.rows(path)]
    return answer


def runner_on(text, *more):
    """The runner with an adapter that prints `text`: exit code and what it said."""
    with tempfile.TemporaryDirectory() as place:
        adapter = pathlib.Path(place) / "adapter.py"
        adapter.write_text(f"print({text!r})\n", encoding="utf-8")
        done = subprocess.run([sys.executable, "-B", str(HERE / "run.py"), "--adapter",
                               f"{sys.executable} {adapter}", *more],
                              capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


class Cases(unittest.TestCase):
    def test_there_are_enough_and_each_is_whole(self):
        self.assertGreaterEqual(len(CASES), LEAST_CASES)
        for number, case in enumerate(CASES, 1):
            with self.subTest(case.name):
                self.assertTrue(case.name.startswith(f"{number:03}-"))
                page = (case / "README.md").read_text(encoding="utf-8")
                for part in ("## What happens", "## The rule", "Source:", "## What programs get wrong",
                             "## By hand"):
                    self.assertIn(part, page)
                event = tomllib.loads((case / "event.toml").read_text(encoding="utf-8"))
                for source in event["source"]:
                    self.assertTrue(list(case.glob(source["file"])), source["file"])

    def test_readme_says_how_many_there_are(self):
        text = (HERE / "README.md").read_text(encoding="utf-8")
        self.assertIn(f"{len(CASES)} small races", text)

    def test_every_entry_is_answered_for_or_left_out_on_purpose(self):
        for case in CASES:
            with self.subTest(case.name):
                raw = (case / "entrants.csv").read_bytes()
                try:
                    lines = raw.decode("utf-8").splitlines()
                except UnicodeDecodeError:
                    lines = raw.decode("cp1252").splitlines()
                separator = ";" if lines[0].startswith("Startnummer") else ","
                entered = {row[0] for row in csv.reader(
                    raw.decode("cp1252" if separator == ";" else "utf-8").splitlines()[1:],
                    delimiter=separator) if row and len(row) > 1}
                answered = {row["bib"] for row in run.rows(case / "expected.csv")}
                rulings = case / "rulings.jsonl"
                said = rulings.read_text(encoding="utf-8") if rulings.exists() else ""
                for bib in entered - answered:
                    self.assertIn(f'"ruling":"merge","race":"10k","bib":"{bib}"', said)
                self.assertLessEqual(answered, entered)


class Runner(unittest.TestCase):
    def test_the_right_answer_has_no_difference(self):
        for case in CASES:
            with self.subTest(case.name):
                self.assertEqual(list(run.differences(case, told(case))), [])

    def test_every_wrong_cell_is_seen(self):
        for case in CASES:
            right = json.dumps(told(case))
            for index, row in enumerate(run.rows(case / "expected.csv")):
                for column, text in row.items():
                    if text == "?" or column == "race":
                        continue
                    wrong = json.loads(right)
                    there = wrong["results"][index]
                    place = there if column in run.PLAIN | run.TIMES else there["splits"]
                    place[column] = "9:59:59" if text == "" else text.split("|")[0] + "9"
                    with self.subTest(case.name, bib=row["bib"], column=column):
                        self.assertTrue(list(run.differences(case, wrong)))

    def test_prizes_teams_and_findings_left_out_are_seen(self):
        for case in CASES:
            for name in ("awards", "teams", "findings"):
                if not (case / f"expected-{name}.csv").exists():
                    continue
                answer = told(case)
                answer[name].pop()
                with self.subTest(case.name, name=name):
                    self.assertTrue(list(run.differences(case, answer)))

    def test_somebody_too_many_and_somebody_twice_is_seen(self):
        case = CASES[0]
        more = told(case)
        more["results"].append({"bib": "99", "status": "FIN"})
        self.assertTrue(any("99" in line for line in run.differences(case, more)))
        twice = told(case)
        twice["results"].append(twice["results"][0])
        self.assertTrue(any("twice" in line for line in run.differences(case, twice)))

    def test_times_are_compared_as_times(self):
        self.assertTrue(run.agrees("0:40:00.1", "40:00.100", True))
        self.assertFalse(run.agrees("0:40:00", "0:40:00.001", True))
        self.assertFalse(run.agrees("0:40:00", "", True))
        self.assertTrue(run.agrees("DNF|UNR", "UNR", False))
        self.assertFalse(run.agrees("1", "01", False))

    def test_a_program_without_thought_is_told_apart(self):
        done = subprocess.run([sys.executable, "-B", str(HERE / "run.py"), "--adapter",
                               f"{sys.executable} -B {HERE / 'adapters' / 'first_attempt.py'}"],
                              capture_output=True, text=True, encoding="utf-8", check=False)
        self.assertEqual(done.returncode, 1)
        verdict = {line.split()[1]: line.split()[0] for line in done.stdout.splitlines()
                   if line.startswith(("passed", "failed", "unsupported"))}
        self.assertEqual(len(verdict), len(CASES))
        counts = [list(verdict.values()).count(one) for one in ("passed", "failed", "unsupported")]
        self.assertGreater(counts[0], 15)
        self.assertGreater(counts[1], counts[0])
        self.assertGreater(counts[2], 0)
        self.assertEqual(verdict["030-cheering-by-the-mat"], "passed")
        self.assertEqual(verdict["031-overheard-before-half-way"], "failed")

    def test_a_known_case_does_not_fail_and_a_mended_one_does(self):
        known = [case for case in CASES if run.known_reason(case)]
        for case in known:
            with self.subTest(case.name):
                chosen = ("--only", case.name)
                code, said = runner_on('{"results": []}', *chosen, "--known")
                self.assertEqual((code, said.split()[0]), (0, "known"))
                self.assertIn(run.known_reason(case).splitlines()[0], said)
                self.assertEqual(runner_on('{"results": []}', *chosen)[0], 1)
                right = json.dumps(told(case))
                self.assertEqual(runner_on(right, *chosen)[0], 0)
                code, said = runner_on(right, *chosen, "--known")
                self.assertEqual((code, said.split()[0]), (1, "mended"))

    def test_an_adapter_that_is_not_there_is_said(self):
        done = subprocess.run([sys.executable, "-B", str(HERE / "run.py"), "--adapter",
                               "./no-such-adapter", "--only", CASES[0].name],
                              capture_output=True, text=True, encoding="utf-8", check=False)
        self.assertEqual(done.returncode, 3)
        self.assertIn("cannot be run", done.stderr)

    def test_exit_codes_and_words(self):
        first = ("--only", CASES[0].name)
        code, said = runner_on(json.dumps(told(CASES[0])), *first)
        self.assertEqual((code, said.splitlines()[-1]), (0, "1 cases: 1 passed"))
        code, said = runner_on('{"results": []}', *first)
        self.assertEqual(code, 1)
        self.assertIn("bib 1 is missing", said)
        code, said = runner_on("nonsense", *first)
        self.assertEqual(code, 1)
        code, said = runner_on("unsupported: no gun times", *first)
        self.assertEqual(code, 0)
        self.assertIn("no gun times", said)
        self.assertEqual(runner_on("unsupported: no gun times", *first, "--strict")[0], 1)
        self.assertEqual(runner_on("", "--only", "no such case")[0], 2)


if __name__ == "__main__":
    unittest.main()
