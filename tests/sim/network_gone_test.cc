// The network between a device and the laptop is gone for an hour while runners come in; the device
// keeps what it hears. Nothing waits here: the hour is on the clocks of both. IPICO readers keep no
// place for us (docs/read-formats.md): what they held comes with their files.

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <fstream>
#include <mutex>
#include <set>
#include <thread>

#include "engine/device_line.h"
#include "engine/event_folder.h"
#include "log/race_file.h"
#include "model/fact_codec.h"
#include "server/access.h"
#include "server/server.h"
#include "sim/emulators/chronotrack_source.h"
#include "sim/emulators/mylaps_client.h"
#include "sim/emulators/raceresult_box.h"
#include "sim/emulators/ultra_box.h"
#include "support/event_stream_client.h"
#include "support/harbour_ten.h"
#include "support/live_race.h"

namespace hs::sim_test {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using test_support::EventStreamClient;
using test_support::HttpClient;
using test_support::value_at;

constexpr int kMinutes = 100;  // A runner finishes each minute; the network is gone from 10 to 70.
constexpr int kGoneFrom = 10;
constexpr int kGoneUntil = 70;
constexpr base::Duration kNoticed = minutes(5);  // Until then the device thinks it is heard.

/// A device as this test needs it: how the event file names it, and its emulator.
struct Kind {
  const char* name;
  bool names_locations;  ///< Else the source says which mat it stands at.
  bool tells_time;       ///< So that a clock that is wrong can be seen.
  std::unique_ptr<sim::Emulator> (*make)();
};

const Kind kKinds[] = {
    {"mylaps", true, false,
     []() -> std::unique_ptr<sim::Emulator> {
       sim::MylapsSetup setup;
       setup.locations = {"Finish"};
       return std::make_unique<sim::MylapsClient>(setup);
     }},
    {"chronotrack", true, false,
     []() -> std::unique_ptr<sim::Emulator> {
       sim::ChronotrackSetup setup;
       setup.locations = {"Finish"};
       return std::make_unique<sim::ChronotrackSource>(setup);
     }},
    {"raceresult", false, true,
     []() -> std::unique_ptr<sim::Emulator> {
       return std::make_unique<sim::RaceresultBox>(sim::RaceresultSetup());
     }},
    {"ultra", false, true,
     []() -> std::unique_ptr<sim::Emulator> {
       return std::make_unique<sim::UltraBox>(sim::UltraSetup());
     }},
};

std::ostream& operator<<(std::ostream& out, const Kind& kind) { return out << kind.name; }

std::string chip(int runner) { return "0580000" + std::to_string(10001 + runner); }
std::string bib(int runner) { return std::to_string(runner + 1); }
base::RaceTime gun() { return base::RaceTime(seconds(1778234400)); }  // 2026-05-08T10:00:00 UTC.
base::RaceTime begin() { return gun() + minutes(30); }                // Of this test.
base::RaceTime finish_of(int runner) { return begin() + minutes(runner) + seconds(5); }

class NetworkGone : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    const Kind& kind = GetParam();
    const std::string where =
        kind.names_locations
            ? "listen = \"127.0.0.1:3097\"\nlocations = { \"Finish\" = \"goal\" }\n"
            : "connect = \"127.0.0.1:3601\"\nmat = \"goal\"\n";
    std::ofstream(temp_ / "event.toml", std::ios::binary)
        << test::kHarbourTen << "[[source]]\ndevice = \"" << kind.name << "\"\nclock = \"utc\"\n"
        << where;
    std::ofstream entrants(temp_ / "entrants.csv", std::ios::binary);
    entrants << "bib,chips,name,race,wave\n";
    for (int i = 0; i < kMinutes; ++i)
      entrants << bib(i) << "," << chip(i) << ",R" << i << ",10k,A\n";
    entrants.close();
    const auto folder = engine::read_event_folder(temp_.path(), engine::Strict::No);
    ASSERT_TRUE(folder) << folder.error().text();
    event_ = folder->event;
    auto day = engine::RaceDay::open(race_file(), scoring::Closing::ByFacts);
    ASSERT_TRUE(day && day->take(*folder));
    clock_.set(begin());
    engine::LiveEngine::Options options;
    options.clock = &clock_;
    engine_ = std::make_unique<engine::LiveEngine>(std::move(*day), options);
    engine::LiveStory::Options story;
    story.clock = &clock_;
    story_ = std::make_unique<engine::LiveStory>(*engine_, story);
    open_line();
    serve();
    device_ = kind.make();
  }

  [[nodiscard]] std::string race_file() const { return temp_ / "x.race"; }

  void open_line() {
    auto spool = engine::Spool::open(base::system_disk(), temp_.path(), "box-0");
    ASSERT_TRUE(spool.has_value());
    engine::DeviceLine::Setup setup;
    setup.engine = engine_.get();
    setup.source = &event_.sources[0];
    setup.event = &event_;
    setup.clock = &clock_;
    setup.name = std::string(engine::kSentBy) + "box-0";
    setup.post = [this](std::function<void()> what) {
      const std::lock_guard lock(mutex_);
      posted_.push_back(std::move(what));
    };
    auto line = engine::DeviceLine::open(std::move(setup), std::move(*spool));
    ASSERT_TRUE(line.has_value()) << line.error().text();
    line_ = *line;
  }
  void serve() {
    server::Server::Options options;
    options.listen.port = 0;
    options.token_file = temp_ / "x.tokens";
    options.clock = &clock_;
    options.officials_every = std::chrono::milliseconds(2);
    auto started = server::Server::start(*engine_, *story_, options);
    ASSERT_TRUE(started.has_value());
    server_ = std::move(*started);
  }

  [[nodiscard]] sim::EmulatorTime now() const {
    const base::Duration since = clock_.now() - begin();
    return {since, base::ReaderTime(clock_.now().time_since_epoch())};
  }
  void connect() {
    to_device_.clear();
    device_->connect(now());
    line_->connected([this](const std::string& bytes) { to_device_ += bytes; });
    talk();
  }
  /// Carries what both say until neither has anything to say.
  void talk() {
    for (bool more = true; more;) {
      const std::string said = device_->due(now());
      if (!said.empty()) line_->received(said);
      engine_->settle();
      std::deque<std::function<void()>> work;
      {
        const std::lock_guard lock(mutex_);
        work.swap(posted_);
      }
      for (const auto& one : work) one();
      const std::string answer = std::exchange(to_device_, {});
      if (!answer.empty()) device_->receive(answer, now());
      more = !said.empty() || !work.empty() || !answer.empty();
    }
  }
  /// Half a minute, with the runner who finishes in it.
  void half_a_minute(int half) {
    if (half % 2 == 0) {
      const int runner = half / 2;
      clock_.set(finish_of(runner));
      sim::DeviceRead read;
      read.tag = chip(runner);
      read.at = now().dial;
      device_->hear(read);
    } else {
      clock_.set(begin() + seconds(30 * half));
    }
  }
  /// What the page shows: how many finished, and as of when.
  [[nodiscard]] std::string shown(const std::string& path) const {
    HttpClient client(server_->port());
    story_->settle();
    // The tick after the next has what is settled now.
    std::string out;
    for (int i = 0; i < 2; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      out = value_at(client.get("/api/v1/races")->body, path);
    }
    return out;
  }
  /// Chips in the log, in its order.
  [[nodiscard]] std::vector<std::string> stored() const {
    std::vector<std::string> out;
    log::OpenOptions reading;
    reading.mode = log::OpenMode::ReadOnly;
    const auto file = log::RaceFile::open(race_file(), reading);
    EXPECT_TRUE(file.has_value());
    EXPECT_TRUE(file->replay([&](const log::StoredFact& fact) -> base::Result<void> {
      EXPECT_NE(fact.kind, model::FactKind::ReadConflict);
      if (fact.kind != model::FactKind::Read) return {};
      HS_TRY(const model::Read read, model::decode_read(fact.body));
      out.push_back(read.tag.str());
      return {};
    }));
    return out;
  }

  test::TempFolder temp_;
  model::Event event_;
  test_support::SetClock clock_;
  std::unique_ptr<engine::LiveEngine> engine_;
  std::unique_ptr<engine::LiveStory> story_;
  std::unique_ptr<server::Server> server_;
  std::shared_ptr<engine::DeviceLine> line_;
  std::unique_ptr<sim::Emulator> device_;
  std::string to_device_;
  std::mutex mutex_;
  std::deque<std::function<void()>> posted_;
};

TEST_P(NetworkGone, AfterAnHourEverythingIsThereOnceAndInOrder) {
  connect();
  for (int half = 0; half < 2 * kGoneFrom; ++half) {
    half_a_minute(half);
    talk();
  }
  EXPECT_EQ(shown("items.0.counts.finished"), std::to_string(kGoneFrom));
  EventStreamClient page(server_->port());
  const std::string as_of = shown("as_of.at");

  // Nobody says that the cable is out: what the device says goes nowhere, and the line hears
  // nothing.
  const base::RaceTime gone = clock_.now();
  for (int half = 2 * kGoneFrom; half < 2 * kGoneUntil; ++half) {
    half_a_minute(half);
    if (device_->is_connected()) (void)device_->due(now());
    if (device_->is_connected() && clock_.now() - gone > kNoticed) device_->disconnect();
  }
  int asked = 0;
  while (line_->quiet()) ASSERT_LE(++asked, readers::DeviceSession::kMostQuiet);
  line_->disconnected();
  EXPECT_EQ(shown("items.0.counts.finished"), std::to_string(kGoneFrom));
  EXPECT_EQ(shown("as_of.at"), as_of) << "the page says how old it is, also an hour later";

  connect();
  // A device that repeats or is asked by its heartbeat needs some time of its own.
  for (int half = 2 * kGoneUntil; half < 2 * kMinutes; ++half) {
    half_a_minute(half);
    talk();
  }
  EXPECT_TRUE(device_->all_delivered());
  EXPECT_TRUE(line_->is_drained());
  EXPECT_EQ(line_->report().trouble, "");
  EXPECT_EQ(shown("items.0.counts.finished"), std::to_string(kMinutes));
  EXPECT_NE(shown("as_of.at"), as_of);
  const std::vector<std::string> reads = stored();
  ASSERT_EQ(reads.size(), static_cast<std::size_t>(kMinutes)) << "each of them once";
  // In the order of the race, but for those that came over the new connection before the old ones
  // were asked for.
  for (int i = kGoneFrom + 1; i < kGoneUntil; ++i) {
    const auto at = [&](int runner) {
      return std::find(reads.begin(), reads.end(), model::TagCode::parse(chip(runner))->str());
    };
    ASSERT_NE(at(i), reads.end());
    EXPECT_LT(at(i - 1), at(i)) << chip(i);
  }
  // The page was told of each once, or told to read all anew.
  std::set<std::string> told;
  while (static_cast<int>(told.size()) < kMinutes - kGoneFrom) {
    const auto event = page.next();
    ASSERT_TRUE(event.has_value()) << told.size();
    if (event->event == "resync") break;
    for (int i = 0; value_at(event->data, std::to_string(i)) == "object"; ++i) {
      const std::string at = std::to_string(i) + ".";
      if (value_at(event->data, at + "kind") != "result") continue;
      EXPECT_TRUE(told.insert(value_at(event->data, at + "bib")).second);
    }
  }
}

/// How far the console says that the device's clock is ahead; nothing where it does not know.
std::optional<base::Duration> ahead_of(const engine::DeviceLine& line) {
  return line.report().device.clock_ahead;
}

TEST_P(NetworkGone, AfterAnHourOfSleepOfTheLaptopNothingIsMissingAndNobodysClockIsWrong) {
  connect();
  for (int half = 0; half < 2 * kGoneFrom; ++half) {
    half_a_minute(half);
    talk();
  }
  ASSERT_TRUE(line_->quiet());
  talk();
  ASSERT_EQ(ahead_of(*line_).has_value(), GetParam().tells_time);
  EXPECT_LT(std::chrono::abs(ahead_of(*line_).value_or(base::Duration(0))), seconds(1));

  // The laptop sleeps; the device talks on, and the network keeps what it says. It was asked for
  // its time just before.
  ASSERT_TRUE(line_->quiet());
  std::string kept;
  for (int half = 2 * kGoneFrom; half < 2 * kGoneUntil; ++half) {
    half_a_minute(half);
    const std::string asked = std::exchange(to_device_, {});
    if (!asked.empty()) device_->receive(asked, now());
    kept += device_->due(now());
  }
  // It wakes: the clock on its wall has jumped, and all of it comes at once.
  line_->received(kept);
  talk();
  ASSERT_TRUE(line_->quiet()) << "it is asked, not given up";
  talk();
  EXPECT_EQ(line_->give_up(), "");
  EXPECT_EQ(line_->report().trouble, "");
  EXPECT_LT(std::chrono::abs(ahead_of(*line_).value_or(base::Duration(0))), seconds(1))
      << "its clock is right";

  for (int half = 2 * kGoneUntil; half < 2 * kMinutes; ++half) {
    half_a_minute(half);
    talk();
  }
  EXPECT_TRUE(device_->all_delivered());
  EXPECT_TRUE(line_->is_drained());
  EXPECT_EQ(stored().size(), static_cast<std::size_t>(kMinutes)) << "each of them once";
  EXPECT_EQ(shown("items.0.counts.finished"), std::to_string(kMinutes));
}

INSTANTIATE_TEST_SUITE_P(Devices, NetworkGone, testing::ValuesIn(kKinds),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace hs::sim_test
