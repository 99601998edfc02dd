#include "conformance/race_timing.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include "base/file.h"
#include "conformance/fact_race.h"

namespace hs::conformance {
namespace {

using base::Result;

constexpr const char* kRaw = "rawtimes.txt";
constexpr int kOldest = 120;

std::string trimmed(std::string text) {
  const auto is_blank = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
  while (!text.empty() && is_blank(text.back())) text.pop_back();
  std::size_t begin = 0;
  while (begin < text.size() && is_blank(text[begin])) ++begin;
  return text.substr(begin);
}

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == by && !quoted) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  for (std::string& part : parts) part = trimmed(part);
  return parts;
}

/// The lines that say something: no comments, no blanks.
Result<std::vector<std::string>> lines_of(const std::string& path) {
  HS_TRY(const std::string bytes, base::read_file(path));
  std::vector<std::string> lines;
  std::istringstream stream(bytes);
  for (std::string line; std::getline(stream, line);) {
    if (!trimmed(line).empty() && line.front() != '#') lines.push_back(line);
  }
  return lines;
}

using Config = std::map<std::string, std::string>;

Result<Config> read_config(const std::string& folder) {
  HS_TRY(const auto lines, lines_of(folder + "/config.txt"));
  Config config;
  for (const std::string& line : lines) {
    const std::size_t equals = line.find('=');
    if (equals == std::string::npos) continue;
    config[trimmed(line.substr(0, equals))] = trimmed(line.substr(equals + 1));
  }
  return config;
}

std::string get(const Config& config, const std::string& key, const std::string& otherwise = "") {
  const auto found = config.find(key);
  return found == config.end() ? otherwise : found->second;
}

struct Category {
  model::Sex sex = model::Sex::X;
  int age_min = 0;
  int age_max = kOldest;
};

/// What a code of that program's own set means: MS, FU20, M40 ...
Category category_of(const std::string& code) {
  Category category;
  category.sex = code[0] == 'F' ? model::Sex::Female : model::Sex::Male;
  const std::string rest = code.substr(1);
  if (rest == "S") return {category.sex, 20, 39};
  if (rest.front() == 'U') {
    category.age_max = std::atoi(rest.c_str() + 1) - 1;
    return category;
  }
  category.age_min = std::atoi(rest.c_str());
  category.age_max = category.age_min + 9;
  return category;
}

struct Entry {
  std::string bib;
  std::string name;
  std::string category;
  std::string time;  ///< Only where results are given instead of raw times.
};

struct RawTime {
  std::string bib;
  std::string time;
};

/// All inputs of one event.
struct Inputs {
  Config config;
  std::vector<Entry> entries;
  std::vector<RawTime> times;  ///< As recorded.
  std::map<std::string, Category> categories;
  std::vector<std::string> groups;              ///< Lists printed apart, in order; or one "".
  std::map<std::string, std::string> group_of;  ///< Of a category; missing: the first group.
};

/// Columns of an entry: bib, name (several joined), club, category; from 1.
struct ColumnMap {
  std::vector<std::size_t> name = {2};
  std::size_t bib = 1;
  std::size_t category = 4;
};

ColumnMap column_map(const std::string& text) {
  ColumnMap map;
  const std::vector<std::string> parts = split(text, ',');
  if (parts.size() != 4) return map;
  const auto number = [](const std::string& s) {
    return static_cast<std::size_t>(std::atoi(s.c_str()));
  };
  map.bib = number(parts[0]);
  map.name.clear();
  for (const std::string& part : split(parts[1], '-')) map.name.push_back(number(part));
  map.category = number(parts[3]);
  return map;
}

Result<std::map<std::string, std::string>> category_map(const Inputs& inputs,
                                                        const std::string& folder) {
  std::map<std::string, std::string> map;
  const std::string path = get(inputs.config, "CATEGORY_MAP_PATH");
  if (path.empty()) return map;
  HS_TRY(const auto lines, lines_of(folder + "/" + path));
  for (const std::string& line : lines) {
    const auto cells = split(line, ',');
    if (cells.size() >= 2) map[cells[0]] = cells[1];
  }
  return map;
}

Result<void> read_entries(Inputs& inputs, const std::string& folder) {
  HS_TRY(const auto mapped, category_map(inputs, folder));
  const ColumnMap columns = column_map(get(inputs.config, "ENTRY_COLUMN_MAP"));
  const std::string results = get(inputs.config, "RESULTS_PATH");
  const std::string path = results.empty() ? get(inputs.config, "ENTRIES_PATH") : results;
  HS_TRY(const auto lines, lines_of(folder + "/" + path));
  for (const std::string& line : lines) {
    const auto cells = split(line, '\t');
    // A results file has no bibs: first and last name, club, category, time.
    const std::size_t category = results.empty() ? columns.category : 4;
    if (cells.size() < category) {
      return base::fail(base::ErrorCode::InvalidInput, "too few columns: " + line);
    }
    Entry entry;
    entry.category = cells[category - 1];
    const auto code = mapped.find(entry.category);
    if (code != mapped.end()) entry.category = code->second;
    if (results.empty()) {
      entry.bib = cells[columns.bib - 1];
      for (const std::size_t i : columns.name) {
        entry.name += (entry.name.empty() ? "" : " ") + cells[i - 1];
      }
    } else {
      entry.bib = std::to_string(inputs.entries.size() + 1);
      entry.name = cells[0] + " " + cells[1];
      entry.time = cells.back();
    }
    inputs.entries.push_back(entry);
  }
  return {};
}

/// "29:25", "1:02:03" and "28.49" (minutes and seconds).
base::Duration recorded(std::string text) {
  std::replace(text.begin(), text.end(), '.', ':');
  return duration(text);
}

Result<void> read_times(Inputs& inputs, const std::string& folder) {
  if (!get(inputs.config, "RESULTS_PATH").empty()) {
    for (const Entry& entry : inputs.entries) inputs.times.push_back({entry.bib, entry.time});
    return {};
  }
  HS_TRY(const auto lines, lines_of(folder + "/" + get(inputs.config, "RAW_RESULTS_PATH", kRaw)));
  for (const std::string& line : lines) {
    const auto cells = split(line, '\t');
    if (cells.size() < 2) {
      return base::fail(base::ErrorCode::InvalidInput, "not a bib and a time: " + line);
    }
    inputs.times.push_back({cells[0], cells[1]});
  }
  return {};
}

/// Ages and sexes of the categories: from the event's own file, else from the codes.
Result<void> read_categories(Inputs& inputs, const std::string& folder) {
  for (const Entry& entry : inputs.entries) inputs.categories[entry.category];
  std::set<std::string> own;
  const std::string path = get(inputs.config, "ENTRY_CATEGORIES_PATH");
  // A path from the root is in that program's own resources: its usual set, as the codes say.
  if (!path.empty() && path.front() != '/') {
    HS_TRY(const auto lines, lines_of(folder + "/" + path));
    for (const std::string& line : lines) {
      const auto cells = split(line, ',');
      if (cells.size() < 5) continue;
      const model::Sex sex = cells[2] == "Female" ? model::Sex::Female
                             : cells[2] == "Male" ? model::Sex::Male
                                                  : model::Sex::X;
      inputs.categories[cells[1]] = {sex, std::atoi(cells[3].c_str()), std::atoi(cells[4].c_str())};
      own.insert(cells[1]);
    }
  }
  for (auto& [code, category] : inputs.categories) {
    if (own.count(code) == 0) category = category_of(code);
  }
  return {};
}

/// Prize categories may form groups, whose results are printed as lists of their own.
Result<void> read_groups(Inputs& inputs, const std::string& folder) {
  const std::string path = get(inputs.config, "PRIZE_CATEGORIES_PATH");
  if (!path.empty() && path.front() != '/') {
    HS_TRY(const auto lines, lines_of(folder + "/" + path));
    for (const std::string& line : lines) {
      const auto cells = split(line, ',');
      if (cells.size() < 7) continue;
      inputs.group_of[cells[1]] = cells[6];
      if (std::find(inputs.groups.begin(), inputs.groups.end(), cells[6]) == inputs.groups.end()) {
        inputs.groups.push_back(cells[6]);
      }
    }
  }
  if (inputs.groups.empty()) inputs.groups.emplace_back();
  return {};
}

std::string race_of(const Inputs& inputs, const std::string& category) {
  const auto group = inputs.group_of.find(category);
  return group == inputs.group_of.end() ? inputs.groups.front() : group->second;
}

/// The watch starts at midnight of the event's day, which is as good an hour as any.
base::Duration race_start(const Inputs& inputs) {
  const std::string offset = get(inputs.config, "OFFSET_RACE_START");
  return offset.empty() ? base::Duration(0) : duration(offset);
}

model::Event event_of(const Inputs& inputs) {
  model::Event event = empty_event();
  const bool own_starts = !get(inputs.config, "OFFSETS_INDIVIDUAL_STARTS").empty();
  for (const std::string& group : inputs.groups) {
    model::Race race;
    race.id = group;
    race.rules = model::RuleSet::UsatfRoad;
    race.rank_by = own_starts ? model::RankBy::Net : model::RankBy::Gun;
    // The course's length is not in the files; any finish after the gun counts.
    race.points = {point("start", 0, base::Duration(0)),
                   point("finish", 5000, std::chrono::seconds(1))};
    race.waves = {{"A", midnight() + race_start(inputs)}};
    for (const auto& [code, category] : inputs.categories) {
      model::Division division;
      division.id = code;
      division.sex = category.sex;
      division.age_min = category.age_min;
      division.age_max = category.age_max;
      division.primary = true;
      race.divisions.push_back(division);
    }
    event.races.push_back(race);
  }
  return event;
}

void append_entries(const Inputs& inputs, FactRace& facts) {
  for (const Entry& entry : inputs.entries) {
    const Category& category = inputs.categories.at(entry.category);
    model::Entrant entrant;
    entrant.race = race_of(inputs, entry.category);
    entrant.bib = bib(entry.bib);
    entrant.sex = category.sex;
    // Any age of the category; its youngest may belong to the one below ("under 20" has none).
    entrant.age = category.age_min > 0 ? category.age_min : category.age_max;
    model::Person person;
    person.name = entry.name;
    facts.append(model::EntrantFact{entrant, person});
  }
}

std::string race_of_bib(const Inputs& inputs, const std::string& who) {
  for (const Entry& entry : inputs.entries) {
    if (entry.bib == who) return race_of(inputs, entry.category);
  }
  return inputs.groups.front();
}

model::RulingFact ruling(const Inputs& inputs, model::RulingFact::Kind kind,
                         const std::string& who) {
  model::RulingFact fact;
  fact.kind = kind;
  fact.race = race_of_bib(inputs, who);
  fact.bib = bib(who);
  fact.reason = "config.txt";
  fact.author.by = "timer";
  return fact;
}

std::vector<std::string> list_of(const Inputs& inputs, const std::string& key) {
  const std::string text = get(inputs.config, key);
  return text.empty() ? std::vector<std::string>() : split(text, ',');
}

void append_rulings(const Inputs& inputs, FactRace& facts) {
  for (const std::string& who : list_of(inputs, "DNF_FINISHERS")) {
    facts.append(ruling(inputs, model::RulingFact::Kind::DidNotFinish, who));
  }
  for (const std::string& item : list_of(inputs, "OFFSETS_INDIVIDUAL_STARTS")) {
    const auto parts = split(item, '/');
    auto start = ruling(inputs, model::RulingFact::Kind::Start, parts.at(0));
    start.at = midnight() + race_start(inputs) + duration(parts.at(1));
    facts.append(start);
  }
  // The list names everybody in some dead heat; those of one time are one heat.
  std::map<std::string, std::vector<model::BibNumber>> heats;
  for (const std::string& who : list_of(inputs, "DEAD_HEATS")) {
    for (const RawTime& time : inputs.times) {
      if (time.bib == who) heats[time.time].push_back(bib(who));
    }
  }
  for (const auto& [time, bibs] : heats) {
    auto heat = ruling(inputs, model::RulingFact::Kind::DeadHeat, bibs.front().str());
    heat.with.assign(bibs.begin() + 1, bibs.end());
    facts.append(heat);
  }
}

std::string surname_order(const std::string& name) {
  const std::size_t blank = name.rfind(' ');
  return blank == std::string::npos ? name : name.substr(blank + 1) + " " + name.substr(0, blank);
}

/// The order of that program's page: by place, surname within a shared place, then the others.
std::vector<model::EntrantId> page_order(const model::EventResults& results, std::size_t race) {
  std::vector<model::EntrantId> order = results.order[race];
  const auto place = [&](model::EntrantId id) {
    const auto& overall = results.runners[id.raw()].places.overall;
    return overall ? overall->place : UINT32_MAX;
  };
  std::stable_sort(order.begin(), order.end(), [&](model::EntrantId a, model::EntrantId b) {
    if (place(a) != place(b)) return place(a) < place(b);
    if (place(a) == UINT32_MAX) return false;
    return surname_order(results.persons[a.raw()].name) <
           surname_order(results.persons[b.raw()].name);
  });
  return order;
}

std::string padded(const std::string& official) {
  return official.size() == std::string("h:mm:ss").size() ? "0" + official : official;
}

std::optional<ListLine> line_of(const model::EventResults& results, model::EntrantId id) {
  const model::RunnerResult& runner = results.runners[id.raw()];
  ListLine line;
  line.bib = results.entrants[id.raw()].bib.str();
  if (runner.division) {
    line.category = results.event.races[runner.race.raw()].divisions[runner.division->raw()].id;
  }
  if (runner.status == model::RunnerStatus::DidNotFinish) {
    line.place = "-";
    line.time = "DNF";
    return line;
  }
  if (runner.status != model::RunnerStatus::Finished) return std::nullopt;
  const model::Placing placing = runner.places.overall.value();
  line.place = std::to_string(placing.place) + (placing.shared ? "=" : "");
  line.time = padded(base::format_official(runner.official.value(), base::Rounding::UpToSecond));
  return line;
}

Result<Inputs> read_inputs(const std::string& folder) {
  Inputs inputs;
  HS_TRY(inputs.config, read_config(folder));
  HS_TRY_VOID(read_entries(inputs, folder));
  HS_TRY_VOID(read_times(inputs, folder));
  HS_TRY_VOID(read_categories(inputs, folder));
  HS_TRY_VOID(read_groups(inputs, folder));
  return inputs;
}

}  // namespace

Result<std::vector<ListLine>> score_folder(const std::string& folder) {
  HS_TRY(const Inputs inputs, read_inputs(folder));
  FactRace facts;
  facts.append(model::EventFact{event_of(inputs)});
  append_entries(inputs, facts);
  for (const RawTime& time : inputs.times) {
    facts.read(time.bib, "finish", recorded(time.time), model::ReadRole::Manual);
  }
  append_rulings(inputs, facts);
  const model::EventResults results = facts.results();
  const bool has_bibs = get(inputs.config, "RESULTS_PATH").empty();
  std::vector<ListLine> lines;
  for (std::size_t race = 0; race < results.order.size(); ++race) {
    std::vector<ListLine> list;
    for (const model::EntrantId id : page_order(results, race)) {
      auto line = line_of(results, id);
      if (!line) continue;
      if (!has_bibs) line->bib = "0";  // That program's word for "no bib known".
      list.push_back(*line);
    }
    if (!list.empty() && !lines.empty()) lines.emplace_back();
    lines.insert(lines.end(), list.begin(), list.end());
  }
  return lines;
}

Result<std::vector<ListLine>> expected_list(const std::string& csv_path) {
  HS_TRY(const auto rows, lines_of(csv_path));
  std::vector<ListLine> lines;
  for (const std::string& row : rows) {
    const auto cells = split(row, ',');
    if (cells.size() < 6) {
      return base::fail(base::ErrorCode::InvalidInput, "not a line of a result list: " + row);
    }
    if (cells[0] == "Pos") {
      if (!lines.empty()) lines.emplace_back();
      continue;
    }
    lines.push_back({cells[0], cells[1], cells[4], cells[5]});
  }
  return lines;
}

std::string text_of(const ListLine& line) {
  return line.place.empty() ? "(a new list)"
                            : line.place + " #" + line.bib + " " + line.category + " " + line.time;
}

}  // namespace hs::conformance
