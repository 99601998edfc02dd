"""Plants violations of the layers in a small tree and sees each refused."""

import pathlib
import tempfile
import unittest

import check_layers

CLEAN = {
    "src/base/CMakeLists.txt": "hs_module(base)",
    "src/base/time.h": "#pragma once\n#include <chrono>\n",
    "src/model/CMakeLists.txt": "hs_module(model LINK base)",
    "src/model/read.h": '#include "base/time.h"\n',
    "src/scoring/CMakeLists.txt": "# pure\nhs_module(scoring LINK base model)",
    "src/scoring/score.h": '#include "model/read.h"\n#include <vector>\n',
    "src/scoring/score.cc": '#include "scoring/score.h"\n// now() is not read here.\n',
    "src/scoring/score_test.cc": '#include "support/race_script.h"\n#include <thread>\n',
    "src/engine/CMakeLists.txt": "hs_module(engine LINK base model scoring THIRD fmt::fmt)",
    "src/engine/engine.h": '#include "scoring/score.h"\n',
    "src/present/words.h": '#include "model/read.h"\n',
    "src/sim/CMakeLists.txt": "hs_module(sim LINK base model)",
    "src/sim/walk.h": '#include "model/read.h"\n',
}


class Layers(unittest.TestCase):
    def violations_of(self, tree):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in tree.items():
                path = pathlib.Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return list(check_layers.violations(folder))

    def refused(self, name, text, expected):
        found = self.violations_of({**CLEAN, name: text})
        self.assertTrue(any(expected in line and line.startswith(name) for line in found),
                        f"{expected!r} not in {found}")

    def test_a_clean_tree_passes(self):
        self.assertEqual(self.violations_of(CLEAN), [])

    def test_an_include_upwards_is_refused(self):
        self.refused("src/base/bad.h", '#include "model/read.h"\n', "base (0) may not include")

    def test_an_include_sideways_is_refused(self):
        self.refused("src/engine/bad.cc", '#include "present/words.h"\n', "may not include present (5)")

    def test_a_unit_test_obeys_too(self):
        self.refused("src/model/bad_test.cc", '#include "scoring/score.h"\n', "may not include scoring")

    def test_only_tests_use_support(self):
        self.refused("src/model/bad.cc", '#include "support/race_script.h"\n', "no folder 'support'")

    def test_an_include_in_a_comment_is_none(self):
        self.assertEqual(self.violations_of(
            {**CLEAN, "src/base/x.h": '// #include "app/x.h"\n/*\n#include "app/x.h"\n*/\n'}), [])

    def test_an_include_beside_or_upwards_by_path_is_refused(self):
        self.refused("src/model/bad.h", '#include "read.h"\n', "write includes from src/")
        self.refused("src/model/bad.h", '#include "../base/time.h"\n', "write includes from src/")

    def test_angle_brackets_do_not_hide_an_include(self):
        self.refused("src/base/bad.h", "#include <model/read.h>\n", "our own header")

    def test_an_unknown_folder_is_refused(self):
        self.refused("src/util/x.h", "", "has no number")
        self.refused("src/engine/bad.h", '#include "helpers/x.h"\n', "no folder 'helpers'")

    def test_a_link_upwards_is_refused(self):
        self.refused("src/model/CMakeLists.txt", "hs_module(model LINK base engine)",
                     "model (1) may not link engine (5)")
        self.refused("src/model/CMakeLists.txt",
                     "hs_module(model LINK base)\ntarget_link_libraries(hs_model PUBLIC hs_log)",
                     "model (1) may not link log (2)")

    def test_an_include_without_a_link_is_refused(self):
        found = self.violations_of({**CLEAN, "src/model/CMakeLists.txt": "hs_module(model)"})
        self.assertEqual(found, ["src/model/read.h:1: model includes base but does not LINK it"])

    def test_sim_may_not_include_scoring(self):
        self.refused("src/sim/bad.cc", '#include "scoring/score.h"\n', "reaches scoring/")

    def test_sim_may_not_reach_scoring_through_engine(self):
        self.refused("src/sim/bad.cc", '#include "engine/engine.h"\n',
                     "src/sim/bad.cc -> src/engine/engine.h -> src/scoring/score.h")

    def test_sim_may_not_link_scoring_even_through_engine(self):
        self.refused("src/sim/CMakeLists.txt", "hs_module(sim LINK base model scoring)",
                     "sim links scoring (sim -> scoring)")
        self.refused("src/sim/CMakeLists.txt", "hs_module(sim LINK base model engine)",
                     "sim -> engine -> scoring")

    def test_scoring_touches_nothing_outside(self):
        for header in ("thread", "iostream", "locale", "random", "filesystem", "ctime"):
            self.refused("src/scoring/bad.cc", f"#include <{header}>\n", "is pure and may not include")
        self.refused("src/scoring/bad.cc", "#include <sqlite3.h>\n", "no third-party library")
        self.refused("src/scoring/bad.cc", "auto t = Clock::now();\n", "reads a clock")
        self.refused("src/scoring/bad.cc", "std::chrono::steady_clock c;\n", "names a real clock")
        self.refused("src/moments/bad.cc", 'auto t = std::getenv("X");\n', "environment")
        self.refused("src/scoring/bad.cc", "int x = rand();\n", "is random")

    def test_words_in_strings_and_comments_are_no_calls(self):
        self.assertEqual(self.violations_of(
            {**CLEAN, "src/scoring/x.cc": 'auto s = "now()"; // rand()\nint operand(int);\n'}), [])


if __name__ == "__main__":
    unittest.main()
