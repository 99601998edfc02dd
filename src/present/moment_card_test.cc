#include "present/moment_card.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <set>

#include "base/check.h"
#include "moments/find_moments.h"
#include "present/page_assets.h"
#include "present/story_figures.h"
#include "present/story_moments.h"
#include "support/page_field.h"

namespace hs::present {
namespace {

struct Made {
  model::EventResults field = test_support::page_field(1200, 7);
  std::vector<model::Moment> moments = moments::find_moments(field);
};

const Made& made() {
  static const Made kMade;
  return kMade;
}

const model::Moment& first_alone() {
  for (const model::Moment& moment : made().moments) {
    if (moment.people.size() == 1) return moment;
  }
  HS_CHECK(false, "the invented field has a moment of one runner");
  return made().moments.front();
}

std::uint32_t big_endian(const std::string& bytes, std::size_t at) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) out = out << 8U | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

TEST(MomentCard, IsAPngOfItsSizeAndNotBlank) {
  const auto card = moment_card(made().field, made().moments.front());
  ASSERT_TRUE(card.has_value());
  ASSERT_EQ(card->png.substr(0, 8), "\x89PNG\r\n\x1a\n");
  EXPECT_EQ(card->png.substr(12, 4), "IHDR");
  EXPECT_EQ(big_endian(card->png, 16), 1200U);
  EXPECT_EQ(big_endian(card->png, 20), 630U);
  // Paper alone compresses to a few kilobytes.
  const auto blank = Canvas(kCardWidth, kCardHeight, 0xfbf9f5).png();
  ASSERT_TRUE(blank.has_value());
  EXPECT_GT(card->png.size(), blank->size() + 10'000);
}

TEST(MomentCard, SameMomentGivesTheSameBytes) {
  for (std::size_t i = 0; i < 2 && i < made().moments.size(); ++i) {
    EXPECT_TRUE(moment_card(made().field, made().moments[i])->png ==
                moment_card(made().field, made().moments[i])->png);
  }
  EXPECT_FALSE(moment_card(made().field, made().moments[0])->png ==
               moment_card(made().field, made().moments[1])->png);
}

TEST(MomentCard, NothingIsCutWhateverTheNameIs) {
  const model::Moment& moment = first_alone();
  for (const char* name :
       {"Ana Ruiz", "Maria-Magdalena von und zu Oberkirchmeier-Unterschleissheim de la Santa Cruz",
        "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
        "\u0645\u062D\u0645\u062F \u0627\u0644\u0641\u0627\u0633\u064A", "\u9648\u4F1F",
        "\u05D3\u05D5\u05D3 \u05DB\u05D4\u05DF"}) {
    model::EventResults field = made().field;
    field.persons[moment.people.front().raw()].name = name;
    const auto card = moment_card(field, moment);
    ASSERT_TRUE(card.has_value());
    EXPECT_TRUE(card->whole) << name;
  }
  for (const model::Moment& one : choose_moments(made().field, made().moments, {}).told) {
    EXPECT_TRUE(moment_card(made().field, one)->whole) << model::name_of(one.kind);
  }
}

TEST(MomentCard, NameThatNoFontHasIsTheBib) {
  // Characters for private use: no font on earth has to have them.
  const model::Moment& moment = first_alone();
  model::EventResults unknown = made().field;
  unknown.persons[moment.people.front().raw()].name = "\uE83A\uE83B\uF4D2";
  model::EventResults hidden = made().field;
  hidden.persons[moment.people.front().raw()].name =
      "Bib " + hidden.entrants[moment.people.front().raw()].bib.str();
  const Canvas canvas(10, 10, 0);
  if (canvas.measure("\uE83A\uE83B\uF4D2", {Face::Serif, 34, Weight::Strong}, 1000).missing == 0) {
    GTEST_SKIP() << "a font of this machine has characters for private use";
  }
  EXPECT_EQ(canvas.measure("Ana", {Face::Serif, 34, Weight::Strong}, 1000).missing, 0U);
  EXPECT_TRUE(moment_card(unknown, moment)->whole);
  EXPECT_TRUE(moment_card(unknown, moment)->png == moment_card(hidden, moment)->png);
  model::EventResults named = made().field;
  named.persons[moment.people.front().raw()].name = "Ana Ruiz";
  EXPECT_FALSE(moment_card(unknown, moment)->png == moment_card(named, moment)->png);
}

TEST(MomentCard, PrivateRunnerHasNoNameOnIt) {
  const model::Moment& moment = first_alone();
  model::EventResults hidden = made().field;
  hidden.entrants[moment.people.front().raw()].is_private = true;
  model::EventResults renamed = hidden;
  renamed.persons[moment.people.front().raw()].name = "Somebody Else";
  EXPECT_TRUE(moment_card(hidden, moment)->png == moment_card(renamed, moment)->png);
}

TEST(MomentCard, MomentWithoutPictureHasItsSentences) {
  for (const model::Moment& moment : made().moments) {
    const auto picture = picture_of(made().field, moment, 300);
    if (!picture) continue;
    model::EventResults bare = made().field;
    for (const model::EntrantId id : moment.people) {
      for (auto& split : bare.runners[id.raw()].splits) split = model::Split{};
    }
    ASSERT_FALSE(picture_of(bare, moment, 300));
    const auto card = moment_card(bare, moment);
    ASSERT_TRUE(card.has_value());
    EXPECT_TRUE(card->whole);
    return;
  }
  FAIL() << "the invented field has no moment with a picture";
}

TEST(MomentCard, ThemeColoursAreThoseOfThePage) {
  const std::string css(page_css());
  const std::string light = css.substr(0, css.find("prefers-color-scheme"));
  std::set<Rgb> seen;
  for (int i = 0; i <= static_cast<int>(model::Theme::Shared); ++i) {
    const Rgb colour = theme_colour(static_cast<model::Theme>(i));
    char text[8];
    std::snprintf(text, sizeof text, "#%06x", colour);
    EXPECT_NE(light.find(text), std::string::npos) << text;
    seen.insert(colour);
  }
  EXPECT_EQ(seen.size(), 8U);  // The line and mastery share one.
}

}  // namespace
}  // namespace hs::present
