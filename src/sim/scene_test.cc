#include "sim/scene.h"

#include <gtest/gtest.h>

#include <set>

namespace hs::sim {
namespace {

TEST(Scene, EveryEmbeddedSceneReadsAndExpectsSomething) {
  std::set<std::string> bibs;
  for (const std::string& name : scene_names()) {
    const auto scene = load_scene(name);
    ASSERT_TRUE(scene.has_value()) << scene.error().text();
    EXPECT_FALSE(scene->title.empty()) << name;
    EXPECT_FALSE(scene->results.empty()) << name << " expects nothing";
    for (const SceneRunner& runner : scene->runners) {
      EXPECT_TRUE(bibs.insert(runner.bib).second) << runner.bib << " is in two scenes";
    }
  }
}

// The table "The scenes" of the design's product page, line by line.
TEST(Scene, TheScenesAreThoseOfTheProductPageAndNoOthers) {
  const std::set<std::string> expected = {
      "qualifier",   "bib-261",   "last-boston", "hand-in-hand",   "guide",
      "sub-two",     "brothers",  "wrong-line",  "carried-home",   "father",
      "catch",       "cancelled", "stopped",     "seven",          "half-mile-carry",
      "stroller",    "sub-four",  "prague",      "crawl-5k",       "crawl-marathon",
      "goal-missed", "together",  "first-mile",  "division-leader"};
  const std::vector<std::string> names = scene_names();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()), expected);
  EXPECT_EQ(names.size(), 24U);
}

TEST(Scene, UnknownSceneNamesThoseThereAre) {
  const auto scene = load_scene("nobody-wrote-this");
  ASSERT_FALSE(scene.has_value());
  EXPECT_EQ(scene.error().code, base::ErrorCode::NotFound);
  EXPECT_NE(scene.error().message.find("hand-in-hand"), std::string::npos);
}

TEST(Scene, MisspeltKeyIsRefusedWithItsPlace) {
  const auto scene =
      parse_scene("title = \"t\"\ncourse = \"marathon\"\nstoped_at = \"1:00\"\n", "x");
  ASSERT_FALSE(scene.has_value());
  EXPECT_EQ(scene.error().place.line, 3);
  EXPECT_NE(scene.error().message.find("stoped_at"), std::string::npos);
}

TEST(Scene, TimesStandInOrderOfTheCourseHoweverTheyAreWritten) {
  const auto scene = parse_scene(
      "title = \"t\"\ncourse = \"marathon\"\n[[runner]]\nbib = \"1\"\nname = \"A B\"\n"
      "wave = \"A\"\ntimes = { finish = \"3:00:00\", \"5k\" = \"0:20:00\" }\n",
      "x");
  ASSERT_TRUE(scene.has_value()) << scene.error().text();
  ASSERT_EQ(scene->runners.size(), 1U);
  EXPECT_EQ(scene->runners[0].times[0].first, "5k");
  EXPECT_EQ(scene->runners[0].times[1].first, "finish");
}

/// A scene of one runner with bib 1 and `more`, which begins in line 7.
std::string scene_with(const std::string& more) {
  return "title = \"t\"\ncourse = \"marathon\"\n[[runner]]\nbib = \"1\"\nname = \"A B\"\n"
         "wave = \"A\"\n" +
         more;
}

void expect_refused(const std::string& toml, int line, const std::string& words) {
  const auto scene = parse_scene(toml, "x");
  ASSERT_FALSE(scene.has_value()) << toml;
  EXPECT_EQ(scene.error().place.file, "x.toml");
  EXPECT_EQ(scene.error().place.line, line) << scene.error().text();
  EXPECT_GT(scene.error().place.column, 0);
  EXPECT_NE(scene.error().message.find(words), std::string::npos) << scene.error().text();
}

TEST(Scene, ABibThatNobodyOfTheSceneHasIsRefusedWhereverItStands) {
  for (const char* more :
       {"[[note]]\nbibs = [\"2\"]\ntext = \"t\"\nby = \"b\"\n", "[[expect.result]]\nbib = \"2\"\n",
        "[expect]\nuntold = [\"2\"]\n", "[[ruling]]\nbib = \"2\"\nreason = \"r\"\nby = \"b\"\n"}) {
    expect_refused(scene_with(more), 8, "bib '2'");
  }
  expect_refused(scene_with("[[expect.moment]]\nkind = \"k\"\nbibs = [\"2\"]\n"), 9, "bib '2'");
}

TEST(Scene, ANoteThatBearsWitnessToWhatItCannotIsRefused) {
  const std::string rest = "text = \"t\"\nby = \"b\"\n";
  expect_refused(scene_with("[[note]]\nabout = \"help\"\n" + rest), 8, "nobody");
  expect_refused(scene_with("[[note]]\nabout = \"rain\"\n" + rest), 7, "'rain'");
  expect_refused(scene_with("[[note]]\nabout = \"storm\"\nfrom = \"10:00:00\"\n" + rest), 9,
                 "alone");
  const auto scene = parse_scene(
      scene_with("[[note]]\nabout = \"storm\"\nfrom = \"10:00:00\"\nuntil = \"10:30:00\"\n" + rest),
      "x");
  ASSERT_TRUE(scene.has_value()) << scene.error().text();
  EXPECT_EQ(*scene->notes.front().until - *scene->notes.front().from, std::chrono::minutes(30));
}

TEST(Scene, ARulingThatTheTruthCannotFollowIsRefused) {
  const std::string rest = "bib = \"1\"\nreason = \"r\"\nby = \"b\"\n";
  expect_refused(scene_with("[[ruling]]\nruling = \"penalty\"\n" + rest), 8, "expected dsq");
  expect_refused(scene_with("[[ruling]]\nruling = \"finish\"\n" + rest), 7, "'time'");
  expect_refused(scene_with("[[ruling]]\nruling = \"dsq\"\ntime = \"0:04:00\"\n" + rest), 9,
                 "'time'");
}

TEST(Scene, ACourseOfItsOwnNeedsAGunAndAFinishAndTheTimeOfItsField) {
  const std::string head = "title = \"t\"\n[course]\nname = \"n\"\n";
  const std::string points = "points = { half = 21097.5, finish = 42195 }\n";
  const std::string gun = "gun = \"09:00:00\"\n";
  const auto scene = parse_scene(head + gun + points, "x");
  ASSERT_TRUE(scene.has_value()) << scene.error().text();
  ASSERT_TRUE(scene->own_course.has_value());
  EXPECT_TRUE(scene->takes_the_race());
  EXPECT_EQ(scene->own_course->points.front().second.in_millimetres(), 21097500);
  expect_refused(head + points, 2, "'gun'");
  expect_refused(head + gun + "points = { \"5k\" = 5000 }\n", 5, "'finish'");
  expect_refused(head + gun + points + "runners = 10\n", 6, "'median'");
  expect_refused(head + gun + points + "rules = \"house\"\n", 2, "house");
}

TEST(Scene, AStandardIsReadAndOnlyOneOfTheSceneIsExpected) {
  const std::string table = "[[standard]]\nname = \"City\"\nF = { \"18+\" = \"3:25:00\" }\n";
  const std::string expects = "[[expect.moment]]\nkind = \"long-stop\"\nstandard = ";
  const auto scene = parse_scene(scene_with(table + expects + "\"City\"\n"), "x");
  ASSERT_TRUE(scene.has_value()) << scene.error().text();
  ASSERT_EQ(scene->standards.size(), 1U);
  ASSERT_EQ(scene->standards[0].times.size(), 1U);
  EXPECT_EQ(scene->standards[0].times[0].second[0].second, "3:25:00");
  EXPECT_EQ(scene->moments[0].standard, "City");
  expect_refused(scene_with(table + expects + "\"Ctiy\"\n"), 12, "standard 'Ctiy'");
  expect_refused(scene_with("[[standard]]\nname = \"City\"\nW = {}\n"), 9, "'W'");
  expect_refused(scene_with("[[standard]]\nname = \"City\"\nF = { \"18+\" = 4 }\n"), 9, "'18+'");
}

TEST(Scene, BrokenTomlIsRefused) {
  EXPECT_FALSE(parse_scene("title = ", "x").has_value());
  EXPECT_FALSE(parse_scene("title = \"t\"\ncourse = \"moon\"\n", "x").has_value());
}

}  // namespace
}  // namespace hs::sim
