#include "app/import_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "present/json_out.h"
#include "present/table.h"

namespace hs::app {
namespace {

using formats::PlacesCheck;
using model::RunnerStatus;
using present::Colour;

constexpr std::size_t kQuestionsShown = 12;

/// How many results have each status; by the enumerator.
std::array<std::size_t, 9> statuses(const model::PublishedRace& race) {
  std::array<std::size_t, 9> out{};
  for (const auto& result : race.results) ++out[static_cast<std::size_t>(result.status)];
  return out;
}

std::size_t count_flag(const model::PublishedRace& race, model::PublishedSplit::Flag flag) {
  return static_cast<std::size_t>(
      std::count_if(race.splits.begin(), race.splits.end(),
                    [flag](const auto& split) { return (split.flags() & flag) != 0; }));
}

std::string columns_text(const formats::ResultsFile& read, Colour colour) {
  using present::Align;
  present::Table table({{"column", Align::Left, 20},
                        {"taken for", Align::Left, 34},
                        {"how", Align::Left, 6},
                        {"filled", Align::Right, 9},
                        {"blank", Align::Right, 9},
                        {"such as", Align::Left, 40}});
  for (const formats::ColumnReport& column : read.columns) {
    // A headerless file of laps has a column for each; empty ones are no news.
    if (column.header.empty() && column.filled == 0) continue;
    std::string example = column.examples.empty() ? "" : column.examples.front();
    if (column.odd > 0) example += fmt::format(" ({} not understood)", column.odd);
    if (!column.remark.empty()) example += (example.empty() ? "" : "; ") + column.remark;
    const bool left_out = column.meaning.rfind("left out", 0) == 0;
    table.add({{column.header.empty() ? "(none)" : column.header},
               {column.meaning, left_out ? present::Ink::Faint : present::Ink::Plain},
               {formats::name_of(column.sureness)},
               {std::to_string(column.filled)},
               {std::to_string(column.blank)},
               {example}});
  }
  return table.text(2, colour);
}

std::string results_text(const model::PublishedRace& race) {
  std::string out = fmt::format("{} results", race.results.size());
  const auto counts = statuses(race);
  const char* before = ": ";
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    out += fmt::format("{}{} {}", before, counts[i], model::name_of(static_cast<RunnerStatus>(i)));
    before = ", ";
  }
  const auto apart = std::count_if(race.results.begin(), race.results.end(),
                                   [](const auto& result) { return result.is_apart; });
  if (apart > 0) out += fmt::format("; {} placed apart (wheels)", apart);
  out += fmt::format("; {} splits at", race.splits.size());
  for (const auto& point : race.points) out += " " + point.id;
  if (race.points.empty()) out += " no point";
  const std::size_t estimated = count_flag(race, model::PublishedSplit::Estimated);
  const std::size_t doubtful = count_flag(race, model::PublishedSplit::Doubtful);
  const std::size_t repaired = count_flag(race, model::PublishedSplit::Repaired);
  if (estimated > 0) out += fmt::format("; {} of them estimated", estimated);
  if (doubtful > 0) out += fmt::format("; {} doubtful", doubtful);
  if (repaired > 0) out += fmt::format("; {} repaired", repaired);
  return out;
}

std::string check_text(const PlacesCheck& check) {
  std::string out = fmt::format("places{} follow the {} time: {} agree, {} differ",
                                check.kind == "overall" ? " overall" : " by " + check.kind,
                                model::name_of(check.clock), check.agreeing, check.differing);
  if (check.out_of_order == 0) return out;
  out += fmt::format("; {} out of order", check.out_of_order);
  const char* before = ": ";
  for (const PlacesCheck::Difference& it : check.first) {
    const std::string by_time =
        it.least == it.most ? std::to_string(it.least) : fmt::format("{} to {}", it.least, it.most);
    out += fmt::format("{}line {} has {}, by time {}", before, it.line, it.place, by_time);
    before = "; ";
  }
  return out;
}

/// A count that JSON can carry.
void count_of(present::JsonOut& out, const char* name, std::uint64_t count) {
  out.integer_of(name, static_cast<std::int64_t>(count));
}

void columns_json(const formats::ResultsFile& read, present::JsonOut& out) {
  out.key("columns");
  out.begin_array();
  for (const formats::ColumnReport& column : read.columns) {
    out.begin_object();
    out.text_of("header", column.header);
    out.text_of("meaning", column.meaning);
    out.text_of("sureness", formats::name_of(column.sureness));
    count_of(out, "filled", column.filled);
    count_of(out, "blank", column.blank);
    count_of(out, "not_understood", column.odd);
    out.text_of("remark", column.remark);
    out.end_object();
  }
  out.end_array();
}

void places_json(const formats::ResultsFile& read, present::JsonOut& out) {
  out.key("places");
  out.begin_array();
  for (const PlacesCheck& check : read.places) {
    out.begin_object();
    out.text_of("kind", check.kind);
    out.text_of("follow", model::name_of(check.clock));
    count_of(out, "agreeing", check.agreeing);
    count_of(out, "differing", check.differing);
    count_of(out, "out_of_order", check.out_of_order);
    out.end_object();
  }
  out.end_array();
}

void questions_json(const formats::ResultsFile& read, present::JsonOut& out) {
  out.key("questions");
  out.begin_array();
  for (const formats::Question& question : read.questions) {
    out.begin_object();
    out.integer_of("line", question.line);
    count_of(out, "count", question.count);
    out.text_of("text", question.text);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

const char* word_for(archive::Put put) {
  switch (put) {
    case archive::Put::Added:
      return "added";
    case archive::Put::Unchanged:
      return "unchanged";
    case archive::Put::Replaced:
      return "replaced";
  }
  return "";
}

std::string import_report(const formats::ResultsFile& read, const std::string& files,
                          Colour colour) {
  std::string out = fmt::format("{}: {}, {} rows\n", files, read.dialect, read.rows);
  out += columns_text(read, colour);
  out += present::paragraph(results_text(read.race), 0, 2);
  for (const PlacesCheck& check : read.places) {
    out += present::paragraph(check_text(check), 0, 2);
  }
  if (read.questions.empty()) return out;
  out += "to know:\n";
  const std::size_t shown = std::min(read.questions.size(), kQuestionsShown);
  for (std::size_t i = 0; i < shown; ++i) {
    const formats::Question& question = read.questions[i];
    std::string line = fmt::format("line {}: {}", question.line, question.text);
    if (question.count > 1) line += fmt::format(" (and {} more like it)", question.count - 1);
    out += present::paragraph(line, 2, 4);
  }
  if (shown < read.questions.size()) {
    out += fmt::format("  and {} more (--json has all)\n", read.questions.size() - shown);
  }
  return out;
}

std::string linked_text(const engine::LinkReport& linked) {
  if (linked.results == 0) return fmt::format("{} people in the archive\n", linked.people);
  return fmt::format(
      "{} results {}: {} are of people with other races, {} stand alone, {} have a doubt; {} "
      "people "
      "in the archive\n",
      linked.results, linked.is_everything ? "linked anew" : "linked", linked.to_known,
      linked.alone, linked.doubtful, linked.people);
}

std::string import_report_json(const formats::ResultsFile& read, const std::string& files,
                               archive::Put put, const std::string& archive,
                               const engine::LinkReport& linked) {
  present::JsonOut out;
  out.begin_object();
  out.text_of("race", read.race.id);
  out.text_of("date", base::format_date(read.race.date));
  out.text_of("archive", archive);
  out.text_of("outcome", word_for(put));
  out.text_of("files", files);
  out.text_of("dialect", read.dialect);
  count_of(out, "rows", read.rows);
  count_of(out, "repeated", read.repeated);
  count_of(out, "results", read.race.results.size());
  count_of(out, "splits", read.race.splits.size());
  count_of(out, "estimated", count_flag(read.race, model::PublishedSplit::Estimated));
  count_of(out, "doubtful", count_flag(read.race, model::PublishedSplit::Doubtful));
  count_of(out, "repaired", count_flag(read.race, model::PublishedSplit::Repaired));
  out.key("statuses");
  out.begin_object();
  const auto counts = statuses(read.race);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0) count_of(out, model::name_of(static_cast<RunnerStatus>(i)), counts[i]);
  }
  out.end_object();
  if (read.race.ranked_by) out.text_of("ranked_by", model::name_of(*read.race.ranked_by));
  out.text_of("split_clock", model::name_of(read.race.split_clock));
  out.key("points");
  out.begin_array();
  for (const auto& point : read.race.points) out.text(point.id);
  out.end_array();
  columns_json(read, out);
  places_json(read, out);
  questions_json(read, out);
  out.key("linked");
  out.begin_object();
  count_of(out, "results", linked.results);
  count_of(out, "to_known", linked.to_known);
  count_of(out, "alone", linked.alone);
  count_of(out, "doubtful", linked.doubtful);
  count_of(out, "people", linked.people);
  out.end_object();
  out.end_object();
  return out.take() + "\n";
}

}  // namespace hs::app
