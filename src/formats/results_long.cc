#include "formats/results_long.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "formats/config_reader.h"
#include "formats/csv.h"
#include "formats/results_cells.h"

// Implementation notes: the pivot works on texts, so that all that is known about columns of times
// is known once, in the layout of a row a runner. The maps are asked, never walked.

namespace hs::formats {
namespace {

using base::ErrorCode;
using base::Place;
using Column = ResultColumn;

constexpr std::size_t kMostPoints = 1000;

class Pivot {
 public:
  Pivot(const ResultsTable& table, const std::vector<ColumnRole>& roles) : table_(table) {
    for (std::size_t i = 0; i < roles.size(); ++i) {
      const HeaderWord& word = roles[i].meaning;
      if (word.column == Column::PointName) point_ = i;
      if (word.column == Column::PointTime) time_ = i;
      if (word.column == Column::PointTimeOfDay) time_of_day_ = i;
      const bool is_of_point = word.column == Column::PointName ||
                               word.column == Column::PointTime ||
                               word.column == Column::PointTimeOfDay;
      // What nobody needs is not carried along: it may differ from point to point.
      if (!is_of_point && word.column != Column::LeftOut) person_.push_back(i);
    }
    key_ = key_column(roles);
  }

  base::Result<ResultsTable> turn() {
    if (!key_) {
      return base::fail(ErrorCode::InvalidInput,
                        "found a row for each point and no column that tells the runners apart, "
                        "expected an id, a bib or a name",
                        Place{table_.file(), 1, 1});
    }
    if (!time_ && !time_of_day_) {
      return base::fail(ErrorCode::InvalidInput,
                        "found a row for each point and no column with times, expected one",
                        Place{table_.file(), 1, 1});
    }
    for (std::size_t row = 0; row < table_.rows(); ++row) HS_TRY_VOID(take(row));
    return write();
  }

 private:
  struct Seen {
    std::size_t row = 0;
    bool is_estimated = false;
  };
  struct Runner {
    std::size_t first_row = 0;
    std::unordered_map<std::size_t, Seen> at;  ///< By point.
  };

  [[nodiscard]] std::optional<std::size_t> key_column(const std::vector<ColumnRole>& roles) const {
    const auto find = [&](auto&& is) -> std::optional<std::size_t> {
      for (std::size_t i = 0; i < roles.size(); ++i) {
        if (is(roles[i].meaning)) return i;
      }
      return std::nullopt;
    };
    const auto text = [](model::PublishedText kind) {
      return [kind](const HeaderWord& word) {
        return word.column == Column::Text && word.text == kind;
      };
    };
    if (auto key = find([](const HeaderWord& word) { return word.column == Column::Key; })) {
      return key;
    }
    if (auto bib = find(text(model::PublishedText::Bib))) return bib;
    return find(text(model::PublishedText::Name));
  }

  base::Result<void> take(std::size_t row) {
    std::string_view name = table_.cell(row, point_);
    Seen seen{row, false};
    if (!name.empty() && name.back() == '*') {
      seen.is_estimated = true;
      name = trimmed(name.substr(0, name.size() - 1));
    }
    if (name.empty()) {
      return base::fail(ErrorCode::InvalidInput, "found no point, expected its name",
                        table_.place(row, point_));
    }
    const auto [point, is_new] = points_.try_emplace(std::string(name), names_.size());
    if (is_new) names_.emplace_back(name);
    if (names_.size() > kMostPoints) {
      return base::fail(
          ErrorCode::InvalidInput,
          "found more than " + std::to_string(kMostPoints) + " names of points, expected fewer",
          table_.place(row, point_));
    }
    const auto [runner, is_first] =
        index_.try_emplace(std::string(table_.cell(row, *key_)), runners_.size());
    if (is_first) runners_.push_back({row, {}});
    const auto [before, is_alone] = runners_[runner->second].at.try_emplace(point->second, seen);
    if (is_alone) return {};
    return base::fail(ErrorCode::InvalidInput,
                      "found a second time of " + quoted(table_.cell(row, *key_)) + " at " +
                          quoted(name) + ", expected one; line " +
                          std::to_string(table_.line(before->second.row)) + " has the other",
                      table_.place(row, point_));
  }

  [[nodiscard]] ResultsTable write() const {
    std::vector<std::string> header;
    for (const std::size_t column : person_) header.push_back(table_.header()[column]);
    for (const std::string& name : names_) {
      if (time_) header.push_back(name);
      if (time_of_day_) header.push_back(name + "_tod");
    }
    const std::size_t width = header.size();
    ResultsTable out(table_.file(), std::move(header), width);
    for (const Runner& runner : runners_) {
      for (const std::size_t column : person_) copy(runner.first_row, column, false, out);
      for (std::size_t point = 0; point < names_.size(); ++point) {
        const auto seen = runner.at.find(point);
        for (const auto& column : {time_, time_of_day_}) {
          if (!column) continue;
          if (seen == runner.at.end()) {
            out.add_cell({}, table_.line(runner.first_row), 1);
          } else {
            copy(seen->second.row, *column, seen->second.is_estimated, out);
          }
        }
      }
      out.end_row(table_.line(runner.first_row));
    }
    return out;
  }

  void copy(std::size_t row, std::size_t column, bool star, ResultsTable& out) const {
    const Place place = table_.place(row, column);
    std::string text(table_.cell(row, column));
    if (star && !is_blank_cell(text)) text += " *";
    out.add_cell(text, place.line, place.column);
  }

  const ResultsTable& table_;
  std::size_t point_ = 0;
  std::optional<std::size_t> time_, time_of_day_, key_;
  std::vector<std::size_t> person_;  ///< Columns about the runner.
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::size_t> points_;
  std::vector<Runner> runners_;
  std::unordered_map<std::string, std::size_t> index_;
};

}  // namespace

base::Result<ResultsTable> row_per_runner(const ResultsTable& table,
                                          const std::vector<ColumnRole>& roles) {
  return Pivot(table, roles).turn();
}

}  // namespace hs::formats
