#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/file.h"
#include "evaluate/baselines.h"
#include "evaluate/held_out.h"
#include "evaluate/report.h"
#include "formats/results_file.h"
#include "model/json.h"
#include "projection/generic_fit.h"

namespace hs::evaluate {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// The file of that name beside the project; absent where the shared data are not there.
std::optional<std::string> shared_file(const std::string& name) {
  const char* folder = std::getenv("HS_SHARED");
  const std::string path = std::string(folder != nullptr ? folder : "../shared") + "/data/" + name;
  if (!std::filesystem::exists(path)) return std::nullopt;
  auto bytes = base::read_file(path);
  return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
}

/// A made-up race of `count` runners, as somebody would publish it.
std::string made_up_race(int count, unsigned seed, bool has_splits = true) {
  std::string out = has_splits ? "Bib,Sex,Age,5K,10K,15K,20K,25K,30K,35K,40K,Net\n" : "Bib,Net\n";
  const auto cell = [](double at) {
    const int all = static_cast<int>(at);
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return "," + std::to_string(all / 3600) + ":" + two(all / 60 % 60) + ":" + two(all % 60);
  };
  for (int i = 1; i <= count; ++i) {
    const auto even = [&] {
      seed = seed * 1664525U + 1013904223U;
      return static_cast<double>(seed >> 8) / (1 << 24);
    };
    const double pace = 270 + 150 * even();
    const double fade = 0.1 * even() * even();
    out += std::to_string(i);
    if (has_splits) out += (i % 3 == 0 ? ",F," : ",M,") + std::to_string(20 + i % 50);
    double at = 0;
    double km = 0;
    for (const double to : {5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 40.0, 42.195}) {
      at += (to - km) * pace * (1 + fade * to / 20 + 0.02 * (even() - 0.5));
      km = to;
      if (has_splits || to > 42) out += cell(at);
    }
    out += "\n";
  }
  return out;
}

Field field_from(const std::string& text, const std::string& name) {
  formats::ResultsOptions options;
  options.race_id = name;
  const auto file = formats::read_results(text, name, options);
  EXPECT_TRUE(file.has_value()) << (file ? "" : file.error().text());
  return field_of(file->race);
}

TEST(FiguresOf, AreMeansWithIntervalsAroundThem) {
  std::vector<Sample> samples;
  for (int i = 0; i < 1000; ++i) samples.push_back(judge(200 + i % 7, 203));
  const Figures figures = figures_of(samples, 1);
  EXPECT_NEAR(figures[Figure::Bias].value, 0, 0.01);
  EXPECT_NEAR(figures[Figure::MeanMiss].value, 12.0 / 7, 0.01);
  EXPECT_NEAR(figures[Figure::Within1].value, 3.0 / 7, 0.01);
  for (const Estimate& estimate : figures.estimates) {
    EXPECT_LE(estimate.low, estimate.value + 1e-12);
    EXPECT_GE(estimate.high, estimate.value - 1e-12);
  }
  // The standard error of the bias is 2 / sqrt(1000).
  EXPECT_NEAR(figures[Figure::Bias].high - figures[Figure::Bias].low, 4 * 0.0632, 0.05);
}

TEST(Judge, CountsTheEndsOfAnIntervalAsInside) {
  model::Projection projection;
  for (std::size_t i = 0; i < projection.at_shares.size(); ++i) {
    projection.at_shares[i] = seconds(6000 + 60 * static_cast<int>(i));
  }
  const auto covers = [&](double at) {
    return judge(projection, at).values[static_cast<std::size_t>(Figure::Cover80)];
  };
  EXPECT_EQ(covers(104), 1);
  EXPECT_EQ(covers(112), 1);
  EXPECT_EQ(covers(103.9), 0);
  EXPECT_EQ(covers(112.1), 0);
}

TEST(FieldOf, TakesStartsFromTimesOfDay) {
  const Field field = field_from(
      "bib,05K,Finish,05K_tod,Finish_tod\n1,00:25:00,03:30:00,07:56:00AM,11:01:00AM\n"
      "2,00:26:00,03:40:00,08:00:00AM,11:14:00AM\n",
      "tod.csv");
  ASSERT_EQ(field.runners.size(), 2U);
  EXPECT_EQ(field.clock, ClockSource::TimeOfDay);
  EXPECT_EQ(field.starts[0], base::RaceTime(hours(7) + minutes(31)));
  EXPECT_EQ(field.starts[1], base::RaceTime(hours(7) + minutes(34)));
}

TEST(FieldOf, NetTimesAloneAreAssumedToStartInWaves) {
  const Field field = field_from(
      "Bib,10K,Net\n5,0:40:00,3:00:00\n9500,0:50:00,3:50:00\nF3,0:33:00,2:25:00\n", "net.csv");
  ASSERT_EQ(field.runners.size(), 3U);
  EXPECT_EQ(field.clock, ClockSource::Assumed);
  EXPECT_EQ(field.starts[1] - field.starts[0], minutes(25));
  EXPECT_LT(field.starts[2], field.starts[0]);
}

TEST(HeldOut, ProjectsEverybodyAtEveryPointAndPrintsIt) {
  const std::vector<Field> train = {field_from(made_up_race(900, 1), "one.csv")};
  const Field test = field_from(made_up_race(400, 2), "two.csv");
  ASSERT_TRUE(test.has_distances());
  const auto result = run_held_out(train, test, 1);
  ASSERT_TRUE(result.has_value()) << result.error().text();
  EXPECT_EQ(result->source, model::ProjectionSource::Course);
  ASSERT_EQ(result->points.size(), 8U);
  for (const AtPoint& at : result->points) {
    ASSERT_EQ(at.methods.size(), kBaselines.size() + kRecalibrations.size());
    const Figures& none = at.methods[4].figures;
    EXPECT_EQ(none.count, 400U) << at.point;
    EXPECT_LT(none[Figure::MeanMiss].value, at.methods[0].figures[Figure::MeanMiss].value);
    EXPECT_NEAR(none[Figure::Cover80].value, 0.8, 0.12) << at.point;
  }
  const std::string text = text_of(std::span(&*result, 1));
  EXPECT_NE(text.find("clock: assumed"), std::string::npos);
  EXPECT_NE(text.find("reliability, live"), std::string::npos);
  EXPECT_TRUE(model::parse_json(json_of(std::span(&*result, 1))).has_value());
}

TEST(HeldOut, AFirstRaceFallsBackOnTheTable) {
  const Field test = field_from(made_up_race(150, 3), "first.csv");
  const auto result = run_held_out({}, test, 1);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->source, model::ProjectionSource::Generic);
  EXPECT_EQ(result->points.front().methods[4].figures.count, 150U);
}

TEST(HeldOut, AGivenTableStandsForTheShippedOne) {
  const Field past = field_from(made_up_race(700, 6), "past.csv");
  const std::vector<projection::PastCourse> courses = {{{past.course, past.runners}}};
  const auto table = projection::fit_generic(courses);
  ASSERT_TRUE(table.has_value());
  const Field test = field_from(made_up_race(150, 3), "first.csv");
  const auto by_it = run_held_out({}, test, 1, &*table);
  const auto shipped = run_held_out({}, test, 1);
  ASSERT_TRUE(by_it && shipped);
  EXPECT_EQ(by_it->source, model::ProjectionSource::Generic);
  const auto miss = [](const HeldOut& result) {
    return result.points[4].methods[4].figures[Figure::MeanMiss].value;
  };
  EXPECT_LT(miss(*by_it), miss(*shipped));  // It knows how this field is made up.
}

TEST(HeldOut, AFileWithoutSplitsIsRefusedInWords) {
  const auto result = run_held_out({}, field_from(made_up_race(50, 4, false), "bare.csv"), 1);
  ASSERT_FALSE(result.has_value());
  EXPECT_NE(result.error().message.find("no other point"), std::string::npos);
}

TEST(ProtocolB, RefusesAFieldThatIsTooSmall) {
  const auto result = run_protocol_b(field_from(made_up_race(60, 5), "small.csv"), 1);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code, base::ErrorCode::InvalidInput);
}

TEST(ProtocolB, OnBoston2011ReachesTheTarget) {
  const auto bytes = shared_file("boston/splits-2011.csv");
  if (!bytes) GTEST_SKIP() << "the shared data are not beside the project (HS_SHARED)";
  const auto result = run_protocol_b(field_from(*bytes, "2011"), 1);
  ASSERT_TRUE(result.has_value());
  EXPECT_NEAR(static_cast<double>(result->runners), 7574, 10);
  // One seed stands further from the truth than ten: a constant pace alone moves by 0.13.
  EXPECT_NEAR(result->methods[0].figures[Figure::MeanMiss].value, 3.31, 0.35);
  EXPECT_NEAR(result->methods[3].figures[Figure::MeanMiss].value, 1.82, 0.25);
  const Figures& ours = result->methods[4].figures;
  EXPECT_LE(ours[Figure::MeanMiss].value, 1.64);
  EXPECT_GE(ours[Figure::Within2].value, 0.803);
  EXPECT_GE(ours[Figure::Within5].value, 0.936);
  EXPECT_NEAR(ours[Figure::Cover80].value, 0.8, 0.03);
}

TEST(Trails, OnUtmb2014BeatTheSimpleRules) {
  const auto past = shared_file("trail/utmb-2013.csv");
  const auto today = shared_file("trail/utmb-2014.csv");
  if (!past || !today) GTEST_SKIP() << "the shared data are not beside the project (HS_SHARED)";
  const std::vector<Field> train = {field_from(*past, "2013")};
  const auto result = run_held_out(train, field_from(*today, "2014"), 1);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->source, model::ProjectionSource::Nearest);
  for (const AtPoint& at : result->points) {
    if (at.methods[0].figures.count == 0) continue;  // A point that the year before did not have.
    const double ours = at.methods[2].figures[Figure::MeanMiss].value;
    EXPECT_LT(ours, at.methods[0].figures[Figure::MeanMiss].value) << at.point;
    EXPECT_LT(ours, at.methods[1].figures[Figure::MeanMiss].value) << at.point;
  }
}

}  // namespace
}  // namespace hs::evaluate
