#include "conformance/race_timing.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "conformance/club_files.h"
#include "conformance/fact_race.h"
#include "history/cup_table.h"

namespace hs::conformance {
namespace {

using base::Result;

constexpr const char* kRaw = "rawtimes.txt";
constexpr int kOldest = 120;

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
  std::string club;
  std::string category;
  std::string time;  ///< Only where results are given instead of raw times.
};

struct RawTime {
  std::string bib;
  std::string time;
};

/// A category for prizes: whoever fits may win it.
struct PrizeCategory {
  std::string name;  ///< "Women 40-49"
  std::string code;
  std::vector<model::Sex> sexes;
  int age_min = 0;
  int age_max = kOldest;
  int places = 1;
  std::string group;
  std::vector<std::string> clubs;  ///< Empty: anybody.
  bool besides = false;
};

/// All inputs of one event.
struct Inputs {
  Config config;
  std::vector<Entry> entries;
  std::vector<RawTime> times;  ///< As recorded.
  std::map<std::string, Category> categories;
  std::vector<std::string> groups;              ///< Lists printed apart, in order; or one "".
  std::map<std::string, std::string> group_of;  ///< Of a category; missing: the first group.
  std::vector<PrizeCategory> prizes;
};

/// Columns of an entry: bib, name (several joined), club, category; from 1.
struct ColumnMap {
  std::vector<std::size_t> name = {2};
  std::size_t bib = 1;
  std::size_t club = 3;
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
  map.club = number(parts[2]);
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
    entry.club = cells[(results.empty() ? columns.club : 3) - 1];
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

std::vector<model::Sex> sexes_of(const std::string& text) {
  std::vector<model::Sex> out;
  for (const std::string& word : split(text, '/')) {
    out.push_back(word == "Female" ? model::Sex::Female
                  : word == "Male" ? model::Sex::Male
                                   : model::Sex::X);
  }
  return out;
}

/// That program's usual prizes for seniors: three overall, one in each later ten years.
std::vector<PrizeCategory> usual_prizes() {
  std::vector<PrizeCategory> out;
  const auto add = [&](const std::string& name, const std::string& code, int from, int to, int n) {
    out.push_back({"Women " + name, "F" + code, {model::Sex::Female}, from, to, n, "", {}, false});
    out.push_back(
        {"Men " + name, "M" + code, {model::Sex::Male, model::Sex::X}, from, to, n, "", {}, false});
  };
  add("Open", "O", 0, kOldest, 3);
  add("Junior", "U20", 0, 19, 1);
  for (int from = 40; from < 80; from += 10) {
    const std::string years = std::to_string(from) + "-" + std::to_string(from + 9);
    add(years, std::to_string(from), from, from + 9, 1);
  }
  return out;
}

/// Prizes, as the event's own file has them. They may form groups, whose results are printed as
/// lists of their own.
Result<void> read_prizes(Inputs& inputs, const std::string& folder) {
  const std::string path = get(inputs.config, "PRIZE_CATEGORIES_PATH");
  if (!path.empty() && path.front() != '/') {
    HS_TRY(const auto lines, lines_of(folder + "/" + path));
    for (const std::string& line : lines) {
      const auto cells = split(line, ',');
      if (cells.size() < 7) continue;
      inputs.prizes.push_back({cells[0], cells[1], sexes_of(cells[2]), std::atoi(cells[3].c_str()),
                               std::atoi(cells[4].c_str()), std::atoi(cells[5].c_str()), cells[6],
                               cells.size() > 7 && !cells[7].empty() ? split(cells[7], '/')
                                                                     : std::vector<std::string>(),
                               cells.size() > 8 && cells[8] == "N"});
      inputs.group_of[cells[1]] = cells[6];
      if (std::find(inputs.groups.begin(), inputs.groups.end(), cells[6]) == inputs.groups.end()) {
        inputs.groups.push_back(cells[6]);
      }
    }
  } else {
    inputs.prizes = usual_prizes();
  }
  if (inputs.groups.empty()) inputs.groups.emplace_back();
  return {};
}

std::string race_of(const Inputs& inputs, const std::string& category) {
  const auto group = inputs.group_of.find(category);
  return group == inputs.group_of.end() ? inputs.groups.front() : group->second;
}

/// A division of its own for each prize category, and its award.
void add_prizes(const Inputs& inputs, model::Race& race) {
  const bool higher = get(inputs.config, "PREFER_LOWER_PRIZE_IN_MORE_GENERAL_CATEGORY") == "false";
  race.one_prize = higher ? model::OnePrize::Higher : model::OnePrize::Listed;
  // That program asks the wider category first, wherever it stands.
  std::vector<PrizeCategory> prizes = inputs.prizes;
  std::stable_sort(prizes.begin(), prizes.end(), [](const auto& a, const auto& b) {
    return std::pair(a.age_max - a.age_min, a.sexes.size()) >
           std::pair(b.age_max - b.age_min, b.sexes.size());
  });
  for (const PrizeCategory& prize : prizes) {
    if (prize.group != race.id) continue;
    model::Division division;
    division.id = "prize-" + prize.code;
    division.sex = prize.sexes.front();
    division.more_sexes.assign(prize.sexes.begin() + 1, prize.sexes.end());
    division.age_min = prize.age_min;
    division.age_max = prize.age_max;
    race.divisions.push_back(division);
    model::Award award;
    award.id = prize.name;
    award.division = division.id;
    award.places = prize.places;
    award.by = race.rank_by;
    award.clubs = prize.clubs;
    award.besides = prize.besides;
    race.awards.push_back(award);
  }
}

void add_team_prizes(const Inputs& inputs, model::Race& race) {
  const std::string count = get(inputs.config, "TEAM_PRIZE_NUMBER_TO_COUNT");
  if (count.empty()) return;
  for (const std::string& gender : split(get(inputs.config, "TEAM_PRIZE_GENDER_CATEGORIES"), ',')) {
    model::TeamAward award;
    award.id = gender == "Female" ? "First female team" : "First male team";
    award.of = model::TeamOf::Club;
    award.sex = sexes_of(gender).front();
    award.by = race.rank_by;
    award.score = model::TeamScore::Places;
    award.scorers = std::atoi(count.c_str());
    award.tie = model::TeamTie::LastScorer;
    race.team_awards.push_back(award);
  }
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
    race.waves = {{"A", midnight() + race_start(inputs.config)}};
    for (const auto& [code, category] : inputs.categories) {
      model::Division division;
      division.id = code;
      division.sex = category.sex;
      division.age_min = category.age_min;
      division.age_max = category.age_max;
      division.primary = true;
      race.divisions.push_back(division);
    }
    add_prizes(inputs, race);
    add_team_prizes(inputs, race);
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
    // Who runs for no club is no team.
    if (entry.club.rfind("Un", 0) != 0) person.club = entry.club;
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

void append_rulings(const Inputs& inputs, FactRace& facts) {
  for (const std::string& who : list_of(inputs.config, "DNF_FINISHERS")) {
    facts.append(ruling(inputs, model::RulingFact::Kind::DidNotFinish, who));
  }
  for (const std::string& item : list_of(inputs.config, "OFFSETS_INDIVIDUAL_STARTS")) {
    const auto parts = split(item, '/');
    auto start = ruling(inputs, model::RulingFact::Kind::Start, parts.at(0));
    start.at = midnight() + race_start(inputs.config) + duration(parts.at(1));
    facts.append(start);
  }
  // The list names everybody in some dead heat; those of one time are one heat.
  std::map<std::string, std::vector<model::BibNumber>> heats;
  for (const std::string& who : list_of(inputs.config, "DEAD_HEATS")) {
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
  const model::Placing placing = *runner.places.overall;
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
  HS_TRY_VOID(read_prizes(inputs, folder));
  return inputs;
}

}  // namespace

namespace {

model::EventResults results_of(const Inputs& inputs) {
  FactRace facts;
  facts.append(model::EventFact{event_of(inputs)});
  append_entries(inputs, facts);
  for (const RawTime& time : inputs.times) {
    facts.read(time.bib, "finish", recorded(time.time), model::ReadRole::Manual);
  }
  append_rulings(inputs, facts);
  return facts.results();
}

std::string official_time(const model::RunnerResult& runner) {
  return padded(base::format_official(runner.official.value(), base::Rounding::UpToSecond));
}

}  // namespace

Result<std::vector<ListLine>> score_folder(const std::string& folder) {
  HS_TRY(const Inputs inputs, read_inputs(folder));
  const model::EventResults results = results_of(inputs);
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

Result<std::vector<PrizeLine>> score_prizes(const std::string& folder) {
  HS_TRY(const Inputs inputs, read_inputs(folder));
  const model::EventResults results = results_of(inputs);
  std::vector<PrizeLine> lines;
  for (const model::AwardWinners& award : results.awards) {
    for (const auto& [placing, id] : award.winners) {
      lines.push_back({award.award, std::to_string(placing.place) + (placing.shared ? "=" : ""),
                       official_time(results.runners[id.raw()])});
    }
  }
  for (const model::TeamResults& award : results.teams) {
    const model::TeamStanding& first = award.teams.at(0);
    std::string places;
    for (const model::TeamMember& member : first.members) {
      if (member.scores) places += (places.empty() ? "" : " ") + std::to_string(member.place);
    }
    lines.push_back({award.award, std::to_string(first.places), places});
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

namespace {

/// The numbers in brackets: "Ann (2), Bob (6)" gives "2 6".
std::string in_brackets(const std::string& text) {
  std::string out;
  for (std::size_t at = text.find('('); at != std::string::npos; at = text.find('(', at + 1)) {
    out += (out.empty() ? "" : " ") + text.substr(at + 1, text.find(')', at) - at - 1);
  }
  return out;
}

}  // namespace

Result<std::vector<PrizeLine>> expected_prizes(const std::string& txt_path) {
  HS_TRY(const auto rows, lines_of(txt_path));
  std::vector<PrizeLine> lines;
  std::string category;
  for (const std::string& row : rows) {
    const std::size_t colon = row.find(':');
    const std::string head = row.substr(0, std::min(colon, row.size()));
    if (head.rfind(" team") + 5 == head.size() && colon != std::string::npos) {
      lines.push_back({head, in_brackets(row), ""});
    } else if (row[0] == ' ' && !lines.empty()) {
      lines.back().time = in_brackets(row);  // The runners of the team above.
    } else if (head == "Category") {
      category = trimmed(row.substr(colon + 1));
    } else if (std::isdigit(static_cast<unsigned char>(row[0])) != 0) {
      lines.push_back({category, head, row.substr(row.rfind(' ') + 1)});
    }
  }
  std::sort(lines.begin(), lines.end());
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

namespace {

/// Events are kept where the cup can point to them.
struct CupInputs {
  Config config;
  std::vector<model::EventResults> events;
  std::size_t to_come = 0;
};

Result<CupInputs> read_cup_inputs(const std::string& folder) {
  CupInputs out;
  HS_TRY(out.config, read_config(folder));
  for (const std::string& race : split(get(out.config, "RACES"), ',')) {
    if (race.empty()) {
      ++out.to_come;
      continue;
    }
    const std::string race_folder = race.substr(0, race.rfind('/'));
    HS_TRY(const Inputs inputs, read_inputs(folder + "/" + race_folder));
    out.events.push_back(results_of(inputs));
  }
  return out;
}

model::Cup cup_of(const CupInputs& inputs) {
  model::Cup cup;
  cup.name = get(inputs.config, "RACE_NAME_FOR_RESULTS");
  cup.races.resize(inputs.events.size() + inputs.to_come);
  cup.rules.at_least = std::atoi(get(inputs.config, "MINIMUM_NUMBER_OF_RACES").c_str());
  cup.rules.count = cup.rules.at_least;
  const std::string first = get(inputs.config, "SCORE_FOR_FIRST_PLACE");
  if (first.empty()) {
    cup.rules.score = model::CupScore::Time;
  } else {
    cup.rules.first = std::atoi(first.c_str());
  }
  return cup;
}

std::string cup_score(std::int64_t score, const model::CupRules& rules) {
  if (rules.score != model::CupScore::Time) return std::to_string(score);
  return padded(base::format_official(base::Duration(score), base::Rounding::UpToSecond));
}

}  // namespace

Result<std::vector<CupLine>> score_cup(const std::string& folder) {
  HS_TRY(const CupInputs inputs, read_cup_inputs(folder));
  std::vector<history::CupRaceResults> races;
  for (const model::EventResults& event : inputs.events)
    races.push_back({&event, model::RaceId(0)});
  const model::Cup cup = cup_of(inputs);
  const history::CupTable table = history::cup_table(cup, races);
  std::vector<CupLine> lines;
  for (const scoring::CupStanding& standing : table.standings) {
    CupLine line;
    line.place = "-";
    if (standing.placing) {
      line.place = std::to_string(standing.placing->place) + (standing.placing->shared ? "=" : "");
    }
    line.scores.assign(cup.races.size(), "-");
    for (const scoring::CupScoreOf& one : standing.races) {
      line.scores[one.race] = cup_score(one.score, cup.rules);
    }
    const bool has_total = cup.rules.score == model::CupScore::Points || standing.complete;
    line.total = has_total ? cup_score(standing.total, cup.rules) : "-";
    line.complete = standing.complete ? "Y" : "N";
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

Result<std::vector<CupLine>> expected_cup(const std::string& csv_path) {
  HS_TRY(const auto rows, lines_of(csv_path));
  std::vector<CupLine> lines;
  bool has_status = false;
  bool has_total = false;
  for (const std::string& row : rows) {
    std::vector<std::string> cells = split(row, ',');
    if (cells[0] == "Pos") {
      has_status = cells.back() == "Completed";
      has_total = std::find(cells.begin(), cells.end(), "Total") != cells.end();
      continue;
    }
    CupLine line;
    line.place = cells[0];
    line.complete = has_status ? cells.back() : "";
    if (has_status) cells.pop_back();
    line.total = cells.back();
    if (has_total) cells.pop_back();
    line.scores.assign(cells.begin() + 4, cells.end());
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

std::string text_of(const CupLine& line) {
  std::string out = line.place + " " + line.total + " " + line.complete + ":";
  for (const std::string& score : line.scores) out += " " + score;
  return out;
}

std::string text_of(const PrizeLine& line) {
  return line.category + " " + line.place + ": " + line.time;
}

}  // namespace hs::conformance
