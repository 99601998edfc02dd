#include "scoring/survey.h"

#include <algorithm>
#include <tuple>

#include "scoring/verdicts.h"

// Implementation notes: a runner is judged once, and everything that wants their reads looks while
// they are at hand; nothing keeps a list of all reads. What is kept of a read is a number or two,
// in the hands of whoever compares them.

namespace hs::scoring {
namespace {

using base::Duration;
using model::EntrantId;
using model::ReadView;
using model::Verdict;

constexpr std::size_t kRunnersAtOnce = 128;
constexpr std::size_t kChipsAtOnce = 512;  // Counting a read costs less than judging it.
constexpr Duration kTwoChipsWithin = std::chrono::seconds(30);

}  // namespace

bool Survey::take_some(ScorerState& state) {
  if (derived_ != state.derived) {
    *this = Survey();
    derived_ = state.derived;
  }
  if (next_entry_ < state.entrants.size()) {
    const std::size_t end = std::min(next_entry_ + kRunnersAtOnce, state.entrants.size());
    for (; next_entry_ < end; ++next_entry_) {
      const EntrantId id(static_cast<std::uint32_t>(next_entry_));
      scratch_.clear();
      judge_runner(state, id, scratch_);
      take_runner(state, id, scratch_);
    }
    return false;
  }
  const std::size_t end = std::min(next_chip_ + kChipsAtOnce, state.reads.chips());
  for (; next_chip_ < end; ++next_chip_) {
    take_chip(state, TagIndex(static_cast<std::uint32_t>(next_chip_)));
  }
  return next_entry_ == state.entrants.size() && next_chip_ == state.reads.chips();
}

void Survey::take_chips(const ScorerState& state) {
  for (std::size_t t = 0; t < state.reads.chips(); ++t) {
    take_chip(state, TagIndex(static_cast<std::uint32_t>(t)));
  }
}

void Survey::take_runner(const ScorerState& state, EntrantId id,
                         const std::vector<ReadView>& reads) {
  const EntrantState& runner = state.entrants[id.raw()];
  if (!runner.live || !runner.race) return;
  mats_.take(state, runner);
  // What follows takes it that one person ran the course from end to end.
  if (state.races[runner.race->raw()].legs.empty()) {
    missed_.take(state, id);
    clocks_.take(state, id, reads);
    course_clocks_.take(state, id, reads);
    look_at_two_chips(state, id);
  }
  const bool is_shared = std::any_of(runner.tags.begin(), runner.tags.end(), [&](TagIndex tag) {
    return state.owners_of_tag[tag.raw()].size() > 1;
  });
  if (is_shared) of_several_.insert(of_several_.end(), reads.begin(), reads.end());
  for (const ReadView& view : reads) {
    if (view.verdict == Verdict::AmbiguousChip) {
      Shared& shared =
          ambiguous_.try_emplace({view.tag, *runner.race}, Shared{0, id}).first->second;
      ++shared.reads;
      shared.first = std::min(shared.first, id);
    }
    if (view.verdict == Verdict::TooEarly && view.point &&
        !runner.fold.passings[view.point->raw()]) {
      early_[{*runner.race, *view.point}].insert(id);
    }
  }
}

void Survey::look_at_two_chips(const ScorerState& state, EntrantId id) {
  const EntrantState& runner = state.entrants[id.raw()];
  if (runner.entrant->chips.size() < 2) return;
  struct Heard {
    base::RaceTime at;
    MatIndex mat;
    TagIndex tag;
  };
  std::vector<Heard> heard;
  for (const TagIndex tag : runner.tags) {
    state.reads.for_each_of(tag, [&](const ReadRow& row) {
      if (!state.in_event(row.time)) return;
      heard.push_back({row.time, state.streams[row.stream].mat, tag});
    });
  }
  std::sort(heard.begin(), heard.end(), [](const Heard& a, const Heard& b) { return a.at < b.at; });
  for (std::size_t i = 1; i < heard.size(); ++i) {
    const bool apart = heard[i].tag != heard[i - 1].tag && heard[i].mat != heard[i - 1].mat;
    if (!apart || heard[i].at - heard[i - 1].at > kTwoChipsWithin) continue;
    two_chips_.push_back({id, heard[i].tag, heard[i].at - heard[i - 1].at});
    return;
  }
}

void Survey::take_chip(const ScorerState& state, TagIndex tag) {
  const auto& owners = state.owners_of_tag[tag.raw()];
  const bool is_listed = std::any_of(owners.begin(), owners.end(), [&](EntrantId owner) {
    return state.entrants[owner.raw()].race.has_value();
  });
  state.reads.for_each_of(tag, [&](const ReadRow& row) {
    OfStream& stream = streams_[model::StreamId(row.stream)];
    model::StreamHealth& health = stream.health;
    ++health.reads;
    if (!state.in_event(row.time)) {
      ++health.outside_event;
    } else {
      if (owners.empty()) ++health.unknown_chips;
      if (!is_listed) ++unknown_[state.tags.tag(tag)];
      if (!health.first || row.time < *health.first) health.first = row.time;
      if (!health.last || row.time > *health.last) health.last = row.time;
    }
    if (row.has_device_seq) stream.positions.push_back(row.position);
    const Duration by = state.streams[row.stream].clock.moved_by_markers(row.raw, row.position);
    if (by == Duration::zero()) return;
    ++stream.moved.reads;
    if (row.seq < stream.moved.last) return;
    stream.moved.last = row.seq;
    stream.moved.by = by;
  });
}

std::vector<model::StreamHealth> Survey::streams(const ScorerState& state) const {
  std::vector<model::StreamHealth> out;
  for (std::size_t s = 0; s < state.streams.size(); ++s) {
    if (!state.streams[s].known) continue;
    const model::StreamId id(static_cast<std::uint32_t>(s));
    model::StreamHealth& health = out.emplace_back();
    if (const auto found = streams_.find(id); found != streams_.end()) {
      health = found->second.health;
      std::vector<std::uint64_t> known = found->second.positions;
      std::sort(known.begin(), known.end());
      known.erase(std::unique(known.begin(), known.end()), known.end());
      if (!known.empty()) {
        health.missing_sequence = known.back() - known.front() + 1 - known.size();
      }
    }
    health.id = id;
    health.stream = state.streams[s].stream;
  }
  return out;
}

const Survey::Moved* Survey::moved(model::StreamId stream) const {
  const auto found = streams_.find(stream);
  return found == streams_.end() || found->second.moved.reads == 0 ? nullptr : &found->second.moved;
}

std::vector<ReadView> Survey::reads_of_several() const {
  std::vector<ReadView> out = of_several_;
  std::sort(out.begin(), out.end(), [](const ReadView& a, const ReadView& b) {
    return std::tuple(a.time, a.fact, a.entrant) < std::tuple(b.time, b.fact, b.entrant);
  });
  return out;
}

}  // namespace hs::scoring
