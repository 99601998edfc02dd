#include "present/story_data.h"

#include <algorithm>
#include <map>

#include "present/language.h"
#include "present/page_html.h"
#include "present/plot_words.h"
#include "present/sentences.h"
#include "present/shown_name.h"
#include "scoring/rule_set.h"

// Implementation notes: 20,000 runners with ten points are 4 MB as plain JSON and 1.7 MB this way,
// and a phone parses a handful of long strings at once instead of 300,000 numbers. (Gzip would do
// as well on the wire, but the file is also opened from a disk.) Bibs are separated by blanks and
// names by line breaks, which neither can contain.

namespace hs::present {
namespace {

using model::EntrantId;
using model::EventResults;
using model::Race;
using Values = std::vector<std::optional<std::int64_t>>;

constexpr std::int64_t kBase = 88;
constexpr std::int64_t kMicrosPerHundredth = 10'000;
constexpr std::int64_t kMicrosPerTenth = 100'000;

std::string digits() {
  std::string out;
  for (char c = '#'; c <= '~'; ++c) {
    if (c != '&' && c != '<' && c != '>' && c != '\\') out += c;
  }
  return out;
}

// One race, as its rows are listed.
struct Rows {
  const EventResults& results;
  const Race& race;
  const std::vector<EntrantId>& ids;

  [[nodiscard]] const model::RunnerResult& result(std::size_t row) const {
    return results.runners[ids[row].raw()];
  }
  [[nodiscard]] const model::Entrant& entrant(std::size_t row) const {
    return results.entrants[ids[row].raw()];
  }
  [[nodiscard]] const model::Person& person(std::size_t row) const {
    return results.persons[ids[row].raw()];
  }
};

std::string packed(const Values& values) {
  const PackedColumn column = pack(values);
  return "[" + std::to_string(column.width) + "," + json_string(column.text) + "]";
}

template <typename ValueOf>
std::string packed_column(const Rows& rows, const ValueOf& value_of) {
  Values values;
  values.reserve(rows.ids.size());
  for (std::size_t row = 0; row < rows.ids.size(); ++row) values.push_back(value_of(row));
  return packed(values);
}

std::optional<std::int64_t> place_code(const std::optional<model::Placing>& placing) {
  if (!placing) return std::nullopt;
  return static_cast<std::int64_t>(placing->place) * 2 + (placing->shared ? 1 : 0);
}

template <typename Time>
std::optional<std::int64_t> hundredths(const std::optional<Time>& time, base::Rounding rounding) {
  if (!time) return std::nullopt;
  return base::round_up(time->value(), rounding).count() / kMicrosPerHundredth;
}

std::string names_text(const Rows& rows) {
  std::string out;
  for (std::size_t row = 0; row < rows.ids.size(); ++row) {
    if (row > 0) out += '\n';
    std::string name = shown_name(rows.results, rows.ids[row]);
    std::replace(name.begin(), name.end(), '\n', ' ');
    out += name;
  }
  return json_string(out);
}

std::string bibs_text(const Rows& rows) {
  std::string out;
  for (std::size_t row = 0; row < rows.ids.size(); ++row) {
    if (row > 0) out += ' ';
    out += rows.entrant(row).bib.view();
  }
  return json_string(out);
}

// The clubs of those who are not private, each once, and who belongs to which.
std::string clubs_json(const Rows& rows) {
  std::map<std::string, std::int64_t> numbers;
  for (std::size_t row = 0; row < rows.ids.size(); ++row) {
    const std::string& club = rows.person(row).club;
    if (!rows.entrant(row).is_private && !club.empty()) numbers.emplace(club, 0);
  }
  std::string names;
  std::int64_t next = 0;
  for (auto& [club, number] : numbers) {
    number = next++;
    if (number > 0) names += ',';
    names += json_string(club);
  }
  const auto of_row = [&](std::size_t row) -> std::optional<std::int64_t> {
    const std::string& club = rows.person(row).club;
    if (rows.entrant(row).is_private || club.empty()) return std::nullopt;
    return numbers.at(club);
  };
  return "\"clubs\":[" + names + "],\"club\":" + packed_column(rows, of_row);
}

std::string points_json(const EventResults& results, const Race& race) {
  std::string out;
  for (const model::Point& point : race.points) {
    if (!out.empty()) out += ',';
    const bool timed = point.role == model::PointRole::Timed;
    out += "[" + json_string(point_words(race, point.id, language_of(results.event))) + "," +
           std::to_string(point.distance.in_millimetres() / 1000) + "," + (timed ? "1" : "0") + "]";
  }
  return "\"points\":[" + out + "]";
}

std::string splits_json(const Rows& rows) {
  std::string out;
  for (std::size_t point = 1; point < rows.race.points.size(); ++point) {
    if (point > 1) out += ',';
    out += packed_column(rows, [&](std::size_t row) -> std::optional<std::int64_t> {
      const auto& splits = rows.result(row).splits;
      const bool timed = rows.race.points[point].role == model::PointRole::Timed;
      if (!timed || point >= splits.size() || !splits[point].net) return std::nullopt;
      return splits[point].net->value().count() / kMicrosPerTenth;
    });
  }
  return "\"splits\":[" + out + "]";
}

std::string places_json(const Rows& rows) {
  std::string out = "\"place\":" + packed_column(rows, [&](std::size_t row) {
                      return place_code(rows.result(row).places.overall);
                    });
  out += ",\"placeSex\":" + packed_column(rows, [&](std::size_t row) {
           return place_code(rows.result(row).places.sex);
         });
  out += ",\"placeDiv\":" + packed_column(rows, [&](std::size_t row) {
           return place_code(rows.result(row).places.division);
         });
  return out;
}

std::string times_json(const Rows& rows) {
  const base::Rounding rounding = scoring::rounding_of(rows.race.rules);
  const auto finished = [&](std::size_t row) {
    const model::RunnerStatus status = rows.result(row).status;
    return status == model::RunnerStatus::Finished ||
           status == model::RunnerStatus::OutOfCompetition;
  };
  std::string out = "\"official\":" + packed_column(rows, [&](std::size_t row) {
                      const auto& official = rows.result(row).official;
                      return official && finished(row)
                                 ? std::optional(official->count() / kMicrosPerHundredth)
                                 : std::nullopt;
                    });
  out += ",\"gun\":" + packed_column(rows, [&](std::size_t row) {
           return finished(row) ? hundredths(rows.result(row).gun, rounding) : std::nullopt;
         });
  out += ",\"net\":" + packed_column(rows, [&](std::size_t row) {
           return finished(row) ? hundredths(rows.result(row).net, rounding) : std::nullopt;
         });
  return out;
}

std::string people_json(const Rows& rows) {
  std::string out = "\"sex\":" + packed_column(rows, [&](std::size_t row) {
                      const auto& sex = rows.entrant(row).sex;
                      return sex ? std::optional(static_cast<std::int64_t>(*sex)) : std::nullopt;
                    });
  out += ",\"status\":" + packed_column(rows, [&](std::size_t row) {
           return std::optional(static_cast<std::int64_t>(rows.result(row).status));
         });
  out += ",\"div\":" + packed_column(rows, [&](std::size_t row) {
           const auto& division = rows.result(row).division;
           return division ? std::optional<std::int64_t>(division->raw()) : std::nullopt;
         });
  return out;
}

// Missed points and clauses are few: rows of numbers.
std::string exceptions_json(const Rows& rows, model::RaceId race) {
  std::map<EntrantId, std::size_t> row_of;
  std::string clauses;
  for (std::size_t row = 0; row < rows.ids.size(); ++row) {
    row_of.emplace(rows.ids[row], row);
    const model::RunnerResult& result = rows.result(row);
    if (result.status != model::RunnerStatus::Disqualified || result.clause.empty()) continue;
    if (!clauses.empty()) clauses += ',';
    clauses += json_string(std::to_string(row)) + ":" + json_string(result.clause);
  }
  std::string missed;
  for (const model::MissedInterval& item : rows.results.missed) {
    const auto row = row_of.find(item.entrant);
    if (row == row_of.end() || rows.results.runners[item.entrant.raw()].race != race) continue;
    if (!missed.empty()) missed += ',';
    missed += "[" + std::to_string(row->second) + "," + std::to_string(item.point.raw()) + "," +
              std::to_string(item.earliest.value().count() / kMicrosPerTenth) + "," +
              std::to_string(item.latest.value().count() / kMicrosPerTenth) + "]";
  }
  return "\"missed\":[" + missed + "],\"clauses\":{" + clauses + "}";
}

int decimals_of(base::Rounding rounding) {
  switch (rounding) {
    case base::Rounding::UpToSecond:
      return 0;
    case base::Rounding::UpToTenth:
      return 1;
    case base::Rounding::None:
    case base::Rounding::UpToHundredth:
      return 2;
  }
  return 0;
}

// A sentence as story.js fills it: "Page {from} of {to}".
std::string pattern(const Sentence& sentence) {
  std::string out;
  for (const Sentence::Piece& piece : sentence.pieces) {
    out += piece.before + "{" + piece.value + "}";
  }
  return json_string(out + sentence.rest);
}

// What the script says, by the keys of [browser]: a sentence, or one for each plural category.
std::string words_json(Language language) {
  constexpr std::string_view kSection = "browser.";
  std::string out = "{\"thousands\":" + json_string(language.table().thousands) +
                    ",\"decimal\":" + json_string(language.table().decimal);
  for (const auto& [key, wording] : language.table().wordings) {
    if (key.rfind(kSection, 0) != 0) continue;
    out += "," + json_string(key.substr(kSection.size())) + ":";
    if (wording.by_count.empty()) {
      out += pattern(wording.variants.front());
      continue;
    }
    std::string by_count;
    for (const auto& [category, sentence] : wording.by_count) {
      by_count += (by_count.empty() ? "" : ",") + json_string(category) + ":" + pattern(sentence);
    }
    out += "{" + by_count + "}";
  }
  for (const char* key : {"results.gun", "results.clock", "results.net", "results.all",
                          "results.club", "sex.F", "sex.M", "sex.X"}) {
    out += "," + json_string(key) + ":" + json_string(said(language, key));
  }
  return out + "}";
}

std::string race_json(const EventResults& results, std::size_t index) {
  const Race& race = results.event.races[index];
  const Rows rows{results, race, results.order[index]};
  std::string divisions;
  for (const model::Division& division : race.divisions) {
    if (!divisions.empty()) divisions += ',';
    divisions += json_string(division.id);
  }
  std::string out = "{\"id\":" + json_string(race.id) + ",\"name\":" + json_string(race.name) +
                    ",\"rank\":" + json_string(model::name_of(race.rank_by)) + ",\"decimals\":" +
                    std::to_string(decimals_of(scoring::rounding_of(race.rules))) +
                    ",\"n\":" + std::to_string(rows.ids.size());
  out += "," + points_json(results, race) + ",\"divs\":[" + divisions + "]";
  out += ",\"bibs\":" + bibs_text(rows) + ",\"names\":" + names_text(rows);
  out += "," + clubs_json(rows) + "," + people_json(rows) + "," + places_json(rows);
  out += "," + times_json(rows) + "," + splits_json(rows);
  return out + "," + exceptions_json(rows, model::RaceId(static_cast<std::uint16_t>(index))) + "}";
}

}  // namespace

PackedColumn pack(const std::vector<std::optional<std::int64_t>>& values) {
  static const std::string kDigits = digits();
  std::int64_t most = 0;
  for (const auto& value : values) most = std::max(most, value ? *value + 1 : 0);
  PackedColumn out;
  for (std::int64_t room = kBase; room <= most; room *= kBase) ++out.width;
  const auto width = static_cast<std::size_t>(out.width);
  out.text.assign(values.size() * width, kDigits[0]);
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::int64_t rest = values[i] && *values[i] >= 0 ? *values[i] + 1 : 0;
    for (std::size_t digit = width; digit-- > 0; rest /= kBase) {
      out.text[i * width + digit] = kDigits[static_cast<std::size_t>(rest % kBase)];
    }
  }
  return out;
}

std::string story_data(const EventResults& results, std::optional<model::RaceId> only) {
  const Language language = language_of(results.event);
  std::string statuses;
  for (int i = 0; i <= static_cast<int>(model::RunnerStatus::Stopped); ++i) {
    const auto status = static_cast<model::RunnerStatus>(i);
    if (i > 0) statuses += ',';
    statuses += "[" + json_string(model::name_of(status)) + "," +
                json_string(status_words(status, language)) + "]";
  }
  std::string out =
      "{\"words\":" + words_json(language) + ",\"statuses\":[" + statuses + "],\"races\":[";
  bool first = true;
  for (std::size_t i = 0; i < results.event.races.size(); ++i) {
    if (only && only->raw() != i) continue;
    if (!first) out += ',';
    first = false;
    out += race_json(results, i);
  }
  return out + "]}";
}

}  // namespace hs::present
