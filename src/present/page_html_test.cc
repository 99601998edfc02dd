#include "present/page_html.h"

#include <gtest/gtest.h>

#include "present/page_assets.h"
#include "present/page_plot.h"
#include "present/page_time.h"
#include "present/plot_words.h"

namespace hs::present {
namespace {

TEST(PageHtml, MarkupInTextIsShownNotObeyed) {
  EXPECT_EQ(escape_html("<b a='1' c=\"2\">&"), "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;");
  EXPECT_EQ(escape_html("a\nb\x07"
                        "c"),
            "a b c");
  EXPECT_EQ(escape_html("\xD7\x93\xD7\x95"), "\xD7\x93\xD7\x95");
}

TEST(PageHtml, NameFromRightToLeftIsIsolated) {
  EXPECT_EQ(isolate("\xD7\x93<"), "<bdi>\xD7\x93&lt;</bdi>");
}

TEST(PageHtml, JsonCannotEndItsScript) {
  const std::string text =
      json_string("</script><!-- & \" \\ \n\t \xE2\x80\xA8 \xE2\x80\xA9 \xE2\x80\x93");
  EXPECT_EQ(text,
            "\"\\u003c/script\\u003e\\u003c!-- \\u0026 \\\" \\\\ \\n\\u0009 \\u2028 \\u2029 "
            "\xE2\x80\x93\"");
}

TEST(PageHtml, PageForbidsItselfTheNetwork) {
  const std::string page = whole_page({"A & B", "<main></main>", "", ""});
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
  EXPECT_NE(page.find("<title>A &amp; B</title>"), std::string::npos);
  // Without a script nothing may promise one.
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_NE(page.find("class=\"no-js\""), std::string::npos);
}

TEST(PageHtml, AssetsAreEmbeddedWhole) {
  EXPECT_EQ(page_css().substr(0, 2), "/*");
  EXPECT_EQ(story_js().substr(story_js().size() - 6), "})();\n");
  // A style or script that closed its own element would spill onto the page.
  EXPECT_EQ(page_css().find("</"), std::string_view::npos);
  EXPECT_EQ(story_js().find("</script"), std::string_view::npos);
}

TEST(PageHtml, PageSaysItsLanguage) {
  EXPECT_NE(whole_page({"T", "", "", ""}).find("<html lang=\"en\""), std::string::npos);
  EXPECT_NE(whole_page({"T", "", "", "", "de"}).find("<html lang=\"de\""), std::string::npos);
}

base::Duration milliseconds(std::int64_t value) { return std::chrono::milliseconds(value); }

TEST(PageTime, TimesAreCutAndOfficialOnesRoundedUp) {
  EXPECT_EQ(cut_seconds(milliseconds(11'480'999)), "3:11:20");
  EXPECT_EQ(cut_seconds(milliseconds(680'999)), "11:20");
  EXPECT_EQ(cut_seconds(milliseconds(-5'500)), "\u22120:05");
  EXPECT_EQ(official_text(milliseconds(7'784'300), base::Rounding::UpToSecond), "2:09:45");
  EXPECT_EQ(official_text(milliseconds(1'054'000), base::Rounding::UpToSecond), "17:34");
  EXPECT_EQ(official_text(milliseconds(239'541), base::Rounding::UpToHundredth), "3:59.55");
}

TEST(PageTime, PaceOutOfReasonIsNotShown) {
  EXPECT_EQ(pace_text(271.9), "4:31");
  EXPECT_EQ(pace_text(-1), "");
  EXPECT_EQ(pace_text(86'400), "");
}

TEST(PageTime, PointsHaveTheNamesPeopleSay) {
  EXPECT_EQ(point_label(std::string("40k")), "40K");
  EXPECT_EQ(point_label(std::string("half")), "half way");
  EXPECT_EQ(point_label(std::string("park")), "park");
  EXPECT_EQ(point_label(std::string("k")), "k");
  EXPECT_EQ(kilometre_words(2.195, Language()), "2.2 km");
  EXPECT_EQ(kilometre_words(0.4, Language()), "400 m");
  EXPECT_EQ(kilometre_words(40, Language()), "40 km");
  EXPECT_EQ(kilometre_words(2.195, *Language::named("de")), "2,2 km");
  EXPECT_EQ(kilometre_words(0, *Language::named("de")), "Start");
}

TEST(PagePlot, LettersAreNotPartOfTheStretchedDrawing) {
  Plot plot("two <points>", {0, 10}, {0, 100}, 200);
  plot.grid(50, "half");
  plot.tick(5, "mid");
  plot.line({{0, 0}, {10, 100}}, Plot::Stroke::Main);
  const std::string html = plot.html();
  EXPECT_EQ(html.find("<text"), std::string::npos);
  EXPECT_NE(html.find("aria-label=\"two &lt;points&gt;\""), std::string::npos);
  EXPECT_NE(html.find("<path class=\"main\" d=\"M0 2000L2000 0\"/>"), std::string::npos);
  EXPECT_NE(html.find("style=\"top:50%\">half</span>"), std::string::npos);
  EXPECT_NE(html.find("style=\"left:50%\">mid</span>"), std::string::npos);
}

TEST(PagePlot, TurnedAxisPutsTheFastUpAndCutsWhatLiesOutside) {
  Plot plot("pace", {0, 10}, {400, 200}, 200);
  plot.line({{0, 200}, {20, 500}}, Plot::Stroke::Second);
  EXPECT_NE(plot.html().find("d=\"M0 0L2000 2000\""), std::string::npos);
}

TEST(PagePlot, TicksAreRoundAndNeverTooMany) {
  EXPECT_EQ(round_ticks(100, 700, 4, kSecondSteps), (std::vector<double>{180, 360, 540}));
  EXPECT_EQ(round_ticks(0, 42.195, 5, kKilometreSteps), (std::vector<double>{0, 10, 20, 30, 40}));
  EXPECT_LE(round_ticks(0, 100'000, 4, kKilometreSteps).size(), 5U);
}

TEST(PagePlot, StairsHoldEachValueToTheNext) {
  const Plot::Points expected = {{0, 5}, {10, 5}, {10, 6}, {20, 6}};
  EXPECT_EQ(stairs({{0, 5}, {10, 6}}, 20), expected);
}

}  // namespace
}  // namespace hs::present
