#include "formats/standard_config.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

// Implementation notes: the ages are keys, so that a director copies a published table line by
// line. They must be written in order of age: a gap or an overlap is then found at the very line
// that makes it, and no rule is needed for which of two bands wins.

namespace hs::formats {
namespace {

using base::Duration;
using std::chrono::hours;
using std::chrono::seconds;

constexpr int kOldest = 130;
constexpr hours kLongestTime{30 * 24};
constexpr hours kMostIndex{10};
constexpr const char* kBandForm = "ages such as \"45-49\" or \"80+\"";

const KnownKeys kStandardKeys = {
    {"name", "by", "course_index", "from", "until", "age_on", "F", "M", "X"}, {"buffer", "cutoff"}};

struct Band {
  int least = 0;
  std::optional<int> most;
};

std::optional<int> parse_age(std::string_view text) {
  int age = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), age);
  const bool is_number = error == std::errc() && end == text.data() + text.size() && text[0] != '-';
  return is_number && age <= kOldest ? std::optional(age) : std::nullopt;
}

std::optional<Band> parse_band(std::string_view text) {
  if (!text.empty() && text.back() == '+') {
    const auto least = parse_age(text.substr(0, text.size() - 1));
    return least ? std::optional(Band{*least, std::nullopt}) : std::nullopt;
  }
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto least = parse_age(text.substr(0, dash));
  const auto most = parse_age(text.substr(dash + 1));
  if (!least || !most || *least > *most) return std::nullopt;
  return Band{*least, most};
}

/// A length of whole seconds.
std::optional<Placed<Duration>> read_seconds(TableReader& in, std::string_view key, Duration least,
                                             Duration most, Faults& faults) {
  auto length = in.length(key, least, most);
  if (!length || length->value % seconds(1) == Duration(0)) return length;
  faults.add(base::format_h_mm_ss_mmm(length->value) + " for '" + std::string(key) + "'",
             "whole seconds", length->place);
  return std::nullopt;
}

/// A band must go on where the one before it ended.
void check_follows(const Band& band, const std::optional<Band>& before, const ConfigEntry& entry,
                   Faults& faults) {
  if (!before) return;
  if (!before->most) {
    faults.add("the ages " + quoted(entry.key) + " behind '" + std::to_string(before->least) + "+'",
               "none behind an open band", entry.place);
    return;
  }
  const int next = *before->most + 1;
  if (band.least == next) return;
  faults.add("the ages " + quoted(entry.key) + " behind '" + std::to_string(before->least) + "-" +
                 std::to_string(*before->most) + "'",
             "a band that begins at " + std::to_string(next) +
                 ": bands follow on one another without gap or overlap",
             entry.place);
}

void read_times(const ConfigValue& table, model::Sex sex, Faults& faults,
                std::vector<model::StandardTime>& out) {
  const std::string where = std::string("[race.standard.") + model::name_of(sex) + "]";
  if (table.entries.empty()) {
    faults.add("no time in " + where, std::string(kBandForm) + ", each with a time", table.place);
  }
  KnownKeys keys;  // Which ages there are is the director's choice.
  for (const ConfigEntry& entry : table.entries) keys.now.emplace_back(entry.key);
  TableReader in(table, where, keys, faults);
  std::optional<Band> before;
  for (const ConfigEntry& entry : table.entries) {
    const auto band = parse_band(entry.key);
    if (!band) {
      faults.add(quoted(entry.key) + " in " + where,
                 std::string(kBandForm) + ", up to " + std::to_string(kOldest), entry.place);
      continue;
    }
    check_follows(*band, before, entry, faults);
    before = band;
    if (const auto time = read_seconds(in, entry.key, seconds(1), kLongestTime, faults)) {
      out.push_back({sex, band->least, band->most, time->value});
    }
  }
}

void read_days(TableReader& in, const EventContext& context, model::Standard& standard) {
  if (const auto from = in.date("from")) standard.from = from->value;
  if (const auto until = in.date("until")) {
    standard.until = until->value;
    if (standard.from && until->value < *standard.from) {
      context.faults->add("'until' " + base::format_date(until->value) + " before 'from' " +
                              base::format_date(*standard.from),
                          "a window that ends on or after its first day", until->place);
    }
  }
  if (const auto day = in.date("age_on")) {
    standard.age_on = day->value;
    if (day->value < context.date) {
      context.faults->add("'age_on' " + base::format_date(day->value) + " before the race on " +
                              base::format_date(context.date),
                          "the day of the race that asks for the standard, later than this one",
                          day->place);
    }
  }
}

model::Standard read_standard(const ConfigValue& table, const EventContext& context,
                              std::vector<Placed<std::string>>& names) {
  Faults& faults = *context.faults;
  TableReader in(table, "[[race.standard]]", kStandardKeys, faults);
  model::Standard standard;
  if (const auto name = in.text("name")) {
    standard.name = name->value;
    const auto same = std::find_if(names.begin(), names.end(),
                                   [&](const auto& other) { return other.value == name->value; });
    if (same != names.end()) {
      faults.add("the standard " + quoted(name->value) + " a second time",
                 "another name: line " + std::to_string(same->place.line) + " has it", name->place);
    }
    names.push_back(*name);
  } else {
    in.require("name", "the standard's name, such as \"City 2027\"");
  }
  if (const auto by = in.word("by", {"net", "gun"})) {
    standard.by = by->value == "gun" ? model::StandardBy::Gun : model::StandardBy::Net;
  }
  if (const auto index = read_seconds(in, "course_index", Duration(0), kMostIndex, faults)) {
    standard.course_index = index->value;
  }
  read_days(in, context, standard);
  bool has_sex = false;
  for (const model::Sex sex : {model::Sex::Female, model::Sex::Male, model::Sex::X}) {
    has_sex = has_sex || in.find(model::name_of(sex)) != nullptr;
    const ConfigValue* times = in.table(model::name_of(sex));
    if (times != nullptr) read_times(*times, sex, faults, standard.times);
  }
  if (!has_sex) {
    in.require("F", "a table [race.standard.F], .M or .X with the time of each band of ages");
  }
  return standard;
}

}  // namespace

std::vector<model::Standard> read_standards(TableReader& race, const EventContext& context) {
  std::vector<model::Standard> out;
  std::vector<Placed<std::string>> names;
  for (const ConfigValue* table : race.blocks("standard")) {
    out.push_back(read_standard(*table, context, names));
  }
  return out;
}

}  // namespace hs::formats
