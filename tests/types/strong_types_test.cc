#include <gtest/gtest.h>

#include <concepts>
#include <type_traits>

#include "base/distance.h"
#include "base/time.h"
#include "model/fact.h"
#include "model/ids.h"

// What must not compile. Each refusal stands beside what is allowed, so that an assertion cannot
// come true because the whole type is broken. Building this file is the test.

namespace hs {
namespace {

using base::ClockTime;
using base::Distance;
using base::Duration;
using base::GunTime;
using base::NetTime;
using base::RaceTime;
using base::ReaderTime;
using model::BibNumber;
using model::EntrantId;
using model::FactSeq;
using model::PointId;
using model::RaceId;
using model::TagCode;

template <typename A, typename B>
concept Subtractable = requires(A a, B b) {
  a - b;
};
template <typename A, typename B>
concept Addable = requires(A a, B b) {
  a + b;
};
template <typename A, typename B>
concept Multipliable = requires(A a, B b) {
  a* b;
};
template <typename A, typename B>
concept Comparable = requires(A a, B b) {
  a < b;
};
template <typename A, typename B>
concept Equatable = requires(A a, B b) {
  a == b;
};

// ---- Two clocks: a device's time is no race time until a clock map made it one. ----
static_assert(std::same_as<decltype(RaceTime() - RaceTime()), Duration>);
static_assert(std::same_as<decltype(ReaderTime() - ReaderTime()), Duration>);
static_assert(std::same_as<decltype(RaceTime() + Duration()), RaceTime>);
static_assert(!Subtractable<RaceTime, ReaderTime>);
static_assert(!Subtractable<ReaderTime, RaceTime>);
static_assert(!Comparable<RaceTime, ReaderTime>);
static_assert(!Equatable<RaceTime, ReaderTime>);
static_assert(!Addable<RaceTime, RaceTime>);
static_assert(!std::is_convertible_v<ReaderTime, RaceTime>);
static_assert(!std::is_constructible_v<RaceTime, ReaderTime>);
static_assert(!std::is_convertible_v<std::int64_t, RaceTime>);
static_assert(!std::is_convertible_v<Duration, RaceTime>);

// ---- Lengths of time: whole microseconds, nothing lost on the way. ----
static_assert(Addable<Duration, Duration>);
static_assert(!Multipliable<Duration, Duration>);
static_assert(!std::is_convertible_v<double, Duration>);
static_assert(!std::is_convertible_v<std::chrono::duration<double>, Duration>);
static_assert(!std::is_convertible_v<std::chrono::nanoseconds, Duration>);
static_assert(!std::is_convertible_v<std::int64_t, Duration>);

// ---- Gun, clock and net times: each compares with its own kind, and is made on purpose. ----
static_assert(Comparable<GunTime, GunTime> && Comparable<NetTime, NetTime>);
static_assert(!Comparable<GunTime, NetTime>);
static_assert(!Comparable<GunTime, ClockTime>);
static_assert(!Equatable<ClockTime, NetTime>);
static_assert(std::is_constructible_v<NetTime, Duration>);
static_assert(!std::is_convertible_v<Duration, NetTime>);
static_assert(!std::is_convertible_v<NetTime, Duration>);
static_assert(!std::is_constructible_v<GunTime, NetTime>);
static_assert(!Addable<GunTime, Duration>);
static_assert(!Subtractable<GunTime, GunTime>);

// ---- Distances. ----
static_assert(Addable<Distance, Distance> && Subtractable<Distance, Distance>);
static_assert(Comparable<Distance, Distance>);
static_assert(!Multipliable<Distance, Distance>);
static_assert(!Multipliable<Distance, int>);
static_assert(!std::is_constructible_v<Distance, std::int64_t>);
static_assert(!std::is_convertible_v<Distance, std::int64_t>);
static_assert(!Addable<Distance, Duration>);

// ---- Ids: numbers that name one thing of one kind. ----
static_assert(Comparable<EntrantId, EntrantId> && Equatable<EntrantId, EntrantId>);
static_assert(std::is_constructible_v<EntrantId, std::uint32_t>);
static_assert(!std::is_convertible_v<std::uint32_t, EntrantId>);
static_assert(!std::is_convertible_v<EntrantId, std::uint32_t>);
static_assert(!Equatable<RaceId, PointId>);
static_assert(!Comparable<RaceId, PointId>);
static_assert(!std::is_constructible_v<RaceId, PointId>);
static_assert(!Addable<EntrantId, int>);
static_assert(!Addable<EntrantId, EntrantId>);

// ---- Fact numbers count up, one by one, and do nothing else. ----
static_assert(std::same_as<decltype(FactSeq(1).next()), FactSeq>);
static_assert(FactSeq(1).next() == FactSeq(2));
static_assert(Comparable<FactSeq, FactSeq>);
static_assert(!Addable<FactSeq, FactSeq>);
static_assert(!Addable<FactSeq, int>);
static_assert(!Subtractable<FactSeq, FactSeq>);
static_assert(!std::is_convertible_v<std::uint64_t, FactSeq>);
static_assert(!std::is_convertible_v<FactSeq, std::uint64_t>);
static_assert(!Equatable<FactSeq, EntrantId>);

// ---- Bibs and chip codes are text of their own kind, and only `parse` makes one. ----
static_assert(Equatable<BibNumber, BibNumber> && Comparable<BibNumber, BibNumber>);
static_assert(!Equatable<BibNumber, TagCode>);
static_assert(!std::is_constructible_v<BibNumber, std::string_view>);
static_assert(!std::is_constructible_v<BibNumber, int>);
static_assert(!std::is_constructible_v<TagCode, std::string_view>);
static_assert(!std::is_convertible_v<BibNumber, std::string_view>);
static_assert(!Addable<BibNumber, int>);

// ---- Small and plain: passed by value, copied by memcpy. ----
template <typename T, std::size_t kMost>
constexpr bool kIsSmall = sizeof(T) <= kMost&& std::is_trivially_copyable_v<T>;
static_assert(kIsSmall<RaceTime, 8> && kIsSmall<ReaderTime, 8> && kIsSmall<Duration, 8>);
static_assert(kIsSmall<GunTime, 8> && kIsSmall<ClockTime, 8> && kIsSmall<NetTime, 8>);
static_assert(kIsSmall<Distance, 8> && kIsSmall<FactSeq, 8>);
static_assert(kIsSmall<EntrantId, 4> && kIsSmall<RaceId, 2> && kIsSmall<PointId, 2>);
static_assert(kIsSmall<BibNumber, 16> && kIsSmall<TagCode, 48>);

// ---- Results cannot be dropped by accident, nor read as a yes or no by accident. ----
static_assert(!std::is_convertible_v<base::Result<int>, int>);
static_assert(!std::is_convertible_v<base::Result<int>, bool>);

TEST(StrongTypes, RefuseWhatTheStyleSays) {
  // The assertions above are the test; this names them in the list of tests.
  SUCCEED();
}

}  // namespace
}  // namespace hs
