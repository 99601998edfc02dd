#include "formats/results_cells.h"

#include <gtest/gtest.h>

#include "formats/results_words.h"

namespace hs::formats {
namespace {

using model::RunnerStatus;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

void expect_cell(std::string_view text, CellForm form, base::Duration value) {
  const CellTime cell = read_cell_time(text);
  EXPECT_EQ(cell.form, form) << text;
  EXPECT_EQ(cell.value, value.count()) << text;
}

TEST(ResultCells, ClocksInManyHands) {
  const auto time = hours(2) + minutes(9) + seconds(44);
  for (const char* text : {"2:09:44", "02:09:44", "2h09:44", "2.09.44", "2h09m44", "2h09'44\"",
                           " 2:09:44 ", "2:9:44"}) {
    expect_cell(text, CellForm::Clock, time);
  }
  expect_cell("2:09:44.5", CellForm::Clock, time + microseconds(500'000));
  expect_cell("2:09:44,25", CellForm::Clock, time + microseconds(250'000));
  expect_cell("29:08", CellForm::MinSec, minutes(29) + seconds(8));
  expect_cell("135:20", CellForm::MinSec, minutes(135) + seconds(20));
  expect_cell("29'08", CellForm::MinSec, minutes(29) + seconds(8));
  expect_cell("45:45:38", CellForm::Clock, hours(45) + minutes(45) + seconds(38));
}

TEST(ResultCells, TimesOfDayKnowNoonAndMidnight) {
  expect_cell("07:44:28AM", CellForm::TimeOfDay, hours(7) + minutes(44) + seconds(28));
  expect_cell("1:02:03 pm", CellForm::TimeOfDay, hours(13) + minutes(2) + seconds(3));
  expect_cell("12:00:01AM", CellForm::TimeOfDay, seconds(1));
  expect_cell("12:00:01PM", CellForm::TimeOfDay, hours(12) + seconds(1));
  expect_cell("7:44AM", CellForm::TimeOfDay, hours(7) + minutes(44));
  EXPECT_EQ(form_of("13:00:00AM"), CellForm::Text);
}

TEST(ResultCells, NumbersKeepTheirDecimals) {
  EXPECT_EQ(read_cell_time("138.95").value, 138'950'000);
  EXPECT_EQ(read_cell_time("138,95").value, 138'950'000);
  EXPECT_EQ(read_cell_time("0.124548611").value, 124'549);
  EXPECT_EQ(read_cell_time("0.124548611").decimals, 9);
  EXPECT_EQ(read_cell_time("7382").form, CellForm::Whole);
}

TEST(ResultCells, SignsForNothing) {
  for (const char* text : {"", " ", "-", "--", "--:--", "-:-", "n/a", "\u2013", "\u2014", "."}) {
    EXPECT_EQ(form_of(text), CellForm::Blank) << text;
  }
  EXPECT_EQ(form_of("-02:37"), CellForm::Text);
}

TEST(ResultCells, AStarMarksAnEstimate) {
  EXPECT_TRUE(read_cell_time("01:43:32 *").is_estimated);
  EXPECT_EQ(read_cell_time("01:43:32 *").form, CellForm::Clock);
  EXPECT_FALSE(read_cell_time("01:43:32").is_estimated);
}

TEST(ResultCells, WhatIsNoTimeIsText) {
  for (const char* text : {"2:60:00", "2:09:60", "1:2:3:4", "12:345", "40-44", "80+", "3 km",
                           "999999999999:00:00", "1.2.3.4"}) {
    EXPECT_EQ(read_cell_time(text).form, CellForm::Text) << text;
    EXPECT_EQ(read_cell_time(text).value, 0) << text;
  }
}

TEST(ResultCells, PlacesWithAndWithoutTheirField) {
  const auto place = [](std::string_view text) { return read_place(text); };
  EXPECT_EQ(place("3        / 4401"), (model::PublishedPlace{3, 4401}));
  EXPECT_EQ(place("3 of 44"), (model::PublishedPlace{3, 44}));
  EXPECT_EQ(place("3"), (model::PublishedPlace{3, std::nullopt}));
  EXPECT_EQ(place("3."), (model::PublishedPlace{3, std::nullopt}));
  EXPECT_EQ(place("=3"), (model::PublishedPlace{3, std::nullopt}));
  EXPECT_EQ(place("6450 / 0"), (model::PublishedPlace{6450, std::nullopt}));
  for (const char* text : {"", "0", "DNF", "3/4/5", "3 km", "-1", "99999999999"}) {
    EXPECT_FALSE(place(text)) << text;
  }
  EXPECT_EQ(form_of("3 / 4401"), CellForm::PlaceOf);
}

TEST(ResultCells, WordsForWhatBecameOfSomebody) {
  EXPECT_EQ(read_status("DNF"), RunnerStatus::DidNotFinish);
  EXPECT_EQ(read_status("Did not start"), RunnerStatus::DidNotStart);
  EXPECT_EQ(read_status("dsq"), RunnerStatus::Disqualified);
  EXPECT_EQ(read_status("Abandon"), RunnerStatus::DidNotFinish);
  EXPECT_FALSE(read_status("Dnfer"));
  EXPECT_EQ(form_of("DNF"), CellForm::Status);
}

std::string id_of(std::string_view header) {
  const auto point = named_point(header);
  if (!point) return "";
  return point->point.id + (point->is_time_of_day ? " tod" : "");
}

TEST(ResultWords, PointsInAnySpelling) {
  for (const char* text :
       {"5k", "5K", "05K", "5 km", "km 5", "split_5k", "5K Time", "5000m", "Split 5K"}) {
    EXPECT_EQ(id_of(text), "5k") << text;
  }
  EXPECT_EQ(id_of("7.5 km"), "7.5k");
  EXPECT_EQ(id_of("split_20m"), "20mi");
  EXPECT_EQ(id_of("5 mi"), "5mi");
  EXPECT_EQ(id_of("mile 13"), "13mi");
  EXPECT_EQ(id_of("800m"), "800m");
  for (const char* text : {"HALF", "half", "split_half", "Halbmarathon", "13.1 mi", "21.1km"}) {
    EXPECT_EQ(id_of(text), "half") << text;
  }
  for (const char* text : {"Finish", "Ziel", "Arriv\u00e9e", "Arriv\u00e9", "arrivee"}) {
    EXPECT_EQ(id_of(text), "finish") << text;
  }
  EXPECT_EQ(id_of("20K_tod"), "20k tod");
  for (const char* text : {"5", "-1km", "Bovine", "k", "0k", "km", "5 apples"}) {
    EXPECT_EQ(id_of(text), "") << text;
  }
  EXPECT_EQ(named_point("split_20m")->point.distance, base::Distance::millimetres(32'186'880));
  EXPECT_EQ(named_point("13.1mi")->point.distance, base::Distance::millimetres(21'097'500));
}

TEST(ResultWords, HeadersOfFourLanguages) {
  EXPECT_EQ(header_word("Nettozeit").clock, model::PublishedClock::Net);
  EXPECT_EQ(header_word("Temps r\u00e9el").clock, model::PublishedClock::Net);
  EXPECT_EQ(header_word("Tiempo bruto").clock, model::PublishedClock::Gun);
  EXPECT_EQ(header_word("Gesamtplatz").column, ResultColumn::PlaceOverall);
  EXPECT_EQ(header_word("Dossard").text, model::PublishedText::Bib);
  EXPECT_EQ(header_word("Proj Time").why_left_out, "projected time");
  EXPECT_EQ(header_word("Lap 3").point->point.id, "lap-3");
  EXPECT_EQ(header_word("Vallorcine_tod").column, ResultColumn::SplitTimeOfDay);
  EXPECT_EQ(header_word("no idea").column, ResultColumn::LeftOut);
  EXPECT_EQ(header_word("no idea").why_left_out, "");
}

}  // namespace
}  // namespace hs::formats
