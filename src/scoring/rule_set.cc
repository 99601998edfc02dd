#include "scoring/rule_set.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/check.h"

namespace hs::scoring {
namespace {

using base::Rounding;
using model::RuleSet;

// Sources are public quotations of the books (docs/scoring-rules.md); none of the books themselves
// was at hand, and `checked` says so.
constexpr std::array<RuleSetEntry, 9> kRuleSets = {{
    {RuleSet::WaRoad, "2024", Rounding::UpToSecond, EqualTimes::RecordedOrder, true, "TR 19.24.5",
     "TR 6.2, TR 6.3", "quotation"},
    {RuleSet::UsatfRoad, "2024", Rounding::UpToSecond, EqualTimes::RecordedOrder, true,
     "165.16, 245.1, 245.3", "144", "quotation"},
    {RuleSet::WaTrack, "2024", Rounding::UpToHundredth, EqualTimes::RecordedOrder, true, "TR 19.24",
     "TR 6.2, TR 6.3", "quotation"},
    {RuleSet::NfhsTrack, "2024", Rounding::UpToHundredth, EqualTimes::RecordedOrder, true, "3-8",
     "", "quotation"},
    {RuleSet::NfhsXc, "2024", Rounding::UpToTenth, EqualTimes::RecordedOrder, true, "8-3, 9-2-4",
     "", "quotation"},
    {RuleSet::NcaaXc, "2024", Rounding::UpToTenth, EqualTimes::RecordedOrder, true,
     "cross-country timing: slower tenth", "", "quotation"},
    {RuleSet::WaXc, "2024", Rounding::UpToSecond, EqualTimes::RecordedOrder, true,
     "TR 19.24.5, TR 56", "TR 6.2, TR 6.3", "quotation"},
    {RuleSet::WorldTriathlon, "2024", Rounding::UpToSecond, EqualTimes::RecordedOrder, true, "6.2",
     "2.2(c)", "quotation"},
    {RuleSet::Open, "1", Rounding::UpToSecond, EqualTimes::Share, false, "house rule", nullptr,
     "docs/scoring-rules.md"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kRuleSets.size(); ++i) {
    if (static_cast<std::size_t>(kRuleSets[i].rules) != i) return false;
  }
  return true;
}
static_assert(in_order(), "one row for each rule set, in the order of the enumeration");

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Small letters without blanks: "TR 6.3" and "tr6.3" are one clause.
std::string plain(std::string_view clause) {
  std::string out;
  for (const char c : clause) {
    if (c != ' ') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

}  // namespace

const RuleSetEntry& rule_set(RuleSet rules) {
  const auto index = static_cast<std::size_t>(rules);
  HS_CHECK(index < kRuleSets.size(), "a rule set without a row");
  return kRuleSets[index];
}

std::span<const RuleSetEntry> all_rule_sets() { return kRuleSets; }

bool names_assistance(RuleSet rules, std::string_view clause) {
  const char* known = rule_set(rules).assistance;
  if (known == nullptr || clause.empty()) return false;
  const std::string said = plain(clause);
  if (said.find("assistance") != std::string::npos) return true;
  for (std::string_view rest = known; !rest.empty();) {
    const std::size_t comma = std::min(rest.find(", "), rest.size());
    const std::string one = plain(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 2, rest.size()));
    // "144" is not found in "1445", nor "TR 6.2" in "TR 6.21".
    for (std::size_t at = said.find(one); at != std::string::npos; at = said.find(one, at + 1)) {
      const std::size_t end = at + one.size();
      const bool begins = at == 0 || !is_digit(said[at - 1]);
      if (begins && (end == said.size() || !is_digit(said[end]))) return true;
    }
  }
  return false;
}

Rounding rounding_of(RuleSet rules) { return rule_set(rules).rounding; }

}  // namespace hs::scoring
