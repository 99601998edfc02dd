// What leaves for other programs and for print, from results built by hand. Where another program
// can judge a file (xmllint, openpyxl, pdftotext), it does.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/file.h"
#include "formats/chip_file.h"
#include "present/export_certificates.h"
#include "present/export_hytek.h"
#include "present/export_iof.h"
#include "present/export_labels.h"
#include "present/export_lists.h"
#include "present/export_lynx.h"
#include "present/export_runsignup.h"
#include "present/export_stamp.h"
#include "present/export_tables.h"
#include "present/export_xlsx.h"
#include "present/results_csv.h"
#include "present/site_pages.h"
#include "support/results_builder.h"
#include "support/shell.h"
#include "support/temp_folder.h"

namespace hs::present {
namespace {

using model::RunnerStatus;
using model::Sex;
using test_support::ResultsBuilder;
using test_support::run_shell;

// A name in Arabic, Chinese, Devanagari and Russian letters.
constexpr const char* kArabic = "\u0645\u062d\u0645\u062f \u0639\u0644\u064a";
constexpr const char* kChinese = "\u738b\u5c0f\u660e";
constexpr const char* kHindi =
    "\u092a\u094d\u0930\u093f\u092f\u093e \u0936\u0930\u094d\u092e\u093e";
constexpr const char* kRussian =
    "\u041b\u044e\u0431\u043e\u0432\u044c \u0412\u0435\u0442\u0440\u043e\u0432\u0430";

/// Names in five scripts, two that a spreadsheet would run, a comma and a quote; a tie, a private
/// runner, somebody of each status, and one who took 30 hours.
struct ManyRunners {
  ResultsBuilder b;
  model::RaceId half = b.race("half");
  model::EntrantId ana = b.runner(half, "812", "Ana Ruiz", Sex::Female, 34);
  model::EntrantId comma = b.runner(half, "7", "Bo, \"B\" O'Neil & Co", Sex::Male, 40);
  model::EntrantId formula = b.runner(half, "10", "=HYPERLINK(1)", Sex::Male, 41);
  model::EntrantId arabic = b.runner(half, "11", kArabic, Sex::Male, 28);
  model::EntrantId chinese = b.runner(half, "12", kChinese, Sex::Female, 31);
  model::EntrantId hindi = b.runner(half, "13", kHindi, Sex::Female, 29);
  model::EntrantId slow = b.runner(half, "14", kRussian, Sex::Female, 70);
  model::EntrantId hidden = b.runner(half, "9", "Not To Be Seen", Sex::X, 50);
  model::EntrantId lost = b.runner(half, "66", "Lo Last");
  model::EntrantId absent = b.runner(half, "5", "Ab Sent", Sex::Male, 20);
  model::EntrantId out = b.runner(half, "6", "Dee Queue", Sex::Male, 22);

  ManyRunners() {
    b.race_at(half).divisions = {{"W30", Sex::Female, 30, 34, std::nullopt, true}};
    b.result(ana).division = model::DivisionId(0);
    b.result(chinese).division = model::DivisionId(0);
    for (const auto id : {ana, hidden}) {
      b.person(id).city = "Secretville";
      b.person(id).birth_date = base::Date{1976, 1, 2};
      b.person(id).note = "Secret note";
      b.person(id).extra = {{"phone", "Secret 123"}};
      b.entrant(id).chips = {test_support::tag("SECRETCHIP")};
    }
    b.person(ana).team = "+Team";
    b.person(hidden).team = "Secret team";
    b.person(hidden).club = "Secret club";
    b.entrant(hidden).is_private = true;
    b.finish(ana, "3.5", {"42:10", "1:31:05.2"});
    b.finish(comma, "", {"", "1:31:08.7"});
    b.finish(formula, "8", {"45:00", "1:40:00"});
    b.finish(arabic, "9", {"45:10", "1:41:00"});
    b.finish(chinese, "9", {"45:20", "1:42:00"});
    b.finish(hindi, "9", {"45:30", "1:43:00"});
    b.finish(slow, "10", {"14:00:00", "30:02:03.04"});
    b.finish(hidden, "1", {"50:00", "1:50:00"});
    b.finish(lost, "2", {"40:00", ""});
    b.finish(out, "2", {"40:00", "1:20:00"});
    b.result(out).status = RunnerStatus::Disqualified;
  }

  model::EventResults build() {
    model::EventResults results = b.build();
    model::AwardWinners& award = results.awards.emplace_back();
    award.race = half;
    award.award = "overall";
    award.winners = {{*results.runners[ana.raw()].places.overall, ana}};
    return results;
  }
};

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

ByteSink into(std::string& out) {
  return [&out](std::string_view bytes) {
    out += bytes;
    return true;
  };
}

std::string lists_of(const model::EventResults& results, ListBy by) {
  std::string out;
  EXPECT_TRUE(print_lists(results, {}, by, kPaperA4, into(out)));
  return out;
}

std::string certificates_of(const model::EventResults& results) {
  std::string out;
  EXPECT_TRUE(print_certificates(results, {}, {}, {}, kPaperA4, into(out)));
  return out;
}

/// What poppler reads back from a document.
std::string text_of(const std::string& pdf) {
  const test::TempFolder folder;
  EXPECT_TRUE(base::write_file(folder / "a.pdf", pdf));
  const auto end = run_shell("pdftotext -layout '" + (folder / "a.pdf") + "' -");
  EXPECT_EQ(end.status, 0);
  return end.output;
}

/// Every export as text that could be searched for what must not be in it.
std::vector<std::pair<std::string, std::string>> everything(const model::EventResults& results,
                                                            model::RaceId race) {
  std::vector<std::pair<std::string, std::string>> out = {
      {"iof-results", iof_results(results, {}, ListBy::Overall)},
      {"iof-starts", iof_starts(results, {})},
      {"iof-entries", iof_entries(results, {})},
      {"ultrasignup", ultrasignup_csv(results, race)},
      {"gru", gru_csv(results, race)},
      {"runsignup", runsignup_json(results, race)},
      {"hytek", hytek_file(results, {}).bytes}};
  for (const NamedFile& file : lynx_files(results, {})) out.emplace_back(file.path, file.bytes);
  if (!test_support::is_on_path("pdftotext")) return out;
  std::string announcer;
  EXPECT_TRUE(print_announcer_sheets(results, {}, kPaperA4, into(announcer)));
  out.emplace_back("announcer", text_of(announcer));
  out.emplace_back("pdf", text_of(lists_of(results, ListBy::Overall)));
  out.emplace_back("start list", text_of(lists_of(results, ListBy::Start)));
  out.emplace_back("certificates", text_of(certificates_of(results)));
  return out;
}

TEST(Exports, NothingPrivateAndNothingUnpublishedLeaves) {
  ManyRunners race;
  const model::EventResults results = race.build();
  for (const auto& [name, text] : everything(results, race.half)) {
    EXPECT_FALSE(holds(text, "Secret")) << name;
    EXPECT_FALSE(holds(text, "SECRET")) << name;
    EXPECT_FALSE(holds(text, "Not To Be Seen")) << name;
    EXPECT_FALSE(holds(text, "1976")) << name;
  }
}

TEST(Exports, ThePlaceOfLivingLeavesWhereTheEventPublishesIt) {
  ManyRunners race;
  race.b.results.event.publish_columns = {"city", "phone"};
  const model::EventResults results = race.build();
  const std::string csv = ultrasignup_csv(results, race.half);
  EXPECT_TRUE(holds(csv, "Ana,Ruiz,34,F,Secretville")) << csv;
  EXPECT_TRUE(holds(csv, "Bib,9,,X,,")) << csv;
  EXPECT_FALSE(holds(csv, "Secret 123"));
}

TEST(Exports, TheSameResultsGiveTheSameBytes) {
  ManyRunners race;
  const model::EventResults results = race.build();
  EXPECT_EQ(lists_of(results, ListBy::Sex), lists_of(results, ListBy::Sex));
  EXPECT_EQ(certificates_of(results), certificates_of(results));
  const auto first = results_xlsx(results, {});
  const auto second = results_xlsx(results, {});
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second);
  // Of the day after the race, when the slowest came in, not of the day this test runs.
  EXPECT_TRUE(holds(certificates_of(results), "20260509120213")) << "no date of the results";
}

TEST(Exports, WhichResultsTheyAreIsSaid) {
  ManyRunners race;
  model::EventResults results = race.build();
  EXPECT_EQ(stamp_line(stamp_of(results)).rfind("Provisional results. As of entry 1,000", 0), 0U);
  results.version = 3;
  results.runners[race.lost.raw()].status = RunnerStatus::DidNotFinish;
  EXPECT_EQ(stamp_line(stamp_of(results)).rfind("Provisional: changed since version 3. As of", 0),
            0U);
}

// --- IOF ---------------------------------------------------------------------------------------

TEST(IofXml, StandsTheSchemaOfTheStandard) {
  const char* shared = std::getenv("HS_SHARED");
  const std::string schema =
      std::string(shared == nullptr ? "" : shared) + "/data/protocols/iofxml/IOF.xsd";
  if (!std::filesystem::exists(schema)) GTEST_SKIP() << "no IOF.xsd (HS_SHARED)";
  if (!test_support::is_on_path("xmllint")) GTEST_SKIP() << "no xmllint on this machine";
  ManyRunners race;
  const model::EventResults results = race.build();
  const test::TempFolder folder;
  for (const std::string& xml :
       {iof_results(results, {}, ListBy::Overall), iof_results(results, {}, ListBy::Division),
        iof_results(results, {}, ListBy::Sex), iof_starts(results, {}), iof_entries(results, {})}) {
    ASSERT_TRUE(base::write_file(folder / "a.xml", xml));
    const auto end =
        run_shell("xmllint --noout --schema '" + schema + "' '" + (folder / "a.xml") + "' 2>&1");
    EXPECT_EQ(end.status, 0) << end.output;
  }
}

TEST(IofXml, HasPlacesTimesAndMissedPoints) {
  ManyRunners race;
  const std::string xml = iof_results(race.build(), {}, ListBy::Overall);
  // Places are shared by those with one gun time; the official time is rounded up to the second.
  EXPECT_TRUE(holds(xml, "<Family>Ruiz</Family>")) << xml;
  EXPECT_TRUE(holds(xml, "<Time>5469</Time>\n    <TimeBehind>0</TimeBehind>")) << xml;
  EXPECT_TRUE(holds(xml, "<SplitTime status=\"Missing\">\n     <ControlCode>10k</ControlCode>"));
  EXPECT_TRUE(holds(xml, "Bo, \"B\" O'Neil &amp;"));
  EXPECT_TRUE(holds(xml, "<Time>108134</Time>")) << "30:02:13.04 after the gun, rounded up";
  EXPECT_TRUE(holds(xml, "<FinishTime>2026-05-09T14:02:13.04+02:00</FinishTime>"));
  EXPECT_TRUE(holds(xml, "<Status>Disqualified</Status>"));
  EXPECT_TRUE(holds(xml, "<Status>DidNotStart</Status>"));
  EXPECT_TRUE(holds(xml, "<Status>Active</Status>")) << "unresolved: nobody has said DNF";
  EXPECT_FALSE(holds(xml, "DidNotFinish"));
}

// --- upload forms ------------------------------------------------------------------------------

TEST(UltraSignup, HasItsHeadersItsStatusesAndNoFormula) {
  ManyRunners race;
  const model::EventResults results = race.build();
  const std::string csv = ultrasignup_csv(results, race.half);
  EXPECT_EQ(csv.substr(0, csv.find('\n')),
            "place,time,first,last,age,gender,city,state,bib,status");
  EXPECT_TRUE(holds(csv, "\n1,1:31:09,Ana,Ruiz,34,F,,,812,1\n")) << csv;
  EXPECT_TRUE(holds(csv, ",,'=HYPERLINK(1)") || holds(csv, ",'=HYPERLINK(1)")) << csv;
  EXPECT_TRUE(holds(csv, "30:02:14,"));
  EXPECT_FALSE(holds(csv, "Lo,Last")) << "nobody knows yet whether a finish was missed";
  EXPECT_TRUE(holds(csv, ",,Ab,Sent,20,M,,,5,3\n")) << csv;
  EXPECT_TRUE(holds(csv, ",,Dee,Queue,22,M,,,6,5\n")) << csv;
  EXPECT_EQ(rows_without_gender(results, race.half), 0U);
  race.b.result(race.lost).status = RunnerStatus::DidNotFinish;
  const model::EventResults decided = race.build();
  EXPECT_TRUE(holds(ultrasignup_csv(decided, race.half), ",,Lo,Last,,,,,66,2\n"));
  EXPECT_EQ(rows_without_gender(decided, race.half), 1U);
}

TEST(Gru, HasAColumnForEachPointAndGuardsText) {
  ManyRunners race;
  const std::string csv = gru_csv(race.build(), race.half);
  EXPECT_TRUE(holds(csv, "Bracket Rank,10k Time,Gun Time,Chip Time,Finish Time\n")) << csv;
  EXPECT_TRUE(holds(csv,
                    "812,Ana,Ruiz,F,34,,,,'+Team,W30,FIN,1,1,1,00:42:10.00,1:31:09,1:31:06,"
                    "1:31:09\n"))
      << csv;
}

TEST(RunSignup, HoldsFinishersInOrderWithPaddedTimes) {
  ManyRunners race;
  const std::string json = runsignup_json(race.build(), race.half);
  EXPECT_TRUE(holds(json, R"({"bib_num":"812","place":1,"clock_time":"01:31:09.00",)"
                          R"("chip_time":"01:31:06.00"})"))
      << json;
  EXPECT_TRUE(holds(json, R"("clock_time":"30:02:14.00")"));
  EXPECT_FALSE(holds(json, R"("bib_num":"66")"));
}

TEST(FinishLynx, WritesPeopleEventsAndResults) {
  ManyRunners race;
  const auto files = lynx_files(race.build(), {});
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files[0].path, "lynx.ppl");
  EXPECT_TRUE(holds(files[0].bytes, "812,Ruiz,Ana,+Team\r\n")) << files[0].bytes;
  EXPECT_TRUE(holds(files[1].bytes, "1,1,1,Half marathon half,,,,,,21097\r\n,5,,Sent,Ab,\r\n"))
      << files[1].bytes;
  EXPECT_EQ(files[2].path, "half.lif");
  EXPECT_EQ(files[2].bytes.rfind("1,1,1,Half marathon half,,,,,,21097,08:00:00.000\r\n", 0), 0U);
  EXPECT_TRUE(holds(files[2].bytes, "\r\n1,812,,Ruiz,Ana,+Team,1:31:09.00,,")) << files[2].bytes;
  EXPECT_TRUE(holds(files[2].bytes, "\r\nDNS,5,,Sent,Ab,,,,,,\r\n")) << files[2].bytes;
  EXPECT_TRUE(holds(files[2].bytes, "\r\nDQ,6,,Queue,Dee,,,,,,\r\n")) << files[2].bytes;
}

TEST(HyTek, HasARecordForEachWomanAndMan) {
  ManyRunners race;
  race.b.person(race.comma).last_name = "Semi;colon and a name that is too long";
  const HytekFile file = hytek_file(race.build(), {});
  EXPECT_TRUE(holds(file.bytes, "D;Ruiz;Ana;;F;;+Tea;+Team;34;;21097;1:31:09.00;M;;812;1\r\n"))
      << file.bytes;
  EXPECT_TRUE(holds(file.bytes, "D;Semi colon and a nam;")) << file.bytes;
  EXPECT_TRUE(holds(file.bytes, ";20;;21097;DNS;M;;5;\r\n"));
  EXPECT_EQ(file.rows_left_out, 2U) << "X, and one of whom it is not known";
}

// --- the workbook ------------------------------------------------------------------------------

TEST(Xlsx, ReadsBackAsNumbersTimesAndGuardedText) {
  if (run_shell("/usr/bin/python3 -c 'import openpyxl' 2>/dev/null").status != 0) {
    GTEST_SKIP() << "no python3-openpyxl on this machine";
  }
  ManyRunners race;
  const auto bytes = results_xlsx(race.build(), {});
  ASSERT_TRUE(bytes);
  const test::TempFolder folder;
  ASSERT_TRUE(base::write_file(folder / "a.xlsx", *bytes));
  ASSERT_TRUE(base::write_file(folder / "read.py", R"(import openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1])
print(book.sheetnames, book.properties.created)
for row in book['half'].iter_rows(values_only=True):
    print(*row, sep='|')
)"));
  const auto end =
      run_shell("/usr/bin/python3 '" + (folder / "read.py") + "' '" + (folder / "a.xlsx") + "'");
  EXPECT_EQ(end.status, 0);
  EXPECT_TRUE(holds(end.output, "['half', 'as of'] 2026-05-09 12:02:13")) << end.output;
  EXPECT_TRUE(holds(end.output, "|'=HYPERLINK(1)|M|41|")) << end.output;
  EXPECT_TRUE(holds(end.output, "|812|Ana Ruiz|F|34|W30|FIN|1:31:09|")) << end.output;
  EXPECT_TRUE(holds(end.output, "|1 day, 6:02:14|")) << end.output;
  EXPECT_TRUE(holds(end.output, "|'+Team|")) << end.output;
  EXPECT_TRUE(holds(end.output, std::string("|") + kArabic + "|")) << end.output;
  EXPECT_FALSE(holds(end.output, "Secret")) << end.output;
}

// --- print -------------------------------------------------------------------------------------

TEST(Print, NamesOfAllScriptsAreReadBack) {
  if (!test_support::is_on_path("pdftotext")) GTEST_SKIP() << "no pdftotext on this machine";
  ManyRunners race;
  const model::EventResults results = race.build();
  const std::string certificates = text_of(certificates_of(results));
  for (const char* name : {"Ana Ruiz", "O'Neil", kChinese, kRussian, "Bib 9"}) {
    EXPECT_TRUE(holds(certificates, name)) << name << "\n" << certificates;
  }
  EXPECT_TRUE(holds(certificates, "30:02:14"));
  EXPECT_TRUE(holds(certificates, "1= of 8") || holds(certificates, "1 of 8")) << certificates;
  EXPECT_FALSE(holds(certificates, "Lo Last")) << "no finish, no certificate";
  const std::string lists = text_of(lists_of(results, ListBy::Division));
  for (const char* words : {"W30", "Without a division", "Page 1 of 1",
                            "Provisional results. As of", "DSQ", "Lo Last", "30:02:14"}) {
    EXPECT_TRUE(holds(lists, words)) << words << "\n" << lists;
  }
}

TEST(Print, ListsOfManyPagesCountThem) {
  if (!test_support::is_on_path("pdftotext")) GTEST_SKIP() << "no pdftotext on this machine";
  ResultsBuilder b;
  const auto race = b.race("half");
  constexpr int kRunners = 120;
  for (int i = 1; i <= kRunners; ++i) {
    b.runner(race, std::to_string(i), "Runner " + std::to_string(i), Sex::Female, 30);
  }
  const std::string text = text_of(lists_of(b.build(), ListBy::Overall));
  EXPECT_TRUE(holds(text, "Page 3 of 3")) << text;
  for (int i = 1; i <= kRunners; ++i) {
    EXPECT_TRUE(holds(text, "Runner " + std::to_string(i) + " ")) << i;
  }
}

TEST(Print, LabelsHoldTheWinnersOfTheAwards) {
  if (!test_support::is_on_path("pdftotext")) GTEST_SKIP() << "no pdftotext on this machine";
  ManyRunners race;
  std::string labels;
  ASSERT_TRUE(print_award_labels(race.build(), {}, kPaperLetter, into(labels)));
  const std::string text = text_of(labels);
  EXPECT_TRUE(holds(text, "overall") && holds(text, "Ana Ruiz") && holds(text, "1:31:09")) << text;
}

TEST(Print, AFullDiskIsSaidAndNotPassedOver) {
  ManyRunners race;
  const auto full = [](std::string_view) { return false; };
  EXPECT_FALSE(print_lists(race.build(), {}, ListBy::Overall, kPaperA4, full));
  EXPECT_FALSE(print_certificates(race.build(), {}, {}, {}, kPaperA4, full));
}

TEST(Certificates, AreMadeOfThoseAskedForOnly) {
  ManyRunners race;
  std::string out;
  EXPECT_TRUE(print_certificates(race.build(), {}, {"812"}, {}, kPaperA4, into(out)));
  const auto nobody = print_certificates(race.build(), {}, {"66"}, {}, kPaperA4, into(out));
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().code, base::ErrorCode::NotFound);
}

TEST(Certificates, ATemplateSaysTitleAccentTextAndWhoSigns) {
  const auto look = read_certificate_template(
      "title = \"Finisher\"\naccent = \"#B3370a\"\nsigned = [\"Ida Berg\"]\nphotos = \"p\"\n",
      "event/look.toml");
  ASSERT_TRUE(look) << look.error().text();
  EXPECT_EQ(look->title, "Finisher");
  EXPECT_EQ(look->accent, 0xb3370aU);
  EXPECT_EQ(look->signed_by, std::vector<std::string>{"Ida Berg"});
  EXPECT_EQ(look->photos, "event/p");
  const auto wrong = read_certificate_template("accent = \"red\"\n", "look.toml");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().place.line, 1);
  EXPECT_FALSE(read_certificate_template("colour = \"#000000\"\n", "look.toml"));
}

// --- the site ----------------------------------------------------------------------------------

std::map<std::string, std::string> site_of(const model::EventResults& results) {
  std::map<std::string, std::string> out;
  const auto sink = [&](const std::string& path, std::string_view bytes) -> base::Result<void> {
    out[path] = std::string(bytes);
    return {};
  };
  EXPECT_TRUE(write_site(results, {}, {}, sink));
  return out;
}

/// What stands behind href=" in a page.
std::vector<std::string> links_of(const std::string& page) {
  constexpr std::string_view kBefore = "href=\"";
  std::vector<std::string> out;
  for (std::size_t at = page.find(kBefore); at != std::string::npos; at = page.find(kBefore, at)) {
    at += kBefore.size();
    out.push_back(page.substr(at, page.find('"', at) - at));
  }
  return out;
}

TEST(Site, EveryLinkLeadsToAFileOfTheSite) {
  ManyRunners race;
  const auto site = site_of(race.build());
  std::size_t seen = 0;
  for (const auto& [path, page] : site) {
    if (!holds(path, ".html")) continue;
    for (const std::string& link : links_of(page)) {
      if (link == "data:,") continue;  // The empty icon.
      const std::string file = link.substr(0, link.find('#'));
      const auto folder = std::filesystem::path(path).parent_path();
      const std::string target = file.empty() ? path : (folder / file).lexically_normal().string();
      EXPECT_EQ(site.count(target), 1U) << path << " leads to " << link;
      ++seen;
    }
  }
  EXPECT_GT(seen, 20U);
}

TEST(Site, HasAPageForEachRaceAndList) {
  ManyRunners race;
  const model::EventResults results = race.build();
  const auto site = site_of(results);
  for (const char* path :
       {"index.html", "story.html", "results.csv", "races/half/index.html", "races/half/sex-F.html",
        "races/half/sex-M.html", "races/half/sex-X.html", "races/half/sex-none.html",
        "races/half/division-W30.html", "races/half/division-none.html"}) {
    EXPECT_EQ(site.count(path), 1U) << path;
  }
  EXPECT_EQ(site.at("results.csv"), results_csv(results));
  const std::string& women = site.at("races/half/sex-F.html");
  EXPECT_TRUE(holds(women, "<td class=\"pl\">1</td>"));
  EXPECT_TRUE(holds(women, "<a class=\"nm\" href=\"index.html#bib=812\"><bdi>Ana Ruiz</bdi></a>"));
  EXPECT_TRUE(holds(women, "4 entries, 4 finished")) << women;
  EXPECT_TRUE(holds(site.at("races/half/index.html"), "Provisional results. As of entry 1,000"));
}

TEST(Site, AsksTheNetworkForNothingAndTellsNothingPrivate) {
  ManyRunners race;
  race.b.person(race.ana).name = "<script>alert(1)</script>";
  const auto site = site_of(race.build());
  for (const auto& [path, page] : site) {
    EXPECT_FALSE(holds(page, "http://") || holds(page, "https://")) << path;
    EXPECT_FALSE(holds(page, "Secret") || holds(page, "Not To Be Seen")) << path;
    if (holds(path, ".html")) {
      EXPECT_TRUE(holds(page, "Content-Security-Policy")) << path;
      EXPECT_FALSE(holds(page, "<script>alert")) << path;
    }
  }
}

TEST(Site, IsTheSameForTheSameResults) {
  ManyRunners race;
  const model::EventResults results = race.build();
  EXPECT_EQ(site_of(results), site_of(results));
}

TEST(FinishLynx, WhatItWroteIsReadBackAsTimesOfTheSameBibs) {
  ManyRunners race;
  const model::EventResults results = race.build();
  const auto files = lynx_files(results, {});
  model::SourceConfig source;
  source.format = "lif";
  source.mat = "arch";
  const auto file = formats::parse_chip_file(
      source, results.event,
      {.file = "half.lif", .bytes = files[2].bytes, .markers = std::nullopt, .marker_file = ""});
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_TRUE(file->bad.empty());
  ASSERT_EQ(file->streams.size(), 1U);
  std::size_t finished = 0;
  for (const auto id : results.order[race.half.raw()]) {
    const ExportRow row = export_row(results, id);
    if (!row.place) continue;
    ASSERT_LT(finished, file->streams[0].reads.size());
    const model::Read& read = file->streams[0].reads[finished++];
    EXPECT_EQ(read.tag.str(), row.bib);
    EXPECT_EQ(read.time.time_since_epoch(), *row.official) << row.bib;
  }
  EXPECT_EQ(finished, file->streams[0].reads.size());
}

// --- shared pieces -----------------------------------------------------------------------------

TEST(ExportTimes, GoOnAboveADayAndKeepTheirFigures) {
  using test_support::duration;
  EXPECT_EQ(padded_time(duration("30:02:03.456"), 2, 2), "30:02:03.45");
  EXPECT_EQ(padded_time(duration("0:00:09"), 2, 0), "00:00:09");
  EXPECT_EQ(padded_time(duration("0:00:09.5"), 1, 3), "0:00:09.500");
}

TEST(ExportLists, HoldEverybodyOnceWhateverTheyAreBy) {
  ManyRunners race;
  const model::EventResults results = race.build();
  for (const ListBy by : {ListBy::Overall, ListBy::Sex, ListBy::Division, ListBy::Start}) {
    std::vector<model::EntrantId> seen;
    for (const ListGroup& group : list_groups(results, race.half, by, Language())) {
      EXPECT_FALSE(group.ids.empty());
      seen.insert(seen.end(), group.ids.begin(), group.ids.end());
    }
    std::sort(seen.begin(), seen.end());
    EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
    EXPECT_EQ(seen.size(), results.runners.size());
  }
}

}  // namespace
}  // namespace hs::present
