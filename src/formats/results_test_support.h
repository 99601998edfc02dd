#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "formats/results_file.h"

namespace hs::formats::test {

inline ResultsOptions spring_race() {
  ResultsOptions out;
  out.race_id = "spring";
  out.date = {2024, 4, 14};
  return out;
}

/// The file as read; a test that needs it fails where it is refused.
inline ResultsFile read(std::string_view bytes, const ResultsOptions& options = spring_race()) {
  auto file = read_results(bytes, "results.csv", options);
  EXPECT_TRUE(file) << (file ? "" : file.error().text());
  return file ? std::move(*file) : ResultsFile{};
}

/// The words of a refusal; empty where the file is taken.
inline std::string refusal(std::string_view bytes, const ResultsOptions& options = spring_race()) {
  const auto file = read_results(bytes, "results.csv", options);
  return file ? "" : file.error().text();
}

/// "5k 10k finish".
inline std::string points_of(const model::PublishedRace& race) {
  std::string out;
  for (const auto& point : race.points) out += (out.empty() ? "" : " ") + point.id;
  return out;
}

/// The split of one result at a point as "h:mm:ss" with " *", " ?" or " !" for an estimate, a doubt
/// and a repair; "-" where there is none.
inline std::string split_of(const model::PublishedRace& race, std::size_t result,
                            std::string_view point) {
  const auto at = race.point_named(point);
  if (!at || result >= race.results.size()) return "none";
  const auto* split = race.split_at(race.results[result], *at);
  if (split == nullptr || !split->time()) return "-";
  std::string out = base::format_official(*split->time(), base::Rounding::UpToSecond);
  if (split->is_estimated()) out += " *";
  if (split->is_doubtful()) out += " ?";
  if (split->is_repaired()) out += " !";
  return out;
}

/// What the column with this header was taken for.
inline std::string meaning_of(const ResultsFile& file, std::string_view header) {
  for (const ColumnReport& column : file.columns) {
    if (column.header == header) return column.meaning;
  }
  return "no such column";
}

inline std::string questions_of(const ResultsFile& file) {
  std::string out;
  for (const Question& question : file.questions) out += question.told("results.csv") + "\n";
  return out;
}

}  // namespace hs::formats::test
