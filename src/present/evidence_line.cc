#include "present/evidence_line.h"

#include <array>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "model/fact.h"
#include "present/language.h"
#include "present/sentences.h"

// Implementation notes: what the figure of an item is (a time, a count, a share, a word) is a table
// by the sort of item; the words for it are in the language files under the same table's keys.

namespace hs::present {
namespace {

using model::Evidence;
using model::Moment;

constexpr const char* kDash = "\u2013";

/// What stands in the column of figures.
enum class Kind : std::uint8_t { Seconds, Share, Rank, Of, Yes };

struct Row {
  std::string_view what;
  const char* key;
  Kind kind;
};

// Items whose words hang on nothing but their sort.
constexpr std::array kRows = {
    Row{"negative-splits", "evidence.negative-splits", Kind::Share},
    Row{"start-gap", "evidence.start-gap", Kind::Seconds},
    Row{"crowd", "evidence.crowd", Kind::Of},
    Row{"agreement", "evidence.agreement", Kind::Share},
    Row{"shared-loss", "evidence.shared-loss", Kind::Seconds},
    Row{"lost", "evidence.lost", Kind::Seconds},
    Row{"gap-before", "evidence.gap-before", Kind::Seconds},
    Row{"place", "evidence.place", Kind::Share},
    Row{"comebacks", "evidence.comebacks", Kind::Share},
    Row{"stretches", "evidence.stretches", Kind::Rank},
    Row{"apart", "evidence.between-the-two", Kind::Seconds},
    Row{"behind", "evidence.between-the-two", Kind::Seconds},
    Row{"same-times", "evidence.same-times", Kind::Rank},
    Row{"group", "evidence.group", Kind::Share},
    Row{"entry", "evidence.entry", Kind::Yes},
    Row{"front", "evidence.front", Kind::Seconds},
    Row{"place-early", "evidence.place-early", Kind::Share},
    Row{"seed-best", "evidence.seed-best", Kind::Rank},
    Row{"cutoff", "evidence.cutoff", Kind::Seconds},
    Row{"at-the-pace-before", "evidence.at-the-pace-before", Kind::Seconds},
    Row{"start-behind", "evidence.start-behind", Kind::Seconds},
    Row{"passed", "evidence.passed", Kind::Share},
    Row{"division-win", "evidence.division-win", Kind::Share},
    Row{"stop-front", "evidence.stop-front", Kind::Share},
    Row{"last-heard", "evidence.last-heard", Kind::Share},
    Row{"middle-of-field", "evidence.middle-of-field", Kind::Seconds},
    Row{"finished", "evidence.finished", Kind::Share},
    Row{"heard", "evidence.heard", Kind::Share},
    Row{"several", "evidence.several", Kind::Of},
    Row{"storm", "evidence.storm", Kind::Seconds},
    Row{"slowed-least", "evidence.slowed-least", Kind::Share},
    Row{"streak", "evidence.streak", Kind::Share},
    Row{"together-in-it", "evidence.together-in-it", Kind::Share},
    Row{"bridged", "evidence.bridged", Kind::Yes},
    Row{"times-here", "evidence.times-here", Kind::Share},
    Row{"last-here", "evidence.last-here", Kind::Seconds},
    Row{"not-finished", "evidence.not-finished", Kind::Rank},
    Row{"stopped-and-back", "evidence.stopped-and-back", Kind::Share},
    Row{"best-before", "evidence.best-before", Kind::Seconds},
    Row{"field-against-best", "evidence.field-against-best", Kind::Seconds},
    Row{"fastest-before", "evidence.fastest-before", Kind::Seconds},
    Row{"all-time", "evidence.all-time", Kind::Rank},
    Row{"all-time-of-age", "evidence.all-time-of-age", Kind::Rank},
};

// Roles and kinds of own words, by what the evidence calls them.
constexpr std::array<std::pair<std::string_view, const char*>, 6> kGiven = {{
    {"official", "evidence.official"},
    {"announcer", "evidence.announcer"},
    {"runner", "evidence.runner"},
    {"volunteer", "evidence.volunteer"},
    {"cause", "evidence.cause"},
    {"dedication", "evidence.dedication"},
}};

std::optional<const char*> key_of_given(const std::string& given) {
  for (const auto& [name, key] : kGiven) {
    if (given == name) return key;
  }
  return std::nullopt;
}

/// An item and its values.
class Item : public Sentences {
 public:
  Item(const model::EventResults& results, const Moment& moment, const Evidence& item)
      : Sentences(language_of(results.event)),
        moment_(moment),
        item_(item),
        race_(results.event.races[moment.race.raw()]) {
    add_point("from", race_, item.from);
    add_point("to", race_, item.to.empty() ? item.from : item.to);
    add_count("number", item.rank_in_field.value_or(0));
    add_count("of", item.of.value_or(0));
    add_count("within", static_cast<std::uint64_t>(std::abs(item.seconds.value_or(0))));
    add_time("time", item.seconds.value_or(0));
    add_text("stretch", stretch());
  }

  [[nodiscard]] FigureLine line() const;
  [[nodiscard]] std::string share() const { return text({{"evidence.share"}}); }

 private:
  [[nodiscard]] std::string stretch() const {
    const bool is_point = item_.from.empty() || item_.from == item_.to;
    return text({{is_point ? "evidence.point" : "evidence.stretch"}});
  }
  [[nodiscard]] std::string seconds() const {
    return item_.seconds ? clock_text(*item_.seconds) : kDash;
  }
  [[nodiscard]] std::string number(std::uint64_t value) const {
    Sentences words(language());
    words.add_count("number", value);
    return words.text({{"evidence.number"}});
  }
  [[nodiscard]] std::string figure(Kind kind) const;
  [[nodiscard]] std::string of_one(std::string what) const;
  [[nodiscard]] std::string at_race(std::string what) const;
  [[nodiscard]] std::optional<FigureLine> of_people() const;
  [[nodiscard]] std::optional<FigureLine> by_what_is_given() const;
  [[nodiscard]] FigureLine age() const;
  [[nodiscard]] FigureLine barrier() const;

  const Moment& moment_;
  const Evidence& item_;
  const model::Race& race_;
};

std::string Item::figure(Kind kind) const {
  switch (kind) {
    case Kind::Seconds:
      return seconds();
    case Kind::Share:
      return share();
    case Kind::Rank:
      return number(item_.rank_in_field.value_or(0));
    case Kind::Of:
      return number(item_.of.value_or(0));
    case Kind::Yes:
      return text({{"evidence.yes"}});
  }
  return {};
}

// Whose figure it is, where a moment has several people.
std::string Item::of_one(std::string what) const {
  if (moment_.people.size() < 2 || item_.bibs.size() != 1) return what;
  Sentences words(language());
  words.add_text("bib", bib(item_.bibs.front().view()));
  words.add_text("text", std::move(what));
  return words.text({{"evidence.of-one"}});
}

// Which earlier race it is from, where it is from one.
std::string Item::at_race(std::string what) const {
  if (item_.race.empty()) return what;
  Sentences words(language());
  words.add_text("text", std::move(what));
  words.add_text("standard", item_.race);
  return words.text({{"evidence.at-race"}});
}

FigureLine Item::age() const {
  const std::string years = std::to_string(item_.years.value_or(0));
  if (!item_.next_years) return {text({{"evidence.age"}}), years};
  const bool younger = moment_.kind == model::MomentKind::Youngest;
  return {text({{younger ? "evidence.age-and-younger" : "evidence.age-and-older"}}),
          years + "; " + std::to_string(*item_.next_years)};
}

FigureLine Item::barrier() const {
  Sentences words(language());
  words.add_time("time", item_.expected_seconds.value_or(0));
  if (item_.given == "standard") {
    words.add_text("standard", item_.name);
    const std::int64_t left = item_.seconds.value_or(0);
    return {words.text({{left < 0 ? "evidence.over-standard" : "evidence.under-standard"}}),
            clock_text(std::abs(left))};
  }
  return {words.text({{item_.given == "goal" ? "evidence.barrier-of-goal" : "evidence.barrier"}}),
          seconds()};
}

// What one or two people did by the clock.
std::optional<FigureLine> Item::of_people() const {
  if (item_.what == "passing")
    return FigureLine{of_one(text({{"evidence.passing"}})), seconds(), true};
  if (item_.what == "clock") return FigureLine{of_one(text({{"evidence.clock"}})), seconds()};
  if (item_.what == "age") return age();
  if (item_.what == "barrier") return barrier();
  if (item_.what == "first-under") {
    Sentences words(language());
    words.add_time("time", item_.expected_seconds.value_or(0));
    return FigureLine{words.text({{"evidence.first-under"}}), seconds()};
  }
  if (item_.what == "age-grade") {
    return FigureLine{text({{"evidence.age-grade"}}),
                      grade_text(item_.age_grade.value_or(0), language())};
  }
  if (item_.what == "pair") {
    const bool close = item_.seconds.value_or(0) == 0;
    return FigureLine{text({{"evidence.between-the-two"}}),
                      close ? text({{"evidence.under-a-second"}}) : seconds()};
  }
  if (item_.what == "win") {
    return FigureLine{text({{"evidence.win"}}),
                      text({{item_.seconds ? "evidence.by-under-a-second" : "evidence.yes"}})};
  }
  return std::nullopt;
}

std::optional<FigureLine> Item::by_what_is_given() const {
  if (item_.what == "seed") {
    return FigureLine{text({{item_.given == "wave" ? "evidence.seed-of-wave" : "evidence.seed"}}),
                      figure(Kind::Rank)};
  }
  const auto given = key_of_given(item_.given);
  if (item_.what == "note") {
    // Of a storm the words themselves are given, which the moment quotes.
    if (!given) return FigureLine{text({{"evidence.noted"}}), figure(Kind::Yes)};
    return FigureLine{text({{"evidence.note"}}), text({{*given}})};
  }
  if (item_.what == "witness" && given) {
    return FigureLine{text({{"evidence.witness"}}), text({{*given}})};
  }
  if (item_.what == "own-words") {
    return FigureLine{text({{"evidence.own-words"}}), given ? text({{*given}}) : item_.given};
  }
  return std::nullopt;
}

FigureLine Item::line() const {
  if (auto line = of_people()) return *line;
  if (auto line = by_what_is_given()) return *line;
  for (const Row& row : kRows) {
    if (item_.what == row.what) return {at_race(text({{row.key}})), figure(row.kind)};
  }
  return {of_one(stretch()), seconds(), true};
}

}  // namespace

FigureLine figure_line(const model::EventResults& results, const Moment& moment,
                       const Evidence& item) {
  return Item(results, moment, item).line();
}

std::string rank_words(const model::EventResults& results, const Evidence& item) {
  Sentences words(language_of(results.event));
  words.add_count("number", item.rank_in_field.value_or(0));
  words.add_count("of", item.of.value_or(0));
  return words.text({{"evidence.share"}});
}

}  // namespace hs::present
