#include "scoring_event.h"

#include <algorithm>
#include <map>
#include <string>

#include "base/check.h"

// Implementation notes: times come from a coarse grid, so that equal times, gaps that just close
// and windows that just hold are common and not one in a million.

namespace hs::property {
namespace {

using base::Duration;
using base::RaceTime;
using base::ReaderTime;
using Kind = model::RulingFact::Kind;

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kEightOClock = 1'778'227'200 * kSecond;  // 2026-05-08T08:00:00Z.

RaceTime instant(std::int64_t seconds) {
  return RaceTime(Duration(kEightOClock + seconds * kSecond));
}

model::Point point(const char* id, std::int64_t metres, const char* mat, std::int64_t fastest_s) {
  model::Point out;
  out.id = id;
  out.distance = base::Distance::metres(metres);
  out.mat = mat;
  out.fastest = std::chrono::seconds(fastest_s);
  return out;
}

model::BibNumber bib(std::uint32_t number) {
  return *model::BibNumber::parse(std::to_string(number));
}

model::TagCode tag(std::uint32_t number) {
  return *model::TagCode::parse("C" + std::to_string(number));
}

/// Grows one event.
class Maker {
 public:
  explicit Maker(std::uint64_t seed) : dice_(seed) {}

  std::vector<model::Fact> make(std::size_t count) {
    const std::size_t event_at = dice_.one_in(4) ? dice_.below(10) : 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (i == event_at) {
        add(model::EventFact{event()});
      } else {
        add(next());
      }
    }
    return std::move(facts_);
  }

 private:
  void add(model::FactBody body) {
    facts_.push_back({model::FactSeq(facts_.size() + 1), std::move(body)});
    if (std::holds_alternative<model::ReadFact>(facts_.back().body)) {
      reads_.push_back(facts_.back().seq);
    }
    if (model::is_made_by_person(model::kind_of(facts_.back().body))) {
      by_people_.push_back(facts_.back().seq);
    }
  }

  model::Race race(bool laps) {
    model::Race out;
    out.id = laps ? "laps" : "half";
    out.rules = static_cast<model::RuleSet>(dice_.below(9));
    out.rank_by = static_cast<model::RankBy>(dice_.below(3));
    out.start_window = std::chrono::minutes(5 + dice_.below(20));
    if (dice_.one_in(3)) out.closes = instant(5400);
    if (dice_.one_in(3)) out.unresolved = model::Unresolved::DidNotFinish;
    if (laps) {
      out.points = {point("start", 0, "arch", 0), point("lap", 2500, "arch", 300),
                    point("finish", 5000, "arch", 600)};
    } else {
      out.points = {point("start", 0, "arch", 0), point("10k", 10000, "pier", 1200),
                    point("view", 15000, "hill", 0), point("finish", 21000, "line", 2400)};
      out.points[2].role = model::PointRole::Spotter;
    }
    out.waves = {{"A", instant(0)}};
    if (laps && dice_.one_in(2)) {
      out.points[1].leg = "1";
      out.points[2].leg = "2";
      if (dice_.one_in(2)) out.waves.push_back({"M", instant(900), "2"});
    }
    if (dice_.one_in(2)) out.waves.push_back({"B", instant(300)});
    if (dice_.one_in(4)) out.waves.push_back({"C", std::nullopt});
    out.divisions = {
        {"W", model::Sex::Female, std::nullopt, 39, std::nullopt, true},
        {"W40", model::Sex::Female, 40, std::nullopt, std::nullopt, true},
        {"chair", std::nullopt, std::nullopt, std::nullopt, model::Mode::Wheelchair, true}};
    return out;
  }

  model::Event event() {
    model::Event out;
    out.name = "Random";
    out.date = {2026, 5, 8};
    out.begins = instant(-8 * 3600);
    if (dice_.one_in(3)) out.ends = instant(7200);
    out.races = {race(false), race(true)};
    return out;
  }

  std::string race_id() { return dice_.one_in(2) ? "half" : "laps"; }
  model::BibNumber some_bib() { return bib(1 + dice_.below(6)); }
  RaceTime some_time() { return instant(std::int64_t{dice_.below(700)} * 10 - 600); }
  static model::Author author() { return {"Referee", std::nullopt}; }

  model::FactBody next() {
    const std::uint32_t what = dice_.below(100);
    if (what < 55) return read();
    if (what < 67) return entrant();
    if (what < 84) return ruling();
    if (what < 88) return stream();
    if (what < 91) return undo();
    if (what < 93)
      return model::HandReadFact{race_id(), some_bib(), some_mat(), some_time(), "", author()};
    return rare();
  }

  model::FactBody rare() {
    switch (dice_.below(13)) {
      case 0:
        return model::EventFact{event()};
      case 1:
        return model::EntrantRemovedFact{race_id(), some_bib()};
      case 2:
        return model::GunFact{race_id(),
                              dice_.one_in(4)
                                  ? std::string("M")
                                  : std::string(1, static_cast<char>('A' + dice_.below(3))),
                              instant(std::int64_t{dice_.below(60)} * 10), author()};
      case 3:
        return model::CloseFact{race_id(), author()};
      case 4:
        if (!dice_.one_in(3)) return read();
        return model::CancelFact{race_id(), "storm", author()};
      case 5:
        return correction();
      case 6:
        return marker();
      case 7:
        return conflict();
      case 8:
        return model::HandLineFact{model::StreamId(1), 1, std::nullopt, std::nullopt};
      case 9:
      case 10:
        return race_ruling();
      case 11:
        return model::EraseFact{race_id(), some_bib(), author()};
      default:
        return note();
    }
  }

  /// Of any kind and subject, also ones that do not fit together: scoring reads none of it.
  model::FactBody note() {
    model::NoteFact out;
    out.kind = static_cast<model::NoteKind>(dice_.below(4));
    out.race = race_id();
    out.text = "word";
    if (dice_.one_in(2)) out.bibs = {some_bib()};
    if (dice_.one_in(2)) out.about = static_cast<model::NoteSubject>(dice_.below(2));
    if (dice_.one_in(2)) out.from = instant(std::int64_t{dice_.below(600)});
    if (dice_.one_in(2)) out.until = instant(std::int64_t{dice_.below(600)});
    out.author = author();
    return out;
  }

  std::string some_mat() {
    static const char* const kMats[] = {"arch", "line", "pier", "hill", "elsewhere"};
    return kMats[dice_.below(5)];
  }

  model::FactBody stream() {
    model::StreamFact out;
    const std::uint32_t number = dice_.below(8);
    out.id = model::StreamId(1 + number);
    out.stream.device = "BOX" + std::to_string(number / 2);
    out.stream.epoch = "1";
    out.stream.mat = mat_of(number);
    out.stream.role = static_cast<model::ReadRole>(number == 7 ? 2 : number % 2);
    if (dice_.one_in(3)) out.stream.offset = std::chrono::seconds(dice_.below(20));
    return out;
  }

  static std::string mat_of(std::uint32_t number) {
    static const char* const kMats[] = {"arch", "arch", "line", "line",
                                        "pier", "pier", "hill", "line"};
    return kMats[number];
  }

  model::FactBody read() {
    model::ReadFact out;
    const std::uint32_t number = dice_.below(8);
    out.read.stream = model::StreamId(1 + number);
    out.read.line = static_cast<std::uint32_t>(facts_.size() + 1);
    if (dice_.one_in(2)) out.read.device_seq = facts_.size() + 1;
    out.read.tag = dice_.one_in(20) ? tag(99) : tag(1 + dice_.below(7));
    if (number == 7) {
      out.read.by = model::ReadBy::Bib;
      out.read.tag = model::TagCode::of_bib(some_bib());
    }
    out.read.time = ReaderTime(some_time().time_since_epoch());
    return out;
  }

  model::FactBody entrant() {
    model::EntrantFact out;
    const std::uint32_t number = 1 + dice_.below(6);
    out.entrant.race = race_id();
    out.entrant.bib = bib(number);
    out.entrant.chips = {tag(number)};
    if (dice_.one_in(5)) out.entrant.chips.push_back(tag(1 + dice_.below(7)));
    if (dice_.one_in(2)) {
      const std::uint32_t second = 1 + dice_.below(7);
      out.entrant.legs = {{"1", {tag(number)}}, {"2", {tag(second)}}};
      out.entrant.chips.push_back(tag(second));
    }
    if (!dice_.one_in(3))
      out.entrant.wave = std::string(1, static_cast<char>('A' + dice_.below(3)));
    if (dice_.one_in(5)) out.entrant.mode = static_cast<model::Mode>(dice_.below(5));
    if (!dice_.one_in(4)) out.entrant.sex = static_cast<model::Sex>(dice_.below(3));
    if (!dice_.one_in(4)) out.entrant.age = static_cast<int>(20 + dice_.below(40));
    if (dice_.one_in(10))
      out.entrant.entry_status = static_cast<model::EntryStatus>(dice_.below(3));
    return out;
  }

  model::FactBody ruling() {
    model::RulingFact out;
    out.kind = static_cast<Kind>(dice_.below(17));
    out.race = race_id();
    out.bib = some_bib();
    out.author = author();
    out.clause = "X";
    switch (out.kind) {
      case Kind::Penalty:
        out.amount = std::chrono::seconds(std::int64_t{dice_.below(20)} * 10 - 50);
        break;
      case Kind::Start:
      case Kind::Finish:
        out.at = some_time();
        if (out.kind == Kind::Start && dice_.one_in(3)) out.point = "lap";
        break;
      case Kind::ForceRead:
      case Kind::IgnoreRead: {
        static const char* const kPoints[] = {"start", "10k", "lap", "finish"};
        if (out.kind == Kind::ForceRead) out.point = kPoints[dice_.below(4)];
        if (!reads_.empty()) {
          out.reads.push_back(reads_[dice_.below(static_cast<std::uint32_t>(reads_.size()))]);
        }
        break;
      }
      case Kind::DeadHeat:
        out.with = {some_bib(), some_bib()};
        break;
      case Kind::Assisted:
        if (dice_.one_in(2)) out.with = {some_bib()};
        out.medical_at_hand = dice_.one_in(2);
        out.advantage = dice_.one_in(2);
        break;
      case Kind::Merge:
      case Kind::SwapChips:
        out.with = {some_bib()};
        if (dice_.one_in(3)) out.to = race_id();
        break;
      case Kind::Move:
        out.to = dice_.one_in(9) ? "elsewhere" : race_id();
        break;
      case Kind::DidNotFinish:
        if (dice_.one_in(2)) out.point = dice_.one_in(2) ? "lap" : "finish";
        break;
      case Kind::Disqualify:
      case Kind::Reinstate:
      case Kind::DidNotStart:
      case Kind::OutOfCompetition:
      case Kind::AcceptStart:
      case Kind::AcceptWave:
        break;
    }
    return out;
  }

  /// Of any kind, also with points in the wrong order or of another race.
  model::FactBody race_ruling() {
    static const char* const kPoints[] = {"start", "10k", "lap", "finish", "view", ""};
    model::RaceRulingFact out;
    out.kind = static_cast<model::RaceRulingFact::Kind>(dice_.below(3));
    out.race = race_id();
    out.point = kPoints[dice_.below(6)];
    out.to_point = kPoints[dice_.below(6)];
    out.author = author();
    if (out.kind == model::RaceRulingFact::Kind::Stop) out.at = some_time();
    if (out.kind == model::RaceRulingFact::Kind::Neutralise && dice_.one_in(2)) {
      out.from = some_time();
      out.until = *out.from + std::chrono::seconds(dice_.below(900));
    }
    return out;
  }

  model::FactBody undo() {
    if (by_people_.empty()) return read();
    return model::UndoFact{by_people_[dice_.below(static_cast<std::uint32_t>(by_people_.size()))],
                           "", author()};
  }

  model::FactBody correction() {
    model::ClockCorrectionFact out;
    out.device = "BOX" + std::to_string(dice_.below(4));
    out.offset = std::chrono::seconds(std::int64_t{dice_.below(10)} * 10 - 50);
    if (dice_.one_in(2)) out.from = ReaderTime(some_time().time_since_epoch());
    if (dice_.one_in(2)) out.until = ReaderTime(some_time().time_since_epoch());
    out.author = author();
    return out;
  }

  model::FactBody marker() {
    model::MarkerFact out;
    out.stream = model::StreamId(1 + dice_.below(7));
    out.marker.kind = static_cast<model::Marker::Kind>(dice_.below(5));
    out.marker.before_seq = dice_.below(static_cast<std::uint32_t>(facts_.size() + 2));
    out.marker.time = ReaderTime(some_time().time_since_epoch());
    if (!dice_.one_in(3)) out.marker.old_time = out.marker.time - std::chrono::seconds(30);
    return out;
  }

  model::FactBody conflict() {
    if (reads_.empty()) return read();
    const model::FactSeq first = reads_[dice_.below(static_cast<std::uint32_t>(reads_.size()))];
    model::ReadConflictFact out{first,
                                std::get<model::ReadFact>(facts_[first.raw() - 1].body).read};
    out.read.time += std::chrono::seconds(17);
    return out;
  }

  Dice dice_;
  std::vector<model::Fact> facts_;
  std::vector<model::FactSeq> reads_;
  std::vector<model::FactSeq> by_people_;
};

}  // namespace

std::uint32_t Dice::below(std::uint32_t sides) {
  // splitmix64.
  state_ += 0x9e3779b97f4a7c15U;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  z ^= z >> 31;
  return static_cast<std::uint32_t>(z % sides);
}

std::vector<model::Fact> random_event(std::uint64_t seed, std::size_t facts) {
  return Maker(seed).make(facts);
}

std::vector<model::Fact> shuffle_reads(const std::vector<model::Fact>& facts, std::uint64_t seed) {
  // Reads and all other facts each keep together; the reads are dealt out anew among the places.
  Dice dice(seed);
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (!std::holds_alternative<model::ReadFact>(facts[i].body)) order.push_back(i);
  }
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (!std::holds_alternative<model::ReadFact>(facts[i].body)) continue;
    const auto at = dice.below(static_cast<std::uint32_t>(order.size() + 1));
    order.insert(order.begin() + at, i);
  }
  std::map<std::uint64_t, model::FactSeq> renamed;
  for (std::size_t i = 0; i < order.size(); ++i) {
    renamed[facts[order[i]].seq.raw()] = model::FactSeq(i + 1);
  }
  std::vector<model::Fact> out;
  for (const std::size_t i : order) {
    model::Fact fact{renamed[facts[i].seq.raw()], facts[i].body};
    if (auto* ruling = std::get_if<model::RulingFact>(&fact.body)) {
      for (model::FactSeq& read : ruling->reads) read = renamed[read.raw()];
    } else if (auto* undo = std::get_if<model::UndoFact>(&fact.body)) {
      undo->undone = renamed[undo->undone.raw()];
    } else if (auto* conflict = std::get_if<model::ReadConflictFact>(&fact.body)) {
      conflict->first = renamed[conflict->first.raw()];
    }
    out.push_back(std::move(fact));
  }
  return out;
}

}  // namespace hs::property
