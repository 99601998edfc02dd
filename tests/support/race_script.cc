#include "support/race_script.h"

#include <algorithm>
#include <functional>

#include "base/check.h"
#include "scoring/rule_set.h"
#include "support/race_script_words.h"

// Implementation notes: configuration lines are read first, wherever they stand, and become fact 1;
// every other line becomes a fact in its place. Streams that no line names are made when the first
// read needs them.

namespace hs::test_support {
namespace {

using base::Duration;
using base::RaceTime;
using base::ReaderTime;

constexpr base::Date kDay{2026, 5, 8};

std::int64_t midnight_micros() { return base::days_from_epoch(kDay) * 86'400'000'000; }

/// Microseconds since 1970 of a time of day or a whole date and time.
std::int64_t micros_of(const Words& words, const std::string& text) {
  if (text.find('T') == std::string::npos) return midnight_micros() + words.duration(text).count();
  const auto parsed = base::parse_iso(text);
  if (!parsed) words.stop("no instant '" + text + "'");
  return parsed->civil.micros;
}

RaceTime race_time(const Words& words, const std::string& text) {
  return RaceTime(Duration(micros_of(words, text)));
}

ReaderTime reader_time(const Words& words, const std::string& text) {
  return ReaderTime(Duration(micros_of(words, text)));
}

model::BibNumber bib_of(const Words& words, const std::string& text) {
  const auto bib = model::BibNumber::parse(text);
  if (!bib) words.stop("no bib '" + text + "'");
  return *bib;
}

model::TagCode tag_of(const Words& words, const std::string& text) {
  const auto tag = model::TagCode::parse(text);
  if (!tag) words.stop("no chip '" + text + "'");
  return *tag;
}

template <typename Value>
Value known(const Words& words, std::optional<Value> value, const std::string& text) {
  if (!value) words.stop("unknown '" + text + "'");
  return *value;
}

std::int64_t millimetres_of(const Words& words, const std::string& metres) {
  const std::size_t dot = metres.find('.');
  std::string digits = metres.substr(0, dot);
  std::string rest = dot == std::string::npos ? "" : metres.substr(dot + 1);
  if (rest.size() > 3) words.stop("too fine a distance");
  rest.resize(3, '0');
  return std::stoll(digits + rest);
}

/// Builds the facts of a script.
class Builder {
 public:
  Builder(std::vector<model::Fact>& facts, std::map<std::string, model::FactSeq>& names)
      : facts_(facts), names_(names) {
    event_.name = "Script";
    event_.date = kDay;
    event_.timezone = "UTC";
    event_.begins = RaceTime(Duration(midnight_micros()));
    event_.offsets.push_back({event_.begins, std::chrono::seconds(0)});
  }

  void build(std::string_view text) {
    std::vector<Words> later;
    for (const std::string& line : split_lines(text)) {
      Words words(line);
      if (!configure(words)) later.emplace_back(line);
    }
    append(model::EventFact{event_});
    for (Words& words : later) fact(words);
  }

  static std::vector<std::string> split_lines(std::string_view text) {
    std::vector<std::string> out;
    std::string line;
    for (const char c : std::string(text) + "\n") {
      if (c != '\n') {
        line += c;
        continue;
      }
      line = line.substr(0, line.find('#'));
      const std::size_t begin = line.find_first_not_of(" \t");
      if (begin != std::string::npos) {
        out.push_back(line.substr(begin, line.find_last_not_of(" \t") - begin + 1));
      }
      line.clear();
    }
    return out;
  }

 private:
  // --- the event ------------------------------------------------------------------------------

  bool configure(Words& words) {
    Words copy = words;
    const std::string kind = copy.take("first word");
    static const std::map<std::string, void (Builder::*)(Words&)> kLines = {
        {"event", &Builder::add_event},          {"race", &Builder::add_race},
        {"points", &Builder::add_points},        {"wave", &Builder::add_wave},
        {"division", &Builder::add_division},    {"award", &Builder::add_award},
        {"team-award", &Builder::add_team_award}};
    const auto found = kLines.find(kind);
    if (found == kLines.end()) return false;
    (this->*found->second)(copy);
    copy.done();
    return true;
  }

  model::Race& race(const Words& words) {
    if (event_.races.empty()) words.stop("no race yet");
    return event_.races.back();
  }

  void add_event(Words& words) {
    if (const auto ends = words.after("ends")) event_.ends = race_time(words, *ends);
  }

  void add_race(Words& words) {
    model::Race race;
    race.id = words.take("race");
    race.name = race.id;
    if (const auto v = words.after("rules")) {
      const auto choice = scoring::parse_rule_choice(*v);
      if (!choice) words.stop(choice.error().message);
      race.rules = choice->rules;
      race.rules_edition = choice->edition;
    }
    if (const auto v = words.after("rank")) {
      race.rank_by = known(words, model::parse_rank_by(*v), *v);
    }
    if (const auto v = words.after("window")) race.start_window = words.duration(*v);
    if (const auto v = words.after("gap")) race.gap = words.duration(*v);
    if (const auto v = words.after("pair")) race.pair_window = words.duration(*v);
    if (const auto v = words.after("closes")) race.closes = race_time(words, *v);
    if (const auto v = words.after("prizes")) {
      race.one_prize = known(words, model::parse_one_prize(*v), *v);
    }
    if (const auto v = words.after("unresolved")) {
      if (*v != "DNF") words.stop("unresolved can only be DNF");
      race.unresolved = model::Unresolved::DidNotFinish;
    }
    event_.races.push_back(std::move(race));
  }

  void add_points(Words& words) {
    while (!words.empty()) {
      model::Point point;
      const std::string where = words.take("point");
      const std::size_t at = where.find('@');
      if (at == std::string::npos) words.stop("a point is ID@MAT METRES");
      point.id = where.substr(0, at);
      point.mat = where.substr(at + 1);
      bool last = false;
      const auto plain = [&](std::string word) {
        if (!word.empty() && word.back() == ',') {
          last = true;
          word.pop_back();
        }
        return word;
      };
      const std::int64_t mm = millimetres_of(words, plain(words.take("distance")));
      point.distance = base::Distance::millimetres(mm);
      point.fastest = Duration(mm * 84);
      while (!last && !words.empty()) {
        const std::string word = plain(words.take("word"));
        if (word == "spotter") {
          point.role = model::PointRole::Spotter;
        } else if (word == "fastest") {
          point.fastest = words.duration(plain(words.take("least time")));
          point.fastest_given = true;
        } else if (word == "leg") {
          point.leg = plain(words.take("leg"));
        } else {
          words.stop("unknown '" + word + "'");
        }
      }
      race(words).points.push_back(std::move(point));
    }
  }

  void add_wave(Words& words) {
    model::Wave wave;
    wave.id = words.take("wave");
    wave.leg = words.after("leg").value_or("");
    if (!words.empty()) wave.gun = race_time(words, words.take("gun"));
    race(words).waves.push_back(std::move(wave));
  }

  void add_division(Words& words) {
    model::Division division;
    division.id = words.take("division");
    if (const auto v = words.after("sex")) division.sex = known(words, model::parse_sex(*v), *v);
    if (const auto v = words.after("mode")) division.mode = known(words, model::parse_mode(*v), *v);
    if (const auto v = words.after("age")) {
      const std::size_t dash = v->find('-');
      if (dash > 0) division.age_min = std::stoi(v->substr(0, dash));
      if (dash + 1 < v->size()) division.age_max = std::stoi(v->substr(dash + 1));
    }
    division.primary = words.flag("primary");
    race(words).divisions.push_back(std::move(division));
  }

  void add_award(Words& words) {
    model::Award award;
    award.id = words.take("award");
    if (const auto v = words.after("sex")) award.sex = known(words, model::parse_sex(*v), *v);
    if (const auto v = words.after("division")) award.division = *v;
    if (const auto v = words.after("places")) award.places = std::stoi(*v);
    if (const auto v = words.after("by")) award.by = known(words, model::parse_rank_by(*v), *v);
    if (const auto v = words.after("exclude")) award.exclude_winners_of = split_list(*v);
    award.besides = words.flag("besides");
    race(words).awards.push_back(std::move(award));
  }

  void add_team_award(Words& words) {
    model::TeamAward award;
    award.id = words.take("team award");
    if (const auto v = words.after("of")) award.of = known(words, model::parse_team_of(*v), *v);
    if (const auto v = words.after("sex")) award.sex = known(words, model::parse_sex(*v), *v);
    if (const auto v = words.after("division")) award.division = *v;
    if (const auto v = words.after("by")) award.by = known(words, model::parse_rank_by(*v), *v);
    if (const auto v = words.after("score")) {
      award.score = known(words, model::parse_team_score(*v), *v);
    }
    if (const auto v = words.after("scorers")) award.scorers = std::stoi(*v);
    if (const auto v = words.after("runners")) award.runners = std::stoi(*v);
    if (words.flag("closes-up")) award.closes_up = true;
    if (const auto v = words.after("tie")) award.tie = known(words, model::parse_team_tie(*v), *v);
    race(words).team_awards.push_back(std::move(award));
  }

  // --- facts ----------------------------------------------------------------------------------

  model::FactSeq append(model::FactBody body, const std::optional<std::string>& name = {}) {
    const model::FactSeq seq(facts_.size() + 1);
    facts_.push_back({seq, std::move(body)});
    if (name) names_.insert_or_assign(*name, seq);
    return seq;
  }

  model::FactSeq named(const Words& words, const std::string& name) const {
    const auto found = names_.find(name);
    if (found == names_.end()) words.stop("no line is called '" + name + "'");
    return found->second;
  }

  void fact(Words& words) {
    const auto name = words.name();
    const std::string kind = words.take("first word");
    static const std::map<std::string, model::FactBody (Builder::*)(Words&)> kLines = {
        {"runner", &Builder::runner},
        {"remove", &Builder::remove},
        {"stream", &Builder::stream},
        {"conflict", &Builder::conflict},
        {"marker", &Builder::marker},
        {"gun", &Builder::gun},
        {"close", &Builder::close},
        {"cancel", &Builder::cancel},
        {"hand", &Builder::hand},
        {"hand-line", &Builder::hand_line},
        {"correct", &Builder::correction},
        {"rule", &Builder::ruling},
        {"note", &Builder::note},
        {"undo", &Builder::undo},
        {"shorten", &Builder::shorten},
        {"stop", &Builder::stop},
        {"neutralise", &Builder::neutralise}};
    const auto found = kLines.find(kind);
    model::FactBody body =
        found != kLines.end() ? (this->*found->second)(words) : read(words, kind);
    words.done();
    append(std::move(body), name);
  }

  std::string race_of(Words& words, const std::string& bib) {
    if (const auto race = words.after("race")) return *race;
    const auto found = race_of_bib_.find(bib);
    return found != race_of_bib_.end() ? found->second : race(words).id;
  }

  model::FactBody runner(Words& words) {
    model::EntrantFact fact;
    model::Entrant& entrant = fact.entrant;
    const std::string bib = words.take("bib");
    entrant.bib = bib_of(words, bib);
    entrant.race = race_of(words, bib);
    race_of_bib_[bib] = entrant.race;
    const auto chips = words.after("chips");
    for (const std::string& chip : split_list(chips.value_or("C" + bib))) {
      entrant.chips.push_back(tag_of(words, chip));
    }
    if (const auto v = words.after("legs")) add_legs(words, *v, fact);
    if (const auto v = words.after("wave")) entrant.wave = *v;
    if (const auto v = words.after("sex")) entrant.sex = known(words, model::parse_sex(*v), *v);
    if (const auto v = words.after("age")) entrant.age = std::stoi(*v);
    if (const auto v = words.after("mode")) entrant.mode = known(words, model::parse_mode(*v), *v);
    if (const auto v = words.after("named")) fact.person.name = *v;
    if (const auto v = words.after("team")) fact.person.team = *v;
    if (const auto v = words.after("club")) fact.person.club = *v;
    if (const auto v = words.after("status")) {
      entrant.entry_status =
          *v == "DNS" ? model::EntryStatus::DidNotStart : model::EntryStatus::Deferred;
    }
    return fact;
  }

  /// "1:A1:Ana,2:B1,3:A1:Ana": leg, chip and name of who runs it.
  static void add_legs(const Words& words, const std::string& text, model::EntrantFact& team) {
    for (const std::string& item : split_list(text)) {
      const std::size_t colon = item.find(':');
      if (colon == std::string::npos) words.stop("a leg is LEG:CHIP or LEG:CHIP:NAME");
      const std::size_t second = std::min(item.find(':', colon + 1), item.size());
      const std::string leg = item.substr(0, colon);
      const model::TagCode chip = tag_of(words, item.substr(colon + 1, second - colon - 1));
      team.entrant.legs.push_back({leg, {chip}});
      auto& chips = team.entrant.chips;
      if (std::find(chips.begin(), chips.end(), chip) == chips.end()) chips.push_back(chip);
      if (second < item.size()) team.person.runners.emplace_back(leg, item.substr(second + 1));
    }
  }

  model::FactBody remove(Words& words) {
    const std::string bib = words.take("bib");
    return model::EntrantRemovedFact{race_of(words, bib), bib_of(words, bib)};
  }

  model::FactBody stream(Words& words) {
    model::StreamFact fact;
    const std::string name = words.take("stream");
    fact.stream.device = words.after("device").value_or("BOX-" + name);
    fact.stream.epoch = words.after("epoch").value_or("1");
    const auto mat = words.after("mat");
    if (!mat) words.stop("a stream needs a mat");
    fact.stream.mat = *mat;
    fact.stream.file = name;
    fact.stream.format = "script";
    if (const auto v = words.after("role")) {
      fact.stream.role = known(words, model::parse_read_role(*v), *v);
    }
    if (const auto v = words.after("offset")) fact.stream.offset = words.duration(*v);
    if (const auto v = words.after("resolution")) fact.stream.resolution = words.duration(*v);
    if (const auto v = words.after("zone")) {
      fact.stream.utc_offset =
          std::chrono::duration_cast<std::chrono::seconds>(words.duration(*v + ":00"));
    }
    if (words.after("clock")) fact.stream.clock = model::DeviceClock::Free;
    fact.id = stream_id(name);
    return fact;
  }

  model::StreamId stream_id(const std::string& name) {
    return streams_.emplace(name, model::StreamId(static_cast<std::uint32_t>(streams_.size() + 1)))
        .first->second;
  }

  model::StreamId implicit_stream(const std::string& mat, model::ReadRole role) {
    const std::string name = mat + "/" + model::name_of(role);
    if (!streams_.contains(name)) {
      Words words(name + " mat " + mat + " role " + model::name_of(role));
      append(stream(words));
    }
    return streams_.at(name);
  }

  /// "08:00:10 arch 101 backup seq 7": `time` is taken already.
  model::FactBody read(Words& words, const std::string& time) {
    if (std::string("0123456789-").find(time[0]) == std::string::npos) {
      words.stop("unknown line");
    }
    model::Read read;
    read.time = reader_time(words, time);
    const std::string where = words.take("mat");
    const std::string who = words.take("runner");
    if (who.rfind("chip:", 0) == 0) {
      read.tag = tag_of(words, who.substr(5));
    } else if (who.rfind("bib:", 0) == 0) {
      read.by = model::ReadBy::Bib;
      read.tag = model::TagCode::of_bib(bib_of(words, who.substr(4)));
    } else {
      read.tag = tag_of(words, "C" + who);
    }
    if (const auto v = words.after("seq")) read.device_seq = std::stoull(*v);
    const auto line = words.after("line");
    if (where.back() == ':') {
      const auto found = streams_.find(where.substr(0, where.size() - 1));
      if (found == streams_.end()) words.stop("no stream '" + where + "'");
      read.stream = found->second;
    } else {
      const bool backup = words.flag("backup");
      const bool manual = words.flag("manual");
      read.stream = implicit_stream(where, backup   ? model::ReadRole::Backup
                                           : manual ? model::ReadRole::Manual
                                                    : model::ReadRole::Main);
    }
    read.line = line ? static_cast<std::uint32_t>(std::stoul(*line))
                     : static_cast<std::uint32_t>(facts_.size() + 1);
    return model::ReadFact{read};
  }

  model::FactBody conflict(Words& words) {
    const model::FactSeq first = named(words, words.take("read"));
    const auto* read = std::get_if<model::ReadFact>(&facts_[first.raw() - 1].body);
    if (read == nullptr) words.stop("that is no read");
    model::ReadConflictFact fact{first, read->read};
    fact.read.time = reader_time(words, words.take("time"));
    return fact;
  }

  model::FactBody marker(Words& words) {
    model::MarkerFact fact;
    fact.stream = stream_id(words.take("stream"));
    const std::string kind = words.take("kind");
    if (const auto v = words.after("before")) fact.marker.before_seq = std::stoull(*v);
    if (const auto v = words.after("text")) fact.marker.text = *v;
    if (kind == "time-change") {
      fact.marker.kind = model::Marker::Kind::TimeChange;
      fact.marker.old_time = reader_time(words, words.after("from").value_or(""));
      fact.marker.time = reader_time(words, words.after("to").value_or(""));
      return fact;
    }
    fact.marker.kind = kind == "gun"     ? model::Marker::Kind::Gun
                       : kind == "power" ? model::Marker::Kind::Power
                                         : model::Marker::Kind::Other;
    fact.marker.time = reader_time(words, words.after("at").value_or("0"));
    return fact;
  }

  static model::Author author() { return {"Referee", std::nullopt}; }

  model::FactBody gun(Words& words) {
    model::GunFact fact{words.take("race"), words.take("wave"), {}, author()};
    fact.at = race_time(words, words.take("time"));
    return fact;
  }

  model::FactBody close(Words& words) { return model::CloseFact{words.take("race"), author()}; }

  model::FactBody cancel(Words& words) {
    return model::CancelFact{words.take("race"), "storm", author()};
  }

  model::FactBody hand(Words& words) {
    model::HandReadFact fact;
    const std::string bib = words.take("bib");
    fact.bib = bib_of(words, bib);
    fact.race = race_of(words, bib);
    fact.mat = words.take("mat");
    fact.at = race_time(words, words.take("time"));
    fact.author = author();
    return fact;
  }

  model::FactBody hand_line(Words& words) {
    model::HandLineFact fact;
    fact.stream = stream_id(words.take("stream"));
    if (const auto v = words.after("time")) fact.time = reader_time(words, *v);
    if (const auto v = words.after("bib")) fact.bib = bib_of(words, *v);
    return fact;
  }

  model::FactBody correction(Words& words) {
    model::ClockCorrectionFact fact;
    fact.device = words.after("device").value_or("");
    fact.epoch = words.after("epoch").value_or("");
    fact.offset = words.duration(words.after("offset").value_or(""));
    if (const auto v = words.after("from")) fact.from = reader_time(words, *v);
    if (const auto v = words.after("until")) fact.until = reader_time(words, *v);
    fact.author = author();
    return fact;
  }

  model::FactBody ruling(Words& words) {
    using Kind = model::RulingFact::Kind;
    model::RulingFact fact;
    const std::string bib = words.take("bib");
    fact.bib = bib_of(words, bib);
    fact.race = race_of(words, bib);
    fact.author = author();
    const std::string kind = words.take("ruling");
    fact.kind = known(words, model::parse_ruling_kind(kind), kind);
    if (const auto v = words.after("clause")) fact.clause = *v;
    if (const auto v = words.after("point")) fact.point = *v;
    if (const auto v = words.after("with")) {
      for (const std::string& other : split_list(*v)) fact.with.push_back(bib_of(words, other));
    }
    if (const auto v = words.after("to")) fact.to = *v;
    fact.medical_at_hand = words.flag("medical");
    fact.advantage = words.flag("advantage");
    if (fact.kind == Kind::Penalty) fact.amount = words.duration(words.take("amount"));
    if (fact.kind == Kind::Start || fact.kind == Kind::Finish) {
      fact.at = race_time(words, words.take("time"));
    }
    if (fact.kind == Kind::IgnoreRead || fact.kind == Kind::ForceRead) {
      for (const std::string& read : split_list(words.take("read"))) {
        fact.reads.push_back(named(words, read));
      }
    }
    return fact;
  }

  model::FactBody note(Words& words) {
    model::NoteFact fact;
    fact.bibs.push_back(bib_of(words, words.take("bib")));
    fact.text = words.after("text").value_or("");
    fact.author = author();
    return fact;
  }

  static model::RaceRulingFact about_race(Words& words, model::RaceRulingFact::Kind kind) {
    model::RaceRulingFact fact;
    fact.kind = kind;
    fact.race = words.take("race");
    fact.author = author();
    return fact;
  }

  model::FactBody shorten(Words& words) {
    auto fact = about_race(words, model::RaceRulingFact::Kind::Shorten);
    fact.point = words.take("point");
    return fact;
  }

  model::FactBody stop(Words& words) {
    auto fact = about_race(words, model::RaceRulingFact::Kind::Stop);
    fact.at = race_time(words, words.take("time"));
    if (const auto v = words.after("by")) fact.point = *v;
    return fact;
  }

  model::FactBody neutralise(Words& words) {
    auto fact = about_race(words, model::RaceRulingFact::Kind::Neutralise);
    if (const auto v = words.after("points")) {
      const auto points = split_list(*v);
      fact.point = points.at(0);
      fact.to_point = points.at(1);
      return fact;
    }
    fact.from = race_time(words, words.take("time"));
    fact.until = race_time(words, words.take("time"));
    return fact;
  }

  model::FactBody undo(Words& words) {
    return model::UndoFact{named(words, words.take("name")), "", author()};
  }

  std::vector<model::Fact>& facts_;
  std::map<std::string, model::FactSeq>& names_;
  model::Event event_;
  std::map<std::string, std::string> race_of_bib_;
  std::map<std::string, model::StreamId> streams_;
};

}  // namespace

RaceScript::RaceScript(std::string_view text, scoring::Closing closing) : closing_(closing) {
  Builder(facts_, names_).build(text);
}

model::FactSeq RaceScript::named(const std::string& name) const {
  const auto found = names_.find(name);
  HS_CHECK(found != names_.end(), "no line of the script has that name");
  return found->second;
}

model::EventResults RaceScript::results() const { return score(facts_, closing_); }

std::string lines(std::string_view text) {
  std::string out;
  for (const std::string& line : Builder::split_lines(text)) {
    std::string word;
    bool first = true;
    for (const char c : line + " ") {
      if (c != ' ' && c != '\t') {
        word += c;
      } else if (!word.empty()) {
        if (!first) out += ' ';
        out += word;
        first = false;
        word.clear();
      }
    }
    out += '\n';
  }
  return out;
}

model::EventResults score(const std::vector<model::Fact>& facts, scoring::Closing closing) {
  scoring::Scorer scorer(closing);
  for (const model::Fact& fact : facts) scorer.apply(fact);
  return scorer.snapshot();
}

}  // namespace hs::test_support
