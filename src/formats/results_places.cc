#include "formats/results_places.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>

#include "base/check.h"

// Implementation notes: two measures, because one is not enough. Recomputed places show whether
// every place is right; but a single runner who was moved a thousand places shifts a thousand
// others, so the runners out of order are counted too: all less the longest run of places along
// which the times never fall.

namespace hs::formats {
namespace {

using base::Duration;
using model::Mode;
using model::PublishedClock;
using model::PublishedPlace;
using model::PublishedResult;
using model::PublishedText;
using std::chrono::seconds;

constexpr std::size_t kFirstDifferences = 5;
constexpr std::array kClocks = {PublishedClock::Untold, PublishedClock::Net, PublishedClock::Gun};

enum class PlaceKind : std::uint8_t { Overall, Sex, Division };

const std::optional<PublishedPlace>& place_of(const PublishedResult& result, PlaceKind kind) {
  if (kind == PlaceKind::Overall) return result.place_overall;
  return kind == PlaceKind::Sex ? result.place_sex : result.place_division;
}

const char* word_for(PlaceKind kind) {
  if (kind == PlaceKind::Overall) return "overall";
  return kind == PlaceKind::Sex ? "sex" : "division";
}

/// A runner in one field.
struct Ranked {
  Duration time{};
  std::uint32_t place = 0;
  std::uint32_t line = 0;
};

/// What tells fields apart: the size of the overall field of those apart, sex, the text of the
/// division, its size.
using FieldKey = std::tuple<bool, std::uint32_t, int, std::uint32_t, std::uint32_t>;

std::optional<FieldKey> field_of(const PublishedResult& result, PlaceKind kind) {
  FieldKey key{result.is_apart, 0, 0, 0, 0};
  if (result.is_apart && result.place_overall)
    std::get<1>(key) = result.place_overall->of.value_or(0);
  if (kind == PlaceKind::Overall) return key;
  std::get<2>(key) = result.sex ? static_cast<int>(*result.sex) + 1 : 0;
  if (kind == PlaceKind::Sex) return key;
  const auto text = [&](PublishedText which) {
    return result.texts[static_cast<std::size_t>(which)].raw();
  };
  std::get<3>(key) = text(PublishedText::Division);
  if (std::get<3>(key) == 0) std::get<3>(key) = text(PublishedText::AgeGroup);
  const auto size = result.place_division ? result.place_division->of : std::nullopt;
  if (std::get<3>(key) == 0 && !size) return std::nullopt;
  std::get<4>(key) = size.value_or(0);
  return key;
}

/// For each of a sequence of (place, time) by place: true where it is on the longest subsequence
/// whose times never fall.
std::vector<bool> in_order(const std::vector<Ranked>& by_place) {
  std::vector<std::size_t> tails;  // The last runner of the best sequence of each length.
  std::vector<std::size_t> before(by_place.size(), by_place.size());
  for (std::size_t i = 0; i < by_place.size(); ++i) {
    const auto at = std::upper_bound(
        tails.begin(), tails.end(), by_place[i].time,
        [&](Duration time, std::size_t tail) { return time < by_place[tail].time; });
    if (at != tails.begin()) before[i] = *(at - 1);
    if (at == tails.end()) {
      tails.push_back(i);
    } else {
      *at = i;
    }
  }
  std::vector<bool> out(by_place.size(), false);
  for (std::size_t i = tails.empty() ? by_place.size() : tails.back(); i < by_place.size();
       i = before[i]) {
    out[i] = true;
  }
  return out;
}

/// Compares the places of one field with its times.
void check_field(std::vector<Ranked>& field, PlacesCheck& out,
                 std::vector<PlacesCheck::Difference>& differences) {
  // Ties of a place stand by time, so that a shared place contradicts nothing.
  std::sort(field.begin(), field.end(), [](const Ranked& a, const Ranked& b) {
    return std::tie(a.place, a.time, a.line) < std::tie(b.place, b.time, b.line);
  });
  std::vector<std::uint32_t> places;
  for (const Ranked& runner : field) places.push_back(runner.place);
  const std::vector<bool> ordered = in_order(field);
  std::vector<std::size_t> by_time(field.size());
  for (std::size_t i = 0; i < by_time.size(); ++i) by_time[i] = i;
  const auto second_of = [&](std::size_t i) { return std::chrono::ceil<seconds>(field[i].time); };
  // Times finer than a second rank by themselves; within one official second any order will do.
  std::stable_sort(by_time.begin(), by_time.end(),
                   [&](std::size_t a, std::size_t b) { return second_of(a) < second_of(b); });
  for (std::size_t low = 0; low < by_time.size();) {
    std::size_t high = low;
    while (high < by_time.size() && second_of(by_time[high]) == second_of(by_time[low])) ++high;
    for (std::size_t i = low; i < high; ++i) {
      const Ranked& runner = field[by_time[i]];
      const bool agrees = runner.place >= places[low] && runner.place <= places[high - 1];
      ++(agrees ? out.agreeing : out.differing);
      if (ordered[by_time[i]]) continue;
      ++out.out_of_order;
      differences.push_back(
          {static_cast<int>(runner.line), runner.place, places[low], places[high - 1]});
    }
    low = high;
  }
  ++out.fields;
}

PlacesCheck check(const model::PublishedRace& race, PlaceKind kind, PublishedClock clock) {
  std::map<FieldKey, std::vector<Ranked>> fields;
  for (const PublishedResult& result : race.results) {
    const auto& place = place_of(result, kind);
    const auto time = result.finish_on(clock);
    if (!place || !time || result.status != model::RunnerStatus::Finished) continue;
    if (auto key = field_of(result, kind)) {
      fields[*key].push_back({*time, place->place, result.line});
    }
  }
  PlacesCheck out;
  out.kind = word_for(kind);
  out.clock = clock;
  std::vector<PlacesCheck::Difference> differences;
  for (auto& [key, field] : fields) check_field(field, out, differences);
  std::sort(differences.begin(), differences.end(),
            [](const auto& a, const auto& b) { return a.line < b.line; });
  if (differences.size() > kFirstDifferences) differences.resize(kFirstDifferences);
  out.first = std::move(differences);
  return out;
}

/// The letters before the digits of a bib, in capitals.
std::string bib_letters(std::string_view bib) {
  std::string out;
  for (const char c : bib) {
    if (c >= 'a' && c <= 'z') {
      out += static_cast<char>(c - 'a' + 'A');
    } else if (c >= 'A' && c <= 'Z') {
      out += c;
    } else {
      break;
    }
  }
  return out.size() < bib.size() ? out : "";
}

bool has_w(const model::PublishedRace& race, const PublishedResult& result) {
  return bib_letters(race.text(result, PublishedText::Bib)) == "W";
}

/// Marks those whose overall place is one of a field much smaller than most have.
void mark_by_size(model::PublishedRace& race) {
  std::map<std::uint32_t, std::size_t> sizes;
  for (const PublishedResult& result : race.results) {
    if (result.place_overall && result.place_overall->of) ++sizes[*result.place_overall->of];
  }
  if (sizes.size() < 2) return;
  const auto main = std::max_element(
      sizes.begin(), sizes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  for (PublishedResult& result : race.results) {
    if (!result.place_overall || !result.place_overall->of) continue;
    result.is_apart = *result.place_overall->of <= main->first / 2;
  }
}

/// Marks bibs with a W that are placed 1, 2, 3 ... again beside the others.
void mark_by_places(model::PublishedRace& race) {
  std::map<std::uint32_t, std::size_t> others;
  std::size_t with_w = 0;
  for (const PublishedResult& result : race.results) {
    if (!result.place_overall) continue;
    if (has_w(race, result)) {
      ++with_w;
    } else {
      ++others[result.place_overall->place];
    }
  }
  std::size_t twice = 0;
  for (const PublishedResult& result : race.results) {
    if (result.place_overall && has_w(race, result))
      twice += others.count(result.place_overall->place);
  }
  if (with_w < 2 || twice * 10 < with_w * 8) return;
  for (PublishedResult& result : race.results) {
    result.is_apart = result.is_apart || (result.place_overall && has_w(race, result));
  }
}

/// True where a W on a bib means wheels and not women: their best is far ahead of everybody's.
bool is_faster_with_w(const model::PublishedRace& race) {
  std::optional<Duration> best;
  std::optional<Duration> best_of_others;
  for (const PublishedResult& result : race.results) {
    const auto time = race.finish_of(result);
    if (!time || (result.is_apart && !has_w(race, result))) continue;
    auto& least = has_w(race, result) ? best : best_of_others;
    least = std::min(least.value_or(*time), *time);
  }
  return best && best_of_others && *best * 10 < *best_of_others * 9;
}

/// The mode that a division's name tells.
std::optional<Mode> mode_in(std::string_view text) {
  constexpr std::size_t kShortest = 8;  // "handbike".
  if (text.size() < kShortest) return std::nullopt;
  std::string word(text);
  std::transform(word.begin(), word.end(), word.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const auto has = [&](std::string_view part) { return word.find(part) != std::string::npos; };
  if (has("wheelchair") || has("rollstuhl") || has("fauteuil") || has("push rim")) {
    return Mode::Wheelchair;
  }
  if (has("handcycle") || has("handbike") || has("hand cycle")) return Mode::Handcycle;
  return std::nullopt;
}

}  // namespace

void tell_fields(model::PublishedRace& race, Questions& questions) {
  mark_by_size(race);
  mark_by_places(race);
  const bool w_is_wheelchair = is_faster_with_w(race);
  bool any_apart = false;
  for (PublishedResult& result : race.results) {
    if (!result.mode) {
      for (auto kind : {PublishedText::Division, PublishedText::AgeGroup}) {
        if (!result.mode) result.mode = mode_in(race.text(result, kind));
      }
      if (!result.mode && result.is_apart && w_is_wheelchair && has_w(race, result)) {
        result.mode = Mode::Wheelchair;
      }
    }
    any_apart = any_apart || result.is_apart;
    if (!result.is_apart || result.mode) continue;
    questions.ask("apart", static_cast<int>(result.line),
                  "a runner placed in a field of " +
                      (result.place_overall && result.place_overall->of
                           ? std::to_string(*result.place_overall->of)
                           : std::string("others")) +
                      " beside the race: kept apart; on foot or on wheels is not told");
  }
  if (!any_apart) return;
  for (PublishedResult& result : race.results) {
    if (!result.is_apart && !result.mode) result.mode = Mode::Foot;
  }
}

std::vector<PlacesCheck> check_places(model::PublishedRace& race) {
  std::vector<PlacesCheck> out;
  for (auto kind : {PlaceKind::Overall, PlaceKind::Sex, PlaceKind::Division}) {
    std::optional<PlacesCheck> best;
    for (const PublishedClock clock : kClocks) {
      PlacesCheck checked = check(race, kind, clock);
      const std::uint64_t count = checked.agreeing + checked.differing;
      if (count == 0) continue;
      // A time that few have says less than one that all have.
      const auto in_order_of = [](const PlacesCheck& it) {
        return it.agreeing + it.differing - it.out_of_order;
      };
      if (!best || in_order_of(checked) > in_order_of(*best)) best = std::move(checked);
    }
    if (!best) continue;
    const std::uint64_t count = best->agreeing + best->differing;
    if (!race.ranked_by && best->out_of_order * 20 <= count) race.ranked_by = best->clock;
    out.push_back(std::move(*best));
  }
  return out;
}

}  // namespace hs::formats
