#include <algorithm>

#include "base/check.h"
#include "present/listing.h"
#include "present/moment_words_kinds.h"

// Implementation notes: the kinds about several people. "Level" is as much as mats can say of two
// who may not know each other; a group's name is said only where the race publishes it.

namespace hs::present {
namespace {

std::uint64_t number(std::optional<std::uint32_t> value) {
  HS_CHECK(value.has_value(), "evidence lacks a count its words need");
  return *value;
}

void add_seconds(Teller& teller, std::string_view name, const model::Evidence& evidence) {
  teller.add(name, clock_text(Teller::seconds(evidence.seconds)));
}

void add_count_of_seconds(Teller& teller, std::string_view name, const model::Evidence& evidence) {
  teller.add(name, teller.count(static_cast<std::uint64_t>(Teller::seconds(evidence.seconds))));
}

void add_minutes(Teller& teller, std::string_view name, const model::Evidence& evidence) {
  teller.add(name,
             teller.count(static_cast<std::uint64_t>(Teller::seconds(evidence.seconds) / 60)));
}

void add_totals(Teller& teller) {
  add_seconds(teller, "total", teller.need("passing", 0));
  add_seconds(teller, "second_total", teller.need("passing", 1));
}

/// Among whom somebody was first, as the evidence of the win names it.
void add_among(Teller& teller) {
  const auto& words = teller.language().photo_among;
  const auto sex = model::parse_sex(teller.need("win").given);
  teller.add("among", words[sex ? static_cast<std::size_t>(*sex) : words.size() - 1]);
}

/// The name of the group, where the race publishes it; else empty.
std::string published_group(const Teller& teller) {
  const std::vector<std::string> columns = published_columns(teller.results().event);
  if (std::find(columns.begin(), columns.end(), "group") == columns.end()) return {};
  return teller.results().persons[teller.moment().people.front().raw()].group;
}

}  // namespace

MomentWords tell_ran_together(Teller& teller) {
  const MomentTemplates& language = teller.language();
  const model::Evidence& gap = teller.need("start-gap");
  const model::Evidence& agreed = teller.need("agreement");
  add_seconds(teller, "gap", gap);
  add_minutes(teller, "gap_minutes", gap);
  teller.add("from", teller.point(agreed.from));
  teller.add("to", teller.point(agreed.to));
  teller.add("points", teller.count(number(agreed.rank_in_field)));
  add_count_of_seconds(teller, "within", agreed);
  add_seconds(teller, "line", teller.need("apart", 0));
  add_totals(teller);
  const model::Evidence* before = teller.find("apart", 1);
  if (before != nullptr) {
    teller.add("before", teller.point(before->to));
    add_seconds(teller, "apart", *before);
  }
  return {teller.headline(language.met_headline),
          teller.sentences({before != nullptr ? language.met_before : nullptr, language.met_level,
                            language.met_line})};
}

MomentWords tell_same_times(Teller& teller) {
  const MomentTemplates& language = teller.language();
  const model::Evidence& same = teller.need("same-times");
  const model::Evidence& loss = teller.need("shared-loss");
  teller.add("points", teller.count(number(same.rank_in_field)));
  add_count_of_seconds(teller, "within", same);
  add_seconds(teller, "loss", loss);
  add_minutes(teller, "loss_minutes", loss);
  teller.add("loss_from", teller.point(loss.from));
  teller.add("loss_to", teller.point(loss.to));
  add_seconds(teller, "took", teller.need("interval"));
  add_totals(teller);
  return {teller.headline(language.same_headline),
          teller.sentences({language.same_points, language.same_loss, language.same_finished})};
}

MomentWords tell_group(Teller& teller) {
  const MomentTemplates& language = teller.language();
  const model::Evidence& line = teller.need("group");
  const std::uint64_t here = number(line.rank_in_field);
  const std::uint64_t all = number(line.of);
  teller.add("count", teller.count(here));
  teller.add("of", teller.count(all));
  add_count_of_seconds(teller, "within", line);
  add_seconds(teller, "clock", teller.need("clock"));
  const std::string group = published_group(teller);
  if (!group.empty()) teller.add("group", group);
  return {teller.headline(group.empty() ? language.group_headline : language.group_named_headline),
          teller.sentences(
              {language.group_line, here == all ? language.group_all : language.group_some})};
}

MomentWords tell_lead_change(Teller& teller) {
  const MomentTemplates& language = teller.language();
  const model::Evidence& before = teller.need("behind", 0);
  const model::Evidence& rest = teller.need("interval", 0);
  add_among(teller);
  teller.add("from", teller.point(before.to));
  teller.add("rest", teller.length(rest.from, rest.to));
  add_seconds(teller, "behind", before);
  add_seconds(teller, "ahead", teller.need("behind", 1));
  add_seconds(teller, "took", rest);
  add_seconds(teller, "second_took", teller.need("interval", 1));
  add_seconds(teller, "total", teller.need("passing"));
  return {teller.headline(language.lead_headline),
          teller.sentences({language.lead_behind, language.lead_rest, language.lead_line})};
}

MomentWords tell_guide_pair(Teller& teller) {
  const MomentTemplates& language = teller.language();
  add_count_of_seconds(teller, "within", teller.need("apart"));
  add_totals(teller);
  return {teller.headline(language.guide_headline),
          teller.sentences({language.guide_pair, language.guide_line})};
}

MomentWords tell_photo_finish(Teller& teller) {
  const MomentTemplates& language = teller.language();
  const model::Evidence& front = teller.need("front");
  add_among(teller);
  teller.add("of", teller.count(number(front.of)));
  add_seconds(teller, "spread", front);
  add_totals(teller);
  return {teller.headline(language.photo_headline),
          teller.sentences({language.photo_times, language.photo_front})};
}

}  // namespace hs::present
