#include "history/candidates.h"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

// Implementation notes: each road gives every result one key or a few; the results are sorted by
// key and then by day of birth. A group that is small is looked at pair by pair; in a larger one
// only neighbours in age meet, by a window that slides along.

namespace hs::history {
namespace {

/// Groups of at most this many are looked at pair by pair.
constexpr std::size_t kSmallGroup = 48;
/// Who has more neighbours in age than this within a group is looked at by city, then not at all.
constexpr std::size_t kMostNeighbours = 64;
/// Two years and a half, one and a half, a half. Units: days.
constexpr std::int32_t kNameWindow = 913;
constexpr std::int32_t kLastWindow = 548;
constexpr std::int32_t kFirstWindow = 183;

/// How much of a key tells whether it can be a fresh one's: half a megabyte of bits, of which the
/// largest race sets one in a hundred.
constexpr unsigned kFreshBits = 22;

struct Entry {
  std::uint64_t key;
  std::int32_t born;
  std::uint32_t record;
  friend auto operator<=>(const Entry&, const Entry&) = default;
};

std::uint64_t mixed(std::uint64_t value) {
  value ^= value >> 30U;
  value *= 0xbf58476d1ce4e5b9ULL;
  value ^= value >> 27U;
  value *= 0x94d049bb133111ebULL;
  return value ^ (value >> 31U);
}

std::uint64_t key_of(std::uint64_t a, std::uint64_t b) { return mixed(mixed(a) + b); }

class Walk {
 public:
  Walk(const Roll& roll, const CandidateOptions& options,
       const std::function<void(std::uint32_t, std::uint32_t, Road)>& visit)
      : roll_(roll), options_(options), visit_(visit) {}

  void run(Road road) {
    road_ = road;
    entries_.clear();
    const auto count = static_cast<std::uint32_t>(roll_.records().size());
    if (options_.fresh != nullptr) {
      may_be_fresh_.assign(std::size_t{1} << kFreshBits, false);
      marks_fresh_ = true;
      for (std::uint32_t i = 0; i < count; ++i) {
        if (is_fresh(i)) add_keys(i);
      }
      marks_fresh_ = false;
    }
    for (std::uint32_t i = 0; i < count; ++i) add_keys(i);
    std::sort(entries_.begin(), entries_.end());
    for (std::size_t from = 0; from < entries_.size();) {
      std::size_t to = from + 1;
      while (to < entries_.size() && entries_[to].key == entries_[from].key) ++to;
      const bool is_sampled = options_.one_in == 1 || entries_[from].key % options_.one_in == 0;
      if (to - from > 1 && is_sampled) look_at({entries_.data() + from, to - from});
      from = to;
    }
  }

 private:
  [[nodiscard]] bool is_fresh(std::uint32_t record) const {
    return options_.fresh == nullptr || (*options_.fresh)[record];
  }

  void add_keys(std::uint32_t number) {
    const Record& record = roll_.at(number);
    const RollName& name = roll_.name_of(record);
    if (name.last == TextId() || name.first == TextId()) return;
    // Without an age there is no neighbourhood: only names bring such results together.
    if (road_ != Road::Name && !record.has_birth) return;
    const RollPlace& place = roll_.place_of(record);
    switch (road_) {
      case Road::Name:
        add(name.sound, number);
        for (std::uint32_t i = 0; i < name.part_count; ++i) {
          add(sound_number(roll_.text(roll_.part(name.first_part + i)), roll_.text(name.formal)),
              number);
        }
        break;
      case Road::LastState: {
        const TextId area = place.state == TextId() ? place.country : place.state;
        add(key_of(name.last.raw(), area.raw()), number);
        for (std::uint32_t i = 0; i < name.part_count; ++i) {
          add(key_of(roll_.part(name.first_part + i).raw(), area.raw()), number);
        }
        break;
      }
      case Road::FirstCity:
        if (place.city == TextId()) return;
        add(key_of(name.formal.raw(), key_of(place.city.raw(), place.state.raw())), number);
        break;
    }
  }

  void add(std::uint64_t key, std::uint32_t number) {
    key = mixed(key);
    if (options_.fresh != nullptr) {
      const auto bit = static_cast<std::size_t>(key >> (64U - kFreshBits));
      if (marks_fresh_) may_be_fresh_[bit] = true;
      if (marks_fresh_ || !may_be_fresh_[bit]) return;
    }
    const Record& record = roll_.at(number);
    const std::int32_t born =
        record.has_birth ? record.born.middle() : std::numeric_limits<std::int32_t>::min();
    entries_.push_back({key, born, number});
  }

  void look_at(std::span<const Entry> group) {
    if (std::none_of(group.begin(), group.end(),
                     [&](const Entry& entry) { return is_fresh(entry.record); })) {
      return;
    }
    if (road_ == Road::Name && group.size() <= kSmallGroup) {
      for (std::size_t i = 0; i < group.size(); ++i) {
        for (std::size_t j = i + 1; j < group.size(); ++j) offer(group[i], group[j]);
      }
      return;
    }
    const std::int32_t window = road_ == Road::Name        ? kNameWindow
                                : road_ == Road::LastState ? kLastWindow
                                                           : kFirstWindow;
    std::vector<Entry> crowded;
    slide(group, window, &crowded);
    if (crowded.empty() || road_ != Road::Name) return;
    for (Entry& entry : crowded) {
      const RollPlace& place = roll_.place_of(roll_.at(entry.record));
      entry.key = key_of(place.city.raw(), place.state.raw());
    }
    std::sort(crowded.begin(), crowded.end());
    for (std::size_t from = 0; from < crowded.size();) {
      std::size_t to = from + 1;
      while (to < crowded.size() && crowded[to].key == crowded[from].key) ++to;
      slide(std::span<const Entry>(crowded).subspan(from, to - from), kFirstWindow, nullptr);
      from = to;
    }
  }

  /// Offers neighbours within the window; who has too many goes to `crowded` with them.
  void slide(std::span<const Entry> group, std::int32_t window, std::vector<Entry>* crowded) {
    std::size_t crowded_to = 0;
    std::size_t end = 0;
    for (std::size_t i = 0; i < group.size(); ++i) {
      end = std::max(end, i + 1);
      while (end < group.size() && group[end].born - std::int64_t{group[i].born} <= window) ++end;
      const bool is_unknown = group[i].born == std::numeric_limits<std::int32_t>::min();
      if (end - i - 1 > kMostNeighbours || is_unknown) {
        if (crowded == nullptr) continue;
        for (std::size_t j = std::max(i, crowded_to); j < end; ++j) crowded->push_back(group[j]);
        crowded_to = std::max(crowded_to, end);
        continue;
      }
      for (std::size_t j = i + 1; j < end; ++j) offer(group[i], group[j]);
    }
  }

  void offer(const Entry& one, const Entry& other) {
    const std::uint32_t a = std::min(one.record, other.record);
    const std::uint32_t b = std::max(one.record, other.record);
    if (roll_.at(a).race == roll_.at(b).race) return;
    if (options_.fresh != nullptr && !is_fresh(a) && !is_fresh(b)) return;
    // What an earlier road has led to is not looked at again.
    const RollName& name_a = roll_.name_of(roll_.at(a));
    const RollName& name_b = roll_.name_of(roll_.at(b));
    if (road_ != Road::Name && name_a.sound == name_b.sound) return;
    if (road_ == Road::FirstCity && name_a.last == name_b.last) return;
    visit_(a, b, road_);
  }

  const Roll& roll_;
  const CandidateOptions& options_;
  const std::function<void(std::uint32_t, std::uint32_t, Road)>& visit_;
  Road road_ = Road::Name;
  std::vector<Entry> entries_;
  /// By the first bits of a key: whether somebody fresh has such a one. All others are left out
  /// before anything is sorted.
  std::vector<bool> may_be_fresh_;
  bool marks_fresh_ = false;
};

}  // namespace

void visit_candidates(const Roll& roll, const CandidateOptions& options,
                      const std::function<void(std::uint32_t, std::uint32_t, Road)>& visit) {
  Walk walk(roll, options, visit);
  for (const Road road : {Road::Name, Road::LastState, Road::FirstCity}) walk.run(road);
}

}  // namespace hs::history
