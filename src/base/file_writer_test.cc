#include "base/file_writer.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <utility>

#include "base/file.h"
#include "support/temp_folder.h"

namespace hs::base {
namespace {

std::size_t files_in(const std::string& folder) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) ++count;
  }
  return count;
}

TEST(FileWriter, AFileIsThereOnceItIsWhole) {
  const test::TempFolder folder;
  const std::string path = folder / "list.pdf";
  ASSERT_TRUE(write_file(path, "old"));
  auto writer = FileWriter::open(path);
  ASSERT_TRUE(writer);
  ASSERT_TRUE(writer->write("first "));
  EXPECT_EQ(*read_file(path), "old");
  ASSERT_TRUE(writer->write("second"));
  ASSERT_TRUE(writer->keep());
  EXPECT_EQ(*read_file(path), "first second");
  EXPECT_EQ(files_in(folder.path()), 1U);
}

TEST(FileWriter, WhatIsNotKeptLeavesNothingBehind) {
  const test::TempFolder folder;
  {
    auto writer = FileWriter::open(folder / "list.pdf");
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->write("half a"));
    const FileWriter moved = std::move(*writer);
    EXPECT_EQ(files_in(folder.path()), 1U);
  }
  EXPECT_EQ(files_in(folder.path()), 0U);
}

TEST(FileWriter, AFolderThatIsNotThereIsSaid) {
  const test::TempFolder folder;
  EXPECT_FALSE(FileWriter::open(folder / "none/list.pdf"));
}

TEST(FileWriter, ANameThatIsAFolderIsSaidAndLeftAsItWas) {
  const test::TempFolder folder;
  ASSERT_TRUE(make_folder(folder / "list.pdf"));
  auto writer = FileWriter::open(folder / "list.pdf");
  ASSERT_TRUE(writer);
  ASSERT_TRUE(writer->write("x"));
  EXPECT_FALSE(writer->keep());
  EXPECT_TRUE(std::filesystem::is_directory(folder / "list.pdf"));
  EXPECT_EQ(files_in(folder.path()), 0U);
}

}  // namespace
}  // namespace hs::base
