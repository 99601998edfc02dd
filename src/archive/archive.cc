#include "archive/archive.h"

#include <array>
#include <filesystem>
#include <optional>
#include <utility>

#include "archive/archive_impl.h"
#include "archive/result_row.h"
#include "archive/split_codec.h"
#include "base/check.h"
#include "base/leb128.h"
#include "base/schema.h"
#include "base/sqlite.h"

// Implementation notes: docs/archive.md shows the tables column by column. The journal is a
// rollback journal and not a WAL: an archive is written seldom, in large transactions, and then
// carried about; one file is easier to carry than three.

namespace hs::archive {
namespace {

using base::ErrorCode;
using model::PublishedRace;

/// "HSar", at byte 68 of the file.
constexpr std::int64_t kApplicationId = 0x48536172;

constexpr std::array<const char*, 4> kSteps = {
    // Version 1.
    "CREATE TABLE races("
    " number INTEGER PRIMARY KEY,"  // From 1; part of the ids of its results.
    " id TEXT NOT NULL UNIQUE,"
    " name TEXT NOT NULL,"
    " date TEXT NOT NULL,"  // YYYY-MM-DD, local.
    " interrupted INTEGER NOT NULL,"
    " distance_mm INTEGER,"
    " resolution_us INTEGER NOT NULL,"
    " split_clock TEXT NOT NULL,"  // official, gun, net.
    " ranked_by TEXT,"
    " results INTEGER NOT NULL,"
    " content BLOB NOT NULL);"  // SHA-256 of all of it.
    "CREATE TABLE points("
    " race INTEGER NOT NULL,"
    " n INTEGER NOT NULL,"  // From 0, in course order.
    " id TEXT NOT NULL,"
    " header TEXT NOT NULL,"
    " distance_mm INTEGER,"
    " PRIMARY KEY(race,n)) WITHOUT ROWID;"
    "CREATE TABLE results("
    " id INTEGER PRIMARY KEY,"  // Race number * 2^32 + index in the race, from 0.
    " line INTEGER NOT NULL,"
    " age INTEGER, laps INTEGER, apart INTEGER NOT NULL,"
    " gun_us INTEGER, net_us INTEGER, official_us INTEGER, started_us INTEGER,"
    " place_overall INTEGER, of_overall INTEGER, place_sex INTEGER, of_sex INTEGER,"
    " place_division INTEGER, of_division INTEGER, age_grade INTEGER,"
    " sex TEXT, mode TEXT, status TEXT NOT NULL,"
    " bib TEXT, name TEXT, first_name TEXT, last_name TEXT, age_group TEXT, division TEXT,"
    " city TEXT, state TEXT, country TEXT, citizenship TEXT, club TEXT, team TEXT, note TEXT,"
    " splits BLOB NOT NULL);",
    // Version 2: the people.
    "CREATE TABLE people("
    " number INTEGER PRIMARY KEY AUTOINCREMENT,"  // The number of somebody gone is not given again.
    " name TEXT NOT NULL,"                        // As in the latest race.
    " names TEXT NOT NULL,"  // Every spelling, by line feeds: what is searched.
    " place TEXT NOT NULL,"
    " results INTEGER NOT NULL,"
    " first TEXT NOT NULL, last TEXT NOT NULL);"  // Dates of the first and last race.
    "CREATE TABLE links("
    " result INTEGER PRIMARY KEY,"
    " person INTEGER NOT NULL,"
    " probability INTEGER NOT NULL);"  // Millionths.
    "CREATE INDEX links_by_person ON links(person);"
    "CREATE TABLE doubts("  // Results that may be one person's and stay apart.
    " a INTEGER NOT NULL, b INTEGER NOT NULL, probability INTEGER NOT NULL,"
    " PRIMARY KEY(a,b)) WITHOUT ROWID;"
    "CREATE TABLE words("  // What people said of two results; kept for good.
    " number INTEGER PRIMARY KEY AUTOINCREMENT,"
    " says TEXT NOT NULL,"  // same, apart.
    " race_a TEXT NOT NULL, bib_a TEXT NOT NULL, race_b TEXT NOT NULL, bib_b TEXT NOT NULL,"
    " by TEXT NOT NULL, at TEXT NOT NULL);"
    "CREATE TABLE stale(person INTEGER PRIMARY KEY);"  // Lost a result since the last linking.
    "CREATE TABLE forgotten("  // Salted digests, of which no name can be read.
    " race TEXT NOT NULL, mark BLOB NOT NULL, PRIMARY KEY(race,mark)) WITHOUT ROWID;"
    "CREATE TABLE kept(what TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE people_search USING fts5("
    " names, content='people', content_rowid='number',"
    " tokenize='unicode61 remove_diacritics 2', prefix='1 2 3', detail=none, columnsize=0);",
    // Version 3: figures of whole fields.
    kFieldTables,
    // Version 4: races folded for linking.
    "CREATE TABLE folds("
    " race INTEGER PRIMARY KEY,"
    " edition INTEGER NOT NULL,"  // Of the rules of folding.
    " records BLOB NOT NULL);",
};
constexpr base::Schema kSchema{"an archive", kApplicationId, kSteps};

constexpr std::uint64_t kProgressEvery = 4096;

std::optional<model::PublishedClock> clock_named(std::string_view word) {
  for (auto clock :
       {model::PublishedClock::Untold, model::PublishedClock::Gun, model::PublishedClock::Net}) {
    if (word == model::name_of(clock)) return clock;
  }
  return std::nullopt;
}

/// The fields of a race that are in neither its points nor its results, for the digest.
std::string head_bytes(const PublishedRace& race) {
  std::string out;
  const auto append_text = [&out](std::string_view text) {
    base::append_number(text.size(), out);
    out += text;
  };
  const auto append_distance = [&out](const std::optional<base::Distance>& distance) {
    out += distance ? '\1' : '\0';
    if (distance) base::append_number(static_cast<std::uint64_t>(distance->in_millimetres()), out);
  };
  append_text(race.id);
  append_text(race.name);
  append_text(base::format_date(race.date));
  out += race.is_interrupted ? '\1' : '\0';
  append_distance(race.distance);
  base::append_number(static_cast<std::uint64_t>(race.resolution.count()), out);
  append_text(model::name_of(race.split_clock));
  append_text(race.ranked_by ? model::name_of(*race.ranked_by) : "");
  base::append_number(race.points.size(), out);
  for (const auto& point : race.points) {
    append_text(point.id);
    append_text(point.header);
    append_distance(point.distance);
  }
  return out;
}

void bind_distance(base::Statement& insert, int index,
                   const std::optional<base::Distance>& distance) {
  if (distance) {
    insert.bind(index, distance->in_millimetres());
  } else {
    insert.bind_null(index);
  }
}

std::optional<base::Distance> distance_in(const base::Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return base::Distance::millimetres(row.integer(column));
}

}  // namespace

Archive::Archive(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

base::Result<Archive> Archive::open(const std::string& path, Access access) {
  std::error_code failed;
  if (access == Access::Read && !std::filesystem::exists(path, failed)) {
    return base::fail(ErrorCode::NotFound,
                      "found no archive, expected one that `homestretch import` made",
                      {path, 0, 0});
  }
  const bool writes = access == Access::Create;
  HS_TRY(base::Database database,
         base::Database::open(
             path, writes ? base::Database::Access::Create : base::Database::Access::Read));
  auto version = base::schema_version(database, kSchema);
  if (!version) {
    base::Error error = std::move(version).error();
    error.place.file = path;
    return tl::make_unexpected(std::move(error));
  }
  if (writes) {
    // A commit is on the disk before it is said to be done. The cache holds a race's pages.
    HS_TRY_VOID(
        database.run("PRAGMA synchronous=FULL;PRAGMA cache_size=-65536;"
                     "PRAGMA trusted_schema=OFF;"));
    HS_TRY_VOID(base::migrate(database, kSchema, *version));
    Archive archive(std::make_unique<Impl>(std::move(database), path));
    HS_TRY_VOID(archive.add_missing_fields());
    return archive;
  }
  if (static_cast<std::size_t>(*version) < kSteps.size()) {
    return base::fail(ErrorCode::Unsupported,
                      "this archive is empty or of an older version: import into it once",
                      {path, 0, 0});
  }
  return Archive(std::make_unique<Impl>(std::move(database), path));
}

base::Result<std::optional<std::int64_t>> Archive::Impl::number_of(
    std::string_view id, std::string_view* content) const {
  HS_TRY(base::Statement find, database.prepare("SELECT number,content FROM races WHERE id=?1"));
  find.bind_text(1, id);
  HS_TRY(const bool found, find.step());
  if (!found) return std::optional<std::int64_t>();
  if (content != nullptr) {
    // Compared here, since the bytes go with the statement.
    const std::string_view stored = find.blob(1);
    if (stored != *content) *content = {};
  }
  return std::optional(find.integer(0));
}

base::Result<void> Archive::Impl::erase(std::int64_t number) {
  HS_TRY_VOID(unlink(first_id(number), first_id(number + 1)));
  HS_TRY(base::Statement results, database.prepare("DELETE FROM results WHERE id>=?1 AND id<?2"));
  HS_TRY_VOID(results.bind(1, first_id(number)).bind(2, first_id(number + 1)).run());
  HS_TRY_VOID(erase_fields(number));
  HS_TRY_VOID(erase_fold(number));
  HS_TRY(base::Statement points, database.prepare("DELETE FROM points WHERE race=?1"));
  HS_TRY_VOID(points.bind(1, number).run());
  HS_TRY(base::Statement races, database.prepare("DELETE FROM races WHERE number=?1"));
  return races.bind(1, number).run();
}

base::Result<void> Archive::Impl::insert_head(const PublishedRace& race, std::int64_t number,
                                              const base::Digest& content) {
  HS_TRY(base::Statement insert,
         database.prepare("INSERT INTO races VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)"));
  const std::string date = base::format_date(race.date);
  const std::string_view digest(reinterpret_cast<const char*>(content.data()), content.size());
  insert.bind(1, number).bind_text(2, race.id).bind_text(3, race.name).bind_text(4, date);
  insert.bind(5, race.is_interrupted ? 1 : 0);
  bind_distance(insert, 6, race.distance);
  insert.bind(7, race.resolution.count()).bind_text(8, model::name_of(race.split_clock));
  if (race.ranked_by) {
    insert.bind_text(9, model::name_of(*race.ranked_by));
  } else {
    insert.bind_null(9);
  }
  insert.bind(10, static_cast<std::int64_t>(race.results.size())).bind(11, digest);
  HS_TRY_VOID(insert.run());
  HS_TRY(base::Statement point, database.prepare("INSERT INTO points VALUES(?1,?2,?3,?4,?5)"));
  for (std::size_t i = 0; i < race.points.size(); ++i) {
    point.bind(1, number).bind(2, static_cast<std::int64_t>(i));
    point.bind_text(3, race.points[i].id).bind_text(4, race.points[i].header);
    bind_distance(point, 5, race.points[i].distance);
    HS_TRY_VOID(point.run());
  }
  return {};
}

base::Result<void> Archive::Impl::insert_results(const PublishedRace& race, std::int64_t number,
                                                 const std::function<void(double)>& progress) {
  std::string sql = "INSERT INTO results(id," + result_columns() + ") VALUES(?1";
  for (int i = 0; i < result_column_count(); ++i) sql += ",?" + std::to_string(i + 2);
  HS_TRY(base::Statement insert, database.prepare(sql + ")"));
  std::string splits;
  std::uint64_t done = 0;
  for (const auto& result : race.results) {
    splits.clear();
    append_splits(race.splits_of(result), splits);
    insert.bind(1, first_id(number) + static_cast<std::int64_t>(done));
    bind_result(race, result, splits, insert);
    HS_TRY_VOID(insert.run());
    if (++done % kProgressEvery == 0 && progress) {
      progress(static_cast<double>(done) / static_cast<double>(race.results.size()));
    }
  }
  return {};
}

base::Result<Put> Archive::put(const PublishedRace& published, IfKnown if_known,
                               const std::function<void(double)>& progress) {
  constexpr std::uint64_t kMostResults = std::uint64_t{1} << 32U;
  HS_CHECK(!published.id.empty() && published.results.size() < kMostResults, "a race has an id");
  HS_TRY(base::Transaction transaction,
         base::Transaction::begin(impl_->database, base::Transaction::Kind::Write));
  HS_TRY(const std::optional<PublishedRace> without, impl_->without_forgotten(published));
  const PublishedRace& race = without ? *without : published;
  const base::Digest content = content_of(race);
  std::string_view digest(reinterpret_cast<const char*>(content.data()), content.size());
  HS_TRY(const auto known, impl_->number_of(race.id, &digest));
  if (known && !digest.empty()) return Put::Unchanged;
  if (known && if_known == IfKnown::Refuse) {
    return base::fail(ErrorCode::InvalidInput,
                      "found race '" + race.id +
                          "' in the archive already with other content, expected a new id, or "
                          "--replace to put this in its place",
                      {impl_->path, 0, 0});
  }
  std::int64_t number = known.value_or(0);
  if (known) {
    HS_TRY_VOID(impl_->erase(number));
  } else {
    HS_TRY(number, impl_->database.number("SELECT coalesce(max(number),0)+1 FROM races"));
  }
  HS_TRY_VOID(impl_->insert_head(race, number, content));
  HS_TRY_VOID(impl_->insert_results(race, number, progress));
  HS_TRY_VOID(impl_->insert_fields(race, number));
  HS_TRY_VOID(transaction.commit());
  if (progress) progress(1);
  return known ? Put::Replaced : Put::Added;
}

base::Result<std::vector<RaceEntry>> Archive::races() const {
  HS_TRY(base::Statement rows,
         impl_->database.prepare(
             "SELECT id,name,date,results,number,interrupted,distance_mm FROM races "
             "ORDER BY date,id"));
  std::vector<RaceEntry> out;
  while (true) {
    HS_TRY(const bool more, rows.step());
    if (!more) return out;
    RaceEntry entry;
    entry.id = std::string(rows.blob(0));
    entry.name = std::string(rows.blob(1));
    HS_TRY(entry.date, base::parse_date(rows.blob(2)));
    entry.results = static_cast<std::uint64_t>(rows.integer(3));
    entry.number = static_cast<std::uint32_t>(rows.integer(4));
    entry.is_interrupted = rows.integer(5) != 0;
    if (!rows.is_null(6)) entry.distance = base::Distance::millimetres(rows.integer(6));
    out.push_back(std::move(entry));
  }
}

base::Result<PublishedRace> Archive::Impl::read_head(std::string_view id,
                                                     std::int64_t& number) const {
  HS_TRY(base::Statement row,
         database.prepare("SELECT number,name,date,interrupted,distance_mm,resolution_us,"
                          "split_clock,ranked_by FROM races WHERE id=?1"));
  row.bind_text(1, id);
  HS_TRY(const bool found, row.step());
  if (!found) return base::fail(ErrorCode::NotFound, "", {path, 0, 0});
  PublishedRace out;
  number = row.integer(0);
  out.id = std::string(id);
  out.name = std::string(row.blob(1));
  HS_TRY(out.date, base::parse_date(row.blob(2)));
  out.is_interrupted = row.integer(3) != 0;
  out.distance = distance_in(row, 4);
  out.resolution = base::Duration(row.integer(5));
  const auto split_clock = clock_named(row.blob(6));
  if (!row.is_null(7)) out.ranked_by = clock_named(row.blob(7));
  if (!split_clock || (!row.is_null(7) && !out.ranked_by)) {
    return base::fail(ErrorCode::Corrupt, "a race of the archive is damaged", {path, 0, 0});
  }
  out.split_clock = *split_clock;
  HS_TRY(base::Statement points,
         database.prepare("SELECT id,header,distance_mm FROM points WHERE race=?1 ORDER BY n"));
  points.bind(1, number);
  while (true) {
    HS_TRY(const bool more, points.step());
    if (!more) return out;
    out.points.push_back(
        {std::string(points.blob(0)), std::string(points.blob(1)), distance_in(points, 2)});
  }
}

base::Result<PublishedRace> Archive::Impl::read_race(std::string_view id) const {
  std::int64_t number = 0;
  HS_TRY(PublishedRace out, read_head(id, number));
  HS_TRY(base::Statement rows,
         database.prepare("SELECT " + result_columns() +
                          " FROM results WHERE id>=?1 AND id<?2 ORDER BY id"));
  rows.bind(1, first_id(number)).bind(2, first_id(number + 1));
  while (true) {
    HS_TRY(const bool more, rows.step());
    if (!more) return out;
    HS_TRY_VOID(read_result(rows, out));
  }
}

base::Result<PublishedRace> Archive::race(std::string_view id) const {
  HS_TRY(const base::Transaction snapshot,
         base::Transaction::begin(impl_->database, base::Transaction::Kind::Read));
  auto out = impl_->read_race(id);
  if (out || out.error().code != ErrorCode::NotFound) return out;
  HS_TRY(const auto known, races());
  std::string names;
  for (const RaceEntry& entry : known) names += (names.empty() ? "" : ", ") + entry.id;
  return base::fail(ErrorCode::NotFound,
                    "found no race '" + std::string(id) + "' in the archive, expected " +
                        (names.empty() ? "some race to be imported first" : "one of " + names),
                    {impl_->path, 0, 0});
}

base::Digest content_of(const PublishedRace& race) {
  base::Sha256 sha;
  std::string bytes = head_bytes(race);
  base::append_number(race.results.size(), bytes);
  constexpr std::size_t kPiece = 1U << 16U;
  for (const auto& result : race.results) {
    append_result(race, result, bytes);
    if (bytes.size() < kPiece) continue;
    sha.add(bytes);
    bytes.clear();
  }
  sha.add(bytes);
  return sha.finish();
}

}  // namespace hs::archive
