#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>

#include "base/check.h"
#include "base/file.h"
#include "log/race_file.h"
#include "support/log_facts.h"
#include "support/temp_folder.h"

// A disk that is really full: a small one mounted for the test where that is allowed, and a limit
// on the size of files everywhere.

namespace hs {
namespace {

using base::ErrorCode;
using test::contents;
using test::LogFacts;

/// Appends until that fails; gives how many facts were acknowledged.
std::size_t append_until_full(log::RaceFile& file) {
  constexpr std::size_t kFactsMax = 100'000;
  for (std::size_t count = 0; count < kFactsMax; ++count) {
    const auto outcomes = file.append(LogFacts().add(std::string(2000, 'x')).facts());
    if (outcomes) continue;
    EXPECT_EQ(outcomes.error().code, ErrorCode::DiskFull) << outcomes.error().text();
    return count;
  }
  ADD_FAILURE() << "the disk never fills";
  return 0;
}

void check_whole(const log::RaceFile& file, std::size_t facts) {
  const auto verified = file.verify();
  ASSERT_TRUE(verified) << verified.error().text();
  EXPECT_EQ(verified->facts, facts);
}

/// A small disk of its own; `mounted` is false where that is not allowed here.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& folder) : folder_(folder) {
    mounted_ = ::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=1m") == 0;
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.c_str(), MNT_DETACH);
  }
  [[nodiscard]] bool mounted() const { return mounted_; }

 private:
  std::string folder_;
  bool mounted_ = false;
};

TEST(DiskFull, OnASmallDiskNothingIsLostAndItGoesOnWhenThereIsRoom) {
  const test::TempFolder folder;
  const SmallDisk disk(folder.path());
  if (!disk.mounted()) GTEST_SKIP() << "mounting a small disk is not allowed here";
  const std::string ballast = folder / "ballast";
  ASSERT_TRUE(base::write_file(ballast, std::string(300'000, 'b')));
  auto file = log::RaceFile::open(folder / "full.race");
  ASSERT_TRUE(file);
  const std::size_t before = append_until_full(*file);
  EXPECT_GT(before, 10U);
  EXPECT_EQ(contents(*file).size(), before);
  check_whole(*file, before);
  std::filesystem::remove(ballast);
  const std::size_t after = append_until_full(*file);
  EXPECT_GT(after, 10U) << "with room again, appending goes on";
  check_whole(*file, before + after);
  { const log::RaceFile closing = std::move(*file); }
  const auto again = log::RaceFile::open(folder / "full.race");
  ASSERT_TRUE(again) << again.error().text();
  check_whole(*again, before + after);
}

/// Files of this process may not grow beyond `bytes` while this lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    HS_CHECK(::getrlimit(RLIMIT_FSIZE, &before_) == 0, "no limits to be read");
    // Otherwise the first write beyond the limit ends the process.
    signal_before_ = ::signal(SIGXFSZ, SIG_IGN);
    const rlimit now = {bytes, before_.rlim_max};
    HS_CHECK(::setrlimit(RLIMIT_FSIZE, &now) == 0, "no limit to be set");
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, signal_before_);
  }

 private:
  rlimit before_{};
  void (*signal_before_)(int) = nullptr;
};

TEST(DiskFull, ALimitOnTheSizeOfFilesIsAFullDisk) {
  const test::TempFolder folder;
  auto file = log::RaceFile::open(folder / "limited.race");
  ASSERT_TRUE(file);
  std::size_t before = 0;
  {
    const FileSizeLimit limit(400'000);
    before = append_until_full(*file);
    EXPECT_GT(before, 10U);
    check_whole(*file, before);
    const auto backup = file->backup(folder / "copy.race");
    if (!backup) {
      EXPECT_EQ(backup.error().code, ErrorCode::DiskFull);
      EXPECT_FALSE(std::filesystem::exists(folder / "copy.race.part"));
    }
  }
  ASSERT_TRUE(file->append(LogFacts().add("room again").facts()));
  check_whole(*file, before + 1);
}

TEST(DiskFull, AFileThatIsReplacedStaysTheOldOneAndNothingIsLeftBehind) {
  const test::TempFolder folder;
  ASSERT_TRUE(base::write_file(folder / "results.csv", "the old one\n"));
  {
    const FileSizeLimit limit(10'000);
    for (const std::size_t size : {10'001U, 100'000U, 1'000'000U}) {
      const auto written = base::write_file(folder / "results.csv", std::string(size, 'x'));
      ASSERT_FALSE(written) << size;
      EXPECT_EQ(written.error().code, ErrorCode::DiskFull) << written.error().text();
    }
  }
  EXPECT_EQ(*base::read_file(folder / "results.csv"), "the old one\n");
  const std::filesystem::directory_iterator files(folder.path());
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST(DiskFull, AFileOnASmallDiskStaysTheOldOne) {
  const test::TempFolder folder;
  const SmallDisk disk(folder.path());
  if (!disk.mounted()) GTEST_SKIP() << "no small disk can be mounted here";
  ASSERT_TRUE(base::write_file(folder / "results.csv", "the old one\n"));
  const auto written = base::write_file(folder / "results.csv", std::string(3'000'000, 'x'));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::DiskFull) << written.error().text();
  EXPECT_EQ(*base::read_file(folder / "results.csv"), "the old one\n");
  ASSERT_TRUE(base::write_file(folder / "results.csv", "room again\n"));
}

}  // namespace
}  // namespace hs
