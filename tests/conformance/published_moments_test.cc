// The moments of real races as published (shared data; skipped where absent). Known ones are read
// from $HS_SHARED/data/moments/NAME.csv where such a list is, as `evaluate moments --expect` takes
// it: nobody's number stands here.
#include <gtest/gtest.h>

#include <set>

#include "evaluate/moment_known.h"
#include "evaluate/moment_measures.h"
#include "evaluate/moment_recompute.h"
#include "formats/chip_test_support.h"
#include "formats/published_event.h"
#include "formats/results_file.h"

namespace hs::evaluate {
namespace {

class PublishedMoments : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const std::string name = GetParam();
    const auto bytes = formats::test::shared_file("boston/" + name + ".csv");
    if (!bytes) GTEST_SKIP() << "the shared data is not here";
    formats::ResultsOptions options;
    options.race_id = name;
    const auto file = formats::read_results(*bytes, name, options);
    ASSERT_TRUE(file) << file.error().text();
    auto results = formats::event_of(file->race);
    ASSERT_TRUE(results) << results.error().text();
    results_ = std::move(*results);
    found_ = moments_of(results_, race_);
  }

  const model::RaceId race_{0};
  model::EventResults results_;
  std::vector<model::Moment> found_;
};

// One test a race: reading and searching it is what takes the time.
TEST_P(PublishedMoments, AreAFewWithRightNumbersAndTheKnownOnesAmongThem) {
  std::size_t rare = 0;
  std::set<std::pair<model::MomentKind, model::EntrantId>> told;
  for (const model::Moment& moment : found_) {
    rare += moment.on_shelf ? 0u : 1u;
    for (const model::EntrantId id : moment.people) {
      EXPECT_TRUE(told.insert({moment.kind, id}).second);
      EXPECT_EQ(results_.entrants[id.raw()].mode, model::Mode::Foot);
    }
  }
  EXPECT_GE(rare, 5u);
  EXPECT_LE(rare, 120u);
  const Recomputed again = recompute(found_, results_);
  EXPECT_GT(again.numbers, 30u);
  EXPECT_EQ(again.wrong, 0u) << (again.complaints.empty() ? "" : again.complaints.front());

  // Where a list of known moments of this race is beside the data.
  const auto bytes = formats::test::shared_file("moments/" + std::string(GetParam()) + ".csv");
  if (!bytes) return;
  const auto expected = read_expected(*bytes, GetParam());
  ASSERT_TRUE(expected) << expected.error().text();
  for (const KnownMoment& known : find_known(*expected, found_, results_, race_)) {
    EXPECT_TRUE(known.is_met()) << "line " << known.expected.line;
  }
}

INSTANTIATE_TEST_SUITE_P(Boston, PublishedMoments,
                         ::testing::Values("splits-2011", "splits-2013", "finishers-2014",
                                           "splits-2015"));

}  // namespace
}  // namespace hs::evaluate
