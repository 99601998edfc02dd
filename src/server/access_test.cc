#include "server/access.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/file.h"
#include "support/temp_folder.h"

namespace hs::server {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

class Tokens : public ::testing::Test {
 protected:
  [[nodiscard]] std::string path() const { return temp_ / "x.tokens"; }
  [[nodiscard]] TokenFile open() const {
    auto file = TokenFile::open(path());
    EXPECT_TRUE(file.has_value());
    return std::move(*file);
  }
  test::TempFolder temp_;
};

TEST_F(Tokens, ATokenIsKnownAgainAndNoOther) {
  TokenFile file = open();
  const auto token = file.add(Role::Referee, "Ref 1");
  ASSERT_TRUE(token.has_value());
  const TokenFile again = open();
  const auto found = again.check(*token);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->role, Role::Referee);
  EXPECT_EQ(found->name, "Ref 1");
  std::string wrong = *token;
  wrong.back() = wrong.back() == 'a' ? 'b' : 'a';
  EXPECT_FALSE(again.check(wrong).has_value());
  EXPECT_FALSE(again.check("").has_value());
  EXPECT_FALSE(again.check("nobody.0123").has_value());
  EXPECT_FALSE(again.check(token->substr(0, token->find('.'))).has_value());
}

TEST_F(Tokens, TheFileIsForItsOwnerAloneAndHoldsNoToken) {
  TokenFile file = open();
  const auto token = file.add(Role::Timer, "Sam");
  ASSERT_TRUE(token.has_value());
  struct stat about {};
  ASSERT_EQ(::stat(path().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777u, 0600u);
  const std::string secret = token->substr(token->find('.') + 1);
  EXPECT_EQ(base::read_file(path())->find(secret), std::string::npos);
  EXPECT_TRUE(file.list().front().hash.empty());
}

TEST_F(Tokens, ARemovedOneIsKnownNoMore) {
  TokenFile file = open();
  const auto a = file.add(Role::Timer, "A");
  const auto b = file.add(Role::Timer, "B");
  ASSERT_TRUE(a && b);
  EXPECT_TRUE(file.remove(a->substr(0, a->find('.'))).has_value());
  EXPECT_FALSE(open().check(*a).has_value());
  EXPECT_TRUE(open().check(*b).has_value());
  EXPECT_EQ(file.remove("none").error().code, base::ErrorCode::NotFound);
}

TEST_F(Tokens, ADamagedFileIsSaidWithItsLineAndANameMustBeOne) {
  ASSERT_TRUE(base::write_file(path(), "\n{\"id\":\"a\"}\n").has_value());
  const auto file = TokenFile::open(path());
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().place.line, 2);
  ASSERT_TRUE(base::write_file(path(), "").has_value());
  TokenFile fresh = open();
  EXPECT_FALSE(fresh.add(Role::Timer, "").has_value());
  EXPECT_FALSE(fresh.add(Role::Timer, "a\nb").has_value());
  EXPECT_FALSE(fresh.add(Role::Timer, std::string(100, 'x')).has_value());
}

TEST(Sessions, OneLastsWhileItIsUsed) {
  Sessions sessions;
  Sessions::Instant now{};
  const std::string key = sessions.begin(Role::Timer, "Sam", "t1", now);
  EXPECT_EQ(key.size(), 64u);
  for (int i = 0; i < 5; ++i) {
    now += std::chrono::hours(11);
    ASSERT_TRUE(sessions.find(key, now).has_value());
  }
  now += std::chrono::hours(13);
  EXPECT_FALSE(sessions.find(key, now).has_value());
  EXPECT_FALSE(sessions.find("", now).has_value());
}

TEST(Sessions, ThoseOfATokenThatIsGoneEnd) {
  Sessions sessions;
  const Sessions::Instant now{};
  const std::string a = sessions.begin(Role::Timer, "A", "t1", now);
  const std::string b = sessions.begin(Role::Timer, "B", "t2", now);
  TokenFile::Entry left;
  left.id = "t2";
  sessions.keep_only({left});
  EXPECT_FALSE(sessions.find(a, now).has_value());
  EXPECT_TRUE(sessions.find(b, now).has_value());
}

TEST(Sessions, TheyDoNotGrowWithoutEndAndTheOldestMakesRoom) {
  Sessions sessions;
  Sessions::Instant now{};
  const std::string first = sessions.begin(Role::Timer, "A", "t", now);
  std::string last;
  for (std::size_t i = 0; i < Sessions::kMost; ++i) {
    now += milliseconds(1);
    last = sessions.begin(Role::Timer, "A", "t", now);
  }
  EXPECT_FALSE(sessions.find(first, now).has_value());
  EXPECT_TRUE(sessions.find(last, now).has_value());
}

TEST(Sessions, WhoGuessesWaitsEverLonger) {
  Sessions sessions;
  Sessions::Instant now{};
  now += std::chrono::hours(1);
  milliseconds before{0};
  for (int i = 0; i < 8; ++i) {
    EXPECT_FALSE(sessions.is_waiting("a", now));
    sessions.note_wrong("a", now);
    EXPECT_GT(sessions.hold_for("a", now), before);
    before = sessions.hold_for("a", now);
    EXPECT_TRUE(sessions.is_waiting("a", now));
    EXPECT_FALSE(sessions.is_waiting("b", now));
    now += before;
  }
  EXPECT_EQ(before, milliseconds(32'000));
  EXPECT_EQ(sessions.hold_for("a", now + minutes(16)), milliseconds(0));
  sessions.note_right("a");
  EXPECT_EQ(sessions.hold_for("a", now), milliseconds(0));
}

}  // namespace
}  // namespace hs::server
