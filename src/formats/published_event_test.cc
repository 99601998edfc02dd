#include "formats/published_event.h"

#include "formats/results_test_support.h"
#include "model/spoken_name.h"

namespace hs::formats {
namespace {

using model::Mode;
using model::spoken_name;
using std::chrono::minutes;
using std::chrono::seconds;

model::EventResults event(std::string_view bytes) {
  const auto made = event_of(test::read(bytes).race);
  EXPECT_TRUE(made) << (made ? "" : made.error().text());
  return made ? *made : model::EventResults{};
}

constexpr const char* kNet =
    "bib,name,sex,age,5k,half,40k,net time,place overall\n"
    "11,Ana Ruiz,F,34,0:25:00,1:46:00,3:21:00,3:32:00,2\n"
    "12,Lea Moor,F,51,0:26:00,-,3:30:00,3:41:00,3\n"
    "13,Jo Stone,M,29,0:20:00,1:25:00,2:42:00,2:51:00,1\n";

TEST(PublishedEvent, NetTimesAreSplitsWithoutAClock) {
  const model::EventResults results = event(kNet);
  ASSERT_EQ(results.event.races.size(), 1u);
  const model::Race& race = results.event.races[0];
  ASSERT_EQ(race.points.size(), 5u);
  EXPECT_EQ(race.points[0].id, "start");
  EXPECT_EQ(race.points[2].distance, base::Distance::millimetres(21'097'500));
  EXPECT_EQ(race.points[4].id, "finish");
  EXPECT_FALSE(race.waves[0].gun.has_value());
  const model::RunnerResult& first = results.runners[0];
  EXPECT_EQ(first.status, model::RunnerStatus::Finished);
  EXPECT_EQ(first.splits[1].net, base::NetTime(minutes(25)));
  EXPECT_EQ(first.splits[4].net, base::NetTime(minutes(212)));
  EXPECT_FALSE(first.splits[4].passing.has_value());
  EXPECT_FALSE(first.start_at.has_value());
  EXPECT_FALSE(results.runners[1].splits[2].net.has_value());
}

TEST(PublishedEvent, PeopleAreAsPublishedAndSoAreTheirPlaces) {
  const model::EventResults results = event(kNet);
  EXPECT_EQ(results.entrants[1].bib.view(), "12");
  EXPECT_EQ(results.entrants[1].sex, model::Sex::Female);
  EXPECT_EQ(results.entrants[1].age, 51);
  EXPECT_EQ(results.entrants[1].mode, Mode::Foot);
  EXPECT_EQ(results.persons[2].name, "Jo Stone");
  EXPECT_EQ(results.event.publish_columns, std::vector<std::string>{"age"});
  EXPECT_EQ(results.runners[0].places.overall->place, 2u);
  ASSERT_EQ(results.order.size(), 1u);
  EXPECT_EQ(results.order[0][0], model::EntrantId(2));
  EXPECT_TRUE(results.closed[0]);
}

TEST(PublishedEvent, NamesOfAListAreSaidAsPeopleSayThem) {
  EXPECT_EQ(spoken_name("Ruiz, Ana"), "Ana Ruiz");
  EXPECT_EQ(spoken_name("de la Cruz, Ana M."), "Ana M. de la Cruz");
  EXPECT_EQ(spoken_name("Moor, Lee, Jr."), "Lee Moor, Jr.");
  EXPECT_EQ(spoken_name("Lee Moor, Jr."), "Lee Moor, Jr.");
  EXPECT_EQ(spoken_name("Ana Ruiz"), "Ana Ruiz");
  EXPECT_EQ(spoken_name("Ruiz,"), "Ruiz,");
  EXPECT_EQ(spoken_name("Moor, Stone, Ruiz"), "Moor, Stone, Ruiz");
  EXPECT_EQ(spoken_name(""), "");
  const model::EventResults results =
      event("bib,name,5k,half,40k,net time\n11,\"Ruiz, Ana\",0:25:00,1:46:00,3:21:00,3:32:00\n");
  EXPECT_EQ(results.persons[0].name, "Ana Ruiz");
}

TEST(PublishedEvent, TimesOfDayGiveTheClockAndTheFirstStartIsTheGun) {
  const model::EventResults results = event(
      "bib,start_tod,5k,half,40k,net time,5k_tod,half_tod,40k_tod,finish_tod\n"
      "1,09:02:00,0:25:00,1:46:00,3:21:00,3:32:00,09:27:00,10:48:00,12:23:00,12:34:00\n"
      "2,09:05:30,0:26:00,1:50:00,3:30:00,3:41:00,09:31:30,10:55:30,12:35:30,12:46:30\n");
  const auto gun = results.event.races[0].waves[0].gun;
  ASSERT_TRUE(gun.has_value());
  EXPECT_EQ(*gun - results.event.begins, std::chrono::hours(9) + minutes(2));
  const model::RunnerResult& second = results.runners[1];
  ASSERT_TRUE(second.start_at.has_value());
  EXPECT_EQ(*second.start_offset, minutes(3) + seconds(30));
  ASSERT_TRUE(second.splits[4].passing.has_value());
  EXPECT_EQ(second.splits[4].passing->at - *second.start_at, minutes(221));
  EXPECT_FALSE(second.splits[4].passing->read.has_value());
}

TEST(PublishedEvent, AnEstimateIsAMissedPoint) {
  const model::EventResults results = event(
      "id,split,time_of_day,time\n"
      "1,05K,09:25:00,0:25:00\n1,HALF,10:46:00 *,1:46:00\n1,40K,12:21:00,3:21:00\n"
      "1,Finish,12:32:00,3:32:00\n"
      "2,05K,09:26:00,0:26:00\n2,HALF,10:50:00,1:50:00\n2,40K,12:30:00,3:30:00\n"
      "2,Finish,12:41:00,3:41:00\n");
  ASSERT_EQ(results.runners.size(), 2u);
  ASSERT_EQ(results.runners[0].splits.size(), 5u);
  EXPECT_FALSE(results.runners[0].splits[2].net.has_value());
  EXPECT_FALSE(results.runners[0].splits[2].passing.has_value());
  EXPECT_TRUE(results.runners[1].splits[2].net.has_value());
}

TEST(PublishedEvent, SplitsFromTheGunLoseTheWayToTheStart) {
  model::PublishedRace race = test::read(kNet).race;
  race.split_clock = model::PublishedClock::Gun;
  for (auto& result : race.results) result.gun = base::GunTime(result.net->value() + minutes(2));
  const auto results = event_of(race);
  ASSERT_TRUE(results);
  EXPECT_EQ(results->runners[0].splits[1].net, base::NetTime(minutes(23)));
  EXPECT_EQ(results->runners[0].splits[4].net, base::NetTime(minutes(212)));
}

TEST(PublishedEvent, WhoeverWasPlacedApartIsNotOnFoot) {
  model::PublishedRace race = test::read(kNet).race;
  race.results[2].is_apart = true;
  const auto results = event_of(race);
  ASSERT_TRUE(results);
  EXPECT_NE(results->entrants[2].mode, Mode::Foot);
  EXPECT_EQ(results->entrants[0].mode, Mode::Foot);
}

TEST(PublishedEvent, ABibThatIsNoneOfOursIsItsLine) {
  const model::EventResults results = event(
      "bib,name,5k,half,40k,net time\n"
      "7,Ana Ruiz,0:25:00,1:46:00,3:21:00,3:32:00\n"
      "7,Lea Moor,0:26:00,1:50:00,3:30:00,3:41:00\n"
      "8,Jo Stone,0:20:00,1:25:00,2:42:00,2:51:00\n");
  EXPECT_EQ(results.entrants[0].bib.view(), "line-2");
  EXPECT_EQ(results.entrants[1].bib.view(), "line-3");
  EXPECT_EQ(results.entrants[2].bib.view(), "8");
}

TEST(PublishedEvent, APlaceThatTwoHaveIsShared) {
  model::PublishedRace race = test::read(kNet).race;
  race.results[1].place_overall = race.results[0].place_overall;
  const auto results = event_of(race);
  ASSERT_TRUE(results);
  EXPECT_TRUE(results->runners[0].places.overall->shared);
  EXPECT_TRUE(results->runners[1].places.overall->shared);
  EXPECT_FALSE(results->runners[2].places.overall->shared);
}

TEST(PublishedEvent, ARaceWithoutALengthIsRefused) {
  model::PublishedRace race = test::read(kNet).race;
  race.distance.reset();
  const auto results = event_of(race);
  ASSERT_FALSE(results);
  EXPECT_EQ(results.error().code, base::ErrorCode::InvalidInput);
}

}  // namespace
}  // namespace hs::formats
