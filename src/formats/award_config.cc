#include "formats/award_config.h"

#include <algorithm>
#include <utility>

namespace hs::formats {
namespace {

constexpr int kMostPlaces = 1000;
constexpr int kMostRunners = 1000;  // Of a team: whole clubs run in step for charity.

const KnownKeys kAwardKeys = {
    {"id", "sex", "division", "places", "by", "exclude_winners_of", "clubs", "besides"},
    {"age_grade"}};
const KnownKeys kTeamAwardKeys = {{"id", "of", "sex", "division", "places", "by", "score",
                                   "scorers", "runners", "closes_up", "tie"},
                                  {}};

std::vector<std::string_view> divisions_of(const model::Race& race) {
  std::vector<std::string_view> out;
  for (const model::Division& division : race.divisions) out.push_back(division.id);
  return out;
}

std::string read_id(TableReader& in, UniqueIds& ids, const char* example) {
  const auto id = in.id("id");
  if (!id) {
    in.require("id", std::string("a short name such as \"") + example + '"');
    return {};
  }
  ids.add(*id);
  return id->value;
}

void read_excluded(TableReader& in, const model::Race& race, Faults& faults, model::Award& award) {
  std::vector<std::string_view> above;
  for (const model::Award& earlier : race.awards) above.push_back(earlier.id);
  for (Placed<std::string>& other : in.texts("exclude_winners_of")) {
    if (std::find(above.begin(), above.end(), other.value) != above.end()) {
      award.exclude_winners_of.push_back(std::move(other.value));
      continue;
    }
    // Only awards above: who wins then never depends on itself.
    faults.add("the award " + quoted(other.value) + " in 'exclude_winners_of'",
               "the id of an award that stands above this one" + suggestion(other.value, above),
               other.place);
  }
}

/// Awards give their prizes in another order than they stand: those that pass over the winners of
/// one listed above would then ask before it has any.
void check_policy(TableReader& in, Faults& faults, const model::Race& race) {
  using model::OnePrize;
  if (race.one_prize == OnePrize::No || race.one_prize == OnePrize::Listed) return;
  for (const model::Award& award : race.awards) {
    if (award.exclude_winners_of.empty()) continue;
    faults.add("'exclude_winners_of' of award '" + award.id + "' beside one_prize = \"" +
                   model::name_of(race.one_prize) + '"',
               "one of the two", in.find("one_prize")->place);
    return;
  }
}

}  // namespace

void read_awards(TableReader& in, const EventContext& context, model::Race& race) {
  if (const auto policy = in.word("one_prize", {"no", "listed", "higher", "older"})) {
    race.one_prize = model::parse_one_prize(policy->value).value_or(race.one_prize);
  }
  UniqueIds ids("award", *context.faults);
  std::vector<std::string_view> divisions = divisions_of(race);
  divisions.insert(divisions.begin(), "*");
  for (const ConfigValue* table : in.blocks("award")) {
    TableReader award_in(*table, "[[race.award]]", kAwardKeys, *context.faults);
    model::Award award;
    award.id = read_id(award_in, ids, "overall-women");
    award.by = read_rank_by(award_in, "by", race.rank_by);
    award.sex = read_sex(award_in);
    if (const auto places = award_in.whole("places", 1, kMostPlaces)) award.places = places->value;
    if (const auto one = award_in.word("division", divisions)) award.division = one->value;
    for (Placed<std::string>& club : award_in.texts("clubs")) {
      award.clubs.push_back(std::move(club.value));
    }
    if (const auto besides = award_in.truth("besides")) award.besides = besides->value;
    read_excluded(award_in, race, *context.faults, award);
    race.awards.push_back(std::move(award));
  }
  check_policy(in, *context.faults, race);
}

void read_team_awards(TableReader& in, const EventContext& context, model::Race& race) {
  UniqueIds ids("team award", *context.faults);
  for (const ConfigValue* table : in.blocks("team_award")) {
    TableReader award_in(*table, "[[race.team_award]]", kTeamAwardKeys, *context.faults);
    model::TeamAward award;
    award.id = read_id(award_in, ids, "clubs-women");
    award.by = read_rank_by(award_in, "by", race.rank_by);
    award.sex = read_sex(award_in);
    if (const auto of = award_in.word("of", {"team", "club"})) {
      award.of = model::parse_team_of(of->value).value_or(award.of);
    }
    if (const auto one = award_in.word("division", divisions_of(race))) {
      award.division = one->value;
    }
    if (const auto places = award_in.whole("places", 1, kMostPlaces)) award.places = places->value;
    if (const auto score = award_in.word("score", {"places", "time"})) {
      award.score = model::parse_team_score(score->value);
    }
    if (const auto tie = award_in.word("tie", {"next-runner", "pairs", "last-scorer", "share"})) {
      award.tie = model::parse_team_tie(tie->value);
    }
    if (const auto count = award_in.whole("scorers", 1, kMostRunners)) award.scorers = count->value;
    if (const auto closes = award_in.truth("closes_up")) award.closes_up = closes->value;
    if (const auto count = award_in.whole("runners", 1, kMostRunners)) {
      award.runners = count->value;
      if (award.scorers && count->value < *award.scorers) {
        context.faults->add("runners = " + std::to_string(count->value) +
                                " under scorers = " + std::to_string(*award.scorers),
                            "at least as many runners of a team as score", count->place);
      }
    }
    race.team_awards.push_back(std::move(award));
  }
}

}  // namespace hs::formats
