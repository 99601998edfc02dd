#include "support/sample_facts.h"

#include "base/check.h"

namespace hs::test {
namespace {

using model::FactBody;
using model::FactSeq;
using model::RulingFact;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

model::Race half_marathon() {
  model::Race race;
  race.id = "half";
  race.name = "Half marathon";
  race.rules = model::RuleSet::WaRoad;
  race.rules_edition = "2024";
  race.start_window = minutes(20);
  race.closes = instant("2026-05-08T12:00:00+02:00");
  race.unresolved = model::Unresolved::DidNotFinish;
  race.points = {
      {"start", base::Distance(), "arch", base::Duration(0), false, model::PointRole::Timed},
      {"view", base::Distance::metres(7000), "hill", minutes(18), false, model::PointRole::Spotter},
      {"finish", base::Distance::millimetres(21'097'500), "arch", minutes(56), true,
       model::PointRole::Timed, "2"},
  };
  race.waves = {{"A", instant("2026-05-08T08:00:55.16+02:00")},
                {"B", std::nullopt},
                {"M2", instant("2026-05-08T08:45:00+02:00"), "2"}};
  race.divisions = {
      {"W60", model::Sex::Female, 60, 64, std::nullopt, true},
      {"chairs", std::nullopt, std::nullopt, std::nullopt, model::Mode::Wheelchair, false}};
  race.awards = {{"overall-women", model::Sex::Female, "", 3, model::RankBy::Gun, {}},
                 {"divisions", std::nullopt, "*", 3, model::RankBy::Net, {"overall-women"}}};
  race.divisions[1].sex = model::Sex::Male;
  race.divisions[1].more_sexes = {model::Sex::X};
  race.awards[1].besides = true;
  race.awards[1].clubs = {"Vale AC"};
  race.one_prize = model::OnePrize::Older;
  model::TeamAward clubs;
  clubs.id = "clubs";
  clubs.of = model::TeamOf::Club;
  clubs.sex = model::Sex::Female;
  clubs.division = "W60";
  clubs.score = model::TeamScore::Time;
  clubs.scorers = 3;
  clubs.runners = 4;
  clubs.closes_up = false;
  clubs.tie = model::TeamTie::LastScorer;
  race.team_awards = {clubs};
  return race;
}

model::EventFact event_fact() {
  model::Event event;
  event.name = "Harbour Half \u00fcber \u201cPier 7\u201d";
  event.date = base::Date{2026, 5, 8};
  event.timezone = "Europe/Berlin";
  event.begins = instant("2026-05-08T00:00:00+02:00");
  event.offsets = {{event.begins, std::chrono::hours(2)}};
  event.ends = instant("2026-05-08T16:00:00+02:00");
  event.races = {half_marathon()};
  model::SourceConfig file;
  file.mat = "arch";
  file.file = "reads/FINISH1/5071909.csv";
  file.format = "chronotrack";
  file.clock = model::DeviceClock::Fixed;
  file.fixed_offset = seconds(7200);
  file.offset = milliseconds(-1520);
  file.line = 31;
  model::SourceConfig live;
  live.device = "mylaps";
  live.listen = "0.0.0.0:3097";
  live.locations = {{"Finish", "arch"}, {"10KM", "pier"}};
  live.role = model::ReadRole::Backup;
  live.clock = model::DeviceClock::Utc;
  model::SourceConfig called;
  called.mat = "pier";
  called.device = "raceresult";
  called.connect = "10.0.0.5:3601";
  event.sources = {file, live, called};
  event.publish_columns = {"shirt"};
  return {event};
}

std::vector<FactBody> entries() {
  model::Entrant full;
  full.race = "half";
  full.bib = bib("F-007");
  full.chips = {tag("9573"), tag("E2801160600002")};
  full.wave = "A";
  full.mode = model::Mode::Handcycle;
  full.entry_status = model::EntryStatus::Deferred;
  full.sex = model::Sex::X;
  full.age = 61;
  full.is_private = full.is_minor = full.tell = true;
  model::Person person;
  person.first_name = "Ana";
  person.last_name = "O\u2019Ruiz \U0001f3c3";
  person.name = "Ana O\u2019Ruiz";
  person.birth_date = base::Date{1964, 2, 29};
  person.club = "Harbour \"Striders\"";
  person.team = "T";
  person.group = "G";
  person.city = "C";
  person.state = "S";
  person.country = "ESP";
  person.goal_time = minutes(105);
  person.guide_of = "12";
  person.para = "T12";
  person.first_time = "yes";
  person.why = "Two\nlines\tand a tab";
  person.cause = "cause";
  person.dedication = "dedication";
  person.note = "note";
  person.extra = {{"shirt", "M"}, {"phone", ""}};
  model::Entrant plain;
  plain.race = "half";
  plain.bib = bib("812");
  model::Entrant team;
  team.race = "half";
  team.bib = bib("900");
  team.chips = {tag("9001"), tag("9002")};
  team.legs = {{"1", {tag("9001"), tag("9002")}}, {"2", {}}};
  model::Person hares;
  hares.name = "Hares";
  hares.runners = {{"1", "Ana Ruiz"}, {"2", "Bo Lind"}};
  return {model::EntrantFact{full, person}, model::EntrantFact{plain, {}},
          model::EntrantFact{team, hares}, model::EntrantRemovedFact{"half", bib("13")}};
}

std::vector<FactBody> device_facts() {
  model::Stream stream;
  stream.device = "5071909";
  stream.epoch = "3";
  stream.mat = "arch";
  stream.file = "reads/FINISH1/5071909.csv";
  stream.format = "chronotrack";
  stream.role = model::ReadRole::Backup;
  stream.clock = model::DeviceClock::Free;
  stream.utc_offset = seconds(-5400);
  stream.offset = milliseconds(250);
  stream.resolution = milliseconds(10);
  model::Read full;
  full.stream = model::StreamId(1);
  full.device_seq = 0x0102030405060708ULL;
  full.line = 77;
  full.tag = tag("E2801160600002");
  full.time = base::ReaderTime(base::Duration(1'778'220'055'160'001));
  full.antenna = 3;
  full.rssi_dbm = -61;
  full.hits = 512;
  model::Read plain;
  plain.stream = model::StreamId(1);
  plain.by = model::ReadBy::Bib;
  plain.line = 1;
  plain.tag = tag("812");
  plain.time = base::ReaderTime(base::Duration(-1));
  const model::Marker change{model::Marker::Kind::TimeChange, 12,
                             base::ReaderTime(base::Duration(5)),
                             base::ReaderTime(base::Duration(-5)), "clock set"};
  const model::Marker other{};
  return {model::StreamFact{model::StreamId(1), stream},
          model::ReadFact{full},
          model::ReadFact{plain},
          model::ReadConflictFact{FactSeq(6), full},
          model::MarkerFact{model::StreamId(1), change},
          model::MarkerFact{model::StreamId(1), other},
          model::HandLineFact{model::StreamId(1), 9, plain.time, std::nullopt},
          model::HandLineFact{model::StreamId(1), 10, std::nullopt, bib("812")}};
}

/// One ruling of each kind, each with just what it needs.
std::vector<FactBody> rulings() {
  const model::Author author{"Chief referee", instant("2026-05-08T10:15:00Z")};
  std::vector<FactBody> out;
  for (int i = 0; i <= static_cast<int>(RulingFact::Kind::Move); ++i) {
    RulingFact ruling;
    ruling.kind = static_cast<RulingFact::Kind>(i);
    ruling.race = "half";
    ruling.bib = bib("812");
    ruling.author = author;
    if (ruling.kind == RulingFact::Kind::Disqualify) {
      ruling.clause = "TR 6.3";
      ruling.reason = "Left the course";
    }
    if (ruling.kind == RulingFact::Kind::Penalty) ruling.amount = milliseconds(-90'500);
    if (ruling.kind == RulingFact::Kind::Start || ruling.kind == RulingFact::Kind::Finish) {
      ruling.at = instant("2026-05-08T09:00:00.25+02:00");
    }
    if (ruling.kind == RulingFact::Kind::IgnoreRead) ruling.reads = {FactSeq(6), FactSeq(7)};
    if (ruling.kind == RulingFact::Kind::ForceRead) {
      ruling.reads = {FactSeq(6)};
      ruling.point = "finish";
    }
    if (ruling.kind == RulingFact::Kind::DeadHeat) ruling.with = {bib("13"), bib("14")};
    if (ruling.kind == RulingFact::Kind::Assisted) {
      ruling.with = {bib("13")};
      ruling.medical_at_hand = ruling.advantage = true;
    }
    if (ruling.kind == RulingFact::Kind::Merge) ruling.with = {bib("13")};
    if (ruling.kind == RulingFact::Kind::SwapChips) {
      ruling.with = {bib("13")};
      ruling.to = "10k";
    }
    if (ruling.kind == RulingFact::Kind::Move) ruling.to = "10k";
    out.emplace_back(ruling);
  }
  return out;
}

/// One ruling about a race of each kind, and both ways to neutralise.
std::vector<FactBody> race_rulings(const model::Author& author) {
  using Kind = model::RaceRulingFact::Kind;
  const base::RaceTime ten = instant("2026-05-08T10:00:00+02:00");
  const model::RaceRulingFact shorten{Kind::Shorten,   "half", "10k", "", {}, {}, {}, "",
                                      "Bridge closed", author};
  const model::RaceRulingFact stop{Kind::Stop, "half", "10k", "", ten, {}, {}, "", "Hail", author};
  const model::RaceRulingFact pause{Kind::Neutralise, "half", "",      "",    {}, ten,
                                    ten + minutes(4), "",     "Train", author};
  const model::RaceRulingFact stretch{Kind::Neutralise, "half", "10k", "finish", {}, {}, {},
                                      "Race rules 7",   "",     author};
  return {shorten, stop, pause, stretch};
}

model::NoteFact note(model::NoteKind kind, std::string text, const model::Author& author) {
  model::NoteFact out;
  out.kind = kind;
  out.text = std::move(text);
  out.author = author;
  return out;
}

/// A remark, one that bears witness to help, and one to a storm and when it was.
std::vector<FactBody> notes(const model::Author& author, const model::Author& dated) {
  model::NoteFact hand = note(model::NoteKind::Announcer, "Hand in hand", dated);
  hand.race = "half";
  hand.bibs = {bib("812"), bib("F-007")};
  hand.point = "finish";
  model::NoteFact help = hand;
  help.kind = model::NoteKind::Volunteer;
  help.about = model::NoteSubject::Help;
  model::NoteFact storm = note(model::NoteKind::Official, "Hail on the hill", dated);
  storm.about = model::NoteSubject::Storm;
  storm.from = instant("2026-05-08T09:10:00.000001+02:00");
  storm.until = instant("2026-05-08T09:40:00+02:00");
  return {hand, note(model::NoteKind::Official, "Wind 3 m/s", author), help, storm};
}

std::vector<FactBody> other_words() {
  const model::Author author{"Timer", std::nullopt};
  const model::Author dated{"Timer", instant("2026-05-08T10:15:00.000001Z")};
  const base::ReaderTime nine(base::Duration(1'778'230'800'500'000));
  return {model::GunFact{"half", "B", instant("2026-05-08T08:10:00+02:00"), dated},
          model::CloseFact{"half", author},
          model::CancelFact{"half", "Thunderstorm", author},
          model::ClockCorrectionFact{"5071909", "3", milliseconds(2500), nine, nine + minutes(90),
                                     "Against the backup", dated},
          model::ClockCorrectionFact{"5071909", "", -std::chrono::hours(400'000), std::nullopt,
                                     std::nullopt, "", author},
          model::HandReadFact{"half", bib("812"), "arch", instant("2026-05-08T07:46:15Z"),
                              "Seen by two judges", author},
          model::UndoFact{FactSeq(20), "Wrong bib", dated},
          model::HideFact{"half", bib("F-007"), dated},
          model::EraseFact{"half", bib("F-007"), dated},
          model::PublishFact{"half", "First list", false, instant("2026-05-08T14:00:00+02:00"), "",
                             dated},
          model::PublishFact{"half", "After the protest window", true, std::nullopt,
                             std::string(64, 'a'), author}};
}

}  // namespace

model::BibNumber bib(std::string_view text) {
  auto parsed = model::BibNumber::parse(text);
  HS_CHECK(parsed, "a test uses an unfit bib");
  return *parsed;
}

model::TagCode tag(std::string_view text) {
  auto parsed = model::TagCode::parse(text);
  HS_CHECK(parsed, "a test uses an unfit chip code");
  return *parsed;
}

base::RaceTime instant(std::string_view text) {
  const auto parsed = base::parse_iso(text);
  HS_CHECK(parsed && parsed->utc_offset, "a test uses an unfit instant");
  return base::RaceTime(base::Duration(parsed->civil.micros) - *parsed->utc_offset);
}

std::vector<FactBody> sample_facts() {
  std::vector<FactBody> out = {event_fact()};
  const model::Author author{"Timer", std::nullopt};
  const model::Author dated{"Timer", instant("2026-05-08T10:15:00.000001Z")};
  for (auto part : {entries(), device_facts(), rulings(), other_words(), notes(author, dated),
                    race_rulings(dated)}) {
    out.insert(out.end(), part.begin(), part.end());
  }
  return out;
}

}  // namespace hs::test
