#include "server/event_stream.h"

#include <gtest/gtest.h>

#include <string>

namespace hs::server {
namespace {

using model::FactSeq;

engine::FeedMark mark(std::uint64_t seq) { return {FactSeq(seq), 0}; }

class Stream : public ::testing::Test {
 protected:
  void publish(std::uint64_t seq, std::size_t count = 1) {
    model::Change change;
    change.seq = FactSeq(seq);
    change.race = "half";
    feed_.publish(FactSeq(seq), std::vector<model::Change>(count, change));
  }
  static std::string text(const Bytes& bytes) { return bytes ? *bytes : std::string(); }
  /// Everything that waits for a client, the greeting passed over.
  static std::string all(EventClient& client) {
    std::string out;
    while (const Bytes next = client.next()) out += *next;
    const std::string greeting = "retry: 2000\n\n";
    return out.rfind(greeting, 0) == 0 ? out.substr(greeting.size()) : out;
  }
  static int count(const std::string& text, const std::string& what) {
    int found = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
      ++found;
    }
    return found;
  }
  engine::ChangeFeed feed_{FactSeq(100), 1000};
};

TEST_F(Stream, WithoutANumberItBeginsNow) {
  publish(101);
  EventHub hub(feed_, {});
  const auto client = hub.connect(std::nullopt);
  EXPECT_EQ(all(*client), "");
  publish(102);
  hub.tick(FactSeq(1000));
  EXPECT_EQ(count(all(*client), "\"seq\":102"), 1);
}

TEST_F(Stream, OneTickIsOneTextForAll) {
  EventHub hub(feed_, {});
  const auto a = hub.connect(std::nullopt);
  const auto b = hub.connect(std::nullopt);
  (void)a->next();
  (void)b->next();
  publish(101);
  publish(102, 3);
  hub.tick(FactSeq(1000));
  const Bytes of_a = a->next();
  EXPECT_EQ(of_a, b->next());
  EXPECT_EQ(count(text(of_a), "\"seq\":102"), 3);
  EXPECT_EQ(count(text(of_a), "id: 102\n"), 1);
}

TEST_F(Stream, WhoComesBackGetsWhatItMissedOnceAndThenWhatAllGet) {
  EventHub hub(feed_, {});
  for (std::uint64_t seq = 101; seq <= 105; ++seq) {
    publish(seq);
    if (seq != 105) hub.tick(FactSeq(1000));
  }
  // 105 is in the feed and was not sent yet.
  const auto client = hub.connect(mark(102));
  const std::string missed = all(*client);
  EXPECT_EQ(count(missed, "\"seq\":103"), 1);
  EXPECT_EQ(count(missed, "\"seq\":104"), 1);
  EXPECT_EQ(count(missed, "\"seq\":102"), 0);
  hub.tick(FactSeq(1000));
  EXPECT_EQ(count(missed + all(*client), "\"seq\":105"), 1);
}

TEST_F(Stream, ANumberOfAnotherRaceFileOrLongAgoIsAResync) {
  EventHub hub(feed_, {});
  publish(101);
  hub.tick(FactSeq(1000));
  EXPECT_EQ(all(*hub.connect(mark(5000))), resync_text(mark(101)));
  EXPECT_EQ(all(*hub.connect(mark(7))), resync_text(mark(101)));
}

TEST_F(Stream, ASlowClientIsPassedOverAndNothingIsKeptForIt) {
  EventHub::Options options;
  options.most_steps = 3;
  EventHub hub(feed_, options);
  const auto slow = hub.connect(std::nullopt);
  const auto quick = hub.connect(std::nullopt);
  (void)all(*slow);
  int seen = 0;
  for (std::uint64_t seq = 101; seq <= 150; ++seq) {
    publish(seq);
    hub.tick(FactSeq(1000));
    seen += count(all(*quick), "event: changes");
  }
  EXPECT_EQ(seen, 50);
  EXPECT_EQ(all(*slow), resync_text(mark(150)));
  publish(151);
  hub.tick(FactSeq(1000));
  EXPECT_EQ(count(all(*slow), "\"seq\":151"), 1);
}

TEST_F(Stream, MoreThanAnyoneReadsAtOnceIsAResyncForAll) {
  EventHub::Options options;
  options.most_changes = 10;
  EventHub hub(feed_, options);
  const auto client = hub.connect(std::nullopt);
  (void)all(*client);
  publish(101, 11);
  hub.tick(FactSeq(1000));
  EXPECT_EQ(all(*client), resync_text(mark(101)));
}

TEST_F(Stream, TheLargestStepsAreForgottenFirstByTheirBytes) {
  EventHub::Options options;
  options.most_bytes = 1;
  EventHub hub(feed_, options);
  const auto client = hub.connect(std::nullopt);
  (void)all(*client);
  publish(101);
  hub.tick(FactSeq(1000));
  EXPECT_EQ(count(all(*client), "\"seq\":101"), 1);
  publish(102);
  hub.tick(FactSeq(1000));
  publish(103);
  hub.tick(FactSeq(1000));
  EXPECT_EQ(all(*client), resync_text(mark(103)));
}

TEST_F(Stream, FactsThatChangeNothingSendNothing) {
  EventHub hub(feed_, {});
  const auto client = hub.connect(std::nullopt);
  (void)all(*client);
  int woken = 0;
  client->on_wake([&] { ++woken; });
  publish(101, 0);
  hub.tick(FactSeq(1000));
  EXPECT_EQ(woken, 0);
  publish(102);
  hub.tick(FactSeq(1000));
  EXPECT_EQ(woken, 1);
  EXPECT_EQ(count(all(*client), "\"seq\":102"), 1);
  publish(103);
  hub.tick(FactSeq(1000));
  EXPECT_EQ(woken, 2);
}

TEST_F(Stream, NobodyIsToldOfWhatTheAnswersDoNotKnowYet) {
  EventHub hub(feed_, {});
  const auto client = hub.connect(std::nullopt);
  (void)all(*client);
  publish(101);
  publish(102);
  publish(103);
  hub.tick(FactSeq(102));
  const std::string first = all(*client);
  EXPECT_EQ(count(first, "\"seq\":102"), 1);
  EXPECT_EQ(count(first, "\"seq\":103"), 0);
  hub.tick(FactSeq(102));
  EXPECT_EQ(all(*client), "");
  hub.tick(FactSeq(103));
  const std::string rest = all(*client);
  EXPECT_EQ(count(rest, "\"seq\":103"), 1);
  EXPECT_EQ(count(rest, "\"seq\":102"), 0);
}

TEST_F(Stream, WhoHasGoneIsForgotten) {
  EventHub hub(feed_, {});
  auto client = hub.connect(std::nullopt);
  EXPECT_EQ(hub.clients(), 1u);
  client.reset();
  EXPECT_EQ(hub.clients(), 0u);
  publish(101);
  hub.tick(FactSeq(1000));
}

}  // namespace
}  // namespace hs::server
