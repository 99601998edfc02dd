#include "formats/entrants_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "formats/chip_test_support.h"

namespace hs::formats {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kRunSignup = R"([
  {"event": {"event_id": 1, "name": "Half", "participants": []}},
  {"event": {"event_id": 1}, "participants": [
    {"user": {"first_name": "Ana", "last_name": "Ruiz, \"AR\"", "gender": "F",
              "dob": "1992-01-02", "email": "secret@example.org", "phone": "555",
              "address": {"street": "Secret 1", "city": "Hamburg", "state": "HH",
                          "country_code": "DE"}},
     "registration_id": 77, "event_id": 1, "bib_num": 812, "chip_num": "AB12", "age": 34,
     "team_name": null, "amount_paid": "$32.00",
     "question_responses": [{"question_text": "Emergency Contact", "response": "Secret"}]},
    {"user": {"first_name": "No", "last_name": "Number", "gender": "M"}, "bib_num": null}
  ]}
])";

base::Result<EntrantsFile> read(const std::string& bytes,
                                const model::Event& event = test::spring_event()) {
  return read_entrants_json(bytes, "entrants.json", event);
}

TEST(EntrantsJson, RunSignupsParticipantsAreEntries) {
  const auto file = read(kRunSignup);
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->entries, SizeIs(1));
  const auto& [entrant, person] = file->entries[0];
  EXPECT_EQ(entrant.bib.str(), "812");
  EXPECT_EQ(entrant.race, "half");
  EXPECT_EQ(entrant.sex, model::Sex::Female);
  EXPECT_EQ(entrant.age, 29);  // On the day of the race, from the birth date.
  ASSERT_THAT(entrant.chips, SizeIs(1));
  EXPECT_EQ(entrant.chips[0].str(), "AB12");
  EXPECT_EQ(person.first_name, "Ana");
  EXPECT_EQ(person.last_name, "Ruiz, \"AR\"");
  EXPECT_EQ(person.city, "Hamburg");
  EXPECT_EQ(person.country, "DE");
  EXPECT_THAT(person.extra,
              ElementsAre(std::pair<std::string, std::string>{"registration_id", "77"}));
}

TEST(EntrantsJson, WhoHasNoBibYetIsLeftOutAndAskedAbout) {
  const auto file = read(kRunSignup);
  ASSERT_TRUE(file);
  bool asked = false;
  for (const model::Attention& item : file->questions) {
    asked = asked || item.text.find("1 participant has no bib") != std::string::npos;
  }
  EXPECT_TRUE(asked);
}

TEST(EntrantsJson, WithSeveralRacesTheEventOfTheServiceIsTheRace) {
  model::Event event = test::spring_event();
  event.races.push_back(event.races.front());
  event.races.back().id = "1";
  const auto by_id =
      read(R"({"event": {"event_id": 1}, "participants": [{"bib_num": "5", "user": {}}]})", event);
  ASSERT_TRUE(by_id) << by_id.error().text();
  EXPECT_EQ(by_id->entries[0].entrant.race, "1");
  const auto by_name = read(
      R"([{"event": {"event_id": 9, "name": "HALF"}, "participants": [{"bib_num": "5"}]}])", event);
  ASSERT_TRUE(by_name) << by_name.error().text();
  EXPECT_EQ(by_name->entries[0].entrant.race, "half");
}

TEST(EntrantsJson, AListOfFlatObjectsIsATable) {
  const auto file = read(R"([
    {"Bib": 7, "Firstname": "Ben", "Lastname": "Okoro", "Sex": "m", "Club": "LG", "Contest": 1,
     "Transponder1": "XY", "Splits": [1, 2]},
    {"Bib": 8, "Lastname": "Lind", "Shirt": "M"}
  ])");
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_THAT(file->entries, SizeIs(2));
  EXPECT_EQ(file->entries[0].person.club, "LG");
  EXPECT_EQ(file->entries[0].entrant.chips[0].str(), "XY");
  EXPECT_EQ(file->entries[1].person.last_name, "Lind");
}

TEST(EntrantsJson, AMistakeNamesTheLineOfTheParticipant) {
  const auto file = read(R"([{"bib": "7"}, {"bib": "7"}])");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().place.file, "entrants.json");
  EXPECT_EQ(file.error().place.line, 3);
  EXPECT_THAT(file.error().message, HasSubstr("a second time"));
}

TEST(EntrantsJson, WhatIsNoListOfParticipantsIsRefused) {
  EXPECT_FALSE(read("7"));
  EXPECT_FALSE(read("[7]"));
  EXPECT_FALSE(read("{}"));
  EXPECT_FALSE(read("[{\"bib\": 1},"));
  EXPECT_FALSE(read("[]")) << "no column for the bib";
}

TEST(EntrantsJson, ReadsTheServicesOwnSample) {
  const auto bytes = test::shared_file("protocols/runsignup/participants.json");
  if (!bytes) GTEST_SKIP() << "no shared data (HS_SHARED)";
  const auto file = read(*bytes);
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_THAT(file->entries, IsEmpty()) << "its one participant has no bib yet";
  EXPECT_THAT(file->questions, SizeIs(1));
}

}  // namespace
}  // namespace hs::formats
