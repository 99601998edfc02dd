// The public files and those of the officials, from results built by hand.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "model/json.h"
#include "moments/find_moments.h"
#include "present/attention_csv.h"
#include "present/health_json.h"
#include "present/held_note_words.h"
#include "present/listing.h"
#include "present/moments_json.h"
#include "present/officials_page.h"
#include "present/reads_csv.h"
#include "present/results_csv.h"
#include "present/results_json.h"
#include "present/story_page.h"
#include "present/story_text.h"
#include "support/page_field.h"
#include "support/results_builder.h"

namespace hs::present {
namespace {

using model::JsonValue;
using model::RunnerStatus;
using test_support::ResultsBuilder;

const JsonValue* find(const JsonValue& object, std::string_view key) {
  for (const model::JsonMember& member : object.members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

/// The value at a path of keys; stops the test where there is none.
const JsonValue& at(const JsonValue& object, std::string_view key) {
  const JsonValue* value = find(object, key);
  EXPECT_NE(value, nullptr) << key;
  static const JsonValue kNothing;
  return value == nullptr ? kNothing : *value;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    out.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

constexpr const char* kHeader =
    "race,place,bib,name,sex,age,division,status,official_time,gun_time,net_time,place_sex,"
    "place_division,interval_note,10k,finish,clock_time,start_source,start_offset,mode,team";

/// Four finishers, two of them at the same instant, one private; one without a finish; one DNS.
struct SmallRace {
  ResultsBuilder b;
  model::RaceId half = b.race("half");
  model::EntrantId ana = b.runner(half, "812", "Ana Ruiz", model::Sex::Female, 34);
  model::EntrantId bo = b.runner(half, "7", "Bo, \"B\"", model::Sex::Male, 40);
  model::EntrantId cy = b.runner(half, "10", "Cy", model::Sex::Male, 41);
  model::EntrantId hidden = b.runner(half, "9", "Not To Be Seen", model::Sex::X, 50);
  model::EntrantId lost = b.runner(half, "66", "Lo");
  model::EntrantId absent = b.runner(half, "5", "Ab");

  SmallRace() {
    b.race_at(half).divisions = {{"W30", model::Sex::Female, 30, 34, std::nullopt, true}};
    b.stream("FINISH1", "arch");
    b.result(ana).division = model::DivisionId(0);
    b.person(ana).team = "=Team";
    b.person(hidden).team = "Secret";
    b.person(hidden).club = "Secret";
    b.entrant(hidden).is_private = true;
    b.finish(ana, "3.5", {"42:10", "1:31:05.2"});
    b.finish(bo, "", {"", "1:31:08.7"});
    b.finish(cy, "8", {"45:00", "1:40:00.0001"});
    b.finish(hidden, "1", {"50:00", "1:50:00"});
    b.finish(lost, "2", {"40:00", ""});
    b.results.missed.push_back({bo, model::PointId(1),
                                base::NetTime(test_support::duration("41:00")),
                                base::NetTime(test_support::duration("44:10.9"))});
  }
};

TEST(ResultsCsv, HasTheContractsColumnsAndRows) {
  SmallRace race;
  const auto lines = lines_of(results_csv(race.b.build()));
  ASSERT_EQ(lines.size(), 7U);
  EXPECT_EQ(lines[0], kHeader);
  EXPECT_EQ(lines[1],
            "half,1,7,\"Bo, \"\"B\"\"\",M,40,,FIN,1:31:09,1:31:08.700,1:31:08.700,1,,"
            "10k:0:41:00-0:44:10,,1:31:08.700,1:31:08.700,gun,0:00:00.000,foot,");
  EXPECT_EQ(lines[2],
            "half,1,812,Ana Ruiz,F,34,W30,FIN,1:31:09,1:31:08.700,1:31:05.200,1,1,,0:42:10.000,"
            "1:31:05.200,1:31:08.700,mat,0:00:03.500,foot,'=Team");
  EXPECT_EQ(lines[3],
            "half,3,10,Cy,M,41,,FIN,1:40:09,1:40:08.000,1:40:00.000,2,,,0:45:00.000,1:40:00.000,"
            "1:40:08.000,mat,0:00:08.000,foot,");
  EXPECT_EQ(lines[4],
            "half,4,9,Bib 9,X,,,FIN,1:50:01,1:50:01.000,1:50:00.000,1,,,0:50:00.000,1:50:00.000,"
            "1:50:01.000,mat,0:00:01.000,foot,");
  EXPECT_EQ(lines[5], "half,,66,Lo,,,,UNR,,,,,,,0:40:00.000,,,mat,0:00:02.000,foot,");
  EXPECT_EQ(lines[6], "half,,5,Ab,,,,DNS,,,,,,,,,,,,foot,");
}

TEST(ResultsCsv, PlacesStayEmptyUnlessFinished) {
  SmallRace race;
  model::EventResults results = race.b.build();
  results.runners[race.ana.raw()].status = RunnerStatus::Disqualified;
  const std::string csv = results_csv(results);
  EXPECT_NE(csv.find("half,,812,Ana Ruiz,F,34,W30,DSQ,1:31:09,1:31:08.700,1:31:05.200,,,,"),
            std::string::npos)
      << csv;
}

TEST(ResultsCsv, WhomAStoppedRacePlacesHaveTheirPlace) {
  SmallRace race;
  model::EventResults results = race.b.build();
  results.runners[race.ana.raw()].status = RunnerStatus::Stopped;
  EXPECT_NE(results_csv(results).find("half,1,812,Ana Ruiz,F,34,W30,STP,"), std::string::npos);
  EXPECT_NE(results_json(results).find("{\"place\":1,\"place_shared\":true,\"bib\":\"812\""),
            std::string::npos)
      << results_json(results);
  results.runners[race.ana.raw()].places = {};
  EXPECT_NE(results_csv(results).find("half,,812,Ana Ruiz,F,34,W30,STP,"), std::string::npos);
}

TEST(ResultsCsv, OtherWaveStartsHaveANegativeOffset) {
  SmallRace race;
  race.b.result(race.ana).start_source = model::StartSource::OtherWave;
  race.b.result(race.ana).start_offset = test_support::duration("-14:30");
  EXPECT_NE(results_csv(race.b.build()).find(",other-wave,-0:14:30.000,foot,"), std::string::npos);
}

TEST(ResultsCsv, OfficialTimeHasTheDigitsOfTheRuleSet) {
  SmallRace race;
  race.b.race_at(race.half).rules = model::RuleSet::NcaaXc;
  race.b.result(race.ana).official = test_support::duration("1:31:08.7");
  EXPECT_NE(results_csv(race.b.build()).find(",FIN,1:31:08.7,1:31:08.700,"), std::string::npos);
}

TEST(ResultsCsv, SplitColumnsAreTheUnionWithoutStartsAndSpotters) {
  ResultsBuilder b;
  const auto half = b.race("half");
  const auto five = b.race("five");
  b.race_at(five).points = {ResultsBuilder::point("arch0", 0, "arch"),
                            ResultsBuilder::point("turn", 2'500'000, "turn"),
                            ResultsBuilder::point("eye", 4'000'000, "eye"),
                            ResultsBuilder::point("finish", 5'000'000, "arch")};
  b.race_at(five).points[2].role = model::PointRole::Spotter;
  const auto runner = b.runner(five, "1", "A");
  b.finish(runner, "0", {"12:00", "", "25:00"});
  b.runner(half, "1", "A");
  const auto lines = lines_of(results_csv(b.build()));
  EXPECT_NE(lines[0].find(",interval_note,10k,finish,turn,clock_time,"), std::string::npos);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_NE(lines[2].find(",,0:25:00.000,0:12:00.000,0:25:00.000,mat,"), std::string::npos)
      << lines[2];
}

TEST(ResultsCsv, AnEventWithoutEntriesHasOnlyAHeader) {
  ResultsBuilder b;
  b.race("half");
  EXPECT_EQ(results_csv(b.build()), std::string(kHeader) + "\n");
}

TEST(ResultsCsv, OnlyNamedColumnsAreAddedAndSomeNever) {
  SmallRace race;
  race.b.person(race.ana).extra = {{"shirt", "M"}, {"Emergency Phone", "555"}, {"e-mail", "a@b"}};
  race.b.person(race.ana).club = "Harriers";
  race.b.person(race.ana).note = "asthma";
  race.b.results.event.publish_columns = {"club",   "shirt", "Emergency Phone",
                                          "e-mail", "note",  "birth_date"};
  const std::string csv = results_csv(race.b.build());
  EXPECT_NE(csv.find(",mode,team,club,shirt\n"), std::string::npos);
  EXPECT_NE(csv.find(",'=Team,Harriers,M\n"), std::string::npos);
  for (const char* never : {"555", "a@b", "asthma", "Secret", "Not To Be Seen"}) {
    EXPECT_EQ(csv.find(never), std::string::npos) << never;
  }
  const std::string json = results_json(race.b.build());
  EXPECT_NE(json.find("\"published\":{\"club\":\"Harriers\",\"shirt\":\"M\"}"), std::string::npos);
  for (const char* never : {"555", "a@b", "asthma", "Secret", "Not To Be Seen"}) {
    EXPECT_EQ(json.find(never), std::string::npos) << never;
  }
}

TEST(ResultsJson, SaysWhatTheCsvSaysInMilliseconds) {
  SmallRace race;
  const std::string text = results_json(race.b.build());
  const auto json = model::parse_json(text);
  ASSERT_TRUE(json.has_value()) << text;
  EXPECT_EQ(at(at(*json, "as_of"), "seq").integer, 1000);
  const JsonValue& half = at(*json, "races").items.at(0);
  EXPECT_EQ(at(half, "rules").text, "wa-road");
  EXPECT_FALSE(at(half, "rules_edition").text.empty());
  EXPECT_EQ(at(at(half, "waves").items.at(0), "gun_at").text, "2026-05-08T06:00:00Z");
  const auto& rows = at(half, "results").items;
  ASSERT_EQ(rows.size(), 6U);
  const JsonValue& bo = rows[0];
  EXPECT_EQ(at(bo, "place").integer, 1);
  EXPECT_TRUE(at(bo, "place_shared").boolean);
  EXPECT_EQ(at(bo, "official_ms").integer, 5'469'000);
  EXPECT_EQ(at(at(bo, "intervals").items.at(0), "latest_ms").integer, 2'650'900);
  const JsonValue& ana = rows[1];
  EXPECT_EQ(at(ana, "name").text, "Ana Ruiz");
  EXPECT_EQ(at(ana, "net_ms").integer, 5'465'200);
  EXPECT_EQ(at(ana, "start_offset_ms").integer, 3'500);
  EXPECT_EQ(at(ana, "team").text, "=Team");  // JSON is not touched.
  EXPECT_EQ(at(at(ana, "splits").items.at(0), "net_ms").integer, 2'530'000);
  const JsonValue& hidden = rows[3];
  EXPECT_EQ(at(hidden, "name").text, "Bib 9");
  EXPECT_EQ(find(hidden, "age"), nullptr);
  EXPECT_EQ(find(hidden, "team"), nullptr);
  const JsonValue& absent = rows[5];
  EXPECT_EQ(at(absent, "status").text, "DNS");
  for (const char* key : {"official_ms", "gun_ms", "net_ms", "clock_ms", "start_source",
                          "start_offset_ms", "place", "place_sex", "place_division"}) {
    EXPECT_EQ(find(absent, key), nullptr) << key;
  }
  EXPECT_TRUE(at(absent, "splits").items.empty());
}

TEST(ResultsJson, NamesOfAnyScriptComeBackUnchanged) {
  ResultsBuilder b;
  const auto half = b.race("half");
  const std::string name =
      "\xD7\x93\xD7\x95\xD7\x93 \xF0\x9F\x8F\x83\xE2\x80\x8D\xE2\x99\x80 \"q\" \\ \n\x01";
  b.finish(b.runner(half, "1", name), "1", {"42:10", "1:31:05.2"});
  const std::string text = results_json(b.build());
  const auto json = model::parse_json(text);
  ASSERT_TRUE(json.has_value()) << text;
  EXPECT_EQ(at(at(at(*json, "races").items.at(0), "results").items.at(0), "name").text, name);
}

TEST(ResultsJson, ADisqualificationShowsItsClauseAndNoReason) {
  SmallRace race;
  race.b.result(race.ana).status = RunnerStatus::Disqualified;
  race.b.result(race.ana).clause = "TR 6.2";
  const std::string text = results_json(race.b.build());
  EXPECT_NE(text.find("\"status\":\"DSQ\",\"clause\":\"TR 6.2\""), std::string::npos);
}

TEST(Listing, PlacedComeFirstThenByStatusThenBib) {
  ResultsBuilder b;
  const auto half = b.race("half");
  const auto dns10 = b.runner(half, "10", "");
  const auto dns9 = b.runner(half, "9", "");
  const auto dnf = b.runner(half, "99", "");
  b.result(dnf).status = RunnerStatus::DidNotFinish;
  const auto second = b.runner(half, "1", "");
  b.finish(second, "1", {"50:00", "1:50:00"});
  const auto first = b.runner(half, "50", "");
  b.finish(first, "1", {"50:00", "1:49:00"});
  EXPECT_EQ(listing(b.build(), half),
            (std::vector<model::EntrantId>{first, second, dnf, dns9, dns10}));
}

TEST(ReadsCsv, HasARowARead) {
  SmallRace race;
  race.b.read(race.ana, "07:59:58.8", model::Verdict::BeforeGun, model::PointId(0)).amount =
      test_support::duration("1.2");
  const model::EventResults results = race.b.build();
  const std::uint64_t fact = results.reads.at(0).fact.raw();
  std::vector<std::uint32_t> copies(fact + 1, 0);
  copies[fact] = 3;
  const auto lines = lines_of(reads_csv(results, copies));
  ASSERT_EQ(lines.size(), results.reads.size() + 1);
  EXPECT_EQ(lines[0],
            "source,device,seq,mat,tag,bib,point,time,role,verdict,reason,copies,race,"
            "fact");
  EXPECT_EQ(lines[1], "reads/FINISH1.csv,FINISH1," + std::to_string(fact - 100) +
                          ",arch,C812,812,start,2026-05-08T07:59:58.800+02:00,main,before-gun,"
                          "1.2 s before the gun of wave A,3,half," +
                          std::to_string(fact));
}

TEST(ReadsCsv, AReadEnteredByHandHasNoDevice) {
  SmallRace race;
  model::ReadView& view =
      race.b.read(race.ana, "10:00:00", model::Verdict::LateRepeat, std::nullopt);
  view.stream = model::StreamId(0);
  view.device_seq.reset();
  EXPECT_NE(reads_csv(race.b.build(), {})
                .find("\n,,,,C812,812,,2026-05-08T10:00:00.000+02:00,"
                      "manual,late-repeat,"),
            std::string::npos);
}

TEST(AttentionCsv, HasARowAnItemInOrder) {
  SmallRace race;
  model::Attention item;
  item.kind = model::Attention::Kind::Unresolved;
  item.severity = model::Severity::Act;
  item.race = race.half;
  item.entrant = race.lost;
  race.b.results.attention.push_back(item);
  const auto lines = lines_of(attention_csv(race.b.build(), "my race"));
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], "severity,kind,race,bib,mat,what,do");
  EXPECT_EQ(lines[1].find("act,unresolved,half,66,,"), 0U) << lines[1];
  EXPECT_NE(lines[1].find("homestretch rule 'my race' --bib 66 --dnf"), std::string::npos);
}

TEST(HealthJson, CarriesMatsStreamsAndClocks) {
  SmallRace race;
  model::MatHealth mat;
  mat.mat = "pier";
  mat.heard = 3;
  mat.passed = 4;
  mat.minutes.push_back({ResultsBuilder::at("08:40:00"), 3, 4});
  race.b.results.mats.push_back(mat);
  const auto json = model::parse_json(health_json(race.b.build()));
  ASSERT_TRUE(json.has_value());
  const JsonValue& pier = at(*json, "mats").items.at(0);
  EXPECT_EQ(at(pier, "heard").integer, 3);
  EXPECT_EQ(at(at(pier, "minutes").items.at(0), "from_at").text, "2026-05-08T06:40:00Z");
  EXPECT_EQ(at(at(*json, "streams").items.at(0), "device").text, "FINISH1");
}

// A note about a private runner: the officials see it and why it is held, the public never.
TEST(HeldNotes, AreForTheOfficialsOnly) {
  model::EventResults field = test_support::page_field(600, 3);
  model::EntrantId hidden(0);
  while (!field.entrants[hidden.raw()].is_private) hidden = model::EntrantId(hidden.raw() + 1);
  model::NoteFact fact;
  fact.kind = model::NoteKind::Announcer;
  fact.race = field.entrants[hidden.raw()].race;
  fact.bibs = {field.entrants[hidden.raw()].bib};
  fact.text = "Waved <at> the whole grandstand.";
  fact.author.by = "Booth 2";
  field.notes = {{model::FactSeq(4711), fact}};
  const std::vector<model::Moment> moments = moments::find_moments(field);

  const std::string page = officials_page(field, moments);
  EXPECT_NE(page.find("Notes held back"), std::string::npos);
  EXPECT_NE(page.find("Waved &lt;at&gt; the whole grandstand."), std::string::npos);
  EXPECT_NE(page.find("Bib " + fact.bibs[0].str() + " is private."), std::string::npos);
  const auto json = model::parse_json(health_json(field));
  ASSERT_TRUE(json.has_value());
  const JsonValue& held = at(*json, "held_notes").items.at(0);
  EXPECT_EQ(at(held, "fact").integer, 4711);
  EXPECT_EQ(at(held, "held").text, "private");
  EXPECT_EQ(at(held, "held_for").text, fact.bibs[0].str());
  EXPECT_EQ(at(held, "text").text, fact.text);

  for (const std::string& open :
       {story_page(field, moments), results_csv(field), results_json(field),
        moments_json(field, moments),
        story_text(field, choose_moments(field, moments, {}), {}, Colour::No)}) {
    EXPECT_EQ(open.find("grandstand"), std::string::npos);
    EXPECT_EQ(open.find("Booth 2"), std::string::npos);
  }
}

TEST(HeldNotes, AreNotSpokenOfWhereThereAreNone) {
  SmallRace race;
  EXPECT_EQ(officials_page(race.b.build(), {}).find("held back"), std::string::npos);
}

TEST(HeldNotes, EachReasonHasWordsOfItsOwn) {
  std::set<std::string> said;
  const auto last = static_cast<int>(moments::Hold::HelpNotRuled);
  for (int i = 0; i <= last; ++i) {
    said.insert(held_words({static_cast<moments::Hold>(i), test_support::bib("12")}));
  }
  EXPECT_EQ(said.size(), static_cast<std::size_t>(last) + 1);
  EXPECT_EQ(said.count(""), 0U);
}

TEST(MomentsJson, AnEmptyListIsAnArray) {
  SmallRace race;
  EXPECT_EQ(moments_json(race.b.build(), {}), "[]");
}

}  // namespace
}  // namespace hs::present
