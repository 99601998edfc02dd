#include "present/moment_words.h"

#include <cstdint>
#include <cstdlib>

#include "base/check.h"
#include "present/moment_teller.h"
#include "present/moment_templates.h"
#include "present/moment_words_kinds.h"

// Implementation notes: this file knows no word of a language; it gathers values by placeholder
// and picks sentences, both from evidence. A sentence that lacks a value is a bug: the detector
// and its words have come apart, and a wrong story is worse than none.

namespace hs::present {
namespace {

/// Two points this near (in a thousand of the course) to its middle are half way.
constexpr std::int64_t kHalfWithinThousandths = 1;

MomentWords tell_collapse(Teller& teller, const MomentTemplates& language) {
  const model::Evidence& interval = teller.need("interval");
  const std::int64_t took = Teller::seconds(interval.seconds);
  const std::uint32_t slower = interval.rank_in_field.value_or(1) - 1;
  teller.add_expectation(interval);
  teller.add("passed", clock_text(Teller::seconds(teller.need("passing", 0).seconds)));
  teller.add("total", clock_text(Teller::seconds(teller.need("passing", 1).seconds)));
  teller.add("took", clock_text(took));
  teller.add("minutes", teller.count(static_cast<std::uint64_t>(took / 60)));
  teller.add("slower", teller.count(slower));
  teller.add("of", teller.count(interval.of.value_or(0)));
  const char* longer = slower == 0   ? language.collapse_none_longer
                       : slower == 1 ? language.collapse_one_longer
                                     : language.collapse_some_longer;
  return {teller.headline(language.collapse_headline),
          teller.sentences({language.collapse_passed, language.collapse_expected, longer,
                            language.collapse_finished})};
}

MomentWords tell_split(Teller& teller, const MomentTemplates& language) {
  const model::Evidence& interval = teller.need("interval");
  const model::Evidence& day = teller.need("negative-splits");
  const std::int64_t first = Teller::seconds(teller.need("passing", 0).seconds);
  const std::int64_t second = Teller::seconds(interval.seconds);
  const std::uint32_t negative = day.rank_in_field.value_or(0);
  const std::int64_t course = teller.distance_to(interval.to);
  const std::int64_t off = std::abs(2 * teller.distance_to(interval.from) - course);
  const bool halves = off * 1000 <= course * kHalfWithinThousandths && first > second;
  teller.add_expectation(interval);
  teller.add("first", clock_text(first));
  teller.add("second", clock_text(second));
  teller.add("total", clock_text(Teller::seconds(teller.need("passing", 1).seconds)));
  if (halves) teller.add("faster", clock_text(first - second));
  teller.add("negative", teller.count(negative));
  teller.add("of", teller.count(day.of.value_or(0)));
  return {
      teller.headline(halves ? language.split_headline : language.split_other_headline),
      teller.sentences(
          {halves ? language.split_halves : language.split_other_parts, language.split_expected,
           negative == 1 ? language.split_only_one : language.split_few, language.split_finished})};
}

void add_agreement(Teller& teller, const model::Evidence& agreed) {
  teller.add("from", teller.point(agreed.from));
  teller.add("within", teller.count(static_cast<std::uint64_t>(Teller::seconds(agreed.seconds))));
  teller.add("points", teller.count(agreed.rank_in_field.value_or(0)));
  teller.add("common", teller.count(agreed.of.value_or(0)));
}

/// The sentence about the mats on the way; none where there is nothing to say.
const char* agreement_sentence(const model::Evidence* agreed, const MomentTemplates& language) {
  if (agreed == nullptr) return nullptr;
  const std::uint32_t points = agreed->rank_in_field.value_or(0);
  if (points == 1) return language.agreed_once;
  return points == agreed->of.value_or(0) ? language.agreed_always : language.agreed_some;
}

MomentWords tell_together(Teller& teller, const MomentTemplates& language) {
  const std::int64_t gap = Teller::seconds(teller.need("start-gap").seconds);
  const model::Evidence& around = teller.need("crowd");
  const std::uint32_t crowd = around.of.value_or(0);
  teller.add("gap", clock_text(gap));
  teller.add("gap_minutes", teller.count(static_cast<std::uint64_t>(gap / 60)));
  teller.add("clock", clock_text(Teller::seconds(teller.need("clock").seconds)));
  teller.add("total", clock_text(Teller::seconds(teller.need("passing", 0).seconds)));
  teller.add("second_total", clock_text(Teller::seconds(teller.need("passing", 1).seconds)));
  teller.add("crowd", teller.count(crowd));
  teller.add("crowd_minutes",
             teller.count(static_cast<std::uint64_t>(Teller::seconds(around.seconds) / 60)));
  const model::Evidence* agreed = teller.find("agreement");
  if (agreed != nullptr) add_agreement(teller, *agreed);
  const char* on_the_way = agreement_sentence(agreed, language);
  if (const model::Evidence* loss = teller.find("shared-loss")) {
    const std::int64_t lost = Teller::seconds(loss->seconds);
    teller.add("loss", clock_text(lost));
    teller.add("loss_minutes", teller.count(static_cast<std::uint64_t>(lost / 60)));
    teller.add("loss_from", teller.point(loss->from));
    teller.add("loss_to", teller.point(loss->to));
    return {teller.headline(language.loss_headline),
            teller.sentences(
                {language.loss_line, language.shared_loss, on_the_way, language.own_times})};
  }
  const char* others = crowd == 0   ? language.crowd_none
                       : crowd == 1 ? language.crowd_one
                                    : language.crowd_some;
  return {teller.headline(language.gap_headline),
          teller.sentences({language.gap_line, language.own_times, on_the_way, others})};
}

}  // namespace

MomentWords words_for(const model::Moment& moment, const model::EventResults& results) {
  const MomentTemplates& language = kEnglishMoments;
  Teller teller(moment, results, language);
  switch (moment.kind) {
    case model::MomentKind::LateCollapse:
      return tell_collapse(teller, language);
    case model::MomentKind::NegativeSplit:
      return tell_split(teller, language);
    case model::MomentKind::FinishTogether:
      return tell_together(teller, language);
    case model::MomentKind::LongStop:
      return tell_long_stop(teller);
    case model::MomentKind::WallComeback:
      return tell_comeback(teller);
    case model::MomentKind::LastFinisher:
      return tell_last(teller);
    case model::MomentKind::Overtaking:
      return tell_overtaking(teller);
    case model::MomentKind::EvenPace:
      return tell_even_pace(teller);
    case model::MomentKind::Oldest:
      return tell_oldest(teller);
    case model::MomentKind::RanTogether:
      return tell_ran_together(teller);
    case model::MomentKind::SameTimes:
      return tell_same_times(teller);
    case model::MomentKind::Group:
      return tell_group(teller);
    case model::MomentKind::PhotoFinish:
      return tell_photo_finish(teller);
    case model::MomentKind::LeadChangeLate:
      return tell_lead_change(teller);
    case model::MomentKind::GuidePair:
      return tell_guide_pair(teller);
    case model::MomentKind::FirstFinish:
      return tell_first_finish(teller);
  }
  HS_CHECK(false, "a kind of moment without words");
  return {};
}

}  // namespace hs::present
