#include <algorithm>

#include "moments/earlier.h"

// Implementation notes: three ways of being at the start again. Away is told only where the
// archive has the editions between, or nobody could know that they were away. The longest absence
// is no measure: it is as long as the archive, every year anew, of everybody who ran its first
// edition. What is rare is somebody who belonged here and then was long away: finishes times
// editions away, both of which the archive has to show, so that its edge makes nobody rare.

namespace hs::moments {
namespace {

constexpr int kLeastYears = 5;
constexpr std::size_t kLeastEditionsAway = 3;
/// Fewer who come back after a stopped race are their own stories, not the field's.
constexpr std::uint32_t kLeastBack = 10;

bool finished(const model::PastResult* result) {
  return result != nullptr && result->status == model::RunnerStatus::Finished;
}

}  // namespace

std::vector<Found> find_back_after_years(const FieldView& view) {
  const Earlier earlier(view);
  const auto& editions = earlier.editions();
  std::vector<Ranked> ranked;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    std::size_t away = 0;
    const model::PastResult* last = nullptr;
    for (auto race = editions.rbegin(); race != editions.rend() && last == nullptr; ++race) {
      last = earlier.in(row, *race);
      // Who was at the start of one was not away.
      if (last == nullptr) ++away;
    }
    if (!finished(last) || away < kLeastEditionsAway) continue;
    const int years = earlier.years_since(last->race);
    if (years < kLeastYears) continue;
    std::size_t before = 0;
    double sure = 1;
    for (const std::uint32_t race : editions) {
      const model::PastResult* result = earlier.in(row, race);
      if (!finished(result)) continue;
      sure = std::min(sure, result->sure);
      ++before;
    }
    Ranked one{row, static_cast<double>(before * away), sure, {}};
    one.evidence = {earlier.evidence_of("last-here", row, *last)};
    one.evidence.front().years = years;
    one.evidence.front().of = static_cast<std::uint32_t>(away);
    one.evidence.front().rank_in_field = static_cast<std::uint32_t>(before);
    ranked.push_back(std::move(one));
  }
  return tell_ranked(view, model::MomentKind::BackAfterYears, std::move(ranked));
}

std::vector<Found> find_after_dnf(const FieldView& view) {
  const Earlier earlier(view);
  std::vector<Ranked> ranked;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    std::uint32_t tries = 0;
    double sure = 1;
    const model::PastResult* last = nullptr;
    bool ever = false;
    for (auto race = earlier.editions().rbegin(); race != earlier.editions().rend(); ++race) {
      const model::PastResult* result = earlier.in(row, *race);
      if (result == nullptr) continue;
      ever = ever || finished(result);
      if (ever) break;
      // Where the race itself was stopped, nobody gave up.
      const bool gave_up = result->status == model::RunnerStatus::DidNotFinish;
      if (!gave_up || earlier.race(*race).is_interrupted) continue;
      if (last == nullptr) last = result;
      sure = std::min(sure, result->sure);
      ++tries;
    }
    if (last == nullptr) continue;
    Ranked one{row, static_cast<double>(tries), sure, {}};
    one.evidence = {earlier.evidence_of("not-finished", row, *last)};
    one.evidence.front().seconds.reset();
    one.evidence.front().rank_in_field = tries;
    one.evidence.front().given = ever ? "again" : "first";
    ranked.push_back(std::move(one));
  }
  return tell_ranked(view, model::MomentKind::AfterDnf, std::move(ranked));
}

std::vector<Found> find_after_interruption(const FieldView& view) {
  const Earlier earlier(view);
  if (earlier.editions().empty()) return {};
  const std::uint32_t stopped = earlier.editions().back();
  if (!earlier.race(stopped).is_interrupted) return {};
  std::uint32_t back = 0;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const model::PastResult* result = earlier.in(row, stopped);
    const bool counts = result != nullptr && !finished(result) && result->sure >= kLeastSure;
    back += counts ? 1u : 0u;
  }
  if (back < kLeastBack) return {};
  Found out;
  out.moment =
      make_moment_of(view, model::MomentKind::AfterInterruption, {}, view.finish(), 0.0, 1.0);
  put_on_shelf(out.moment);
  out.minutes_order = back;
  model::Evidence count = earlier.evidence("stopped-and-back", stopped);
  count.rank_in_field = back;
  count.of = static_cast<std::uint32_t>(view.rows());
  out.moment.evidence = {count};
  return {out};
}

}  // namespace hs::moments
