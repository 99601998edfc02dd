#include "present/moment_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "moments/find_moments.h"
#include "present/sentences.h"
#include "support/moment_field.h"

namespace hs::present {
namespace {

using moment_field::FieldBuilder;

std::size_t characters(const std::string& utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & '\xC0') != '\x80'; }));
}

/// Every number in a text as written: "1:29:09", "31,892", "2.2"; in German "31.892", "2,2".
std::vector<std::string> numbers_in(const std::string& text) {
  std::vector<std::string> found;
  std::string number;
  for (const char c : text + " ") {
    const bool inside = !number.empty() && (c == ':' || c == ',' || c == '.');
    if (std::isdigit(static_cast<unsigned char>(c)) != 0 || inside) {
      number += c;
      continue;
    }
    while (!number.empty() && std::isdigit(static_cast<unsigned char>(number.back())) == 0) {
      number.pop_back();
    }
    if (!number.empty()) found.push_back(number);
    number.clear();
  }
  return found;
}

std::string without(std::string text, const std::string& part) {
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part)) {
    text.erase(at, part.size());
  }
  return text;
}

/// The value a written number has: seconds for "h:mm:ss" and "m:ss", else the number.
double value_of(const std::string& number, const LanguageTable& language) {
  double value = 0;
  std::string part;
  for (const char c : number + ":") {
    if (c == ':') {
      value = value * 60 + std::atof(part.c_str());
      part.clear();
    } else if (language.decimal[0] == c) {
      part += '.';
    } else if (language.thousands[0] != c) {
      part += c;
    }
  }
  return value;
}

/// Every value that words may take from a moment: its evidence in seconds, minutes and counts,
/// distances between the points it names, differences of its times.
std::set<double> values_of(const model::Moment& moment, const model::EventResults& results) {
  std::set<double> values;
  std::vector<double> times, places;
  const auto& points = results.event.races[moment.race.raw()].points;
  const auto metres = [&](const std::string& id) {
    for (const model::Point& point : points) {
      if (point.id == id) return static_cast<double>(point.distance.in_millimetres()) / 1000;
    }
    return 0.0;
  };
  for (const model::Evidence& e : moment.evidence) {
    for (const auto& time : {e.seconds, e.expected_seconds, e.expected_least, e.expected_most}) {
      if (!time) continue;
      times.push_back(static_cast<double>(*time));
      values.insert(static_cast<double>(*time));
      const std::int64_t minutes = *time / 60;  // Cut, as the words cut them.
      values.insert(static_cast<double>(minutes));
    }
    if (e.rank_in_field) values.insert({*e.rank_in_field - 1.0, *e.rank_in_field + 0.0});
    if (e.of) values.insert(*e.of);
    for (const auto& years : {e.years, e.next_years}) {
      if (years) values.insert(*years);
    }
    if (e.what == "place") places.push_back(*e.rank_in_field);
    const double length = metres(e.to) - metres(e.from);
    if (e.what == "interval")
      values.insert(std::floor(static_cast<double>(*e.seconds) * 1000 / length + 1e-9));
    values.insert(length < 1000 ? std::round(length) : std::round(length / 100) / 10);
    for (const std::string& id : {e.from, e.to}) values.insert(std::atof(id.c_str()));
  }
  for (const double a : times) {
    for (const double b : times) values.insert(a - b);
  }
  for (const double a : places) {
    for (const double b : places) values.insert(a - b);
  }
  return values;
}

void expect_numbers_hold(const model::Moment& moment, const model::EventResults& results,
                         Language language) {
  const MomentWords words = words_for(moment, results, language);
  std::string said = words.headline + " | " + words.text;
  for (const model::EntrantId id : moment.people) {
    const std::string& name = results.persons[id.raw()].name;
    if (!name.empty()) said = without(said, name);
    said = without(said, Sentences(language).bib(results.entrants[id.raw()].bib.view()));
  }
  const std::set<double> values = values_of(moment, results);
  const std::vector<std::string> numbers = numbers_in(said);
  EXPECT_GE(numbers.size(), 3u) << said;
  for (const std::string& number : numbers) {
    const double value = value_of(number, language.table());
    const bool held = std::any_of(values.begin(), values.end(),
                                  [&](double known) { return std::abs(known - value) < 1e-9; });
    EXPECT_TRUE(held) << number << " in: " << said;
  }
}

void expect_numbers_hold(const model::Moment& moment, const model::EventResults& results) {
  for (const Language& language : Language::all()) expect_numbers_hold(moment, results, language);
}

model::Evidence passing(const std::string& to, std::int64_t seconds) {
  model::Evidence evidence;
  evidence.what = "passing";
  evidence.from = "start";
  evidence.to = to;
  evidence.seconds = seconds;
  return evidence;
}

model::Evidence interval(const std::string& from, std::int64_t seconds) {
  model::Evidence evidence;
  evidence.what = "interval";
  evidence.from = from;
  evidence.to = "finish";
  evidence.seconds = seconds;
  evidence.expected_seconds = 592;
  evidence.expected_least = 500;
  evidence.expected_most = 3725;
  evidence.rank_in_field = 1;
  evidence.of = 31892;
  return evidence;
}

struct OneRunner {
  FieldBuilder field{moment_field::marathon_points()};
  model::EntrantId id = field.add("812", std::vector<moment_field::Seconds>(10, 1.0));
  model::Moment moment;

  OneRunner() {
    field.person(id).name = "Ana Ruiz";
    field.entrant(id).sex = model::Sex::Female;
    moment.kind = model::MomentKind::LateCollapse;
    moment.people = {id};
    moment.evidence = {interval("40k", 5349), passing("40k", 9582), passing("finish", 14931)};
  }
  MomentWords words() { return words_for(moment, field.results()); }
};

TEST(MomentWords, ACollapseIsToldPlainly) {
  OneRunner one;
  EXPECT_EQ(one.words().headline,
            "Past 40K in 2:39:42, Ana Ruiz needed 89 minutes for the last 2.2 km, and finished");
  EXPECT_EQ(one.words().text,
            "Ana Ruiz passed 40K after 2:39:42. By the pace until there and by what the field did "
            "that day, the last 2.2 km could be expected to take 9:52; for nine in ten it would "
            "be between 8:20 and 1:02:05. It took her 1:29:09, and none of 31,892 finishers timed "
            "over that stretch took longer. She went on to the line and finished in 4:08:51.");
}

TEST(MomentWords, SentencesAgreeWithThePerson) {
  OneRunner one;
  one.field.entrant(one.id).sex = model::Sex::Male;
  EXPECT_NE(one.words().text.find("It took him "), std::string::npos);
  EXPECT_NE(one.words().text.find(" He went on"), std::string::npos);
  one.field.entrant(one.id).sex = model::Sex::X;
  EXPECT_NE(one.words().text.find("It took them "), std::string::npos);
  one.field.entrant(one.id).sex = std::nullopt;
  EXPECT_NE(one.words().text.find(" They went on"), std::string::npos);
}

TEST(MomentWords, HowManyTookLongerAgreesWithTheirNumber) {
  OneRunner one;
  one.moment.evidence[0].rank_in_field = 2;
  EXPECT_NE(one.words().text.find("over that stretch, one took longer."), std::string::npos);
  one.moment.evidence[0].rank_in_field = 1235;
  EXPECT_NE(one.words().text.find("over that stretch, 1,234 took longer."), std::string::npos);
}

TEST(MomentWords, ALongNameInTheHeadlineBecomesTheBib) {
  OneRunner one;
  std::string name;
  for (int i = 0; i < 200; ++i) name += "\xC3\xA9";  // Two bytes, one character.
  one.field.person(one.id).name = name;
  EXPECT_EQ(one.words().headline,
            "Past 40K in 2:39:42, Bib 812 needed 89 minutes for the last 2.2 km, and finished");
  EXPECT_EQ(one.words().text.find(name), 0u);
  // 50 characters of two bytes still fit, without the clause in front.
  one.field.person(one.id).name = name.substr(0, 100);
  EXPECT_EQ(one.words().headline.find(name.substr(0, 100)), 0u);
}

TEST(MomentWords, APrivateRunnerIsABib) {
  OneRunner one;
  one.field.entrant(one.id).is_private = true;
  const MomentWords words = one.words();
  EXPECT_EQ((words.headline + words.text).find("Ana"), std::string::npos);
  EXPECT_EQ(words.text.find("Bib 812 passed"), 0u);
}

TEST(MomentWords, ShortStretchesAreInMetres) {
  OneRunner one;
  one.field.results().event.races[0].points[9].distance = base::Distance::metres(41795);
  EXPECT_NE(one.words().headline.find("for the last 400 m, and"), std::string::npos);
}

TEST(MomentWords, AFasterSecondHalfIsToldInHalves) {
  OneRunner one;
  one.moment.kind = model::MomentKind::NegativeSplit;
  model::Evidence day;
  day.what = "negative-splits";
  day.to = "half";
  day.rank_in_field = 802;
  day.of = 31859;
  one.moment.evidence = {interval("half", 6000), passing("half", 7000), passing("finish", 13000),
                         day};
  EXPECT_EQ(one.words().headline, "Ana Ruiz ran the second half 16:40 faster than the first");
  EXPECT_NE(one.words().text.find("the first half in 1:56:40 and the second in 1:40:00."),
            std::string::npos);
  EXPECT_NE(one.words().text.find("Of 31,859 finishers timed at half way, 802 were faster"),
            std::string::npos);
  expect_numbers_hold(one.moment, one.field.results());
}

/// Adds somebody who slows for four kilometres after the half and comes back, and a hundred who
/// slow and do not.
void add_walls(FieldBuilder& field) {
  moment_field::Series series;
  for (int i = 0; i <= 100; ++i) {
    const bool back = i == 100;
    const double slow = back ? 1.6 : 1.1 + 0.8 * series.next();
    std::vector<moment_field::Seconds> net;
    double at = 0;
    double metres = 0;
    for (const auto& [id, where] : moment_field::marathon_points()) {
      const bool slowed = metres > 21000 && (!back || metres < 25000);
      at += (where - metres) / 1000 * 310 * (slowed ? slow : 1.0) * (1 + 0.01 * series.normal());
      metres = where;
      net.push_back(at);
    }
    field.add(std::to_string(5000 + i), net, 600 * series.next());
  }
}

/// Adds two who start a quarter of an hour apart and meet, and four of one group at the end.
void add_company(FieldBuilder& field) {
  std::vector<moment_field::Seconds> first, second;
  for (const auto& [id, metres] : moment_field::marathon_points()) {
    first.push_back(metres / 1000 * 333);
    second.push_back(*first.back() - 900 + (metres < 12000 ? 450.0 : 0.9));
  }
  *second.back() += 5;
  field.add("6001", first, 10.0);
  field.add("6002", second, 910.0);
  for (int i = 0; i < 4; ++i) {
    std::vector<moment_field::Seconds> net = first;
    for (auto& time : net) *time *= 1.2;
    *net.back() += i;
    field.person(field.add(std::to_string(6010 + i), net, 20.0)).group = "Blue Caps";
  }
}

/// Adds ten men in front, the first two a third of a second apart.
void add_front(FieldBuilder& field) {
  for (int i = 0; i < 10; ++i) {
    std::vector<moment_field::Seconds> net;
    for (const auto& [id, metres] : moment_field::marathon_points()) {
      net.push_back(metres / 1000 * (150 + 1.5 * std::max(i - 1, 0)) + (i == 1 ? 0.3 : 0.0));
    }
    const auto id = field.add(std::to_string(1 + i), net, 0.0);
    field.entrant(id).sex = model::Sex::Male;
    field.runner(id).ranking = field.runner(id).net->value();
    field.runner(id).gun_at = FieldBuilder::gun();
  }
}

/// Net times without a clock, and two who lose half an hour alike.
FieldBuilder published_field() {
  FieldBuilder field(moment_field::marathon_points());
  moment_field::Series series;
  for (int i = 0; i < 900; ++i) {
    const double pace = 330 + 50 * series.normal();
    field.add(std::to_string(1000 + i), moment_field::ordinary_marathon(pace, series));
  }
  std::vector<moment_field::Seconds> net;
  for (const auto& [id, metres] : moment_field::marathon_points()) {
    net.push_back(metres / 1000 * 331 + (metres >= 20000 ? 1800.0 : 0.0));
  }
  field.add("90001", net);
  field.add("90002", net);
  return field;
}

/// A field with every kind of moment in it that a clock can show.
FieldBuilder eventful_field() {
  FieldBuilder field = moment_field::ordinary_field(2000);
  std::vector<moment_field::Seconds> collapse, split, lost;
  for (const auto& [id, metres] : moment_field::marathon_points()) {
    const double behind = std::max(0.0, metres - 21097.5);
    collapse.push_back(metres / 1000 * 270 + (metres > 41000 ? 2400.0 : 0.0));
    split.push_back((metres - behind) / 1000 * 340 + behind / 1000 * 270);
    lost.push_back(metres / 1000 * 341 + (metres >= 20000 ? 3600.0 : 0.0));
  }
  field.add("812", collapse, 30.0);
  field.add("77", split, 60.0);
  field.add("15", lost, 300.0);
  field.add("19", lost, 300.4);
  for (auto& time : split) *time += 4 * 3600;
  field.add("901", split, 0.0);
  for (auto& time : split) *time -= 1200.05;
  field.add("902", split, 1200.0);
  for (auto& time : split) *time += 2400;
  field.entrant(field.add("903", split, 20.0)).age = 88;
  field.results().event.publish_columns = {"age"};
  std::vector<moment_field::Seconds> from_behind;
  for (const auto& [id, metres] : moment_field::marathon_points()) {
    from_behind.push_back(metres / 1000 * 290 + (metres > 5000 ? 2025.0 : 0.0));
  }
  field.add("904", from_behind, 40.0);
  add_walls(field);
  add_company(field);
  add_front(field);
  field.rank();
  return field;
}

TEST(MomentWords, EveryNumberOfEveryTextIsInTheEvidence) {
  FieldBuilder field = eventful_field();
  const auto found = moments::find_moments(field.results());
  std::set<model::MomentKind> kinds;
  for (const model::Moment& moment : found) {
    expect_numbers_hold(moment, field.results());
    kinds.insert(moment.kind);
  }
  using Kind = model::MomentKind;
  for (const Kind kind :
       {Kind::LateCollapse, Kind::NegativeSplit, Kind::FinishTogether, Kind::LongStop,
        Kind::WallComeback, Kind::LastFinisher, Kind::Overtaking, Kind::EvenPace, Kind::Oldest,
        Kind::RanTogether, Kind::Group, Kind::PhotoFinish}) {
    EXPECT_TRUE(kinds.contains(kind)) << model::name_of(kind);
  }
  // What needs the clock to be absent has a field of its own.
  FieldBuilder published = published_field();
  const auto same = moments::find_moments(published.results());
  EXPECT_TRUE(std::any_of(same.begin(), same.end(),
                          [](const auto& m) { return m.kind == Kind::SameTimes; }));
  for (const model::Moment& moment : same) expect_numbers_hold(moment, published.results());
}

TEST(MomentWords, HeadlinesAreShortAndTextsHaveTwoToFourSentences) {
  FieldBuilder field = eventful_field();
  for (model::Person& person : field.results().persons) person.name = std::string(200, 'x');
  for (const model::Moment& moment : moments::find_moments(field.results())) {
    for (const Language& language : Language::all()) {
      const MomentWords words = words_for(moment, field.results(), language);
      EXPECT_LE(characters(words.headline), 110u) << words.headline;
      EXPECT_NE(words.headline.back(), '.');
      std::size_t sentences = 0;
      for (std::size_t at = words.text.find(". "); at != std::string::npos;
           at = words.text.find(". ", at + 1)) {
        ++sentences;
      }
      EXPECT_EQ(words.text.back(), '.');
      EXPECT_GE(sentences + 1, 2u) << words.text;
      EXPECT_LE(sentences + 1, 4u) << words.text;
      EXPECT_EQ(words.text.find('{'), std::string::npos);
    }
  }
}

TEST(MomentWords, AgesAndPlacesAreToldPlainly) {
  OneRunner one;
  one.moment.kind = model::MomentKind::Oldest;
  model::Evidence age;
  age.what = "age";
  age.to = "finish";
  age.years = 84;
  age.next_years = 81;
  age.of = 12345;
  one.moment.evidence = {age, passing("finish", 23456)};
  EXPECT_EQ(one.words().headline, "Ana Ruiz, 84, was the oldest to finish, in 6:30:56");
  EXPECT_EQ(one.words().text,
            "Ana Ruiz was 84 on the day of the race, and finished in 6:30:56. Of 12,345 finishers "
            "whose age is known nobody was older; the next oldest was 81.");
}

TEST(MomentWords, TheLastRecordedIsToldWithRespect) {
  OneRunner one;
  one.moment.kind = model::MomentKind::LastFinisher;
  model::Evidence clock;
  clock.what = "clock";
  clock.to = "finish";
  clock.seconds = 30000;
  clock.of = 501;
  model::Evidence gap;
  gap.what = "gap-before";
  gap.to = "finish";
  gap.seconds = 754;
  one.moment.evidence = {clock, gap, passing("finish", 29400)};
  EXPECT_EQ(one.words().headline,
            "Ana Ruiz kept going, and was the last recorded at the line, 8:20:00 after the first "
            "gun");
  EXPECT_EQ(one.words().text,
            "Ana Ruiz crossed the line 8:20:00 after the first gun, the last of 501 finishers "
            "recorded there, 12:34 behind the one before. She finished in 8:10:00.");
}

TEST(MomentWords, AGroupIsNamedOnlyWhereTheRacePublishesGroups) {
  OneRunner one;
  const auto other = one.field.add("813", std::vector<moment_field::Seconds>(10, 1.0));
  const auto third = one.field.add("814", std::vector<moment_field::Seconds>(10, 1.0));
  for (const auto id : {one.id, other, third}) one.field.person(id).group = "Blue Caps";
  one.moment.kind = model::MomentKind::Group;
  one.moment.people = {one.id, other, third};
  model::Evidence line;
  line.what = "group";
  line.to = "finish";
  line.seconds = 4;
  line.rank_in_field = 3;
  line.of = 5;
  model::Evidence clock;
  clock.what = "clock";
  clock.to = "finish";
  clock.seconds = 30000;
  one.moment.evidence = {line, clock};
  EXPECT_EQ(one.words().headline, "3 of one group crossed the line within 4 seconds");
  one.field.results().event.publish_columns = {"group"};
  EXPECT_EQ(one.words().headline, "3 of Blue Caps crossed the line within 4 seconds");
  EXPECT_NE(one.words().text.find("5 of their group finished."), std::string::npos);
}

TEST(MomentWords, AComebackAgreesWithHowManyCameBack) {
  OneRunner one;
  one.moment.kind = model::MomentKind::WallComeback;
  const auto stretch = [](const std::string& from, const std::string& to, std::int64_t seconds) {
    model::Evidence evidence = interval(from, seconds);
    evidence.to = to;
    return evidence;
  };
  model::Evidence others;
  others.what = "comebacks";
  others.to = "finish";
  others.rank_in_field = 1;
  others.of = 77;
  one.moment.evidence = {stretch("start", "25k", 7500), stretch("25k", "30k", 2400),
                         stretch("30k", "finish", 3700), passing("finish", 13600), others};
  EXPECT_EQ(one.words().headline,
            "Ana Ruiz slowed to 8:00 a kilometre before 30K, then ran the last 12.2 km at 5:03");
  EXPECT_EQ(one.words().text.find("Ana Ruiz ran to 25K at 5:00 a kilometre, and from there to 30K "
                                  "at 8:00. The last 12.2 km she ran at 5:03, and finished in "
                                  "3:46:40."),
            0u);
  EXPECT_NE(one.words().text.find("nobody else came back."), std::string::npos);
  one.moment.evidence.back().rank_in_field = 3;
  EXPECT_NE(one.words().text.find("Of 77 who slowed like that after half way, 3 came back"),
            std::string::npos);
  expect_numbers_hold(one.moment, one.field.results());
}

TEST(MomentWords, ALeadThatChangedLateIsToldFromBothSides) {
  OneRunner one;
  const auto other = one.field.add("813", std::vector<moment_field::Seconds>(10, 1.0));
  one.field.person(other).name = "Lea Moor";
  one.moment.kind = model::MomentKind::LeadChangeLate;
  one.moment.people = {one.id, other};
  model::Evidence win;
  win.what = "win";
  win.to = "finish";
  win.given = "F";
  model::Evidence behind;
  behind.what = "behind";
  behind.to = "40k";
  behind.seconds = 41;
  model::Evidence ahead = behind;
  ahead.to = "finish";
  ahead.seconds = 4;
  one.moment.evidence = {
      win, behind, ahead, interval("40k", 440), interval("40k", 485), passing("finish", 8765)};
  EXPECT_EQ(one.words().headline,
            "0:41 behind at 40K, Ana Ruiz passed Lea Moor and was first of the women");
  EXPECT_EQ(one.words().text,
            "Ana Ruiz passed 40K 0:41 behind Lea Moor, who led there. For the last 2.2 km Ana Ruiz "
            "needed 7:20 and Lea Moor 8:05. Ana Ruiz was first of the women in 2:26:05, 0:04 ahead "
            "at the line.");
  expect_numbers_hold(one.moment, one.field.results());
}

TEST(MomentWords, ARunnersOwnWordsAreQuotedAsTheirs) {
  OneRunner one;
  one.field.person(one.id).why = "To see the end of it.\n";
  one.moment.kind = model::MomentKind::FirstFinish;
  model::Evidence entry;
  entry.what = "entry";
  entry.to = "finish";
  one.moment.evidence = {entry, passing("finish", 23456)};
  EXPECT_EQ(one.words().headline, "A first finish: Ana Ruiz, in 6:30:56");
  EXPECT_EQ(one.words().text,
            "\u201cTo see the end of it\u201d, Ana Ruiz wrote before the race. It was a first, by "
            "the entry list, and she finished in 6:30:56.");
  std::string many;
  for (int i = 0; i < 100; ++i) many += "again ";
  one.field.person(one.id).why = many;
  EXPECT_NE(one.words().text.find("again \u2026\u201d"), std::string::npos);
  EXPECT_LT(one.words().text.size(), 420u);
}

TEST(MomentWords, AGuideIsNamedAsTheGuide) {
  OneRunner one;
  const auto other = one.field.add("813", std::vector<moment_field::Seconds>(10, 1.0));
  one.field.person(other).name = "Lea Moor";
  one.moment.kind = model::MomentKind::GuidePair;
  one.moment.people = {one.id, other};
  model::Evidence line;
  line.what = "apart";
  line.to = "finish";
  line.seconds = 2;
  one.moment.evidence = {line, passing("finish", 13600), passing("finish", 13599)};
  EXPECT_EQ(one.words().headline, "Ana Ruiz and guide Lea Moor finished in 3:46:40");
  EXPECT_EQ(one.words().text,
            "Lea Moor is entered as guide of Ana Ruiz. They crossed the line within 2 seconds of "
            "each other, in 3:46:40 and 3:46:39.");
}

/// Evidence about the field or a place in it.
model::Evidence counted(const std::string& what, const std::string& to,
                        std::optional<std::uint32_t> rank, std::optional<std::uint32_t> of,
                        const std::string& given = "") {
  model::Evidence evidence;
  evidence.what = what;
  evidence.to = to;
  evidence.rank_in_field = rank;
  evidence.of = of;
  evidence.given = given;
  return evidence;
}

model::Evidence timed(const std::string& what, const std::string& from, const std::string& to,
                      std::int64_t seconds) {
  model::Evidence evidence;
  evidence.what = what;
  evidence.from = from;
  evidence.to = to;
  evidence.seconds = seconds;
  return evidence;
}

model::Evidence middle_of_field(const std::string& from, const std::string& to,
                                std::int64_t seconds) {
  model::Evidence evidence = timed("middle-of-field", from, to, seconds);
  evidence.of = 31859;
  return evidence;
}

void expect_told(OneRunner& one, model::MomentKind kind, std::vector<model::Evidence> evidence,
                 const std::string& headline, const std::string& text) {
  one.moment.kind = kind;
  one.moment.evidence = std::move(evidence);
  EXPECT_EQ(one.words().headline, headline);
  EXPECT_EQ(one.words().text, text);
  expect_numbers_hold(one.moment, one.field.results());
}

TEST(MomentWords, PlacesAgainstAllExpectationAreToldPlainly) {
  OneRunner one;
  expect_told(
      one, model::MomentKind::Unseeded,
      {counted("place", "finish", 114, 23890), counted("seed", "finish", 6795, 224, "bib"),
       counted("seed-best", "finish", 1370, 224), passing("finish", 9109)},
      "Of the bibs around Ana Ruiz, the middle one came in number 6,795; she came in number "
      "114",
      "Ana Ruiz finished in 2:31:49, number 114 of 23,890 by net time. Of the 224 others "
      "with the nearest bibs, the middle one came in number 6,795 and the first number "
      "1,370.");
  one.moment.evidence[1].given = "wave";
  EXPECT_NE(one.words().text.find("others of the same wave"), std::string::npos);
  expect_numbers_hold(one.moment, one.field.results());
  expect_told(one, model::MomentKind::LastToFirst,
              {counted("place-early", "5k", 57, 61), counted("win", "finish", {}, {}, "F"),
               passing("5k", 1500), passing("finish", 9109)},
              "Number 57 of 61 at 5K, Ana Ruiz came in first of the women",
              "Ana Ruiz passed 5K after 25:00, number 57 of the women of 61 who were timed there. "
              "She came in first of the women, in 2:31:49.");
}

TEST(MomentWords, CutOffsAndLateStartsAreToldPlainly) {
  OneRunner one;
  expect_told(one, model::MomentKind::BeatTheCutoff,
              {timed("cutoff", "", "finish", 1), interval("40k", 1093),
               timed("at-the-pace-before", "40k", "finish", 1123), passing("finish", 21573)},
              "At 40K Ana Ruiz was behind the cut-off, and crossed the line 1 second before it",
              "At the pace until 40K the last 2.2 km would have taken Ana Ruiz 18:43, too long to "
              "be in time. She ran them in 18:13 and finished in 5:59:33, 1 second before the race "
              "closed.");
  expect_told(one, model::MomentKind::LateStarter,
              {timed("start-behind", "", "start", 900), counted("passed", "finish", 412, 600),
               passing("finish", 12000)},
              "Ana Ruiz started 15 minutes behind everybody else of the wave, and passed 412",
              "Ana Ruiz crossed the start 15:00 after everybody else of the same wave. Of 600 "
              "finishers who had started before, 412 came in behind her; she finished in 3:20:00.");
}

TEST(MomentWords, AWinnerOfAKindIsNamedByTheDivision) {
  OneRunner one;
  expect_told(one, model::MomentKind::WinnerOfKind,
              {counted("division-win", "finish", 1, 7, "stroller"), passing("finish", 11255),
               counted("place", "finish", 1, 340)},
              "Ana Ruiz was first in the division stroller, in 3:07:35",
              "Ana Ruiz finished in 3:07:35. That was the first place of 7 in the division "
              "stroller. Of all 340 with a place, nobody came in before her.");
  model::Evidence age;
  age.what = "age";
  age.years = 19;
  age.next_years = 20;
  age.of = 900;
  expect_told(one, model::MomentKind::Youngest, {age, passing("finish", 12000)},
              "Ana Ruiz, 19, was the youngest to finish, in 3:20:00",
              "Ana Ruiz was 19 on the day of the race, and finished in 3:20:00. Of 900 finishers "
              "whose age is known nobody was younger; the next youngest was 20.");
}

TEST(MomentWords, TheFieldsStoryNamesNobodyAndNoCause) {
  OneRunner one;
  one.moment.people.clear();
  expect_told(one, model::MomentKind::StopFront,
              {counted("stop-front", "finish", 5633, 23336), timed("clock", "", "finish", 14984),
               counted("last-heard", "35k", 2100, 5633)},
              "The race ended with 5,633 runners still on the course",
              "Nobody was recorded at the finish later than 4:09:44 after the first gun. Of 23,336 "
              "runners whom a mat had heard, 5,633 were due at a later one, and it did not hear "
              "them. Most of them, 2,100, had last been heard at 35K.");
  expect_told(
      one, model::MomentKind::Heat,
      {middle_of_field("start", "half", 6472), middle_of_field("half", "finish", 7429),
       counted("negative-splits", "half", 804, 31859)},
      "The field slowed: the second half took the middle of it 15:57 longer than the first",
      "In the middle of 31,859 finishers timed at half way, the way there took 1:47:52 and the "
      "rest of the course 2:03:49. Of them, 804 were faster behind it than before.");
  expect_told(one, model::MomentKind::Storm,
              {counted("note", "finish", {}, {}, "thunder over the course"),
               counted("finished", "finish", 88, 90)},
              "A storm, as an official noted; 88 of 90 finished",
              "An official noted: \u201cthunder over the course\u201d. 88 of 90 who had started "
              "finished.");
  expect_told(one, model::MomentKind::LostMat,
              {counted("heard", "20k", 60, 600), counted("heard", "30k", 597, 600)},
              "The mat at 20K heard 60 of 600 finishers",
              "The mat at 20K heard 60 of 600 finishers; each of the others heard at least 597. No "
              "finish time hangs on it.");
}

TEST(MomentWords, ABarrierIsAClauseOfTheSentenceThatGivesTheTime) {
  OneRunner one;
  one.moment.evidence[2].seconds = 4 * 3600 - 7;
  model::Evidence barrier = timed("barrier", "", "finish", 7);
  barrier.expected_seconds = 4 * 3600;
  barrier.given = "time";
  one.moment.evidence.push_back(barrier);
  const auto ends = [&](const std::string& with) {
    const std::string text = one.words().text;
    return text.size() >= with.size() && text.substr(text.size() - with.size()) == with;
  };
  EXPECT_TRUE(ends("and finished in 3:59:53, 7 seconds under 4:00:00.")) << one.words().text;
  expect_numbers_hold(one.moment, one.field.results());
  one.moment.evidence.back().given = "goal";
  EXPECT_TRUE(ends("3:59:53, 7 seconds under the goal of 4:00:00.")) << one.words().text;
  one.moment.evidence.back().seconds.reset();
  EXPECT_TRUE(ends("3:59:53, where the goal had been 4:00:00.")) << one.words().text;
  one.moment.kind = model::MomentKind::Oldest;
  model::Evidence age;
  age.what = "age";
  age.years = 84;
  age.next_years = 81;
  age.of = 900;
  one.moment.evidence = {age, passing("finish", 4 * 3600 - 7), barrier};
  EXPECT_TRUE(ends("That was 7 seconds under 4:00:00.")) << one.words().text;
}

TEST(MomentWords, AGroupOfPairsSaysHowManyItHoldsFor) {
  FieldBuilder field = published_field();
  std::vector<moment_field::Seconds> net;
  for (const auto& [id, metres] : moment_field::marathon_points()) {
    net.push_back(metres / 1000 * 331 + (metres >= 20000 ? 1800.0 : 0.0));
  }
  field.add("90003", net);
  std::size_t told = 0;
  for (const model::Moment& moment : moments::find_moments(field.results())) {
    if (moment.kind != model::MomentKind::SameTimes) continue;
    ++told;
    EXPECT_NE(words_for(moment, field.results()).text.find("The same holds of 3 runners in all."),
              std::string::npos);
    expect_numbers_hold(moment, field.results());
  }
  EXPECT_EQ(told, 1u);
}

/// A moment of one runner with a note and a dedication beside it.
struct Quoted {
  OneRunner one;

  explicit Quoted(model::NoteKind kind) {
    model::NoteFact note;
    note.kind = kind;
    note.race = "race";
    note.bibs = {model::BibNumber::parse("812").value()};
    note.text = "Sat down at 41K,\ngot up again and waved.";
    note.author.by = "Marshal 7";
    one.field.results().notes = {{model::FactSeq(9), note}};
    model::Evidence evidence;
    evidence.what = "note";
    evidence.bibs = note.bibs;
    evidence.given = model::name_of(kind);
    evidence.note = model::FactSeq(9);
    one.moment.evidence.push_back(evidence);
  }
  bool says(const std::string& words, Language language = {}) {
    return words_for(one.moment, one.field.results(), language).text.find(words) !=
           std::string::npos;
  }
};

TEST(MomentQuotes, ANoteIsShownWithItsSource) {
  EXPECT_TRUE(Quoted(model::NoteKind::Official)
                  .says("finished in 4:08:51. A note by an official, signed Marshal 7: \u201cSat "
                        "down at 41K, got up again and waved\u201d."));
  EXPECT_TRUE(
      Quoted(model::NoteKind::Volunteer).says(" A note by a volunteer, signed Marshal 7: "));
  EXPECT_TRUE(Quoted(model::NoteKind::Announcer).says(" A note by the announcer, signed "));
  // What runners say is theirs, whoever wrote it down.
  EXPECT_TRUE(Quoted(model::NoteKind::Runner).says(" In a note, Ana Ruiz says: \u201cSat down"));
  EXPECT_FALSE(Quoted(model::NoteKind::Runner).says("Marshal 7"));
  EXPECT_TRUE(Quoted(model::NoteKind::Official)
                  .says("Eine Notiz der Rennleitung, gezeichnet Marshal 7: \u201eSat down at 41K",
                        *Language::named("de")));
}

TEST(MomentQuotes, ACauseOrADedicationStandsBesideAnyMoment) {
  OneRunner one;
  one.field.person(one.id).dedication = "For Oma Hilde, who never missed one.";
  model::Evidence own;
  own.what = "own-words";
  own.bibs = {model::BibNumber::parse("812").value()};
  own.given = "dedication";
  one.moment.evidence.push_back(own);
  EXPECT_NE(one.words().text.find("Ana Ruiz dedicated the race, as the entry says: \u201cFor Oma "
                                  "Hilde, who never missed one\u201d."),
            std::string::npos);
}

TEST(MomentQuotes, OwnWordsAreAMomentOfTheirOwn) {
  OneRunner one;
  one.field.person(one.id).why = "I promised it to my sister.";
  one.moment.kind = model::MomentKind::OwnWords;
  model::Evidence own;
  own.what = "own-words";
  own.bibs = {model::BibNumber::parse("812").value()};
  own.given = "why";
  one.moment.evidence = {own, passing("finish", 14931)};
  EXPECT_EQ(one.words().headline,
            "\u201cI promised it to my sister\u201d: Ana Ruiz finished in 4:08:51");
  EXPECT_EQ(one.words().text,
            "\u201cI promised it to my sister\u201d, Ana Ruiz wrote before the race. She finished "
            "in 4:08:51.");
  one.field.person(one.id).why = std::string(120, 'a') + " and more";
  EXPECT_EQ(one.words().headline, "Ana Ruiz, in her own words, and in 4:08:51");
}

TEST(MomentQuotes, VolunteersAreToldByTheirNote) {
  Quoted quoted(model::NoteKind::Volunteer);
  quoted.one.moment.kind = model::MomentKind::Volunteers;
  quoted.one.moment.people.clear();
  quoted.one.moment.evidence = {quoted.one.moment.evidence.back()};
  EXPECT_EQ(quoted.one.words().headline, "\u201cSat down at 41K, got up again and waved\u201d");
  EXPECT_EQ(quoted.one.words().text,
            "A note by a volunteer, signed Marshal 7: \u201cSat down at 41K, got up again and "
            "waved\u201d.");
}

/// A wait as its detector gives it.
model::Moment wait_of(const OneRunner& one, model::EntrantId other, bool returned) {
  model::Moment moment = one.moment;
  moment.kind = model::MomentKind::WaitedAndReturned;
  moment.people = {one.id, other};
  const auto stretch = [](const std::string& from, const std::string& to, std::int64_t seconds) {
    model::Evidence evidence = interval(from, seconds);
    evidence.to = to;
    return evidence;
  };
  model::Evidence lost = stretch("20k", "35k", 1500);
  lost.what = "lost";
  model::Evidence level = stretch("25k", returned ? "35k" : "finish", 2);
  level.what = "agreement";
  level.rank_in_field = returned ? 3 : 5;
  level.of = 10;
  moment.evidence = {lost,
                     level,
                     stretch("start", "20k", 6000),
                     stretch("start", "20k", 7200),
                     passing("finish", 14158),
                     passing("finish", 15190)};
  if (returned) moment.evidence.push_back(stretch("35k", "finish", 2158));
  return moment;
}

TEST(MomentWords, AWaitIsToldByTheClockAndHelpOnlyByANote) {
  OneRunner one;
  const auto other = one.field.add("813", std::vector<moment_field::Seconds>(10, 1.0));
  one.field.person(other).name = "Lea Moor";
  for (const bool returned : {true, false}) {
    one.moment = wait_of(one, other, returned);
    expect_numbers_hold(one.moment, one.field.results());
    for (const Language& language : Language::all()) {
      const MomentWords words = words_for(one.moment, one.field.results(), language);
      for (const char* help : {"help", "wait", "Hilfe", "half", "warte"}) {
        EXPECT_EQ((words.headline + words.text).find(help), std::string::npos) << words.text;
      }
    }
    one.moment.kind = model::MomentKind::Helped;
    expect_numbers_hold(one.moment, one.field.results());
  }
  one.moment = wait_of(one, other, true);
  EXPECT_EQ(one.words().headline,
            "Ana Ruiz was level with Lea Moor from 25K to 35K, 25:00 off the pace of before, then "
            "ran on");
  EXPECT_EQ(
      one.words().text,
      "Until 20K Ana Ruiz ran 5:00 a kilometre, and Lea Moor 6:00. From 25K to 35K, 3 mats in "
      "a row heard the two within 2 seconds of each other; by 35K, Ana Ruiz had lost 25:00 "
      "against the pace of before, and on no stretch until 20K anything like it. From 35K on "
      "Ana Ruiz ran 4:59 a kilometre and finished in 3:55:58; Lea Moor finished in 4:13:10.");
  one.moment.kind = model::MomentKind::Helped;
  EXPECT_EQ(one.words().headline,
            "A signed note says how Ana Ruiz helped Lea Moor; the clock says what it cost: 25:00");
}

// Never: a guess at health, a cause, an accusation; in no sentence of any language.
TEST(Never, NoSentenceGivesACauseOrAccuses) {
  for (const EmbeddedWords& words : embedded_words()) {
    std::string text;
    for (std::size_t at = 0; at < words.toml.size();) {
      const std::size_t end = std::min(words.toml.find('\n', at), words.toml.size());
      const std::string line(words.toml.substr(at, end - at));
      if (!line.empty() && line[0] != '#') text += line.substr(0, line.find(" #")) + "\n";
      at = end + 1;
    }
    for (const char* word : {"cramp",    "injur",  "hurt",    "sick",          "exhaust",
                             "pain",     "suffer", "struggl", "cheat",         "cut the",
                             "suspicio", "Krampf", "verletz", "krank",         "ersch\u00f6pf",
                             "Schmerz",  "litt ",  "betrog",  "verd\u00e4cht", "abgek\u00fcrzt"}) {
      EXPECT_EQ(text.find(word), std::string::npos) << words.code << ": " << word;
    }
  }
}

// Never: para, mode and guide without `tell`, an age or a city that the race does not publish.
TEST(Never, NoTextNamesWhatTheRaceDoesNotPublish) {
  FieldBuilder field = eventful_field();
  field.results().event.publish_columns = {};
  for (std::size_t i = 0; i < field.results().persons.size(); ++i) {
    model::Person& person = field.results().persons[i];
    person.para = "T64 amputee";
    person.city = "Quellstadt";
    person.group = "Blue Caps";
    person.club = "Harriers";
    person.guide_of = field.results().entrants[(i + 1) % 7].bib.str();
    person.why = person.cause = person.dedication = "This is nobody's business.";
    person.note = "has a heart condition";
    field.results().entrants[i].age = 107;
  }
  for (const model::Moment& moment : moments::find_moments(field.results())) {
    for (const Language& language : Language::all()) {
      const MomentWords words = words_for(moment, field.results(), language);
      for (const char* word : {"T64", "Quellstadt", "Blue Caps", "Harriers", "guide", "Guide",
                               "business", "heart", " 107 ", ", 107"}) {
        EXPECT_EQ((words.headline + " " + words.text).find(word), std::string::npos) << words.text;
      }
    }
  }
}

TEST(MomentWords, PublishedRacesHoldEveryNumber) {
  if (moment_field::shared_path("boston/finishers-2014.csv").empty()) {
    GTEST_SKIP() << "the shared data are not beside the project (HS_SHARED)";
  }
  FieldBuilder field = moment_field::boston(2014);
  for (const model::Moment& moment : moments::find_moments(field.results())) {
    expect_numbers_hold(moment, field.results());
  }
}

}  // namespace
}  // namespace hs::present
