#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "moments/find_moments.h"
#include "present/collection.h"
#include "support/moment_field.h"

namespace hs::present {
namespace {

/// A marathon of one year with `hard` hard days at its end, of a quarter of an hour and more, of
/// runners from this bib on.
model::EventResults race_of(int year, int hard, int first_bib) {
  auto field = moment_field::ordinary_field(900);
  for (int i = 0; i < hard; ++i) {
    auto net = moment_field::even_marathon(330);
    *net.back() += 60 * (25 + 5 * i);
    field.add(std::to_string(first_bib + i), net, 30.0);
  }
  field.rank();
  auto& order = field.results().order.emplace_back();
  for (const auto& runner : field.results().runners) order.push_back(runner.entrant);
  field.results().event.name = "Harbour " + std::to_string(year);
  field.results().event.date = {year, 5, 8};
  return field.results();
}

Collection collected(std::vector<int> years, CollectionOptions options) {
  Collection out;
  out.options = options;
  for (const int year : years) {
    constexpr int kBibs = 10;
    const model::EventResults results = race_of(year, 3, year * kBibs);
    collect_from(results, moments::find_moments(results), out);
  }
  choose_collected(out);
  return out;
}

CollectionOptions perseverance() {
  CollectionOptions out;
  out.theme = model::Theme::Perseverance;
  return out;
}

TEST(Collection, HoldsOneThemeOfManyYearsAndSpreadsOverThem) {
  CollectionOptions options = perseverance();
  options.told_max = 4;
  const Collection collection = collected({2021, 2022, 2023}, options);
  ASSERT_EQ(collection.moments.size(), 4u);
  int of_2023 = 0;
  for (const CollectedMoment& moment : collection.moments) {
    EXPECT_EQ(moment.theme, model::Theme::Perseverance);
    of_2023 += moment.date.year == 2023 ? 1 : 0;
  }
  EXPECT_GE(of_2023, 1);
  EXPECT_LE(of_2023, 2);
}

TEST(Collection, DoesNotHangOnTheOrderInWhichRacesCame) {
  const auto text = [](std::vector<int> years) {
    return collection_text(collected(std::move(years), perseverance()), Colour::No);
  };
  EXPECT_EQ(text({2021, 2022, 2023}), text({2023, 2021, 2022}));
}

TEST(Collection, TellsNobodyTwice) {
  Collection collection;
  collection.options = perseverance();
  for (const int year : {2021, 2022, 2023}) {
    const model::EventResults results = race_of(year, 1, 9000);
    collect_from(results, moments::find_moments(results), collection);
  }
  const auto of_9000 = [&] {
    return std::count_if(collection.moments.begin(), collection.moments.end(), [](const auto& one) {
      return one.people == std::vector<std::string>{"Runner 9000"};
    });
  };
  EXPECT_EQ(of_9000(), 3);
  choose_collected(collection);
  EXPECT_EQ(of_9000(), 1);
}

TEST(Collection, SaysOfWhichYearsItIs) {
  const Collection collection = collected({2021, 2023}, perseverance());
  const std::string text = collection_text(collection, Colour::No);
  EXPECT_NE(text.find("Perseverance: "), std::string::npos) << text;
  EXPECT_NE(text.find("2 races, from 2021 to 2023."), std::string::npos) << text;
  EXPECT_NE(text.find("Harbour 2023 \u00b7 8 May 2023"), std::string::npos) << text;
  const std::string page = collection_page(collection);
  EXPECT_NE(page.find("Harbour 2021"), std::string::npos);
  EXPECT_NE(page.find("How we know"), std::string::npos);
}

TEST(Collection, NothingToTellIsSaid) {
  Collection empty;
  EXPECT_NE(collection_text(empty, Colour::No).find("No race was there"), std::string::npos);
  CollectionOptions options;
  options.theme = model::Theme::Return;
  const Collection none = collected({2023}, options);
  EXPECT_NE(collection_text(none, Colour::No).find("No moment of 1 race"), std::string::npos);
}

}  // namespace
}  // namespace hs::present
