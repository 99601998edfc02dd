#include "present/story_text.h"

#include <gtest/gtest.h>

#include "moments/find_moments.h"
#include "present/display_width.h"
#include "present/moment_words.h"
#include "support/page_field.h"
#include "support/results_builder.h"

namespace hs::present {
namespace {

struct Made {
  model::EventResults field = test_support::page_field(1200, 7);
  std::vector<model::Moment> moments = moments::find_moments(field);
  StoryMoments story = choose_moments(field, moments, {});
};

const Made& made() {
  static const Made kMade;
  return kMade;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    if (c == '\n') {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

// The words of a text without its line breaks and indents.
std::string unwrapped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const char one = c == '\n' ? ' ' : c;
    if (one != ' ' || out.empty() || out.back() != ' ') out += one;
  }
  return out;
}

TEST(StoryText, TellsWhatThePageTellsInItsOrder) {
  const std::string text = unwrapped(story_text(made().field, made().story, {}, Colour::No));
  ASSERT_GT(made().story.told.size(), 1U);
  std::size_t at = 0;
  for (const model::Moment& moment : made().story.told) {
    const std::string headline = unwrapped(words_for(moment, made().field).headline);
    const std::size_t found = text.find(headline, at);
    ASSERT_NE(found, std::string::npos) << headline;
    at = found;
  }
}

TEST(StoryText, FitsATerminalAndHasNoSecrets) {
  for (const std::string& text : {story_text(made().field, made().story, {}, Colour::No),
                                  moments_text(made().field, made().moments, Colour::No)}) {
    for (const std::string& line : lines_of(text)) EXPECT_LE(display_width(line), 100U) << line;
    EXPECT_EQ(text.find("SECRET"), std::string::npos);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
  }
  EXPECT_NE(story_text(made().field, made().story, {}, Colour::Yes).find('\x1b'),
            std::string::npos);
}

TEST(StoryText, NothingToTellIsSaidKindly) {
  test_support::ResultsBuilder builder;
  (void)builder.race("half");
  const std::string text = story_text(builder.build(), {}, {}, Colour::No);
  EXPECT_NE(text.find("The race and its results"), std::string::npos);
  EXPECT_NE(text.find("Nobody has started yet."), std::string::npos);
  EXPECT_NE(text.find("No moment passed the bar"), std::string::npos);
  EXPECT_EQ(moments_text(builder.build(), {}, Colour::No), "");
}

}  // namespace
}  // namespace hs::present
