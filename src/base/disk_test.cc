#include "base/disk.h"

#include <gtest/gtest.h>

#include "support/temp_folder.h"

namespace hs::base {
namespace {

TEST(SystemDisk, AFileGrowsIsReadInPartsCutAndRemoved) {
  const test::TempFolder folder;
  const Disk& disk = system_disk();
  const std::string path = folder / "a.spool";
  {
    const auto file = disk.open(path);
    ASSERT_TRUE(file.has_value());
    ASSERT_TRUE((*file)->append("one "));
    ASSERT_TRUE((*file)->append("two"));
    EXPECT_EQ((*file)->size(), 7u);
  }
  {
    const auto again = disk.open(path);
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ((*again)->size(), 7u);
    ASSERT_TRUE((*again)->append(" three"));
  }
  EXPECT_EQ(disk.read(path, 0, 100).value(), "one two three");
  EXPECT_EQ(disk.read(path, 4, 3).value(), "two");
  EXPECT_EQ(disk.read(path, 50, 3).value(), "");
  ASSERT_TRUE(disk.cut(path, 3));
  EXPECT_EQ(disk.read(path, 0, 100).value(), "one");
  EXPECT_EQ(disk.files(folder.path()).value(), std::vector<std::string>{"a.spool"});
  ASSERT_TRUE(disk.remove(path));
  EXPECT_TRUE(disk.remove(path)) << "what is not there need not be removed";
  EXPECT_TRUE(disk.files(folder.path()).value().empty());
}

TEST(SystemDisk, WhatIsMissingIsSaid) {
  const test::TempFolder folder;
  const Disk& disk = system_disk();
  EXPECT_EQ(disk.read(folder / "none", 0, 1).error().code, ErrorCode::NotFound);
  EXPECT_EQ(disk.cut(folder / "none", 0).error().code, ErrorCode::NotFound);
  EXPECT_EQ(disk.open(folder / "no/folder").error().code, ErrorCode::NotFound);
  EXPECT_TRUE(disk.files(folder / "no").value().empty());
}

}  // namespace
}  // namespace hs::base
