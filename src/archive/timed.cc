#include <string>

#include "archive/archive_impl.h"
#include "archive/result_row.h"

// Implementation notes: a few columns of a result, without its texts and splits, for whoever looks
// at the times of whole races or of people's other races.

namespace hs::archive {
namespace {

constexpr const char* kColumns =
    "id,status,apart,mode,gun_us,net_us,official_us,place_overall,sex,age";

std::optional<base::Duration> time_at(const base::Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return base::Duration(row.integer(column));
}

base::Result<TimedResult> read_timed(const base::Statement& row) {
  int column = 0;
  TimedResult out;
  out.id = ResultId(static_cast<std::uint64_t>(row.integer(column++)));
  HS_TRY(out.status, status_named(row.blob(column++)));
  const bool apart = row.integer(column++) != 0;
  const auto mode = model::parse_mode(row.blob(column++));
  out.on_foot = !apart && mode.value_or(model::Mode::Foot) == model::Mode::Foot;
  model::PublishedResult result;
  result.status = out.status;
  if (const auto gun = time_at(row, column++)) result.gun = base::GunTime(*gun);
  if (const auto net = time_at(row, column++)) result.net = base::NetTime(*net);
  result.official = time_at(row, column++);
  out.time = model::own_time(result);
  if (!row.is_null(column)) out.place = static_cast<std::uint32_t>(row.integer(column));
  ++column;
  out.sex = model::parse_sex(row.blob(column++));
  if (!row.is_null(column)) out.age = static_cast<std::uint16_t>(row.integer(column));
  return out;
}

}  // namespace

base::Result<void> Archive::each_timed(std::uint32_t of_race,
                                       const std::function<void(const TimedResult&)>& visit) const {
  HS_TRY(base::Statement rows,
         impl_->database.prepare(std::string("SELECT ") + kColumns +
                                 " FROM results WHERE id>=?1 AND id<?2 ORDER BY id"));
  rows.bind(1, first_id(of_race)).bind(2, first_id(std::int64_t{of_race} + 1));
  while (true) {
    HS_TRY(const bool more, rows.step());
    if (!more) return {};
    HS_TRY(const TimedResult one, read_timed(rows));
    visit(one);
  }
}

base::Result<void> Archive::each_timed(std::span<const ResultId> results,
                                       const std::function<void(const TimedResult&)>& visit) const {
  // Or each look-up would lock the file for itself.
  HS_TRY(const base::Transaction snapshot,
         base::Transaction::begin(impl_->database, base::Transaction::Kind::Read));
  HS_TRY(base::Statement row,
         impl_->database.prepare(std::string("SELECT ") + kColumns + " FROM results WHERE id=?1"));
  for (const ResultId id : results) {
    row.reset();
    HS_TRY(const bool found, row.bind(1, static_cast<std::int64_t>(id.raw())).step());
    if (!found) continue;
    HS_TRY(const TimedResult one, read_timed(row));
    visit(one);
  }
  return {};
}

}  // namespace hs::archive
