#include "sim/event_files.h"

#include <fmt/format.h>

#include <iterator>

#include "sim/device_files.h"

namespace hs::sim {

namespace {

using Out = std::back_insert_iterator<std::string>;

std::string local_clock(base::RaceTime at) { return base::format_time_of_day(at, kEventOffset, 3); }

/// Metres as the event file has them, without a needless fraction.
std::string metres(base::Distance distance) {
  const std::int64_t mm = distance.in_millimetres();
  if (mm % 1000 == 0) return std::to_string(mm / 1000);
  std::string text = fmt::format("{}.{:03}", mm / 1000, mm % 1000);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

void write_divisions(const Plan& plan, std::string& out) {
  for (const ModeDivision& division : plan.mode_divisions) {
    fmt::format_to(Out(out),
                   "\n[[race.division]]\nid      = \"{}\"\nmode    = \"{}\"\nprimary = true\n",
                   division.id, model::name_of(division.mode));
  }
  constexpr int kStep = 5, kFirst = 40, kLast = 80;
  for (const char sex : {'F', 'M'}) {
    fmt::format_to(Out(out),
                   "\n[[race.division]]\nid      = \"{0}\"\nsex     = \"{0}\"\nage_max = {1}\n"
                   "primary = true\n",
                   sex, kFirst - 1);
    for (int age = kFirst; age <= kLast; age += kStep) {
      fmt::format_to(Out(out),
                     "\n[[race.division]]\nid      = \"{0}{1}\"\nsex     = \"{2}\"\n"
                     "age_min = {1}\n",
                     sex == 'F' ? 'W' : 'M', age, sex);
      if (age < kLast) fmt::format_to(Out(out), "age_max = {}\n", age + kStep - 1);
      out += "primary = true\n";
    }
  }
}

void write_standards(const Plan& plan, std::string& out) {
  for (const PlanStandard& standard : plan.standards) {
    fmt::format_to(Out(out), "\n[[race.standard]]\nname = \"{}\"\n", standard.name);
    if (!standard.by.empty()) fmt::format_to(Out(out), "by = \"{}\"\n", standard.by);
    if (!standard.course_index.empty()) {
      fmt::format_to(Out(out), "course_index = \"{}\"\n", standard.course_index);
    }
    for (const auto& [sex, bands] : standard.times) {
      fmt::format_to(Out(out), "[race.standard.{}]\n", model::name_of(sex));
      for (const auto& [ages, time] : bands) {
        fmt::format_to(Out(out), "\"{}\" = \"{}\"\n", ages, time);
      }
    }
  }
}

void write_offset(base::Duration offset, std::string& out) {
  if (offset.count() == 0) return;
  const std::int64_t ms = offset.count() / 1000;
  const std::int64_t size = ms < 0 ? -ms : ms;
  fmt::format_to(Out(out), "offset = \"{}{}.{:03}s\"\n", ms < 0 ? "-" : "", size / 1000,
                 size % 1000);
}

void write_source(const Box& box, const std::string& path, std::string& out) {
  fmt::format_to(Out(out),
                 "\n[[source]]\nmat    = \"{}\"\nfile   = \"{}\"\nformat = \"{}\"\n"
                 "role   = \"{}\"\nclock  = \"local\"\n",
                 box.mat, path, name_of(box.format), model::name_of(box.role));
  write_offset(box.configured_offset, out);
}

}  // namespace

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",;\"\t\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

namespace {

/// All of an event file but its sources.
std::string event_head(const Plan& plan) {
  std::string out;
  fmt::format_to(Out(out),
                 "# A simulated event: nobody in it is real.\n[event]\nname     = \"{}\"\n"
                 "date     = {}\ntimezone = \"{}\"\n",
                 plan.event_name, base::format_date(kEventDate), kEventZone);
  fmt::format_to(Out(out),
                 "\n[[race]]\nid           = \"{}\"\nname         = \"{}\"\n"
                 "rules        = \"{}\"\nrank_by      = \"{}\"\nstart_window = \"{}\"\n",
                 plan.race_id, plan.race_name, plan.rules, plan.rank_by,
                 base::format_official(plan.start_window, base::Rounding::UpToSecond));
  if (plan.closes) {
    fmt::format_to(Out(out), "closes       = \"{}T{}\"\n", base::format_date(kEventDate),
                   local_clock(*plan.closes));
  }
  for (const PlanPoint& point : plan.points) {
    fmt::format_to(Out(out),
                   "\n[[race.point]]\nid         = \"{}\"\ndistance_m = {}\nmat        = \"{}\"\n",
                   point.id, metres(point.distance), point.mat);
  }
  for (const PlanWave& wave : plan.waves) {
    fmt::format_to(Out(out), "\n[[race.wave]]\nid  = \"{}\"\ngun = \"{}\"\n", wave.id,
                   local_clock(wave.gun));
  }
  write_divisions(plan, out);
  write_standards(plan, out);
  if (!plan.publish.empty()) {
    fmt::format_to(Out(out), "\n[publish]\ncolumns = [\"{}\"]\n",
                   fmt::join(plan.publish, "\", \""));
  }
  return out;
}

}  // namespace

std::string event_toml(const Plan& plan,
                       const std::vector<std::pair<std::size_t, std::string>>& extra_sources) {
  std::string out = event_head(plan);
  for (std::size_t i = 0; i < plan.boxes.size(); ++i) {
    write_source(plan.boxes[i], read_path_of(plan.boxes[i]), out);
    for (const auto& [box, path] : extra_sources) {
      if (box == i) write_source(plan.boxes[i], path, out);
    }
  }
  return out;
}

std::string live_event_toml(const Plan& plan, const std::vector<LiveSource>& sources) {
  std::string out = event_head(plan);
  for (const LiveSource& source : sources) {
    fmt::format_to(Out(out),
                   "\n[[source]]\ndevice = \"{}\"\n{} = \"{}\"\nrole   = \"{}\"\n"
                   "clock  = \"local\"\n",
                   source.device,
                   source.opened_by == LiveSource::OpenedBy::Device ? "listen" : "connect",
                   source.address, model::name_of(source.role));
    write_offset(source.offset, out);
    if (source.locations.size() == 1 && source.locations.front().name.empty()) {
      fmt::format_to(Out(out), "mat    = \"{}\"\n", source.locations.front().mat);
      continue;
    }
    out += "locations = {";
    for (const model::Location& location : source.locations) {
      fmt::format_to(Out(out), "{} \"{}\" = \"{}\"",
                     &location == &source.locations.front() ? "" : ",", location.name,
                     location.mat);
    }
    out += " }\n";
  }
  return out;
}

std::string entrants_csv(const Plan& plan, const std::vector<Runner>& field) {
  std::string out =
      "bib,chips,first_name,last_name,sex,age,race,wave,mode,club,city,goal_time,entry_status,"
      "private,minor,tell,why,cause,dedication,group,guide_of,para,first_time\n";
  for (const Runner& runner : field) {
    std::string chips;
    for (const ChipNumber chip : runner.chips) {
      if (!chips.empty()) chips += ';';
      chips += std::to_string(chip);
    }
    const model::Entrant& entrant = runner.entrant;
    const auto yes = [](bool value) { return value ? "yes" : ""; };
    fmt::format_to(
        Out(out), "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n",
        entrant.bib.view(), csv_cell(chips), csv_cell(runner.person.first_name),
        csv_cell(runner.person.last_name), entrant.sex ? model::name_of(*entrant.sex) : "",
        entrant.age ? std::to_string(*entrant.age) : std::string(), plan.race_id, entrant.wave,
        entrant.mode == model::Mode::Foot ? "" : model::name_of(entrant.mode),
        csv_cell(runner.person.club), csv_cell(runner.person.city), runner.goal_time,
        model::name_of(entrant.entry_status), yes(entrant.is_private), yes(entrant.is_minor),
        yes(entrant.tell), csv_cell(runner.person.why), csv_cell(runner.person.cause),
        csv_cell(runner.person.dedication), csv_cell(runner.person.group), runner.person.guide_of,
        csv_cell(runner.person.para), csv_cell(runner.person.first_time));
  }
  return out;
}

}  // namespace hs::sim
