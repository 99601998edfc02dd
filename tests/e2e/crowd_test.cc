// Many at the door of `homestretch serve` at once, most of them up to no good.
//
// HS_GUESSES: how many tokens are guessed (20,000 if not set; `./dev full` guesses a million).

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <thread>

#include "support/crowd.h"
#include "support/crowd_race.h"
#include "support/http_client.h"
#include "support/process_figures.h"
#include "support/program_run.h"

namespace hs::e2e {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test_support::Crowd;
using test_support::CrowdRace;
using test_support::HttpClient;
using test_support::request_text;
using test_support::ServeRun;

std::uint64_t guesses_wanted() {
  const char* text = std::getenv("HS_GUESSES");
  return text == nullptr ? 20'000 : std::strtoull(text, nullptr, 10);
}

/// A crowd that tries one token after the other, as fast as it is answered.
class Guessers {
 public:
  Guessers(std::uint16_t port, Crowd::From from, std::size_t many, std::size_t first_address)
      : crowd_(port, from), many_(crowd_.join(many, first_address)) {}

  /// Guesses as fast as it is answered, until so many were or for so long.
  void guess(std::uint64_t answers, seconds most) {
    for (std::size_t i = 0; i < many_; ++i) guess_once(i);
    crowd_.listen(std::chrono::steady_clock::now() + most,
                  [&](std::size_t client, std::string_view bytes) {
                    for (std::size_t more = count(bytes); more > 0; --more) guess_once(client);
                    if (answered_ >= answers) crowd_.stop();
                  });
  }
  /// Each guesses once a round, answered or not.
  void guess_in_rounds(int rounds, milliseconds each) {
    for (int round = 0; round < rounds; ++round) {
      for (std::size_t i = 0; i < many_; ++i) guess_once(i);
      crowd_.listen(std::chrono::steady_clock::now() + each,
                    [&](std::size_t, std::string_view bytes) { (void)count(bytes); });
    }
  }
  [[nodiscard]] std::size_t many() const { return many_; }
  [[nodiscard]] std::uint64_t answered() const { return answered_; }
  [[nodiscard]] std::uint64_t let_in() const { return let_in_; }

 private:
  /// The answers that begin in these bytes.
  std::size_t count(std::string_view bytes) {
    constexpr std::string_view kHead = "HTTP/1.1 ";
    std::size_t out = 0;
    for (std::size_t at = bytes.find(kHead); at != std::string_view::npos;
         at = bytes.find(kHead, at + 1)) {
      ++out;
      if (bytes.substr(at + kHead.size(), 1) == "2") ++let_in_;
    }
    answered_ += out;
    return out;
  }
  void guess_once(std::size_t client) {
    char token[64];
    std::snprintf(token, sizeof token, "%08x.%030llx", 0xdeadbeefU,
                  static_cast<unsigned long long>(++guessed_));
    std::string text;
    if (guessed_ % 2 == 0) {
      text.append("Authorization: Bearer ").append(token).append("\r\n");
      crowd_.say(client, request_text("GET", "/api/v1/console", text));
    } else {
      text.append(R"({"token":")").append(token).append(R"("})");
      crowd_.say(client,
                 request_text("POST", "/api/v1/login", "Content-Type: application/json\r\n", text));
    }
  }
  Crowd crowd_;
  std::size_t many_;
  std::uint64_t guessed_ = 0;
  std::uint64_t answered_ = 0;
  std::uint64_t let_in_ = 0;
};

class AtTheDoor : public testing::Test {
 protected:
  void SetUp() override {
    if (!test_support::has_program()) GTEST_SKIP() << "HS_PROGRAM is not set";
    serve_ = std::make_unique<ServeRun>(race_.folder(), std::vector<std::string>{"--no-watch"});
    ASSERT_TRUE(serve_->is_up()) << serve_->run().errors();
  }
  /// Works on as an official until `is_over`; how many requests went well, and the slowest.
  struct Work {
    int done = 0;
    int refused = 0;
    milliseconds slowest{0};
  };
  Work work_until(const std::atomic<bool>& is_over) {
    HttpClient client(serve_->officials());
    const std::string bearer = serve_->bearer("timer");
    Work out;
    while (!is_over) {
      const auto began = std::chrono::steady_clock::now();
      const auto seen = client.get("/api/v1/console", bearer);
      const auto written =
          client.ask("POST", "/api/v1/reads", race_.rows(1), bearer + "Content-Type: text/csv\r\n");
      const bool is_good = seen && seen->status == 200 && written && written->status == 200;
      ++(is_good ? out.done : out.refused);
      out.slowest = std::max(
          out.slowest, std::chrono::ceil<milliseconds>(std::chrono::steady_clock::now() - began));
      std::this_thread::sleep_for(milliseconds(20));
    }
    return out;
  }
  /// Signs in as somebody who has not been there before; tries again as it is told to.
  [[nodiscard]] bool a_newcomer_signs_in() const {
    const std::string bearer = serve_->bearer("referee");
    HttpClient client(serve_->officials());
    for (int i = 0; i < 100; ++i) {
      const auto answer = client.get("/api/v1/referee", bearer);
      if (!answer) return false;
      if (answer->status == 200) return true;
      std::this_thread::sleep_for(milliseconds(100));
    }
    return false;
  }

  CrowdRace race_{2000};
  std::unique_ptr<ServeRun> serve_;
};

// Generous: a sanitizer keeps freed memory for a while, and a busy machine is slow.
constexpr double kMoreMegabytes = 300;
constexpr milliseconds kSlowestWork{5'000};

TEST_F(AtTheDoor, WhoGuessesTokensIsSlowedAndNobodyElse) {
  const double before = test_support::most_megabytes(serve_->run().id());
  // Known before the guessing begins, as at a race.
  HttpClient timer(serve_->officials());
  ASSERT_EQ(timer.get("/api/v1/console", serve_->bearer("timer"))->status, 200);
  std::atomic<bool> is_over{false};
  Guessers guessers(serve_->officials(), Crowd::From::OneAddress, 64, 0);
  std::thread guessing([&] {
    guessers.guess(guesses_wanted(), seconds(280));
    is_over = true;
  });
  const Work work = work_until(is_over);
  guessing.join();
  EXPECT_GE(guessers.answered(), guesses_wanted());
  EXPECT_EQ(guessers.let_in(), 0u);
  EXPECT_GT(work.done, 0);
  EXPECT_EQ(work.refused, 0);
  EXPECT_LT(work.slowest, kSlowestWork);
  EXPECT_TRUE(a_newcomer_signs_in()) << "from another address";
  EXPECT_LT(test_support::most_megabytes(serve_->run().id()) - before, kMoreMegabytes);
  std::printf("%llu guesses, slowest of %d requests of an official %lld ms\n",
              static_cast<unsigned long long>(guessers.answered()), 2 * work.done,
              static_cast<long long>(work.slowest.count()));
}

TEST_F(AtTheDoor, GuessersFromManyAddressesKeepNobodyFromWorking) {
  HttpClient timer(serve_->officials());
  ASSERT_EQ(timer.get("/api/v1/console", serve_->bearer("timer"))->status, 200);
  std::atomic<bool> is_over{false};
  // Each one's first guess would have to be looked at, and that takes 50 ms: 15 s of it.
  Guessers guessers(serve_->officials(), Crowd::From::AddressesOfTheirOwn, 300, 1000);
  ASSERT_EQ(guessers.many(), 300u);
  std::thread guessing([&] {
    guessers.guess_in_rounds(12, milliseconds(250));
    is_over = true;
  });
  const Work work = work_until(is_over);
  guessing.join();
  EXPECT_GT(guessers.answered(), 0u);
  EXPECT_EQ(guessers.let_in(), 0u);
  EXPECT_GE(work.done, 5);
  EXPECT_EQ(work.refused, 0);
  EXPECT_LT(work.slowest, kSlowestWork);
  EXPECT_TRUE(a_newcomer_signs_in());
}

}  // namespace
}  // namespace hs::e2e
