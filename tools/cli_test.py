#!/usr/bin/env python3
"""The program from outside: every command, its exit code, and what it must never print."""

import csv
import fcntl
import io
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("HS_PROGRAM", str(ROOT / "build" / "release" / "homestretch"))

EVENT = """[event]
name = "Harbour 10"
date = 2026-05-08
timezone = "Europe/Berlin"
[[race]]
id = "10k"
[[race.point]]
id = "start"
distance_m = 0
mat = "arch"
[[race.point]]
id = "finish"
distance_m = 10000
mat = "goal"
[[race.wave]]
id = "A"
gun = "10:00:00"
[[source]]
file = "reads/all.csv"
format = "csv"
"""
# Names that a spreadsheet would run, that read from the right, that are very long.
NAMES = {"1": '=HYPERLINK("http://x","y")', "2": "\u05d9\u05e2\u05dc \U0001f3c3\u200d\u2640\ufe0f",
         "3": "N" * 200, "4": "Hidden Person", "5": "+49 @cmd", "6": "Only Started"}
SECRETS = ["SECRETREASON", "SECRETAUTHOR", "SECRETNOTE", "1977-03-09", "secret@example.org",
           "SECRETCOLUMN", "Hidden Person", "SECRETCLUB", "SECRETENTRYNOTE"]
COMMANDS = ["demo", "score", "explain", "rule", "note", "gun", "close", "undo", "accept", "doctor",
            "verify", "backup", "export", "import", "runner", "simulate", "evaluate", "project", "story", "moments",
            "serve", "token", "hide", "publish", "versions", "cup"]
LATER = ["relay", "replica"]


def entrants():
    """The entry list, with everything in it that must not get out."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["bib", "chips", "name", "sex", "race", "birth_date", "email", "shoe", "club",
                   "private", "note"])
    for bib, name in NAMES.items():
        private = bib == "4"
        rows.writerow([bib, "10" + bib, name, "F", "10k", "1977-03-09", "secret@example.org",
                       "SECRETCOLUMN", "SECRETCLUB" if private else "Club",
                       "yes" if private else "", "SECRETENTRYNOTE"])
    return out.getvalue()


def reads():
    """Everybody over both mats, bib 6 over the start alone."""
    lines = ["mat,tag,time,device,seq"]
    for i, bib in enumerate(NAMES):
        lines.append(f"arch,10{bib},2026-05-08T10:00:0{i}.5,a,{i}")
        if bib != "6":
            lines.append(f"goal,10{bib},2026-05-08T10:4{i}:00.25,b,{i}")
    return "\n".join(lines) + "\n"


@unittest.skipUnless(os.path.exists(PROGRAM), "the program is not built")
class CliTest(unittest.TestCase):
    """Works in a scratch folder that holds the event `harbour`."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.event = self.scratch / "harbour"
        self.write("event.toml", EVENT)
        self.write("entrants.csv", entrants())
        self.write("reads/all.csv", reads())

    def write(self, name, content):
        """Text or bytes into a file of the event."""
        path = self.event / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))

    def run_program(self, *arguments, stdin=""):
        """The finished process; whatever was asked, no crash, no escape code, no bug."""
        environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
        done = subprocess.run([PROGRAM, *arguments], cwd=self.scratch, capture_output=True,
                              input=stdin.encode("utf-8"), check=False, env=environment,
                              timeout=100)
        done.out = done.stdout.decode("utf-8")
        done.err = done.stderr.decode("utf-8")
        self.assertIn(done.returncode, (0, 1, 2, 3), (arguments, done.err))
        for control in ("\x1b", "\x9b", "\x00", "bug:"):
            self.assertNotIn(control, done.out + done.err, arguments)
        return done

    def expect(self, code, *arguments, stdin=""):
        """The finished process, which must end with `code`; refusals say why in one line."""
        done = self.run_program(*arguments, stdin=stdin)
        self.assertEqual(done.returncode, code, (arguments, done.out, done.err))
        if code in (2, 3):
            self.assertTrue(done.err.strip(), arguments)
        return done

    def rule(self, bib, *what):
        return self.expect(0, "rule", "harbour", "--bib", bib, *what, "--reason", "SECRETREASON",
                           "--by", "SECRETAUTHOR")

    # --- commands ---------------------------------------------------------------------------------

    def test_help_of_every_command_has_an_example(self):
        overview = self.expect(0, "--help").out
        for command in COMMANDS:
            self.assertIn(command, overview)
            self.assertIn("Example: homestretch " + command, self.expect(0, command, "-h").out)

    def test_commands_of_later_versions_are_refused_in_words(self):
        for command in LATER:
            refused = self.expect(2, command, "harbour", "--x", "1")
            self.assertIn("not in this version", refused.err)

    def test_unknown_commands_and_none_are_refused(self):
        self.assertIn("found the command 'scoer'", self.expect(2, "scoer", "harbour").err)
        self.expect(2)
        self.expect(2, "score")
        self.expect(2, "score", "harbour", "--colour", "red")

    def test_exit_is_1_while_somebody_is_unresolved_and_0_after_a_ruling(self):
        self.expect(1, "score", "harbour")
        self.rule("6", "--dnf")
        self.expect(0, "score", "harbour")
        self.write("reads/all.csv", reads() + "goal,999,2026-05-08T10:50:00.25,b,9\n")
        self.expect(0, "score", "harbour")
        self.expect(1, "score", "harbour", "--strict")

    def test_a_second_writer_is_told_so_and_exits_with_3(self):
        self.expect(1, "score", "harbour")
        with open(self.event / "harbour.race-lock", "ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.expect(3, "score", "harbour")
            self.expect(3, "close", "harbour", "--race", "10k", "--by", "T")
            self.expect(0, "verify", "harbour")
            self.expect(1, "score", "harbour", "--memory")
        self.expect(1, "score", "harbour")

    def test_memory_writes_no_file(self):
        self.expect(1, "score", "harbour", "--memory")
        self.assertFalse(list(self.event.glob("*.race*")))

    def test_a_place_that_cannot_be_written_exits_with_3(self):
        (self.scratch / "taken").write_text("a file")
        self.expect(3, "score", "harbour", "--out", "taken")
        self.expect(3, "backup", "harbour", "taken/copy.race")
        self.expect(2, "backup", "harbour", "")

    def test_rule_and_undo_come_back_to_the_same_results(self):
        before = json.loads(self.expect(1, "score", "harbour", "--json").out)
        for what in (["--dsq", "--clause", "TR 6.3"], ["--penalty", "+0:30"],
                     ["--penalty", "-0:10"], ["--start", "10:00:09"],
                     ["--finish", "10:59:00.5"], ["--ooc"], ["--dns"]):
            with self.subTest(what):
                seq = self.rule("1", *what).out.split()[1].rstrip(":")
                changed = json.loads(self.expect(1, "score", "harbour", "--json").out)
                self.assertNotEqual(self.row(changed, "1"), self.row(before, "1"))
                self.expect(0, "undo", "harbour", seq, "--by", "T")
                again = json.loads(self.expect(1, "score", "harbour", "--json").out)
                self.assertEqual(self.row(again, "1"), self.row(before, "1"))

    def row(self, results, bib):
        """The first object anywhere in `results` that is of this bib."""
        stack = [results]
        while stack:
            item = stack.pop()
            if isinstance(item, dict) and item.get("bib") == bib:
                return item
            stack.extend(item.values() if isinstance(item, dict) else
                         item if isinstance(item, list) else [])
        return self.fail(f"no bib {bib}")

    def test_import_puts_a_race_into_the_archive_once(self):
        table = self.scratch / "spring.csv"
        table.write_text("bib,name,10k,time,overall\n1,Ada,41:00,3:00:00,1\n2,Bo,42:00,,\n")
        race = ["--race", "spring-2024", "--date", "2024-04-14"]
        first = self.expect(0, "import", "spring.csv", *race)
        self.assertIn("race spring-2024 is in ARCHIVE.db", first.out)
        self.assertIn("1 FIN, 1 DNF", first.out)
        before = (self.scratch / "ARCHIVE.db").read_bytes()
        self.assertIn("nothing changed", self.expect(0, "import", "spring.csv", *race).out)
        self.assertEqual((self.scratch / "ARCHIVE.db").read_bytes(), before)
        told = json.loads(self.expect(0, "import", "spring.csv", *race, "--json").out)
        self.assertEqual((told["outcome"], told["results"], told["points"]),
                         ("unchanged", 2, ["10k", "finish"]))
        table.write_text("bib,name,10k,time,overall\n1,Ada,41:00,3:00:09,1\n")
        self.assertIn("--replace", self.expect(2, "import", "spring.csv", *race).err)
        self.assertEqual((self.scratch / "ARCHIVE.db").read_bytes(), before)
        self.assertIn("replaced", self.expect(0, "import", "spring.csv", *race, "--replace").out)
        with sqlite3.connect(self.scratch / "ARCHIVE.db") as archive:
            self.assertEqual(archive.execute("SELECT name,official_us FROM results").fetchall(),
                             [("Ada", 10_809_000_000)])

    def test_project_speaks_of_an_event_and_of_a_race_of_the_archive(self):
        self.write("event.toml", EVENT.replace('[[race.point]]\nid = "finish"',
                   '[[race.point]]\nid = "5k"\ndistance_m = 5000\nmat = "mid"\n'
                   '[[race.point]]\nid = "finish"'))
        self.write("reads/all.csv", reads() + "mid,101,2026-05-08T10:20:00,c,1\n")
        told = json.loads(self.expect(0, "project", "harbour", "--at", "5k", "--json").out)
        runner = told["races"][0]["items"][0]
        self.assertEqual((len(told["races"][0]["items"]), runner["bib"]), (1, "1"))
        self.assertLessEqual(runner["low_95_ms"], runner["low_80_ms"])
        self.assertLess(runner["at_ms"], runner["low_95_ms"])
        self.assertLess(runner["low_80_ms"], runner["projected_ms"])
        self.assertLess(runner["projected_ms"], runner["high_80_ms"])
        self.assertIn("projected", self.expect(0, "project", "harbour", "--at", "5k").out)
        self.assertIn("5k", self.expect(2, "project", "harbour", "--at", "7k").err)
        self.expect(2, "project", "harbour", "--at", "5k", "--bib", "999")
        self.expect(2, "project", "nowhere", "--at", "5k")
        (self.scratch / "spring.csv").write_text("bib,name,5k,time\n1,Ada,20:00,41:00\n")
        self.expect(0, "import", "spring.csv", "--race", "spring-2024", "--date", "2024-04-14",
                    "--distance", "10000")
        past = ["project", "spring-2024", "--archive", "ARCHIVE.db"]
        self.assertIn("Ada", self.expect(0, *past, "--at", "5k").out)
        self.assertIn("5k", self.expect(2, *past, "--at", "last").err)
        self.expect(2, "project", "spring-2025", "--archive", "ARCHIVE.db", "--at", "5k")

    def import_springs(self, rows):
        """Two years of a race; `rows` as bib, name, sex, age in 2023, time in each year."""
        for i, year in enumerate(("2023", "2024")):
            lines = ["Bib,Name,Sex,Age,Net"]
            for bib, name, sex, age, *times in rows:
                lines.append(f'{bib},"{name}",{sex},{age + i},{times[i]}')
            self.write(f"{year}.csv", "\n".join(lines) + "\n")
            self.expect(0, "import", f"harbour/{year}.csv", "--race", f"spring-{year}", "--date",
                        f"{year}-04-14", "--distance", "42195")
        # So few results teach nobody whose they are; people say it.
        for bib, *_ in rows:
            self.expect(0, "people", "same", f"spring-2023/{bib}", f"spring-2024/{bib}", "--by",
                        "SECRETAUTHOR")

    def test_runner_tells_a_career_or_who_may_be_meant(self):
        self.import_springs([(1, "Ana Ruizova", "F", 40, "3:30:10", "3:28:00"),
                             (2, "Kai Example", "M", 30, "3:10:00", "3:20:00"),
                             (3, "Kai Example", "M", 61, "4:10:00", "4:05:00")])
        person = json.loads(self.expect(0, "runner", "ruizova ana", "--json").out)
        races = [run["race"] for run in person["runs"]]
        told = self.expect(0, "runner", "Ana Ruizova", "--out", "ana.html").out
        self.assertIn("--tables", told, "how to get age grades")
        for race in races:
            self.assertIn(race[-4:], told)
        self.assertIn("Ana Ruizova", (self.scratch / "ana.html").read_text(encoding="utf-8"))
        two = self.expect(2, "runner", "Kai Example")
        self.assertIn("61", two.out, "the ages tell them apart")
        self.assertIn("--person", two.err)
        people = json.loads(self.expect(2, "runner", "Kai Example", "--json").out)["people"]
        self.assertGreaterEqual(len(people), 2)
        self.expect(0, "runner", "--person", str(people[0]["person"]))
        self.assertIn("near by: Ana Ruizova", self.expect(2, "runner", "Ana Ruizski").err)
        self.assertIn("or --person", self.expect(2, "runner").err)
        self.expect(2, "runner", "Ana Ruizova", "--archive", "none.db")

    def test_runner_reads_tables_of_a_folder_and_says_what_is_wrong_with_them(self):
        self.import_springs([(1, "Ana Ruizova", "F", 40, "3:30:00", "3:28:00")])
        self.write("tables/F_2025_factors.csv",
                   "Age,5 km,Marathon\nOC sec,834,7560\n40,0.9,1\n41,0.9,1\n")
        run = json.loads(self.expect(0, "runner", "Ana Ruizova", "--tables", "harbour/tables",
                                     "--json").out)["runs"][0]
        self.assertEqual(run["age_grade"], 6000, "2:06 of 3:30")
        self.assertIn("one of 2025", self.expect(2, "runner", "Ana Ruizova", "--tables", "harbour/tables",
                                                 "--edition", "2020").err)
        self.write("tables/F_2025_factors.csv", "Age,5 km\nOC sec,834\n40,fast\n")
        self.assertIn("F_2025_factors.csv:3:4: found 'fast'",
                      self.expect(2, "runner", "Ana Ruizova", "--tables", "harbour/tables").err)
        self.assertIn("found no folder", self.expect(2, "runner", "Ana Ruizova", "--tables",
                                                     "none").err)

    def test_people_say_who_they_are_and_may_be_erased(self):
        self.import_springs([(1, "Ana Ruizova", "F", 40, "3:30:10", "3:28:00"),
                             (2, "Kai Example", "M", 30, "3:10:00", "3:20:00")])
        runs = json.loads(self.expect(0, "runner", "Ana Ruizova", "--json").out)["runs"]
        first, second = [f"{run['race']}/{run['bib']}" for run in runs]
        self.expect(0, "people", "apart", first, second, "--by", "A. Ruizova")
        self.assertIn("several people", self.expect(2, "runner", "Ana Ruizova").err)
        self.expect(0, "people", "relink")
        self.assertIn("several people", self.expect(2, "runner", "Ana Ruizova").err,
                      "a person's word outlives what is computed")
        self.expect(0, "people", "same", first, second, "--by", "A. Ruizova")
        self.assertEqual(len(json.loads(self.expect(0, "runner", "Ana Ruizova", "--json").out)["runs"]), 2)
        self.assertIn("expected RACE/BIB", self.expect(2, "people", "same", "12", first, "--by", "X").err)
        self.expect(2, "people", "same", first, "none-2024/1", "--by", "X")
        self.expect(0, "people", "erase", first)
        self.expect(2, "runner", "Ana Ruizova")
        for race in runs:
            self.expect(0, "import", f"harbour/{race['race'][-4:]}.csv", "--race", race["race"],
                        "--date", race["date"], "--distance", "42195", "--replace")
        self.expect(2, "runner", "Ana Ruizova")
        self.assertNotIn(b"Ruizova", (self.scratch / "ARCHIVE.db").read_bytes())

    def test_stories_are_told_of_races_of_the_archive_and_collected_over_them(self):
        self.import_springs([(1, "Ana Ruizova", "F", 40, "3:30:10", "3:28:00")])
        self.assertIn("race", self.expect(0, "story", "spring-2024", "--archive", "ARCHIVE.db").out)
        self.expect(0, "story", "--archive", "ARCHIVE.db", "--theme", "return", "--out", "years")
        page = (self.scratch / "years/public/collection.html").read_text(encoding="utf-8")
        self.assertIn("No moment of 2 races", page)
        self.assertIn("perseverance", self.expect(2, "story", "--archive", "ARCHIVE.db", "--theme",
                                                  "sport").err)
        self.assertIn("expected one of them", self.expect(2, "story").err)
        self.assertIn("with --archive the id", self.expect(2, "story", "spring-2024").err)
        self.expect(2, "story", "autumn-2024", "--archive", "ARCHIVE.db")

    def test_import_refuses_what_it_cannot_take_and_makes_no_archive(self):
        (self.scratch / "bad.csv").write_text("bib,time\n1,3:00:00\n2,soon\n3,3:00:01\n")
        race = ["--race", "r", "--date", "2024-04-14"]
        self.assertIn("bad.csv:3:3: found 'soon'",
                      self.expect(2, "import", "bad.csv", *race).err)
        self.expect(2, "import", "none.csv", *race)
        self.expect(2, "import", "bad.csv", "--race", "r", "--date", "14.4.2024")
        self.expect(2, "import", "bad.csv", "--race", "a b", "--date", "2024-04-14")
        self.expect(2, "import", "bad.csv", *race, "--map", "none.toml")
        self.assertFalse((self.scratch / "ARCHIVE.db").exists())
        (self.scratch / "map.toml").write_text('blank = ["soon"]\n')
        self.expect(0, "import", "bad.csv", *race, "--map", "map.toml")
        self.expect(3, "import", "bad.csv", *race, "--map", "map.toml", "--archive", "no/where.db")
        self.expect(2, "import", "bad.csv", *race, "--map", "map.toml", "--archive", "bad.csv")

    def test_gun_close_note_backup_verify(self):
        self.expect(1, "score", "harbour")
        self.expect(0, "gun", "harbour", "--race", "10k", "--wave", "A", "--at", "10:00:01",
                    "--by", "S")
        self.expect(0, "close", "harbour", "--race", "10k", "--by", "T")
        self.expect(0, "note", "harbour", "--bib", "1", "--text", "SECRETNOTE", "--by", "M")
        self.expect(0, "note", "harbour", "--bib", "1", "--text", "SECRETNOTE", "--about", "help",
                    "--by", "M")
        self.expect(0, "note", "harbour", "--text", "SECRETNOTE", "--about", "storm", "--from",
                    "10:10:00", "--until", "10:25:00", "--by", "M")
        self.expect(0, "backup", "harbour", "copy.race")
        self.assertIn("is whole", self.expect(0, "verify", "copy.race").out)
        folder = json.loads(self.expect(1, "score", "harbour", "--json").out)
        copy = json.loads(self.expect(1, "score", "copy.race", "--json").out)
        self.assertEqual(folder, copy)

    def test_explain_and_doctor_speak_of_the_runner(self):
        self.rule("6", "--dnf")
        explained = json.loads(self.expect(0, "explain", "harbour", "--bib", "6", "--json").out)
        self.assertEqual(explained["status"], "DNF")
        self.assertIn("Reads", self.expect(0, "explain", "harbour", "--bib", "6").out)
        self.assertIn("Mats", self.expect(0, "doctor", "harbour").out)
        for line in self.expect(0, "doctor", "harbour", "--propose").out.splitlines():
            self.assertIn("fact", json.loads(line))

    def test_accept_takes_all_lines_or_none(self):
        self.expect(1, "score", "harbour")
        good = '{"fact":"close","race":"10k"}\n'
        head = self.expect(0, "verify", "harbour").out
        refused = self.expect(2, "accept", "harbour", "-", "--by", "T",
                              stdin=good + '{"fact":"close","race":"5k"}\n')
        self.assertIn("standard input:2:1:", refused.err)
        self.assertEqual(self.expect(0, "verify", "harbour").out, head)
        self.assertIn("2 facts accepted",
                      self.expect(0, "accept", "harbour", "-", "--by", "T", stdin=good * 2).out)

    def add_field(self, runners=30):
        """A field of even runners behind the others, the last of them an hour late at the line."""
        entries, passings = entrants(), reads()
        for i in range(runners):
            bib, at = 100 + i, f"{50 + i // 60:02}:{i % 60:02}"
            hour = "10" if i + 1 < runners else "11"
            entries += f"{bib},2{bib},Runner {bib},M,10k,,,,,,\n"
            passings += (f"arch,2{bib},2026-05-08T10:00:10.5,a,{bib}\n"
                         f"goal,2{bib},2026-05-08T{hour}:{at}.5,b,{bib}\n")
        self.write("entrants.csv", entries)
        self.write("reads/all.csv", passings)

    def test_story_and_moments_are_told_without_writing_anything(self):
        self.add_field()
        before = {p: p.read_bytes() for p in self.event.rglob("*") if p.is_file()}
        story = self.expect(0, "story", "harbour").out
        self.assertIn("The race in one moment", story)
        self.assertIn("35 of 36 starters finished", story)
        self.assertIn("  1  Perseverance", story)
        self.assertIn("Runner 129", story)
        self.assertLessEqual(max(map(len, story.splitlines())), 100)
        for secret in SECRETS:
            self.assertNotIn(secret, story)
        told = json.loads(self.expect(0, "moments", "harbour", "--json").out)
        self.assertEqual(told[0]["kind"], "last-finisher")
        kinds = self.expect(0, "moments", "harbour", "--kind", "last-finisher", "--top", "1").out
        self.assertIn("last-finisher", kinds)
        self.assertEqual(len(json.loads(self.expect(0, "moments", "harbour", "--json", "--kind",
                                                    "oldest").out)), 0)
        self.assertEqual({p: p.read_bytes() for p in self.event.rglob("*") if p.is_file()}, before)
        self.expect(1, "score", "harbour")
        with open(self.event / "harbour.race-lock", "ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.assertEqual(self.expect(0, "story", "harbour").out, story)
            self.assertEqual(self.expect(0, "story", "harbour/harbour.race").out, story)

    def test_story_writes_a_page_and_a_card_of_each_moment_and_keeps_no_old_card(self):
        self.add_field()
        public = self.scratch / "out/public"
        self.assertIn("1 card in", self.expect(0, "story", "harbour", "--out", "out").out)
        [card] = (public / "cards").iterdir()
        data = card.read_bytes()
        self.assertEqual((data[:8], int.from_bytes(data[16:20], "big"),
                          int.from_bytes(data[20:24], "big")), (b"\x89PNG\r\n\x1a\n", 1200, 630))
        page = (public / "story.html").read_text("utf-8")
        self.assertIn(f'href="cards/{card.name}"', page)
        (public / "cards/mine.png").write_text("kept")
        self.expect(0, "story", "harbour", "--out", "out")
        self.assertEqual(card.read_bytes(), data)
        self.rule("129", "--dsq", "--clause", "TR 6.3")
        self.expect(0, "story", "harbour", "--out", "out")
        self.assertFalse(card.exists())
        self.assertTrue((public / "cards/mine.png").exists())
        self.expect(1, "score", "harbour", "--out", "fresh")
        self.assertNotIn("cards/", (self.scratch / "fresh/public/story.html").read_text("utf-8"))
        (self.scratch / "taken").write_text("a file")
        self.expect(3, "story", "harbour", "--out", "taken")

    def test_story_and_moments_refuse_in_words_and_are_kind_about_nothing(self):
        self.assertIn("No moment passed the bar", self.expect(0, "story", "harbour").out)
        self.assertIn("No moment passed the bar", self.expect(0, "moments", "harbour").out)
        self.assertEqual(json.loads(self.expect(0, "moments", "harbour", "--json").out), [])
        unknown = self.expect(2, "moments", "harbour", "--kind", "miracle").err
        self.assertIn("found the kind 'miracle'", unknown)
        self.assertIn("late-collapse", unknown)
        self.assertIn("expected one of: 10k",
                      self.expect(2, "story", "harbour", "--race", "5k").err)
        self.expect(0, "story", "harbour", "--race", "10k")
        for command in ("story", "moments"):
            self.assertIn("found no archive",
                          self.expect(2, command, "harbour", "--archive", "A.db").err)
            self.expect(2, command, "nowhere")
            self.expect(2, command, "harbour", "--top", "0")
        self.assertIn("expected it with --archive alone",
                      self.expect(2, "story", "harbour", "--theme", "return").err)

    # --- what goes public -------------------------------------------------------------------------

    def test_no_secret_is_in_public_files_or_on_a_pipe(self):
        self.expect(1, "score", "harbour")
        self.rule("2", "--dsq", "--clause", "TR 6.3")
        self.expect(0, "note", "harbour", "--bib", "2", "--text", "SECRETNOTE",
                    "--by", "SECRETAUTHOR")
        printed = self.expect(1, "score", "harbour", "--out", "out").out
        self.assertEqual(sorted(p.name for p in (self.scratch / "out").iterdir()),
                         ["officials", "public"])
        public = {p.name: p.read_text("utf-8") for p in (self.scratch / "out/public").iterdir()}
        self.assertEqual(sorted(public),
                         ["moments.json", "results.csv", "results.json", "story.html",
                          "version.txt"])
        for name, text in {**public, "the summary": printed}.items():
            for secret in SECRETS:
                self.assertNotIn(secret, text, name)

    def test_names_reach_results_csv_unharmed_and_harmless(self):
        self.expect(1, "score", "harbour", "--out", "out")
        raw = (self.scratch / "out/public/results.csv").read_bytes()
        self.assertNotIn(b"\r", raw)
        rows = csv.DictReader(io.StringIO(raw.decode("utf-8")))
        names = {row["bib"]: row["name"] for row in rows}
        for bib in ("1", "5"):
            self.assertEqual(names[bib], "'" + NAMES[bib])
        for bib in ("2", "3"):
            self.assertEqual(names[bib], NAMES[bib])
        self.assertEqual(names["4"], "Bib 4")
        results = json.loads((self.scratch / "out/public/results.json").read_text("utf-8"))
        self.assertEqual(self.row(results, "1")["name"], NAMES["1"])

    # --- rubbish ----------------------------------------------------------------------------------

    def test_rubbish_in_the_files_of_people_is_refused_and_makes_no_race_file(self):
        for name in ("event.toml", "entrants.csv", "rulings.jsonl"):
            for content in (bytes(range(256)) * 8, b"\xff\xfe\x00", b"[[[", b'"', b"{" * 5000):
                with self.subTest(name + " " + repr(content[:8])):
                    self.setUp()
                    self.write(name, content)
                    self.assertIn(name, self.expect(2, "score", "harbour").err)
                    self.assertFalse((self.event / "harbour.race").exists())

    def test_control_characters_of_a_file_never_reach_the_terminal(self):
        for control in ("\u009b31m", "\x1b[31m", "\x7f", "\u0007"):
            with self.subTest(repr(control)):
                self.write("entrants.csv", entrants().replace("Only Started", "Only" + control))
                done = self.run_program("score", "harbour")
                self.assertNotIn(control, done.out + done.err)

    def test_a_wrong_ruling_leaves_an_existing_race_file_as_it_is(self):
        self.expect(1, "score", "harbour")
        before = (self.event / "harbour.race").read_bytes()
        self.write("rulings.jsonl", '{"fact":"close","race":"10k","by":"T"}\n'
                                    '{"fact":"gun","race":"10k","wave":"Z","by":"T",'
                                    '"at":"2026-05-08T10:00:00+02:00"}\n')
        self.assertIn("rulings.jsonl:2:1:", self.expect(2, "score", "harbour").err)
        self.assertEqual((self.event / "harbour.race").read_bytes(), before)

    def test_rubbish_in_a_read_file_costs_only_that_file(self):
        for content in (b"", bytes(range(256)) * 8, b"\n\n\n", b"mat,tag,time\n"):
            with self.subTest(repr(content[:8])):
                self.setUp()
                self.write("reads/all.csv", content)
                self.assertIn(self.run_program("score", "harbour").returncode, (0, 1))
                self.assertTrue((self.event / "harbour.race").exists())

    def test_missing_and_misplaced_paths_are_refused(self):
        os.mkdir(self.scratch / "empty")
        for path in ("nowhere", "empty", "nowhere/x.race", "", "harbour/entrants.csv"):
            for command in (["score", path], ["explain", path, "--bib", "1"], ["doctor", path],
                            ["verify", path], ["backup", path, "to.race"],
                            ["close", path, "--race", "10k", "--by", "T"]):
                self.expect(2, *command)
        self.assertEqual(list((self.scratch / "empty").iterdir()), [])

    def test_a_folder_in_place_of_a_file_is_refused(self):
        for name in ("event.toml", "entrants.csv", "rulings.jsonl"):
            with self.subTest(name):
                self.setUp()
                shutil.rmtree(self.event / name, ignore_errors=True)
                (self.event / name).unlink(missing_ok=True)
                (self.event / name).mkdir()
                done = self.run_program("score", "harbour")
                self.assertIn(done.returncode, (2, 3))
                self.assertIn(name, done.err)

    def test_race_files_that_are_none_cut_or_newer_are_refused_and_left_alone(self):
        self.expect(1, "score", "harbour")
        whole = (self.event / "harbour.race").read_bytes()
        for content in (b"", b"hello", whole[:5000], whole[:100]):
            path = self.scratch / "other.race"
            path.write_bytes(content)
            if content:
                self.assertIn(self.run_program("verify", "other.race").returncode, (2, 3))
                self.assertIn(self.run_program("score", "other.race").returncode, (2, 3))
                self.assertEqual(path.read_bytes(), content)
        path.write_bytes(whole)
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA user_version = 99")
        database.close()
        self.assertIn("newer", self.expect(2, "score", "other.race").err)

    def test_slips_of_the_finger_are_refused(self):
        self.expect(1, "score", "harbour")
        signed = ["--reason", "r", "--by", "T"]
        for arguments in (
                ["rule", "harbour", "--bib", "77", "--dsq", *signed],
                ["rule", "harbour", "--bib", "1", *signed],
                ["rule", "harbour", "--bib", "1", "--dsq", "--dnf", *signed],
                ["rule", "harbour", "--bib", "1", "--dsq", "--reason", "r", "--by", ""],
                ["rule", "harbour", "--bib", "1", "--dsq", "--race", "5k", *signed],
                ["rule", "harbour", "--bib", "1", "--penalty", "soon", *signed],
                ["rule", "harbour", "--bib", "1", "--finish", "25:00:00", *signed],
                ["rule", "harbour", "--bib", "1", "--force-read", "9999", "--point", "finish",
                 *signed],
                ["rule", "harbour", "--bib", "1", "--ignore-read", "9999", *signed],
                ["note", "harbour", "--text", "", "--by", "T"],
                ["note", "harbour", "--at", "7k", "--text", "x", "--by", "T"],
                ["note", "harbour", "--text", "x", "--about", "rain", "--by", "T"],
                ["note", "harbour", "--text", "x", "--about", "help", "--by", "T"],
                ["note", "harbour", "--text", "x", "--about", "storm", "--from", "noon",
                 "--until", "13:00:00", "--by", "T"],
                ["gun", "harbour", "--race", "10k", "--wave", "Z", "--at", "10:00:00", "--by", "T"],
                ["close", "harbour", "--race", "5k", "--by", "T"],
                ["undo", "harbour", "-1", "--by", "T"], ["undo", "harbour", "9999", "--by", "T"],
                ["undo", "harbour", "x", "--by", "T"], ["explain", "harbour", "--bib", "77"],
                ["accept", "harbour", "nofile", "--by", "T"],
                ["simulate", "--scene", "nobody-wrote-it"], ["score", "harbour", "--top", "0"]):
            self.expect(2, *arguments)
        self.assertIn("0 new reads", self.expect(1, "score", "harbour").out)

    # --- simulate ---------------------------------------------------------------------------------

    def test_simulate_makes_an_event_and_never_replaces_one(self):
        self.expect(0, "simulate", "--runners", "20", "--no-troubles", "--out", "sim")
        self.assertIn(self.run_program("score", "sim").returncode, (0, 1))
        self.expect(0, "simulate", "--runners", "20", "--seed", "2", "--out", "sim")
        self.assertFalse((self.scratch / "sim/sim.race").exists())
        before = (self.event / "event.toml").read_bytes()
        self.expect(2, "simulate", "--runners", "20", "--out", "harbour")
        self.assertEqual((self.event / "event.toml").read_bytes(), before)

    def test_simulate_live_writes_the_event_and_waits_until_it_is_served(self):
        self.expect(2, "simulate", "--live", "0", "--out", "live")
        self.assertFalse((self.scratch / "live").exists())
        with subprocess.Popen([PROGRAM, "simulate", "--live", "1000", "--runners", "20", "--out", "live"],
                              cwd=self.scratch, stdout=subprocess.PIPE, text=True) as playing:
            try:
                self.assertIn("10 devices", playing.stdout.readline())
                self.assertIn("homestretch serve live", playing.stdout.readline())
                # Nobody serves, so it waits; a second is enough to die of a fault.
                with self.assertRaises(subprocess.TimeoutExpired):
                    playing.wait(1)
            finally:
                playing.kill()
        self.assertEqual((self.scratch / "live/event.toml").read_text().count("device ="), 10)
        self.assertTrue((self.scratch / "live-truth.csv").exists())
        self.assertIn(self.run_program("score", "live").returncode, (0, 1))


if __name__ == "__main__":
    unittest.main()
