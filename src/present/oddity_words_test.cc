#include "present/oddity_words.h"

#include <gtest/gtest.h>

#include "present/integrity_csv.h"
#include "support/results_builder.h"

namespace hs::present {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

struct OddRace {
  test_support::ResultsBuilder b;
  model::RaceId half = b.race("half");
  model::EntrantId ana = b.runner(half, "812", "Ana Ruiz");
  model::EntrantId bo = b.runner(half, "7", "Bo");
  moments::Oddity oddity;

  OddRace() {
    oddity.race = half;
    oddity.runner = ana;
    oddity.from = model::PointId(0);
    oddity.to = model::PointId(2);
    oddity.likelihood = 0.98765;
  }
  [[nodiscard]] OddityWords words() const { return words_for(oddity, b.results, "my race"); }
};

TEST(OddityWords, CutSaysEveryNumberAndTheMatFirst) {
  OddRace one;
  one.oddity.took = minutes(64) + seconds(10);
  one.oddity.expected = minutes(106);
  one.oddity.pace = 182.5;
  one.oddity.own_pace = 302.9;
  one.oddity.fastest_pace = 178;
  one.oddity.metres = 8333;
  one.oddity.silent = {{model::PointId(1), 998, 1000}};
  EXPECT_EQ(one.words().what,
            "From start to finish in 1:04:10, 3:02/km; elsewhere on the course 5:02/km. The "
            "fastest of the others there: 2:58/km. Expected were 1:46:00, as if the way had been "
            "8.3 km shorter. Not heard on it at 10K (that mat heard 99.8 % around that minute, 998 "
            "of 1,000).");
  EXPECT_EQ(one.words().check,
            "First the mats and clocks of start and finish, then pictures between them and who "
            "wore the chip; homestretch explain 'my race' --bib 812.");
}

TEST(OddityWords, TwoChipsNameTheOther) {
  OddRace one;
  one.oddity.kind = moments::OddityKind::AsOne;
  one.oddity.other = one.bo;
  one.oddity.mats = 3;
  one.oddity.apart = std::chrono::milliseconds(400);
  EXPECT_EQ(one.words().what,
            "This chip and that of bib 7 crossed 3 mats together, never more than 0.4 s apart.");
}

TEST(IntegrityCsv, OneRowAOddity) {
  OddRace one;
  one.oddity.kind = moments::OddityKind::UnlikePast;
  one.oddity.took = minutes(80);
  one.oddity.expected = minutes(110);
  one.oddity.mats = 4;
  const std::string csv = integrity_csv(one.b.results, {one.oddity}, "my race");
  EXPECT_EQ(csv.substr(0, csv.find('\n')),
            "likelihood,kind,race,bib,other_bib,from,to,what,check_first");
  EXPECT_NE(csv.find("\n0.988,unlike-past,half,812,,start,finish,"), std::string::npos);
  EXPECT_NE(csv.find("the best of 4 earlier results"), std::string::npos);
}

}  // namespace
}  // namespace hs::present
