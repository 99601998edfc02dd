#include <algorithm>
#include <string>
#include <utility>

#include "present/listing.h"
#include "present/moment_quotes.h"
#include "present/moment_words_kinds.h"

// Implementation notes: the kinds about several people. "Level" is as much as mats can say of two
// who may not know each other; a group's name is said only where the race publishes it.

namespace hs::present {
namespace {

/// Among whom somebody was first, as the evidence of the win names it.
void add_among(Teller& teller) {
  teller.add_field("among", model::parse_sex(teller.need("win").given));
}

void add_loss(Teller& teller, const model::Evidence& loss) {
  teller.add_seconds("loss", loss);
  teller.add_minutes("loss_minutes", loss);
  teller.add_point("loss_from", loss.from);
  teller.add_point("loss_to", loss.to);
}

/// The sentence about the mats on the way; none where there is nothing to say.
std::string add_agreement(Teller& teller, const model::Evidence* agreed) {
  if (agreed == nullptr) return {};
  const std::uint64_t points = Teller::number(agreed->rank_in_field);
  const std::uint64_t common = Teller::number(agreed->of);
  teller.add_point("from", agreed->from);
  teller.add_count_of_seconds("within", *agreed);
  teller.add_count("points", points);
  teller.add_count("common", common);
  if (points == 1) return "finish-together.agreed-once";
  return points == common ? "finish-together.agreed-always" : "finish-together.agreed-some";
}

/// The name of the group, where the race publishes it; else empty.
std::string published_group(const Teller& teller) {
  const std::vector<std::string> columns = published_columns(teller.results().event);
  if (std::find(columns.begin(), columns.end(), "group") == columns.end()) return {};
  return teller.results().persons[teller.moment().people.front().raw()].group;
}

}  // namespace

MomentWords tell_together(Teller& teller) {
  const model::Evidence& gap = teller.need("start-gap");
  const model::Evidence& around = teller.need("crowd");
  const std::uint64_t crowd = Teller::number(around.of);
  teller.add_seconds("gap", gap);
  teller.add_minutes("gap_minutes", gap);
  teller.add_seconds("clock", teller.need("clock"));
  teller.add_totals();
  teller.add_count("crowd", crowd);
  teller.add_minutes("crowd_minutes", around);
  const std::string on_the_way = add_agreement(teller, teller.find("agreement"));
  if (const model::Evidence* loss = teller.find("shared-loss")) {
    add_loss(teller, *loss);
    return {teller.headline("finish-together.loss-headline"),
            teller.text({{"finish-together.loss-line"},
                         {"finish-together.shared-loss"},
                         {on_the_way},
                         {"finish-together.own-times"}})};
  }
  return {teller.headline("finish-together.gap-headline"),
          teller.text({{"finish-together.gap-line"},
                       {"finish-together.own-times"},
                       {on_the_way},
                       {"finish-together.crowd", crowd}})};
}

MomentWords tell_ran_together(Teller& teller) {
  const model::Evidence& gap = teller.need("start-gap");
  const model::Evidence& agreed = teller.need("agreement");
  teller.add_seconds("gap", gap);
  teller.add_minutes("gap_minutes", gap);
  teller.add_point("from", agreed.from);
  teller.add_point("to", agreed.to);
  teller.add_count("points", Teller::number(agreed.rank_in_field));
  teller.add_count_of_seconds("within", agreed);
  teller.add_seconds("line", teller.need("apart", 0));
  teller.add_totals();
  const model::Evidence* before = teller.find("apart", 1);
  if (before != nullptr) {
    teller.add_point("before", before->to);
    teller.add_seconds("apart", *before);
  }
  return {teller.headline("ran-together.headline"),
          teller.text({{before != nullptr ? "ran-together.before" : ""},
                       {"ran-together.level"},
                       {"ran-together.line"}})};
}

MomentWords tell_same_times(Teller& teller) {
  const model::Evidence& same = teller.need("same-times");
  teller.add_count("points", Teller::number(same.rank_in_field));
  teller.add_count_of_seconds("within", same);
  add_loss(teller, teller.need("shared-loss"));
  teller.add_seconds("took", teller.need("interval"));
  teller.add_totals();
  return {teller.headline("same-times.headline"),
          teller.text({{"same-times.points"}, {"same-times.loss"}, {"same-times.finished"}})};
}

MomentWords tell_group(Teller& teller) {
  const model::Evidence& line = teller.need("group");
  const std::uint64_t here = Teller::number(line.rank_in_field);
  const std::uint64_t all = Teller::number(line.of);
  teller.add_count("count", here);
  teller.add_count("of", all);
  teller.add_count_of_seconds("within", line);
  teller.add_seconds("clock", teller.need("clock"));
  const std::string group = published_group(teller);
  if (!group.empty()) teller.add_text("group", group);
  return {teller.headline(group.empty() ? "group.headline" : "group.named-headline"),
          teller.text({{"group.line"}, {here == all ? "group.all" : "group.some"}})};
}

MomentWords tell_lead_change(Teller& teller) {
  const model::Evidence& before = teller.need("behind", 0);
  const model::Evidence& rest = teller.need("interval", 0);
  add_among(teller);
  teller.add_point("from", before.to);
  teller.add_length("rest", rest.from, rest.to);
  teller.add_seconds("behind", before);
  teller.add_seconds("ahead", teller.need("behind", 1));
  teller.add_seconds("took", rest);
  teller.add_seconds("second_took", teller.need("interval", 1));
  teller.add_total();
  return {teller.headline("lead-change-late.headline"),
          teller.text(
              {{"lead-change-late.behind"}, {"lead-change-late.rest"}, {"lead-change-late.line"}})};
}

MomentWords tell_guide_pair(Teller& teller) {
  teller.add_count_of_seconds("within", teller.need("apart"));
  teller.add_totals();
  return {teller.headline("guide-pair.headline"),
          teller.text({{"guide-pair.pair"}, {"guide-pair.line"}})};
}

MomentWords tell_photo_finish(Teller& teller) {
  const model::Evidence& front = teller.need("front");
  add_among(teller);
  teller.add_count("of", Teller::number(front.of));
  teller.add_seconds("spread", front);
  teller.add_totals();
  return {teller.headline("photo-finish.headline"),
          teller.text({{"photo-finish.times"}, {"photo-finish.front"}})};
}

namespace {

void add_wait(Teller& teller) {
  const model::Evidence& lost = teller.need("lost");
  const model::Evidence& level = teller.need("agreement");
  teller.add_point("before", lost.from);
  teller.add_point("from", level.from);
  teller.add_point("to", level.to);
  teller.add_count("points", Teller::number(level.rank_in_field));
  teller.add_count_of_seconds("within", level);
  teller.add_seconds("cost", lost);
  teller.add_pace("own_pace", teller.need("interval", 0));
  teller.add_pace("second_pace", teller.need("interval", 1));
  teller.add_totals();
  if (const model::Evidence* then = teller.find("interval", 2)) teller.add_pace("then_pace", *then);
}

}  // namespace

MomentWords tell_waited_and_returned(Teller& teller) {
  add_wait(teller);
  const bool returned = teller.find("interval", 2) != nullptr;
  return {teller.headline(returned ? "waited-and-returned.headline"
                                   : "waited-and-returned.line-headline"),
          teller.text({{"waited-and-returned.before"},
                       {"waited-and-returned.level"},
                       {returned ? "waited-and-returned.after" : "waited-and-returned.line"}})};
}

namespace {

/// The sentences about so many people.
struct NotedOf {
  const char* headline;
  const char* here;
  const char* at;  ///< With the point of the note.
};

constexpr NotedOf kAlone = {"noted-help.alone-headline", "noted-help.alone", "noted-help.alone-at"};
constexpr NotedOf kTwo = {"noted-help.two-headline", "noted-help.two", "noted-help.two-at"};
constexpr NotedOf kSeveral = {"noted-help.several-headline", "noted-help.several",
                              "noted-help.several-at"};

const char* witness_sentence(const std::string& kind) {
  if (kind == model::name_of(model::NoteKind::Announcer)) return "noted-help.announcer";
  if (kind == model::name_of(model::NoteKind::Volunteer)) return "noted-help.volunteer";
  return "noted-help.official";
}

/// How one or two of them finished; nothing of who is out, and no list of many.
std::string finishes(Teller& teller) {
  const std::size_t people = teller.moment().people.size();
  const model::Evidence* first = teller.find("passing", 0);
  if (first == nullptr || people > 2) return {};
  if (teller.find("passing", 1) != nullptr) {
    teller.add_totals();
    return teller.text({{"noted-help.both-finished"}});
  }
  Sentences one(teller.language());
  teller.add_person_by_bib(one, first->bibs.front());
  one.add_time("total", Teller::seconds(first->seconds));
  return one.text({{"noted-help.finished"}});
}

/// Help that no clock shows.
MomentWords tell_noted_help(Teller& teller) {
  const model::Evidence& witness = teller.need("witness");
  const std::size_t people = teller.moment().people.size();
  const NotedOf& of = people == 1 ? kAlone : people == 2 ? kTwo : kSeveral;
  if (people > 2) teller.add_count("others", people - 2);
  if (!witness.to.empty()) teller.add_point("where", witness.to);
  const bool quoted = teller.find("note") != nullptr;
  if (!quoted) teller.add_text("by", one_line(note_of(teller, witness).author.by));
  std::string text = teller.text(
      {{witness.to.empty() ? of.here : of.at}, {quoted ? "" : witness_sentence(witness.given)}});
  const std::string finish = finishes(teller);
  if (!finish.empty()) text += " " + finish;
  return {teller.headline(of.headline), std::move(text)};
}

}  // namespace

MomentWords tell_helped(Teller& teller) {
  if (teller.find("lost") == nullptr) return tell_noted_help(teller);
  add_wait(teller);
  const bool returned = teller.find("interval", 2) != nullptr;
  return {teller.headline("helped.headline"),
          teller.text(
              {{"helped.before"}, {"helped.level"}, {returned ? "helped.after" : "helped.line"}})};
}

}  // namespace hs::present
