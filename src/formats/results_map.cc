#include "formats/results_map.h"

#include <array>

#include "formats/config_reader.h"
#include "formats/entry_words.h"

namespace hs::formats {
namespace {

using Column = ResultColumn;

const KnownKeys kRootKeys = {{"laps", "blank", "columns"}, {}};

struct Meaning {
  std::string_view word;
  Column column;
  model::PublishedClock clock = model::PublishedClock::Untold;
};

constexpr std::array kMeanings = {
    Meaning{"sex", Column::Sex},
    Meaning{"age", Column::Age},
    Meaning{"year of birth", Column::BirthYear},
    Meaning{"mode", Column::Mode},
    Meaning{"status", Column::Status},
    Meaning{"place overall", Column::PlaceOverall},
    Meaning{"place in sex", Column::PlaceSex},
    Meaning{"place in division", Column::PlaceDivision},
    Meaning{"age grade", Column::AgeGrade},
    Meaning{"number of laps", Column::LapCount},
    Meaning{"official time", Column::Finish, model::PublishedClock::Untold},
    Meaning{"gun time", Column::Finish, model::PublishedClock::Gun},
    Meaning{"net time", Column::Finish, model::PublishedClock::Net},
    Meaning{"time of day at the start", Column::StartTimeOfDay},
    Meaning{"key", Column::Key},
    Meaning{"name of the point", Column::PointName},
    Meaning{"split at the point", Column::PointTime},
    Meaning{"time of day at the point", Column::PointTimeOfDay},
};

/// "split 10k", "time of day 10k", "lap 3": the point behind the first word or words.
std::optional<HeaderWord> point_meaning(std::string_view text, const std::string& header) {
  HeaderWord out;
  const auto behind = [&text](std::string_view front) {
    if (text.substr(0, front.size()) != front) return false;
    text.remove_prefix(front.size());
    return !text.empty();
  };
  if (behind("lap ")) {
    out.column = Column::Lap;
    out.point = NamedPoint{{"lap-" + point_id_of(text), header, std::nullopt}, false};
    return out;
  }
  if (behind("split ")) {
    out.column = Column::Split;
  } else if (behind("time of day ")) {
    out.column = Column::SplitTimeOfDay;
  } else {
    return std::nullopt;
  }
  out.point = named_point(text);
  if (!out.point) out.point = NamedPoint{{point_id_of(text), header, std::nullopt}, false};
  out.point->point.header = header;
  return out;
}

std::optional<HeaderWord> meaning_of(std::string_view text, const std::string& header) {
  HeaderWord out;
  if (text == "leave out") {
    out.why_left_out = "as told";
    return out;
  }
  for (const Meaning& meaning : kMeanings) {
    if (meaning.word != text) continue;
    out.column = meaning.column;
    out.clock = meaning.clock;
    return out;
  }
  for (std::size_t i = 0; i < model::kPublishedTexts; ++i) {
    const auto kind = static_cast<model::PublishedText>(i);
    if (text != model::name_of(kind)) continue;
    out.column = Column::Text;
    out.text = kind;
    return out;
  }
  return point_meaning(text, header);
}

void read_columns(const ConfigValue& table, ResultsMap& out, Faults& faults) {
  for (const ConfigEntry& entry : table.entries) {
    const bool is_text = entry.value.kind == ConfigValue::Kind::Text;
    auto meaning = is_text ? meaning_of(entry.value.text, entry.key) : std::nullopt;
    if (!meaning) {
      faults.add(is_text ? quoted(entry.value.text) : name_of(entry.value.kind),
                 "what the column is, such as \"net time\", \"split 10k\", \"city\" or "
                 "\"leave out\" (docs/results-files.md has all)",
                 entry.value.place);
      continue;
    }
    out.columns.push_back({entry.key, std::move(*meaning), entry.place});
  }
}

}  // namespace

base::Result<ResultsMap> read_results_map(std::string_view bytes, const std::string& file) {
  HS_TRY(const ConfigValue root, parse_toml(bytes, file));
  Faults faults;
  TableReader reader(root, "the map", kRootKeys, faults);
  ResultsMap out;
  for (auto& blank : reader.texts("blank")) out.blanks.push_back(std::move(blank.value));
  if (const auto laps = reader.word("laps", {"sum", "hourly"})) {
    out.laps = laps->value == "sum" ? LapRule::Sum : LapRule::Hourly;
  }
  if (const ConfigValue* columns = reader.table("columns")) read_columns(*columns, out, faults);
  if (faults.first()) return tl::make_unexpected(*faults.first());
  return out;
}

}  // namespace hs::formats
