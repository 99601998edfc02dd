#include <algorithm>
#include <array>
#include <charconv>

#include "archive/archive_impl.h"

// Implementation notes: what linking asks of the archive and what it leaves there. Writing follows
// the order of the keys, so that a table of millions of rows grows at its end.

namespace hs::archive {
namespace {

using base::ErrorCode;

constexpr const char* kModelKey = "link model";

std::int64_t raw(ResultId id) { return static_cast<std::int64_t>(id.raw()); }

ResultId result_at(const base::Statement& row, int column) {
  return ResultId(static_cast<std::uint64_t>(row.integer(column)));
}

NamedResult read_named(const base::Statement& row) {
  NamedResult out;
  int column = 0;
  out.id = result_at(row, column++);
  for (std::string_view* text : {&out.name, &out.first_name, &out.last_name, &out.bib, &out.city,
                                 &out.state, &out.country, &out.club}) {
    *text = row.blob(column++);
  }
  out.sex = model::parse_sex(row.blob(column++));
  if (!row.is_null(column)) out.age = static_cast<std::uint16_t>(row.integer(column));
  return out;
}

constexpr const char* kNamedColumns =
    "SELECT id,name,first_name,last_name,bib,city,state,country,club,sex,age FROM results ";

}  // namespace

base::Result<void> Archive::each_named(const std::function<void(const NamedResult&)>& visit,
                                       std::optional<std::uint32_t> of_race) const {
  HS_TRY(base::Statement rows,
         impl_->database.prepare(
             std::string(kNamedColumns) +
             "WHERE id>=?1 AND id<?2 AND (name IS NOT NULL OR last_name IS NOT NULL) ORDER BY id"));
  constexpr std::int64_t kBehindAll = std::int64_t{1} << 32U;
  rows.bind(1, first_id(of_race.value_or(0)));
  rows.bind(2, of_race ? first_id(std::int64_t{*of_race} + 1) : first_id(kBehindAll / 2 - 1));
  while (true) {
    HS_TRY(const bool more, rows.step());
    if (!more) return {};
    visit(read_named(rows));
  }
}

base::Result<void> Archive::each_named(std::span<const ResultId> results,
                                       const std::function<void(const NamedResult&)>& visit) const {
  // Or each look-up would lock the file for itself.
  HS_TRY(const base::Transaction snapshot,
         base::Transaction::begin(impl_->database, base::Transaction::Kind::Read));
  HS_TRY(base::Statement row, impl_->database.prepare(std::string(kNamedColumns) + "WHERE id=?1"));
  for (const ResultId result : results) {
    row.reset();
    HS_TRY(const bool found, row.bind(1, raw(result)).step());
    if (found) visit(read_named(row));
  }
  return {};
}

base::Result<void> Archive::each_link(const std::function<void(const Link&)>& visit) const {
  HS_TRY(base::Statement rows,
         impl_->database.prepare("SELECT result,person,probability FROM links ORDER BY result"));
  while (true) {
    HS_TRY(const bool more, rows.step());
    if (!more) return {};
    visit({result_at(rows, 0), PersonId(static_cast<std::uint32_t>(rows.integer(1))),
           Probability(rows.integer(2))});
  }
}

base::Result<std::vector<PersonId>> Archive::stale_people() const {
  HS_TRY(base::Statement rows, impl_->database.prepare("SELECT person FROM stale ORDER BY person"));
  std::vector<PersonId> out;
  while (true) {
    HS_TRY(const bool more, rows.step());
    if (!more) return out;
    out.push_back(PersonId(static_cast<std::uint32_t>(rows.integer(0))));
  }
}

base::Result<void> Archive::Impl::unlink(std::int64_t first, std::int64_t end) {
  for (const char* sql :
       {"INSERT OR IGNORE INTO stale SELECT person FROM links WHERE result>=?1 AND result<?2",
        "DELETE FROM links WHERE result>=?1 AND result<?2",
        "DELETE FROM doubts WHERE (a>=?1 AND a<?2) OR (b>=?1 AND b<?2)"}) {
    HS_TRY(base::Statement statement, database.prepare(sql));
    HS_TRY_VOID(statement.bind(1, first).bind(2, end).run());
  }
  return {};
}

base::Result<void> Archive::Impl::erase_fold(std::int64_t number) {
  HS_TRY(base::Statement erase, database.prepare("DELETE FROM folds WHERE race=?1"));
  return erase.bind(1, number).run();
}

base::Result<std::optional<std::string>> Archive::fold_of(std::uint32_t race,
                                                          std::uint32_t edition) const {
  HS_TRY(base::Statement row,
         impl_->database.prepare("SELECT records FROM folds WHERE race=?1 AND edition=?2"));
  HS_TRY(const bool found, row.bind(1, race).bind(2, edition).step());
  if (!found) return std::optional<std::string>();
  return std::optional(std::string(row.blob(0)));
}

base::Result<void> Archive::Impl::drop_person(PersonId id) {
  HS_TRY(base::Statement unlist,
         database.prepare("INSERT INTO people_search(people_search,rowid,names) "
                          "SELECT 'delete',number,names FROM people WHERE number=?1"));
  HS_TRY_VOID(unlist.bind(1, id.raw()).run());
  HS_TRY(base::Statement remove, database.prepare("DELETE FROM people WHERE number=?1"));
  return remove.bind(1, id.raw()).run();
}

base::Result<void> Archive::Impl::put_people(const LinkChange& change) {
  if (!change.next_person) return {};
  HS_TRY(base::Statement before, database.prepare("SELECT names FROM people WHERE number=?1"));
  HS_TRY(base::Statement unlist,
         database.prepare("INSERT INTO people_search(people_search,rowid,names) "
                          "VALUES('delete',?1,?2)"));
  HS_TRY(base::Statement insert,
         database.prepare("INSERT OR REPLACE INTO people VALUES(?1,?2,?3,?4,?5,?6,?7)"));
  HS_TRY(base::Statement list,
         database.prepare("INSERT INTO people_search(rowid,names) VALUES(?1,?2)"));
  while (const auto person = change.next_person()) {
    const PersonHit& shown = person->shown;
    before.reset();
    HS_TRY(const bool is_known, before.bind(1, shown.id.raw()).step());
    const std::string names(is_known ? before.blob(0) : std::string_view());
    before.reset();
    // Most write their name as ever; the index is the dear part and is left alone then.
    const bool is_listed = is_known && names == person->names;
    if (is_known && !is_listed) {
      HS_TRY_VOID(unlist.bind(1, shown.id.raw()).bind_text(2, names).run());
    }
    const std::string first = base::format_date(shown.first);
    const std::string last = base::format_date(shown.last);
    insert.bind(1, shown.id.raw()).bind_text(2, shown.name).bind_text(3, person->names);
    insert.bind_text(4, shown.place).bind(5, shown.results).bind_text(6, first);
    HS_TRY_VOID(insert.bind_text(7, last).run());
    if (is_listed) continue;
    HS_TRY_VOID(list.bind(1, shown.id.raw()).bind_text(2, person->names).run());
  }
  return {};
}

base::Result<void> Archive::store_links(const LinkChange& change) {
  base::Database& database = impl_->database;
  HS_TRY(base::Transaction transaction,
         base::Transaction::begin(database, base::Transaction::Kind::Write));
  if (change.is_everything) {
    HS_TRY_VOID(
        database.run("DELETE FROM links;DELETE FROM doubts;"
                     "INSERT INTO people_search(people_search) VALUES('delete-all');"
                     "DELETE FROM people;DROP INDEX links_by_person;"));
  }
  HS_TRY(base::Statement link, database.prepare("INSERT OR REPLACE INTO links VALUES(?1,?2,?3)"));
  for (const Link& one : change.links) {
    link.bind(1, raw(one.result)).bind(2, one.person.raw()).bind(3, one.probability.millionths());
    HS_TRY_VOID(link.run());
  }
  if (change.is_everything) {
    HS_TRY_VOID(database.run("CREATE INDEX links_by_person ON links(person);"));
  }
  for (const PersonId id : change.gone) HS_TRY_VOID(impl_->drop_person(id));
  HS_TRY_VOID(impl_->put_people(change));
  HS_TRY(base::Statement doubt, database.prepare("INSERT OR REPLACE INTO doubts VALUES(?1,?2,?3)"));
  for (const Doubt& one : change.doubts) {
    doubt.bind(1, raw(one.a)).bind(2, raw(one.b)).bind(3, one.probability.millionths());
    HS_TRY_VOID(doubt.run());
  }
  HS_TRY_VOID(database.run("DELETE FROM stale"));
  // What has become one person since is no doubt any more.
  HS_TRY_VOID(
      database.run("DELETE FROM doubts WHERE (SELECT person FROM links WHERE result=a)="
                   "(SELECT person FROM links WHERE result=b);"));
  HS_TRY(base::Statement fold, database.prepare("INSERT OR REPLACE INTO folds VALUES(?1,?2,?3)"));
  for (const Fold& one : change.folds) {
    HS_TRY_VOID(fold.bind(1, one.race).bind(2, one.edition).bind(3, one.records).run());
  }
  if (change.model) {
    HS_TRY(base::Statement model, database.prepare("INSERT OR REPLACE INTO kept VALUES(?1,?2)"));
    HS_TRY_VOID(model.bind_text(1, kModelKey).bind(2, std::string_view(*change.model)).run());
  }
  return transaction.commit();
}

base::Result<std::string> Archive::link_model() const {
  HS_TRY(base::Statement row, impl_->database.prepare("SELECT bytes FROM kept WHERE what=?1"));
  HS_TRY(const bool found, row.bind_text(1, kModelKey).step());
  return found ? std::string(row.blob(0)) : std::string();
}

base::Result<std::vector<Doubt>> Archive::doubts(std::size_t limit) const {
  HS_TRY(base::Statement rows,
         impl_->database.prepare(
             "SELECT a,b,probability FROM doubts ORDER BY probability DESC,a,b LIMIT ?1"));
  rows.bind(1, static_cast<std::int64_t>(limit));
  std::vector<Doubt> out;
  while (true) {
    HS_TRY(const bool more, rows.step());
    if (!more) return out;
    out.push_back({result_at(rows, 0), result_at(rows, 1), Probability(rows.integer(2))});
  }
}

base::Result<ResultId> Archive::result_named(const ResultName& name) const {
  HS_TRY(const auto race, impl_->number_of(name.race, nullptr));
  const auto refuse = [&](ErrorCode code, const std::string& what) {
    return base::fail(code, "found " + what + ", expected a race and a bib of the archive",
                      {impl_->path, 0, 0});
  };
  if (!race) return refuse(ErrorCode::NotFound, "no race '" + name.race + "'");
  std::int64_t line = 0;
  const bool by_line = name.bib.starts_with('#');
  if (by_line) {
    const char* const end = name.bib.data() + name.bib.size();
    const auto read = std::from_chars(name.bib.data() + 1, end, line);
    if (read.ec != std::errc() || read.ptr != end) {
      return refuse(ErrorCode::InvalidInput, "the line '" + name.bib + "'");
    }
  }
  HS_TRY(base::Statement rows,
         impl_->database.prepare(std::string("SELECT id FROM results WHERE id>=?1 AND id<?2 AND ") +
                                 (by_line ? "line=?3" : "bib=?3") + " LIMIT 2"));
  rows.bind(1, first_id(*race)).bind(2, first_id(*race + 1));
  if (by_line) {
    rows.bind(3, line);
  } else {
    rows.bind_text(3, name.bib);
  }
  HS_TRY(const bool found, rows.step());
  if (!found) return refuse(ErrorCode::NotFound, "no bib '" + name.bib + "' in " + name.race);
  const ResultId out = result_at(rows, 0);
  HS_TRY(const bool again, rows.step());
  if (again) return refuse(ErrorCode::InvalidInput, "several with bib '" + name.bib + "'");
  return out;
}

base::Result<void> Archive::add_word(const PersonWord& word) {
  HS_TRY(base::Statement insert,
         impl_->database.prepare("INSERT INTO words(says,race_a,bib_a,race_b,bib_b,by,at) "
                                 "VALUES(?1,?2,?3,?4,?5,?6,?7)"));
  insert.bind_text(1, word.is_same ? "same" : "apart");
  insert.bind_text(2, word.a.race).bind_text(3, word.a.bib).bind_text(4, word.b.race);
  return insert.bind_text(5, word.b.bib).bind_text(6, word.by).bind_text(7, word.at).run();
}

base::Result<std::vector<PersonWord>> Archive::words() const {
  HS_TRY(base::Statement rows,
         impl_->database.prepare(
             "SELECT says,race_a,bib_a,race_b,bib_b,by,at FROM words ORDER BY number"));
  std::vector<PersonWord> out;
  while (true) {
    HS_TRY(const bool more, rows.step());
    if (!more) return out;
    PersonWord word;
    word.is_same = rows.blob(0) == "same";
    int column = 1;
    for (std::string* text :
         {&word.a.race, &word.a.bib, &word.b.race, &word.b.bib, &word.by, &word.at}) {
      *text = std::string(rows.blob(column++));
    }
    out.push_back(std::move(word));
  }
}

}  // namespace hs::archive
