// A disk on which a sync does not come back for a long while, as a stick or a worn disk does it.
// Nothing fails: the race goes on behind it, and nobody is told what is not true.

#include <gtest/gtest.h>

#include <deque>
#include <fstream>
#include <future>
#include <mutex>
#include <thread>

#include "engine/device_line.h"
#include "engine/event_folder.h"
#include "server/server.h"
#include "support/faulty_disk.h"
#include "support/harbour_ten.h"
#include "support/http_client.h"
#include "support/live_race.h"

namespace hs {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test_support::HttpClient;
using test_support::value_at;

constexpr int kRunners = 300;

std::string chip(int runner) { return "AB" + std::to_string(10001 + runner); }
base::RaceTime gun() { return base::RaceTime(seconds(1778234400)); }  // 2026-05-08T10:00:00 UTC.

/// One read of a MYLAPS box: the number of the message is that of the read, too.
std::string message(int number) {
  char time[40];
  const int ms = 1000 + number;
  std::snprintf(time, sizeof time, "10:%02d:%02d.%03d", ms / 60'000, ms / 1000 % 60, ms % 1000);
  return std::string("Start@Passing@t=") + time + "|c=" + chip(number % kRunners) +
         "|d=260508|dv=4@" + std::to_string(number) + "@$";
}

class DiskStalls : public testing::Test {
 protected:
  DiskStalls() {
    std::ofstream(temp_ / "event.toml", std::ios::binary)
        << test::kHarbourTen
        << "[[source]]\ndevice = \"mylaps\"\nclock = \"utc\"\nlisten = \"127.0.0.1:3097\"\n"
           "locations = { \"Start\" = \"arch\" }\n";
    std::ofstream entrants(temp_ / "entrants.csv", std::ios::binary);
    entrants << "bib,chips,name,race,wave\n";
    for (int i = 0; i < kRunners; ++i) entrants << i + 1 << "," << chip(i) << ",R,10k,A\n";
    entrants.close();
    const auto folder = engine::read_event_folder(temp_.path(), engine::Strict::No);
    EXPECT_TRUE(folder) << folder.error().text();
    event_ = folder->event;
    log::OpenOptions on_it;
    on_it.vfs = disk_.vfs();
    on_it.clock = &clock_;
    auto day = engine::RaceDay::open("stalled.race", scoring::Closing::ByFacts, on_it);
    EXPECT_TRUE(day && day->take(*folder));
    clock_.set(gun());
    engine::LiveEngine::Options options;
    options.clock = &clock_;
    engine_ = std::make_unique<engine::LiveEngine>(std::move(*day), options);
    story_ = std::make_unique<engine::LiveStory>(*engine_, engine::LiveStory::Options());
    server::Server::Options serving;
    serving.listen.port = 0;
    serving.token_file = temp_ / "tokens";
    serving.officials_every = milliseconds(2);
    auto server = server::Server::start(*engine_, *story_, serving);
    EXPECT_TRUE(server.has_value());
    server_ = std::move(*server);
    open_line();
  }
  ~DiskStalls() override { disk_.let_syncs_go(); }

  void open_line() {
    auto spool = engine::Spool::open(base::system_disk(), temp_.path(), "mylaps-0");
    ASSERT_TRUE(spool.has_value());
    engine::DeviceLine::Setup setup;
    setup.engine = engine_.get();
    setup.source = &event_.sources[0];
    setup.event = &event_;
    setup.clock = &clock_;
    setup.name = "mylaps-0";
    setup.post = [this](std::function<void()> what) {
      const std::lock_guard lock(mutex_);
      posted_.push_back(std::move(what));
    };
    line_ = engine::DeviceLine::open(std::move(setup), std::move(*spool)).value();
    line_->connected([this](const std::string& bytes) { sent_ += bytes; });
  }
  /// Runs what the engine has posted; true where there was something.
  bool run_posted() {
    std::deque<std::function<void()>> work;
    {
      const std::lock_guard lock(mutex_);
      work.swap(posted_);
    }
    for (const auto& one : work) one();
    return !work.empty();
  }
  void run_all() {
    do engine_->settle();
    while (run_posted());
  }
  [[nodiscard]] int thanks() const {
    int out = 0;
    constexpr std::string_view kThanks = "AckPassing@";
    for (std::size_t at = sent_.find(kThanks); at != std::string::npos;
         at = sent_.find(kThanks, at + 1)) {
      ++out;
    }
    return out;
  }
  [[nodiscard]] std::string shown(const std::string& path) const {
    HttpClient client(server_->port());
    std::string out;
    for (int i = 0; i < 2; ++i) {
      std::this_thread::sleep_for(milliseconds(10));
      out = value_at(client.get("/api/v1/races")->body, path);
    }
    return out;
  }
  [[nodiscard]] bool is_holding_soon() const {
    for (int i = 0; i < 2000 && !disk_.is_holding(); ++i) {
      std::this_thread::sleep_for(milliseconds(5));
    }
    return disk_.is_holding();
  }

  test::FaultyDisk disk_;
  test::TempFolder temp_;
  model::Event event_;
  test_support::SetClock clock_;
  std::unique_ptr<engine::LiveEngine> engine_;
  std::unique_ptr<engine::LiveStory> story_;
  std::unique_ptr<server::Server> server_;
  std::shared_ptr<engine::DeviceLine> line_;
  std::string sent_;
  std::mutex mutex_;
  std::deque<std::function<void()>> posted_;
};

TEST_F(DiskStalls, NobodyIsThankedBeforeTheSyncComesBackAndNothingIsLost) {
  constexpr int kReads = 6000;
  line_->received(message(0));
  run_all();
  ASSERT_EQ(thanks(), 1);
  const std::string as_of = shown("as_of.at");
  const model::FactSeq told = engine_->changes().last().seq;

  disk_.hold_syncs();
  line_->received(message(1));
  ASSERT_TRUE(is_holding_soon());
  clock_.set(gun() + seconds(5));
  for (int i = 2; i < kReads; ++i) line_->received(message(i));
  // The box waits twenty seconds and sends all of it again, as boxes do.
  clock_.set(gun() + seconds(25));
  for (int i = 1; i < kReads; ++i) line_->received(message(i));
  run_posted();
  line_->pump();
  EXPECT_EQ(thanks(), 1) << "thanked for what is on no disk";
  EXPECT_TRUE(line_->has_room()) << "what waits lies in the spool, not in memory";
  EXPECT_GT(line_->report().spool_bytes, 2U * (kReads - 300) * message(1).size());
  EXPECT_EQ(engine_->changes().last().seq, told) << "nobody is told what is on no disk";
  EXPECT_EQ(shown("as_of.at"), as_of) << "the page says how old it is";
  EXPECT_EQ(shown("items.0.counts.started"), "1");

  // An official's word waits as well, and is not said to be kept before it is.
  auto ruling = std::async(std::launch::async, [this] {
    model::NoteFact note;
    note.race = "10k";
    note.text = "the disk of the laptop is slow";
    note.author.by = "Sam";
    return engine_->add(note);
  });
  EXPECT_EQ(ruling.wait_for(milliseconds(50)), std::future_status::timeout);

  disk_.let_syncs_go();
  EXPECT_TRUE(ruling.get().has_value());
  run_all();
  EXPECT_TRUE(line_->is_drained());
  EXPECT_EQ(thanks(), 2 * kReads - 1) << "each message, also those that came twice";
  EXPECT_EQ(line_->report().spool_bytes, 0u);
  EXPECT_EQ(line_->report().trouble, "");
  EXPECT_EQ(shown("items.0.counts.started"), std::to_string(kRunners));
  EXPECT_NE(shown("as_of.at"), as_of);
  std::size_t stored = 0;
  for (std::uint32_t i = 0; i < kRunners; ++i) {
    stored += engine_->reads_of(model::EntrantId(i)).value().size();
  }
  EXPECT_EQ(stored, static_cast<std::size_t>(kReads)) << "each of them once";
}

}  // namespace
}  // namespace hs
