#include "server/result_rows.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <charconv>

#include "model/entrant.h"
#include "scoring/division.h"

namespace hs::server {
namespace {

using model::EntrantId;

constexpr std::size_t kSearchBytes = 100;

bool has_all_words(std::string_view name, std::string_view words) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (name.find(words.substr(0, end)) == std::string_view::npos) return false;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return true;
}

bool is_found(const engine::SnapshotRunner& runner, const std::string& search) {
  if (folded(runner.entrant->bib.view()) == search) return true;
  // Who is private is found by bib alone.
  return !runner.entrant->is_private && has_all_words(folded(runner.person->name), search);
}

void write_last(present::JsonOut& out, const RaceView& view, const model::RunnerResult& result) {
  const auto seen = RaceView::last_seen(result);
  if (!seen) return;
  out.key("last");
  out.begin_object();
  out.text_of("point", view.race(result.race).points[seen->point].id);
  if (seen->point < result.splits.size() && result.splits[seen->point].net) {
    out.milliseconds_of("net_ms", result.splits[seen->point].net->value());
  }
  out.instant_of("at", seen->at);
  out.end_object();
}

void write_projected(present::JsonOut& out, const model::Projection* projection) {
  if (projection == nullptr) return;
  out.key("projected");
  out.begin_object();
  out.milliseconds_of("ms", projection->median());
  out.milliseconds_of("low_ms", projection->interval_80().low);
  out.milliseconds_of("high_ms", projection->interval_80().high);
  out.boolean_of("overdue", projection->is_overdue);
  out.end_object();
}

void write_who(present::JsonOut& out, const RaceView& view, const engine::SnapshotRunner& runner) {
  const model::Entrant& entrant = *runner.entrant;
  out.text_of("bib", entrant.bib.view());
  out.text_of("name", model::public_name(entrant, *runner.person));
  if (entrant.sex) out.text_of("sex", model::name_of(*entrant.sex));
  // A team's age is that of one of its runners and only says which division it is in.
  const bool is_team = !entrant.legs.empty();
  if (entrant.age && !entrant.is_private && !is_team) out.integer_of("age", *entrant.age);
  const model::RunnerResult& result = runner.result;
  if (result.division) {
    out.text_of("division", view.race(result.race).divisions[result.division->raw()].id);
  }
  if (!entrant.is_private) out.text_of("club", runner.person->club);
  out.text_of("status", model::name_of(result.status));
}

/// The places at the last point before this one where the runner has any. The
/// start ranks nobody, and a mat that missed somebody says nothing of their place.
std::optional<model::Places> places_before(const RaceView& view, model::RaceId race, EntrantId id,
                                           std::size_t point) {
  while (point-- > 1) {
    if (const auto places = view.now().order(race, point).places_of(id)) return places;
  }
  return std::nullopt;
}

/// What a row counts its gains and losses from: only in an order that it has a place in now.
void write_places_before(present::JsonOut& out, const model::Places& now,
                         const model::Places& before) {
  const auto write = [&](const char* key, const auto& of_now, const auto& of_before) {
    if (of_now && of_before) out.integer_of(key, of_before->place);
  };
  write("place_before", now.overall, before.overall);
  write("place_sex_before", now.sex, before.sex);
  write("place_division_before", now.division, before.division);
}

template <typename Kind>
std::optional<base::Duration> value_of(const std::optional<Kind>& elapsed) {
  if (!elapsed) return std::nullopt;
  return elapsed->value();
}

}  // namespace

std::string folded(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
  icu::UnicodeString in = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  in.foldCase();
  const icu::UnicodeString apart = U_FAILURE(status) ? in : nfkd->normalize(in, status);
  icu::UnicodeString out;
  bool was_blank = true;
  for (std::int32_t i = 0; i < apart.length();) {
    const UChar32 c = apart.char32At(i);
    i += U16_LENGTH(c);
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    const bool is_blank = u_isUWhiteSpace(c) != 0;
    if (!is_blank) out.append(c);
    if (is_blank && !was_blank) out.append(UChar32{' '});
    was_blank = is_blank;
  }
  std::string utf8;
  out.toUTF8String(utf8);
  while (!utf8.empty() && utf8.back() == ' ') utf8.pop_back();
  return utf8;
}

std::string metres(base::Distance distance) {
  constexpr std::int64_t kMillimetres = 1000;
  const std::int64_t all = distance.in_millimetres();
  std::string out = std::to_string(all / kMillimetres);
  std::string rest = std::to_string(kMillimetres + all % kMillimetres).substr(1);
  while (!rest.empty() && rest.back() == '0') rest.pop_back();
  return rest.empty() ? out : out + "." + rest;
}

base::Result<std::size_t> number_of(const Query& query, std::string_view name, std::size_t least,
                                    std::size_t most, std::size_t otherwise) {
  const auto text = query.get(name);
  if (!text) return otherwise;
  std::size_t out = 0;
  const auto [end, wrong] = std::from_chars(text->data(), text->data() + text->size(), out);
  if (wrong != std::errc() || end != text->data() + text->size() || out < least || out > most) {
    return base::fail(base::ErrorCode::InvalidInput,
                      "found '" + std::string(text->substr(0, 40)) + "' for '" + std::string(name) +
                          "', expected a whole number from " + std::to_string(least) + " to " +
                          std::to_string(most));
  }
  return out;
}

base::Result<RowsWanted> rows_wanted(const RaceView& view, model::RaceId race, const Query& query) {
  RowsWanted out;
  out.race = race;
  if (const auto point = query.get("point")) {
    HS_TRY(out.point, view.need_point(race, *point));
  }
  if (const auto sex = query.get("sex")) {
    out.sex = model::parse_sex(*sex);
    if (!out.sex) {
      return base::fail(
          base::ErrorCode::InvalidInput,
          "found the sex '" + std::string(sex->substr(0, 40)) + "', expected F, M or X");
    }
  }
  if (const auto division = query.get("division")) {
    const auto& all = view.race(race).divisions;
    const auto at =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == *division; });
    if (at == all.end()) {
      return base::fail(base::ErrorCode::NotFound, "no division '" +
                                                       std::string(division->substr(0, 40)) +
                                                       "' in the race " + view.race(race).id);
    }
    out.division = &*at;
  }
  if (const auto search = query.get("search")) out.search = folded(search->substr(0, kSearchBytes));
  return out;
}

std::vector<EntrantId> rows_of(const RaceView& view, const RowsWanted& wanted) {
  const std::vector<EntrantId>& all = wanted.point
                                          ? view.now().order(wanted.race, *wanted.point).entrants()
                                          : view.everybody(wanted.race);
  std::vector<EntrantId> out;
  out.reserve(all.size());
  for (const EntrantId id : all) {
    const engine::SnapshotRunner* runner = view.now().runner(id);
    if (runner == nullptr) continue;
    if (wanted.sex && runner->entrant->sex != wanted.sex) continue;
    if (wanted.division && !scoring::belongs(*wanted.division, *runner->entrant)) continue;
    if (!wanted.search.empty() && !is_found(*runner, wanted.search)) continue;
    out.push_back(id);
  }
  return out;
}

void write_places(present::JsonOut& out, const model::Places& places) {
  if (places.overall) {
    out.integer_of("place", places.overall->place);
    out.boolean_of("shared", places.overall->shared);
  }
  if (places.sex) out.integer_of("place_sex", places.sex->place);
  if (places.division) out.integer_of("place_division", places.division->place);
}

void write_row(present::JsonOut& out, const RaceView& view, EntrantId id, std::size_t point) {
  const engine::SnapshotRunner& runner = view.runner(id);
  const model::RunnerResult& result = runner.result;
  write_who(out, view, runner);
  if (const auto places = view.now().order(result.race, point).places_of(id)) {
    write_places(out, *places);
    if (const auto before = places_before(view, result.race, id, point)) {
      write_places_before(out, *places, *before);
    }
  }
  out.milliseconds_of("official_ms", result.official);
  out.milliseconds_of("gun_ms", value_of(result.gun));
  out.milliseconds_of("net_ms", value_of(result.net));
  out.milliseconds_of("clock_ms", value_of(result.clock));
  out.milliseconds_of("point_ms", view.ranking_at(result, point));
  write_last(out, view, result);
  write_projected(out, view.projection(id));
  const std::vector<std::size_t> moments = view.moments_of(id);
  if (moments.empty()) return;
  out.key("moments");
  out.begin_array();
  for (const std::size_t m : moments) out.text(view.told().moments[m].id);
  out.end_array();
}

}  // namespace hs::server
