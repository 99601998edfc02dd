#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <vector>

#include "moments/find_moments.h"
#include "present/language.h"
#include "present/moment_words.h"
#include "present/page_field.h"
#include "present/sentences.h"
#include "present/story_data.h"
#include "present/story_evidence.h"
#include "present/story_figures.h"
#include "present/story_moments.h"
#include "present/story_page.h"
#include "present/story_text.h"
#include "support/moment_words.h"
#include "support/page_field.h"

// The same race told in each language: no word of the one in the other, and the same figures.

namespace hs::present {
namespace {

struct Told {
  model::EventResults field = test_support::page_field(1500, 7);
  std::vector<model::Moment> moments;
  StoryMoments story;
  std::string page;
  std::string text;

  explicit Told(const std::string& language) {
    field.event.language = language;
    moments = moments::find_moments(field);
    StoryOptions options;
    options.cards = Cards::Yes;
    options.told_max = 3;  // So that others are listed.
    story = choose_moments(field, moments, options);
    page = story_page(field, moments, {}, options);
    text = story_text(field, story, options, Colour::No);
  }
};

const Told& english() {
  static const Told kTold("en");
  return kTold;
}

const Told& german() {
  static const Told kTold("de");
  return kTold;
}

/// The body of a page without its script and data.
std::string body_of(const std::string& page) {
  std::string body = page.substr(page.find("<body>"));
  return body.substr(0, body.find("<script"));
}

/// What a page says: its texts between tags, and the labels that are read out.
std::set<std::string> texts_of(const std::string& body) {
  std::set<std::string> out;
  for (std::size_t at = body.find('>'); at != std::string::npos; at = body.find('>', at + 1)) {
    const std::size_t end = body.find('<', at);
    if (end != std::string::npos) out.insert(body.substr(at + 1, end - at - 1));
  }
  const std::string label = "aria-label=\"";
  for (std::size_t at = body.find(label); at != std::string::npos; at = body.find(label, at + 1)) {
    const std::size_t begin = at + label.size();
    out.insert(body.substr(begin, body.find('"', begin) - begin));
  }
  return out;
}

/// A text without figures and signs.
std::string letters_of(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0 || (c & '\x80') != 0) out += c;
  }
  return out;
}

/// What is the same in every language because it is data: names, clubs, divisions, codes.
std::set<std::string> data_of(const model::EventResults& field) {
  std::set<std::string> out = {letters_of(field.event.name)};
  for (const model::Person& person : field.persons) {
    out.insert(letters_of(person.name));
    out.insert(letters_of(person.club));
  }
  for (const model::Race& race : field.event.races) {
    out.insert(letters_of(race.name));
    for (const model::Division& division : race.divisions) out.insert(letters_of(division.id));
  }
  for (int i = 0; i <= static_cast<int>(model::RunnerStatus::Stopped); ++i) {
    out.insert(model::name_of(static_cast<model::RunnerStatus>(i)));
  }
  return out;
}

TEST(StoryLanguage, GermanPageHoldsNoEnglishText) {
  std::set<std::string> alike = data_of(english().field);
  // A dash between two times, "5 km", "X", the heading of names, the dot between bib and division.
  alike.insert({"", "\u2013", "km", "X", "Name", "\u00b7"});
  const std::set<std::string> own = texts_of(body_of(german().page));
  std::size_t compared = 0;
  for (const std::string& text : texts_of(body_of(english().page))) {
    const std::string letters = letters_of(text);
    // With a middle dot: the line under a name, of bib, division and club.
    if (alike.count(letters) > 0 || text.find(" \u00b7 ") != std::string::npos) continue;
    ++compared;
    EXPECT_EQ(own.count(text), 0U) << text;
  }
  constexpr std::size_t kLeast = 60;
  EXPECT_GE(compared, kLeast);
  EXPECT_NE(german().page.find("<html lang=\"de\""), std::string::npos);
  EXPECT_EQ(german().page.find(" lang=\"de\"", german().page.find("<body>")), std::string::npos);
}

TEST(StoryLanguage, GermanTerminalHoldsNoEnglishLine) {
  std::set<std::string> own;
  std::string line;
  const auto lines = [&line](const std::string& text, auto&& use) {
    for (const char c : text) {
      if (c != '\n') {
        line += c;
        continue;
      }
      use(line);
      line.clear();
    }
  };
  lines(german().text, [&](const std::string& one) { own.insert(one); });
  std::size_t compared = 0;
  lines(english().text, [&](const std::string& one) {
    if (letters_of(one).empty()) return;
    ++compared;
    EXPECT_EQ(own.count(one), 0U) << one;
  });
  EXPECT_GE(compared, 20U);
}

/// The figures of a text as values, sorted: each language has its own order of words.
std::vector<double> values_in(const std::string& text, const Told& told) {
  std::string rest = text;
  for (const model::Moment& moment : told.moments) {
    for (const model::EntrantId id : moment.people) {
      const std::string& name = told.field.persons[id.raw()].name;
      if (!name.empty()) rest = words_test::without(rest, name);
    }
  }
  std::vector<double> out;
  for (const std::string& number : words_test::numbers_in(rest)) {
    out.push_back(words_test::value_of(number, language_of(told.field.event).table()));
  }
  std::sort(out.begin(), out.end());
  return out;
}

TEST(StoryLanguage, PicturesAndEvidenceHaveTheSameFigures) {
  ASSERT_EQ(english().moments.size(), german().moments.size());
  std::size_t pictures = 0;
  for (std::size_t i = 0; i < english().moments.size(); ++i) {
    const model::Moment& moment = english().moments[i];
    const auto here = evidence_lines(english().field, moment);
    const auto there = evidence_lines(german().field, german().moments[i]);
    ASSERT_EQ(here.size(), there.size());
    for (std::size_t k = 0; k < here.size(); ++k) {
      EXPECT_NE(here[k].what, there[k].what);
      EXPECT_EQ(values_in(here[k].what, english()), values_in(there[k].what, german()));
      EXPECT_EQ(values_in(here[k].figure, english()), values_in(there[k].figure, german()));
      EXPECT_EQ(values_in(here[k].expected, english()), values_in(there[k].expected, german()));
      EXPECT_EQ(values_in(here[k].rank, english()), values_in(there[k].rank, german()));
    }
    const auto one = picture_of(english().field, moment, 200);
    const auto other = picture_of(german().field, german().moments[i], 200);
    ASSERT_EQ(one.has_value(), other.has_value());
    if (!one) continue;
    ++pictures;
    EXPECT_EQ(values_in(one->caption, english()), values_in(other->caption, german()));
    ASSERT_EQ(one->plot.items().size(), other->plot.items().size());
    for (std::size_t k = 0; k < one->plot.items().size(); ++k) {
      EXPECT_EQ(values_in(one->plot.items()[k].text, english()),
                values_in(other->plot.items()[k].text, german()));
    }
  }
  EXPECT_GE(pictures, 5U);
}

TEST(StoryLanguage, EveryLabelOfThePageHasTheSameFigures) {
  // In the order of the page: captions, descriptions, headings, cells.
  const auto said = [](const Told& told) {
    std::vector<std::string> out;
    const std::string body = body_of(told.page);
    for (const char* sign : {"<figcaption>", "role=\"img\" aria-label=\"", "<summary>",
                             "<p class=\"lede\">", "<p class=\"standing\">"}) {
      const std::string begin(sign);
      for (std::size_t at = body.find(begin); at != std::string::npos;
           at = body.find(begin, at + 1)) {
        const std::size_t from = at + begin.size();
        out.push_back(body.substr(from, body.find_first_of("<\"", from) - from));
      }
    }
    return out;
  };
  const auto here = said(english());
  const auto there = said(german());
  ASSERT_EQ(here.size(), there.size());
  EXPECT_GE(here.size(), 12U);
  for (std::size_t i = 0; i < here.size(); ++i) {
    // A day in German has a full stop behind its number, which is no figure; months are words.
    EXPECT_EQ(values_in(here[i], english()), values_in(there[i], german()))
        << here[i] << " | " << there[i];
    EXPECT_NE(here[i], there[i]);
  }
}

TEST(StoryLanguage, CaptionSaysHowManyItComparesWith) {
  for (const Told* told : {&english(), &german()}) {
    const auto found = std::find_if(
        told->moments.begin(), told->moments.end(),
        [](const model::Moment& one) { return one.kind == model::MomentKind::NegativeSplit; });
    ASSERT_NE(found, told->moments.end());
    const auto picture = picture_of(told->field, *found, 200);
    ASSERT_TRUE(picture.has_value());
    const auto half = half_way(told->field.event.races[found->race.raw()]);
    ASSERT_TRUE(half.has_value());
    constexpr std::size_t kMost = 800;
    const auto alike = alike_at(told->field, finishers_of(told->field, found->race),
                                found->people.front(), *half, kMost);
    EXPECT_EQ(values_in(picture->caption, *told),
              std::vector<double>{static_cast<double>(alike.size())})
        << picture->caption;
  }
}

TEST(StoryLanguage, PrivateRunnerIsABibInTheLanguageOfThePage) {
  model::EventResults field = german().field;
  for (std::size_t i = 0; i < field.entrants.size(); ++i) field.entrants[i].is_private = true;
  const std::string page = story_page(field, {});
  EXPECT_NE(page.find("<bdi>Startnummer "), std::string::npos);
  EXPECT_EQ(body_of(page).find("Bib "), std::string::npos);
  EXPECT_EQ(story_data(field).find("Bib "), std::string::npos);
}

}  // namespace
}  // namespace hs::present
