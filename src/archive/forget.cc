#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <vector>

#include "archive/archive_impl.h"
#include "archive/result_row.h"
#include "base/fold.h"
#include "base/sha256.h"

// Implementation notes: what is kept of somebody forgotten are digests of their name with their bib
// or age, with a salt of this archive, so that a list of names cannot be tried against two archives
// at once. The digest of the race's content is made anew, so that the same file is the same again.

namespace hs::archive {
namespace {

using model::PublishedRace;
using model::PublishedResult;
using model::PublishedText;

constexpr const char* kSaltKey = "salt";

/// What tells who somebody is. Sex, division and age group stay: places hang on them.
constexpr std::array kTelling = {
    PublishedText::Bib,  PublishedText::Name,  PublishedText::FirstName, PublishedText::LastName,
    PublishedText::City, PublishedText::State, PublishedText::Country,   PublishedText::Citizenship,
    PublishedText::Club, PublishedText::Team,  PublishedText::Note};

/// The words of a name in an order of their own: "Last, First" is "First Last".
std::string sorted_words(std::string_view name) {
  std::string folded = base::fold_words(name);
  std::vector<std::string> words;
  for (std::size_t from = 0; from < folded.size();) {
    const std::size_t to = std::min(folded.find(' ', from), folded.size());
    words.push_back(folded.substr(from, to - from));
    from = to + 1;
  }
  std::sort(words.begin(), words.end());
  std::string out;
  for (const std::string& word : words) out += word + ' ';
  return out;
}

/// By what a result is known again: its name with the bib, and its name with the age. With neither,
/// the name alone. Nothing for who has no name.
std::vector<base::Digest> marks_of(const PublishedRace& race, const PublishedResult& result,
                                   std::string_view salt) {
  const std::string name = sorted_words(race.name_of(result));
  if (name.empty()) return {};
  const auto mark = [&](std::string_view kind, std::string_view value) {
    std::string bytes(salt);
    for (const std::string_view part : {std::string_view(race.id), std::string_view(name), kind}) {
      bytes += part;
      bytes += '\0';
    }
    return base::sha256(bytes.append(value));
  };
  std::vector<base::Digest> out;
  const std::string_view bib = race.text(result, PublishedText::Bib);
  if (!bib.empty()) out.push_back(mark("bib", bib));
  if (result.age) out.push_back(mark("age", std::to_string(*result.age)));
  if (out.empty()) out.push_back(mark("name", ""));
  return out;
}

void unname(PublishedResult& result) {
  for (const PublishedText text : kTelling) {
    result.texts[static_cast<std::size_t>(text)] = model::TextId();
  }
  result.age.reset();
}

std::string_view bytes_of(const base::Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

base::Result<std::string> Archive::Impl::salt() {
  HS_TRY(base::Statement row, database.prepare("SELECT bytes FROM kept WHERE what=?1"));
  HS_TRY(const bool found, row.bind_text(1, kSaltKey).step());
  if (found) return std::string(row.blob(0));
  constexpr std::size_t kSaltBytes = 16;
  std::array<unsigned char, kSaltBytes> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
    return base::fail(base::ErrorCode::Io, "the system gave no random bytes for the archive's salt",
                      {path, 0, 0});
  }
  const std::string out(random.begin(), random.end());
  HS_TRY(base::Statement insert, database.prepare("INSERT INTO kept VALUES(?1,?2)"));
  HS_TRY_VOID(insert.bind_text(1, kSaltKey).bind(2, std::string_view(out)).run());
  return out;
}

base::Result<std::optional<PublishedRace>> Archive::Impl::without_forgotten(
    const PublishedRace& race) const {
  std::optional<PublishedRace> out;
  HS_TRY(base::Statement any, database.prepare("SELECT 1 FROM forgotten WHERE race=?1 LIMIT 1"));
  HS_TRY(const bool has_any, any.bind_text(1, race.id).step());
  if (!has_any) return out;
  HS_TRY(base::Statement salt_row, database.prepare("SELECT bytes FROM kept WHERE what=?1"));
  HS_TRY(const bool has_salt, salt_row.bind_text(1, kSaltKey).step());
  const std::string salt = has_salt ? std::string(salt_row.blob(0)) : std::string();
  HS_TRY(base::Statement find,
         database.prepare("SELECT 1 FROM forgotten WHERE race=?1 AND mark=?2"));
  out = race;
  for (PublishedResult& result : out->results) {
    for (const base::Digest& mark : marks_of(race, result, salt)) {
      find.reset();
      HS_TRY(const bool is_forgotten, find.bind_text(1, race.id).bind(2, bytes_of(mark)).step());
      if (is_forgotten) unname(result);
    }
  }
  return out;
}

base::Result<void> Archive::Impl::forget_in_race(const std::string& race_id,
                                                 std::span<const ResultId> results,
                                                 std::string_view salt) {
  std::int64_t number = 0;
  HS_TRY(PublishedRace race, read_head(race_id, number));
  HS_TRY(base::Statement row,
         database.prepare("SELECT " + result_columns() + " FROM results WHERE id=?1"));
  HS_TRY(base::Statement mark_row,
         database.prepare("INSERT OR IGNORE INTO forgotten VALUES(?1,?2)"));
  HS_TRY(base::Statement clear_words,
         database.prepare("DELETE FROM words WHERE (race_a=?1 AND (bib_a=?2 OR bib_a=?3)) OR "
                          "(race_b=?1 AND (bib_b=?2 OR bib_b=?3))"));
  std::string columns = "age=NULL";
  for (const PublishedText text : kTelling) columns += std::string(",") + name_of(text) + "=NULL";
  HS_TRY(base::Statement clear, database.prepare("UPDATE results SET " + columns + " WHERE id=?1"));
  for (const ResultId id : results) {
    const auto key = static_cast<std::int64_t>(id.raw());
    row.reset();
    HS_TRY(const bool is_there, row.bind(1, key).step());
    if (!is_there) {
      return base::fail(base::ErrorCode::NotFound, "found no such result of " + race_id,
                        {path, 0, 0});
    }
    HS_TRY_VOID(read_result(row, race));
    const PublishedResult& result = race.results.back();
    for (const base::Digest& mark : marks_of(race, result, salt)) {
      HS_TRY_VOID(mark_row.bind_text(1, race_id).bind(2, bytes_of(mark)).run());
    }
    const std::string line = "#" + std::to_string(result.line);
    clear_words.bind_text(1, race_id).bind_text(2, race.text(result, PublishedText::Bib));
    HS_TRY_VOID(clear_words.bind_text(3, line).run());
    HS_TRY_VOID(unlink(key, key + 1));
    row.reset();
    HS_TRY_VOID(clear.bind(1, key).run());
  }
  return {};
}

base::Result<void> Archive::forget(std::span<const ResultId> results) {
  base::Database& database = impl_->database;
  // What is overwritten is overwritten with noughts, also where the file has room left.
  HS_TRY_VOID(database.run("PRAGMA secure_delete=ON"));
  HS_TRY(base::Transaction transaction,
         base::Transaction::begin(database, base::Transaction::Kind::Write));
  HS_TRY(const std::string salt, impl_->salt());
  HS_TRY(const auto all_races, races());
  for (const RaceEntry& entry : all_races) {
    std::vector<ResultId> of_race;
    std::copy_if(results.begin(), results.end(), std::back_inserter(of_race),
                 [&](ResultId id) { return id.race() == entry.number; });
    if (of_race.empty()) continue;
    HS_TRY_VOID(impl_->forget_in_race(entry.id, of_race, salt));
    HS_TRY(const PublishedRace now, impl_->read_race(entry.id));
    const base::Digest content = content_of(now);
    HS_TRY(base::Statement update, database.prepare("UPDATE races SET content=?1 WHERE id=?2"));
    HS_TRY_VOID(update.bind(1, bytes_of(content)).bind_text(2, entry.id).run());
    HS_TRY_VOID(impl_->erase_fold(entry.number));
    // The fastest of an age tells an age.
    HS_TRY_VOID(impl_->erase_fields(entry.number));
    HS_TRY_VOID(impl_->insert_fields(now, entry.number));
  }
  // Who has nothing left leaves the lists now; the others when they are linked next.
  HS_TRY(base::Statement emptied,
         database.prepare("SELECT person FROM stale WHERE NOT EXISTS "
                          "(SELECT 1 FROM links WHERE links.person=stale.person)"));
  std::vector<PersonId> gone;
  while (true) {
    HS_TRY(const bool more, emptied.step());
    if (!more) break;
    gone.push_back(PersonId(static_cast<std::uint32_t>(emptied.integer(0))));
  }
  for (const PersonId id : gone) HS_TRY_VOID(impl_->drop_person(id));
  // The index would keep the words of a dropped row until its pieces are merged some day.
  HS_TRY_VOID(database.run("INSERT INTO people_search(people_search) VALUES('optimize')"));
  return transaction.commit();
}

}  // namespace hs::archive
