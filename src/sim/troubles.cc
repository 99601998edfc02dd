// Implementation notes
//
// Each trouble is planted on its rate of the field, and on two at least where there is room: a
// trouble that a small test never meets is not tested. Runners are dealt out from three shuffles
// (what happens at the start, at the finish, with the chip), so that one runner may have one of
// each but never two of a kind.
#include <algorithm>
#include <numeric>

#include "sim/field.h"
#include "sim/names.h"

namespace hs::sim {

namespace {

using base::Duration;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t kLeast = 2;

/// Deals out runners in random order, each once.
class Dealer {
 public:
  Dealer(const std::vector<Runner>& field, Random& random) : order_(field.size()) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    for (std::size_t i = order_.size(); i > 1; --i) {
      std::swap(order_[i - 1], order_[random.below(static_cast<std::uint32_t>(i))]);
    }
    std::erase_if(
        order_, [&field](std::size_t i) { return has_trouble(field[i].troubles, Trouble::Scene); });
    size_ = order_.size();
  }

  /// The next runners at this rate; fewer when the field is used up.
  std::vector<std::size_t> take(std::uint32_t per_million) {
    const std::size_t wanted = std::max(kLeast, size_ * per_million / 1000000);
    const std::size_t count = std::min(wanted, order_.size());
    std::vector<std::size_t> taken(order_.end() - static_cast<std::ptrdiff_t>(count), order_.end());
    order_.resize(order_.size() - count);
    return taken;
  }

 private:
  std::vector<std::size_t> order_;
  std::size_t size_ = 0;
};

void plant(std::vector<Runner>& field, Dealer& dealer, Trouble trouble, std::uint32_t per_million) {
  for (const std::size_t i : dealer.take(per_million)) add_trouble(field[i].troubles, trouble);
}

void plant_at_start(const Plan& plan, std::vector<Runner>& field, Random& random) {
  Dealer dealer(field, random);
  for (const std::size_t i : dealer.take(30000)) {
    field[i].starts = false;
    add_trouble(field[i].troubles, Trouble::DidNotStart);
  }
  plant(field, dealer, Trouble::PenOnMat, 15000);
  plant(field, dealer, Trouble::GelReturn, 600);
  plant(field, dealer, Trouble::LateStart, 1500);
  if (plan.waves.size() < 2) return;
  for (const std::size_t i : dealer.take(6000)) {
    if (field[i].wave == 0) continue;
    field[i].started_wave = field[i].wave - 1;
    add_trouble(field[i].troubles, Trouble::OtherWave);
  }
}

void plant_at_finish(std::vector<Runner>& field, Random& random) {
  Dealer dealer(field, random);
  plant(field, dealer, Trouble::FinishWait, 30000);
  plant(field, dealer, Trouble::WalkHome, 8000);
  for (const std::size_t i : dealer.take(12000)) {
    if (field[i].starts) add_trouble(field[i].troubles, Trouble::DidNotFinish);
  }
}

/// The next runner dealt who starts, in a wave if one is asked for.
std::optional<std::size_t> next_starter(const std::vector<Runner>& field,
                                        std::vector<std::size_t>& dealt,
                                        std::optional<std::size_t> wave = {}) {
  for (std::size_t k = dealt.size(); k > 0; --k) {
    const std::size_t i = dealt[k - 1];
    const Runner& runner = field[i];
    if (!runner.starts || runner.started_wave != runner.wave) continue;
    if (wave && runner.wave != *wave) continue;
    dealt.erase(dealt.begin() + static_cast<std::ptrdiff_t>(k) - 1);
    return i;
  }
  return std::nullopt;
}

void plant_with_chips(std::vector<Runner>& field, Random& random) {
  Dealer dealer(field, random);
  ChipNumber next_chip = 0;
  for (const Runner& runner : field) next_chip = std::max(next_chip, runner.chips.front());
  for (const std::size_t i : dealer.take(500)) {
    field[i].chips.push_back(++next_chip);
    field[i].carries = field[i].chips;
    add_trouble(field[i].troubles, Trouble::SecondChip);
  }
  std::vector<std::size_t> dealt = dealer.take(20000);
  const auto pairs = std::max<std::size_t>(1, field.size() / 5000);
  for (std::size_t n = 0; n < pairs; ++n) {
    const auto a = next_starter(field, dealt);
    const auto b = a ? next_starter(field, dealt, field[*a].wave) : std::nullopt;
    if (!b) return;
    std::swap(field[*a].carries, field[*b].carries);
    add_trouble(field[*a].troubles, Trouble::SwappedChips);
    add_trouble(field[*b].troubles, Trouble::SwappedChips);
  }
  for (std::size_t n = 0; n < pairs; ++n) {
    const auto a = next_starter(field, dealt);
    const auto b = a ? next_starter(field, dealt, field[*a].wave) : std::nullopt;
    if (!b) return;
    // b stays at home; a carries b's chip over the whole course.
    field[*b].starts = false;
    field[*a].carries.push_back(field[*b].chips.front());
    field[*b].carries.clear();
    add_trouble(field[*b].troubles, Trouble::CarriedChip);
  }
  const auto a = next_starter(field, dealt);
  const auto b = a ? next_starter(field, dealt) : std::nullopt;
  if (!b) return;
  // The list gives one chip to two bibs; the second never gets one.
  field[*b].chips = field[*a].chips;
  field[*b].carries.clear();
  field[*b].starts = false;
  add_trouble(field[*a].troubles, Trouble::SharedChip);
  add_trouble(field[*b].troubles, Trouble::SharedChip);
}

void plant_in_list(std::vector<Runner>& field, Random& random) {
  Dealer dealer(field, random);
  for (const std::size_t i : dealer.take(200)) {
    field[i].entrant.sex.reset();
    add_trouble(field[i].troubles, Trouble::NoSex);
  }
  for (std::size_t n = 0; n < strange_name_count(); ++n) {
    for (const std::size_t i : dealer.take(0)) {
      const PersonName name = strange_name(n);
      field[i].person.first_name = name.first;
      field[i].person.last_name = name.last;
      add_trouble(field[i].troubles, Trouble::StrangeName);
    }
  }
}

Box* box_named(Plan& plan, const std::string& name) {
  for (Box& box : plan.boxes) {
    if (box.name == name) return &box;
  }
  return nullptr;
}

BoxMarker marker(base::RaceTime at, std::string type, std::string value) {
  BoxMarker made;
  made.at = at;
  made.type = std::move(type);
  made.value = std::move(value);
  return made;
}

/// From `wakes` until `set` the box counts from 1980; then an operator sets it right.
void wake_in_1980(Box& box, base::RaceTime wakes, base::RaceTime set) {
  constexpr base::Date kZero{1980, 1, 1};
  const Duration zero = std::chrono::hours(24) * base::days_from_epoch(kZero);
  ClockSpan wrong;
  wrong.from = wakes;
  wrong.ahead = zero - (wakes.time_since_epoch() + kEventOffset);
  wrong.known_correction = -wrong.ahead;
  ClockSpan right;
  right.from = set;
  // A box that was never right before has no earlier span.
  if (box.clock.size() == 1 && box.clock.front().from + minutes(60) >= wakes) box.clock.clear();
  box.clock.push_back(wrong);
  box.clock.push_back(right);
  box.markers.push_back(marker(wakes, "Powerup", "Controller"));
  box.markers.push_back(marker(set, "TimeChange", ""));
  box.markers.back().old_time_is_value = true;
}

void lose_power(Box& box, base::RaceTime from, base::RaceTime until) {
  box.deaf.push_back({from, until});
  box.markers.push_back(marker(from, "GeneralAlert", "Primary Pwr Lost"));
}

}  // namespace

void plant_people_troubles(const Plan& plan, std::vector<Runner>& field, Random& random) {
  plant_at_start(plan, field, random);
  plant_at_finish(field, random);
  plant_with_chips(field, random);
  plant_in_list(field, random);
}

void plant_box_troubles(Plan& plan, const std::vector<Trouble>& leave_out) {
  const auto wanted = [&](Trouble trouble) {
    return std::find(leave_out.begin(), leave_out.end(), trouble) == leave_out.end();
  };
  const base::RaceTime gun = plan.waves.front().gun;
  const base::RaceTime morning = local_time(minutes(390));
  if (Box* box = box_named(plan, "START2"); box != nullptr && wanted(Trouble::Clock1980)) {
    wake_in_1980(*box, morning,
                 base::RaceTime(gun.time_since_epoch() / seconds(1) * seconds(1)) + minutes(3));
    box->troubles.push_back(Trouble::Clock1980);
  }
  if (Box* box = box_named(plan, "P25k"); box != nullptr && wanted(Trouble::ClockReset)) {
    const base::RaceTime lost = local_time(minutes(655));
    lose_power(*box, lost, lost + minutes(2));
    wake_in_1980(*box, lost + minutes(2), lost + minutes(14));
    box->troubles = {Trouble::ClockReset, Trouble::PowerLoss};
  }
  if (Box* box = box_named(plan, "FINISH2"); box != nullptr && wanted(Trouble::ClockOffset)) {
    box->clock.front().ahead = std::chrono::milliseconds(1500);
    box->clock.front().known_correction = -std::chrono::milliseconds(1500);
    box->configured_offset = -std::chrono::milliseconds(1500);
    box->troubles.push_back(Trouble::ClockOffset);
  }
  if (Box* box = box_named(plan, "P40k"); box != nullptr && wanted(Trouble::ClockHour)) {
    box->clock.front().ahead = std::chrono::hours(1);
    box->clock.front().known_correction = -std::chrono::hours(1);
    box->accepted_correction = -std::chrono::hours(1);
    box->troubles.push_back(Trouble::ClockHour);
  }
  if (Box* box = box_named(plan, "P15k"); box != nullptr && wanted(Trouble::ClockDrift)) {
    box->clock.front().drift_per_billion = 6000;
    box->troubles.push_back(Trouble::ClockDrift);
  }
  if (Box* box = box_named(plan, "P20k"); box != nullptr && wanted(Trouble::DeadAntenna)) {
    box->dead_antenna = 3;
    box->troubles.push_back(Trouble::DeadAntenna);
  }
  if (Box* box = box_named(plan, "P35k"); box != nullptr && wanted(Trouble::DeadMat)) {
    const base::RaceTime dead = local_time(minutes(722));
    box->deaf.push_back({dead, dead + minutes(6)});
    box->troubles.push_back(Trouble::DeadMat);
  }
}

}  // namespace hs::sim
