#include "app/output_files.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "app/export_formats.h"
#include "base/file.h"
#include "moments/find_moments.h"
#include "moments/oddity.h"
#include "present/oddity_words.h"
#include "support/moment_field.h"
#include "support/temp_folder.h"

// What the referee is shown of a runner's times stands in no file that is for everybody.

namespace hs::app {
namespace {

namespace fs = std::filesystem;

/// A field with somebody who seems to have left out five kilometres.
model::EventResults race_with_a_cut() {
  auto field = moment_field::ordinary_field(900);
  auto net = moment_field::even_marathon(330);
  net[6].reset();
  for (std::size_t i = 7; i < net.size(); ++i) *net[i] -= 5 * 330;
  field.add("9001", net, 300.0);
  field.rank();
  model::EventResults& results = field.results();
  results.event.name = "Harbour";
  results.event.timezone = "UTC";
  results.event.date = {2023, 11, 14};
  results.event.begins = moment_field::FieldBuilder::gun() - std::chrono::hours(8);
  results.event.offsets = {{results.event.begins, std::chrono::seconds(0)}};
  results.order.emplace_back();
  for (model::RunnerResult& runner : results.runners) {
    runner.wave = model::WaveId(0);
    runner.ranking = runner.net->value();
    runner.official = runner.ranking;
    results.order[0].push_back(runner.entrant);
  }
  return results;
}

/// Fails for each file below `folder` that says a word of it.
void expect_silent(const fs::path& folder, const std::vector<moments::Oddity>& oddities,
                   const model::EventResults& results) {
  std::vector<std::string> words = {"likelihood", "check_first", "integrity", "oddity"};
  for (const moments::Oddity& oddity : oddities) {
    words.push_back(present::words_for(oddity, results).what);
    words.push_back(present::words_for(oddity, results).check);
  }
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const auto text = base::read_file(entry.path().string());
    ASSERT_TRUE(text);
    for (const std::string& word : words) {
      EXPECT_EQ(text->find(word), std::string::npos) << entry.path() << " says: " << word;
    }
  }
  EXPECT_GT(files, 0U);
}

TEST(OutputFiles, OdditiesStandInTheOfficialsFolderAlone) {
  const model::EventResults results = race_with_a_cut();
  const auto oddities = moments::find_oddities(results);
  ASSERT_FALSE(oddities.empty());
  const test::TempFolder out;
  const auto found = moments::find_moments(results);
  ASSERT_TRUE(write_outputs(results, found, {}, out.path(), "harbour"));
  ASSERT_TRUE(write_story(results, found, {}, out.path()));
  const auto list = base::read_file(out.path() + "/officials/integrity.csv");
  ASSERT_TRUE(list);
  EXPECT_NE(list->find("cut,race,9001,,25k,35k,"), std::string::npos) << *list;
  EXPECT_NE(list->find("homestretch explain harbour --bib 9001"), std::string::npos);
  expect_silent(out.path() + "/public", oddities, results);
}

TEST(OutputFiles, NoExportHasAWordOfOddities) {
  const model::EventResults results = race_with_a_cut();
  const test::TempFolder out;
  std::size_t written = 0;
  for (const ExportFormat& format : export_formats()) {
    ExportRequest request;
    request.out = out.path() + "/" + format.name;
    if (format.shape == ExportShape::Folder) fs::create_directories(request.out);
    request.bibs = {"9001"};
    if (format.races == ExportRaces::One) request.options.race = model::RaceId(0);
    written += format.write(results, request) ? 1u : 0u;
  }
  EXPECT_GT(written, 5U);
  expect_silent(out.path(), moments::find_oddities(results), results);
}

}  // namespace
}  // namespace hs::app
