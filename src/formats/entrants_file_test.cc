#include "formats/entrants_file.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "base/file.h"
#include "formats/event_file.h"

namespace hs::formats {
namespace {

using namespace std::string_literals;

/// Races "half" (waves A and B) and, if wanted, "10k" (wave A), on 2026-05-08.
model::Event event_of(std::size_t races) {
  model::Event event;
  event.date = base::Date{2026, 5, 8};
  const char* const ids[] = {"half", "10k"};
  const char* const names[] = {"Half marathon", "Ten kilometres"};
  for (std::size_t i = 0; i < races; ++i) {
    model::Race race;
    race.id = ids[i];
    race.name = names[i];
    race.points.resize(2);
    race.points[1].fastest = std::chrono::minutes(46);
    race.waves.push_back(model::Wave{"A", {}});
    if (i == 0) race.waves.push_back(model::Wave{"B", {}});
    event.races.push_back(race);
  }
  return event;
}

EntrantsFile read_good(const std::string& bytes, std::size_t races = 1) {
  auto read = read_entrants(bytes, "entrants.csv", event_of(races));
  EXPECT_TRUE(read.has_value()) << (read ? "" : read.error().text());
  return read ? *read : EntrantsFile{};
}

/// The only entry of a list without questions.
model::EntrantFact read_one(const std::string& header, const std::string& row) {
  const EntrantsFile read = read_good(header + "\n" + row + "\n");
  EXPECT_EQ(read.entries.size(), 1U);
  EXPECT_TRUE(read.questions.empty()) << (read.questions.empty() ? "" : read.questions[0].text);
  return read.entries.empty() ? model::EntrantFact{} : read.entries[0];
}

std::string refusal(const std::string& bytes, std::size_t races = 1) {
  const auto read = read_entrants(bytes, "entrants.csv", event_of(races));
  return read ? "read " + std::to_string(read->entries.size()) : read.error().text();
}

void expect_refused(const std::string& bytes, const std::string& beginning, std::size_t races = 1) {
  const std::string text = refusal(bytes, races);
  EXPECT_EQ(text.substr(0, beginning.size()), beginning) << text;
}

/// The one question a list of these lines raises.
std::string question(const std::string& bytes, std::size_t races = 1) {
  const EntrantsFile read = read_good(bytes, races);
  EXPECT_EQ(read.questions.size(), 1U);
  if (read.questions.empty()) return "";
  EXPECT_EQ(read.questions[0].kind, model::Attention::Kind::EntryQuestion);
  EXPECT_EQ(read.questions[0].severity, model::Severity::Look);
  return read.questions[0].text;
}

TEST(EntrantsFile, ReadsEveryKnownColumn) {
  const auto fact = read_one(
      "bib,chips,first_name,last_name,sex,birth_date,race,wave,mode,club,team,group,city,state,"
      "country,goal_time,entry_status,guide_of,para,first_time,why,cause,dedication,tell,private,"
      "minor,note",
      "F12,\"A1;A2\",Ana,Invented,F,1990-05-09,half,B,wheelchair,Club,Team,Group,City,State,"
      "Land,1:30:00,DNS,7,T53,yes,Why,Cause,For,yes,yes,no,Note");
  const model::Entrant& entrant = fact.entrant;
  const model::Person& person = fact.person;
  EXPECT_EQ(entrant.bib.view(), "F12");
  ASSERT_EQ(entrant.chips.size(), 2U);
  EXPECT_EQ(entrant.chips[1].view(), "A2");
  EXPECT_EQ(entrant.race, "half");
  EXPECT_EQ(entrant.wave, "B");
  EXPECT_EQ(entrant.mode, model::Mode::Wheelchair);
  EXPECT_EQ(entrant.entry_status, model::EntryStatus::DidNotStart);
  EXPECT_EQ(entrant.sex, model::Sex::Female);
  EXPECT_EQ(entrant.age, 35);  // The birthday is the day after the race.
  EXPECT_TRUE(entrant.is_private);
  EXPECT_TRUE(entrant.tell);
  EXPECT_FALSE(entrant.is_minor);
  EXPECT_EQ(person.name, "Ana Invented");
  EXPECT_EQ(base::format_date(*person.birth_date), "1990-05-09");
  EXPECT_EQ(person.goal_time, std::chrono::minutes(90));
  EXPECT_EQ(person.club + person.team + person.group, "ClubTeamGroup");
  EXPECT_EQ(person.city + person.state + person.country, "CityStateLand");
  EXPECT_EQ(person.guide_of + person.para + person.first_time, "7T53yes");
  EXPECT_EQ(person.why + person.cause + person.dedication + person.note, "WhyCauseForNote");
  EXPECT_TRUE(person.extra.empty());
}

TEST(EntrantsFile, EntriesKeepTheirOrderAndTheirLines) {
  const EntrantsFile read = read_good("bib\n\n9\n\n\n7\n");
  ASSERT_EQ(read.entries.size(), 2U);
  EXPECT_EQ(read.entries[0].entrant.bib.view(), "9");
  EXPECT_EQ(read.lines, (std::vector<int>{3, 6}));
}

TEST(EntrantsFile, AnyDialectGivesTheSameEntryAndIsSaid) {
  const std::string latin = "Bib;Name;Race\r\n7;Ren\xE9;half\r\n";
  const std::string utf8 = "Bib|Name|Race\r7|Ren\xC3\xA9|half\r";
  const std::string wide =
      "\xFF\xFE" + "B\0i\0b\0\t\0N\0a\0m\0e\0\n\0"s + "7\0\t\0R\0e\0n\0\xE9\0"s;
  const std::pair<std::string, std::string> lists[] = {
      {latin, "Windows-1252 (Latin-1), semicolon between cells"},
      {utf8, "UTF-8, bar between cells"},
      {"\xEF\xBB\xBF" + utf8, "UTF-8 with BOM, bar between cells"},
      {wide, "UTF-16 LE, tab between cells"},
  };
  for (const auto& [bytes, dialect] : lists) {
    const EntrantsFile read = read_good(bytes);
    EXPECT_EQ(read.dialect, dialect);
    ASSERT_EQ(read.entries.size(), 1U);
    EXPECT_EQ(read.entries[0].person.name, "Ren\xC3\xA9");
  }
}

TEST(EntrantsFile, HeadersOfFourLanguagesAreKnown) {
  const auto german =
      read_one("Start-Nr.;Nachname;Vorname;Geschlecht;Geburtsdatum;Transponder;Wettbewerb;Verein",
               "7;Muster;Ute;w;31.12.1980;100007;half;LG Ort");
  EXPECT_EQ(german.entrant.bib.view(), "7");
  EXPECT_EQ(german.person.name, "Ute Muster");
  EXPECT_EQ(german.entrant.sex, model::Sex::Female);
  EXPECT_EQ(german.entrant.age, 45);
  EXPECT_EQ(german.entrant.chips.at(0).view(), "100007");
  EXPECT_EQ(german.person.club, "LG Ort");
  const auto french =
      read_one("N\xC2\xB0 Dossard,Pr\xC3\xA9nom,Nom,Sexe,Dossard", "x,Rene,Invente,H,8");
  EXPECT_EQ(french.entrant.bib.view(), "8");
  EXPECT_EQ(french.entrant.sex, model::Sex::Male);
  EXPECT_EQ(french.person.name, "Rene Invente");
  const auto spanish = read_one("DORSAL,Nombre,Apellidos,Edad,Pa\xC3\xADs", "9,Eva,Dos Tres,40,ES");
  EXPECT_EQ(spanish.person.name, "Eva Dos Tres");
  EXPECT_EQ(spanish.entrant.age, 40);
  EXPECT_EQ(spanish.person.country, "ES");
}

TEST(EntrantsFile, ColumnsNobodyKnowsAreKeptAsWritten) {
  const auto fact = read_one("bib,T-Shirt Size,status,", "1, M ,3,x");
  ASSERT_EQ(fact.person.extra.size(), 3U);
  EXPECT_EQ(fact.person.extra[0], std::pair("T-Shirt Size"s, "M"s));
  EXPECT_EQ(fact.person.extra[1], std::pair("status"s, "3"s));
  EXPECT_EQ(fact.person.extra[2], std::pair("column 4"s, "x"s));
}

TEST(EntrantsFile, ARunnerInTwoRacesHasARowInEach) {
  const EntrantsFile read = read_good("bib,race,chip\n1,half,A\n1,10k,A\n", 2);
  EXPECT_EQ(read.entries.size(), 2U);
  EXPECT_TRUE(read.questions.empty());
}

TEST(EntrantsFile, ARaceMayBeNamedInsteadOfItsId) {
  const EntrantsFile read = read_good("bib,event\n1,half MARATHON\n2,10K\n", 2);
  ASSERT_EQ(read.entries.size(), 2U);
  EXPECT_EQ(read.entries[0].entrant.race, "half");
  EXPECT_EQ(read.entries[1].entrant.race, "10k");
}

TEST(EntrantsFile, ABlankRaceIsTheOnlyOneElseAMistake) {
  EXPECT_EQ(read_good("bib,race\n1,\n").entries.at(0).entrant.race, "half");
  expect_refused("bib,race\n1,half\n2,\n", "entrants.csv:3:3: found no race", 2);
  expect_refused("bib,name\n1,a\n", "entrants.csv:1:1: found no column for the race", 2);
  expect_refused("bib,race\n1,hafl\n",
                 "entrants.csv:2:3: found the race 'hafl', expected one of "
                 "half, 10k (did you mean 'half'?)",
                 2);
}

TEST(EntrantsFile, AWaveMustBeOneOfTheRace) {
  EXPECT_EQ(read_good("bib,wave\n1,\n").entries.at(0).entrant.wave, "");
  EXPECT_EQ(read_good("bib,wave\n1,b\n").entries.at(0).entrant.wave, "B");
  expect_refused("bib,race,wave\n1,half,B\n1,10k,B\n",
                 "entrants.csv:3:7: found the wave 'B' of race '10k', expected one of A", 2);
}

TEST(EntrantsFile, AListWithoutBibsIsRefused) {
  expect_refused("", "entrants.csv:1:1: found an empty file");
  expect_refused("name,sex\na,F\n",
                 "entrants.csv:1:1: found no column for the bib among 'name, sex'");
  expect_refused("bib,name\n1,a\n,b\n", "entrants.csv:3:1: found no bib");
  expect_refused("name,bib\na,1\nb\n", "entrants.csv:3:1: found a row without the cell of its bib");
  expect_refused("name,bib\na,1 2\n", "entrants.csv:2:3: found the bib '1 2', expected 1 to 12");
  expect_refused("name,bib\na,1234567890123\n", "entrants.csv:2:3: found the bib '1234567890123'");
}

TEST(EntrantsFile, ABibTwiceInARaceIsRefusedNamingBothLines) {
  expect_refused("bib,name\n7,a\n8,b\n7,c\n",
                 "entrants.csv:4:1: found the bib '7' a second time in race 'half', expected "
                 "another: line 2 has it");
  EXPECT_EQ(read_good("bib\n7\n007\n").entries.size(), 2U);  // Compared as written.
}

TEST(EntrantsFile, AColumnTwiceIsRefusedWhereItCouldDecideAResult) {
  expect_refused("bib,sex,Gender\n1,F,M\n",
                 "entrants.csv:1:9: found the column 'Gender', which says the same as 'sex'");
  EXPECT_EQ(question("bib,country,country\n1,US,FR\n"),
            "entrants.csv:1: the column 'country' comes twice; the first is used");
}

TEST(EntrantsFile, WordsForTheSexOfFourLanguagesAreKnown) {
  const auto sex = [](const std::string& word) {
    return read_one("bib,sex", "1," + word).entrant.sex;
  };
  for (const char* word : {"F", "f", "Female", "w", "weiblich", "Femme", "femenino", "Women"}) {
    EXPECT_EQ(sex(word), model::Sex::Female) << word;
  }
  for (const char* word : {"M", "male", "Mann", "homme", "H", "hombre", "m\xC3\xA4nnlich"}) {
    EXPECT_EQ(sex(word), model::Sex::Male) << word;
  }
  for (const char* word : {"X", "nonbinary", "Non-Binary", "NB", "divers"}) {
    EXPECT_EQ(sex(word), model::Sex::X) << word;
  }
  EXPECT_EQ(sex(""), std::nullopt);
  EXPECT_EQ(sex("unknown"), std::nullopt);
}

TEST(EntrantsFile, ASexNobodyUnderstandsIsAQuestionAndNeverBlocks) {
  const EntrantsFile read = read_good("bib,sex\n1,F\n2,q\n3,q\n4,\n");
  EXPECT_EQ(read.entries.size(), 4U);
  EXPECT_EQ(read.entries[1].entrant.sex, std::nullopt);
  ASSERT_EQ(read.questions.size(), 1U);
  EXPECT_EQ(read.questions[0].count, 2U);
  EXPECT_EQ(read.questions[0].text,
            "entrants.csv:3: the sex 'q' is not understood and left blank "
            "(and 1 more like it)");
}

TEST(EntrantsFile, SingleLettersForTheSexAreReadOverTheWholeColumn) {
  const EntrantsFile german = read_good("bib,sex\n1,m\n2,w\n3,d\n");
  EXPECT_EQ(german.entries[2].entrant.sex, model::Sex::X);
  EXPECT_TRUE(german.questions.empty());
  // Hombre and mujer: the M is a woman here, so it is asked about.
  const EntrantsFile spanish = read_good("bib,sexo\n1,H\n2,M\n");
  EXPECT_EQ(spanish.entries[0].entrant.sex, model::Sex::Male);
  EXPECT_EQ(spanish.entries[1].entrant.sex, std::nullopt);
  EXPECT_EQ(spanish.questions.size(), 1U);
}

TEST(EntrantsFile, BirthDatesOfEveryOrderThatTheColumnProves) {
  const auto birth = [](const std::string& rows, std::size_t index) {
    return base::format_date(*read_good("bib,dob\n" + rows).entries.at(index).person.birth_date);
  };
  EXPECT_EQ(birth("1,4.5.1990\n", 0), "1990-05-04");
  EXPECT_EQ(birth("1,1990-05-04 00:00:00\n", 0), "1990-05-04");
  EXPECT_EQ(birth("1,1990/05/04\n", 0), "1990-05-04");
  EXPECT_EQ(birth("1,05/04/1990\n2,25/04/1990\n", 0), "1990-04-05");
  EXPECT_EQ(birth("1,05/04/1990\n2,04/25/1990\n", 0), "1990-05-04");
  EXPECT_EQ(birth("1,05/05/1990\n", 0), "1990-05-05");
}

TEST(EntrantsFile, BirthDatesThatMayBeReadTwoWaysAreRefused) {
  expect_refused("bib,dob\n1,05/04/1990\n",
                 "entrants.csv:2:3: found '05/04/1990', where day and month may be either way");
  expect_refused("bib,dob\n1,25/04/1990\n2,04/25/1990\n",
                 "entrants.csv:3:3: found '04/25/1990', where line 2 has day and month the other "
                 "way round");
  expect_refused("bib,dob\n1,5/31/90\n",
                 "entrants.csv:2:3: found '5/31/90', whose year has not four digits");
  expect_refused("bib,dob\n1,30.02.1990\n", "entrants.csv:2:3: found '30.02.1990', expected a day");
  expect_refused("bib,dob\n1,spring\n", "entrants.csv:2:3: found 'spring', expected a birth date");
}

TEST(EntrantsFile, TheBirthDateWinsOverAnAgeThatContradictsIt) {
  const EntrantsFile read = read_good("bib,age,dob\n1,35,1990-05-09\n2,30,1990-05-09\n");
  EXPECT_EQ(read.entries[1].entrant.age, 35);
  ASSERT_EQ(read.questions.size(), 1U);
  EXPECT_EQ(read.questions[0].text,
            "entrants.csv:3: the age 30 is given, but born on 1990-05-09 makes 35 on race day; the "
            "birth date is used");
}

TEST(EntrantsFile, AYearOfBirthGivesAnAgeAndIsSaidOnce) {
  const EntrantsFile read = read_good("bib;Jahrgang\n1;1980\n2;1990\n");
  EXPECT_EQ(read.entries[0].entrant.age, 46);
  ASSERT_EQ(read.questions.size(), 1U);
  EXPECT_EQ(read.questions[0].count, 2U);
}

TEST(EntrantsFile, AgesThatCannotBeAreAskedAboutAndLeftBlank) {
  EXPECT_EQ(question("bib,age\n1,27y\n"),
            "entrants.csv:2: '27y' in the column 'age' is not understood and left blank");
  EXPECT_EQ(question("bib,age\n1,212\n").substr(0, 21), "entrants.csv:2: '212'");
  EXPECT_EQ(question("bib,dob\n1,2030-01-01\n").substr(0, 47),
            "entrants.csv:2: the birth date 2030-01-01 makes");
}

TEST(EntrantsFile, ChipsMayStandApartInAnyUsualWay) {
  for (const char* cell : {"A1;A2", "\"A1,A2\"", "A1 A2", " A1 ; A2 ;A1"}) {
    EXPECT_EQ(read_one("bib,chips", "1,"s + cell).entrant.chips.size(), 2U) << cell;
  }
  EXPECT_EQ(read_one("bib,Chip 1,Chip 2", "1,009573,X").entrant.chips.at(0).view(), "9573");
  expect_refused("bib,chips\n1,caf\xC3\xA9\n", "entrants.csv:2:3: found the chip code");
}

TEST(EntrantsFile, AChipOfTwoEntrantsOfARaceIsAQuestion) {
  EXPECT_EQ(question("bib,chip\n1,A\n2,B\n3,A\n"),
            "entrants.csv:4: the chip A of bib 3 is also the chip of bib 1 (line 2) in race "
            "'half'");
}

TEST(EntrantsFile, ModesStatusesAndFlagsAreWordsOrRefused) {
  EXPECT_EQ(read_one("bib,mode", "1,Handbike").entrant.mode, model::Mode::Handcycle);
  EXPECT_EQ(read_one("bib,mode", "1,").entrant.mode, model::Mode::Foot);
  EXPECT_EQ(read_one("bib,entry_status", "1,Deferred").entrant.entry_status,
            model::EntryStatus::Deferred);
  EXPECT_TRUE(read_one("bib,minor", "1,ja").entrant.is_minor);
  expect_refused("bib,mode\n1,bike\n", "entrants.csv:2:3: found the mode 'bike', expected one of");
  expect_refused("bib,entry_status\n1,3\n", "entrants.csv:2:3: found the entry status '3'");
  expect_refused("bib,private\n1,perhaps\n", "entrants.csv:2:3: found 'perhaps', expected yes, no");
}

TEST(EntrantsFile, AGoalOfHoursAndMinutesIsTakenAsSuchAndSaid) {
  const EntrantsFile read = read_good("bib,goal_time\n1,1:45\n2,1:45:00\n");
  EXPECT_EQ(read.entries[0].person.goal_time, read.entries[1].person.goal_time);
  EXPECT_EQ(read.questions.size(), 1U);
  EXPECT_EQ(question("bib,goal_time\n1,sub 4\n"),
            "entrants.csv:2: the goal time 'sub 4' is not understood and left blank");
}

TEST(EntrantsFile, NamesAreKeptAsWritten) {
  EXPECT_EQ(read_one("bib,name", "1,\"Last, First\"").person.name, "Last, First");
  EXPECT_EQ(read_one("bib,first_name,name", "1,Ana,Invented").person.name, "Ana Invented");
  EXPECT_EQ(read_one("bib,first_name,name", "1,Ana,Ana Invented").person.name, "Ana Invented");
  EXPECT_EQ(read_one("bib,first_name,last_name", "1,,Solo").person.name, "Solo");
  EXPECT_EQ(read_one("bib,name", "1,").person.name, "");
}

TEST(EntrantsFile, NamesOfAnyScriptAndLengthSurviveByteForByte) {
  std::string longest;
  for (int i = 0; i < 200; ++i) longest += "\xE5\xB1\xB1";
  const std::string names[] = {"\xD7\x90\xD7\x91 \xE2\x80\x8F\xD7\x92",
                               "\xF0\x9F\x8F\x83\xE2\x80\x8D\xE2\x99\x80\xEF\xB8\x8F",
                               "e\xCC\x81",
                               "\xD8\xA7\xD9\x84",
                               "=SUM(A1)",
                               longest};
  for (const std::string& name : names) {
    EXPECT_EQ(read_one("bib,name", "1, " + name + " ").person.name, name);
  }
  expect_refused("bib,name\n1," + longest + "x\n",
                 "entrants.csv:2:3: found a text of 201 characters, expected at most 200");
}

TEST(EntrantsFile, ControlCharactersAreRefusedWhereTheyStand) {
  expect_refused("bib,name\n1,ab\0c\n"s, "entrants.csv:2:5: found a control character");
  expect_refused("bib,name\n1,\"\xC3\xA9\x1B[2J\"\n",
                 "entrants.csv:2:5: found a control character");
  expect_refused("bib,name\n1,a\x7F\n", "entrants.csv:2:4: found a control character");
  expect_refused("bib,name\n1,a\xC2\x85z\n", "entrants.csv:2:4: found a control character");
}

TEST(EntrantsFile, ALineEndInsideANameBecomesABlankAndAQuestion) {
  const EntrantsFile read = read_good("bib,name\n1,\"Ana\r\nInvented\"\n2,b\n");
  EXPECT_EQ(read.entries[0].person.name, "Ana Invented");
  EXPECT_EQ(read.lines[1], 4);
  ASSERT_EQ(read.questions.size(), 1U);
  EXPECT_NE(read.questions[0].text.find("goes over several lines"), std::string::npos);
}

TEST(EntrantsFile, RowsOfAnotherWidthAreRefusedOrAsked) {
  expect_refused("bib,name\n1,Last, First\n",
                 "entrants.csv:2:9: found cell 3 of a row, expected the 2 cells of the header row");
  EXPECT_EQ(read_good("bib,name\n1,a,,\n").questions.size(), 0U);
  EXPECT_EQ(question("bib,name,club\n1,a\n"),
            "entrants.csv:2: a row of 2 cells under a header of 3; the rest is taken as blank");
}

TEST(EntrantsFile, BrokenQuotesAreRefusedWithTheirPlace) {
  expect_refused("bib,name\n1,\"open\n2,b\n", "entrants.csv:2:3: found a quote that is not closed");
  expect_refused("bib,name\n1,\"a\"b\n", "entrants.csv:2:6: found text behind a closing quote");
}

std::string shared_data() {
  const char* shared = std::getenv("HS_SHARED");
  return (shared != nullptr ? std::string(shared) : "../shared") + "/data/";
}

TEST(EntrantsFile, TheRealEntryListReads) {
  const std::string folder = shared_data() + "reads/chronotrack-2021-05-08/";
  const auto toml = base::read_file(folder + "event.toml");
  const auto list = base::read_file(folder + "entrants.csv");
  if (!toml || !list) GTEST_SKIP() << "no shared data at " << folder;
  std::vector<model::Attention> notes;
  const auto event = read_event(*toml, "event.toml", &notes);
  ASSERT_TRUE(event.has_value());
  const auto read = read_entrants(*list, "entrants.csv", *event);
  ASSERT_TRUE(read.has_value()) << read.error().text();
  EXPECT_EQ(read->entries.size(), 3769U);
  EXPECT_TRUE(read->questions.empty());
}

TEST(EntrantsFile, ExportsOfEntrySystemsGiveEntriesOrAClearMistake) {
  const std::string folder = shared_data() + "conformance/opensplittime/";
  const std::pair<const char*, const char*> exports[] = {
      {"test_efforts_ascii.csv", "entrants.csv:1:1: found no column for the bib"},
      {"test_efforts_duplicate_headers.csv", "entrants.csv:1:1: found no column for the bib"},
      {"test_efforts_empty_lines.csv", "entrants.csv:1:1: found no column for the bib"},
      {"test_efforts_header_formats.csv", "read 1"},
      {"test_efforts_mixed.csv", "entrants.csv:2:27: found '5/31/90', whose year"},
      {"test_efforts_nonbinary.csv", "entrants.csv:1:1: found no column for the bib"},
      {"test_efforts_offset.csv", "entrants.csv:1:1: found no column for the bib"},
      {"test_efforts_offset_time.csv", "entrants.csv:1:1: found no column for the bib"},
      {"test_efforts_utf_8.csv", "entrants.csv:1:1: found no column for the bib"},
      {"test_efforts_with_bib_numbers.csv", "read 3"},
      {"test_efforts_with_elapsed_times.csv", "read 6"},
      {"test_splits.csv", "entrants.csv:1:1: found no column for the bib"},
      {"ultrasignup_efforts_simple_export.csv",
       "entrants.csv:4:104: found '12/01/1955', where day and month may be either way round"},
  };
  for (const auto& [name, expected] : exports) {
    const auto bytes = base::read_file(folder + name);
    if (!bytes) GTEST_SKIP() << "no shared data at " << folder;
    SCOPED_TRACE(name);
    expect_refused(*bytes, expected);
  }
}

}  // namespace
}  // namespace hs::formats
