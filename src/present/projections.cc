#include "present/projections.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "present/json_out.h"
#include "present/table.h"
#include "present/wording.h"

namespace hs::present {
namespace {

constexpr std::chrono::minutes kHalfHour{30};
constexpr double kSure = 0.995;
constexpr std::size_t kNameWidth = 24;
constexpr std::size_t kBarriersTold = 4;

/// "4:12": what is only projected is not told to the second, but for short races.
std::string projected_time(std::chrono::seconds time) {
  if (time < std::chrono::hours(1)) return h_mm_ss(time).substr(2);
  const auto rounded =
      std::chrono::duration_cast<std::chrono::minutes>(time + std::chrono::seconds(30));
  const std::string text = h_mm_ss(rounded);
  return text.substr(0, text.size() - 3);
}

std::string interval_text(const model::Projection::Interval& interval) {
  return projected_time(interval.low) + "-" + projected_time(interval.high);
}

std::string barrier_time(base::Duration time) {
  const std::string text = h_mm_ss(time);
  return text.ends_with(":00") ? text.substr(0, text.size() - 3) : text;
}

std::string wall_text(const std::optional<projection::Wall>& wall) {
  if (!wall) return "";
  return wall->has_hit ? "slowed by a quarter" : chance_text(wall->probability);
}

/// The `count` barriers that are most in the balance, by time.
std::vector<Barrier> in_the_balance(const ProjectedRunner& runner, std::size_t count) {
  std::vector<Barrier> out = barriers_of(runner);
  std::stable_sort(out.begin(), out.end(), [](const Barrier& a, const Barrier& b) {
    return std::abs(a.probability - 0.5) < std::abs(b.probability - 0.5);
  });
  if (out.size() > count) out.resize(count);
  std::stable_sort(out.begin(), out.end(),
                   [](const Barrier& a, const Barrier& b) { return a.time < b.time; });
  return out;
}

/// The name, unless it only says the bib again.
std::string name_beside_bib(const ProjectedRunner& runner) {
  return runner.name == "Bib " + runner.bib ? std::string() : runner.name;
}

std::string source_text(const ProjectedField& field) {
  std::string out;
  switch (field.source) {
    case model::ProjectionSource::Course:
      out = "From this course's past (";
      break;
    case model::ProjectionSource::Nearest:
      out = "From the past runners most like each on this course (";
      break;
    case model::ProjectionSource::Generic:
      out = "From the table for any road race";
      break;
  }
  for (std::size_t i = 0; i < field.learned_from.size(); ++i) {
    out += (i == 0 ? "" : ", ") + field.learned_from[i];
  }
  if (field.source != model::ProjectionSource::Generic) out += ")";
  if (field.knows_the_day) out += " and from how others went on today";
  return out + ". Net times; what is not over is projected, never known.";
}

std::string sentences(const ProjectedRunner& runner) {
  const model::Projection& p = runner.projection;
  std::string out = "Past " + runner.at + " in " + h_mm_ss(p.since_time) + ": projected " +
                    projected_time(p.median()) + " (" + interval_text(p.interval_80()) +
                    " for eight in ten, " + interval_text(p.interval_95()) +
                    " for nineteen in twenty).";
  if (p.is_overdue) out += " Not seen at the next point when likely: the interval has widened.";
  if (p.is_past_cut_off) out += " The cut-off has passed.";
  for (const Barrier& barrier : in_the_balance(runner, kBarriersTold)) {
    out += " Under " + barrier.name + ": " + chance_text(barrier.probability) + ".";
  }
  if (runner.wall && runner.wall->has_hit) {
    out += " Slowed by a quarter or more over 5 km since 20 km.";
  } else if (runner.wall) {
    out += " Slows by a quarter or more over 5 km before the end: " +
           chance_text(runner.wall->probability) + ".";
  }
  if (runner.finish) out += " Finished in " + h_mm_ss(*runner.finish) + ".";
  return out;
}

/// "12 of the 40 expected next have 3:00 in their hands; about 7 of the 40 will be within it."
std::string suspense_text(const moments::Suspense& suspense) {
  const std::string all = std::to_string(suspense.next);
  return std::to_string(suspense.in_hands) + " of the " + all + " expected next " +
         (suspense.in_hands == 1 ? "has " : "have ") + barrier_time(suspense.barrier) +
         " in their hands; about " + std::to_string(std::lround(suspense.expected)) + " of the " +
         all + " will be within it.";
}

Table field_table(const ProjectedField& field, const std::vector<const ProjectedRunner*>& listed) {
  const bool has_walls = std::any_of(listed.begin(), listed.end(),
                                     [](const auto* runner) { return runner->wall.has_value(); });
  const bool has_finishes = std::any_of(
      listed.begin(), listed.end(), [](const auto* runner) { return runner->finish.has_value(); });
  std::vector<Table::Column> columns = {{"bib", Align::Right},
                                        {"name", Align::Left, kNameWidth},
                                        {field.at.empty() ? "last seen" : field.at, Align::Right},
                                        {"projected", Align::Right},
                                        {"8 in 10", Align::Right},
                                        {"19 in 20", Align::Right},
                                        {"chance", Align::Left}};
  if (has_walls) columns.push_back({"wall", Align::Right});
  if (has_finishes) columns.push_back({"came", Align::Right});
  Table table(columns);
  for (const ProjectedRunner* runner : listed) {
    const model::Projection& p = runner->projection;
    const std::vector<Barrier> open = in_the_balance(*runner, 1);
    const std::string seen = h_mm_ss(p.since_time);
    std::vector<Table::Cell> row = {
        {runner->bib},
        {name_beside_bib(*runner)},
        {field.at.empty() ? runner->at + " " + seen : seen},
        {projected_time(p.median()), Ink::Strong},
        {interval_text(p.interval_80())},
        {interval_text(p.interval_95())},
        {open.empty() ? "" : open[0].name + " " + chance_text(open[0].probability)}};
    if (has_walls) row.push_back({wall_text(runner->wall)});
    if (has_finishes) row.push_back({runner->finish ? h_mm_ss(*runner->finish) : ""});
    table.add(std::move(row));
  }
  return table;
}

std::string share_text(double value) {
  std::array<char, 16> digits{};
  std::snprintf(digits.data(), digits.size(), "%.3f", value);
  return digits.data();
}

void write_runner(JsonOut& out, const ProjectedRunner& runner) {
  const model::Projection& p = runner.projection;
  out.begin_object();
  out.text_of("bib", runner.bib);
  out.text_of("name", runner.name);
  out.text_of("at", runner.at);
  out.milliseconds_of("at_ms", p.since_time);
  out.milliseconds_of("projected_ms", base::Duration(p.median()));
  out.milliseconds_of("low_80_ms", base::Duration(p.interval_80().low));
  out.milliseconds_of("high_80_ms", base::Duration(p.interval_80().high));
  out.milliseconds_of("low_95_ms", base::Duration(p.interval_95().low));
  out.milliseconds_of("high_95_ms", base::Duration(p.interval_95().high));
  out.key("barriers");
  out.begin_array();
  for (const Barrier& barrier : barriers_of(runner)) {
    out.begin_object();
    out.text_of("name", barrier.name);
    out.milliseconds_of("time_ms", barrier.time);
    out.number_of("probability", share_text(barrier.probability));
    out.end_object();
  }
  out.end_array();
  if (p.is_overdue) out.boolean_of("overdue", true);
  if (p.is_past_cut_off) out.boolean_of("past_cut_off", true);
  if (runner.wall) {
    out.boolean_of("wall_hit", runner.wall->has_hit);
    out.number_of("wall_probability", share_text(runner.wall->probability));
  }
  out.milliseconds_of("finish_ms", runner.finish);
  out.end_object();
}

void write_field(JsonOut& out, const ProjectedField& field) {
  out.begin_object();
  out.text_of("race", field.race);
  out.text_of("at", field.at);
  out.text_of("as_of", field.as_of);
  out.text_of("source", model::name_of(field.source));
  out.key("learned_from");
  out.begin_array();
  for (const std::string& race : field.learned_from) out.text(race);
  out.end_array();
  out.boolean_of("knows_the_day", field.knows_the_day);
  out.key("items");
  out.begin_array();
  for (const ProjectedRunner& runner : field.runners) write_runner(out, runner);
  out.end_array();
  if (field.suspense) {
    out.key("suspense");
    out.begin_object();
    out.milliseconds_of("barrier_ms", field.suspense->barrier);
    out.number_of("next", std::to_string(field.suspense->next));
    out.number_of("in_hands", std::to_string(field.suspense->in_hands));
    out.number_of("expected", share_text(field.suspense->expected));
    out.end_object();
  }
  out.end_object();
}

}  // namespace

std::vector<Barrier> barriers_of(const ProjectedRunner& runner) {
  const model::Projection& p = runner.projection;
  std::vector<Barrier> out;
  const auto add = [&](const std::string& kind, base::Duration time) {
    out.push_back({kind + barrier_time(time), time, p.probability_within(time)});
  };
  const auto low = std::chrono::duration_cast<std::chrono::minutes>(p.at_shares.front());
  for (auto time = low - low % kHalfHour; time <= p.at_shares.back(); time += kHalfHour) {
    const double probability = p.probability_within(time);
    if (probability > 1 - kSure && probability < kSure) add("", time);
  }
  if (runner.goal) add("goal ", *runner.goal);
  if (runner.cut_off) add("cut-off ", *runner.cut_off);
  std::stable_sort(out.begin(), out.end(),
                   [](const Barrier& a, const Barrier& b) { return a.time < b.time; });
  return out;
}

std::string chance_text(double probability) {
  if (probability < 0.01) return "under 1 %";
  if (probability > 0.99) return "over 99 %";
  return std::to_string(std::lround(100 * probability)) + " %";
}

std::string projections_text(const ProjectedField& field, std::size_t rows, Colour colour) {
  std::string title = field.race;
  if (!field.at.empty()) title += ", seen at " + field.at;
  title += ": " + counted(field.runners.size(), "runner") + " projected";
  if (!field.as_of.empty()) title += ", as of " + field.as_of;
  std::string out = inked(fitted(title, kTerminalWidth), Ink::Strong, colour) + "\n" +
                    paragraph(source_text(field), 0, 0) + "\n";
  if (field.runners.size() == 1) {
    const ProjectedRunner& runner = field.runners.front();
    return out +
           paragraph("Bib " + runner.bib + (runner.name.empty() ? "" : "  " + runner.name), 2, 2) +
           paragraph(sentences(runner), 2, 2);
  }
  std::vector<const ProjectedRunner*> listed;
  for (const ProjectedRunner& runner : field.runners) listed.push_back(&runner);
  std::stable_sort(listed.begin(), listed.end(),
                   [](const ProjectedRunner* a, const ProjectedRunner* b) {
                     return a->projection.median() < b->projection.median();
                   });
  const std::size_t more = listed.size() > rows ? listed.size() - rows : 0;
  listed.resize(listed.size() - more);
  if (field.suspense) out += paragraph(suspense_text(*field.suspense), 0, 0) + "\n";
  if (!listed.empty()) out += field_table(field, listed).text(2, colour);
  if (more > 0) out += "  and " + counted(more, "other") + " (--top N shows more)\n";
  return out;
}

std::string projections_json(const std::vector<ProjectedField>& fields) {
  JsonOut out;
  out.begin_object();
  out.key("races");
  out.begin_array();
  for (const ProjectedField& field : fields) write_field(out, field);
  out.end_array();
  out.end_object();
  return out.take() + "\n";
}

}  // namespace hs::present
