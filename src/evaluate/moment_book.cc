#include "evaluate/moment_book.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

// Implementation notes: which word of evidence is worked out how, and how the results are read.

namespace hs::evaluate {

namespace {

constexpr std::int64_t kNeighbourMillimetres = 2'000'000;

}  // namespace

std::int64_t cut(std::int64_t micros) {
  return micros >= 0 ? micros / kMicrosOfSecond
                     : -((-micros + kMicrosOfSecond - 1) / kMicrosOfSecond);
}

Book::Book(const model::Moment& moment, const model::EventResults& results)
    : moment_(moment), results_(results), race_(results.event.races[moment.race.raw()]) {
  for (const Runner& runner : results.runners) {
    const model::Entrant& entrant = results.entrants[runner.entrant.raw()];
    if (runner.race != moment.race) continue;
    by_bib_[entrant.bib] = &runner;
    everybody_.push_back(&runner);
    if (runner.status != model::RunnerStatus::Finished || entrant.mode != model::Mode::Foot ||
        runner.splits.empty() || !runner.splits.back().net) {
      continue;
    }
    field_.push_back(&runner);
  }
  for (const model::Wave& wave : race_.waves) {
    if (wave.gun && (!zero_ || *wave.gun < *zero_)) zero_ = wave.gun;
  }
}

std::optional<Right> Book::right(const Evidence& e) const {
  using Way = Right (Book::*)(const Evidence&) const;
  static const std::map<std::string, Way> kWays = {{"passing", &Book::stretch},
                                                   {"interval", &Book::stretch},
                                                   {"lost", &Book::lost},
                                                   {"shared-loss", &Book::shared_loss},
                                                   {"place", &Book::place},
                                                   {"age", &Book::age},
                                                   {"start-gap", &Book::start_gap},
                                                   {"clock", &Book::clock},
                                                   {"pair", &Book::apart},
                                                   {"apart", &Book::apart},
                                                   {"group", &Book::group},
                                                   {"gap-before", &Book::gap_before},
                                                   {"crowd", &Book::crowd},
                                                   {"agreement", &Book::agreement},
                                                   {"behind", &Book::apart},
                                                   {"same-times", &Book::same_times},
                                                   {"front", &Book::front},
                                                   {"win", &Book::win},
                                                   {"negative-splits", &Book::negative_splits},
                                                   {"stretches", &Book::stretches},
                                                   {"comebacks", &Book::comebacks},
                                                   {"barrier", &Book::barrier},
                                                   {"several", &Book::several},
                                                   {"heard", &Book::heard},
                                                   {"middle-of-field", &Book::middle},
                                                   {"at-the-pace-before", &Book::at_the_pace},
                                                   {"storm", &Book::storm},
                                                   {"slowed-least", &Book::slowed_least},
                                                   {"seed", &Book::seed},
                                                   {"seed-best", &Book::seed},
                                                   {"stop-front", &Book::stop_front},
                                                   {"last-heard", &Book::last_heard},
                                                   {"finished", &Book::finished},
                                                   {"start-behind", &Book::start_behind},
                                                   {"passed", &Book::passed},
                                                   {"cutoff", &Book::cutoff},
                                                   {"division-win", &Book::division_win},
                                                   {"place-early", &Book::place_early}};
  const auto at = kWays.find(e.what);
  if (at == kWays.end()) return std::nullopt;
  return (this->*at->second)(e);
}

std::size_t Book::point(const std::string& id) const {
  for (std::size_t i = 0; i < race_.points.size(); ++i) {
    if (race_.points[i].id == id) return i;
  }
  return 0;
}

const Runner* Book::runner(const Evidence& e, std::size_t nth) const {
  const auto at = nth < e.bibs.size() ? by_bib_.find(e.bibs[nth]) : by_bib_.end();
  return at == by_bib_.end() ? nullptr : at->second;
}

Micros Book::net(const Runner* r, std::size_t p) {
  if (r == nullptr) return std::nullopt;
  if (p == 0) return 0;
  return r->splits[p].net ? Micros(r->splits[p].net->value().count()) : std::nullopt;
}

Micros Book::gun(const Runner* r) {
  return r->gun ? Micros(r->gun->value().count()) : std::nullopt;
}

Micros Book::at_clock(const Runner* r, std::size_t p) const {
  if (r == nullptr || !r->splits[p].passing) return std::nullopt;
  return (r->splits[p].passing->at - zero_.value_or(results_.event.begins)).count();
}

Micros Book::between(const Runner* r, std::size_t from, std::size_t to) {
  const Micros a = net(r, from);
  const Micros b = net(r, to);
  return a && b ? Micros(*b - *a) : std::nullopt;
}

std::int64_t Book::millimetres(std::size_t p) const {
  return race_.points[p].distance.in_millimetres();
}

bool Book::is_timed(std::size_t p) const { return race_.points[p].role == model::PointRole::Timed; }

double Book::pace(const Runner* r, std::size_t from, std::size_t to) const {
  return static_cast<double>(between(r, from, to).value_or(0)) /
         static_cast<double>(millimetres(to) - millimetres(from));
}

std::optional<std::size_t> Book::neighbour(const Runner* r, std::size_t p, int step) const {
  auto i = static_cast<std::int64_t>(p) + step;
  for (; i >= 0 && i < static_cast<std::int64_t>(race_.points.size()); i += step) {
    const auto q = static_cast<std::size_t>(i);
    const bool far = std::abs(millimetres(q) - millimetres(p)) >= kNeighbourMillimetres;
    if (far && is_timed(q) && net(r, q)) return q;
  }
  return std::nullopt;
}

bool Book::is_deaf(std::size_t p) const {
  const auto missed =
      std::count_if(field_.begin(), field_.end(), [&](const Runner* r) { return !net(r, p); });
  return missed * 10 > static_cast<std::ptrdiff_t>(field_.size()) * 3;
}

bool Book::is_doubted(std::size_t p) const {
  return std::any_of(results_.attention.begin(), results_.attention.end(), [&](const auto& a) {
    return a.kind == model::Attention::Kind::ClockSuspected && a.mat == race_.points[p].mat &&
           a.amount && std::abs(a.amount->count()) > kMicrosOfSecond;
  });
}

std::int64_t Book::middle_of(std::vector<std::int64_t> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace hs::evaluate
