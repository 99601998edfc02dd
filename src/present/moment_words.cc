#include "present/moment_words.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "present/moment_templates.h"

// Implementation notes: this file knows no word of a language; it gathers values by placeholder
// and picks sentences, both from evidence. A sentence that lacks a value is a bug: the detector
// and its words have come apart, and a wrong story is worse than none.

namespace hs::present {
namespace {

constexpr std::size_t kMostHeadline = 110;
/// Two points this near (in a thousand of the course) to its middle are half way.
constexpr std::int64_t kHalfWithinThousandths = 1;

using Values = std::vector<std::pair<std::string_view, std::string>>;

const std::string& value_of(const Values& values, std::string_view name) {
  const auto found = std::find_if(values.begin(), values.end(),
                                  [&](const auto& value) { return value.first == name; });
  HS_CHECK(found != values.end(), "a template asks for a value its moment does not have");
  return found->second;
}

std::string fill(std::string_view text, const Values& values) {
  std::string filled;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    filled += text.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('}', open);
    HS_CHECK(close != std::string_view::npos, "a brace without its partner");
    filled += value_of(values, text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  return filled;
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  }));
}

std::string two_digits(std::int64_t value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

/// "1:29:09" or "12:05".
std::string clock_text(std::int64_t seconds) {
  const std::int64_t hours = seconds / 3600;
  const std::int64_t minutes = seconds / 60 % 60;
  const std::string tail = ":" + two_digits(seconds % 60);
  return hours > 0 ? std::to_string(hours) + ":" + two_digits(minutes) + tail
                   : std::to_string(minutes) + tail;
}

/// Gathers the values of one moment.
class Teller {
 public:
  Teller(const model::Moment& moment, const model::EventResults& results,
         const MomentTemplates& language)
      : moment_(moment), results_(results), language_(language) {
    const model::Entrant& entrant = results.entrants[moment.people.front().raw()];
    const auto sex = static_cast<std::size_t>(entrant.sex.value_or(model::Sex::X));
    add("they", language.agreement[sex].they);
    add("them", language.agreement[sex].them);
    add("name", name(0));
  }

  void add(std::string_view name, std::string value) {
    values_.emplace_back(name, std::move(value));
  }

  [[nodiscard]] std::string name(std::size_t person) const {
    const std::size_t id = moment_.people[person].raw();
    return model::public_name(results_.entrants[id], results_.persons[id]);
  }

  [[nodiscard]] std::string bib(std::size_t person) const {
    return language_.bib + results_.entrants[moment_.people[person].raw()].bib.str();
  }

  [[nodiscard]] const model::Evidence* find(std::string_view what, std::size_t nth = 0) const {
    for (const model::Evidence& evidence : moment_.evidence) {
      if (evidence.what == what && nth-- == 0) return &evidence;
    }
    return nullptr;
  }

  [[nodiscard]] const model::Evidence& need(std::string_view what, std::size_t nth = 0) const {
    const model::Evidence* found = find(what, nth);
    HS_CHECK(found != nullptr, "a moment lacks the evidence its words need");
    return *found;
  }

  [[nodiscard]] static std::int64_t seconds(const std::optional<std::int64_t>& value) {
    HS_CHECK(value.has_value(), "evidence lacks a time its words need");
    return *value;
  }

  [[nodiscard]] std::string count(std::uint64_t value) const {
    std::string text = std::to_string(value);
    for (std::size_t at = text.size(); at > 3;) {
      at -= 3;
      text.insert(at, 1, language_.thousands);
    }
    return text;
  }

  [[nodiscard]] std::string point(const std::string& id) const {
    if (id == "half") return language_.half_way;
    std::string shown = id;
    if (shown.size() > 1 && shown.back() == 'k' &&
        std::isdigit(static_cast<unsigned char>(shown[shown.size() - 2])) != 0) {
      shown.back() = 'K';
    }
    return shown;
  }

  [[nodiscard]] const model::Race& race() const { return results_.event.races[moment_.race.raw()]; }

  /// Millimetres of a point from the start.
  [[nodiscard]] std::int64_t distance_to(const std::string& id) const {
    const auto& points = race().points;
    const auto found = std::find_if(points.begin(), points.end(),
                                    [&](const model::Point& p) { return p.id == id; });
    HS_CHECK(found != points.end(), "evidence names a point its race does not have");
    return found->distance.in_millimetres();
  }

  /// "2.2 km", to the nearest tenth; below a kilometre "400 m".
  [[nodiscard]] std::string length(const std::string& from, const std::string& to) const {
    const std::int64_t metres = (distance_to(to) - distance_to(from) + 500) / 1000;
    if (metres < 1000) return std::to_string(metres) + language_.metres;
    const std::int64_t tenths = (metres + 50) / 100;
    std::string text = std::to_string(tenths / 10);
    if (tenths % 10 != 0) text += language_.decimal + std::to_string(tenths % 10);
    return text + language_.kilometres;
  }

  void add_expectation(const model::Evidence& interval) {
    add("from", point(interval.from));
    add("rest", length(interval.from, interval.to));
    add("expected", clock_text(seconds(interval.expected_seconds)));
    add("least", clock_text(seconds(interval.expected_least)));
    add("most", clock_text(seconds(interval.expected_most)));
  }

  /// The first headline that fits, names before bibs, full before short.
  [[nodiscard]] std::string headline(
      const std::array<const char*, MomentTemplates::kVariants>& variants) const {
    Values by_bib = values_;
    for (auto& [placeholder, value] : by_bib) {
      if (placeholder == "name") value = bib(0);
      if (placeholder == "second_name") value = bib(1);
    }
    std::string text;
    for (const Values* values : {&values_, static_cast<const Values*>(&by_bib)}) {
      for (const char* variant : variants) {
        text = fill(variant, *values);
        if (characters(text) <= kMostHeadline) return text;
      }
    }
    HS_CHECK(false, "the shortest headline by bib is still too long");
    return text;
  }

  [[nodiscard]] std::string sentences(std::initializer_list<const char*> templates) const {
    std::string text;
    for (const char* one : templates) {
      if (one == nullptr) continue;
      if (!text.empty()) text += ' ';
      text += fill(one, values_);
    }
    return text;
  }

 private:
  const model::Moment& moment_;
  const model::EventResults& results_;
  const MomentTemplates& language_;
  Values values_;
};

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
  teller.add("second_name", teller.name(1));
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
  }
  HS_CHECK(false, "a kind of moment without words");
  return {};
}

}  // namespace hs::present
