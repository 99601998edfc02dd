#include "formats/results_merge.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "formats/config_reader.h"

namespace hs::formats {
namespace {

using base::ErrorCode;
using base::Place;
using model::PublishedRace;
using model::PublishedResult;
using model::PublishedSplit;
using model::PublishedText;

bool names_anybody(const PublishedRace& race) {
  return std::any_of(race.results.begin(), race.results.end(), [&](const PublishedResult& result) {
    for (auto kind : {PublishedText::Name, PublishedText::FirstName, PublishedText::LastName}) {
      if (!race.text(result, kind).empty()) return true;
    }
    return false;
  });
}

Place place_in(const std::string& file, std::uint32_t line) {
  return {file, static_cast<int>(line), 1};
}

/// The points of `more` as indices into those of `into`.
base::Result<std::vector<std::uint16_t>> points_of(const PublishedRace& into,
                                                   const PublishedRace& more,
                                                   const std::string& file) {
  std::vector<std::uint16_t> out;
  for (const auto& point : more.points) {
    const auto at = into.point_named(point.id);
    if (!at) {
      return base::fail(ErrorCode::InvalidInput,
                        "found the point " + quoted(point.id) +
                            ", which the first file does not have; expected its points",
                        Place{file, 1, 1});
    }
    if (!out.empty() && *at <= out.back()) {
      return base::fail(ErrorCode::InvalidInput,
                        "found the point " + quoted(point.id) +
                            " in another order than in the first file, expected the same",
                        Place{file, 1, 1});
    }
    out.push_back(static_cast<std::uint16_t>(*at));
  }
  return out;
}

/// One split out of two of the same runner and point; nothing where they contradict each other.
std::optional<PublishedSplit> both(const PublishedSplit& a, const PublishedSplit& b,
                                   std::uint16_t point) {
  const bool times_differ = a.time() && b.time() && a.time() != b.time();
  const bool days_differ = a.time_of_day() && b.time_of_day() && a.time_of_day() != b.time_of_day();
  if (times_differ || days_differ) return std::nullopt;
  return PublishedSplit(point, a.time() ? a.time() : b.time(),
                        a.time_of_day() ? a.time_of_day() : b.time_of_day(),
                        static_cast<std::uint8_t>(a.flags() | b.flags()));
}

/// Brings the splits of `more` to the runners of `into`.
class SplitBringer {
 public:
  SplitBringer(ResultsFile& into, const ResultsFile& more, const std::string& file)
      : into_(into), more_(more), file_(file) {}

  base::Result<void> bring() {
    HS_TRY(points_, points_of(into_.race, more_.race, file_));
    std::unordered_map<std::string, std::size_t> by_key;  // Only asked.
    for (std::size_t i = 0; i < into_.keys.size(); ++i) by_key.try_emplace(into_.keys[i], i);
    std::vector<const PublishedResult*> brought(into_.race.results.size(), nullptr);
    for (std::size_t i = 0; i < more_.race.results.size(); ++i) {
      const PublishedResult& result = more_.race.results[i];
      const auto at = by_key.find(more_.keys[i]);
      if (at == by_key.end() || more_.keys[i].empty()) {
        return base::fail(ErrorCode::InvalidInput,
                          "found splits of " + quoted(more_.keys[i]) +
                              ", whom the first file does not have; expected its runners",
                          place_in(file_, result.line));
      }
      brought[at->second] = &result;
    }
    std::vector<PublishedSplit> splits;
    for (std::size_t i = 0; i < brought.size(); ++i) {
      HS_TRY_VOID(merge(into_.race.results[i], brought[i], splits));
    }
    into_.race.splits = std::move(splits);
    return {};
  }

 private:
  base::Result<void> merge(PublishedResult& result, const PublishedResult* brought,
                           std::vector<PublishedSplit>& out) {
    const auto old = into_.race.splits_of(result);
    const auto fresh =
        brought == nullptr ? std::span<const PublishedSplit>() : more_.race.splits_of(*brought);
    const std::size_t begin = out.size();
    auto a = old.begin();
    auto b = fresh.begin();
    while (a != old.end() || b != fresh.end()) {
      const std::size_t at_a = a == old.end() ? into_.race.points.size() : a->point();
      const std::size_t at_b = b == fresh.end() ? into_.race.points.size() : points_[b->point()];
      if (at_a < at_b) {
        out.push_back(*a++);
        continue;
      }
      const PublishedSplit moved(static_cast<std::uint16_t>(at_b), b->time(), b->time_of_day(),
                                 b->flags());
      const auto split = at_a == at_b ? both(*a++, moved, moved.point()) : std::optional(moved);
      ++b;
      if (!split) {
        return base::fail(ErrorCode::InvalidInput,
                          "found another time at " + quoted(into_.race.points[at_b].id) +
                              " than the first file has for this runner, expected the same",
                          place_in(file_, brought->line));
      }
      out.push_back(*split);
    }
    if (brought != nullptr && !result.started_at) result.started_at = brought->started_at;
    result.first_split = static_cast<std::uint32_t>(begin);
    result.split_count = static_cast<std::uint16_t>(out.size() - begin);
    return {};
  }

  ResultsFile& into_;
  const ResultsFile& more_;
  const std::string& file_;
  std::vector<std::uint16_t> points_;
};

/// Puts the runners of `more` behind those of `into`.
base::Result<void> append_runners(ResultsFile& into, const ResultsFile& more,
                                  const std::string& file) {
  HS_TRY(const auto points, points_of(into.race, more.race, file));
  for (PublishedResult result : more.race.results) {
    const auto splits = more.race.splits_of(result);
    result.first_split = static_cast<std::uint32_t>(into.race.splits.size());
    for (const PublishedSplit& split : splits) {
      into.race.splits.emplace_back(points[split.point()], split.time(), split.time_of_day(),
                                    split.flags());
    }
    for (model::TextId& text : result.texts) {
      text = into.race.texts.intern(more.race.texts.view(text));
    }
    into.race.results.push_back(result);
  }
  into.keys.insert(into.keys.end(), more.keys.begin(), more.keys.end());
  return {};
}

}  // namespace

base::Result<void> merge_results(ResultsFile& into, ResultsFile more, const std::string& file) {
  const bool brings_splits = names_anybody(into.race) && !names_anybody(more.race);
  if (brings_splits) {
    HS_TRY_VOID(SplitBringer(into, more, file).bring());
  } else {
    HS_TRY_VOID(append_runners(into, more, file));
    into.race.ranked_by.reset();
    into.places = check_places(into.race);
  }
  // Lines of a further file say which file.
  for (Question& question : more.questions) question.text += " (" + file + ")";
  into.rows += more.rows;
  into.repeated += more.repeated;
  std::move(more.columns.begin(), more.columns.end(), std::back_inserter(into.columns));
  std::move(more.questions.begin(), more.questions.end(), std::back_inserter(into.questions));
  return {};
}

}  // namespace hs::formats
