#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "base/check.h"
#include "present/moment_quotes.h"
#include "present/moment_words_kinds.h"

// Implementation notes: the kinds about places and starts, and those about the field, which name
// nobody; and what stands beside a moment without being one. Which sentence is taken hangs on
// evidence only.

namespace hs::present {
namespace {

/// A point this near (in a thousand of the course) to its middle is half way.
constexpr std::int64_t kHalfWithinThousandths = 1;

void add_of(Teller& teller, std::string_view value, const model::Evidence& evidence) {
  teller.add_count(value, Teller::number(evidence.of));
}

void add_rank(Teller& teller, std::string_view value, const model::Evidence& evidence) {
  teller.add_count(value, Teller::number(evidence.rank_in_field));
}

bool is_half_way(const Teller& teller, const std::string& point) {
  const std::int64_t course = teller.distance_to(teller.race().points.back().id);
  return std::abs(2 * teller.distance_to(point) - course) * 1000 <= course * kHalfWithinThousandths;
}

/// Kinds whose text ends with the finish time, so that a clause may go on from there.
bool ends_with_time(model::MomentKind kind) {
  return kind == model::MomentKind::LateCollapse || kind == model::MomentKind::LongStop ||
         kind == model::MomentKind::NegativeSplit;
}

/// Kinds whose text has four sentences already and ends elsewhere.
bool is_full(model::MomentKind kind) {
  return kind == model::MomentKind::WallComeback || kind == model::MomentKind::FinishTogether;
}

/// True where the standard compares the net time as it is, which the moment's words give.
bool counts_net(const model::Race& race, const std::string& standard) {
  return std::any_of(race.standards.begin(), race.standards.end(), [&](const auto& one) {
    return one.name == standard && one.by == model::StandardBy::Net &&
           one.course_index == base::Duration(0);
  });
}

/// A sentence of its own, and the clause that says the same; no clause where it speaks of another
/// time than the moment's words.
struct BarrierKeys {
  const char* sentence;
  const char* clause;
};

BarrierKeys barrier_keys(const model::Evidence& barrier, const model::Race& race) {
  if (barrier.given == "standard") {
    const bool over = barrier.seconds.value_or(0) < 0;
    if (!counts_net(race, barrier.name)) {
      return {over ? "barrier.counted-over" : "barrier.counted", nullptr};
    }
    if (over) return {"barrier.over", "barrier.over-clause"};
    return {"barrier.standard", "barrier.standard-clause"};
  }
  if (!barrier.seconds) return {"barrier.missed", "barrier.missed-clause"};
  if (barrier.given == "goal") return {"barrier.goal", "barrier.goal-clause"};
  return {"barrier.time", "barrier.time-clause"};
}

}  // namespace

MomentWords tell_unseeded(Teller& teller) {
  const model::Evidence& own = teller.need("place");
  const model::Evidence& seed = teller.need("seed");
  const bool by_wave = seed.given == "wave";
  add_rank(teller, "place", own);
  add_of(teller, "of", own);
  add_rank(teller, "seed", seed);
  add_of(teller, "others", seed);
  add_rank(teller, "best", teller.need("seed-best"));
  teller.add_total();
  return {teller.headline(by_wave ? "unseeded.wave-headline" : "unseeded.headline"),
          teller.text({{"unseeded.line"}, {by_wave ? "unseeded.wave" : "unseeded.bibs"}})};
}

MomentWords tell_last_to_first(Teller& teller) {
  const model::Evidence& early = teller.need("place-early");
  teller.add_point("from", early.to);
  add_rank(teller, "early", early);
  add_of(teller, "of", early);
  teller.add_field("among", model::parse_sex(teller.need("win").given));
  teller.add_seconds("passed", teller.need("passing", 0));
  teller.add_total(1);
  return {teller.headline("last-to-first.headline"),
          teller.text({{"last-to-first.early"}, {"last-to-first.win"}})};
}

MomentWords tell_beaten_cutoff(Teller& teller) {
  const model::Evidence& rest = teller.need("interval");
  teller.add_count_of_seconds("left", teller.need("cutoff"));
  teller.add_point("from", rest.from);
  teller.add_length("rest", rest.from, rest.to);
  teller.add_seconds("took", rest);
  teller.add_seconds("would", teller.need("at-the-pace-before"));
  teller.add_total();
  return {teller.headline("beat-the-cutoff.headline"),
          teller.text({{"beat-the-cutoff.before"}, {"beat-the-cutoff.took"}})};
}

MomentWords tell_youngest(Teller& teller) {
  const model::Evidence& age = teller.need("age");
  HS_CHECK(age.years && age.next_years, "evidence lacks an age its words need");
  teller.add_count("years", static_cast<std::uint64_t>(*age.years));
  teller.add_count("next", static_cast<std::uint64_t>(*age.next_years));
  add_of(teller, "of", age);
  teller.add_total();
  return {teller.headline("youngest.headline"),
          teller.text({{"youngest.finished"}, {"youngest.next"}})};
}

MomentWords tell_late_starter(Teller& teller) {
  const model::Evidence& start = teller.need("start-behind");
  const model::Evidence& passed = teller.need("passed");
  teller.add_seconds("behind", start);
  teller.add_minutes("minutes", start);
  add_rank(teller, "passed", passed);
  add_of(teller, "of", passed);
  teller.add_total();
  return {teller.headline("late-starter.headline"),
          teller.text({{"late-starter.start"}, {"late-starter.passed"}})};
}

MomentWords tell_winner_of_kind(Teller& teller) {
  const model::Evidence& win = teller.need("division-win");
  const model::Evidence* overall = teller.find("place");
  teller.add_text("division", win.given);
  add_of(teller, "of", win);
  teller.add_total();
  if (overall != nullptr) add_of(teller, "placed", *overall);
  return {teller.headline("winner-of-a-kind.headline"),
          teller.text({{"winner-of-a-kind.finished"},
                       {"winner-of-a-kind.win"},
                       {overall != nullptr ? "winner-of-a-kind.overall" : ""}})};
}

MomentWords tell_stop_front(Teller& teller) {
  const model::Evidence& stopped = teller.need("stop-front");
  const model::Evidence& clock = teller.need("clock");
  const model::Evidence& where = teller.need("last-heard");
  add_rank(teller, "stopped", stopped);
  add_of(teller, "of", stopped);
  teller.add_point("last", clock.to);
  teller.add_seconds("clock", clock);
  teller.add_point("where", where.to);
  add_rank(teller, "most", where);
  return {teller.headline("stop-front.headline"),
          teller.text({{"stop-front.line"}, {"stop-front.field"}, {"stop-front.where"}})};
}

MomentWords tell_heat(Teller& teller) {
  const model::Evidence& first = teller.need("middle-of-field", 0);
  const model::Evidence& second = teller.need("middle-of-field", 1);
  const std::uint64_t faster = Teller::number(teller.need("negative-splits").rank_in_field);
  const bool halves = is_half_way(teller, first.to);
  teller.add_point("from", first.to);
  teller.add_seconds("first", first);
  teller.add_seconds("second", second);
  if (halves) teller.add_time("more", Teller::seconds(second.seconds) - *first.seconds);
  add_of(teller, "of", first);
  teller.add_count("faster", faster);
  return {teller.headline(halves ? "heat.headline" : "heat.other-headline"),
          teller.text({{"heat.middle"}, {"heat.faster", faster}})};
}

MomentWords tell_storm(Teller& teller) {
  const model::Evidence& field = teller.need("finished");
  teller.add_text("words", one_line(teller.need("note").given));
  add_rank(teller, "finished", field);
  add_of(teller, "of", field);
  return {teller.headline("storm.headline"), teller.text({{"storm.words"}, {"storm.finished"}})};
}

MomentWords tell_through_storm(Teller& teller) {
  const model::Evidence& storm = teller.need("storm");
  const model::Evidence& stretch = teller.need("interval", 1);
  const model::Evidence& rank = teller.need("slowed-least");
  const std::uint64_t less = Teller::number(rank.rank_in_field) - 1;
  teller.add_minutes("minutes", storm);
  add_of(teller, "out", storm);
  teller.add_point("from", stretch.from);
  teller.add_point("to", stretch.to);
  teller.add_seconds("took", stretch);
  teller.add_time("expected", Teller::seconds(stretch.expected_seconds));
  add_of(teller, "of", rank);
  teller.add_count("less", less);
  teller.add_total();
  return {teller.headline("through-the-storm.headline"),
          teller.text({{"through-the-storm.storm"},
                       {"through-the-storm.took"},
                       {"through-the-storm.rank", less},
                       {"through-the-storm.finished"}})};
}

MomentWords tell_lost_mat(Teller& teller) {
  const model::Evidence& lost = teller.need("heard", 0);
  teller.add_point("where", lost.to);
  add_rank(teller, "heard", lost);
  add_of(teller, "of", lost);
  add_rank(teller, "others", teller.need("heard", 1));
  return {teller.headline("lost-mat.headline"),
          teller.text({{"lost-mat.line"}, {"lost-mat.fate"}})};
}

std::string with_barrier(std::string text, const model::Moment& moment, const Teller& teller) {
  const model::Evidence* evidence = teller.find("barrier");
  if (evidence == nullptr || is_full(moment.kind)) return text;
  Sentences sentences(teller.language());
  sentences.add_time("barrier", Teller::seconds(evidence->expected_seconds));
  if (evidence->seconds) {
    sentences.add_count("left", static_cast<std::uint64_t>(std::abs(*evidence->seconds)));
  }
  if (!evidence->name.empty()) sentences.add_text("standard", evidence->name);
  const BarrierKeys keys = barrier_keys(*evidence, teller.race());
  if (keys.clause == nullptr || !ends_with_time(moment.kind)) {
    return text + " " + sentences.text({{keys.sentence}});
  }
  // The clause takes the place of the full stop and brings its own.
  text.pop_back();
  return text + sentences.text({{keys.clause}});
}

std::string with_several(std::string text, const model::Moment& moment, Language language) {
  for (const model::Evidence& evidence : moment.evidence) {
    if (evidence.what != "several" || is_full(moment.kind)) continue;
    Sentences sentences(language);
    sentences.add_count("count", Teller::number(evidence.of));
    return text + " " + sentences.text({{"several.all"}});
  }
  return text;
}

}  // namespace hs::present
