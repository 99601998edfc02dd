#include "present/career_words.h"

#include <algorithm>

#include "present/sentences.h"
#include "present/wording.h"

// Implementation notes: every sentence is in the files of words/; here values are gathered. The
// terminal and the page say the same, so both take their sentences from here.

namespace hs::present {
namespace {

using history::Career;
using history::CareerRun;
using history::GoalKind;
using history::SmallWin;
using history::WinKind;

std::int64_t whole_seconds(base::Duration time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time).count();
}

std::string year_of(const CareerRun& run) { return std::to_string(run.date.year); }

std::string one(const Sentences& words, std::string key,
                std::optional<std::uint64_t> count = std::nullopt) {
  return words.text({{std::move(key), count}});
}

std::uint64_t size_of(std::int64_t seconds) {
  return static_cast<std::uint64_t>(seconds < 0 ? -seconds : seconds);
}

void add_size(Sentences& words, std::string_view value, std::int64_t seconds) {
  words.add_time(value, static_cast<std::int64_t>(size_of(seconds)));
}

const char* key_of(WinKind kind) {
  switch (kind) {
    case WinKind::FirstFinish:
      return "small-win.first-finish";
    case WinKind::AfterStop:
      return "small-win.after-stop";
    case WinKind::Back:
      return "small-win.back";
    case WinKind::RoundFinish:
      return "small-win.round-finish";
    case WinKind::Best:
      return "small-win.best";
    case WinKind::BestSince:
      return "small-win.best-since";
    case WinKind::UnderBarrier:
      return "small-win.under-barrier";
    case WinKind::BestGrade:
      return "small-win.best-grade";
    case WinKind::AgainstTheDay:
      return "small-win.against-the-day";
    case WinKind::NegativeSplit:
      return "small-win.negative-split";
    case WinKind::FastestOfAge:
      return "small-win.fastest-of-age";
  }
  return "";
}

const char* key_of(history::NoAgeGrade why) {
  switch (why) {
    case history::NoAgeGrade::NoTable:
      return "career.no-table";
    case history::NoAgeGrade::NotOnFoot:
      return "career.not-on-foot";
    case history::NoAgeGrade::NoTime:
      return "career.no-time";
    case history::NoAgeGrade::NoSex:
      return "career.no-sex";
    case history::NoAgeGrade::NoAge:
      return "career.no-age";
    case history::NoAgeGrade::AgeOutside:
      return "career.age-outside";
    case history::NoAgeGrade::NoDistance:
      return "career.no-distance";
    case history::NoAgeGrade::DistanceOutside:
      return "career.distance-outside";
  }
  return "";
}

std::string best_words(const Career& career, const history::DistanceRecord& record,
                       Language language) {
  const CareerRun& best = career.runs[record.best];
  Sentences words(language);
  if (record.distance) words.add_length("length", record.distance->in_millimetres());
  words.add_time("time", whole_seconds(best.time->time));
  words.add_text("run", run_words(best));
  return one(words, record.distance ? "career.best" : "career.best-any");
}

std::optional<std::pair<int, int>> ages_of(const Career& career) {
  std::optional<std::pair<int, int>> out;
  for (const CareerRun& run : career.runs) {
    if (!run.age) continue;
    if (!out) out = {*run.age, *run.age};
    out->first = std::min(out->first, *run.age);
    out->second = std::max(out->second, *run.age);
  }
  return out;
}

std::string streak_words(const Career& career, const history::Streak& streak, Language language) {
  Sentences words(language);
  words.add_count("count", streak.finishes);
  words.add_text("from", year_of(career.runs[streak.first]));
  words.add_text("to", year_of(career.runs[streak.last]));
  std::string out = one(words, streak.is_open ? "career.streak-open" : "career.streak");
  for (const history::Edition& stopped : streak.interruptions) {
    Sentences more(language);
    more.add_text("year", std::to_string(stopped.date.year));
    out += ' ' + one(more, "career.streak-stopped");
  }
  return out;
}

/// The change that was best against the field; nothing where no race went better than the field.
std::string day_words(const Career& career, Language language) {
  const history::DayChange* best = nullptr;
  for (const history::DayChange& change : career.day_changes) {
    if (best == nullptr || change.against_field() < best->against_field()) best = &change;
  }
  if (best == nullptr || best->against_field() >= base::Duration::zero()) return {};
  const bool is_faster = best->own < base::Duration::zero();
  const bool is_field_faster = best->field < base::Duration::zero();
  Sentences words(language);
  words.add_text("run", run_words(career.runs[best->run]));
  words.add_text("from", year_of(career.runs[best->before]));
  words.add_field("among", career.runs[best->run].sex);
  add_size(words, "own", whole_seconds(best->own));
  add_size(words, "field", whole_seconds(best->field));
  if (!is_faster) return one(words, "career.against-day");
  return one(words, is_field_faster ? "career.against-day-both" : "career.against-day-faster");
}

std::string against_words(const CareerRun& run, const history::AgainstYear& against,
                          Language language) {
  Sentences words(language);
  words.add_text("run", run_words(run));
  words.add_time("time", whole_seconds(run.time->time));
  words.add_text("year", std::to_string(against.year));
  words.add_count("age", static_cast<std::uint64_t>(against.age));
  add_size(words, "left", against.left);
  const auto spare = against.left_at_cutoff();
  if (spare) {
    words.add_time("cutoff", *against.cutoff);
    add_size(words, "spare", *spare);
  }
  std::string out;
  if (!against.has_qualified()) {
    out = one(words, "qualifying.missed");
  } else if (!spare) {
    out = one(words, "qualifying.made");
  } else if (*against.cutoff == 0) {
    out = one(words, "qualifying.all-taken");
  } else {
    out = one(words, *spare >= 0 ? "qualifying.made-cutoff" : "qualifying.missed-cutoff");
  }
  return against.age_open ? out + ' ' + one(words, "qualifying.age-open") : out;
}

std::string outcome_words(const history::AgainstYear& against, Language language) {
  Sentences words(language);
  const std::int64_t spare = against.left_at_cutoff().value_or(against.left);
  add_size(words, "left", against.left);
  add_size(words, "spare", spare);
  if (!against.has_qualified()) return one(words, "qualifying.would-miss");
  return one(words, spare >= 0 ? "qualifying.would-make" : "qualifying.would-miss-cutoff");
}

std::string point_words(const std::string& id, Language language) {
  // Only to tell the start and the finish from the points on the way.
  static const model::Race kCourse = [] {
    model::Race race;
    race.points.resize(2);
    race.points.front().id = "start";
    race.points.back().id = "finish";
    return race;
  }();
  Sentences words(language);
  words.add_point("to", kCourse, id);
  return one(words, "evidence.point");
}

std::string signed_clock(base::Duration time) {
  const std::int64_t seconds = whole_seconds(time);
  return (seconds > 0 ? "+" : "") + clock_text(seconds);
}

}  // namespace

std::string run_words(const CareerRun& run) {
  return std::string(history::series_of(run.race_name)) + ' ' + year_of(run);
}

std::string time_words(const CareerRun& run) {
  return run.time ? clock_text(whole_seconds(run.time->time)) : std::string();
}

std::string percent_words(std::uint32_t hundredths, Language language) {
  const std::string below = std::to_string(hundredths % 100);
  return with_decimal_sign(
      std::to_string(hundredths / 100) + '.' + (below.size() < 2 ? "0" : "") + below, language);
}

std::string win_words(const SmallWin& win, Language language) {
  Sentences words(language);
  words.add_time("time", win.seconds);
  words.add_place("place", win.count);
  const std::size_t count = win.kind == WinKind::AgainstTheDay ? win.one_in : win.count;
  words.add_count("count", count);
  if (win.stopped) words.add_text("year", std::to_string(win.stopped->date.year));
  return one(words, key_of(win.kind), count);
}

std::vector<std::string> wins_of(const Career& career, std::size_t run, Language language) {
  std::vector<std::string> out;
  for (const SmallWin& win : career.wins) {
    if (win.run == run) out.push_back(win_words(win, language));
  }
  return out;
}

std::vector<std::string> summary_words(const Career& career, Language language) {
  std::vector<std::string> out;
  if (career.runs.empty()) return out;
  Sentences words(language);
  words.add_count("count", career.runs.size());
  words.add_text("from", year_of(career.runs.front()));
  words.add_text("to", year_of(career.runs.back()));
  const auto ages = ages_of(career);
  if (ages) {
    words.add_count("least", static_cast<std::uint64_t>(ages->first));
    words.add_count("most", static_cast<std::uint64_t>(ages->second));
  }
  out.push_back(one(words, "career.count", career.runs.size()));
  if (ages) {
    out.back() += ' ' + one(words, ages->first == ages->second ? "career.age" : "career.ages");
  }
  for (const auto& record : career.distances) out.push_back(best_words(career, record, language));
  if (career.best_grade) {
    const CareerRun& run = career.runs[*career.best_grade];
    Sentences grade(language);
    grade.add_text("percent",
                   percent_words(career.grades[*career.best_grade]->hundredths, language));
    grade.add_text("run", run_words(run));
    grade.add_count("least", static_cast<std::uint64_t>(*run.age));
    out.push_back(one(grade, "career.best-grade"));
  }
  return out;
}

std::vector<std::string> years_words(const Career& career, Language language) {
  std::vector<std::string> out;
  for (const history::SeriesRecord& series : career.series) {
    Sentences words(language);
    words.add_count("finishes", series.finishes.size());
    words.add_count("count", series.editions);
    words.add_text("race", series.name);
    out.push_back(one(words, "career.finishes"));
    if (series.streak) out.back() += ' ' + streak_words(career, *series.streak, language);
  }
  if (career.late_start) {
    Sentences words(language);
    words.add_count("least", static_cast<std::uint64_t>(*career.runs[*career.late_start].age));
    words.add_count("count", career.series.front().editions_before);
    out.push_back(one(words, "career.late"));
  }
  if (std::string day = day_words(career, language); !day.empty()) out.push_back(std::move(day));
  for (const history::ClubYears& club : career.clubs) {
    Sentences words(language);
    words.add_text("club", club.club);
    words.add_text("from", std::to_string(club.first));
    words.add_text("to", std::to_string(club.last));
    out.push_back(one(words, club.first == club.last ? "career.club-once" : "career.club"));
  }
  return out;
}

std::vector<std::string> goal_words(const Career& career, Language language) {
  std::vector<std::string> out;
  for (const history::Goal& goal : career.goals) {
    const bool is_done = goal.missing <= base::Duration::zero();
    Sentences words(language);
    words.add_time("target", whole_seconds(goal.target));
    words.add_length("length", goal.distance.in_millimetres());
    add_size(words, "missing", whole_seconds(goal.missing));
    words.add_count("age", static_cast<std::uint64_t>(goal.age));
    words.add_text("year", std::to_string(goal.year));
    words.add_text("percent", percent_words(goal.hundredths, language));
    if (goal.closes) words.add_text("closes", date_words(*goal.closes, language));
    switch (goal.kind) {
      case GoalKind::Barrier:
        out.push_back(one(words, "goal.barrier"));
        break;
      case GoalKind::EqualGrade:
        out.push_back(one(words, "goal.equal-grade"));
        break;
      case GoalKind::Qualifying:
        if (goal.closes) {
          out.push_back(
              one(words, is_done ? "goal.qualifying-made-closes" : "goal.qualifying-closes"));
        } else {
          out.push_back(one(words, is_done ? "goal.qualifying-made" : "goal.qualifying"));
        }
        break;
    }
  }
  return out;
}

std::vector<std::string> qualifying_words(const Career& career, Language language) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < career.qualifying.size(); ++i) {
    for (const history::AgainstYear& against : career.qualifying[i].real) {
      out.push_back(against_words(career.runs[i], against, language));
    }
  }
  return out;
}

std::optional<OtherYears> other_years(const Career& career, Language language) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < career.qualifying.size(); ++i) {
    if (career.qualifying[i].other.empty()) continue;
    // By the newest standards that have a cut-off: those are the same for every run.
    if (!best ||
        career.qualifying[*best].other.back().left < career.qualifying[i].other.back().left) {
      best = i;
    }
  }
  if (!best) return std::nullopt;
  OtherYears out;
  Sentences words(language);
  words.add_text("run", run_words(career.runs[*best]));
  words.add_time("time", whole_seconds(career.runs[*best].time->time));
  out.lead = one(words, "qualifying.other-years");
  for (const history::AgainstYear& against : career.qualifying[*best].other) {
    out.rows.push_back({against.year, clock_text(whole_seconds(against.standard)),
                        clock_text(*against.cutoff), outcome_words(against, language)});
  }
  return out;
}

std::vector<std::string> notes_words(const Career& career, const CareerOptions& options) {
  std::vector<std::string> out;
  if (!career.day_changes.empty()) out.push_back(said(options.language, "career.change-note"));
  std::uint64_t doubts = 0;
  std::uint32_t least = kSureMillionths;
  for (const CareerRun& run : career.runs) {
    if (run.link_millionths >= kSureMillionths) continue;
    ++doubts;
    least = std::min(least, run.link_millionths);
  }
  if (doubts > 0) {
    constexpr std::uint32_t kMillionthsInAHundredth = 100;
    Sentences words(options.language);
    words.add_count("count", doubts);
    words.add_text("percent", percent_words(least / kMillionthsInAHundredth, options.language));
    out.push_back(one(words, "career.doubt-note", doubts));
  }
  if (!options.has_tables) {
    out.push_back(said(options.language, "career.no-tables"));
    return out;
  }
  std::vector<history::NoAgeGrade> reasons;
  for (const history::MaybeGrade& grade : career.grades) {
    if (grade || std::find(reasons.begin(), reasons.end(), grade.error()) != reasons.end()) {
      continue;
    }
    reasons.push_back(grade.error());
    Sentences words(options.language);
    words.add_text("text", said(options.language, key_of(grade.error())));
    out.push_back(one(words, "career.no-grade"));
  }
  return out;
}

std::string rival_words(const CareerRival& rival, Language language) {
  const history::HeadToHead& meetings = rival.meetings;
  if (meetings.meetings.empty()) return said(language, "career.against-none");
  Sentences words(language);
  words.add_count("count", meetings.meetings.size());
  words.add_count("ahead", meetings.ahead);
  words.add_count("behind", meetings.behind);
  words.add_count("level", meetings.level);
  return one(words, "career.against-count");
}

SplitTable split_table(const Career& career, Language language) {
  std::vector<std::pair<std::optional<base::Distance>, std::string>> points;
  for (const CareerRun& run : career.runs) {
    for (const history::RunSplit& split : run.splits) {
      const std::pair point(split.distance, split.point);
      if (std::find(points.begin(), points.end(), point) == points.end()) points.push_back(point);
    }
  }
  std::sort(points.begin(), points.end());
  SplitTable out;
  for (const auto& [distance, id] : points) out.points.push_back(point_words(id, language));
  for (std::size_t i = 0; i < career.runs.size(); ++i) {
    if (career.runs[i].splits.empty()) continue;
    SplitTable::Row row{i, std::vector<std::string>(points.size())};
    for (const history::RunSplit& split : career.runs[i].splits) {
      if (split.is_doubtful) continue;
      const auto at =
          std::find(points.begin(), points.end(), std::pair(split.distance, split.point));
      row.times[static_cast<std::size_t>(at - points.begin())] =
          clock_text(whole_seconds(split.time)) + (split.is_estimated ? "*" : "");
    }
    out.rows.push_back(std::move(row));
  }
  return out;
}

ChangeWords change_words(const Career& career, std::size_t run) {
  for (const history::DayChange& change : career.day_changes) {
    if (change.run == run) return {signed_clock(change.own), signed_clock(change.field)};
  }
  return {};
}

}  // namespace hs::present
