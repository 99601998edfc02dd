#include "log/race_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "base/check.h"
#include "base/sqlite.h"
#include "log/commit_check.h"
#include "log/crc32c.h"
#include "log/fact_reader.h"
#include "log/identity_set.h"
#include "log/schema.h"
#include "log/writer_lock.h"

// Implementation notes: a commit is one SQLite transaction: the facts, the people's fields and one
// row of `commits` with the chain. What is kept in memory (head, identities) changes only after
// the transaction is on the disk; a failed one is taken back, so the next call starts from the
// truth. The identities are collected by whichever comes first of a whole replay and an append,
// because the program nearly always replays after opening and the rows are read then anyway.
// Tried and dropped: sixteen rows an INSERT (a twentieth quicker, twice the code), 8 KB pages (as
// quick, more writing).

namespace hs::log {
namespace {

using base::ErrorCode;
using model::FactSeq;

/// Nobody can write beside the file and it has no journal: it will not change while we look.
bool is_frozen(const std::string& path) {
  std::error_code ignored;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  const std::string name = folder.empty() ? "." : folder.string();
  return ::access(name.c_str(), W_OK) != 0 && !std::filesystem::exists(path + "-wal", ignored);
}

base::Result<base::Database> open_for_reading(const std::string& path, const std::string& vfs) {
  struct stat about {};
  if (vfs.empty() && ::stat(path.c_str(), &about) != 0) {
    return base::fail(ErrorCode::NotFound, "there is no such race file", {path, 0, 0});
  }
  const bool frozen = vfs.empty() && is_frozen(path);
  return base::Database::open(
      path, frozen ? base::Database::Access::ReadFrozen : base::Database::Access::Read, vfs);
}

/// Puts the name of a new file on the disk: its folder is synced.
base::Result<void> sync_folder_of(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  const std::string name = folder.empty() ? "." : folder.string();
  const int file = ::open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = file >= 0 && ::fsync(file) == 0;
  const int number = errno;
  if (file >= 0) ::close(file);
  if (synced) return {};
  return base::fail(ErrorCode::Io, std::string("cannot sync the folder: ") + std::strerror(number),
                    {name, 0, 0});
}

tl::unexpected<base::Error> at_path(base::Error error, const std::string& path) {
  if (error.place.file.empty()) error.place.file = path;
  return tl::make_unexpected(std::move(error));
}

/// The statements that append, prepared once.
struct Inserts {
  base::Statement fact;
  base::Statement person;
  base::Statement commit;
};

base::Result<Inserts> prepare_inserts(const base::Database& database) {
  HS_TRY(base::Statement fact, database.prepare("INSERT INTO facts(seq,kind,identity,mark,body,crc)"
                                                " VALUES(?1,?2,?3,?4,?5,?6)"));
  HS_TRY(base::Statement person,
         database.prepare("INSERT INTO people(seq,fields,crc) VALUES(?1,?2,?3)"));
  HS_TRY(base::Statement commit,
         database.prepare("INSERT INTO commits(last,first,recorded_at,chain)"
                          " VALUES(?1,?2,?3,?4)"));
  return Inserts{std::move(fact), std::move(person), std::move(commit)};
}

std::int64_t signed_of(FactSeq seq) { return static_cast<std::int64_t>(seq.raw()); }

std::string_view bytes_of(const model::Identity& identity) {
  return {reinterpret_cast<const char*>(identity.data()), identity.size()};
}

model::Identity identity_from(std::string_view bytes) {
  model::Identity out{};
  std::memcpy(out.data(), bytes.data(), out.size());
  return out;
}

/// Collects the identities of a whole replay. Each waits a little before it goes in, so that its
/// place in the table is in the cache by then: that halves the time.
class IdentityCollector {
 public:
  explicit IdentityCollector(std::size_t facts) { found_.reserve_more(facts); }

  void add(std::string_view identity, IdentitySet::Entry entry) {
    Waiting& place = waiting_[count_ % waiting_.size()];
    if (count_ >= waiting_.size()) insert(place);
    place = {identity_from(identity), entry};
    found_.prefetch(place.identity);
    ++count_;
  }

  [[nodiscard]] IdentitySet finish() {
    const std::size_t left = std::min(count_, waiting_.size());
    for (std::size_t i = count_ - left; i < count_; ++i) insert(waiting_[i % waiting_.size()]);
    return std::move(found_);
  }

 private:
  struct Waiting {
    model::Identity identity{};
    IdentitySet::Entry entry;
  };
  void insert(const Waiting& waiting) {
    found_.find_or_insert(waiting.identity, waiting.entry);
    found_.keep();
  }

  IdentitySet found_;
  std::array<Waiting, 16> waiting_;
  std::size_t count_ = 0;
};

}  // namespace

class RaceFile::Impl {
 public:
  Impl(WriterLock lock, base::Database database, OpenMode mode, const base::Clock& clock,
       std::string path)
      : lock_(std::move(lock)),
        database_(std::move(database)),
        mode_(mode),
        clock_(&clock),
        path_(std::move(path)) {}

  static base::Result<std::unique_ptr<Impl>> open(const std::string& path,
                                                  const OpenOptions& options);
  static base::Result<std::unique_ptr<Impl>> copy_in_memory(const std::string& path);
  base::Result<void> start();

  base::Result<std::vector<Appended>> append(std::span<const NewFact> facts);
  base::Result<void> replay(const Visit& visit, FactSeq from);
  base::Result<std::optional<FactSeq>> find(const model::Identity& identity);
  base::Result<std::optional<base::RaceTime>> recorded_at(FactSeq seq) const;
  base::Result<Verified> verify();
  base::Result<void> backup(const std::string& path) const;
  base::Result<void> visit_people(const Visit& visit) const;
  base::Result<std::uint64_t> erase_personal(std::span<const FactSeq> facts);
  base::Result<std::vector<CopyCount>> copies() const;
  base::Result<void> set_copies(std::span<const CopyCount> counts);

  [[nodiscard]] const Head& head() const { return head_; }

 private:
  base::Result<void> know_identities();
  /// Decides for each fact what it is, and numbers the new ones.
  std::vector<Appended> sort_out(std::span<const NewFact> facts);
  base::Result<Head> store(std::span<const NewFact> facts, const std::vector<Appended>& outcomes);
  base::Result<void> store_fact(const NewFact& fact, FactSeq seq);
  base::Result<void> replace_with_copy(const std::string& part, const std::string& path) const;

  WriterLock lock_;  // First, so that it is let go last, after the database is closed.
  base::Database database_;
  OpenMode mode_;
  const base::Clock* clock_;
  std::string path_;  // Empty for a log in memory.
  int version_ = 0;
  Head head_;
  std::optional<Inserts> inserts_;
  IdentitySet identities_;
  bool identities_known_ = false;
  ChainMaker chain_;
  std::string bytes_;  // Of the batch being appended; kept for its room.
};

base::Result<std::unique_ptr<RaceFile::Impl>> RaceFile::Impl::open(const std::string& path,
                                                                   const OpenOptions& options) {
  const base::Clock& clock = options.clock == nullptr ? base::system_clock() : *options.clock;
  const bool writes = options.mode == OpenMode::ReadWrite;
  const bool on_disk = options.vfs.empty() && !path.empty();
  WriterLock lock;
  if (writes && on_disk) {
    HS_TRY(lock, WriterLock::take(path));
  }
  auto database = path.empty() ? base::Database::open(":memory:", base::Database::Access::Create)
                  : writes ? base::Database::open(path, base::Database::Access::Create, options.vfs)
                           : open_for_reading(path, options.vfs);
  if (!database) return tl::make_unexpected(std::move(database).error());
  auto impl =
      std::make_unique<Impl>(std::move(lock), std::move(*database), options.mode, clock, path);
  HS_TRY_VOID(impl->start());
  return impl;
}

base::Result<std::unique_ptr<RaceFile::Impl>> RaceFile::Impl::copy_in_memory(
    const std::string& path) {
  HS_TRY(const base::Database source, open_for_reading(path, ""));
  HS_TRY(const int version, schema_version(source));
  if (version == 0) {
    return base::fail(ErrorCode::InvalidInput, "this file is empty, expected a race file");
  }
  HS_TRY(base::Database copy, base::Database::open(":memory:", base::Database::Access::Create));
  HS_TRY_VOID(source.copy_to(copy));
  auto impl = std::make_unique<Impl>(WriterLock(), std::move(copy), OpenMode::ReadWrite,
                                     base::system_clock(), std::string());
  HS_TRY_VOID(impl->start());
  return impl;
}

base::Result<void> RaceFile::Impl::start() {
  const bool writes = mode_ == OpenMode::ReadWrite;
  // Asked before anything is written: a file of somebody else stays as it is.
  HS_TRY(version_, schema_version(database_));
  if (version_ == 0 && !writes) {
    return base::fail(ErrorCode::InvalidInput, "this file is empty, expected a race file");
  }
  if (writes) {
    HS_TRY_VOID(prepare_for_writing(database_));
    HS_TRY_VOID(migrate(database_, version_));
    if (version_ == 0 && !path_.empty()) HS_TRY_VOID(sync_folder_of(path_));
    version_ = kSchemaVersion;
    HS_TRY(inserts_, prepare_inserts(database_));
  }
  HS_TRY(const base::Transaction snapshot,
         base::Transaction::begin(database_, base::Transaction::Kind::Read));
  HS_TRY(const Head before, head_before_last_commits(database_));
  HS_TRY(head_, check_commits(database_, before));
  return {};
}

base::Result<void> RaceFile::Impl::know_identities() {
  if (identities_known_) return {};
  return replay([](const StoredFact&) { return base::Result<void>(); }, FactSeq(1));
}

base::Result<void> RaceFile::Impl::replay(const Visit& visit, FactSeq from) {
  HS_TRY(const base::Transaction snapshot,
         base::Transaction::begin(database_, base::Transaction::Kind::Read));
  HS_TRY(FactReader facts, FactReader::open(database_, from));
  HS_TRY(PeopleReader people, PeopleReader::open(database_, from));
  const bool collect = mode_ == OpenMode::ReadWrite && !identities_known_ && from <= FactSeq(1);
  IdentityCollector found(collect ? head_.last.raw() : 0);
  // Where somebody else is writing, the head is older than the table; it is kept to.
  for (FactSeq seq = from; seq <= head_.last; seq = seq.next()) {
    HS_TRY(const auto fact, facts.next());
    if (!fact) {
      return base::fail(ErrorCode::Corrupt, "fact " + std::to_string(seq.raw()) + " is missing");
    }
    if (collect && !fact->identity.empty()) {
      found.add(fact->identity, {seq, fact->mark});
    }
    HS_TRY(const std::string_view personal, people.fields_of(seq));
    HS_TRY_VOID(
        visit(StoredFact{seq, static_cast<model::FactKind>(fact->kind), fact->body, personal}));
  }
  if (collect) {
    identities_ = found.finish();
    identities_known_ = true;
  }
  return {};
}

std::vector<Appended> RaceFile::Impl::sort_out(std::span<const NewFact> facts) {
  std::vector<Appended> out;
  out.reserve(facts.size());
  identities_.reserve_more(facts.size());
  for (const NewFact& fact : facts) {
    if (fact.identity) identities_.prefetch(*fact.identity);
  }
  FactSeq next = head_.last.next();
  for (const NewFact& fact : facts) {
    const auto holder = fact.identity
                            ? identities_.find_or_insert(*fact.identity, {next, fact.mark})
                            : std::nullopt;
    if (holder) {
      const bool same = holder->mark == fact.mark;
      out.push_back({same ? Appended::What::Copy : Appended::What::Conflict, holder->seq});
    } else {
      out.push_back({Appended::What::New, next});
      next = next.next();
    }
  }
  return out;
}

base::Result<void> RaceFile::Impl::store_fact(const NewFact& fact, FactSeq seq) {
  const std::size_t begin = bytes_.size();
  const std::string_view identity = fact.identity ? bytes_of(*fact.identity) : std::string_view();
  append_fact_bytes({seq, static_cast<std::uint8_t>(fact.kind), identity, fact.mark, fact.body},
                    bytes_);
  const std::uint32_t crc = crc32c(std::string_view(bytes_).substr(begin));
  base::Statement& insert = inserts_->fact;
  insert.bind(1, signed_of(seq)).bind(2, static_cast<std::int64_t>(fact.kind));
  if (fact.identity) {
    insert.bind(3, identity);
  } else {
    insert.bind_null(3);
  }
  insert.bind(4, std::int64_t{fact.mark}).bind(5, fact.body).bind(6, std::int64_t{crc});
  HS_TRY_VOID(insert.run());
  if (!fact.personal.empty()) {
    inserts_->person.bind(1, signed_of(seq))
        .bind(2, fact.personal)
        .bind(3, std::int64_t{person_crc(seq, fact.personal)});
    HS_TRY_VOID(inserts_->person.run());
  }
  return {};
}

base::Result<Head> RaceFile::Impl::store(std::span<const NewFact> facts,
                                         const std::vector<Appended>& outcomes) {
  HS_TRY(base::Transaction transaction,
         base::Transaction::begin(database_, base::Transaction::Kind::Write));
  const FactSeq first = head_.last.next();
  FactSeq last = head_.last;
  bytes_.clear();
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (outcomes[i].what != Appended::What::New) continue;
    last = outcomes[i].seq;
    HS_TRY_VOID(store_fact(facts[i], last));
  }
  const std::int64_t now = clock_->now().time_since_epoch().count();
  chain_.begin(head_.chain, first, last, now);
  chain_.add(bytes_);
  const Head head{last, chain_.finish()};
  const std::string_view chain(reinterpret_cast<const char*>(head.chain.data()), head.chain.size());
  inserts_->commit.bind(1, signed_of(last)).bind(2, signed_of(first)).bind(3, now).bind(4, chain);
  HS_TRY_VOID(inserts_->commit.run());
  HS_TRY_VOID(transaction.commit());
  return head;
}

base::Result<std::vector<Appended>> RaceFile::Impl::append(std::span<const NewFact> facts) {
  HS_CHECK(mode_ == OpenMode::ReadWrite, "appending to a race file opened for reading");
  HS_TRY_VOID(know_identities());
  std::vector<Appended> outcomes = sort_out(facts);
  std::size_t held = 0;
  bool any_new = false;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const bool is_new = outcomes[i].what == Appended::What::New;
    any_new = any_new || is_new;
    if (is_new && facts[i].identity) ++held;
  }
  if (!any_new) return outcomes;
  auto head = store(facts, outcomes);
  if (!head) {
    identities_.undo(held);
    return at_path(std::move(head).error(), path_);
  }
  identities_.keep();
  head_ = *head;
  return outcomes;
}

base::Result<std::optional<FactSeq>> RaceFile::Impl::find(const model::Identity& identity) {
  HS_CHECK(mode_ == OpenMode::ReadWrite, "identities are known to the writer only");
  HS_TRY_VOID(know_identities());
  const auto entry = identities_.find(identity);
  return entry ? std::optional<FactSeq>(entry->seq) : std::nullopt;
}

base::Result<std::optional<base::RaceTime>> RaceFile::Impl::recorded_at(FactSeq seq) const {
  HS_TRY(base::Statement statement,
         database_.prepare("SELECT recorded_at FROM commits"
                           " WHERE last>=?1 AND first<=?1 ORDER BY last LIMIT 1"));
  statement.bind(1, signed_of(seq));
  HS_TRY(const bool row, statement.step());
  if (!row) return std::optional<base::RaceTime>();
  return std::optional<base::RaceTime>(base::Duration(statement.integer(0)));
}

base::Result<Verified> RaceFile::Impl::verify() {
  HS_TRY(const base::Transaction snapshot,
         base::Transaction::begin(database_, base::Transaction::Kind::Read));
  Verified out;
  HS_TRY(out.head, check_commits(database_, Head{}, &out));
  HS_TRY(out.people, check_people(database_, out.head.last));
  return out;
}

base::Result<void> RaceFile::Impl::visit_people(const Visit& visit) const {
  HS_TRY(base::Statement rows,
         database_.prepare("SELECT people.seq,facts.kind,facts.body,people.fields FROM people"
                           " JOIN facts ON facts.seq=people.seq ORDER BY people.seq"));
  for (;;) {
    HS_TRY(const bool row, rows.step());
    if (!row) return {};
    HS_TRY_VOID(visit(StoredFact{FactSeq(static_cast<std::uint64_t>(rows.integer(0))),
                                 static_cast<model::FactKind>(rows.integer(1)), rows.blob(2),
                                 rows.blob(3)}));
  }
}

base::Result<std::uint64_t> RaceFile::Impl::erase_personal(std::span<const FactSeq> facts) {
  HS_CHECK(mode_ == OpenMode::ReadWrite, "erasing from a race file opened for reading");
  HS_TRY(base::Statement erase, database_.prepare("DELETE FROM people WHERE seq=?1"));
  HS_TRY(const std::int64_t before, database_.number("SELECT count(*) FROM people"));
  HS_TRY(base::Transaction transaction,
         base::Transaction::begin(database_, base::Transaction::Kind::Write));
  for (const FactSeq seq : facts) {
    erase.bind(1, signed_of(seq));
    HS_TRY_VOID(erase.run());
  }
  HS_TRY_VOID(transaction.commit());
  HS_TRY(const std::int64_t after, database_.number("SELECT count(*) FROM people"));
  // The journal still holds the old pages until it is written back and cut. The pragma answers
  // with 1 where a reader kept it from doing so.
  HS_TRY(const std::int64_t kept, database_.number("PRAGMA wal_checkpoint(TRUNCATE)"));
  if (kept != 0) {
    return base::fail(ErrorCode::Busy,
                      "the fields are erased, but the journal still holds them because somebody "
                      "is reading the file; close it there and erase again",
                      {path_, 0, 0});
  }
  return static_cast<std::uint64_t>(before - after);
}

base::Result<std::vector<CopyCount>> RaceFile::Impl::copies() const {
  std::vector<CopyCount> out;
  HS_TRY(const std::int64_t there,
         database_.number("SELECT count(*) FROM sqlite_master WHERE name='copies'"));
  if (there == 0) return out;
  HS_TRY(base::Statement statement, database_.prepare("SELECT seq,count FROM copies ORDER BY seq"));
  for (;;) {
    HS_TRY(const bool row, statement.step());
    if (!row) return out;
    out.push_back({FactSeq(static_cast<std::uint64_t>(statement.integer(0))),
                   static_cast<std::uint64_t>(statement.integer(1))});
  }
}

base::Result<void> RaceFile::Impl::set_copies(std::span<const CopyCount> counts) {
  HS_CHECK(mode_ == OpenMode::ReadWrite, "counting in a race file opened for reading");
  if (counts.empty()) return {};
  HS_TRY_VOID(database_.run(
      "CREATE TABLE IF NOT EXISTS copies(seq INTEGER PRIMARY KEY, count INTEGER NOT NULL)"));
  HS_TRY(base::Statement set, database_.prepare("INSERT OR REPLACE INTO copies VALUES(?1,?2)"));
  HS_TRY(base::Transaction transaction,
         base::Transaction::begin(database_, base::Transaction::Kind::Write));
  for (const CopyCount& count : counts) {
    set.bind(1, signed_of(count.seq)).bind(2, static_cast<std::int64_t>(count.count));
    HS_TRY_VOID(set.run());
  }
  return transaction.commit();
}

base::Result<void> RaceFile::Impl::backup(const std::string& path) const {
  std::error_code ignored;
  if (!path_.empty() && std::filesystem::equivalent(path, path_, ignored)) {
    return base::fail(ErrorCode::InvalidInput, "a backup cannot be made over the race file itself",
                      {path, 0, 0});
  }
  // Nobody may be writing what is about to be replaced.
  HS_TRY(const WriterLock target, WriterLock::take(path));
  if (std::filesystem::file_size(path + "-wal", ignored) > 0 && !ignored) {
    return base::fail(ErrorCode::Busy,
                      "there is a race file with an open journal at that place; name another",
                      {path, 0, 0});
  }
  const std::string part = path + ".part";
  auto result = replace_with_copy(part, path);
  if (!result) std::filesystem::remove(part, ignored);
  return result;
}

base::Result<void> RaceFile::Impl::replace_with_copy(const std::string& part,
                                                     const std::string& path) const {
  std::error_code code;
  std::filesystem::remove(part, code);
  {
    HS_TRY(base::Database copy, base::Database::open(part, base::Database::Access::Create));
    HS_TRY_VOID(copy.run("PRAGMA synchronous=FULL"));
    HS_TRY_VOID(database_.copy_to(copy));
  }
  for (const char* side : {"-wal", "-shm"}) std::filesystem::remove(path + side, code);
  std::filesystem::rename(part, path, code);
  if (code) {
    return base::fail(ErrorCode::Io, "cannot name the finished backup: " + code.message(),
                      {path, 0, 0});
  }
  return sync_folder_of(path);
}

RaceFile::RaceFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RaceFile::RaceFile(RaceFile&&) noexcept = default;
RaceFile& RaceFile::operator=(RaceFile&&) noexcept = default;
RaceFile::~RaceFile() = default;

base::Result<RaceFile> RaceFile::open(const std::string& path, const OpenOptions& options) {
  HS_CHECK(!path.empty(), "a race file needs a path");
  auto impl = Impl::open(path, options);
  if (!impl) return at_path(std::move(impl).error(), path);
  return RaceFile(std::move(*impl));
}

base::Result<RaceFile> RaceFile::in_memory(const base::Clock* clock) {
  OpenOptions options;
  options.clock = clock;
  HS_TRY(auto impl, Impl::open(std::string(), options));
  return RaceFile(std::move(impl));
}

base::Result<RaceFile> RaceFile::copy_in_memory(const std::string& path) {
  auto impl = Impl::copy_in_memory(path);
  if (!impl) return at_path(std::move(impl).error(), path);
  return RaceFile(std::move(*impl));
}

base::Result<std::vector<Appended>> RaceFile::append(std::span<const NewFact> facts) {
  return impl_->append(facts);
}
base::Result<void> RaceFile::replay(const Visit& visit, FactSeq from) const {
  return impl_->replay(visit, from);
}
const Head& RaceFile::head() const { return impl_->head(); }
base::Result<std::optional<FactSeq>> RaceFile::find(const model::Identity& identity) {
  return impl_->find(identity);
}
base::Result<std::optional<base::RaceTime>> RaceFile::recorded_at(FactSeq seq) const {
  return impl_->recorded_at(seq);
}
base::Result<Verified> RaceFile::verify() const { return impl_->verify(); }
base::Result<void> RaceFile::backup(const std::string& path) const { return impl_->backup(path); }
base::Result<void> RaceFile::visit_people(const Visit& visit) const {
  return impl_->visit_people(visit);
}
base::Result<std::uint64_t> RaceFile::erase_personal(std::span<const FactSeq> facts) {
  return impl_->erase_personal(facts);
}
base::Result<std::vector<CopyCount>> RaceFile::copies() const { return impl_->copies(); }
base::Result<void> RaceFile::set_copies(std::span<const CopyCount> counts) {
  return impl_->set_copies(counts);
}

}  // namespace hs::log
