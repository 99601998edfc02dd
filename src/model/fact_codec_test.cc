#include "model/fact_codec.h"

#include <gtest/gtest.h>

#include <set>

#include "support/sample_facts.h"

#ifdef HS_HAS_RAPIDCHECK
#include <rapidcheck/gtest.h>
#endif

// Facts have no operator==, on purpose (nobody should compare them); two facts are the same here
// when they are stored as the same bytes.

namespace hs::model {
namespace {

using base::ErrorCode;

std::string stored(const FactBody& body) {
  const EncodedFact encoded = encode(body);
  return std::string(name_of(encoded.kind)) + "|" + encoded.body + "|" + encoded.personal;
}

std::string message_of(const base::Result<FactBody>& result) {
  return result ? "no error" : result.error().text();
}

Read plain_read() {
  Read read;
  read.stream = StreamId(7);
  read.line = 3;
  read.tag = test::tag("A1");
  read.time = base::ReaderTime(base::Duration(1));
  return read;
}

TEST(FactCodec, TheSamplesHoldEveryKindOfFact) {
  std::set<FactKind> kinds;
  for (const FactBody& body : test::sample_facts()) kinds.insert(kind_of(body));
  EXPECT_EQ(kinds.size(), std::variant_size_v<FactBody>);
}

TEST(FactCodec, EveryFactComesBackAsItWasStored) {
  for (const FactBody& body : test::sample_facts()) {
    const EncodedFact encoded = encode(body);
    const auto back = decode(encoded.kind, encoded.body, encoded.personal);
    ASSERT_TRUE(back) << encoded.body << ": " << message_of(back);
    EXPECT_EQ(back->index(), body.index());
    EXPECT_EQ(stored(*back), stored(body));
  }
}

TEST(FactCodec, EveryPersonsLineComesBackAsItWasWritten) {
  int lines = 0;
  for (const FactBody& body : test::sample_facts()) {
    if (!is_made_by_person(kind_of(body))) continue;
    const std::string line = to_json_line(body);
    const auto back = from_json_line(line);
    ASSERT_TRUE(back) << line << ": " << message_of(back);
    EXPECT_EQ(stored(*back), stored(body)) << line;
    ++lines;
  }
  EXPECT_EQ(lines, 36);
}

TEST(FactCodec, AReadIsThesePackedBytes) {
  Read read = plain_read();
  read.device_seq = 2;
  read.by = ReadBy::Bib;
  read.antenna = 4;
  read.rssi_dbm = -2;
  read.hits = 300;
  std::string bytes;
  encode_read(read, bytes);
  const std::string expected(
      "\x1f"
      "\x07\x00\x00\x00"
      "\x03\x00\x00\x00"
      "\x01\x00\x00\x00\x00\x00\x00\x00"
      "\x02\x00\x00\x00\x00\x00\x00\x00"
      "\x04"
      "\xfe\xff"
      "\x2c\x01"
      "\x02"
      "A1",
      33);
  EXPECT_EQ(bytes, expected);
  EXPECT_EQ(encode(ReadFact{read}).body, expected);
}

TEST(FactCodec, WhatAReadDoesNotSayTakesNoRoom) {
  std::string bytes;
  encode_read(plain_read(), bytes);
  EXPECT_EQ(bytes.size(), 1U + 4 + 4 + 8 + 1 + 2);
  EXPECT_EQ(bytes[0], '\0');
}

TEST(FactCodec, ADeviceSequenceOfZeroIsNotAnAbsentOne) {
  Read read = plain_read();
  read.device_seq = 0;
  std::string bytes;
  encode_read(read, bytes);
  const auto back = decode_read(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->device_seq, std::optional<std::uint64_t>(0));
}

TEST(FactCodec, AReadCutAnywhereIsCorruptAndNeverRead) {
  Read read = plain_read();
  read.device_seq = 9;
  read.hits = 1;
  std::string bytes;
  encode_read(read, bytes);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto cut = decode_read(bytes.substr(0, size));
    ASSERT_FALSE(cut) << size;
    EXPECT_EQ(cut.error().code, ErrorCode::Corrupt);
  }
  EXPECT_FALSE(decode_read(bytes + "x"));
}

TEST(FactCodec, ALineOfBracketsIsRefusedHoweverDeep) {
  EXPECT_EQ(from_json_line(std::string(2'000'000, '[')).error().code, ErrorCode::InvalidInput);
}

TEST(FactCodec, AReadHasOneFormOnly) {
  std::string unknown_flag;
  encode_read(plain_read(), unknown_flag);
  unknown_flag[0] = '\x20';
  EXPECT_FALSE(decode_read(unknown_flag));

  Read read = plain_read();
  read.hits = 1;
  std::string empty_part;
  encode_read(read, empty_part);
  empty_part[17] = '\0';
  EXPECT_FALSE(decode_read(empty_part)) << "hits of 0 must be left out";

  read.hits = 0;
  read.tag = test::tag("12");
  std::string padded;
  encode_read(read, padded);
  padded[18] = '0';
  EXPECT_FALSE(decode_read(padded)) << "a code of digits is stored without leading zeros";
}

TEST(FactCodec, AnEventIsThisJson) {
  const auto encoded = encode(test::sample_facts().front());
  EXPECT_EQ(encoded.kind, FactKind::Event);
  const std::string begin =
      "{\"name\":\"Harbour Half \u00fcber \u201cPier 7\u201d\",\"date\":\"2026-05-08\","
      "\"timezone\":\"Europe/Berlin\",\"offsets\":[{\"from_us\":1778191200000000,"
      "\"utc_offset_s\":7200}],\"begins_us\":1778191200000000,\"ends_us\":1778248800000000,"
      "\"races\":[{\"id\":\"half\",\"name\":\"Half marathon\",\"rules\":\"wa-road\","
      "\"rules_edition\":\"2024\",\"rank_by\":\"gun\",\"start_window_us\":1200000000,"
      "\"gap_us\":60000000,\"pair_window_us\":30000000,\"closes_us\":1778234400000000,"
      "\"unresolved\":\"DNF\",\"points\":[{\"id\":\"start\",\"distance_mm\":0,\"mat\":\"arch\","
      "\"fastest_us\":0,\"role\":\"timed\"},";
  EXPECT_EQ(encoded.body.substr(0, begin.size()), begin);
}

TEST(FactCodec, StandardsStandAtTheEndOfTheirRaceAndOnlyWhereThereAreSome) {
  auto fact = std::get<EventFact>(test::sample_facts().front());
  EXPECT_EQ(encode(fact).body.find("standards"), std::string::npos);
  Standard plain;
  plain.name = "City 2027";
  plain.times = {{Sex::Female, 0, 44, std::chrono::minutes(205)}};
  Standard full = plain;
  full.name = "Hill";
  full.by = StandardBy::Gun;
  full.course_index = std::chrono::minutes(5);
  full.from = base::Date{2025, 9, 13};
  full.until = base::Date{2026, 9, 12};
  full.age_on = base::Date{2027, 4, 19};
  full.times.push_back({Sex::Female, 45, std::nullopt, std::chrono::minutes(215)});
  fact.event.races[0].standards = {plain, full};
  const EncodedFact encoded = encode(fact);
  const std::string end =
      ",\"standards\":[{\"name\":\"City 2027\",\"times\":[{\"sex\":\"F\",\"age_max\":44,"
      "\"time_us\":12300000000}]},{\"name\":\"Hill\",\"by\":\"gun\",\"course_index_us\":"
      "300000000,\"from\":\"2025-09-13\",\"until\":\"2026-09-12\",\"age_on\":\"2027-04-19\","
      "\"times\":[{\"sex\":\"F\",\"age_max\":44,\"time_us\":12300000000},{\"sex\":\"F\","
      "\"age_min\":45,\"time_us\":12900000000}]}]}],\"sources\"";
  EXPECT_NE(encoded.body.find(end), std::string::npos) << encoded.body;
  const auto back = decode(encoded.kind, encoded.body, encoded.personal);
  ASSERT_TRUE(back) << message_of(back);
  EXPECT_EQ(encode(*back).body, encoded.body);
}

TEST(FactCodec, ARulingIsThisLine) {
  RulingFact ruling;
  ruling.kind = RulingFact::Kind::Penalty;
  ruling.race = "half";
  ruling.bib = test::bib("812");
  ruling.amount = std::chrono::milliseconds(120'500);
  ruling.reason = "Short cut";
  ruling.author = {"J. Doe", test::instant("2026-05-08T11:00:00+02:00")};
  EXPECT_EQ(to_json_line(ruling),
            R"({"fact":"ruling","ruling":"penalty","race":"half","bib":"812",)"
            R"("amount":"+0:02:00.5","reason":"Short cut","by":"J. Doe",)"
            R"("said_at":"2026-05-08T09:00:00Z"})");
}

TEST(FactCodec, ClockCorrectionsSpeakOfTheDevicesDial) {
  const auto fact = from_json_line(R"({"fact":"clock-correction","device":"F3","offset":"-1.5",)"
                                   R"("from":"2026-05-08T09:00:00.5","by":"T"})");
  ASSERT_TRUE(fact) << message_of(fact);
  const auto& correction = std::get<ClockCorrectionFact>(*fact);
  EXPECT_EQ(correction.offset, std::chrono::milliseconds(-1500));
  ASSERT_TRUE(correction.from);
  EXPECT_EQ(correction.from->time_since_epoch().count(), 1'778'230'800'500'000);
  EXPECT_FALSE(from_json_line(R"({"fact":"clock-correction","device":"F3","offset":"1",)"
                              R"("from":"2026-05-08T09:00:00Z","by":"T"})"));
}

TEST(FactCodec, TheAuthorGivenCountsOnlyForLinesThatNameNobody) {
  const auto named = from_json_line(R"({"fact":"close","race":"half","by":"Ann"})", "Bob");
  const auto unnamed = from_json_line(R"({"fact":"close","race":"half"})", "Bob");
  ASSERT_TRUE(named);
  ASSERT_TRUE(unnamed);
  EXPECT_EQ(std::get<CloseFact>(*named).author.by, "Ann");
  EXPECT_EQ(std::get<CloseFact>(*unnamed).author.by, "Bob");
  EXPECT_FALSE(from_json_line(R"({"fact":"close","race":"half"})"));
}

struct BadLine {
  const char* line;
  const char* says;  ///< Part of the message.
  int column;
};

TEST(FactCodec, ABadLineSaysWhatWasFoundAndWhere) {
  const BadLine lines[] = {
      {R"({"fact":"close","race":"half","by":"A")", "not JSON", 39},
      {R"(["close"])", "expected an object", 1},
      {R"({"race":"half","by":"A"})", "'fact': is missing", 0},
      {R"({"fact":"read","race":"half","by":"A"})", "found 'read'", 2},
      {R"({"fact":"close","race":"half","by":"A","colour":1})", "'colour': is not known", 40},
      {R"({"fact":"close","race":"half","race":"x","by":"A"})", "'race': comes twice", 17},
      {R"({"fact":"close","race":7,"by":"A"})", "found 7, expected a text", 17},
      {R"({"fact":"close","race":"","by":"A"})", "'race': found an empty text", 17},
      {R"({"fact":"close","race":"half","by":""})", "'by': found an empty text", 31},
      {R"({"fact":"undo","seq":-1,"by":"A"})", "expected a whole number, 0 or more", 16},
      {R"({"fact":"undo","seq":1.5,"by":"A"})", "a number with decimals", 16},
      {R"({"fact":"undo","seq":0,"by":"A"})", "from 1", 16},
      {R"({"fact":"ruling","ruling":"ban","race":"h","bib":"1","by":"A"})", "'dsq'", 18},
      {R"({"fact":"ruling","ruling":"dsq","race":"h","bib":"a b","by":"A"})", "a bib", 44},
      {R"({"fact":"ruling","ruling":"dsq","race":"h","bib":812,"by":"A"})", "found 812", 44},
      {R"({"fact":"ruling","ruling":"dsq","race":"h","bib":"1","at":"2026-05-08T09:00:00Z",)"
       R"("by":"A"})",
       "'at': has no meaning for the ruling 'dsq'", 54},
      {R"({"fact":"ruling","ruling":"finish","race":"h","bib":"1","by":"A"})", "'at': is missing",
       0},
      {R"({"fact":"ruling","ruling":"finish","race":"h","bib":"1","at":"2026-05-08T09:00:00",)"
       R"("by":"A"})",
       "with its offset", 57},
      {R"({"fact":"ruling","ruling":"penalty","race":"h","bib":"1","amount":5,"by":"A"})",
       "a length of time", 58},
      {R"({"fact":"ruling","ruling":"force-read","race":"h","bib":"1","reads":[1,2],)"
       R"("point":"x","by":"A"})",
       "several reads", 61},
      {R"({"fact":"ruling","ruling":"ignore-read","race":"h","bib":"1","reads":["1"],)"
       R"("by":"A"})",
       "a list of", 62},
      {R"({"fact":"note","kind":"official","text":"","by":"A"})", "'text': found an empty", 34},
      {R"({"fact":"note","kind":"official","text":"x","about":"rain","by":"A"})",
       "one of 'help', 'storm'", 45},
      {R"({"fact":"note","kind":"official","text":"x","about":"help","by":"A"})", "of nobody", 45},
      {R"({"fact":"note","kind":"runner","bibs":["1"],"text":"x","about":"help","by":"A"})",
       "runner's note", 56},
      {R"({"fact":"note","kind":"announcer","text":"x","about":"storm","by":"A"})",
       "expected it of an official", 46},
      {R"({"fact":"note","kind":"official","bibs":["1"],"text":"x","about":"storm","by":"A"})",
       "over everybody", 58},
      {R"({"fact":"note","kind":"official","text":"x","about":"storm",)"
       R"("from":"2026-05-08T09:00:00Z","by":"A"})",
       "found alone", 61},
      {R"({"fact":"note","kind":"official","text":"x","about":"storm",)"
       R"("from":"2026-05-08T09:00:00Z","until":"2026-05-08T09:00:00Z","by":"A"})",
       "not after 'from'", 91},
      {R"({"fact":"note","kind":"official","text":"x","until":"2026-05-08T09:00:00Z","by":"A"})",
       "not about a storm", 45},
  };
  for (const BadLine& bad : lines) {
    const auto result = from_json_line(bad.line);
    ASSERT_FALSE(result) << bad.line;
    EXPECT_EQ(result.error().code, ErrorCode::InvalidInput);
    EXPECT_NE(result.error().message.find(bad.says), std::string::npos)
        << bad.line << "\n  " << result.error().message;
    EXPECT_EQ(result.error().place.column, bad.column) << bad.line;
  }
}

TEST(FactCodec, AStoredBodyWithAnUnknownKeyIsCorruptAndTheKeyIsNamed) {
  const auto result = decode(FactKind::Close, R"({"race":"half","by":"A","colour":"red"})", "");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::Corrupt);
  EXPECT_NE(result.error().message.find("'colour'"), std::string::npos);
}

TEST(FactCodec, AnUnknownKeyDeepInAnEventIsNamedWithItsPath) {
  std::string body = encode(test::sample_facts().front()).body;
  const std::string wanted = "\"role\":\"timed\"";
  body.replace(body.find(wanted), wanted.size(), "\"roll\":\"timed\"");
  const auto result = decode(FactKind::Event, body, "");
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("'races[0].points[0].role': is missing"), std::string::npos)
      << result.error().message;
}

TEST(FactCodec, AnUnknownKindIsCorrupt) {
  const auto result = decode(static_cast<FactKind>(99), "{}", "");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::Corrupt);
}

TEST(FactCodec, AnErasedPersonComesBackEmpty) {
  const auto fact = decode(FactKind::Entrant, R"({"race":"half","bib":"812"})", "");
  ASSERT_TRUE(fact);
  EXPECT_EQ(std::get<EntrantFact>(*fact).entrant.bib.view(), "812");
  EXPECT_TRUE(std::get<EntrantFact>(*fact).person.name.empty());
}

TEST(FactCodec, PersonalFieldsNeverReachTheChainedBody) {
  for (const FactBody& body : test::sample_facts()) {
    if (kind_of(body) != FactKind::Entrant) continue;
    EXPECT_EQ(encode(body).body.find("Ruiz"), std::string::npos);
    EXPECT_EQ(encode(body).body.find("1964"), std::string::npos);
  }
}

TEST(FactCodec, TextThatIsNotUtf8IsMendedSoThatItCanBeReadAgain) {
  NoteFact note;
  note.text = std::string("caf\xe9 \xf0\x9f\x8f ok \0 end", 17);
  note.author.by = "A";
  const auto back = decode(FactKind::Note, encode(note).body, "");
  ASSERT_TRUE(back) << message_of(back);
  EXPECT_EQ(std::get<NoteFact>(*back).text,
            std::string("caf\ufffd \ufffd\ufffd\ufffd ok ") + '\0' + " end");
}

TEST(FactCodec, ARemarkIsStoredAsBeforeNotesHadASubject) {
  NoteFact note;
  note.race = "half";
  note.text = "Hand in hand";
  note.author.by = "A";
  const std::string before = R"({"kind":"official","race":"half","text":"Hand in hand","by":"A"})";
  EXPECT_EQ(encode(note).body, before);
  const auto back = decode(FactKind::Note, before, "");
  ASSERT_TRUE(back) << message_of(back);
  EXPECT_EQ(std::get<NoteFact>(*back).about, std::nullopt);
  EXPECT_EQ(std::get<NoteFact>(*back).from, std::nullopt);
}

TEST(FactCodec, AStormIsStoredWithItsSubjectAndInstants) {
  NoteFact note;
  note.text = "Hail";
  note.about = NoteSubject::Storm;
  note.from = base::RaceTime(std::chrono::seconds(10));
  note.until = base::RaceTime(std::chrono::seconds(20));
  note.author.by = "A";
  EXPECT_EQ(encode(note).body,
            R"({"kind":"official","text":"Hail","about":"storm","from_us":10000000,)"
            R"("until_us":20000000,"by":"A"})");
}

TEST(FactCodec, FactsThatWereNeverFilledInCanStillBeReadAgain) {
  const FactBody bodies[] = {EventFact{},          EntrantFact{},  StreamFact{}, ReadFact{},
                             MarkerFact{},         GunFact{},      CloseFact{},  CancelFact{},
                             RulingFact{},         HandReadFact{}, NoteFact{},   UndoFact{},
                             ClockCorrectionFact{}};
  for (const FactBody& body : bodies) {
    const EncodedFact encoded = encode(body);
    const auto back = decode(encoded.kind, encoded.body, encoded.personal);
    EXPECT_TRUE(back) << message_of(back);
  }
}

TEST(ContentMark, ChangesWithWhatAReadSaysAndWithNothingElse) {
  const Read read = plain_read();
  Read same = read;
  same.line = 99;
  same.stream = StreamId(1);
  same.rssi_dbm = -50;
  same.hits = 4;
  EXPECT_EQ(content_mark(read), content_mark(same));
  Read other_tag = read;
  other_tag.tag = test::tag("A2");
  Read other_time = read;
  other_time.time += base::Duration(1);
  Read other_antenna = read;
  other_antenna.antenna = 1;
  Read by_bib = read;
  by_bib.by = ReadBy::Bib;
  for (const Read& other : {other_tag, other_time, other_antenna, by_bib}) {
    EXPECT_NE(content_mark(read), content_mark(other));
    EXPECT_NE(conflict_identity(Identity{}, read), conflict_identity(Identity{}, other));
  }
  EXPECT_EQ(conflict_identity(Identity{}, read), conflict_identity(Identity{}, same));
}

#ifdef HS_HAS_RAPIDCHECK

rc::Gen<std::string> any_tag() {
  return rc::gen::suchThat(
      rc::gen::container<std::string>(rc::gen::inRange<char>('!', '\x7f')),
      [](const std::string& text) { return !text.empty() && text.size() <= 47; });
}

RC_GTEST_PROP(FactCodecProperty, AnyReadComesBack, ()) {
  Read read;
  read.stream = StreamId(*rc::gen::arbitrary<std::uint32_t>());
  read.by = *rc::gen::element(ReadBy::Chip, ReadBy::Bib);
  if (*rc::gen::arbitrary<bool>()) read.device_seq = *rc::gen::arbitrary<std::uint64_t>();
  read.line = *rc::gen::arbitrary<std::uint32_t>();
  read.tag = test::tag(*any_tag());
  read.time = base::ReaderTime(base::Duration(*rc::gen::arbitrary<std::int64_t>()));
  read.antenna = *rc::gen::arbitrary<std::uint8_t>();
  read.rssi_dbm = *rc::gen::arbitrary<std::int16_t>();
  read.hits = *rc::gen::arbitrary<std::uint16_t>();
  std::string bytes;
  encode_read(read, bytes);
  const auto back = decode_read(bytes);
  RC_ASSERT(back.has_value());
  std::string again;
  encode_read(*back, again);
  RC_ASSERT(bytes == again);
  RC_ASSERT(back->device_seq == read.device_seq);
  RC_ASSERT(back->tag == read.tag);
  RC_ASSERT(back->time == read.time);
}

RC_GTEST_PROP(FactCodecProperty, AnyWordsOfAPersonComeBackInBothForms, ()) {
  // Years 1 to 9999 have a written form; the stored form takes any instant.
  constexpr std::int64_t kLeast = -62'000'000'000'000'000;
  constexpr std::int64_t kMost = 253'000'000'000'000'000;
  RulingFact ruling;
  ruling.kind = *rc::gen::element(RulingFact::Kind::Start, RulingFact::Kind::Penalty);
  ruling.race = "r" + *rc::gen::string<std::string>();
  ruling.bib = test::bib("1");
  if (ruling.kind == RulingFact::Kind::Start) {
    ruling.at = base::RaceTime(base::Duration(*rc::gen::inRange(kLeast, kMost)));
  } else {
    ruling.amount = base::Duration(*rc::gen::inRange(kLeast / 100, kMost / 100));
  }
  ruling.reason = *rc::gen::string<std::string>();
  ruling.author.by = "A";
  const std::string bytes = encode(ruling).body;
  const auto back = decode(FactKind::Ruling, bytes, "");
  RC_ASSERT(back.has_value());
  RC_ASSERT(encode(*back).body == bytes);
  const auto line = from_json_line(to_json_line(ruling));
  RC_ASSERT(line.has_value());
  RC_ASSERT(encode(*line).body == bytes);
}

RC_GTEST_PROP(FactCodecProperty, NoBytesAtAllStopTheProgram, ()) {
  const auto bytes = *rc::gen::string<std::string>();
  const auto kind = static_cast<FactKind>(*rc::gen::inRange(0, 20));
  const auto fact = decode(kind, bytes, "");
  if (fact) RC_ASSERT(encode(*fact).kind == kind);
  RC_ASSERT(from_json_line(bytes).has_value() == false);
}

#endif  // HS_HAS_RAPIDCHECK

}  // namespace
}  // namespace hs::model
