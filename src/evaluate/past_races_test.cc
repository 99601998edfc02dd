#include "evaluate/past_races.h"

#include <gmock/gmock.h>

#include "archive/archive.h"
#include "support/temp_folder.h"

namespace hs::evaluate {
namespace {

using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

/// One runner seen half way of a race of `metres`; nothing known of the length where absent.
model::PublishedRace race_of(const std::string& id, std::optional<int> metres) {
  model::PublishedRace race;
  race.id = id;
  race.date = {2024, 5, 8};
  race.split_clock = model::PublishedClock::Net;
  race.points = {{"mid", "mid", std::nullopt}, {"finish", "finish", std::nullopt}};
  if (metres) {
    race.distance = base::Distance::metres(*metres);
    race.points[0].distance = base::Distance::metres(*metres / 2);
    race.points[1].distance = race.distance;
  }
  model::PublishedResult result;
  result.status = model::RunnerStatus::Finished;
  result.net = base::NetTime(minutes(100));
  result.split_count = 2;
  race.splits = {model::PublishedSplit(0, minutes(48), std::nullopt),
                 model::PublishedSplit(1, minutes(100), std::nullopt)};
  race.results = {result};
  return race;
}

class Past : public testing::Test {
 protected:
  void SetUp() override {
    auto archive = archive::Archive::open(path_, archive::Access::Create);
    ASSERT_TRUE(archive.has_value());
    for (const auto& race : {race_of("harbour-2022", 21097), race_of("harbour-2023", 21150),
                             race_of("harbour-2024", 10000), race_of("dunes-2023", 21097),
                             race_of("ridge-2023", std::nullopt)}) {
      ASSERT_TRUE(archive->put(race, archive::IfKnown::Refuse).has_value());
    }
  }

  [[nodiscard]] std::vector<std::string> found(PastQuery query) const {
    query.archive = path_;
    const auto past = past_races(query);
    EXPECT_TRUE(past.has_value());
    return past ? past->names() : std::vector<std::string>{};
  }

  test::TempFolder folder_;
  std::string path_ = folder_ / "A.db";
};

TEST_F(Past, IsThoseWhoseIdBeginsAlikeAndThatAreAsLong) {
  const auto half = base::Distance::metres(21097);
  EXPECT_THAT(found({"", {}, "harbour-2026", half}), ElementsAre("harbour-2022", "harbour-2023"));
  EXPECT_THAT(found({"", {}, "harbour-2022", half}), ElementsAre("harbour-2023"));
}

TEST_F(Past, IsAllThatAreAsLongWhereNoneBeginsAlike) {
  EXPECT_THAT(found({"", {}, "elsewhere", base::Distance::metres(21097)}),
              testing::UnorderedElementsAre("harbour-2022", "harbour-2023", "dunes-2023"));
  EXPECT_THAT(found({"", {}, "elsewhere", base::Distance::metres(42195)}), IsEmpty());
}

TEST_F(Past, IsWhatWasNamedAndNeverTheRaceItself) {
  EXPECT_THAT(
      found({"", {"dunes-2023", "harbour-2022"}, "harbour-2022", base::Distance::metres(21097)}),
      ElementsAre("dunes-2023"));
  const auto unknown = past_races({path_, {"nowhere"}, "x", base::Distance::metres(21097)});
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(unknown.error().code, base::ErrorCode::NotFound);
}

TEST_F(Past, OfATrailIsTrails) {
  EXPECT_THAT(found({"", {}, "ridge-2024", std::nullopt}), ElementsAre("ridge-2023"));
}

TEST(SubjectName, IsTheLastPartWithoutItsEnding) {
  EXPECT_EQ(subject_name("events/harbour-2026/"), "harbour-2026");
  EXPECT_EQ(subject_name("harbour-2026"), "harbour-2026");
  EXPECT_EQ(subject_name("harbour-2026/harbour-2026.race"), "harbour-2026");
}

}  // namespace
}  // namespace hs::evaluate
