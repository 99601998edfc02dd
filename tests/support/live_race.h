#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <charconv>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/event_folder.h"
#include "engine/live_engine.h"
#include "engine/live_story.h"
#include "model/json.h"
#include "model/past.h"
#include "support/temp_folder.h"

namespace hs::test_support {

/// A clock that is set by hand while other threads ask it.
class SetClock final : public base::Clock {
 public:
  [[nodiscard]] base::RaceTime now() const override {
    return base::RaceTime(base::Duration(at_.load()));
  }
  void set(base::RaceTime at) { at_ = at.time_since_epoch().count(); }

 private:
  std::atomic<base::Duration::rep> at_{0};
};

/// A small race day that runs: 60 runners over a start, a half way, a spotter and a finish. Runner
/// i is bib 1000 + i; 3 is private, 4 has an accent in the name, 5 may be told of.
class LiveRace {
 public:
  static constexpr int kRunners = 60;
  static constexpr std::int64_t kGun = 1778234400;  // 2026-05-08T10:00:00 UTC.

  /// `past`: what an archive knows of the runners, by their numbers; may be null.
  explicit LiveRace(std::shared_ptr<const model::Past> past = nullptr) {
    write_event(kEvent);
    write_entrants();
    auto opened = engine::RaceDay::open(temp_ / "x.race", scoring::Closing::ByFacts);
    EXPECT_TRUE(opened.has_value());
    const auto folder = engine::read_event_folder(temp_.path(), engine::Strict::No);
    EXPECT_TRUE(folder.has_value()) << folder.error().text();
    EXPECT_TRUE(opened->take(*folder).has_value());
    clock_.set(at(0));
    engine::LiveEngine::Options options;
    options.overview_every = base::Duration(0);
    options.clock = &clock_;
    options.past = std::move(past);
    engine_ = std::make_unique<engine::LiveEngine>(std::move(*opened), options);
    engine::LiveStory::Options story;
    story.look_every = std::chrono::milliseconds(1);
    story.clock = &clock_;
    story_ = std::make_unique<engine::LiveStory>(*engine_, story);
  }

  static base::RaceTime at(int seconds) {
    return base::RaceTime(std::chrono::seconds(kGun + seconds));
  }
  static std::string bib(int runner) { return std::to_string(1000 + runner); }

  engine::LiveEngine& engine() { return *engine_; }
  engine::LiveStory& story() { return *story_; }
  SetClock& clock() { return clock_; }
  [[nodiscard]] std::string file(const std::string& name) const { return temp_ / name; }

  /// A read of a runner at a mat, seconds after the gun.
  void read(const std::string& mat, int runner, int seconds) {
    formats::ParsedStream stream;
    stream.stream.device = "box-" + mat;
    stream.stream.mat = mat;
    stream.stream.format = "csv";
    stream.stream.clock = model::DeviceClock::Utc;
    model::Read read;
    read.tag = model::TagCode::parse("c" + bib(runner)).value();
    read.time = base::ReaderTime(std::chrono::seconds(kGun + seconds));
    stream.reads.push_back(read);
    engine::Incoming incoming;
    incoming.streams.push_back(std::move(stream));
    ASSERT_TRUE(engine_->submit(std::move(incoming)));
  }

  /// Everybody starts; the first `half` come to half way, the first `finish` of them finish, in the
  /// order of their bibs.
  void run(int half, int finish) {
    for (int i = 0; i < kRunners; ++i) read("arch", i, 5 + i / 10);
    for (int i = 0; i < half; ++i) read("bridge", i, 1200 + 10 * i);
    for (int i = 0; i < finish; ++i) read("goal", i, 2400 + 20 * i);
    clock_.set(at(2400 + 20 * finish));
    settle();
  }
  /// The event file with the first `from` replaced, taken while the race runs.
  void change_event(const std::string& from, const std::string& to) {
    std::string text = kEvent;
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    write_event(text.replace(at, from.size(), to));
    auto folder = engine::read_event_folder(temp_.path(), engine::Strict::No);
    ASSERT_TRUE(folder.has_value()) << folder.error().text();
    const auto taken = engine_->take(std::move(*folder));
    ASSERT_TRUE(taken.has_value()) << taken.error().text();
  }
  void settle() {
    engine_->settle();
    story_->settle();
  }

 private:
  static constexpr const char* kEvent = R"([event]
name = "Harbour 10"
date = 2026-05-08
timezone = "Europe/Berlin"
[[race]]
id = "10k"
name = "Ten kilometres"
[[race.point]]
id = "start"
distance_m = 0
mat = "arch"
[[race.point]]
id = "half"
distance_m = 5000
mat = "bridge"
[[race.point]]
id = "tower"
distance_m = 9000
mat = "tower"
role = "spotter"
[[race.point]]
id = "finish"
distance_m = 10000
mat = "goal"
[[race.wave]]
id = "A"
gun = "12:00:00"
[[race.division]]
id = "W30"
sex = "F"
age_min = 30
age_max = 34
primary = true
)";

  void write_event(const std::string& text) const {
    std::ofstream(temp_ / "event.toml", std::ios::binary) << text;
  }
  void write_entrants() const {
    std::ofstream out(temp_ / "entrants.csv", std::ios::binary);
    out << "bib,chips,name,sex,age,race,wave,club,city,private,phone,first_time,why,tell\n";
    for (int i = 0; i < kRunners; ++i) {
      const std::string name = i == 4 ? "Zo\xC3\xAB Fran\xC3\xA7ois" : "Runner Nr" + bib(i);
      out << bib(i) << ",c" << bib(i) << "," << name << "," << (i % 2 == 0 ? "F" : "M") << ","
          << 30 + i % 10 << ",10k,A,Club" << i % 3 << ",Town," << (i == 3 ? "yes" : "")
          << ",SECRET-PHONE," << (i == 5 ? "yes,For my brother who taught me to run.,yes" : ",,")
          << "\n";
    }
  }

  test::TempFolder temp_;
  SetClock clock_;
  std::unique_ptr<engine::LiveEngine> engine_;
  std::unique_ptr<engine::LiveStory> story_;
};

/// What stands at a path of a JSON text, "items.0.bib", as text; "-" where there is nothing.
inline std::string value_at(const std::string& json, std::string_view path) {
  const auto parsed = model::parse_json(json);
  if (!parsed) return "no JSON";
  const model::JsonValue* at = &*parsed;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('.'), path.size());
    const std::string_view key = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    const model::JsonValue* next = nullptr;
    for (const model::JsonMember& member : at->members) {
      if (member.key == key) next = &member.value;
    }
    std::size_t index = 0;
    const auto [rest, wrong] = std::from_chars(key.data(), key.data() + key.size(), index);
    if (at->kind == model::JsonValue::Kind::List && wrong == std::errc() &&
        index < at->items.size()) {
      next = &at->items[index];
    }
    if (next == nullptr) return "-";
    at = next;
  }
  switch (at->kind) {
    case model::JsonValue::Kind::Text:
      return std::string(at->text);
    case model::JsonValue::Kind::Integer:
      return std::to_string(at->integer);
    case model::JsonValue::Kind::Bool:
      return at->boolean ? "true" : "false";
    case model::JsonValue::Kind::List:
      return "list of " + std::to_string(at->items.size());
    case model::JsonValue::Kind::Object:
      return "object";
    case model::JsonValue::Kind::Null:
      return "null";
    case model::JsonValue::Kind::Unsigned:
    case model::JsonValue::Kind::Real:
      break;
  }
  return "number";
}

}  // namespace hs::test_support
