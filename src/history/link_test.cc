#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>
#include <string>

#include "history/candidates.h"
#include "history/learn.h"
#include "history/linker.h"

namespace hs::history {
namespace {

using model::Sex;
using testing::Contains;
using testing::Each;
using testing::Field;
using testing::IsEmpty;
using testing::SizeIs;

/// Numbers by lot for made-up fields: the same on every machine.
class Lot {
 public:
  explicit Lot(std::uint64_t seed) : state_(seed) {}
  std::uint32_t below(std::uint32_t bound) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>(state_ >> 33U) % bound;
  }

 private:
  std::uint64_t state_;
};

/// A made-up word that sounds like a name.
std::string made_up(std::uint32_t number) {
  constexpr std::array kStart = {"Bar", "Cal", "Dun", "Fen", "Gor", "Hal", "Kel", "Lor",
                                 "Mar", "Nor", "Pel", "Ros", "Sal", "Tor", "Ver", "Wil"};
  constexpr std::array kMiddle = {"ba", "de", "fi", "go", "ku", "la", "me", "no",
                                  "pi", "ra", "so", "ta", "vi", "xa", "ze", "cho"};
  constexpr std::array kEnd = {"by",  "den", "ford", "gan",  "ham", "ley",  "man",  "ner",
                               "son", "ton", "vik",  "well", "tze", "rick", "mond", "ber"};
  return std::string(kStart[number % 16]) + kMiddle[number / 16 % 16] + kEnd[number / 256 % 16];
}

struct Runner {
  std::string name;
  Sex sex = Sex::Female;
  int born = 1970;
  std::string city = "Oldport";
};

/// A race each April from 2001 on, with a crowd that never runs twice behind the people of a test,
/// so that rare names are rare.
class Years {
 public:
  explicit Years(int count, std::uint32_t crowd = 400) {
    Lot lot(7);
    for (int i = 0; i < count; ++i) {
      races_.push_back(roll.add_race({2001 + i, 4, 16}));
      for (std::uint32_t n = 0; n < crowd; ++n) {
        const auto year = static_cast<int>(lot.below(40));
        run(i, {made_up(lot.below(4096)) + ", " + made_up(lot.below(4096)),
                lot.below(2) == 0 ? Sex::Female : Sex::Male, 1945 + year, made_up(lot.below(300))});
      }
    }
  }

  /// Enters a runner into the race of year 2001 + `year`; gives the record.
  std::uint32_t run(int year, const Runner& runner, int wrong_age_by = 0, bool has_age = true) {
    Written written;
    written.race = races_[static_cast<std::size_t>(year)];
    written.name.whole = runner.name;
    written.city = runner.city;
    written.state = "MA";
    written.country = "USA";
    written.sex = runner.sex;
    if (has_age) written.age = static_cast<std::uint16_t>(2001 + year - runner.born + wrong_age_by);
    roll.add(written);
    return static_cast<std::uint32_t>(roll.records().size() - 1);
  }

  [[nodiscard]] LinkOutcome link(const LinkKnown& known = {}) const {
    const Rarity rarity(roll);
    return history::link(roll, rarity, LinkModel(), known);
  }

  Roll roll;

 private:
  std::vector<RaceIndex> races_;
};

bool are_one(const LinkOutcome& outcome, const std::vector<std::uint32_t>& records) {
  return std::all_of(records.begin(), records.end(), [&](std::uint32_t record) {
    return outcome.people[record] == outcome.people[records[0]];
  });
}

TEST(Link, OnePersonUnderManyNames) {
  Years years(7);
  const Runner quill{"Quillfeather, Benjamin H.", Sex::Male, 1950};
  Runner other = quill;
  std::vector<std::uint32_t> records{years.run(0, quill)};
  int year = 1;
  for (const char* name : {"Quillfeather, Ben", "QUILLFEATHER, BENJAMIN H", "Quillfaether, Ben H.",
                           "B. Quillfeather", "Ben Quillfeather-Roe", "Quillfeather, Benny"}) {
    other.name = name;
    records.push_back(years.run(year++, other));
  }
  const LinkOutcome outcome = years.link();
  for (const std::uint32_t record : records) {
    const RollName& name = years.roll.name_of(years.roll.at(record));
    EXPECT_EQ(outcome.people[record], outcome.people[records[0]])
        << years.roll.text(name.first) << " " << years.roll.text(name.last);
    EXPECT_GT(outcome.probability[record], 0.9F);
  }
}

TEST(Link, ARunnerWhoMovesAwayIsFoundByARareNameAndNotByACommonOne) {
  Years years(2, 2000);
  // One in eight comes back, as usual.
  Lot lot(5);
  for (int i = 0; i < 300; ++i) {
    const Runner back{made_up(lot.below(4096)) + ", " + made_up(lot.below(4096)), Sex::Female,
                      1945 + static_cast<int>(lot.below(40)), made_up(lot.below(300))};
    years.run(0, back);
    years.run(1, back);
  }
  const std::vector<std::uint32_t> rare{
      years.run(0, {"Quillfeather, Ida", Sex::Female, 1970, "Oldport"}),
      years.run(1, {"Quillfeather, Ida", Sex::Female, 1970, "Farhaven"})};
  std::vector<std::uint32_t> common;
  for (int born = 1950; born < 1985; ++born) {
    common.push_back(years.run(0, {"Doe, Ann", Sex::Female, born, "Oldport"}));
    common.push_back(years.run(1, {"Doe, Ann", Sex::Female, born, "Farhaven"}));
  }
  const LinkOutcome outcome = years.link();
  EXPECT_TRUE(are_one(outcome, rare));
  for (std::size_t i = 0; i < common.size(); i += 2) {
    EXPECT_NE(outcome.people[common[i]], outcome.people[common[i + 1]]);
  }
}

TEST(Link, FatherAndSonOfOneNameAndTownStayTwo) {
  Years years(3);
  std::vector<std::uint32_t> father;
  std::vector<std::uint32_t> son;
  for (int year = 0; year < 3; ++year) {
    father.push_back(years.run(year, {"Quillfeather, Tom", Sex::Male, 1945}));
    son.push_back(years.run(year, {"Quillfeather, Tom", Sex::Male, 1972}));
  }
  const LinkOutcome outcome = years.link();
  EXPECT_TRUE(are_one(outcome, father));
  EXPECT_TRUE(are_one(outcome, son));
  EXPECT_NE(outcome.people[father[0]], outcome.people[son[0]]);
}

TEST(Link, TwinsOfOneInitialInEveryRaceAreNeverOne) {
  Years years(4);
  std::set<std::uint32_t> people;
  for (int year = 0; year < 4; ++year) {
    years.run(year, {"Quillfeather, Ada", Sex::Female, 1970});
    years.run(year, {"Quillfeather, Ida", Sex::Female, 1970});
  }
  const LinkOutcome outcome = years.link();
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> seen;
  for (std::uint32_t i = 0; i < years.roll.records().size(); ++i) {
    EXPECT_EQ(++seen[std::pair(outcome.people[i], years.roll.at(i).race.raw())], 1)
        << "nobody is in a race twice";
  }
}

TEST(Link, TwoWhoCannotBeToldApartStayApartAndAreDoubts) {
  Years years(2);
  const Runner twin{"Quillfeather, Ada", Sex::Female, 1970};
  const std::uint32_t first = years.run(0, twin);
  const std::uint32_t one = years.run(1, twin);
  const std::uint32_t other = years.run(1, twin);
  const LinkOutcome outcome = years.link();
  EXPECT_NE(outcome.people[first], outcome.people[one]);
  EXPECT_NE(outcome.people[first], outcome.people[other]);
  EXPECT_THAT(outcome.doubts, SizeIs(2));
  EXPECT_THAT(outcome.doubts, Each(Field(&LinkedPair::a, first)));
}

TEST(Link, OneWrongAgeIsBorneAndTwoPeopleOfOtherAgesAreNot) {
  Years years(4);
  const Runner quill{"Quillfeather, Ida Xenia", Sex::Female, 1970};
  const std::vector<std::uint32_t> records{years.run(0, quill), years.run(1, quill, 1),
                                           years.run(2, quill), years.run(3, quill, 0, false)};
  const LinkOutcome outcome = years.link();
  EXPECT_TRUE(are_one(outcome, records)) << "a year off, and no age at all";
}

TEST(Link, EmptyNamesAndSingleNamesAreNobodysButTheirOwn) {
  Years years(2);
  const std::vector<std::uint32_t> records{
      years.run(0, {"", Sex::Female, 1970}), years.run(1, {"", Sex::Female, 1970}),
      years.run(0, {"Madonna", Sex::Female, 1958}), years.run(1, {"Madonna", Sex::Female, 1958})};
  const LinkOutcome outcome = years.link();
  const std::set<std::uint32_t> people{outcome.people[records[0]], outcome.people[records[1]],
                                       outcome.people[records[2]], outcome.people[records[3]]};
  EXPECT_THAT(people, SizeIs(4));
}

TEST(Link, AWordStandsAboveTheLinker) {
  Years years(2);
  const std::uint32_t before = years.run(0, {"Quillfeather, Ida", Sex::Female, 1970, "Oldport"});
  const std::uint32_t married = years.run(1, {"Doe, Ida", Sex::Female, 1970, "Farhaven"});
  const std::uint32_t tom = years.run(0, {"Quillfeather, Tom", Sex::Male, 1972});
  const std::uint32_t other_tom = years.run(1, {"Quillfeather, Tom", Sex::Male, 1972});
  const LinkOutcome alone = years.link();
  EXPECT_NE(alone.people[before], alone.people[married]);
  EXPECT_EQ(alone.people[tom], alone.people[other_tom]);
  LinkKnown known;
  known.said = {{before, married, true}, {tom, other_tom, false}};
  const LinkOutcome said = years.link(known);
  EXPECT_EQ(said.people[before], said.people[married]);
  EXPECT_EQ(said.probability[married], 1.0F);
  EXPECT_NE(said.people[tom], said.people[other_tom]);
}

TEST(Link, ANewRaceJoinsPeopleWithoutTouchingTheOthers) {
  Years years(3);
  const Runner quill{"Quillfeather, Ida", Sex::Female, 1970};
  const std::uint32_t first = years.run(0, quill);
  const std::uint32_t second = years.run(1, quill);
  LinkKnown known;
  known.people = years.link().people;
  const std::vector<std::uint32_t> before = known.people;
  const std::uint32_t third = years.run(2, quill);
  known.people.push_back(0);
  known.fresh.assign(years.roll.records().size(), false);
  known.fresh[third] = true;
  const LinkOutcome outcome = years.link(known);
  EXPECT_EQ(outcome.people[third], before[first]);
  EXPECT_EQ(outcome.people[second], before[first]);
  for (std::size_t i = 0; i < before.size(); ++i) ASSERT_EQ(outcome.people[i], before[i]) << i;
}

TEST(Link, TheSameRollGivesTheSamePeople) {
  Years years(3);
  for (int year = 0; year < 3; ++year) years.run(year, {"Quillfeather, Ida", Sex::Female, 1970});
  EXPECT_EQ(years.link().people, years.link().people);
}

/// A race with what folding is about: a double name, a nickname, a suffix, no age, no sex, a club.
Roll a_race() {
  Roll roll;
  const RaceIndex race = roll.add_race({2024, 4, 15});
  const std::array<Written, 4> all = {
      {{race,
        {"Van Dyk-Roe, Bill J. Jr.", "", ""},
        "Oldport",
        "MA",
        "USA",
        "Harbour AC",
        Sex::Male,
        40},
       {race, {"", "Ida", "Quillfeather"}, "Oldport", "MA", "USA", "", Sex::Female, {}},
       {race, {"QUILLFEATHER, IDA", "", ""}, "", "", "", "", {}, 31},
       {race, {"", "", ""}, "", "", "", "", Sex::X, 200}}};
  for (const Written& written : all) roll.add(written);
  return roll;
}

TEST(Roll, AFoldedRaceIsReadBackAsItWas) {
  const Roll before = a_race();
  const std::string bytes = fold_race(before, std::vector<std::uint32_t>{0, 1, 5, 9});
  Roll after;
  const RaceIndex race = after.add_race({2024, 4, 15});
  std::vector<std::uint32_t> numbers;
  ASSERT_TRUE(after.add_folded(race, bytes, numbers));
  EXPECT_EQ(numbers, (std::vector<std::uint32_t>{0, 1, 5, 9}));
  ASSERT_EQ(after.records().size(), before.records().size());
  for (std::uint32_t i = 0; i < 4; ++i) {
    EXPECT_EQ(after.at(i).born, before.at(i).born);
    EXPECT_EQ(after.at(i).has_birth, before.at(i).has_birth);
    EXPECT_EQ(after.at(i).sex, before.at(i).sex);
    EXPECT_EQ(after.at(i).name, before.at(i).name);
    EXPECT_EQ(after.text(after.name_of(after.at(i)).last),
              before.text(before.name_of(before.at(i)).last));
    EXPECT_EQ(after.text(after.at(i).club), before.text(before.at(i).club));
  }
  EXPECT_EQ(after.at(1).name, after.at(2).name) << "two spellings of one name";
  EXPECT_EQ(fold_race(after, numbers), bytes);
}

TEST(Roll, AFoldedRaceThatIsDamagedIsSaid) {
  const std::string bytes = fold_race(a_race(), std::vector<std::uint32_t>{0, 1, 2, 3});
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    Roll roll;
    std::vector<std::uint32_t> numbers;
    const RaceIndex race = roll.add_race({2024, 4, 15});
    EXPECT_FALSE(roll.add_folded(race, bytes.substr(0, cut), numbers)) << cut;
    std::string flipped = bytes;
    flipped[cut] = static_cast<char>(flipped[cut] ^ 0x40);
    static_cast<void>(roll.add_folded(race, flipped, numbers));  // Ends, whatever it says.
  }
}

TEST(Candidates, OneNameTenThousandTimesStaysNearLinear) {
  Years years(10, 0);
  Lot lot(3);
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    years.run(
        static_cast<int>(i % 10),
        {"Doe, Ann", Sex::Female, 1960 + static_cast<int>(lot.below(20)), made_up(lot.below(200))});
  }
  std::size_t pairs = 0;
  visit_candidates(years.roll, {}, [&](std::uint32_t, std::uint32_t, Road) { ++pairs; });
  EXPECT_LT(pairs, 1'000'000U) << "of 50 million";
  const LinkOutcome outcome = years.link();
  EXPECT_EQ(outcome.people.size(), 10'000U);
}

TEST(Learn, AFieldThatIsOftenWrongIsLearnedToSayLess) {
  Years years(2, 3000);
  Lot lot(11);
  for (std::uint32_t i = 0; i < 1500; ++i) {
    Runner runner{made_up(lot.below(4096)) + ", " + made_up(lot.below(4096)), Sex::Male,
                  1945 + static_cast<int>(lot.below(40)), made_up(lot.below(300))};
    years.run(0, runner);
    // Half of them move before the next race.
    if (i % 2 == 0) runner.city = made_up(lot.below(300));
    years.run(1, runner);
  }
  const Rarity rarity(years.roll);
  const LinkModel start;
  const LinkModel learned = learn(years.roll, rarity, start);
  EXPECT_NEAR(learned.same(history::Field::Place)[level::PlaceCity], 0.5, 0.1);
  EXPECT_GT(start.same(history::Field::Place)[level::PlaceCity], 0.8);
}

TEST(Learn, AModelIsReadBackEqualAndDamageIsSaid) {
  LinkModel model;
  model.same_city_factor = 1.0 / 3.0;
  const std::string text = write_link_model(model);
  const auto back = read_link_model(text);
  ASSERT_TRUE(back);
  EXPECT_EQ(write_link_model(*back), text);
  EXPECT_FALSE(read_link_model(text.substr(0, text.size() / 2)));
  EXPECT_FALSE(read_link_model(""));
}

}  // namespace
}  // namespace hs::history
