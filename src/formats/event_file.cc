#include "formats/event_file.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <utility>

#include "formats/chip_file.h"
#include "formats/race_config.h"

// Implementation notes: the file is read to its end whatever is wrong in it, and the first mistake
// by line is the one returned: a person mends a file from the top. Races come before sources,
// because a source names mats of points.

namespace hs::formats {
namespace {

using base::Duration;
using std::chrono::hours;
using std::chrono::seconds;

constexpr hours kDaysBefore{2 * 24};  // The span for which offsets are kept with the event:
constexpr hours kDaysAfter{10 * 24};  // devices with an old or a wrong date fall into it.
constexpr hours kLongestEvent{60 * 24};

const KnownKeys kRootKeys = {{"event", "race", "source", "publish"},
                             {"team", "teams", "qualifying", "age_grade", "series"}};
const KnownKeys kEventKeys = {{"name", "date", "timezone", "ends", "language"},
                              {"qualifying", "age_grade", "protest_window", "teams"}};
const KnownKeys kSourceKeys = {{"mat", "file", "format", "role", "clock", "offset", "device",
                                "listen", "connect", "locations"},
                               {}};
const KnownKeys kPublishKeys = {{"columns"}, {}};

// Columns that no key can publish: interfaces promise it to the people in the list.
const std::vector<std::string_view> kNeverPublished = {
    "birth_date", "birthdate", "dob",    "note",    "notes",   "phone",
    "mobile",     "email",     "e-mail", "contact", "medical", "address"};

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

/// HOST:PORT, as far as that can be seen without asking a network.
bool is_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const std::string_view port = text.substr(colon + 1);
  int number = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  const bool is_port = error == std::errc() && end == port.data() + port.size() && number > 0 &&
                       number <= std::numeric_limits<std::uint16_t>::max();
  return is_port && text.find_first_of(" \t/") == std::string_view::npos;
}

/// "+02:00" as seconds.
std::optional<seconds> parse_offset(std::string_view text) {
  if (text.size() != 6) return std::nullopt;
  const auto parsed = base::parse_iso("2000-01-01T00:00:00" + std::string(text));
  return parsed ? parsed->utc_offset : std::nullopt;
}

class EventReader {
 public:
  explicit EventReader(std::vector<model::Attention>* notes) : notes_(notes) {
    context_.faults = &faults_;
  }

  base::Result<model::Event> read(const ConfigValue& root);

 private:
  void read_event_table(const ConfigValue& table);
  void read_language(TableReader& in);
  void read_races(TableReader& root);
  void read_source(const ConfigValue& table);
  void read_clock(TableReader& in, model::SourceConfig& source);
  void read_live_source(TableReader& in, model::SourceConfig& source);
  void read_file_source(TableReader& in, model::SourceConfig& source);
  void check_mat(const Placed<std::string>& mat);
  [[nodiscard]] std::string checked_address(const Placed<std::string>& address);
  void check_file(const model::SourceConfig& source, const base::Place& place);
  void read_publish(const ConfigValue& table);
  void note_net_under_gun_rules(std::size_t race);

  std::vector<model::Attention>* notes_;
  Faults faults_;
  model::Event event_;
  std::optional<TimeZone> zone_;
  EventContext context_;
};

void EventReader::read_language(TableReader& in) {
  const auto language = in.text("language");
  if (!language) return;
  // Which languages there are is not known here; what no language can be called is.
  const bool plausible = std::all_of(language->value.begin(), language->value.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
  if (plausible && language->value.size() >= 2) {
    event_.language = language->value;
  } else {
    faults_.add(quoted(language->value) + " for 'language'", "a code such as \"en\" or \"de\"",
                language->place);
  }
}

void EventReader::read_event_table(const ConfigValue& table) {
  TableReader in(table, "[event]", kEventKeys, faults_);
  if (const auto name = in.text("name")) {
    event_.name = name->value;
  } else {
    in.require("name", "the name of the event");
  }
  const auto date = in.date("date");
  if (date) {
    event_.date = date->value;
  } else {
    in.require("date", "the first day as YYYY-MM-DD");
  }
  if (const auto timezone = in.text("timezone")) {
    event_.timezone = timezone->value;
    if (auto zone = TimeZone::named(timezone->value)) {
      zone_ = *zone;
    } else {
      faults_.add(zone.error().code, zone.error().message, timezone->place);
    }
  } else {
    in.require("timezone", "an IANA name such as \"Europe/Berlin\"");
  }
  read_language(in);
  context_.date = event_.date;
  context_.zone = zone_ ? &*zone_ : nullptr;
  if (!zone_) return;
  event_.begins = zone_->begin_of(event_.date);
  base::RaceTime covered = event_.begins + kDaysAfter;
  if (const auto ends = in.time("ends")) {
    event_.ends = resolve(*ends, context_);
    const bool fits = event_.ends && *event_.ends > event_.begins &&
                      *event_.ends <= event_.begins + kLongestEvent;
    if (event_.ends && date && !fits) {
      faults_.add("'ends' outside the event", "an instant up to 60 days after the date begins",
                  ends->place);
    } else if (event_.ends) {
      covered = std::max(covered, *event_.ends);
    }
  }
  context_.begins = event_.begins;
  context_.latest_gun = event_.ends.value_or(covered);
  event_.offsets = zone_->offsets_between(event_.begins - kDaysBefore, covered);
}

void EventReader::read_races(TableReader& root) {
  UniqueIds ids("race", faults_);
  for (const ConfigValue* table : root.blocks("race")) {
    event_.races.push_back(read_race(*table, context_, ids));
    note_net_under_gun_rules(event_.races.size() - 1);
  }
  if (event_.races.empty()) root.require("race", "at least one block [[race]]");
}

void EventReader::note_net_under_gun_rules(std::size_t race) {
  using model::RuleSet;
  const model::Race& of = event_.races[race];
  const bool by_gun = of.rules == RuleSet::WaRoad || of.rules == RuleSet::UsatfRoad ||
                      of.rules == RuleSet::WaTrack || of.rules == RuleSet::WaXc;
  if (!by_gun || of.rank_by != model::RankBy::Net) return;
  model::Attention note;
  note.severity = model::Severity::Look;
  note.kind = model::Attention::Kind::NetUnderGunRules;
  note.race = model::RaceId(static_cast<model::RaceId::rep>(race));
  notes_->push_back(std::move(note));
}

void EventReader::check_mat(const Placed<std::string>& mat) {
  std::vector<std::string_view> mats;
  for (const model::Race& race : event_.races) {
    for (const model::Point& point : race.points) mats.push_back(point.mat);
  }
  if (std::find(mats.begin(), mats.end(), mat.value) != mats.end()) return;
  faults_.add("the mat " + quoted(mat.value) + " of a source",
              "a mat that a [[race.point]] names" + suggestion(mat.value, mats), mat.place);
}

void EventReader::read_clock(TableReader& in, model::SourceConfig& source) {
  const auto clock = in.text("clock");
  if (!clock) return;
  if (clock->value == "utc") {
    source.clock = model::DeviceClock::Utc;
  } else if (clock->value == "local") {
    source.clock = model::DeviceClock::Local;
  } else if (clock->value == "free") {
    source.clock = model::DeviceClock::Free;
  } else if (const auto offset = parse_offset(clock->value)) {
    source.clock = model::DeviceClock::Fixed;
    source.fixed_offset = *offset;
  } else {
    faults_.add(quoted(clock->value) + " for 'clock'",
                "one of utc, local, free, or an offset such as \"+02:00\"", clock->place);
  }
}

std::string EventReader::checked_address(const Placed<std::string>& address) {
  if (!is_address(address.value)) {
    faults_.add(quoted(address.value), "an address and a port, such as \"0.0.0.0:3097\"",
                address.place);
  }
  return address.value;
}

void EventReader::read_live_source(TableReader& in, model::SourceConfig& source) {
  const auto device = in.text("device");
  if (!device) return;
  source.device = device->value;
  if (!is_known_read_format(source.device)) {
    faults_.add(quoted(source.device) + " for 'device'", "the name of a read format",
                device->place);
  }
  if (source.format.empty()) source.format = source.device;
  const auto listen = in.text("listen");
  const auto connect = in.text("connect");
  if (listen.has_value() == connect.has_value()) {
    faults_.add(listen ? "both 'listen' and 'connect'" : "neither 'listen' nor 'connect'",
                "one of the two for a live source", in.place());
  }
  if (listen) source.listen = checked_address(*listen);
  if (connect) source.connect = checked_address(*connect);
  if (const ConfigValue* locations = in.table("locations")) {
    for (const ConfigEntry& entry : locations->entries) {
      if (entry.value.kind == ConfigValue::Kind::Text) {
        check_mat({entry.value.text, entry.value.place});
        source.locations.push_back({entry.key, entry.value.text});
      } else {
        faults_.add(name_of(entry.value.kind), "the name of a mat", entry.value.place);
      }
    }
  }
}

void EventReader::read_file_source(TableReader& in, model::SourceConfig& source) {
  for (const std::string_view key : {"listen", "connect", "locations"}) {
    if (const ConfigValue* value = in.find(key)) {
      faults_.add("'" + std::string(key) + "' in a source without 'device'",
                  "'device', which makes it a live source", value->place);
    }
  }
  const auto file = in.text("file");
  if (file) {
    source.file = file->value;
  } else {
    in.require("file", "'file', or 'device' for a live source");
  }
  in.require("format", "the name of a read format, such as \"chronotrack\" or \"csv\"");
  // Rows of generic tables name their own mats; everybody else's do not.
  if (source.format != "csv") {
    in.require("mat", "the mat that this file was read at");
  }
}

void EventReader::read_source(const ConfigValue& table) {
  TableReader in(table, "[[source]]", kSourceKeys, faults_);
  model::SourceConfig source;
  source.line = in.place().line;
  if (const auto mat = in.id("mat")) {
    source.mat = mat->value;
    check_mat(*mat);
  }
  if (const auto format = in.text("format")) {
    source.format = format->value;
    if (!is_known_read_format(source.format)) {
      const std::vector<std::string_view> formats = {
          "chronotrack", "mylaps", "ipico", "raceresult", "ultra",   "llrp",
          "csv",         "lif",    "times", "bibs",       "bibtimes"};
      faults_.add(quoted(source.format) + " for 'format'",
                  "one of " + joined(formats) + suggestion(source.format, formats), format->place);
    }
  }
  if (const auto role = in.word("role", {"main", "backup", "manual"})) {
    source.role = model::parse_read_role(role->value).value_or(source.role);
  }
  read_clock(in, source);
  if (const auto offset = in.length("offset", -hours(24 * 366 * 30), hours(24 * 366 * 30))) {
    source.offset = offset->value;
  }
  const ConfigValue* file = in.find("file");
  if (file != nullptr && in.find("device") != nullptr) {
    faults_.add("both 'file' and 'device' in a source", "one of the two", file->place);
  } else if (in.find("device") != nullptr) {
    read_live_source(in, source);
  } else {
    read_file_source(in, source);
  }
  if (file != nullptr && !source.file.empty()) check_file(source, file->place);
  event_.sources.push_back(std::move(source));
}

void EventReader::check_file(const model::SourceConfig& source, const base::Place& place) {
  for (const model::SourceConfig& before : event_.sources) {
    if (before.file != source.file) continue;
    const auto conflict = conflict_over_file(before, source);
    if (!conflict) continue;
    faults_.add("the file " + quoted(source.file) + " with " + *conflict + " than in line " +
                    std::to_string(before.line),
                "one source for a file; only csv files may be named once for each mat", place);
    return;
  }
}

void EventReader::read_publish(const ConfigValue& table) {
  TableReader in(table, "[publish]", kPublishKeys, faults_);
  for (Placed<std::string>& column : in.texts("columns")) {
    const std::string plain = lower_case(column.value);
    const bool never =
        std::any_of(kNeverPublished.begin(), kNeverPublished.end(),
                    [&](std::string_view word) { return plain.find(word) != std::string::npos; });
    if (never) {
      faults_.add("the column " + quoted(column.value) + " in [publish]",
                  "another: birth dates, notes, contacts and medical columns are never published",
                  column.place);
    }
    event_.publish_columns.push_back(std::move(column.value));
  }
}

base::Result<model::Event> EventReader::read(const ConfigValue& root) {
  TableReader in(root, "the file", kRootKeys, faults_);
  if (const ConfigValue* event = in.table("event")) {
    read_event_table(*event);
    read_races(in);
    for (const ConfigValue* source : in.blocks("source")) read_source(*source);
    if (const ConfigValue* publish = in.table("publish")) read_publish(*publish);
  } else {
    in.require("event", "a table [event] with name, date and timezone");
  }
  if (faults_.first()) return tl::make_unexpected(*faults_.first());
  return std::move(event_);
}

}  // namespace

std::optional<std::string> conflict_over_file(const model::SourceConfig& a,
                                              const model::SourceConfig& b) {
  if (a.format != b.format) return "another format";
  const bool rows_name_mats = a.format == "csv";
  if (rows_name_mats && a.mat != b.mat && !a.mat.empty() && !b.mat.empty()) return std::nullopt;
  if (!rows_name_mats && a.mat != b.mat) return "another mat";
  if (a.role != b.role) return "another role";
  if (a.clock != b.clock || a.fixed_offset != b.fixed_offset) return "another clock";
  if (a.offset != b.offset) return "another offset";
  return std::nullopt;
}

base::Result<model::Event> read_event(std::string_view bytes, const std::string& file,
                                      std::vector<model::Attention>* notes) {
  HS_TRY(const ConfigValue root, parse_toml(bytes, file));
  std::vector<model::Attention> found;
  auto event = EventReader(&found).read(root);
  if (event) notes->insert(notes->end(), found.begin(), found.end());
  return event;
}

}  // namespace hs::formats
