// The live page of the real program in a real browser: `homestretch demo` races, and
// live_page_check.mjs looks at every view while it does. What is missing is skipped with a word.

#include <gtest/gtest.h>

#include <string>

#include "support/http_client.h"
#include "support/program_run.h"
#include "support/shell.h"
#include "support/temp_folder.h"

namespace hs {
namespace {

/// The first words behind others, up to a blank or the end of the line.
std::string word_behind(const std::string& text, const std::string& words) {
  const std::size_t at = text.find(words);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + words.size();
  return text.substr(begin, text.find_first_of(" \n", begin) - begin);
}

class LivePage : public testing::Test {
 protected:
  void SetUp() override {
    if (!test_support::has_program()) GTEST_SKIP() << "HS_PROGRAM is not set";
    const std::string missing = test_support::missing_for_browser();
    if (!missing.empty()) GTEST_SKIP() << missing;
  }
};

TEST_F(LivePage, NothingIsBrokenWhileTheDemoRaces) {
  const test::TempFolder folder;
  test_support::ProgramRun demo(
      {"demo", "--runners", "400", "--speed", "300", "--stay", "--out", folder / "demo"});
  ASSERT_TRUE(demo.says(" on the course")) << demo.output() << demo.errors();
  const std::string page = word_behind(demo.output(), "the page: ");
  ASSERT_FALSE(page.empty()) << demo.output();
  test_support::HttpClient client(
      static_cast<std::uint16_t>(std::stoi(page.substr(page.rfind(':') + 1))));
  const auto shell = client.get("/");
  ASSERT_TRUE(shell.has_value());
  if (shell->body.find("<script") == std::string::npos) {
    GTEST_SKIP() << "this build has no page: see web/README.md";
  }
  const auto check = test_support::run_shell("cd '" + test_support::browser_tools() +
                                             "' && HS_EXPECT_LIVE=1 timeout 300 node "
                                             "live_page_check.mjs '" +
                                             page + "' 2>&1");
  EXPECT_EQ(check.status, 0) << check.output;
  EXPECT_NE(check.output.find("nothing found"), std::string::npos) << check.output;
}

}  // namespace
}  // namespace hs
