// The pages in a real browser. The invented field of tests/support is written as a story and an
// officials' page, with the cards, into the build folder (page/, for looking at too:
// HS_PAGE_RUNNERS=20000 makes a big one), then Chromium opens it: by itself where only Chromium is
// there, and with page_check.mjs where `npm ci` was run in tests/e2e. What is missing is skipped
// with a word.

#include <gtest/gtest.h>

#include <string>

#include "base/file.h"
#include "moments/find_moments.h"
#include "present/moment_card.h"
#include "present/officials_page.h"
#include "present/story_page.h"
#include "support/page_field.h"
#include "support/shell.h"

namespace hs {
namespace {

using test_support::environment;
using test_support::missing_for_browser;
using test_support::run_shell;

class PageInBrowser : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder = environment("HS_BUILD_DIR", testing::TempDir()) + "/page";
    ASSERT_TRUE(base::make_folder(folder).has_value());
    constexpr const char* kRunners = "3000";
    const auto runners = std::stoul(environment("HS_PAGE_RUNNERS", kRunners));
    const model::EventResults field = test_support::page_field(runners, 7);
    const auto moments = moments::find_moments(field);
    present::StoryOptions options;
    options.cards = present::Cards::Yes;
    const std::string page = present::story_page(field, moments, {}, options);
    ASSERT_TRUE(base::write_file(story(), page).has_value());
    ASSERT_TRUE(base::make_folder(folder + "/cards").has_value());
    for (const auto& moment : present::choose_moments(field, moments, options).told) {
      const auto card = present::moment_card(field, moment);
      ASSERT_TRUE(card.has_value());
      const std::string path = folder + "/cards/" + present::card_name(moment);
      ASSERT_TRUE(base::write_file(path, card->png).has_value());
    }
    ASSERT_TRUE(base::write_file(officials(), present::officials_page(field, moments)).has_value());
  }

  static std::string story() { return folder + "/story.html"; }
  static std::string officials() { return folder + "/officials.html"; }

  // The page as the browser has it after the script ran, at an address.
  static std::string document_at(const std::string& fragment) {
    return run_shell(
               "timeout 60 chromium --headless --no-sandbox --disable-gpu --dump-dom 'file://" +
               story() + fragment + "' 2>/dev/null")
        .output;
  }

  static inline std::string folder;
};

TEST_F(PageInBrowser, AddressOpensTheRunnerWithTheMissedMatAsTwoTimes) {
  if (!test_support::is_on_path("chromium")) GTEST_SKIP() << "no chromium on this machine";
  const std::string page = document_at("#bib=9");
  ASSERT_NE(page.find("</html>"), std::string::npos) << "chromium gave no document";
  EXPECT_NE(page.find("missed mat: between "), std::string::npos);
  EXPECT_NE(page.find("aria-expanded=\"true\""), std::string::npos);
  EXPECT_NE(page.find("class=\"detail\""), std::string::npos);
}

TEST_F(PageInBrowser, NothingIsBrokenToEyesKeyboardOrScreenReader) {
  const std::string missing = missing_for_browser();
  if (!missing.empty()) GTEST_SKIP() << missing;
  const auto check =
      run_shell("cd '" + test_support::browser_tools() + "' && timeout 120 node page_check.mjs '" +
                story() + "' '" + officials() + "' 2>&1");
  EXPECT_EQ(check.status, 0) << check.output;
}

}  // namespace
}  // namespace hs
