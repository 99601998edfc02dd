#include "moments/detector.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string>

#include "base/check.h"
#include "base/sha256.h"
#include "moments/body_tail.h"

// Implementation notes: scores and bits are rounded to a tenth before they leave, so that the
// last digits of a logarithm on another build cannot change an order or a page.

namespace hs::moments {
namespace {

constexpr double kMostNetBits = 20;
constexpr double kRareBits = 3;
/// What being the oldest or the last of one edition is worth: one of the two there could be.
constexpr double kSuperlativeBits = 1;
/// Kinds of superlatives tried: each race has several chances of one far ahead of its second.
constexpr double kSuperlativeLooks = 4;
constexpr std::size_t kIdDigits = 16;

/// What a theme is worth beside its rarity, by `model::Theme`. Rarity says how seldom a thing is,
/// not whether it moves anybody. People are moved by closeness shown (help, reunion, staying
/// together), by effort against what was to be expected and by turning points of a life; a fine
/// split is admired, and a margin is what every race is full of.
constexpr std::array kThemeWeights = {
    2.0,  // Together
    1.5,  // Perseverance
    2.0,  // Return
    1.5,  // Devotion
    1.5,  // Underdog
    1.0,  // Line
    1.0,  // Mastery
    2.0,  // Beginning
    2.0,  // Shared
};

struct KindWeight {
  model::MomentKind kind;
  double weight;
};

/// Where a kind differs from its theme. Never above 4: beyond that the weight, not the race, would
/// choose the story.
constexpr std::array kKindWeights = {
    // A race that was stopped is what everybody who was there tells first.
    KindWeight{model::MomentKind::StopFront, 4.0},
    // What every race has one of carries one bit; these two are asked for most.
    KindWeight{model::MomentKind::LastFinisher, 4.0},
    KindWeight{model::MomentKind::FirstFinish, 3.0},
    KindWeight{model::MomentKind::GuidePair, 4.0},
    // Help that somebody signed for moves people most of all; by a note alone it carries one bit.
    KindWeight{model::MomentKind::Helped, 4.0},
    // A machine that failed matters to the timers; the field hardly noticed.
    KindWeight{model::MomentKind::LostMat, 0.5},
};
static_assert(kThemeWeights.size() == static_cast<std::size_t>(model::Theme::Shared) + 1);

double to_tenth(double value) { return std::round(value * 10) / 10; }

model::Theme theme_of(model::MomentKind kind) {
  switch (kind) {
    case model::MomentKind::LateCollapse:
    case model::MomentKind::LongStop:
    case model::MomentKind::WallComeback:
    case model::MomentKind::LastFinisher:
    case model::MomentKind::ThroughTheStorm:
      return model::Theme::Perseverance;
    case model::MomentKind::NegativeSplit:
    case model::MomentKind::EvenPace:
    case model::MomentKind::PersonalBest:
    case model::MomentKind::FirstUnder:
    case model::MomentKind::Record:
    case model::MomentKind::AllTimeList:
      return model::Theme::Mastery;
    case model::MomentKind::BackAfterYears:
    case model::MomentKind::AfterDnf:
    case model::MomentKind::AfterInterruption:
      return model::Theme::Return;
    case model::MomentKind::FinishTogether:
    case model::MomentKind::RanTogether:
    case model::MomentKind::SameTimes:
    case model::MomentKind::Group:
    case model::MomentKind::GuidePair:
    case model::MomentKind::Volunteers:
    case model::MomentKind::WaitedAndReturned:
    case model::MomentKind::Helped:
      return model::Theme::Together;
    case model::MomentKind::Overtaking:
    case model::MomentKind::Unseeded:
    case model::MomentKind::LastToFirst:
      return model::Theme::Underdog;
    case model::MomentKind::Oldest:
    case model::MomentKind::Youngest:
    case model::MomentKind::Streak:
    case model::MomentKind::NthTime:
    case model::MomentKind::AgeGrade:
      return model::Theme::Devotion;
    case model::MomentKind::FirstFinish:
    case model::MomentKind::LateStarter:
    case model::MomentKind::OwnWords:
      return model::Theme::Beginning;
    case model::MomentKind::PhotoFinish:
    case model::MomentKind::LeadChangeLate:
    case model::MomentKind::BeatTheCutoff:
    case model::MomentKind::WinnerOfKind:
      return model::Theme::Line;
    case model::MomentKind::StopFront:
    case model::MomentKind::Heat:
    case model::MomentKind::Storm:
    case model::MomentKind::LostMat:
      return model::Theme::Shared;
  }
  return model::Theme::Perseverance;
}

}  // namespace

double weight_of(model::MomentKind kind) {
  for (const KindWeight& one : kKindWeights) {
    if (one.kind == kind) return one.weight;
  }
  return kThemeWeights[static_cast<std::size_t>(theme_of(kind))];
}

model::Moment make_moment_of(const FieldView& view, model::MomentKind kind,
                             const std::vector<model::EntrantId>& people, std::size_t anchor,
                             double net_bits, double valid) {
  model::Moment moment;
  moment.kind = kind;
  moment.theme = theme_of(kind);
  moment.race = view.race;
  moment.anchor = view.points[anchor];
  moment.net_bits = to_tenth(net_bits);
  moment.score = to_tenth(std::min(net_bits, kMostNetBits) * valid * weight_of(kind));
  moment.as_of = view.results->as_of;
  std::string text = view.race_config().id + "\n" + model::name_of(kind) + "\n";
  for (const model::EntrantId id : people) {
    moment.people.push_back(id);
    text += view.results->entrants[id.raw()].bib.str() + " ";
  }
  text += "\n" + view.point_name(anchor);
  moment.id = base::to_hex(base::sha256(text)).substr(0, kIdDigits);
  return moment;
}

model::Moment make_moment(const FieldView& view, model::MomentKind kind,
                          const std::vector<std::size_t>& rows, std::size_t anchor, double net_bits,
                          double valid) {
  std::vector<model::EntrantId> people;
  for (const std::size_t row : rows) people.push_back(view.people[row]);
  return make_moment_of(view, kind, people, anchor, net_bits, valid);
}

model::Moment make_superlative(const FieldView& view, model::MomentKind kind, std::size_t row,
                               std::size_t anchor, double gap_bits, double valid) {
  const double net = std::max(0.0, net_bits(gap_bits, kSuperlativeLooks));
  model::Moment moment = make_moment(view, kind, {row}, anchor, net, valid);
  moment.score = to_tenth(std::min(kSuperlativeBits + net, kMostNetBits) * valid * weight_of(kind));
  moment.on_shelf = net < kRareBits;
  return moment;
}

void put_on_shelf(model::Moment& moment, std::size_t rank) {
  HS_CHECK(rank > 0, "ranks begin at 1");
  moment.net_bits = 0;
  moment.score = to_tenth(kSuperlativeBits * weight_of(moment.kind) / static_cast<double>(rank));
  moment.on_shelf = true;
}

double gap_bits(std::span<const double> values) {
  const auto tail = fit_body_tail(values);
  if (!tail || !(tail->middle().scale > 0)) return 0;
  std::vector<double> top(values.begin(), values.end());
  std::nth_element(top.begin(), top.begin() + 1, top.end(), std::greater<>());
  const double best = std::max(top[0], top[1]);
  const double second = std::min(top[0], top[1]);
  return (best - second) / (tail->middle().scale * std::log(2.0));
}

std::int64_t whole_seconds(double seconds) {
  return static_cast<std::int64_t>(std::floor(seconds + 1e-6));
}

model::Evidence passing_evidence(const FieldView& view, std::size_t row, std::size_t column) {
  model::Evidence evidence;
  evidence.what = "passing";
  evidence.from = view.point_name(0);
  evidence.to = view.point_name(column);
  evidence.bibs = {view.bib(row)};
  evidence.seconds = whole_seconds(view.net_at(row, column));
  evidence.reads = view.reads(row, std::array{std::size_t{0}, column});
  return evidence;
}

model::Evidence stretch_evidence(const FieldView& view, std::size_t row, std::size_t from,
                                 std::size_t to) {
  model::Evidence evidence;
  evidence.what = "interval";
  evidence.from = view.point_name(from);
  evidence.to = view.point_name(to);
  evidence.bibs = {view.bib(row)};
  evidence.seconds = whole_seconds(view.net_at(row, to) - view.net_at(row, from));
  evidence.reads = view.reads(row, std::array{from, to});
  return evidence;
}

void rank_slowest(const FieldView& view, std::size_t from, double seconds, model::Evidence& into) {
  std::uint32_t slower = 0;
  std::uint32_t timed = 0;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    const double took = view.net_at(row, view.finish()) - view.net_at(row, from);
    if (!is_known(took)) continue;
    ++timed;
    slower += took > seconds ? 1u : 0u;
  }
  into.rank_in_field = slower + 1;
  into.of = timed;
}

}  // namespace hs::moments
