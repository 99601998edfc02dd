#include "scoring/results_hash.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>
#include <vector>

// Implementation notes: one text line a runner, fields separated by tabs, so that two results that
// should agree and do not can be compared with any text tool. Fields gather in one buffer that is
// handed on when it is full: a fresh string for each of a million numbers took longer than the
// hash itself.

namespace hs::scoring {
namespace {

/// The text that is hashed, field by field.
class Lines {
 public:
  void text(std::string_view text) {
    last(text);
    put('\t');
  }
  /// The last field of a line: no tab behind it.
  void last(std::string_view text) {
    if (text.size() > kFieldBytes) {
      flush();
      hash_.add(text);
      return;
    }
    make_room();
    used_ += text.copy(room_.data() + used_, text.size());
  }
  void number(std::int64_t number) {
    digits(number);
    put('\t');
  }
  template <typename OptionalTime>
  void time(const OptionalTime& time) {
    make_room();
    if (time) digits(micros(*time));
    put('\t');
  }
  void places(const model::Places& places) {
    for (const auto* placing : {&places.overall, &places.sex, &places.division}) {
      make_room();
      if (*placing) {
        digits((*placing)->place);
        if ((*placing)->shared) put('=');
      }
      put('\t');
    }
  }
  void end_line() {
    make_room();
    put('\n');
  }
  base::Digest finish() {
    flush();
    return hash_.finish();
  }

 private:
  static constexpr std::size_t kFieldBytes = 256;  // a field in the buffer, with what ends it
  static std::int64_t micros(base::Duration time) { return time.count(); }
  static std::int64_t micros(base::RaceTime time) { return time.time_since_epoch().count(); }
  template <typename Elapsed>
  static std::int64_t micros(const Elapsed& time) {
    return time.value().count();
  }
  void make_room() {
    if (room_.size() - used_ < 2 * kFieldBytes) flush();
  }
  void put(char c) { room_[used_++] = c; }
  void digits(std::int64_t number) {
    make_room();
    used_ = static_cast<std::size_t>(
        std::to_chars(room_.data() + used_, room_.data() + room_.size(), number).ptr -
        room_.data());
  }
  void flush() {
    hash_.add({room_.data(), used_});
    used_ = 0;
  }

  std::array<char, std::size_t{1} << 15> room_;
  std::size_t used_ = 0;
  base::Sha256 hash_;
};

/// Whether places at points on the way are part of what is hashed.
enum class OnTheWay { Placed, TimesOnly };

void add_runner(const model::RunnerResult& r, const model::BibNumber& bib, OnTheWay places,
                Lines& lines) {
  lines.text(bib.view());
  lines.text(model::name_of(r.status));
  lines.text(model::name_of(r.start_source));
  lines.time(r.gun_at);
  lines.time(r.start_at);
  lines.time(r.gun);
  lines.time(r.clock);
  lines.time(r.net);
  lines.time(r.official);
  lines.number(r.penalty.count());
  lines.text(r.clause);
  lines.places(r.places);
  for (const model::Split& split : r.splits) {
    lines.time(split.net);
    lines.time(split.gun);
    if (places == OnTheWay::Placed) lines.places(split.places);
  }
  for (const model::LegResult& leg : r.legs) {
    lines.time(leg.time);
    lines.text(leg.did_not_finish ? "DNF" : "");
    if (places == OnTheWay::Placed) lines.places(leg.places);
  }
  lines.end_line();
}

void add_race(const model::EventResults& results, std::vector<model::EntrantId> ids,
              OnTheWay places, Lines& lines) {
  const auto by_bib = [&](model::EntrantId a, model::EntrantId b) {
    return results.entrants[a.raw()].bib < results.entrants[b.raw()].bib;
  };
  // Entry lists mostly come in the order of the bibs, and looking is quicker than sorting.
  std::sort(ids.begin(), ids.end());
  if (!std::is_sorted(ids.begin(), ids.end(), by_bib)) std::sort(ids.begin(), ids.end(), by_bib);
  for (const model::EntrantId id : ids) {
    add_runner(results.runners[id.raw()], results.entrants[id.raw()].bib, places, lines);
  }
}

}  // namespace

base::Digest results_hash(const model::EventResults& results) {
  Lines lines;
  for (std::size_t race = 0; race < results.event.races.size(); ++race) {
    lines.text("race");
    lines.last(results.event.races[race].id);
    lines.end_line();
    add_race(results, results.order[race], OnTheWay::Placed, lines);
  }
  return lines.finish();
}

base::Digest race_hash(const model::EventResults& results, model::RaceId race) {
  std::vector<model::EntrantId> ids;
  for (const model::RunnerResult& runner : results.runners) {
    if (runner.race == race) ids.push_back(runner.entrant);
  }
  Lines lines;
  add_race(results, std::move(ids), OnTheWay::TimesOnly, lines);
  return lines.finish();
}

}  // namespace hs::scoring
