#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "model/json.h"
#include "present/career_json.h"
#include "present/career_page.h"
#include "present/career_text.h"
#include "present/display_width.h"

namespace hs::present {
namespace {

using base::Distance;
using history::CareerRun;
using history::Edition;
using model::Sex;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

CareerRun spring(int year, base::Duration time, int age) {
  CareerRun run;
  run.race = "harbour-" + std::to_string(year);
  run.race_name = "Harbour <Marathon> " + std::to_string(year);
  run.date = {year, 4, 21};
  run.distance = Distance::metres(42'195);
  run.resolution = seconds(1);
  run.sex = Sex::Female;
  run.age = age;
  run.name = "Ann <b>Example</b>";
  run.time = model::OwnTime{time, model::PublishedClock::Net};
  run.place_overall = model::PublishedPlace{1234, 20'000};
  run.field = history::FieldOfDay{9000, minutes(230 + (year == 2012 ? 25 : 0))};
  return run;
}

std::vector<history::Series> editions() {
  std::vector<Edition> out;
  for (int year = 2009; year <= 2014; ++year) {
    out.push_back({"harbour-" + std::to_string(year),
                   "Harbour <Marathon> " + std::to_string(year),
                   {year, 4, 21},
                   year == 2013});
  }
  return history::gather_series(std::move(out));
}

/// Women of 40 to 59: 2:30 at 40, a minute more a year. 3:50 asked for until 44, then 4:00.
history::CareerTables tables() {
  history::CareerTables out;
  model::AgeGradeTable table;
  table.edition = 2025;
  table.youngest = 40;
  table.columns = {{"Marathon", Distance::metres(42'195)}};
  table.open = {minutes(140)};
  for (int age = 40; age < 60; ++age) table.standards.push_back(minutes(110 + age));
  out.grades = {table};
  out.qualifying.emplace();
  out.qualifying->standards.push_back({2013, {}});
  out.qualifying->standards.back().standard.times = {{Sex::Female, 18, 44, minutes(230)},
                                                     {Sex::Female, 45, std::nullopt, minutes(240)}};
  out.qualifying->cutoffs = {{2013, seconds(0)}, {2014, seconds(98)}, {2015, seconds(62)}};
  return out;
}

/// 2010 to 2014 without 2013, which was stopped; better than the field on the hot day of 2012.
std::vector<CareerRun> ann() {
  std::vector runs = {spring(2010, minutes(245), 41), spring(2011, minutes(238), 42),
                      spring(2012, minutes(240), 43), spring(2014, minutes(229), 45)};
  runs[3].splits = {{"5k", Distance::metres(5000), minutes(27), false, false},
                    {"half", Distance::millimetres(21'097'500), minutes(115), true, false},
                    {"40k", Distance::metres(40'000), minutes(217), false, true}};
  runs[1].link_millionths = 960'000;
  runs[2].club = "Harbour Runners";
  return runs;
}

history::Career career() { return history::build_career(ann(), editions(), tables()); }

CareerOptions with_tables(std::string_view language = "en") {
  CareerOptions options;
  options.language = *Language::named(language);
  options.has_tables = true;
  return options;
}

std::string text(std::string_view language = "en") {
  return career_text(career(), with_tables(language), Colour::No);
}

TEST(CareerText, TellsEveryRaceAndWhatItWasForThisRunner) {
  const std::string told = text();
  EXPECT_THAT(told, HasSubstr("4 races, 2010 to 2014. Aged 41 to 45."));
  EXPECT_THAT(told, HasSubstr("Best over 42.2 km: 3:49:00, Harbour <Marathon> 2014."));
  EXPECT_THAT(told, HasSubstr("Best age grade: 67.69 %, Harbour <Marathon> 2014, aged 45."));
  // Two minutes slower on a day when the middle of the women was 25 minutes slower.
  EXPECT_THAT(told, HasSubstr("4:00:00   +2:00  +25:00  1,234  63.75"));
  EXPECT_THAT(told, HasSubstr("back after the stopped race"));
  EXPECT_THAT(told, HasSubstr("2011?"));
  EXPECT_THAT(told, HasSubstr("the least sure with 96.00 %"));
}

TEST(CareerText, TellsTheYears) {
  std::string told = text();
  std::replace(told.begin(), told.end(), '\n', ' ');
  EXPECT_THAT(told, HasSubstr("4 finishes in 6 editions of Harbour <Marathon> that the archive "
                              "has. 4 finishes in a row, 2010 to 2014, the last in the archive. "
                              "The race of 2013 was stopped;"));
  EXPECT_THAT(told, HasSubstr("Harbour <Marathon> 2012. The middle of the women was 25:00 slower "
                              "than 2011, this runner 2:00 slower."));
  EXPECT_THAT(told, HasSubstr("Harbour Runners, 2012."));
}

TEST(CareerText, TellsHowNearQualifyingWas) {
  std::string told = text();
  std::replace(told.begin(), told.end(), '\n', ' ');
  EXPECT_THAT(told,
              HasSubstr("Harbour <Marathon> 2012, 4:00:00: 10:00 over the standard for 2013."))
      << "44 on 15 April 2013, since she was 43 on 21 April 2012 and 45 two years later";
  EXPECT_THAT(told, HasSubstr("Harbour <Marathon> 2014, 3:49:00: qualified for 2015 by 11:00 and "
                              "made the cut-off of 1:02 by 9:58."));
  EXPECT_THAT(told, HasSubstr("By the age and time of its day, Harbour <Marathon> 2014 in "
                              "3:49:00:"));
  EXPECT_THAT(told, HasSubstr("2014   4:00:00     1:38  would have made it by 9:22"));
  EXPECT_THAT(told, HasSubstr("Under 3:45:00: 4:00 below the best of the last five years over "
                              "42.2 km."));
}

TEST(CareerText, FitsATerminalAndAGermanOneToo) {
  for (const char* language : {"en", "de"}) {
    std::istringstream lines(text(language));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), 100U) << line;
  }
  EXPECT_THAT(text("de"), HasSubstr("Bestzeit \u00fcber 42,2 km: 3:49:00 Stunden"));
}

TEST(CareerText, SaysHowToGetGradesWhereNoTablesAreNamed) {
  const auto bare = history::build_career(ann(), editions(), {});
  const std::string told = career_text(bare, {}, Colour::No);
  EXPECT_THAT(told, HasSubstr("--tables"));
  EXPECT_THAT(told, Not(HasSubstr("Boston")));
  EXPECT_THAT(told, Not(HasSubstr("No age grade")));
}

TEST(CareerText, AGradeThatIsMissingHasItsReason) {
  std::vector runs = ann();
  runs[0].age.reset();
  runs[1].distance.reset();
  std::string told =
      career_text(history::build_career(runs, editions(), tables()), with_tables(), Colour::No);
  EXPECT_THAT(told, HasSubstr("No age grade: no age in the results."));
  EXPECT_THAT(told, HasSubstr("(import --distance)"));
}

TEST(CareerText, SomebodyOfWhomHardlyAnythingIsKnownIsToldToo) {
  CareerRun bare;
  bare.race = "harbour-2012";
  bare.race_name = "harbour-2012";
  bare.date = {2012, 4, 21};
  bare.status = model::RunnerStatus::DidNotFinish;
  const auto career = history::build_career({bare}, editions(), tables());
  const std::string told = career_text(career, with_tables(), Colour::No);
  EXPECT_THAT(told, HasSubstr("1 race, in 2012."));
  EXPECT_THAT(told, HasSubstr("DNF"));
  EXPECT_THAT(career_page(career, with_tables()), HasSubstr("did not finish"));
}

TEST(CareerPage, IsOneFileWithoutAScriptAndKeepsNamesAsText) {
  const std::string page = career_page(career(), with_tables());
  EXPECT_THAT(page, HasSubstr("<!doctype html>"));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<b>Example")));
  EXPECT_THAT(page, Not(HasSubstr("<Marathon>")));
  EXPECT_THAT(page, Not(HasSubstr("http://")));
  EXPECT_THAT(page, HasSubstr("<h1 dir=\"auto\">Ann &lt;b&gt;Example&lt;/b&gt;</h1>"));
  EXPECT_THAT(page, HasSubstr("role=\"img\" aria-label=\"Times over 42.2 km by year, from 2010 to "
                              "2014; the best 3:49:00,"));
  EXPECT_THAT(page, HasSubstr("<span class=\"win\">first under 4:00:00</span>"));
  EXPECT_EQ(page, career_page(career(), with_tables()));
}

TEST(CareerPage, LeadsToThePartsItHasAndToNoOthers) {
  for (const bool has_tables : {true, false}) {
    const auto shown =
        has_tables ? career() : history::build_career({ann().front()}, editions(), {});
    CareerOptions options = with_tables();
    options.has_tables = has_tables;
    const std::string page = career_page(shown, options);
    std::size_t links = 0;
    for (std::size_t at = page.find("href=\"#"); at != std::string::npos;
         at = page.find("href=\"#", at + 1)) {
      const std::size_t begin = at + 7;
      const std::string id = page.substr(begin, page.find('"', begin) - begin);
      EXPECT_THAT(page, HasSubstr("<section id=\"" + id + "\"")) << id;
      ++links;
    }
    EXPECT_EQ(links, has_tables ? 5U : 3U);
  }
}

TEST(SplitTable, MarksWhatWasWorkedOutAndLeavesOutWhatIsInDoubt) {
  const SplitTable splits = split_table(career(), {});
  EXPECT_THAT(splits.points, testing::ElementsAre("5K", "half way", "40K"));
  ASSERT_THAT(splits.rows, testing::SizeIs(1));
  EXPECT_THAT(splits.rows[0].times, testing::ElementsAre("27:00", "1:55:00*", ""));
}

TEST(CareerWords, TheRacesAgainstSomebodyElse) {
  const auto ann_s = career();
  std::vector<CareerRun> bea = {spring(2011, minutes(230), 30), spring(2012, minutes(250), 31)};
  for (CareerRun& run : bea) run.name = "Bea Example";
  const auto other = history::build_career(bea, editions(), {});
  CareerOptions options = with_tables();
  options.rival = CareerRival{&other, history::head_to_head(ann_s, other)};
  const std::string told = career_text(ann_s, options, Colour::No);
  EXPECT_THAT(told, HasSubstr("2 races that both finished: ahead in 1, behind in 1, level in 0."));
  EXPECT_THAT(told, HasSubstr("\u221210:00"));
  EXPECT_THAT(career_page(ann_s, options), HasSubstr("<section id=\"against\""));
}

TEST(CareerJson, IsJsonWithTheNumbersOfTheText) {
  const std::string json = career_json(career(), with_tables());
  ASSERT_TRUE(model::parse_json(json));
  EXPECT_THAT(json, HasSubstr("\"race\":\"harbour-2014\""));
  EXPECT_THAT(json, HasSubstr("\"age_grade\":6769"));
  EXPECT_THAT(json, HasSubstr("\"change_ms\":120000,\"field_change_ms\":1500000"));
  EXPECT_THAT(json, HasSubstr("{\"kind\":\"after-stop\",\"stopped\":\"harbour-2013\"}"));
  EXPECT_THAT(json, HasSubstr("\"streak\":{\"finishes\":4,\"from\":\"harbour-2010\",\"to\":"
                              "\"harbour-2014\",\"stopped\":[\"harbour-2013\"],\"open\":true}"));
}

}  // namespace
}  // namespace hs::present
