#include "engine/device_line.h"

#include <gtest/gtest.h>

#include <deque>
#include <fstream>
#include <mutex>

#include "engine/event_folder.h"
#include "support/harbour_ten.h"
#include "support/temp_folder.h"

namespace hs::engine {
namespace {

constexpr const char* kSource = R"([[source]]
device = "mylaps"
listen = "127.0.0.1:3097"
clock = "utc"
locations = { "Start" = "arch", "Finish" = "goal" }
)";

/// A disk that refuses to grow when told so.
class FullDisk final : public base::Disk {
 public:
  class Refusing final : public base::AppendFile {
   public:
    Refusing(std::unique_ptr<base::AppendFile> file, const bool& is_full)
        : file_(std::move(file)), is_full_(is_full) {}
    base::Result<void> append(std::string_view bytes) override {
      if (is_full_) return base::fail(base::ErrorCode::DiskFull, "no space is left");
      return file_->append(bytes);
    }
    [[nodiscard]] std::uint64_t size() const override { return file_->size(); }

   private:
    std::unique_ptr<base::AppendFile> file_;
    const bool& is_full_;
  };

  bool is_full = false;

  base::Result<std::unique_ptr<base::AppendFile>> open(const std::string& path) const override {
    HS_TRY(auto file, base::system_disk().open(path));
    return std::unique_ptr<base::AppendFile>(new Refusing(std::move(file), is_full));
  }
  base::Result<std::string> read(const std::string& path, std::uint64_t from,
                                 std::size_t most) const override {
    return base::system_disk().read(path, from, most);
  }
  base::Result<void> cut(const std::string& path, std::uint64_t size) const override {
    return base::system_disk().cut(path, size);
  }
  base::Result<void> remove(const std::string& path) const override {
    return base::system_disk().remove(path);
  }
  base::Result<std::vector<std::string>> files(const std::string& folder) const override {
    return base::system_disk().files(folder);
  }
};

/// A race, its engine, and one line; what is posted runs when `run` is called.
class Desk {
 public:
  explicit Desk(const std::string& device = "mylaps") {
    write("event.toml", std::string(test::kHarbourTen) + kSource);
    write("entrants.csv", "bib,chips,name,race,wave\n1,AB00001,Ana,10k,A\n2,AB00002,Bea,10k,A\n");
    const auto folder = read_event_folder(temp_.path(), Strict::No);
    EXPECT_TRUE(folder) << folder.error().text();
    event_ = folder->event;
    event_.sources[0].device = event_.sources[0].format = device;
    auto day = RaceDay::open(temp_ / "x.race", scoring::Closing::ByFacts);
    EXPECT_TRUE(day->take(*folder).has_value());
    start(std::move(*day));
  }

  void start(RaceDay day) { engine_ = std::make_unique<LiveEngine>(std::move(day), options_); }
  /// As after a kill: nothing of what was posted happens.
  void restart() {
    line.reset();
    engine_.reset();
    posted_.clear();
    auto day = RaceDay::open(temp_ / "x.race", scoring::Closing::ByFacts);
    EXPECT_TRUE(day.has_value());
    start(std::move(*day));
  }

  void open() {
    auto spool = Spool::open(disk, temp_.path(), "mylaps-0");
    ASSERT_TRUE(spool.has_value());
    DeviceLine::Setup setup;
    setup.engine = engine_.get();
    setup.source = &event_.sources[0];
    setup.event = &event_;
    setup.clock = &clock;
    setup.name = "mylaps";
    setup.post = [this](std::function<void()> what) {
      const std::lock_guard lock(mutex_);
      posted_.push_back(std::move(what));
    };
    auto opened = DeviceLine::open(std::move(setup), std::move(*spool));
    ASSERT_TRUE(opened.has_value());
    line = *opened;
  }
  void connect() {
    line->connected([this](const std::string& bytes) { sent += bytes; });
  }

  /// Runs what was posted once the engine has settled.
  void run() {
    for (bool more = true; more;) {
      engine_->settle();
      std::deque<std::function<void()>> now;
      {
        const std::lock_guard lock(mutex_);
        now.swap(posted_);
      }
      more = !now.empty();
      for (const auto& what : now) what();
    }
  }

  [[nodiscard]] model::RunnerStatus status(std::uint32_t runner) const {
    engine_->settle();
    return engine_->snapshot()->runner(model::EntrantId(runner))->result.status;
  }
  [[nodiscard]] LiveEngine& engine() { return *engine_; }
  [[nodiscard]] std::string folder() const { return temp_.path(); }

  FullDisk disk;
  base::ManualClock clock{base::RaceTime(std::chrono::seconds(1778234400))};
  std::shared_ptr<DeviceLine> line;
  std::string sent;

 private:
  void write(const std::string& name, const std::string& text) {
    std::ofstream(temp_ / name, std::ios::binary) << text;
  }
  test::TempFolder temp_;
  model::Event event_;
  LiveEngine::Options options_;
  std::unique_ptr<LiveEngine> engine_;
  std::mutex mutex_;
  std::deque<std::function<void()>> posted_;
};

std::string passing(const std::string& location, const std::string& chip, const std::string& time,
                    int number) {
  return location + "@Passing@t=" + time + "|c=" + chip + "|d=260508|dv=4@" +
         std::to_string(number) + "@$";
}

TEST(DeviceLine, ReadsAreThankedForOnceTheyAreStored) {
  Desk desk;
  desk.open();
  desk.connect();
  desk.line->received("Start@Pong@$");
  EXPECT_EQ(desk.sent, "Homestretch@AckPong@Version2.1@c|t|d|utc|dv|re|an|h|ct@$");
  desk.sent.clear();
  desk.line->received(passing("Start", "AB00001", "10:00:05.000", 7));
  EXPECT_EQ(desk.sent, "");  // The engine's word has not come yet.
  desk.run();
  EXPECT_EQ(desk.sent, "Homestretch@AckPassing@7@$");
  EXPECT_EQ(desk.status(0), model::RunnerStatus::Running);
  const LineReport report = desk.line->report();
  EXPECT_EQ(report.reads, 1u);
  EXPECT_EQ(report.reads_per_minute, std::vector<std::uint32_t>{1});
  EXPECT_EQ(report.last_read_at, desk.clock.now());
  EXPECT_EQ(report.trouble, "");
  EXPECT_TRUE(desk.line->is_drained());
}

TEST(DeviceLine, WhatWasKeptAndNotStoredIsStoredAfterARestart) {
  for (std::size_t cut = 0; cut < 3; ++cut) {
    Desk desk;
    desk.open();
    desk.connect();
    desk.line->received("Start@Pong@$" + passing("Start", "AB00001", "10:00:05.000", 7));
    desk.run();
    desk.engine().settle();
    // Bytes that reach the disk while the process is killed before it does anything with them.
    desk.line.reset();
    {
      auto spool = Spool::open(desk.disk, desk.folder(), "mylaps-0");
      ASSERT_TRUE(spool.has_value());
      const std::string late = passing("Finish", "AB00001", "10:40:05.000", 8) +
                               passing("Start", "AB00002", "10:00:09.000", 9);
      const std::string kept = late.substr(0, late.size() - 20 * cut);
      ASSERT_TRUE(spool->append(SpoolKind::Bytes, desk.clock.now(), kept).has_value());
    }
    desk.restart();
    desk.open();
    desk.run();
    EXPECT_EQ(desk.status(0), model::RunnerStatus::Finished) << cut;
    EXPECT_EQ(desk.status(1),
              cut == 0 ? model::RunnerStatus::Running : model::RunnerStatus::Entered);
    // The device knows nothing of it and sends again what it was not thanked for.
    const model::FactSeq before = desk.engine().changes().last().seq;
    desk.connect();
    desk.line->received("Start@Pong@$" + passing("Finish", "AB00001", "10:40:05.000", 8));
    desk.run();
    EXPECT_NE(desk.sent.find("AckPassing@8@"), std::string::npos);
    EXPECT_EQ(desk.engine().changes().last().seq, before) << "a read counted twice";
  }
}

TEST(DeviceLine, ThanksGoOnlyToTheConnectionThatBroughtTheReads) {
  Desk desk;
  desk.open();
  desk.connect();
  desk.line->received(passing("Start", "AB00001", "10:00:05.000", 7));
  desk.line->disconnected();
  desk.sent.clear();
  desk.connect();
  desk.run();
  EXPECT_EQ(desk.sent, "");
  EXPECT_EQ(desk.status(0), model::RunnerStatus::Running);
}

TEST(DeviceLine, AFullDiskOfTheSpoolCostsNoRead) {
  Desk desk;
  desk.open();
  desk.connect();
  desk.disk.is_full = true;
  desk.line->received(passing("Start", "AB00001", "10:00:05.000", 7));
  EXPECT_NE(desk.line->report().trouble.find("no space is left"), std::string::npos);
  desk.run();
  EXPECT_NE(desk.sent.find("AckPassing@7@"), std::string::npos);
  EXPECT_EQ(desk.status(0), model::RunnerStatus::Running);
  desk.disk.is_full = false;
  desk.line->received(passing("Finish", "AB00001", "10:40:05.000", 8));
  desk.run();
  EXPECT_EQ(desk.status(0), model::RunnerStatus::Finished);
  EXPECT_EQ(desk.line->report().trouble, "");
}

TEST(DeviceLine, WhereNoDiskTakesAnythingMemoryDoesNotGrowWithoutEnd) {
  Desk desk;
  desk.open();
  desk.connect();
  desk.disk.is_full = true;
  int number = 0;
  // Nothing of what the engine stored is said to the line, as where it cannot store.
  while (desk.line->has_room() && number < 100'000) {
    desk.line->received(passing("Start", "AB00001", "10:00:05.000", ++number));
  }
  EXPECT_GT(number, 1'000);
  EXPECT_LT(number, 10'000);
  EXPECT_FALSE(desk.line->has_room());
  desk.run();
  EXPECT_TRUE(desk.line->has_room());
  EXPECT_TRUE(desk.line->is_drained());
}

TEST(DeviceLine, ManyMessagesAtOnceAreAllStoredAndThankedFor) {
  Desk desk;
  desk.open();
  desk.connect();
  std::string all;
  constexpr int kMessages = 2000;
  for (int i = 0; i < kMessages; ++i) {
    all += passing("Start", "AB0000" + std::to_string(1 + i % 2),
                   "10:00:05." + std::to_string(100 + i % 900), i);
  }
  desk.line->received(all);
  desk.run();
  for (const int i : {0, 1, kMessages / 2, kMessages - 1}) {
    EXPECT_NE(desk.sent.find("AckPassing@" + std::to_string(i) + "@"), std::string::npos) << i;
  }
  EXPECT_EQ(desk.line->report().reads, static_cast<std::uint64_t>(kMessages));
  EXPECT_TRUE(desk.line->is_drained());
}

TEST(DeviceLine, WhatIsInTheLogIsNotSaidToWait) {
  Desk desk("csv");
  desk.open();
  desk.connect();
  desk.line->received("arch,AB00001,2026-05-08T10:00:05Z\n");
  EXPECT_GT(desk.line->report().spool_bytes, 0u);
  desk.run();
  EXPECT_NE(desk.sent.find("OK 1"), std::string::npos) << desk.sent;
  EXPECT_EQ(desk.line->report().reads, 1u);
  EXPECT_EQ(desk.line->report().spool_bytes, 0u);
}

TEST(DeviceLine, AMatThatNobodyKnowsIsSaidAndItsReadsAreKept) {
  Desk desk;
  desk.open();
  desk.connect();
  desk.line->received(passing("5K", "AB00001", "10:20:05.000", 7) + "Start@Store@rubbish@8@$");
  desk.run();
  EXPECT_NE(desk.sent.find("AckPassing@7@"), std::string::npos);
  EXPECT_NE(desk.sent.find("AckStore@8@"), std::string::npos);
  const LineReport report = desk.line->report();
  EXPECT_NE(report.trouble.find("'5K'"), std::string::npos);
  EXPECT_EQ(report.reads, 1u);
  EXPECT_EQ(report.bad, 1u);
  EXPECT_EQ(report.last_bad.size(), 1u);
}

TEST(DeviceLine, ADeviceThatSaysNothingIsAskedAndThenLost) {
  Desk desk;
  desk.open();
  desk.connect();
  desk.sent.clear();
  for (int i = 0; i < readers::DeviceSession::kMostQuiet; ++i) EXPECT_TRUE(desk.line->quiet());
  EXPECT_EQ(desk.sent, "Homestretch@Ping@$Homestretch@Ping@$Homestretch@Ping@$");
  EXPECT_FALSE(desk.line->quiet());
  desk.line->received("Start@AckPing@$");
  EXPECT_TRUE(desk.line->quiet());
}

TEST(DeviceLine, AMessageWithoutEndEndsTheConnectionAndTheNextOneIsUnderstood) {
  Desk desk;
  desk.open();
  desk.connect();
  for (int i = 0; i < 10; ++i) desk.line->received(std::string(100'000, 'x'));
  EXPECT_NE(desk.line->give_up(), "");
  desk.line->disconnected();
  desk.connect();
  EXPECT_EQ(desk.line->give_up(), "");
  desk.line->received(passing("Start", "AB00001", "10:00:05.000", 7));
  desk.run();
  EXPECT_EQ(desk.status(0), model::RunnerStatus::Running);
}

}  // namespace
}  // namespace hs::engine
