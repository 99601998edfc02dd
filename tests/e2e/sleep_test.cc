// The laptop sleeps in the middle of the race and wakes: the program stands still with everything
// that it holds open, while a box goes on sending.

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "e2e/small_race.h"
#include "support/event_stream_client.h"
#include "support/http_client.h"
#include "support/live_race.h"
#include "support/program_run.h"

namespace hs::e2e {
namespace {

using std::chrono::milliseconds;
using test_support::EventStreamClient;
using test_support::HttpClient;
using test_support::ServeRun;
using test_support::value_at;

TEST(Sleep, WhoWasThereBeforeIsThereAfterwardsAndNothingIsMissing) {
  if (!test_support::has_program()) GTEST_SKIP() << "HS_PROGRAM is not set";
  const test::TempFolder folder;
  const std::uint16_t port = free_port();
  SmallRace::write(folder.path(), SmallRace::live_source(port));
  ServeRun serve(folder.path());
  ASSERT_TRUE(serve.is_up()) << serve.run().errors();

  HttpClient official(serve.officials());
  const std::string bearer = serve.bearer("timer");
  const std::string token = bearer.substr(bearer.find("Bearer ") + 7);
  const auto login = official.ask("POST", "/api/v1/login",
                                  "{\"token\":\"" + token.substr(0, token.size() - 2) + "\"}",
                                  "Content-Type: application/json\r\n");
  ASSERT_TRUE(login && login->status == 200) << login->body;
  const std::string set = login->headers.at("set-cookie");
  const std::string cookie = "Cookie: " + set.substr(0, set.find(';')) + "\r\n";
  EventStreamClient page(serve.everybody());
  ASSERT_TRUE(page.is_open());

  const std::vector<std::string> all = SmallRace::messages();
  std::atomic<std::size_t> thanked{0};
  std::thread box_thread([&] {
    Box box(port);
    for (const std::string& message : all) {
      if (!box.send({message})) return;
      ++thanked;
      std::this_thread::sleep_for(milliseconds(20));
    }
  });
  while (thanked < all.size() / 3) std::this_thread::sleep_for(milliseconds(1));
  serve.sleep();
  std::this_thread::sleep_for(milliseconds(300));
  const std::size_t asleep = thanked;
  std::this_thread::sleep_for(milliseconds(1'200));
  EXPECT_EQ(thanked, asleep) << "who sleeps thanks nobody";
  EXPECT_LT(asleep, all.size());
  serve.wake();
  box_thread.join();
  EXPECT_EQ(thanked, all.size()) << "over the connection of before";

  // The page was told of each once and never to read anew.
  std::set<std::string> splits;
  while (splits.size() < 31) {  // Eleven starts, ten half way, ten finish.
    const auto event = page.next();
    ASSERT_TRUE(event.has_value()) << splits.size();
    ASSERT_EQ(event->event, "changes");
    for (int i = 0; value_at(event->data, std::to_string(i)) == "object"; ++i) {
      const std::string at = std::to_string(i) + ".";
      if (value_at(event->data, at + "kind") != "split") continue;
      const std::string what =
          value_at(event->data, at + "bib") + " " + value_at(event->data, at + "orders.0");
      EXPECT_TRUE(splits.insert(what).second) << what << " again";
    }
  }
  EXPECT_EQ(official.get("/api/v1/session", cookie)->status, 200) << "still signed in";
  const auto console = official.get("/api/v1/console", cookie);
  ASSERT_TRUE(console && console->status == 200);
  EXPECT_EQ(value_at(console->body, "readers.0.reads"), std::to_string(all.size()));
  EXPECT_EQ(value_at(console->body, "readers.0.trouble"), "-");
  EXPECT_EQ(serve.run().output().find("ONLY RECORDING"), std::string::npos);
  EXPECT_EQ(serve.run().errors(), "") << "nobody was started again";
}

}  // namespace
}  // namespace hs::e2e
