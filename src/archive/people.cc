#include "archive/people.h"

#include <algorithm>
#include <utility>

#include "archive/archive_impl.h"
#include "archive/result_row.h"
#include "base/fold.h"

// Implementation notes: the index of names is FTS5 with prefixes of up to three letters, and keeps
// neither positions nor a second copy of the names. A search takes a bounded number of rows from it
// and puts those in order, so that a single letter costs no more than a whole name.

namespace hs::archive {
namespace {

using base::ErrorCode;

/// How many people with fitting names a search looks at before it puts them in order.
constexpr std::int64_t kLookedAt = 400;

/// The words of a search as FTS5 wants them. They are folded as the index is, so nothing in them
/// has a meaning to it.
std::string query_of(std::string_view text) {
  std::string out;
  for (const char c : base::fold_words(text)) {
    if (out.empty()) out += '"';
    out += c == ' ' ? std::string("\" AND \"") : std::string(1, c);
  }
  return out.empty() ? out : out + '"';
}

base::Result<PersonHit> read_hit(const base::Statement& row) {
  PersonHit hit;
  hit.id = PersonId(static_cast<std::uint32_t>(row.integer(0)));
  hit.name = std::string(row.blob(1));
  hit.place = std::string(row.blob(2));
  hit.results = static_cast<std::uint32_t>(row.integer(3));
  HS_TRY(hit.first, base::parse_date(row.blob(4)));
  HS_TRY(hit.last, base::parse_date(row.blob(5)));
  return hit;
}

}  // namespace

base::Result<std::vector<PersonHit>> Archive::find_people(std::string_view text,
                                                          std::size_t limit) const {
  const std::string all = query_of(text);
  std::vector<PersonHit> out;
  if (all.empty()) return out;
  HS_TRY(const base::Transaction snapshot,
         base::Transaction::begin(impl_->database, base::Transaction::Kind::Read));
  HS_TRY(base::Statement rows,
         impl_->database.prepare(
             "SELECT number,name,place,results,first,last FROM people WHERE number IN "
             "(SELECT rowid FROM people_search WHERE people_search MATCH ?1 LIMIT ?2) "
             "ORDER BY results DESC,number"));
  // First as written, then with the last word cut short; each in order, nobody twice.
  for (const std::string& query : {all, all + "*"}) {
    rows.reset();
    rows.bind_text(1, query).bind(2, kLookedAt);
    while (out.size() < limit) {
      HS_TRY(const bool more, rows.step());
      if (!more) break;
      HS_TRY(PersonHit hit, read_hit(rows));
      const bool is_there = std::any_of(out.begin(), out.end(),
                                        [&](const auto& other) { return other.id == hit.id; });
      if (!is_there) out.push_back(std::move(hit));
    }
  }
  return out;
}

base::Result<std::optional<PersonId>> Archive::person_of(ResultId result) const {
  HS_TRY(base::Statement row, impl_->database.prepare("SELECT person FROM links WHERE result=?1"));
  row.bind(1, static_cast<std::int64_t>(result.raw()));
  HS_TRY(const bool found, row.step());
  if (!found) return std::optional<PersonId>();
  return std::optional(PersonId(static_cast<std::uint32_t>(row.integer(0))));
}

base::Result<Person> Archive::person(PersonId id) const {
  HS_TRY(const base::Transaction snapshot,
         base::Transaction::begin(impl_->database, base::Transaction::Kind::Read));
  HS_TRY(base::Statement who, impl_->database.prepare("SELECT name FROM people WHERE number=?1"));
  HS_TRY(const bool found, who.bind(1, id.raw()).step());
  if (!found) {
    return base::fail(ErrorCode::NotFound,
                      "found no person " + std::to_string(id.raw()) + " in the archive",
                      {impl_->path, 0, 0});
  }
  Person out{id, std::string(who.blob(0)), {}};
  HS_TRY(
      base::Statement links,
      impl_->database.prepare("SELECT l.result,l.probability,r.id FROM links l JOIN races r "
                              "ON r.number=l.result>>32 WHERE l.person=?1 ORDER BY r.date,r.id"));
  HS_TRY(base::Statement row,
         impl_->database.prepare("SELECT " + result_columns() + " FROM results WHERE id=?1"));
  links.bind(1, id.raw());
  while (true) {
    HS_TRY(const bool more, links.step());
    if (!more) return out;
    const std::int64_t result = links.integer(0);
    std::int64_t number = 0;
    HS_TRY(model::PublishedRace race, impl_->read_head(links.blob(2), number));
    row.reset();
    HS_TRY(const bool is_there, row.bind(1, result).step());
    if (!is_there) {
      return base::fail(ErrorCode::Corrupt, "a link of the archive leads to no result",
                        {impl_->path, 0, 0});
    }
    HS_TRY_VOID(read_result(row, race));
    out.results.push_back({ResultId(static_cast<std::uint64_t>(result)),
                           Probability(links.integer(1)), std::move(race)});
  }
}

}  // namespace hs::archive
