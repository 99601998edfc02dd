#include <cstdlib>
#include <string>

#include "base/check.h"
#include "present/moment_quotes.h"
#include "present/moment_words_kinds.h"

// Implementation notes: the kinds about one runner. These files know no word of a language; they
// gather values by name and pick sentences by key, both from evidence only.

namespace hs::present {
namespace {

/// Two points this near (in a thousand of the course) to its middle are half way.
constexpr std::int64_t kHalfWithinThousandths = 1;

/// `slower` and `of`: how many took longer, as the rank of an interval says it.
std::uint64_t add_slower(Teller& teller, const model::Evidence& interval) {
  const std::uint64_t slower = Teller::number(interval.rank_in_field) - 1;
  teller.add_count("slower", slower);
  teller.add_count("of", Teller::number(interval.of));
  return slower;
}

}  // namespace

MomentWords tell_collapse(Teller& teller) {
  const model::Evidence& interval = teller.need("interval");
  teller.add_point("from", interval.from);
  teller.add_expectation(interval);
  teller.add_seconds("passed", teller.need("passing", 0));
  teller.add_total(1);
  teller.add_seconds("took", interval);
  teller.add_minutes("minutes", interval);
  const std::uint64_t slower = add_slower(teller, interval);
  return {teller.headline("late-collapse.headline"), teller.text({{"late-collapse.passed"},
                                                                  {"late-collapse.expected"},
                                                                  {"late-collapse.longer", slower},
                                                                  {"late-collapse.finished"}})};
}

MomentWords tell_split(Teller& teller) {
  const model::Evidence& interval = teller.need("interval");
  const model::Evidence& day = teller.need("negative-splits");
  const std::int64_t first = Teller::seconds(teller.need("passing", 0).seconds);
  const std::int64_t second = Teller::seconds(interval.seconds);
  const std::uint64_t negative = Teller::number(day.rank_in_field);
  const std::int64_t course = teller.distance_to(interval.to);
  const std::int64_t off = std::abs(2 * teller.distance_to(interval.from) - course);
  const bool halves = off * 1000 <= course * kHalfWithinThousandths && first > second;
  teller.add_point("from", interval.from);
  teller.add_expectation(interval);
  teller.add_time("first", first);
  teller.add_time("second", second);
  teller.add_total(1);
  if (halves) teller.add_time("faster", first - second);
  teller.add_count("negative", negative);
  teller.add_count("of", Teller::number(day.of));
  return {teller.headline(halves ? "negative-split.headline" : "negative-split.other-headline"),
          teller.text({{halves ? "negative-split.halves" : "negative-split.other-parts"},
                       {"negative-split.expected"},
                       {"negative-split.few", negative},
                       {"negative-split.finished"}})};
}

MomentWords tell_long_stop(Teller& teller) {
  const model::Evidence& interval = teller.need("interval");
  teller.add_point("from", interval.from);
  teller.add_point("to", interval.to);
  teller.add_length("length", interval.from, interval.to);
  teller.add_seconds("passed", teller.need("passing", 0));
  teller.add_seconds("took", interval);
  teller.add_minutes("minutes", interval);
  teller.add_seconds("lost", teller.need("lost"));
  const std::uint64_t slower = add_slower(teller, interval);
  teller.add_total(1);
  return {teller.headline("long-stop.headline"), teller.text({{"long-stop.passed"},
                                                              {"long-stop.took"},
                                                              {"long-stop.longer", slower},
                                                              {"long-stop.finished"}})};
}

MomentWords tell_comeback(Teller& teller) {
  const model::Evidence& dip = teller.need("interval", 1);
  const model::Evidence& rest = teller.need("interval", 2);
  teller.add_point("from", dip.from);
  teller.add_point("to", dip.to);
  teller.add_pace("before_pace", teller.need("interval", 0));
  teller.add_pace("dip_pace", dip);
  teller.add_pace("rest_pace", rest);
  teller.add_seconds("took", rest);
  const model::Evidence& others = teller.need("comebacks");
  const std::uint64_t back = Teller::number(others.rank_in_field);
  teller.add_count("slowed", Teller::number(others.of));
  teller.add_count("back", back);
  teller.add_total();
  teller.add_expectation(rest);
  return {teller.headline("wall-comeback.headline"), teller.text({{"wall-comeback.dip"},
                                                                  {"wall-comeback.rest"},
                                                                  {"wall-comeback.expected"},
                                                                  {"wall-comeback.others", back}})};
}

MomentWords tell_last(Teller& teller) {
  const model::Evidence& clock = teller.need("clock");
  teller.add_seconds("clock", clock);
  teller.add_count("of", Teller::number(clock.of));
  teller.add_seconds("gap", teller.need("gap-before"));
  teller.add_total();
  return {teller.headline("last-finisher.headline"),
          teller.text({{"last-finisher.line"}, {"last-finisher.own"}})};
}

MomentWords tell_overtaking(Teller& teller) {
  const model::Evidence& earlier = teller.need("place", 0);
  const std::uint64_t before = Teller::number(earlier.rank_in_field);
  const std::uint64_t at_finish = Teller::number(teller.need("place", 1).rank_in_field);
  const model::Evidence& rest = teller.need("interval");
  teller.add_point("from", earlier.to);
  teller.add_count("earlier", before);
  teller.add_count("at_finish", at_finish);
  teller.add_count("of", Teller::number(earlier.of));
  teller.add_count("won", before - at_finish);
  teller.add_length("rest", rest.from, rest.to);
  teller.add_seconds("took", rest);
  teller.add_total();
  return {teller.headline("overtaking.headline"),
          teller.text({{"overtaking.won"}, {"overtaking.rest"}})};
}

MomentWords tell_even_pace(Teller& teller) {
  const model::Evidence& fast = teller.need("interval", 0);
  const model::Evidence& slow = teller.need("interval", 1);
  const model::Evidence& field = teller.need("stretches");
  teller.add_pace("fast", fast);
  teller.add_point("fast_from", fast.from);
  teller.add_point("fast_to", fast.to);
  teller.add_pace("slow", slow);
  teller.add_point("slow_from", slow.from);
  teller.add_point("slow_to", slow.to);
  teller.add_count("stretches", Teller::number(field.rank_in_field));
  teller.add_count("of", Teller::number(field.of));
  teller.add_total();
  return {teller.headline("even-pace.headline"),
          teller.text({{"even-pace.range"}, {"even-pace.field"}})};
}

MomentWords tell_oldest(Teller& teller) {
  const model::Evidence& age = teller.need("age");
  HS_CHECK(age.years && (age.next_years || age.rank_in_field), "evidence lacks an age");
  teller.add_count("years", static_cast<std::uint64_t>(*age.years));
  teller.add_count("of", Teller::number(age.of));
  teller.add_total();
  if (age.rank_in_field) {
    const std::uint64_t older = *age.rank_in_field - 1;
    teller.add_count("older", older);
    return {teller.headline("oldest.among-headline"),
            teller.text({{"oldest.finished"}, {"oldest.older", older}})};
  }
  teller.add_count("next", static_cast<std::uint64_t>(*age.next_years));
  return {teller.headline("oldest.headline"), teller.text({{"oldest.finished"}, {"oldest.next"}})};
}

MomentWords tell_first_finish(Teller& teller) {
  (void)teller.need("entry");
  teller.add_text("words", one_line(teller.results().persons[teller.moment().people[0].raw()].why));
  teller.add_total();
  return {teller.headline("first-finish.headline"),
          teller.text({{"first-finish.words"}, {"first-finish.finished"}})};
}

}  // namespace hs::present
