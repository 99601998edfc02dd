#include "scoring/awards.h"

#include <algorithm>
#include <map>
#include <string>

#include "scoring/award_order.h"

namespace hs::scoring {
namespace {

using model::EntrantId;

/// One prize list on its way: who may take its prizes, best first, and who took them.
struct PrizeList {
  const model::Award* award = nullptr;
  std::optional<std::size_t> division;
  std::vector<AwardFinisher> eligible;
  bool race_ranks_so = false;  ///< The award counts by what places the race.
  std::size_t next = 0;        ///< In `eligible`.
  std::uint32_t place = 1;     ///< Of who comes next.
  std::vector<std::pair<model::Placing, EntrantId>> winners;
};

/// Who won what so far, in one race.
class Winners {
 public:
  explicit Winners(model::OnePrize policy) : policy_(policy) {}

  void add(const model::Award& award, EntrantId runner) { won_.emplace(runner, &award); }
  /// True where the runner takes no prize of `award`, for what they won already.
  [[nodiscard]] bool passed_over(EntrantId runner, const model::Award& award) const {
    const auto [begin, end] = won_.equal_range(runner);
    return std::any_of(begin, end, [&](const auto& won) { return excludes(*won.second, award); });
  }

 private:
  [[nodiscard]] bool excludes(const model::Award& won, const model::Award& award) const {
    if (policy_ != model::OnePrize::No && !won.besides && !award.besides) return true;
    const auto& named = award.exclude_winners_of;
    return std::find(named.begin(), named.end(), won.id) != named.end();
  }

  model::OnePrize policy_;
  std::multimap<EntrantId, const model::Award*> won_;
};

/// Gives the next place of `list`, to all who share it. False where no prize or nobody is left.
bool give_place(PrizeList& list, Winners& won) {
  if (list.place > static_cast<std::uint32_t>(list.award->places)) return false;
  const auto skip = [&] {
    while (list.next < list.eligible.size() &&
           won.passed_over(list.eligible[list.next].id, *list.award)) {
      ++list.next;
    }
    return list.next < list.eligible.size();
  };
  if (!skip()) return false;
  const AwardFinisher& first = list.eligible[list.next];
  std::vector<EntrantId> sharing;
  do {
    sharing.push_back(list.eligible[list.next++].id);
  } while (skip() && shares(first, list.eligible[list.next], list.race_ranks_so));
  for (const EntrantId runner : sharing) {
    list.winners.push_back({model::Placing{list.place, sharing.size() > 1}, runner});
    won.add(*list.award, runner);
  }
  list.place += static_cast<std::uint32_t>(sharing.size());
  return true;
}

/// The division lists an award has: none named, one, or each.
std::vector<std::optional<std::size_t>> divisions_of(const model::Race& race,
                                                     const model::Award& award) {
  if (award.division.empty()) return {std::nullopt};
  std::vector<std::optional<std::size_t>> out;
  for (std::size_t d = 0; d < race.divisions.size(); ++d) {
    if (award.division == "*" || race.divisions[d].id == award.division) out.emplace_back(d);
  }
  return out;
}

/// The lists of one race in the order of the event file, nothing given yet.
std::vector<PrizeList> lists_of(const model::EventResults& results, std::size_t r) {
  const model::Race& race = results.event.races[r];
  std::vector<PrizeList> out;
  for (const model::Award& award : race.awards) {
    const std::vector<AwardFinisher> ranked = ranked_by(results, r, award.by);
    for (const auto division : divisions_of(race, award)) {
      PrizeList list{&award, division, {}, award.by == race.rank_by, 0, 1, {}};
      const std::string id = division ? race.divisions[*division].id : std::string();
      for (const AwardFinisher& runner : ranked) {
        const std::size_t i = runner.id.raw();
        if (may_win(race, award, id, results.entrants[i], results.persons[i])) {
          list.eligible.push_back(runner);
        }
      }
      out.push_back(std::move(list));
    }
  }
  return out;
}

/// The order in which lists give their prizes: as listed, or that of the oldest first.
std::vector<PrizeList*> giving_order(const model::Race& race, std::vector<PrizeList>& lists) {
  std::vector<PrizeList*> out;
  for (PrizeList& list : lists) out.push_back(&list);
  if (race.one_prize != model::OnePrize::Older) return out;
  const auto age_of = [&](const PrizeList* list) {
    // Nobody is younger than 0: an open award comes behind every division.
    return list->division ? race.divisions[*list->division].age_min.value_or(0) : -1;
  };
  std::stable_sort(out.begin(), out.end(),
                   [&](const PrizeList* a, const PrizeList* b) { return age_of(a) > age_of(b); });
  return out;
}

void give_prizes(const model::Race& race, std::vector<PrizeList>& lists) {
  Winners won(race.one_prize);
  const std::vector<PrizeList*> order = giving_order(race, lists);
  if (race.one_prize != model::OnePrize::Higher) {
    for (PrizeList* list : order) {
      while (give_place(*list, won)) {
      }
    }
    return;
  }
  // First prizes everywhere, then second ones: nobody is third here who could be first there.
  int most = 0;
  for (const PrizeList* list : order) most = std::max(most, list->award->places);
  for (int place = 1; place <= most; ++place) {
    for (PrizeList* list : order) {
      if (list->place <= static_cast<std::uint32_t>(place)) give_place(*list, won);
    }
  }
}

}  // namespace

std::vector<model::AwardWinners> award_winners(const model::EventResults& results) {
  std::vector<model::AwardWinners> out;
  for (std::size_t r = 0; r < results.event.races.size(); ++r) {
    const model::Race& race = results.event.races[r];
    std::vector<PrizeList> lists = lists_of(results, r);
    give_prizes(race, lists);
    for (PrizeList& list : lists) {
      model::AwardWinners& to = out.emplace_back();
      to.race = model::RaceId(static_cast<std::uint16_t>(r));
      to.award = list.award->id;
      if (list.division) to.division = race.divisions[*list.division].id;
      to.winners = std::move(list.winners);
    }
  }
  return out;
}

}  // namespace hs::scoring
