#include "scoring/rule_set.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/check.h"
#include "model/rule_editions.h"

namespace hs::scoring {
namespace {

using base::Rounding;
using model::RuleSet;

constexpr auto kBook = EqualTimes::RecordedOrder;
constexpr const char* kTr6 = "TR 6.2, TR 6.3";

// Sources are public quotations of the books and of what their publishers said about changes
// (docs/scoring-rules.md); none of the books themselves was at hand, and `checked` says so.
constexpr std::array kRuleSets = {
    RuleSetEntry{RuleSet::WaRoad, "2024", Rounding::UpToSecond, kBook, true, "TR 19.24.5", kTr6,
                 Follows::Out, Follows::Out, "quotation"},
    RuleSetEntry{RuleSet::UsatfRoad, "2024", Rounding::UpToSecond, kBook, true,
                 "165.16, 245.1, 245.3", "144", Follows::Out, Follows::Out, "quotation"},
    RuleSetEntry{RuleSet::WaTrack, "2024", Rounding::UpToHundredth, kBook, true, "TR 19.24", kTr6,
                 Follows::Out, Follows::Out, "quotation"},
    RuleSetEntry{RuleSet::NfhsTrack, "2016", Rounding::UpToHundredth, kBook, true, "3-8", "",
                 Follows::Out, Follows::Out, "quotation"},
    RuleSetEntry{RuleSet::NfhsTrack, "2017", Rounding::UpToHundredth, kBook, true, "3-8", "",
                 Follows::Out, Follows::OutIfMedicalAtHand, "quotation"},
    RuleSetEntry{RuleSet::NfhsTrack, "2020", Rounding::UpToHundredth, kBook, true, "3-8",
                 "Rule 4 note", Follows::Out, Follows::OutIfAdvantage, "quotation"},
    RuleSetEntry{RuleSet::NfhsTrack, "2024", Rounding::UpToHundredth, kBook, true, "3-8",
                 "Rule 4 note", Follows::Out, Follows::OutIfAdvantage, "quotation"},
    RuleSetEntry{RuleSet::NfhsXc, "2016", Rounding::UpToTenth, kBook, true, "8-3, 9-2-4", "",
                 Follows::Out, Follows::Out, "quotation"},
    RuleSetEntry{RuleSet::NfhsXc, "2017", Rounding::UpToTenth, kBook, true, "8-3, 9-2-4", "",
                 Follows::Out, Follows::OutIfMedicalAtHand, "quotation"},
    RuleSetEntry{RuleSet::NfhsXc, "2020", Rounding::UpToTenth, kBook, true, "8-3, 9-2-4",
                 "Rule 8 note", Follows::Out, Follows::OutIfAdvantage, "quotation"},
    RuleSetEntry{RuleSet::NfhsXc, "2024", Rounding::UpToTenth, kBook, true, "8-3, 9-2-4",
                 "Rule 8 note", Follows::Out, Follows::OutIfAdvantage, "quotation"},
    RuleSetEntry{RuleSet::NcaaXc, "2024", Rounding::UpToTenth, kBook, true,
                 "cross-country timing: slower tenth", "", Follows::RefereeSays,
                 Follows::RefereeSays, "quotation"},
    RuleSetEntry{RuleSet::WaXc, "2024", Rounding::UpToSecond, kBook, true, "TR 19.24.5, TR 56",
                 kTr6, Follows::Out, Follows::Out, "quotation"},
    RuleSetEntry{RuleSet::WorldTriathlon, "2016", Rounding::UpToSecond, kBook, true, "6.2", nullptr,
                 Follows::Nothing, Follows::Nothing, "accounts of a race of 2016"},
    RuleSetEntry{RuleSet::WorldTriathlon, "2017", Rounding::UpToSecond, kBook, true, "6.2",
                 "2.2(c)", Follows::Out, Follows::Out, "quotation"},
    RuleSetEntry{RuleSet::WorldTriathlon, "2024", Rounding::UpToSecond, kBook, true, "6.2",
                 "2.2(c)", Follows::Out, Follows::Out, "quotation"},
    RuleSetEntry{RuleSet::Open, "1", Rounding::UpToSecond, EqualTimes::Share, false, "house rule",
                 nullptr, Follows::Nothing, Follows::Nothing, "docs/scoring-rules.md"},
};

/// A row for each edition that is known, in the same order, and no other.
constexpr bool is_complete() {
  if (kRuleSets.size() != model::kRuleEditions.size()) return false;
  for (std::size_t i = 0; i < kRuleSets.size(); ++i) {
    const auto& row = kRuleSets[i];
    const auto& known = model::kRuleEditions[i];
    if (row.rules != known.rules || std::string_view(row.edition) != known.edition) return false;
  }
  return true;
}
static_assert(is_complete());

constexpr bool in_order() {
  for (std::size_t i = 1; i < kRuleSets.size(); ++i) {
    const auto& before = kRuleSets[i - 1];
    const auto& row = kRuleSets[i];
    const int step = static_cast<int>(row.rules) - static_cast<int>(before.rules);
    if (step < 0 || step > 1) return false;
    if (step == 0 && std::string_view(before.edition) >= row.edition) return false;
  }
  return kRuleSets.front().rules == RuleSet::WaRoad && kRuleSets.back().rules == RuleSet::Open;
}
static_assert(in_order(), "a row for each rule set, in the order of the enumeration, then of age");

// Of a question without an event: any year behind the oldest edition was held under one of them.
constexpr int kLastYear = 9999;

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

const RuleSetEntry& rule_set(RuleSet rules, std::string_view edition) {
  const RuleSetEntry* found = nullptr;
  for (const RuleSetEntry& row : kRuleSets) {
    if (row.rules != rules) continue;
    if (found == nullptr || edition.empty() || row.edition <= edition) found = &row;
  }
  HS_CHECK(found != nullptr, "a rule set without a row");
  return *found;
}

const RuleSetEntry& rule_set_of(const model::Race& race) {
  return rule_set(race.rules, race.rules_edition);
}

std::span<const RuleSetEntry> all_rule_sets() { return kRuleSets; }

base::Result<RuleChoice> parse_rule_choice(std::string_view text) {
  const std::size_t at = std::min(text.find('@'), text.size());
  const auto rules = model::parse_rule_set(text.substr(0, at));
  std::string known;
  if (!rules) {
    for (int r = 0; r <= static_cast<int>(RuleSet::Open); ++r) {
      known += (r == 0 ? "" : ", ") + std::string(model::name_of(static_cast<RuleSet>(r)));
    }
    return base::fail(
        base::ErrorCode::NotFound,
        "found the rules '" + std::string(text.substr(0, at)) + "', expected one of: " + known);
  }
  if (at == text.size()) return RuleChoice{*rules, {}};
  const std::string edition(text.substr(at + 1));
  if (model::is_known_edition(*rules, edition, kLastYear)) return RuleChoice{*rules, edition};
  return base::fail(base::ErrorCode::NotFound,
                    "found the edition '" + edition + "' of " + model::name_of(*rules) +
                        ", expected one of: " + model::known_editions(*rules));
}

std::string rules_words(const RuleSetEntry& entry) {
  return std::string(model::name_of(entry.rules)) + " " + entry.edition;
}

bool takes_out(Follows follows, const model::RulingFact& assisted) {
  switch (follows) {
    case Follows::Out:
      return true;
    case Follows::OutIfMedicalAtHand:
      return assisted.medical_at_hand;
    case Follows::OutIfAdvantage:
      return assisted.advantage;
    case Follows::Nothing:
    case Follows::RefereeSays:
      return false;
  }
  return false;
}

bool names_assistance(const RuleSetEntry& entry, std::string_view clause) {
  const char* known = entry.assistance;
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
