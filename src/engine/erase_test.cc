#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/file.h"
#include "engine/race_day.h"
#include "support/harbour_ten.h"
#include "support/temp_folder.h"

namespace hs::engine {
namespace {

const std::string kEvent = std::string(test::kHarbourTen) +
                           "[[source]]\nmat = \"goal\"\nfile = \"goal.csv\"\nformat = \"csv\"\n";

/// A folder with two people, of whom one will be erased.
class EraseTest : public ::testing::Test {
 protected:
  EraseTest() {
    std::filesystem::create_directories(folder());
    write("event.toml", kEvent);
    write("entrants.csv", "bib,chips,name,sex,race\n1,101,Ana One,F,10k\n2,102,Ben Two,M,10k\n");
    write("goal.csv",
          "mat,tag,time\ngoal,101,2026-05-08T10:40:00.1\ngoal,102,2026-05-08T10:41:00.2\n");
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder() + "/" + name, std::ios::binary) << text;
  }
  [[nodiscard]] std::string folder() const { return temp_ / "harbour"; }
  [[nodiscard]] RaceDay open() const {
    auto day = RaceDay::open(race_file_of(folder()), scoring::Closing::Assume);
    EXPECT_TRUE(day) << day.error().text();
    return std::move(*day);
  }
  /// Reads the folder as `score` does; gives what is in the race file then.
  model::FactSeq take() const {
    const auto parsed = read_event_folder(folder(), Strict::No);
    EXPECT_TRUE(parsed) << parsed.error().text();
    RaceDay day = open();
    EXPECT_TRUE(day.take(*parsed));
    return day.race_file().head().last;
  }
  /// Whether the race file, or the journal beside it, holds a text.
  [[nodiscard]] bool holds(const std::string& text) const {
    for (const char* side : {"", "-wal"}) {
      const auto bytes = base::read_file(race_file_of(folder()) + side);
      if (bytes && bytes->find(text) != std::string::npos) return true;
    }
    return false;
  }

  const model::BibNumber ana_ = *model::BibNumber::parse("1");
  test::TempFolder temp_;
};

TEST_F(EraseTest, WhoeverIsErasedStaysSoWhateverTheEntryListSays) {
  take();
  ASSERT_TRUE(holds("Ana One"));
  ASSERT_TRUE(open().add(model::EraseFact{"10k", ana_, {"Ada Timer", {}}}));
  EXPECT_FALSE(holds("Ana One"));
  EXPECT_TRUE(holds("Ben Two"));

  // The list still names her, and then with a club and another chip.
  const model::FactSeq last = open().race_file().head().last;
  EXPECT_EQ(take(), last) << "nothing has changed";
  write("entrants.csv",
        "bib,chips,name,sex,race,club\n1,101;104,Ana One,F,10k,Vale AC\n2,102,Ben Two,M,10k,\n");
  EXPECT_GT(take(), last) << "the chip is new";
  EXPECT_FALSE(holds("Ana One"));
  EXPECT_FALSE(holds("Vale AC"));

  RaceDay day = open();
  EXPECT_TRUE(day.race_file().verify()) << "the chain is whole";
  const model::EventResults results = day.results();
  ASSERT_EQ(results.entrants.size(), 2U);
  EXPECT_TRUE(results.persons[0].name.empty());
  EXPECT_TRUE(results.entrants[0].is_private);
  EXPECT_EQ(results.entrants[0].sex, model::Sex::Female) << "divisions hang on it";
  EXPECT_EQ(results.runners[0].places.overall->place, 1U);
  EXPECT_EQ(results.runners[0].official, std::chrono::minutes(40) + std::chrono::seconds(1))
      << "40:00.1, rounded up";
  EXPECT_EQ(results.persons[1].name, "Ben Two");
}

TEST_F(EraseTest, ItCannotBeTakenBackAndAskingAgainIsNoMistake) {
  take();
  RaceDay day = open();
  const model::EraseFact erase{"10k", ana_, {"Ada Timer", {}}};
  const auto erased = day.add(erase);
  ASSERT_TRUE(erased) << erased.error().text();
  const auto undone = day.add(model::UndoFact{*erased, "", {"Ada Timer", {}}});
  ASSERT_FALSE(undone);
  EXPECT_EQ(undone.error().code, base::ErrorCode::InvalidInput);
  EXPECT_TRUE(day.add(erase));
  EXPECT_FALSE(day.add(model::EraseFact{"10k", *model::BibNumber::parse("7"), {"Ada", {}}}));
}

TEST_F(EraseTest, WhoeverMovedIsErasedUnderTheBibTheyWereEnteredWith) {
  write("event.toml", kEvent +
                          "[[race]]\nid = \"5k\"\n[[race.point]]\nid = \"start\"\n"
                          "distance_m = 0\nmat = \"arch\"\n[[race.point]]\nid = \"finish\"\n"
                          "distance_m = 5000\nmat = \"goal\"\n[[race.wave]]\nid = \"A\"\n"
                          "gun = \"10:00:00\"\n");
  take();
  {
    RaceDay day = open();
    model::RulingFact move;
    move.kind = model::RulingFact::Kind::Move;
    move.race = "10k";
    move.bib = ana_;
    move.to = "5k";
    move.author.by = "Ada Timer";
    const auto moved = day.add(move);
    ASSERT_TRUE(moved) << moved.error().text();
    const auto erased = day.add(model::EraseFact{"5k", ana_, {"Ada Timer", {}}});
    ASSERT_TRUE(erased) << erased.error().text();
    ASSERT_TRUE(day.add(model::UndoFact{*moved, "", {"Ada Timer", {}}}));
    const auto id = day.scorer().find("10k", ana_);
    ASSERT_TRUE(id);
    EXPECT_TRUE(day.scorer().person(*id).name.empty());
  }
  EXPECT_FALSE(holds("Ana One"));
}

TEST_F(EraseTest, ALineOfTheRulingsErasesToo) {
  write("rulings.jsonl", R"({"fact":"erase","race":"10k","bib":"2","by":"Ada Timer"})");
  const model::FactSeq first = take();
  EXPECT_FALSE(holds("Ben Two"));
  EXPECT_EQ(take(), first) << "read again it is the same line";
}

}  // namespace
}  // namespace hs::engine
