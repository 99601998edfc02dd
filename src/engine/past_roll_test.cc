#include "engine/past_roll.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

namespace hs::engine {
namespace {

model::EventResults entries(std::initializer_list<const char*> bibs) {
  model::EventResults out;
  for (const char* bib : bibs) {
    model::Entrant entrant;
    entrant.race = "half";
    entrant.bib = model::BibNumber::parse(bib).value();
    out.entrants.push_back(entrant);
  }
  return out;
}

/// Everybody has one earlier race, their own number in the list.
std::shared_ptr<const model::Past> past_of(std::size_t entrants) {
  auto out = std::make_shared<model::Past>();
  out->races.resize(entrants);
  for (std::uint32_t i = 0; i < entrants; ++i) {
    model::PastResult result;
    result.race = i;
    out->runners.push_back({result});
  }
  return out;
}

TEST(PastRoll, IsTheSameValueWhileNobodyComesOrGoes) {
  const auto past = past_of(2);
  PastRoll roll(past, entries({"1", "2"}));
  EXPECT_EQ(roll.of(entries({"1", "2"})), past);
}

TEST(PastRoll, FollowsWhoComesAndGoes) {
  PastRoll roll(past_of(3), entries({"1", "2", "3"}));
  const auto now = roll.of(entries({"1", "3", "4"}));
  ASSERT_EQ(now->runners.size(), 3u);
  EXPECT_EQ(now->runners[0].at(0).race, 0u);
  EXPECT_EQ(now->runners[1].at(0).race, 2u);
  EXPECT_TRUE(now->runners[2].empty());
  EXPECT_EQ(roll.of(entries({"1", "3", "4"})), now);
}

TEST(PastRoll, WithoutAnArchiveThereIsNone) {
  PastRoll roll(nullptr, entries({"1"}));
  EXPECT_EQ(roll.of(entries({"1"})), nullptr);
}

}  // namespace
}  // namespace hs::engine
