#include "evaluate/integrity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>
#include <set>

#include "evaluate/figures.h"
#include "moments/cuts.h"
#include "moments/field_view.h"
#include "moments/mat_hearing.h"
#include "present/json_out.h"
#include "present/table.h"

namespace hs::evaluate {
namespace {

using moments::FieldView;
using moments::is_known;
using Rows = std::set<std::size_t>;

struct Length {
  double kilometres;
  double should_be;
};
constexpr std::array kLengths = {Length{2, 0.75}, Length{3, 0.90}, Length{5, 0.99}};
constexpr double kMostFlagged = 0.001;
constexpr double kDeadSeconds = 20 * 60;
constexpr double kDeadShare = 0.9;
constexpr std::size_t kAtOnce = 100;  ///< One in so many carries a plant.
constexpr double kMetresOfKilometre = 1000;

/// The runner's own time at a place of the course, even between the mats around it.
double time_at(const FieldView& view, std::size_t row, double metres) {
  std::size_t before = 0;
  for (std::size_t column = 1; column < view.columns(); ++column) {
    if (!is_known(view.net_at(row, column))) continue;
    if (view.metres[column] >= metres) {
      return view.net_at(row, before) +
             view.pace(row, before, column) * (metres - view.metres[before]);
    }
    before = column;
  }
  return view.net_at(row, view.finish());
}

/// Leaves out the course from `begin` to `end`. True where that silences a mat.
bool cut(FieldView& view, std::size_t row, double begin, double end) {
  const double won = time_at(view, row, end) - time_at(view, row, begin);
  bool silenced = false;
  for (std::size_t column = 1; column < view.columns(); ++column) {
    double& net = view.net[row * view.columns() + column];
    if (!is_known(net)) continue;
    if (view.metres[column] >= end || column == view.finish()) {
      net -= won;
    } else if (view.metres[column] > begin) {
      net = moments::kNoTime;
      silenced = true;
    }
  }
  return silenced;
}

/// By row; whoever is not named has less than this.
using Likelihoods = std::map<std::size_t, double>;
constexpr double kLeastLikelihood = 1e-6;

Likelihoods likelihoods_in(const FieldView& view) {
  Likelihoods out;
  const moments::MatHearing hearing(view);
  for (const moments::Oddity& cut : moments::find_cuts(view, hearing, kLeastLikelihood)) {
    out.emplace(*moments::row_of(view, cut.runner), cut.likelihood);
  }
  return out;
}

/// Just above what so many of the field have at most: one in a thousand lies at it or higher.
double threshold_of(const Likelihoods& likelihoods, std::size_t rows) {
  std::vector<double> values;
  for (const auto& [row, likelihood] : likelihoods) values.push_back(likelihood);
  std::sort(values.rbegin(), values.rend());
  const auto allowed = static_cast<std::size_t>(kMostFlagged * static_cast<double>(rows));
  return values.size() <= allowed ? kLeastLikelihood : std::nextafter(values[allowed], 1.0);
}

/// A field with the mats as they are, and who passed a dead one while it was dead.
struct Setting {
  FieldView view;
  Rows at_dead;
};

Setting with_dead_mat(const FieldView& view, std::size_t column, Random& random) {
  Setting out{view, {}};
  const moments::MatHearing hearing(view);
  std::vector<double> passed;
  for (std::size_t row = 0; row < view.rows(); ++row) {
    passed.push_back(hearing.passed_at(row, column));
  }
  const double middle = moments::quantile(passed, 0.5);
  for (std::size_t row = 0; row < view.rows(); ++row) {
    if (std::abs(passed[row] - middle) > kDeadSeconds / 2) continue;
    out.at_dead.insert(row);
    if (random.unit() < kDeadShare) out.view.net[row * view.columns() + column] = moments::kNoTime;
  }
  return out;
}

/// Who leaves something out: at a dead mat every second one is somebody it did not hear.
std::vector<std::size_t> people_for(const Setting& setting, const Likelihoods& before,
                                    std::size_t count, Random& random) {
  std::vector<std::size_t> at_dead, others;
  for (const std::size_t row : shuffled(setting.view.rows(), random)) {
    const auto known = before.find(row);
    if (known != before.end() && known->second >= moments::kLeastListed) continue;
    (setting.at_dead.count(row) > 0 ? at_dead : others).push_back(row);
  }
  std::vector<std::size_t> out;
  for (std::size_t i = 0; out.size() < count && i < std::max(at_dead.size(), others.size()); ++i) {
    if (i < at_dead.size()) out.push_back(at_dead[i]);
    if (i < others.size() && out.size() < count) out.push_back(others[i]);
  }
  return out;
}

void plant_length(const Setting& setting, const Likelihoods& before, std::size_t count,
                  Random& random, CutsOfLength& out) {
  const double course = setting.view.metres[setting.view.finish()];
  const double length = out.kilometres * kMetresOfKilometre;
  if (length * 2 > course) return;
  const auto people = people_for(setting, before, count, random);
  const double threshold = threshold_of(before, setting.view.rows());
  const std::size_t at_once = std::max<std::size_t>(1, setting.view.rows() / kAtOnce);
  for (std::size_t first = 0; first < people.size(); first += at_once) {
    FieldView changed = setting.view;
    const std::size_t last = std::min(people.size(), first + at_once);
    Rows silenced;
    for (std::size_t i = first; i < last; ++i) {
      const double begin = random.unit() * (course - length);
      if (cut(changed, people[i], begin, begin + length)) silenced.insert(people[i]);
    }
    const Likelihoods found = likelihoods_in(changed);
    for (std::size_t i = first; i < last; ++i) {
      const auto at = found.find(people[i]);
      const double likelihood = at == found.end() ? 0 : at->second;
      const auto add = [likelihood](FoundOf& to, double least) {
        to.found += likelihood >= least ? 1u : 0u;
        ++to.of;
      };
      add(out.listed, moments::kLeastListed);
      add(out.all, threshold);
      if (silenced.count(people[i]) == 0) add(out.without_mat, threshold);
      if (setting.at_dead.count(people[i]) > 0) add(out.at_dead_mat, threshold);
    }
  }
}

void add_setting(const Setting& setting, std::size_t count, Random& random, CutFigures& out) {
  const Likelihoods before = likelihoods_in(setting.view);
  for (const auto& [row, likelihood] : before) {
    if (likelihood < moments::kLeastListed) continue;
    ++out.flagged.found;
    out.flagged_at_dead.found += setting.at_dead.count(row);
  }
  out.flagged.of += setting.view.rows();
  out.flagged_at_dead.of += setting.at_dead.size();
  for (CutsOfLength& length : out.lengths) plant_length(setting, before, count, random, length);
}

std::vector<CutsOfLength> no_lengths() {
  std::vector<CutsOfLength> out;
  for (const Length& length : kLengths) {
    out.emplace_back();
    out.back().kilometres = length.kilometres;
    out.back().should_be = length.should_be;
  }
  return out;
}

double milliseconds_of_one_look(const FieldView& view) {
  const auto begin = std::chrono::steady_clock::now();
  const Likelihoods found = likelihoods_in(view);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  return found.size() > view.rows() ? 0 : took.count();
}

// --- in words ------------------------------------------------------------------------------------

using present::Table;

std::string share_text(const FoundOf& found) {
  if (found.of == 0) return "none to ask";
  return fmt::format("{:.2f} % ({} of {})", 100 * found.share(), found.found, found.of);
}

void add_row(Table& table, std::string what, std::string should, bool met, const FoundOf& is) {
  const bool asked = is.of > 0 && !should.empty();
  table.add({{std::move(what)},
             {std::move(should)},
             {!asked ? ""
              : met  ? "yes"
                     : "MISSED"},
             {share_text(is)}});
}

void add_figures(Table& table, const std::string& name, const CutFigures& figures) {
  add_row(table, name + ": listed with nothing planted", "<= 0.1 %",
          figures.flagged.share() <= kMostFlagged, figures.flagged);
  if (figures.flagged_at_dead.of > 0) {
    add_row(table, "  of those who passed it dead", "<= 0.1 %",
            figures.flagged_at_dead.share() <= kMostFlagged, figures.flagged_at_dead);
  }
  for (const CutsOfLength& length : figures.lengths) {
    add_row(table, fmt::format("{}: cut of {:.0f} km", name, length.kilometres),
            fmt::format(">= {:.0f} %", 100 * length.should_be),
            length.all.share() >= length.should_be, length.all);
    add_row(table, "  listed, likelier than not", "", true, length.listed);
    add_row(table, "  that skips no mat", "", true, length.without_mat);
    if (length.at_dead_mat.of > 0) {
      add_row(table, "  of those who passed it dead", "", true, length.at_dead_mat);
    }
  }
}

void write_found(present::JsonOut& out, const char* key, const FoundOf& found) {
  out.key(key);
  out.begin_object();
  out.integer_of("found", static_cast<std::int64_t>(found.found));
  out.integer_of("of", static_cast<std::int64_t>(found.of));
  out.end_object();
}

void write_figures(present::JsonOut& out, const char* key, const CutFigures& figures) {
  out.key(key);
  out.begin_object();
  write_found(out, "flagged", figures.flagged);
  write_found(out, "flagged_at_dead", figures.flagged_at_dead);
  out.key("lengths");
  out.begin_array();
  for (const CutsOfLength& length : figures.lengths) {
    out.begin_object();
    out.text_of("cut", fmt::format("{:.0f} km", length.kilometres));
    write_found(out, "all", length.all);
    write_found(out, "listed", length.listed);
    write_found(out, "without_mat", length.without_mat);
    write_found(out, "at_dead_mat", length.at_dead_mat);
    out.end_object();
  }
  out.end_array();
  out.end_object();
}

}  // namespace

IntegrityFigures measure_integrity(const model::EventResults& results, model::RaceId race,
                                   const IntegrityOptions& options) {
  const FieldView view = moments::view_field(results, race);
  IntegrityFigures out;
  out.race = results.event.races[race.raw()].name;
  out.finishers = view.rows();
  out.points = view.columns();
  out.has_clock = std::any_of(view.clock.begin(), view.clock.end(), is_known);
  out.as_it_was.lengths = no_lengths();
  out.dead_mat.lengths = no_lengths();
  if (view.columns() < 3 || view.rows() == 0) return out;
  for (const moments::Oddity& oddity : moments::find_oddities(results)) {
    if (oddity.race == race && oddity.kind != moments::OddityKind::Cut) ++out.others[oddity.kind];
  }
  out.milliseconds = milliseconds_of_one_look(view);
  Random random(options.seed);
  add_setting({view, {}}, options.plants, random, out.as_it_was);
  const std::size_t inner = view.columns() - 2;
  const std::size_t each = std::max<std::size_t>(1, options.plants / inner);
  for (std::size_t column = 1; column <= inner; ++column) {
    if (options.progress) {
      options.progress(static_cast<double>(column) / static_cast<double>(inner + 1));
    }
    add_setting(with_dead_mat(view, column, random), each, random, out.dead_mat);
  }
  if (options.progress) options.progress(1);
  return out;
}

std::string text_of(const IntegrityFigures& figures) {
  std::string out = fmt::format(
      "{}: {} finishers on foot, {} points, {}\n"
      "Found: as likely as the thousandth of the field is with nothing planted, or likelier. "
      "Listed:\na likelihood of one half or more. Planted: so much of the course left out from a "
      "place\nof chance on, the mats there silent, one runner in a hundred at a time. Dead mat: "
      "each between\nstart and finish once, nine in ten unheard for twenty minutes.\n\n",
      figures.race, figures.finishers, figures.points,
      figures.has_clock ? "times of day known" : "no times of day: as if all started together");
  Table table({{"", present::Align::Left},
               {"should be", present::Align::Left},
               {"met", present::Align::Left},
               {"is", present::Align::Left}});
  add_figures(table, "mats as they were", figures.as_it_was);
  add_figures(table, "dead mat", figures.dead_mat);
  for (const auto& [kind, count] : figures.others) {
    add_row(table, std::string(moments::name_of(kind)) + ": listed", "", true,
            {count, figures.finishers});
  }
  return out + table.text(2, present::Colour::No) +
         fmt::format("  one look through the field: {:.0f} ms\n", figures.milliseconds);
}

std::string json_of(const IntegrityFigures& figures) {
  present::JsonOut out;
  out.begin_object();
  out.text_of("race", figures.race);
  out.integer_of("finishers", static_cast<std::int64_t>(figures.finishers));
  out.integer_of("points", static_cast<std::int64_t>(figures.points));
  out.boolean_of("has_clock", figures.has_clock);
  out.key("others");
  out.begin_object();
  for (const auto& [kind, count] : figures.others) {
    out.integer_of(moments::name_of(kind), static_cast<std::int64_t>(count));
  }
  out.end_object();
  write_figures(out, "as_it_was", figures.as_it_was);
  write_figures(out, "dead_mat", figures.dead_mat);
  out.end_object();
  return out.take() + "\n";
}

}  // namespace hs::evaluate
