#include "present/story_page.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "moments/find_moments.h"
#include "present/officials_page.h"
#include "present/story_data.h"
#include "present/story_figures.h"
#include "present/story_moments.h"
#include "present/story_river.h"
#include "support/page_field.h"
#include "support/results_builder.h"

namespace hs::present {
namespace {

using test_support::ResultsBuilder;

constexpr std::size_t kRunners = 2000;
constexpr std::uint64_t kSeed = 7;

// Made once: the field, its moments and its pages serve most tests below.
struct Made {
  model::EventResults field = test_support::page_field(kRunners, kSeed);
  std::vector<model::Moment> moments = moments::find_moments(field);
  std::string story = story_page(field, moments);
};

const Made& made() {
  static const Made kMade;
  return kMade;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t out = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++out;
  }
  return out;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const model::Moment& moment_of(model::MomentKind kind) {
  const auto& all = made().moments;
  const auto found = std::find_if(
      all.begin(), all.end(), [kind](const model::Moment& moment) { return moment.kind == kind; });
  HS_CHECK(found != all.end(), "the invented field has a moment of each kind asked for");
  return *found;
}

std::string headline_anchor(const model::Moment& moment) {
  return "id=\"" + anchor_of(moment) + "\"";
}

TEST(StoryPage, NothingOfTheOfficialsIsInIt) {
  // Notes, authors, devices, unknown chips, private names and clubs all carry this word.
  EXPECT_FALSE(has(made().story, "SECRET"));
  // ... and would be found: the officials' page names the devices.
  EXPECT_TRUE(has(officials_page(made().field, made().moments), "SECRET"));
}

TEST(StoryPage, PrivateRunnerKeepsPlaceAndLosesName) {
  ResultsBuilder builder;
  const auto race = builder.race("half");
  const auto open = builder.runner(race, "7", "Ana Ruiz", model::Sex::Female, 30);
  const auto hidden = builder.runner(race, "8", "Iva Verdeckt", model::Sex::Female, 31);
  builder.finish(open, "1", {"42:00", "1:31:00"});
  builder.finish(hidden, "1", {"41:00", "1:30:00"});
  builder.entrant(hidden).is_private = true;
  builder.person(hidden).club = "Verdeckt Club";
  builder.person(open).club = "Open Club";
  const std::string page = story_page(builder.build(), {});
  EXPECT_FALSE(has(page, "Verdeckt"));
  EXPECT_TRUE(has(page, "<bdi>Bib 8</bdi>"));
  EXPECT_TRUE(has(page, "\"names\":\"Bib 8\\nAna Ruiz\""));
  EXPECT_TRUE(has(page, "Open Club"));
}

TEST(StoryPage, MomentOfSomebodyWhoBecamePrivateIsGone) {
  const model::Moment& moment = moment_of(model::MomentKind::LateCollapse);
  ASSERT_TRUE(has(made().story, headline_anchor(moment)));
  model::EventResults field = made().field;
  field.entrants[moment.people.front().raw()].is_private = true;
  EXPECT_FALSE(has(story_page(field, made().moments), headline_anchor(moment)));
}

TEST(StoryPage, CollapseOfMinorIsNotToldButTheirNegativeSplitIs) {
  const model::Moment& collapse = moment_of(model::MomentKind::LateCollapse);
  const model::Moment& split = moment_of(model::MomentKind::NegativeSplit);
  model::EventResults field = made().field;
  field.entrants[collapse.people.front().raw()].is_minor = true;
  field.entrants[split.people.front().raw()].is_minor = true;
  const std::string page = story_page(field, made().moments);
  EXPECT_FALSE(has(page, headline_anchor(collapse)));
  EXPECT_TRUE(has(page, headline_anchor(split)));
}

TEST(StoryPage, MomentOfSomebodyWithoutFinishIsNotTold) {
  const model::Moment& moment = moment_of(model::MomentKind::LateCollapse);
  for (const auto status : {model::RunnerStatus::Disqualified, model::RunnerStatus::Unresolved,
                            model::RunnerStatus::DidNotFinish}) {
    model::EventResults field = made().field;
    field.runners[moment.people.front().raw()].status = status;
    EXPECT_FALSE(has(story_page(field, made().moments), headline_anchor(moment)));
  }
}

TEST(StoryPage, HelpOfSomebodyWithoutFinishIsToldWithoutTheirTimeOrALineToTheFinish) {
  model::EventResults field = made().field;
  const model::EntrantId one = made().moments[0].people.front();
  const model::EntrantId two = moment_of(model::MomentKind::NegativeSplit).people.front();
  model::NoteFact note;
  note.race = field.entrants[one.raw()].race;
  note.bibs = {field.entrants[one.raw()].bib, field.entrants[two.raw()].bib};
  note.text = "SECRET words about somebody who is out";
  note.about = model::NoteSubject::Help;
  note.author.by = "Finish judge";
  field.notes = {{model::FactSeq(1), note}};
  for (model::Race& race : field.event.races) race.rules = model::RuleSet::Open;
  const auto helped = [&] {
    std::vector<model::Moment> found = moments::find_moments(field);
    std::erase_if(found, [](const auto& m) { return m.kind != model::MomentKind::Helped; });
    return found;
  };
  field.runners[two.raw()].status = model::RunnerStatus::Disqualified;
  const auto told = helped();
  ASSERT_EQ(told.size(), 1u);
  const std::string page = story_page(field, told);
  EXPECT_TRUE(has(page, headline_anchor(told[0])));
  EXPECT_TRUE(has(page, "signed Finish judge"));
  EXPECT_FALSE(has(page, "SECRET words"));
  EXPECT_FALSE(picture_of(field, told[0], 200).has_value());
  field.runners[two.raw()].status = model::RunnerStatus::Unresolved;
  EXPECT_TRUE(helped().empty());
  EXPECT_FALSE(has(story_page(field, told), headline_anchor(told[0])));
}

TEST(StoryPage, MarkupInNamesIsText) {
  EXPECT_FALSE(has(made().story, "<b>Robert"));
  EXPECT_TRUE(has(made().story, "\\u003c/script\\u003e\\u003cb\\u003eRobert \\u0026"));
  // The class switch, the data and the script: no name opened or closed another one.
  EXPECT_EQ(count_of(made().story, "<script"), 3U);
  EXPECT_EQ(count_of(made().story, "</script>"), 3U);
}

TEST(StoryPage, NameFromRightToLeftDoesNotTurnItsSentence) {
  model::EventResults field = made().field;
  const model::Moment& moment = moment_of(model::MomentKind::LateCollapse);
  field.persons[moment.people.front().raw()].name = "\xD7\x93\xD7\x95\xD7\x93";
  const std::string page = story_page(field, made().moments);
  EXPECT_TRUE(has(page, ", <bdi>\xD7\x93\xD7\x95\xD7\x93</bdi> needed "));
  EXPECT_FALSE(has(page, "<h2 dir=\"auto\""));
}

TEST(StoryPage, SameResultsGiveTheSameBytes) {
  const model::EventResults again = test_support::page_field(kRunners, kSeed);
  EXPECT_EQ(story_page(again, moments::find_moments(again)), made().story);
  EXPECT_EQ(officials_page(again, made().moments), officials_page(made().field, made().moments));
}

TEST(StoryPage, NothingIsAskedOfTheNetwork) {
  for (const char* part : {"http:", "https:", "src=", "url(", "@import", "fetch(", "XMLHttp",
                           "import(", "WebSocket", "sendBeacon"}) {
    EXPECT_FALSE(has(made().story, part)) << part;
  }
}

TEST(StoryPage, DisqualificationShowsItsClauseAndNoTime) {
  ResultsBuilder builder;
  const auto race = builder.race("half");
  const auto runner = builder.runner(race, "7", "Ana Ruiz", model::Sex::Female, 30);
  builder.finish(runner, "1", {"42:00", "1:31:07"});
  builder.result(runner).status = model::RunnerStatus::Disqualified;
  builder.result(runner).clause = "TR 55.8";
  const std::string page = story_page(builder.build(), {});
  EXPECT_TRUE(has(page, "\"clauses\":{\"0\":\"TR 55.8\"}"));
  EXPECT_FALSE(has(page, "1:31:0"));
  EXPECT_TRUE(has(page, "<td class=\"pl\">DSQ</td>"));
}

TEST(StoryPage, RaceWithoutSexesStillHasWinnersAndNoEmptyColumns) {
  ResultsBuilder builder;
  const auto race = builder.race("half");
  builder.finish(builder.runner(race, "7", "Ana Ruiz"), "1", {"42:00", "1:31:07"});
  const std::string page = story_page(builder.build(), {});
  EXPECT_TRUE(has(page, "<caption>First over all</caption>"));
  EXPECT_TRUE(has(page, "class=\"results no-dv no-cl\""));
}

TEST(StoryPage, MissedMatIsTwoTimesAndNeverOne) {
  ResultsBuilder builder;
  const auto race = builder.race("half");
  const auto runner = builder.runner(race, "7", "Ana Ruiz", model::Sex::Female, 30);
  builder.finish(runner, "1", {"", "1:31:00"});
  builder.results.missed.push_back({runner, model::PointId(1),
                                    base::NetTime(test_support::duration("38:10")),
                                    base::NetTime(test_support::duration("49:40.55"))});
  EXPECT_TRUE(has(story_page(builder.build(), {}), "\"missed\":[[0,1,22900,29805]]"));
}

TEST(StoryPage, OpenRaceIsProvisional) {
  ResultsBuilder builder;
  const auto race = builder.race("half");
  const auto runner = builder.runner(race, "7", "Ana Ruiz");
  builder.finish(runner, "1", {"42:00", ""});
  EXPECT_TRUE(has(story_page(builder.build(), {}), "Provisional: 1 result is being checked"));
  builder.results.closed[0] = false;
  EXPECT_TRUE(has(story_page(builder.build(), {}), "Provisional: racing goes on"));
}

TEST(StoryPage, EventWithoutAnybodyStillHasAPage) {
  ResultsBuilder builder;
  (void)builder.race("half");
  const std::string page = story_page(builder.build(), {});
  EXPECT_TRUE(has(page, "The race and its results"));
  EXPECT_TRUE(has(page, "Nobody has started yet."));
  model::EventResults bare;
  bare.event.name = "Nothing";
  EXPECT_TRUE(has(story_page(bare, {}), "Nothing"));
}

TEST(StoryPage, TwelveAreToldAndTheOthersListed) {
  const StoryMoments story = choose_moments(made().field, made().moments, {});
  EXPECT_LE(story.told.size(), 12U);
  EXPECT_EQ(story.told.size() + story.others.size(), made().moments.size());
  EXPECT_EQ(count_of(made().story, "<article class=\"moment"), story.told.size());
  EXPECT_EQ(count_of(made().story, "class=\"mark "), story.told.size());
}

TEST(StoryPage, LinksToCardsOnlyWhereThereAreSome) {
  EXPECT_FALSE(has(made().story, "cards/"));
  StoryOptions options;
  options.cards = Cards::Yes;
  const std::string page = story_page(made().field, made().moments, {}, options);
  const StoryMoments story = choose_moments(made().field, made().moments, options);
  for (const model::Moment& moment : story.told) {
    EXPECT_TRUE(has(page, "href=\"cards/" + card_name(moment) + "\"")) << card_name(moment);
  }
  EXPECT_EQ(count_of(page, "href=\"cards/"), story.told.size());
}

TEST(StoryPage, DayOfEachRaceStandsAboveTheStoryAndOfOneWhereOneIsAskedFor) {
  ResultsBuilder builder;
  for (const char* id : {"long", "short"}) {
    const auto race = builder.race(id);
    const std::string bib = id == std::string("long") ? "7" : "8";
    builder.finish(builder.runner(race, bib, "Runner " + bib), "1", {"42:00", "1:31:07"});
  }
  const model::EventResults results = builder.build();
  const std::string both = story_page(results, {});
  EXPECT_EQ(count_of(both, "class=\"lede\""), 2U);
  EXPECT_EQ(count_of(both, "<p class=\"of\""), 2U);
  StoryOptions options;
  options.race = model::RaceId(1);
  const std::string one = story_page(results, {}, {}, options);
  EXPECT_EQ(count_of(one, "class=\"lede\""), 1U);
  EXPECT_TRUE(has(one, "Runner 8 won in 1:31:08."));
  EXPECT_FALSE(has(one, "Runner 7 won"));
}

TEST(StoryPage, MomentWithoutPeopleHasNoMarkAndNoPicture) {
  model::Moment shared = moment_of(model::MomentKind::LateCollapse);
  shared.people.clear();
  shared.theme = model::Theme::Shared;
  const model::Moment& other = moment_of(model::MomentKind::NegativeSplit);
  EXPECT_FALSE(picture_of(made().field, shared, 200).has_value());
  const std::string river = river_html(made().field, {shared, other});
  EXPECT_EQ(count_of(river, "class=\"mark "), 1U);
  EXPECT_TRUE(has(river, "<span class=\"n\">2</span>"));
  EXPECT_FALSE(has(river_html(made().field, {shared}), "Each mark is a moment"));
}

TEST(StoryPage, GroupIsDotsOnTheLine) {
  ResultsBuilder builder;
  const auto race = builder.race("half");
  model::Moment group;
  group.kind = model::MomentKind::Group;
  group.race = race;
  for (int i = 0; i < 40; ++i) {
    const auto id = builder.runner(race, std::to_string(100 + i), "Runner");
    const std::string net = "1:30:" + std::string(i < 10 ? "0" : "") + std::to_string(i);
    builder.finish(id, "1", {"42:00", net});
    if (i >= 10 && i < 14) group.people.push_back(id);
  }
  const auto picture = picture_of(builder.build(), group, 200);
  ASSERT_TRUE(picture.has_value());
  std::size_t theirs = 0;
  std::size_t others = 0;
  for (const Plot::Item& item : picture->plot.items()) {
    if (item.what != Plot::Item::What::Dot) continue;
    ++(item.stroke == Plot::Stroke::Main ? theirs : others);
  }
  EXPECT_EQ(theirs, 4U);
  EXPECT_EQ(others, 30U);  // From 1:30:00 to 1:30:33: the first is ten seconds before the group.
  builder.result(group.people.front()).splits.back().passing.reset();
  EXPECT_FALSE(picture_of(builder.results, group, 200).has_value());
}

TEST(StoryPage, TwentyThousandFinishersStayBelowThreeMegabytes) {
  const model::EventResults field = test_support::page_field(20'000, kSeed);
  constexpr std::size_t kMost = 3'000'000;
  EXPECT_LE(story_page(field, {}).size(), kMost);
}

// What story.js does, to prove that the packing can be undone.
std::int64_t unpack(const PackedColumn& column, std::size_t row) {
  std::string digits;
  for (char c = '#'; c <= '~'; ++c) {
    if (c != '&' && c != '<' && c != '>' && c != '\\') digits += c;
  }
  std::int64_t value = 0;
  const auto width = static_cast<std::size_t>(column.width);
  for (const char c : column.text.substr(row * width, width)) {
    value = value * 88 + static_cast<std::int64_t>(digits.find(c));
  }
  return value - 1;
}

TEST(StoryData, PackedValuesComeBackAndAbsentOnesStayAbsent) {
  const std::vector<std::optional<std::int64_t>> values = {0,  1,       86,  87, std::nullopt,
                                                           -5, 681'470, 7743};
  const PackedColumn column = pack(values);
  EXPECT_EQ(column.width, 3);
  EXPECT_EQ(column.text.size(), values.size() * 3);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool absent = !values[i] || *values[i] < 0;
    EXPECT_EQ(unpack(column, i), absent ? -1 : *values[i]) << i;
  }
  EXPECT_EQ(column.text.find_first_of("\"\\<>&"), std::string::npos);
}

TEST(StoryData, WidthIsTheLeastThatHoldsTheLargest) {
  EXPECT_EQ(pack({86}).width, 1);
  EXPECT_EQ(pack({87}).width, 2);
  EXPECT_EQ(pack({}).text, "");
}

}  // namespace
}  // namespace hs::present
