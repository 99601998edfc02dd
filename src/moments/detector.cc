#include "moments/detector.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string>

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

double to_tenth(double value) { return std::round(value * 10) / 10; }

model::Theme theme_of(model::MomentKind kind) {
  switch (kind) {
    case model::MomentKind::LateCollapse:
    case model::MomentKind::LongStop:
    case model::MomentKind::WallComeback:
    case model::MomentKind::LastFinisher:
      return model::Theme::Perseverance;
    case model::MomentKind::NegativeSplit:
    case model::MomentKind::EvenPace:
      return model::Theme::Mastery;
    case model::MomentKind::FinishTogether:
    case model::MomentKind::RanTogether:
    case model::MomentKind::SameTimes:
    case model::MomentKind::Group:
    case model::MomentKind::GuidePair:
      return model::Theme::Together;
    case model::MomentKind::Overtaking:
      return model::Theme::Underdog;
    case model::MomentKind::Oldest:
      return model::Theme::Devotion;
    case model::MomentKind::FirstFinish:
      return model::Theme::Beginning;
    case model::MomentKind::PhotoFinish:
    case model::MomentKind::LeadChangeLate:
      return model::Theme::Line;
  }
  return model::Theme::Perseverance;
}

}  // namespace

model::Moment make_moment(const FieldView& view, model::MomentKind kind,
                          const std::vector<std::size_t>& rows, std::size_t anchor, double net_bits,
                          double valid) {
  model::Moment moment;
  moment.kind = kind;
  moment.theme = theme_of(kind);
  moment.race = view.race;
  moment.anchor = view.points[anchor];
  moment.net_bits = to_tenth(net_bits);
  moment.score = to_tenth(std::min(net_bits, kMostNetBits) * valid);
  moment.as_of = view.results->as_of;
  std::string text = view.race_config().id + "\n" + model::name_of(kind) + "\n";
  for (const std::size_t row : rows) {
    moment.people.push_back(view.people[row]);
    text += view.bib(row).str() + " ";
  }
  text += "\n" + view.point_name(anchor);
  moment.id = base::to_hex(base::sha256(text)).substr(0, kIdDigits);
  return moment;
}

model::Moment make_superlative(const FieldView& view, model::MomentKind kind, std::size_t row,
                               std::size_t anchor, double gap_bits, double valid) {
  const double net = std::max(0.0, net_bits(gap_bits, kSuperlativeLooks));
  model::Moment moment = make_moment(view, kind, {row}, anchor, net, valid);
  moment.score = to_tenth(std::min(kSuperlativeBits + net, kMostNetBits) * valid);
  moment.on_shelf = net < kRareBits;
  return moment;
}

void put_on_shelf(model::Moment& moment) {
  moment.net_bits = 0;
  moment.score = kSuperlativeBits;
  moment.on_shelf = true;
}

double gap_bits(std::span<const double> values) {
  const auto tail = fit_body_tail(values);
  if (!tail || !(tail->scale > 0)) return 0;
  std::vector<double> top(values.begin(), values.end());
  std::nth_element(top.begin(), top.begin() + 1, top.end(), std::greater<>());
  const double best = std::max(top[0], top[1]);
  const double second = std::min(top[0], top[1]);
  return (best - second) / (tail->scale * std::log(2.0));
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
