#include "evaluate/moment_recompute.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// Implementation notes: on purpose a second way to each number, from the results and in integers;
// where a detector and this disagree one of them is wrong. What a word of evidence means is said
// where its detector makes it.

namespace hs::evaluate {
namespace {

using model::Evidence;
using model::Moment;
using Micros = std::optional<std::int64_t>;

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kNeighbourMillimetres = 2'000'000;
constexpr std::size_t kMostComplaints = 10;

/// Whole seconds, cut.
std::int64_t cut(std::int64_t micros) {
  return micros >= 0 ? micros / kSecond : -((-micros + kSecond - 1) / kSecond);
}

/// What a piece of evidence should say; a number absent here is one nobody can work out.
struct Right {
  std::optional<std::int64_t> seconds, rank, of, years, next_years;
  std::int64_t slack = 0;        ///< Seconds that two ways through doubles may differ.
  std::int64_t count_slack = 0;  ///< Runners who lie on a limit.
};

class Book {
 public:
  Book(const Moment& moment, const model::EventResults& results)
      : moment_(moment), results_(results), race_(results.event.races[moment.race.raw()]) {
    for (const model::RunnerResult& runner : results.runners) {
      const model::Entrant& entrant = results.entrants[runner.entrant.raw()];
      if (runner.race != moment.race) continue;
      by_bib_[entrant.bib] = &runner;
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

  [[nodiscard]] std::optional<Right> right(const Evidence& e) const {
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
                                                     {"seed-best", &Book::seed}};
    const auto at = kWays.find(e.what);
    if (at == kWays.end()) return std::nullopt;
    return (this->*at->second)(e);
  }

 private:
  using Runner = model::RunnerResult;

  [[nodiscard]] std::size_t point(const std::string& id) const {
    for (std::size_t i = 0; i < race_.points.size(); ++i) {
      if (race_.points[i].id == id) return i;
    }
    return 0;
  }
  [[nodiscard]] const Runner* runner(const Evidence& e, std::size_t nth) const {
    const auto at = nth < e.bibs.size() ? by_bib_.find(e.bibs[nth]) : by_bib_.end();
    return at == by_bib_.end() ? nullptr : at->second;
  }
  [[nodiscard]] static Micros net(const Runner* r, std::size_t p) {
    if (r == nullptr) return std::nullopt;
    if (p == 0) return 0;
    return r->splits[p].net ? Micros(r->splits[p].net->value().count()) : std::nullopt;
  }
  [[nodiscard]] Micros at_clock(const Runner* r, std::size_t p) const {
    if (r == nullptr || !r->splits[p].passing) return std::nullopt;
    return (r->splits[p].passing->at - zero_.value_or(results_.event.begins)).count();
  }
  [[nodiscard]] static Micros between(const Runner* r, std::size_t from, std::size_t to) {
    const Micros a = net(r, from);
    const Micros b = net(r, to);
    return a && b ? Micros(*b - *a) : std::nullopt;
  }
  [[nodiscard]] std::int64_t millimetres(std::size_t p) const {
    return race_.points[p].distance.in_millimetres();
  }
  [[nodiscard]] bool is_timed(std::size_t p) const {
    return race_.points[p].role == model::PointRole::Timed;
  }
  /// Microseconds a millimetre.
  [[nodiscard]] double pace(const Runner* r, std::size_t from, std::size_t to) const {
    return static_cast<double>(between(r, from, to).value_or(0)) /
           static_cast<double>(millimetres(to) - millimetres(from));
  }
  /// The nearest point `step` before or behind `p` that heard the runner, 2 km off or more.
  [[nodiscard]] std::optional<std::size_t> neighbour(const Runner* r, std::size_t p,
                                                     int step) const {
    auto i = static_cast<std::int64_t>(p) + step;
    for (; i >= 0 && i < static_cast<std::int64_t>(race_.points.size()); i += step) {
      const auto q = static_cast<std::size_t>(i);
      const bool far = std::abs(millimetres(q) - millimetres(p)) >= kNeighbourMillimetres;
      if (far && is_timed(q) && net(r, q)) return q;
    }
    return std::nullopt;
  }

  [[nodiscard]] Right stretch(const Evidence& e) const {
    const std::size_t from = point(e.from);
    const std::size_t to = point(e.to);
    Right right;
    const Micros took = between(runner(e, 0), from, to);
    if (!took) return right;
    right.seconds = cut(*took);
    if (!e.rank_in_field) return right;
    std::int64_t slower = 0;
    std::int64_t timed = 0;
    for (const Runner* other : field_) {
      const Micros theirs = between(other, from, to);
      timed += theirs ? 1 : 0;
      slower += theirs && *theirs > *took ? 1 : 0;
    }
    right.rank = slower + 1;
    right.of = timed;
    return right;
  }
  [[nodiscard]] Right lost(const Evidence& e) const {
    const Runner* r = runner(e, 0);
    const std::size_t from = point(e.from);
    const std::size_t to = point(e.to);
    const auto first = neighbour(r, from, -1);
    const auto last = neighbour(r, to, 1);
    Right right;
    right.slack = 1;
    if (!first || !last) return right;
    const double usual = std::sqrt(pace(r, *first, from) * pace(r, to, *last));
    const double lost =
        (pace(r, from, to) - usual) * static_cast<double>(millimetres(to) - millimetres(from));
    right.seconds = cut(std::llround(lost));
    return right;
  }
  [[nodiscard]] Right shared_loss(const Evidence& e) const {
    const std::size_t from = point(e.from);
    const std::size_t to = point(e.to);
    Right right;
    right.slack = 1;
    for (std::size_t i = 0; i < e.bibs.size(); ++i) {
      const Runner* r = runner(e, i);
      if (!between(r, from, to)) return right;
      const auto one = cut(std::llround((pace(r, from, to) - pace(r, 0, from)) *
                                        static_cast<double>(millimetres(to) - millimetres(from))));
      right.seconds = right.seconds ? std::min(*right.seconds, one) : one;
    }
    return right;
  }
  [[nodiscard]] Right place(const Evidence& e) const {
    const std::size_t asked = point(moment_.evidence.front().to);
    const std::size_t to = point(e.to);
    const Micros own = net(runner(e, 0), to);
    Right right;
    right.rank = 1;
    right.of = 0;
    for (const Runner* other : field_) {
      if (!net(other, asked)) continue;
      ++*right.of;
      const Micros theirs = net(other, to);
      *right.rank += theirs && own && *theirs < *own ? 1 : 0;
    }
    return right;
  }
  /// Of the oldest, of one with so many older, or of the youngest.
  [[nodiscard]] Right age(const Evidence& e) const {
    std::vector<int> ages;
    for (const Runner* r : field_) {
      const auto& age = results_.entrants[r->entrant.raw()].age;
      if (age) ages.push_back(*age);
    }
    std::sort(ages.begin(), ages.end(), std::greater<>());
    Right right;
    right.of = static_cast<std::int64_t>(ages.size());
    const Runner* own = runner(e, 0);
    const auto years = own != nullptr ? results_.entrants[own->entrant.raw()].age : std::nullopt;
    if (!years || ages.size() < 2) return right;
    right.years = *years;
    right.next_years = *years == ages.front() ? ages[1] : ages[ages.size() - 2];
    right.rank = 1 + std::count_if(ages.begin(), ages.end(), [&](int age) { return age > *years; });
    return right;
  }
  [[nodiscard]] Right start_gap(const Evidence& e) const {
    const Runner* a = runner(e, 0);
    const Runner* b = runner(e, 1);
    Right right;
    if (a != nullptr && b != nullptr && a->start_at && b->start_at) {
      right.seconds = cut(std::abs((*a->start_at - *b->start_at).count()));
    }
    return right;
  }
  [[nodiscard]] Right clock(const Evidence& e) const {
    const std::size_t to = point(e.to);
    Right right;
    if (const Micros at = at_clock(runner(e, 0), to)) right.seconds = cut(*at);
    right.of = std::count_if(field_.begin(), field_.end(),
                             [&](const Runner* r) { return at_clock(r, to).has_value(); });
    return right;
  }
  [[nodiscard]] Micros clock_apart(const Evidence& e, std::size_t p) const {
    const Micros a = at_clock(runner(e, 0), p);
    const Micros b = at_clock(runner(e, 1), p);
    return a && b ? Micros(std::abs(*a - *b)) : std::nullopt;
  }
  [[nodiscard]] Right apart(const Evidence& e) const {
    Right right;
    const Micros apart = clock_apart(e, point(e.to));
    if (!apart) return right;
    // Of a guide the words say "within", so one more.
    const bool within = moment_.kind == model::MomentKind::GuidePair;
    right.seconds = cut(*apart) + (within ? 1 : 0);
    return right;
  }
  [[nodiscard]] Right group(const Evidence& e) const {
    const std::size_t to = point(e.to);
    Micros first, last;
    for (std::size_t i = 0; i < e.bibs.size(); ++i) {
      const Micros at = at_clock(runner(e, i), to);
      if (!at) return {};
      first = first ? std::min(*first, *at) : *at;
      last = last ? std::max(*last, *at) : *at;
    }
    Right right;
    if (!first) return right;
    right.seconds = cut(*last - *first) + 1;
    right.rank = static_cast<std::int64_t>(e.bibs.size());
    const std::string& name = results_.persons[runner(e, 0)->entrant.raw()].group;
    right.of = std::count_if(field_.begin(), field_.end(), [&](const Runner* r) {
      const std::size_t id = r->entrant.raw();
      return results_.persons[id].group == name && !results_.entrants[id].is_private &&
             at_clock(r, to);
    });
    return right;
  }
  [[nodiscard]] Right gap_before(const Evidence& e) const {
    const std::size_t to = point(e.to);
    const Micros own = at_clock(runner(e, 0), to);
    Micros before;
    for (const Runner* r : field_) {
      const Micros at = at_clock(r, to);
      if (r == runner(e, 0) || !at || !own || *at > *own) continue;
      before = before ? std::max(*before, *at) : *at;
    }
    Right right;
    if (before) right.seconds = cut(*own - *before);
    return right;
  }
  /// Everybody else at the line within so many seconds, half of them before the first of the pair.
  [[nodiscard]] Right crowd(const Evidence& e) const {
    const std::size_t to = point(e.to);
    const Evidence& pair = moment_.evidence.front();
    const Micros own = at_clock(runner(pair, 0), to);
    const std::int64_t half = e.seconds.value_or(0) * kSecond / 2;
    Right right;
    right.seconds = e.seconds;  // The width is a choice, not a measure.
    if (!own) return right;
    right.of = std::count_if(field_.begin(), field_.end(), [&](const Runner* r) {
      const Micros at = at_clock(r, to);
      return at && r->start_at && std::abs(*at - *own) <= half;
    });
    *right.of -= 2;
    return right;
  }
  [[nodiscard]] Right agreement(const Evidence& e) const {
    const std::size_t from = point(e.from);
    const std::size_t to = point(e.to);
    const std::int64_t within = e.seconds.value_or(0) * kSecond;
    // `finish-together` counts the points on the way only.
    const bool way = moment_.kind == model::MomentKind::FinishTogether;
    const std::size_t last = race_.points.size() - (way ? 2 : 1);
    Right right;
    right.seconds = e.seconds;
    right.rank = 0;
    right.of = 0;
    for (std::size_t p = 1; p <= last; ++p) {
      const Micros apart = clock_apart(e, p);
      if (!apart || !is_timed(p)) continue;
      ++*right.of;
      *right.rank += p >= from && p <= to && *apart <= within ? 1 : 0;
    }
    return right;
  }
  [[nodiscard]] Right same_times(const Evidence& e) const {
    const std::int64_t within = e.seconds.value_or(0) * kSecond;
    Right right;
    right.seconds = e.seconds;
    right.rank = 0;
    for (std::size_t p = 1; p < race_.points.size(); ++p) {
      const Micros a = net(runner(e, 0), p);
      const Micros b = net(runner(e, 1), p);
      if (a && b && is_timed(p)) *right.rank += std::abs(*a - *b) <= within ? 1 : 0;
    }
    return right;
  }
  [[nodiscard]] const model::NoteFact* note_of(const Evidence& e) const {
    for (const model::Note& note : results_.notes) {
      if (e.note == note.seq) return &note.note;
    }
    return nullptr;
  }
  /// How long it was, and how many finishers were on the course all the while.
  [[nodiscard]] Right storm(const Evidence& e) const {
    Right right;
    const model::NoteFact* note = note_of(e);
    if (note == nullptr || !note->from || !note->until) return right;
    right.seconds = cut((*note->until - *note->from).count());
    const std::size_t finish = race_.points.size() - 1;
    right.of = std::count_if(field_.begin(), field_.end(), [&](const Runner* r) {
      const auto& in = r->splits[finish].passing;
      return r->start_at && *r->start_at < *note->from && in && in->at > *note->until;
    });
    return right;
  }
  /// True where these two points are the nearest around the storm that heard the runner.
  [[nodiscard]] bool is_around(const Runner* r, std::size_t from, std::size_t to,
                               const model::NoteFact& storm) const {
    if (!net(r, from) || !net(r, to) || !r->start_at || *r->start_at >= *storm.from) return false;
    for (std::size_t p = 1; p < race_.points.size(); ++p) {
      const auto& passing = r->splits[p].passing;
      if (!passing || !net(r, p) || !is_timed(p) || is_deaf(p)) continue;
      if (p <= from && passing->at > *storm.from) return false;
      if (p >= to && passing->at < *storm.until) return false;
      const bool inside = passing->at <= *storm.from || passing->at >= *storm.until;
      if (p > from && p < to && inside) return false;
    }
    const std::size_t finish = race_.points.size() - 1;
    return r->splits[finish].passing && r->splits[finish].passing->at > *storm.until;
  }
  [[nodiscard]] Right slowed_least(const Evidence& e) const {
    Right right;
    const model::NoteFact* note = note_of(moment_.evidence.front());
    const Runner* own = runner(e, 0);
    if (note == nullptr || !note->from || !note->until || own == nullptr) return right;
    const std::size_t from = point(e.from);
    const std::size_t to = point(e.to);
    right.count_slack = 1;  // Who ran the same paces as this one but for the last bit.
    right.rank = 1;
    right.of = 0;
    for (const Runner* r : field_) {
      if (!is_around(r, from, to, *note)) continue;
      const auto on_it = r->splits[to].passing->at - r->splits[from].passing->at;
      if (4 * (*note->until - *note->from) < on_it) continue;
      ++*right.of;
      *right.rank +=
          pace(r, from, to) * pace(own, 0, from) < pace(own, from, to) * pace(r, 0, from) ? 1 : 0;
    }
    return right;
  }
  [[nodiscard]] Right negative_splits(const Evidence& e) const {
    const std::size_t half = point(e.to);
    const std::size_t finish = race_.points.size() - 1;
    Right right;
    right.rank = 0;
    right.of = 0;
    for (const Runner* r : field_) {
      if (!net(r, half)) continue;
      ++*right.of;
      *right.rank += pace(r, half, finish) < pace(r, 0, half) ? 1 : 0;
    }
    return right;
  }
  /// True where so many of the field were missed that the point says nothing.
  [[nodiscard]] bool is_deaf(std::size_t p) const {
    const auto missed =
        std::count_if(field_.begin(), field_.end(), [&](const Runner* r) { return !net(r, p); });
    return missed * 10 > static_cast<std::ptrdiff_t>(field_.size()) * 3;
  }
  [[nodiscard]] bool is_doubted(std::size_t p) const {
    return std::any_of(results_.attention.begin(), results_.attention.end(), [&](const auto& a) {
      return a.kind == model::Attention::Kind::ClockSuspected && a.mat == race_.points[p].mat &&
             a.amount && std::abs(a.amount->count()) > kSecond;
    });
  }
  /// The course in stretches of two kilometres or more between mats that can be trusted, and how
  /// many were timed over all of them.
  [[nodiscard]] Right stretches(const Evidence&) const {
    const std::size_t finish = race_.points.size() - 1;
    std::vector<std::size_t> ends = {0};
    for (std::size_t p = 1; p <= finish; ++p) {
      if (!is_timed(p) || is_deaf(p) || is_doubted(p)) continue;
      if (millimetres(p) - millimetres(ends.back()) >= kNeighbourMillimetres) ends.push_back(p);
    }
    if (ends.size() > 1) ends.back() = finish;
    Right right;
    right.rank = static_cast<std::int64_t>(ends.size()) - 1;
    right.of = std::count_if(field_.begin(), field_.end(), [&](const Runner* r) {
      for (std::size_t i = 1; i < ends.size(); ++i) {
        if (between(r, ends[i - 1], ends[i]).value_or(0) <= 0) return false;
      }
      return true;
    });
    return right;
  }
  /// Who slowed by a quarter in a stretch of two kilometres or more behind 45 % of the course, and
  /// who of them ran the rest, a tenth of the course or more, within a tenth of the pace before.
  [[nodiscard]] Right comebacks(const Evidence&) const {
    const std::size_t finish = race_.points.size() - 1;
    const std::int64_t course = millimetres(finish);
    Right right;
    right.rank = 0;
    right.of = 0;
    std::vector<bool> deaf;
    for (std::size_t p = 0; p <= finish; ++p) deaf.push_back(is_deaf(p));
    for (const Runner* r : field_) {
      bool slowed = false;
      bool back = false;
      for (std::size_t p = 2; p < finish; ++p) {
        const bool late = millimetres(p) * 100 > course * 45;
        if (!late || (course - millimetres(p)) * 10 < course || deaf[p] || !net(r, p)) continue;
        const auto from = is_timed(p) ? neighbour(r, p, -1) : std::nullopt;
        if (!from || *from == 0 || millimetres(*from) * 100 < course * 45) continue;
        const double base = pace(r, 0, *from);
        const double dip = pace(r, *from, p) / base;
        const double rest = pace(r, p, finish) / base;
        // Published times are coarse: some ratios lie on the limit to the last digit.
        for (const double off : {dip - 1.25, rest - 0.9, rest - 1.1}) {
          right.count_slack += std::abs(off) < 1e-9 ? 1 : 0;
        }
        if (!(dip > 1.25)) continue;
        slowed = true;
        back = back || (rest >= 0.9 && rest <= 1.1);
      }
      *right.of += slowed ? 1 : 0;
      *right.rank += back ? 1 : 0;
    }
    return right;
  }
  [[nodiscard]] std::vector<std::int64_t> ranking_front(const std::string& given) const {
    std::map<std::uint32_t, std::int64_t> front;
    for (const Runner* r : field_) {
      const auto& sex = results_.entrants[r->entrant.raw()].sex;
      const bool all = given == "all";
      if (!all && (!sex || given != model::name_of(*sex))) continue;
      const auto& place = all ? r->places.overall : r->places.sex;
      if (place && place->place <= 10 && r->ranking) front[place->place] = r->ranking->count();
    }
    std::vector<std::int64_t> times;
    for (const auto& [place, time] : front) times.push_back(time);
    return times;
  }
  [[nodiscard]] Right front(const Evidence&) const {
    const auto times = ranking_front(moment_.evidence.front().given);
    Right right;
    if (times.empty()) return right;
    right.seconds = cut(times.back() - times.front());
    right.of = static_cast<std::int64_t>(times.size());
    return right;
  }
  [[nodiscard]] Right win(const Evidence& e) const {
    const auto times = ranking_front(e.given);
    Right right;
    if (times.size() > 1) right.seconds = cut(times[1] - times[0]);
    return right;
  }

  /// How far under the hour, half hour or goal that the evidence names.
  [[nodiscard]] Right barrier(const Evidence& e) const {
    const Micros total = net(runner(e, 0), point(e.to));
    Right right;
    if (total && e.expected_seconds) right.seconds = *e.expected_seconds - cut(*total);
    return right;
  }
  [[nodiscard]] Right several(const Evidence&) const {
    Right right;
    right.of = static_cast<std::int64_t>(moment_.people.size());
    return right;
  }
  [[nodiscard]] Right heard(const Evidence& e) const {
    Right right;
    right.rank = std::count_if(field_.begin(), field_.end(),
                               [&](const Runner* r) { return net(r, point(e.to)).has_value(); });
    right.of = static_cast<std::int64_t>(field_.size());
    return right;
  }
  /// The middle one's time over one half of the course.
  [[nodiscard]] Right middle(const Evidence& e) const {
    std::vector<std::int64_t> took;
    for (const Runner* r : field_) {
      if (const Micros one = between(r, point(e.from), point(e.to))) took.push_back(*one);
    }
    Right right;
    right.of = static_cast<std::int64_t>(took.size());
    if (!took.empty()) right.seconds = cut(middle_of(std::move(took)));
    return right;
  }
  /// What the stretch would have taken at the pace until there.
  [[nodiscard]] Right at_the_pace(const Evidence& e) const {
    const std::size_t from = point(e.from);
    const Runner* r = runner(e, 0);
    Right right;
    right.slack = 1;
    if (!net(r, from)) return right;
    right.seconds = cut(std::llround(
        pace(r, 0, from) * static_cast<double>(millimetres(point(e.to)) - millimetres(from))));
    return right;
  }
  /// Of an even number the later one.
  [[nodiscard]] static std::int64_t middle_of(std::vector<std::int64_t> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
  }
  /// Finishing times of those who were given a bib or a wave like this runner's, without theirs.
  [[nodiscard]] std::vector<std::int64_t> seeded_alike(const Runner* own, bool by_bib) const {
    std::vector<std::pair<std::uint64_t, const Runner*>> order;
    for (const Runner* r : field_) {
      const std::string bib = results_.entrants[r->entrant.raw()].bib.str();
      const bool is_number =
          std::all_of(bib.begin(), bib.end(), [](char c) { return c >= '0' && c <= '9'; });
      if (by_bib && is_number && !bib.empty()) order.emplace_back(std::stoull(bib), r);
      if (!by_bib && r->gun_at == own->gun_at) order.emplace_back(0, r);
    }
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first < b.first : a.second->entrant < b.second->entrant;
    });
    // A hundred before and behind the block of twenty-five in which the bib is.
    const auto at = std::find_if(order.begin(), order.end(),
                                 [&](const auto& one) { return one.second == own; });
    const std::int64_t block = (at - order.begin()) / 25 * 25;
    std::vector<std::int64_t> times;
    for (std::int64_t i = 0; i < static_cast<std::int64_t>(order.size()); ++i) {
      const bool near = !by_bib || (i >= block - 100 && i < block + 125);
      const Runner* r = order[static_cast<std::size_t>(i)].second;
      if (near && r != own) times.push_back(*net(r, race_.points.size() - 1));
    }
    return times;
  }
  /// Where the middle one, or the first, of those seeded alike came in.
  [[nodiscard]] Right seed(const Evidence& e) const {
    const Evidence& own = moment_.evidence.front();
    const Runner* r = runner(own, 0);
    Right right;
    if (r == nullptr) return right;
    const auto by_wave =
        std::any_of(moment_.evidence.begin(), moment_.evidence.end(),
                    [](const Evidence& one) { return one.what == "seed" && one.given == "wave"; });
    const std::vector<std::int64_t> times = seeded_alike(r, !by_wave);
    right.of = static_cast<std::int64_t>(times.size());
    if (times.empty()) return right;
    const std::int64_t time =
        e.what == "seed" ? middle_of(times) : *std::min_element(times.begin(), times.end());
    right.rank = 1 + std::count_if(field_.begin(), field_.end(), [&](const Runner* other) {
                   return *net(other, race_.points.size() - 1) < time;
                 });
    return right;
  }

  const Moment& moment_;
  const model::EventResults& results_;
  const model::Race& race_;
  std::map<model::BibNumber, const Runner*> by_bib_;
  std::vector<const Runner*> field_;
  std::optional<base::RaceTime> zero_;
};

void check(const char* what, const std::optional<std::int64_t>& told,
           const std::optional<std::int64_t>& right, std::int64_t slack, const Moment& moment,
           const Evidence& e, Recomputed& out) {
  if (!told) return;
  ++out.numbers;
  if (right && std::abs(*told - *right) <= slack) return;
  ++out.wrong;
  if (out.complaints.size() >= kMostComplaints) return;
  out.complaints.push_back(fmt::format("{} {}: {} of '{}' {}..{} is {}, worked out again {}",
                                       model::name_of(moment.kind), moment.id, what, e.what, e.from,
                                       e.to, *told, right ? std::to_string(*right) : "nothing"));
}

std::optional<std::int64_t> wide(const std::optional<std::uint32_t>& value) {
  return value ? std::optional<std::int64_t>(*value) : std::nullopt;
}
std::optional<std::int64_t> wide(const std::optional<int>& value) {
  return value ? std::optional<std::int64_t>(*value) : std::nullopt;
}

void check_expectation(const Moment& moment, const Evidence& e, Recomputed& out) {
  if (!e.expected_seconds) return;
  ++out.expectations;
  const bool ordered =
      !e.expected_least || !e.expected_most ||
      (*e.expected_least <= *e.expected_seconds && *e.expected_seconds <= *e.expected_most);
  if (ordered) return;
  ++out.wrong;
  if (out.complaints.size() >= kMostComplaints) return;
  out.complaints.push_back(fmt::format("{} {}: an expectation outside of its own bounds",
                                       model::name_of(moment.kind), moment.id));
}

}  // namespace

Recomputed recompute(std::span<const Moment> moments, const model::EventResults& results) {
  Recomputed out;
  for (const Moment& moment : moments) {
    const Book book(moment, results);
    for (const Evidence& e : moment.evidence) {
      check_expectation(moment, e, out);
      const auto right = book.right(e);
      if (!right) {
        const bool numbers = e.seconds || e.rank_in_field || e.of || e.years || e.next_years;
        out.unknown += numbers ? 1u : 0u;
        continue;
      }
      check("seconds", e.seconds, right->seconds, right->slack, moment, e, out);
      check("rank", wide(e.rank_in_field), right->rank, right->count_slack, moment, e, out);
      check("of", wide(e.of), right->of, right->count_slack, moment, e, out);
      check("years", wide(e.years), right->years, 0, moment, e, out);
      check("next years", wide(e.next_years), right->next_years, 0, moment, e, out);
    }
  }
  return out;
}

}  // namespace hs::evaluate
