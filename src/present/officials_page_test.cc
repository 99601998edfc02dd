#include "present/officials_page.h"

#include <gtest/gtest.h>

#include "support/page_field.h"
#include "support/results_builder.h"

namespace hs::present {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(OfficialsPage, WhatMustBeDoneComesFirst) {
  const std::string page = officials_page(test_support::page_field(1000, 3), {});
  EXPECT_LT(page.find("Act now"), page.find("Look at it"));
  EXPECT_LT(page.find("Look at it"), page.find("To know"));
  // Thirty unknown chips: one is shown, the others are a click away.
  EXPECT_TRUE(has(page, "29 more like this"));
}

TEST(OfficialsPage, QuietStretchOfAMatIsNamedAndOneMissedChipIsNot) {
  model::EventResults results = test_support::ResultsBuilder().build();
  model::MatHealth mat;
  mat.mat = "pier";
  const auto add = [&mat](const char* at, std::uint32_t heard, std::uint32_t passed) {
    mat.minutes.push_back({test_support::ResultsBuilder::at(at), heard, passed});
    mat.heard += heard;
    mat.passed += passed;
  };
  add("09:00:00", 40, 40);
  add("09:01:00", 4, 5);
  add("09:02:00", 3, 30);
  add("09:03:00", 2, 20);
  add("09:04:00", 25, 25);
  results.mats = {mat};
  const std::string page = officials_page(results, {});
  EXPECT_TRUE(has(page, "Quiet 09:02\u201309:04: heard 5 of 50."));
  EXPECT_FALSE(has(page, "09:01\u2013"));
}

TEST(OfficialsPage, ClocksAreComparedInWords) {
  model::EventResults results = test_support::page_field(300, 3);
  EXPECT_TRUE(has(officials_page(results, {}), "1.52 s behind, give or take 0.02 s"));
  results.clocks[0].offset = base::Duration(5'000);
  EXPECT_TRUE(has(officials_page(results, {}), "agree within"));
  results.clocks[0].offset.reset();
  EXPECT_TRUE(has(officials_page(results, {}), "cannot be told apart"));
}

TEST(OfficialsPage, NamesOfDevicesAreText) {
  model::EventResults results = test_support::page_field(300, 3);
  results.streams[0].stream.device = "<img onerror=1>";
  const std::string page = officials_page(results, {});
  EXPECT_FALSE(has(page, "<img"));
  EXPECT_TRUE(has(page, "&lt;img onerror=1&gt;"));
}

TEST(OfficialsPage, CommandsInAdviceAreSetApartAndStayWhole) {
  const std::string page = officials_page(test_support::page_field(1000, 3), {});
  EXPECT_TRUE(has(page, "<code><span>homestretch</span> <span>rule</span> "));
  EXPECT_TRUE(has(page, "<span>NAME</span></code>;"));
}

TEST(OfficialsPage, NothingToDoIsSaid) {
  EXPECT_TRUE(has(officials_page(test_support::ResultsBuilder().build(), {}),
                  "No result waits for a person."));
}

}  // namespace
}  // namespace hs::present
