#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "moments/mat_hearing.h"
#include "moments/oddity.h"
#include "support/moment_field.h"
#include "support/past_field.h"

// What the referee is shown, and what not: a mat that was deaf, a chip that is missed often, a
// field too small to know.

namespace hs::moments {
namespace {

using moment_field::FieldBuilder;
using moment_field::Seconds;

constexpr std::size_t k30K = 6;  ///< In the net times of a marathon, without the start.
constexpr std::size_t k35K = 7;
constexpr double kPace = 330;  ///< Seconds a kilometre, the middle of the field.

/// An even marathon without `kilometres` between 25K and 35K, not heard at 30K.
std::vector<Seconds> without(double kilometres) {
  auto net = moment_field::even_marathon(kPace);
  net[k30K].reset();
  for (std::size_t i = k35K; i < net.size(); ++i) *net[i] -= kilometres * kPace;
  return net;
}

const Oddity* find(const std::vector<Oddity>& oddities, model::EntrantId id, OddityKind kind) {
  const auto at = std::find_if(oddities.begin(), oddities.end(), [&](const Oddity& oddity) {
    return oddity.runner == id && oddity.kind == kind;
  });
  return at == oddities.end() ? nullptr : &*at;
}

TEST(Cuts, FiveKilometresLeftOutAreLikely) {
  FieldBuilder field = moment_field::ordinary_field(900);
  const auto id = field.add("9001", without(5), 300.0);
  const auto oddities = find_oddities(field.results());
  const Oddity* cut = find(oddities, id, OddityKind::Cut);
  ASSERT_NE(cut, nullptr);
  EXPECT_EQ(&oddities.front(), cut);
  EXPECT_GT(cut->likelihood, 0.99);
  EXPECT_EQ(field.results().event.races[0].points[cut->from.raw()].id, "25k");
  EXPECT_EQ(field.results().event.races[0].points[cut->to.raw()].id, "35k");
  EXPECT_EQ(cut->took, std::chrono::seconds(5 * 330));
  EXPECT_NEAR(cut->pace, 165, 0.01);
  EXPECT_NEAR(cut->own_pace, kPace, 0.01);
  EXPECT_GT(cut->fastest_pace, cut->pace);
  EXPECT_NEAR(cut->metres, 5000, 700);  // The field slows there, and an even runner does not.
  ASSERT_EQ(cut->silent.size(), 1U);
  EXPECT_EQ(cut->silent[0].heard, cut->silent[0].passed);
  EXPECT_GE(cut->silent[0].passed, 20U);
}

TEST(Cuts, OrdinaryFieldAndAMissedMatAreNoCut) {
  FieldBuilder field = moment_field::ordinary_field(900);
  field.add("9001", without(0), 300.0);
  EXPECT_TRUE(find_oddities(field.results()).empty());
}

/// Behind a stop a fit expects a slow stretch; going on as before is ordinary.
TEST(Cuts, OwnPaceBehindAStopIsNoCut) {
  for (const double stop : {600.0, 1800.0, 3600.0}) {
    FieldBuilder field = moment_field::ordinary_field(900);
    auto net = moment_field::even_marathon(kPace);
    for (std::size_t i = k30K; i < net.size(); ++i) *net[i] += stop;
    field.add("9001", net, 300.0);
    EXPECT_TRUE(find_oddities(field.results()).empty()) << stop;
  }
}

/// The same pace on the same stretch: where the mat was deaf, its silence adds nothing.
TEST(Cuts, DeafMatCountsAgainstNobody) {
  const auto likelihood = [](bool is_deaf) {
    FieldBuilder field = moment_field::ordinary_field(900);
    const auto id = field.add("9001", without(1.1), 300.0);
    if (is_deaf) {
      for (model::RunnerResult& runner : field.results().runners) {
        if (runner.entrant.raw() % 10 != 0) runner.splits[k30K + 1] = model::Split();
      }
    }
    const auto oddities = find_oddities(field.results());
    const Oddity* cut = find(oddities, id, OddityKind::Cut);
    return cut == nullptr ? 0.0 : cut->likelihood;
  };
  EXPECT_GT(likelihood(false), 0.5);
  EXPECT_LT(likelihood(true), 0.5);
}

TEST(Cuts, SmallFieldSaysNothingOfPaces) {
  FieldBuilder field = moment_field::ordinary_field(200);
  const auto id = field.add("9001", without(5), 300.0);
  const auto oddities = find_oddities(field.results());
  EXPECT_EQ(find(oddities, id, OddityKind::Cut), nullptr);
}

TEST(MissedMats, FourThatHeardEverybodyElseAreShownAndADeafOneIsNot) {
  FieldBuilder field = moment_field::ordinary_field(900);
  auto net = moment_field::even_marathon(kPace);
  for (const std::size_t i : {0U, 1U, 2U, 4U}) net[i].reset();  // All to half way but 20K.
  const auto id = field.add("9001", net, 300.0);
  const auto oddities = find_oddities(field.results());
  const Oddity* missed = find(oddities, id, OddityKind::Missed);
  ASSERT_NE(missed, nullptr);
  EXPECT_EQ(missed->silent.size(), 4U);
  for (model::RunnerResult& runner : field.results().runners) {
    for (std::size_t i = 1; i <= 3; ++i) {
      if (runner.entrant.raw() % 10 != 0) runner.splits[i] = model::Split();
    }
  }
  EXPECT_EQ(find(find_oddities(field.results()), id, OddityKind::Missed), nullptr);
}

TEST(MatHearing, CountsTheOthersOfThatMinuteAlone) {
  FieldBuilder field(moment_field::marathon_points());
  for (int i = 0; i < 40; ++i) {
    auto net = moment_field::even_marathon(kPace);
    if (i < 10) net[k30K].reset();
    field.add(std::to_string(i + 1), net, i < 20 ? 0.0 : 7200.0);
  }
  const FieldView view = view_field(field.results(), model::RaceId(0));
  const MatHearing hearing(view);
  EXPECT_EQ(hearing.around(39, k30K + 1).heard, 19U);
  EXPECT_EQ(hearing.around(39, k30K + 1).passed, 19U);
  EXPECT_NEAR(hearing.passed_at(0, k30K + 1), 30 * kPace, 1);
}

TEST(MatHearing, ChipThatIsMissedOftenIsMissedMoreEasily) {
  const std::vector<MatHearing::Around> two = {{998, 1000, 0.002}, {998, 1000, 0.002}};
  const auto strong = miss_chances(two, 0, 8);
  const auto weak = miss_chances(two, 4, 8);
  EXPECT_LT(strong[0], 0.01);
  EXPECT_GT(strong[1], strong[0]);
  EXPECT_GT(weak[0], 0.25);
}

/// `apart` seconds at every mat, one way and the other in turn.
void add_pair(FieldBuilder& field, int number, double apart) {
  const double pace = 300 + number % 40;
  auto net = moment_field::even_marathon(pace);
  field.add(std::to_string(20000 + 2 * number), net, 5.0 * number);
  for (std::size_t i = 0; i < net.size(); ++i) *net[i] += i % 2 == 0 ? apart : -apart;
  field.add(std::to_string(20001 + 2 * number), net, 5.0 * number);
}

TEST(AsOne, NearerThanCompanyComesAtEveryMat) {
  FieldBuilder field(moment_field::marathon_points());
  for (int i = 0; i < 60; ++i) add_pair(field, i * 37, 2.5 + 0.05 * i);
  EXPECT_TRUE(find_oddities(field.results()).empty());
  add_pair(field, 3001, 0.2);
  const auto oddities = find_oddities(field.results());
  ASSERT_EQ(oddities.size(), 1U);
  EXPECT_EQ(oddities[0].kind, OddityKind::AsOne);
  EXPECT_EQ(field.entrant(oddities[0].runner).bib.str(), "26002");
  EXPECT_EQ(field.entrant(*oddities[0].other).bib.str(), "26003");
  EXPECT_EQ(oddities[0].apart, std::chrono::milliseconds(200));
}

TEST(UnlikePast, AThirdFasterThanEverIsShownATwentiethIsNot) {
  FieldBuilder field = moment_field::ordinary_field(400);
  const auto far = field.add("9001", moment_field::even_marathon(240), 300.0);
  const auto near = field.add("9002", moment_field::even_marathon(342), 300.0);
  moment_field::PastBuilder past(field, 2019);
  moment_field::Series series;
  for (std::uint32_t i = 0; i < 400; ++i) {
    const model::EntrantId id(i);
    const double now = static_cast<double>(field.runner(id).net->value().count()) * 1e-6;
    for (int year = 2019; year < 2023; ++year)
      past.ran(id, year, now * (1.03 + 0.02 * series.normal()));
  }
  past.ran_all(far, 2019, 2022, 42.195 * 360);
  past.ran_all(near, 2019, 2022, 42.195 * 360);
  past.give();
  const auto oddities = find_oddities(field.results());
  const Oddity* oddity = find(oddities, far, OddityKind::UnlikePast);
  ASSERT_NE(oddity, nullptr);
  EXPECT_EQ(oddity->mats, 4U);
  EXPECT_EQ(find(oddities, near, OddityKind::UnlikePast), nullptr);
}

}  // namespace
}  // namespace hs::moments
