"""Plants violations of the house rules in a small tree and sees each refused."""

import pathlib
import tempfile
import unittest

import check_tidy
import cxx_source


def function(lines, head="int f(int a)"):
    """A function of `lines` lines in all."""
    return head + " {\n" + "  a();\n" * (lines - 2) + "}\n"


class Tidy(unittest.TestCase):
    def violations(self, tree):
        with tempfile.TemporaryDirectory() as folder:
            for name, content in tree.items():
                path = pathlib.Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
            return list(check_tidy.violations(folder))

    def refused(self, name, content, expected, line=1):
        found = self.violations({name: content})
        self.assertTrue(any(one.startswith(f"{name}:{line}:") and expected in one for one in found),
                        f"{expected!r} at line {line} not in {found}")

    def accepted(self, name, content):
        self.assertEqual(self.violations({name: content}), [])

    def test_columns(self):
        self.accepted("src/base/a.cc", "//" + "x" * 98 + "\n")
        self.refused("src/base/a.cc", "\n//" + "x" * 99 + "\n", "101 columns", line=2)

    def test_lines_of_a_file(self):
        self.accepted("src/base/a.cc", "int a;\n" * 800)
        self.refused("src/base/a.cc", "int a;\n" * 801, "801 lines", line=801)

    def test_lines_of_a_function(self):
        self.accepted("src/base/a.cc", "namespace hs {\n" + function(70) + function(70) + "}\n")
        self.refused("src/base/a.cc", "namespace hs {\n" + function(71) + "}\n", "71 lines", line=2)

    def test_functions_are_found_in_their_many_forms(self):
        for head in ("TEST(Board, ShowsThePlace)", "Foo::Foo(int a) : a_(a), b_(a)",
                     "template <typename T>\nauto f(T t) -> int", "auto f() const noexcept",
                     "bool operator==(const A& a, const A& b)", "static constexpr auto kF = [](int a)",
                     "std::vector<int> f(std::function<int(int)> g)"):
            self.refused("src/base/a.cc", function(80, head), "function of")
            self.refused("src/base/a.cc", "class A {\n public:\n" + function(80, head) + "};\n",
                         "function of", line=3)

    def test_a_long_class_or_table_is_no_function(self):
        self.accepted("src/base/a.cc", "struct A {\n" + "  int a();\n" * 90 + "};\n")
        self.accepted("src/base/a.cc", "const int kTable[] = {\n" + "  1,\n" * 90 + "};\n")
        self.accepted("src/base/a.cc", "namespace a::b {\n" + "int f();\n" * 90 + "}\n")
        self.accepted("src/base/a.cc", "enum class A : int {\n" + "  X,\n" * 90 + "};\n")

    def test_braces_in_strings_and_comments_do_not_count(self):
        self.accepted("src/base/a.cc", 'auto a = "f() {";  // g() {\n' + "int x;\n" * 90 + "/* } */\n")
        self.accepted("src/base/a.cc", "char c = '{'; auto r = R\"(f() {)\";\n" + "int x;\n" * 90)

    def test_ascii(self):
        self.refused("src/base/a.cc", "// caf\u00e9\n", "not ASCII")
        self.accepted("tests/golden/data/a.cc", "// caf\u00e9\n")
        self.accepted("src/present/page.html", "caf\u00e9\n")

    def test_todo_names_its_issue(self):
        self.accepted("src/base/a.cc", "// TODO(#12): later.\n")
        self.refused("src/base/a.cc", "// TO" + "DO: later.\n", "names its issue")
        self.refused("src/base/a.cc", "// FIX" + "ME\n", "names its issue")

    def test_headers(self):
        self.refused("src/base/a.h", "int a;\n", "#pragma once")
        for banned in ("iostream", "regex", "fmt/format.h", "sqlite3.h", "boost/asio.hpp", "chrono"):
            self.refused("src/log/a.h", f"#pragma once\n#include <{banned}>\n", "", line=2)
            self.accepted("src/log/a.cc", f"#include <{banned}>\n")
        self.accepted("src/base/time.h", "#pragma once\n#include <chrono>\n")
        self.accepted("tests/support/a.h", "#pragma once\n#include <chrono>\n")

    def test_what_clang_does_not_take(self):
        self.refused("src/base/a.cc", "auto v = x | std::views::filter(f);\n", "clang 14")
        self.refused("src/base/a.cc", "std::source_location l;\n", "clang 14")

    def test_no_floating_point_in_log_and_scoring(self):
        self.refused("src/scoring/a.cc", "double d;\n", "no float or double")
        self.refused("src/log/a.h", "#pragma once\nfloat d;\n", "no float or double", line=2)
        self.accepted("src/scoring/a_test.cc", "double d;\n")
        self.accepted("src/scoring/a.cc", "// A double counts once.\nint double_reads;\n")
        self.accepted("src/moments/a.cc", "double d;\n")

    def test_no_large_file(self):
        self.accepted("tests/golden/a.csv", b"a" * 500_000)
        self.refused("tests/golden/a.csv", b"a" * 500_001, "500001 bytes")

    def test_no_path_of_a_machine(self):
        for folder in ("wo" + "rk", "ro" + "ot", "ho" + "me/ann"):
            self.refused("README.md", f"see /{folder}/main\n", "somebody's machine")
        self.accepted("README.md", "see src/opt/x, a/home/b/c and https://host/root/x\n")


    def test_links_of_documents_lead_somewhere(self):
        found = self.violations({"docs/a.md": "[b](b.md) [c](c.md#x) [d](https://d/e) `[x](y)`\n",
                                 "docs/b.md": ""})
        self.assertEqual(found, ["docs/a.md:1: link to c.md, which is not there"])


class CodeOnly(unittest.TestCase):
    def test_lines_and_columns_stay(self):
        text = 'int a; // b\n/* c\nd */ auto s = "e\\"f";\n'
        code = cxx_source.code_only(text)
        self.assertEqual([len(line) for line in code.split("\n")],
                         [len(line) for line in text.split("\n")])
        self.assertEqual(code.split("\n")[0].rstrip(), "int a;")

    def test_digit_separators_are_no_characters(self):
        self.assertIn("1'000'000", cxx_source.code_only("int a = 1'000'000; int b = '{';"))


if __name__ == "__main__":
    unittest.main()
