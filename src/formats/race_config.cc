#include "formats/race_config.h"

#include <algorithm>
#include <utility>

#include "formats/award_config.h"
#include "formats/foot_records.h"
#include "formats/relay_config.h"
#include "formats/standard_config.h"
#include "model/rule_editions.h"

// Implementation notes: a race is read in two steps, first the blocks one by one, then what must
// hold between them. Lookups are linear: a race has at most 64 points and a few dozen divisions.

namespace hs::formats {
namespace {

using base::Duration;
using std::chrono::hours;

constexpr std::size_t kMostPoints = 64;
constexpr int kOldest = 130;

const KnownKeys kRaceKeys = {
    {"id", "name", "kind", "rules", "rank_by", "start_window", "gap", "pair_window", "closes",
     "unresolved", "one_prize", "point", "wave", "division", "award", "team_award", "standard"},
    {"lap", "laps", "qualifying", "age_grade", "protest_window"}};
const KnownKeys kPointKeys = {{"id", "distance_m", "mat", "fastest", "role", "leg"}, {"lap"}};
const KnownKeys kWaveKeys = {{"id", "gun", "leg"}, {}};
const KnownKeys kDivisionKeys = {{"id", "sex", "age_min", "age_max", "mode", "primary"},
                                 {"qualifying", "age_grade"}};
const std::vector<std::string_view> kModes = {"foot", "wheelchair", "handcycle", "assisted",
                                              "stroller"};
const std::vector<std::string_view> kRuleSets = {"wa-road",    "usatf-road",      "wa-track",
                                                 "nfhs-track", "nfhs-xc",         "ncaa-xc",
                                                 "wa-xc",      "world-triathlon", "open"};
const std::vector<std::string_view> kKinds = {"distance", "laps", "time", "backyard", "relay"};

// The columns of results.csv; a point gets a column under its id.
const std::vector<std::string_view> kResultColumns = {"race",
                                                      "place",
                                                      "bib",
                                                      "name",
                                                      "sex",
                                                      "age",
                                                      "division",
                                                      "status",
                                                      "official_time",
                                                      "gun_time",
                                                      "net_time",
                                                      "place_sex",
                                                      "place_division",
                                                      "interval_note",
                                                      "clock_time",
                                                      "mode",
                                                      "start_source",
                                                      "start_offset",
                                                      "team"};

bool contains(const std::vector<std::string_view>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Where the parts of a point were written, for the checks between points.
struct PointPlaces {
  bool has_distance = false;
  base::Place distance;
  base::Place fastest;
  base::Place role;
};

struct PointsRead {
  std::vector<model::Point> points;
  std::vector<PointPlaces> places;
};

/// The sexes of a division: `sex = "F"`, or several as a list.
void read_sexes(TableReader& in, Faults& faults, model::Division& division) {
  const ConfigValue* value = in.find("sex");
  if (value == nullptr || value->kind != ConfigValue::Kind::List) {
    division.sex = read_sex(in);
    return;
  }
  for (const Placed<std::string>& text : in.texts("sex")) {
    const auto sex = model::parse_sex(text.value);
    if (!sex) {
      faults.add(quoted(text.value) + " in 'sex'", "F, M or X", text.place);
    } else if (!division.sex) {
      division.sex = sex;
    } else {
      division.more_sexes.push_back(*sex);
    }
  }
}

void read_rules(TableReader& in, const EventContext& context, model::Race& race) {
  const auto text = in.text("rules");
  if (!text) return;
  const std::size_t at = std::min(text->value.find('@'), text->value.size());
  const std::string name = text->value.substr(0, at);
  const auto rules = model::parse_rule_set(name);
  if (!rules) {
    context.faults->add(quoted(text->value) + " for 'rules'",
                        "one of " + joined(kRuleSets) + ", with @EDITION behind it if need be" +
                            suggestion(name, kRuleSets),
                        text->place);
    return;
  }
  race.rules = *rules;
  if (at == text->value.size()) return;
  race.rules_edition = text->value.substr(at + 1);
  if (model::is_known_edition(*rules, race.rules_edition, context.date.year)) return;
  const std::string known = model::known_editions(*rules);
  const bool is_house_rule = *rules == model::RuleSet::Open;
  context.faults->add(
      quoted(text->value) + " for 'rules'",
      "an edition of " + name + " behind the @: " + known +
          (is_house_rule ? "" : ", or a year from the first of them to the event's"),
      text->place);
}

void read_kind(TableReader& in, Faults& faults, RelayPlaces& relay) {
  relay.race = in.place();
  const auto kind = in.word("kind", kKinds);
  // Laps are a distance as soon as every lap is written as a point, and points are required.
  if (!kind || kind->value == "distance" || kind->value == "laps") return;
  relay.is_relay = kind->value == "relay";
  if (relay.is_relay) return;
  faults.add(base::ErrorCode::Unsupported,
             "found kind = \"" + kind->value +
                 "\", which this version cannot score yet; expected \"distance\", \"relay\", or "
                 "\"laps\" with each lap as a [[race.point]]",
             kind->place);
}

void read_point(const ConfigValue& table, const EventContext& context, UniqueIds& ids,
                RelayPlaces& relay, PointsRead& out) {
  TableReader in(table, "[[race.point]]", kPointKeys, *context.faults);
  model::Point point;
  PointPlaces places{false, in.place(), in.place(), in.place()};
  if (const auto id = in.id("id")) {
    point.id = id->value;
    ids.add(*id);
    if (contains(kResultColumns, point.id)) {
      context.faults->add("the point id '" + point.id + "'",
                          "another: results.csv has a column of that name", id->place);
    }
  } else {
    in.require("id", "a short name such as \"10k\"");
  }
  if (const auto distance = in.metres("distance_m")) {
    point.distance = distance->value;
    places.has_distance = true;
    places.distance = distance->place;
  } else {
    in.require("distance_m", "metres from the start");
  }
  if (const auto mat = in.id("mat")) {
    point.mat = mat->value;
  } else {
    in.require("mat", "the name of the mat that lies there");
  }
  if (const auto role = in.word("role", {"timed", "spotter"})) {
    if (role->value == "spotter") point.role = model::PointRole::Spotter;
    places.role = role->place;
  }
  if (const auto leg = in.id("leg")) {
    point.leg = leg->value;
    relay.points[out.points.size()] = leg->place;
  }
  point.fastest = fastest_on_foot(point.distance);
  if (const auto fastest = in.length("fastest", Duration(0), hours(24 * 30))) {
    point.fastest = fastest->value;
    point.fastest_given = true;
    places.fastest = fastest->place;
  }
  out.points.push_back(std::move(point));
  out.places.push_back(std::move(places));
}

std::string metres_text(base::Distance distance) {
  const std::int64_t mm = distance.in_millimetres();
  const std::string fraction = std::to_string(mm % 1000 + 1000).substr(1);
  return std::to_string(mm / 1000) + (mm % 1000 == 0 ? "" : "." + fraction) + " m";
}

/// The start and the finish: at 0 m, and both timed.
void check_ends_of_course(const PointsRead& read, Faults& faults) {
  if (read.points.front().distance != base::Distance()) {
    faults.add("distance_m = " + metres_text(read.points.front().distance) + " at the first point",
               "0: the first point is the start", read.places.front().distance);
  }
  if (read.points.front().fastest != Duration(0)) {
    faults.add("a 'fastest' at the start", "none: it counts from the runner's start",
               read.places.front().fastest);
  }
  for (const std::size_t i : {std::size_t{0}, read.points.size() - 1}) {
    if (read.points[i].role == model::PointRole::Timed) continue;
    faults.add(std::string("the role spotter at the ") + (i == 0 ? "start" : "finish"),
               "a timed point: only points between may be for the announcer alone",
               read.places[i].role);
  }
}

void check_points(const PointsRead& read, const base::Place& race, Faults& faults) {
  if (read.points.size() < 2 || read.points.size() > kMostPoints) {
    faults.add(std::to_string(read.points.size()) + " points in [[race]]",
               "2 to 64 blocks [[race.point]], the first the start, the last the finish", race);
    return;
  }
  check_ends_of_course(read, faults);
  for (std::size_t i = 1; i < read.points.size(); ++i) {
    const model::Point& before = read.points[i - 1];
    const model::Point& point = read.points[i];
    if (!read.places[i - 1].has_distance || !read.places[i].has_distance) continue;
    if (point.distance <= before.distance) {
      faults.add(
          "distance_m = " + metres_text(point.distance) + " behind " + metres_text(before.distance),
          "distances that rise along the course", read.places[i].distance);
    }
    if (point.fastest < before.fastest && (point.fastest_given || before.fastest_given)) {
      faults.add("a least time of " + base::format_h_mm_ss_mmm(point.fastest) + " to '" + point.id +
                     "' and " + base::format_h_mm_ss_mmm(before.fastest) + " to '" + before.id +
                     "' before it",
                 "least times that do not fall along the course",
                 point.fastest_given ? read.places[i].fastest : read.places[i - 1].fastest);
    }
  }
}

void read_points(TableReader& in, const EventContext& context, RelayPlaces& relay,
                 model::Race& race) {
  PointsRead read;
  UniqueIds ids("point", *context.faults);
  for (const ConfigValue* table : in.blocks("point")) {
    read_point(*table, context, ids, relay, read);
  }
  const ConfigValue* blocks = in.find("point");
  const bool is_list = blocks != nullptr && blocks->kind == ConfigValue::Kind::List;
  if (blocks == nullptr || is_list) check_points(read, in.place(), *context.faults);
  race.points = std::move(read.points);
}

std::optional<base::RaceTime> resolve_gun(const Placed<WrittenTime>& gun,
                                          const EventContext& context) {
  const auto at = resolve(gun, context);
  if (at && context.zone != nullptr && (*at < context.begins || *at > context.latest_gun)) {
    context.faults->add("a gun outside the event",
                        "an instant between the beginning of its date and its end", gun.place);
  }
  return at;
}

void read_waves(TableReader& in, const EventContext& context, RelayPlaces& relay,
                model::Race& race) {
  UniqueIds ids("wave", *context.faults);
  for (const ConfigValue* table : in.blocks("wave")) {
    TableReader wave_in(*table, "[[race.wave]]", kWaveKeys, *context.faults);
    model::Wave wave;
    if (const auto id = wave_in.id("id")) {
      wave.id = id->value;
      ids.add(*id);
    } else {
      wave_in.require("id", "a short name such as \"A\"");
    }
    if (const auto gun = wave_in.time("gun")) wave.gun = resolve_gun(*gun, context);
    if (const auto leg = wave_in.id("leg")) {
      wave.leg = leg->value;
      relay.waves[race.waves.size()] = leg->place;
    }
    race.waves.push_back(std::move(wave));
  }
  if (race.waves.empty()) in.require("wave", "at least one block [[race.wave]]");
}

void read_divisions(TableReader& in, const EventContext& context, model::Race& race) {
  UniqueIds ids("division", *context.faults);
  for (const ConfigValue* table : in.blocks("division")) {
    TableReader division_in(*table, "[[race.division]]", kDivisionKeys, *context.faults);
    model::Division division;
    if (const auto id = division_in.id("id")) {
      division.id = id->value;
      ids.add(*id);
    } else {
      division_in.require("id", "a short name such as \"W60\"");
    }
    read_sexes(division_in, *context.faults, division);
    if (const auto mode = division_in.word("mode", kModes)) {
      division.mode = model::parse_mode(mode->value);
    }
    if (const auto age = division_in.whole("age_min", 0, kOldest)) division.age_min = age->value;
    if (const auto age = division_in.whole("age_max", 0, kOldest)) {
      division.age_max = age->value;
      if (division.age_min && *division.age_min > age->value) {
        context.faults->add("age_max = " + std::to_string(age->value) +
                                " under age_min = " + std::to_string(*division.age_min),
                            "age_min up to age_max, both included", age->place);
      }
    }
    if (const auto primary = division_in.truth("primary")) division.primary = primary->value;
    race.divisions.push_back(std::move(division));
  }
}

void read_windows(TableReader& in, const EventContext& context, model::Race& race) {
  if (const auto window = in.length("start_window", Duration(0), hours(48))) {
    race.start_window = window->value;
  }
  if (const auto gap = in.length("gap", Duration(1), hours(24))) race.gap = gap->value;
  if (const auto pair = in.length("pair_window", Duration(0), hours(24))) {
    race.pair_window = pair->value;
  }
  if (const auto unresolved = in.word("unresolved", {"DNF", "UNR"})) {
    race.unresolved = unresolved->value == "DNF" ? model::Unresolved::DidNotFinish
                                                 : model::Unresolved::NeedsPerson;
  }
  const auto closes = in.time("closes");
  if (!closes) return;
  race.closes = resolve(*closes, context);
  for (const model::Wave& wave : race.waves) {
    if (race.closes && wave.gun && *race.closes <= *wave.gun) {
      context.faults->add("'closes' at or before the gun of wave '" + wave.id + "'",
                          "an instant after every gun of the race", closes->place);
      return;
    }
  }
}

}  // namespace

std::optional<model::Sex> read_sex(TableReader& in) {
  const auto word = in.word("sex", {"F", "M", "X"});
  return word ? model::parse_sex(word->value) : std::nullopt;
}

model::RankBy read_rank_by(TableReader& in, std::string_view key, model::RankBy otherwise) {
  const auto word = in.word(key, {"gun", "clock", "net"});
  return word ? model::parse_rank_by(word->value).value_or(otherwise) : otherwise;
}

void UniqueIds::add(const Placed<std::string>& id) {
  if (id.value.empty()) return;  // Missing or unfit: that is a fault already.
  for (const Placed<std::string>& other : seen_) {
    if (other.value != id.value) continue;
    faults_.add("the " + what_ + " id '" + id.value + "' a second time",
                "another: line " + std::to_string(other.place.line) + " has it", id.place);
    return;
  }
  seen_.push_back(id);
}

std::optional<base::RaceTime> resolve(const Placed<WrittenTime>& written,
                                      const EventContext& context) {
  constexpr std::int64_t kMicrosPerDay = 86'400'000'000;
  const base::Date day = written.value.date.value_or(context.date);
  const base::CivilTime civil{base::days_from_epoch(day) * kMicrosPerDay +
                              written.value.time_of_day.count()};
  if (written.value.utc_offset) {
    return base::RaceTime(Duration(civil.micros) - *written.value.utc_offset);
  }
  if (context.zone == nullptr) return std::nullopt;
  auto at = context.zone->resolve(civil);
  if (at) return *at;
  context.faults->add(at.error().code, at.error().message, written.place);
  return std::nullopt;
}

model::Race read_race(const ConfigValue& table, const EventContext& context, UniqueIds& ids) {
  TableReader in(table, "[[race]]", kRaceKeys, *context.faults);
  model::Race race;
  if (const auto id = in.id("id")) {
    race.id = id->value;
    ids.add(*id);
  } else {
    in.require("id", "a short name such as \"half\"");
  }
  const auto name = in.text("name");
  race.name = name ? name->value : race.id;
  RelayPlaces relay;
  read_kind(in, *context.faults, relay);
  read_rules(in, context, race);
  race.rank_by = read_rank_by(in, "rank_by", race.rank_by);
  read_points(in, context, relay, race);
  read_waves(in, context, relay, race);
  settle_relay(relay, *context.faults, race);
  read_divisions(in, context, race);
  read_awards(in, context, race);
  read_team_awards(in, context, race);
  race.standards = read_standards(in, context);
  read_windows(in, context, race);
  return race;
}

}  // namespace hs::formats
