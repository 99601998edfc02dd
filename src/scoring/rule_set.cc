#include "scoring/rule_set.h"

#include <array>

#include "base/check.h"

namespace hs::scoring {
namespace {

using base::Rounding;
using model::RuleSet;

// Sources are public quotations of the books (docs/scoring-rules.md); none of the books themselves
// was at hand, and `checked` says so.
constexpr std::array<RuleSetEntry, 9> kRuleSets = {{
    {RuleSet::WaRoad, "2024", Rounding::UpToSecond, EqualTimes::RecordedOrder, true, "TR 19.24.5",
     "quotation"},
    {RuleSet::UsatfRoad, "2024", Rounding::UpToSecond, EqualTimes::RecordedOrder, true,
     "165.16, 245.1, 245.3", "quotation"},
    {RuleSet::WaTrack, "2024", Rounding::UpToHundredth, EqualTimes::RecordedOrder, true, "TR 19.24",
     "quotation"},
    {RuleSet::NfhsTrack, "2024", Rounding::UpToHundredth, EqualTimes::RecordedOrder, true, "3-8",
     "quotation"},
    {RuleSet::NfhsXc, "2024", Rounding::UpToTenth, EqualTimes::RecordedOrder, true, "8-3, 9-2-4",
     "quotation"},
    {RuleSet::NcaaXc, "2024", Rounding::UpToTenth, EqualTimes::RecordedOrder, true,
     "cross-country timing: slower tenth", "quotation"},
    {RuleSet::WaXc, "2024", Rounding::UpToSecond, EqualTimes::RecordedOrder, true,
     "TR 19.24.5, TR 56", "quotation"},
    {RuleSet::WorldTriathlon, "2024", Rounding::UpToSecond, EqualTimes::RecordedOrder, true, "6.2",
     "quotation"},
    {RuleSet::Open, "1", Rounding::UpToSecond, EqualTimes::Share, false, "house rule",
     "docs/scoring-rules.md"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kRuleSets.size(); ++i) {
    if (static_cast<std::size_t>(kRuleSets[i].rules) != i) return false;
  }
  return true;
}
static_assert(in_order(), "one row for each rule set, in the order of the enumeration");

}  // namespace

const RuleSetEntry& rule_set(RuleSet rules) {
  const auto index = static_cast<std::size_t>(rules);
  HS_CHECK(index < kRuleSets.size(), "a rule set without a row");
  return kRuleSets[index];
}

std::span<const RuleSetEntry> all_rule_sets() { return kRuleSets; }

Rounding rounding_of(RuleSet rules) { return rule_set(rules).rounding; }

}  // namespace hs::scoring
