#include "log/commit_check.h"

#include <algorithm>
#include <array>

namespace hs::log {
namespace {

using model::FactSeq;

/// Opening checks this many commits, and fewer where they are large.
constexpr int kCommitsChecked = 16;
constexpr std::uint64_t kFactsChecked = 20'000;

FactSeq seq_of(std::int64_t value) { return FactSeq(static_cast<std::uint64_t>(value)); }

tl::unexpected<base::Error> corrupt(const std::string& what) {
  return base::fail(base::ErrorCode::Corrupt, what);
}

std::string range_of(FactSeq first, FactSeq last) {
  if (first == last) return "fact " + std::to_string(first.raw());
  return "facts " + std::to_string(first.raw()) + " to " + std::to_string(last.raw());
}

base::Digest digest_of(std::string_view bytes) {
  base::Digest out{};
  std::copy_n(bytes.begin(), std::min(bytes.size(), out.size()), out.begin());
  return out;
}

/// One commit as stored.
struct CommitRow {
  FactSeq first;
  FactSeq last;
  std::int64_t recorded_at_us = 0;
  base::Digest chain{};
};

/// Checks one commit: its facts, read from `facts`, and its chain.
base::Result<void> check_commit(const CommitRow& commit, const Head& before, FactReader& facts,
                                ChainMaker& chain) {
  if (commit.first != before.last.next() || commit.last < commit.first) {
    return corrupt(
        "the commit of " + range_of(commit.first, commit.last) + " does not follow " +
        (before.last == FactSeq() ? "the beginning" : "fact " + std::to_string(before.last.raw())));
  }
  chain.begin(before.chain, commit.first, commit.last, commit.recorded_at_us);
  for (FactSeq seq = commit.first; seq <= commit.last; seq = seq.next()) {
    HS_TRY(const auto fact, facts.next());
    if (!fact) return corrupt("fact " + std::to_string(seq.raw()) + " is missing");
    chain.add(facts.bytes());
  }
  if (chain.finish() != commit.chain) {
    return corrupt(range_of(commit.first, commit.last) +
                   ": the commit was changed, its facts do not match its chain");
  }
  return {};
}

}  // namespace

void ChainMaker::begin(const base::Digest& before, FactSeq first, FactSeq last,
                       std::int64_t recorded_at_us) {
  std::array<std::uint64_t, 3> numbers = {first.raw(), last.raw(),
                                          static_cast<std::uint64_t>(recorded_at_us)};
  std::string bytes(before.begin(), before.end());
  for (const std::uint64_t number : numbers) {
    for (unsigned i = 0; i < 8; ++i) bytes += static_cast<char>((number >> (8 * i)) & 0xff);
  }
  hash_.add(bytes);
}

base::Result<Head> check_commits(const base::Database& database, const Head& after,
                                 Verified* counted) {
  HS_TRY(base::Statement commits,
         database.prepare("SELECT last,first,recorded_at,chain FROM commits"
                          " WHERE last>?1 ORDER BY last"));
  commits.bind(1, static_cast<std::int64_t>(after.last.raw()));
  HS_TRY(FactReader facts, FactReader::open(database, after.last.next()));
  ChainMaker chain;
  Head head = after;
  for (;;) {
    HS_TRY(const bool more, commits.step());
    if (!more) break;
    const CommitRow commit{seq_of(commits.integer(1)), seq_of(commits.integer(0)),
                           commits.integer(2), digest_of(commits.blob(3))};
    HS_TRY_VOID(check_commit(commit, head, facts, chain));
    head = Head{commit.last, commit.chain};
    if (counted != nullptr) {
      counted->commits += 1;
      counted->facts += commit.last.raw() - commit.first.raw() + 1;
    }
  }
  HS_TRY(const auto extra, facts.next());
  if (extra) return corrupt("fact " + std::to_string(extra->seq.raw()) + " is in no commit");
  return head;
}

base::Result<Head> head_before_last_commits(const base::Database& database) {
  HS_TRY(base::Statement commits,
         database.prepare("SELECT last,chain FROM commits ORDER BY last DESC"));
  std::optional<FactSeq> newest;
  for (int seen = 0;; ++seen) {
    HS_TRY(const bool more, commits.step());
    if (!more) return Head{};
    const FactSeq last = seq_of(commits.integer(0));
    if (!newest) newest = last;
    const bool enough = seen >= kCommitsChecked || newest->raw() - last.raw() >= kFactsChecked;
    if (enough && seen > 0) return Head{last, digest_of(commits.blob(1))};
  }
}

base::Result<std::uint64_t> check_people(const base::Database& database, FactSeq last) {
  HS_TRY(base::Statement people,
         database.prepare("SELECT seq,fields,crc FROM people ORDER BY seq"));
  std::uint64_t count = 0;
  for (;; ++count) {
    HS_TRY(const bool more, people.step());
    if (!more) return count;
    const FactSeq seq = seq_of(people.integer(0));
    if (seq < FactSeq(1) || seq > last) {
      return corrupt("a person's fields point to fact " + std::to_string(seq.raw()) +
                     ", which does not exist");
    }
    if (person_crc(seq, people.blob(1)) != static_cast<std::uint64_t>(people.integer(2))) {
      return corrupt("fact " + std::to_string(seq.raw()) +
                     " has a person's fields that were changed: they do not match their checksum");
    }
  }
}

}  // namespace hs::log
