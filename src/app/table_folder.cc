#include "app/table_folder.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>
#include <vector>

#include "base/file.h"
#include "formats/age_grade_file.h"
#include "formats/qualifying_file.h"

// Implementation notes: only the files of the edition that is used are read, so that a folder with
// every edition costs no more than one with a single one.

namespace hs::app {
namespace {

using base::ErrorCode;

constexpr std::string_view kStandards = "bq-standards.csv";
constexpr std::string_view kCutoffs = "bq-cutoffs";

base::Result<std::vector<std::string>> names_in(const std::string& folder) {
  std::error_code failed;
  std::vector<std::string> out;
  for (std::filesystem::directory_iterator at(folder, failed), end; !failed && at != end;
       at.increment(failed)) {
    out.push_back(at->path().filename().string());
  }
  if (failed) {
    return base::fail(ErrorCode::NotFound, "found no folder of tables", {folder, 0, 0});
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// By sex, the file of one edition that is most exact.
using GradeFiles = std::map<model::Sex, std::pair<formats::AgeGradeFileName, std::string>>;

base::Result<GradeFiles> grade_files(const std::vector<std::string>& names,
                                     const std::string& folder, std::optional<int> wanted) {
  std::set<int> editions;
  for (const std::string& name : names) {
    if (const auto told = formats::parse_age_grade_file_name(name)) editions.insert(told->edition);
  }
  GradeFiles out;
  if (wanted && editions.count(*wanted) == 0) {
    std::string known;
    for (const int one : editions) known += (known.empty() ? "" : ", ") + std::to_string(one);
    return base::fail(ErrorCode::NotFound,
                      "found no age-grade tables of " + std::to_string(*wanted) + ", expected " +
                          (known.empty() ? "files such as F_2025_factors.csv" : "one of " + known),
                      {folder, 0, 0});
  }
  if (editions.empty()) return out;
  const int edition = wanted.value_or(*editions.rbegin());
  for (const std::string& name : names) {
    const auto told = formats::parse_age_grade_file_name(name);
    if (!told || told->edition != edition) continue;
    const auto known = out.find(told->sex);
    if (known != out.end() && told->cells == formats::AgeGradeCells::Seconds) continue;
    out[told->sex] = {*told, name};
  }
  return out;
}

base::Result<void> read_qualifying(const std::vector<std::string>& names, const std::string& folder,
                                   history::CareerTables& out) {
  if (std::find(names.begin(), names.end(), kStandards) == names.end()) return {};
  const std::string path = folder + "/" + std::string(kStandards);
  HS_TRY(const std::string bytes, base::read_file(path));
  out.qualifying.emplace();
  HS_TRY(out.qualifying->standards, formats::read_qualifying_standards(bytes, path));
  const auto cutoffs = std::find_if(names.begin(), names.end(), [](const std::string& name) {
    return name.rfind(kCutoffs, 0) == 0;
  });
  if (cutoffs == names.end()) return {};
  const std::string cutoffs_path = folder + "/" + *cutoffs;
  HS_TRY(const std::string cutoff_bytes, base::read_file(cutoffs_path));
  HS_TRY(out.qualifying->cutoffs, formats::read_qualifying_cutoffs(cutoff_bytes, cutoffs_path));
  return {};
}

}  // namespace

base::Result<history::CareerTables> read_table_folder(const std::string& folder,
                                                      std::optional<int> edition) {
  HS_TRY(const std::vector<std::string> names, names_in(folder));
  HS_TRY(const GradeFiles files, grade_files(names, folder, edition));
  history::CareerTables out;
  for (const auto& [sex, file] : files) {
    const std::string path = folder + "/" + file.second;
    HS_TRY(const std::string bytes, base::read_file(path));
    HS_TRY(model::AgeGradeTable table, formats::read_age_grade_table(bytes, path, file.first));
    out.grades.push_back(std::move(table));
  }
  HS_TRY_VOID(read_qualifying(names, folder, out));
  if (out.grades.empty() && !out.qualifying) {
    return base::fail(ErrorCode::NotFound,
                      "found no tables, expected files such as F_2025_factors.csv, "
                      "M_2025_factors.csv or bq-standards.csv",
                      {folder, 0, 0});
  }
  return out;
}

}  // namespace hs::app
