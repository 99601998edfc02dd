#include "model/published.h"

#include <gtest/gtest.h>

namespace hs::model {
namespace {

using std::chrono::minutes;

TEST(TextPool, KeepsEachTextOnceAndTheEmptyOneAsNumberNought) {
  TextPool pool;
  EXPECT_EQ(pool.intern("").raw(), 0U);
  const TextId oslo = pool.intern("Oslo");
  EXPECT_EQ(pool.intern("Bergen").raw(), 2U);
  EXPECT_EQ(pool.intern("Oslo"), oslo);
  EXPECT_EQ(pool.view(oslo), "Oslo");
  EXPECT_EQ(pool.view(TextId()), "");
  EXPECT_EQ(pool.size(), 3U);
}

TEST(TextPool, FindsEveryTextAgainAfterGrowing) {
  TextPool pool;
  std::vector<TextId> ids;
  for (int i = 0; i < 5000; ++i) ids.push_back(pool.intern("town " + std::to_string(i)));
  for (int i = 0; i < 5000; ++i) {
    const std::string text = "town " + std::to_string(i);
    EXPECT_EQ(pool.view(ids[static_cast<std::size_t>(i)]), text);
    EXPECT_EQ(pool.intern(text), ids[static_cast<std::size_t>(i)]);
  }
}

/// One runner, Oslo, with a half-way split.
PublishedRace one_runner() {
  PublishedRace race;
  race.id = "spring";
  race.points = {{"half", "HALF", base::Distance::millimetres(21'097'500)}};
  PublishedResult result;
  result.texts[static_cast<std::size_t>(PublishedText::City)] = race.texts.intern("Oslo");
  result.net = base::NetTime(minutes(200));
  result.split_count = 1;
  race.results = {result};
  race.splits = {PublishedSplit(0, minutes(95), std::nullopt, PublishedSplit::Estimated)};
  return race;
}

TEST(PublishedRace, GivesTextsAndSplitsOfAResult) {
  const PublishedRace race = one_runner();
  EXPECT_EQ(race.text(race.results[0], PublishedText::City), "Oslo");
  EXPECT_EQ(race.text(race.results[0], PublishedText::Bib), "");
  ASSERT_NE(race.split_at(race.results[0], 0), nullptr);
  EXPECT_EQ(race.split_at(race.results[0], 0)->time(), minutes(95));
  EXPECT_FALSE(race.split_at(race.results[0], 0)->time_of_day());
  EXPECT_TRUE(race.split_at(race.results[0], 0)->is_estimated());
  EXPECT_EQ(race.split_at(race.results[0], 1), nullptr);
  EXPECT_EQ(race.point_named("half"), 0U);
  EXPECT_FALSE(race.point_named("finish"));
}

TEST(PublishedRace, ANameIsAsWrittenOrPutTogether) {
  PublishedRace race = one_runner();
  PublishedResult& runner = race.results[0];
  const auto put = [&](PublishedText kind, std::string_view text) {
    runner.texts[static_cast<std::size_t>(kind)] = race.texts.intern(text);
  };
  put(PublishedText::Name, "");
  EXPECT_EQ(race.name_of(runner), "");
  put(PublishedText::LastName, "Berg");
  EXPECT_EQ(race.name_of(runner), "Berg");
  put(PublishedText::FirstName, "Ada");
  EXPECT_EQ(race.name_of(runner), "Ada Berg");
  put(PublishedText::Name, "Berg, Ada");
  EXPECT_EQ(race.name_of(runner), "Berg, Ada");
}

TEST(PublishedRace, TheTimeThatCountsIsTheOneThePlacesFollow) {
  PublishedRace race = one_runner();
  race.results[0].gun = base::GunTime(minutes(203));
  EXPECT_EQ(race.finish_of(race.results[0]), minutes(200));
  race.ranked_by = PublishedClock::Gun;
  EXPECT_EQ(race.finish_of(race.results[0]), minutes(203));
  race.ranked_by = PublishedClock::Untold;
  EXPECT_EQ(race.finish_of(race.results[0]), minutes(200));
}

TEST(PublishedRace, ContentIsComparedByTextsNotByTheirNumbers) {
  const PublishedRace race = one_runner();
  PublishedRace other = one_runner();
  other.texts = TextPool();
  static_cast<void>(other.texts.intern("Bergen"));
  other.results[0].texts[static_cast<std::size_t>(PublishedText::City)] =
      other.texts.intern("Oslo");
  EXPECT_TRUE(same_content(race, other));
  other.splits[0].set(PublishedSplit::Doubtful);
  EXPECT_FALSE(same_content(race, other));
  other = one_runner();
  other.results[0].texts[static_cast<std::size_t>(PublishedText::Club)] =
      other.texts.intern("Oslo");
  EXPECT_FALSE(same_content(race, other));
}

}  // namespace
}  // namespace hs::model
