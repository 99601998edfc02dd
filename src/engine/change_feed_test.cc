#include "engine/change_feed.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

namespace hs::engine {
namespace {

using model::FactSeq;

std::vector<model::Change> changes_of(std::uint64_t seq, int count) {
  std::vector<model::Change> changes;
  for (int i = 0; i < count; ++i) {
    model::Change change;
    change.seq = FactSeq(seq);
    change.race = std::to_string(i);
    changes.push_back(change);
  }
  return changes;
}

std::vector<std::uint64_t> seqs(const ChangeFeed& feed, std::uint64_t after) {
  std::vector<std::uint64_t> out;
  const auto missed = feed.since({FactSeq(after), 0});
  if (!missed) return {999};
  for (const ChangeBatch& batch : missed->batches) out.push_back(batch->front().seq.raw());
  return out;
}

TEST(ChangeFeed, GivesWhatWasMissedOnceAndInOrder) {
  ChangeFeed feed(FactSeq(10), 100);
  EXPECT_EQ(seqs(feed, 10), std::vector<std::uint64_t>{});
  feed.publish(FactSeq(12), changes_of(12, 2));
  feed.publish(FactSeq(13), {});
  feed.publish(FactSeq(20), changes_of(20, 1));
  EXPECT_EQ(seqs(feed, 10), (std::vector<std::uint64_t>{12, 20}));
  EXPECT_EQ(seqs(feed, 11), (std::vector<std::uint64_t>{12, 20}));
  EXPECT_EQ(seqs(feed, 12), (std::vector<std::uint64_t>{20}));
  EXPECT_EQ(seqs(feed, 13), (std::vector<std::uint64_t>{20}));
  EXPECT_EQ(seqs(feed, 20), std::vector<std::uint64_t>{});
  EXPECT_EQ(feed.since({FactSeq(12), 0})->mark, (FeedMark{FactSeq(20), 0}));
}

TEST(ChangeFeed, WhoeverWasAwayTooLongOrFollowedAnotherFileResyncs) {
  ChangeFeed feed(FactSeq(10), 5);
  EXPECT_FALSE(feed.since({FactSeq(9), 0}).has_value());
  EXPECT_FALSE(feed.since({FactSeq(11), 0}).has_value());
  feed.publish(FactSeq(12), changes_of(12, 3));
  feed.publish(FactSeq(14), changes_of(14, 3));
  EXPECT_FALSE(feed.since({FactSeq(10), 0}).has_value());
  EXPECT_EQ(seqs(feed, 12), (std::vector<std::uint64_t>{14}));
  EXPECT_EQ(seqs(feed, 13), (std::vector<std::uint64_t>{14}));
}

TEST(ChangeFeed, ABatchLargerThanAllThatIsKeptIsKeptWhole) {
  ChangeFeed feed(FactSeq(0), 5);
  feed.publish(FactSeq(1), changes_of(1, 50));
  const auto missed = feed.since({FactSeq(0), 0});
  ASSERT_TRUE(missed.has_value());
  EXPECT_EQ(missed->batches.front()->size(), 50u);
}

TEST(ChangeFeed, WhatIsFoundOutLaterComesBehindItsFactAndBeforeTheNext) {
  ChangeFeed feed(FactSeq(10), 100);
  feed.publish(FactSeq(12), changes_of(12, 1));
  feed.publish_more(changes_of(0, 2));
  feed.publish_more({});
  feed.publish_more(changes_of(0, 3));
  feed.publish(FactSeq(13), changes_of(13, 4));
  const auto sizes = [&](const FeedMark& after) {
    std::vector<std::size_t> out;
    const auto missed = feed.since(after);
    for (const ChangeBatch& batch : missed->batches) out.push_back(batch->size());
    return out;
  };
  EXPECT_EQ(sizes({FactSeq(10), 0}), (std::vector<std::size_t>{1, 2, 3, 4}));
  EXPECT_EQ(sizes({FactSeq(12), 0}), (std::vector<std::size_t>{2, 3, 4}));
  EXPECT_EQ(sizes({FactSeq(12), 1}), (std::vector<std::size_t>{3, 4}));
  EXPECT_EQ(sizes({FactSeq(12), 2}), (std::vector<std::size_t>{4}));
  EXPECT_EQ(feed.since({FactSeq(10), 0})->batches[1]->front().seq, FactSeq(12));
  EXPECT_EQ(feed.last(), (FeedMark{FactSeq(13), 0}));
  // Parts that a process before this one told.
  EXPECT_FALSE(ChangeFeed(FactSeq(12), 9).since({FactSeq(12), 1}).has_value());
}

TEST(ChangeFeed, AMarkIsWrittenAndReadBack) {
  for (const FeedMark& mark :
       {FeedMark{FactSeq(0), 0}, FeedMark{FactSeq(812345), 0}, FeedMark{FactSeq(812345), 12}}) {
    EXPECT_EQ(parse_feed_mark(text_of(mark)), mark);
  }
  EXPECT_EQ(text_of({FactSeq(7), 2}), "7.2");
  for (const char* bad : {"", ".", "1.", ".1", "-1", "1.2.3", "x", "99999999999999999999", "1 "}) {
    EXPECT_FALSE(parse_feed_mark(bad).has_value()) << bad;
  }
}

TEST(ChangeFeed, FollowersInOtherThreadsMissNothing) {
  ChangeFeed feed(FactSeq(0), 1'000'000);
  constexpr std::uint64_t kBatches = 20'000;
  std::atomic<std::uint64_t> wrong{0};
  const auto follow = [&] {
    std::uint64_t seen = 0;
    std::uint64_t expected = 1;
    while (seen < kBatches) {
      const auto missed = feed.since({FactSeq(seen), 0});
      if (!missed) {
        ++wrong;
        return;
      }
      for (const ChangeBatch& batch : missed->batches) {
        wrong += batch->front().seq.raw() == expected++ ? 0u : 1u;
      }
      seen = missed->mark.seq.raw();
    }
  };
  std::thread one(follow);
  std::thread two(follow);
  for (std::uint64_t seq = 1; seq <= kBatches; ++seq)
    feed.publish(FactSeq(seq), changes_of(seq, 1));
  one.join();
  two.join();
  EXPECT_EQ(wrong, 0u);
}

}  // namespace
}  // namespace hs::engine
