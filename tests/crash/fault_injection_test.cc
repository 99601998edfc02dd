#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/check.h"
#include "log/race_file.h"
#include "support/faulty_disk.h"
#include "support/log_facts.h"

// Every call that the race file makes to its disk fails once, in turn: the first, the second, the
// third ... until a run goes through without meeting the fault. After each run the power goes, what
// was not synced is lost or torn, and what was acknowledged must be there.

namespace hs {
namespace {

using base::ErrorCode;
using test::contents;
using test::FaultyDisk;
using test::LogFacts;
using Strings = std::vector<std::string>;

constexpr const char* kFile = "harbour.race";
constexpr int kBatches = 6;
constexpr std::uint64_t kFactsInBatch = 3;
/// More calls than a whole run makes; reaching it means that the loop does not end.
constexpr std::uint64_t kCallsMax = 5000;

/// A run of a race file on a faulty disk, and what it acknowledged.
class Workload {
 public:
  explicit Workload(FaultyDisk& disk) : disk_(&disk) {
    options_.vfs = disk.vfs();
    options_.clock = &clock_;
  }

  /// Appends all batches, closing and opening half-way; goes on where something fails.
  void run() {
    for (int batch = 0; batch < kBatches; ++batch) {
      if (batch == kBatches / 2) file_.reset();
      append(batch);
    }
    if (file_) erase_first_person();
    if (file_)
      check_failure(file_->set_copies(std::vector<log::CopyCount>{{model::FactSeq(2), 3}}));
  }

  /// The power goes while the file is open, and comes back.
  void lose_power(std::mt19937_64& random) {
    // All calls fail from here on, so that closing the file cannot tidy up.
    disk_->fail_call(1, FaultyDisk::Fault::IoError, FaultyDisk::Lasting::FromThen);
    file_.reset();
    disk_->crash(random);
    disk_->heal();
  }

  /// All that was acknowledged is there, and nothing that was never handed in.
  void check_after_power_loss() {
    auto file = log::RaceFile::open(kFile, options_);
    ASSERT_TRUE(file) << file.error().text();
    const auto verified = file->verify();
    ASSERT_TRUE(verified) << verified.error().text();
    Strings facts = contents(*file);
    // Of a commit that failed at its sync nobody knows whether it is on the disk; whole or absent.
    EXPECT_LE(facts.size(), acknowledged_.size() + kFactsInBatch);
    EXPECT_EQ(facts.size() % kFactsInBatch, 0U) << "half a commit";
    ASSERT_GE(facts.size(), acknowledged_.size()) << "an acknowledged fact is missing";
    facts.resize(acknowledged_.size());
    if (person_may_be_erased_ && !facts.empty()) facts[0] = acknowledged_[0];
    EXPECT_EQ(facts, acknowledged_);
    EXPECT_TRUE(file->append(LogFacts().add("after").facts())) << "the file takes new facts";
  }

  [[nodiscard]] std::size_t acknowledged() const { return acknowledged_.size(); }

 private:
  template <typename T>
  void check_failure(const base::Result<T>& result) {
    if (result) return;
    const ErrorCode code = result.error().code;
    EXPECT_TRUE(code == ErrorCode::Io || code == ErrorCode::DiskFull) << result.error().text();
    EXPECT_TRUE(disk_->has_failed()) << result.error().text();
  }

  bool open() {
    if (file_) return true;
    auto file = log::RaceFile::open(kFile, options_);
    check_failure(file);
    if (file) file_.emplace(std::move(*file));
    return file_.has_value();
  }

  void append(int batch) {
    // Twice: the fault may have been passing, and the caller tries again.
    for (int attempt = 0; attempt < 2; ++attempt) {
      if (!open()) continue;
      const log::Head before = file_->head();
      LogFacts facts;
      facts.add("entry " + std::to_string(batch), "Ana");
      facts.add_named(static_cast<std::uint64_t>(batch), 1, "read " + std::to_string(batch));
      facts.add_named(static_cast<std::uint64_t>(batch), 1, "a copy");
      facts.add("note");
      const auto outcomes = file_->append(facts.facts());
      check_failure(outcomes);
      if (!outcomes) {
        EXPECT_EQ(file_->head().last, before.last) << "a failed append moved the head";
        continue;
      }
      EXPECT_EQ((*outcomes)[2].what, log::Appended::What::Copy);
      remember(batch, (*outcomes)[0].seq.raw());
      return;
    }
  }

  void remember(int batch, std::uint64_t seq) {
    const std::string number = std::to_string(batch);
    EXPECT_EQ(seq, acknowledged_.size() + 1) << "a failed batch was stored after all";
    for (const std::string& body :
         {":15:entry " + number + ":Ana", ":5:read " + number + ":", std::string(":15:note:")}) {
      acknowledged_.push_back(std::to_string(acknowledged_.size() + 1) + body);
    }
  }

  void erase_first_person() {
    const model::FactSeq first(1);
    const auto erased = file_->erase_personal(std::span(&first, 1));
    check_failure(erased);
    if (acknowledged_.empty()) return;
    if (erased) {
      acknowledged_[0] = "1:15:entry 0:";
    } else {
      person_may_be_erased_ = true;
    }
  }

  FaultyDisk* disk_;
  base::ManualClock clock_;
  log::OpenOptions options_;
  std::optional<log::RaceFile> file_;
  Strings acknowledged_;
  bool person_may_be_erased_ = false;
};

struct Case {
  FaultyDisk::Fault fault;
  FaultyDisk::Lasting lasting;
};

class FaultInjection : public testing::TestWithParam<Case> {};

TEST_P(FaultInjection, NoFailingCallLosesAnAcknowledgedFact) {
  std::mt19937_64 random(7);  // Only decides what a power cut tears; the faults are exhaustive.
  std::uint64_t n = 1;
  for (;; ++n) {
    ASSERT_LT(n, kCallsMax);
    SCOPED_TRACE("call " + std::to_string(n));
    FaultyDisk disk;
    disk.fail_call(n, GetParam().fault, GetParam().lasting);
    Workload workload(disk);
    workload.run();
    const bool met = disk.has_failed();
    workload.lose_power(random);
    workload.check_after_power_loss();
    if (HasFailure()) return;  // The first is enough to look at.
    if (GetParam().lasting == FaultyDisk::Lasting::Once) {
      ASSERT_EQ(workload.acknowledged(), kBatches * kFactsInBatch)
          << "a passing fault must not stop the second try";
    }
    if (!met) break;
  }
  EXPECT_GT(n, 50U) << "a run makes more calls than that";
}

INSTANTIATE_TEST_SUITE_P(
    Faults, FaultInjection,
    testing::Values(Case{FaultyDisk::Fault::IoError, FaultyDisk::Lasting::Once},
                    Case{FaultyDisk::Fault::IoError, FaultyDisk::Lasting::FromThen},
                    Case{FaultyDisk::Fault::DiskFull, FaultyDisk::Lasting::Once},
                    Case{FaultyDisk::Fault::DiskFull, FaultyDisk::Lasting::FromThen}),
    [](const testing::TestParamInfo<Case>& test) {
      return std::string(test.param.fault == FaultyDisk::Fault::IoError ? "IoError" : "DiskFull") +
             (test.param.lasting == FaultyDisk::Lasting::Once ? "Once" : "FromThenOn");
    });

TEST(PowerLoss, WithoutAnyFaultLosesNothingHoweverItTears) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    FaultyDisk disk;
    Workload workload(disk);
    workload.run();
    EXPECT_EQ(workload.acknowledged(), kBatches * kFactsInBatch);
    workload.lose_power(random);
    workload.check_after_power_loss();
    if (testing::Test::HasFailure()) return;
  }
}

TEST(FullDisk, StopsClearlyLosesNothingAndGoesOnWhenThereIsRoom) {
  FaultyDisk disk;
  disk.set_room(200'000);
  log::OpenOptions options;
  options.vfs = disk.vfs();
  auto file = log::RaceFile::open(kFile, options);
  ASSERT_TRUE(file);
  Strings acknowledged;
  for (;;) {
    const auto outcomes = file->append(LogFacts().add(std::string(1000, 'x')).facts());
    if (!outcomes) {
      EXPECT_EQ(outcomes.error().code, ErrorCode::DiskFull);
      EXPECT_NE(outcomes.error().message.find("make room"), std::string::npos);
      break;
    }
    acknowledged.push_back("");
    ASSERT_LT(acknowledged.size(), 1000U) << "the disk never fills";
  }
  EXPECT_GT(acknowledged.size(), 10U);
  EXPECT_EQ(contents(*file).size(), acknowledged.size());
  disk.set_room(std::nullopt);
  EXPECT_TRUE(file->append(LogFacts().add("room again").facts()));
  const auto verified = file->verify();
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->facts, acknowledged.size() + 1);
}

}  // namespace
}  // namespace hs
