#include "engine/fact_check.h"

#include <gtest/gtest.h>

// What a ruling may say of the legs of a relay; the other checks are tested where facts are taken.

namespace hs::engine {
namespace {

using Kind = model::RulingFact::Kind;

/// A relay of two legs, and a race without any.
model::Event event() {
  model::Event out;
  for (const char* id : {"relay", "10k"}) {
    model::Race race;
    race.id = id;
    race.points.resize(4);
    const char* const names[] = {"start", "x1", "hill", "end"};
    for (std::size_t p = 0; p < race.points.size(); ++p) race.points[p].id = names[p];
    race.waves.push_back({"A", std::nullopt});
    out.races.push_back(race);
  }
  out.races[0].points[1].leg = "1";
  out.races[0].points[3].leg = "2";
  return out;
}

/// "" where the ruling may be made, else why not.
std::string said_of(const char* race, Kind kind, const char* point) {
  model::RulingFact ruling;
  ruling.kind = kind;
  ruling.race = race;
  ruling.bib = *model::BibNumber::parse("1");
  ruling.point = point;
  ruling.reason = "seen";
  ruling.author.by = "Referee";
  if (kind == Kind::Start) ruling.at = base::RaceTime();
  const auto checked = check_names(event(), ruling);
  return checked ? "" : checked.error().message;
}

TEST(FactCheck, ALegIsNamedByThePointWhereItEnds) {
  EXPECT_EQ(said_of("relay", Kind::DidNotFinish, ""), "");
  EXPECT_EQ(said_of("relay", Kind::DidNotFinish, "x1"), "");
  EXPECT_EQ(said_of("relay", Kind::DidNotFinish, "end"), "");
  EXPECT_EQ(said_of("relay", Kind::DidNotFinish, "hill"),
            "found the point 'hill', expected one of: x1, end");
  EXPECT_EQ(said_of("10k", Kind::DidNotFinish, "hill"),
            "found the point 'hill', expected none: the race is no relay");
}

TEST(FactCheck, AStartOfALegIsNamedByThePointWhereItBegins) {
  EXPECT_EQ(said_of("relay", Kind::Start, "start"), "");
  EXPECT_EQ(said_of("relay", Kind::Start, "x1"), "");
  EXPECT_EQ(said_of("relay", Kind::Start, "end"),
            "found the point 'end', expected one of: start, x1");
  EXPECT_EQ(said_of("10k", Kind::Start, "x1"),
            "found the point 'x1', expected none: the race is no relay");
}

}  // namespace
}  // namespace hs::engine
