// The live page of the real program in a real browser: `homestretch demo` races, and the scripts
// beside this file look at every view while it does. What is missing is skipped with a word.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

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

/// One demo for all tests, racing while they look.
class LivePage : public testing::Test {
 protected:
  static void TearDownTestSuite() {
    demo.reset();
    folder.reset();
  }
  void SetUp() override {
    if (!test_support::has_program()) GTEST_SKIP() << "HS_PROGRAM is not set";
    const std::string missing = test_support::missing_for_browser();
    if (!missing.empty()) GTEST_SKIP() << missing;
    if (demo == nullptr) {
      folder = std::make_unique<test::TempFolder>();
      demo = std::make_unique<test_support::ProgramRun>(std::vector<std::string>{
          "demo", "--runners", "400", "--speed", "300", "--stay", "--out", *folder / "demo"});
    }
    ASSERT_TRUE(demo->says(" on the course")) << demo->output() << demo->errors();
    page = word_behind(demo->output(), "the page: ");
    ASSERT_FALSE(page.empty()) << demo->output();
    test_support::HttpClient client(
        static_cast<std::uint16_t>(std::stoi(page.substr(page.rfind(':') + 1))));
    const auto shell = client.get("/");
    ASSERT_TRUE(shell.has_value());
    if (shell->body.find("<script") == std::string::npos) {
      GTEST_SKIP() << "this build has no page: see web/README.md";
    }
  }
  /// A script in the browser against the demo.
  static test_support::ShellEnd check(const std::string& variables, const std::string& script) {
    return test_support::run_shell("cd '" + test_support::browser_tools() + "' && " + variables +
                                   " timeout 500 node " + script + " '" + page + "' 2>&1");
  }

  static inline std::unique_ptr<test::TempFolder> folder;
  static inline std::unique_ptr<test_support::ProgramRun> demo;
  static inline std::string page;
};

TEST_F(LivePage, NothingIsBrokenWhileTheDemoRaces) {
  const auto looked = check("HS_EXPECT_LIVE=1", "live_page_check.mjs");
  EXPECT_EQ(looked.status, 0) << looked.output;
  EXPECT_NE(looked.output.find("nothing found"), std::string::npos) << looked.output;
}

TEST_F(LivePage, OfficialsSignInCorrectAndHide) {
  const auto token = test_support::run_program(
      {"token", *folder / "demo/event", "add", "--role", "timer", "--name", "Page"});
  ASSERT_EQ(token.exit, 0) << token.errors;
  const std::string secret = token.output.substr(0, token.output.find('\n'));
  const auto looked = check("HS_TOKEN='" + secret + "'", "officials_page_check.mjs");
  EXPECT_EQ(looked.status, 0) << looked.output;
}

}  // namespace
}  // namespace hs
