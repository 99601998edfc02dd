#include "log/identity_set.h"

#include <gtest/gtest.h>

#include "log/crc32c.h"
#include "support/log_facts.h"

namespace hs::log {
namespace {

using model::FactSeq;
using test::named;

TEST(IdentitySet, GivesTheFirstHolderOfAnIdentity) {
  IdentitySet set;
  set.reserve_more(2);
  EXPECT_FALSE(set.find_or_insert(named(1), {FactSeq(10), 7}));
  const auto holder = set.find_or_insert(named(1), {FactSeq(11), 8});
  ASSERT_TRUE(holder);
  EXPECT_EQ(holder->seq, FactSeq(10));
  EXPECT_EQ(holder->mark, 7U);
  EXPECT_EQ(set.size(), 1U);
  EXPECT_FALSE(set.find(named(2)));
}

TEST(IdentitySet, FindsNothingWhileItIsEmpty) { EXPECT_FALSE(IdentitySet().find(named(1))); }

TEST(IdentitySet, KeepsAllWhileItGrows) {
  IdentitySet set;
  constexpr std::uint64_t kCount = 20'000;
  for (std::uint64_t i = 1; i <= kCount; ++i) {
    set.reserve_more(1);
    ASSERT_FALSE(set.find_or_insert(named(i), {FactSeq(i), 0}));
    set.keep();
  }
  for (std::uint64_t i = 1; i <= kCount; ++i) ASSERT_EQ(set.find(named(i))->seq, FactSeq(i));
}

TEST(IdentitySet, UndoTakesBackTheNewestAndNothingElse) {
  IdentitySet set;
  set.reserve_more(700);
  // Identities that all belong in one slot, so that undoing must not break a chain.
  const auto colliding = [](std::uint8_t i) {
    model::Identity identity{};
    identity[0] = i;
    return identity;
  };
  for (std::uint8_t i = 1; i <= 100; ++i) set.find_or_insert(colliding(i), {FactSeq(i), 0});
  set.keep();
  for (std::uint8_t i = 101; i <= 200; ++i) set.find_or_insert(colliding(i), {FactSeq(i), 0});
  set.undo(100);
  EXPECT_EQ(set.size(), 100U);
  for (std::uint8_t i = 1; i <= 100; ++i) EXPECT_TRUE(set.find(colliding(i)));
  for (std::uint8_t i = 101; i <= 200; ++i) EXPECT_FALSE(set.find(colliding(i)));
}

TEST(IdentitySet, UndoingMoreThanWasInsertedIsABug) {
  IdentitySet set;
  EXPECT_DEATH(set.undo(1), "undoing more");
}

TEST(Crc32c, GivesThePublishedValues) {
  // RFC 3720, appendix B.4, and the usual check value.
  EXPECT_EQ(crc32c("123456789"), 0xe3069283U);
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8a9136aaU);
  EXPECT_EQ(crc32c(std::string(32, '\xff')), 0x62a8ab43U);
  EXPECT_EQ(crc32c(""), 0U);
}

TEST(Crc32c, TheTableAndTheInstructionAgreeOnEverySize) {
  std::string bytes;
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(crc32c(bytes), crc32c_by_table(bytes)) << i;
    bytes += static_cast<char>(i * 37);
  }
}

}  // namespace
}  // namespace hs::log
