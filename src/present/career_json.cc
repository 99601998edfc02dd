#include "present/career_json.h"

#include "present/json_out.h"

namespace hs::present {
namespace {

using history::Career;
using history::CareerRun;

void write_place(JsonOut& out, std::string_view name,
                 const std::optional<model::PublishedPlace>& place) {
  if (!place) return;
  out.key(name);
  out.begin_object();
  out.integer_of("place", place->place);
  if (place->of) out.integer_of("of", *place->of);
  out.end_object();
}

void write_splits(JsonOut& out, const CareerRun& run) {
  if (run.splits.empty()) return;
  out.key("splits");
  out.begin_array();
  for (const history::RunSplit& split : run.splits) {
    out.begin_object();
    out.text_of("point", split.point);
    out.milliseconds_of("time_ms", split.time);
    if (split.is_estimated) out.boolean_of("estimated", true);
    if (split.is_doubtful) out.boolean_of("doubtful", true);
    out.end_object();
  }
  out.end_array();
}

void write_wins(JsonOut& out, const Career& career, std::size_t run) {
  out.key("wins");
  out.begin_array();
  for (const history::SmallWin& win : career.wins) {
    if (win.run != run) continue;
    out.begin_object();
    out.text_of("kind", history::name_of(win.kind));
    if (win.seconds != 0) out.integer_of("seconds", win.seconds);
    if (win.count != 0) out.integer_of("count", static_cast<std::int64_t>(win.count));
    if (win.one_in != 0) out.integer_of("one_in", static_cast<std::int64_t>(win.one_in));
    if (win.stopped) out.text_of("stopped", win.stopped->race);
    out.end_object();
  }
  out.end_array();
}

void write_against(JsonOut& out, std::string_view name,
                   const std::vector<history::AgainstYear>& years) {
  if (years.empty()) return;
  out.key(name);
  out.begin_array();
  for (const history::AgainstYear& against : years) {
    out.begin_object();
    out.integer_of("year", against.year);
    out.integer_of("age", against.age);
    if (against.age_open) out.boolean_of("age_open", true);
    out.milliseconds_of("standard_ms", against.standard);
    out.integer_of("left_s", against.left);
    if (against.cutoff) out.integer_of("cutoff_s", *against.cutoff);
    out.end_object();
  }
  out.end_array();
}

void write_race(JsonOut& out, const CareerRun& run) {
  out.text_of("race", run.race);
  out.text_of("race_name", run.race_name);
  out.text_of("date", base::format_date(run.date));
  if (run.is_interrupted) out.boolean_of("interrupted", true);
  if (run.distance) out.integer_of("distance_mm", run.distance->in_millimetres());
  out.text_of("status", model::name_of(run.status));
  if (!run.on_foot) out.boolean_of("on_foot", false);
  if (run.time) {
    out.milliseconds_of("time_ms", run.time->time);
    out.text_of("clock", model::name_of(run.time->clock));
  }
  if (run.age) out.integer_of("age", *run.age);
  out.text_of("name", run.name);
  out.text_of("bib", run.bib);
  out.text_of("city", run.city);
  out.text_of("state", run.state);
  out.text_of("country", run.country);
  out.text_of("club", run.club);
  write_place(out, "place_overall", run.place_overall);
  write_place(out, "place_sex", run.place_sex);
  write_place(out, "place_division", run.place_division);
  out.integer_of("link_millionths", run.link_millionths);
}

void write_run(JsonOut& out, const Career& career, std::size_t i) {
  const CareerRun& run = career.runs[i];
  out.begin_object();
  write_race(out, run);
  if (career.grades[i]) {
    out.integer_of("age_grade", career.grades[i]->hundredths);
  } else {
    out.text_of("no_age_grade", history::name_of(career.grades[i].error()));
  }
  if (run.published_grade) out.integer_of("published_age_grade", *run.published_grade);
  if (run.field) {
    out.integer_of("field_finishers", run.field->finishers);
    out.milliseconds_of("field_median_ms", run.field->median);
  }
  for (const history::DayChange& change : career.day_changes) {
    if (change.run != i) continue;
    out.milliseconds_of("change_ms", change.own);
    out.milliseconds_of("field_change_ms", change.field);
  }
  write_wins(out, career, i);
  write_splits(out, run);
  if (!career.qualifying.empty()) {
    write_against(out, "qualifying", career.qualifying[i].real);
    write_against(out, "other_years", career.qualifying[i].other);
  }
  out.end_object();
}

void write_series(JsonOut& out, const Career& career) {
  out.key("series");
  out.begin_array();
  for (const history::SeriesRecord& series : career.series) {
    out.begin_object();
    out.text_of("id", series.id);
    out.text_of("name", series.name);
    out.integer_of("finishes", static_cast<std::int64_t>(series.finishes.size()));
    out.integer_of("editions", static_cast<std::int64_t>(series.editions));
    out.text_of("best", career.runs[series.best].race);
    if (series.streak) {
      out.key("streak");
      out.begin_object();
      out.integer_of("finishes", static_cast<std::int64_t>(series.streak->finishes));
      out.text_of("from", career.runs[series.streak->first].race);
      out.text_of("to", career.runs[series.streak->last].race);
      out.key("stopped");
      out.begin_array();
      for (const history::Edition& one : series.streak->interruptions) out.text(one.race);
      out.end_array();
      out.boolean_of("open", series.streak->is_open);
      out.end_object();
    }
    out.end_object();
  }
  out.end_array();
}

void write_goals(JsonOut& out, const Career& career) {
  out.key("goals");
  out.begin_array();
  for (const history::Goal& goal : career.goals) {
    out.begin_object();
    out.text_of("kind", history::name_of(goal.kind));
    out.milliseconds_of("target_ms", goal.target);
    out.milliseconds_of("missing_ms", goal.missing);
    out.integer_of("distance_mm", goal.distance.in_millimetres());
    if (goal.age != 0) out.integer_of("age", goal.age);
    if (goal.hundredths != 0) out.integer_of("age_grade", goal.hundredths);
    if (goal.year != 0) out.integer_of("year", goal.year);
    if (goal.closes) out.text_of("closes", base::format_date(*goal.closes));
    out.end_object();
  }
  out.end_array();
}

void write_rival(JsonOut& out, const Career& career, const CareerRival& rival) {
  out.key("against");
  out.begin_object();
  out.text_of("name", rival.career->name);
  out.integer_of("ahead", static_cast<std::int64_t>(rival.meetings.ahead));
  out.integer_of("behind", static_cast<std::int64_t>(rival.meetings.behind));
  out.integer_of("level", static_cast<std::int64_t>(rival.meetings.level));
  out.key("races");
  out.begin_array();
  for (const history::Meeting& meeting : rival.meetings.meetings) {
    out.begin_object();
    out.text_of("race", career.runs[meeting.run].race);
    out.milliseconds_of("gap_ms", meeting.gap);
    out.end_object();
  }
  out.end_array();
  out.end_object();
}

}  // namespace

std::string career_json(const Career& career, const CareerOptions& options) {
  JsonOut out;
  out.begin_object();
  out.text_of("name", career.name);
  if (career.sex) out.text_of("sex", model::name_of(*career.sex));
  if (career.grade_edition) out.integer_of("age_grade_edition", *career.grade_edition);
  out.key("runs");
  out.begin_array();
  for (std::size_t i = 0; i < career.runs.size(); ++i) write_run(out, career, i);
  out.end_array();
  write_series(out, career);
  write_goals(out, career);
  if (options.rival) write_rival(out, career, *options.rival);
  out.end_object();
  return out.take() + "\n";
}

}  // namespace hs::present
