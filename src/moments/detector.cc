#include "moments/detector.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "base/sha256.h"
#include "moments/body_tail.h"

// Implementation notes: scores and bits are rounded to a tenth before they leave, so that the
// last digits of a logarithm on another build cannot change an order or a page.

namespace hs::moments {
namespace {

constexpr double kMostNetBits = 20;
constexpr std::size_t kIdDigits = 16;

double to_tenth(double value) { return std::round(value * 10) / 10; }

model::Theme theme_of(model::MomentKind kind) {
  switch (kind) {
    case model::MomentKind::LateCollapse:
      return model::Theme::Perseverance;
    case model::MomentKind::NegativeSplit:
      return model::Theme::Mastery;
    case model::MomentKind::FinishTogether:
      return model::Theme::Together;
  }
  return model::Theme::Perseverance;
}

}  // namespace

model::Moment make_moment(const FieldView& view, model::MomentKind kind,
                          std::vector<std::size_t> rows, std::size_t anchor, double net_bits,
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
