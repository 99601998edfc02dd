#include <string>

#include "base/check.h"
#include "present/moment_words_kinds.h"

// Implementation notes: the kinds about one runner. Which sentence is taken hangs on evidence
// only, as in moment_words.cc.

namespace hs::present {
namespace {

std::uint64_t number(std::optional<std::uint32_t> value) {
  HS_CHECK(value.has_value(), "evidence lacks a count its words need");
  return *value;
}

std::uint64_t whole(std::int64_t seconds) { return static_cast<std::uint64_t>(seconds); }

void add_total(Teller& teller, std::size_t nth) {
  teller.add("total", clock_text(Teller::seconds(teller.need("passing", nth).seconds)));
}

/// The runner's own words in one line, cut between words where they are long.
std::string shortened(std::string words) {
  constexpr std::size_t kMostBytes = 280;
  for (char& c : words) {
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  }
  while (!words.empty() && (words.back() == '.' || words.back() == ' ')) words.pop_back();
  if (words.size() <= kMostBytes) return words;
  // At a blank, so that no character of several bytes is cut in two.
  const std::size_t blank = words.rfind(' ', kMostBytes);
  if (blank == std::string::npos) return "\u2026";
  return words.substr(0, blank) + " \u2026";
}

}  // namespace

MomentWords tell_long_stop(Teller& teller) {
  const MomentTemplates& language = teller.language();
  const model::Evidence& interval = teller.need("interval");
  const std::int64_t took = Teller::seconds(interval.seconds);
  const std::uint64_t slower = number(interval.rank_in_field) - 1;
  teller.add("from", teller.point(interval.from));
  teller.add("to", teller.point(interval.to));
  teller.add("length", teller.length(interval.from, interval.to));
  teller.add("passed", clock_text(Teller::seconds(teller.need("passing", 0).seconds)));
  teller.add("took", clock_text(took));
  teller.add("minutes", teller.count(whole(took / 60)));
  teller.add("lost", clock_text(Teller::seconds(teller.need("lost").seconds)));
  teller.add("slower", teller.count(slower));
  teller.add("of", teller.count(number(interval.of)));
  add_total(teller, 1);
  const char* longer = slower == 0   ? language.stop_none_longer
                       : slower == 1 ? language.stop_one_longer
                                     : language.stop_some_longer;
  return {
      teller.headline(language.stop_headline),
      teller.sentences({language.stop_passed, language.stop_took, longer, language.stop_finished})};
}

MomentWords tell_comeback(Teller& teller) {
  const MomentTemplates& language = teller.language();
  const model::Evidence& before = teller.need("interval", 0);
  const model::Evidence& dip = teller.need("interval", 1);
  const model::Evidence& rest = teller.need("interval", 2);
  teller.add("from", teller.point(dip.from));
  teller.add("to", teller.point(dip.to));
  teller.add("before_pace", teller.pace(before));
  teller.add("dip_pace", teller.pace(dip));
  teller.add("rest_pace", teller.pace(rest));
  teller.add("took", clock_text(Teller::seconds(rest.seconds)));
  const model::Evidence& others = teller.need("comebacks");
  const std::uint64_t back = number(others.rank_in_field);
  teller.add("slowed", teller.count(number(others.of)));
  teller.add("back", teller.count(back));
  add_total(teller, 0);
  // "From" is where the slow part began, which comes first and so holds for the sentences.
  teller.add_expectation(rest);
  return {
      teller.headline(language.comeback_headline),
      teller.sentences({language.comeback_dip, language.comeback_rest, language.comeback_expected,
                        back == 1 ? language.comeback_only : language.comeback_few})};
}

MomentWords tell_last(Teller& teller) {
  const MomentTemplates& language = teller.language();
  const model::Evidence& clock = teller.need("clock");
  teller.add("clock", clock_text(Teller::seconds(clock.seconds)));
  teller.add("of", teller.count(number(clock.of)));
  teller.add("gap", clock_text(Teller::seconds(teller.need("gap-before").seconds)));
  add_total(teller, 0);
  return {teller.headline(language.last_headline),
          teller.sentences({language.last_line, language.last_own})};
}

MomentWords tell_overtaking(Teller& teller) {
  const MomentTemplates& language = teller.language();
  const model::Evidence& earlier = teller.need("place", 0);
  const model::Evidence& at_finish = teller.need("place", 1);
  const model::Evidence& rest = teller.need("interval");
  teller.add("from", teller.point(earlier.to));
  teller.add("earlier", teller.count(number(earlier.rank_in_field)));
  teller.add("at_finish", teller.count(number(at_finish.rank_in_field)));
  teller.add("of", teller.count(number(earlier.of)));
  teller.add("won", teller.count(number(earlier.rank_in_field) - number(at_finish.rank_in_field)));
  teller.add("rest", teller.length(rest.from, rest.to));
  teller.add("took", clock_text(Teller::seconds(rest.seconds)));
  add_total(teller, 0);
  return {teller.headline(language.places_headline),
          teller.sentences({language.places_won, language.places_rest})};
}

MomentWords tell_even_pace(Teller& teller) {
  const MomentTemplates& language = teller.language();
  const model::Evidence& fast = teller.need("interval", 0);
  const model::Evidence& slow = teller.need("interval", 1);
  const model::Evidence& field = teller.need("stretches");
  teller.add("fast", teller.pace(fast));
  teller.add("fast_from", teller.point(fast.from));
  teller.add("fast_to", teller.point(fast.to));
  teller.add("slow", teller.pace(slow));
  teller.add("slow_from", teller.point(slow.from));
  teller.add("slow_to", teller.point(slow.to));
  teller.add("stretches", teller.count(number(field.rank_in_field)));
  teller.add("of", teller.count(number(field.of)));
  add_total(teller, 0);
  return {teller.headline(language.even_headline),
          teller.sentences({language.even_range, language.even_field})};
}

MomentWords tell_oldest(Teller& teller) {
  const MomentTemplates& language = teller.language();
  const model::Evidence& age = teller.need("age");
  HS_CHECK(age.years && age.next_years, "evidence lacks an age its words need");
  teller.add("years", std::to_string(*age.years));
  teller.add("next", std::to_string(*age.next_years));
  teller.add("of", teller.count(number(age.of)));
  add_total(teller, 0);
  return {teller.headline(language.oldest_headline),
          teller.sentences({language.oldest_finished, language.oldest_next})};
}

MomentWords tell_first_finish(Teller& teller) {
  const MomentTemplates& language = teller.language();
  (void)teller.need("entry");
  teller.add("words", shortened(teller.results().persons[teller.moment().people[0].raw()].why));
  add_total(teller, 0);
  return {teller.headline(language.first_headline),
          teller.sentences({language.first_words, language.first_finished})};
}

}  // namespace hs::present
