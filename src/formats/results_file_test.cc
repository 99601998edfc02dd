#include "formats/results_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/results_merge.h"
#include "formats/results_test_support.h"

namespace hs::formats {
namespace {

using model::Mode;
using model::PublishedClock;
using model::PublishedText;
using model::RunnerStatus;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using test::meaning_of;
using test::points_of;
using test::questions_of;
using test::read;
using test::refusal;
using test::split_of;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST(ResultsFile, ReadsPeoplePlacesAndTimes) {
  const ResultsFile file = read(
      "Bib,Name,Age,M/F,City,State,Country,Citizen,,5K,10K,Pace,Proj Time,Official Time,Overall,"
      "Gender,Division\n"
      "7,\"Sand, Ada\",29,F,Lund,,SWE,NOR,VI,0:20:01,0:41:02,0:06:42,-,2:59:59,1,1,1\n"
      "12,\"Holm, Bo\",61,M,Bergen,,NOR,,,0:21:00,-,0:06:52,-,3:01:00,2,1,1\n");
  const auto& race = file.race;
  ASSERT_THAT(race.results, SizeIs(2));
  const auto& ada = race.results[0];
  EXPECT_EQ(race.text(ada, PublishedText::Bib), "7");
  EXPECT_EQ(race.text(ada, PublishedText::Name), "Sand, Ada");
  EXPECT_EQ(race.text(ada, PublishedText::Citizenship), "NOR");
  EXPECT_EQ(race.text(ada, PublishedText::Note), "VI");
  EXPECT_EQ(ada.sex, model::Sex::Female);
  EXPECT_EQ(ada.age, 29);
  EXPECT_EQ(ada.official, hours(3) - seconds(1));
  EXPECT_EQ(ada.place_sex, (model::PublishedPlace{1, std::nullopt}));
  EXPECT_EQ(ada.status, RunnerStatus::Finished);
  EXPECT_EQ(ada.line, 2U);
  EXPECT_EQ(points_of(race), "5k 10k finish");
  EXPECT_EQ(split_of(race, 0, "10k"), "0:41:02");
  EXPECT_EQ(split_of(race, 1, "10k"), "-");
  EXPECT_EQ(split_of(race, 1, "finish"), "3:01:00");
  EXPECT_EQ(meaning_of(file, "Gender"), "place in sex");
  EXPECT_EQ(meaning_of(file, "Pace"), "left out: pace");
  EXPECT_EQ(meaning_of(file, "Proj Time"), "left out: projected time");
  EXPECT_EQ(race.resolution, seconds(1));
}

TEST(ResultsFile, DecimalMinutesKeepTheirSteps) {
  const ResultsFile file = read(
      "10k,name,half,official,5k\n"
      "30.90,\"Sand, Ada\",64.90,138.95,15.90\n"
      "33.50,\"Holm, Bo\",70.10,141.50,-\n");
  EXPECT_EQ(file.race.results[0].official, minutes(138) + seconds(57));
  EXPECT_EQ(file.race.resolution, milliseconds(600));
  EXPECT_EQ(points_of(file.race), "5k 10k half finish");
  EXPECT_EQ(split_of(file.race, 0, "half"), "1:04:54");
  EXPECT_EQ(split_of(file.race, 1, "5k"), "-");
  ASSERT_TRUE(file.race.distance);
  EXPECT_EQ(file.race.distance->in_millimetres(), 42'195'000);
}

TEST(ResultsFile, DecimalCommasAndSemicolons) {
  const ResultsFile file = read("Name;Zeit;Platz\nSand;138,95;1\nHolm;141,50;2\n");
  EXPECT_EQ(file.race.results[0].official, minutes(138) + seconds(57));
  EXPECT_THAT(file.dialect, HasSubstr("semicolon"));
}

TEST(ResultsFile, HoursAndMinutesWhereTheDistanceSaysSo) {
  ResultsOptions options = test::spring_race();
  options.distance = base::Distance::millimetres(42'195'000);
  const std::string bytes = "name,time\nAda,3:45\nBo,4:10\n";
  EXPECT_EQ(read(bytes, options).race.results[0].official, hours(3) + minutes(45));
  EXPECT_EQ(read(bytes, options).race.resolution, minutes(1));
  options.distance = base::Distance::metres(1500);
  EXPECT_EQ(read(bytes, options).race.results[0].official, minutes(3) + seconds(45));
}

TEST(ResultsFile, SecondsAndFractionsOfADay) {
  EXPECT_EQ(read("name,time\nAda,13500\nBo,13900\n").race.results[0].official, seconds(13'500));
  EXPECT_EQ(read("name,time\nAda,0.1562500\nBo,0.1770833\n").race.results[0].official,
            hours(3) + minutes(45));
}

TEST(ResultsFile, AFractionOfADayAmongClocksIsRepairedAndSaid) {
  const ResultsFile file = read(
      "name,10K,40K,Official Time\nAda,0:41:00,2:50:00,0.124548611\nBo,0:41:10,2:51:00,3:00:01\n"
      "Cy,0:42:00,2:52:00,3:02:01\n");
  EXPECT_EQ(file.race.results[0].official, hours(2) + minutes(59) + seconds(21));
  EXPECT_EQ(split_of(file.race, 0, "finish"), "2:59:21 !");
  EXPECT_EQ(split_of(file.race, 1, "finish"), "3:00:01");
  EXPECT_THAT(questions_of(file), HasSubstr("results.csv:2: '0.124548611'"));
}

TEST(ResultsFile, MinutesThatASpreadsheetTookForHoursAreRepaired) {
  const ResultsFile file = read(
      "name,5k,10k,time\n"
      "Ada,21:10,43:30,1:33:00\n"
      "Bo,22:00,46:01:00,1:40:10\n"    // 46:01.
      "Cy,30:01:00,1:01:00,2:05:00\n"  // 30:01, while 1:01:00 is an hour and a minute.
      "Di,25:40,52:30,1:51:20\n");
  EXPECT_EQ(split_of(file.race, 1, "10k"), "0:46:01 !");
  EXPECT_EQ(split_of(file.race, 2, "5k"), "0:30:01 !");
  EXPECT_EQ(split_of(file.race, 2, "10k"), "1:01:00");
  EXPECT_EQ(split_of(file.race, 0, "finish"), "1:33:00");
  EXPECT_THAT(questions_of(file), HasSubstr("'46:01:00'"));
}

TEST(ResultsFile, LongTrailTimesOfWholeMinutesStayHours) {
  const ResultsFile file =
      read("name,Col,Refuge,time\nAda,05:10:00,25:30:00,41:00:00\nBo,06:00:00,27:15:00,44:20:00\n");
  EXPECT_EQ(split_of(file.race, 0, "refuge"), "25:30:00");
  EXPECT_THAT(file.questions, IsEmpty());
}

TEST(ResultsFile, CheckpointsStandInTheOrderOfTheirTimes) {
  const ResultsFile file = read(
      "bib,Refuge,Col,Village,time\n"
      "1,05:10:00,02:00:00,09:00:00,09:00:00\n"
      "2,06:00:00,02:30:00,10:10:10,10:10:10\n"
      "3,,03:10:00,,\n"
      "4,,,,\n");
  EXPECT_EQ(points_of(file.race), "col refuge finish");
  EXPECT_EQ(meaning_of(file, "Village"), "split finish");
  EXPECT_EQ(file.race.results[2].status, RunnerStatus::DidNotFinish);
  EXPECT_EQ(split_of(file.race, 2, "col"), "3:10:00");
  EXPECT_EQ(file.race.results[3].status, RunnerStatus::DidNotFinish);
  EXPECT_THAT(questions_of(file), HasSubstr("results.csv:5: a runner without any time"));
}

TEST(ResultsFile, WordsInTheTimeSayWhatBecameOfSomebody) {
  const ResultsFile file =
      read("place,name,time\n1,Ada,59:10\n2,Bo,1:02:03\n,Cy,DNF\nDQ,Di,1:01:00\n,Ed,dns\n");
  EXPECT_EQ(file.race.results[0].official, minutes(59) + seconds(10));
  EXPECT_EQ(file.race.results[2].status, RunnerStatus::DidNotFinish);
  EXPECT_EQ(file.race.results[3].status, RunnerStatus::Disqualified);
  EXPECT_EQ(file.race.results[4].status, RunnerStatus::DidNotStart);
}

TEST(ResultsFile, ARowForEachPointIsPivoted) {
  const ResultsFile file = read(
      "id,split,time_of_day,time,diff\n"
      "0,05K,07:50:00AM,00:19:30,19:30\n"
      "0,HALF *,08:52:10AM,01:21:40,62:10\n"
      "0,Finish,11:59:30PM,16:29:00,15:00\n"
      "7,05K,\u2013,\u2013,\u2013\n"
      "7,HALF,09:10:00AM,01:30:00,-02:37\n"
      "7,Finish,12:10:00AM,16:30:00,15:00\n");
  EXPECT_EQ(points_of(file.race), "5k half finish");
  ASSERT_THAT(file.race.results, SizeIs(2));
  EXPECT_THAT(file.keys, testing::ElementsAre("0", "7"));
  EXPECT_EQ(split_of(file.race, 0, "half"), "1:21:40 *");
  EXPECT_EQ(split_of(file.race, 1, "5k"), "-");
  EXPECT_EQ(file.race.results[0].started_at, hours(7) + minutes(30) + seconds(30));
  // Past midnight the time of day goes on.
  const auto* finish = file.race.split_at(file.race.results[1], 2);
  ASSERT_NE(finish, nullptr);
  EXPECT_EQ(finish->time_of_day(), hours(24) + minutes(10));
  EXPECT_EQ(file.rows, 6U);
}

TEST(ResultsFile, BackyardLapsWithoutAHeader) {
  const ResultsFile file = read(
      "1\tYard 2024\tAda Sand\tSweden\tKlubb A\t3\tF\t45:35\t42:44\t55:00\t\t\r\n"
      "2\tYard 2024\tBo Holm\tNorway\tKlubb B\t2\tM\t44:00\t59:10\t\t\t\r\n"
      "3\tYard 2024\tCy Berg\tNorway\tKlubb B\t1\tM\t43:00\t\t\t\t\r\n");
  EXPECT_EQ(points_of(file.race), "lap-1 lap-2 lap-3");
  EXPECT_EQ(split_of(file.race, 0, "lap-3"), "2:55:00");
  EXPECT_EQ(split_of(file.race, 1, "lap-2"), "1:59:10");
  EXPECT_EQ(file.race.text(file.race.results[1], PublishedText::Name), "Bo Holm");
  EXPECT_EQ(file.race.results[1].laps, 2);
  EXPECT_EQ(file.race.results[0].status, RunnerStatus::Finished);
  EXPECT_EQ(file.race.results[1].status, RunnerStatus::DidNotFinish);
  EXPECT_EQ(file.race.results[0].sex, model::Sex::Female);
}

TEST(ResultsFile, OtherLapsAreAddedUp) {
  const ResultsFile file = read(
      "name,lap 1,lap 2,lap 3\nAda,20:00,21:00,22:30\nBo,25:00,,26:00\nCy,20:10,20:05,20:00\n");
  EXPECT_EQ(split_of(file.race, 0, "lap-3"), "1:03:30");
  EXPECT_EQ(split_of(file.race, 1, "lap-1"), "0:25:00");
  EXPECT_EQ(split_of(file.race, 1, "lap-3"), "-") << "a sum over a gap is not known";
}

TEST(ResultsFile, WheelchairsArePlacedApart) {
  const ResultsFile file = read(
      "bib,name,gender,official,overall\n"
      "W1,Ada,F,85.48,2 / 2\nW2,Bo,M,84.30,1 / 2\n"
      "1,Cy,M,130.50,1 / 900\n2,Di,F,140.10,2 / 900\n3,Ed,M,150.10,3 / 900\n"
      "901,Flo,F,101.77,1 / 1\n");
  EXPECT_TRUE(file.race.results[0].is_apart);
  EXPECT_EQ(file.race.results[0].mode, Mode::Wheelchair);
  EXPECT_FALSE(file.race.results[2].is_apart);
  EXPECT_EQ(file.race.results[2].mode, Mode::Foot);
  EXPECT_TRUE(file.race.results[5].is_apart);
  EXPECT_FALSE(file.race.results[5].mode) << "nothing tells whether it was a handcycle";
  EXPECT_THAT(questions_of(file), HasSubstr("results.csv:7: a runner placed in a field of 1"));
  ASSERT_THAT(file.places, SizeIs(1));
  EXPECT_EQ(file.places[0].agreeing, 6U);
  EXPECT_EQ(file.places[0].fields, 3U);
}

TEST(ResultsFile, AWOnTheBibsOfWomenMeansNoWheels) {
  const ResultsFile file = read(
      "bib,name,gender,time,overall\nW1,Ada,F,2:40:00,2\nW2,Bea,F,2:50:00,3\n1,Cy,M,2:30:00,1\n");
  for (const auto& result : file.race.results) {
    EXPECT_FALSE(result.is_apart);
    EXPECT_FALSE(result.mode);
  }
}

TEST(ResultsFile, ADivisionMayTellTheSex) {
  const ResultsFile file =
      read("bib,category,time\n1,V1 H,5:00:00\n2,SE F,5:10:00\n3,V2 H,5:20:00\n");
  EXPECT_EQ(file.race.results[0].sex, model::Sex::Male);
  EXPECT_EQ(file.race.results[1].sex, model::Sex::Female);
}

TEST(ResultsFile, PlacesAreComparedWithTheTimeTheyFollow) {
  const ResultsFile file = read(
      "bib,gun_time,net_time,place_overall\n"
      "1,2:10:09,2:10:09,1\n2,2:12:30,2:12:29,2\n3,2:15:00,2:09:00,4\n4,2:15:00,2:14:00,3\n"
      "5,2:20:00,2:11:00,5\n");
  EXPECT_EQ(file.race.ranked_by, PublishedClock::Gun);
  ASSERT_THAT(file.places, SizeIs(1));
  EXPECT_EQ(file.places[0].agreeing, 5U) << "within one second any order will do";
  EXPECT_EQ(file.places[0].out_of_order, 0U);
}

TEST(ResultsFile, OneRunnerFarFromHisPlaceIsNamedAlone) {
  std::string bytes = "bib,time,overall\n99,3:59:59,1\n";
  for (int i = 10; i < 60; ++i) {
    bytes += std::to_string(i) + ",2:" + std::to_string(i) + ":00," + std::to_string(i) + "\n";
  }
  const ResultsFile file = read(bytes);
  ASSERT_THAT(file.places, SizeIs(1));
  EXPECT_EQ(file.places[0].agreeing, 0U) << "he shifts everybody";
  EXPECT_EQ(file.places[0].out_of_order, 1U);
  ASSERT_THAT(file.places[0].first, SizeIs(1));
  EXPECT_EQ(file.places[0].first[0].line, 2);
  EXPECT_EQ(file.places[0].first[0].least, 59U);
}

TEST(ResultsFile, AnOfficialTimeThatIsNeverLessThanNetIsTheGuns) {
  const ResultsFile file =
      read("bib,official,net\n1,131.50,131.50\n2,140.00,138.00\n3,150.00,141.00\n");
  EXPECT_EQ(file.race.results[1].gun, base::GunTime(minutes(140)));
  EXPECT_FALSE(file.race.results[1].official);
  EXPECT_EQ(meaning_of(file, "official"), "gun time");
}

TEST(ResultsFile, ContradictionsAreMarkedAndKept) {
  const ResultsFile file = read(
      "bib,5k,10k,15k,time\n1,20:00,41:00,1:02:00,1:25:00\n2,2:50:01,42:00,1:04:00,1:27:00\n"
      "3,08:00,42:00,1:04:00,1:27:00\n");
  EXPECT_EQ(split_of(file.race, 1, "5k"), "2:50:01 ?");
  EXPECT_EQ(split_of(file.race, 1, "10k"), "0:42:00");
  EXPECT_EQ(split_of(file.race, 2, "5k"), "0:08:00 ?") << "nobody runs that";
  EXPECT_THAT(questions_of(file), HasSubstr("contradicts"));
  EXPECT_THAT(questions_of(file), HasSubstr("faster than anybody"));
}

TEST(ResultsFile, ARowThatIsThereTwiceCountsOnce) {
  const ResultsFile file =
      read("bib,name,time\n1,Ada,59:10\n2,Bo,59:50\n1,Ada,59:10\n1,Cy,1:00:10\n");
  EXPECT_THAT(file.race.results, SizeIs(3));
  EXPECT_EQ(file.repeated, 1U);
  EXPECT_EQ(file.rows, 4U);
  EXPECT_THAT(questions_of(file), HasSubstr("results.csv:4: a row equal to an earlier one"));
  EXPECT_THAT(questions_of(file), HasSubstr("results.csv:5: the bib '1'"));
}

TEST(ResultsFile, WhatIsNotUnderstoodIsAskedAboutAndLeftBlank) {
  const ResultsFile file = read(
      "bib,age,sex,time,overall\n1,29,F,59:10,1\n2,200,M,59:50,2\n3,41,Q,1:01:00,3\n4,30,M,"
      "1:02:00,4\n5,31,F,1:03:00,5\n6,31,F,1:04:00,6\n7,33,F,1:05:00,7\n8,33,F,1:06:00,8\n"
      "9,33,F,1:07:00,9\n10,33,F,1:08:00,10\n11,33,F,0:00:00,\n");
  EXPECT_FALSE(file.race.results[1].age);
  EXPECT_FALSE(file.race.results[2].sex);
  EXPECT_EQ(file.race.results[10].status, RunnerStatus::DidNotFinish);
  EXPECT_THAT(questions_of(file), HasSubstr("'200' is no age"));
  EXPECT_THAT(questions_of(file), HasSubstr("'Q' is no sex"));
  EXPECT_THAT(questions_of(file), HasSubstr("is nought and left blank"));
}

TEST(ResultsFile, LatinOneUtf16AndTitlesAboveTheTable) {
  const ResultsFile latin = read(
      "Results 2024\nname,ville,temps\nAda,Orl\xe9"
      "ans,59:10\n");
  EXPECT_EQ(latin.race.text(latin.race.results[0], PublishedText::City), "Orl\u00e9ans");
  EXPECT_THAT(questions_of(latin), HasSubstr("a title above the table"));
  std::string wide("\xff\xfe", 2);
  for (const char c : std::string_view("name\ttime\r\nAda\t59:10\r\n")) {
    wide += c;
    wide += '\0';
  }
  EXPECT_EQ(read(wide).race.results[0].official, minutes(59) + seconds(10));
}

TEST(ResultsFile, AThousandColumnsHideNeitherNameNorTime) {
  std::string head;
  std::string row;
  for (int column = 0; column < 998; ++column) {
    head += "extra" + std::to_string(column) + ",";
    row += "oak,";
    if (column == 500) {
      head += "name,";
      row += "Ada,";
    }
  }
  const ResultsFile file = read(head + "time\n" + row + "59:10\n");
  ASSERT_THAT(file.columns, SizeIs(1000));
  ASSERT_THAT(file.race.results, SizeIs(1));
  EXPECT_EQ(file.race.text(file.race.results[0], PublishedText::Name), "Ada");
  EXPECT_EQ(file.race.results[0].official, minutes(59) + seconds(10));
  EXPECT_EQ(meaning_of(file, "extra997"), "left out: not known");
}

TEST(ResultsFile, AMapNamesWhatHeadersHide) {
  ResultsOptions options = test::spring_race();
  auto map = read_results_map(
      "blank = [\"xx\"]\nlaps = \"sum\"\n[columns]\n\"A1\" = \"net time\"\n\"#3\" = \"split 10k\"\n"
      "\"Z\" = \"leave out\"\n\"Q\" = \"city\"\n",
      "map.toml");
  ASSERT_TRUE(map) << map.error().text();
  options.map = *map;
  const ResultsFile file =
      read("name,A1,B7,Z,Q\nAda,1:59:10,41:00,3:00,Lund\nBo,2:01:00,xx,4:00,Oslo\n", options);
  EXPECT_EQ(file.race.results[0].net, base::NetTime(hours(2) - seconds(50)));
  EXPECT_EQ(split_of(file.race, 0, "10k"), "0:41:00");
  EXPECT_EQ(split_of(file.race, 1, "10k"), "-");
  EXPECT_EQ(file.race.text(file.race.results[1], PublishedText::City), "Oslo");
  EXPECT_EQ(meaning_of(file, "Z"), "left out: as told");
  EXPECT_EQ(file.columns[1].sureness, Sureness::Told);
  EXPECT_THAT(refusal("name,time\nAda,59:10\n", options),
              HasSubstr("map.toml:4:1: found the column 'A1', which results.csv does not have"));
}

TEST(ResultsFile, MapsThatMeanNothingAreRefusedWithTheirPlace) {
  const auto words = [](std::string_view bytes) {
    const auto map = read_results_map(bytes, "map.toml");
    return map ? std::string() : map.error().text();
  };
  EXPECT_THAT(words("[columns]\n\"A\" = \"speed of light\"\n"), HasSubstr("map.toml:2:7: found"));
  EXPECT_THAT(words("[columns]\n\"A\" = 3\n"), HasSubstr("map.toml:2"));
  EXPECT_THAT(words("colums = 1\n"), HasSubstr("map.toml:1"));
  EXPECT_THAT(words("laps = \"daily\"\n"), HasSubstr("map.toml:1"));
  EXPECT_THAT(words("[columns\n"), HasSubstr("map.toml:1"));
}

TEST(ResultsFile, RefusalsNameThePlace) {
  EXPECT_EQ(refusal(""), "results.csv:1:1: found no rows, expected results");
  EXPECT_EQ(refusal("bib,time\n"), "results.csv:1:1: found a header and no rows, expected results");
  EXPECT_THAT(refusal("bib,name\n1,Ada\n"), HasSubstr("found no column with times"));
  EXPECT_EQ(refusal("bib,time,x\n1,59:10,a\n2,59:11\n"),
            "results.csv:3:3: found 2 cells, expected 3 as in the header");
  EXPECT_THAT(refusal("bib,time\n1,59:10\n2,59:11,extra\n"),
              HasSubstr("results.csv:3:9: found more cells than the 2"));
  std::string bytes = "bib,time\n";
  for (int i = 10; i < 40; ++i) bytes += std::to_string(i) + ",59:" + std::to_string(i) + "\n";
  EXPECT_THAT(refusal(bytes + "40,soon\n"),
              HasSubstr("results.csv:32:4: found 'soon' in the column 'time', expected a time"));
  EXPECT_THAT(refusal(bytes + "40,59:61\n"), HasSubstr("results.csv:32:4: found '59:61'"));
  EXPECT_THAT(refusal("bib,time\n1,\"59:10\n"), HasSubstr("quote that is not closed"));
  EXPECT_THAT(refusal(std::string("bib,time\n1,5\0:10\n", 16)), HasSubstr("control character"));
  EXPECT_THAT(refusal("id,split,time\n1,5K,20:00\n1,5K,21:00\n"),
              HasSubstr("results.csv:3:3: found a second time of '1' at '5K'"));
}

TEST(ResultsFile, CutAnywhereItIsReadOrRefusedWithAPlace) {
  const std::string whole =
      "Bib,Name,M/F,5K,10K,Official Time,Overall\n1,\"Sand, Ada\",F,20:01,41:02,2:59:59,1\n"
      "2,\"Holm, Bo\",M,21:01,-,3:09:59,2\n";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto file = read_results(whole.substr(0, size), "results.csv", test::spring_race());
    if (file) continue;
    EXPECT_GT(file.error().place.line, 0) << size;
    EXPECT_THAT(file.error().message, HasSubstr("expected")) << size;
  }
}

TEST(ResultsFile, AFurtherFileBringsSplitsToTheSameRunners) {
  ResultsFile file = read(
      "id,bib,name,10K,HALF,Finish\na,7,Ada,41:00,,3:00:00\nb,9,Bo,42:00,"
      "1:30:00,3:10:00\n");
  ResultsFile more = read("id,split,time\na,10K,41:00\na,HALF *,1:29:00\nb,HALF,1:30:00\n");
  const auto merged = merge_results(file, std::move(more), "long.csv");
  ASSERT_TRUE(merged) << merged.error().text();
  EXPECT_THAT(file.race.results, SizeIs(2));
  EXPECT_EQ(split_of(file.race, 0, "10k"), "0:41:00");
  EXPECT_EQ(split_of(file.race, 0, "half"), "1:29:00 *");
  EXPECT_EQ(split_of(file.race, 1, "half"), "1:30:00");
  EXPECT_EQ(split_of(file.race, 1, "finish"), "3:10:00");
}

TEST(ResultsFile, AFurtherFileThatContradictsIsRefused) {
  const auto merge = [](std::string_view more) {
    ResultsFile file = read("id,name,10K,Finish\na,Ada,41:00,3:00:00\nb,Bo,42:00,3:10:00\n");
    const auto merged = merge_results(file, read(more), "long.csv");
    return merged ? std::string() : merged.error().text();
  };
  EXPECT_THAT(merge("id,split,time\na,10K,41:01\n"), HasSubstr("long.csv:2:1: found another time"));
  EXPECT_THAT(merge("id,split,time\nz,10K,41:00\n"),
              HasSubstr("long.csv:2:1: found splits of 'z'"));
  EXPECT_THAT(merge("id,split,time\na,15K,41:00\n"), HasSubstr("found the point '15k'"));
}

TEST(ResultsFile, AFurtherFileOfOtherRunnersIsPutBehind) {
  ResultsFile file = read("bib,name,10K,time,overall\n1,Ada,41:00,3:00:00,1\n");
  ASSERT_TRUE(merge_results(file, read("bib,name,10K,time,overall\n2,Bo,42:00,3:10:00,2\n"), "b"));
  ASSERT_THAT(file.race.results, SizeIs(2));
  EXPECT_EQ(file.race.text(file.race.results[1], PublishedText::Name), "Bo");
  EXPECT_EQ(split_of(file.race, 1, "10k"), "0:42:00");
  ASSERT_THAT(file.places, SizeIs(1));
  EXPECT_EQ(file.places[0].agreeing, 2U);
}

}  // namespace
}  // namespace hs::formats
