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

TEST(Scene, TheScenesOfTheFirstVersionAreThere) {
  const std::vector<std::string> names = scene_names();
  const std::set<std::string> found(names.begin(), names.end());
  for (const char* name : {"bib-261", "cancelled", "crawl-marathon", "hand-in-hand", "stopped",
                           "stroller", "wrong-line"}) {
    EXPECT_EQ(found.count(name), 1U) << name;
  }
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

TEST(Scene, BrokenTomlIsRefused) {
  EXPECT_FALSE(parse_scene("title = ", "x").has_value());
  EXPECT_FALSE(parse_scene("title = \"t\"\ncourse = \"moon\"\n", "x").has_value());
}

}  // namespace
}  // namespace hs::sim
