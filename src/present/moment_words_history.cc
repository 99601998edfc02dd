#include <string>

#include "base/check.h"
#include "present/moment_words_kinds.h"

// Implementation notes: the kinds that stand on earlier races. Which race that was, and when, the
// evidence says; a year is written without thousands apart, so it is a text.

namespace hs::present {
namespace {

/// `race`, with its year where its name does not say it, and `since`, the year alone.
void add_race(Teller& teller, const model::Evidence& earlier) {
  HS_CHECK(earlier.on.has_value(), "evidence lacks the day of the earlier race");
  const std::string year = std::to_string(earlier.on->year);
  const bool says_it = earlier.race.find(year) != std::string::npos;
  teller.add_text("race", says_it ? earlier.race : earlier.race + " " + year);
  teller.add_text("since", year);
}

/// The best of the earlier races, with where it was.
void add_best(Teller& teller, const model::Evidence& best) {
  add_race(teller, best);
  teller.add_seconds("best", best);
}

}  // namespace

MomentWords tell_streak(Teller& teller) {
  const model::Evidence& streak = teller.need("streak");
  if (const model::Evidence* many = teller.find("together-in-it")) {
    add_race(teller, streak);
    teller.add_place("count", Teller::number(streak.rank_in_field));
    teller.add_count("many", Teller::number(many->rank_in_field));
    return {teller.headline("streak.many-headline"), teller.text({{"streak.many"}})};
  }
  std::uint64_t bridged = 0;
  const model::Evidence* stopped = nullptr;
  while (const model::Evidence* one = teller.find("bridged", bridged)) {
    stopped = one;
    ++bridged;
  }
  add_race(teller, streak);
  teller.add_place("count", Teller::number(streak.rank_in_field));
  if (stopped != nullptr) {
    teller.add_count("bridged", bridged);
    teller.add_text("stopped", std::to_string(stopped->on->year));
  }
  teller.add_total();
  return {teller.headline("streak.headline"),
          teller.text({{"streak.finished"}, {bridged > 0 ? "streak.bridged" : "", bridged}})};
}

MomentWords tell_nth_time(Teller& teller) {
  const model::Evidence& times = teller.need("times-here");
  add_race(teller, times);
  teller.add_place("count", Teller::number(times.rank_in_field));
  teller.add_count("editions", Teller::number(times.of));
  teller.add_total();
  return {teller.headline("nth-time.headline"),
          teller.text({{"nth-time.finished"}, {"nth-time.since"}})};
}

MomentWords tell_back_after_years(Teller& teller) {
  const model::Evidence& last = teller.need("last-here");
  HS_CHECK(last.years.has_value(), "evidence lacks the years between");
  add_race(teller, last);
  teller.add_count("years", static_cast<std::uint64_t>(*last.years));
  teller.add_count("away", Teller::number(last.of));
  if (last.seconds) teller.add_seconds("last", last);
  const std::uint64_t before = last.rank_in_field.value_or(1);
  teller.add_count("before", before);
  teller.add_total();
  return {teller.headline("back-after-years.headline"),
          teller.text({{"back-after-years.finished"},
                       {last.seconds ? "back-after-years.last-time" : "back-after-years.last"},
                       {before > 1 ? "back-after-years.before" : "", before}})};
}

MomentWords tell_after_dnf(Teller& teller) {
  const model::Evidence& before = teller.need("not-finished");
  const std::uint64_t tries = Teller::number(before.rank_in_field);
  add_race(teller, before);
  teller.add_count("tries", tries);
  teller.add_total();
  return {teller.headline("after-dnf.headline"),
          teller.text({{"after-dnf.finished"},
                       {before.given == "again" ? "after-dnf.again" : "after-dnf.first", tries}})};
}

MomentWords tell_after_interruption(Teller& teller) {
  const model::Evidence& back = teller.need("stopped-and-back");
  add_race(teller, back);
  teller.add_count("back", Teller::number(back.rank_in_field));
  teller.add_count("of", Teller::number(back.of));
  return {teller.headline("after-interruption.headline"),
          teller.text({{"after-interruption.text"}})};
}

MomentWords tell_personal_best(Teller& teller) {
  const model::Evidence& best = teller.need("best-before");
  const model::Evidence& day = teller.need("field-against-best");
  add_best(teller, best);
  teller.add_count("races", Teller::number(best.of));
  teller.add_time("faster",
                  Teller::seconds(best.seconds) - Teller::seconds(teller.need("passing").seconds));
  teller.add_seconds("day", day);
  teller.add_total();
  return {teller.headline("personal-best.headline"),
          teller.text(
              {{"personal-best.finished"},
               {day.given == "slower" ? "personal-best.day-slower" : "personal-best.day-faster"}})};
}

MomentWords tell_first_under(Teller& teller) {
  const model::Evidence& best = teller.need("best-before");
  const std::uint64_t races = Teller::number(best.of);
  add_best(teller, best);
  teller.add_time("barrier", Teller::seconds(teller.need("first-under").expected_seconds));
  teller.add_place("tries", races + 1);
  teller.add_count("races", races);
  teller.add_total();
  return {teller.headline("first-under.headline"),
          teller.text({{"first-under.finished"}, {"first-under.before"}})};
}

MomentWords tell_record(Teller& teller) {
  const model::Evidence* of_age = teller.find("all-time-of-age");
  const model::Evidence& rank = of_age != nullptr ? *of_age : teller.need("all-time");
  add_best(teller, teller.need("fastest-before"));
  teller.add_total();
  if (of_age != nullptr) {
    HS_CHECK(rank.years.has_value(), "evidence lacks an age");
    teller.add_count("years", static_cast<std::uint64_t>(*rank.years));
    teller.add_count("of", Teller::number(rank.of) - 1);
  } else {
    teller.add_field("field", model::parse_sex(rank.given));
    teller.add_count("editions", Teller::number(rank.of));
  }
  const bool aged = of_age != nullptr;
  return {teller.headline(aged ? "record.age-headline" : "record.headline"),
          teller.text({{"record.finished"}, {aged ? "record.age-before" : "record.before"}})};
}

MomentWords tell_all_time_list(Teller& teller) {
  const model::Evidence& rank = teller.need("all-time");
  add_best(teller, teller.need("fastest-before"));
  teller.add_place("count", Teller::number(rank.rank_in_field));
  teller.add_count("editions", Teller::number(rank.of));
  teller.add_total();
  return {teller.headline("all-time-list.headline"),
          teller.text({{"all-time-list.finished"}, {"all-time-list.before"}})};
}

MomentWords tell_age_grade(Teller& teller) {
  const model::Evidence& grade = teller.need("age-grade");
  HS_CHECK(grade.years.has_value(), "evidence lacks an age");
  teller.add_count("years", static_cast<std::uint64_t>(*grade.years));
  teller.add_text("grade", grade_text(Teller::number(grade.age_grade), teller.language()));
  teller.add_total();
  return {teller.headline("age-grade.headline"),
          teller.text({{"age-grade.finished"}, {"age-grade.grade"}})};
}

}  // namespace hs::present
